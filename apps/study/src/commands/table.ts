import { stat } from 'node:fs/promises'
import { Option } from 'commander'
import { type AddCommand, type Streams } from '../cli.ts'
import { exitCode, UserError } from '../exit-code.ts'
import { tableText } from '../show/table-text.ts'
import { inspectTable, type TableOptions } from '../table/inspect-table.ts'
import { parseTable, type TypedTable } from '../table/parse-table.ts'
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
      const table = await tableOf(words, streams)
      const result = await withProgress(streams, 'testing', () => Promise.resolve(inspectTable(table, options)))
      await writeResult(
        given.json ? `${JSON.stringify(result, null, 2)}\n` : tableText(result, Math.min(streams.columns, 120)),
        given.out,
        streams,
      )
      ended(exitCode.ok)
    })
}

/** The table that was typed, or stands in the file that is named, or is piped in. */
async function tableOf(words: readonly string[], streams: Streams): Promise<TypedTable> {
  const typed = words.join('; ')
  if (words.length === 0) return parseTable((await streams.stdin?.()) ?? '')
  if (words.length === 1 && /[a-z]/i.test(typed)) {
    const found = await stat(typed).catch(() => null)
    if (found !== null || /\.\w+$/.test(typed)) return tableIn(typed)
  }
  return parseTable(words.every((word) => /^\d+$/.test(word)) ? words.join(' ') : typed)
}

/** What is wrong with a table in a file is a fault of the file, not of the command line. */
async function tableIn(file: string): Promise<TypedTable> {
  const text = new TextDecoder().decode(await readInput(file))
  try {
    return parseTable(text)
  } catch (error) {
    throw error instanceof UserError ? new UserError(exitCode.unreadable, `${file}: ${error.message}`) : error
  }
}
