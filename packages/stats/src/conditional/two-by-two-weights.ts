import { deviancePart } from '../numerics/deviance-part.ts'
import { determinant } from '../numerics/exact-arithmetic.ts'
import { stirlingError, stirlingRemainder } from '../numerics/gamma-function.ts'

/*
 * The distribution of the first cell of a 2 × 2 table when both margins are fixed.
 *
 * With cells a, b, c, d and odds ratio ψ, the table moved by j, (a + j, b − j, c − j, d + j), has a probability
 * proportional to ψʲ / ((a + j)! (b − j)! (c − j)! (d + j)!). It is summed in one of two ways: by the ratio of
 * neighbours where the spread is small, and by quadrature with Euler–Maclaurin corrections where it is large, so that
 * the work does not grow with the total.
 *
 * Instead of ψ the second way takes a shift δ: the expected table is (a − δ, b + δ, c + δ, d − δ), whose cross ratio is
 * ψ. A deviation from it, j + δ, then keeps all its digits even at counts near 2⁵³, where E itself does not.
 */

/** A term below this share of its sum is left out. */
export const NEGLIGIBLE = 1e-18

/** R's `relErr`: probabilities closer than this count as equal. */
export const TIE = 1 + 1e-7

/** Beyond so many terms sums are made by quadrature. */
export const MANY_TERMS = 3000

/**
 * The log weight of a table, not necessarily of whole numbers: minus its deviance from an expected one, with what Stirling's
 * formula leaves.
 *
 * @param ea - expected first cell, and so on
 * @param u - what the first cell exceeds its expectation by
 */
export function logWeightFrom(
  a: number,
  b: number,
  c: number,
  d: number,
  ea: number,
  eb: number,
  ec: number,
  ed: number,
  u: number,
): number {
  return -(
    deviancePart(a, ea, u) +
    deviancePart(b, eb, -u) +
    deviancePart(c, ec, -u) +
    deviancePart(d, ed, u) +
    stirlingRemainder(a) +
    stirlingRemainder(b) +
    stirlingRemainder(c) +
    stirlingRemainder(d)
  )
}

/** The log weight of the table moved by j, under the odds ratio that the shift stands for. */
function logWeight(j: number, a: number, b: number, c: number, d: number, shift: number): number {
  return logWeightFrom(a + j, b - j, c - j, d + j, a - shift, b + shift, c + shift, d - shift, j + shift)
}

/** The shift under independence, (ad − bc) / n. */
export function shiftUnderIndependence(a: number, b: number, c: number, d: number): number {
  return determinant(a, b, c, d) / (a + b + c + d)
}

/**
 * {@link logWeight} under independence for any table: the expected counts come from the margins, as a − δ would cancel where
 * one cell is small among huge ones.
 */
export function logWeightUnderIndependence(j: number, a: number, b: number, c: number, d: number, shift: number): number {
  return -(
    devianceUnderIndependence(j, a, b, c, d, shift) +
    stirlingRemainder(a + j) +
    stirlingRemainder(b - j) +
    stirlingRemainder(c - j) +
    stirlingRemainder(d + j)
  )
}

function devianceUnderIndependence(j: number, a: number, b: number, c: number, d: number, shift: number): number {
  const u = j + shift
  const n = a + b + c + d
  return (
    deviancePart(a + j, ((a + b) / n) * (a + c), u) +
    deviancePart(b - j, ((a + b) / n) * (b + d), -u) +
    deviancePart(c - j, ((c + d) / n) * (a + c), -u) +
    deviancePart(d + j, ((c + d) / n) * (b + d), u)
  )
}

/**
 * log of the hypergeometric probability of a table; natural logarithm, right into the far tails.
 *
 * By Stirling's formula, ln P = ½ ln(margins / cells) + Stirling errors − deviance, where the deviance from the expected table
 * needs the determinant only, which is exact: no digit is lost however large the counts are.
 */
export function logTableProbability(a: number, b: number, c: number, d: number, shift = shiftUnderIndependence(a, b, c, d)): number {
  const n = a + b + c + d
  const [row, otherRow, column, otherColumn] = [a + b, c + d, a + c, b + d]
  if (row === 0 || otherRow === 0 || column === 0 || otherColumn === 0) return 0
  const ratio = ((row / cellSize(a)) * (otherRow / cellSize(d)) * (column / cellSize(c)) * (otherColumn / cellSize(b))) / n
  return (
    stirlingError(row) +
    stirlingError(otherRow) +
    stirlingError(column) +
    stirlingError(otherColumn) -
    stirlingError(n) -
    cellError(a) -
    cellError(b) -
    cellError(c) -
    cellError(d) -
    devianceUnderIndependence(0, a, b, c, d, shift) +
    0.5 * Math.log(ratio * 0.15915494309189535)
  )
}

// For an empty cell, √(2π n) e^(error) stands for 0! = 1.
function cellError(count: number): number {
  return count === 0 ? 0 : stirlingError(count)
}

function cellSize(count: number): number {
  return count === 0 ? 0.15915494309189535 : count
}

/** How far the most probable table lies from the given one, in steps of the first cell (right or one off). */
export function peakUnder(a: number, b: number, c: number, d: number, oddsRatio: number): number {
  // ψ (b − k)(c − k) = (a + k)(d + k), both sides divided by max(ψ, 1) to stay clear of overflow; the discriminant is
  // written as a sum of positive terms, which would cancel to nothing otherwise.
  const up = oddsRatio > 1 ? 1 : oddsRatio
  const down = oddsRatio > 1 ? 1 / oddsRatio : 1
  const linear = up * (b + c) + down * (a + d)
  const discriminant = (up * (b - c)) ** 2 + (down * (a - d)) ** 2 + 2 * up * down * ((b + c) * (a + d) + 2 * a * d + 2 * b * c)
  const peak = (2 * (up * b * c - down * a * d)) / (linear + Math.sqrt(discriminant))
  return Math.min(Math.min(b, c), Math.max(-Math.min(a, d), Math.floor(peak)))
}

