import { type DateOrder } from './parse-date.ts'
import { type TableOptions } from './read-table.ts'

/** How a table of responses is read. */
export interface ReadOptions extends TableOptions {
  /** Order of day and month in dates such as `01/02/2020`. @defaultValue `'unknown'`: such a date is an issue */
  readonly dateOrder?: DateOrder
  /**
   * Sign before the decimals of numbers.
   *
   * @defaultValue `'.'`, with commas between thousands; in a table with semicolons between cells, which programs set to a language
   * with decimal commas write, a number such as `1,234` is an issue
   */
  readonly decimalMark?: '.' | ','
  /**
   * What to do with a second row of one organisation: `reject` it with an error, or `keep` it with a warning.
   *
   * @defaultValue `'reject'`
   */
  readonly duplicates?: 'reject' | 'keep'
  /**
   * What headers of this file hold, before the questionnaire's own names and aliases are looked at: the id of a question or group, or
   * `organisation`, `name`, `status`, `answeredOn`. For a file whose header means another thing than its word says.
   *
   * @defaultValue none
   */
  readonly headers?: Readonly<Record<string, string>>
  /** Name of the sheet of a workbook. @defaultValue the first sheet that is not hidden */
  readonly sheet?: string
  /** Greatest size of a workbook when it is unpacked, in bytes. @defaultValue `268_435_456` (256 MiB) */
  readonly maxUnpackedSize?: number
}

/** One column of a table that was read. */
export interface ReadColumn {
  /** Column as a spreadsheet names it, such as `C`. */
  readonly letters: string
  /** Header as it stands. */
  readonly header: string
  /** Id of the question, group or record field that it holds; `null` where it is unknown or a duplicate. */
  readonly field: string | null
}

/** What was read, in numbers. */
export interface ReadSummary {
  /** Rows below the headers that are not blank. */
  readonly rows: number
  /** Rows that became records. */
  readonly records: number
  /** Rows that did not, each with an error that says why. */
  readonly rejected: number
  /** Rows with nothing in any cell. */
  readonly blankRows: number
  /** Whether the file was read to its end; where not, an error says why. */
  readonly complete: boolean
  /** Number of errors, also of those above `maxIssues`. */
  readonly errors: number
  /** Number of warnings, also of those above `maxIssues`. */
  readonly warnings: number
  /** Number of issues by code, in the order of the alphabet. */
  readonly issuesByCode: Readonly<Record<string, number>>
  /** What the file was taken for. */
  readonly format: 'csv' | 'json' | 'ndjson' | 'xlsx'
  /** Encoding of the bytes; `null` where a text was given. */
  readonly encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252' | null
  /** Sign between cells; `null` where the format has none. */
  readonly delimiter: string | null
  /** Name of the sheet; `null` where the format has none. */
  readonly sheet: string | null
  /** The columns, in their order; empty where the format has none. */
  readonly columns: readonly ReadColumn[]
}
