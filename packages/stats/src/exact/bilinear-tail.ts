import { logFactorial } from '../numerics/index.ts'
import { charge, type Meter, MeterExhausted, pauseDue, type Sliced } from './network/meter.ts'

/** A table's margins and T = Σᵢⱼ uᵢ vⱼ xᵢⱼ, whose mean is 0 and standard deviation 1. */
export interface BilinearStatistic {
  /** Row totals, each with another uᵢ; as few as there are columns or fewer, the largest first. */
  readonly rows: readonly number[]
  /** Column totals. */
  readonly columns: readonly number[]
  /** uᵢ, deviations from their mean over the observations. */
  readonly rowFactors: readonly number[]
  /** vⱼ, likewise. */
  readonly columnFactors: readonly number[]
  /** What all differences of T are multiples of; `null` if there is no such step. */
  readonly step: number | null
}

/** Called with every bracket; each is right, whichever is narrower. */
export type BilinearListener = (lower: number, upper: number) => void

/** Relative error from which a bracket is mere rounding; for large counts the logarithms of their factorials have more. */
const exactlyUpTo = 2e-11
const roundingOf = (total: number): number => 1e-13 + 4e-16 * logFactorial(total)
/** Beyond this many standard deviations tables are tilted, so that those of the tail are common. */
const far = 2
/** No set of weights is tilted by more. */
const steepest = 60

/**
 * Brackets P(T ≥ t), t ≥ 0, over all tables with the given margins, from values of the characteristic function.
 *
 * Let each observation of column j fall into row i with probability pᵢⱼ ∝ exp(αᵢ + s uᵢ vⱼ), α such that the rows have their
 * totals in the mean. Given that they have them exactly, a table has its probability times exp(sT), but for a constant that is
 * known. So P = constant · E[exp(−s (T − t)); T ≥ t, rows right], and by Fourier's inversion that is a sum over frequencies θ of T
 * and phases φ of the rows of
 *
 *     kernel(θ) exp(−i φ·r − iθt) Πⱼ (Σᵢ pᵢⱼ exp(i(φᵢ + θ uᵢ vⱼ)))^cⱼ.
 *
 * The product costs the same however large the counts, and as |Σᵢ pᵢ exp(iαᵢ)| ≤ exp(−Σ over pairs pᵢ pₖ (1 − cos(αᵢ − αₖ))) it is
 * negligible outside of a ball, of which as many points are visited as the tolerance asks for. What is passed over, what is
 * aliased and what is wrapped is bounded and counts in the bracket. Where T has a step, a sum over finitely many frequencies is exact;
 * otherwise the kernel is that of trigonometric polynomials below and above the tail (Beurling, Selberg, Vaaler).
 *
 * Points grow as the logarithm of the tolerance to the power of the number of rows.
 *
 * @see J. D. Vaaler, *Some extremal functions in Fourier analysis*, Bulletin of the AMS 12, 1985, p. 183, theorems 18 and 19
 */
export function* bilinearTail(
  centred: BilinearStatistic,
  distance: number,
  relativeWidth: number,
  meter: Meter,
  listen: BilinearListener,
): Sliced<void> {
  const { rows, step } = centred
  const tilt = distance > far ? Math.min(steepest, distance) : 0
  const { statistic, threshold } = aligned(centred, distance)
  // Half as narrow as was asked, since the errors lie on both sides.
  const exactly = Math.max(exactlyUpTo, roundingOf(rows.reduce((sum, row) => sum + row, 0)))
  const wanted = Math.max(relativeWidth / 3, exactly)
  let width = Infinity
  const most = tiltedBy(statistic, Math.max(0, distance))
  const any = yield* visitor(
    statistic,
    most.shares,
    Float64Array.from(rows, () => Infinity),
    threshold,
  )(0, Infinity, meter)
  // Chernoff's bound, for tables of so many rows that nothing else is within the budget.
  const chernoff = Math.min(1, Math.exp(most.logConstant - Math.max(0, distance) * threshold) * any.error)
  listen(0, chernoff)
  if (chernoff === 0) return
  for (let tolerance = 0.05; ;) {
    const before = meter.work
    const { lower, upper } = yield* bracketWithin(statistic, threshold, distance, tilt, tolerance, meter)
    listen(lower, upper)
    const previous = width
    width = (upper - lower) / lower
    const finest = step === null ? wanted : exactly
    if (tolerance <= finest) return
    // What is left is P(T = t), which polynomials cannot tell from the tail.
    if (step === null && width > 0.6 * previous) return
    const next = step !== null && tolerance <= wanted ? exactly : Math.max(finest, tolerance / 20)
    // Past the width that was asked for, exactness is tried if it takes a share of what is left.
    const growth = Math.exp(rows.length * Math.log(Math.log(next) / Math.log(tolerance)))
    if (width <= relativeWidth && (meter.work - before) * growth > 0.1 * (meter.workLimit - meter.work)) return
    tolerance = next
  }
}

