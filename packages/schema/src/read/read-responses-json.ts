import { type Questionnaire } from '../questionnaire/questionnaire.ts'
import { type FoiResponse } from '../responses/foi-response.ts'
import { type ResponseOf } from '../questionnaire/response-of.ts'
import { roundHeaderSchema } from '../responses/round.ts'
import { schemaVersion } from '../schema-version.ts'
import { decodeInPieces, decodeText, type TextEncoding } from './decode-text.ts'
import { clipped } from './issue.ts'
import { createIssueLog, type IssueLog } from './issue-log.ts'
import { findJsonFaults } from './json-faults.ts'
import { type ReadOptions, type ReadSummary } from './read-options.ts'
import { type ReadResult } from './read-result.ts'
import { createRecordReader } from './record-reader.ts'
import { bytesOf } from './source-bytes.ts'

/**
 * The records of a JSON text: a round as `writeResponsesJson` writes it, an array of records, or an array of flat objects with
 * one key a column.
 *
 * It never throws on data. Issues number records from 1.
 *
 * @param source - the text, or its bytes
 * @param questionnaire - what the records answer
 * @param options - order of dates and bounds
 *
 * @example
 * ```ts @import.meta.vitest
 * const { studyQuestionnaire } = await import('../questionnaire/study-questionnaire.ts')
 *
 * const { records } = readResponsesJson('[{ "ODS code": "R0A", "has team": true }]', studyQuestionnaire)
 *
 * expect(records[0]?.answers.hasTeam).toEqual({ kind: 'answered', value: 'yes' })
 * ```
 */
export function readResponsesJson<const Q extends Questionnaire>(
  source: string | Uint8Array | ArrayBuffer,
  questionnaire: Q,
  options: ReadOptions = {},
): ReadResult<ResponseOf<Q>> {
  const log = createIssueLog(options.maxIssues ?? 10_000)
  const { text, encoding } =
    typeof source === 'string' ? { text: source.replace(/^\ufeff/, ''), encoding: null } : decodeText(bytesOf(source), log)
  const records: ResponseOf<Q>[] = []
  const reader = createRecordReader(questionnaire, options, log, (record) => records.push(record as ResponseOf<Q>))
  const values = text === undefined ? undefined : parseRound(text, questionnaire, log)
  if (values) {
    findJsonFaults(text ?? '', (fault) => {
      const isRound = fault.path[0] === 'records'
      const number = fault.path[isRound ? 1 : 0]
      reader.fault({ ...fault, path: fault.path.slice(isRound ? 2 : 1) }, typeof number === 'number' ? number + 1 : null)
    })
    for (const [index, value] of values.entries()) reader.value(value, index + 1)
    reader.end()
  }
  return { records, issues: log.issues, summary: reader.summary('json', values !== undefined, encoding) }
}

function parseRound(text: string, questionnaire: Questionnaire, log: IssueLog): readonly unknown[] | undefined {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    if (text.trim() === '')
      log.addOfFile('error', 'empty-file', 'there is nothing to read', 'It should be a round, or an array of records.')
    else {
      const why = clipped(error instanceof Error ? error.message : String(error))
      log.addOfFile('error', 'not-json', `the text is not JSON: ${why}`, 'Look there for a comma or a quote too many or too few.')
    }
    return undefined
  }
  if (Array.isArray(value)) return value as unknown[]
  if (typeof value === 'object' && value !== null && 'records' in value && Array.isArray(value.records)) {
    const { records, ...header } = value as { records: unknown[] }
    return isRoundHeader(header, questionnaire, log) ? records : undefined
  }
  const hint = 'A round is an object with "kind": "round" and "records"; else give the array of records itself.'
  log.addOfFile('error', 'invalid-document', 'the JSON text is neither a round nor an array of records', hint)
  return undefined
}

/** Whether an object heads a round of this questionnaire in the present version; where not, an issue says why. */
function isRoundHeader(header: unknown, questionnaire: Questionnaire, log: IssueLog): boolean {
  const version: unknown = typeof header === 'object' && header !== null && 'schemaVersion' in header ? header.schemaVersion : undefined
  if (typeof version === 'number' && version > schemaVersion) {
    log.addOfFile(
      'error',
      'newer-schema-version',
      `the round has the schema version ${version}, and this release reads versions up to ${schemaVersion}`,
      'Take a newer release of @open-digital-capability/schema.',
    )
    return false
  }
  const result = roundHeaderSchema.safeParse(header)
  if (!result.success) {
    const faults = result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
    const hint = 'Mend the header, or give the array of records without one.'
    log.addOfFile('error', 'invalid-document', `the round has a header that is not valid: ${clipped(faults.join('; '))}`, hint)
    return false
  }
  if (result.data.questionnaire === questionnaire.id) return true
  log.addOfFile(
    'error',
    'invalid-document',
    `the round answers the questionnaire "${result.data.questionnaire}", not "${questionnaire.id}"`,
    'Read it with the questionnaire that it answers.',
  )
  return false
}