/**
 * Sum of the weights of a table and of all with a larger first cell, the table's own weight counted as 1. The table must lie at or
 * above the mode, or not far below it.
 *
 * @param shift - (ad − bc) / n under independence, otherwise what stands for the odds ratio
 * @param oddsRatio - 1 under independence
 */
export function upwardSum(a: number, b: number, c: number, d: number, shift: number, oddsRatio = 1): number {
  if (Math.min(b, c) > MANY_TERMS) {
    // How many steps until e⁻⁴⁰: the log weight falls by its slope, and faster with the square of the distance.
    const variance = 1 / (1 / (a + 0.5) + 1 / (b + 0.5) + 1 / (c + 0.5) + 1 / (d + 0.5))
    const fall = shift / variance
    if (variance * (Math.sqrt(fall * fall + 80 / variance) - fall) > MANY_TERMS) return smoothUpwardSums(a, b, c, d, shift)
  }
  let term = 1
  let sum = 1
  // Beyond the edge weights are 0.
  do {
    term *= (oddsRatio * (b-- * c--)) / (++a * ++d)
    sum += term
  } while (term >= NEGLIGIBLE * sum)
  return sum
}

/** Nodes and weights of Gauss–Legendre quadrature of 16 points on (−1, 1); made on first use. */
let nodes: Float64Array | undefined
let nodeWeights: Float64Array | undefined
function prepareQuadrature(points: number): void {
  nodes = new Float64Array(points)
  nodeWeights = new Float64Array(points)
  for (let i = 0; i < points; i++) {
    let x = Math.cos((Math.PI * (i + 0.75)) / (points + 0.5))
    let slope = 1
    for (let step = 0; step < 12; step++) {
      let p = 1
      let before = 0
      for (let k = 1; k <= points; k++) [p, before] = [((2 * k - 1) * x * p - (k - 1) * before) / k, p]
      slope = (points * (x * p - before)) / (x * x - 1)
      x -= p / slope
    }
    nodes[i] = x
    nodeWeights[i] = 2 / ((1 - x * x) * slope * slope)
  }
}

/** First moment about the table itself that goes with the last {@link smoothUpwardSums}: Σ j · weight. */
export let smoothFirstMoment = 0
/** Second moment about the table itself that goes with the last {@link smoothUpwardSums}: Σ j² · weight. */
export let smoothSecondMoment = 0

/**
 * What {@link upwardSum} adds up, by quadrature: Σ f(j), j ≥ 0, is the integral of f from −½ with the midpoint
 * corrections of Euler and Maclaurin, f′/24 − 7 f‴/5760 at −½; the next term is of order (slope)⁶ / 31,000. For tables
 * with every cell large. The moments that it leaves behind are corrected to first order only: they steer Newton steps.
 */
export function smoothUpwardSums(a: number, b: number, c: number, d: number, shift: number, first = 0): number {
  if (nodes === undefined) prepareQuadrature(16)
  const x = nodes as Float64Array
  const w = nodeWeights as Float64Array
  const end = Math.min(b, c)
  const own = logWeight(0, a, b, c, d, shift)
  const deviation = Math.sqrt(1 / (1 / (a - shift) + 1 / (b + shift) + 1 / (c + shift) + 1 / (d - shift)))
  let sum = 0
  let moment = 0
  let second = 0
  let from = first - 0.5
  while (from < end) {
    const slope = logSlope(from, a, b, c, d, shift)
    const half = Math.min(Math.min(2 * deviation, slope < 0 ? -6 / slope : Infinity), end - from) / 2
    let part = 0
    for (let i = 0; i < x.length; i++) {
      const at = from + half * (1 + (x[i] as number))
      const f = (w[i] as number) * Math.exp(logWeight(at, a, b, c, d, shift) - own)
      part += f
      moment += half * f * at
      second += half * f * at * at
    }
    sum += half * part
    from += 2 * half
    if (slope < 0 && half * part < 1e-17 * sum) break
  }
  const at = first - 0.5
  const f = Math.exp(logWeight(at, a, b, c, d, shift) - own)
  const g1 = logSlope(at, a, b, c, d, shift)
  const [p, q, r, s] = [a + at + 0.5, b - at + 0.5, c - at + 0.5, d + at + 0.5]
  const g2 = -(1 / p + 1 / q + 1 / r + 1 / s)
  const g3 = 1 / (p * p) - 1 / (q * q) - 1 / (r * r) + 1 / (s * s)
  const f1 = f * g1
  const f3 = f * (g3 + 3 * g1 * g2 + g1 * g1 * g1)
  smoothFirstMoment = moment + (f + at * f1) / 24
  smoothSecondMoment = second
  return sum + f1 / 24 - (7 * f3) / 5760
}

/** Derivative of {@link logWeight} in j, through digamma(x + 1) = log(x + ½) + 1 / (24 (x + ½)²) − …. */
function logSlope(j: number, a: number, b: number, c: number, d: number, shift: number): number {
  const u = j + shift + 0.5
  const v = j + shift - 0.5
  const r = (x: number): number => 1 / (24 * x * x)
  return (
    Math.log1p(-v / (b + shift)) +
    Math.log1p(-v / (c + shift)) -
    Math.log1p(u / (a - shift)) -
    Math.log1p(u / (d - shift)) -
    r(a + j + 0.5) +
    r(b - j + 0.5) +
    r(c - j + 0.5) -
    r(d + j + 0.5)
  )
}
