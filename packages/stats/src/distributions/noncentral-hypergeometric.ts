import { requirePositive } from '../argument-checks.ts'
import { evaluateByRatio, gap, peak, total, variance } from '../conditional/first-cell.ts'
import { logWeightFrom, upwardSum } from '../conditional/two-by-two-weights.ts'
import { productError } from '../numerics/exact-arithmetic.ts'
import { discreteQuantile } from './discrete-quantile.ts'
import { requireUrn } from './hypergeometric.ts'
import { certainty, fromLogTail } from './two-tails.ts'

/**
 * Probability of x in Fisher's noncentral hypergeometric distribution: proportional to C(w, x) C(b, n − x) ψˣ.
 *
 * It is the distribution of the first cell of a 2 × 2 table with all margins fixed and odds ratio ψ.
 *
 * @remarks
 * R: `BiasedUrn::dFNCHypergeo(x, white, black, drawn, oddsRatio)`. SciPy:
 * `scipy.stats.nchypergeom_fisher.pmf(x, white + black, white, drawn, oddsRatio)`.
 *
 * @param x - white balls drawn; anything impossible has probability 0
 * @param white - white balls in the urn, at least 0
 * @param black - black balls in the urn, at least 0
 * @param drawn - balls drawn, 0 to white + black
 * @param oddsRatio - ψ, above 0
 * @throws A {@link StatsError} with code `not-a-count`, `out-of-range` or `mismatch` if a parameter is outside its range
 * @see J. Liao and O. Rosen, *Fast and stable algorithms for computing and sampling from the noncentral hypergeometric
 * distribution*, The American Statistician 55, 2001
 *
 * @example
 * ```ts @import.meta.vitest
 * // Weights 1, 4 · 2 and 1 · 2²: 1, 8, 4.
 * expect(noncentralHypergeometricProbability(1, 2, 2, 2, 2)).toBeCloseTo(8 / 13, 15)
 * ```
 */
export function noncentralHypergeometricProbability(x: number, white: number, black: number, drawn: number, oddsRatio: number): number {
  return Math.exp(logNoncentralHypergeometricProbability(x, white, black, drawn, oddsRatio))
}

/**
 * Natural logarithm of {@link noncentralHypergeometricProbability}.
 *
 * @remarks
 * SciPy: `scipy.stats.nchypergeom_fisher.logpmf(x, white + black, white, drawn, oddsRatio)`. R package BiasedUrn has no logarithms.
 *
 * @param x - white balls drawn
 * @param white - white balls in the urn
 * @param black - black balls in the urn
 * @param drawn - balls drawn
 * @param oddsRatio - ψ, above 0
 * @returns the logarithm; −Infinity where the probability is 0
 * @throws A {@link StatsError} as {@link noncentralHypergeometricProbability} does
 */
export function logNoncentralHypergeometricProbability(x: number, white: number, black: number, drawn: number, oddsRatio: number): number {
  requireWeightedUrn(x, white, black, drawn, oddsRatio)
  if (!(x >= Math.max(0, drawn - black) && x <= Math.min(white, drawn)) || x % 1 !== 0) return -Infinity
  const weights = weightsOf(white, black, drawn, oddsRatio)
  return logWeight(weights, x) - logTotal(weights)
}

/**
 * Lower tail of Fisher's noncentral hypergeometric distribution, P(X ≤ x).
 *
 * @remarks
 * R: `BiasedUrn::pFNCHypergeo(x, white, black, drawn, oddsRatio)`.
 * SciPy: `scipy.stats.nchypergeom_fisher.cdf(x, white + black, white, drawn, oddsRatio)`.
 *
 * @param x - any number; fractions are rounded down
 * @param white - white balls in the urn
 * @param black - black balls in the urn
 * @param drawn - balls drawn
 * @param oddsRatio - ψ, above 0
 * @throws A {@link StatsError} as {@link noncentralHypergeometricProbability} does
 *
 * @example
 * ```ts @import.meta.vitest
 * expect(noncentralHypergeometricCdf(1, 2, 2, 2, 2)).toBeCloseTo(9 / 13, 15)
 * ```
 */
export function noncentralHypergeometricCdf(x: number, white: number, black: number, drawn: number, oddsRatio: number): number {
  return tail(Math.floor(x) + 1, white, black, drawn, oddsRatio, false, false)
}

/**
 * Upper tail of Fisher's noncentral hypergeometric distribution, P(X ≥ x): the observed value counts.
 *
 * @remarks
 * R: `BiasedUrn::pFNCHypergeo(x - 1, white, black, drawn, oddsRatio, lower.tail = FALSE)`.
 * SciPy: `scipy.stats.nchypergeom_fisher.sf(x - 1, white + black, white, drawn, oddsRatio)`.
 *
 * @param x - any number; fractions are rounded up
 * @param white - white balls in the urn
 * @param black - black balls in the urn
 * @param drawn - balls drawn
 * @param oddsRatio - ψ, above 0
 * @throws A {@link StatsError} as {@link noncentralHypergeometricProbability} does
 */
