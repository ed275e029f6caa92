import { logFactorial } from '../../numerics/index.ts'
import { type AdditiveStatistic } from './additive-statistic.ts'
import { type TableMargins } from './mass-above.ts'
import { type Meter, reserve } from './meter.ts'

/** What decides which tables are at least as extreme as the observed one. */
export type TableOrdering = 'probability' | 'pearson' | 'likelihood-ratio'

/** Margins and ordering, with one side of the table as rows. */
export interface TableView {
  /** Row and column totals. */
  readonly margins: TableMargins
  /** The ordering, smaller being more extreme. */
  readonly statistic: AdditiveStatistic
  /** The same turned round, larger being more extreme. */
  readonly reversed: AdditiveStatistic
}

/** An observed table among all tables with its margins. */
export interface OrderedTables {
  /** The shorter side of the table as rows; both ways if it is square. */
  readonly views: readonly TableView[]
  /** Tables up to this value are at least as extreme as the observed one. */
  readonly threshold: number
  /** ln 0! … ln n!. */
  readonly logFactorials: Float64Array
}

/** Two probabilities within a relative 1e-7 are equal, as in R. */
const tieTolerance = 1e-7

/**
 * Puts an observed table, without empty rows and columns, among all tables with its margins.
 *
 * @param counts - R × C counts, both at least 2
 * @param ordering - what makes a table extreme
 * @param meter - for the tables of logarithms of factorials, whose size is that of the counts
 */
export function orderedTables(counts: readonly (readonly number[])[], ordering: TableOrdering, meter: Meter): OrderedTables {
  const rowTotals = counts.map((row) => row.reduce((sum, count) => sum + count, 0))
  const columnTotals = (counts[0] as readonly number[]).map((_, j) => counts.reduce((sum, row) => sum + (row[j] as number), 0))
  const total = rowTotals.reduce((sum, row) => sum + row, 0)
  reserve(meter, 32 * total)
  const logFactorials = new Float64Array(total + 1)
  for (let i = 2; i <= total; i++) logFactorials[i] = logFactorial(i)
  // Lagrangian bounds look a little beyond the largest count that a cell can have.
  const size = Math.max(...rowTotals, ...columnTotals) + rowTotals.length + columnTotals.length + 2
  const cell = new Float64Array(size)
  for (let x = 1; x < size; x++) {
    if (ordering === 'probability') cell[x] = -logFactorial(x)
    else if (ordering === 'pearson') cell[x] = -x * x
    else cell[x] = -x * Math.log(x)
  }
  let observed = 0
  counts.forEach((row, i) =>
    row.forEach((count, j) => {
      const factor = ordering === 'pearson' ? total / ((rowTotals[i] as number) * (columnTotals[j] as number)) : 1
      observed += factor * (cell[count] as number)
    }),
  )
  const view = (short: readonly number[], long: readonly number[]): TableView => {
    const rows = Int32Array.from(short).sort()
    const statistic: AdditiveStatistic = {
      shape: ordering === 'pearson' ? 'quadratic' : 'logarithmic',
      cell,
      rowFactors: ordering === 'pearson' ? Float64Array.from(rows, (row) => total / row) : null,
      columnFactors: ordering === 'pearson' ? Float64Array.from(long, (column) => 1 / column) : null,
      shift: ordering === 'probability' ? 0.5 : 0.25,
    }
    return {
      margins: { rows, columns: long, total },
      statistic,
      reversed: { ...statistic, shape: 'convex', cell: cell.map((value) => -value) },
    }
  }
  const views: TableView[] = []
  if (rowTotals.length <= columnTotals.length) views.push(view(rowTotals, columnTotals))
  if (rowTotals.length >= columnTotals.length) views.push(view(columnTotals, rowTotals))
  let scale = 1
  if (ordering === 'pearson') scale = -(observed + total)
  else if (ordering === 'likelihood-ratio') scale = -(observed + likelihoodConstant(rowTotals, columnTotals, total))
  return {
    views,
    // Never below what values are told apart at.
    threshold: observed + Math.max(tieTolerance * scale, 1e-9),
    logFactorials,
  }
}

/** Natural logarithm of the probability of a table given its margins. */
export function logTableProbability(
  counts: readonly (readonly number[])[],
  rows: readonly number[],
  columns: readonly number[],
  total: number,
): number {
  let sum = -logFactorial(total)
  for (const row of rows) sum += logFactorial(row)
  for (const column of columns) sum += logFactorial(column)
  for (const row of counts) for (const count of row) sum -= logFactorial(count)
  return sum
}

/** What is missing from −Σ x ln x to −G / 2. */
function likelihoodConstant(rows: readonly number[], columns: readonly number[], total: number): number {
  const weigh = (sum: number, x: number) => sum + x * Math.log(x)
  return rows.reduce(weigh, 0) + columns.reduce(weigh, 0) - total * Math.log(total)
}
