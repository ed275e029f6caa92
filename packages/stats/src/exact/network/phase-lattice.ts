import { hypergeometricProbability } from '../../distributions/hypergeometric.ts'
import { logFactorial } from '../../numerics/index.ts'
import { charge, type Meter, MeterExhausted, pauseDue, reserve, type Sliced } from './meter.ts'
import { rootsOfUnity } from './roots-of-unity.ts'

/** A table's margins and a statistic T = Σᵢⱼ fᵢⱼ(xᵢⱼ). */
export interface CellStatistic {
  /** Row totals. */
  readonly rows: Int32Array
  /** Column totals. */
  readonly columns: readonly number[]
  /** Sum of all counts. */
  readonly total: number
  /** fᵢⱼ(0), fᵢⱼ(1) … up to the largest count that the cell may have. */
  readonly values: (row: number, column: number) => Float64Array
  /** Rows of one kind have the same fᵢⱼ. */
  readonly kinds: Int32Array
}

/**
 * The characteristic function of a statistic over all tables with given margins, one frequency at a time, from a lattice of phases.
 *
 * Let the rows fill up independently of each other, so that a table with the right column totals has a probability proportional
 * to the one sought. The column totals are picked out by a discrete Fourier transform over all columns but the first:
 *
 *     E exp(iθT) = constant · Σ over phases φ of exp(−i φ·c) Πᵢ Rᵢ(φ),  Rᵢ(φ) = E exp(iθ Σⱼ fᵢⱼ(xⱼ) + i Σⱼ φⱼ xⱼ).
 *
 * Column totals are nearly normal, so the product is negligible but for φ in a ball round 0, and few points of the lattice lie in
 * it: some 10,000 of 25⁵ for a 6 × 6 table. They are found column by column. The rows' sums over the first columns, one for each
 * total u that they may have there, give the next column's sums, and they bound the sum over all points with these first phases;
 * where that is negligible, the points are passed over, and the bound goes into the error. Of each row,
 *
 * - |Rᵢ| ≤ Σ over u of P(u) |E(exp(…) | u)|;
 * - the sum of |Rᵢ|² over the points is their number times a sum of squared probabilities (Parseval), and Σ |Rᵢ||Rₖ| is at most
 *   the geometric mean of two such sums (Cauchy and Schwarz). Two rows are bounded like this, the others by the first.
 *
 * With a tilt s each table's weight is multiplied by exp(−sT), which makes rare tables common.
 *
 * Tables whose columns are off by multiples of the number of points creep in, see {@link PhaseLattice.points}.
 */
export interface PhaseLattice {
  /** Column totals in the order that they are taken in, the largest first. */
  readonly columns: Int32Array
  /** Points by column; 1 for the first. */
  readonly points: Int32Array
  /** Rows with the same total and values. */
  readonly classes: readonly RowClass[]
  /** Rows that share their sums. */
  readonly families: readonly RowFamily[]
  /** What the sum over the lattice is multiplied by. */
  readonly scale: number
  /** Bound on the weight of the tables that are left out, as some of their counts are too far from what is expected. */
  readonly missing: number
  /** Bound on the weight of tables that creep in; `null` if only the sum at θ = 0 tells, as the weights add up to 1. */
  readonly extra: number | null
  /** Points with the same first phases are passed over if they contribute no more than this share of what is tolerated. */
  cutoff: number
}

/** Rows with the same total and values. */
interface RowClass {
  readonly total: number
  readonly count: number
  readonly family: number
  /** By column: the least total that the columns so far may have. */
  readonly lowest: Int32Array
  /** By column: probability that the row has a total in the columns so far, from the lowest on, over the family's `sums`. */
  readonly prefixes: readonly Float64Array[]
  /** The same with weights squared, for the sum of squares over the points of the columns to come. */
  readonly squares: readonly Float64Array[]
  /** One over the family's last sum at θ = 0. */
  readonly inverse: number
}

/** Rows that share their sums. */
interface RowFamily {
  /** By column: the values. */
  readonly values: readonly Float64Array[]
  /** By column: the weight of each count. */
  readonly weights: readonly Float64Array[]
  /** By column: totals of the columns so far that some row may have, and the counts in the column that go with each. */
  readonly levels: readonly FamilyLevel[]
}

