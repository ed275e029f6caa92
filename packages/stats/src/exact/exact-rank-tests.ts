import { type Alternative, requireAlternative } from '../confidence-interval.ts'
import { type NotTestable, notTestable } from '../not-testable.ts'
import { scoresOf } from '../stratified/scores.ts'
import { countsOf, margins, type TableInput } from '../tables/contingency-table.ts'
import { requireTwoVariables } from '../tables/expected-counts.ts'
import { distributionByRows } from './row-by-row.ts'

/** Result of {@link exactKruskalWallisTest}. */
export interface ExactKruskalWallisTest {
  /** Tells this result apart from those of other tests. */
  readonly method: 'kruskal-wallis-exact'
  /** H with the correction for ties, at least 0. */
  readonly statistic: number
  /** None: the distribution is exact. */
  readonly degreesOfFreedom: null
  /** P value, unrounded. */
  readonly pValue: number
  /** Mean midrank of the columns in each row; `null` for an empty row. */
  readonly meanRanks: readonly (number | null)[]
}

/**
 * Exact Kruskal–Wallis test of an r × c table whose columns are ordered and whose rows are not.
 *
 * H compares the mean midranks of the rows; P is the probability of an H at least as large among all tables with the same
 * margins. With two rows it is the exact two-sided Wilcoxon test.
 *
 * @remarks
 * R: `kruskal.test` is asymptotic; `coin::kruskal_test(y ~ g, distribution = 'exact')` is exact for two groups only, and
 * approximate otherwise. SciPy: `scipy.stats.kruskal` is asymptotic.
 *
 * @param table - r × c counts, columns in order
 * @returns the test, or {@link NotTestable} if there are no observations, or all are in one row or one column
 * @throws A {@link StatsError} with code `too-small` for a single row or column, `too-large` if the distribution needs more
 * than some 10⁷ rows tried, or as {@link margins} does
 * @see W. H. Kruskal and W. A. Wallis, *Use of ranks in one-criterion variance analysis*, JASA 47, 1952
 *
 * @example
 * ```ts @import.meta.vitest
 * const { statistic, pValue } = exactKruskalWallisTest([[3, 0, 0], [0, 3, 0], [0, 0, 3]]) as ExactKruskalWallisTest
 *
 * expect(statistic).toBeCloseTo(8, 12)
 * // Six of the 1,680 ways to fill the rows separate them so well.
 * expect(pValue).toBeCloseTo(6 / 1680, 14)
 * ```
 */
export function exactKruskalWallisTest(table: TableInput): ExactKruskalWallisTest | NotTestable {
  const method = 'kruskal-wallis-exact'
  const { rows, columns, total } = margins(table)
  requireTwoVariables(method, rows.length, columns.length)
  const without = unanswerable(method, rows, columns, total)
  if (without !== null) return without

  const counts = countsOf(table)
  // Twice the midranks, less their mean: whole numbers that add up to zero.
  const ranks = scoresOf('midrank', columns, total).map((rank) => 2 * rank - (total + 1))
  const filled = rows.filter((size) => size > 0)
  const multiple = filled.reduce((product, size) => leastMultiple(product, size), 1)
  // Where the common multiple of the row totals is too large for whole numbers, sums are rounded to the last few bits.
  const range = multiple * total * (2 * total) ** 2
  const exact = range < Number.MAX_SAFE_INTEGER
  const unit = exact ? 1 / multiple : (total * (2 * total) ** 2) / 2 ** 46
  const part = (cells: readonly number[], size: number): number => {
    let sum = 0
    for (const [j, cell] of cells.entries()) sum += cell * (ranks[j] as number)
    return exact ? sum * sum * (multiple / size) : Math.round((sum * sum) / (size * unit))
  }
  const observed = counts.reduce((sum, row, i) => sum + (rows[i] === 0 ? 0 : part(row, rows[i] as number)), 0)
  const distribution = distributionByRows(filled, columns, (cells, _, i) => part(cells, filled[i] as number))
  const fuzz = exact ? 0 : 2 * filled.length
  let pValue = 0
  for (const [sum, probability] of distribution) if (sum >= observed - fuzz) pValue += probability

  const squares = ranks.reduce((sum, rank, j) => sum + (columns[j] as number) * rank * rank, 0)
  return {
    method,
    statistic: ((total - 1) * observed * unit) / squares,
    degreesOfFreedom: null,
    pValue: Math.min(1, pValue),
    meanRanks: counts.map((row, i) => {
      const size = rows[i] as number
      return size === 0 ? null : (row.reduce((sum, cell, j) => sum + cell * (ranks[j] as number), 0) / size + total + 1) / 2
    }),
  }
}

