import { normalCdf, normalUpperQuantile } from '../distributions/normal.ts'
import { requireProbability } from '../argument-checks.ts'
import { StatsError } from '../errors.ts'
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

/** What the power of a test of trend depends on. */
export interface TrendPlan {
  /**
   * Score of each group; none may be missing.
   *
   * @defaultValue 1, 2, 3 …
   */
  readonly scores?: readonly number[]
  /**
   * Relative sizes of the groups, above 0.
   *
   * @defaultValue all equal
   */
  readonly weights?: readonly number[]
  /**
   * Sides of the test; one-sided looks for the trend that the proportions have.
   *
   * @defaultValue 'two-sided'
   */
  readonly alternative?: PowerAlternative
}

/** Options of {@link trendPower}. */
export interface TrendPowerOptions extends PowerOptions, TrendPlan {}

/** Options of {@link trendSampleSize}. */
export interface TrendSampleSizeOptions extends SampleSizeOptions, TrendPlan {}

/**
 * Power of the Cochran–Armitage test for a trend of proportions over ordered groups.
 *
 * Φ((√N |μ| − z σ₀) / σ₁), where with group shares w, scores s and mean score s̄: μ = Σ w (s − s̄) p, σ₀² = p̄ (1 − p̄) Σ w (s − s̄)²,
 * σ₁² = Σ w (s − s̄)² p (1 − p).
 *
 * @remarks
 * R: `multiCA::power.multiCA.test`, `DescTools` has none. No SciPy counterpart.
 *
 * @param proportions - proportion expected in each group, 0 to 1, two groups or more
 * @param sampleSize - total over all groups, above 0
 * @param options - scores, weights, level, sides
 * @throws A {@link StatsError} with code `too-small`, `mismatch` of lengths, or `out-of-range`
 * @see J. Nam, *A simple approximation for calculating sample sizes for detecting linear trend in proportions*, Biometrics 43, 1987
 *
 * @example
 * ```ts @import.meta.vitest
 * const { twoProportionPower } = await import('./two-proportion-power.ts')
 *
 * // With two groups it is the comparison of two proportions.
 * expect(trendPower([0.5, 0.75], 100).power).toBeCloseTo(twoProportionPower(0.5, 0.75, 50).power, 13)
 * ```
 */
export function trendPower(proportions: readonly number[], sampleSize: number, options: TrendPowerOptions = {}): Power<'trend-power'> {
  const level = levelOf(options)
  const { z, slope, nullSd, sd } = momentsOf(proportions, level, options)
  const excess = Math.sqrt(sizeOf('sampleSize', sampleSize)) * slope - z * nullSd
  return powerOf('trend-power', sd === 0 ? (excess > 0 ? 1 : 0) : normalCdf(excess / sd), level)
}

/**
 * Total sample size with which the Cochran–Armitage test for trend reaches a power.
 *
 * @remarks
 * Nam's size without his continuity correction. No R or SciPy counterpart in common use.
 *
 * @param proportions - proportion expected in each group, 0 to 1, two groups or more
 * @param options - scores, weights, level, power, sides
 * @returns the total over all groups
 * @throws A {@link StatsError} with code `too-small`, `mismatch` of lengths, or `out-of-range`, also where there is no trend
 * @see J. Nam, Biometrics 43, 1987
 *
 * @example
 * ```ts @import.meta.vitest
 * const { sampleSize } = trendSampleSize([0.1, 0.2, 0.3])
 *
 * expect(trendPower([0.1, 0.2, 0.3], sampleSize).power).toBeCloseTo(0.8, 12)
 * ```
 */
export function trendSampleSize(proportions: readonly number[], options: TrendSampleSizeOptions = {}): SampleSize<'trend-power'> {
  const { z, slope, nullSd, sd } = momentsOf(proportions, levelOf(options), options)
  const root = (z * nullSd + normalUpperQuantile(1 - targetOf(options)) * sd) / slope
  return sampleSizeOf('trend-power', root * root, options)
}

function momentsOf(
  proportions: readonly number[],
  level: number,
  options: TrendPlan,
): { readonly z: number; readonly slope: number; readonly nullSd: number; readonly sd: number } {
  const groups = proportions.length
  if (groups < 2) throw new StatsError('too-small', `${groups} groups, expected at least two`)
  const scores = options.scores ?? proportions.map((_, i) => i + 1)
  const weights = options.weights ?? proportions.map(() => 1)
  if (scores.length !== groups || weights.length !== groups) {
    throw new StatsError('mismatch', `${groups} proportions, ${scores.length} scores and ${weights.length} weights`)
  }
  for (const p of proportions) requireProbability('proportion', p)
  for (const weight of weights) sizeOf('weight', weight)
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const average = (values: (i: number) => number) => weights.reduce((sum, weight, i) => sum + (weight / total) * values(i), 0)
  const meanScore = average((i) => scores[i] as number)
  const pooled = average((i) => proportions[i] as number)
  const distance = (i: number) => (scores[i] as number) - meanScore
  const spread = average((i) => distance(i) ** 2)
  if (!(spread > 0 && spread < Infinity)) throw new StatsError('out-of-range', 'the scores are all the same, or too large to be squared')
  return {
    z: normalUpperQuantile(levelPerSide(level, options.alternative)),
    slope: Math.abs(average((i) => distance(i) * (proportions[i] as number))),
    nullSd: Math.sqrt(pooled * (1 - pooled) * spread),
    sd: Math.sqrt(average((i) => distance(i) ** 2 * (proportions[i] as number) * (1 - (proportions[i] as number)))),
  }
}
