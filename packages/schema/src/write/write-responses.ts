import { SchemaError } from '../errors.ts'
import { isAsked } from '../questionnaire/asked-if.ts'
import { type Questionnaire } from '../questionnaire/questionnaire.ts'
import { type FoiResponse } from '../responses/foi-response.ts'
import { type ResponseOf } from '../questionnaire/response-of.ts'
import { createCellEscape } from '../read/cell-escape.ts'
import { missingMarker } from '../read/missing-marker.ts'
import { type Answer } from '../responses/answer.ts'
import { responseSchema } from '../responses/response-schema.ts'
import { type RoundHeader } from '../responses/round.ts'
import { schemaVersion } from '../schema-version.ts'

/** Dialect of a CSV text. */
export interface WriteCsvOptions {
  /** Sign between cells. @defaultValue `','` */
  readonly delimiter?: ',' | ';' | '\t' | '|'
  /** Line break. @defaultValue `'\r\n'`, as RFC 4180 has it */
  readonly lineBreak?: '\r\n' | '\n'
  /** Whether the text starts with U+FEFF, without which spreadsheets take UTF-8 for another encoding. @defaultValue `true` */
  readonly byteOrderMark?: boolean
}

/** What a round says of itself where it is written as JSON or NDJSON. */
export interface WriteRoundOptions {
  /** Whether the answers came from organisations, or were made up. */
  readonly origin: 'supplied' | 'synthetic'
  /** Title for people. */
  readonly title?: string
  /** Where the answers are from. */
  readonly source?: string
  /** First day on which organisations were asked, `YYYY-MM-DD`. */
  readonly from?: string
  /** Last day on which answers were taken. */
  readonly to?: string
}

/**
 * The records as CSV that a spreadsheet can open safely and that `readResponsesCsv` reads back equal.
 *
 * A cell that a spreadsheet would run as a formula, and a text that would be read back as something else, has an apostrophe before it.
 * A missing answer is a blank cell where skip logic tells why, else a marker such as `[refused]` or `[exempt section 43]`.
 *
 * @param records - the records
 * @param questionnaire - what they answer; its questions are the columns, in their order
 * @param options - dialect
 * @throws A {@link SchemaError} with code `invalid-record` where a record does not fit the questionnaire
 *
 * @example
 * ```ts @import.meta.vitest
 * const { defineQuestionnaire } = await import('../questionnaire/define-questionnaire.ts')
 * const questionnaire = defineQuestionnaire({
 *   id: 'words',
 *   title: 'Words',
 *   questions: [{ id: 'comment', kind: 'free-text', wording: 'Any comment?' }],
 * })
 * const record = { organisation: 'A', status: 'answered', groups: {}, answers: { comment: { kind: 'answered', value: '=1+1' } } } as const
 *
 * const csv = writeResponsesCsv([record], questionnaire, { byteOrderMark: false })
 *
 * expect(csv).toBe("organisation,name,status,answeredOn,comment\r\nA,,answered,,'=1+1\r\n")
 * ```
 */
export function writeResponsesCsv<const Q extends Questionnaire>(
  records: readonly NoInfer<ResponseOf<Q>>[],
  questionnaire: Q,
  options: WriteCsvOptions = {},
): string {
  const { delimiter = ',', lineBreak = '\r\n', byteOrderMark = true } = options
  const lines: string[] = []
  for (const cells of responseRows(records as readonly FoiResponse[], questionnaire))
    lines.push(cells.map((cell) => quoted(cell, delimiter)).join(delimiter))
  return `${byteOrderMark ? '\ufeff' : ''}${lines.join(lineBreak)}${lineBreak}`
}