/**
 * Factors from that of the largest row and of one column. With these T takes steps even where the rows are not right, so that tables
 * that creep in count at most in full.
 */
function aligned(centred: BilinearStatistic, distance: number): { statistic: BilinearStatistic; threshold: number } {
  const { columnFactors, columns, rowFactors, rows, step } = centred
  const rowOrigin = rowFactors[0] as number
  const columnOrigin = columnFactors.reduce((best, factor) => (Math.abs(factor) < Math.abs(best) ? factor : best), Infinity)
  const statistic = {
    rows,
    columns,
    rowFactors: rowFactors.map((factor) => factor - rowOrigin),
    columnFactors: columnFactors.map((factor) => factor - columnOrigin),
    step,
  }
  // Deviations from means add up to 0.
  const threshold = distance + rowOrigin * columnOrigin * rows.reduce((sum, row) => sum + row, 0)
  return { statistic, threshold: step === null ? threshold : step * Math.round(threshold / step) }
}

/** The independent columns of one tilt. */
interface Tilted {
  /** pᵢⱼ, row by row. */
  readonly shares: Float64Array
  /** Logarithm of the constant for t = 0. */
  readonly logConstant: number
}

function tiltedBy({ columnFactors, columns, rowFactors, rows }: BilinearStatistic, tilt: number): Tilted {
  const width = columns.length
  const shares = new Float64Array(rows.length * width)
  const total = rows.reduce((sum, row) => sum + row, 0)
  const mean = columns.reduce((sum, column, j) => sum + (column / total) * (columnFactors[j] as number), 0)
  const logs = Float64Array.from(rows, (row, i) => Math.log(row / total) - tilt * (rowFactors[i] as number) * mean)
  const sums = new Float64Array(width)
  for (let round = 0; round < 300; round++) {
    const filled = new Float64Array(rows.length)
    columnFactors.forEach((factor, j) => {
      let most = -Infinity
      rowFactors.forEach((rowFactor, i) => (most = Math.max(most, (logs[i] as number) + tilt * rowFactor * factor)))
      let sum = 0
      rowFactors.forEach((rowFactor, i) => {
        const share = Math.exp((logs[i] as number) + tilt * rowFactor * factor - most)
        shares[i * width + j] = share
        sum += share
      })
      sums[j] = Math.log(sum) + most
      rows.forEach((_, i) => {
        shares[i * width + j] = (shares[i * width + j] as number) / sum
        filled[i] = (filled[i] as number) + (columns[j] as number) * (shares[i * width + j] as number)
      })
    })
    const worst = rows.reduce((most, row, i) => Math.max(most, Math.abs((filled[i] as number) / row - 1)), 0)
    if (worst < 1e-13) break
    if (round < 299) rows.forEach((row, i) => (logs[i] = (logs[i] as number) + Math.log(row / (filled[i] as number))))
  }
  let logConstant = -logFactorial(total)
  rows.forEach((row, i) => (logConstant += logFactorial(row) - row * (logs[i] as number)))
  columns.forEach((column, j) => (logConstant += column * (sums[j] as number)))
  return { shares, logConstant }
}

