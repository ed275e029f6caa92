import { logFactorial } from '../../numerics/index.ts'

/**
 * Some columns of a table and the row totals that they may have, ready to give the characteristic function of the statistic
 * over the ways to fill the columns, one frequency at a time.
 *
 * Let each row spread its total over the columns in proportion to the column totals, independently of the others; tables whose
 * columns then happen to add up have the probabilities that independence gives them. The totals are picked out by a discrete
 * Fourier transform over all columns but the first: with R(u; φ) = E exp(i θ Σⱼ f(xⱼ) + i Σⱼ φⱼ xⱼ) for a row with total u,
 *
 *     E exp(i θ T) = Σ over φ of exp(−i φ·c) Πᵢ R(uᵢ; φ) / (number of φ · probability that the columns add up).
 *
 * There are fewer φ than column totals, so tables whose columns are off by multiples of the number of points creep in. They
 * only add mass, and how much is known: it is what the result for θ = 0 exceeds 1 by.
 */
export interface CharacteristicGroup {
  /** Column totals, the largest first. */
  readonly columns: Int32Array
  /** Sum of the columns. */
  readonly total: number
  /** Cells of the statistic. */
  readonly cell: Float64Array
  /** Number of nodes. */
  readonly count: number
  /** Largest row total of any node. */
  readonly largest: number
  /** All row totals of any node, ascending. */
  readonly totals: Int32Array
  /** Points of the transform, by column; 1 for the first. */
  readonly points: Int32Array
  /** One over the probability that the columns add up. */
  readonly scale: number
  /** By column: binomial probabilities of its count given what the columns up to it have. */
  readonly kernels: readonly BinomialKernel[]
  /** The distinct first and last parts of the nodes' row totals. */
  readonly heads: PartialVectors
  readonly tails: PartialVectors
  /** The nodes in tiles of heads and tails, whose products stay in the nearest cache. */
  readonly order: Int32Array
  /** Complex multiplications that a frequency takes at most. */
  readonly cost: number
  /** By node: the result for the last frequency. */
  readonly real: Float64Array
  readonly imaginary: Float64Array
  /** Bound on the error of the last result, apart from the mass that creeps in. */
  error: number
}

interface BinomialKernel {
  /** First weight of each total. */
  readonly starts: Int32Array
  /** Lowest count of each total. */
  readonly lowest: Int32Array
  readonly weights: Float64Array
}

interface PartialVectors {
  readonly length: number
  readonly count: number
  readonly parts: Int32Array
  /** The vector of each node. */
  readonly ofNode: Int32Array
}

/** Weights of a binomial below this share of the largest are left out. */
const negligible = 1e-14

/**
 * @param columns - column totals
 * @param parts - row totals of the nodes, one node after the other
 * @param rows - row totals a node has
 * @param cell - cells of the statistic
 * @param span - standard deviations of a column total that the points of the transform span
 */
export function characteristicGroup(
  columns: readonly number[],
  parts: Int32Array,
  rows: number,
  cell: Float64Array,
  span: number,
): CharacteristicGroup {
  const descending = Int32Array.from(columns).sort().reverse()
  const total = descending.reduce((sum, column) => sum + column, 0)
  const count = parts.length / rows
  const totals = Int32Array.from(new Set(parts)).sort()
  const largest = totals[totals.length - 1] as number
  const width = descending.length
  const points = new Int32Array(width).fill(1)
  const kernels: BinomialKernel[] = [{ starts: new Int32Array(0), lowest: new Int32Array(0), weights: new Float64Array(0) }]
  let logProbability = logFactorial(total)
  let sum = 0
  for (let j = 0; j < width; j++) {
    const column = descending[j] as number
    logProbability += column * Math.log(column / total) - logFactorial(column)
    sum += column
    if (j === 0) continue
    const deviation = Math.sqrt((column * (total - column)) / total)
    points[j] = Math.min(total + 1, Math.max(8, Math.ceil(span * deviation)))
    kernels.push(binomialKernel(largest, column / sum))
  }
  const headLength = Math.ceil(rows / 2)
  const heads = partialVectors(parts, rows, 0, headLength)
  const tails = partialVectors(parts, rows, headLength, rows)
  let phases = 1
  let cost = 0
  for (let j = 1; j < width; j++) {
    phases *= points[j] as number
    const { starts, weights } = kernels[j] as BinomialKernel
    let terms = weights.length
    if (j === width - 1) terms = totals.reduce((all, u) => all + (starts[u + 1] as number) - (starts[u] as number), 0)
    cost += terms * phases
  }
  cost += phases * (count + heads.count * headLength + tails.count * (rows - headLength))
  return {
    columns: descending,
    total,
    cell,
    count,
    largest,
    totals,
    points,
    scale: Math.exp(-logProbability),
    kernels,
    heads,
    tails,
    order: tiledOrder(heads, tails),
    cost,
    real: new Float64Array(count),
    imaginary: new Float64Array(count),
    error: 0,
  }
}

