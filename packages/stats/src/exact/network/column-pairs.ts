import { type Meter, reserve } from './meter.ts'
import { resized } from './value-pool.ts'
import { fitsVectorKey, numberOf, vectorTable, type VectorTable } from './vector-table.ts'
import { logFactorial } from '../../numerics/index.ts'

/**
 * Two columns of a table, with all row totals that they may have and the probability of each.
 *
 * Given those row totals for every pair of columns, the pairs are independent of each other. By Hölder's inequality,
 *
 *     |E exp(iθT)| ≤ Π over g pairs of (E |E(exp(iθT) | row totals)|^g)^(1/g).
 */
export interface ColumnPair {
  /** Total of the first column. */
  readonly first: number
  /** Total of the second column. */
  readonly second: number
  /** Number of nodes, that is of different row totals. */
  readonly count: number
  /** Probability by node, whatever the order of the rows. */
  readonly masses: Float64Array
  /** Probability of the row totals that were left out. */
  readonly missing: number
  /** Mass that creeps in, at most the same for all nodes: see {@link PhaseLattice}. */
  readonly extra: number
  /** Largest row total of any node. */
  readonly largest: number
  /** Points of the transform over the second column. */
  readonly points: number
  /** P(x | u) of the second column's count, by u and x. */
  readonly kernel: readonly Float64Array[]
  /** One over the probability that the columns add up, and over the number of points. */
  readonly scale: number
  /** The first and the last entries of the nodes' row totals. */
  readonly heads: PartialVectors
  readonly tails: PartialVectors
  /** Complex multiplications that a frequency takes. */
  readonly cost: number
}

interface PartialVectors {
  readonly length: number
  readonly count: number
  readonly parts: Int32Array
  /** The vector of each node. */
  readonly ofNode: Int32Array
}

/** Row totals rarer than this are left out. */
const rare = 1e-9
/** Pairs with more different row totals take longer than what they save. */
const mostNodes = 100_000

/**
 * As many disjoint pairs of columns as there are, like with like; none where their row totals are too many.
 *
 * @param rows - row totals; the statistic must not tell the rows from each other
 * @param columns - column totals
 */
export function columnPairs(rows: readonly number[], columns: readonly number[], total: number, meter: Meter): ColumnPair[] {
  const descending = [...columns].sort((a, b) => b - a)
  const pairs: ColumnPair[] = []
  for (let j = 0; j + 1 < descending.length; j += 2) {
    const [first, second] = descending.slice(j, j + 2) as [number, number]
    const known = pairs.find((pair) => pair.first === first && pair.second === second)
    const pair = known ?? columnPair(rows, first, second, total, meter)
    if (pair === null) return []
    pairs.push(pair)
  }
  return pairs
}

function columnPair(rows: readonly number[], first: number, second: number, total: number, meter: Meter): ColumnPair | null {
  const pairTotal = first + second
  const largestRow = Math.min(pairTotal, Math.max(...rows))
  // The last entry is what the rows to come have, as vectors of a table share a sum.
  const width = rows.length + 1
  if (!fitsVectorKey(width, largestRow)) return null
  let states = vectorTable(width, largestRow)
  const vector = new Int32Array(width)
  vector[rows.length] = pairTotal
  numberOf(states, vector)
  let masses: Float64Array = Float64Array.of(1)
  let rest = total
  // Row by row; states that differ only in the order of their entries are one.
  for (const [i, row] of rows.entries()) {
    const next = vectorTable(width, largestRow)
    let nextMasses: Float64Array = new Float64Array(64)
    for (let state = 0; state < states.count; state++) {
      const mass = masses[state] as number
      const offset = state * width
      const left = states.parts[offset + rows.length] as number
      for (let u = Math.max(0, left - (rest - row)); u <= Math.min(row, left); u++) {
        const share = mass * hypergeometric(u, row, left, rest)
        if (share < rare) continue
        // Entries ascend from position 0, empty places first.
        let at = rows.length - 1
        while (at >= rows.length - i && (states.parts[offset + at] as number) > u) {
          vector[at] = states.parts[offset + at] as number
          at--
        }
        vector[at] = u
        for (let k = 0; k < at; k++) vector[k] = states.parts[offset + k + 1] as number
        vector[rows.length] = left - u
        const target = numberOf(next, vector)
        if (target >= mostNodes) return null
        if (target >= nextMasses.length) nextMasses = resized(nextMasses, 2 * target)
        nextMasses[target] = (nextMasses[target] as number) + share
      }
    }
    meter.work += 10 * states.count
    states = next
    masses = nextMasses
    rest -= row
  }
  reserve(meter, states.count * (8 + 8 * rows.length))
  return prepared(first, second, rows.length, states, masses.subarray(0, states.count))
}

