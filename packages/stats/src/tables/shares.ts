import { requireOneOf } from '../argument-checks.ts'
import { countsOf, margins, type TableInput } from './contingency-table.ts'

/** What the shares of a table are shares of. */
export type ShareOf = 'row' | 'column' | 'total'

/**
 * Each count as a share of its row, its column or the grand total.
 *
 * @remarks
 * R: `proportions(x, 1)` (rows), `proportions(x, 2)` (columns), `proportions(x)` (total). Where R gives `NaN`, because a
 * row or column is empty, this gives `null`: nobody was asked, so there is no share. No SciPy counterpart.
 *
 * @param table - R × C counts
 * @param of - the base: `'row'`, `'column'` or `'total'`
 * @returns shares from 0 to 1, same shape as the counts; `null` where the base is zero
 * @throws A {@link StatsError} as {@link margins} does
 *
 * @example
 * ```ts @import.meta.vitest
 * expect(shares([[1, 3], [0, 0]], 'row')).toEqual([[0.25, 0.75], [null, null]])
 * ```
 */
export function shares(table: TableInput, of: ShareOf): readonly (readonly (number | null)[])[] {
  requireOneOf('of', of, 'row', 'column', 'total')
  const { rows, columns, total } = margins(table)
  const baseOf = (i: number, j: number): number => {
    switch (of) {
      case 'row':
        return rows[i] as number
      case 'column':
        return columns[j] as number
      case 'total':
        return total
    }
  }
  return countsOf(table).map((row, i) =>
    row.map((count, j) => {
      const base = baseOf(i, j)
      return base === 0 ? null : count / base
    }),
  )
}
