import { type Alternative, requireAlternative } from '../confidence-interval.ts'
import { normalCdf, normalUpperQuantile, normalUpperTail } from '../distributions/normal.ts'
import { requireNumber, requireProbability } from '../argument-checks.ts'
import { findRoot } from '../numerics/find-root.ts'
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

/** Options of {@link arcsinePower}. */
export interface ArcsinePowerOptions extends PowerOptions {
  /**
   * Which departures the test looks for: 'greater' means h above 0.
   *
   * @defaultValue 'two-sided'
   */
  readonly alternative?: Alternative
}

/** Options of {@link arcsineSampleSize}. */
export interface ArcsineSampleSizeOptions extends SampleSizeOptions {
  /**
   * Which departures the test looks for: 'greater' means h above 0.
   *
   * @defaultValue 'two-sided'
   */
  readonly alternative?: Alternative
  /**
   * Size of the second group as a multiple of the first, above 0.
   *
   * @defaultValue 1
   */
  readonly allocation?: number
}

/**
 * Cohen's effect size h of two proportions, 2 asin √p₁ − 2 asin √p₂.
 *
 * @remarks
 * R: `pwr::ES.h(p1, p2)`. SciPy: statsmodels `proportion_effectsize(p1, p2)`.
 *
 * @param p1 - proportion in the first group, 0 to 1
 * @param p2 - proportion in the second group, 0 to 1
 * @throws A {@link StatsError} with code `out-of-range` unless both are between 0 and 1
 *
 * @example
 * ```ts @import.meta.vitest
 * expect(cohensH(0.5, 0.25)).toBeCloseTo(Math.PI / 6, 15)
 * ```
 */
export function cohensH(p1: number, p2: number): number {
  requireProbability('p1', p1)
  requireProbability('p2', p2)
  return 2 * (Math.atan2(Math.sqrt(p1), Math.sqrt(1 - p1)) - Math.atan2(Math.sqrt(p2), Math.sqrt(1 - p2)))
}

/**
 * Power of the comparison of two proportions on the arcsine scale, where the variance does not depend on the proportions.
 *
 * @remarks
 * R: `pwr::pwr.2p.test(h, n, sig.level, alternative)$power`, `pwr::pwr.2p2n.test(h, n1, n2, sig.level, alternative)$power`.
 * SciPy: statsmodels `NormalIndPower().power(h, nobs1, alpha, ratio)`.
 *
 * @param effectSize - Cohen's h; see {@link cohensH}
 * @param sampleSize - size of each group, or the two sizes
 * @param options - level, alternative
 * @throws A {@link StatsError} with code `out-of-range` if a number is outside its range
 * @see J. Cohen, *Statistical Power Analysis for the Behavioral Sciences*, 2nd ed., chapter 6
 *
 * @example
 * ```ts @import.meta.vitest
 * expect(arcsinePower(0.5, [40, 60]).power).toBeCloseTo(0.6877704200764011, 13)
 * ```
 */
export function arcsinePower(
  effectSize: number,
  sampleSize: number | readonly [number, number],
  options: ArcsinePowerOptions = {},
): Power<'arcsine-power'> {
  requireNumber('effectSize', effectSize)
  const [n1, n2] = typeof sampleSize === 'number' ? [sampleSize, sampleSize] : sampleSize
  const harmonic = 1 / (1 / sizeOf('sampleSize', n1) + 1 / sizeOf('sampleSize', n2))
  return powerOf('arcsine-power', shiftedPower(effectSize * Math.sqrt(harmonic), levelOf(options), options.alternative), levelOf(options))
}

/**
 * Size of the first group with which the comparison of two proportions on the arcsine scale reaches a power.
 *
 * @remarks
 * R: `pwr::pwr.2p.test(h, sig.level = , power = )$n`. SciPy: statsmodels `NormalIndPower().solve_power(h, alpha=, power=)`.
 *
 * @param effectSize - Cohen's h, not 0, and on the side that `alternative` looks at
 * @param options - level, power, alternative, allocation
 * @returns the size of the first group; the second is `allocation` times as large
 * @throws A {@link StatsError} with code `out-of-range` if a number is outside its range, or if no sample is large enough
 *
 * @example
 * ```ts @import.meta.vitest
 * expect(arcsineSampleSize(0.5).sampleSize).toBeCloseTo(62.79, 2)
 * ```
 */
export function arcsineSampleSize(effectSize: number, options: ArcsineSampleSizeOptions = {}): SampleSize<'arcsine-power'> {
  requireNumber('effectSize', effectSize)
  const level = levelOf(options)
  const target = targetOf(options)
  const { alternative = 'two-sided' } = options
  const favourable = alternative === 'less' ? -effectSize : alternative === 'greater' ? effectSize : Math.abs(effectSize)
  const oneSided = normalUpperQuantile(level) + normalUpperQuantile(1 - target)
  let shift = oneSided
  if (alternative === 'two-sided') {
    // The shift of the test statistic, between that of a one-sided test and that of half a two-sided one.
    const enough = normalUpperQuantile(level / 2) + normalUpperQuantile(1 - target)
    shift = findRoot((x) => shiftedPower(x, level, 'two-sided') - target, 0, enough * (1 + 1e-9))
  }
  const ratio = sizeOf('allocation', options.allocation ?? 1)
  const root = favourable > 0 ? shift / favourable : Infinity
  return sampleSizeOf('arcsine-power', root * root * (1 + 1 / ratio), options)
}

function shiftedPower(shift: number, level: number, alternative: Alternative = 'two-sided'): number {
  requireAlternative(alternative)
  if (alternative === 'less') return normalUpperTail(normalUpperQuantile(level) + shift)
  if (alternative === 'greater') return normalUpperTail(normalUpperQuantile(level) - shift)
  const z = normalUpperQuantile(level / 2)
  const size = Math.abs(shift)
  return normalUpperTail(z - size) + normalCdf(-z - size)
}
