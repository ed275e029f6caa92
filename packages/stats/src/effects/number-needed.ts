import { type TableInput } from '../tables/contingency-table.ts'
import { riskDifference, type RiskDifferenceInterval, type RiskDifferenceOptions } from './risk-difference.ts'

/** A range of numbers needed; `null` is an end without bound. */
export interface NumberNeededRange {
  /** Smallest value; `null` for minus infinity. */
  readonly lower: number | null
  /** Largest value; `null` for plus infinity. */
  readonly upper: number | null
}

/** Result of {@link numberNeeded}. */
export interface NumberNeeded {
  /** What was estimated. */
  readonly measure: 'number-needed'
  /** How the limits of the underlying risk difference were found. */
  readonly interval: RiskDifferenceInterval
  /** 1 / (p1 − p2): how many members of group 1 it takes for one event more (if positive) or less (if negative) than in group 2; `null` where it is infinite or undefined. */
  readonly estimate: number | null
  /** Why `estimate` is `null`: `'infinite'` if the risks are equal, `'undefined'` if a group is empty. */
  readonly reason: 'infinite' | 'undefined' | null
  /** The risk difference that `estimate` is the reciprocal of; `null` where a group is empty. */
  readonly riskDifference: number | null
  /** The confidence set, of numbers with sign. */
  readonly confidenceSet: {
    /** Confidence level, between 0 and 1. */
    readonly level: number
    /**
     * One range where the interval of the difference lies on one side of zero; two, the first negative and the second
     * positive, where it spans zero: the set then reaches through infinity (no effect), not through zero. Empty only if
     * the interval of the difference is the single point zero.
     */
    readonly ranges: readonly NumberNeededRange[]
  }
}

/**
 * Number needed to treat, harm or ask: the reciprocal of the risk difference, with its honest confidence set.
 *
 * NN = 1 / (p1 − p2). An interval [l, u] of the difference becomes [1/u, 1/l] if it leaves out zero, and otherwise the
 * two ranges (−∞, 1/l] and [1/u, ∞), as "no effect" is an infinite number needed. Its value between 1/l and 1/u is *outside* the set.
 *
 * @remarks
 * R: `1 / DescTools::BinomDiffCI(...)` by hand; the two ranges are nowhere printed so. No SciPy counterpart.
 *
 * @param table - 2 × 2 counts: rows are the groups, the first column is the event
 * @param options - interval of the risk difference, and level
 * @throws A {@link StatsError} as {@link riskDifference} does
 *
 * @see Altman DG, "Confidence intervals for the number needed to treat", BMJ 317 (1998) 1309-1312
 *
 * @example
 * ```ts @import.meta.vitest
 * const { estimate, confidenceSet } = numberNeeded([[12, 88], [8, 92]], { interval: 'newcombe' })
 *
 * expect(estimate).toBeCloseTo(25, 10)
 * expect(confidenceSet.ranges).toHaveLength(2)
 * expect(confidenceSet.ranges[0]).toMatchObject({ lower: null })
 * expect(confidenceSet.ranges[1]).toMatchObject({ upper: null })
 * ```
 */
export function numberNeeded(table: TableInput, options: RiskDifferenceOptions = {}): NumberNeeded {
  const difference = riskDifference(table, options)
  const { lower, upper, level } = difference.confidenceInterval
  const { estimate } = difference
  return {
    measure: 'number-needed',
    interval: difference.interval,
    estimate: estimate === null || estimate === 0 ? null : 1 / estimate,
    reason: estimate === null ? 'undefined' : estimate === 0 ? 'infinite' : null,
    riskDifference: estimate,
    confidenceSet: { level, ranges: reciprocal(lower, upper as number) },
  }
}

function reciprocal(lower: number, upper: number): NumberNeededRange[] {
  if (lower > 0 || upper < 0) return [{ lower: 1 / upper, upper: 1 / lower }]
  const ranges: NumberNeededRange[] = []
  if (lower < 0) ranges.push({ lower: null, upper: 1 / lower })
  if (upper > 0) ranges.push({ lower: 1 / upper, upper: null })
  return ranges
}