interface FamilyLevel {
  readonly totals: Int32Array
  readonly lowest: Int32Array
  readonly highest: Int32Array
  /** The sums of the columns so far, by total; 0 for totals that no row may have. */
  readonly re: Float64Array
  readonly im: Float64Array
  readonly size: Float64Array
}

/** Result of {@link expectation}. */
export interface Expectation {
  readonly real: number
  readonly imaginary: number
  /** Bound on what was passed over, and rounding. */
  readonly error: number
}

/** Rows of more different totals do not share their sums, whose weights would span too many powers of ten. */
const widestFamily = 60

/**
 * @param table - margins and statistic
 * @param tilt - s in exp(−s (T − threshold)), the weight of a table
 * @param threshold - where the weight is 1
 * @param tolerated - weight of tables that may be left out or creep in; `null` if all is well as long as the sum at θ = 0 with
 * `missing` is at least the weight of all tables
 */
export function phaseLattice(table: CellStatistic, tilt: number, threshold: number, tolerated: number | null, meter: Meter): PhaseLattice {
  const { total, kinds } = table
  const order = table.columns.map((_, j) => j).sort((a, b) => (table.columns[b] as number) - (table.columns[a] as number))
  const columns = Int32Array.from(order, (j) => table.columns[j] as number)
  const width = columns.length
  const first = columns[0] as number
  // Families and classes.
  const familyKeys: string[] = []
  const members: { totals: number[]; row: number }[] = []
  const grouped: { total: number; count: number; family: number }[] = []
  const spans = new Map<number, readonly [number, number]>()
  table.rows.forEach((rowTotal, i) => {
    const [low, high] = spans.get(kinds[i] as number) ?? [rowTotal, rowTotal]
    spans.set(kinds[i] as number, [Math.min(low, rowTotal), Math.max(high, rowTotal)])
  })
  table.rows.forEach((rowTotal, i) => {
    const kind = kinds[i] as number
    const [low, high] = spans.get(kind) as readonly [number, number]
    const key = high - low > widestFamily ? `${String(kind)}:${String(rowTotal)}` : String(kind)
    let family = familyKeys.indexOf(key)
    if (family < 0) {
      family = familyKeys.push(key) - 1
      members.push({ totals: [], row: i })
    }
    ;(members[family] as { totals: number[] }).totals.push(rowTotal)
    const known = grouped.findIndex((entry) => entry.total === rowTotal && entry.family === family)
    if (known < 0) grouped.push({ total: rowTotal, count: 1, family })
    else grouped[known] = { total: rowTotal, count: (grouped[known] as { count: number }).count + 1, family }
  })
  const means = members.map(({ totals }) => totals.reduce((sum, u) => sum + u, 0) / totals.length)
  const largest = members.map(({ totals }) => totals.reduce((most, u) => Math.max(most, u), 0))
  const values = members.map(({ row }) => order.map((j) => table.values(row, j)))
  // Weights in which each count peaks near what is expected of it, whatever the tilt.
  const slope = (f: number, j: number): number => {
    const cells = (values[f] as Float64Array[])[j] as Float64Array
    const x = Math.min(cells.length - 2, Math.floor(((means[f] as number) * (columns[j] as number)) / total))
    return tilt * ((cells[x + 1] as number) - (cells[x] as number))
  }
  const shares = Float64Array.from(columns, (column, j) => (column / total) * Math.exp(slope(0, j)))
  const rates = means.map((mean, f) => mean * Math.exp(slope(f, 0) - slope(0, 0)))
  const chains = (): Chain[] =>
    members.map((_, f) => chainOf(largest[f] as number, rates[f] as number, shares, values[f] as Float64Array[], columns, tilt))
  let built = chains()
  if (tilt !== 0) {
    // A larger tilt spreads the counts, which then follow their weights by more than in proportion.
    const damping = Math.min(1, Math.max(0.15, 1 - tilt))
    for (let round = 0; round < 20; round++) {
      const expected = new Float64Array(width)
      for (const { count, family, total: rowTotal } of grouped) {
        const counts = expectedCounts(built[family] as Chain, rowTotal)
        for (let j = 0; j < width; j++) expected[j] = (expected[j] as number) + count * (counts[j] as number)
      }
      for (let j = 0; j < width; j++)
        shares[j] = (shares[j] as number) * Math.exp(damping * Math.log((columns[j] as number) / (expected[j] as number)))
      built = chains()
    }
  }
  // The constant between the weight of a table and its probability where rows fill up independently.
  let logScale = tilt * threshold - logFactorial(total)
  for (let j = 0; j < width; j++) logScale += logFactorial(columns[j] as number) - (columns[j] as number) * Math.log(shares[j] as number)
  for (const { count, family, total: rowTotal } of grouped) {
    const { logPeak, prefix } = built[family] as Chain
    const sum = (prefix[width - 1] as Float64Array)[rowTotal] as number
    logScale += count * (logFactorial(rowTotal) + Math.log(sum) + logPeak - rowTotal * Math.log(rates[family] as number))
  }
  const constant = Math.exp(logScale)
  if (!(constant > 0 && constant < Infinity)) throw new MeterExhausted()
  // Of tilted rows nothing is known given the column totals, so what is left out of them counts in full.
  const negligible = tilt === 0 ? (tolerated ?? 1e-9) : tolerated === null ? 1e-14 : tolerated / constant
  const allowance = negligible / (2 * table.rows.length * width)
  const spread = tolerated === null ? 8 : Math.log((3 * width * width) / tolerated)
  const points = Int32Array.from(columns, (column, j) => {
    if (j === 0) return 1
    const enough =
      tilt === 0 || tolerated === null
        ? Math.ceil(Math.sqrt((2 * spread) / (1 / column + 1 / first)))
        : pointsWithout(columnTotalMasses(j, grouped, built, total), column, negligible / width)
    return Math.min(total + 1, Math.max(3, enough))
  })
  // Windows.
  const lowestTotal = grouped.map(() => new Int32Array(width))
  const highestTotal = grouped.map(() => new Int32Array(width))
  let columnsSoFar = 0
  columns.forEach((column, j) => {
    columnsSoFar += column
    grouped.forEach(({ family, total: rowTotal }, k) => {
      const masses = tilt === 0 ? hypergeometricMasses(rowTotal, columnsSoFar, total) : prefixMasses(built[family] as Chain, j, rowTotal)
      const [low, high] = windowOf(masses, allowance)
      ;(lowestTotal[k] as Int32Array)[j] = low
      ;(highestTotal[k] as Int32Array)[j] = high
    })
  })
  const families = members.map((_, f): RowFamily => {
    const { prefix, weights } = built[f] as Chain
    const size = (largest[f] as number) + 1
    let soFar = 0
    const levels = Array.from(columns, (column, j): FamilyLevel => {
      soFar += column
      const needed = new Uint8Array(size)
      grouped.forEach(({ family }, k) => {
        if (family === f) needed.fill(1, (lowestTotal[k] as Int32Array)[j], ((highestTotal[k] as Int32Array)[j] as number) + 1)
      })
      const totals = Int32Array.from(needed.keys()).filter((u) => needed[u] === 1)
      const lowest = new Int32Array(totals.length)
      const highest = new Int32Array(totals.length)
      totals.forEach((u, at) => {
        if (j === 0) {
          lowest[at] = u
          highest[at] = u
          return
        }
        const masses =
          tilt === 0
            ? hypergeometricMasses(u, column, soFar)
            : Float64Array.from(
                { length: u + 1 },
                (_, x) =>
                  (((weights[j] as Float64Array)[x] ?? 0) * ((prefix[j - 1] as Float64Array)[u - x] as number)) /
                  ((prefix[j] as Float64Array)[u] as number),
              )
        const [low, high] = windowOf(masses, allowance)
        lowest[at] = low
        highest[at] = high
      })
      reserve(meter, 8 * (3 * size + 4 * totals.length))
      return { totals, lowest, highest, re: new Float64Array(size), im: new Float64Array(size), size: new Float64Array(size) }
    })
    return { values: values[f] as Float64Array[], weights, levels }
  })
  const classes = grouped.map(({ count, family, total: rowTotal }, k): RowClass => {
    const { prefix, suffix, suffixOfSquares } = built[family] as Chain
    const all = (prefix[width - 1] as Float64Array)[rowTotal] as number
    const lowest = lowestTotal[k] as Int32Array
    const prefixes = Array.from(columns, (_, j) =>
      Float64Array.from(
        { length: ((highestTotal[k] as Int32Array)[j] as number) - (lowest[j] as number) + 1 },
        (_, at) => ((suffix[j] as Float64Array)[rowTotal - (lowest[j] as number) - at] as number) / all,
      ),
    )
    const squares = Array.from(columns, (_, j) =>
      Float64Array.from(
        { length: ((highestTotal[k] as Int32Array)[j] as number) - (lowest[j] as number) + 1 },
        (_, at) => ((suffixOfSquares[j] as Float64Array)[rowTotal - (lowest[j] as number) - at] as number) / all / all,
      ),
    )
    return { total: rowTotal, count, family, lowest, prefixes, squares, inverse: 1 / all }
  })
  const scale = points.reduce((product, count) => product / count, constant)
  const missing = tilt === 0 ? negligible : negligible * constant
  const extra = tilt === 0 ? null : negligible * constant
  return { columns, points, classes, families, scale, missing, extra, cutoff: tolerated === null ? 1e-2 : 1e-4 }
}

