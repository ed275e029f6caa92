import * as z from 'zod'
import { type Indicator, type IndicatorInput, indicatorSchema } from './indicator.ts'
import { type Rule, type RuleInput, ruleSchema } from './rule.ts'
import { identifierSchema, type Sentence, type SentenceInput, sentenceSchema, type Whose, whoseSchema } from './sentence.ts'
import { type Threshold, type ThresholdInput, thresholdSchema } from './threshold.ts'

/** What recommendations are about. */
export interface Theme {
  /** Name in data, such as `open-source`. */
  readonly id: string
  /** Name for people. */
  readonly name: string
  /** Whose theme it is. */
  readonly whose: Whose
  /** Where it comes from. */
  readonly source: Sentence
}

/** What may stand in the way. */
export interface Barrier {
  /** Name in data, such as `limited-resources`. */
  readonly id: string
  /** Name for people. */
  readonly name: string
  /** Whose it is. */
  readonly whose: Whose
  /** Where it comes from. */
  readonly source: Sentence
}

/** How strong the evidence is: E0 none, E1 assertion, E2 descriptive, E3 comparative, E4 corroborated. */
export type Grade = 'E0' | 'E1' | 'E2' | 'E3' | 'E4'

/** How sure one can be of what the evidence says, apart from how large it is. */
export type Certainty = 'none' | 'low' | 'medium' | 'high'

/** An evidence grade explained. */
export interface GradeDefinition {
  /** The grade. */
  readonly id: Grade
  /** Name for people. */
  readonly name: string
  /** What it takes. */
  readonly meaning: Sentence
  /** The certainty from which the caps start. */
  readonly certainty: Certainty
}

/** One cross-sectional survey is never above a grade. */
export interface SingleSurveyCap {
  /** Tells the kinds of cap apart. */
  readonly kind: 'single-survey'
  /** The highest grade without an independent second source. */
  readonly grade: Grade
  /** The cap in words. */
  readonly statement: Sentence
}

/** Old answers are never surer than a level. */
export interface OldDataCap {
  /** Tells the kinds of cap apart. */
  readonly kind: 'old-data'
  /** The highest certainty for a named trust. */
  readonly trust: Certainty
  /** The highest certainty for a group. */
  readonly cohort: Certainty
  /** The cap in words. */
  readonly statement: Sentence
}

/** A failed base check blocks the claim until a person picks the base. */
export interface FailedBaseCap {
  /** Tells the kinds of cap apart. */
  readonly kind: 'failed-base'
  /** The grade of a blocked claim. */
  readonly grade: Grade
  /** The cap in words. */
  readonly statement: Sentence
}

/** A wide interval is never surer than a level. */
export interface WideIntervalCap {
  /** Tells the kinds of cap apart. */
  readonly kind: 'wide-interval'
  /** The highest certainty. */
  readonly certainty: Certainty
  /** The cap in words. */
  readonly statement: Sentence
}

/** An upper limit on how strong evidence of a kind may be called. */
export type Cap = SingleSurveyCap | OldDataCap | FailedBaseCap | WideIntervalCap

/** What changed in a version of a model. */
export interface ChangelogEntry {
  /** The version. */
  readonly version: string
  /** Its day, `YYYY-MM-DD`. */
  readonly date: string
  /** What changed, one line each. */
  readonly changes: readonly string[]
}

/** Everything that turns evidence into recommendations, as data. */
export interface Model {
  /** Tells the kinds of document apart. */
  readonly kind: 'recommendation-model'
  /** Version of the form of the document. */
  readonly modelSchemaVersion: 1
  /** Name in data. */
  readonly id: string
  /** Name for people. */
  readonly title: string
  /** Version of the content, `major.minor.patch`. */
  readonly version: string
  /** What it is and what it is not. */
  readonly about: Sentence
  /** What changed from version to version, the newest first. */
  readonly changelog: readonly ChangelogEntry[]
  /** What recommendations are about. */
  readonly themes: readonly Theme[]
  /** What may stand in the way. */
  readonly barriers: readonly Barrier[]
  /** How strong evidence is. */
  readonly grades: readonly GradeDefinition[]
  /** Upper limits on how strong evidence may be called. */
  readonly caps: readonly Cap[]
  /** The numbers at which advice changes. */
  readonly thresholds: readonly Threshold[]
  /** What is known of subjects. */
  readonly indicators: readonly Indicator[]
  /** The recommendations. */
  readonly rules: readonly Rule[]
}

