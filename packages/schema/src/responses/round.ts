import * as z from 'zod'
import { isoDateSchema } from '../iso-date.ts'
import { identifierSchema } from '../questionnaire/question.ts'
import { type schemaVersion, schemaVersionSchema } from '../schema-version.ts'
import { type Answer, answerSchema, type AnswerValue } from './answer.ts'
import { type FoiResponse, responseStatuses } from './foi-response.ts'
import { textValueSchema } from './text-value.ts'

/** What a round of answers says of itself. */
export interface RoundHeader {
  /** Tells the kinds of document apart. */
  readonly kind: 'round'
  /** Version of the document, see {@link schemaVersion}. */
  readonly schemaVersion: typeof schemaVersion
  /** Id of the questionnaire. */
  readonly questionnaire: string
  /** Whether the answers came from organisations, or were made up. Made-up answers are never shown without saying so. */
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

/** A round of answers as a document. */
export interface Round<Response extends FoiResponse = FoiResponse> extends RoundHeader {
  /** One record an organisation. */
  readonly records: readonly Response[]
}

/** Checks any value of an answer; {@link responseSchema} checks it against its question. */
const answerValueSchema: z.ZodType<AnswerValue, AnswerValue> = z.union([textValueSchema, z.number(), z.array(textValueSchema).min(1)])

const anyAnswerSchema: z.ZodType<Answer, Answer> = answerSchema(answerValueSchema)

/** Checks a record of any questionnaire; {@link responseSchema} makes the schema of one questionnaire. */
export const foiResponseSchema: z.ZodType<FoiResponse, FoiResponse> = z.strictObject({
  organisation: textValueSchema,
  name: textValueSchema.exactOptional(),
  status: z.enum(responseStatuses),
  answeredOn: isoDateSchema.exactOptional(),
  groups: z.record(identifierSchema, textValueSchema),
  answers: z.record(identifierSchema, anyAnswerSchema),
})

const header = {
  kind: z.literal('round'),
  schemaVersion: schemaVersionSchema,
  questionnaire: identifierSchema,
  origin: z.enum(['supplied', 'synthetic']),
  title: textValueSchema.exactOptional(),
  source: textValueSchema.exactOptional(),
  from: isoDateSchema.exactOptional(),
  to: isoDateSchema.exactOptional(),
}

/** Checks a {@link RoundHeader}, the first line of a round as NDJSON. */
export const roundHeaderSchema: z.ZodType<RoundHeader, RoundHeader> = z.strictObject(header)

/** Checks a {@link Round} of any questionnaire. */
export const roundSchema: z.ZodType<Round, Round> = z.strictObject({ ...header, records: z.array(foiResponseSchema) })
