import { normalCdf, normalUpperQuantile } from '../distributions/normal.ts'
import { requireOneOf, requireProbability } from '../argument-checks.ts'
import { StatsError } from '../errors.ts'
import { findRoot } from '../numerics/find-root.ts'
import { type ProportionEffect, requireEffect, requireMargins, restrictedProportions } from '../proportions/restricted-proportions.ts'
import {
  levelOf,
  type Power,
  powerOf,
  type PowerOptions,
  type SampleSize,
  type SampleSizeOptions,
  sampleSizeOf,
  sizeOf,
  targetOf,
} from './power-analysis.ts'

/** What the power of a test against margins depends on. */
export interface MarginPlan {
  /**
   * The contrast that the margins are about.
   *
   * @defaultValue 'difference'
   */
  readonly effect?: ProportionEffect
  /**
   * Variance under the null hypothesis: at the maximum likelihood estimates under it (Farrington and Manning), or as under the alternative (Wald).
   *
   * @defaultValue 'restricted'
   */
  readonly nullVariance?: 'restricted' | 'unrestricted'
}

/** Options of {@link nonInferiorityPower} and {@link equivalencePower}. */
export interface MarginPowerOptions extends PowerOptions, MarginPlan {}

/** Options of {@link nonInferioritySampleSize} and {@link equivalenceSampleSize}. */
export interface MarginSampleSizeOptions extends SampleSizeOptions, MarginPlan {
  /**
   * Size of the second group as a multiple of the first, above 0.
   *
   * @defaultValue 1
   */
  readonly allocation?: number
}

/**
 * Power of Farrington and Manning's test of non-inferiority: one-sided, at the significance level given.
 *
 * @remarks
 * R: `TrialSize`, `epiR::epi.ssninfb` for the Wald form. No SciPy counterpart.
 *
 * @param p1 - proportion in the first group, 0 to 1
 * @param p2 - proportion in the second group, 0 to 1
 * @param nullValue - the contrast at the edge of inferiority: a difference p₁ − p₂ such as −0.1, or a ratio such as 0.9; the true
 * contrast on the other side of 0 or 1 from it counts as better
 * @param sampleSize - size of each group, or the two sizes
 * @param options - level, contrast, variance
 * @throws A {@link StatsError} with code `out-of-range` if a number is outside its range
 * @see C. P. Farrington and G. Manning, Statistics in Medicine 9, 1990
 *
 * @example
 * ```ts @import.meta.vitest
 * expect(nonInferiorityPower(0.85, 0.85, -0.1, 198, { significanceLevel: 0.025, nullVariance: 'unrestricted' }).power).toBeCloseTo(0.796, 3)
 * ```
 */
export function nonInferiorityPower(
  p1: number,
  p2: number,
  nullValue: number,
  sampleSize: number | readonly [number, number],
  options: MarginPowerOptions = {},
): Power<'non-inferiority-power'> {
  const [n1, n2] = sizesOf(sampleSize)
  checkNull(nullValue, options.effect ?? 'difference')
  const level = levelOf(options)
  return powerOf('non-inferiority-power', oneSidedPower(p1, p2, nullValue, n1, n2, level, options), level)
}

/**
 * Size of the first group with which Farrington and Manning's test of non-inferiority reaches a power.
 *
 * @remarks
 * R: `epiR::epi.ssninfb` for the Wald form. No SciPy counterpart.
 *
 * @param p1 - proportion in the first group, 0 to 1
 * @param p2 - proportion in the second group, 0 to 1
 * @param nullValue - the contrast at the edge of inferiority
 * @param options - level, power, contrast, variance, allocation
 * @returns the size of the first group; the second is `allocation` times as large
 * @throws A {@link StatsError} with code `out-of-range` if a number is outside its range, or if the truth lies on the edge
 * @see C. P. Farrington and G. Manning, Statistics in Medicine 9, 1990
 *
 * @example
 * ```ts @import.meta.vitest
 * const { sampleSize } = nonInferioritySampleSize(0.85, 0.85, -0.1, { significanceLevel: 0.025 })
 *
 * expect(nonInferiorityPower(0.85, 0.85, -0.1, sampleSize, { significanceLevel: 0.025 }).power).toBeCloseTo(0.8, 12)
 * ```
 */
