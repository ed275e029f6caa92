import { requireOneOf } from '../argument-checks.ts'
import { type ConfidenceInterval, tailOfLevel } from '../confidence-interval.ts'
import { normalCdf, normalUpperQuantile } from '../distributions/normal.ts'
import { riskDifferenceScoreLimits, riskRatioScoreLimits } from '../effects/score-limits.ts'
import { StatsError } from '../errors.ts'
import { type NotTestable, notTestable } from '../not-testable.ts'
import { type ProportionEffect, requireEffect, requireMargins, restrictedProportions } from './restricted-proportions.ts'
import { requireSuccesses } from './success-counts.ts'

/** Options of {@link nonInferiorityTest}. */
export interface NonInferiorityOptions {
  /**
   * The contrast that the margin is about.
   *
   * @defaultValue 'difference'
   */
  readonly effect?: ProportionEffect
  /**
   * Whether a higher or a lower proportion is the better one.
   *
   * @defaultValue 'higher'
   */
  readonly better?: 'higher' | 'lower'
}

/** Options of {@link equivalenceTest}. */
export interface EquivalenceOptions {
  /**
   * The contrast that the margins are about.
   *
   * @defaultValue 'difference'
   */
  readonly effect?: ProportionEffect
  /**
   * Level of the interval that goes with the test: 1 − 2α, since each side is tested at α.
   *
   * @defaultValue 0.9
   */
  readonly confidenceLevel?: number
}

/** Result of {@link nonInferiorityTest}. */
export interface NonInferiorityTest {
  /** Tells this test apart from others. */
  readonly method: 'farrington-manning'
  /** z, large where the first group is not inferior. */
  readonly statistic: number
  /** The normal distribution has none. */
  readonly degreesOfFreedom: null
  /** One-sided P value of "inferior by the margin or more"; unrounded. */
  readonly pValue: number
  /** Observed contrast; `null` for the ratio to a proportion of 0. */
  readonly estimate: number | null
  /** The contrast at the edge of inferiority. */
  readonly nullValue: number
  /** Proportions of the two groups under the null hypothesis, by maximum likelihood. */
  readonly restricted: readonly [number, number]
  /** The contrast. */
  readonly effect: ProportionEffect
}

/** Result of {@link equivalenceTest}. */
export interface EquivalenceTest {
  /** Tells this test apart from others. */
  readonly method: 'two-one-sided-tests'
  /** z of the side that is nearer to its margin. */
  readonly statistic: number
  /** The normal distribution has none. */
  readonly degreesOfFreedom: null
  /** The larger of the two one-sided P values; unrounded. */
  readonly pValue: number
  /** Observed contrast; `null` for the ratio to a proportion of 0. */
  readonly estimate: number | null
  /** P value of "at or below the lower margin". */
  readonly lowerPValue: number
  /** P value of "at or above the upper margin". */
  readonly upperPValue: number
  /** The margins tested. */
  readonly margins: {
    /** The lower margin. */
    readonly lower: number
    /** The upper margin. */
    readonly upper: number
  }
  /** Score interval of the contrast: it lies within the margins exactly where P is below (1 − level) / 2. */
  readonly confidenceInterval: ConfidenceInterval
  /** The contrast. */
  readonly effect: ProportionEffect
}

/**
 * Farrington and Manning's test of whether a first proportion is not inferior to a second by a margin or more.
 *
 * z = (p̂₁ − p̂₂ − δ₀) / √(p̃₁ (1 − p̃₁)/n₁ + p̃₂ (1 − p̃₂)/n₂), with p̃ the maximum likelihood estimates for which p₁ − p₂ = δ₀; for a
 * ratio z = (p̂₁ − φ₀ p̂₂) / √(p̃₁ (1 − p̃₁)/n₁ + φ₀² p̃₂ (1 − p̃₂)/n₂).
 *
 * @remarks
 * R: `DescTools` has none; `ratesci::scoreci(x1, n1, x2, n2, theta0 = -margin, skew = FALSE, bcf = FALSE)`. SciPy: statsmodels
 * `test_proportions_2indep(x1, n1, x2, n2, value=-margin, method='score', correction=False, alternative='larger')`.
 *
 * @param successes - of both groups, counts
 * @param trials - of both groups, counts of at least 1
 * @param margin - for a difference above 0 and below 1: how much worse is still acceptable; for a ratio the smallest acceptable φ₀,
 * below 1 (above 1 where lower is better)
 * @param options - contrast, direction
 * @returns the test, or {@link NotTestable} with reason `no-observations`
 * @throws A {@link StatsError} with code `not-a-count`, `mismatch`, or `out-of-range` for the margin
 * @see C. P. Farrington and G. Manning, Statistics in Medicine 9, 1990
 *
 * @example
 * ```ts @import.meta.vitest
 * const test = nonInferiorityTest([86, 83], [93, 93], 0.1)
 *
 * expect(test.pValue).toBeLessThan(0.01)
 * ```
 */
