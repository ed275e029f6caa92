import { wholePower } from '../../numerics/power.ts'
import { type AdditiveStatistic } from './additive-statistic.ts'
import { binomialCoefficient, type BinomialTable } from './binomial-table.ts'
import { charge, type Meter, MeterExhausted, reserve, type Sliced, spend } from './meter.ts'
import { peakOf, priceLift, upperBound } from './value-bounds.ts'
import { addShifted, clear, resized, sortDescending, type ValuePool } from './value-pool.ts'
import { numberOf, vectorTable, type VectorTable } from './vector-table.ts'

/**
 * Some columns of a table, with all the row totals that they may have, and for each of those the distribution of the statistic
 * over the ways to fill the columns.
 *
 * Row totals are kept sorted, as the distribution does not depend on their order; this is what makes the network small.
 */
export interface HalfNetwork {
  /** The statistic. */
  readonly statistic: AdditiveStatistic
  /** Rows of one group may trade places: the group of each row, ascending. */
  readonly groups: Int32Array
  /** Column totals, descending. */
  readonly columns: Int32Array
  /** `levels[j]` holds the row totals of columns 0 … j. */
  readonly levels: readonly Level[]
}

/** The nodes of one level, each with its edges to the level below and its distribution. */
export interface Level {
  /** Sum of the columns so far. */
  readonly total: number
  /** Row totals by node. */
  readonly nodes: VectorTable
  /** By node: values at or below this one decide nothing. */
  thresholds: Float64Array
  /** By node: no table has a larger value. */
  bounds: Float64Array
  /** First edge of each node, and the end. */
  edgeStarts: Int32Array
  /** Node of the level below. */
  edgeNodes: Int32Array
  /** Value of the last column's cells. */
  edgeValues: Float64Array
  /** Probability of the last column's cells given the row totals. */
  edgeMasses: Float64Array
  /** First entry of each node's distribution, and the end. */
  listStarts: Int32Array
  /** Values, descending within a node. */
  values: Float64Array
  /** Conditional probability of each value. */
  masses: Float64Array
  /** Additions to distributions at most, all nodes together. */
  additions: number
}

/** So many additions say nothing yet about those to come. */
const certainlyFeasible = 2e7

/** A network without nodes; columns must descend. */
export function halfNetwork(statistic: AdditiveStatistic, groups: Int32Array, columns: Int32Array, largest: number): HalfNetwork {
  const levels: Level[] = []
  let total = 0
  for (const column of columns) {
    total += column
    levels.push({
      total,
      nodes: vectorTable(groups.length, largest),
      thresholds: new Float64Array(16),
      bounds: new Float64Array(16),
      edgeStarts: new Int32Array(0),
      edgeNodes: new Int32Array(0),
      edgeValues: new Float64Array(0),
      edgeMasses: new Float64Array(0),
      listStarts: new Int32Array(0),
      values: new Float64Array(0),
      masses: new Float64Array(0),
      additions: 0,
    })
  }
  return { statistic, groups, columns, levels }
}

/** The node of a level with given row totals; a new one starts with a threshold of +∞, as nobody needs its values yet. */
export function nodeOf(network: HalfNetwork, index: number, rowTotals: Int32Array, meter: Meter): number {
  const level = network.levels[index] as Level
  const known = level.nodes.count
  const node = numberOf(level.nodes, rowTotals)
  if (node < known) return node
  if (node === level.thresholds.length) {
    level.thresholds = resized(level.thresholds, 2 * node)
    level.bounds = resized(level.bounds, 2 * node)
    reserve(meter, node * (40 + 4 * rowTotals.length))
  }
  level.thresholds[node] = Infinity
  // A bound looks at every cell, which is most of the work where columns are many.
  charge(meter, rowTotals.length * (index + 1))
  level.bounds[node] =
    index === 0 ? columnValue(network, rowTotals) : upperBound(network.statistic, rowTotals, network.columns, index + 1, level.total)
  return node
}

/** The value of the first column, whose cells are the row totals. */
function columnValue(network: HalfNetwork, cells: Int32Array): number {
  const { cell, rowFactors, columnFactors } = network.statistic
  let value = 0
  if (rowFactors === null || columnFactors === null) {
    for (let i = 0; i < cells.length; i++) value += cell[cells[i] as number] as number
    return value
  }
  for (let i = 0; i < cells.length; i++) value += (cell[cells[i] as number] as number) * (rowFactors[i] as number)
  return value * (columnFactors[0] as number)
}

/**
 * Finds, for each node of a level, every way to fill its last column that may still matter, and the nodes below.
 *
 * Cells are chosen from the first row to the last, keeping account of how far the choice falls short of the node's bound: past
 * the node's threshold it is dropped at once. Equal rows take their cells in descending order, and the number of orders counts.
 */