export function nonInferioritySampleSize(
  p1: number,
  p2: number,
  nullValue: number,
  options: MarginSampleSizeOptions = {},
): SampleSize<'non-inferiority-power'> {
  checkNull(nullValue, options.effect ?? 'difference')
  const ratio = sizeOf('allocation', options.allocation ?? 1)
  const { distance, nullSd, sd } = momentsOf(p1, p2, nullValue, 1, ratio, options)
  const root = (normalUpperQuantile(levelOf(options)) * nullSd + normalUpperQuantile(1 - targetOf(options)) * sd) / Math.abs(distance)
  return sampleSizeOf('non-inferiority-power', root * root, options)
}

/**
 * Power of two one-sided tests of equivalence: the chance that both margins are rejected, by the normal approximation
 * max(0, power below + power above − 1).
 *
 * @remarks
 * R: `TrialSize::TwoSampleProportion.Equivalence` for the Wald form. No SciPy counterpart.
 *
 * @param p1 - proportion in the first group, 0 to 1
 * @param p2 - proportion in the second group, 0 to 1
 * @param margins - lower and upper margin of the contrast, around the true one
 * @param sampleSize - size of each group, or the two sizes
 * @param options - level of each side, contrast, variance
 * @throws A {@link StatsError} with code `out-of-range` if a number is outside its range
 * @see S.-C. Chow, J. Shao, H. Wang and Y. Lokhnygina, *Sample Size Calculations in Clinical Research*, 3rd ed., section 4.2
 *
 * @example
 * ```ts @import.meta.vitest
 * const few = equivalencePower(0.75, 0.75, [-0.2, 0.2], 60).power
 *
 * expect(equivalencePower(0.75, 0.75, [-0.2, 0.2], 120).power).toBeGreaterThan(few)
 * ```
 */
export function equivalencePower(
  p1: number,
  p2: number,
  margins: readonly [number, number],
  sampleSize: number | readonly [number, number],
  options: MarginPowerOptions = {},
): Power<'equivalence-power'> {
  const [n1, n2] = sizesOf(sampleSize)
  const level = levelOf(options)
  requireMargins(...margins, options.effect ?? 'difference')
  return powerOf('equivalence-power', bothSidedPower(p1, p2, margins, n1, n2, level, options), level)
}

/**
 * Size of the first group with which two one-sided tests of equivalence reach a power.
 *
 * @remarks
 * R: `TrialSize::TwoSampleProportion.Equivalence` for the Wald form. No SciPy counterpart.
 *
 * @param p1 - proportion in the first group, 0 to 1
 * @param p2 - proportion in the second group, 0 to 1
 * @param margins - lower and upper margin of the contrast, around the true one
 * @param options - level of each side, power, contrast, variance, allocation
 * @returns the size of the first group; the second is `allocation` times as large
 * @throws A {@link StatsError} with code `out-of-range` if a number is outside its range, or the true contrast is not between the margins
 * @see S.-C. Chow, J. Shao, H. Wang and Y. Lokhnygina, *Sample Size Calculations in Clinical Research*, 3rd ed., section 4.2
 *
 * @example
 * ```ts @import.meta.vitest
 * const { sampleSize } = equivalenceSampleSize(0.75, 0.75, [-0.2, 0.2])
 *
 * expect(equivalencePower(0.75, 0.75, [-0.2, 0.2], sampleSize).power).toBeCloseTo(0.8, 12)
 * ```
 */
