import { requireCount } from '../argument-checks.ts'
import { StatsError } from '../errors.ts'
import { type SuppressedTable } from '../disclosure/suppress-small-counts.ts'
import { countsThatFit, type PrintedPercentageOptions } from './printed-percentage.ts'

/** What is known of a table: any of its cells, any of its totals. */
export interface TableConstraints {
  /** `cells[row][column]`: the count, the counts that it may be in rising order, or `null` where anything is possible. */
  readonly cells: readonly (readonly (number | readonly number[] | null)[])[]
  /** Row totals; `null` where not known. */
  readonly rows?: readonly (number | null)[]
  /** Column totals; `null` where not known. */
  readonly columns?: readonly (number | null)[]
  /** Grand total; `null` where not known. */
  readonly total?: number | null
}

/** Options of the functions that go through all tables. */
export interface TablesThatFitOptions {
  /**
   * Most tables that are gone through.
   *
   * @defaultValue 1,000,000
   */
  readonly maximumTables?: number
}

/** The smallest and the largest value of a statistic over tables, with a table that gives each. */
export interface StatisticRange {
  /** Smallest value; `null` if no table has one. */
  readonly minimum: number | null
  /** The first table that gives the smallest value. */
  readonly minimumAt: readonly (readonly number[])[] | null
  /** Largest value; `null` if no table has one. */
  readonly maximum: number | null
  /** The first table that gives the largest value. */
  readonly maximumAt: readonly (readonly number[])[] | null
  /** How many tables fit. */
  readonly tables: number
  /** How many of them have no value of the statistic. */
  readonly withoutValue: number
}

/**
 * Every table that fits what is known of it, cell by cell in rising order: with given margins and nothing else, all tables
 * that the margins allow; with some cells suppressed, all that the rest allows.
 *
 * @remarks
 * No counterpart in R or SciPy: R's `r2dtable` and SciPy's `random_table` draw such tables at random.
 *
 * @param constraints - known cells and totals; what is not known must be bounded by a total
 * @param options - limit
 * @throws A {@link StatsError} with code `ragged` for cells or totals of differing lengths, `not-a-count` for totals that are
 * none, `mismatch` if an unknown cell has no total to bound it, `too-large` above `maximumTables`
 *
 * @example
 * ```ts @import.meta.vitest
 * const tables = [...tablesThatFit({ cells: [[null, null], [null, null]], rows: [2, 3], columns: [1, 4] })]
 *
 * expect(tables).toEqual([[[0, 2], [1, 2]], [[1, 1], [0, 3]]])
 * ```
 */
export function* tablesThatFit(constraints: TableConstraints, options: TablesThatFitOptions = {}): Generator<number[][], void, undefined> {
  const { cells } = constraints
  const height = cells.length
  const width = cells[0]?.length ?? 0
  const rows = constraints.rows ?? new Array<null>(height).fill(null)
  const columns = constraints.columns ?? new Array<null>(width).fill(null)
  const total = constraints.total ?? null
  if (width === 0) throw new StatsError('too-small', 'the table has no cell')
  if (cells.some((row) => row.length !== width) || rows.length !== height || columns.length !== width) {
    throw new StatsError('ragged', `cells, rows and columns do not fit each other: expected ${height} × ${width}`)
  }
  for (const known of [...rows, ...columns, total]) {
    if (known !== null) requireCount('a total', known)
  }
  const choices = cells.map((row, i) =>
    row.map((cell, j) => {
      if (typeof cell === 'number') return [cell]
      if (cell !== null) return cell
      const most = Math.min(...[rows[i], columns[j], total].map((known) => known ?? Infinity))
      if (most === Infinity) throw new StatsError('mismatch', `cell [${i}][${j}] is not known, and no total bounds it`)
      return Array.from({ length: most + 1 }, (_, count) => count)
    }),
  )
  // What the cells still to come can add at least and at most, by row and by column, so that dead ends are seen at once.
  const least = choices.map((row) => row.map((counts) => counts[0] ?? Infinity))
  const most = choices.map((row) => row.map((counts) => counts.at(-1) ?? -Infinity))
  const cellCount = height * width
  const counts = cells.map((row) => row.map(() => 0))
  const rowSums = rows.map(() => 0)
  const columnSums = columns.map(() => 0)
  let sum = 0
  const picks = new Int32Array(cellCount).fill(-1)
  const maximumTables = options.maximumTables ?? 1_000_000
  let found = 0

  const rest = (bounds: readonly (readonly number[])[], from: number, belongs: (row: number, column: number) => boolean): number => {
    let all = 0
    for (let k = from; k < cellCount; k++) {
      const i = Math.floor(k / width)
      const j = k % width
      if (belongs(i, j)) all += bounds[i]?.[j] as number
    }
    return all
  }
  const reaches = (
    goal: number | null | undefined,
    reached: number,
    from: number,
    belongs: (row: number, column: number) => boolean,
  ): boolean =>
    goal === null || goal === undefined || (reached + rest(least, from, belongs) <= goal && reached + rest(most, from, belongs) >= goal)

  for (let k = 0; k >= 0;) {
    if (k === cellCount) {
      found += 1
      if (found > maximumTables) throw new StatsError('too-large', `more than ${maximumTables} tables fit (maximumTables)`)
      yield counts.map((row) => [...row])
      k -= 1
      continue
    }
    const i = Math.floor(k / width)
    const j = k % width
    const row = counts[i] as number[]
    const pick = (picks[k] as number) + 1
    set(row, i, j, 0)
    const count = choices[i]?.[j]?.[pick]
    if (count === undefined) {
      picks[k] = -1
      k -= 1
      continue
    }
    picks[k] = pick
    set(row, i, j, count)
    const fits =
      reaches(rows[i], rowSums[i] as number, k + 1, (r) => r === i) &&
      reaches(columns[j], columnSums[j] as number, k + 1, (_, c) => c === j) &&
      reaches(total, sum, k + 1, () => true)
    if (fits) k += 1
  }

  function set(row: number[], i: number, j: number, count: number): void {
    const change = count - (row[j] as number)
    row[j] = count
    rowSums[i] = (rowSums[i] as number) + change
    columnSums[j] = (columnSums[j] as number) + change
    sum += change
  }
}