function binomialKernel(largest: number, share: number): BinomialKernel {
  const starts = new Int32Array(largest + 2)
  const lowest = new Int32Array(largest + 1)
  const weights: number[] = []
  for (let u = 0; u <= largest; u++) {
    const mode = Math.min(u, Math.floor((u + 1) * share))
    const logPeak = logFactorial(u) - logFactorial(mode) - logFactorial(u - mode) + mode * Math.log(share) + (u - mode) * Math.log1p(-share)
    const peak = Math.exp(logPeak)
    const odds = share / (1 - share)
    const below: number[] = []
    for (let x = mode, weight = peak; x > 0; x--) {
      weight *= x / ((u - x + 1) * odds)
      if (weight < negligible * peak) break
      below.push(weight)
    }
    lowest[u] = mode - below.length
    weights.push(...below.reverse(), peak)
    for (let x = mode, weight = peak; x < u; x++) {
      weight *= ((u - x) * odds) / (x + 1)
      if (weight < negligible * peak) break
      weights.push(weight)
    }
    starts[u + 1] = weights.length
  }
  return { starts, lowest, weights: Float64Array.from(weights) }
}

/** The distinct parts of the nodes' row totals from one row to another, numbered by their sums: a head goes with tails of one sum. */
function partialVectors(parts: Int32Array, rows: number, from: number, to: number): PartialVectors {
  const nodes = parts.length / rows
  const known = new Map<string, { readonly vector: Int32Array; readonly nodes: number[] }>()
  for (let node = 0; node < nodes; node++) {
    const vector = parts.subarray(node * rows + from, node * rows + to)
    const key = vector.join()
    const entry = known.get(key)
    if (entry === undefined) known.set(key, { vector, nodes: [node] })
    else entry.nodes.push(node)
  }
  const sum = (vector: Int32Array): number => vector.reduce((total, part) => total + part, 0)
  const sorted = [...known.values()].sort((a, b) => sum(a.vector) - sum(b.vector))
  const ofNode = new Int32Array(nodes)
  const vectors = new Int32Array(sorted.length * (to - from))
  for (const [number, entry] of sorted.entries()) {
    vectors.set(entry.vector, number * (to - from))
    for (const node of entry.nodes) ofNode[node] = number
  }
  return { length: to - from, count: sorted.length, parts: vectors, ofNode }
}

/** Heads or tails in a tile, a power of two. */
const tileBits = 5

function tiledOrder(heads: PartialVectors, tails: PartialVectors): Int32Array {
  const head = heads.ofNode
  const tail = tails.ofNode
  const at = (numbers: Int32Array, node: number): number => numbers[node] as number
  return Int32Array.from(head.keys()).sort(
    (a, b) =>
      (at(head, a) >> tileBits) - (at(head, b) >> tileBits) ||
      (at(tail, a) >> tileBits) - (at(tail, b) >> tileBits) ||
      at(head, a) - at(head, b) ||
      at(tail, a) - at(tail, b),
  )
}

/** Complex numbers, real and imaginary parts apart. */
interface ComplexArray {
  readonly re: Float64Array
  readonly im: Float64Array
}

const complexArray = (length: number): ComplexArray => ({ re: new Float64Array(length), im: new Float64Array(length) })

/**
 * Finds E exp((i · frequency − tilt) · T) for all nodes of a group.
 */
