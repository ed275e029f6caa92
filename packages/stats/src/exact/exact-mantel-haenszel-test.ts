import { requireBetween, requireOneOf } from '../argument-checks.ts'
import { type Alternative, type ConfidenceInterval, requireAlternative } from '../confidence-interval.ts'
import { normalQuantile } from '../distributions/normal.ts'
import { type TwoByTwo } from '../effects/two-by-two.ts'
import { type NotTestable, notTestable } from '../not-testable.ts'
import { isInformative, twoByTwoStrata } from '../stratified/two-by-two-strata.ts'
import { type StratifiedInput } from '../tables/stratified-table.ts'
import { type UnboundedOddsRatio } from '../conditional/conditional-odds-ratio.ts'
import { type SumDistribution, sumDistribution } from './sum-distribution.ts'
import { TIE } from '../conditional/two-by-two-weights.ts'

/** Options of {@link exactMantelHaenszelTest}. */
export interface ExactMantelHaenszelTestOptions {
  /**
   * Which departures count: `greater` means a common odds ratio above 1.
   *
   * @defaultValue 'two-sided'
   */
  readonly alternative?: Alternative
  /**
   * What counts as at least as extreme, if two-sided: sums no more probable than the observed one, or twice the smaller tail.
   *
   * @defaultValue 'probability'
   */
  readonly twoSided?: 'probability' | 'doubling'
  /**
   * `half-observed` leaves out half of the observed probability (mid-P).
   *
   * @defaultValue 'none'
   */
  readonly midP?: 'none' | 'half-observed'
  /**
   * Confidence level of the interval for the common odds ratio.
   *
   * @defaultValue 0.95
   */
  readonly confidenceLevel?: number
  /**
   * Limits by inverting the one-sided exact tests, or the one-sided mid-P tests.
   *
   * @defaultValue 'exact'
   */
  readonly interval?: 'exact' | 'mid-p'
}

/** Result of {@link exactMantelHaenszelTest}. */
export interface ExactMantelHaenszelTest {
  /** Tells this result apart from those of other tests. */
  readonly method: 'mantel-haenszel-exact'
  /** Sum of the first cells, whose distribution given all margins is the reference. */
  readonly statistic: number
  /** None: the distribution is exact. */
  readonly degreesOfFreedom: null
  /** P value, unrounded. */
  readonly pValue: number
  /** Natural logarithm of the P value, which never underflows. */
  readonly logPValue: number
  /** Which departures counted. */
  readonly alternative: Alternative
  /** What counted as at least as extreme; `null` for a one-sided test. */
  readonly twoSided: 'probability' | 'doubling' | null
  /** Whether half of the observed probability was left out. */
  readonly midP: 'none' | 'half-observed'
  /** Conditional maximum likelihood estimate of the common odds ratio; `null` where it is unbounded, see `reason`. */
  readonly oddsRatio: number | null
  /** Interval of the common odds ratio. */
  readonly confidenceInterval: ConfidenceInterval
  /** Why `oddsRatio` is `null`; `null` where it is a number. */
  readonly reason: UnboundedOddsRatio | null
  /** Strata with all margins above zero; the others say nothing. */
  readonly informativeStrata: number
}

/**
 * Exact test of conditional independence in 2 × 2 × K tables, with the common odds ratio.
 *
 * Given all margins the sum of the first cells is, under independence in every stratum, a sum of independent
 * hypergeometrics; its distribution is their convolution. The estimate is the odds ratio ψ, common to the strata, under
 * which the sum has its observed value as mean; limits are solved to full double precision. A common odds ratio is assumed:
 * see {@link zelenTest}.
 *
 * @remarks
 * R: `mantelhaen.test(x, exact = TRUE, alternative)`, whose odds ratio and limits carry three to six digits only. No SciPy counterpart.
 *
 * @param strata - K 2 × 2 tables: rows are the groups, the first column is the event
 * @param options - {@link ExactMantelHaenszelTestOptions}
 * @returns the test, or {@link NotTestable} with reason `no-informative-strata` if every stratum has an empty margin
 * @throws A {@link StatsError} with code `mismatch` if a stratum is not 2 × 2, `out-of-range` for a level outside (0, 1),
 * `too-large` if the convolution needs more than some 10⁹ products, or as {@link strataOf} does
 * @see A. Agresti, *Categorical Data Analysis*, 3rd ed., section 7.3.5
 *
 * @example
 * ```ts @import.meta.vitest
 * const rabbits = [[[0, 6], [0, 5]], [[3, 3], [0, 6]], [[6, 0], [2, 4]], [[5, 1], [6, 0]], [[2, 0], [5, 0]]]
 *
 * const result = exactMantelHaenszelTest(rabbits) as ExactMantelHaenszelTest
 *
 * expect(result.pValue).toBeCloseTo(0.03994490358126722, 14)
 * expect(result.oddsRatio).toBeCloseTo(10.361046349488694, 11)
 * ```
 */