/**
 * The range of a statistic over every table that fits what is known.
 *
 * @remarks
 * No counterpart in R or SciPy.
 *
 * @param constraints - known cells and totals, see {@link tablesThatFit}
 * @param statistic - a number from a table, or `null` where it has none; for example the P value of a test
 * @param options - limit
 * @throws A {@link StatsError} as {@link tablesThatFit} does
 *
 * @example
 * ```ts @import.meta.vitest
 * const margins = { cells: [[null, null], [null, null]], rows: [26, 135], columns: [150, 11] }
 * const range = statisticRange(margins, ([row]) => (row?.[0] ?? 0) / 26)
 *
 * expect([range.minimum, range.maximum, range.tables]).toEqual([15 / 26, 1, 12])
 * ```
 */
export function statisticRange(
  constraints: TableConstraints,
  statistic: (table: readonly (readonly number[])[]) => number | null,
  options: TablesThatFitOptions = {},
): StatisticRange {
  let minimum: number | null = null
  let minimumAt: readonly (readonly number[])[] | null = null
  let maximum: number | null = null
  let maximumAt: readonly (readonly number[])[] | null = null
  let tables = 0
  let withoutValue = 0
  for (const table of tablesThatFit(constraints, options)) {
    tables += 1
    const value = statistic(table)
    if (value === null) {
      withoutValue += 1
      continue
    }
    if (minimum === null || value < minimum) {
      minimum = value
      minimumAt = table
    }
    if (maximum === null || value > maximum) {
      maximum = value
      maximumAt = table
    }
  }
  return { minimum, minimumAt, maximum, maximumAt, tables, withoutValue }
}

/**
 * What printed percentages say of a table whose counts are not printed: for each cell the counts that round to its percentage.
 *
 * @remarks
 * No counterpart in R or SciPy.
 *
 * @param percentages - `percentages[row][column]` as printed, of the row's total
 * @param rows - row totals, the bases of the percentages
 * @param options - rounding of the percentages
 * @throws A {@link StatsError} as {@link countsThatFit} does, `ragged` if rows and percentages differ in number
 *
 * @example
 * ```ts @import.meta.vitest
 * const constraints = constraintsFromPercentages([['15.5', '84.5']], [161])
 *
 * expect([...tablesThatFit(constraints)]).toEqual([[[25, 136]]])
 * ```
 */
export function constraintsFromPercentages(
  percentages: readonly (readonly string[])[],
  rows: readonly number[],
  options: PrintedPercentageOptions = {},
): TableConstraints {
  if (percentages.length !== rows.length)
    throw new StatsError('ragged', `${percentages.length} rows of percentages, ${rows.length} row totals`)
  return { cells: percentages.map((row, i) => row.map((percentage) => countsThatFit(percentage, rows[i] as number, options))), rows }
}

/**
 * What a table with hidden numbers says of itself: every hidden cell runs over the range that the published part leaves it.
 *
 * @remarks
 * No counterpart in R or SciPy; R package sdcTable bounds the cells one by one.
 *
 * @param table - the result of {@link suppressSmallCounts}
 * @throws A {@link StatsError} with code `mismatch` if a hidden cell has no upper bound
 *
 * @example
 * ```ts @import.meta.vitest
 * const { suppressSmallCounts } = await import('../disclosure/suppress-small-counts.ts')
 * const constraints = constraintsFromSuppressed(suppressSmallCounts([[3, 20, 30], [12, 14, 40], [25, 9, 31]]))
 *
 * expect([...tablesThatFit(constraints)]).toHaveLength(16)
 * ```
 */
export function constraintsFromSuppressed(table: SuppressedTable): TableConstraints {
  const cells = table.counts.map((row, i) =>
    row.map((count, j) => {
      if (count !== null) return count
      const hidden = table.suppressed.find(({ row: r, column: c }) => r === i && c === j)
      const lower = hidden?.lower ?? 0
      const upper = hidden?.upper ?? null
      if (upper === null) throw new StatsError('mismatch', `nothing published bounds cell [${i}][${j}]`)
      return Array.from({ length: upper - lower + 1 }, (_, k) => lower + k)
    }),
  )
  return { cells, rows: table.rows, columns: table.columns, total: table.total }
}
