import { stat } from 'node:fs/promises'
import { classifyTexts } from '../classify/classify-texts.ts'
import { type GivenText, readTexts } from '../classify/read-texts.ts'
import { type AddCommand, type Streams } from '../cli.ts'
import { exitCode, UserError } from '../exit-code.ts'
import { classificationText } from '../show/classification-text.ts'
import { examples } from './examples.ts'
import { withProgress } from './progress.ts'
import { readInput } from './read-input.ts'
import { writeResult } from './write-result.ts'

/** `study classify TEXT|FILE`: the technologies that texts name, and why each counts. */
export const classifyCommand: AddCommand = (program, streams, ended) => {
  program
    .command('classify')
    .argument(
      '[text...]',
      'a text, or a file of texts: a column of a CSV file, JSON lines, or one text a line; standard input where nothing is given',
    )
    .description('find the technologies that texts name, how each is meant, and why it counts')
    .option('--column <name>', 'which column or key of a CSV, JSONL or NDJSON file holds the texts')
    .option('--json', 'print the result as JSON')
    .option('--out <file>', 'write to a file instead of the terminal')
    .addHelpText(
      'after',
      examples(
        'classify "We use HL7 and a little C#"',
        'classify answers.csv --column technologies',
        'classify texts.jsonl --json --out found.json',
      ),
    )
    .action(async (words: string[], options: { column?: string; json?: boolean; out?: string }) => {
      const texts = await textsOf(words, options.column, streams)
      const result = await withProgress(streams, 'reading the texts', () => Promise.resolve(classifyTexts(texts)))
      await writeResult(
        options.json ? `${JSON.stringify(result, null, 2)}\n` : classificationText(result, Math.min(streams.columns, 120)),
        options.out,
        streams,
      )
      ended(exitCode.ok)
    })
}

async function textsOf(words: readonly string[], column: string | undefined, streams: Streams): Promise<GivenText[]> {
  const given = words.join(' ').trim()
  if (words.length === 0) {
    const piped = (await streams.stdin?.()) ?? ''
    if (piped.trim() === '') throw new UserError(exitCode.usage, 'no text given; type one, name a file, or pipe texts in, one a line')
    return readTexts(new TextEncoder().encode(piped), 'standard input', column)
  }
  if (given === '') throw new UserError(exitCode.usage, 'the text is empty')
  const isFile = (await stat(given).catch(() => null)) !== null
  // A text such as "Node.js" is no file; one that ends as these do is meant to be.
  if (isFile || /^\S+\.(csv|tsv|txt|jsonl|ndjson)$/i.test(given)) return readTexts(await readInput(given), given, column)
  if (column !== undefined) throw new UserError(exitCode.usage, '--column goes with a file')
  return [{ where: null, text: given }]
}