export function exactMantelHaenszelTest(
  strata: StratifiedInput,
  options: ExactMantelHaenszelTestOptions = {},
): ExactMantelHaenszelTest | NotTestable {
  const { alternative = 'two-sided', twoSided = 'probability', midP = 'none', confidenceLevel = 0.95, interval = 'exact' } = options
  requireOneOf('twoSided', twoSided, 'probability', 'doubling')
  requireOneOf('midP', midP, 'none', 'half-observed')
  requireOneOf('interval', interval, 'exact', 'mid-p')
  requireAlternative(alternative)
  requireBetween('confidenceLevel', confidenceLevel)
  const informative = twoByTwoStrata(strata).filter(isInformative)
  const method = 'mantel-haenszel-exact'
  if (informative.length === 0) return notTestable(method, 'no-informative-strata', 'every stratum has an empty margin')
  // Sums under about the likeliest odds ratio keep their digits around the observed one, however far out that is.
  const sums = (ad: 'a' | 'b', bc: 'd' | 'c'): number =>
    informative.reduce((sum, t) => sum + (t[ad] / t.n) * t[bc], 0.5 / informative.length)
  const tilt = Math.log(sums('a', 'd') / sums('b', 'c'))
  const tilted = sumDistribution(informative, tilt)
  // Adding 0 turns a −0 into 0, which JSON would do anyway.
  const logPValue = Math.min(0, logP(informative, tilted, tilt, alternative, twoSided, midP === 'none' ? 0 : 0.5)) + 0
  return {
    method,
    statistic: informative.reduce((sum, { a }) => sum + a, 0),
    degreesOfFreedom: null,
    pValue: Math.exp(logPValue),
    logPValue,
    alternative,
    twoSided: alternative === 'two-sided' ? twoSided : null,
    midP,
    ...commonOddsRatio(tilted, tilt, alternative, confidenceLevel, interval === 'exact' ? 1 : 0.5),
    informativeStrata: informative.length,
  }
}

/** log P: from the distribution under independence, or, where that underflows, from those under other odds ratios. */
function logP(
  strata: readonly TwoByTwo[],
  tilted: SumDistribution,
  tilt: number,
  alternative: Alternative,
  twoSided: 'probability' | 'doubling',
  half: number,
): number {
  const { weights, observed, logScale } = sumDistribution(strata, 0)
  let [total, below, above, extreme] = [0, 0, 0, 0]
  const own = weights[observed] ?? 0
  for (let t = 0; t < weights.length; t++) {
    const w = weights[t] as number
    total += w
    if (t <= observed) below += w
    if (t >= observed) above += w
    if (w <= own * TIE) extreme += w
  }
  const part = (tail: number): number => Math.log(Math.min(1, tail / total))
  if (own > 1e-20) {
    if (alternative !== 'two-sided') return part((alternative === 'less' ? below : above) - half * own)
    return twoSided === 'doubling' ? part(2 * (Math.min(below, above) - half * own)) : part(extreme - half * own)
  }
  // The near tail, scaled from the distribution under the odds ratio e^tilt: the weight of a sum t steps off is e^(tilt t) too large.
  const logTotal = Math.log(total) + logScale
  const upper = tilt > 0
  const near = logTail(tilted, tilt, upper, half) - logTotal
  if (alternative !== 'two-sided') return (alternative === 'greater') === upper ? near : Math.log1p(-Math.exp(near))
  if (twoSided === 'doubling') return Math.min(0, near + Math.LN2)
  return near + Math.log1p(Math.exp(logOpposite(strata, tilted, upper) - logTotal - near))
}

/** log of the sum over the observed sum and all beyond, on the common scale. */
function logTail({ weights, observed, logScale }: SumDistribution, tilt: number, upper: boolean, half: number): number {
  let sum = 0
  for (let t = observed; t >= 0 && t < weights.length; t += upper ? 1 : -1) {
    sum += (weights[t] as number) * Math.exp(-tilt * (t - observed)) * (t === observed ? 1 - half : 1)
  }
  return Math.log(sum) + logScale
}

