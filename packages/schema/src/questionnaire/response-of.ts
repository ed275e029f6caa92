import { type Answer } from '../responses/answer.ts'
import { type FoiResponse } from '../responses/foi-response.ts'
import {
  type FrequencyQuestion,
  type MultipleChoiceQuestion,
  type NumberQuestion,
  type Question,
  type SingleChoiceQuestion,
  type YesNoQuestion,
} from './question.ts'
import { type QuestionnaireDefinition } from './questionnaire.ts'

/** Type of the value that a question is answered with. */
export type ValueOf<Q extends Question> = Q extends YesNoQuestion
  ? 'yes' | 'no'
  : Q extends FrequencyQuestion
    ? Q['levels'][number]
    : Q extends SingleChoiceQuestion
      ? Q['options'][number]
      : Q extends MultipleChoiceQuestion
        ? readonly Q['options'][number][]
        : Q extends NumberQuestion
          ? number
          : string

/** Type of the answers to a questionnaire: one {@link Answer} a question, under its id. */
export type AnswersOf<Q extends QuestionnaireDefinition> = {
  readonly [Item in Q['questions'][number] as Item['id']]: Answer<ValueOf<Item>>
}

/**
 * Type of one organisation's record under a questionnaire.
 *
 * @example
 * ```ts @import.meta.vitest
 * const { studyQuestionnaire } = await import('./study-questionnaire.ts')
 * const answer: ResponseOf<typeof studyQuestionnaire>['answers']['openSource'] = { kind: 'answered', value: 'always' }
 *
 * expect(answer.value).toBe('always')
 * ```
 */
export type ResponseOf<Q extends QuestionnaireDefinition> = FoiResponse<AnswersOf<Q>>
