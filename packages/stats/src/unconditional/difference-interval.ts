import { requireBetween, requireOneOf } from '../argument-checks.ts'
import { type Alternative, type ConfidenceInterval, requireAlternative } from '../confidence-interval.ts'
import { normalUpperQuantile } from '../distributions/normal.ts'
import { riskDifferenceScoreLimit } from '../effects/score-limits.ts'
import { StatsError } from '../errors.ts'
import { type NotTestable, notTestable } from '../not-testable.ts'
import type { TableInput } from '../tables/contingency-table.ts'
import { type TwoSamples, twoSamples } from './two-samples.ts'

/** Options of {@link unconditionalDifferenceInterval}. */
export interface UnconditionalDifferenceOptions {
  /**
   * Invert two one-sided tests (`chan-zhang`), or one two-sided test (`agresti-min`), which gives shorter intervals.
   *
   * @defaultValue 'chan-zhang'
   */
  readonly interval?: 'chan-zhang' | 'agresti-min'
  /**
   * Confidence level.
   *
   * @defaultValue 0.95
   */
  readonly confidenceLevel?: number
  /**
   * `greater` gives a lower limit only, `less` an upper one; `agresti-min` is two-sided by nature.
   *
   * @defaultValue 'two-sided'
   */
  readonly alternative?: Alternative
}

/** Result of {@link unconditionalDifferenceInterval}. */
export interface UnconditionalDifference {
  /** Which interval. */
  readonly method: 'chan-zhang' | 'agresti-min'
  /** p₁ − p₂, from −1 to 1. */
  readonly estimate: number
  /** Its interval, within [−1, 1]. */
  readonly confidenceInterval: ConfidenceInterval
}

/** The largest n₁ + n₂ that is answered in some seconds. */
const LARGEST = 4000

/**
 * Exact unconditional interval for the difference of two independent proportions.
 *
 * Differences Δ that an exact unconditional test of p₁ − p₂ = Δ does not reject. Tables are ordered by the score statistic
 * z = (p̂₁ − p̂₂ − Δ) / √(p̃₁ q̃₁ / n₁ + p̃₂ q̃₂ / n₂), p̃ the maximum likelihood estimates under Δ; P is the largest rejection
 * probability over the remaining nuisance parameter. As P is not monotone in Δ, the limits are the outermost differences
 * that are not rejected, to an absolute 1e-12; they are searched for in steps of a thirtieth of the standard error, and the
 * maximum over the nuisance parameter on a grid with polishing: neither is certified, unlike in {@link barnardTest}.
 *
 * @remarks
 * R: `ExactCIdiff::PairedCI` is for paired data; `exact2x2::uncondExact2x2(x1, n1, x2, n2, parmtype = 'difference', method =
 * 'score', tsmethod = 'central', conf.int = TRUE)` corresponds to `chan-zhang` (with the groups exchanged), `tsmethod = 'square'` to
 * `agresti-min`. SAS: `exact riskdiff (method = score)`. SciPy: none.
 *
 * @param table - 2 × 2 counts, rows are groups, the first column is the event
 * @param options - {@link UnconditionalDifferenceOptions}
 * @returns the interval, or {@link NotTestable} with reason `zero-margin` if a group is empty
 * @throws A {@link StatsError} with code `mismatch` if the table is not 2 × 2 or `agresti-min` is asked for one side,
 * `too-large` if n₁ + n₂ exceeds 4,000, `out-of-range` for a level outside (0, 1), and those of {@link margins}
 * @see I. S. F. Chan and Z. Zhang, *Test-based exact confidence intervals for the difference of two binomial proportions*,
 * Biometrics 55, 1999; A. Agresti and Y. Min, *On small-sample confidence intervals for parameters in discrete
 * distributions*, Biometrics 57, 2001
 *
 * @example
 * ```ts @import.meta.vitest
 * const result = unconditionalDifferenceInterval([[5, 0], [0, 5]]) as UnconditionalDifference
 *
 * // Only the observed table is as extreme: P = (p₁ q₂)⁵ at p₁ = q₂ = (1 + Δ) / 2 is 0.025 at the limit.
 * expect(result.confidenceInterval.lower).toBeCloseTo(2 * 0.025 ** 0.1 - 1, 10)
 * expect(result.confidenceInterval.upper).toBe(1)
 * ```
 */
