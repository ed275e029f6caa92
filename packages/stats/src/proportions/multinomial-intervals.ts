import { requireCount, requireOneOf } from '../argument-checks.ts'
import { type ConfidenceInterval, tailOfLevel } from '../confidence-interval.ts'
import { chiSquaredUpperQuantile } from '../distributions/chi-squared.ts'
import { normalUpperQuantile } from '../distributions/normal.ts'
import { StatsError } from '../errors.ts'
import { type SisonGlazCoverage, sisonGlazReach } from './sison-glaz.ts'
import { scoreLimit } from './wilson-interval.ts'

/** The ways to find simultaneous intervals for the shares of several categories. */
export type MultinomialIntervalMethod = 'goodman' | 'quesenberry-hurst' | 'sison-glaz'

/** Options of the simultaneous intervals. */
export interface MultinomialIntervalOptions {
  /**
   * Probability that all intervals hold together, between 0 and 1.
   *
   * @defaultValue 0.95
   */
  readonly confidenceLevel?: number
}

/** Options of {@link sisonGlazIntervals}. */
export interface SisonGlazOptions extends MultinomialIntervalOptions {
  /**
   * How the probability that all counts fall within reach is found: by the Edgeworth approximation of the published method, or exactly.
   *
   * @defaultValue 'edgeworth'
   */
  readonly coverage?: SisonGlazCoverage
}

/** Options of {@link multinomialIntervals}. */
export interface MultinomialIntervalChoice extends SisonGlazOptions {
  /**
   * How the intervals are found.
   *
   * @defaultValue 'goodman'
   */
  readonly method?: MultinomialIntervalMethod
}

/** Share of one category with its interval. */
export interface CategoryInterval extends ConfidenceInterval {
  /** Observed share, 0 to 1; `null` without observations. */
  readonly estimate: number | null
  /** Lower limit, at least 0. */
  readonly lower: number
  /** Upper limit, at most 1. */
  readonly upper: number
  /** Probability that all intervals hold together. */
  readonly level: number
}

/**
 * Simultaneous confidence intervals for the shares of k categories, all of which hold together at the level given.
 *
 * @remarks
 * R: `DescTools::MultinomCI(x, method = …)`. SciPy: statsmodels `multinomial_proportions_confint(counts, method=…)`.
 *
 * @param counts - one count a category, two or more
 * @param options - method, level
 * @returns one interval a category, in the order of the counts
 * @throws A {@link StatsError} with code `not-a-count`, `too-small` for fewer than two categories, or `out-of-range`
 *
 * @example
 * ```ts @import.meta.vitest
 * const intervals = multinomialIntervals([23, 45, 62, 61])
 *
 * expect(intervals[0]?.lower).toBeCloseTo(0.07331243541418005, 14)
 * ```
 */
export function multinomialIntervals(counts: readonly number[], options: MultinomialIntervalChoice = {}): readonly CategoryInterval[] {
  const { method = 'goodman' } = options
  requireOneOf('method', method, 'goodman', 'quesenberry-hurst', 'sison-glaz')
  if (method === 'goodman') return goodmanIntervals(counts, options)
  return method === 'sison-glaz' ? sisonGlazIntervals(counts, options) : quesenberryHurstIntervals(counts, options)
}

/**
 * Goodman's simultaneous intervals: Wilson's for each category at level 1 − α / k.
 *
 * @remarks
 * R: `DescTools::MultinomCI(x, method = "goodman")`. SciPy: statsmodels `multinomial_proportions_confint(counts, method='goodman')`.
 *
 * @param counts - one count a category, two or more
 * @param options - level
 * @throws A {@link StatsError} as {@link multinomialIntervals} does
 * @see L. A. Goodman, *On simultaneous confidence intervals for multinomial proportions*, Technometrics 7, 1965
 */
export function goodmanIntervals(counts: readonly number[], options: MultinomialIntervalOptions = {}): readonly CategoryInterval[] {
  const total = totalOf(counts)
  // The root of chi-squared on one degree of freedom is the two-sided normal deviate.
  const z = normalUpperQuantile(tailOfLevel(options.confidenceLevel) / counts.length)
  return scoreIntervals(counts, total, z, options)
}

