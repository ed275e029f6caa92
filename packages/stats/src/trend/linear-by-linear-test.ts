import type { Alternative } from '../confidence-interval.ts'
import { type NotTestable } from '../not-testable.ts'
import { determinant } from '../numerics/exact-arithmetic.ts'
import { type CategoryScores } from '../stratified/scores.ts'
import { countsOf, type TableInput } from '../tables/contingency-table.ts'
import { normalTails } from './normal-tails.ts'
import { scoredTable } from './scored-table.ts'

/** Options of {@link linearByLinearTest}. */
export interface LinearByLinearTestOptions {
  /**
   * Scores of the rows, or a rule for them.
   *
   * @defaultValue 'integer', that is 1, 2, 3 …
   */
  readonly rowScores?: CategoryScores
  /**
   * Scores of the columns, or a rule for them.
   *
   * @defaultValue 'integer'
   */
  readonly columnScores?: CategoryScores
  /**
   * `greater` looks for column scores that rise with the row scores, `less` for ones that fall.
   *
   * @defaultValue 'two-sided'
   */
  readonly alternative?: Alternative
}

/** Result of {@link linearByLinearTest}. */
export interface LinearByLinearTest {
  /** Names the test. */
  readonly method: 'linear-by-linear'
  /** M² = (n − 1) r². */
  readonly statistic: number
  /** Always 1. */
  readonly degreesOfFreedom: 1
  /** √(n − 1) r: standard normal under independence. */
  readonly z: number
  /** P value of the alternative. */
  readonly pValue: number
  /** Natural logarithm of the P value. */
  readonly logPValue: number
  /** Which trend was looked for. */
  readonly alternative: Alternative
  /** Correlation of the scores, from −1 to 1. */
  readonly correlation: number
  /** Scores of the rows, as numbers. */
  readonly rowScores: readonly number[]
  /** Scores of the columns, as numbers. */
  readonly columnScores: readonly number[]
}

/**
 * Linear-by-linear test: whether two ordered variables rise together.
 *
 * M² = (n − 1) r², r the correlation of the scores over the observations; more powerful than a test of independence where there
 * is a trend, blind to any other association. With midranks it is a rank correlation test.
 *
 * @remarks
 * R: `coin::lbl_test(as.table(x))`, `vcdExtra::CMHtest(x)$table['cor', ]`; SAS: `CMH1`, "Mantel–Haenszel chi-square". It is
 * {@link generalizedCochranMantelHaenszelTest} with one stratum and `association: 'correlation'`.
 * statsmodels: `Table(x).test_ordinal_association()`, whose `zscore` squared is M².
 *
 * @param table - R × C counts, both variables in order
 * @param options - scores, alternative
 * @throws A {@link StatsError} with code `mismatch` or `out-of-range` if the scores do not fit, `too-small` for a single row
 * or column, or as {@link margins} does
 *
 * @see N. Mantel, JASA 58, 1963, p. 690; A. Agresti, *Categorical Data Analysis*, 3rd ed., §3.4.1
 *
 * @example
 * ```ts @import.meta.vitest
 * const { statistic } = linearByLinearTest([[1, 2, 1, 0], [3, 3, 6, 1], [10, 10, 14, 9], [6, 7, 12, 11]]) as LinearByLinearTest
 *
 * expect(statistic).toBeCloseTo(2.98298812069264, 12)
 * ```
 */
export function linearByLinearTest(table: TableInput, options: LinearByLinearTestOptions = {}): LinearByLinearTest | NotTestable {
  const { alternative = 'two-sided' } = options
  const test = 'linear-by-linear'
  const scored = scoredTable(test, table, options.rowScores, options.columnScores)
  if ('method' in scored) return scored
  const { rows, columns, total, rowScores, columnScores, down, across } = scored
  let products = 0
  for (const [i, row] of countsOf(table).entries()) {
    for (const [j, count] of row.entries()) {
      const departure = determinant(count, rows[i] as number, columns[j] as number, total) / total
      products += (down.deviations[i] as number) * (across.deviations[j] as number) * departure
    }
  }
  const correlation = Math.max(-1, Math.min(1, products / Math.sqrt(down.squares * across.squares)))
  const z = Math.sqrt(total - 1) * correlation
  return {
    method: test,
    statistic: z * z,
    degreesOfFreedom: 1,
    z,
    ...normalTails(z, alternative),
    alternative,
    correlation,
    rowScores,
    columnScores,
  }
}
