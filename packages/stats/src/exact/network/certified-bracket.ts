import { wholePower } from '../../numerics/power.ts'
import { chiSquaredUpperTail } from '../../distributions/chi-squared.ts'
import { type ColumnPair, columnPairs, pairBound } from './column-pairs.ts'
import { charge, type Meter, MeterExhausted, pauseDue, reserve, type Sliced } from './meter.ts'
import { type CellStatistic, type Expectation, expectation, type PhaseLattice, phaseLattice } from './phase-lattice.ts'
import { type TailOfStatistic } from './tail-of-statistic.ts'
import { resized } from './value-pool.ts'

/** Relative width up to which a bracket is mere rounding. */
export const roundingOnly = 1e-9

/** Called with every bracket, each inside the one before. */
export type BracketListener = (lower: number, upper: number) => void

/**
 * Brackets P = P(T ≤ t), T the statistic, from values of its characteristic function.
 *
 * T is wrapped round a circle that is longer than all but a negligible part of its distribution. For a jump on the circle and
 * any N there are trigonometric polynomials of degree N that lie below and above it everywhere and whose means differ by least,
 * 1 / (N + 1) (Beurling, Selberg, Vaaler). Their expectations take N values of the characteristic function, see
 * {@link PhaseLattice}; so P lies between them with certainty, with no lattice and no rounding of T. Only the jump at t counts: the
 * way back to the start of the circle is a smooth step across a gap where no table is, whose series is at its end after a few
 * frequencies.
 *
 * High frequencies matter little and are bounded instead of computed where that is cheaper, see {@link ColumnPair}. T is nearly
 * periodic, as ln 2, ln 3 and ln 5 are nearly multiples of 2π / 109, 2π / 171, 2π / 281 and 2π / 372; near those frequencies values
 * are large and are computed, as are the first few.
 *
 * A small P is found from tables weighted by exp(s (t − T)), among which the observed one is common: with the weights taken back,
 * the indicator is a jump and an exponential, of which each point is the end of an arc.
 *
 * What is left out is accounted for: tables with counts far from what is expected (`missing`), tables that creep in by the finite
 * transform (`extra`), tables beyond the circle (`wrapped`), and rounding.
 *
 * What limits it. The width falls as one over the number of frequencies, so a bracket of 1e-3 takes ten times the work of one of
 * 1e-2. The number of points per frequency grows by a factor of 3 to 4 with each column of the shorter side. Of tables that R gives
 * up, the default budget brings 2 × 50, n = 500, 6 × 6, n = 191, and 7 × 7, n = 150, to less than a hundredth, but not
 *
 * - 4 × 4, n = 2,000, P = .137 (three hundredths): a pair of columns has 3 of 9 degrees of freedom, and at all high frequencies the two
 *   pairs bound the function by 4e-4 only, at 2,400 points each. The function itself, with a phase for either pair and one for
 *   their row totals, would take some four times the work of its bound.
 * - 5 × 6, n = 191, P = 1.4e-4 (upper end 5e-4): with a tilt all frequencies are computed, at 1e8 steps each, as tables have unlike
 *   weights and pairs do not bound. E Πₖ gₖ with gₖ = E(exp((iθ − s) Tₖ) | row totals) is bounded by second moments too; that would
 *   need windows and points for the tilted weights.
 * - 5 × 5, n = 226, the observed table's own probability 1e-61 (no bracket): weights that make so rare a table common spread the
 *   counts, and with them the points, widely.
 * - 10 × 10, n = 200, P = .0083 (no bracket): pairs bound all but some 15 low frequencies and a few round each peak by 1e-5 and less,
 *   but the ball round 0 has over a million points for an error of 1e-3, some seconds a frequency, and so small a P allows 1e-5 only.
 *
 * Tried and thrown away: peaks over all phases of the columns to come, which pass over only a twentieth more points; pairs of like
 * columns, which take more points and bound less well where all columns are alike.
 *
 * @see J. D. Vaaler, *Some extremal functions in Fourier analysis*, Bulletin of the AMS 12, 1985, p. 183, theorems 18 and 19
 */