export function unconditionalDifferenceInterval(
  table: TableInput,
  options: UnconditionalDifferenceOptions = {},
): UnconditionalDifference | NotTestable {
  const { interval = 'chan-zhang', confidenceLevel: level = 0.95, alternative = 'two-sided' } = options
  requireOneOf('interval', interval, 'chan-zhang', 'agresti-min')
  requireAlternative(alternative)
  requireBetween('confidenceLevel', level)
  if (interval === 'agresti-min' && alternative !== 'two-sided') {
    throw new StatsError('mismatch', `the interval of Agresti and Min is two-sided, the alternative is ${alternative}`)
  }
  const samples = twoSamples(table)
  const { x1, n1, x2, n2 } = samples
  if (n1 === 0 || n2 === 0) return notTestable(interval, 'zero-margin', 'a group has no observations')
  if (n1 + n2 > LARGEST) throw new StatsError('too-large', `groups of ${n1} and ${n2} are too large for an exact unconditional interval`)
  const twoSided = interval === 'agresti-min'
  const alpha = twoSided || alternative !== 'two-sided' ? 1 - level : (1 - level) / 2
  const lower = alternative === 'less' ? -1 : lowerLimit(samples, alpha, twoSided)
  const upper = alternative === 'greater' ? 1 : -lowerLimit({ x1: x2, n1: n2, x2: x1, n2: n1 }, alpha, twoSided)
  return { method: interval, estimate: (x1 * n2 - x2 * n1) / (n1 * n2), confidenceInterval: { lower, upper, level } }
}

/** The smallest difference that is not rejected. */
function lowerLimit(samples: TwoSamples, alpha: number, twoSided: boolean): number {
  const { x1, n1, x2, n2 } = samples
  if (x1 === 0 && x2 === n2) return -1
  const z = normalUpperQuantile(Math.min(0.49, twoSided ? alpha / 2 : alpha))
  const asymptotic = riskDifferenceScoreLimit(x1, n1, x2, n2, z * z)
  const step = Math.sqrt(0.25 / n1 + 0.25 / n2) / 30
  // Far enough outside that P has long been below α; then inward to the first difference that is not rejected.
  let outside = asymptotic - 45 * step
  while (outside > -1 && isCompatible(samples, outside, alpha, twoSided)) outside -= 30 * step
  let rejected = -1
  let difference = outside > -1 ? outside : Math.min(asymptotic, -1 + step)
  while (difference < 1 && !isCompatible(samples, difference, alpha, twoSided)) {
    rejected = difference
    difference += step
  }
  let compatible = Math.min(1, difference)
  for (let i = 0; i < 60 && compatible - rejected > 1e-13; i++) {
    const middle = (rejected + compatible) / 2
    if (isCompatible(samples, middle, alpha, twoSided)) compatible = middle
    else rejected = middle
  }
  return compatible
}

/** Whether some nuisance parameter gives the region of tables at least as extreme a probability above α. */
function isCompatible(samples: TwoSamples, difference: number, alpha: number, twoSided: boolean): boolean {
  const region = regionUnder(samples, difference, twoSided)
  const low = Math.max(0, -difference)
  const high = Math.min(1, 1 - difference)
  const { n1, n2 } = samples
  const at = (p2: number): number => probability(region, Math.min(1, Math.max(0, p2 + difference)), p2, n1, n2)
  // In steps of a fifth of the smaller standard deviation, at least as fine as one event in ten samples.
  let before = low
  let height = at(low)
  let heightBefore = 0
  for (let p2 = low; ;) {
    if (height > alpha) return true
    if (p2 === high) return false
    const p1 = p2 + difference
    const stride = 0.2 * Math.min(Math.sqrt((p1 * (1 - p1)) / n1 + 0.01 / (n1 * n1)), Math.sqrt((p2 * (1 - p2)) / n2 + 0.01 / (n2 * n2)))
    const next = Math.min(high, p2 + stride)
    const nextHeight = at(next)
    // A peak between grid points may reach α although they do not.
    if (height > 0.97 * alpha && height >= heightBefore && height >= nextHeight && peakExceeds(at, before, next, alpha)) return true
    before = p2
    heightBefore = height
    p2 = next
    height = nextHeight
    if (p2 === high && height > 0.97 * alpha && peakExceeds(at, before, high, alpha)) return true
  }
}

/** Golden sections towards the maximum, until it exceeds α or is found. */
function peakExceeds(at: (p: number) => number, low: number, high: number, alpha: number): boolean {
  const ratio = (Math.sqrt(5) - 1) / 2
  let [a, b] = [low, high]
  let c = b - ratio * (b - a)
  let d = a + ratio * (b - a)
  let [fc, fd] = [at(c), at(d)]
  for (let i = 0; i < 40; i++) {
    if (fc > alpha || fd > alpha) return true
    if (fc > fd) {
      b = d
      d = c
      fd = fc
      c = b - ratio * (b - a)
      fc = at(c)
    } else {
      a = c
      c = d
      fc = fd
      d = a + ratio * (b - a)
      fd = at(d)
    }
  }
  return false
}

/** For every x₁ the x₂ in the region: those up to `most`, and those from `least` on. */
interface Region {
  readonly most: Int32Array
  readonly least: Int32Array
}