/** Reads the lines of an NDJSON text that comes in pieces. */
export interface NdjsonResponseReader {
  /** Reads the next piece; `false` once reading has ended early. */
  readonly write: (text: string) => boolean
  /** Reads what is left and ends. */
  readonly end: () => void
  /** Numbers of what was read. */
  readonly summary: (encoding: TextEncoding | null) => ReadSummary
}

/** A reader of NDJSON in pieces, which hands each record on and keeps none. */
export function createNdjsonResponseReader(
  questionnaire: Questionnaire,
  options: ReadOptions,
  log: IssueLog,
  onRecord: (record: FoiResponse) => void,
): NdjsonResponseReader {
  const { maxRowLength = 10_000_000 } = options
  const reader = createRecordReader(questionnaire, options, log, onRecord)
  let carried = ''
  let lineNumber = 0
  let first = true
  let isBlank = true
  let stopped = false

  const line = (text: string): void => {
    lineNumber += 1
    const plain = lineNumber === 1 ? text.replace(/^\ufeff/, '') : text
    if (plain.trim() === '' || stopped) return
    isBlank = false
    let value: unknown
    try {
      value = JSON.parse(plain)
    } catch {
      reader.notJson(plain, lineNumber)
      return
    }
    findJsonFaults(plain, (fault) => reader.fault(fault, lineNumber))
    const isHeader = first && typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'round'
    first = false
    if (isHeader) stopped = !isRoundHeader(value, questionnaire, log)
    else reader.value(value, lineNumber)
  }

  const write = (text: string): boolean => {
    if (stopped) return false
    let start = 0
    for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', start)) {
      line(carried + text.slice(start, end))
      carried = ''
      start = end + 1
    }
    carried += text.slice(start)
    if (carried.length > maxRowLength) {
      stopped = true
      const hint = 'Look whether the file has a line a record, or raise the option maxRowLength.'
      log.addOfFile('error', 'row-too-long', `line ${lineNumber + 1} is longer than maxRowLength allows; reading ended here`, hint)
    }
    return !stopped
  }

  const end = (): void => {
    if (stopped) return
    if (carried !== '') line(carried)
    if (isBlank) log.addOfFile('error', 'empty-file', 'there is nothing to read', 'It should have a line a record.')
    reader.end()
  }

  return { write, end, summary: (encoding) => reader.summary('ndjson', !stopped, encoding) }
}

/**
 * The records of an NDJSON text: one record a line, after a line that heads the round where there is one.
 *
 * It never throws on data. Issues number lines from 1.
 *
 * @param source - the text, or its bytes
 * @param questionnaire - what the records answer
 * @param options - order of dates and bounds
 *
 * @example
 * ```ts @import.meta.vitest
 * const { studyQuestionnaire } = await import('../questionnaire/study-questionnaire.ts')
 *
 * const { issues } = readResponsesNdjson('{"organisation":"R0A","hasTeam":"no"}\n{"organisation":', studyQuestionnaire)
 *
 * expect(issues.find(({ code }) => code === 'not-json')?.row).toBe(2)
 * ```
 */
export function readResponsesNdjson<const Q extends Questionnaire>(
  source: string | Uint8Array | ArrayBuffer,
  questionnaire: Q,
  options: ReadOptions = {},
): ReadResult<ResponseOf<Q>> {
  const log = createIssueLog(options.maxIssues ?? 10_000)
  const records: ResponseOf<Q>[] = []
  const reader = createNdjsonResponseReader(questionnaire, options, log, (record) => records.push(record as ResponseOf<Q>))
  const encoding = typeof source === 'string' ? null : decodeInPieces(bytesOf(source), log, reader.write)
  if (typeof source === 'string') reader.write(source)
  reader.end()
  return { records, issues: log.issues, summary: reader.summary(encoding) }
}
