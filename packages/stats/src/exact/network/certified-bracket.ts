import { chiSquaredUpperQuantile, chiSquaredUpperTail } from '../../distributions/chi-squared.ts'
import { wholePower } from '../../numerics/power.ts'
import { type BinomialTable, binomialTable } from './binomial-table.ts'
import { type CharacteristicGroup, characteristicGroup, evaluate } from './characteristic-group.ts'
import { type TableMargins } from './mass-above.ts'
import { charge, type Meter, MeterExhausted, pauseDue, reserve, type Sliced } from './meter.ts'
import { type OrderedTables, type TableView } from './ordered-tables.ts'
import { splitColumns } from './split-columns.ts'
import { addPair, noPairs, type Pairs, visitSplits } from './split-rows.ts'
import { upperBound } from './value-bounds.ts'
import { resized } from './value-pool.ts'
import { fitsVectorKey, numberOf, vectorTable } from './vector-table.ts'

/** Relative width up to which a bracket is mere rounding. */
export const roundingOnly = 1e-9

/** Called with every bracket, each inside the one before. */
export type BracketListener = (lower: number, upper: number) => void

/**
 * Brackets P = P(T ≤ t), T the statistic, from values of its characteristic function.
 *
 * T is wrapped round a circle that is longer than all but a negligible part of its distribution. For an arc of the circle and
 * any N there are trigonometric polynomials of degree N that lie below and above the arc's indicator everywhere and whose
 * means differ by least, 2 / (N + 1) (Beurling, Selberg, Vaaler). Their expectations take N values of the characteristic
 * function, which are sums over halves of the table; so P lies between them with certainty, with no lattice and no rounding of T.
 *
 * High frequencies matter little and are bounded instead of computed where that is cheaper: given the row totals of pairs of
 * columns, the pairs are independent, so by Hölder's inequality |E exp(iθT)| ≤ Π over pairs of (E |E(exp(iθT) | totals)|^g)^(1/g).
 *
 * What is left out is accounted for: splits of the rows (`missing`), tables that creep in by the finite transform (`extra`),
 * tables beyond the circle (`wrapped`), and rounding.
 *
 * @see J. D. Vaaler, *Some extremal functions in Fourier analysis*, Bulletin of the AMS 12, 1985, p. 183, theorems 18 and 19
 */
export function* certifiedBracket(tables: OrderedTables, relativeWidth: number, meter: Meter, listen: BracketListener): Sliced<void> {
  const { logFactorials } = tables
  const { view, threshold } = levelled(tables)
  const { rows, columns, total } = view.margins
  const descending = Int32Array.from(columns).sort().reverse()
  const [{ statistic: plain }] = tables.views as readonly [TableView, ...TableView[]]
  const highest = upperBound(plain, rows, descending, descending.length, total) + threshold - tables.threshold
  const freedom = (rows.length - 1) * (columns.length - 1)
  // Tables near the most probable one are chi-squared in twice the distance from it; only the budget depends on this guess.
  const guess = Math.max(1e-12, chiSquaredUpperTail(2 * Math.max(0, highest - threshold), freedom))
  const tolerated = 0.005 * Math.min(0.1, Math.max(relativeWidth, 1e-4)) * guess
  const halves = yield* cheapestHalves(view, tolerated, logFactorials, meter)
  const circle = circleOf(halves, threshold, highest, 5 * tolerated)
  const pairGroups = halves.cost > 50_000 ? yield* columnPairs(view, tolerated, logFactorials, meter) : []
  const pairCost = pairGroups.reduce((sum, { group }) => sum + group.cost, 0)
  const series: Series = {
    circle,
    halves,
    pairGroups: pairGroups.length > 1 && pairCost * 3 < halves.cost ? pairGroups : [],
    known: 0,
    leak: 0,
    real: new Float64Array(256),
    imaginary: new Float64Array(256),
    errors: new Float64Array(256),
    bounds: new Float64Array(256),
  }
  const mass = characteristic(halves, 0)
  const extra = Math.max(0, mass.real - (1 - halves.missing)) + mass.error + 1e-12
  series.leak = extra + halves.missing
  let best = { lower: 0, upper: 1 }
  let degree = 64
  // A bracket narrower than rounding is the exact P value.
  const narrowest = Math.max(relativeWidth, roundingOnly)
  let target = Math.max(narrowest, 0.3)
  for (;;) {
    for (let attempt = 0; attempt < 20; attempt++) {
      const scale = Math.max(best.lower, guess / 10)
      yield* learn(series, degree, 0.2 * target * scale, meter)
      const { lower, upper, spread } = bracketAt(series, degree, mass.real)
      charge(meter, degree)
      best = {
        lower: Math.max(best.lower, lower - extra),
        upper: Math.min(best.upper, upper + halves.missing + circle.wrapped),
      }
      listen(best.lower, best.upper)
      if (best.upper - best.lower <= target * best.lower) break
      const excess = spread / (0.7 * target * Math.max(best.lower, guess / 10))
      if (excess <= 1) break
      // Spread falls as 1 / degree once the degree resolves the distribution.
      degree = Math.ceil(degree * Math.min(4, 1.05 * excess))
    }
    if (target === narrowest) return
    target = Math.max(narrowest, target / 3)
  }
}