function* bracketWithin(
  statistic: BilinearStatistic,
  threshold: number,
  distance: number,
  tilt: number,
  tolerance: number,
  meter: Meter,
): Sliced<{ lower: number; upper: number }> {
  const { columns, rows, step } = statistic
  const count = rows.length
  const total = rows.reduce((sum, row) => sum + row, 0)
  const { logConstant, shares } = tiltedBy(statistic, tilt)
  const scale = Math.exp(logConstant - tilt * threshold)
  // About the probability that the rows are right, and of the tail given that, under the tilt.
  const hit = Math.exp(-tiltedBy(statistic, 0).logConstant)
  const tail = tilt === 0 ? (0.4 * Math.exp((-distance * distance) / 2)) / (1 + Math.abs(distance)) : 0.3 / tilt
  const target = tolerance * hit * tail
  // Points by row; 1 for the first.
  const largest = rows[0] as number
  let points: Float64Array = Float64Array.from(rows, (row, i) => {
    if (i === 0) return 1
    const variance = tilt === 0 ? 1 / (1 / row + 1 / largest) : row * (1 - row / total)
    return Math.min(total + 1, Math.max(3, Math.ceil(Math.sqrt(2 * variance * Math.log((3 * count * count) / (tolerance * tail))))))
  })
  const more = (fewer: Float64Array): Float64Array => fewer.map((n, i) => (i === 0 ? 1 : Math.min(total + 1, Math.ceil(1.1 * n))))
  let aliased = 0
  if (tilt !== 0) {
    for (;;) {
      aliased = aliasedMass(statistic, shares, points)
      if (aliased <= target / 10) break
      points = more(points)
      charge(meter, 1000)
    }
  }
  // The circle that T is wrapped round: room above and below the threshold.
  const logTarget = Math.log(target / 20) + logConstant
  const roomFor = (sign: number): { room: number; wrapped: number } => {
    for (let room = Math.sqrt(2 * Math.log(1 / (tolerance * hit * tail))) + 1; ; room *= 1.15) {
      if (room > 200) throw new MeterExhausted()
      for (const part of [1, 0.7]) {
        const other = tilt + sign * part * room
        const log = tiltedBy(statistic, other).logConstant - (other - tilt) * threshold - part * room * room
        charge(meter, 60 * count * columns.length)
        if (log <= logTarget) return { room, wrapped: Math.exp(log - logConstant) }
      }
    }
  }
  const above = roomFor(1)
  const below = roomFor(-1)
  let length = above.room + below.room
  let frequencies: number
  if (step !== null) {
    const steps = Math.ceil(length / step)
    length = steps * step
    frequencies = Math.floor(steps / 2)
  } else frequencies = Math.ceil(((tilt === 0 ? 1 + Math.abs(distance) : 0.5 / tail) * length) / tolerance)
  const kernel = kernelOf(tilt, length, above.room, frequencies, step)
  // As if what is to be passed over were normal; where it is more, the visits are repeated.
  let cutoff = Math.log((tolerance * tail) / 30) - 0.5 * count * Math.log(Math.log(30 / (tolerance * tail)))
  for (;;) {
    const visit = visitor(statistic, shares, points, threshold)
    const wrong = above.wrapped + below.wrapped
    let extra = aliased
    let value = 0
    let spread = 0
    let doubt = 0
    let rounding = 0
    let isCoarse = false
    for (let n = 0; n <= frequencies; n++) {
      const weight = kernel(n)
      const size = Math.hypot(weight.re, weight.im) + Math.hypot(weight.spreadRe, weight.spreadIm)
      const { error, im, mass, re } = yield* visit((2 * Math.PI * n) / length, cutoff, meter)
      const twice = n === 0 || (step !== null && 2 * n * step >= length - step / 2) ? 1 : 2
      if (n === 0 && tilt === 0) extra = Math.max(0, re - hit - roundingOf(total) * hit) + error
      value += twice * (weight.re * re - weight.im * im)
      spread += twice * (weight.spreadRe * re - weight.spreadIm * im)
      doubt += twice * size * error
      rounding += twice * size * mass
      // Begun anew with more points, or further out.
      isCoarse = extra > target && points.some((size, i) => i > 0 && size <= total)
      if (isCoarse || doubt > 0.5 * target) break
    }
    if (doubt > 0.5 * target) {
      cutoff -= 2
      continue
    }
    if (isCoarse) {
      points = more(points)
      continue
    }
    const off = doubt + wrong + roundingOf(total) * (value + hit * (tilt === 0 ? 1 : 0)) + rounding * (1e-14 + 2e-16 * (count + 2) * total)
    return {
      lower: Math.max(0, scale * (value - spread - off - extra)),
      upper: Math.min(1, scale * (value + spread + off)),
    }
  }
}

/**
 * Mass of the tables whose rows are off by multiples of their points: with the weight of one row raised, Chernoff's bound times one on
 * the probability of any totals.
 */
