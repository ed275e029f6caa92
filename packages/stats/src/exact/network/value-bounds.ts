import { type AdditiveStatistic } from './additive-statistic.ts'

/** Covers the rounding of bounds; values of tables are told apart at 1e-7. */
const slack = 1e-8

/**
 * An upper bound on the statistic over all tables with given totals.
 *
 * For f concave by a Lagrangian: with prices λᵢⱼ = αᵢ + βⱼ each cell takes the count that maximises f(x) + λᵢⱼ x, and what the
 * totals cost is paid back. Any prices give a bound; those of the expected counts give one that is rarely half a unit off.
 * For f convex by filling each row, and each column, greedily.
 *
 * @param rowTotals - row totals
 * @param columns - column totals, descending
 * @param level - how many of the columns count
 * @param total - sum of the row totals
 */
export function upperBound(statistic: AdditiveStatistic, rowTotals: Int32Array, columns: Int32Array, level: number, total: number): number {
  if (total === 0) return 0
  switch (statistic.shape) {
    case 'logarithmic':
      return logarithmicBound(statistic, rowTotals, columns, level, total) + slack
    case 'quadratic':
      return quadraticBound(statistic, rowTotals, columns, level, total) + slack
    case 'convex':
      return convexBound(statistic, rowTotals, columns, level) + slack
    case 'linear':
      return linearBound(statistic, rowTotals, columns, level)
  }
}

/** Where the price of a cell lies above the logarithm of its expected count: −(x ln x)′ = −ln x − 1, −(ln x!)′ ≈ −ln x. */
export function priceLift(statistic: AdditiveStatistic): number {
  return statistic.shift === 0.5 ? 0 : 1
}

/**
 * The most that weight · f(x) + price · x can be; `guess` is the best x or one below it.
 */
export function peakOf(cell: Float64Array, weight: number, price: number, guess: number): number {
  const here = weight * (cell[guess] as number) + price * guess
  const above = weight * (cell[guess + 1] as number) + price * (guess + 1)
  return here > above ? here : above
}

function logarithmicBound(statistic: AdditiveStatistic, rowTotals: Int32Array, columns: Int32Array, level: number, total: number): number {
  const { cell, shift } = statistic
  const rows = rowTotals.length
  const lift = priceLift(statistic)
  const scale = 1 / (total + rows * level * shift)
  let bound = 0
  for (let i = 0; i < rows; i++) {
    const rowTotal = rowTotals[i] as number
    bound -= rowTotal * (Math.log(rowTotal + level * shift) + lift)
  }
  for (let j = 0; j < level; j++) {
    const column = columns[j] as number
    const share = (column + rows * shift) * scale
    bound -= column * Math.log(share)
    for (let i = 0; i < rows; i++) {
      const expected = ((rowTotals[i] as number) + level * shift) * share
      bound += peakOf(cell, 1, Math.log(expected) + lift, Math.floor(expected))
    }
  }
  return bound
}

function quadraticBound(statistic: AdditiveStatistic, rowTotals: Int32Array, columns: Int32Array, level: number, total: number): number {
  const rowFactors = statistic.rowFactors as Float64Array
  let bound = 0
  for (let i = 0; i < rowTotals.length; i++) {
    const rowTotal = rowTotals[i] as number
    const price = (2 * rowTotal * (rowFactors[i] as number)) / total
    bound -= price * rowTotal
    for (let j = 0; j < level; j++) {
      const column = columns[j] as number
      const expected = (rowTotal * column) / total
      // The parabola peaks at the expected count, so the best whole count is one of its two neighbours.
      bound += peakOf(statistic.cell, (rowFactors[i] as number) / column, price, Math.floor(expected))
    }
  }
  return bound
}

function convexBound(statistic: AdditiveStatistic, rowTotals: Int32Array, columns: Int32Array, level: number): number {
  const { cell, rowFactors } = statistic
  const rows = rowTotals.length
  if (rowFactors !== null) {
    // Σⱼ x² / cⱼ ≤ Σⱼ x, as x ≤ cⱼ.
    let bound = 0
    for (let i = 0; i < rows; i++) bound += (rowFactors[i] as number) * (rowTotals[i] as number)
    return bound
  }
  let byRows = 0
  for (let i = 0; i < rows; i++) {
    let rest = rowTotals[i] as number
    for (let j = 0; j < level && rest > 0; j++) {
      const x = Math.min(rest, columns[j] as number)
      byRows += cell[x] as number
      rest -= x
    }
  }
  let byColumns = 0
  for (let j = 0; j < level; j++) {
    let rest = columns[j] as number
    for (let i = rows - 1; i >= 0 && rest > 0; i--) {
      const x = Math.min(rest, rowTotals[i] as number)
      byColumns += cell[x] as number
      rest -= x
    }
  }
  return Math.min(byRows, byColumns)
}

/** Σᵢⱼ aᵢ bⱼ xᵢⱼ is largest where the rows with the largest aᵢ meet the columns with the largest bⱼ. */
function linearBound(statistic: AdditiveStatistic, rowTotals: Int32Array, columns: Int32Array, level: number): number {
  const rowFactors = statistic.rowFactors as Float64Array
  const columnFactors = statistic.columnFactors as Float64Array
  const byFactor = (factors: Float64Array, count: number) =>
    Array.from({ length: count }, (_, index) => index).sort((a, b) => (factors[b] as number) - (factors[a] as number))
  const rowOrder = byFactor(rowFactors, rowTotals.length)
  const columnOrder = byFactor(columnFactors, level)
  let bound = 0
  let i = 0
  let rowRest = rowTotals[rowOrder[0] as number] as number
  for (const j of columnOrder) {
    let rest = columns[j] as number
    while (rest > 0) {
      const row = rowOrder[i] as number
      const x = Math.min(rest, rowRest)
      bound += x * (rowFactors[row] as number) * (columnFactors[j] as number)
      rest -= x
      rowRest -= x
      if (rowRest === 0 && ++i < rowOrder.length) rowRest = rowTotals[rowOrder[i] as number] as number
    }
  }
  return bound + slack * (1 + Math.abs(bound))
}
