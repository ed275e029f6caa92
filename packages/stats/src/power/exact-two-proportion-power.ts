import { binomialProbability } from '../distributions/binomial.ts'
import { requireCount, requireOneOf, requireProbability } from '../argument-checks.ts'
import { type Alternative, requireAlternative } from '../confidence-interval.ts'
import { chiSquaredUpperQuantile } from '../distributions/chi-squared.ts'
import { firstWhere } from '../distributions/discrete-quantile.ts'
import { hypergeometricQuantile } from '../distributions/hypergeometric.ts'
import { normalUpperQuantile } from '../distributions/normal.ts'
import { fisherPValue, type TwoSidedRule } from '../conditional/fisher-p-value.ts'
import { StatsError } from '../errors.ts'
import { levelOf, type Power, powerOf, type PowerOptions, type SampleSize, type SampleSizeOptions, targetOf } from './power-analysis.ts'
import { twoProportionSampleSize } from './two-proportion-power.ts'

/** The tests of which the exact power can be enumerated. */
export type ExactPowerTest =
  /** Fisher's exact test. */
  | 'fisher'
  /** Fisher's exact test, the observed table counting half. */
  | 'fisher-mid-p'
  /** Pearson's chi-squared test without correction (its signed root where one-sided). */
  | 'chi-squared'
  /** Pearson's chi-squared test with Yates' correction. */
  | 'chi-squared-yates'

/** What the exact power of two proportions depends on. */
export interface ExactPowerPlan {
  /**
   * The test whose rejections are counted.
   *
   * @defaultValue 'fisher'
   */
  readonly test?: ExactPowerTest
  /**
   * Which departures of the first proportion from the second the test looks for.
   *
   * @defaultValue 'two-sided'
   */
  readonly alternative?: Alternative
  /**
   * How Fisher's two-sided P value is put together: outcomes no more probable than the observed one (`probability`, as R and SciPy),
   * twice the smaller tail (`doubling`), or the smaller tail with the largest opposite tail that is not larger (`blaker`).
   *
   * @defaultValue 'probability'
   */
  readonly twoSided?: TwoSidedRule
}

/** Options of {@link exactTwoProportionPower}. */
export interface ExactPowerOptions extends PowerOptions, ExactPowerPlan {}

/** Options of {@link exactTwoProportionSampleSize}. */
export interface ExactSampleSizeOptions extends SampleSizeOptions, ExactPowerPlan {
  /**
   * Largest size of a group to try.
   *
   * @defaultValue 2000
   */
  readonly largest?: number
}

/** Result of {@link exactTwoProportionPower}. */
export interface ExactPower extends Power<'exact-two-proportion-power'> {
  /** The test whose rejections were counted. */
  readonly test: ExactPowerTest
}

/** Result of {@link exactTwoProportionSampleSize}. */
export interface ExactSampleSize extends SampleSize<'exact-two-proportion-power'> {
  /** The test whose rejections were counted. */
  readonly test: ExactPowerTest
  /** Power reached at that size. */
  readonly attainedPower: number
}

/**
 * Exact power of a test of two proportions: the probability of all tables on which it rejects.
 *
 * Every pair of binomial outcomes is looked at, (n₁ + 1)(n₂ + 1) of them; nothing is approximated or simulated. A test rejects
 * where P ≤ α, with a relative tolerance of 1e-10 for P values that equal α but for rounding.
 *
 * @remarks
 * R: `statmod::power.fisher.test(p1, p2, n1, n2, alpha)` simulates the first; `Exact::power.exact.test(p1, p2, n1, n2, method = "fisher")`
 * enumerates it. No SciPy counterpart.
 *
 * @param p1 - proportion in the first group, 0 to 1
 * @param p2 - proportion in the second group, 0 to 1
 * @param sampleSize - size of each group, or the two sizes: whole numbers, their product at most 10⁸
 * @param options - test, level, alternative
 * @throws A {@link StatsError} with code `not-a-count`, `out-of-range`, or `too-large`
 * @see A. Agresti, *Categorical Data Analysis*, 3rd ed., section 3.5
 *
 * @example
 * ```ts @import.meta.vitest
 * expect(exactTwoProportionPower(0.5, 0.9, 20).power).toBeCloseTo(0.7423887839114702, 13)
 * ```
 */