/** The headers and the rows of a table of responses, as cells before quoting. */
function* responseRows(records: Iterable<FoiResponse>, questionnaire: Questionnaire): Generator<readonly string[]> {
  const groups = questionnaire.groups ?? []
  yield ['organisation', 'name', 'status', 'answeredOn', ...groups.map(({ id }) => id), ...questionnaire.questions.map(({ id }) => id)]
  const check = recordCheck(questionnaire)
  const { escape } = createCellEscape(questionnaire)
  for (const record of records) {
    check(record)
    const { answers } = record
    yield [
      escape(record.organisation),
      escape(record.name ?? ''),
      record.status,
      record.answeredOn ?? '',
      ...groups.map(({ id }) => escape(record.groups[id] ?? '')),
      ...questionnaire.questions.map(({ id, askedIf }) => answerCell(answers[id], isAsked(askedIf, answers) === 'yes', escape)),
    ]
  }
}

function answerCell(answer: Answer | undefined, asked: boolean, escape: (text: string) => string): string {
  if (answer === undefined) return ''
  if (answer.kind === 'missing') {
    const reasonOfBlank = asked ? 'not-answered' : 'not-asked'
    return answer.reason === reasonOfBlank && answer.text === undefined ? '' : missingMarker(answer)
  }
  const { value } = answer
  if (typeof value === 'number') return String(value)
  return escape(typeof value === 'string' ? value : value.join('; '))
}

/** A cell in quotes where it needs them. */
export function quoted(cell: string, delimiter: string): string {
  return cell.includes('"') || cell.includes(delimiter) || /^\s|[\r\n]|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}

/**
 * The records as a JSON document, which `readResponsesJson` reads back equal.
 *
 * @param records - the records
 * @param questionnaire - what they answer
 * @param options - what the round says of itself
 * @throws A {@link SchemaError} with code `invalid-record` where a record does not fit the questionnaire
 *
 * @example
 * ```ts @import.meta.vitest
 * const { studyQuestionnaire } = await import('../questionnaire/study-questionnaire.ts')
 *
 * expect(JSON.parse(writeResponsesJson([], studyQuestionnaire, { origin: 'synthetic' }))).toMatchObject({ kind: 'round', origin: 'synthetic' })
 * ```
 */
export function writeResponsesJson<const Q extends Questionnaire>(
  records: readonly NoInfer<ResponseOf<Q>>[],
  questionnaire: Q,
  options: WriteRoundOptions,
): string {
  const check = recordCheck(questionnaire)
  for (const record of records as readonly FoiResponse[]) check(record)
  return `${JSON.stringify({ ...roundHeader(questionnaire, options), records }, null, 1)}\n`
}

/**
 * The records as NDJSON: a line that heads the round, then one record a line. `readResponsesNdjson` reads it back equal.
 *
 * @param records - the records
 * @param questionnaire - what they answer
 * @param options - what the round says of itself
 * @throws A {@link SchemaError} with code `invalid-record` where a record does not fit the questionnaire
 *
 * @example
 * ```ts @import.meta.vitest
 * const { studyQuestionnaire } = await import('../questionnaire/study-questionnaire.ts')
 *
 * expect(writeResponsesNdjson([], studyQuestionnaire, { origin: 'synthetic' }).split('\n')).toHaveLength(2)
 * ```
 */
export function writeResponsesNdjson<const Q extends Questionnaire>(
  records: readonly NoInfer<ResponseOf<Q>>[],
  questionnaire: Q,
  options: WriteRoundOptions,
): string {
  const check = recordCheck(questionnaire)
  const lines = [JSON.stringify(roundHeader(questionnaire, options))]
  for (const record of records as readonly FoiResponse[]) {
    check(record)
    lines.push(JSON.stringify(record))
  }
  return `${lines.join('\n')}\n`
}

function roundHeader(questionnaire: Questionnaire, options: WriteRoundOptions): RoundHeader {
  return { kind: 'round', schemaVersion, questionnaire: questionnaire.id, ...options }
}

function recordCheck(questionnaire: Questionnaire): (record: FoiResponse) => void {
  const schema = responseSchema(questionnaire)
  return (record) => {
    const result = schema.safeParse(record)
    if (result.success) return
    const faults = result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
    throw new SchemaError('invalid-record', `the record of ${record.organisation} does not fit the questionnaire: ${faults.join('; ')}`)
  }
}