export function* certifiedBracket(tail: TailOfStatistic, relativeWidth: number, meter: Meter, listen: BracketListener): Sliced<void> {
  const { table, threshold, highest } = tail
  const freedom = (table.rows.length - 1) * (table.columns.length - 1)
  // Tables near the most probable one are chi-squared in twice the distance from it; only the budget depends on this guess.
  let guess = chiSquaredUpperTail(2 * Math.max(0, highest - threshold), freedom)
  let tilt = 0
  if (guess < 1e-3) {
    const saddle = yield* saddlePoint(tail, meter)
    tilt = saddle.tilt
    guess = saddle.weight / 10
  }
  // A bracket narrower than rounding is the exact P value.
  const narrowest = Math.max(relativeWidth, roundingOnly)
  const tolerated = 0.005 * Math.min(0.1, Math.max(relativeWidth, 1e-4)) * guess
  const lattice = phaseLattice(table, tilt, threshold, tolerated, meter)
  const circle = yield* circleOf(tail, tilt, 4 * tolerated, meter)
  const mass = yield* expectation(lattice, 0, tolerated, meter)
  const extra = (lattice.extra ?? Math.max(0, mass.real - (1 - lattice.missing))) + mass.error
  const series: Series = {
    circle,
    lattice,
    tilt,
    pairs: [],
    cell: table.values(0, 0),
    known: 0,
    leak: extra + lattice.missing,
    tolerance: narrowest * guess,
    real: new Float64Array(256),
    imaginary: new Float64Array(256),
    errors: new Float64Array(256),
    bounds: new Float64Array(256),
  }
  if (tilt === 0 && table.kinds.every((kind) => kind === 0)) series.pairs = yield* pairsThatSave(series, table, meter)
  let best = { lower: 0, upper: 1 }
  // What widens the bracket whatever the degree.
  const fixed = extra + lattice.missing + 2 * circle.wrapped
  // So many that the way back to the start of the circle is smooth; with a tilt it is a small step.
  let degree = tilt === 0 ? Math.max(16, Math.ceil((2 * circle.length) / circle.gap)) : 16
  let target = Math.max(narrowest, 1)
  for (;;) {
    for (let attempt = 0; attempt < 20; attempt++) {
      const scale = Math.max(best.lower, guess / 10)
      const doubt = yield* learn(series, degree, target * scale, meter)
      const { lower, upper, spread } = bracketAt(series, degree, mass.real)
      charge(meter, 20 * degree)
      best = {
        lower: Math.max(best.lower, lower - extra - circle.wrapped),
        upper: Math.min(best.upper, upper + lattice.missing + circle.wrapped),
      }
      listen(best.lower, best.upper)
      if (best.upper - best.lower <= target * best.lower) break
      // Spread falls as 1 / degree once the degree resolves the distribution.
      const excess = spread / Math.max(0.2 * target * scale, 0.95 * target * scale - doubt - fixed)
      degree = Math.ceil(degree * Math.min(4, Math.max(1.1, 1.05 * excess)))
    }
    if (target === narrowest) return
    target = Math.max(narrowest, target / 3)
  }
}

/** An upper bound on E exp(−s (T − t)), as good as rounding for s = 0. */
function* weightOf({ table, threshold }: TailOfStatistic, tilt: number, meter: Meter): Sliced<number> {
  if (tilt === 0) return 1
  const lattice = phaseLattice(table, tilt, threshold, null, meter)
  const { real, error } = yield* expectation(lattice, 0, lattice.scale, meter)
  return real + error + lattice.missing
}

/** The tilt with the least weight: P ≤ E exp(−s (T − t)) for every s. */
function* saddlePoint(tail: TailOfStatistic, meter: Meter): Sliced<{ tilt: number; weight: number }> {
  let best = { tilt: 0, weight: 1 }
  for (let tilt = 0.2; tilt < 3; tilt += 0.1) {
    const weight = yield* weightOf(tail, tilt, meter)
    if (!(weight < best.weight)) return best
    best = { tilt, weight }
  }
  return best
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
  /** Length of the part round the start where no table is. */
  readonly gap: number
  /** Bound on the weight of tables that do not fit. */
  readonly wrapped: number
}

/**
 * A circle with room for all tables but a tolerated weight: the weight of T ≤ τ is at most e^(d (τ − t)) E e^(−(s + d) (T − t)) for
 * every d > 0, and likewise above.
 */
