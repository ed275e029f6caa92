import { headerKey, type Questionnaire } from '../questionnaire/questionnaire.ts'
import { type FoiResponse } from '../responses/foi-response.ts'
import { responseSchema } from '../responses/response-schema.ts'
import { clipped, type IssueCode } from './issue.ts'
import { type IssueLog } from './issue-log.ts'
import { type JsonFault } from './json-faults.ts'
import { type ReadOptions, type ReadSummary } from './read-options.ts'
import { createResponseTableReader, headerTable } from './response-table-reader.ts'

/** Takes the values of a JSON or NDJSON file, each a record as this package writes it or a flat object with one key a column. */
export interface RecordReader {
  /** Takes one value and the number that issues give it. */
  readonly value: (value: unknown, row: number) => void
  /** Told of a line that holds no value. */
  readonly notJson: (text: string, row: number) => void
  /** Told of something that `JSON.parse` changed without a word. */
  readonly fault: (fault: JsonFault, row: number | null) => void
  /** Told that no value follows. */
  readonly end: () => void
  /** Numbers of what was read. */
  readonly summary: (format: 'json' | 'ndjson', complete: boolean, encoding: ReadSummary['encoding']) => ReadSummary
}

type Handler = (record: FoiResponse) => void

/** A reader that hands each record on and keeps none. */
export function createRecordReader(questionnaire: Questionnaire, options: ReadOptions, log: IssueLog, onRecord: Handler): RecordReader {
  const { duplicates = 'reject', maxRows = 10_000_000, maxColumns = 16_384, decimalMark = '.' } = options
  const fieldOf = headerTable(questionnaire, options.headers)
  const schema = responseSchema(questionnaire)
  const firstRows = new Map<string, number>()
  /** Column of each field, and of each key that is none. */
  const positions = new Map<string, number>()
  let table: ReturnType<typeof createResponseTableReader> | undefined
  let rows = 0
  let records = 0
  let rejected = 0
  let ended = false

  const reject = (
    row: number,
    code: IssueCode,
    message: string,
    hint: string,
    column: string | null = null,
    value: unknown = null,
  ): void => {
    const shown = value === null || value === undefined ? null : clipped(typeof value === 'string' ? value : (JSON.stringify(value) ?? ''))
    log.add({ severity: 'error', row, column, cell: null, value: shown, code, message, hint })
  }

  const flat = (value: Readonly<Record<string, unknown>>, row: number): void => {
    table ??= createResponseTableReader(questionnaire, { ...options, duplicates: 'keep' }, silentDuplicates(log))
    const keyOfColumn = new Map<number, string>()
    const cells: string[] = []
    for (const key of Object.keys(value)) {
      const field = fieldOf.get(headerKey(key))
      const slot = field === undefined ? `key ${key}` : `field ${field}`
      if (!positions.has(slot)) {
        if (positions.size >= maxColumns) {
          ended = true
          rejected += 1
          reject(
            row,
            'too-many-columns',
            'the records have more keys than maxColumns allows; reading ended here',
            'Raise the option maxColumns.',
          )
          return
        }
        positions.set(slot, positions.size)
        table.addColumn(key, row)
      }
      const column = positions.get(slot) ?? 0
      const other = keyOfColumn.get(column)
      if (other !== undefined) {
        const message = `the keys "${clipped(other)}" and "${clipped(key)}" both hold "${field ?? key}"; the first was taken`
        reject(row, 'duplicate-column', message, 'Delete or rename one of the two.', key, value[key])
        continue
      }
      keyOfColumn.set(column, key)
      while (cells.length < column) cells.push('')
      cells[column] = cellOf(value[key], decimalMark)
    }
    const record = table.row(cells, row, { decimalMark: '.', mayBeShort: true })
    if (record === undefined) rejected += 1
    else accept(record, row)
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
    if (ended) return
    if (rows >= maxRows) {
      ended = true
      log.addOfFile('error', 'too-many-rows', `reading ended after ${maxRows} records`, 'Raise the option maxRows.')
      return
    }
    rows += 1
    if (typeof given !== 'object' || given === null || Array.isArray(given)) {
      rejected += 1
      reject(row, 'invalid-record', 'this is not a record', 'A record is an object with one key a column.', null, given)
      return
    }
    const object = given as Readonly<Record<string, unknown>>
    if (!Object.hasOwn(object, 'answers') || typeof object['answers'] !== 'object') {
      flat(object, row)
      return
    }
    const result = schema.safeParse(object)
    if (result.success) {
      accept(result.data, row)
      return
    }
    rejected += 1
    const hint = 'A record with "answers" is as writeResponsesJson writes it; an object with one key a column is read leniently.'
    for (const { path, message } of result.error.issues)
      reject(row, 'invalid-record', message, hint, path.join('.') || null, at(object, path))
  }

  return {
    value,
    notJson: (text, row) => {
      rows += 1
      rejected += 1
      reject(row, 'not-json', 'the line is not JSON; it was left out', 'Each line is one whole object.', null, text)
    },
    fault: ({ kind, path, text }, row) => {
      const column = path.length === 0 ? null : path.filter((part) => typeof part === 'string').join('.')
      const place = { severity: 'error', row, column, cell: null, value: clipped(text) } as const
      log.add(
        kind === 'digits'
          ? {
              ...place,
              code: 'out-of-range',
              message: `${clipped(text)} has more digits than a number can keep, and was changed`,
              hint: 'Where it is a code and not a quantity, put it in quotes.',
            }
          : {
              ...place,
              code: 'duplicate-key',
              message: `the key "${clipped(text)}" comes twice in one object; the last was taken`,
              hint: 'Delete or rename one of the two.',
            },
      )
    },
    end: () => void table?.checkColumns(),
    summary: (format, complete, encoding) => ({
      rows,
      records,
      rejected,
      blankRows: 0,
      complete: complete && !ended,
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

/** What stands at a path. */
function at(value: unknown, path: readonly PropertyKey[]): unknown {
  let found: unknown = value
  for (const key of path)
    found =
      typeof found === 'object' && found !== null && Object.hasOwn(found, key) ? (found as Record<PropertyKey, unknown>)[key] : undefined
  return found
}

/** The text of a value, as a cell of a table would hold it. */
function cellOf(value: unknown, decimalMark: '.' | ','): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'string') return value
  if (typeof value === 'number') return String(value).replace('.', decimalMark)
  if (typeof value === 'boolean') return String(value)
  if (Array.isArray(value)) return value.map((item) => cellOf(item, decimalMark)).join('; ')
  return JSON.stringify(value)
}
