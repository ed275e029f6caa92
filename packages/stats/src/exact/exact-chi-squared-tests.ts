import { type NotTestable } from '../not-testable.ts'
import { type TableInput } from '../tables/contingency-table.ts'
import { attendant, type ExactTableTest, exactTableTest, type ExactTableTestOptions, meterOf } from './exact-table-test.ts'
import { runInSlices, runToEnd } from './network/meter.ts'

/** Result of {@link exactPearsonTest}. */
export type ExactPearsonTest = ExactTableTest<'exact-pearson'>

/** Result of {@link exactLikelihoodRatioTest}. */
export type ExactLikelihoodRatioTest = ExactTableTest<'exact-likelihood-ratio'>

/**
 * Exact test of independence by Pearson's X²: the probability, given the margins, of an X² at least as large as observed.
 *
 * X² within a relative 1e-7 of the observed counts as equal. Empty rows and columns are left out.
 *
 * @remarks
 * R: `coin::chisq_test(x, distribution = 'exact')` for 2 × c tables, `chisq.test(x, simulate.p.value = TRUE)` otherwise; SPSS Exact Tests.
 * SciPy draws random tables, too, from 1.15 on: `scipy.stats.chi2_contingency(x, method=scipy.stats.MonteCarloMethod())`.
 *
 * @param table - R × C counts, R ≥ 2, C ≥ 2
 * @param options - width of the bracket, budget, abort signal, progress
 * @throws As {@link fisherFreemanHaltonTest} does
 * @see A. Agresti, *A survey of exact inference for contingency tables*, Statistical Science 7, 1992, p. 131
 *
 * @example
 * ```ts @import.meta.vitest
 * // Of the 70 equally likely ways, 34 give an X² of at least 2.
 * expect(exactPearsonTest([[3, 1], [1, 3]]).pValue).toBeCloseTo(34 / 70, 12)
 * ```
 */
export function exactPearsonTest(table: TableInput, options: ExactTableTestOptions = {}): ExactPearsonTest | NotTestable {
  const account = meterOf(options)
  return runToEnd(exactTableTest('exact-pearson', table, 'pearson', options, account), attendant(options, account))
}

/**
 * {@link exactPearsonTest} in slices of some ten milliseconds, between which other tasks run.
 *
 * @remarks
 * In R and SciPy as for {@link exactPearsonTest}.
 *
 * @param table - R × C counts, R ≥ 2, C ≥ 2
 * @param options - width of the bracket, budget, abort signal, progress
 * @throws As {@link fisherFreemanHaltonTest} does, by rejection
 */
export async function exactPearsonTestAsync(
  table: TableInput,
  options: ExactTableTestOptions = {},
): Promise<ExactPearsonTest | NotTestable> {
  const account = meterOf(options)
  return runInSlices(exactTableTest('exact-pearson', table, 'pearson', options, account), attendant(options, account))
}

/**
 * Exact test of independence by the likelihood ratio G: the probability, given the margins, of a G at least as large as observed.
 *
 * G within a relative 1e-7 of the observed counts as equal. Empty rows and columns are left out.
 *
 * @remarks
 * SPSS Exact Tests and StatXact have it; R and SciPy do not.
 *
 * @param table - R × C counts, R ≥ 2, C ≥ 2
 * @param options - width of the bracket, budget, abort signal, progress
 * @throws As {@link fisherFreemanHaltonTest} does
 * @see A. Agresti, *A survey of exact inference for contingency tables*, Statistical Science 7, 1992, p. 131
 *
 * @example
 * ```ts @import.meta.vitest
 * expect(exactLikelihoodRatioTest([[3, 1], [1, 3]]).pValue).toBeCloseTo(34 / 70, 12)
 * ```
 */
export function exactLikelihoodRatioTest(table: TableInput, options: ExactTableTestOptions = {}): ExactLikelihoodRatioTest | NotTestable {
  const account = meterOf(options)
  return runToEnd(exactTableTest('exact-likelihood-ratio', table, 'likelihood-ratio', options, account), attendant(options, account))
}

/**
 * {@link exactLikelihoodRatioTest} in slices of some ten milliseconds, between which other tasks run.
 *
 * @remarks
 * In R and SciPy as for {@link exactLikelihoodRatioTest}.
 *
 * @param table - R × C counts, R ≥ 2, C ≥ 2
 * @param options - width of the bracket, budget, abort signal, progress
 * @throws As {@link fisherFreemanHaltonTest} does, by rejection
 */
export async function exactLikelihoodRatioTestAsync(
  table: TableInput,
  options: ExactTableTestOptions = {},
): Promise<ExactLikelihoodRatioTest | NotTestable> {
  const account = meterOf(options)
  return runInSlices(exactTableTest('exact-likelihood-ratio', table, 'likelihood-ratio', options, account), attendant(options, account))
}
