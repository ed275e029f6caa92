import { StatsError } from '../errors.ts'

/** Observed counts, R rows × C columns, with the labels of both variables. */
export interface ContingencyTable {
  /** One label a row. */
  readonly rowLabels: readonly string[]
  /** One label a column. */
  readonly columnLabels: readonly string[]
  /** `counts[row][column]`, non-negative integers. */
  readonly counts: Counts
}

/** Counts without labels, `counts[row][column]`. */
export type Counts = readonly (readonly number[])[]

/** What every function on tables accepts: a labelled table or bare counts. */
export type TableInput = ContingencyTable | Counts

/** Row, column and grand totals of a table (R: `marginSums`). */
export interface Margins {
  /** One total a row. */
  readonly rows: readonly number[]
  /** One total a column. */
  readonly columns: readonly number[]
  /** Sum of all counts. */
  readonly total: number
}

/**
 * The counts of a table given with labels or without.
 *
 * @remarks
 * R: `unclass(x)`. No SciPy counterpart.
 *
 * @param table - a labelled table or bare counts
 */
export function countsOf(table: TableInput): Counts {
  return Array.isArray(table) ? (table as Counts) : (table as ContingencyTable).counts
}

/**
 * Row, column and grand totals; the one place where counts are checked.
 *
 * @remarks
 * R: `marginSums(x, 1)`, `marginSums(x, 2)`, `sum(x)`. SciPy: `scipy.stats.contingency.margins(x)`.
 *
 * @param table - R × C counts, R ≥ 1, C ≥ 1
 * @throws A {@link StatsError} with code `ragged` if rows differ in length or labels do not fit, `not-a-count` if a cell
 * is not a non-negative safe integer or the total exceeds 2⁵³ − 1, `too-small` if there is no cell
 *
 * @example
 * ```ts @import.meta.vitest
 * expect(margins([[1, 2], [3, 4]])).toEqual({ rows: [3, 7], columns: [4, 6], total: 10 })
 * ```
 */
export function margins(table: TableInput): Margins {
  const labelled = Array.isArray(table) ? undefined : (table as ContingencyTable)
  const counts = labelled === undefined ? (table as Counts) : labelled.counts
  const width = counts.length === 0 ? 0 : (counts[0] as readonly number[]).length
  if (width === 0) throw new StatsError('too-small', 'the table has no cell')
  if (labelled !== undefined && (labelled.rowLabels.length !== counts.length || labelled.columnLabels.length !== width)) {
    throw new StatsError(
      'ragged',
      `the table is ${counts.length} × ${width} but has ${labelled.rowLabels.length} row labels and ${labelled.columnLabels.length} column labels`,
    )
  }
  const rows = new Array<number>(counts.length)
  const columns = new Array<number>(width)
  for (let j = 0; j < width; j++) columns[j] = 0
  let total = 0
  for (let i = 0; i < counts.length; i++) {
    const row = counts[i] as readonly number[]
    if (row.length !== width) throw new StatsError('ragged', `row ${i} has ${row.length} cells, expected ${width}`)
    let rowTotal = 0
    for (let j = 0; j < width; j++) {
      const count = row[j] as number
      if (!(count >= 0 && count <= 9007199254740991 && Math.floor(count) === count)) {
        throw new StatsError('not-a-count', `cell [${i}][${j}] is ${String(count)}, expected a non-negative integer`)
      }
      rowTotal += count
      columns[j] = (columns[j] as number) + count
    }
    rows[i] = rowTotal
    total += rowTotal
  }
  if (!Number.isSafeInteger(total)) throw new StatsError('not-a-count', `the counts add up to ${total}, above 2^53 - 1`)
  return { rows, columns, total }
}

/**
 * A labelled table from counts: checks them, and makes up labels (`r1`, `c1` …) where none are given.
 *
 * @remarks
 * R: `as.table(matrix(counts, nrow, byrow = TRUE, dimnames = labels))`. No SciPy counterpart.
 *
 * @param counts - R × C counts
 * @param labels - the labels of rows and columns
 * @throws A {@link StatsError} as {@link margins} does
 *
 * @example
 * ```ts @import.meta.vitest
 * const table = contingencyTable([[12, 14], [13, 122]], { rowLabels: ['GDE', 'other'], columnLabels: ['always', 'not always'] })
 *
 * expect(table.counts[0]).toEqual([12, 14])
 * ```
 */
export function contingencyTable(
  counts: Counts,
  labels: { readonly rowLabels?: readonly string[]; readonly columnLabels?: readonly string[] } = {},
): ContingencyTable {
  const table = {
    rowLabels: labels.rowLabels ?? counts.map((_, i) => `r${i + 1}`),
    columnLabels: labels.columnLabels ?? (counts[0] ?? []).map((_, j) => `c${j + 1}`),
    counts,
  }
  margins(table)
  return table
}
