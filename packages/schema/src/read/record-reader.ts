import { type Questionnaire } from '../questionnaire/questionnaire.ts'
import { type FoiResponse } from '../responses/foi-response.ts'
import { responseSchema } from '../responses/response-schema.ts'
import { clipped, type IssueCode } from './issue.ts'
import { type IssueLog } from './issue-log.ts'
import { type ReadOptions, type ReadSummary } from './read-options.ts'
import { createResponseTableReader } from './response-table-reader.ts'

/** Takes the values of a JSON or NDJSON file, each a record as this package writes it or a flat object with one key a column. */
export interface RecordReader {
  /** Takes one value and the number that issues give it. */
  readonly value: (value: unknown, row: number) => void
  /** Numbers of what was read. */
  readonly summary: (format: 'json' | 'ndjson', complete: boolean, encoding: ReadSummary['encoding']) => ReadSummary
}

type Handler = (record: FoiResponse) => void

/** A reader that hands each record on and keeps none. */
export function createRecordReader(questionnaire: Questionnaire, options: ReadOptions, log: IssueLog, onRecord: Handler): RecordReader {
  const { duplicates = 'reject', maxRows = 10_000_000 } = options
  const schema = responseSchema(questionnaire)
  const firstRows = new Map<string, number>()
  const positions = new Map<string, number>()
  let table: ReturnType<typeof createResponseTableReader> | undefined
  let rows = 0
  let records = 0
  let rejected = 0
  let tooMany = false

  const reject = (row: number, code: IssueCode, message: string, column: string | null = null, value: unknown = null): void => {
    const shown = value === null || value === undefined ? null : clipped(typeof value === 'string' ? value : (JSON.stringify(value) ?? ''))
    log.add({ severity: 'error', row, column, cell: null, value: shown, code, message, hint: null })
  }

  const flat = (value: Readonly<Record<string, unknown>>, row: number): void => {
    const keys = Object.keys(value)
    if (table === undefined) {
      table = createResponseTableReader(questionnaire, { ...options, duplicates: 'keep' }, silentDuplicates(log))
      for (const [index, key] of keys.entries()) positions.set(key, index)
      table.headers(keys, row)
    }
    const cells = Array<string>(positions.size).fill('')
    for (const key of keys) {
      const index = positions.get(key)
      if (index !== undefined) cells[index] = cellOf(value[key])
      else reject(row, 'unknown-column', `the key "${clipped(key)}" is not in the first object; it was left out`, key, value[key])
    }
    const record = table.row(cells, row)
    if (record === undefined) {
      rejected += 1
      return
    }
    accept(record, row)
  }

  const accept = (record: FoiResponse, row: number): void => {
    const first = firstRows.get(record.organisation)
    if (first === undefined) firstRows.set(record.organisation, row)
    else {
      const left = duplicates === 'reject'
      log.add({
        severity: left ? 'error' : 'warning',
        row,
        column: 'organisation',
        cell: null,
        value: clipped(record.organisation),
        code: 'duplicate-organisation',
        message: `${clipped(record.organisation)} has a record already, number ${first}${left ? '; this one was left out' : ''}`,
        hint: 'Keep one record an organisation.',
      })
      if (left) {
        rejected += 1
        return
      }
    }
    records += 1
    onRecord(record)
  }

  const value = (given: unknown, row: number): void => {
    if (rows >= maxRows) {
      if (!tooMany) log.addOfFile('error', 'too-many-rows', `reading ended after ${maxRows} records`, 'Raise the option maxRows.')
      tooMany = true
      return
    }
    rows += 1
    if (typeof given !== 'object' || given === null || Array.isArray(given)) {
      rejected += 1
      reject(row, 'invalid-record', 'this is not a record', null, given)
      return
    }
    const object = given as Readonly<Record<string, unknown>>
    if (!Object.hasOwn(object, 'answers')) {
      flat(object, row)
      return
    }
    const result = schema.safeParse(object)
    if (result.success) {
      accept(result.data, row)
      return
    }
    rejected += 1
    for (const { path, message } of result.error.issues) reject(row, 'invalid-record', message, path.join('.') || null)
  }

  return {
    value,
    summary: (format, complete, encoding) => ({
      rows,
      records,
      rejected,
      blankRows: 0,
      complete: complete && !tooMany,
      ...log.counts(),
      format,
      encoding,
      delimiter: null,
      sheet: null,
      columns: table?.columns() ?? [],
    }),
  }
}

/** Duplicates are told by the record reader, which sees both kinds of record. */
function silentDuplicates(log: IssueLog): IssueLog {
  return { ...log, add: (issue) => (issue.code === 'duplicate-organisation' ? undefined : log.add({ ...issue, cell: null })) }
}

/** The text of a value, as a cell of a table would hold it. */
function cellOf(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'string') return value
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  if (Array.isArray(value)) return value.map(cellOf).join('; ')
  return JSON.stringify(value)
}
