import { binomialProbability } from '../../distributions/binomial.ts'
import { type Meter } from './meter.ts'
import { hypergeometricMasses, windowOf } from './phase-lattice.ts'
import { type ComplexNumbers, rootsOfUnity } from './roots-of-unity.ts'

/**
 * Two columns of a table, and how their row totals are distributed.
 *
 * Given the row totals of disjoint pairs of columns, the pairs are independent of each other, so that with φₖ = E(exp(iθTₖ) | row
 * totals of pair k)
 *
 *     |E exp(iθT)| ≤ E Πₖ |φₖ| ≤ Πₖ (E |φₖ|²)^½.
 *
 * The second step holds for any number of pairs, which Hölder's inequality would give with as many as the power. A table is what a
 * random permutation π of the observations makes of fixed row and column labels, and |φₖ| depends on π in the places of pair k only.
 * Let Pₜ be the semigroup of random transpositions, and uₖ = (Pₜ |φₖ|²)^½, which depends on the same places. Then E Πₖ uₖ does not
 * fall with t: a transposition changes at most two of the uₖ, from a, a′ to b, b′, and its share in the derivative is
 * (a′b² / a + a b′² / a′ − 2bb′ + b′a² / b + b a′² / b′ − 2aa′) / 2 times the other uₖ, where a′b² / a + a b′² / a′ ≥ 2bb′ as a mean of
 * two numbers is not below their geometric mean. In the end all uₖ are (E |φₖ|²)^½.
 *
 * E |φₖ|² is a sum over two fillings of the pair with the same row totals, independent given those, hence a product over the rows
 * for each phase of the second column's total in either filling, and of the row totals' sum.
 *
 * @see E. A. Carlen, E. H. Lieb and M. Loss, Methods and Applications of Analysis 13, 2006, p. 1, for single places
 */
export interface ColumnPair {
  /** Total of both columns. */
  readonly both: number
  /** Total of the second column. */
  readonly second: number
  /** Row totals that occur, and for each the shares of the second column. */
  readonly rowTotals: readonly PairTotal[]
  /** Points of the transform over the second column. */
  readonly points: number
  /** exp(iβ), by phase β. */
  readonly roots: ComplexNumbers
  /** Roots of unity for the transform over the sum of the row totals. What creeps in there is a square, so that the bound still holds. */
  readonly sums: ComplexNumbers
  /** Rows of one total. */
  readonly classes: readonly PairRow[]
  /** One over the probability that row totals and the second column add up, and over the numbers of points. */
  readonly scale: number
  /** Bound on how far |φₖ| is off by tables that creep in over the second column, and by counts that are left out. */
  readonly extra: number
  /** Complex multiplications that a frequency takes, about. */
  readonly cost: number
}

interface PairTotal {
  readonly total: number
  /** The least count in the second column. */
  readonly lowest: number
  /** P(count | total), from the least on. */
  readonly masses: Float64Array
}

interface PairRow {
  readonly count: number
  /** Number of its least total among those that occur. */
  readonly from: number
  /** P(total), from the least on. */
  readonly masses: Float64Array
}

/** Standard deviations that the points of the transforms span: rough, as only a bound is sought. */
const span = 4
const spanOfSums = 2.2
/** Probability of what is left out. */
const rare = 1e-9

/**
 * As many disjoint pairs of columns as there are, large with small, which takes the fewest points.
 *
 * @param rows - row totals; the statistic must not tell the rows from each other
 * @param columns - column totals
 */
export function columnPairs(rows: readonly number[], columns: readonly number[], total: number): ColumnPair[] {
  // Of an odd number of columns the smallest is left out.
  const descending = [...columns].sort((a, b) => b - a).slice(0, columns.length - (columns.length % 2))
  return Array.from({ length: descending.length / 2 }, (_, j) =>
    columnPair(rows, descending[j] as number, descending[descending.length - 1 - j] as number, total),
  )
}