function aliasedMass({ columns, rows }: BilinearStatistic, shares: Float64Array, points: Float64Array): number {
  const width = columns.length
  const total = columns.reduce((sum, column) => sum + column, 0)
  let mass = 0
  for (let i = 1; i < rows.length; i++) {
    const row = rows[i] as number
    const n = points[i] as number
    for (const sign of [1, -1]) {
      if (sign > 0 ? row + n > total : row - n < 0) continue
      let least = Infinity
      for (const part of [0.5, 0.7, 0.85, 1, 1.2]) {
        const raise = (sign * part * n) / (row * (1 - row / total))
        let log = -raise * (row + sign * n) - Math.log1p(-Math.exp(-Math.abs(raise) * n))
        const raised = shares.slice()
        for (let j = 0; j < width; j++) {
          const sum = 1 + (shares[i * width + j] as number) * Math.expm1(raise)
          log += (columns[j] as number) * Math.log(sum)
          for (let k = 0; k < rows.length; k++)
            raised[k * width + j] = ((raised[k * width + j] as number) * (k === i ? Math.exp(raise) : 1)) / sum
        }
        for (let k = 1; k < rows.length; k++) {
          let together = 0
          for (let j = 0; j < width; j++) together += (columns[j] as number) * (raised[j] as number) * (raised[k * width + j] as number)
          log += logMean(together, points[k] as number)
        }
        least = Math.min(least, log)
      }
      mass += Math.exp(least)
    }
  }
  return mass
}

/** Bound on the logarithm of the mean of exp(x (cos φ − 1)) over n points round the circle: I₀(x) ≤ exp(x) / √(1 + 2x). */
const logMean = (x: number, n: number): number => Math.min(0, Math.log(1 / Math.sqrt(1 + 2 * x) + 1 / n))

interface KernelWeight {
  readonly re: number
  readonly im: number
  readonly spreadRe: number
  readonly spreadIm: number
}

/** Fourier coefficients of exp(−s (T − t)) from T = t to t + room, and of what the polynomials differ from it by. */
function kernelOf(tilt: number, length: number, room: number, degree: number, step: number | null): (n: number) => KernelWeight {
  const none = { spreadRe: 0, spreadIm: 0 }
  if (step !== null) {
    const steps = Math.round(length / step)
    const kept = Math.floor(room / step) + 1
    return (n) => {
      // (1 − qᵏ) / (1 − q), q = exp(−(s + iθ) step).
      const angle = (2 * Math.PI * n) / steps
      const a = Math.exp(-tilt * step)
      const whole = Math.exp(-tilt * step * kept)
      const topRe = n === 0 && tilt === 0 ? kept : 1 - whole * Math.cos(((n * kept) % steps) * ((2 * Math.PI) / steps))
      const topIm = whole * Math.sin(((n * kept) % steps) * ((2 * Math.PI) / steps))
      const half = Math.sin(angle / 2)
      const bottomRe = n === 0 && tilt === 0 ? 1 : -Math.expm1(-tilt * step) + 2 * a * half * half
      const bottomIm = a * Math.sin(angle)
      const norm = (bottomRe * bottomRe + bottomIm * bottomIm) * steps
      return { re: (topRe * bottomRe + topIm * bottomIm) / norm, im: (topIm * bottomRe - topRe * bottomIm) / norm, ...none }
    }
  }
  const rate = tilt * length
  const end = room / length
  return (n) => {
    const turn = 2 * Math.PI * n
    const left = Math.exp(-rate * end)
    const endRe = left * Math.cos(turn * end)
    const endIm = -left * Math.sin(turn * end)
    const norm = rate * rate + turn * turn
    const re = norm === 0 ? end : ((1 - endRe) * rate - endIm * turn) / norm
    const im = norm === 0 ? 0 : (-endIm * rate - (1 - endRe) * turn) / norm
    const t = n / (degree + 1)
    const damp = n === 0 ? 1 : ((1 - t) * (Math.PI * t)) / Math.tan(Math.PI * t) + t
    const share = (1 - t) / (2 * (degree + 1))
    return { re: damp * re, im: damp * im, spreadRe: share * (1 + rate * re + endRe), spreadIm: share * (rate * im + endIm) }
  }
}

interface Visit {
  readonly re: number
  readonly im: number
  /** Bound on what was passed over. */
  readonly error: number
  /** Sum of the sizes of what was added up. */
  readonly mass: number
}

