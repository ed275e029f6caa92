import { StatsError } from '../errors.ts'
import { margins, type TableInput } from './contingency-table.ts'

/**
 * Counts that independence of rows and columns leads one to expect: Eᵢⱼ = rowᵢ · columnⱼ / n.
 *
 * @remarks
 * R: `chisq.test(x)$expected`. SciPy: `scipy.stats.contingency.expected_freq(x)`.
 *
 * @param table - R × C counts, R ≥ 1, C ≥ 1
 * @returns expected counts, same shape; `null` if the table has no observations
 * @throws A {@link StatsError} as {@link margins} does
 *
 * @example
 * ```ts @import.meta.vitest
 * expect(expectedCounts([[3, 1], [1, 3]])).toEqual([[2, 2], [2, 2]])
 * ```
 */
export function expectedCounts(table: TableInput): readonly (readonly number[])[] | null {
  const { rows, columns, total } = margins(table)
  return total === 0 ? null : expectedFrom(rows, columns, total)
}

/** Expected counts from margins that are known to be good. */
export function expectedFrom(rows: readonly number[], columns: readonly number[], total: number): number[][] {
  const expected = new Array<number[]>(rows.length)
  for (let i = 0; i < rows.length; i++) {
    const share = rows[i] as number
    const cells = new Array<number>(columns.length)
    for (let j = 0; j < columns.length; j++) cells[j] = (share * (columns[j] as number)) / total
    expected[i] = cells
  }
  return expected
}

/** Refuses a table with a single row or column, which is no table of two variables. */
export function requireTwoVariables(test: string, height: number, width: number): void {
  if (height < 2 || width < 2) {
    throw new StatsError(
      'too-small',
      `${test} needs at least 2 × 2 cells, the table is ${height} × ${width}; for the counts of one variable use goodnessOfFitTest`,
    )
  }
}
