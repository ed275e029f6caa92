import { headerKey, type Questionnaire } from '../questionnaire/questionnaire.ts'
import { type FoiResponse } from '../responses/foi-response.ts'
import { type ResponseOf } from '../questionnaire/response-of.ts'
import { createCsvParser } from './csv-parser.ts'
import { decodeText, type TextEncoding } from './decode-text.ts'
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
  const decoded = typeof source === 'string' ? { text: source, encoding: null } : decodeText(bytesOf(source), log)
  const records: ResponseOf<Q>[] = []
  const reader = createCsvResponseReader(questionnaire, options, log, (record) => records.push(record as ResponseOf<Q>))
  if (reader.write(decoded.text)) reader.end()
  return { records, issues: log.issues, summary: reader.summary(decoded.encoding) }
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
  const { delimiter = 'detect', maxRows = 10_000_000, maxColumns = 16_384, maxRowLength = 10_000_000 } = options
  const table = createResponseTableReader(questionnaire, options, log)
  let head = ''
  let parser: ReturnType<typeof createCsvParser> | undefined
  let sign: string | null = delimiter === 'detect' ? null : delimiter
  let hasHeaders = false
  let complete = false
  let stopped = false
  let skippedRows = 0

  const start = (text: string): boolean => {
    let body = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text
    const declared = /^sep=(.)\r?\n?/.exec(body)
    if (declared) {
      body = body.slice(declared[0].length)
      sign ??= declared[1] === '"' ? null : (declared[1] ?? null)
    }
    sign ??= detectDelimiter(body, questionnaire)
    parser = createCsvParser({
      delimiter: sign,
      maxRowLength,
      maxColumns,
      onRow: (cells, row) => {
        if (stopped) return
        if (!hasHeaders) {
          if (cells.every((cell) => cell.trim() === '')) {
            skippedRows += 1
            return
          }
          hasHeaders = true
          stopped = !table.headers(cells, row)
          return
        }
        if (row - 1 - skippedRows > maxRows) {
          stopped = true
          log.addOfFile('error', 'too-many-rows', `reading ended after ${maxRows} rows`, 'Raise the option maxRows.')
          return
        }
        const record = table.row(cells, row)
        if (record) onRecord(record)
      },
      onStrayQuote: (row, column) =>
        log.add({
          severity: 'warning',
          row,
          column: table.columns()[column]?.header ?? null,
          cell: null,
          value: null,
          code: 'stray-quote',
          message: 'a quote stands where none may; it was taken as text',
          hint: 'A cell with quotes stands in quotes, and each of its own is doubled.',
        }),
      onFault: (fault, row) => {
        stopped = true
        log.add({ severity: 'error', row, column: null, cell: null, value: null, code: fault, ...faultTexts[fault] })
      },
    })
    head = ''
    return parser.write(body) && !stopped
  }

  const write = (text: string): boolean => {
    if (stopped) return false
    if (parser) return parser.write(text) && !stopped
    head += text
    // The delimiter is told from the headers, so these are waited for, within a bound.
    return head.length < 65_536 && !/[\r\n]./s.test(head) ? true : start(head)
  }

  const end = (): void => {
    if (!parser && !stopped) start(head)
    if (!stopped) parser?.end()
    if (!stopped && !hasHeaders)
      log.addOfFile('error', 'empty-file', 'the file is empty', 'It should have a row of headers and a row an organisation.')
    complete = hasHeaders && !stopped
  }

  return {
    write,
    end,
    summary: (encoding) => ({
      ...table.counts(),
      complete,
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
    message: 'a quote opens in this row and does not close before the end of the file; the row was not read',
    hint: 'Close the quote, or double it where it is text.',
  },
} as const

const delimiters = [',', ';', '\t', '|'] as const

/** The sign under which most headers of the first row are known; of those that tie, the one that cuts it into most cells. */
function detectDelimiter(text: string, questionnaire: Questionnaire): string {
  const known = headerTable(questionnaire)
  const sample = text.slice(0, 65_536)
  let best: { readonly delimiter: string; readonly known: number; readonly cells: number } = { delimiter: ',', known: 0, cells: 1 }
  for (const delimiter of delimiters) {
    let headers: readonly string[] | undefined
    const parser = createCsvParser({
      delimiter,
      maxRowLength: Infinity,
      maxColumns: Infinity,
      onRow: (cells) => {
        if (headers === undefined && cells.some((cell) => cell.trim() !== '')) headers = cells
      },
      onFault: () => undefined,
    })
    parser.write(sample)
    parser.end()
    const cells = headers ?? []
    const candidate = { delimiter, known: cells.filter((cell) => known.has(headerKey(cell))).length, cells: cells.length }
    if (candidate.known > best.known || (candidate.known === best.known && candidate.cells > best.cells)) best = candidate
  }
  return best.delimiter
}
