import { stat } from 'node:fs/promises'
import { Option } from 'commander'
import { type AddCommand, type Streams } from '../cli.ts'
import { exitCode } from '../exit-code.ts'
import { tableText } from '../show/table-text.ts'
import { inspectTable, type TableOptions } from '../table/inspect-table.ts'
import { parseTable } from '../table/parse-table.ts'
import { examples } from './examples.ts'
import { numberOption } from './number-option.ts'
import { withProgress } from './progress.ts'
import { readInput } from './read-input.ts'
import { writeResult } from './write-result.ts'

interface TableCommandOptions {
  readonly ordered?: true | 'rows' | 'columns'
  readonly paired?: boolean
  readonly confidenceLevel: number
  readonly json?: boolean
  readonly out?: string
}

/** `study table`: every test and interval that applies to one table. */
export const tableCommand: AddCommand = (program, streams, ended) => {
  program
    .command('table')
    .argument('[counts...]', 'rows of counts, or the name of a CSV file; read from standard input where none are given')
    .description('every test and interval that applies to a contingency table')
    .addOption(
      new Option('--ordered [which]', 'the categories have an order: trend tests, gamma, tau, Somers’ D').choices(['rows', 'columns']),
    )
    .option('--paired', 'the same question twice, or two raters: McNemar, Bowker, kappa')
    .option('--confidence-level <share>', 'level of the intervals', numberOption({ minimum: 0.5, maximum: 0.9999 }), 0.95)
    .option('--json', 'print the result as JSON')
    .option('--out <file>', 'write to a file instead of the terminal')
    .addHelpText('after', examples('table "12 14; 13 122"', 'table counts.csv --ordered', 'table "794 150; 86 570" --paired --json'))
    .action(async (words: string[], given: TableCommandOptions) => {
      const { ordered, paired = false, confidenceLevel } = given
      const options: TableOptions = {
        confidenceLevel,
        paired,
        ordered: ordered === undefined ? 'none' : ordered === true ? 'both' : ordered,
      }
      const table = parseTable(await textOf(words, streams))
      const result = await withProgress(streams, 'testing', () => Promise.resolve(inspectTable(table, options)))
      await writeResult(
        given.json ? `${JSON.stringify(result, null, 2)}\n` : tableText(result, Math.min(streams.columns, 120)),
        given.out,
        streams,
      )
      ended(exitCode.ok)
    })
}

/** What was typed, or the text of the file that it names, or what is piped in. */
async function textOf(words: readonly string[], streams: Streams): Promise<string> {
  const typed = words.join('; ')
  if (words.length === 0) return (await streams.stdin?.()) ?? ''
  if (words.length === 1 && /[a-z]/i.test(typed)) {
    const found = await stat(typed).catch(() => null)
    if (found !== null || /\.\w+$/.test(typed)) return new TextDecoder().decode(await readInput(typed))
  }
  return words.every((word) => /^\d+$/.test(word)) ? words.join(' ') : typed
}
