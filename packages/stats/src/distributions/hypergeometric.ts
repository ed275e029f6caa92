import { deviancePart } from '../numerics/deviance-part.ts'
import { determinant } from '../numerics/exact-arithmetic.ts'
import { stirlingError } from '../numerics/gamma-function.ts'
import { logComplement } from '../numerics/log-complement.ts'
import { firstWhere, quantileFuzz } from './discrete-quantile.ts'
import { shiftUnderIndependence, upwardSum } from '../exact/two-by-two-weights.ts'
import { normalUpperQuantile } from './normal.ts'
import { requireCount, requireNumber, requireProbability } from '../argument-checks.ts'
import { StatsError } from '../errors.ts'

/**
 * Probability of x white balls among those drawn without replacement, C(w, x) C(b, n − x) / C(w + b, n).
 *
 * @remarks
 * R: `dhyper(x, white, black, drawn)`. SciPy: `scipy.stats.hypergeom.pmf(x, white + black, white, drawn)`.
 *
 * @param x - white balls drawn; anything impossible has probability 0
 * @param white - white balls in the urn, at least 0
 * @param black - black balls in the urn, at least 0
 * @param drawn - balls drawn, 0 to white + black
 * @throws A {@link StatsError} with code `not-a-count` if a parameter is not a count, `mismatch` if more are drawn than there are
 *
 * @example
 * ```ts @import.meta.vitest
 * expect(hypergeometricProbability(40, 62, 129, 95)).toBeCloseTo(0.002251905758299917, 16)
 * ```
 */
export function hypergeometricProbability(x: number, white: number, black: number, drawn: number): number {
  return Math.exp(logHypergeometricProbability(x, white, black, drawn))
}

/**
 * Natural logarithm of {@link hypergeometricProbability}.
 *
 * @remarks
 * R: `dhyper(x, white, black, drawn, log = TRUE)`. SciPy: `scipy.stats.hypergeom.logpmf(x, white + black, white, drawn)`.
 *
 * @param x - white balls drawn
 * @param white - white balls in the urn
 * @param black - black balls in the urn
 * @param drawn - balls drawn
 * @returns the logarithm; −Infinity where the probability is 0
 * @throws A {@link StatsError} as {@link hypergeometricProbability} does
 */
export function logHypergeometricProbability(x: number, white: number, black: number, drawn: number): number {
  requireUrn(x, white, black, drawn)
  if (!(x >= Math.max(0, drawn - black) && x <= Math.min(white, drawn)) || x % 1 !== 0) return -Infinity
  return logTerm(x, white, black, drawn)
}

/**
 * Lower tail of the hypergeometric distribution, P(X ≤ x).
 *
 * @remarks
 * R: `phyper(x, white, black, drawn)`. SciPy: `scipy.stats.hypergeom.cdf(x, white + black, white, drawn)`.
 *
 * @param x - any number; fractions are rounded down
 * @param white - white balls in the urn
 * @param black - black balls in the urn
 * @param drawn - balls drawn
 * @throws A {@link StatsError} as {@link hypergeometricProbability} does
 *
 * @example
 * ```ts @import.meta.vitest
 * expect(hypergeometricCdf(40, 62, 129, 95)).toBeCloseTo(0.9986596272969865, 14)
 * ```
 */
export function hypergeometricCdf(x: number, white: number, black: number, drawn: number): number {
  return tail(Math.floor(x) + 1, white, black, drawn, false, false)
}

/**
 * Upper tail of the hypergeometric distribution, P(X ≥ x): the observed value counts.
 *
 * @remarks
 * R: `phyper(x - 1, white, black, drawn, lower.tail = FALSE)`; R's own upper tail is P(X > x).
 * SciPy: `scipy.stats.hypergeom.sf(x - 1, white + black, white, drawn)`.
 *
 * @param x - any number; fractions are rounded up
 * @param white - white balls in the urn
 * @param black - black balls in the urn
 * @param drawn - balls drawn
 * @throws A {@link StatsError} as {@link hypergeometricProbability} does
 */
export function hypergeometricUpperTail(x: number, white: number, black: number, drawn: number): number {
  return tail(Math.ceil(x), white, black, drawn, true, false)
}

/**
 * Natural logarithm of {@link hypergeometricCdf}.
 *
 * @remarks
 * R: `phyper(x, white, black, drawn, log.p = TRUE)`. SciPy: `scipy.stats.hypergeom.logcdf(x, white + black, white, drawn)`.
 *
 * @param x - any number
 * @param white - white balls in the urn
 * @param black - black balls in the urn
 * @param drawn - balls drawn
 * @returns the logarithm; −Infinity where the probability is 0
 * @throws A {@link StatsError} as {@link hypergeometricProbability} does
 */
export function logHypergeometricCdf(x: number, white: number, black: number, drawn: number): number {
  return tail(Math.floor(x) + 1, white, black, drawn, false, true)
}

/**
 * Natural logarithm of {@link hypergeometricUpperTail}.
 *
 * @remarks
 * R: `phyper(x - 1, white, black, drawn, lower.tail = FALSE, log.p = TRUE)`.
 * SciPy: `scipy.stats.hypergeom.logsf(x - 1, white + black, white, drawn)`.
 *
 * @param x - any number
 * @param white - white balls in the urn
 * @param black - black balls in the urn
 * @param drawn - balls drawn
 * @returns the logarithm; −Infinity where the probability is 0
 * @throws A {@link StatsError} as {@link hypergeometricProbability} does
 */
export function logHypergeometricUpperTail(x: number, white: number, black: number, drawn: number): number {
  return tail(Math.ceil(x), white, black, drawn, true, true)
}

