import { createCsvParser } from './csv-parser.ts'
import { decodeInPieces } from './decode-text.ts'
import { declaredDelimiter, detectDelimiter } from './detect-delimiter.ts'
import { clipped } from './issue.ts'
import { type IssueLog } from './issue-log.ts'
import { bytesOf } from './source-bytes.ts'

/** Dialect and bounds of a CSV table. */
export interface TableOptions {
  /** Sign between the cells of a CSV text. @defaultValue `'detect'`: what a first line `sep=;` says, else the one of `,`, `;`, tab and `|` under which headers are known first and most, or that cuts the first row into most cells */
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
): { readonly rows: readonly TableRow[]; readonly complete: boolean } {
  const { delimiter = 'detect', maxRows = 10_000_000, maxColumns = 16_384, maxRowLength = 10_000_000 } = options
  const rows: TableRow[] = []
  let complete = true
  let parser: ReturnType<typeof createCsvParser> | undefined

  const onText = (piece: string): boolean => {
    if (parser) return parser.write(piece) && complete
    const text = piece.charCodeAt(0) === 0xfeff ? piece.slice(1) : piece
    const declared = declaredDelimiter(text)
    const body = declared?.rest ?? text
    const sign = delimiter === 'detect' ? (declared?.delimiter ?? detectDelimiter(body, new Map(), true) ?? ',') : delimiter
    parser = createCsvParser({
      delimiter: sign,
      maxColumns,
      maxRowLength,
      onRow: (cells, row) => {
        if (!complete || cells.every((cell) => cell.trim() === '')) return
        if (rows.length <= maxRows) {
          rows.push({ cells, row })
          return
        }
        complete = false
        log.addOfFile('error', 'too-many-rows', `reading ended after ${maxRows} rows`, 'Raise the option maxRows.')
      },
      onFault: (fault, row, _column, cell) => {
        complete = false
        const message = `reading ended in row ${row}: ${fault.replaceAll('-', ' ')}`
        const hint = fault === 'too-many-columns' ? 'Look at the sign between cells.' : 'Look for a quote that is not closed.'
        log.add({ severity: 'error', row, column: null, cell: null, value: cell === '' ? null : clipped(cell), code: fault, message, hint })
      },
    })
    return parser.write(body) && complete
  }

  if (typeof source === 'string') onText(source)
  else decodeInPieces(bytesOf(source), log, onText)
  if (complete) parser?.end()
  return { rows, complete }
}
