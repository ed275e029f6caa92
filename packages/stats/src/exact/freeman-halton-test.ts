import { type NotTestable } from '../not-testable.ts'
import { type TableInput } from '../tables/contingency-table.ts'
import { attendant, type ExactTableTest, exactTableTest, type ExactTableTestOptions, meterOf } from './exact-table-test.ts'
import { runInSlices, runToEnd } from './network/meter.ts'

/** Result of {@link fisherFreemanHaltonTest}. */
export type FisherFreemanHaltonTest = ExactTableTest<'fisher-freeman-halton'>

/**
 * Fisher's exact test for r × c tables (Freeman and Halton): exact where the work allows, otherwise a bracket that
 * contains the exact P value with certainty.
 *
 * P = Σ p(x) over all tables x with the observed margins and p(x) ≤ p(observed) · (1 + 1e-7),
 * p(x) = Πᵢ rᵢ! Πⱼ cⱼ! / (n! Πᵢⱼ xᵢⱼ!). Nothing is simulated: the same table gives the same result everywhere, and the
 * budget counts steps and bytes, not seconds.
 *
 * Empty rows and columns are left out, which does not change P.
 *
 * @remarks
 * R: `fisher.test(x, workspace = 2e8)`, which refuses many tables of a few hundred observations, and before R 4.4.3 gave wrong
 * P values for sparse tables from about 6 × 10 on. SciPy: `fisher_exact(x)` simulates tables other than 2 × 2.
 *
 * @param table - R × C counts, R ≥ 2, C ≥ 2
 * @param options - width of the bracket, budget, abort signal, progress
 * @throws A {@link StatsError} with code `too-small` for a single row or column, `out-of-range` for a width below 0 or a budget
 * that is not above 0, and those of {@link margins}; the signal's reason if it was aborted
 * @see G. H. Freeman and J. H. Halton, Biometrika 38, 1951, p. 141; C. R. Mehta and N. R. Patel, JASA 78, 1983, p. 427
 *
 * @example Job satisfaction by income (A. Agresti, *Categorical Data Analysis*, 2002, p. 57)
 * ```ts @import.meta.vitest
 * const { status, pValue } = fisherFreemanHaltonTest([[1, 2, 1, 0], [3, 3, 6, 1], [10, 10, 14, 9], [6, 7, 12, 11]])
 *
 * expect(status).toBe('exact')
 * expect(pValue).toBeCloseTo(0.78268493896639, 12)
 * ```
 */
export function fisherFreemanHaltonTest(table: TableInput, options: ExactTableTestOptions = {}): FisherFreemanHaltonTest | NotTestable {
  const account = meterOf(options)
  return runToEnd(exactTableTest('fisher-freeman-halton', table, 'probability', options, account), attendant(options, account))
}

/**
 * {@link fisherFreemanHaltonTest} in slices of some ten milliseconds, between which other tasks run.
 *
 * For long computations in a page or a server prefer a worker, see `createStatsWorker` in the subpath `worker`.
 *
 * @remarks
 * In R and SciPy as for {@link fisherFreemanHaltonTest}.
 *
 * @param table - R × C counts, R ≥ 2, C ≥ 2
 * @param options - width of the bracket, budget, abort signal, progress
 * @throws As {@link fisherFreemanHaltonTest} does, by rejection
 *
 * @example
 * ```ts @import.meta.vitest
 * const { pValue } = await fisherFreemanHaltonTestAsync([[3, 5, 2], [7, 1, 6]])
 *
 * expect(pValue).toBeCloseTo(0.10111173656065, 12)
 * ```
 */
export async function fisherFreemanHaltonTestAsync(
  table: TableInput,
  options: ExactTableTestOptions = {},
): Promise<FisherFreemanHaltonTest | NotTestable> {
  const account = meterOf(options)
  return runInSlices(exactTableTest('fisher-freeman-halton', table, 'probability', options, account), attendant(options, account))
}
