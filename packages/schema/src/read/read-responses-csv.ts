import { type Questionnaire } from '../questionnaire/questionnaire.ts'
import { type FoiResponse } from '../responses/foi-response.ts'
import { type ResponseOf } from '../questionnaire/response-of.ts'
import { createCsvParser } from './csv-parser.ts'
import { decodeInPieces, type TextEncoding } from './decode-text.ts'
import { declaredDelimiter, detectDelimiter } from './detect-delimiter.ts'
import { clipped, columnLetters } from './issue.ts'
import { createIssueLog, type IssueLog } from './issue-log.ts'
import { type ReadOptions, type ReadSummary } from './read-options.ts'
import { type ReadResult } from './read-result.ts'
import { createResponseTableReader, headerTable } from './response-table-reader.ts'
import { bytesOf } from './source-bytes.ts'

/**
 * The records of a CSV table of responses: one row an organisation, one column a question, headers as the questionnaire names them.
 *
 * It never throws on data and drops nothing without an issue. Spellings of answers are taken leniently by a declared table
 * ({@link answerSpellings}), meanings strictly: a cell that is not an answer becomes `unreadable`, never "no".
 *
 * @param source - the text, or its bytes
 * @param questionnaire - what the columns hold
 * @param options - dialect, order of dates and bounds
 *
 * @see RFC 4180
 *
 * @example
 * ```ts @import.meta.vitest
 * const { studyQuestionnaire } = await import('../questionnaire/study-questionnaire.ts')
 * const csv = 'ODS code,Has team,Clinical staff\nR0A,Y,refused\nR0B,no,\n'
 *
 * const { records } = readResponsesCsv(csv, studyQuestionnaire)
 *
 * expect(records.map(({ answers }) => answers.clinicalStaff)).toEqual([
 *   { kind: 'missing', reason: 'refused' },
 *   { kind: 'missing', reason: 'not-asked' },
 * ])
 * ```
 */
export function readResponsesCsv<const Q extends Questionnaire>(
  source: string | Uint8Array | ArrayBuffer,
  questionnaire: Q,
  options: ReadOptions = {},
): ReadResult<ResponseOf<Q>> {
  const log = createIssueLog(options.maxIssues ?? 10_000)
  const records: ResponseOf<Q>[] = []
  const reader = createCsvResponseReader(questionnaire, options, log, (record) => records.push(record as ResponseOf<Q>))
  const encoding = typeof source === 'string' ? null : decodeInPieces(bytesOf(source), log, reader.write)
  if (typeof source === 'string') reader.write(source)
  reader.end()
  return { records, issues: log.issues, summary: reader.summary(encoding) }
}

/** Reads the records of a CSV text that comes in pieces. */
export interface CsvResponseReader {
  /** Reads the next piece; `false` once reading has ended early. */
  readonly write: (text: string) => boolean
  /** Reads what is left and ends. */
  readonly end: () => void
  /** Numbers of what was read. */
  readonly summary: (encoding: TextEncoding | null) => ReadSummary
}

/** A reader of a CSV text in pieces, which hands each record on and keeps none. */
export function createCsvResponseReader(
  questionnaire: Questionnaire,
  options: ReadOptions,
  log: IssueLog,
  onRecord: (record: FoiResponse) => void,
): CsvResponseReader {
  const { delimiter = 'detect', maxColumns = 16_384, maxRowLength = 10_000_000 } = options
  const table = createResponseTableReader(questionnaire, options, log)
  let head = ''
  let parser: ReturnType<typeof createCsvParser> | undefined
  let sign: string | null = delimiter === 'detect' ? null : delimiter
  let nextTry = 10
  let stopped = false
  let ended = false

  /** Starts to parse once it is plain what stands between the cells. */
  const start = (isWhole: boolean): boolean => {
    // The first line may declare the sign, and is not complete in a few signs. Each try looks at all of the text again, so that
    // pieces of one sign each must not lead to as many tries.
    if (!isWhole && head.length < nextTry) return true
    nextTry = head.length * 1.25
    const text = head.charCodeAt(0) === 0xfeff ? head.slice(1) : head
    const declared = declaredDelimiter(text)
    const body = declared?.rest ?? text
    const found = sign ?? declared?.delimiter ?? detectDelimiter(body, headerTable(questionnaire, options.headers), isWhole)
    if (found === undefined) return true
    sign = found
    const kind = { decimalMark: sign === ';' ? 'unknown' : '.', mayBeShort: false } as const
    parser = createCsvParser({
      delimiter: sign,
      maxRowLength,
      maxColumns,
      onRow: (cells, row) => {
        if (stopped) return
        const record = table.line(cells, row, kind)
        if (record === 'end') stopped = true
        else if (record) onRecord(record)
      },
      onStrayQuote: (row, column, cell) => {
        if (stopped) return
        const takesRows = /[\r\n]/.test(cell)
        log.add({
          severity: takesRows ? 'error' : 'warning',
          row,
          ...placeOf(row, column),
          value: clipped(cell),
          code: 'stray-quote',
          message: takesRows
            ? 'a quote that opens here closes only in a later line, and text follows it; rows may have become part of this cell'
            : 'a quote stands where none may; it was taken as text',
          hint: 'A cell with quotes stands in quotes, and each of its own is doubled.',
        })
      },
      onFault: (fault, row, column, cell) => {
        stopped = true
        const isQuote = fault === 'unterminated-quote'
        const lines = isQuote ? cell.trimEnd().split(/\r\n?|\n/).length - 1 : 0
        log.add({
          severity: 'error',
          row,
          ...(isQuote ? placeOf(row, column) : { column: null, cell: null }),
          value: cell === '' ? null : clipped(cell),
          code: fault,
          message: `${faultTexts[fault].message}${lines === 0 ? '' : `, nor were the ${lines} lines that follow`}`,
          hint: faultTexts[fault].hint,
        })
      },
    })
    head = ''
    return parser.write(body) && !stopped
  }

  const placeOf = (row: number, column: number): { column: string | null; cell: string } => ({
    column: table.columns()[column]?.header ?? null,
    cell: `${columnLetters(column)}${row}`,
  })

  const write = (text: string): boolean => {
    if (stopped) return false
    if (parser) return parser.write(text) && !stopped
    head += text
    return start(false)
  }

  const end = (): void => {
    if (stopped) return
    if (!parser) start(true)
    parser?.end()
    if (!stopped) table.end()
    ended = true
  }

  return {
    write,
    end,
    summary: (encoding) => ({
      ...table.counts(),
      complete: ended && !stopped && table.isComplete(),
      ...log.counts(),
      format: 'csv',
      encoding,
      delimiter: sign,
      sheet: null,
      columns: table.columns(),
    }),
  }
}

const faultTexts = {
  'row-too-long': {
    message: 'the row is longer than maxRowLength allows; reading ended here',
    hint: 'Look for a quote without its closing quote, or raise the option maxRowLength.',
  },
  'too-many-columns': {
    message: 'the row has more cells than maxColumns allows; reading ended here',
    hint: 'Look at the sign between cells, or raise the option maxColumns.',
  },
  'unterminated-quote': {
    message: 'a quote opens here and does not close before the end of the file; the row was not read',
    hint: 'Close the quote, or double it where it is text.',
  },
} as const