/** What a person may write for a {@link Model}. */
export type ModelInput = Omit<Model, 'about' | 'themes' | 'barriers' | 'grades' | 'caps' | 'thresholds' | 'indicators' | 'rules'> & {
  /** As in {@link Model}. */
  readonly about: SentenceInput
  /** As in {@link Model}. */
  readonly themes: readonly (Omit<Theme, 'source'> & {
    /** As in {@link Theme}. */
    readonly source: SentenceInput
  })[]
  /** As in {@link Model}. */
  readonly barriers: readonly (Omit<Barrier, 'source'> & {
    /** As in {@link Barrier}. */
    readonly source: SentenceInput
  })[]
  /** As in {@link Model}. */
  readonly grades: readonly (Omit<GradeDefinition, 'meaning'> & {
    /** As in {@link GradeDefinition}. */
    readonly meaning: SentenceInput
  })[]
  /** As in {@link Model}. */
  readonly caps: readonly CapInput[]
  /** As in {@link Model}. */
  readonly thresholds: readonly ThresholdInput[]
  /** As in {@link Model}. */
  readonly indicators: readonly IndicatorInput[]
  /** As in {@link Model}. */
  readonly rules: readonly RuleInput[]
}

/** What a person may write for a {@link Cap}. */
export type CapInput = Cap extends infer Kind
  ? Kind extends Cap
    ? Omit<Kind, 'statement'> & {
        /** The cap in words. */
        readonly statement: SentenceInput
      }
    : never
  : never

/** The grades from none to corroborated. */
export const grades = ['E0', 'E1', 'E2', 'E3', 'E4'] as const satisfies readonly Grade[]

/** The levels of certainty from none to high. */
export const certainties = ['none', 'low', 'medium', 'high'] as const satisfies readonly Certainty[]

const versionSchema = z.string().regex(/^\d+\.\d+\.\d+$/, 'a version is three numbers with dots, such as "1.2.0"')
const daySchema = z.iso.date('a day is written YYYY-MM-DD')
const named = { id: identifierSchema, name: z.string().trim().min(1), whose: whoseSchema, source: sentenceSchema }
const grade = z.enum(grades)
const certainty = z.enum(certainties)
const capSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('single-survey'), grade, statement: sentenceSchema }),
  z.strictObject({ kind: z.literal('old-data'), trust: certainty, cohort: certainty, statement: sentenceSchema }),
  z.strictObject({ kind: z.literal('failed-base'), grade, statement: sentenceSchema }),
  z.strictObject({ kind: z.literal('wide-interval'), certainty, statement: sentenceSchema }),
])

/** Checks the form of a {@link Model}; whether its parts fit each other is the linter’s. */
export const modelSchema: z.ZodType<Model, ModelInput> = z
  .strictObject({
    kind: z.literal('recommendation-model'),
    modelSchemaVersion: z.literal(1),
    id: identifierSchema,
    title: z.string().trim().min(1),
    version: versionSchema,
    about: sentenceSchema,
    changelog: z
      .array(z.strictObject({ version: versionSchema, date: daySchema, changes: z.array(z.string().min(1)).min(1) }))
      .min(1)
      .refine(
        (entries) => entries.every(({ version }, index) => index === 0 || isNewer(entries[index - 1]?.version ?? '', version)),
        'the versions of the changelog do not fall from entry to entry: the newest comes first, and each once',
      ),
    themes: z.array(z.strictObject(named)).min(1),
    barriers: z.array(z.strictObject(named)),
    grades: z
      .array(z.strictObject({ id: grade, name: z.string().min(1), meaning: sentenceSchema, certainty }))
      .refine(
        (all) => all.length === grades.length && all.every(({ id }, index) => id === grades[index]),
        'the grades are E0 to E4, in order',
      ),
    caps: z.array(capSchema),
    thresholds: z.array(thresholdSchema),
    indicators: z.array(indicatorSchema).min(1),
    rules: z.array(ruleSchema).min(1),
  })
  .refine(({ changelog, version }) => changelog[0]?.version === version, {
    path: ['changelog'],
    message: 'the newest entry of the changelog is not about this version',
  })

/** Whether one version comes after another, number by number. */
function isNewer(version: string, other: string): boolean {
  const [numbers, others] = [version, other].map((text) => text.split('.').map(Number)) as [number[], number[]]
  const at = numbers.findIndex((number, index) => number !== others[index])
  return at >= 0 && (numbers[at] as number) > (others[at] ?? 0)
}