export function exactTwoProportionPower(
  p1: number,
  p2: number,
  sampleSize: number | readonly [number, number],
  options: ExactPowerOptions = {},
): ExactPower {
  const [n1, n2] = typeof sampleSize === 'number' ? [sampleSize, sampleSize] : sampleSize
  const test = options.test ?? 'fisher'
  return { ...powerOf('exact-two-proportion-power', enumeratedPower(p1, p2, n1, n2, test, options), levelOf(options)), test }
}

/**
 * The smallest equal size of both groups with which a test of two proportions reaches a power exactly.
 *
 * Exact power rises in a saw-tooth: a slightly larger sample can have a little less of it. So every size is tried, up to 100 and from
 * 0.6 times that of the normal approximation on.
 *
 * @remarks
 * No R or SciPy counterpart but a loop over `Exact::power.exact.test`.
 *
 * @param p1 - proportion in the first group, 0 to 1
 * @param p2 - proportion in the second group, 0 to 1, not equal to `p1`
 * @param options - test, level, power, alternative, largest size
 * @returns the size of each group
 * @throws A {@link StatsError} with code `out-of-range` if a number is outside its range or the proportions differ the other way than
 * the alternative says, `too-large` if no size up to `largest` will do
 *
 * @example
 * ```ts @import.meta.vitest
 * const { sampleSize, attainedPower } = exactTwoProportionSampleSize(0.5, 0.9)
 *
 * expect(sampleSize).toBe(23)
 * expect(attainedPower).toBeGreaterThan(0.8)
 * ```
 */
export function exactTwoProportionSampleSize(p1: number, p2: number, options: ExactSampleSizeOptions = {}): ExactSampleSize {
  const target = targetOf(options)
  const test = options.test ?? 'fisher'
  const largest = options.largest ?? 2000
  const { alternative = 'two-sided' } = options
  if (alternative === 'less' ? p1 > p2 : alternative === 'greater' && p1 < p2) {
    throw new StatsError('out-of-range', `p1 is ${p1} and p2 is ${p2}: the alternative ${alternative} looks the other way`)
  }
  const sides = alternative === 'two-sided' ? alternative : 'one-sided'
  const plan = { significanceLevel: levelOf(options), power: target, alternative: sides, rejection: 'both-sides' } as const
  const near = twoProportionSampleSize(p1, p2, plan).sampleSize
  // The smallest samples can be powerful by luck of their few outcomes. Beyond, well below the approximation no test is powerful enough.
  const start = Math.floor(0.6 * near) - 5
  for (let n = 1; n <= largest; n = n < 100 ? n + 1 : Math.max(n + 1, start)) {
    const attainedPower = enumeratedPower(p1, p2, n, n, test, options)
    if (attainedPower < target) continue
    return {
      method: 'exact-two-proportion-power',
      sampleSize: n,
      wholeSampleSize: n,
      power: target,
      significanceLevel: levelOf(options),
      test,
      attainedPower,
    }
  }
  throw new StatsError('too-large', `no size of up to ${largest} a group reaches a power of ${target}`)
}

