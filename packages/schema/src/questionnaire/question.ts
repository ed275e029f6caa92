import * as z from 'zod'
import { isoDateSchema } from '../iso-date.ts'
import { spellingKey } from '../read/answer-spellings.ts'
import { type MissingReason, missingReasonSchema } from '../responses/missing-reason.ts'
import { type AskedIf, askedIfSchema } from './asked-if.ts'

/** What all kinds of question have. */
export interface QuestionBase {
  /** Name in data: a small letter, then letters and digits, such as `hasTeam`. */
  readonly id: string
  /** The question, as it is put. */
  readonly wording: string
  /** Who worded it: `original` where it is quoted from the survey, `ours` where the original is not known to us. */
  readonly wordingBy?: 'original' | 'ours'
  /** Advice to the person who answers. */
  readonly help?: string
  /** When the question is put; to everyone where absent. */
  readonly askedIf?: AskedIf
  /** Reasons for a missing answer that are in order; all where absent. `not-asked` is decided by `askedIf` alone. */
  readonly allowedMissing?: readonly MissingReason[]
  /** Other headers under which columns of this question come. */
  readonly aliases?: readonly string[]
}

/** Answered `yes` or `no`. */
export interface YesNoQuestion extends QuestionBase {
  /** Tells the kinds of question apart. */
  readonly kind: 'yes-no'
}

/** How often: one of some levels in order. */
export interface FrequencyQuestion extends QuestionBase {
  /** Tells the kinds of question apart. */
  readonly kind: 'frequency'
  /** The levels in their order, such as `['always', 'sometimes', 'never']`. */
  readonly levels: readonly string[]
}

/** One of some options. */
export interface SingleChoiceQuestion extends QuestionBase {
  /** Tells the kinds of question apart. */
  readonly kind: 'single-choice'
  /** The options. */
  readonly options: readonly string[]
}

/** One or more of some options. */
export interface MultipleChoiceQuestion extends QuestionBase {
  /** Tells the kinds of question apart. */
  readonly kind: 'multiple-choice'
  /** The options; none contains a semicolon, which separates them in a cell. */
  readonly options: readonly string[]
}

/** Answered in the organisation's own words. */
export interface FreeTextQuestion extends QuestionBase {
  /** Tells the kinds of question apart. */
  readonly kind: 'free-text'
}

/** Technologies, named in the organisation's own words; `@open-digital-capability/taxonomy` finds them in the text. */
export interface TechnologiesQuestion extends QuestionBase {
  /** Tells the kinds of question apart. */
  readonly kind: 'technologies'
}

/** Answered with a number. */
export interface NumberQuestion extends QuestionBase {
  /** Tells the kinds of question apart. */
  readonly kind: 'number'
  /** What the number counts, such as `people`. */
  readonly unit?: string
  /** Least value that is in order. */
  readonly minimum?: number
  /** Greatest value that is in order. */
  readonly maximum?: number
  /** Whether only whole numbers are in order; `false` where absent. */
  readonly integer?: boolean
}

/** Answered with a day, `YYYY-MM-DD`. */
export interface DateQuestion extends QuestionBase {
  /** Tells the kinds of question apart. */
  readonly kind: 'date'
  /** First day that is in order. */
  readonly earliest?: string
  /** Last day that is in order. */
  readonly latest?: string
}

/** One question. */
export type Question =
  | YesNoQuestion
  | FrequencyQuestion
  | SingleChoiceQuestion
  | MultipleChoiceQuestion
  | FreeTextQuestion
  | TechnologiesQuestion
  | NumberQuestion
  | DateQuestion

/** Kind of question. */
export type QuestionKind = Question['kind']

/** Names that can be keys of a plain object without meeting what every object inherits. */
export const identifierSchema = z
  .string()
  .regex(/^[a-z][A-Za-z0-9]*$/, 'a name is a small letter, then letters and digits')
  .refine((name) => !(name in Object.prototype), 'a name that every object has already')

const base = {
  id: identifierSchema,
  wording: z.string().trim().min(1),
  wordingBy: z.enum(['original', 'ours']).exactOptional(),
  help: z.string().min(1).exactOptional(),
  askedIf: askedIfSchema.exactOptional(),
  allowedMissing: z.array(missingReasonSchema).exactOptional(),
  aliases: z.array(z.string().trim().min(1)).exactOptional(),
}

// A value stands in a cell beside others, so it has no edge of blanks and none of the signs that separate.
const choice = z.string().regex(/^[^\s;|](?:[^;|\r\n]*[^\s;|])?$/, 'an option has no blank at its edges, no semicolon, bar or line break')
const choices = z
  .array(choice)
  .min(1)
  .refine((values) => new Set(values.map(spellingKey)).size === values.length, 'two options that are spelled alike')

/** Checks a {@link Question}. */
export const questionSchema: z.ZodType<Question, Question> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('yes-no'), ...base }),
  z.strictObject({ kind: z.literal('frequency'), ...base, levels: choices }),
  z.strictObject({ kind: z.literal('single-choice'), ...base, options: choices }),
  z.strictObject({ kind: z.literal('multiple-choice'), ...base, options: choices }),
  z.strictObject({ kind: z.literal('free-text'), ...base }),
  z.strictObject({ kind: z.literal('technologies'), ...base }),
  z.strictObject({
    kind: z.literal('number'),
    ...base,
    unit: z.string().min(1).exactOptional(),
    minimum: z.number().exactOptional(),
    maximum: z.number().exactOptional(),
    integer: z.boolean().exactOptional(),
  }),
  z.strictObject({ kind: z.literal('date'), ...base, earliest: isoDateSchema.exactOptional(), latest: isoDateSchema.exactOptional() }),
])