/** The statistic with a linear function of the count added, which adds a constant to T but keeps the numbers small. */
function levelled(tables: OrderedTables): { view: TableView; threshold: number } {
  const [view] = tables.views as readonly [TableView, ...TableView[]]
  const { margins, statistic } = view
  const cells = margins.rows.length * margins.columns.length
  const middle = Math.max(1, Math.round(margins.total / cells))
  const slope = (statistic.cell[middle + 1] as number) - (statistic.cell[middle] as number)
  const level = statistic.cell[middle] as number
  const cell = statistic.cell.map((value, x) => value - level - slope * (x - middle))
  const added = cells * (slope * middle - level) - slope * margins.total
  return {
    view: { ...view, statistic: { ...statistic, cell } },
    threshold: tables.threshold + added,
  }
}

/** The circle that T is wrapped round. */
interface Circle {
  /** Length. */
  readonly length: number
  /** Where T is put at 0. */
  readonly origin: number
  /** Ends of the arc of values that count, as shares of the length; the first lies where no table is. */
  readonly start: number
  readonly end: number
  /** Bound on the probability of values that do not fit. */
  readonly wrapped: number
}

/**
 * A circle with room for all tables but a tolerated mass: P(T ≤ τ) ≤ e^(sτ) E e^(−sT) for every s.
 */
function circleOf(halves: Halves, threshold: number, highest: number, tolerated: number): Circle {
  let lowest = -Infinity
  for (const s of [0.5, 0.65, 0.8]) {
    const { real } = characteristic(halves, 0, s)
    if (real > 0 && real < Infinity) lowest = Math.max(lowest, (Math.log(tolerated) - Math.log(real)) / s)
  }
  if (lowest === -Infinity) throw new MeterExhausted()
  const gap = 4
  const origin = Math.min(lowest, threshold - gap)
  const length = highest - origin + gap
  return { length, origin, start: -gap / 2 / length, end: (threshold - origin) / length, wrapped: tolerated }
}

/** Both halves of a table, or the table in one piece. */
interface Halves {
  readonly groups: readonly CharacteristicGroup[]
  /** Pairs of nodes of both halves; `null` for one piece. */
  readonly pairs: Pairs | null
  /** Probability of the splits that were left out. */
  readonly missing: number
  /** Complex multiplications per frequency. */
  readonly cost: number
}

function* cheapestHalves(view: TableView, tolerated: number, logFactorials: Float64Array, meter: Meter): Sliced<Halves> {
  const { margins, statistic } = view
  const { rows, columns, total } = margins
  const span = Math.max(5, Math.sqrt(2 * Math.log(40 / tolerated)))
  // In one piece: the shorter side as columns, a single node.
  const whole = rows.length <= 4 ? characteristicGroup([...rows], Int32Array.from(columns), columns.length, statistic.cell, span) : null
  if (whole !== null && whole.cost < 200_000) return { groups: [whole], pairs: null, missing: 0, cost: whole.cost }
  const split = splitColumns(columns)
  const columnsOf = (numbers: readonly number[]) => numbers.map((j) => columns[j] as number)
  const leftTotal = columnsOf(split.left).reduce((sum, column) => sum + column, 0)
  const visited = yield* splitsOf(margins, leftTotal, total, tolerated, logFactorials, meter)
  const left = characteristicGroup(columnsOf(split.left), visited.left, rows.length, statistic.cell, span)
  const right = characteristicGroup(columnsOf(split.right), visited.right, rows.length, statistic.cell, span)
  const cost = left.cost + right.cost + 2 * visited.pairs.count
  if (whole !== null && whole.cost <= cost) return { groups: [whole], pairs: null, missing: 0, cost: whole.cost }
  return { groups: [left, right], pairs: visited.pairs, missing: visited.missing, cost }
}

interface Splits {
  readonly left: Int32Array
  readonly right: Int32Array
  readonly pairs: Pairs
  readonly missing: number
}

