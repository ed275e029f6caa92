import { requirePositiveInteger } from '../argument-checks.ts'
import { countsOf, margins as marginsOf, type TableInput } from '../tables/contingency-table.ts'

/** A table whose every number is rounded on its own, so that totals need not add up. */
export interface RoundedTable {
  /** Rounded cells. */
  readonly counts: readonly (readonly number[])[]
  /** Rounded row totals. */
  readonly rows: readonly number[]
  /** Rounded column totals. */
  readonly columns: readonly number[]
  /** Rounded grand total. */
  readonly total: number
  /** The base that the numbers are multiples of. */
  readonly base: number
}

/**
 * Rounds every count and every total to the nearest multiple of a base, a half upwards.
 *
 * @remarks
 * R: `base * floor(x / base + 0.5)`. No SciPy counterpart.
 *
 * @param table - R × C counts
 * @param options - `base`, a positive integer (default 5)
 * @throws A {@link StatsError} with code `out-of-range` for a base that is not a positive integer
 *
 * @example
 * ```ts @import.meta.vitest
 * expect(roundCounts([[3, 8], [12, 22]]).counts).toEqual([[5, 10], [10, 20]])
 * ```
 */
export function roundCounts(table: TableInput, options: { readonly base?: number } = {}): RoundedTable {
  const base = options.base ?? 5
  requirePositiveInteger('base', base)
  const { rows, columns, total } = marginsOf(table)
  const round = (count: number): number => Math.floor((2 * count + base) / (2 * base)) * base
  return {
    counts: countsOf(table).map((row) => row.map(round)),
    rows: rows.map(round),
    columns: columns.map(round),
    total: round(total),
    base,
  }
}