/** log of the sum over the sums of the other tail that are no more probable than the observed one. */
function logOpposite(strata: readonly TwoByTwo[], { weights, observed, logScale }: SumDistribution, upper: boolean): number {
  const limit = Math.log(weights[observed] as number) + logScale + Math.log(TIE)
  // The odds ratio, on the other side, under which the sums about as probable as the observed one are central.
  let [inner, outer] = [0, upper ? -1 : 1]
  let distribution = sumDistribution(strata, outer)
  const logPeak = (tilt: number, { weights: w, observed: zero, logScale: scale }: SumDistribution): number => {
    const peak = w.reduce((best, value, t) => (value > (w[best] as number) ? t : best), 0)
    return Math.log(w[peak] as number) + scale - tilt * (peak - zero)
  }
  while (logPeak(outer, distribution) > limit && Math.abs(outer) < 60) {
    inner = outer
    outer *= 2
    distribution = sumDistribution(strata, outer)
  }
  for (let i = 0; i < 12; i++) {
    const middle = (inner + outer) / 2
    distribution = sumDistribution(strata, middle)
    if (logPeak(middle, distribution) > limit) inner = middle
    else outer = middle
  }
  const tilt = (inner + outer) / 2
  distribution = sumDistribution(strata, tilt)
  let sum = 0
  let largest = -Infinity
  for (const [t, w] of distribution.weights.entries()) {
    // Only sums beyond the middle of the distribution under independence count as the other tail.
    const log = Math.log(w) + distribution.logScale - tilt * (t - distribution.observed)
    if (log > limit || (upper ? t >= distribution.observed : t <= distribution.observed)) continue
    if (log > largest) {
      sum *= Math.exp(largest - log)
      largest = log
    }
    sum += Math.exp(log - largest)
  }
  return sum > 0 ? Math.log(sum) + largest : -Infinity
}

/*
 * The sum under the odds ratio e^(tilt + u), observed sum at 0; filled by every evaluation. `tail` is
 * P(sum > observed) + share · P(sum = observed).
 */
let tail = 0
let tailSlope = 0
let gap = 0
let variance = 0

function evaluate(logs: Float64Array, observed: number, u: number, share: number): void {
  let most = -Infinity
  for (let t = 0; t < logs.length; t++) most = Math.max(most, (logs[t] as number) + u * (t - observed))
  let [sum, first, second, tailSum, tailFirst] = [0, 0, 0, 0, 0]
  for (let t = 0; t < logs.length; t++) {
    const k = t - observed
    const w = Math.exp((logs[t] as number) + u * k - most)
    sum += w
    first += k * w
    second += k * k * w
    if (k >= 0) {
      const part = k === 0 ? share * w : w
      tailSum += part
      tailFirst += k * part
    }
  }
  gap = first / sum
  variance = second / sum - gap * gap
  tail = tailSum / sum
  tailSlope = tailFirst / tailSum - gap
}

function commonOddsRatio(
  tilted: SumDistribution,
  tilt: number,
  alternative: Alternative,
  level: number,
  share: number,
): Pick<ExactMantelHaenszelTest, 'oddsRatio' | 'confidenceInterval' | 'reason'> {
  const logs = tilted.weights.map(Math.log)
  const { observed } = tilted
  const last = logs.length - 1
  const alpha = alternative === 'two-sided' ? (1 - level) / 2 : 1 - level
  const lower = alternative === 'less' || observed === 0 ? 0 : Math.exp(tilt + tailRoot(logs, observed, alpha, share))
  const mirrored = logs.slice().reverse()
  const upper = alternative === 'greater' || observed === last ? null : Math.exp(tilt - tailRoot(mirrored, last - observed, alpha, share))
  const reason = observed === last ? 'largest-first-cell' : null
  const oddsRatio = observed === 0 ? 0 : observed === last ? null : Math.exp(tilt + meanRoot(logs, observed))
  return { oddsRatio, confidenceInterval: { lower, upper, level }, reason }
}

/** The u at which the tail reaches a target; see the same function for a single table. */
function tailRoot(logs: Float64Array, observed: number, target: number, share: number): number {
  evaluate(logs, observed, 0, share)
  let u = normalQuantile(target) / Math.sqrt(variance)
  if (!Number.isFinite(u)) u = 0
  for (let i = 0; i < 200; i++) {
    evaluate(logs, observed, u, share)
    const step = tail > 0 ? (Math.log(target) - Math.log(tail)) / tailSlope : 2
    u += Math.max(-2, Math.min(2, step))
    if (Math.abs(step) * (1 + tailSlope) < 1e-8) break
  }
  return u
}

/** The u at which the mean is the observed sum. */
function meanRoot(logs: Float64Array, observed: number): number {
  let u = 0
  let [low, high] = [-Infinity, Infinity]
  for (let i = 0; i < 200; i++) {
    evaluate(logs, observed, u, 1)
    if (gap < 0) low = u
    else high = u
    const step = Math.max(-2, Math.min(2, -gap / variance))
    const next = u + step
    u = next >= low && next <= high ? next : (low + high) / 2
    if (Math.abs(step) * (1 + Math.sqrt(variance)) < 1e-8) break
  }
  return u
}
