import * as z from 'zod'
import { type Condition, conditionSchema } from './condition.ts'
import { identifierSchema, type Sentence, type SentenceInput, sentenceSchema, type Whose, whoseSchema } from './sentence.ts'

/** Which way an indicator points: more of it is better, less of it is, or neither. */
export type Direction = 'more-is-better' | 'less-is-better' | 'descriptive'

/** What all kinds of indicator have. */
export interface IndicatorBase {
  /** Name in data, such as `hasTeam`. */
  readonly id: string
  /** Name for people. */
  readonly name: string
  /** Whose definition it is. */
  readonly whose: Whose
  /** Which way it points. */
  readonly direction: Direction
  /** Where its values come from, and what is done about missing ones. */
  readonly source: Sentence
}

/** What one subject answered: one of some values. */
export interface AnswerIndicator extends IndicatorBase {
  /** Tells the kinds of indicator apart. */
  readonly kind: 'answer'
  /** The values that an answer can have. */
  readonly values: readonly string[]
  /** What each value says of the subject, after “it”: `{ yes: 'has a team', no: 'has no team' }`. */
  readonly says: Readonly<Record<string, string>>
  /** Id of the question that asks it, where it is asked at all. */
  readonly question?: string
  /** Of whom it is asked; of everyone where absent. A rule that looks at it applies only to those. */
  readonly askedIf?: Condition
}

/** A number known of one subject. */
export interface NumberIndicator extends IndicatorBase {
  /** Tells the kinds of indicator apart. */
  readonly kind: 'number'
  /** What it counts, in the plural, such as `technologies`. */
  readonly unit: string
  /** Least value that it can have; without limit where absent. */
  readonly minimum?: number
  /** Greatest value that it can have; without limit where absent. */
  readonly maximum?: number
  /** Whether it is a whole number. */
  readonly integer?: boolean
  /** Id of the question that asks it, where it is asked at all. */
  readonly question?: string
  /** Of whom it is asked; of everyone where absent. */
  readonly askedIf?: Condition
}

/** A value of an indicator as a publication prints it. */
export interface PublishedValue {
  /** The value as printed, such as `25 (15.5%)`. */
  readonly value: string
  /** Version of the publication. */
  readonly version: string
  /** Whose value it is. */
  readonly whose: Whose
}

/** The part of a group that does something: a count over a base. */
export interface ShareIndicator extends IndicatorBase {
  /** Tells the kinds of indicator apart. */
  readonly kind: 'share'
  /** What is counted, as a definition. */
  readonly numerator: string
  /** Of what it is counted, as a definition. */
  readonly base: string
  /** Noun for the base, in the plural: `trusts with a team`. */
  readonly members: string
  /** What the counted ones do, after the noun: `always use open source`. */
  readonly do: string
  /** The answers that are counted where there are records. */
  readonly of?: {
    /** Id of an indicator of kind `answer`. */
    readonly indicator: string
    /** The values that count. */
    readonly in: readonly string[]
  }
  /** Id of the printed figure that gives it where there are no records. */
  readonly figure?: string
  /** What publications print of it. */
  readonly published: readonly PublishedValue[]
}

/** A comparison of two groups over a declared family of shares. Its values are `difference` and `no-evidence`. */
export interface ComparisonIndicator extends IndicatorBase {
  /** Tells the kinds of indicator apart. */
  readonly kind: 'comparison'
  /** Ids of the shares compared: the family over which P is adjusted. */
  readonly over: readonly string[]
}

/** Something that is known of a subject, and that rules look at. */
export type Indicator = AnswerIndicator | NumberIndicator | ShareIndicator | ComparisonIndicator

/** The values of a {@link ComparisonIndicator}. */
export const comparisonValues = ['difference', 'no-evidence'] as const

/** What a person may write for an {@link Indicator}: bare text for a sentence of ours, and no list of published values where there are none. */
export type IndicatorInput = Indicator extends infer Kind
  ? Kind extends Indicator
    ? Omit<Kind, 'source' | 'published'> & {
        /** Where its values come from, and what is done about missing ones. */
        readonly source: SentenceInput
        /** What publications print of it. @defaultValue none */
        readonly published?: readonly PublishedValue[]
      }
    : never
  : never

const common = {
  id: identifierSchema,
  name: z.string().trim().min(1),
  whose: whoseSchema.default('ours'),
  direction: z.enum(['more-is-better', 'less-is-better', 'descriptive']),
  source: sentenceSchema,
}
const asked = { question: identifierSchema.exactOptional(), askedIf: conditionSchema.exactOptional() }
const values = z
  .array(z.string().min(1))
  .min(2)
  .refine((all) => new Set(all).size === all.length, 'a value stands twice')

/** Checks an {@link Indicator}. */
export const indicatorSchema: z.ZodType<Indicator, IndicatorInput> = z.discriminatedUnion('kind', [
  z
    .strictObject({ kind: z.literal('answer'), ...common, values, says: z.record(z.string(), z.string().min(1)), ...asked })
    .refine((indicator) => indicator.values.every((value) => Object.hasOwn(indicator.says, value)), {
      path: ['says'],
      message: 'every value needs words for what it says',
    }),
  z.strictObject({
    kind: z.literal('number'),
    ...common,
    unit: z.string().trim().min(1),
    minimum: z.number().exactOptional(),
    maximum: z.number().exactOptional(),
    integer: z.boolean().exactOptional(),
    ...asked,
  }),
  z.strictObject({
    kind: z.literal('share'),
    ...common,
    numerator: z.string().trim().min(1),
    base: z.string().trim().min(1),
    members: z.string().trim().min(1),
    do: z.string().trim().min(1),
    of: z.strictObject({ indicator: identifierSchema, in: z.array(z.string().min(1)).min(1) }).exactOptional(),
    figure: identifierSchema.exactOptional(),
    published: z.array(z.strictObject({ value: z.string().min(1), version: z.string().min(1), whose: whoseSchema })).default([]),
  }),
  z.strictObject({ kind: z.literal('comparison'), ...common, over: z.array(identifierSchema).min(1) }),
]) as unknown as z.ZodType<Indicator, IndicatorInput>