/** The splits of the rows into a part with a given total and the rest, but for some of negligible probability. */
function* splitsOf(
  margins: TableMargins,
  leftTotal: number,
  total: number,
  tolerated: number,
  logFactorials: Float64Array,
  meter: Meter,
): Sliced<Splits> {
  const { rows } = margins
  const largest = rows[rows.length - 1] as number
  if (!fitsVectorKey(rows.length, largest)) throw new MeterExhausted()
  const share = leftTotal / total
  const shortfalls = Array.from(rows, (row) => {
    const logs = Float64Array.from(
      { length: row + 1 },
      (_, u) =>
        (logFactorials[row] as number) -
        (logFactorials[u] as number) -
        (logFactorials[row - u] as number) +
        u * Math.log(share) +
        (row - u) * Math.log1p(-share),
    )
    const peak = logs.reduce((most, log) => Math.max(most, log), -Infinity)
    return logs.map((log) => peak - log)
  })
  const table: BinomialTable = binomialTable(total, largest)
  const groups = new Int32Array(rows.length)
  const left = vectorTable(rows.length, largest)
  const right = vectorTable(rows.length, largest)
  const pairs = noPairs()
  let sum = 0
  const visit = (leftRows: Int32Array, rightRows: Int32Array, mass: number) => {
    sum += mass
    addPair(pairs, numberOf(left, leftRows), numberOf(right, rightRows), mass, meter)
  }
  const leeway = chiSquaredUpperQuantile(tolerated, rows.length - 1) / 2
  yield* visitSplits(margins, leftTotal, groups, shortfalls, leeway, table, meter, visit)
  reserve(meter, 24 * rows.length * (left.count + right.count))
  return {
    left: left.parts.slice(0, left.count * rows.length),
    right: right.parts.slice(0, right.count * rows.length),
    pairs,
    missing: Math.max(0, 1 - sum) + 1e-12,
  }
}

/** A pair of columns, with the probability of the row totals that it may have. */
interface ColumnPair {
  readonly group: CharacteristicGroup
  readonly masses: Float64Array
  /** Mass by node that creeps in by the finite transform. */
  readonly extra: Float64Array
  readonly missing: number
}

/** As many disjoint pairs of columns as there are, like with like. */
function* columnPairs(view: TableView, tolerated: number, logFactorials: Float64Array, meter: Meter): Sliced<ColumnPair[]> {
  const { margins, statistic } = view
  const columns = [...margins.columns].sort((a, b) => b - a)
  const pairs: ColumnPair[] = []
  if (columns.length < 4) return pairs
  for (let j = 0; j + 1 < columns.length; j += 2) {
    const two = columns.slice(j, j + 2)
    const splits = yield* splitsOf(margins, (two[0] as number) + (two[1] as number), margins.total, tolerated / 100, logFactorials, meter)
    const group = characteristicGroup(two, splits.left, margins.rows.length, statistic.cell, 6)
    const masses = new Float64Array(group.count)
    for (let pair = 0; pair < splits.pairs.count; pair++) {
      const node = splits.pairs.left[pair] as number
      masses[node] = (masses[node] as number) + (splits.pairs.masses[pair] as number)
    }
    evaluate(group, 0)
    const extra = group.real.map((mass) => Math.max(0, mass - 1) + group.error)
    pairs.push({ group, masses, extra, missing: splits.missing })
  }
  return pairs
}

/** E exp((i · frequency − tilt) · T) of the tables that were kept. */
function characteristic(halves: Halves, frequency: number, tilt = 0): { real: number; imaginary: number; error: number } {
  const { groups, pairs } = halves
  for (const group of groups) evaluate(group, frequency, tilt)
  const [left, right] = groups as readonly [CharacteristicGroup, CharacteristicGroup?]
  if (pairs === null || right === undefined) {
    return { real: left.real[0] as number, imaginary: left.imaginary[0] as number, error: left.error }
  }
  let real = 0
  let imaginary = 0
  for (let pair = 0; pair < pairs.count; pair++) {
    const l = pairs.left[pair] as number
    const r = pairs.right[pair] as number
    const mass = pairs.masses[pair] as number
    const a = left.real[l] as number
    const b = left.imaginary[l] as number
    const c = right.real[r] as number
    const d = right.imaginary[r] as number
    real += mass * (a * c - b * d)
    imaginary += mass * (a * d + b * c)
  }
  return { real, imaginary, error: 1.1 * (left.error + right.error) }
}