/** P(u) of u of `marked` among `drawn` from `all`. */
function hypergeometric(u: number, marked: number, drawn: number, all: number): number {
  const log = (n: number, k: number): number => logFactorial(n) - logFactorial(k) - logFactorial(n - k)
  return Math.exp(log(marked, u) + log(all - marked, drawn - u) - log(all, drawn))
}

/** Standard deviations of the second column's total that the points of the transform span: rough, as only a bound is sought. */
const span = 4

function prepared(first: number, second: number, rows: number, states: VectorTable, masses: Float64Array): ColumnPair {
  const total = first + second
  const share = second / total
  const parts = new Int32Array(states.count * rows)
  for (let state = 0; state < states.count; state++) {
    parts.set(states.parts.subarray(state * (rows + 1), state * (rows + 1) + rows), state * rows)
  }
  const largest = parts.reduce((most, u) => Math.max(most, u), 0)
  const points = Math.min(total + 1, Math.max(4, Math.ceil(span * Math.sqrt(first * share))))
  const binomial = (u: number, x: number): number =>
    Math.exp(
      logFactorial(u) - logFactorial(x) - logFactorial(u - x) + x * Math.log(share) + (u - x === 0 ? 0 : (u - x) * Math.log1p(-share)),
    )
  const kernel = Array.from({ length: largest + 1 }, (_, u) => Float64Array.from({ length: u + 1 }, (_, x) => binomial(u, x)))
  const hit = binomial(total, second)
  let near = 0
  for (let x = second % points; x <= total; x += points) near += binomial(total, x)
  const headLength = Math.ceil(rows / 2)
  const heads = partialVectors(parts, rows, 0, headLength)
  const tails = partialVectors(parts, rows, headLength, rows)
  return {
    first,
    second,
    count: states.count,
    masses,
    missing: Math.max(0, 1 - masses.reduce((sum, mass) => sum + mass, 0)) + 1e-12,
    extra: near / hit - 1 + 1e-9,
    largest,
    points,
    kernel,
    scale: 1 / (hit * points),
    heads,
    tails,
    cost: points * (states.count + heads.count * headLength + tails.count * (rows - headLength) + (largest * largest) / 2),
  }
}

/** The distinct parts of the nodes' row totals from one entry to another. */
function partialVectors(parts: Int32Array, rows: number, from: number, to: number): PartialVectors {
  const nodes = parts.length / rows
  const numbers = new Map<string, number>()
  const vectors: number[] = []
  const ofNode = new Int32Array(nodes)
  for (let node = 0; node < nodes; node++) {
    const vector = parts.subarray(node * rows + from, node * rows + to)
    const key = vector.join()
    let number = numbers.get(key)
    if (number === undefined) {
      number = numbers.size
      numbers.set(key, number)
      vectors.push(...vector)
    }
    ofNode[node] = number
  }
  return { length: to - from, count: numbers.size, parts: Int32Array.from(vectors), ofNode }
}

