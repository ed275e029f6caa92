import { readFile } from 'node:fs/promises'
import { describeText, findTechnology } from '@open-digital-capability/taxonomy'
import { type AddCommand } from '../cli.ts'
import { exitCode } from '../exit-code.ts'
import { tableLines } from '../show/terminal-table.ts'
import { writeResult } from './write-result.ts'

/** `study classify TEXT|FILE`: the technologies that a text names, and why each counts. */
export const classifyCommand: AddCommand = (program, streams, ended) => {
  program
    .command('classify')
    .argument('<text...>', 'a text, or the name of a text file')
    .description('find the technologies that a text names, how each is meant, and why it counts')
    .option('--json', 'print the result as JSON')
    .option('--out <file>', 'write to a file instead of the terminal')
    .action(async (words: string[], options: { json?: boolean; out?: string }) => {
      const given = words.join(' ')
      // Anything that can be read is a file; everything else is the text itself.
      const text = await readFile(given, 'utf8').catch(() => given)
      const description = describeText(text)
      await writeResult(
        options.json ? `${JSON.stringify(description, null, 2)}\n` : classificationText(description, Math.min(streams.columns, 120)),
        options.out,
        streams,
      )
      ended(exitCode.ok)
    })
}

function classificationText(description: ReturnType<typeof describeText>, width: number): string {
  const { matches, interoperability, openSource } = description
  const rows = matches.map(({ technologyId, text, status, confidence, because }) => [
    text.replace(/\s+/g, ' '),
    findTechnology(technologyId)?.label ?? technologyId,
    status,
    confidence.toFixed(2),
    because.words === null ? because.rule : `${because.rule}: ${because.words}`,
  ])
  const columns = [
    { head: 'text' },
    { head: 'technology' },
    { head: 'status' },
    { head: 'confidence', align: 'right' as const },
    { head: 'because' },
  ]
  return `${[
    ...(rows.length === 0 ? ['  no technology found'] : tableLines(columns, rows, width)),
    '',
    `  interoperability: ${interoperability.strict ? 'a standard is disclosed' : interoperability.wide ? 'an engine or national service is disclosed' : 'none disclosed'}`,
    `  open source: ${openSource.statement}`,
  ].join('\n')}\n`
}