export function noncentralHypergeometricUpperTail(x: number, white: number, black: number, drawn: number, oddsRatio: number): number {
  return tail(Math.ceil(x), white, black, drawn, oddsRatio, true, false)
}

/**
 * Natural logarithm of {@link noncentralHypergeometricCdf}.
 *
 * @remarks
 * SciPy: `scipy.stats.nchypergeom_fisher.logcdf(x, white + black, white, drawn, oddsRatio)`. R package BiasedUrn has no logarithms.
 *
 * @param x - any number
 * @param white - white balls in the urn
 * @param black - black balls in the urn
 * @param drawn - balls drawn
 * @param oddsRatio - ψ, above 0
 * @returns the logarithm; −Infinity where the probability is 0
 * @throws A {@link StatsError} as {@link noncentralHypergeometricProbability} does
 */
export function logNoncentralHypergeometricCdf(x: number, white: number, black: number, drawn: number, oddsRatio: number): number {
  return tail(Math.floor(x) + 1, white, black, drawn, oddsRatio, false, true)
}

/**
 * Natural logarithm of {@link noncentralHypergeometricUpperTail}.
 *
 * @remarks
 * SciPy: `scipy.stats.nchypergeom_fisher.logsf(x - 1, white + black, white, drawn, oddsRatio)`. R package BiasedUrn has no logarithms.
 *
 * @param x - any number
 * @param white - white balls in the urn
 * @param black - black balls in the urn
 * @param drawn - balls drawn
 * @param oddsRatio - ψ, above 0
 * @returns the logarithm; −Infinity where the probability is 0
 * @throws A {@link StatsError} as {@link noncentralHypergeometricProbability} does
 */
export function logNoncentralHypergeometricUpperTail(x: number, white: number, black: number, drawn: number, oddsRatio: number): number {
  return tail(Math.ceil(x), white, black, drawn, oddsRatio, true, true)
}

/**
 * The smallest x with P(X ≤ x) ≥ q.
 *
 * @remarks
 * R: `BiasedUrn::qFNCHypergeo(q, white, black, drawn, oddsRatio)`.
 * SciPy: `scipy.stats.nchypergeom_fisher.ppf(q, white + black, white, drawn, oddsRatio)`.
 *
 * @param cumulative - q, 0 to 1
 * @param white - white balls in the urn
 * @param black - black balls in the urn
 * @param drawn - balls drawn
 * @param oddsRatio - ψ, above 0
 * @throws A {@link StatsError} as {@link noncentralHypergeometricProbability} does
 */
export function noncentralHypergeometricQuantile(
  cumulative: number,
  white: number,
  black: number,
  drawn: number,
  oddsRatio: number,
): number {
  return quantile(cumulative, white, black, drawn, oddsRatio, false)
}

/**
 * The smallest x with P(X > x) ≤ q.
 *
 * @remarks
 * R: `BiasedUrn::qFNCHypergeo(q, white, black, drawn, oddsRatio, lower.tail = FALSE)`.
 * SciPy: `scipy.stats.nchypergeom_fisher.isf(q, white + black, white, drawn, oddsRatio)`.
 *
 * @param exceedance - q, 0 to 1
 * @param white - white balls in the urn
 * @param black - black balls in the urn
 * @param drawn - balls drawn
 * @param oddsRatio - ψ, above 0
 * @throws A {@link StatsError} as {@link noncentralHypergeometricProbability} does
 */
export function noncentralHypergeometricUpperQuantile(
  exceedance: number,
  white: number,
  black: number,
  drawn: number,
  oddsRatio: number,
): number {
  return quantile(exceedance, white, black, drawn, oddsRatio, true)
}

/**
 * Mean of Fisher's noncentral hypergeometric distribution.
 *
 * @remarks
 * R: `BiasedUrn::meanFNCHypergeo(white, black, drawn, oddsRatio, precision = 0)`.
 * SciPy: `scipy.stats.nchypergeom_fisher.mean(white + black, white, drawn, oddsRatio)`.
 *
 * @param white - white balls in the urn
 * @param black - black balls in the urn
 * @param drawn - balls drawn
 * @param oddsRatio - ψ, above 0
 * @throws A {@link StatsError} as {@link noncentralHypergeometricProbability} does
 *
 * @example
 * ```ts @import.meta.vitest
 * expect(noncentralHypergeometricMean(2, 2, 2, 2)).toBeCloseTo(16 / 13, 15)
 * ```
 */
export function noncentralHypergeometricMean(white: number, black: number, drawn: number, oddsRatio: number): number {
  return noncentralHypergeometricMoments(white, black, drawn, oddsRatio).mean
}