export function nonInferiorityTest(
  successes: readonly [number, number],
  trials: readonly [number, number],
  margin: number,
  options: NonInferiorityOptions = {},
): NonInferiorityTest | NotTestable {
  const { effect = 'difference', better = 'higher' } = options
  requireOneOf('better', better, 'higher', 'lower')
  requireEffect(effect)
  requireSuccesses(successes, trials)
  const nullValue = effect === 'ratio' ? margin : better === 'higher' ? -margin : margin
  if (
    effect === 'ratio' ? !(better === 'higher' ? margin > 0 && margin < 1 : margin > 1 && margin < Infinity) : !(margin > 0 && margin < 1)
  ) {
    throw new StatsError('out-of-range', `margin is ${margin}`)
  }
  const empty = emptyGroup('farrington-manning', trials)
  if (empty) return empty
  const score = scoreOf(successes, trials, effect, nullValue)
  const statistic = better === 'higher' ? score : -score
  return {
    method: 'farrington-manning',
    statistic,
    degreesOfFreedom: null,
    pValue: normalCdf(-statistic),
    estimate: estimateOf(successes, trials, effect),
    nullValue,
    restricted: restrictedProportions(successes[0], trials[0], successes[1], trials[1], effect, nullValue),
    effect,
  }
}

/**
 * Two one-sided tests (TOST) of whether two proportions are equivalent: their contrast lies between two margins.
 *
 * Each side is Farrington and Manning's test, so the interval that goes with it is the score interval: it lies within the
 * margins exactly where both sides are rejected.
 *
 * @remarks
 * R: `ratesci::scoreci(…, skew = FALSE, bcf = FALSE)` for the interval. SciPy: statsmodels
 * `tost_proportions_2indep(x1, n1, x2, n2, low, upp, method='score')`.
 *
 * @param successes - of both groups, counts
 * @param trials - of both groups, counts of at least 1
 * @param margins - the lower and the upper one, or one number m for −m and m (for a ratio 1 / m and m)
 * @param options - contrast, level of the interval
 * @returns the test, or {@link NotTestable} with reason `no-observations`
 * @throws A {@link StatsError} with code `not-a-count`, `mismatch`, or `out-of-range` for margins in the wrong order or range
 * @see D. J. Schuirmann, *A comparison of the two one-sided tests procedure*, J. Pharmacokinetics and Biopharmaceutics 15, 1987
 *
 * @example
 * ```ts @import.meta.vitest
 * const { pValue, confidenceInterval } = equivalenceTest([86, 83], [93, 93], 0.15)
 *
 * expect(pValue).toBeLessThan(0.05)
 * expect(confidenceInterval.upper).toBeLessThan(0.15)
 * ```
 */
export function equivalenceTest(
  successes: readonly [number, number],
  trials: readonly [number, number],
  margins: number | readonly [number, number],
  options: EquivalenceOptions = {},
): EquivalenceTest | NotTestable {
  const { effect = 'difference', confidenceLevel: level = 0.9 } = options
  requireEffect(effect)
  requireSuccesses(successes, trials)
  const tail = tailOfLevel(level)
  const [lower, upper] = typeof margins === 'number' ? (effect === 'ratio' ? [1 / margins, margins] : [-margins, margins]) : margins
  requireMargins(lower, upper, effect)
  const empty = emptyGroup('two-one-sided-tests', trials)
  if (empty) return empty
  const below = scoreOf(successes, trials, effect, lower)
  const above = scoreOf(successes, trials, effect, upper)
  const lowerPValue = normalCdf(-below)
  const upperPValue = normalCdf(above)
  return {
    method: 'two-one-sided-tests',
    statistic: Math.min(below, -above),
    degreesOfFreedom: null,
    pValue: Math.max(lowerPValue, upperPValue),
    estimate: estimateOf(successes, trials, effect),
    lowerPValue,
    upperPValue,
    margins: { lower, upper },
    confidenceInterval: { ...scoreInterval(successes, trials, effect, normalUpperQuantile(tail)), level },
    effect,
  }
}

type Pair = readonly [number, number]

function scoreOf([x1, x2]: Pair, [n1, n2]: Pair, effect: ProportionEffect, value: number): number {
  const [p1, p2] = restrictedProportions(x1, n1, x2, n2, effect, value)
  const weight = effect === 'ratio' ? value : 1
  const variance = (p1 * (1 - p1)) / n1 + (weight * weight * p2 * (1 - p2)) / n2
  const distance = effect === 'ratio' ? x1 / n1 - value * (x2 / n2) : x1 / n1 - x2 / n2 - value
  // Nothing varies only where both proportions are as the null hypothesis says.
  return variance > 0 ? distance / Math.sqrt(variance) : 0
}

// The contrasts that the score test does not reject.
function scoreInterval([x1, x2]: Pair, [n1, n2]: Pair, effect: ProportionEffect, z: number): { lower: number; upper: number | null } {
  const scoreLimits = effect === 'difference' ? riskDifferenceScoreLimits : riskRatioScoreLimits
  const [lower, upper] = scoreLimits(x1, n1, x2, n2, z * z)
  return { lower, upper }
}

function estimateOf([x1, x2]: Pair, [n1, n2]: Pair, effect: ProportionEffect): number | null {
  if (effect === 'difference') return x1 / n1 - x2 / n2
  return x2 === 0 ? null : x1 / n1 / (x2 / n2)
}

function emptyGroup(test: string, trials: Pair): NotTestable | null {
  return trials[0] === 0 || trials[1] === 0 ? notTestable(test, 'no-observations', 'a group has no trials') : null
}