/** Sums over the ways to fill the columns, at θ = 0. */
interface Chain {
  /** By column: the weight of each count, at most 1. */
  readonly weights: readonly Float64Array[]
  /** By column: sums over the columns up to it, by total. */
  readonly prefix: readonly Float64Array[]
  /** By column: sums over the columns after it, by total. */
  readonly suffix: readonly Float64Array[]
  /** The same of squared weights. */
  readonly suffixOfSquares: readonly Float64Array[]
  /** Logarithm of what all columns' weights were divided by. */
  readonly logPeak: number
}

function chainOf(
  largest: number,
  rate: number,
  shares: Float64Array,
  values: readonly Float64Array[],
  columns: Int32Array,
  tilt: number,
): Chain {
  let logPeak = 0
  const weights = Array.from(columns, (column, j) => {
    const logRate = Math.log(rate * (shares[j] as number))
    const cells = values[j] as Float64Array
    const logs = Float64Array.from(
      { length: Math.min(column, largest) + 1 },
      (_, x) => x * logRate - logFactorial(x) - tilt * (cells[x] as number),
    )
    const peak = logs.reduce((most, log) => Math.max(most, log), -Infinity)
    logPeak += peak
    return logs.map((log) => Math.exp(log - peak))
  })
  const convolved = (before: Float64Array, added: Float64Array) => {
    const sums = new Float64Array(largest + 1)
    for (let u = 0; u <= largest; u++) {
      let sum = 0
      for (let x = Math.min(u, added.length - 1); x >= 0; x--) sum += (added[x] as number) * (before[u - x] as number)
      sums[u] = sum
    }
    return sums
  }
  const none = new Float64Array(largest + 1)
  none[0] = 1
  const prefix: Float64Array[] = []
  for (const [j, added] of weights.entries()) prefix.push(convolved(prefix[j - 1] ?? none, added))
  const suffix: Float64Array[] = [none]
  const suffixOfSquares: Float64Array[] = [none]
  for (let j = weights.length - 1; j > 0; j--) {
    const added = weights[j] as Float64Array
    suffix.unshift(convolved(suffix[0] as Float64Array, added))
    suffixOfSquares.unshift(
      convolved(
        suffixOfSquares[0] as Float64Array,
        added.map((weight) => weight * weight),
      ),
    )
  }
  return { weights, prefix, suffix, suffixOfSquares, logPeak }
}

