import { requireOneOf } from '../argument-checks.ts'
import type { NotTestable } from '../not-testable.ts'
import { deviancePart } from '../numerics/deviance-part.ts'
import { determinant } from '../numerics/exact-arithmetic.ts'
import { countsOf, type TableInput } from '../tables/contingency-table.ts'
import { expectedFrom } from '../tables/expected-counts.ts'
import { adequacyOf, testableMargins } from './adequacy.ts'
import { type AsymptoticTest, tails } from './chi-squared-test.ts'

/** Options of {@link likelihoodRatioTest}. */
export interface LikelihoodRatioTestOptions {
  /**
   * `williams` divides G by q = 1 + (n Σ 1/rowᵢ − 1)(n Σ 1/columnⱼ − 1) / (6 n (R − 1)(C − 1)), which brings small samples
   * closer to the chi-squared distribution.
   *
   * @defaultValue 'none'
   */
  readonly correction?: 'none' | 'williams'
}

/** Result of {@link likelihoodRatioTest}. */
export interface LikelihoodRatioTest extends AsymptoticTest {
  /** Names the test. */
  readonly method: 'likelihood-ratio'
  /** The correction that was applied. */
  readonly correction: 'none' | 'williams'
  /** Expected counts under independence, same shape as the counts. */
  readonly expected: readonly (readonly number[])[]
}

/**
 * Likelihood-ratio (G) test of independence of rows and columns.
 *
 * G = 2 Σᵢⱼ Oᵢⱼ ln(Oᵢⱼ / Eᵢⱼ), on (R − 1)(C − 1) degrees of freedom. It is summed as 2 Σ [O ln(O / E) − (O − E)], whose
 * terms are all positive, so that nothing cancels where counts are large.
 *
 * @remarks
 * SciPy: `chi2_contingency(x, correction=False, lambda_='log-likelihood')`, which loses eight digits at n = 5 · 10⁸.
 * R: `DescTools::GTest(x, correct = 'none')`, with Williams's correction `correct = 'williams'`.
 *
 * @param table - R × C counts, R ≥ 2, C ≥ 2
 * @param options - Williams's correction
 * @throws A {@link StatsError} with code `too-small` for a single row or column, or as {@link margins} does
 *
 * @see R. R. Sokal and F. J. Rohlf, *Biometry*, 4th ed., box 17.6; D. A. Williams, Biometrika 63, 1976, p. 33
 *
 * @example
 * ```ts @import.meta.vitest
 * expect(likelihoodRatioTest([[3, 1], [1, 3]]).statistic).toBeCloseTo(2.0929925750581915, 14)
 * ```
 */
export function likelihoodRatioTest(table: TableInput, options: LikelihoodRatioTestOptions = {}): LikelihoodRatioTest | NotTestable {
  const { correction = 'none' } = options
  requireOneOf('correction', correction, 'none', 'williams')
  const totals = testableMargins('likelihood-ratio', table)
  if ('method' in totals) return totals
  const { rows, columns, total } = totals
  const counts = countsOf(table)
  const expected = expectedFrom(rows, columns, total)
  let statistic = 0
  for (const [i, row] of counts.entries()) {
    for (const [j, observed] of row.entries()) {
      const difference = determinant(observed, rows[i] as number, columns[j] as number, total) / total
      statistic += 2 * deviancePart(observed, (expected[i] as number[])[j] as number, difference)
    }
  }
  const degreesOfFreedom = (rows.length - 1) * (columns.length - 1)
  if (correction === 'williams') {
    statistic /= 1 + (spread(rows, total) * spread(columns, total)) / (6 * total * degreesOfFreedom)
  }
  return {
    method: 'likelihood-ratio',
    correction,
    statistic,
    degreesOfFreedom,
    ...tails(statistic, degreesOfFreedom),
    expected,
    ...adequacyOf(expected),
  }
}

/** n Σ 1/margin − 1. */
const spread = (totals: readonly number[], total: number): number => totals.reduce((sum, margin) => sum + total / margin, -1)