/** Tables whose score statistic for a difference is at least the observed one, or as large in absolute value. */
function regionUnder({ x1, n1, x2, n2 }: TwoSamples, difference: number, twoSided: boolean): Region {
  const observed = scoreStatistic(x1, n1, x2, n2, difference)
  const limit = twoSided ? Math.abs(observed) : observed
  // The statistic rises with x₁ and falls with x₂ (Barnard's convexity), so the border is a staircase; a relative 1e-12 is a tie.
  const fuzz = 1e-12 * Math.max(1, Math.abs(limit))
  const most = new Int32Array(n1 + 1).fill(-1)
  const least = new Int32Array(n1 + 1).fill(n2 + 1)
  for (let i = 0, j = -1; i <= n1; i++) {
    while (j < n2 && scoreStatistic(i, n1, j + 1, n2, difference) >= limit - fuzz) j++
    most[i] = j
  }
  if (twoSided) {
    for (let i = 0, j = 0; i <= n1; i++) {
      while (j <= n2 && scoreStatistic(i, n1, j, n2, difference) > fuzz - limit) j++
      least[i] = Math.max(j, (most[i] as number) + 1)
    }
  }
  return { most, least }
}

/** (p̂₁ − p̂₂ − Δ) over its standard error under Δ; infinite where that vanishes. */
function scoreStatistic(x1: number, n1: number, x2: number, n2: number, difference: number): number {
  const distance = x1 / n1 - x2 / n2 - difference
  if (Math.abs(distance) < 1e-14) return 0
  const p1 = restrictedFirst(x1, n1, x2, n2, difference)
  const p2 = Math.min(1, Math.max(0, p1 - difference))
  const variance = (p1 * (1 - p1)) / n1 + (p2 * (1 - p2)) / n2
  return variance > 1e-300 ? distance / Math.sqrt(variance) : distance * Infinity
}

/** p̃₁ under p₁ − p₂ = Δ: Farrington and Manning's cubic, polished by Newton steps on the likelihood equation. */
function restrictedFirst(x1: number, n1: number, x2: number, n2: number, difference: number): number {
  const low = Math.max(0, difference)
  const high = Math.min(1, 1 + difference)
  const theta = n2 / n1
  const p1 = x1 / n1
  const p2 = x2 / n2
  const a = 1 + theta
  const b = -(1 + theta + p1 + theta * p2 + difference * (theta + 2))
  const c = difference * difference + difference * (2 * p1 + theta + 1) + p1 + theta * p2
  const d = -p1 * difference * (1 + difference)
  const third = b / (3 * a)
  const v = third * third * third - (b * c) / (6 * a * a) + d / (2 * a)
  const radius = Math.sqrt(Math.max(0, third * third - c / (3 * a))) * (v < 0 ? -1 : 1)
  const cosine = radius === 0 ? 0 : Math.min(1, Math.max(-1, v / (radius * radius * radius)))
  let p = Math.min(high, Math.max(low, 2 * radius * Math.cos((Math.PI + Math.acos(cosine)) / 3) - third))
  for (let i = 0; i < 3; i++) {
    const q = p - difference
    if (!(p > low && p < high)) break
    const slope = x1 / p - (n1 - x1) / (1 - p) + x2 / q - (n2 - x2) / (1 - q)
    const bend = x1 / (p * p) + (n1 - x1) / ((1 - p) * (1 - p)) + x2 / (q * q) + (n2 - x2) / ((1 - q) * (1 - q))
    const next = p + slope / bend
    if (!(next > low && next < high)) break
    p = next
  }
  return p
}

/** Binomial probabilities of the first group and their running sums in the second; reused. */
let first = new Float64Array(0)
let second = new Float64Array(0)
/** Outside of these the weights of the last {@link fillBinomial} are negligible. */
let lowKept = 0
let highKept = 0

/** Probability of a region under p₁ and p₂. */
function probability({ most, least }: Region, p1: number, p2: number, n1: number, n2: number): number {
  if (first.length <= n1) first = new Float64Array(n1 + 1)
  if (second.length <= n2) second = new Float64Array(n2 + 1)
  fillBinomial(second, n2, p2)
  const [low2, high2] = [lowKept, highKept]
  let sum = 0
  for (let j = low2; j <= high2; j++) second[j] = sum += second[j] as number
  fillBinomial(first, n1, p1)
  let total = 0
  for (let i = lowKept; i <= highKept; i++) {
    const [upTo, from] = [most[i] as number, least[i] as number]
    const below = upTo < low2 ? 0 : upTo >= high2 ? sum : (second[upTo] as number)
    const above = from > high2 ? 0 : from <= low2 ? sum : sum - (second[from - 1] as number)
    total += (first[i] as number) * (below + above)
  }
  return total
}

function fillBinomial(target: Float64Array, n: number, p: number): void {
  const mode = Math.min(n, Math.floor((n + 1) * p))
  const odds = p / (1 - p)
  let total = 1
  target[mode] = 1
  let weight = 1
  let k = mode
  while (k < n && weight > 1e-17) {
    weight *= (odds * (n - k)) / (k + 1)
    target[++k] = weight
    total += weight
  }
  highKept = k
  weight = 1
  k = mode
  while (k > 0 && weight > 1e-17) {
    weight *= k / (odds * (n - k + 1))
    target[--k] = weight
    total += weight
  }
  lowKept = k
  for (let j = lowKept; j <= highKept; j++) target[j] = (target[j] as number) / total
}
