import { requireBetween, requireOneOf, requirePositiveInteger, requireProbability } from '../argument-checks.ts'
import { tailOfLevel } from '../confidence-interval.ts'
import { betaQuantile, betaUpperQuantile } from '../distributions/beta.ts'
import { firstWhere } from '../distributions/discrete-quantile.ts'
import { normalUpperQuantile } from '../distributions/normal.ts'
import { StatsError } from '../errors.ts'
import { scoreLimit } from '../proportions/wilson-interval.ts'

/** Options of {@link precisionSampleSize}. */
export interface PrecisionOptions {
  /**
   * Proportion that is expected; ½ is the worst case.
   *
   * @defaultValue 0.5
   */
  readonly expected?: number
  /**
   * The interval that is to be short enough.
   *
   * @defaultValue 'wilson'
   */
  readonly method?: 'wald' | 'wilson' | 'clopper-pearson'
  /**
   * Confidence level, between 0 and 1.
   *
   * @defaultValue 0.95
   */
  readonly confidenceLevel?: number
  /**
   * Size of the population that is sampled without replacement; `null` for one without end. For Wald and Wilson only.
   *
   * @defaultValue null
   */
  readonly population?: number | null
}

/** Result of {@link precisionSampleSize}. */
export interface PrecisionSampleSize {
  /** Tells this answer apart from others. */
  readonly method: 'precision'
  /** The interval that is short enough. */
  readonly interval: 'wald' | 'wilson' | 'clopper-pearson'
  /** Smallest whole sample. */
  readonly sampleSize: number
  /** Half the expected length of the interval with that sample. */
  readonly halfWidth: number
}

/**
 * Smallest sample with which the interval of a proportion is expected to be at most so wide on either side.
 *
 * With a finite population of N, a sample of n counts like n (N − 1) / (N − n) from one without end.
 *
 * @remarks
 * R: `presize::prec_prop(p, conf.width = 2 * halfWidth, method = …)$n`. SciPy: statsmodels `samplesize_confint_proportion` for Wald.
 *
 * @param halfWidth - half the length of the interval, above 0 and below ½
 * @param options - expected proportion, interval, level, population
 * @throws A {@link StatsError} with code `out-of-range` if a number is outside its range, `mismatch` for an exact interval with a
 * population (use {@link finitePopulationInterval})
 * @see W. G. Cochran, *Sampling Techniques*, 3rd ed., chapter 4
 *
 * @example
 * ```ts @import.meta.vitest
 * expect(precisionSampleSize(0.05, { method: 'wald' }).sampleSize).toBe(385)
 * expect(precisionSampleSize(0.05, { method: 'wald', population: 226 }).sampleSize).toBe(143)
 * ```
 */
export function precisionSampleSize(halfWidth: number, options: PrecisionOptions = {}): PrecisionSampleSize {
  const { expected = 0.5, method = 'wilson', population = null } = options
  requireOneOf('method', method, 'wald', 'wilson', 'clopper-pearson')
  requireBetween('halfWidth', halfWidth, 0, 0.5)
  requireProbability('expected', expected)
  if (population !== null) requirePositiveInteger('population', population)
  if (population !== null && method === 'clopper-pearson') {
    throw new StatsError('mismatch', 'the Clopper-Pearson interval is for a population without end')
  }
  const tail = tailOfLevel(options.confidenceLevel)
  const z = normalUpperQuantile(tail)
  const halfWidthAt = (n: number): number => {
    if (n === population) return 0
    const size = population === null ? n : n * ((population - 1) / (population - n))
    if (method === 'wald') return z * Math.sqrt((expected * (1 - expected)) / size)
    if (method === 'wilson') {
      return (scoreLimit(expected * size, size, z, 'upper') - scoreLimit(expected * size, size, z, 'lower')) / 2
    }
    return (upperLimit(expected * size, size, tail) - lowerLimit(expected * size, size, tail)) / 2
  }
  const start = (z / halfWidth) ** 2 * Math.max(expected * (1 - expected), 0.01)
  const sampleSize = firstWhere(1, population ?? Number.MAX_SAFE_INTEGER, start, (n) => halfWidthAt(n) <= halfWidth * (1 + 1e-12))
  return { method: 'precision', interval: method, sampleSize, halfWidth: halfWidthAt(sampleSize) }
}

// The expected number of successes need not be whole, and the beta quantiles do not ask for it.
function lowerLimit(x: number, n: number, tail: number): number {
  return x <= 0 ? 0 : betaQuantile(tail, x, n - x + 1)
}

function upperLimit(x: number, n: number, tail: number): number {
  return x >= n ? 1 : betaUpperQuantile(tail, x + 1, n - x)
}