/** Options of {@link exactJonckheereTerpstraTest}. */
export interface ExactJonckheereTerpstraTestOptions {
  /**
   * `greater` looks for columns that rise with the rows, `less` for ones that fall.
   *
   * @defaultValue 'two-sided'
   */
  readonly alternative?: Alternative
}

/** Result of {@link exactJonckheereTerpstraTest}. */
export interface ExactJonckheereTerpstraTest {
  /** Tells this result apart from those of other tests. */
  readonly method: 'jonckheere-terpstra-exact'
  /** Pairs of observations in which the later row has the later column, half of the pairs with the same column included. */
  readonly statistic: number
  /** None: the distribution is exact. */
  readonly degreesOfFreedom: null
  /** Mean of the statistic without a trend. */
  readonly expected: number
  /** P value, unrounded. */
  readonly pValue: number
  /** Which trend was looked for. */
  readonly alternative: Alternative
}

/**
 * Exact Jonckheere–Terpstra test for a trend in an r × c table with ordered rows and ordered columns.
 *
 * J = Σ over pairs of rows i < k of the Mann–Whitney count of row k over row i; P is found among all tables with the same
 * margins. Two-sided, values at least as far from the mean count.
 *
 * @remarks
 * R: `clinfun::jonckheere.test` (exact without ties only), `DescTools::JonckheereTerpstraTest`. SciPy: none.
 *
 * @param table - r × c counts, rows and columns in order
 * @param options - {@link ExactJonckheereTerpstraTestOptions}
 * @returns the test, or {@link NotTestable} if there are no observations, or all are in one row or one column
 * @throws A {@link StatsError} with code `too-small` for a single row or column, `too-large` if the distribution needs more
 * than some 10⁷ rows tried, or as {@link margins} does
 * @see A. R. Jonckheere, *A distribution-free k-sample test against ordered alternatives*, Biometrika 41, 1954
 *
 * @example
 * ```ts @import.meta.vitest
 * const result = exactJonckheereTerpstraTest([[3, 0, 0], [0, 3, 0], [0, 0, 3]], { alternative: 'greater' })
 *
 * expect(result).toMatchObject({ statistic: 27, expected: 13.5 })
 * expect(result.pValue).toBeCloseTo(1 / 1680, 14)
 * ```
 */
export function exactJonckheereTerpstraTest(
  table: TableInput,
  options: ExactJonckheereTerpstraTestOptions = {},
): ExactJonckheereTerpstraTest | NotTestable {
  const { alternative = 'two-sided' } = options
  requireAlternative(alternative)
  const method = 'jonckheere-terpstra-exact'
  const { rows, columns, total } = margins(table)
  requireTwoVariables(method, rows.length, columns.length)
  const without = unanswerable(method, rows, columns, total)
  if (without !== null) return without

  // Twice the pairs of a row with all rows after it.
  const pairs = (cells: readonly number[], left: readonly number[]): number => {
    let sum = 0
    let later = 0
    for (let j = cells.length - 1; j >= 0; j--) {
      sum += (cells[j] as number) * (2 * later + (left[j] as number))
      later += left[j] as number
    }
    return sum
  }
  let left: readonly number[] = columns
  let doubled = 0
  for (const row of countsOf(table)) {
    left = left.map((count, j) => count - (row[j] as number))
    doubled += pairs(row, left)
  }
  const distribution = distributionByRows(rows, columns, pairs)
  // Twice the mean is the number of pairs of observations from different rows.
  const mean = (total * total - rows.reduce((sum, size) => sum + size * size, 0)) / 2
  const own = doubled - mean
  let pValue = 0
  for (const [value, probability] of distribution) {
    const d = value - mean
    if (alternative === 'greater' ? d >= own : alternative === 'less' ? d <= own : Math.abs(d) >= Math.abs(own)) pValue += probability
  }
  return { method, statistic: doubled / 2, degreesOfFreedom: null, expected: mean / 2, pValue: Math.min(1, pValue), alternative }
}

function unanswerable(method: string, rows: readonly number[], columns: readonly number[], total: number): NotTestable | null {
  if (total === 0) return notTestable(method, 'no-observations', 'the table has no observations')
  if (rows.includes(total) || columns.includes(total))
    return notTestable(method, 'no-variation', 'all observations are in one row or one column')
  return null
}

function leastMultiple(a: number, b: number): number {
  let [x, y] = [a, b]
  while (y > 0) [x, y] = [y, x % y]
  return (a / x) * b
}
