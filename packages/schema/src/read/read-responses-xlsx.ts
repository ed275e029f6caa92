import { type Questionnaire } from '../questionnaire/questionnaire.ts'
import { type ResponseOf } from '../questionnaire/response-of.ts'
import { clipped } from './issue.ts'
import { createIssueLog } from './issue-log.ts'
import { type ReadOptions } from './read-options.ts'
import { type ReadResult } from './read-result.ts'
import { createResponseTableReader } from './response-table-reader.ts'
import { bytesOf } from './source-bytes.ts'
import { type ReadSheet, readWorkbook } from './xlsx/read-workbook.ts'
import { WorkbookError } from './xlsx/workbook-error.ts'

/** Blank cells at the end of a row are not written to a workbook. */
const kind = { decimalMark: '.', mayBeShort: true } as const

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
  const { maxColumns = 16_384, maxUnpackedSize = 268_435_456, decimalMark = '.', sheet } = options
  const log = createIssueLog(options.maxIssues ?? 10_000)
  const table = createResponseTableReader(questionnaire, options, log)
  const records: ResponseOf<Q>[] = []
  const onRow = (cells: readonly string[], row: number): boolean => {
    const record = table.line(cells, row, kind)
    if (record === 'end') return false
    if (record) records.push(record as ResponseOf<Q>)
    return true
  }
  let read: ReadSheet | undefined
  try {
    read = readWorkbook(
      bytesOf(source),
      { maxColumns, maxUnpackedSize, decimalMark, onRow, ...(sheet === undefined ? {} : { sheet }) },
      log,
    )
    table.end()
    if (!table.isComplete() && read.others.length > 0 && records.length === 0) {
      const names = read.others.map((name) => `"${clipped(name)}"`).join(', ')
      const message = `no records were read from the sheet "${clipped(read.sheet)}"; the workbook has others`
      log.addOfFile('warning', 'other-sheets', message, `Name the one that is meant with the option sheet: ${names}.`)
    }
  } catch (error) {
    if (!(error instanceof WorkbookError)) throw error
    log.addOfFile('error', error.code, error.message, error.hint)
  }
  return {
    records,
    issues: log.issues,
    summary: {
      ...table.counts(),
      complete: read !== undefined && table.isComplete(),
      ...log.counts(),
      format: 'xlsx',
      encoding: null,
      delimiter: null,
      sheet: read?.sheet ?? null,
      columns: table.columns(),
    },
  }
}
