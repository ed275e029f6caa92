import { createCsvParser } from './csv-parser.ts'
import { decodeText, type TextEncoding } from './decode-text.ts'
import { type IssueLog } from './issue-log.ts'
import { bytesOf } from './source-bytes.ts'

/** Dialect and bounds of a CSV table. */
export interface TableOptions {
  /** Sign between the cells of a CSV text. @defaultValue `'detect'`: the one of `,`, `;`, tab and `|` under which most headers are known, or that cuts the first row into most cells */
  readonly delimiter?: ',' | ';' | '\t' | '|' | 'detect'
  /** Greatest number of rows below the headers. @defaultValue `10_000_000` */
  readonly maxRows?: number
  /** Greatest number of columns. @defaultValue `16_384`, what a spreadsheet holds */
  readonly maxColumns?: number
  /** Greatest length of a row, in UTF-16 units. @defaultValue `10_000_000` */
  readonly maxRowLength?: number
  /** Greatest number of issues that are kept one by one; further ones are counted in the summary. @defaultValue `10_000` */
  readonly maxIssues?: number
}

/** A row of a table that is not blank, with the number that a spreadsheet gives it. */
export interface TableRow {
  /** The cells. */
  readonly cells: readonly string[]
  /** Number of the row, from 1. */
  readonly row: number
}

/** The rows of a CSV table as they stand. */
export function readTable(
  source: string | Uint8Array | ArrayBuffer,
  log: IssueLog,
  options: TableOptions = {},
): { readonly rows: readonly TableRow[]; readonly complete: boolean; readonly encoding: TextEncoding | null } {
  const { delimiter = 'detect', maxRows = 10_000_000, maxColumns = 16_384, maxRowLength = 10_000_000 } = options
  const { text, encoding } =
    typeof source === 'string' ? { text: source.replace(/^\ufeff/, ''), encoding: null } : decodeText(bytesOf(source), log)
  const rows: TableRow[] = []
  let complete = true
  const parser = createCsvParser({
    delimiter: delimiter === 'detect' ? widestDelimiter(text) : delimiter,
    maxColumns,
    maxRowLength,
    onRow: (cells, row) => {
      if (cells.every((cell) => cell.trim() === '')) return
      if (rows.length <= maxRows) rows.push({ cells, row })
      else if (complete) {
        complete = false
        log.addOfFile('error', 'too-many-rows', `reading ended after ${maxRows} rows`, 'Raise the option maxRows.')
      }
    },
    onFault: (fault, row) => {
      complete = false
      const message = `reading ended in row ${row}: ${fault.replaceAll('-', ' ')}`
      log.add({ severity: 'error', row, column: null, cell: null, value: null, code: fault, message, hint: null })
    },
  })
  if (parser.write(text)) parser.end()
  return { rows, complete, encoding }
}

/** The sign that cuts the first line into most cells. */
function widestDelimiter(text: string): string {
  const line = /^[^\r\n]{0,65536}/.exec(text)?.[0] ?? ''
  const counts = [',', ';', '\t', '|'].map((sign) => ({ sign, count: line.split(sign).length }))
  return counts.reduce((best, next) => (next.count > best.count ? next : best)).sign
}
