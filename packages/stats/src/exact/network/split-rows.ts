import { binomialCoefficient, type BinomialTable } from './binomial-table.ts'
import { type TableMargins } from './mass-above.ts'
import { type Meter, reserve, type Sliced, spend } from './meter.ts'
import { resized } from './value-pool.ts'

/** Pairs of nodes that make a whole table, with the probability of the row totals of the left half. */
export interface Pairs {
  /** Number of pairs. */
  count: number
  /** Nodes of the left half. */
  left: Int32Array
  /** Nodes of the right half. */
  right: Int32Array
  /** Probability that the left half has these row totals, in any order that leads to the same nodes. */
  masses: Float64Array
}

/** No pairs. */
export function noPairs(): Pairs {
  return { count: 0, left: new Int32Array(256), right: new Int32Array(256), masses: new Float64Array(256) }
}

/** Adds a pair. */
export function addPair(pairs: Pairs, left: number, right: number, mass: number, meter: Meter): void {
  if (pairs.count === pairs.left.length) {
    const length = 2 * pairs.count
    reserve(meter, 16 * pairs.count)
    const more = [new Int32Array(length), new Int32Array(length)] as const
    more[0].set(pairs.left)
    more[1].set(pairs.right)
    pairs.left = more[0]
    pairs.right = more[1]
    pairs.masses = resized(pairs.masses, length)
  }
  pairs.left[pairs.count] = left
  pairs.right[pairs.count] = right
  pairs.masses[pairs.count] = mass
  pairs.count++
}

/**
 * Visits the row totals that the left half of a table may have, equal rows in one order only.
 *
 * @param leftTotal - sum of the columns of the left half
 * @param groups - rows of one group may trade places
 * @param shortfalls - by row and its left total, how much of the leeway is used up
 * @param allLeeway - splits that use more than this are passed over
 * @param visit - called with the sorted row totals of both halves and the probability of the split
 */
export function* visitSplits(
  margins: TableMargins,
  leftTotal: number,
  groups: Int32Array,
  shortfalls: readonly Float64Array[],
  allLeeway: number,
  table: BinomialTable,
  meter: Meter,
  visit: (leftRows: Int32Array, rightRows: Int32Array, mass: number) => void,
): Sliced<void> {
  const { rows, total } = margins
  const count = rows.length
  const last = count - 1
  const { binomials, logFactorials } = table
  const logAll = (logFactorials[total] as number) - (logFactorials[leftTotal] as number) - (logFactorials[total - leftTotal] as number)
  const all = binomials === null ? 1 : 1 / binomialCoefficient(total, leftTotal)
  const u = new Int32Array(count)
  const highest = new Int32Array(count)
  const rest = new Int32Array(count)
  const roomBelow = new Int32Array(count + 1)
  const leeway = new Float64Array(count)
  const mass = new Float64Array(count)
  const twins = new Int32Array(count)
  const run = new Int32Array(count)
  const leftRows = new Int32Array(count)
  const rightRows = new Int32Array(count)
  for (let i = last; i >= 0; i--) roomBelow[i] = (roomBelow[i + 1] as number) + (rows[i] as number)
  leeway[0] = allLeeway
  rest[0] = leftTotal
  let i = 0
  let entering = true
  let steps = 0
  while (i >= 0) {
    const row = rows[i] as number
    const twin = i > 0 && row === rows[i - 1] && groups[i] === groups[i - 1]
    const shortfall = shortfalls[i] as Float64Array
    if (entering) {
      entering = false
      let low = Math.max(0, (rest[i] as number) - (roomBelow[i + 1] as number))
      let high = Math.min(row, rest[i] as number)
      if (twin && high > (u[i - 1] as number)) high = u[i - 1] as number
      const room = leeway[i] as number
      if (i === last - 1) {
        const lastShortfall = shortfalls[last] as Float64Array
        const r = rest[i] as number
        while (low <= high && (shortfall[low] as number) + (lastShortfall[r - low] as number) > room) low++
        while (low <= high && (shortfall[high] as number) + (lastShortfall[r - high] as number) > room) high--
      } else {
        while (low <= high && (shortfall[low] as number) > room) low++
        while (low <= high && (shortfall[high] as number) > room) high--
      }
      u[i] = low
      highest[i] = high
    }
    const part = u[i] as number
    if (part > (highest[i] as number)) {
      i--
      if (i >= 0) u[i] = (u[i] as number) + 1
      continue
    }
    if (++steps === 100_000) {
      steps = 0
      if (spend(meter, 100_000 * count)) yield
    }
    let m =
      binomials === null
        ? (i === 0 ? -logAll : (mass[i - 1] as number)) +
          (logFactorials[row] as number) -
          (logFactorials[part] as number) -
          (logFactorials[row - part] as number)
        : (i === 0 ? all : (mass[i - 1] as number)) * (binomials[(row * (row + 1)) / 2 + part] as number)
    if (twin) {
      const size = (twins[i - 1] as number) + 1
      const length = part === u[i - 1] ? (run[i - 1] as number) + 1 : 1
      twins[i] = size
      run[i] = length
      if (size !== length) m = binomials === null ? m + Math.log(size / length) : m * (size / length)
    } else {
      twins[i] = 1
      run[i] = 1
    }
    mass[i] = m
    if (i < last) {
      leeway[i + 1] = (leeway[i] as number) - (shortfall[part] as number)
      rest[i + 1] = (rest[i] as number) - part
      i++
      entering = true
      continue
    }
    for (let a = 0; a < count; a++) {
      const group = groups[a]
      const y = u[a] as number
      let b = a
      while (b > 0 && (leftRows[b - 1] as number) > y && groups[b - 1] === group) {
        leftRows[b] = leftRows[b - 1] as number
        b--
      }
      leftRows[b] = y
      const z = (rows[a] as number) - y
      b = a
      while (b > 0 && (rightRows[b - 1] as number) > z && groups[b - 1] === group) {
        rightRows[b] = rightRows[b - 1] as number
        b--
      }
      rightRows[b] = z
    }
    visit(leftRows, rightRows, binomials === null ? Math.exp(m) : m)
    u[i] = part + 1
  }
  spend(meter, steps * count)
}