function prefixMasses({ prefix, suffix }: Chain, j: number, rowTotal: number): Float64Array {
  const all = (prefix.at(-1) as Float64Array)[rowTotal] as number
  return Float64Array.from(
    { length: rowTotal + 1 },
    (_, u) => (((prefix[j] as Float64Array)[u] as number) * ((suffix[j] as Float64Array)[rowTotal - u] as number)) / all,
  )
}

function expectedCounts(chain: Chain, rowTotal: number): Float64Array {
  const { prefix } = chain
  const upTo = prefix.map((_, j) => prefixMasses(chain, j, rowTotal).reduce((sum, mass, u) => sum + mass * u, 0))
  return Float64Array.from(upTo, (sum, j) => sum - (upTo[j - 1] ?? 0))
}

/** P(the column's total is c) where rows fill up independently. */
function columnTotalMasses(
  j: number,
  rows: readonly { readonly total: number; readonly count: number; readonly family: number }[],
  chains: readonly Chain[],
  total: number,
): Float64Array {
  let sums = Float64Array.of(1)
  for (const { count, family, total: rowTotal } of rows) {
    const { prefix, suffix, weights } = chains[family] as Chain
    const all = (prefix.at(-1) as Float64Array)[rowTotal] as number
    const added = weights[j] as Float64Array
    const masses = new Float64Array(Math.min(rowTotal, added.length - 1) + 1)
    for (let x = 0; x < masses.length; x++) {
      let others = 0
      for (let u = 0; u <= rowTotal - x; u++) {
        const before = j === 0 ? (u === 0 ? 1 : 0) : ((prefix[j - 1] as Float64Array)[u] as number)
        others += before * ((suffix[j] as Float64Array)[rowTotal - x - u] as number)
      }
      masses[x] = ((added[x] as number) * others) / all
    }
    for (let k = 0; k < count; k++) {
      const next = new Float64Array(Math.min(total, sums.length + masses.length - 2) + 1)
      sums.forEach((mass, c) => masses.forEach((share, x) => (next[c + x] = (next[c + x] as number) + mass * share)))
      sums = next
    }
  }
  return sums
}

