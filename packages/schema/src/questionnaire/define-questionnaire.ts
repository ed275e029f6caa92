import { SchemaError } from '../errors.ts'
import { schemaVersion } from '../schema-version.ts'
import { type QuestionnaireDefinition, type QuestionnaireHeader, questionnaireSchema } from './questionnaire.ts'

/**
 * A questionnaire from its definition, checked; TypeScript infers the type of its records with {@link ResponseOf}.
 *
 * @param definition - title, questions and groups, see {@link QuestionnaireDefinition}
 * @throws A {@link SchemaError} with code `invalid-questionnaire` and a message that names each fault
 *
 * @example
 * ```ts @import.meta.vitest
 * const questionnaire = defineQuestionnaire({
 *   id: 'teams',
 *   title: 'Software teams',
 *   questions: [
 *     { id: 'hasTeam', kind: 'yes-no', wording: 'Have you a software team?' },
 *     { id: 'people', kind: 'number', wording: 'How many people are in it?', askedIf: { question: 'hasTeam', is: 'yes' } },
 *   ],
 * })
 *
 * expect(questionnaire.questions[1].id).toBe('people')
 * ```
 */
export function defineQuestionnaire<const Definition extends QuestionnaireDefinition>(
  definition: Definition,
): Definition & QuestionnaireHeader {
  const questionnaire = { kind: 'questionnaire' as const, schemaVersion, ...definition } as Definition & QuestionnaireHeader
  const result = questionnaireSchema.safeParse(questionnaire)
  if (!result.success) {
    const faults = result.error.issues.map(({ path, message }) => (path.length === 0 ? message : `${path.join('.')}: ${message}`))
    throw new SchemaError('invalid-questionnaire', `the questionnaire is not valid: ${faults.join('; ')}`)
  }
  return questionnaire
}