/**
 * Variance of Fisher's noncentral hypergeometric distribution.
 *
 * @remarks
 * R: `BiasedUrn::varFNCHypergeo(white, black, drawn, oddsRatio, precision = 0)`.
 * SciPy: `scipy.stats.nchypergeom_fisher.var(white + black, white, drawn, oddsRatio)`.
 *
 * @param white - white balls in the urn
 * @param black - black balls in the urn
 * @param drawn - balls drawn
 * @param oddsRatio - ψ, above 0
 * @throws A {@link StatsError} as {@link noncentralHypergeometricProbability} does
 */
export function noncentralHypergeometricVariance(white: number, black: number, drawn: number, oddsRatio: number): number {
  return noncentralHypergeometricMoments(white, black, drawn, oddsRatio).variance
}

/** Mean and variance in one pass; the variance is the derivative of the mean by ln ψ. */
function noncentralHypergeometricMoments(
  white: number,
  black: number,
  drawn: number,
  oddsRatio: number,
): { readonly mean: number; readonly variance: number } {
  requireWeightedUrn(0, white, black, drawn, oddsRatio)
  const weights = weightsOf(white, black, drawn, oddsRatio)
  const { centre, smallest, largest } = weights
  if (smallest === largest) return { mean: smallest, variance: 0 }
  const { gap, variance } = momentsOf(weights)
  return { mean: centre + gap, variance }
}

function quantile(q: number, white: number, black: number, drawn: number, oddsRatio: number, upper: boolean): number {
  requireWeightedUrn(0, white, black, drawn, oddsRatio)
  const { centre, smallest, largest, variance } = weightsOf(white, black, drawn, oddsRatio)
  return discreteQuantile(q, upper, {
    smallest,
    largest,
    cdf: (x) => noncentralHypergeometricCdf(x, white, black, drawn, oddsRatio),
    upperTail: (x) => noncentralHypergeometricUpperTail(x, white, black, drawn, oddsRatio),
    mean: centre,
    variance,
  })
}

// P(X ≥ x) for whole x where `upper`, else P(X < x). The tail on the far side of the mode is summed, largest term first.
function tail(x: number, white: number, black: number, drawn: number, oddsRatio: number, upper: boolean, log: boolean): number {
  requireWeightedUrn(x, white, black, drawn, oddsRatio)
  const weights = weightsOf(white, black, drawn, oddsRatio)
  const { smallest, largest, centre } = weights
  if (x <= smallest || x > largest) return certainty(x <= smallest === upper, log)
  const above = x > centre
  const logTail =
    logWeight(weights, above ? x : x - 1) + Math.log(above ? sumAbove(weights, x) : sumBelow(weights, x - 1)) - logTotal(weights)
  return fromLogTail(logTail, above === upper, log)
}

function sumAbove(weights: Weights, x: number): number {
  const { white, black, drawn, oddsRatio } = weights
  return sumFrom(weights, x, white - x, drawn - x, black - drawn + x, oddsRatio, x - weights.a)
}

// Downwards the cell of black balls drawn is the one that grows.
function sumBelow(weights: Weights, x: number): number {
  const { white, black, drawn, oddsRatio } = weights
  return sumFrom(weights, drawn - x, black - drawn + x, x, white - x, 1 / oddsRatio, weights.a - x)
}

// Σ of the weights from a table on, its own weight counted as 1.
function sumFrom(weights: Weights, a: number, b: number, c: number, d: number, ratio: number, difference: number): number {
  const correction = weights.residual * weights.variance
  return upwardSum(a, b, c, d, ratio === weights.oddsRatio ? difference - correction : difference + correction, ratio)
}

interface Weights {
  readonly white: number
  readonly black: number
  readonly drawn: number
  readonly oddsRatio: number
  readonly smallest: number
  readonly largest: number
  /** A whole number next to the mode. */
  readonly centre: number
  /** The table with these margins and odds ratio ψ e^(−residual): real numbers, from which deviances are taken. */
  readonly a: number
  readonly b: number
  readonly c: number
  readonly d: number
  /** What rounding the fitted table has taken from ln ψ. */
  readonly residual: number
  /** Variance in the limit of large cells, 1 / (1/a + 1/b + 1/c + 1/d). */
  readonly variance: number
}

