import * as z from 'zod'
import { identifierSchema } from './sentence.ts'

/** A number, or the id of a threshold of the model: thresholds stand in one place, with their reasons. */
export type Limit =
  | number
  | {
      /** Id of a threshold of the model. */
      readonly threshold: string
    }

/** Holds where the subject’s answer is one value. */
export interface AnswerIs {
  /** Id of an indicator of kind `answer` or `comparison`. */
  readonly indicator: string
  /** The value. */
  readonly is: string
}

/** Holds where the subject’s answer is one of some values. */
export interface AnswerIn {
  /** Id of an indicator of kind `answer` or `comparison`. */
  readonly indicator: string
  /** The values. */
  readonly in: readonly string[]
}

/** How a share is compared with a limit: its whole interval, or its point estimate. */
export type Using = 'interval' | 'estimate'

/** Holds where a number is below a limit. */
export interface Below {
  /** Id of an indicator of kind `number` or `share`. */
  readonly indicator: string
  /** The limit. */
  readonly below: Limit
  /**
   * Of a share: `interval` holds only where the whole interval is below, fails where none of it is, and is unknown in between.
   *
   * @defaultValue `'interval'`
   */
  readonly using?: Using
}

/** Holds where a number is at most a limit. */
export interface AtMost {
  /** Id of an indicator of kind `number` or `share`. */
  readonly indicator: string
  /** The limit. */
  readonly atMost: Limit
  /**
   * As in {@link Below}.
   *
   * @defaultValue `'interval'`
   */
  readonly using?: Using
}

/** Holds where a number is at least a limit. */
export interface AtLeast {
  /** Id of an indicator of kind `number` or `share`. */
  readonly indicator: string
  /** The limit. */
  readonly atLeast: Limit
  /**
   * As in {@link Below}.
   *
   * @defaultValue `'interval'`
   */
  readonly using?: Using
}

/** Holds where a number is above a limit. */
export interface Above {
  /** Id of an indicator of kind `number` or `share`. */
  readonly indicator: string
  /** The limit. */
  readonly above: Limit
  /**
   * As in {@link Below}.
   *
   * @defaultValue `'interval'`
   */
  readonly using?: Using
}

/** A condition on one indicator. */
export type IndicatorCondition = AnswerIs | AnswerIn | Below | AtMost | AtLeast | Above

/** Holds where every part holds. */
export interface AllOf {
  /** The parts. */
  readonly all: readonly Condition[]
}

/** Holds where at least one part holds. */
export interface AnyOf {
  /** The parts. */
  readonly any: readonly Condition[]
}

/** Holds where its part does not; unknown where its part is unknown. */
export interface Not {
  /** The part. */
  readonly not: Condition
}

/** What a rule looks at. It is true, false or unknown: a missing answer is never read as “no”. */
export type Condition = IndicatorCondition | AllOf | AnyOf | Not

/** A way of comparing a number with a limit. */
export type Comparison = 'below' | 'atMost' | 'atLeast' | 'above'

/** How and with what limit a condition compares a number; `undefined` for one on answers. */
export function comparisonOf(condition: IndicatorCondition): { readonly comparison: Comparison; readonly limit: Limit } | undefined {
  if ('below' in condition) return { comparison: 'below', limit: condition.below }
  if ('atMost' in condition) return { comparison: 'atMost', limit: condition.atMost }
  if ('atLeast' in condition) return { comparison: 'atLeast', limit: condition.atLeast }
  if ('above' in condition) return { comparison: 'above', limit: condition.above }
  return undefined
}

/** The values that a condition on answers accepts. */
export function acceptedValues(condition: AnswerIs | AnswerIn): readonly string[] {
  return 'in' in condition ? condition.in : [condition.is]
}

/** The conditions on single indicators within a condition, from left to right. */
export function indicatorConditions(condition: Condition): readonly IndicatorCondition[] {
  if ('all' in condition) return condition.all.flatMap(indicatorConditions)
  if ('any' in condition) return condition.any.flatMap(indicatorConditions)
  if ('not' in condition) return indicatorConditions(condition.not)
  return [condition]
}

/** Ids of the indicators that a condition looks at, each once, from left to right. */
export function indicatorsOf(condition: Condition): readonly string[] {
  return [...new Set(indicatorConditions(condition).map(({ indicator }) => indicator))]
}

const limitSchema = z.union([z.number(), z.strictObject({ threshold: identifierSchema })])
const using = z.enum(['interval', 'estimate']).exactOptional()

/** Checks a {@link Condition}. */
export const conditionSchema: z.ZodType<Condition, Condition> = z.lazy(() =>
  z.union([
    z.strictObject({ indicator: identifierSchema, is: z.string().min(1) }),
    z.strictObject({ indicator: identifierSchema, in: z.array(z.string().min(1)).min(1) }),
    z.strictObject({ indicator: identifierSchema, below: limitSchema, using }),
    z.strictObject({ indicator: identifierSchema, atMost: limitSchema, using }),
    z.strictObject({ indicator: identifierSchema, atLeast: limitSchema, using }),
    z.strictObject({ indicator: identifierSchema, above: limitSchema, using }),
    z.strictObject({ all: z.array(conditionSchema).min(1) }),
    z.strictObject({ any: z.array(conditionSchema).min(1) }),
    z.strictObject({ not: conditionSchema }),
  ]),
)
