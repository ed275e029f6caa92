import { normalCdf, normalUpperQuantile, normalUpperTail } from '../distributions/normal.ts'
import { requireProbability } from '../argument-checks.ts'
import { findRoot } from '../numerics/find-root.ts'
import {
  levelOf,
  levelPerSide,
  type Power,
  type PowerAlternative,
  powerOf,
  type PowerOptions,
  type SampleSize,
  type SampleSizeOptions,
  sampleSizeOf,
  sizeOf,
  targetOf,
} from './power-analysis.ts'

/** What the normal approximation of two proportions depends on. */
export interface TwoProportionPlan {
  /**
   * Sides of the test.
   *
   * @defaultValue 'two-sided'
   */
  readonly alternative?: PowerAlternative
  /**
   * Whether rejection on the wrong side counts as power in a two-sided test: not ('expected-side'), or too ('both-sides', R's `strict`).
   *
   * @defaultValue 'expected-side'
   */
  readonly rejection?: 'expected-side' | 'both-sides'
}

/** Options of {@link twoProportionPower}. */
export interface TwoProportionPowerOptions extends PowerOptions, TwoProportionPlan {}

/** Options of {@link twoProportionSampleSize}. */
export interface TwoProportionSampleSizeOptions extends SampleSizeOptions, TwoProportionPlan {
  /**
   * Size of the second group as a multiple of the first, above 0.
   *
   * @defaultValue 1
   */
  readonly allocation?: number
}

/**
 * Power of the test that compares two proportions, by the normal approximation with pooled variance under the null hypothesis.
 *
 * Φ((|p₁ − p₂| − z √(p̄ (1 − p̄) (1/n₁ + 1/n₂))) / √(p₁ (1 − p₁)/n₁ + p₂ (1 − p₂)/n₂)), p̄ weighted by size.
 *
 * @remarks
 * R: `power.prop.test(n, p1, p2, sig.level, alternative, strict)$power` for groups of equal size. SciPy: statsmodels
 * `power_proportions_2indep(diff, prop2, nobs1, ratio, alpha)`.
 *
 * @param p1 - proportion in the first group, 0 to 1
 * @param p2 - proportion in the second group, 0 to 1
 * @param sampleSize - size of each group, or the two sizes
 * @param options - level, sides, rejection
 * @throws A {@link StatsError} with code `out-of-range` if a number is outside its range
 * @see J. L. Fleiss, B. Levin and M. C. Paik, *Statistical Methods for Rates and Proportions*, 3rd ed., chapter 4
 *
 * @example
 * ```ts @import.meta.vitest
 * expect(twoProportionPower(0.5, 0.75, 50).power).toBeCloseTo(0.7401659013313878, 13)
 * ```
 */
export function twoProportionPower(
  p1: number,
  p2: number,
  sampleSize: number | readonly [number, number],
  options: TwoProportionPowerOptions = {},
): Power<'two-proportion-power'> {
  const [n1, n2] = typeof sampleSize === 'number' ? [sampleSize, sampleSize] : sampleSize
  sizeOf('sampleSize', n1)
  sizeOf('sampleSize', n2)
  return powerOf('two-proportion-power', normalPower(p1, p2, n1, n2, options), levelOf(options))
}

/**
 * Size of the first group with which the comparison of two proportions reaches a power, by the normal approximation.
 *
 * @remarks
 * R: `power.prop.test(p1 = , p2 = , sig.level = , power = , alternative = , tol = .Machine$double.eps^0.8)$n`.
 * statsmodels: `samplesize_proportions_2indep_onetail` for one side.
 *
 * @param p1 - proportion in the first group, 0 to 1
 * @param p2 - proportion in the second group, 0 to 1, not equal to `p1`
 * @param options - level, power, sides, rejection, allocation
 * @returns the size of the first group; the second is `allocation` times as large
 * @throws A {@link StatsError} with code `out-of-range` if a number is outside its range, or if the proportions are equal
 * @see J. L. Fleiss, B. Levin and M. C. Paik, *Statistical Methods for Rates and Proportions*, 3rd ed., chapter 4
 *
 * @example
 * ```ts @import.meta.vitest
 * const { sampleSize, wholeSampleSize } = twoProportionSampleSize(0.5, 0.75, { power: 0.9 })
 *
 * expect(sampleSize).toBeCloseTo(76.70692845177744, 11)
 * expect(wholeSampleSize).toBe(77)
 * ```
 */
export function twoProportionSampleSize(
  p1: number,
  p2: number,
  options: TwoProportionSampleSizeOptions = {},
): SampleSize<'two-proportion-power'> {
  requireProbability('p1', p1)
  requireProbability('p2', p2)
  const ratio = sizeOf('allocation', options.allocation ?? 1)
  const target = targetOf(options)
  const { z, nullVariance, variance } = partsOf(p1, p2, 1, ratio, options)
  const distance = Math.abs(p1 - p2)
  const root = (z * Math.sqrt(nullVariance) + normalUpperQuantile(1 - target) * Math.sqrt(variance)) / distance
  let size = root * root
  if (countsBothSides(options) && size < Infinity) {
    const excess = (n: number) => normalPower(p1, p2, n, n * ratio, options) - target
    // Rejection on the wrong side only adds, so the size without it is enough.
    let low = size
    while (low > 1e-300 && excess(low) > 0) low /= 2
    size = low === size ? size : findRoot(excess, low, size)
  }
  return sampleSizeOf('two-proportion-power', size, options)
}

function normalPower(p1: number, p2: number, n1: number, n2: number, options: TwoProportionPowerOptions): number {
  const { z, nullVariance, variance } = partsOf(p1, p2, n1, n2, options)
  const distance = Math.abs(p1 - p2)
  const critical = z * Math.sqrt(nullVariance)
  const sd = Math.sqrt(variance)
  // Two certainties leave nothing to chance.
  if (sd === 0) return distance > critical ? 1 : 0
  const power = normalCdf((distance - critical) / sd)
  return countsBothSides(options) ? power + normalUpperTail((distance + critical) / sd) : power
}

function countsBothSides(options: TwoProportionPowerOptions): boolean {
  return options.rejection === 'both-sides' && (options.alternative ?? 'two-sided') === 'two-sided'
}

function partsOf(
  p1: number,
  p2: number,
  n1: number,
  n2: number,
  options: TwoProportionPowerOptions,
): { readonly z: number; readonly nullVariance: number; readonly variance: number } {
  requireProbability('p1', p1)
  requireProbability('p2', p2)
  const level = levelOf(options)
  const pooled = (n1 * p1 + n2 * p2) / (n1 + n2)
  return {
    z: normalUpperQuantile(levelPerSide(level, options.alternative)),
    nullVariance: pooled * (1 - pooled) * (1 / n1 + 1 / n2),
    variance: (p1 * (1 - p1)) / n1 + (p2 * (1 - p2)) / n2,
  }
}
