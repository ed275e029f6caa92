import { requireOneOf } from '../argument-checks.ts'
import { type ConfidenceInterval, criticalValue } from '../confidence-interval.ts'
import { determinant } from '../numerics/exact-arithmetic.ts'
import { type TableInput } from '../tables/contingency-table.ts'
import { type ComponentInterval, distances } from './component-limits.ts'
import { riskDifferenceScoreLimits, scoreTarget } from './score-limits.ts'
import { type TwoByTwo, twoByTwo } from './two-by-two.ts'

/** How the limits of a risk difference are found. */
export type RiskDifferenceInterval =
  /** Score test inverted, variance with n / (n − 1): contradicts the N − 1 chi-squared test never. */
  | 'miettinen-nurminen'
  /** Score test inverted, variance without that factor: contradicts Pearson's test never. */
  | 'mee'
  /** Square-and-add of two Wilson intervals (Newcombe 1998, method 10). */
  | 'newcombe'
  /** The same of two continuity-corrected Wilson intervals (Newcombe 1998, method 11). */
  | 'newcombe-corrected'
  /** Wald after adding one event and one non-event to each group. */
  | 'agresti-caffo'
  /** Square-and-add (MOVER) of two Jeffreys intervals. */
  | 'mover-jeffreys'
  /** Estimate ± z standard errors; too narrow for small groups, of length zero for 0 % against 0 %. */
  | 'wald'

/** Options of {@link riskDifference}. */
export interface RiskDifferenceOptions {
  /**
   * How the limits are found.
   * @defaultValue `'miettinen-nurminen'`
   */
  readonly interval?: RiskDifferenceInterval
  /**
   * Confidence level, between 0 and 1.
   * @defaultValue 0.95
   */
  readonly confidenceLevel?: number
}

/** Result of {@link riskDifference}. */
export interface RiskDifference {
  /** What was estimated. */
  readonly measure: 'risk-difference'
  /** How the limits were found. */
  readonly interval: RiskDifferenceInterval
  /** a / (a + b) − c / (c + d), from −1 to 1; `null` where a group is empty. */
  readonly estimate: number | null
  /** Why `estimate` is `null`: `'undefined'` if a group is empty. */
  readonly reason: 'undefined' | null
  /** Unpooled standard error √(p1·q1/n1 + p2·q2/n2); `null` where a group is empty. */
  readonly standardError: number | null
  /** Limits of the difference; the whole range −1 to 1 where a group is empty. Those of `'wald'` and `'agresti-caffo'` are as published, not clipped to that range. */
  readonly confidenceInterval: ConfidenceInterval
}

/**
 * Difference of two independent proportions, group 1 minus group 2, with its confidence interval.
 *
 * d = a / (a + b) − c / (c + d). The score limits are those δ at which (d − δ)² equals z² times the variance under the
 * restricted maximum likelihood estimate, found to the last digits.
 *
 * @remarks
 * R: `DescTools::BinomDiffCI(a, a + b, c, c + d, method = 'mn')`, with `'mee'`, `'score'` (Newcombe), `'scorecc'`, `'ac'`, `'wald'`.
 * statsmodels: `confint_proportions_2indep(..., compare='diff')` agrees for `'wald'`, `'newcomb'` and `'agresti-caffo'`; its `'score'`
 * is wrong in the third digit (0.13.5). R's `prop.test` gives the Wald interval with a continuity correction.
 *
 * @param table - 2 × 2 counts: rows are the groups, the first column is the event
 * @param options - interval and level
 * @throws A {@link StatsError} with code `mismatch` if the table is not 2 × 2, `out-of-range` for a level outside (0, 1), or as {@link margins} does
 *
 * @see Miettinen O, Nurminen M, "Comparative analysis of two rates", Statistics in Medicine 4 (1985) 213-226
 * @see Newcombe RG, "Interval estimation for the difference between independent proportions", Statistics in Medicine 17 (1998) 873-890
 *
 * @example
 * ```ts @import.meta.vitest
 * const { estimate, confidenceInterval } = riskDifference([[56, 14], [48, 32]])
 *
 * expect(estimate).toBeCloseTo(0.2, 12)
 * expect(confidenceInterval.lower).toBeCloseTo(0.0528, 4)
 * expect(confidenceInterval.upper).toBeCloseTo(0.3382, 4)
 * ```
 */
export function riskDifference(table: TableInput, options: RiskDifferenceOptions = {}): RiskDifference {
  const { interval = 'miettinen-nurminen', confidenceLevel: level = 0.95 } = options
  requireOneOf(
    'interval',
    interval,
    'miettinen-nurminen',
    'mee',
    'newcombe',
    'newcombe-corrected',
    'mover-jeffreys',
    'agresti-caffo',
    'wald',
  )
  const t = twoByTwo(table)
  const z = criticalValue(level)
  if (t.n1 === 0 || t.n2 === 0) {
    const confidenceInterval = { lower: -1, upper: 1, level }
    return { measure: 'risk-difference', interval, estimate: null, reason: 'undefined', standardError: null, confidenceInterval }
  }
  const estimate = differenceOf(t.a, t.b, t.c, t.d)
  const standardError = errorOf(t.a, t.b, t.c, t.d)
  const [lower, upper] = limits(t, estimate, z, level, interval)
  return { measure: 'risk-difference', interval, estimate, reason: null, standardError, confidenceInterval: { lower, upper, level } }
}

const differenceOf = (a: number, b: number, c: number, d: number): number => determinant(a, b, c, d) / ((a + b) * (c + d))

function errorOf(a: number, b: number, c: number, d: number): number {
  const n1 = a + b
  const n2 = c + d
  return Math.sqrt(((a / n1) * (b / n1)) / n1 + ((c / n2) * (d / n2)) / n2)
}

function limits(t: TwoByTwo, estimate: number, z: number, level: number, interval: RiskDifferenceInterval): readonly [number, number] {
  switch (interval) {
    case 'miettinen-nurminen':
    case 'mee': {
      const target = scoreTarget(z, t.n, interval === 'mee' ? 'n' : 'n-minus-1')
      return riskDifferenceScoreLimits(t.a, t.n1, t.c, t.n2, target)
    }
    case 'newcombe':
      return squareAndAdd(t, estimate, z, level, 'wilson')
    case 'newcombe-corrected':
      return squareAndAdd(t, estimate, z, level, 'wilson-corrected')
    case 'mover-jeffreys':
      return squareAndAdd(t, estimate, z, level, 'jeffreys')
    case 'agresti-caffo':
    case 'wald': {
      const shift = interval === 'wald' ? 0 : 1
      const cells = [t.a + shift, t.b + shift, t.c + shift, t.d + shift] as const
      const centre = differenceOf(...cells)
      const half = z * errorOf(...cells)
      return [centre - half, centre + half]
    }
  }
}

function squareAndAdd(t: TwoByTwo, estimate: number, z: number, level: number, component: ComponentInterval): [number, number] {
  const first = distances(t.a, t.n1, z, level, component)
  const second = distances(t.c, t.n2, z, level, component)
  // Only the continuity-corrected limits can pass ±1.
  return [Math.max(-1, estimate - Math.hypot(first.below, second.above)), Math.min(1, estimate + Math.hypot(first.above, second.below))]
}