export function equivalenceSampleSize(
  p1: number,
  p2: number,
  margins: readonly [number, number],
  options: MarginSampleSizeOptions = {},
): SampleSize<'equivalence-power'> {
  const ratio = sizeOf('allocation', options.allocation ?? 1)
  const level = levelOf(options)
  const target = targetOf(options)
  requireMargins(...margins, options.effect ?? 'difference')
  for (const margin of margins) {
    if (momentsOf(p1, p2, margin, 1, ratio, options).distance > 0 !== (margin === margins[0])) {
      throw new StatsError('out-of-range', 'the true contrast does not lie between the margins')
    }
  }
  // The sum of both one-sided powers, not cut at 0, so that the search has a slope everywhere.
  const excess = (n: number) => sumOfPowers(p1, p2, margins, n, n * ratio, level, options) - 1 - target
  let far = 1
  while (excess(far) < 0) far *= 2
  let near = far
  while (near > 1e-12 && excess(near) > 0) near /= 2
  return sampleSizeOf('equivalence-power', near === far ? far : findRoot(excess, near, far), options)
}

function bothSidedPower(
  p1: number,
  p2: number,
  margins: readonly [number, number],
  n1: number,
  n2: number,
  level: number,
  plan: MarginPlan,
): number {
  return Math.max(0, sumOfPowers(p1, p2, margins, n1, n2, level, plan) - 1)
}

function sumOfPowers(
  p1: number,
  p2: number,
  margins: readonly [number, number],
  n1: number,
  n2: number,
  level: number,
  plan: MarginPlan,
): number {
  const z = normalUpperQuantile(level)
  const below = momentsOf(p1, p2, margins[0], n1, n2, plan)
  const above = momentsOf(p1, p2, margins[1], n1, n2, plan)
  return chanceOf(below.distance - z * below.nullSd, below.sd) + chanceOf(-above.distance - z * above.nullSd, above.sd)
}

function oneSidedPower(p1: number, p2: number, nullValue: number, n1: number, n2: number, level: number, plan: MarginPlan): number {
  const { distance, nullSd, sd } = momentsOf(p1, p2, nullValue, n1, n2, plan)
  const neutral = plan.effect === 'ratio' ? 1 : 0
  const favourable = nullValue < neutral ? distance : -distance
  return chanceOf(favourable - normalUpperQuantile(level) * nullSd, sd)
}

function chanceOf(excess: number, sd: number): number {
  return sd === 0 ? (excess > 0 ? 1 : 0) : normalCdf(excess / sd)
}

function momentsOf(
  p1: number,
  p2: number,
  nullValue: number,
  n1: number,
  n2: number,
  plan: MarginPlan,
): { readonly distance: number; readonly nullSd: number; readonly sd: number } {
  requireProbability('p1', p1)
  requireProbability('p2', p2)
  const { effect = 'difference', nullVariance = 'restricted' } = plan
  requireEffect(effect)
  requireOneOf('nullVariance', nullVariance, 'restricted', 'unrestricted')
  const weight = effect === 'ratio' ? nullValue : 1
  const sdAt = (q1: number, q2: number) => Math.sqrt((q1 * (1 - q1)) / n1 + (weight * weight * q2 * (1 - q2)) / n2)
  const sd = sdAt(p1, p2)
  // What the estimates under the null hypothesis tend to as the sample grows.
  const nullSd = nullVariance === 'restricted' ? sdAt(...restrictedProportions(n1 * p1, n1, n2 * p2, n2, effect, nullValue)) : sd
  return { distance: effect === 'ratio' ? p1 - nullValue * p2 : p1 - p2 - nullValue, nullSd, sd }
}

function sizesOf(sampleSize: number | readonly [number, number]): readonly [number, number] {
  const sizes: readonly [number, number] = typeof sampleSize === 'number' ? [sampleSize, sampleSize] : sampleSize
  return [sizeOf('sampleSize', sizes[0]), sizeOf('sampleSize', sizes[1])]
}

function checkNull(nullValue: number, effect: ProportionEffect): void {
  const inRange =
    effect === 'ratio' ? nullValue > 0 && nullValue < Infinity && nullValue !== 1 : nullValue > -1 && nullValue < 1 && nullValue !== 0
  if (!inRange) throw new StatsError('out-of-range', `nullValue is ${nullValue}`)
}
