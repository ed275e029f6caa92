import { SchemaError } from '../errors.ts'
import { type FoiResponse } from './foi-response.ts'
import { type MissingReason, missingReasons } from './missing-reason.ts'

/** How many organisations stand behind a question. */
export interface BaseOfQuestion {
  /** Id of the question. */
  readonly questionId: string
  /** Organisations in the records, whether they replied or not. */
  readonly approached: number
  /** Of those approached, the ones that answered in full or in part. */
  readonly responded: number
  /** Of those that responded, the ones to which skip logic put the question: the base of its percentages. */
  readonly base: number
  /** Of the base, the ones that gave a value. */
  readonly answered: number
  /** Of those that responded, the ones that gave no value, by reason. The base is `answered` and these without `not-asked`. */
  readonly missing: Readonly<Record<MissingReason, number>>
}

/**
 * The base of one question: the organisations that responded and to which the question was put.
 *
 * @param records - the records of a round
 * @param questionId - id of the question
 * @throws A {@link SchemaError} with code `unknown-question` where a record has no answer of that id, not even a missing one
 *
 * @example
 * ```ts @import.meta.vitest
 * const records = [
 *   { organisation: 'R0A', status: 'answered', groups: {}, answers: { grant: { kind: 'answered', value: 'no' } } },
 *   { organisation: 'R0B', status: 'answered', groups: {}, answers: { grant: { kind: 'missing', reason: 'not-asked' } } },
 *   { organisation: 'R0D', status: 'answered', groups: {}, answers: { grant: { kind: 'missing', reason: 'refused' } } },
 * ] as const
 *
 * const { base, answered } = baseOf(records, 'grant')
 *
 * expect({ base, answered }).toEqual({ base: 2, answered: 1 })
 * ```
 */
export function baseOf(records: readonly FoiResponse[], questionId: string): BaseOfQuestion {
  const missing = Object.fromEntries(missingReasons.map((reason) => [reason, 0])) as Record<MissingReason, number>
  let responded = 0
  let answered = 0
  for (const { organisation, status, answers } of records) {
    const answer = Object.hasOwn(answers, questionId) ? answers[questionId] : undefined
    if (answer === undefined) throw new SchemaError('unknown-question', `the record of ${organisation} has no answer "${questionId}"`)
    if (status !== 'answered' && status !== 'answered-in-part') continue
    responded += 1
    if (answer.kind === 'answered') answered += 1
    else missing[answer.reason] += 1
  }
  return { questionId, approached: records.length, responded, base: responded - missing['not-asked'], answered, missing }
}