/** The least number of points by multiples of which the column's total is off with no more than a tolerated probability. */
function pointsWithout(masses: Float64Array, column: number, tolerated: number): number {
  for (let points = 3; ; points++) {
    let off = 0
    for (let c = column % points; c < masses.length; c += points) if (c !== column) off += masses[c] as number
    if (off <= tolerated) return points
  }
}

/** P(x) of x of `marked` among `drawn` from `all`. */
export function hypergeometricMasses(drawn: number, marked: number, all: number): Float64Array {
  const masses = new Float64Array(drawn + 1)
  const lowest = Math.max(0, drawn + marked - all)
  const highest = Math.min(drawn, marked)
  const mode = Math.min(highest, Math.max(lowest, Math.floor(((drawn + 1) * (marked + 1)) / (all + 2))))
  masses[mode] = hypergeometricProbability(mode, marked, all - marked, drawn)
  for (let x = mode; x < highest; x++) {
    masses[x + 1] = ((masses[x] as number) * (marked - x) * (drawn - x)) / ((x + 1) * (all - marked - drawn + x + 1))
  }
  for (let x = mode; x > lowest; x--) {
    masses[x - 1] = ((masses[x] as number) * x * (all - marked - drawn + x)) / ((marked - x + 1) * (drawn - x + 1))
  }
  return masses
}

/** The shortest run outside of which there is no more than allowed. */
export function windowOf(masses: Float64Array, allowed: number): [number, number] {
  let low = 0
  let high = masses.length - 1
  let outside = 0
  for (;;) {
    if (low >= high) return [low, high]
    const least = Math.min(masses[low] as number, masses[high] as number)
    if (!(outside + least <= allowed)) return [low, high]
    outside += least
    if ((masses[low] as number) <= (masses[high] as number)) low++
    else high--
  }
}

/** Weights of a column at one frequency, by point and count. */
interface Turns {
  readonly re: Float64Array
  readonly im: Float64Array
  readonly stride: number
}

/**
 * E exp(iθT) over the tables, with what creeps in.
 *
 * @param tolerance - error that may come from passing over points
 */
export function* expectation(lattice: PhaseLattice, frequency: number, tolerance: number, meter: Meter): Sliced<Expectation> {
  const turns = turnsOf(lattice, frequency, meter)
  for (;;) {
    const found = yield* visitPoints(lattice, turns, lattice.cutoff * tolerance, tolerance, meter)
    if (found.error <= tolerance) {
      if (found.error < tolerance / 4) lattice.cutoff *= Math.min(16, tolerance / (3 * found.error))
      const rounding = roundingOf(lattice, frequency) * lattice.scale * found.leaves
      return { real: found.real, imaginary: found.imaginary, error: found.error + rounding }
    }
    lattice.cutoff /= 4
    if (lattice.cutoff < 1e-200) throw new MeterExhausted()
  }
}

