import * as z from 'zod'
import { type FoiaSectionNumber, foiaSectionSchema } from './foia-sections.ts'
import { type MissingReason, missingReasonSchema } from './missing-reason.ts'
import { textValueSchema } from './text-value.ts'

/** An answer with a value. */
export interface Answered<Value> {
  /** Tells an answer from a {@link Missing}. */
  readonly kind: 'answered'
  /** What the organisation answered. */
  readonly value: Value
}

/** No usable answer, and why. */
export interface Missing {
  /** Tells a missing answer from an {@link Answered}. */
  readonly kind: 'missing'
  /** Why there is no usable answer. */
  readonly reason: MissingReason
  /** Section of the Freedom of Information Act relied on; only with `exempt`, and absent where none was named. */
  readonly section?: FoiaSectionNumber
  /** The words that came back, kept where they say more than the reason does. */
  readonly text?: string
}

/** What came back for one question: a value, or the reason why there is none. */
export type Answer<Value = AnswerValue> = Answered<Value> | Missing

/** Every value that an answer can have: a text, a level or an option, several options, or a number. */
export type AnswerValue = string | number | readonly string[]

const missing = z
  .strictObject({
    kind: z.literal('missing'),
    reason: missingReasonSchema,
    section: foiaSectionSchema.exactOptional(),
    text: textValueSchema.exactOptional(),
  })
  .refine(({ reason, section }) => section === undefined || reason === 'exempt', {
    path: ['section'],
    message: 'a section goes only with the reason "exempt"',
  })

/** Checks a {@link Missing}; a section may stand only beside `exempt`. */
export const missingSchema: z.ZodType<Missing, Missing> = missing

/**
 * The schema of an answer whose value has a schema of its own.
 *
 * @param value - schema of the value
 *
 * @example
 * ```ts @import.meta.vitest
 * const z = await import('zod')
 * const yesNo = answerSchema(z.enum(['yes', 'no']))
 *
 * expect(yesNo.safeParse({ kind: 'answered', value: 'yes' }).success).toBe(true)
 * expect(yesNo.safeParse({ kind: 'missing', reason: 'refused', section: '43' }).success).toBe(false)
 * ```
 */
export function answerSchema<Value>(value: z.ZodType<Value, Value>): z.ZodType<Answer<Value>, Answer<Value>> {
  return z.discriminatedUnion('kind', [z.strictObject({ kind: z.literal('answered'), value }), missing])
}
