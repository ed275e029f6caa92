import { StatsError } from '../errors.ts'
import { deviancePart } from '../numerics/deviance-part.ts'
import { productError } from '../numerics/exact-arithmetic.ts'
import { stirlingError } from '../numerics/gamma-function.ts'
import { logComplement } from '../numerics/log-complement.ts'
import { firstWhere, quantileFuzz } from './discrete-quantile.ts'
import { upwardSum as smoothUpwardSum } from '../exact/two-by-two-weights.ts'
import { requireCount, requireNumber, requirePositive, requireProbability } from '../argument-checks.ts'

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
  requireUrn(x, white, black, drawn, oddsRatio)
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
  requireProbability('cumulative', cumulative)
  if (cumulative > 0.5) return noncentralHypergeometricUpperQuantile(1 - cumulative, white, black, drawn, oddsRatio)
  const goal = cumulative * (1 - quantileFuzz)
  return first(white, black, drawn, oddsRatio, (x) => noncentralHypergeometricCdf(x, white, black, drawn, oddsRatio) >= goal)
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
  requireProbability('exceedance', exceedance)
  if (exceedance > 0.5) return noncentralHypergeometricQuantile(1 - exceedance, white, black, drawn, oddsRatio)
  const goal = exceedance * (1 + quantileFuzz)
  return first(white, black, drawn, oddsRatio, (x) => noncentralHypergeometricUpperTail(x + 1, white, black, drawn, oddsRatio) <= goal)
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
  requireUrn(0, white, black, drawn, oddsRatio)
  const weights = weightsOf(white, black, drawn, oddsRatio)
  const { centre, smallest, largest } = weights
  if (smallest === largest) return { mean: smallest, variance: 0 }
  const shift = sumsAround(weights, centre)
  const mean = shift.first / shift.zeroth
  return { mean: centre + mean, variance: shift.second / shift.zeroth - mean * mean }
}

function first(white: number, black: number, drawn: number, oddsRatio: number, holds: (x: number) => boolean): number {
  requireUrn(0, white, black, drawn, oddsRatio)
  const { centre, smallest, largest } = weightsOf(white, black, drawn, oddsRatio)
  return firstWhere(smallest, largest, centre, holds)
}

// P(X ≥ x) for whole x where `upper`, else P(X < x). The tail on the far side of the mode is summed, largest term first.
function tail(x: number, white: number, black: number, drawn: number, oddsRatio: number, upper: boolean, log: boolean): number {
  requireUrn(x, white, black, drawn, oddsRatio)
  const weights = weightsOf(white, black, drawn, oddsRatio)
  const { smallest, largest, centre } = weights
  if (x <= smallest || x > largest) return x <= smallest === upper ? (log ? 0 : 1) : log ? -Infinity : 0
  const above = x > centre
  const logTail =
    logWeight(weights, above ? x : x - 1) + Math.log(above ? sumAbove(weights, x) : sumBelow(weights, x - 1)) - logTotal(weights)
  if (above === upper) return log ? logTail : Math.exp(logTail)
  return log ? logComplement(logTail) : -Math.expm1(logTail)
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

// Σ of the weights from a table on, its own weight counted as 1: by the ratio of neighbours, or by quadrature where that is long.
function sumFrom(weights: Weights, a: number, b: number, c: number, d: number, ratio: number, difference: number): number {
  if (weights.variance > 1e6) {
    const correction = weights.residual * weights.variance
    return smoothUpwardSum(a, b, c, d, ratio === weights.oddsRatio ? difference - correction : difference + correction)
  }
  let term = 1
  let sum = 1
  while (b > 0 && c > 0) {
    term *= (b / ++a) * (c / ++d) * ratio
    b--
    c--
    sum += term
    if (term < sum * 1e-17) break
  }
  return sum
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
  const observedB = weights.white - x
  const observedC = weights.drawn - x
  const observedD = weights.black - observedC
  const difference = x - weights.a
  return (
    residual * difference -
    deviancePart(x, weights.a, difference) -
    deviancePart(observedB, weights.b, -difference) -
    deviancePart(observedC, weights.c, -difference) -
    deviancePart(observedD, weights.d, difference) -
    cellTerm(x) -
    cellTerm(observedB) -
    cellTerm(observedC) -
    cellTerm(observedD)
  )
}

// ln of √(2π n) e^(Stirling error), for which 0! = 1 stands at 0.
function cellTerm(count: number): number {
  return count === 0 ? 0 : stirlingError(count) + 0.5 * Math.log(6.283185307179586 * count)
}

function logTotal(weights: Weights): number {
  const { smallest, largest, centre } = weights
  if (smallest === largest) return 0
  return logWeight(weights, centre) + Math.log(sumsAround(weights, centre).zeroth)
}

// Σ f(x) / f(centre) (x − centre)ᵏ for k = 0, 1, 2, outward by the ratio of neighbours.
function sumsAround(weights: Weights, centre: number): { zeroth: number; first: number; second: number } {
  if (weights.variance > 160000) return strides(weights, centre)
  const { white, black, drawn, oddsRatio } = weights
  let zeroth = 1
  let first = 0
  let second = 0
  for (const up of [true, false]) {
    let a = up ? centre : drawn - centre
    let b = up ? white - centre : black - drawn + centre
    let c = up ? drawn - centre : centre
    let d = up ? black - drawn + centre : white - centre
    const ratio = up ? oddsRatio : 1 / oddsRatio
    let term = 1
    for (let distance = 1; b > 0 && c > 0; distance++) {
      term *= (b / ++a) * (c / ++d) * ratio
      b--
      c--
      zeroth += term
      const moment = distance * term
      first += up ? moment : -moment
      second += distance * moment
      if (distance * distance * term < 1e-17 * (second + zeroth)) break
    }
  }
  return { zeroth, first, second }
}

// For a smooth weight the sum over every whole number and that over strides of two thirds of a standard deviation agree to 1e-19.
function strides(weights: Weights, centre: number): { zeroth: number; first: number; second: number } {
  // A whole number, because others would be rounded where counts are near 2⁵³.
  const stride = Math.round(Math.sqrt(weights.variance) / 1.5)
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
  return { zeroth: stride * zeroth, first: stride * first, second: stride * second }
}

function requireUrn(x: number, white: number, black: number, drawn: number, oddsRatio: number): void {
  requireNumber('x', x)
  requireCount('white', white)
  requireCount('black', black)
  requireCount('drawn', drawn)
  requirePositive('oddsRatio', oddsRatio)
  if (!Number.isSafeInteger(white + black)) throw new StatsError('not-a-count', `white + black is ${white + black}, above 2^53 - 1`)
  if (drawn > white + black) throw new StatsError('mismatch', `${drawn} drawn from ${white + black}`)
}
