import { type Answer } from './answer.ts'

/**
 * What became of the request at one organisation.
 *
 * - `answered`: it answered, in full
 * - `answered-in-part`: it answered and withheld some of it
 * - `refused`: it refused all of it
 * - `no-reply`: nothing came back
 */
export type ResponseStatus = 'answered' | 'answered-in-part' | 'refused' | 'no-reply'

/** Every {@link ResponseStatus}. */
export const responseStatuses = ['answered', 'answered-in-part', 'refused', 'no-reply'] as const satisfies readonly ResponseStatus[]

/** What one organisation answered: one record of a round. */
export interface FoiResponse<Answers extends Readonly<Record<string, Answer>> = Readonly<Record<string, Answer>>> {
  /** Identifier of the organisation: an ODS code in capitals, or another text where the questionnaire says so. */
  readonly organisation: string
  /** Name of the organisation, where it came with the answers. */
  readonly name?: string
  /** What became of the request. Organisations that did not answer are kept, so that the funnel can be counted. */
  readonly status: ResponseStatus
  /** Day of the answer, `YYYY-MM-DD`, where it is known. */
  readonly answeredOn?: string
  /** What the organisation is compared by, under the ids of the questionnaire's groups; a group that is not known is absent. */
  readonly groups: Readonly<Record<string, string>>
  /** One answer a question, under its id. */
  readonly answers: Answers
}
