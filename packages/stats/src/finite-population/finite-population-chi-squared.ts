import { chiSquaredUpperTail } from '../distributions/chi-squared.ts'
import { requireCount } from '../distributions/parameters.ts'
import { StatsError } from '../errors.ts'
import { type NotTestable, notTestable } from '../not-testable.ts'
import { countsOf, margins, type TableInput } from '../tables/contingency-table.ts'

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
  const { rows, columns, total } = margins(table)
  const method = 'finite-population-chi-squared'
  requireCount('population', population)
  if (rows.length < 2 || columns.length < 2) {
    throw new StatsError('too-small', `the table is ${rows.length} × ${columns.length}, expected at least 2 × 2`)
  }
  if (total > population) throw new StatsError('mismatch', `${total} sampled from ${population}`)
  if (total === 0) return notTestable(method, 'no-observations', 'the table has no observations')
  if (rows.includes(0) || columns.includes(0)) return notTestable(method, 'zero-margin', 'a row or column has no observations')
  if (total === population) return notTestable(method, 'no-variation', 'everybody was seen: the association is known')
  let uncorrectedStatistic = 0
  let small = 0
  let tiny = false
  countsOf(table).forEach((row, i) =>
    row.forEach((observed, j) => {
      const expected = ((rows[i] as number) / total) * (columns[j] as number)
      uncorrectedStatistic += (observed - expected) ** 2 / expected
      if (expected < 5) small++
      if (expected < 1) tiny = true
    }),
  )
  const samplingFraction = total / population
  const statistic = uncorrectedStatistic * (population / (population - total))
  const degreesOfFreedom = (rows.length - 1) * (columns.length - 1)
  return {
    method,
    statistic,
    degreesOfFreedom,
    pValue: chiSquaredUpperTail(statistic, degreesOfFreedom),
    uncorrectedStatistic,
    samplingFraction,
    approximation: !tiny && small <= (rows.length * columns.length) / 5 ? 'adequate' : 'small-expected-counts',
  }
}
