import { type AdditiveStatistic } from './additive-statistic.ts'
import { type BinomialTable, binomialTable } from './binomial-table.ts'
import { buildDistributions, buildEdges, halfNetwork, type HalfNetwork, type Level, nodeOf, startDistributions } from './half-network.ts'
import { type Meter, MeterExhausted, type Sliced, spend } from './meter.ts'
import { splitColumns } from './split-columns.ts'
import { addPair, noPairs, type Pairs, visitSplits } from './split-rows.ts'
import { peakOf, priceLift } from './value-bounds.ts'
import { valuePool } from './value-pool.ts'
import { fitsVectorKey } from './vector-table.ts'

/** Row and column totals of a table, without empty rows and columns; rows ascending. */
export interface TableMargins {
  /** Row totals, ascending. */
  readonly rows: Int32Array
  /** Column totals. */
  readonly columns: readonly number[]
  /** Sum of all counts. */
  readonly total: number
}

/**
 * The probability, given the margins, that the statistic exceeds a threshold.
 *
 * The columns are split in two halves. For all row totals that the left half may have, the distributions of both halves are
 * found, and each pair of them is swept once.
 */
export function* massAbove(
  views: readonly (readonly [TableMargins, AdditiveStatistic])[],
  threshold: number,
  meter: Meter,
): Sliced<number> {
  let best: Plan | null = null
  for (const [margins, statistic] of views) {
    const plan = yield* planHalves(margins, statistic, threshold, meter)
    if (best === null || plan.cost < best.cost) best = plan
  }
  const { left, right, pairs, table } = best as Plan
  const pool = valuePool()
  for (const half of [left, right]) {
    for (let index = half.columns.length - 1; index > 0; index--) yield* buildEdges(half, index, table, meter)
    startDistributions(half)
    for (let index = 1; index < half.columns.length; index++) yield* buildDistributions(half, index, pool, meter)
  }
  return yield* sweep(
    left.levels[left.columns.length - 1] as Level,
    right.levels[right.columns.length - 1] as Level,
    pairs,
    threshold,
    meter,
  )
}

/** Two halves whose nodes are known but not yet their distributions. */
interface Plan {
  readonly left: HalfNetwork
  readonly right: HalfNetwork
  readonly pairs: Pairs
  readonly table: BinomialTable
  /** Work to come, up to a factor that does not depend on which side of the table the rows are. */
  readonly cost: number
}

function* planHalves(margins: TableMargins, statistic: AdditiveStatistic, threshold: number, meter: Meter): Sliced<Plan> {
  const split = splitColumns(margins.columns)
  const { rows, total } = margins
  const largest = rows[rows.length - 1] as number
  if (!fitsVectorKey(rows.length, largest)) throw new MeterExhausted()
  const table = binomialTable(total, largest)
  const groups = new Int32Array(rows.length)
  const { rowFactors } = statistic
  if (rowFactors !== null) {
    for (let i = 1; i < rows.length; i++) {
      const alike = rows[i] === rows[i - 1] && rowFactors[i] === rowFactors[i - 1]
      groups[i] = (groups[i - 1] as number) + (alike ? 0 : 1)
    }
  }
  const half = (numbers: readonly number[]): HalfNetwork => {
    const columns = Int32Array.from(numbers, (j) => margins.columns[j] as number)
    return halfNetwork(halfStatistic(statistic, numbers), groups, columns, largest)
  }
  const left = half(split.left)
  const right = half(split.right)
  const pairs = yield* pairNodes(margins, statistic, left, right, threshold, table, meter)
  const nodes = (left.levels.at(-1) as Level).nodes.count + (right.levels.at(-1) as Level).nodes.count
  return { left, right, pairs, table, cost: pairs.count + 20 * nodes }
}

/** The statistic with the factors of some of the columns. */
function halfStatistic(statistic: AdditiveStatistic, numbers: readonly number[]): AdditiveStatistic {
  const { columnFactors } = statistic
  if (columnFactors === null) return statistic
  return { ...statistic, columnFactors: Float64Array.from(numbers, (j) => columnFactors[j] as number) }
}

/**
 * How much a row falls short of the Lagrangian bound at best, by its total in the left half.
 *
 * The shortfalls of cells are convex in their counts, so the best way to fill a row grows by its cheapest cell each time.
 */
function rowShortfalls(
  row: number,
  groupFactor: number,
  columns: Int32Array,
  prices: (column: number) => number,
  cell: Float64Array,
  guess: (column: number) => number,
): Float64Array {
  const count = columns.length
  const counts = new Int32Array(count)
  const shortfalls = new Float64Array(row + 1).fill(Infinity)
  const price = Float64Array.from(columns, prices)
  const weight = Float64Array.from(columns, (column) => (groupFactor < 0 ? 1 : groupFactor / column))
  let shortfall = 0
  for (let j = 0; j < count; j++) {
    const column = columns[j] as number
    shortfall += peakOf(cell, weight[j] as number, price[j] as number, guess(column)) - (weight[j] as number) * (cell[0] as number)
  }
  shortfalls[0] = shortfall
  for (let u = 1; u <= row; u++) {
    let cheapest = -1
    let least = Infinity
    for (let j = 0; j < count; j++) {
      const x = counts[j] as number
      if (x === columns[j]) continue
      const increment = (weight[j] as number) * ((cell[x] as number) - (cell[x + 1] as number)) - (price[j] as number)
      if (increment < least) {
        least = increment
        cheapest = j
      }
    }
    if (cheapest < 0) break
    counts[cheapest] = (counts[cheapest] as number) + 1
    shortfall += least
    shortfalls[u] = shortfall
  }
  return shortfalls
}

