import { requireCount, requireOneOf } from '../argument-checks.ts'
import { type ConfidenceInterval, tailOfLevel } from '../confidence-interval.ts'
import { firstWhere } from '../distributions/discrete-quantile.ts'
import { hypergeometricCdf, hypergeometricProbability, hypergeometricUpperTail } from '../distributions/hypergeometric.ts'
import { normalUpperQuantile } from '../distributions/normal.ts'
import { StatsError } from '../errors.ts'
import { type ProportionIntervalOptions } from '../proportions/proportion-interval-options.ts'
import { scoreLimit } from '../proportions/wilson-interval.ts'

/** The ways to find an interval for a count in a finite population. */
export type FinitePopulationMethod =
  /** Every count that neither hypergeometric tail of the sample rejects at α / 2. */
  | 'exact'
  /** The same with the observed sample counted half. */
  | 'mid-p'
  /** Wilson's interval with the finite-population correction. */
  | 'wilson'
  /** Wald's interval with the finite-population correction. */
  | 'wald'

/** Options of {@link finitePopulationInterval}. */
export interface FinitePopulationIntervalOptions extends ProportionIntervalOptions {
  /**
   * How the interval is found.
   *
   * @defaultValue 'exact'
   */
  readonly method?: FinitePopulationMethod
}

/** Interval for how many in a finite population have a property. */
export interface FinitePopulationInterval extends ConfidenceInterval {
  /** How it was found. */
  readonly method: FinitePopulationMethod
  /** Share in the sample; `null` for an empty sample. */
  readonly estimate: number | null
  /** Lower limit of the share in the population, 0 to 1. */
  readonly lower: number
  /** Upper limit of the share in the population, 0 to 1. */
  readonly upper: number
  /** Confidence level, between 0 and 1. */
  readonly level: number
  /** The limits as counts in the population: whole numbers for 'exact' and 'mid-p'. */
  readonly counts: {
    /** The least count. */
    readonly lower: number
    /** The greatest count. */
    readonly upper: number
  }
  /** Share of the population that was sampled, 0 to 1. */
  readonly samplingFraction: number
  /** √((N − n) / (N − 1)), by which the standard error is smaller than for a population without end. */
  readonly correction: number
}

/**
 * Interval for a share in a population of N, of whom n were drawn without replacement: 161 of 191 trusts that answered, of 226.
 *
 * The exact interval inverts the hypergeometric distribution, so its limits are counts that the population can have: at least the
 * successes seen, at most all but the failures seen. Once everybody is in the sample, every interval is the share itself.
 *
 * Says nothing about bias: it treats the sample as drawn at random. For who did not answer see {@link proportionWithMissing}.
 *
 * @remarks
 * R: `samplingbook::Sprop(m, n, N)$ci` has 'exact' and 'wald'. No SciPy counterpart.
 *
 * @param successes - x, a count
 * @param sampled - n, a count of at least x
 * @param population - N, a count of at least n and at least 1
 * @param options - method, level, side
 * @throws A {@link StatsError} with code `not-a-count`, `mismatch` if counts contradict each other, `too-small` for an empty population,
 * or `out-of-range` for the level
 * @see J. P. Buonaccorsi, *A note on confidence intervals for proportions in finite populations*, The American Statistician 41, 1987;
 * W. G. Cochran, *Sampling Techniques*, 3rd ed., sections 2.6 and 3.6
 *
 * @example
 * ```ts @import.meta.vitest
 * const { counts, correction } = finitePopulationInterval(161, 191, 226)
 *
 * expect(counts).toEqual({ lower: 185, upper: 195 })
 * expect(correction).toBeCloseTo(0.394, 3)
 * ```
 */
export function finitePopulationInterval(
  successes: number,
  sampled: number,
  population: number,
  options: FinitePopulationIntervalOptions = {},
): FinitePopulationInterval {
  requireCount('successes', successes)
  requireCount('sampled', sampled)
  requireCount('population', population)
  if (population === 0) throw new StatsError('too-small', 'the population is empty')
  if (successes > sampled) throw new StatsError('mismatch', `${successes} successes in a sample of ${sampled}`)
  if (sampled > population) throw new StatsError('mismatch', `${sampled} sampled from ${population}`)
  const { method = 'exact', alternative = 'two-sided', confidenceLevel: level = 0.95 } = options
  requireOneOf('method', method, 'exact', 'mid-p', 'wilson', 'wald')
  const tail = tailOfLevel(level, alternative)
  const [low, high] =
    method === 'exact' || method === 'mid-p'
      ? exactLimits(successes, sampled, population, tail, method === 'mid-p')
      : normalLimits(successes, sampled, population, normalUpperQuantile(tail), method)
  const lower = alternative === 'less' ? 0 : low
  const upper = alternative === 'greater' ? population : high
  return {
    method,
    estimate: sampled === 0 ? null : successes / sampled,
    lower: lower / population,
    upper: upper / population,
    level,
    counts: { lower, upper },
    samplingFraction: sampled / population,
    correction: correctionOf(sampled, population),
  }
}

/** √((N − n) / (N − 1)); 0 where everybody was sampled. */
function correctionOf(sampled: number, population: number): number {
  if (sampled === population) return 0
  // Of a population of one that was not seen nothing is known, which is what no correction says.
  return population === 1 ? 1 : Math.sqrt((population - sampled) / (population - 1))
}

// Both tails are monotone in the count of the population, so either limit is where one passes α / 2.
function exactLimits(x: number, n: number, population: number, tail: number, midP: boolean): readonly [number, number] {
  const half = (count: number) => (midP ? 0.5 * hypergeometricProbability(x, count, population - count, n) : 0)
  // P values that equal the limit but for rounding are not below it.
  const limit = tail * (1 - 1e-12)
  const largest = population - (n - x)
  const start = n === 0 ? 0 : (x / n) * population
  const lower = firstWhere(x, largest, start, (count) => hypergeometricUpperTail(x, count, population - count, n) - half(count) >= limit)
  const beyond = firstWhere(x, largest + 1, start, (count) => hypergeometricCdf(x, count, population - count, n) - half(count) < limit)
  return [lower, Math.max(lower, beyond - 1)]
}

function normalLimits(x: number, n: number, population: number, z: number, method: 'wilson' | 'wald'): readonly [number, number] {
  if (n === 0) return [0, population]
  if (n === population) return [x, x]
  // A sample without replacement is worth more observations than it has.
  const effective = n * ((population - 1) / (population - n))
  const successes = (x / n) * effective
  const [lower, upper] =
    method === 'wilson'
      ? [x === 0 ? 0 : scoreLimit(successes, effective, z, 'lower'), x === n ? 1 : scoreLimit(successes, effective, z, 'upper')]
      : waldLimits(x / n, effective, z)
  // What was seen is certain: so many successes and failures are in the population.
  return [Math.max(lower * population, x), Math.min(upper * population, population - (n - x))]
}

function waldLimits(estimate: number, effective: number, z: number): readonly [number, number] {
  const width = z * Math.sqrt((estimate * (1 - estimate)) / effective)
  return [estimate - width, estimate + width]
}