/**
 * The smallest x with P(X ≤ x) ≥ q.
 *
 * @remarks
 * R: `qhyper(q, white, black, drawn)`. SciPy: `scipy.stats.hypergeom.ppf(q, white + black, white, drawn)`.
 *
 * @param cumulative - q, 0 to 1
 * @param white - white balls in the urn
 * @param black - black balls in the urn
 * @param drawn - balls drawn
 * @throws A {@link StatsError} as {@link hypergeometricProbability} does, and with code `out-of-range` unless q is a probability
 *
 * @example
 * ```ts @import.meta.vitest
 * expect(hypergeometricQuantile(0.5, 10, 10, 10)).toBe(5)
 * ```
 */
export function hypergeometricQuantile(cumulative: number, white: number, black: number, drawn: number): number {
  requireProbability('cumulative', cumulative)
  if (cumulative > 0.5) return hypergeometricUpperQuantile(1 - cumulative, white, black, drawn)
  const goal = cumulative * (1 - quantileFuzz)
  return first(cumulative, white, black, drawn, (x) => hypergeometricCdf(x, white, black, drawn) >= goal)
}

/**
 * The smallest x with P(X > x) ≤ q.
 *
 * @remarks
 * R: `qhyper(q, white, black, drawn, lower.tail = FALSE)`. SciPy: `scipy.stats.hypergeom.isf(q, white + black, white, drawn)`.
 *
 * @param exceedance - q, 0 to 1
 * @param white - white balls in the urn
 * @param black - black balls in the urn
 * @param drawn - balls drawn
 * @throws A {@link StatsError} as {@link hypergeometricProbability} does, and with code `out-of-range` unless q is a probability
 */
export function hypergeometricUpperQuantile(exceedance: number, white: number, black: number, drawn: number): number {
  requireProbability('exceedance', exceedance)
  if (exceedance > 0.5) return hypergeometricQuantile(1 - exceedance, white, black, drawn)
  const goal = exceedance * (1 + quantileFuzz)
  return first(1 - exceedance, white, black, drawn, (x) => hypergeometricUpperTail(x + 1, white, black, drawn) <= goal)
}

function first(cumulative: number, white: number, black: number, drawn: number, holds: (x: number) => boolean): number {
  requireUrn(0, white, black, drawn)
  const total = white + black
  const mean = total === 0 ? 0 : drawn * (white / total)
  const variance = total < 2 ? 0 : (mean * (black / total) * (total - drawn)) / (total - 1)
  const z = cumulative === 0 || cumulative === 1 ? 0 : -normalUpperQuantile(cumulative)
  return firstWhere(Math.max(0, drawn - black), Math.min(white, drawn), mean + z * Math.sqrt(variance), holds)
}

// P(X ≥ x) for whole x where `upper`, else P(X < x). The tail on the far side of the mean is summed, largest term first.
function tail(x: number, white: number, black: number, drawn: number, upper: boolean, log: boolean): number {
  requireUrn(x, white, black, drawn)
  const smallest = Math.max(0, drawn - black)
  if (x <= smallest || x > Math.min(white, drawn)) return x <= smallest === upper ? (log ? 0 : 1) : log ? -Infinity : 0
  const above = x > (drawn / (white + black)) * white
  // Downwards the cell of black balls drawn is the one that grows.
  const logTail = above
    ? logTerm(x, white, black, drawn) + Math.log(sumFrom(x, white - x, drawn - x, black - drawn + x))
    : logTerm(x - 1, white, black, drawn) + Math.log(sumFrom(drawn - x + 1, black - drawn + x - 1, x - 1, white - x + 1))
  if (above === upper) return log ? logTail : Math.exp(logTail)
  return log ? logComplement(logTail) : -Math.expm1(logTail)
}

function sumFrom(a: number, b: number, c: number, d: number): number {
  return upwardSum(a, b, c, d, shiftUnderIndependence(a, b, c, d))
}

// By Stirling's formula, ln P = ½ ln(margins / cells) + Stirling errors − deviance, where the deviance of the 2 × 2 table from
// its expectation needs the determinant only, which is exact: no digit is lost however large the counts are.
function logTerm(x: number, white: number, black: number, drawn: number): number {
  const total = white + black
  const left = total - drawn
  if (white === 0 || black === 0 || drawn === 0 || left === 0) return 0
  const b = white - x
  const c = drawn - x
  const d = black - c
  const difference = determinant(x, b, c, d) / total
  const deviance =
    deviancePart(x, (drawn / total) * white, difference) +
    deviancePart(b, (left / total) * white, -difference) +
    deviancePart(c, (drawn / total) * black, -difference) +
    deviancePart(d, (left / total) * black, difference)
  const errors =
    stirlingError(white) +
    stirlingError(black) +
    stirlingError(drawn) +
    stirlingError(left) -
    stirlingError(total) -
    cellError(x) -
    cellError(b) -
    cellError(c) -
    cellError(d)
  const ratio = ((white / cellSize(x)) * (black / cellSize(d)) * (drawn / cellSize(c)) * (left / cellSize(b))) / total
  return errors - deviance + 0.5 * Math.log(ratio * 0.15915494309189535)
}

// For an empty cell, √(2π n) e^(error) stands for 0! = 1.
function cellError(count: number): number {
  return count === 0 ? 0 : stirlingError(count)
}

function cellSize(count: number): number {
  return count === 0 ? 0.15915494309189535 : count
}

function requireUrn(x: number, white: number, black: number, drawn: number): void {
  requireNumber('x', x)
  requireCount('white', white)
  requireCount('black', black)
  requireCount('drawn', drawn)
  if (!Number.isSafeInteger(white + black)) throw new StatsError('not-a-count', `white + black is ${white + black}, above 2^53 - 1`)
  if (drawn > white + black) throw new StatsError('mismatch', `${drawn} drawn from ${white + black}`)
}
