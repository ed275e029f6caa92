import { requireBetween, requireOneOf } from '../argument-checks.ts'
import { fisherPValue } from '../conditional/fisher-p-value.ts'
import { chiSquaredTest } from '../independence/chi-squared-test.ts'
import { countsOf, margins, type TableInput } from '../tables/contingency-table.ts'
import { requireTwoVariables } from '../tables/expected-counts.ts'
import { twoByTwo } from '../effects/two-by-two.ts'

/** Options of {@link fragilityIndex}. */
export interface FragilityOptions {
  /**
   * The P value that has to be crossed.
   *
   * @defaultValue 0.05
   */
  readonly threshold?: number
  /**
   * Whose P value: Fisher's exact test for 2 × 2 tables only, Pearson's chi-squared for any.
   *
   * @defaultValue 'fisher' for 2 × 2, 'pearson' otherwise
   */
  readonly test?: 'fisher' | 'pearson'
  /**
   * Most tables that are tried before the search ends without an answer.
   *
   * @defaultValue 200,000
   */
  readonly maximumTables?: number
}

/** Result of {@link fragilityIndex}. */
export interface FragilityIndex {
  /** Fewest answers that would have to be another to move P across the threshold; `null` if none was found. */
  readonly index: number | null
  /** `index` over all answers; `null` likewise. */
  readonly quotient: number | null
  /** P of the table as it is; `null` if it cannot be tested. */
  readonly pValue: number | null
  /** A table with that many answers changed; `null` if none was found. */
  readonly counts: readonly (readonly number[])[] | null
  /** P of that table; `null` likewise. */
  readonly pValueAfter: number | null
  /** `found`, `impossible` if no change of answers crosses, `stopped` if `maximumTables` were tried before. */
  readonly status: 'found' | 'impossible' | 'stopped'
}

/**
 * The fewest changed answers that move P across a threshold, in either direction: how much a conclusion hangs on single people.
 *
 * An answer changes by moving to another column of its row; row totals stay. All tables at one change are tried, then all
 * at two, and so on, so the index is the smallest there is and not the one a greedy search meets.
 *
 * @remarks
 * R: `fragility::frag.study` changes events in one group only and so may give a larger number; ours looks at both. No SciPy counterpart.
 *
 * @param table - R × C counts
 * @param options - threshold, test, limit
 * @throws A {@link StatsError} with code `mismatch` for Fisher's test on a table that is not 2 × 2, `too-small` for fewer than two
 * rows or columns, `out-of-range` for a threshold that is not between 0 and 1
 *
 * @see Walsh and others, The statistical significance of randomized controlled trial results is frequently fragile, J Clin Epidemiol 2014;67
 *
 * @example
 * ```ts @import.meta.vitest
 * const { index, counts } = fragilityIndex([[1, 99], [9, 91]])
 *
 * expect(index).toBe(1)
 * expect(counts).toEqual([[2, 98], [9, 91]])
 * ```
 */
export function fragilityIndex(table: TableInput, options: FragilityOptions = {}): FragilityIndex {
  const { rows, columns, total } = margins(table)
  const width = columns.length
  requireTwoVariables('the fragility index', rows.length, width)
  const isTwoByTwo = rows.length === 2 && width === 2
  const test = options.test ?? (isTwoByTwo ? 'fisher' : 'pearson')
  requireOneOf('test', test, 'fisher', 'pearson')
  if (test === 'fisher') twoByTwo(table)
  const threshold = requireBetween('threshold', options.threshold ?? 0.05)
  const maximumTables = options.maximumTables ?? 200_000

  const flat = countsOf(table).flat()
  const pValueOf = (cells: readonly number[]): number | null =>
    test === 'fisher' ? fisherPValue(...(cells as [number, number, number, number])) : chiSquaredTest(unflatten(cells, width)).pValue
  const pValue = pValueOf(flat)
  if (pValue === null) return { index: null, quotient: null, pValue, counts: null, pValueAfter: null, status: 'impossible' }

  const isBelow = pValue < threshold
  let shell = [flat]
  const seen = new Set([flat.join()])
  for (let index = 1; shell.length > 0; index++) {
    const next: number[][] = []
    let best: { cells: number[]; pValue: number } | null = null
    for (const cells of shell) {
      for (const moved of oneAnswerChanged(cells, width)) {
        const key = moved.join()
        if (seen.has(key)) continue
        if (seen.size >= maximumTables) return { index: null, quotient: null, pValue, counts: null, pValueAfter: null, status: 'stopped' }
        seen.add(key)
        next.push(moved)
        const after = pValueOf(moved)
        if (after === null || after < threshold === isBelow) continue
        // Of the tables that cross, show the one that crosses furthest; equal ones in order of search.
        if (best === null || (isBelow ? after > best.pValue : after < best.pValue)) best = { cells: moved, pValue: after }
      }
    }
    if (best !== null) {
      return { index, quotient: index / total, pValue, counts: unflatten(best.cells, width), pValueAfter: best.pValue, status: 'found' }
    }
    shell = next
  }
  return { index: null, quotient: null, pValue, counts: null, pValueAfter: null, status: 'impossible' }
}

function* oneAnswerChanged(cells: readonly number[], width: number): Generator<number[]> {
  for (let from = 0; from < cells.length; from++) {
    if (cells[from] === 0) continue
    const row = from - (from % width)
    for (let to = row; to < row + width; to++) {
      if (to === from) continue
      const moved = [...cells]
      moved[from] = (moved[from] as number) - 1
      moved[to] = (moved[to] as number) + 1
      yield moved
    }
  }
}

function unflatten(cells: readonly number[], width: number): number[][] {
  return Array.from({ length: cells.length / width }, (_, i) => cells.slice(i * width, (i + 1) * width))
}
