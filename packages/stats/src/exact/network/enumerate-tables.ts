import { type AdditiveStatistic } from './additive-statistic.ts'
import { type TableMargins } from './mass-above.ts'

/** Up to this many tables listing them all is faster than a network. */
const fewTables = 20_000

/** Whether a table is small enough for {@link massAtMost}: an upper bound on the number of tables, from all columns but the largest. */
export function hasFewTables(margins: TableMargins): boolean {
  const { rows, columns } = margins
  const free = rows.length - 1
  let bound = 1
  let largest = 0
  for (const column of columns) {
    bound *= compositions(column, free)
    if (column > largest) largest = column
    if (bound > fewTables * compositions(largest, free)) return false
  }
  return bound / compositions(largest, free) <= fewTables
}

/** C(n + k, k): ways to spread n over k + 1 rows. */
function compositions(n: number, k: number): number {
  let ways = 1
  for (let i = 1; i <= k; i++) ways *= (n + i) / i
  return ways
}

/**
 * The probability, given the margins, that the statistic is at most a threshold, by listing all tables.
 *
 * Cells are filled column by column; the last cell of a column and the last column follow from the totals.
 */
export function massAtMost(margins: TableMargins, statistic: AdditiveStatistic, logFactorials: Float64Array, threshold: number): number {
  const { cell, columnFactors, rowFactors } = statistic
  const rows = margins.rows.length
  // The largest column comes last, as it need not be enumerated.
  const order = margins.columns.map((_, j) => j).sort((a, b) => (margins.columns[a] as number) - (margins.columns[b] as number))
  const columns = order.map((j) => margins.columns[j] as number)
  const width = columns.length
  const { total } = margins
  const depths = rows * (width - 1)
  const x = new Int32Array(depths)
  const highest = new Int32Array(depths)
  const rest = Int32Array.from(margins.rows)
  const columnRest = new Int32Array(depths)
  const room = new Int32Array(depths)
  const value = new Float64Array(depths + 1)
  const logMass = new Float64Array(depths + 1)
  const factors = new Float64Array(rows * width).fill(1)
  let constant = -(logFactorials[total] as number)
  for (let i = 0; i < rows; i++) constant += logFactorials[margins.rows[i] as number] as number
  for (let j = 0; j < width; j++) {
    constant += logFactorials[columns[j] as number] as number
    if (rowFactors === null || columnFactors === null) continue
    for (let i = 0; i < rows; i++) factors[j * rows + i] = (rowFactors[i] as number) * (columnFactors[order[j] as number] as number)
  }
  logMass[0] = constant
  let sum = 0
  let depth = 0
  let entering = true
  let left = total
  while (depth >= 0) {
    const row = depth % rows
    if (entering) {
      entering = false
      if (row === 0) {
        columnRest[depth] = columns[depth / rows] as number
        room[depth] = left
      } else {
        columnRest[depth] = (columnRest[depth - 1] as number) - (x[depth - 1] as number)
        room[depth] = (room[depth - 1] as number) - (rest[row - 1] as number) - (x[depth - 1] as number)
      }
      const needed = columnRest[depth] as number
      const available = rest[row] as number
      const below = (room[depth] as number) - available
      x[depth] = needed > below ? needed - below : 0
      highest[depth] = needed < available ? needed : available
    } else {
      // Coming back: the count that was tried is given back first.
      rest[row] = (rest[row] as number) + (x[depth] as number)
      left += x[depth] as number
      x[depth] = (x[depth] as number) + 1
    }
    const count = x[depth] as number
    if (count > (highest[depth] as number)) {
      depth--
      continue
    }
    rest[row] = (rest[row] as number) - count
    left -= count
    const nextValue = (value[depth] as number) + (factors[depth] as number) * (cell[count] as number)
    const nextMass = (logMass[depth] as number) - (logFactorials[count] as number)
    if (depth + 1 < depths) {
      depth++
      value[depth] = nextValue
      logMass[depth] = nextMass
      entering = true
      continue
    }
    let leafValue = nextValue
    let leafMass = nextMass
    for (let i = 0; i < rows; i++) {
      const last = rest[i] as number
      leafValue += (factors[depths + i] as number) * (cell[last] as number)
      leafMass -= logFactorials[last] as number
    }
    if (leafValue <= threshold) sum += Math.exp(leafMass)
  }
  return sum
}
