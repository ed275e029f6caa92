import { type Issue } from './issue.ts'
import { createIssueLog } from './issue-log.ts'
import { readTable, type TableOptions, type TableRow } from './read-table.ts'

/** Result of {@link readCsvRows}. */
export interface CsvRows {
  /** The rows that are not blank, headers included, with the numbers that a spreadsheet gives them. */
  readonly rows: readonly TableRow[]
  /** What was wrong with the text: an encoding that had to be guessed, a quote that is never closed. */
  readonly issues: readonly Issue[]
}

/**
 * The cells of any CSV text, for tables that are not answers to a questionnaire.
 *
 * Takes UTF-8 and UTF-16 with or without a mark, Windows-1252, and `,`, `;`, tab or `|` between cells. Never throws on data.
 *
 * @param source - the text, or its bytes
 * @param options - dialect and bounds
 *
 * @example
 * ```ts @import.meta.vitest
 * const { rows } = readCsvRows('name;n\n"Anna; Bo";12\n\n')
 *
 * expect(rows).toEqual([{ cells: ['name', 'n'], row: 1 }, { cells: ['Anna; Bo', '12'], row: 2 }])
 * ```
 */
export function readCsvRows(source: string | Uint8Array | ArrayBuffer, options: TableOptions = {}): CsvRows {
  const log = createIssueLog(options.maxIssues ?? 10_000)
  const { rows } = readTable(source, log, options)
  return { rows, issues: log.issues }
}