function enumeratedPower(p1: number, p2: number, n1: number, n2: number, test: ExactPowerTest, options: ExactPowerOptions): number {
  requireProbability('p1', p1)
  requireProbability('p2', p2)
  requireCount('sampleSize', n1)
  requireCount('sampleSize', n2)
  if (n1 * n2 > 1e8) throw new StatsError('too-large', `${n1} × ${n2} outcomes, at most 10^8`)
  requireOneOf('test', test, 'fisher', 'fisher-mid-p', 'chi-squared', 'chi-squared-yates')
  requireAlternative(options.alternative ?? 'two-sided')
  const level = levelOf(options)
  const first = probabilitiesOf(n1, p1)
  const second = probabilitiesOf(n2, p2)
  const alternative = options.alternative ?? 'two-sided'
  const rejections =
    test === 'fisher' || test === 'fisher-mid-p'
      ? fisherRejections(n1, n2, level, alternative, options.twoSided ?? 'probability', test === 'fisher-mid-p')
      : pearsonRejections(n1, n2, level, alternative, test === 'chi-squared-yates')
  const deviate = normalUpperQuantile(level / 2)
  let power = 0
  for (let total = 0; total <= n1 + n2; total++) {
    const low = Math.max(0, total - n2)
    const high = Math.min(n1, total)
    const { rejects, peak } = rejections(total, low, high)
    const mean = (total * n1) / (n1 + n2)
    const reach = deviate * Math.sqrt((mean * (1 - total / (n1 + n2)) * n2) / (n1 + n2))
    const upTo = alternative === 'greater' ? low - 1 : firstWhere(low, peak + 1, mean - reach, (x) => !rejects(x)) - 1
    const from = alternative === 'less' ? high + 1 : firstWhere(peak + 1, high + 1, mean + reach, rejects)
    for (let x = low; x <= upTo; x++) power += (first[x] as number) * (second[total - x] as number)
    for (let x = from; x <= high; x++) power += (first[x] as number) * (second[total - x] as number)
  }
  return power
}

function probabilitiesOf(n: number, p: number): Float64Array {
  return Float64Array.from({ length: n + 1 }, (_, k) => binomialProbability(k, n, p))
}

/** For one total: which first counts are rejected, and up to which count P values rise, to fall from there on. */
type Rejections = (total: number, low: number, high: number) => { readonly rejects: (x: number) => boolean; readonly peak: number }

function fisherRejections(n1: number, n2: number, level: number, alternative: Alternative, rule: TwoSidedRule, midP: boolean): Rejections {
  const limit = level * (1 + 1e-10)
  return (total, low, high) => {
    const pValue = (x: number): number =>
      fisherPValue(x, n1 - x, total - x, n2 - total + x, alternative, rule, midP ? 'half-observed' : 'none')
    const rejects = (x: number): boolean => pValue(x) <= limit
    if (alternative !== 'two-sided') return { rejects, peak: alternative === 'less' ? high : low - 1 }
    if (rule === 'probability') return { rejects, peak: Math.floor(((total + 1) * (n1 + 1)) / (n1 + n2 + 2)) }
    // Tails order the counts around the median; mid-P can prefer the count below it.
    const median = hypergeometricQuantile(0.5, n1, n2, total)
    return { rejects, peak: median > low && pValue(median - 1) > pValue(median) ? median - 1 : median }
  }
}

function pearsonRejections(n1: number, n2: number, level: number, alternative: Alternative, yates: boolean): Rejections {
  const n = n1 + n2
  const critical = alternative === 'two-sided' ? chiSquaredUpperQuantile(level, 1) : normalUpperQuantile(level) ** 2
  if (alternative !== 'two-sided' && level >= 0.5) {
    throw new StatsError('out-of-range', `significanceLevel is ${level}, expected below a half for a one-sided chi-squared test`)
  }
  return (total) => {
    // X² = n (|x n₂ − (t − x) n₁| − n / 2)² / (n₁ n₂ t (n − t)), rejected from the critical value on.
    const limit = Math.sqrt((critical * (1 - 1e-10) * n1 * n2 * total * (n - total)) / n)
    const rejects = (x: number): boolean => {
      const difference = Math.abs(x * n2 - (total - x) * n1)
      const reduced = difference - (yates ? Math.min(n / 2, difference) : 0)
      return limit > 0 && reduced >= limit
    }
    return { rejects, peak: Math.floor((total * n1) / n) }
  }
}