// The fitted table solves a d = ψ b c. Its smallest cell off the favoured diagonal comes first, from a quadratic without cancellation,
// and is rounded such that the other three cells are exact differences. Any table with the right margins would do, as long as the
// residual makes good the difference.
function weightsOf(white: number, black: number, drawn: number, oddsRatio: number): Weights {
  const left = white + black - drawn
  const smallest = Math.max(0, drawn - black)
  const largest = Math.min(white, drawn)
  let a = 0
  let b = 0
  let c = 0
  let d = 0
  let residual = 0
  let variance = 0
  if (smallest < largest) {
    const grain = 2 ** (Math.ceil(Math.log2(Math.max(white, black, drawn, left))) - 52)
    if (oddsRatio >= 1) {
      if (white <= drawn) {
        b = toGrain(smallerCell(white, left, drawn - white, oddsRatio, 1), grain)
        a = white - b
        c = drawn - white + b
        d = left - b
      } else {
        c = toGrain(smallerCell(black, drawn, white - drawn, oddsRatio, 1), grain)
        a = drawn - c
        b = white - drawn + c
        d = black - c
      }
    } else if (white <= left) {
      a = toGrain(smallerCell(white, drawn, left - white, 1, oddsRatio), grain)
      b = white - a
      c = drawn - a
      d = left - white + a
    } else {
      d = toGrain(smallerCell(black, left, white - left, 1, oddsRatio), grain)
      a = white - left + d
      b = left - d
      c = black - d
    }
    residual = logRatio(oddsRatio, a, b, c, d)
    variance = 1 / (1 / a + 1 / b + 1 / c + 1 / d)
  }
  const centre = Math.min(largest, Math.max(smallest, Math.round(a)))
  return { white, black, drawn, oddsRatio, smallest, largest, centre, a, b, c, d, residual, variance }
}

function toGrain(cell: number, grain: number): number {
  return Math.max(1, Math.round(cell / grain)) * grain
}

// The cell e with e (gap + e) ψ = (row − e)(column − e), where ψ = numerator / denominator ≥ 1.
function smallerCell(row: number, column: number, gap: number, numerator: number, denominator: number): number {
  const linear = numerator * gap + denominator * (row + column)
  const product = denominator * row * column
  return (2 * product) / (linear + Math.sqrt(linear * linear + 4 * (numerator - denominator) * product))
}

// ln [ψ b c / (a d)] for a fitted table: next to 0, so the products are taken with their rounding errors.
function logRatio(oddsRatio: number, a: number, b: number, c: number, d: number): number {
  const main = a * d
  const cross = b * c
  const scaled = oddsRatio * cross
  if (!(scaled < 4 * main && main < 4 * scaled)) return Math.log(oddsRatio) + Math.log(b / a) + Math.log(c / d)
  const lost = productError(oddsRatio, cross, scaled) + oddsRatio * productError(b, c, cross) - productError(a, d, main)
  return Math.log1p((scaled - main + lost) / main)
}

// Logarithm of C(w, x) C(b, n − x) ψˣ up to a constant, as minus the deviance from the fitted table.
function logWeight(weights: Weights, x: number): number {
  const { smallest, largest, residual } = weights
  if (smallest === largest) return 0
  const { a, b, c, d, white, black, drawn } = weights
  const difference = x - a
  return residual * difference + logWeightFrom(x, white - x, drawn - x, black - drawn + x, a, b, c, d, difference)
}

function logTotal(weights: Weights): number {
  const { smallest, largest, centre } = weights
  if (smallest === largest) return 0
  const { total, peak } = momentsOf(weights)
  return logWeight(weights, centre + peak) + Math.log(total)
}

interface Moments {
  /** A table next to the mode, as steps from `centre`. */
  readonly peak: number
  /** Σ of the weights, that of `peak` counted as 1. */
  readonly total: number
  /** Mean, less `centre`. */
  readonly gap: number
  readonly variance: number
}

function momentsOf(weights: Weights): Moments {
  if (weights.variance > 160000) return strides(weights)
  const { white, black, drawn, oddsRatio, centre } = weights
  evaluateByRatio(centre, white - centre, drawn - centre, black - drawn + centre, oddsRatio, 1)
  return { peak, total, gap, variance }
}

// For a smooth weight the sum over every whole number and that over strides of two thirds of a standard deviation agree to 1e-19.
function strides(weights: Weights): Moments {
  // A whole number, because others would be rounded where counts are near 2⁵³.
  const stride = Math.round(Math.sqrt(weights.variance) / 1.5)
  const { centre } = weights
  const own = logWeight(weights, centre)
  let zeroth = 1
  let first = 0
  let second = 0
  for (let i = 1; i <= 15; i++) {
    const distance = i * stride
    const up = Math.exp(logWeight(weights, centre + distance) - own)
    const down = Math.exp(logWeight(weights, centre - distance) - own)
    zeroth += up + down
    first += distance * (up - down)
    second += distance * distance * (up + down)
  }
  const mean = first / zeroth
  return { peak: 0, total: stride * zeroth, gap: mean, variance: second / zeroth - mean * mean }
}

function requireWeightedUrn(x: number, white: number, black: number, drawn: number, oddsRatio: number): void {
  requireUrn(x, white, black, drawn)
  requirePositive('oddsRatio', oddsRatio)
}