/** Bound on the rounding of the product of all rows' sums, each of which is at most 1. */
function roundingOf({ classes, columns, families }: PhaseLattice, frequency: number): number {
  let steepest = 1
  for (const { values } of families) {
    for (const cells of values) for (const value of cells) if (Number.isFinite(value)) steepest = Math.max(steepest, Math.abs(value))
  }
  const rows = classes.reduce((sum, { count }) => sum + count, 0)
  return rows * columns.length * (1e-14 + 4e-16 * Math.abs(frequency) * steepest)
}

function turnsOf(lattice: PhaseLattice, frequency: number, meter: Meter): Turns[][] {
  const { columns, families, points } = lattice
  let work = 0
  const turns = Array.from(columns, (_, j) =>
    families.map(({ values, weights }): Turns => {
      const cells = values[j] as Float64Array
      const weight = weights[j] as Float64Array
      const stride = weight.length
      const count = points[j] as number
      const re = new Float64Array(stride * count)
      const im = new Float64Array(stride * count)
      const roots = rootsOfUnity(count)
      for (let x = 0; x < stride; x++) {
        const a = (weight[x] as number) * Math.cos(frequency * (cells[x] as number))
        const b = (weight[x] as number) * Math.sin(frequency * (cells[x] as number))
        for (let q = 0; q < count; q++) {
          const c = roots.re[(q * x) % count] as number
          const d = roots.im[(q * x) % count] as number
          re[q * stride + x] = a * c - b * d
          im[q * stride + x] = a * d + b * c
        }
      }
      work += stride * count
      return { re, im, stride }
    }),
  )
  // Making the arrays takes time too, which tells in small tables.
  charge(meter, 300 + work / 4)
  return turns
}