export function* buildEdges(network: HalfNetwork, index: number, table: BinomialTable, meter: Meter): Sliced<void> {
  const { statistic, groups, columns } = network
  const { cell, rowFactors, columnFactors, shape, shift } = statistic
  const { logFactorials, binomials } = table
  const level = network.levels[index] as Level
  const below = network.levels[index - 1] as Level
  const rows = groups.length
  const last = rows - 1
  const column = columns[index] as number
  const { total, nodes } = level
  const count = nodes.count
  const edgeStarts = new Int32Array(count + 1)
  let edgeNodes = new Int32Array(256)
  let edgeValues: Float64Array = new Float64Array(256)
  let edgeMasses: Float64Array = new Float64Array(256)
  let edges = 0
  const logAll = (logFactorials[total] as number) - (logFactorials[column] as number) - (logFactorials[total - column] as number)
  const all = binomials === null ? 1 : 1 / binomialCoefficient(total, column)
  const share = (column + rows * shift) / (total + rows * (index + 1) * shift)
  const lift = priceLift(statistic)

  const u = new Int32Array(rows)
  const x = new Int32Array(rows)
  const highest = new Int32Array(rows)
  const rest = new Int32Array(rows)
  const roomBelow = new Int32Array(rows + 1)
  const twin = new Uint8Array(rows)
  const run = new Int32Array(rows)
  const twins = new Int32Array(rows)
  const weight = new Float64Array(rows)
  const price = new Float64Array(rows)
  const peak = new Float64Array(rows)
  const leeway = new Float64Array(rows)
  const value = new Float64Array(rows)
  const mass = new Float64Array(rows)
  const child = new Int32Array(rows)
  let steps = 0

  for (let node = 0; node < count; node++) {
    edgeStarts[node] = edges
    const threshold = level.thresholds[node] as number
    roomBelow[rows] = 0
    for (let i = last; i >= 0; i--) {
      const rowTotal = nodes.parts[node * rows + i] as number
      u[i] = rowTotal
      roomBelow[i] = (roomBelow[i + 1] as number) + rowTotal
      weight[i] = rowFactors === null ? 1 : (rowFactors[i] as number) * ((columnFactors as Float64Array)[index] as number)
      if (shape === 'logarithmic') {
        const expected = (rowTotal + (index + 1) * shift) * share
        price[i] = Math.log(expected) + lift
        peak[i] = peakOf(cell, 1, price[i] as number, Math.floor(expected))
      } else if (shape === 'quadratic') {
        price[i] = (2 * rowTotal * ((rowFactors as Float64Array)[i] as number)) / total
        peak[i] = peakOf(cell, weight[i] as number, price[i] as number, Math.floor((rowTotal * column) / total))
      }
    }
    for (let i = 1; i < rows; i++) twin[i] = u[i] === u[i - 1] && groups[i] === groups[i - 1] ? 1 : 0
    // Only concave statistics have prices; for the others the bounds of nodes prune.
    leeway[0] = shape === 'convex' || shape === 'linear' ? Infinity : (level.bounds[node] as number) - threshold
    rest[0] = column
    let i = 0
    let entering = true
    while (i >= 0) {
      if (entering) {
        entering = false
        let low = (rest[i] as number) - (roomBelow[i + 1] as number)
        if (low < 0) low = 0
        let high = u[i] as number
        if (high > (rest[i] as number)) high = rest[i] as number
        if (twin[i] === 1 && high > (x[i - 1] as number)) high = x[i - 1] as number
        const room = leeway[i] as number
        if (room < Infinity) {
          const a = weight[i] as number
          const p = price[i] as number
          const top = peak[i] as number
          if (i === last - 1) {
            // The last cell takes the rest: both fall short together, which is convex in the count.
            const r = rest[i] as number
            const a2 = weight[last] as number
            const p2 = price[last] as number
            const allowed = top + (peak[last] as number) - room
            while (low <= high && a * (cell[low] as number) + p * low + a2 * (cell[r - low] as number) + p2 * (r - low) < allowed) low++
            while (low <= high && a * (cell[high] as number) + p * high + a2 * (cell[r - high] as number) + p2 * (r - high) < allowed)
              high--
          } else {
            const allowed = top - room
            while (low <= high && a * (cell[low] as number) + p * low < allowed) low++
            while (low <= high && a * (cell[high] as number) + p * high < allowed) high--
          }
        }
        x[i] = low
        highest[i] = high
      }
      const count = x[i] as number
      if (count > (highest[i] as number)) {
        i--
        if (i >= 0) x[i] = (x[i] as number) + 1
        continue
      }
      steps++
      const rowTotal = u[i] as number
      const worth = (weight[i] as number) * (cell[count] as number)
      const before = i === 0 ? 0 : (value[i - 1] as number)
      let m =
        binomials === null
          ? (i === 0 ? -logAll : (mass[i - 1] as number)) +
            (logFactorials[rowTotal] as number) -
            (logFactorials[count] as number) -
            (logFactorials[rowTotal - count] as number)
          : (i === 0 ? all : (mass[i - 1] as number)) * (binomials[(rowTotal * (rowTotal + 1)) / 2 + count] as number)
      if (i > 0 && twin[i] === 1) {
        const size = (twins[i - 1] as number) + 1
        const length = count === x[i - 1] ? (run[i - 1] as number) + 1 : 1
        twins[i] = size
        run[i] = length
        if (size !== length) m = binomials === null ? m + Math.log(size / length) : m * (size / length)
      } else {
        twins[i] = 1
        run[i] = 1
      }
      value[i] = before + worth
      mass[i] = m
      if (i < last) {
        leeway[i + 1] = (leeway[i] as number) - (peak[i] as number) + worth + (price[i] as number) * count
        rest[i + 1] = (rest[i] as number) - count
        i++
        entering = true
        continue
      }
      for (let a = 0; a < rows; a++) {
        const y = (u[a] as number) - (x[a] as number)
        let b = a
        while (b > 0 && (child[b - 1] as number) > y && groups[b - 1] === groups[a]) {
          child[b] = child[b - 1] as number
          b--
        }
        child[b] = y
      }
      const target = nodeOf(network, index - 1, child, meter)
      const columnsValue = value[i] as number
      if ((below.bounds[target] as number) + columnsValue > threshold) {
        const needed = threshold - columnsValue
        if (needed < (below.thresholds[target] as number)) below.thresholds[target] = needed
        if (edges === edgeNodes.length) {
          reserve(meter, edges * 20)
          const more = new Int32Array(2 * edges)
          more.set(edgeNodes)
          edgeNodes = more
          edgeValues = resized(edgeValues, 2 * edges)
          edgeMasses = resized(edgeMasses, 2 * edges)
        }
        edgeNodes[edges] = target
        edgeValues[edges] = columnsValue
        edgeMasses[edges] = binomials === null ? Math.exp(m) : m
        edges++
      }
      x[i] = count + 1
    }
    if (steps > 100_000) {
      // A network far beyond the budget shows after a few nodes; then the work is better spent otherwise.
      const toCome = (edges / (node + 1)) * (count - node)
      if (20 * toCome > 2 * (meter.memoryLimit - meter.memory) || 40 * toCome > meter.workLimit - meter.work) throw new MeterExhausted()
      const pause = spend(meter, steps * rows)
      steps = 0
      if (pause) yield
    }
  }
  spend(meter, steps * rows)
  edgeStarts[count] = edges
  level.edgeStarts = edgeStarts
  level.edgeNodes = edgeNodes
  level.edgeValues = edgeValues
  level.edgeMasses = edgeMasses
}

