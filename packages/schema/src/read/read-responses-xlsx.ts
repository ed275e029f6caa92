import { type Questionnaire } from '../questionnaire/questionnaire.ts'
import { type ResponseOf } from '../questionnaire/response-of.ts'
import { createIssueLog } from './issue-log.ts'
import { type ReadOptions } from './read-options.ts'
import { type ReadResult } from './read-result.ts'
import { createResponseTableReader } from './response-table-reader.ts'
import { bytesOf } from './source-bytes.ts'
import { readWorkbook, type SheetRows } from './xlsx/read-workbook.ts'
import { WorkbookError } from './xlsx/workbook-error.ts'

/**
 * The records of a sheet of an XLSX workbook: one row an organisation, one column a question, as for {@link readResponsesCsv}.
 *
 * Days and numbers come as their cells hold them, not as they are shown. Hidden rows and columns are read and told of; merged cells,
 * formulas and error values are told of. It never throws on data, unpacks within a bound, and looks at nothing outside the file.
 *
 * @param source - the bytes of the workbook
 * @param questionnaire - what the columns hold
 * @param options - sheet, order of dates and bounds
 *
 * @example
 * ```ts @import.meta.vitest
 * const { studyQuestionnaire } = await import('../questionnaire/study-questionnaire.ts')
 *
 * const { issues } = readResponsesXlsx(new TextEncoder().encode('organisation,hasTeam'), studyQuestionnaire)
 *
 * expect(issues.map(({ code }) => code)).toEqual(['not-xlsx'])
 * ```
 */
export function readResponsesXlsx<const Q extends Questionnaire>(
  source: Uint8Array | ArrayBuffer,
  questionnaire: Q,
  options: ReadOptions = {},
): ReadResult<ResponseOf<Q>> {
  const { maxRows = 10_000_000, maxColumns = 16_384, maxUnpackedSize = 268_435_456, sheet } = options
  const log = createIssueLog(options.maxIssues ?? 10_000)
  const table = createResponseTableReader(questionnaire, options, log)
  const records: ResponseOf<Q>[] = []
  let read: SheetRows | undefined
  let complete = false
  try {
    read = readWorkbook(bytesOf(source), { maxRows, maxColumns, maxUnpackedSize, ...(sheet === undefined ? {} : { sheet }) }, log)
  } catch (error) {
    if (!(error instanceof WorkbookError)) throw error
    log.addOfFile('error', error.code, error.message, error.hint ?? undefined)
  }
  if (read) {
    const [headers, ...rows] = read.rows.filter(({ cells }) => cells.some((cell) => cell.trim() !== ''))
    if (headers === undefined)
      log.addOfFile('error', 'empty-file', 'the sheet is empty', 'It should have a row of headers and a row an organisation.')
    else if (table.headers(headers.cells, headers.row)) {
      complete = log.counts().issuesByCode['too-many-rows'] === undefined
      for (const { cells, row } of rows) {
        // A sheet does not write blank cells at the end of a row.
        const padded =
          cells.length < headers.cells.length ? [...cells, ...Array<string>(headers.cells.length - cells.length).fill('')] : cells
        const record = table.row(padded, row)
        if (record) records.push(record as ResponseOf<Q>)
      }
    }
  }
  return {
    records,
    issues: log.issues,
    summary: {
      ...table.counts(),
      complete,
      ...log.counts(),
      format: 'xlsx',
      encoding: null,
      delimiter: null,
      sheet: read?.sheet ?? null,
      columns: table.columns(),
    },
  }
}
