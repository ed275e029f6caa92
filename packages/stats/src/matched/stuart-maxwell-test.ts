import { chiSquaredUpperTail } from '../distributions/chi-squared.ts'
import { type NotTestable, notTestable } from '../not-testable.ts'
import { laplacianForm } from '../numerics/laplacian-form.ts'
import { type TableInput } from '../tables/contingency-table.ts'
import { squareTable } from './square-table.ts'

/** Result of {@link stuartMaxwellTest} and {@link bhapkarTest}. */
export interface MarginalHomogeneityTest {
  /** Which test. */
  readonly method: 'stuart-maxwell' | 'bhapkar'
  /** X², ≥ 0. */
  readonly statistic: number
  /** Categories less one; one less for each group of categories that no subject enters from, or leaves to, another. */
  readonly degreesOfFreedom: number
  /** Upper-tail probability. */
  readonly pValue: number
  /** Row total minus column total of each category. */
  readonly differences: readonly number[]
}

/**
 * Stuart and Maxwell's test of marginal homogeneity: whether categories are equally frequent at both measurements.
 *
 * X² = dᵀ S⁻ d with dᵢ = nᵢ₊ − n₊ᵢ, Sᵢᵢ = nᵢ₊ + n₊ᵢ − 2nᵢᵢ, Sᵢⱼ = −(nᵢⱼ + nⱼᵢ).
 *
 * @remarks
 * R: `DescTools::StuartMaxwellTest(x)`, `coin::mh_test(as.table(x))`. statsmodels: `SquareTable(x, shift_zeros=False).homogeneity('stuart_maxwell')`.
 * Where S is singular, as with a category nobody used, those answer in different ways; here the degrees of freedom are its rank.
 *
 * @param table - k × k counts of pairs, both variables with the same categories in the same order
 * @throws A {@link StatsError} with code `mismatch` if the table is not square, `too-small` if 1 × 1, or as {@link margins} does
 *
 * @see Maxwell AE, "Comparing the classification of subjects by two independent judges", British Journal of Psychiatry 116 (1970) 651-655
 *
 * @example
 * ```ts @import.meta.vitest
 * const test = stuartMaxwellTest([[20, 10, 5], [3, 30, 15], [0, 5, 40]])
 *
 * expect(test.statistic).toBeCloseTo(13.764706, 6)
 * expect(test.degreesOfFreedom).toBe(2)
 * ```
 */
export function stuartMaxwellTest(table: TableInput): MarginalHomogeneityTest | NotTestable {
  const { form, rank, differences } = marginalForm(table)
  if (rank === 0) return notTestable('stuart-maxwell', 'no-variation', 'every subject is in the same category both times')
  return { method: 'stuart-maxwell', statistic: form, degreesOfFreedom: rank, pValue: chiSquaredUpperTail(form, rank), differences }
}

/**
 * Bhapkar's test of marginal homogeneity, Stuart and Maxwell's with the variance not taken under the hypothesis.
 *
 * X² = X²ₛₘ / (1 − X²ₛₘ / n): larger, and the more powerful of the two.
 *
 * @remarks
 * R: `irr::bhapkar`, `DescTools::BhapkarTest(x)`. statsmodels: `SquareTable(x, shift_zeros=False).homogeneity('bhapkar')`.
 *
 * @param table - k × k counts of pairs, both variables with the same categories in the same order
 * @throws A {@link StatsError} as {@link stuartMaxwellTest} does
 *
 * @see Bhapkar VP, "A note on the equivalence of two test criteria for hypotheses in categorical data", JASA 61 (1966) 228-235
 *
 * @example
 * ```ts @import.meta.vitest
 * expect(bhapkarTest([[20, 10, 5], [3, 30, 15], [0, 5, 40]]).statistic).toBeCloseTo(15.423275, 6)
 * ```
 */
export function bhapkarTest(table: TableInput): MarginalHomogeneityTest | NotTestable {
  const { form, rank, differences, total } = marginalForm(table)
  if (rank === 0) return notTestable('bhapkar', 'no-variation', 'every subject is in the same category both times')
  // X²ₛₘ = n if every subject moves, and all that leave a category go where nobody leaves: the estimated variance is then zero.
  if (form >= total * (1 - 1e-14))
    return notTestable('bhapkar', 'no-variation', 'every subject moves the same way, which leaves no variance')
  const statistic = form / (1 - form / total)
  return { method: 'bhapkar', statistic, degreesOfFreedom: rank, pValue: chiSquaredUpperTail(statistic, rank), differences }
}

function marginalForm(table: TableInput): { form: number; rank: number; differences: number[]; total: number } {
  const { counts, margins } = squareTable(table)
  const differences = margins.rows.map((row, i) => row - (margins.columns[i] as number))
  const weights = counts.map((row, i) => Float64Array.from(row, (count, j) => count + (counts[j]?.[i] as number)))
  return { ...laplacianForm(weights, Float64Array.from(differences)), differences, total: margins.total }
}