/** Distributions of the first level: one value each. */
export function startDistributions(network: HalfNetwork): void {
  const level = network.levels[0] as Level
  const count = level.nodes.count
  level.listStarts = Int32Array.from({ length: count + 1 }, (_, node) => node)
  level.values = level.bounds.slice(0, count)
  level.masses = new Float64Array(count).fill(1)
}

/** Distributions of a level from those of the level below, which are given up. */
export function* buildDistributions(network: HalfNetwork, index: number, pool: ValuePool, meter: Meter): Sliced<void> {
  const level = network.levels[index] as Level
  const below = network.levels[index - 1] as Level
  const count = level.nodes.count
  const listStarts = new Int32Array(count + 1)
  let values: Float64Array = new Float64Array(1024)
  let masses: Float64Array = new Float64Array(1024)
  reserve(meter, 16 * values.length)
  let entries = 0
  let longest = 0
  for (let edge = 0; edge < (level.edgeStarts[count] as number); edge++) {
    const source = level.edgeNodes[edge] as number
    longest += (below.listStarts[source + 1] as number) - (below.listStarts[source] as number)
  }
  level.additions = longest
  // Lists grow by about the same factor from level to level, and thresholds rarely save more than four fifths of the additions.
  const growth = Math.min(3, longest / Math.max(1, below.additions))
  const toCome = longest > certainlyFeasible ? longest * wholePower(growth, network.levels.length - 1 - index) : longest
  if (toCome / 5 > meter.workLimit - meter.work) throw new MeterExhausted()
  for (let node = 0; node < count; node++) {
    const threshold = level.thresholds[node] as number
    let steps = 0
    for (let edge = level.edgeStarts[node] as number; edge < (level.edgeStarts[node + 1] as number); edge++) {
      const source = level.edgeNodes[edge] as number
      steps += addShifted(
        pool,
        below.values,
        below.masses,
        below.listStarts[source] as number,
        below.listStarts[source + 1] as number,
        level.edgeValues[edge] as number,
        level.edgeMasses[edge] as number,
        threshold,
      )
    }
    const size = pool.count
    sortDescending(pool.values, pool.masses, size)
    if (entries + size > values.length) {
      let length = 2 * values.length
      while (length < entries + size) length *= 2
      reserve(meter, 16 * (length - values.length))
      values = resized(values, length)
      masses = resized(masses, length)
    }
    values.set(pool.values.subarray(0, size), entries)
    masses.set(pool.masses.subarray(0, size), entries)
    entries += size
    listStarts[node + 1] = entries
    clear(pool)
    if (spend(meter, 2 * steps + 4 * size)) yield
  }
  level.listStarts = listStarts
  level.values = values
  level.masses = masses
  reserve(meter, -16 * below.values.length - 20 * level.edgeNodes.length)
  below.values = level.edgeValues = level.edgeMasses = new Float64Array(0)
  below.masses = below.values
  level.edgeNodes = new Int32Array(0)
}