/** What is known of the characteristic function at multiples of the lowest frequency. */
interface Series {
  readonly circle: Circle
  readonly halves: Halves
  /** Pairs of columns that bound the function; empty where computing it is as cheap. */
  readonly pairGroups: readonly ColumnPair[]
  /** Mass by which the tables that were kept, with those that crept in, differ from all tables. */
  leak: number
  /** How many multiples have an entry. */
  known: number
  real: Float64Array
  imaginary: Float64Array
  /** How far each value may be off. */
  errors: Float64Array
  /** Bounds on the absolute value; 0 where the value was computed. */
  bounds: Float64Array
}

/** Makes sure of all values up to a degree: computes those whose bounds would widen the bracket by more than is tolerated together. */
function* learn(series: Series, degree: number, tolerance: number, meter: Meter): Sliced<void> {
  if (degree >= series.real.length) {
    reserve(meter, 4 * 8 * (2 * degree - series.real.length))
    for (const key of ['real', 'imaginary', 'errors', 'bounds'] as const) series[key] = resized(series[key], 2 * degree)
  }
  for (let n = series.known + 1; n <= degree; n++) {
    if (series.pairGroups.length === 0) compute(series, n, meter)
    else {
      series.bounds[n] = boundAt(series, n, meter)
      series.errors[n] = (series.bounds[n] as number) + series.leak
    }
    series.known = n
    if (pauseDue(meter)) yield
  }
  let sum = 0
  const bounded: number[] = []
  for (let n = 1; n <= degree; n++) {
    sum += widening(series, n, degree)
    if ((series.bounds[n] as number) > 0) bounded.push(n)
  }
  bounded.sort((a, b) => widening(series, b, degree) - widening(series, a, degree))
  for (const n of bounded) {
    if (sum <= tolerance) return
    sum -= widening(series, n, degree)
    compute(series, n, meter)
    sum += widening(series, n, degree)
    if (pauseDue(meter)) yield
  }
}

/** By how much the error of the n-th value widens the bracket. */
function widening(series: Series, n: number, degree: number): number {
  const t = n / (degree + 1)
  return 4 * (series.errors[n] as number) * (vaalerWeight(t) / (Math.PI * n) + (1 - t) / (degree + 1))
}

const vaalerWeight = (t: number): number => ((1 - t) * (Math.PI * t)) / Math.tan(Math.PI * t) + t

/** Hölder's bound on the absolute value at the n-th frequency. */
function boundAt(series: Series, n: number, meter: Meter): number {
  const { circle, pairGroups } = series
  let logBound = 0
  for (const { group, masses, extra, missing } of pairGroups) {
    evaluate(group, (2 * Math.PI * n) / circle.length)
    charge(meter, group.cost / 2)
    let moment = missing
    for (let node = 0; node < group.count; node++) {
      const re = group.real[node] as number
      const im = group.imaginary[node] as number
      const size = Math.min(1, Math.sqrt(re * re + im * im) + (extra[node] as number) + group.error)
      moment += (masses[node] as number) * wholePower(size, pairGroups.length)
    }
    logBound += Math.log(Math.min(1, moment)) / pairGroups.length
  }
  return Math.exp(logBound)
}

function compute(series: Series, n: number, meter: Meter): void {
  const { circle, halves } = series
  const frequency = (2 * Math.PI * n) / circle.length
  const value = characteristic(halves, frequency)
  charge(meter, halves.cost / 2)
  // e^(iθ(T − origin)) instead of e^(iθT).
  const angle = -frequency * circle.origin
  const c = Math.cos(angle)
  const s = Math.sin(angle)
  series.real[n] = value.real * c - value.imaginary * s
  series.imaginary[n] = value.real * s + value.imaginary * c
  series.errors[n] = value.error + 1e-14 * n
  series.bounds[n] = 0
}

/** The bracket from polynomials of one degree. */
function bracketAt(series: Series, degree: number, mass: number): { lower: number; upper: number; spread: number } {
  const { start, end } = series.circle
  let middle = mass * (end - start)
  let half = (2 * mass) / (2 * degree + 2)
  let error = 0
  for (let n = 1; n <= degree; n++) {
    const t = n / (degree + 1)
    const weight = vaalerWeight(t)
    const re = series.real[n] as number
    const im = series.imaginary[n] as number
    for (const [point, sign] of [
      [end, 1],
      [start, -1],
    ] as const) {
      const angle = -2 * Math.PI * ((n * point) % 1)
      const c = Math.cos(angle)
      const s = Math.sin(angle)
      middle -= (sign * weight * (re * s + im * c)) / (Math.PI * n)
      half += ((1 - t) * (re * c - im * s)) / (degree + 1)
    }
    error += widening(series, n, degree) / 2
  }
  return { lower: middle - half - error, upper: middle + half + error, spread: 2 * half }
}
