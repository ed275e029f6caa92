import * as z from 'zod'
import { type Answer } from '../responses/answer.ts'

/** Holds where a question was answered with one value. */
export interface AnswerIs {
  /** Id of an earlier question. */
  readonly question: string
  /** The value; of a multiple-choice answer, one of those chosen. */
  readonly is: string
}

/** Holds where a question was answered with one of some values. */
export interface AnswerIn {
  /** Id of an earlier question. */
  readonly question: string
  /** The values; of a multiple-choice answer, one of those chosen. */
  readonly in: readonly string[]
}

/** Holds where every part holds. */
export interface AllOf {
  /** The parts. */
  readonly all: readonly AskedIf[]
}

/** Holds where at least one part holds. */
export interface AnyOf {
  /** The parts. */
  readonly any: readonly AskedIf[]
}

/** Skip logic: when a question is put. It looks only at earlier questions. */
export type AskedIf = AnswerIs | AnswerIn | AllOf | AnyOf

/** Checks an {@link AskedIf}. */
export const askedIfSchema: z.ZodType<AskedIf, AskedIf> = z.lazy(() =>
  z.union([
    z.strictObject({ question: z.string(), is: z.string() }),
    z.strictObject({ question: z.string(), in: z.array(z.string()).min(1) }),
    z.strictObject({ all: z.array(askedIfSchema).min(1) }),
    z.strictObject({ any: z.array(askedIfSchema).min(1) }),
  ]),
)

/**
 * Whether skip logic puts the question, given the answers so far: `unknown` where that hangs on an answer that is missing for
 * another reason than skip logic.
 *
 * @remarks
 * Kleene's three-valued logic: `all` is `no` as soon as one part is, `any` is `yes` as soon as one part is.
 *
 * @param condition - the skip logic; `undefined` puts the question to everyone
 * @param answers - the answers to earlier questions
 *
 * @example
 * ```ts @import.meta.vitest
 * const condition = { question: 'hasTeam', is: 'yes' }
 *
 * expect(isAsked(condition, { hasTeam: { kind: 'answered', value: 'no' } })).toBe('no')
 * expect(isAsked(condition, { hasTeam: { kind: 'missing', reason: 'refused' } })).toBe('unknown')
 * ```
 */
export function isAsked(condition: AskedIf | undefined, answers: Readonly<Record<string, Answer | undefined>>): 'yes' | 'no' | 'unknown' {
  if (condition === undefined) return 'yes'
  if ('all' in condition) {
    const parts = condition.all.map((part) => isAsked(part, answers))
    return parts.includes('no') ? 'no' : parts.includes('unknown') ? 'unknown' : 'yes'
  }
  if ('any' in condition) {
    const parts = condition.any.map((part) => isAsked(part, answers))
    return parts.includes('yes') ? 'yes' : parts.includes('unknown') ? 'unknown' : 'no'
  }
  const answer = answers[condition.question]
  if (answer === undefined) return 'unknown'
  if (answer.kind === 'missing') return answer.reason === 'not-asked' ? 'no' : 'unknown'
  const { value } = answer
  const holds = typeof value === 'object' ? value.some((chosen) => isWanted(condition, chosen)) : isWanted(condition, String(value))
  return holds ? 'yes' : 'no'
}

function isWanted(condition: AnswerIs | AnswerIn, value: string): boolean {
  return 'in' in condition ? condition.in.includes(value) : condition.is === value
}

/** Ids of the questions that a condition looks at. */
export function questionsOf(condition: AskedIf): readonly string[] {
  if ('all' in condition) return condition.all.flatMap(questionsOf)
  if ('any' in condition) return condition.any.flatMap(questionsOf)
  return [condition.question]
}