export function evaluate(group: CharacteristicGroup, frequency: number, tilt = 0): void {
  const { cell, columns, count, heads, imaginary, largest, points, real, scale, tails, total } = group
  const width = columns.length
  const turns = complexArray(largest + 1)
  for (let x = 0; x <= largest; x++) {
    const size = Math.exp(-tilt * (cell[x] as number))
    turns.re[x] = size * Math.cos(frequency * (cell[x] as number))
    turns.im[x] = size * Math.sin(frequency * (cell[x] as number))
  }
  real.fill(0)
  imaginary.fill(0)
  // What is left out of the kernels, and rounding, before the division by the probability that the columns add up.
  let steepest = 1
  for (let x = 0; x <= largest; x++) steepest = Math.max(steepest, Math.abs(cell[x] as number))
  group.error = (2e-13 + 4e-16 * Math.abs(frequency) * steepest) * (heads.length + tails.length) * width * scale
  if (width === 1) {
    for (let node = 0; node < count; node++) {
      let re = 1
      let im = 0
      for (const half of [heads, tails]) {
        const offset = (half.ofNode[node] as number) * half.length
        for (let i = 0; i < half.length; i++) {
          const u = half.parts[offset + i] as number
          const a = turns.re[u] as number
          const b = turns.im[u] as number
          const c = re * a - im * b
          im = re * b + im * a
          re = c
        }
      }
      real[node] = re
      imaginary[node] = im
    }
    return
  }
  // R for the first column, then for one column more each time, for all φ of the columns so far.
  let rowSums = turns
  let block = 1
  for (let j = 1; j < width - 1; j++) {
    const phases = points[j] as number
    const next = complexArray((largest + 1) * block * phases)
    for (let q = 0; q < phases; q++) addColumn(group, j, q, turns, rowSums, block, next, block * phases, q * block)
    rowSums = next
    block *= phases
  }
  const last = width - 1
  const lastPhases = points[last] as number
  let allPhases = 1
  for (let j = 1; j < width; j++) allPhases *= points[j] as number
  // exp(−i φ·c) over the φ of the columns before the last.
  const twists = complexArray(last === 1 ? lastPhases : block)
  if (last === 1) {
    // Two columns have one φ: all of it is one block.
    for (let q = 0; q < lastPhases; q++) setTurn(twists, q, (-2 * Math.PI * ((q * (columns[1] as number)) % lastPhases)) / lastPhases, 1)
    const both = complexArray((largest + 1) * lastPhases)
    for (let q = 0; q < lastPhases; q++) addColumn(group, 1, q, turns, rowSums, 1, both, lastPhases, q)
    addProducts(group, both, twists, lastPhases, scale / allPhases)
    return
  }
  for (let t = 0; t < block; t++) {
    let angle = 0
    let rest = t
    for (let j = 1; j < last; j++) {
      const phases = points[j] as number
      const q = rest % phases
      rest = (rest - q) / phases
      angle -= ((q * (columns[j] as number)) % phases) / phases
    }
    setTurn(twists, t, 2 * Math.PI * angle, 1)
  }
  const whole = complexArray((largest + 1) * block)
  const blockTwists = complexArray(block)
  for (let q = 0; q < lastPhases; q++) {
    whole.re.fill(0)
    whole.im.fill(0)
    addColumn(group, last, q, turns, rowSums, block, whole, block, 0)
    // |R(u; φ)| ≤ e^(−ρu) for all u makes the product at most e^(−ρ · total), whatever the node.
    const negligibleAt = (Math.exp(-decay(group, whole, block) * total) * block * scale) / allPhases
    if (tilt === 0 && negligibleAt < 1e-13) {
      group.error += negligibleAt
      continue
    }
    const angle = (-2 * Math.PI * ((q * (columns[last] as number)) % lastPhases)) / lastPhases
    const c = Math.cos(angle)
    const s = Math.sin(angle)
    for (let t = 0; t < block; t++) {
      const a = twists.re[t] as number
      const b = twists.im[t] as number
      blockTwists.re[t] = a * c - b * s
      blockTwists.im[t] = a * s + b * c
    }
    addProducts(group, whole, blockTwists, block, scale / allPhases)
  }
}

function setTurn(target: ComplexArray, index: number, angle: number, radius: number): void {
  target.re[index] = radius * Math.cos(angle)
  target.im[index] = radius * Math.sin(angle)
}