/**
 * Quesenberry and Hurst's simultaneous intervals: Wilson's with the chi-squared quantile on k − 1 degrees of freedom for z².
 *
 * Wider than Goodman's except for very few categories.
 *
 * @remarks
 * R: `DescTools::MultinomCI(x, method = "qh")`. No SciPy counterpart.
 *
 * @param counts - one count a category, two or more
 * @param options - level
 * @throws A {@link StatsError} as {@link multinomialIntervals} does
 * @see C. P. Quesenberry and D. C. Hurst, *Large sample simultaneous confidence intervals for multinomial proportions*,
 * Technometrics 6, 1964
 *
 * @example
 * ```ts @import.meta.vitest
 * const intervals = quesenberryHurstIntervals([56, 72, 73, 59, 62, 87, 58])
 *
 * expect(intervals[0]?.lower).toBeCloseTo(0.0763, 4)
 * ```
 */
export function quesenberryHurstIntervals(
  counts: readonly number[],
  options: MultinomialIntervalOptions = {},
): readonly CategoryInterval[] {
  const total = totalOf(counts)
  const z = Math.sqrt(chiSquaredUpperQuantile(2 * tailOfLevel(options.confidenceLevel), counts.length - 1))
  return scoreIntervals(counts, total, z, options)
}

/**
 * Sison and Glaz's simultaneous intervals: the same number of counts below and above every observed one, the fewest for which
 * all multinomial counts together stay within reach with the probability asked for.
 *
 * Shorter than Goodman's and Quesenberry and Hurst's for seven or more categories of similar size; equally long for all
 * categories, so a poor choice where some are rare.
 *
 * @remarks
 * R: `DescTools::MultinomCI(x, method = "sisonglaz")`. SciPy: statsmodels
 * `multinomial_proportions_confint(counts, method='sison-glaz')`. Both use the Edgeworth approximation, the default here too.
 *
 * @param counts - one count a category, two or more
 * @param options - level, coverage
 * @throws A {@link StatsError} as {@link multinomialIntervals} does
 * @see C. P. Sison and J. Glaz, *Simultaneous confidence intervals and sample size determination for multinomial proportions*,
 * JASA 90, 1995
 *
 * @example
 * ```ts @import.meta.vitest
 * const intervals = sisonGlazIntervals([56, 72, 73, 59, 62, 87, 58])
 *
 * expect(intervals[0]?.lower).toBeCloseTo(0.07922912205567452, 12)
 * expect(intervals[0]?.upper).toBeCloseTo(0.16435573404025788, 12)
 * ```
 */
export function sisonGlazIntervals(counts: readonly number[], options: SisonGlazOptions = {}): readonly CategoryInterval[] {
  const total = totalOf(counts)
  const level = 1 - 2 * tailOfLevel(options.confidenceLevel)
  const { reach, fraction } =
    total === 0 ? { reach: 0, fraction: 0 } : sisonGlazReach(counts, total, level, options.coverage ?? 'edgeworth')
  return counts.map((count) => categoryInterval(count, total, options, (count - reach) / total, (count + reach + 2 * fraction) / total))
}

function scoreIntervals(
  counts: readonly number[],
  total: number,
  z: number,
  options: MultinomialIntervalOptions,
): readonly CategoryInterval[] {
  return counts.map((count) =>
    categoryInterval(
      count,
      total,
      options,
      count === 0 ? 0 : scoreLimit(count, total, z, 'lower'),
      count === total ? 1 : scoreLimit(count, total, z, 'upper'),
    ),
  )
}

function categoryInterval(
  count: number,
  total: number,
  options: MultinomialIntervalOptions,
  lower: number,
  upper: number,
): CategoryInterval {
  return {
    estimate: total === 0 ? null : count / total,
    lower: total === 0 ? 0 : Math.max(0, lower),
    upper: total === 0 ? 1 : Math.min(1, upper),
    level: options.confidenceLevel ?? 0.95,
  }
}

function totalOf(counts: readonly number[]): number {
  if (counts.length < 2) throw new StatsError('too-small', `${counts.length} categories, expected at least two`)
  let total = 0
  counts.forEach((count, i) => {
    requireCount(`counts[${i}]`, count)
    total += count
  })
  if (!Number.isSafeInteger(total)) throw new StatsError('not-a-count', `the counts add up to ${total}, above 2^53 - 1`)
  return total
}
