import { requireCount, requireOneOf } from '../argument-checks.ts'
import { type Alternative, type ConfidenceInterval, tailOfLevel } from '../confidence-interval.ts'
import { normalCdf, normalUpperQuantile } from '../distributions/normal.ts'
import { StatsError } from '../errors.ts'
import { type NotTestable, notTestable } from '../not-testable.ts'
import { determinant } from '../numerics/exact-arithmetic.ts'
import { twoByTwo } from '../effects/two-by-two.ts'
import { type TableInput } from '../tables/contingency-table.ts'

/** Options of {@link finitePopulationTest}. */
export interface FinitePopulationTestOptions {
  /**
   * Which departures of the first group from the second count.
   *
   * @defaultValue 'two-sided'
   */
  readonly alternative?: Alternative
  /**
   * Confidence level of the interval, between 0 and 1.
   *
   * @defaultValue 0.95
   */
  readonly confidenceLevel?: number
  /**
   * Variance of the test: each group's own ('unpooled', dual to the interval), or that of a common share ('pooled').
   *
   * @defaultValue 'unpooled'
   */
  readonly variance?: 'unpooled' | 'pooled'
}

/** Result of {@link finitePopulationTest}. */
export interface FinitePopulationTest {
  /** Tells this test apart from others. */
  readonly method: 'finite-population-difference'
  /** z, the difference over its design-based standard error; `null` where all of both groups were seen, so that there is no error. */
  readonly statistic: number | null
  /** The normal distribution has none. */
  readonly degreesOfFreedom: null
  /** P value; 0 or 1 where all of both groups were seen, for then the difference is known. */
  readonly pValue: number
  /** Difference of the shares of the two groups' populations, −1 to 1. */
  readonly estimate: number
  /** Standard error of the difference, with each group's finite-population correction. */
  readonly standardError: number
  /** Of the difference between the two populations. */
  readonly confidenceInterval: ConfidenceInterval
  /** Share of each group's population that was seen. */
  readonly samplingFractions: readonly [number, number]
  /** Which departures counted. */
  readonly alternative: Alternative
  /** The variance of the test. */
  readonly variance: 'unpooled' | 'pooled'
}

/**
 * Design-based comparison of two groups, each sampled without replacement from a finite population of known size.
 *
 * z = (p̂₁ − p̂₂) / √ Σ (1 − nᵢ / Nᵢ) p̂ᵢ (1 − p̂ᵢ) / (nᵢ − 1). The question is whether the two populations differ as they are: once all
 * members were seen, any difference is a fact and no longer a matter of chance. Whether a difference could have arisen among trusts
 * that do not differ in kind is another question, for the tests without correction.
 *
 * @remarks
 * R: `survey::svyby(~y, ~group, svydesign(~1, strata = ~group, fpc = ~N), svymean)` and a contrast. No SciPy counterpart.
 *
 * @param table - 2 × 2 counts: rows the groups, first column the event
 * @param populations - N₁ and N₂, each at least the number seen
 * @param options - side, level, variance
 * @returns the test, or {@link NotTestable} with reason `no-observations` where a group was not sampled, `no-variation` where the
 * samples do not vary though not everybody was seen
 * @throws A {@link StatsError} with code `ragged`, `not-a-count`, `mismatch` if more were seen than there are, or `out-of-range`
 * @see W. G. Cochran, *Sampling Techniques*, 3rd ed., sections 3.2 and 5.6
 *
 * @example
 * ```ts @import.meta.vitest
 * const result = finitePopulationTest([[21, 5], [60, 105]], [30, 196])
 *
 * // 26 of 30 and 165 of 196 seen: the error is 0.37 of what it would be for endless populations.
 * expect(result.estimate).toBeCloseTo(21 / 26 - 60 / 165, 14)
 * expect(result.standardError).toBeCloseTo(0.032428, 6)
 * ```
 */
export function finitePopulationTest(
  table: TableInput,
  populations: readonly [number, number],
  options: FinitePopulationTestOptions = {},
): FinitePopulationTest | NotTestable {
  const { a: x1, b: y1, c: x2, d: y2, n1, n2 } = twoByTwo(table)
  const { alternative = 'two-sided', confidenceLevel: level = 0.95, variance = 'unpooled' } = options
  requireOneOf('variance', variance, 'unpooled', 'pooled')
  const tail = tailOfLevel(level, alternative)
  checkPopulation(n1, populations[0])
  checkPopulation(n2, populations[1])
  const method = 'finite-population-difference'
  if (n1 === 0 || n2 === 0) return notTestable(method, 'no-observations', 'a group was not sampled')

  const estimate = determinant(x1, y1, x2, y2) / n1 / n2
  const own = varianceOf(x1 / n1, n1, populations[0]) + varianceOf(x2 / n2, n2, populations[1])
  const standardError = Math.sqrt(own)
  const known = n1 === populations[0] && n2 === populations[1]
  const pooledShare = (x1 + x2) / (n1 + n2)
  const tested = variance === 'unpooled' ? own : varianceOf(pooledShare, n1, populations[0]) + varianceOf(pooledShare, n2, populations[1])
  if (!known && tested === 0) return notTestable(method, 'no-variation', 'the samples do not vary')

  const width = normalUpperQuantile(tail) * standardError
  return {
    method,
    statistic: known ? null : estimate / Math.sqrt(tested),
    degreesOfFreedom: null,
    pValue: known ? certainty(estimate, alternative) : pValueOf(estimate / Math.sqrt(tested), alternative),
    estimate,
    standardError,
    confidenceInterval: {
      lower: alternative === 'less' ? -1 : Math.max(-1, estimate - width),
      upper: alternative === 'greater' ? 1 : Math.min(1, estimate + width),
      level,
    },
    samplingFractions: [n1 / populations[0], n2 / populations[1]],
    alternative,
    variance,
  }
}

function checkPopulation(sampled: number, population: number): void {
  requireCount('population', population)
  if (sampled > population) throw new StatsError('mismatch', `${sampled} sampled from ${population}`)
}

// Unbiased estimate of the variance of a share under sampling without replacement; a sample of one has no estimate, so n stands for n − 1.
function varianceOf(share: number, n: number, population: number): number {
  return ((1 - n / population) * share * (1 - share)) / Math.max(1, n - 1)
}

function pValueOf(z: number, alternative: Alternative): number {
  if (alternative === 'two-sided') return Math.min(1, 2 * normalCdf(-Math.abs(z)))
  return alternative === 'less' ? normalCdf(z) : normalCdf(-z)
}

function certainty(difference: number, alternative: Alternative): number {
  const departs = alternative === 'two-sided' ? difference !== 0 : alternative === 'less' ? difference < 0 : difference > 0
  return departs ? 0 : 1
}