function* circleOf(tail: TailOfStatistic, tilt: number, tolerated: number, meter: Meter): Sliced<Circle> {
  const { threshold, highest } = tail
  let lowest = -Infinity
  let top = highest
  for (const more of tilt === 0 ? [0.5, 0.65, 0.8] : [0.1, 0.2, 0.3]) {
    const weight = yield* weightOf(tail, tilt + more, meter)
    if (weight > 0 && weight < Infinity) lowest = Math.max(lowest, threshold + Math.log(tolerated / weight) / more)
  }
  if (lowest === -Infinity) throw new MeterExhausted()
  for (const less of tilt === 0 ? [0.5, 1, 2] : [0.5 * tilt, tilt]) {
    const weight = yield* weightOf(tail, tilt - less, meter)
    if (weight > 0 && weight < Infinity) top = Math.min(top, threshold - Math.log(tolerated / weight) / less)
  }
  const gap = 1
  const origin = Math.min(lowest, threshold - gap)
  const length = Math.max(top, threshold) - origin + gap
  return { length, origin, start: -gap / 2 / length, end: (threshold - origin) / length, gap, wrapped: 2 * tolerated }
}

/** What is known of the characteristic function at multiples of the lowest frequency. */
interface Series {
  readonly circle: Circle
  readonly lattice: PhaseLattice
  readonly tilt: number
  /** Pairs of columns that bound the function; empty where computing it is as cheap. */
  pairs: readonly ColumnPair[]
  /** Values of a cell, for the pairs. */
  readonly cell: Float64Array
  /** Mass by which the tables that were kept, with those that crept in, differ from all tables. */
  readonly leak: number
  /** Error that the lowest frequency may have. */
  readonly tolerance: number
  /** How many multiples have an entry. */
  known: number
  real: Float64Array
  imaginary: Float64Array
  /** How far each value may be off. */
  errors: Float64Array
  /** Bounds on the absolute value; 0 where the value was computed. */
  bounds: Float64Array
}

/** Pairs of columns, or of rows, if bounding a high frequency by them takes less work than computing it. */
function* pairsThatSave(series: Series, { rows, columns, total }: CellStatistic, meter: Meter): Sliced<readonly ColumnPair[]> {
  const before = meter.work
  yield* compute(series, Math.max(1, Math.ceil(series.circle.length / 3)), meter)
  const saved = meter.work - before
  if (saved < 30_000) return []
  // The more degrees of freedom within pairs, the lower the bound.
  const across = (rows.length - 1) * Math.floor(columns.length / 2) < (columns.length - 1) * Math.floor(rows.length / 2)
  const pairs = across ? columnPairs(columns, [...rows], total) : columnPairs([...rows], columns, total)
  const cost = pairs.reduce((sum, pair) => sum + pair.cost / 5, 0)
  return pairs.length > 1 && cost * 2 < saved ? pairs : []
}

/**
 * Makes sure of all values up to a degree: computes those whose bounds would widen the bracket by more than their share.
 *
 * @returns by how much the bracket is widened by what is not known of the values
 */
function* learn(series: Series, degree: number, width: number, meter: Meter): Sliced<number> {
  if (degree >= series.real.length) {
    reserve(meter, 4 * 8 * (2 * degree - series.real.length))
    for (const key of ['real', 'imaginary', 'errors', 'bounds'] as const) series[key] = resized(series[key], 2 * degree)
  }
  for (let n = series.known + 1; n <= degree; n++) {
    if (series.pairs.length === 0) yield* compute(series, n, meter)
    else {
      const enough = toleranceAt(series, n) / 100
      series.bounds[n] = pairBound(series.pairs, series.cell, (2 * Math.PI * n) / series.circle.length, enough, meter)
      series.errors[n] = (series.bounds[n] as number) + series.leak
    }
    series.known = n
    charge(meter, 20)
    if (pauseDue(meter)) yield
  }
  let doubt = 0
  const bounded: number[] = []
  for (let n = 1; n <= degree; n++) {
    doubt += widening(series, n, degree)
    if ((series.bounds[n] as number) > 3 * toleranceAt(series, n)) bounded.push(n)
  }
  bounded.sort((a, b) => widening(series, b, degree) - widening(series, a, degree))
  for (const n of bounded) {
    const share = widening(series, n, degree)
    if (doubt <= 0.45 * width || share < 2e-5 * width) break
    yield* compute(series, n, meter)
    doubt += widening(series, n, degree) - share
  }
  return doubt
}

