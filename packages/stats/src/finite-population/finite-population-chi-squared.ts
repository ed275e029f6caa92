import { chiSquaredUpperTail } from '../distributions/chi-squared.ts'
import { requireCount } from '../argument-checks.ts'
import { StatsError } from '../errors.ts'
import { chiSquaredTest } from '../independence/chi-squared-test.ts'
import { type NotTestable, notTestable } from '../not-testable.ts'
import { margins, type TableInput } from '../tables/contingency-table.ts'

/** Result of {@link finitePopulationChiSquaredTest}. */
export interface FinitePopulationChiSquaredTest {
  /** Tells this test apart from others. */
  readonly method: 'finite-population-chi-squared'
  /** X² / (1 − n / N), at least 0. */
  readonly statistic: number
  /** (R − 1)(C − 1). */
  readonly degreesOfFreedom: number
  /** Upper-tail probability; unrounded. */
  readonly pValue: number
  /** X² without correction. */
  readonly uncorrectedStatistic: number
  /** n / N, below 1. */
  readonly samplingFraction: number
  /** Whether the chi-squared approximation can be trusted (no expected count below 1, at most a fifth below 5). */
  readonly approximation: 'adequate' | 'small-expected-counts'
}

/**
 * Pearson's test of independence in a finite population of N, of whom n were drawn at random without replacement.
 *
 * X² / (1 − n / N): sampling without replacement shrinks every variance by that factor. The null hypothesis is about the population as it
 * is: that its table shows no association beyond what the sampling of n could make.
 *
 * @remarks
 * R: `survey::svychisq(~a + b, svydesign(~1, fpc = ~N), statistic = "Chisq")`, up to its second-order correction of P. No SciPy counterpart.
 *
 * @param table - R × C counts of the sample
 * @param population - N, at least n
 * @returns the test, or {@link NotTestable} with reason `zero-margin`, `no-observations`, or `no-variation` where everybody was
 * seen, so that nothing is left to chance
 * @throws A {@link StatsError} with code `ragged`, `not-a-count`, `too-small` for a table below 2 × 2, or `mismatch` if n exceeds N
 * @see J. N. K. Rao and A. J. Scott, *The analysis of categorical data from complex sample surveys*, JASA 76, 1981, section 3
 *
 * @example
 * ```ts @import.meta.vitest
 * const { statistic } = finitePopulationChiSquaredTest([[40, 55], [22, 74]], 226)
 *
 * expect(statistic).toBeCloseTo(8.019240281561618 / (1 - 191 / 226), 11)
 * ```
 */
export function finitePopulationChiSquaredTest(table: TableInput, population: number): FinitePopulationChiSquaredTest | NotTestable {
  const method = 'finite-population-chi-squared'
  const { total } = margins(table)
  requireCount('population', population)
  if (total > population) throw new StatsError('mismatch', `${total} sampled from ${population}`)
  const test = chiSquaredTest(table)
  if (test.method === 'not-testable') return { ...test, test: method }
  if (total === population) return notTestable(method, 'no-variation', 'everybody was seen: the association is known')
  const { statistic: uncorrectedStatistic, degreesOfFreedom, approximation } = test
  const statistic = uncorrectedStatistic * (population / (population - total))
  return {
    method,
    statistic,
    degreesOfFreedom,
    pValue: chiSquaredUpperTail(statistic, degreesOfFreedom),
    uncorrectedStatistic,
    samplingFraction: total / population,
    approximation,
  }
}
