import { requireBetween, requireOneOf } from '../argument-checks.ts'
import { type Alternative, type ConfidenceInterval, requireAlternative } from '../confidence-interval.ts'
import { firstWhere } from '../distributions/discrete-quantile.ts'
import { normalQuantile } from '../distributions/normal.ts'
import { twoByTwo } from '../effects/two-by-two.ts'
import { StatsError } from '../errors.ts'
import { findRoot } from '../numerics/find-root.ts'
import { type TableInput } from '../tables/contingency-table.ts'
import { evaluate, gap, tail, tailSlope, variance } from './first-cell.ts'
import { MANY_TERMS } from './two-by-two-weights.ts'

/**
 * How limits of an odds ratio are found: by inverting both one-sided exact tests (`exact`, the Cornfield interval of R and
 * SciPy), both one-sided mid-P tests (`mid-p`), or the two-sided test of Blaker (`blaker`, never wider than `exact`).
 *
 * The odds ratios that Blaker's test does not reject may have gaps between them, as its P jumps where a table joins the other tail;
 * the interval reaches from the smallest to the largest of them.
 */
export type OddsRatioIntervalMethod = 'exact' | 'mid-p' | 'blaker'

/** Why an odds ratio or its upper limit is `null`. */
export type UnboundedOddsRatio =
  /** A row or column has no observations: the table says nothing about the odds ratio. */
  | 'zero-margin'
  /** The first cell is as large as the margins allow: the likelihood rises for ever. */
  | 'largest-first-cell'

/** Options of {@link conditionalOddsRatio}. */
export interface ConditionalOddsRatioOptions {
  /**
   * Confidence level of the interval.
   *
   * @defaultValue 0.95
   */
  readonly confidenceLevel?: number
  /**
   * `less` and `greater` give one-sided intervals, from 0 and without upper limit respectively.
   *
   * @defaultValue 'two-sided'
   */
  readonly alternative?: Alternative
  /**
   * How the limits are found. `blaker` is two-sided by nature.
   *
   * @defaultValue 'exact'
   */
  readonly interval?: OddsRatioIntervalMethod
}

/** An odds ratio estimated from the distribution given both margins. */
export interface ConditionalOddsRatio {
  /** Which estimate. */
  readonly method: 'conditional-maximum-likelihood' | 'median-unbiased'
  /** The odds ratio, at least 0; `null` where it is unbounded or undefined, see `reason`. */
  readonly estimate: number | null
  /** Its interval; the upper limit is `null` where there is none. */
  readonly confidenceInterval: ConfidenceInterval
  /** Why the estimate is `null`; `null` where it is a number. */
  readonly reason: UnboundedOddsRatio | null
}

/** Whether the counts are so large that sums are made by quadrature. */
function isSmooth(a: number, b: number, c: number, d: number): boolean {
  return 400 / (1 / a + 1 / b + 1 / c + 1 / d) > MANY_TERMS * MANY_TERMS
}

/** From the unknown t of {@link evaluate} to the odds ratio. */
function oddsRatioAt(a: number, b: number, c: number, d: number, t: number, smooth: boolean): number {
  return smooth ? Math.exp(t) * (a / b) * (d / c) : Math.exp(t)
}

/**
 * The t at which P(X > a) + share · P(X = a) reaches a target; beyond 700 where none does, as the mid-P of the largest first cell stays below ½
 * and a one-sided level may ask for more.
 */
function tailRoot(a: number, b: number, c: number, d: number, target: number, share: number, smooth: boolean): number {
  const error = Math.sqrt(1 / (a + 0.5) + 1 / (b + 0.5) + 1 / (c + 0.5) + 1 / (d + 0.5))
  let t = error * normalQuantile(target)
  if (!smooth) t += Math.log(((a + 0.5) / (b + 0.5)) * ((d + 0.5) / (c + 0.5)))
  const goal = Math.log(target)
  // log tail is concave in log ψ (its slope falls as the variance within a tail is below the whole), so that Newton steps
  // approach from the left without fail; steps from the right are kept short.
  for (let i = 0; i < 200; i++) {
    evaluate(a, b, c, d, t, share, smooth)
    const step = tail > 0 ? (goal - Math.log(tail)) / tailSlope : 4
    t += Math.max(-4, Math.min(4, step))
    if (t > 700 || Math.abs(step) * (1 + tailSlope) < 1e-8) break
  }
  return t
}