/** R(u; φ) with column j for one φⱼ and all φ before it: Σₓ P(x | u) exp(iθ f(x) + iφⱼ x) R(u − x; φ). */
function addColumn(
  group: CharacteristicGroup,
  j: number,
  q: number,
  turns: ComplexArray,
  before: ComplexArray,
  block: number,
  target: ComplexArray,
  stride: number,
  offset: number,
): void {
  const { starts, lowest, weights } = group.kernels[j] as BinomialKernel
  const phases = group.points[j] as number
  const { largest } = group
  const { re: beforeRe, im: beforeIm } = before
  const { re, im } = target
  const factors = complexArray(largest + 1)
  for (let x = 0; x <= largest; x++) {
    const angle = (2 * Math.PI * ((q * x) % phases)) / phases
    const c = Math.cos(angle)
    const s = Math.sin(angle)
    const a = turns.re[x] as number
    const b = turns.im[x] as number
    factors.re[x] = a * c - b * s
    factors.im[x] = a * s + b * c
  }
  // All totals matter, except after the last column.
  const { totals } = group
  const final = j === group.columns.length - 1
  const count = final ? totals.length : largest + 1
  for (let i = 0; i < count; i++) {
    const u = final ? (totals[i] as number) : i
    const start = starts[u] as number
    const size = (starts[u + 1] as number) - start
    const low = lowest[u] as number
    const to = u * stride + offset
    for (let k = 0; k < size; k++) {
      const x = low + k
      const weight = weights[start + k] as number
      const a = weight * (factors.re[x] as number)
      const b = weight * (factors.im[x] as number)
      const from = (u - x) * block
      for (let t = 0; t < block; t++) {
        const c = beforeRe[from + t] as number
        const d = beforeIm[from + t] as number
        re[to + t] = (re[to + t] as number) + a * c - b * d
        im[to + t] = (im[to + t] as number) + a * d + b * c
      }
    }
  }
}

/** The largest ρ with |R(u; φ)| ≤ e^(−ρu) for all totals of any node and all φ of a block. */
function decay(group: CharacteristicGroup, rowSums: ComplexArray, block: number): number {
  let least = Infinity
  for (const u of group.totals) {
    if (u === 0) continue
    let most = 0
    for (let t = u * block; t < (u + 1) * block; t++) {
      const a = rowSums.re[t] as number
      const b = rowSums.im[t] as number
      const size = a * a + b * b
      if (size > most) most = size
    }
    const rho = (-0.5 * Math.log(most)) / u
    if (rho < least) least = rho
  }
  return least
}

/** Adds Σ over φ of twist · Πᵢ R(uᵢ; φ) to each node. */
function addProducts(group: CharacteristicGroup, rowSums: ComplexArray, twists: ComplexArray, block: number, scale: number): void {
  const { heads, imaginary, order, real, tails } = group
  const headProducts = productsOf(heads, rowSums, block, twists, scale)
  const tailProducts = productsOf(tails, rowSums, block, null, 1)
  const { re: headRe, im: headIm } = headProducts
  const { re: tailRe, im: tailIm } = tailProducts
  for (const node of order) {
    const head = (heads.ofNode[node] as number) * block
    const tail = (tails.ofNode[node] as number) * block
    let re = 0
    let im = 0
    for (let t = 0; t < block; t++) {
      const a = headRe[head + t] as number
      const b = headIm[head + t] as number
      const c = tailRe[tail + t] as number
      const d = tailIm[tail + t] as number
      re += a * c - b * d
      im += a * d + b * c
    }
    real[node] = (real[node] as number) + re
    imaginary[node] = (imaginary[node] as number) + im
  }
}

function productsOf(
  vectors: PartialVectors,
  rowSums: ComplexArray,
  block: number,
  twists: ComplexArray | null,
  scale: number,
): ComplexArray {
  const products = complexArray(vectors.count * block)
  const { re, im } = products
  for (let vector = 0; vector < vectors.count; vector++) {
    const to = vector * block
    if (twists === null) re.fill(scale, to, to + block)
    else {
      for (let t = 0; t < block; t++) {
        re[to + t] = scale * (twists.re[t] as number)
        im[to + t] = scale * (twists.im[t] as number)
      }
    }
    for (let i = 0; i < vectors.length; i++) {
      const from = (vectors.parts[vector * vectors.length + i] as number) * block
      for (let t = 0; t < block; t++) {
        const a = re[to + t] as number
        const b = im[to + t] as number
        const c = rowSums.re[from + t] as number
        const d = rowSums.im[from + t] as number
        re[to + t] = a * c - b * d
        im[to + t] = a * d + b * c
      }
    }
  }
  return products
}
