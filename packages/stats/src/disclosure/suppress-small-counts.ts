import { requirePositiveInteger } from '../argument-checks.ts'
import { countsOf, margins as marginsOf, type TableInput } from '../tables/contingency-table.ts'
import { cheapestDetour, largestShift, tableNetwork } from './table-network.ts'

/** Options of {@link suppressSmallCounts}. */
export interface SuppressionOptions {
  /**
   * Counts from 1 up to, and not including, this are hidden, in cells and in totals.
   *
   * @defaultValue 5
   */
  readonly threshold?: number
  /**
   * Whether a zero counts as small: it tells that nobody of a row is in a column.
   *
   * @defaultValue 'published'
   */
  readonly zeros?: 'published' | 'suppressed'
  /**
   * How wide the range of values that fit what is published must be for each cell that is small; wider is safer and hides more.
   *
   * @defaultValue threshold − 1, so that a hidden cell cannot be placed within the small counts
   */
  readonly protection?: number
}

/** A hidden cell or total, with what a reader could work out about it. */
export interface SuppressedCell {
  /** Row, or the number of rows for the column totals. */
  readonly row: number
  /** Column, or the number of columns for the row totals. */
  readonly column: number
  /** Small itself, or hidden so that a small one cannot be found by subtraction. */
  readonly kind: 'primary' | 'secondary'
  /** Smallest value that fits what is published. */
  readonly lower: number
  /** Largest value that fits what is published; `null` where nothing published bounds it. */
  readonly upper: number | null
}

/** A table as it may be published; `null` stands for a hidden number. */
export interface SuppressedTable {
  /** Cells. */
  readonly counts: readonly (readonly (number | null)[])[]
  /** Row totals. */
  readonly rows: readonly (number | null)[]
  /** Column totals. */
  readonly columns: readonly (number | null)[]
  /** Grand total. */
  readonly total: number | null
  /** Every hidden number with the range that a reader could work out. */
  readonly suppressed: readonly SuppressedCell[]
  /**
   * `protected` if every small count has at least the range asked for; `narrow` if none can be found exactly, but some range
   * is narrower because the table has no more to give; `recoverable` if a small count can be worked out all the same.
   */
  readonly status: 'protected' | 'narrow' | 'recoverable'
}

/**
 * Hides small counts, and as many others as it takes that no small count can be found by subtraction from totals.
 *
 * Secondary cells are chosen by cheapest detours in the network of the table and its totals; then each hidden number's exact
 * range, given everything published and that counts are not negative, is computed by largest flows. The ranges are part
 * of the answer, so that the protection can be checked and not only believed.
 *
 * @remarks
 * R: `sdcTable::protectTable(method = "OPT")` chooses cells at least cost overall; ours chooses one small count at a time, so
 * it may hide a cell more, and never one too few. No SciPy counterpart.
 *
 * @param table - R × C counts
 * @param options - what is small, and how wide a range protects it
 * @throws A {@link StatsError} with code `out-of-range` for a threshold or protection that is not a positive integer
 *
 * @see Kelly, Golden and Assad, Cell suppression: disclosure protection for sensitive tabular data, Networks 1992;22
 *
 * @example
 * ```ts @import.meta.vitest
 * const { counts, status } = suppressSmallCounts([[3, 20, 30], [12, 14, 40], [25, 9, 31]])
 *
 * expect(counts).toEqual([[null, null, 30], [null, null, 40], [25, 9, 31]])
 * expect(status).toBe('protected')
 * ```
 */
export function suppressSmallCounts(table: TableInput, options: SuppressionOptions = {}): SuppressedTable {
  const threshold = options.threshold ?? 5
  const protection = options.protection ?? Math.max(1, threshold - 1)
  for (const [name, value] of Object.entries({ threshold, protection })) requirePositiveInteger(name, value)
  const counts = countsOf(table)
  const margins = marginsOf(table)
  const network = tableNetwork(counts, margins.rows, margins.columns, margins.total)
  const isSmall = (count: number): boolean => count < threshold && (count > 0 || options.zeros === 'suppressed')

  const primary = Uint8Array.from(network.flow, (count) => (isSmall(count) ? 1 : 0))
  const hidden = Uint8Array.from(primary)
  for (let arc = 0; arc < primary.length; arc++) {
    if (primary[arc] === 1) protect(arc)
  }

  /** Hides a detour along which the arc's number can be as much larger as asked, unless its range is wide enough already. */
  function protect(arc: number): void {
    if (rangeOf(arc, protection).width >= protection) return
    for (const used of cheapestDetour(network, hidden, arc, protection)) hidden[used] = 1
  }

  function rangeOf(arc: number, most: number): { down: number; up: number; width: number } {
    const down = largestShift(network, hidden, arc, 'down', most)
    const up = largestShift(network, hidden, arc, 'up', most)
    return { down, up, width: down + up }
  }

  const suppressed: SuppressedCell[] = []
  let status: SuppressedTable['status'] = 'protected'
  // No number of the table can exceed a published grand total, and nothing bounds it from above where that is hidden.
  const ceiling = Math.max(margins.total, protection) + 1
  const at = (row: number, column: number): number | null => {
    const arc = network.arcOf(row, column)
    const count = network.flow[arc] as number
    if (hidden[arc] === 0) return count
    const { down, up, width } = rangeOf(arc, ceiling)
    const kind = primary[arc] === 1 ? 'primary' : 'secondary'
    suppressed.push({ row, column, kind, lower: count - down, upper: up >= ceiling ? null : count + up })
    if (kind === 'primary') {
      if (width === 0) status = 'recoverable'
      else if (width < protection && status === 'protected') status = 'narrow'
    }
    return null
  }
  const height = margins.rows.length
  const width = margins.columns.length
  return {
    counts: counts.map((row, i) => row.map((_, j) => at(i, j))),
    rows: margins.rows.map((_, i) => at(i, width)),
    columns: margins.columns.map((_, j) => at(height, j)),
    total: at(height, width),
    suppressed,
    status,
  }
}
