import { requireCount } from '../argument-checks.ts'
import { StatsError } from '../errors.ts'
import { type NotTestable, notTestable } from '../not-testable.ts'
import { determinant } from '../numerics/exact-arithmetic.ts'
import { adequacyOf } from './adequacy.ts'
import { type AsymptoticTest, tails } from './chi-squared-test.ts'
import { lambdaOf, type PowerDivergence, unbounded } from './cressie-read-test.ts'
import { type CategoryProbabilities, oneVariable } from './null-distribution.ts'
import { powerDivergencePart } from './power-divergence.ts'

/** Options of {@link goodnessOfFitTest}. */
export interface GoodnessOfFitTestOptions extends CategoryProbabilities {
  /**
   * The statistic: a member of the power-divergence family by name, or λ.
   *
   * @defaultValue 'pearson'
   */
  readonly lambda?: PowerDivergence | number
  /**
   * How many parameters of the distribution were estimated from the same counts; each costs a degree of freedom.
   *
   * @defaultValue 0
   */
  readonly estimatedParameters?: number
}

/** Result of {@link goodnessOfFitTest}. */
export interface GoodnessOfFitTest extends AsymptoticTest {
  /** Names the test. */
  readonly method: 'goodness-of-fit'
  /** λ of the statistic; 1 is Pearson's X², 0 is G. */
  readonly lambda: number
  /** Expected count of each category. */
  readonly expected: readonly number[]
}

/**
 * Test whether the counts of one variable fit given probabilities.
 *
 * X² = Σᵢ (Oᵢ − Eᵢ)² / Eᵢ with Eᵢ = n pᵢ, or another power divergence, on k − 1 degrees of freedom less one for each
 * estimated parameter.
 *
 * @remarks
 * R: `chisq.test(observed, p = p)`, and `rescale.p = TRUE` for ratios. SciPy: `chisquare(observed, n * p)`,
 * `power_divergence(observed, n * p, lambda_=…)`.
 *
 * @param observed - k counts, k ≥ 2
 * @param options - probabilities or ratios, the statistic, the number of estimated parameters
 * @throws A {@link StatsError} with code `too-small` for fewer than two categories or no degree of freedom, `mismatch` if the
 * probabilities do not match the counts in number, `out-of-range` if one is not above 0 or they do not add up to 1, `not-a-count`
 * if `estimatedParameters` is none, or as {@link margins} does
 *
 * @example
 * ```ts @import.meta.vitest
 * const { statistic, pValue } = goodnessOfFitTest([315, 108, 101, 32], { ratios: [9, 3, 3, 1] })
 *
 * expect(statistic).toBeCloseTo(0.47002398081534774, 13)
 * expect(pValue).toBeCloseTo(0.925425895103616, 12)
 * ```
 */
export function goodnessOfFitTest(observed: readonly number[], options: GoodnessOfFitTestOptions = {}): GoodnessOfFitTest | NotTestable {
  const { estimatedParameters = 0 } = options
  const lambda = lambdaOf(options.lambda ?? 'pearson')
  const { total, weights, whole } = oneVariable(observed, options)
  const degreesOfFreedom = observed.length - 1 - estimatedParameters
  requireCount('estimatedParameters', estimatedParameters)
  if (degreesOfFreedom < 1) {
    throw new StatsError('too-small', `${observed.length} categories leave no degree of freedom after ${estimatedParameters} estimates`)
  }
  if (total === 0) return notTestable('goodness-of-fit', 'no-observations', 'there are no observations')
  const expected = weights.map((weight) => (total * weight) / whole)
  let statistic = 0
  for (const [i, count] of observed.entries()) {
    const difference = determinant(count, total, weights[i] as number, whole) / whole
    statistic += powerDivergencePart(count, expected[i] as number, difference, lambda)
  }
  if (statistic === Infinity) return unbounded('goodness-of-fit', lambda)
  return {
    method: 'goodness-of-fit',
    lambda,
    statistic,
    degreesOfFreedom,
    ...tails(statistic, degreesOfFreedom),
    expected,
    ...adequacyOf([expected]),
  }
}