/** Hölder's bound on |E exp(iθT)|. */
export function pairBound(pairs: readonly ColumnPair[], cell: Float64Array, frequency: number, meter: Meter): number {
  const power = pairs.length
  let bound = 1
  const moments = new Map<ColumnPair, number>()
  for (const pair of pairs) {
    let moment = moments.get(pair)
    if (moment === undefined) {
      moment = momentOf(pair, cell, frequency, power)
      moments.set(pair, moment)
      meter.work += pair.cost / 3
    }
    bound *= Math.exp(Math.log(moment) / power)
  }
  return Math.min(1, bound)
}

/** E |E(exp(iθT) | row totals)|^power of one pair, at most. */
function momentOf(pair: ColumnPair, cell: Float64Array, frequency: number, power: number): number {
  const { count, extra, heads, kernel, largest, masses, missing, points, scale, second, tails } = pair
  const sumRe = new Float64Array((largest + 1) * points)
  const sumIm = new Float64Array((largest + 1) * points)
  const rootRe = Float64Array.from({ length: points }, (_, q) => Math.cos((2 * Math.PI * q) / points))
  const rootIm = Float64Array.from({ length: points }, (_, q) => Math.sin((2 * Math.PI * q) / points))
  for (let u = 0; u <= largest; u++) {
    const weights = kernel[u] as Float64Array
    for (let x = 0; x <= u; x++) {
      const angle = frequency * ((cell[x] as number) + (cell[u - x] as number))
      const a = (weights[x] as number) * Math.cos(angle)
      const b = (weights[x] as number) * Math.sin(angle)
      for (let q = 0; q < points; q++) {
        const root = (q * x) % points
        const c = rootRe[root] as number
        const d = rootIm[root] as number
        const at = u * points + q
        sumRe[at] = (sumRe[at] as number) + a * c - b * d
        sumIm[at] = (sumIm[at] as number) + a * d + b * c
      }
    }
  }
  const head = productsOf(heads, sumRe, sumIm, points)
  const tail = productsOf(tails, sumRe, sumIm, points)
  for (let vector = 0; vector < heads.count; vector++) {
    for (let q = 0; q < points; q++) {
      const root = (points - ((q * second) % points)) % points
      const at = vector * points + q
      const a = (head.re[at] as number) * scale
      const b = (head.im[at] as number) * scale
      head.re[at] = a * (rootRe[root] as number) - b * (rootIm[root] as number)
      head.im[at] = a * (rootIm[root] as number) + b * (rootRe[root] as number)
    }
  }
  let moment = missing
  for (let node = 0; node < count; node++) {
    const h = (heads.ofNode[node] as number) * points
    const t = (tails.ofNode[node] as number) * points
    let re = 0
    let im = 0
    for (let q = 0; q < points; q++) {
      const a = head.re[h + q] as number
      const b = head.im[h + q] as number
      const c = tail.re[t + q] as number
      const d = tail.im[t + q] as number
      re += a * c - b * d
      im += a * d + b * c
    }
    const size = Math.min(1, Math.sqrt(re * re + im * im) + extra)
    let raised = size
    for (let k = 1; k < power; k++) raised *= size
    moment += (masses[node] as number) * raised
  }
  return moment
}

function productsOf(
  vectors: PartialVectors,
  sumRe: Float64Array,
  sumIm: Float64Array,
  points: number,
): { re: Float64Array; im: Float64Array } {
  const re = new Float64Array(vectors.count * points).fill(1)
  const im = new Float64Array(vectors.count * points)
  for (let vector = 0; vector < vectors.count; vector++) {
    const to = vector * points
    for (let i = 0; i < vectors.length; i++) {
      const from = (vectors.parts[vector * vectors.length + i] as number) * points
      for (let q = 0; q < points; q++) {
        const a = re[to + q] as number
        const b = im[to + q] as number
        const c = sumRe[from + q] as number
        const d = sumIm[from + q] as number
        re[to + q] = a * c - b * d
        im[to + q] = a * d + b * c
      }
    }
  }
  return { re, im }
}