/** E[exp(iθ(T − t)); rows right up to multiples of their points], a frequency at a time. */
function visitor(
  { columnFactors, columns, rowFactors, rows }: BilinearStatistic,
  shares: Float64Array,
  points: Float64Array,
  threshold: number,
): (frequency: number, cutoff: number, meter: Meter) => Sliced<Visit> {
  const count = rows.length
  const width = columns.length
  const last = count - 1
  // By depth: the part of all points that one point stands for.
  const parts = new Float64Array(count).fill(1)
  for (let i = 1; i < count; i++) parts[i] = (parts[i - 1] as number) / (points[i] as number)
  // By pair of rows: Σⱼ cⱼ pᵢⱼ pₖⱼ exp(iθ(uᵢ − uₖ)vⱼ), and the same at θ = 0.
  const pairRe = new Float64Array(count * count)
  const pairIm = new Float64Array(count * count)
  const pairSize = new Float64Array(count * count)
  const pairMost = new Float64Array(count * count)
  for (let i = 0; i < count; i++) {
    for (let k = 0; k < i; k++) {
      for (let j = 0; j < width; j++) {
        pairMost[i * count + k] =
          (pairMost[i * count + k] as number) +
          (columns[j] as number) * (shares[i * width + j] as number) * (shares[k * width + j] as number)
      }
    }
  }
  const turnRe = new Float64Array(count * width)
  const turnIm = new Float64Array(count * width)
  // By depth: Σ over the rows before, of the pairs with every row after, and of the columns' probabilities.
  const pullRe = new Float64Array((count + 1) * count)
  const pullIm = new Float64Array((count + 1) * count)
  const sumRe = new Float64Array((count + 1) * width)
  const sumIm = new Float64Array((count + 1) * width)
  const logBound = new Float64Array(count + 1)
  const phase = new Float64Array(count + 1)
  // By depth: what the pairs of rows after cost at least, and what pairs of a row with all before cost at most.
  const atLeast = new Float64Array(count + 1)
  const atMost = new Float64Array(count)
  const centre = new Int32Array(count)
  const visited = new Int32Array(count)
  return function* visit(frequency, cutoff, meter) {
    for (let i = 0; i < count; i++) {
      for (let j = 0; j < width; j++) {
        const angle = frequency * (rowFactors[i] as number) * (columnFactors[j] as number)
        turnRe[i * width + j] = (shares[i * width + j] as number) * Math.cos(angle)
        turnIm[i * width + j] = (shares[i * width + j] as number) * Math.sin(angle)
      }
      for (let k = 0; k < i; k++) {
        let re = 0
        let im = 0
        for (let j = 0; j < width; j++) {
          const column = columns[j] as number
          const a = turnRe[i * width + j] as number
          const b = turnIm[i * width + j] as number
          const c = turnRe[k * width + j] as number
          const d = turnIm[k * width + j] as number
          re += column * (a * c + b * d)
          im += column * (b * c - a * d)
        }
        pairRe[i * count + k] = re
        pairIm[i * count + k] = im
        pairSize[i * count + k] = Math.sqrt(re * re + im * im)
      }
    }
    charge(meter, 8 * count * width + 2 * count * count * width)
    atLeast.fill(0)
    for (let i = last; i >= 0; i--) {
      atMost[i] = 0
      let gap = 0
      for (let k = 0; k < i; k++) {
        atMost[i] = (atMost[i] as number) + (pairMost[i * count + k] as number)
        gap += Math.max(0, (pairMost[i * count + k] as number) - (pairSize[i * count + k] as number))
      }
      // Pairs among the rows from i on and with all before.
      atLeast[i] = (atLeast[i + 1] as number) + gap
    }
    // The most that the product may be below a choice of the first phases, each row after them with the rows before only, and the
    // logarithm of its mean over these rows' own phases.
    let meanOf = 0
    const largestAt = (depth: number): number => {
      let bound = logBound[depth] as number
      meanOf = 0
      for (let l = depth; l < count; l++) {
        const re = pullRe[depth * count + l] as number
        const im = pullIm[depth * count + l] as number
        const pull = Math.sqrt(re * re + im * im)
        let before = 0
        for (let k = 0; k < depth; k++) before += pairMost[l * count + k] as number
        bound += Math.min(0, pull - before)
        meanOf += logMean(pull, points[l] as number)
        for (let k = depth; k < l; k++) {
          bound -= Math.max(0, (pairMost[l * count + k] as number) - (pairSize[l * count + k] as number))
        }
      }
      return bound
    }
    const enter = (depth: number, angle: number, log: number): void => {
      const i = depth - 1
      const c = Math.cos(angle)
      const s = Math.sin(angle)
      logBound[depth] = log
      for (let l = depth; l < count; l++) {
        const re = pairRe[l * count + i] as number
        const im = pairIm[l * count + i] as number
        pullRe[depth * count + l] = (depth > 1 ? (pullRe[i * count + l] as number) : 0) + re * c + im * s
        pullIm[depth * count + l] = (depth > 1 ? (pullIm[i * count + l] as number) : 0) + im * c - re * s
      }
      for (let j = 0; j < width; j++) {
        const a = turnRe[i * width + j] as number
        const b = turnIm[i * width + j] as number
        sumRe[depth * width + j] = (depth > 1 ? (sumRe[i * width + j] as number) : 0) + a * c - b * s
        sumIm[depth * width + j] = (depth > 1 ? (sumIm[i * width + j] as number) : 0) + a * s + b * c
      }
    }
    let re = 0
    let im = 0
    let error = 0
    let mass = 0
    let work = 0
    enter(1, 0, 0)
    phase[1] = -frequency * threshold
    const root = largestAt(1)
    if (root <= cutoff) return { re, im, error: Math.exp(root + meanOf), mass }
    let depth = 1
    visited[1] = -1
    while (depth > 0) {
      const n = points[depth] as number
      const pulledRe = pullRe[depth * count + depth] as number
      const pulledIm = pullIm[depth * count + depth] as number
      const pull = Math.sqrt(pulledRe * pulledRe + pulledIm * pulledIm)
      const middle = -Math.atan2(pulledIm, pulledRe)
      if (visited[depth] === -1) {
        visited[depth] = 0
        centre[depth] = Math.round((middle * n) / (2 * Math.PI))
      }
      const at = visited[depth] as number
      if (at >= n) {
        depth--
        continue
      }
      // From the middle outwards, to either side in turn.
      const q = (centre[depth] as number) + (at % 2 === 0 ? at / 2 : -(at + 1) / 2)
      const angle = (2 * Math.PI * q) / n
      const log = (logBound[depth] as number) - (atMost[depth] as number) + pull * Math.cos(angle - middle)
      const above = log - (atLeast[depth + 1] as number)
      const share = parts[depth] as number
      visited[depth] = at + 1
      work += 12
      if (above <= cutoff - 2) {
        // Both neighbours further out are lower still, by half a step at most.
        const next = Math.cos(Math.max(0, Math.abs(angle - middle) - (2 * Math.PI) / n))
        error +=
          (n - at) *
          share *
          Math.exp((logBound[depth] as number) - (atMost[depth] as number) + pull * next - (atLeast[depth + 1] as number))
        depth--
        continue
      }
      if (depth < last) {
        phase[depth + 1] = (phase[depth] as number) - angle * (rows[depth] as number)
        enter(depth + 1, angle, log)
        work += 4 * width + 8 * (count - depth)
        const bound = largestAt(depth + 1)
        if (bound <= cutoff) error += share * Math.exp(bound + meanOf)
        else {
          depth++
          visited[depth] = -1
        }
        continue
      }
      if (log <= cutoff) {
        error += share * Math.exp(log)
        continue
      }
      const c = Math.cos(angle)
      const s = Math.sin(angle)
      const whole = (phase[depth] as number) - angle * (rows[depth] as number)
      let a = Math.cos(whole)
      let b = Math.sin(whole)
      for (let j = 0; j < width; j++) {
        const ownRe = turnRe[depth * width + j] as number
        const ownIm = turnIm[depth * width + j] as number
        let x = (sumRe[depth * width + j] as number) + ownRe * c - ownIm * s
        let y = (sumIm[depth * width + j] as number) + ownRe * s + ownIm * c
        for (let power = columns[j] as number; ;) {
          if (power % 2 === 1) {
            const product = a * x - b * y
            b = a * y + b * x
            a = product
          }
          power = Math.floor(power / 2)
          if (power === 0) break
          const square = x * x - y * y
          y = 2 * x * y
          x = square
        }
      }
      work += 12 * width + 20
      re += a
      im += b
      mass += Math.sqrt(a * a + b * b)
      if (work > 1e5) {
        charge(meter, work / 4)
        work = 0
        if (pauseDue(meter)) yield
      }
    }
    charge(meter, work / 4)
    const share = parts[last] as number
    return { re: re * share, im: im * share, error, mass: mass * share }
  }
}