/** All row totals of the left half under which some table may exceed the threshold. */
function* pairNodes(
  margins: TableMargins,
  statistic: AdditiveStatistic,
  left: HalfNetwork,
  right: HalfNetwork,
  threshold: number,
  table: BinomialTable,
  meter: Meter,
): Sliced<Pairs> {
  const leftTop = left.columns.length - 1
  const rightTop = right.columns.length - 1
  const leftLevel = left.levels[leftTop] as Level
  const rightLevel = right.levels[rightTop] as Level
  const { leeway, shortfalls } = lagrangian(margins, statistic, left.columns, right.columns, threshold)
  const pairs = noPairs()
  const visit = (leftRows: Int32Array, rightRows: Int32Array, mass: number) => {
    const leftNode = nodeOf(left, leftTop, leftRows, meter)
    const rightNode = nodeOf(right, rightTop, rightRows, meter)
    const leftThreshold = threshold - (rightLevel.bounds[rightNode] as number)
    const rightThreshold = threshold - (leftLevel.bounds[leftNode] as number)
    if ((leftLevel.bounds[leftNode] as number) <= leftThreshold) return
    if (leftThreshold < (leftLevel.thresholds[leftNode] as number)) leftLevel.thresholds[leftNode] = leftThreshold
    if (rightThreshold < (rightLevel.thresholds[rightNode] as number)) rightLevel.thresholds[rightNode] = rightThreshold
    addPair(pairs, leftNode, rightNode, mass, meter)
  }
  yield* visitSplits(margins, leftLevel.total, left.groups, shortfalls, leeway, table, meter, visit)
  return pairs
}

/** The Lagrangian of the whole table: how far its bound lies above the threshold, and by row what each left total costs of that. */
function lagrangian(
  margins: TableMargins,
  statistic: AdditiveStatistic,
  left: Int32Array,
  right: Int32Array,
  threshold: number,
): { leeway: number; shortfalls: Float64Array[] } {
  const { rows, total } = margins
  const { cell, rowFactors, shape, shift } = statistic
  const count = rows.length
  if (shape === 'convex' || shape === 'linear') return { leeway: 0, shortfalls: Array.from(rows, (row) => new Float64Array(row + 1)) }
  const width = left.length + right.length
  const scale = 1 / (total + count * width * shift)
  const lift = priceLift(statistic)
  let bound = 1e-8
  const shortfalls = Array.from(rows, (row, i) => {
    const factor = rowFactors === null ? -1 : (rowFactors[i] as number)
    const expected = (column: number) =>
      shape === 'quadratic' ? (row * column) / total : (row + width * shift) * (column + count * shift) * scale
    const price = (column: number) => (shape === 'quadratic' ? (2 * row * factor) / total : Math.log(expected(column)) + lift)
    const guess = (column: number) => Math.floor(expected(column))
    bound -= shape === 'quadratic' ? row * price(1) : row * (Math.log(row + width * shift) + lift)
    for (const columns of [left, right]) {
      for (const column of columns) bound += peakOf(cell, factor < 0 ? 1 : factor / column, price(column), guess(column))
    }
    const leftPart = rowShortfalls(row, factor, left, price, cell, guess)
    const rightPart = rowShortfalls(row, factor, right, price, cell, guess)
    return leftPart.map((shortfall, u) => shortfall + (rightPart[row - u] as number))
  })
  if (shape === 'logarithmic') {
    for (const columns of [left, right]) for (const column of columns) bound -= column * Math.log((column + count * shift) * scale)
  }
  return { leeway: bound - threshold, shortfalls }
}

/** Adds up the probability of all pairs of values whose sum exceeds the threshold. */
function* sweep(left: Level, right: Level, pairs: Pairs, threshold: number, meter: Meter): Sliced<number> {
  const { masses } = right
  const cumulative = new Float64Array(masses.length)
  for (let node = 0; node < right.nodes.count; node++) {
    let sum = 0
    for (let i = right.listStarts[node] as number; i < (right.listStarts[node + 1] as number); i++) {
      sum += masses[i] as number
      cumulative[i] = sum
    }
  }
  // Neumaier's compensation: the small differences of tables with P near 1 are made here.
  let above = 0
  let compensation = 0
  for (let pair = 0; pair < pairs.count; pair++) {
    const leftNode = pairs.left[pair] as number
    const rightNode = pairs.right[pair] as number
    const start = left.listStarts[leftNode] as number
    const end = left.listStarts[leftNode + 1] as number
    const first = right.listStarts[rightNode] as number
    const final = right.listStarts[rightNode + 1] as number
    const term = (pairs.masses[pair] as number) * sweepPair(left, right, cumulative, start, end, first, final, threshold)
    const next = above + term
    compensation += above >= term ? above - next + term : term - next + above
    above = next
    if (spend(meter, end - start + final - first + 8)) yield
  }
  return above + compensation
}

function sweepPair(
  left: Level,
  right: Level,
  cumulative: Float64Array,
  start: number,
  end: number,
  first: number,
  final: number,
  threshold: number,
): number {
  const leftValues = left.values
  const leftMasses = left.masses
  const rightValues = right.values
  let j = final - 1
  let sum = 0
  for (let i = start; i < end; i++) {
    const needed = threshold - (leftValues[i] as number)
    while (j >= first && (rightValues[j] as number) <= needed) j--
    if (j < first) break
    sum += (leftMasses[i] as number) * (cumulative[j] as number)
  }
  return sum
}
