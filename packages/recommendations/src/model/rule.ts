import * as z from 'zod'
import { type Condition, conditionSchema } from './condition.ts'
import { identifierSchema, type Sentence, type SentenceInput, sentenceSchema, type Whose, whoseSchema } from './sentence.ts'

/** Who is to act. */
export type Audience = 'trust' | 'system' | 'national'

/** How much: low, medium or high. A band, because nothing finer is known. */
export type Band = 'low' | 'medium' | 'high'

/** What a rule is evaluated for: one trust, or a group of trusts. */
export type RuleSubject = 'trust' | 'cohort'

/** A band with its reason. */
export interface Rating {
  /** The band. */
  readonly band: Band
  /** Why this band. */
  readonly reason: Sentence
}

/** A public standard or policy. */
export interface Reference {
  /** Its title. */
  readonly title: string
  /** Section or point, where one is meant. */
  readonly section?: string
  /** Where it is, where that is known for certain. */
  readonly url?: string
}

/** What a rule is for or against; two rules must not pull one subject both ways. */
export interface Practice {
  /** Name of the practice, such as `open-code`. */
  readonly name: string
  /** Whether the rule is for it or against it. */
  readonly stance: 'for' | 'against'
}

/** One recommendation: when it is given, what it says, and why. */
export interface Rule {
  /** Name in data, such as `trust-open-by-default`. */
  readonly id: string
  /** Version of this rule, a whole number that rises with each change of its meaning. */
  readonly version: number
  /** Name for people. */
  readonly title: string
  /** What it is evaluated for. */
  readonly subject: RuleSubject
  /** Who is to act. */
  readonly audience: Audience
  /** Id of its theme. */
  readonly theme: string
  /** Id of the barrier that it is about, where it is about one. */
  readonly barrier?: string
  /** Whose rule it is. */
  readonly whose: Whose
  /** What it is for or against. */
  readonly practice: Practice
  /** Whom it concerns; everyone where absent. Where it is false the recommendation does not apply. */
  readonly appliesTo?: Condition
  /** The gap: where it is true the recommendation is given, where it is false it is already met. */
  readonly when: Condition
  /** What to do, as a command. */
  readonly action: Sentence
  /** What is said where it is already met. */
  readonly met: Sentence
  /** Why it is worth doing. */
  readonly rationale: readonly Sentence[]
  /** How much work it is. */
  readonly effort: Rating
  /** How much it could matter. */
  readonly impact: Rating
  /** What would change this advice. */
  readonly wouldChange: readonly Sentence[]
  /** What to be careful about. */
  readonly cautions: readonly Sentence[]
  /** Public standards and policies it rests on. */
  readonly references: readonly Reference[]
  /** Ids of the shares shown as evidence, the most telling first. */
  readonly evidence: readonly string[]
}

/** What a person may write for a {@link Rule}: bare text for sentences of ours, and lists only where they are not empty. */
export type RuleInput = Omit<
  Rule,
  'whose' | 'version' | 'action' | 'met' | 'rationale' | 'effort' | 'impact' | 'wouldChange' | 'cautions' | 'references' | 'evidence'
> & {
  /** As in {@link Rule}. @defaultValue `'ours'` */
  readonly whose?: Whose
  /** As in {@link Rule}. @defaultValue 1 */
  readonly version?: number
  /** As in {@link Rule}. */
  readonly action: SentenceInput
  /** As in {@link Rule}. */
  readonly met: SentenceInput
  /** As in {@link Rule}. */
  readonly rationale: readonly SentenceInput[]
  /** As in {@link Rule}. */
  readonly effort: {
    /** The band. */
    readonly band: Band
    /** Why this band. */
    readonly reason: SentenceInput
  }
  /** As in {@link Rule}. */
  readonly impact: {
    /** The band. */
    readonly band: Band
    /** Why this band. */
    readonly reason: SentenceInput
  }
  /** As in {@link Rule}. */
  readonly wouldChange: readonly SentenceInput[]
  /** As in {@link Rule}. @defaultValue none */
  readonly cautions?: readonly SentenceInput[]
  /** As in {@link Rule}. @defaultValue none */
  readonly references?: readonly Reference[]
  /** As in {@link Rule}. @defaultValue none */
  readonly evidence?: readonly string[]
}

/** The bands from low to high. */
export const bands = ['low', 'medium', 'high'] as const satisfies readonly Band[]

/** Addresses are shown as links, so nothing is one that a browser would run. */
const webAddressSchema = z.url({ protocol: /^https?$/, error: 'an address begins with https:// or http://' })

const ratingSchema = z.strictObject({ band: z.enum(bands), reason: sentenceSchema })

/** Checks a {@link Rule}. */
export const ruleSchema: z.ZodType<Rule, RuleInput> = z.strictObject({
  id: identifierSchema,
  version: z.int().min(1).default(1),
  title: z.string().trim().min(1),
  subject: z.enum(['trust', 'cohort']),
  audience: z.enum(['trust', 'system', 'national']),
  theme: identifierSchema,
  barrier: identifierSchema.exactOptional(),
  whose: whoseSchema.default('ours'),
  practice: z.strictObject({ name: identifierSchema, stance: z.enum(['for', 'against']) }),
  appliesTo: conditionSchema.exactOptional(),
  when: conditionSchema,
  action: sentenceSchema,
  met: sentenceSchema,
  rationale: z.array(sentenceSchema).min(1),
  effort: ratingSchema,
  impact: ratingSchema,
  wouldChange: z.array(sentenceSchema).min(1),
  cautions: z.array(sentenceSchema).default([]),
  references: z
    .array(
      z.strictObject({
        title: z.string().trim().min(1),
        section: z.string().min(1).exactOptional(),
        url: webAddressSchema.exactOptional(),
      }),
    )
    .default([]),
  evidence: z.array(identifierSchema).default([]),
}) as unknown as z.ZodType<Rule, RuleInput>