function columnPair(rows: readonly number[], first: number, second: number, total: number): ColumnPair {
  const both = first + second
  const share = second / both
  const among = both / total
  const points = Math.min(both + 1, Math.max(4, Math.ceil(span * Math.sqrt(first * share))))
  let size = 4
  while (size < spanOfSums * Math.sqrt(both * (1 - among))) size *= 2
  const hit = binomialProbability(second, both, share)
  let near = 0
  for (let x = second % points; x <= both; x += points) near += binomialProbability(x, both, share)
  const windows = rows.map((row) => windowOf(hypergeometricMasses(row, both, total), rare / rows.length))
  const occurring = new Set(windows.flatMap(([low, high]) => Array.from({ length: high - low + 1 }, (_, k) => low + k)))
  const rowTotals = [...occurring]
    .sort((a, b) => a - b)
    .map((u): PairTotal => {
      const masses = Float64Array.from({ length: u + 1 }, (_, x) => binomialProbability(x, u, share))
      const [lowest, highest] = windowOf(masses, (rare * hit) / rows.length)
      return { total: u, lowest, masses: masses.slice(lowest, highest + 1) }
    })
  const classes = [...new Set(rows)].map((row): PairRow => {
    const [low, high] = windows[rows.indexOf(row)] as readonly [number, number]
    return {
      count: rows.filter((other) => other === row).length,
      from: rowTotals.findIndex((entry) => entry.total === low),
      masses: Float64Array.from({ length: high - low + 1 }, (_, k) => binomialProbability(low + k, row, among)),
    }
  })
  return {
    both,
    second,
    rowTotals,
    points,
    roots: rootsOfUnity(points),
    sums: rootsOfUnity(size),
    classes,
    scale: 1 / (hit * hit * points * points * binomialProbability(both, total, among) * size),
    extra: near / hit - 1 + 2 * rare,
    cost:
      rowTotals.length * points * points +
      (points * points * classes.reduce((sum, { masses }) => sum + masses.length + 2 * size * Math.log2(size), 0)) / 2,
  }
}

/**
 * A bound on |E exp(iθT)|.
 *
 * @param enough - pairs are multiplied until the bound is at most this
 */
export function pairBound(pairs: readonly ColumnPair[], cell: Float64Array, frequency: number, enough: number, meter: Meter): number {
  const waves = { re: cell.map((value) => Math.cos(frequency * value)), im: cell.map((value) => Math.sin(frequency * value)) }
  const rounding = 1e-15 * Math.abs(frequency) * cell.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  let bound = 1
  for (const pair of pairs) {
    bound *= normOf(pair, waves, rounding)
    meter.work += pair.cost / 5
    if (bound <= enough) break
  }
  return bound
}