/** The t at which the mean of X is a: the conditional maximum likelihood. */
function meanRoot(a: number, b: number, c: number, d: number, smooth: boolean): number {
  let t = smooth ? 0 : Math.log(((a + 0.5) / (b + 0.5)) * ((d + 0.5) / (c + 0.5)))
  let low = -Infinity
  let high = Infinity
  for (let i = 0; i < 200; i++) {
    evaluate(a, b, c, d, t, 1, smooth)
    if (gap < 0) low = t
    else high = t
    const step = Math.max(-4, Math.min(4, -gap / variance))
    const next = t + step
    t = next >= low && next <= high ? next : (low + high) / 2
    if (Math.abs(step) * (1 + Math.sqrt(variance)) < 1e-8) break
  }
  return t
}

/** Blaker's lower limit as t; the first cell is above its minimum. */
function blakerRoot(a: number, b: number, c: number, d: number, alpha: number, smooth: boolean): number {
  const upperTail = (t: number): number => {
    evaluate(a, b, c, d, t, 1, smooth)
    return tail
  }
  // P(X ≤ a − j): the upper tail of the table moved by j with its columns exchanged.
  const lowerTail = (t: number, j: number): number => {
    const moved = smooth ? Math.log1p(j / b) + Math.log1p(j / c) - Math.log1p(-j / a) - Math.log1p(-j / d) : 0
    evaluate(b + j, a - j, d - j, c + j, -t - moved, 1, smooth)
    return tail
  }
  // At this point the upper tail alone is α/2, so the other, no larger, cannot bring the sum above α.
  const start = tailRoot(a, b, c, d, alpha / 2, 1, smooth)
  const end = Math.min(a, d)
  const cut = firstWhere(1, end + 1, 1, (j) => lowerTail(start, j) <= alpha / 2)
  // From there P falls or rises without a jump until the next table joins the lower tail, where it is twice the upper
  // tail and hence above α: the limit is that jump or before it.
  const jump = findRoot((t) => Math.log(upperTail(t)) - Math.log(lowerTail(t, cut - 1)), start, tailRoot(a, b, c, d, 0.75, 1, smooth))
  const p = (t: number): number => upperTail(t) + (cut > end ? 0 : lowerTail(t, cut)) - alpha
  return p(jump) > 0 ? findRoot(p, start, jump) : jump
}

/** The lower limit; 0 of an empty margin too, which has a or d in it. */
function lowerLimit(a: number, b: number, c: number, d: number, alpha: number, method: OddsRatioIntervalMethod, twoSided: boolean): number {
  if (a === 0 || d === 0) return 0
  const smooth = isSmooth(a, b, c, d)
  const t =
    method === 'blaker'
      ? blakerRoot(a, b, c, d, alpha, smooth)
      : tailRoot(a, b, c, d, twoSided ? alpha / 2 : alpha, method === 'mid-p' ? 0.5 : 1, smooth)
  return oddsRatioAt(a, b, c, d, t, smooth)
}

/** The interval of checked counts; all odds ratios if a margin is empty. */
export function oddsRatioInterval(
  a: number,
  b: number,
  c: number,
  d: number,
  level: number,
  alternative: Alternative,
  method: OddsRatioIntervalMethod,
): ConfidenceInterval {
  const alpha = 1 - level
  const twoSided = alternative === 'two-sided'
  const lower = alternative === 'less' ? 0 : lowerLimit(a, b, c, d, alpha, method, twoSided)
  const inverse = alternative === 'greater' ? 0 : lowerLimit(b, a, d, c, alpha, method, twoSided)
  return { lower, upper: inverse === 0 ? null : 1 / inverse, level }
}

/** The conditional maximum likelihood estimate of checked counts. */
export function likeliestOddsRatio(a: number, b: number, c: number, d: number): Pick<ConditionalOddsRatio, 'estimate' | 'reason'> {
  return estimateWith(a, b, c, d, meanRoot)
}

type Solver = (a: number, b: number, c: number, d: number, smooth: boolean) => number

function estimateWith(a: number, b: number, c: number, d: number, solve: Solver): Pick<ConditionalOddsRatio, 'estimate' | 'reason'> {
  if (a + b === 0 || c + d === 0 || a + c === 0 || b + d === 0) return { estimate: null, reason: 'zero-margin' }
  if (a === 0 || d === 0) return { estimate: 0, reason: null }
  if (b === 0 || c === 0) return { estimate: null, reason: 'largest-first-cell' }
  const smooth = isSmooth(a, b, c, d)
  return { estimate: oddsRatioAt(a, b, c, d, solve(a, b, c, d, smooth), smooth), reason: null }
}

