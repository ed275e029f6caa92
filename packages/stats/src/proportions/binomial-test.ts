import { type Alternative } from '../confidence-interval.ts'
import { binomialCdf, binomialUpperTail, logBinomialProbability } from '../distributions/binomial.ts'
import { firstWhere } from '../distributions/discrete-quantile.ts'
import { requireProbability } from '../argument-checks.ts'
import { requireTwoSidedRule, type TwoSidedRule } from '../conditional/fisher-p-value.ts'
import { blakerInterval } from './blaker-interval.ts'
import { clopperPearsonInterval } from './clopper-pearson-interval.ts'
import { type ProportionInterval, tailOf } from './proportion-interval-options.ts'

/** Options of {@link binomialTest}. */
export interface BinomialTestOptions {
  /**
   * Probability of success under the null hypothesis, 0 to 1.
   *
   * @defaultValue 0.5
   */
  readonly probability?: number
  /**
   * Which departures count.
   *
   * @defaultValue 'two-sided'
   */
  readonly alternative?: Alternative
  /**
   * How the two-sided P value is put together: outcomes no more probable than the observed one (`probability`, as R and SciPy),
   * twice the smaller tail (`doubling`), or the smaller tail with the largest opposite tail that is not larger (`blaker`).
   *
   * @defaultValue 'probability'
   */
  readonly twoSided?: TwoSidedRule
  /**
   * Confidence level of the interval, between 0 and 1.
   *
   * @defaultValue 0.95
   */
  readonly confidenceLevel?: number
}

/** Result of {@link binomialTest}. */
export interface BinomialTest {
  /** Tells this test apart from others. */
  readonly method: 'exact-binomial'
  /** Observed successes. */
  readonly statistic: number
  /** Number of trials. */
  readonly trials: number
  /** An exact test has none. */
  readonly degreesOfFreedom: null
  /** P value; unrounded, 1 without trials. */
  readonly pValue: number
  /** Probability of success under the null hypothesis. */
  readonly nullProbability: number
  /** Which departures counted. */
  readonly alternative: Alternative
  /** How the two-sided P value was put together. */
  readonly twoSided: TwoSidedRule
  /** Share of successes; `null` without trials. */
  readonly estimate: number | null
  /** Clopper and Pearson's interval, or Blaker's where the test is Blaker's. */
  readonly confidenceInterval: ProportionInterval<'clopper-pearson' | 'blaker'>
}

/**
 * Exact binomial test of a proportion.
 *
 * The two-sided P value adds all outcomes at most (1 + 1e-7) times as probable as the observed one, as R does; the opposite cut is
 * found by bisection, so 10¹⁵ trials cost no more than ten.
 *
 * The interval is dual to the test for one-sided alternatives, for `doubling` and for `blaker`: it holds exactly the
 * probabilities not rejected. For `probability` it is Clopper and Pearson's, as in R, which is not dual and can disagree.
 *
 * @remarks
 * R: `binom.test(x, n, p, alternative)`. SciPy: `scipy.stats.binomtest(x, n, p, alternative)`.
 *
 * @param successes - x, a count
 * @param trials - n, a count of at least x
 * @param options - null hypothesis, side, two-sided rule, level
 * @throws A {@link StatsError} with code `not-a-count`, `mismatch` if x exceeds n, or `out-of-range`
 * @see W. J. Conover, *Practical Nonparametric Statistics*, 3rd ed., section 3.1
 *
 * @example
 * ```ts @import.meta.vitest
 * const { pValue, confidenceInterval } = binomialTest(682, 925, { probability: 0.75 })
 *
 * expect(pValue).toBeCloseTo(0.3824915595748517, 14)
 * expect(confidenceInterval.lower).toBeCloseTo(0.707668264079039, 14)
 * ```
 */
export function binomialTest(successes: number, trials: number, options: BinomialTestOptions = {}): BinomialTest {
  const { probability = 0.5, alternative = 'two-sided', twoSided = 'probability', confidenceLevel = 0.95 } = options
  requireProbability('probability', probability)
  requireTwoSidedRule(twoSided)
  const interval = { confidenceLevel, alternative }
  tailOf(successes, trials, interval)
  return {
    method: 'exact-binomial',
    statistic: successes,
    trials,
    degreesOfFreedom: null,
    pValue: pValueOf(successes, trials, probability, alternative, twoSided),
    nullProbability: probability,
    alternative,
    twoSided,
    estimate: trials === 0 ? null : successes / trials,
    confidenceInterval:
      twoSided === 'blaker' ? blakerInterval(successes, trials, interval) : clopperPearsonInterval(successes, trials, interval),
  }
}

function pValueOf(x: number, n: number, p: number, alternative: Alternative, twoSided: TwoSidedRule): number {
  const lower = binomialCdf(x, n, p)
  const upper = binomialUpperTail(x, n, p)
  if (alternative === 'less') return lower
  if (alternative === 'greater') return upper
  if (twoSided === 'doubling') return Math.min(1, 2 * Math.min(lower, upper))
  if (twoSided === 'blaker') return blakerPValue(x, n, p, lower, upper)
  return probabilityPValue(x, n, p, lower, upper)
}

// The opposite tail starts where the probability has fallen to the observed one; beyond the mode it only falls.
function probabilityPValue(x: number, n: number, p: number, lower: number, upper: number): number {
  const limit = logBinomialProbability(x, n, p) + Math.log1p(1e-7)
  const mode = Math.min(n, Math.floor((n + 1) * p))
  if (x < n * p) {
    const from = firstWhere(Math.max(mode, x + 1), n + 1, 2 * n * p - x, (k) => logBinomialProbability(k, n, p) <= limit)
    return Math.min(1, lower + binomialUpperTail(from, n, p))
  }
  if (x > n * p) {
    // Mirrored, so that the same search serves: the first count of failures that is improbable enough.
    const failures = n - mode
    const from = firstWhere(Math.max(failures, n - x + 1), n + 1, n - 2 * n * p + x, (k) => logBinomialProbability(n - k, n, p) <= limit)
    return Math.min(1, upper + binomialCdf(n - from, n, p))
  }
  return 1
}

function blakerPValue(x: number, n: number, p: number, lower: number, upper: number): number {
  const tail = Math.min(lower, upper)
  // Tails that are equal but for rounding; a wider tolerance would contradict the interval.
  const limit = tail * (1 + 1e-11)
  const opposite =
    upper <= lower
      ? binomialCdf(firstWhere(0, n + 1, 2 * n * p - x, (y) => binomialCdf(y, n, p) > limit) - 1, n, p)
      : binomialUpperTail(
          firstWhere(0, n + 1, 2 * n * p - x, (y) => binomialUpperTail(y, n, p) <= limit),
          n,
          p,
        )
  return Math.min(1, tail + opposite)
}