/** (E |φₖ|²)^½, at most; the phase of each cell is known but for some rounding. */
function normOf(pair: ColumnPair, waves: ComplexNumbers, phaseRounding: number): number {
  const { both, classes, extra, points, roots, rowTotals, scale, second, sums } = pair
  const size = sums.re.length
  const count = rowTotals.length
  const fillings = fillingsOf(pair, waves)
  const re = new Float64Array(count)
  const im = new Float64Array(count)
  const sumRe = new Float64Array(size)
  const sumIm = new Float64Array(size)
  const productRe = new Float64Array(size)
  const productIm = new Float64Array(size)
  // exp(−iγ · the total of both columns), as the transform of a single place.
  const turnRe = new Float64Array(size)
  const turnIm = new Float64Array(size)
  turnRe[-both & (size - 1)] = 1
  runTransform(sums, turnRe, turnIm)
  let moment = 0
  for (let q = 0; q < points; q++) {
    for (let p = q; p < points; p++) {
      for (let u = 0; u < count; u++) {
        const a = fillings.re[q * count + u] as number
        const b = fillings.im[q * count + u] as number
        const c = fillings.re[p * count + u] as number
        const d = fillings.im[p * count + u] as number
        re[u] = a * c + b * d
        im[u] = b * c - a * d
      }
      // The phases of the two fillings trade places with the conjugate as a result.
      const weight = p === q ? 1 : 2
      const root = ((p - q) * second) % points
      const c = weight * (roots.re[root] as number)
      const s = weight * (roots.im[root] as number)
      for (let k = 0; k < size; k++) {
        const a = turnRe[k] as number
        const b = turnIm[k] as number
        productRe[k] = a * c - b * s
        productIm[k] = a * s + b * c
      }
      for (const { count: power, from, masses } of classes) {
        sumRe.fill(0)
        sumIm.fill(0)
        const start = (rowTotals[from] as PairTotal).total
        for (let k = 0; k < masses.length; k++) {
          const mass = masses[k] as number
          const slot = (start + k) & (size - 1)
          sumRe[slot] = (sumRe[slot] as number) + mass * (re[from + k] as number)
          sumIm[slot] = (sumIm[slot] as number) + mass * (im[from + k] as number)
        }
        runTransform(sums, sumRe, sumIm)
        for (let k = 0; k < size; k++) {
          const x = sumRe[k] as number
          const y = sumIm[k] as number
          let a = productRe[k] as number
          let b = productIm[k] as number
          for (let n = 0; n < power; n++) {
            const next = a * x - b * y
            b = a * y + b * x
            a = next
          }
          productRe[k] = a
          productIm[k] = b
        }
      }
      for (let k = 0; k < size; k++) moment += productRe[k] as number
    }
  }
  const rows = classes.reduce((sum, { count: power }) => sum + power, 0)
  const rounding = 4e-16 * (20 + count) * rows * points * points * size
  const near = Math.sqrt(Math.max(0, moment + rounding) * scale) + extra + 2 * rows * phaseRounding
  return Math.min(1, Math.sqrt(near * near + 2 * rare))
}

/** E exp(iθ(f(x) + f(u − x)) + iβx) of one row, by phase β and row total u. */
function fillingsOf({ points, roots, rowTotals }: ColumnPair, waves: ComplexNumbers): ComplexNumbers {
  const count = rowTotals.length
  const re = new Float64Array(points * count)
  const im = new Float64Array(points * count)
  const foldedRe = new Float64Array(points)
  const foldedIm = new Float64Array(points)
  for (const [index, { lowest, masses, total }] of rowTotals.entries()) {
    foldedRe.fill(0)
    foldedIm.fill(0)
    for (let k = 0; k < masses.length; k++) {
      const x = lowest + k
      const mass = masses[k] as number
      const a = waves.re[x] as number
      const b = waves.im[x] as number
      const c = waves.re[total - x] as number
      const d = waves.im[total - x] as number
      const slot = x % points
      foldedRe[slot] = (foldedRe[slot] as number) + mass * (a * c - b * d)
      foldedIm[slot] = (foldedIm[slot] as number) + mass * (a * d + b * c)
    }
    const length = Math.min(points, total + 1)
    for (let q = 0; q < points; q++) {
      let x = 0
      let y = 0
      for (let k = 0, root = 0; k < length; k++) {
        const a = foldedRe[k] as number
        const b = foldedIm[k] as number
        const c = roots.re[root] as number
        const d = roots.im[root] as number
        x += a * c - b * d
        y += a * d + b * c
        root += q
        if (root >= points) root -= points
      }
      re[q * count + index] = x
      im[q * count + index] = y
    }
  }
  return { re, im }
}

/** Gentleman and Sande's fast Fourier transform in place, a power of two of points, with the results in some order. */
function runTransform(roots: ComplexNumbers, re: Float64Array, im: Float64Array): void {
  const size = re.length
  for (let half = size / 2, stride = 1; half > 0; half >>= 1, stride <<= 1) {
    for (let k = 0; k < half; k++) {
      const c = roots.re[k * stride] as number
      const s = roots.im[k * stride] as number
      for (let low = k; low < size; low += 2 * half) {
        const high = low + half
        const a = re[low] as number
        const b = im[low] as number
        const x = re[high] as number
        const y = im[high] as number
        re[low] = a + x
        im[low] = b + y
        const d = a - x
        const e = b - y
        re[high] = d * c - e * s
        im[high] = d * s + e * c
      }
    }
  }
}
