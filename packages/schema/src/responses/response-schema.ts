import * as z from 'zod'
import { isoDateSchema } from '../iso-date.ts'
import { odsCodeSchema } from '../organisations/ods-code.ts'
import { isAsked } from '../questionnaire/asked-if.ts'
import { type Question } from '../questionnaire/question.ts'
import { type Questionnaire } from '../questionnaire/questionnaire.ts'
import { type ResponseOf } from '../questionnaire/response-of.ts'
import { type Answer, answerSchema, type AnswerValue } from './answer.ts'
import { responseStatuses } from './foi-response.ts'
import { textValueSchema } from './text-value.ts'

/**
 * The schema of the value that a question is answered with.
 *
 * @param question - the question
 *
 * @example
 * ```ts @import.meta.vitest
 * const schema = valueSchema({ id: 'team', kind: 'yes-no', wording: 'Have you a team?' })
 *
 * expect(schema.safeParse('maybe').success).toBe(false)
 * ```
 */
export function valueSchema(question: Question): z.ZodType<AnswerValue, AnswerValue> {
  switch (question.kind) {
    case 'yes-no':
      return z.enum(['yes', 'no'])
    case 'frequency':
      return z.enum(question.levels)
    case 'single-choice':
      return z.enum(question.options)
    case 'multiple-choice':
      return z
        .array(z.enum(question.options))
        .min(1)
        .refine((chosen) => new Set(chosen).size === chosen.length, 'an option chosen twice')
    case 'free-text':
    case 'technologies':
      return textValueSchema
    case 'number': {
      const number = question.integer ? z.int() : z.number()
      const above = question.minimum === undefined ? number : number.min(question.minimum)
      return question.maximum === undefined ? above : above.max(question.maximum)
    }
    case 'date': {
      const { earliest, latest } = question
      return isoDateSchema.refine((day) => (earliest === undefined || day >= earliest) && (latest === undefined || day <= latest), {
        message: `a day out of the range ${earliest ?? '…'} to ${latest ?? '…'}`,
      })
    }
  }
}

/**
 * The zod schema of the records of a questionnaire. It is strict (no other keys) and holds the skip logic: a question that was not
 * put has the answer `not-asked`, one that was put has not.
 *
 * @param questionnaire - the questionnaire
 *
 * @example
 * ```ts @import.meta.vitest
 * const { studyQuestionnaire } = await import('../questionnaire/study-questionnaire.ts')
 * const schema = responseSchema(studyQuestionnaire)
 *
 * expect(schema.safeParse({ organisation: 'R0A', status: 'answered', groups: {}, answers: {} }).success).toBe(false)
 * ```
 */
export function responseSchema<const Q extends Questionnaire>(questionnaire: Q): z.ZodType<ResponseOf<Q>, ResponseOf<Q>> {
  const made = schemas.get(questionnaire) ?? makeSchema(questionnaire)
  schemas.set(questionnaire, made)
  return made as unknown as z.ZodType<ResponseOf<Q>, ResponseOf<Q>>
}

/** Making a schema costs more than checking a thousand records with it, so that each questionnaire has one. */
const schemas = new WeakMap<Questionnaire, z.ZodType>()

function makeSchema(questionnaire: Questionnaire): z.ZodType {
  const answers: Record<string, z.ZodType<Answer, Answer>> = {}
  for (const question of questionnaire.questions) answers[question.id] = answerSchema(valueSchema(question))
  const groups: Record<string, z.ZodType<string | undefined, string | undefined>> = {}
  for (const { id, values } of questionnaire.groups ?? []) {
    groups[id] = (values === undefined ? trimmedTextSchema : z.enum(values)).exactOptional()
  }
  return z
    .strictObject({
      organisation: questionnaire.respondents?.identifiedBy === 'ods-code' ? odsCodeSchema : trimmedTextSchema,
      name: trimmedTextSchema.exactOptional(),
      status: z.enum(responseStatuses),
      answeredOn: isoDateSchema.exactOptional(),
      groups: z.strictObject(groups),
      answers: z.strictObject(answers),
    })
    .superRefine((record, context) => {
      const given = record.answers as Readonly<Record<string, Answer>>
      for (const { id, askedIf } of questionnaire.questions) {
        const answer = given[id]
        const notAsked = answer?.kind === 'missing' && answer.reason === 'not-asked'
        const asked = isAsked(askedIf, given)
        if (asked === 'no' && !notAsked) {
          context.addIssue({ code: 'custom', path: ['answers', id], message: 'skip logic leaves this question out, so it is "not-asked"' })
        }
        if (asked === 'yes' && notAsked) {
          context.addIssue({ code: 'custom', path: ['answers', id], message: 'skip logic puts this question, so it is not "not-asked"' })
        }
      }
    })
}

const trimmedTextSchema = textValueSchema.refine((text) => text === text.trim(), 'blanks at an edge')