/** The error that the n-th value may have: errors weigh 1 / n, and few values are computed where pairs bound the others. */
function toleranceAt({ pairs, tolerance }: Series, n: number): number {
  return tolerance * (pairs.length > 0 ? 0.015 : 5e-4) * Math.sqrt(n)
}

/** By how much the error of the n-th value widens the bracket. */
function widening(series: Series, n: number, degree: number): number {
  const t = n / (degree + 1)
  const jumps = (vaalerWeight(t) + smoothing(series.circle, n)) / (Math.PI * n)
  const spread = (1 - t) / (degree + 1)
  return 2 * (series.errors[n] as number) * Math.hypot(jumps, spread)
}

/** Times that a step is averaged over a part of the gap to make it smooth. */
const averages = 4

/** The share of a step's n-th Fourier coefficient that is left when it is spread over the gap. */
function smoothing({ gap, length }: Circle, n: number): number {
  const half = (Math.PI * n * gap) / length / averages
  return wholePower(Math.sin(half) / half, averages)
}

const vaalerWeight = (t: number): number => ((1 - t) * (Math.PI * t)) / Math.tan(Math.PI * t) + t

function* compute(series: Series, n: number, meter: Meter): Sliced<void> {
  const { circle, lattice } = series
  const frequency = (2 * Math.PI * n) / circle.length
  const value: Expectation = yield* expectation(lattice, frequency, toleranceAt(series, n), meter)
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
  const { circle, errors, imaginary, real, tilt } = series
  const { start, end } = circle
  const arc = end - start
  // The weight is e^(−rate · distance from the end), and `left` of it at the start.
  const rate = tilt * circle.length
  const left = Math.exp(-rate * arc)
  // What the series of the step at the start lacks beyond the degree.
  const beyond = (mass * left * wholePower((averages * circle.length) / (Math.PI * circle.gap * degree), averages)) / (3 * averages)
  let middle = mass * (rate === 0 ? arc : (1 - left) / rate)
  let half = (mass * (2 - left)) / (2 * degree + 2)
  let lowerError = beyond
  let upperError = beyond
  for (let n = 1; n <= degree; n++) {
    const t = n / (degree + 1)
    const turn = 2 * Math.PI * n
    const weight = vaalerWeight(t)
    // The Fourier coefficients of the weight's jump at the end, of the exponential before it, and of the jump at the start.
    const endAngle = -turn * (end % 1)
    const startAngle = -turn * (start % 1)
    const endRe = Math.cos(endAngle)
    const endIm = Math.sin(endAngle)
    let shareRe = 0
    let shareIm = 0
    if (rate > 0) {
      const norm = rate * rate + turn * turn
      const a = 1 - left * Math.cos(turn * arc)
      const b = -left * Math.sin(turn * arc)
      shareRe = (rate * (a * rate - b * turn)) / norm
      shareIm = (rate * (a * turn + b * rate)) / norm
    }
    const smoothRe = endRe * shareRe - endIm * shareIm
    const smoothIm = endRe * shareIm + endIm * shareRe
    const startWeight = left * smoothing(circle, n)
    // What the value counts for in the middle of the bracket, and in half its width.
    const middleRe = -(weight * (endIm - smoothIm) - startWeight * Math.sin(startAngle)) / (Math.PI * n)
    const middleIm = (weight * (endRe - smoothRe) - startWeight * Math.cos(startAngle)) / (Math.PI * n)
    const halfRe = ((1 - t) * (endRe + smoothRe)) / (degree + 1)
    const halfIm = ((1 - t) * (endIm + smoothIm)) / (degree + 1)
    const re = real[n] as number
    const im = imaginary[n] as number
    const off = errors[n] as number
    middle += re * middleRe - im * middleIm
    half += re * halfRe - im * halfIm
    upperError += off * Math.hypot(middleRe + halfRe, middleIm + halfIm)
    lowerError += off * Math.hypot(middleRe - halfRe, middleIm - halfIm)
  }
  return { lower: middle - half - lowerError, upper: middle + half + upperError, spread: 2 * half }
}