/**
 * The odds ratio of a 2 × 2 table by conditional maximum likelihood, with an exact interval.
 *
 * The estimate is the ψ under which the first cell has its observed value as mean, given both margins; it lies nearer to 1
 * than the sample's ad / bc. Limits are solved to full double precision, at any counts up to 2⁵³.
 *
 * @remarks
 * R: `fisher.test(x)$estimate` and `$conf.int`, whose limits carry three to four digits only (`uniroot`'s default
 * tolerance: 621.93 instead of 626.24 for tea tasting). SciPy: `scipy.stats.contingency.odds_ratio(x)`. R's `exact2x2`
 * offers Blaker's interval (`tsmethod = 'blaker'`), R's `epitools` mid-P (`oddsratio.midp`).
 *
 * @param table - 2 × 2 counts
 * @param options - {@link ConditionalOddsRatioOptions}
 * @throws A {@link StatsError} with code `mismatch` if the table is not 2 × 2 or `blaker` is asked for one side,
 * `out-of-range` for a confidence level outside (0, 1), and those of {@link margins}
 * @see A. Agresti, *Categorical Data Analysis*, 3rd ed., sections 7.3 and 16.6
 *
 * @example
 * ```ts @import.meta.vitest
 * const { estimate, confidenceInterval } = conditionalOddsRatio([[3, 1], [1, 3]])
 *
 * expect(estimate).toBeCloseTo(6.408319658199674, 12)
 * expect(confidenceInterval.upper).toBeCloseTo(626.243530588814, 9)
 * ```
 */
export function conditionalOddsRatio(table: TableInput, options: ConditionalOddsRatioOptions = {}): ConditionalOddsRatio {
  const { a, b, c, d } = twoByTwo(table)
  return {
    method: 'conditional-maximum-likelihood',
    ...likeliestOddsRatio(a, b, c, d),
    confidenceInterval: intervalOf(a, b, c, d, options.interval ?? 'exact', options),
  }
}

/** Throws unless there is such an interval. */
export function requireInterval(method: OddsRatioIntervalMethod, level: number, alternative: Alternative): void {
  requireOneOf('interval', method, 'exact', 'mid-p', 'blaker')
  requireBetween('confidenceLevel', level)
  requireAlternative(alternative)
  if (method === 'blaker' && alternative !== 'two-sided') {
    throw new StatsError('mismatch', `Blaker's interval is two-sided, the alternative is ${alternative}`)
  }
}

function intervalOf(
  a: number,
  b: number,
  c: number,
  d: number,
  method: OddsRatioIntervalMethod,
  options: Omit<ConditionalOddsRatioOptions, 'interval'>,
): ConfidenceInterval {
  const { confidenceLevel = 0.95, alternative = 'two-sided' } = options
  requireInterval(method, confidenceLevel, alternative)
  return oddsRatioInterval(a, b, c, d, confidenceLevel, alternative, method)
}

/**
 * Mid-P interval of the odds ratio: the limits at which the mid-P value of either side is (1 − level) / 2.
 *
 * Shorter than the exact interval, at the price of a coverage that is right on average only.
 *
 * @remarks
 * R: `epitools::oddsratio.midp(x)`, to three to six digits. No SciPy counterpart.
 *
 * @param table - 2 × 2 counts
 * @param options - level and side, see {@link ConditionalOddsRatioOptions}
 * @throws A {@link StatsError} as {@link conditionalOddsRatio} does
 *
 * @example
 * ```ts @import.meta.vitest
 * const { lower, upper } = midPOddsRatioInterval([[12, 8], [5, 15]])
 *
 * expect(lower).toBeCloseTo(1.132554665354169, 12)
 * expect(upper).toBeCloseTo(18.28442432257007, 11)
 * ```
 */
export function midPOddsRatioInterval(table: TableInput, options: Omit<ConditionalOddsRatioOptions, 'interval'> = {}): ConfidenceInterval {
  const { a, b, c, d } = twoByTwo(table)
  return intervalOf(a, b, c, d, 'mid-p', options)
}

/**
 * The median-unbiased odds ratio, at which both mid-P values are ½, with its mid-P interval.
 *
 * @remarks
 * R: `epitools::oddsratio.midp(x)$measure`. No SciPy counterpart.
 *
 * @param table - 2 × 2 counts
 * @param options - level and side, see {@link ConditionalOddsRatioOptions}; the interval is mid-P
 * @throws A {@link StatsError} as {@link conditionalOddsRatio} does
 *
 * @example
 * ```ts @import.meta.vitest
 * expect(medianUnbiasedOddsRatio([[12, 8], [5, 15]]).estimate).toBeCloseTo(4.261856822664569, 12)
 * ```
 */
export function medianUnbiasedOddsRatio(
  table: TableInput,
  options: Omit<ConditionalOddsRatioOptions, 'interval'> = {},
): ConditionalOddsRatio {
  const { a, b, c, d } = twoByTwo(table)
  return {
    method: 'median-unbiased',
    ...estimateWith(a, b, c, d, (p, q, r, s, smooth) => tailRoot(p, q, r, s, 0.5, 0.5, smooth)),
    confidenceInterval: intervalOf(a, b, c, d, 'mid-p', options),
  }
}