function* visitPoints(
  lattice: PhaseLattice,
  turns: readonly (readonly Turns[])[],
  cutoff: number,
  tolerance: number,
  meter: Meter,
): Sliced<{ real: number; imaginary: number; error: number; leaves: number }> {
  const { classes, columns, families, points, scale } = lattice
  const width = columns.length
  const last = width - 1
  // The number of points below a choice of the first phases, times the scale.
  const below = new Float64Array(width)
  below[last] = scale
  for (let j = last; j > 0; j--) below[j - 1] = (below[j] as number) * (points[j] as number)
  // How many fillings of the columns to come have the same phases at all points, at most.
  const aliases = new Float64Array(width).fill(1)
  for (let j = last; j > 0; j--) {
    let most = 1
    for (const { levels } of families) {
      const { highest, lowest, totals } = levels[j] as FamilyLevel
      for (let k = 0; k < totals.length; k++) {
        most = Math.max(most, Math.ceil(((highest[k] as number) - (lowest[k] as number) + 1) / (points[j] as number)))
      }
    }
    aliases[j - 1] = (aliases[j] as number) * most
  }
  const at = new Int32Array(width)
  const twistRe = new Float64Array(width).fill(1)
  const twistIm = new Float64Array(width)
  families.forEach(({ levels }, f) => {
    const { totals, re, im } = levels[0] as FamilyLevel
    const turn = (turns[0] as readonly Turns[])[f] as Turns
    for (const u of totals) {
      re[u] = turn.re[u] ?? 0
      im[u] = turn.im[u] ?? 0
    }
  })
  let real = 0
  let imaginary = 0
  let error = 0
  let leaves = 0
  let work = 0
  let depth = 1
  while (depth > 0) {
    const q = at[depth] as number
    const count = points[depth] as number
    if (q === count) {
      depth--
      at[depth] = (at[depth] as number) + 1
      continue
    }
    if (depth === last) {
      let re = 1
      let im = 0
      let negligible = false
      for (const { count: power, family, inverse, total } of classes) {
        const level = (families[family] as RowFamily).levels
        const { highest, lowest, totals } = level[last] as FamilyLevel
        const turn = (turns[last] as readonly Turns[])[family] as Turns
        const { re: beforeRe, im: beforeIm } = level[last - 1] as FamilyLevel
        const entry = totals.indexOf(total)
        const high = highest[entry] as number
        const offset = q * turn.stride
        let sumRe = 0
        let sumIm = 0
        const low = lowest[entry] as number
        for (let x = low; x <= high; x++) {
          const a = turn.re[offset + x] as number
          const b = turn.im[offset + x] as number
          const c = beforeRe[total - x] as number
          const d = beforeIm[total - x] as number
          sumRe += a * c - b * d
          sumIm += a * d + b * c
        }
        work += high - low
        sumRe *= inverse
        sumIm *= inverse
        for (let k = 0; k < power; k++) {
          const c = re * sumRe - im * sumIm
          im = re * sumIm + im * sumRe
          re = c
        }
        const size = (Math.abs(re) + Math.abs(im)) * scale
        if (size <= cutoff) {
          error += size + 1e-13 * scale
          negligible = true
          break
        }
      }
      work += 20
      if (!negligible) {
        leaves++
        const angle = (-2 * Math.PI * ((q * (columns[last] as number)) % count)) / count
        const c = Math.cos(angle)
        const s = Math.sin(angle)
        const a = (twistRe[last - 1] as number) * c - (twistIm[last - 1] as number) * s
        const b = (twistRe[last - 1] as number) * s + (twistIm[last - 1] as number) * c
        real += re * a - im * b
        imaginary += re * b + im * a
      }
      at[depth] = q + 1
    } else {
      for (let f = 0; f < families.length; f++) {
        const { levels } = families[f] as RowFamily
        work += addColumn(levels[depth - 1] as FamilyLevel, levels[depth] as FamilyLevel, (turns[depth] as readonly Turns[])[f] as Turns, q)
      }
      let bound = below[depth] as number
      // The two least ratios of a row's root mean square over the points, squared, to its largest value, squared.
      let least = 1
      let second = 1
      for (const { count: power, family, lowest, prefixes, squares } of classes) {
        const { size } = (families[family] as RowFamily).levels[depth] as FamilyLevel
        const masses = prefixes[depth] as Float64Array
        const squared = squares[depth] as Float64Array
        const low = lowest[depth] as number
        let sum = 1e-13
        let sumOfSquares = 1e-26
        for (let k = 0; k < masses.length; k++) {
          const a = size[low + k] as number
          sum += (masses[k] as number) * a
          sumOfSquares += (squared[k] as number) * a * a
        }
        work += masses.length
        const ratio = (sumOfSquares * (aliases[depth] as number)) / (sum * sum)
        for (let k = 0; k < power; k++) {
          bound *= sum
          second = Math.min(second, Math.max(least, ratio))
          least = Math.min(least, ratio)
        }
        if (bound <= cutoff) break
      }
      bound *= Math.sqrt(least * second)
      if (bound <= cutoff) {
        error += bound
        at[depth] = q + 1
      } else {
        const angle = (-2 * Math.PI * ((q * (columns[depth] as number)) % count)) / count
        const c = Math.cos(angle)
        const s = Math.sin(angle)
        twistRe[depth] = (twistRe[depth - 1] as number) * c - (twistIm[depth - 1] as number) * s
        twistIm[depth] = (twistRe[depth - 1] as number) * s + (twistIm[depth - 1] as number) * c
        depth++
        at[depth] = 0
      }
    }
    if (work > 1e5) {
      charge(meter, work / 4)
      work = 0
      if (error > tolerance) break
      if (pauseDue(meter)) yield
    }
  }
  charge(meter, work / 4)
  return { real: scale * real, imaginary: scale * imaginary, error, leaves }
}

/** The sums with one column more, and their sizes. */
function addColumn(before: FamilyLevel, after: FamilyLevel, turn: Turns, q: number): number {
  const { re: turnRe, im: turnIm } = turn
  const { re: beforeRe, im: beforeIm } = before
  const { highest, im, lowest, re, size, totals } = after
  const offset = q * turn.stride
  let work = 0
  for (let k = 0; k < totals.length; k++) {
    const u = totals[k] as number
    const high = highest[k] as number
    const low = lowest[k] as number
    let sumRe = 0
    let sumIm = 0
    for (let x = low; x <= high; x++) {
      const a = turnRe[offset + x] as number
      const b = turnIm[offset + x] as number
      const c = beforeRe[u - x] as number
      const d = beforeIm[u - x] as number
      sumRe += a * c - b * d
      sumIm += a * d + b * c
    }
    re[u] = sumRe
    im[u] = sumIm
    size[u] = Math.sqrt(sumRe * sumRe + sumIm * sumIm)
    work += high - low + 8
  }
  return work
}
