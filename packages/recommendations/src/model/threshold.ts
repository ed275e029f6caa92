import * as z from 'zod'
import { identifierSchema, type Sentence, sentenceSchema, type SentenceInput, type Whose, whoseSchema } from './sentence.ts'

/** What a threshold is measured in. */
export type ThresholdUnit = 'share' | 'probability' | 'months' | 'count'

/** A number at which advice changes. Thresholds stand in the model and nowhere else, each with its reason. */
export interface Threshold {
  /** Name in data, such as `majority`. */
  readonly id: string
  /** What it decides, for people. */
  readonly name: string
  /** The value used unless an option says otherwise. */
  readonly value: number
  /** What it is measured in; `share` and `probability` lie between 0 and 1. */
  readonly unit: ThresholdUnit
  /** Lowest value that reasonable people would choose; the sensitivity report starts here. */
  readonly minimum: number
  /** Highest value that reasonable people would choose; the sensitivity report ends here. */
  readonly maximum: number
  /** Why this value. */
  readonly reason: Sentence
  /** Whose choice it is. */
  readonly whose: Whose
}

/** What a person may write for a {@link Threshold}. */
export type ThresholdInput = Omit<Threshold, 'reason' | 'whose'> & {
  /** As in {@link Threshold}. */
  readonly reason: SentenceInput
  /** As in {@link Threshold}. @defaultValue `'ours'` */
  readonly whose?: Whose
}

/**
 * Thresholds that the package itself looks up: how evidence is judged whatever the rules are.
 *
 * - `adjustedP`: P, adjusted over the family, below which a difference counts
 * - `minimumDifference`: the least difference of two shares that is worth acting on
 * - `maximumMissing`: the part of a group that may lack an answer before its cells count as incomplete
 * - `dataAge`: months after which answers are old
 * - `intervalWidth`: width of an interval above which certainty is low
 * - `peers`: the fewest peers of which a share is shown
 */
export const requiredThresholds = ['adjustedP', 'minimumDifference', 'maximumMissing', 'dataAge', 'intervalWidth', 'peers'] as const

/** Checks a {@link Threshold}. */
export const thresholdSchema: z.ZodType<Threshold, ThresholdInput> = z
  .strictObject({
    id: identifierSchema,
    name: z.string().trim().min(1),
    value: z.number(),
    unit: z.enum(['share', 'probability', 'months', 'count']),
    minimum: z.number(),
    maximum: z.number(),
    reason: sentenceSchema,
    whose: whoseSchema.default('ours'),
  })
  .refine(({ minimum, value, maximum }) => minimum <= value && value <= maximum, {
    path: ['value'],
    message: 'the value lies outside its own range',
  })
  .refine(({ unit, minimum, maximum }) => allowsThreshold(unit, minimum) && allowsThreshold(unit, maximum), {
    path: ['unit'],
    message: 'the range lies outside what the unit allows',
  }) as unknown as z.ZodType<Threshold, ThresholdInput>

/** Whether a unit allows a value at all. */
export function allowsThreshold(unit: ThresholdUnit, value: number): boolean {
  return Number.isFinite(value) && value >= 0 && (unit === 'months' || unit === 'count' || value <= 1)
}
