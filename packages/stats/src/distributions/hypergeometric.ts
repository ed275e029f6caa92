import { requireCount, requireNumber } from '../argument-checks.ts'
import { logTableProbability, shiftUnderIndependence, upwardSum } from '../conditional/two-by-two-weights.ts'
import { StatsError } from '../errors.ts'
import { discreteQuantile } from './discrete-quantile.ts'
import { certainty, fromLogTail } from './two-tails.ts'

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
  return logTableProbability(x, white - x, drawn - x, black - drawn + x)
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
  return quantile(cumulative, white, black, drawn, false)
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
  return quantile(exceedance, white, black, drawn, true)
}

function quantile(q: number, white: number, black: number, drawn: number, upper: boolean): number {
  requireUrn(0, white, black, drawn)
  const total = white + black
  const mean = total === 0 ? 0 : drawn * (white / total)
  return discreteQuantile(q, upper, {
    smallest: Math.max(0, drawn - black),
    largest: Math.min(white, drawn),
    cdf: (x) => hypergeometricCdf(x, white, black, drawn),
    upperTail: (x) => hypergeometricUpperTail(x, white, black, drawn),
    mean,
    variance: total < 2 ? 0 : (mean * (black / total) * (total - drawn)) / (total - 1),
  })
}

// P(X ≥ x) for whole x where `upper`, else P(X < x). The tail on the far side of the mean is summed, largest term first.
function tail(x: number, white: number, black: number, drawn: number, upper: boolean, log: boolean): number {
  requireUrn(x, white, black, drawn)
  const smallest = Math.max(0, drawn - black)
  if (x <= smallest || x > Math.min(white, drawn)) return certainty(x <= smallest === upper, log)
  const above = x > (drawn / (white + black)) * white
  // Downwards the cell of black balls drawn is the one that grows.
  const logTail = above
    ? logTableProbability(x, white - x, drawn - x, black - drawn + x) + Math.log(sumFrom(x, white - x, drawn - x, black - drawn + x))
    : logTableProbability(x - 1, white - x + 1, drawn - x + 1, black - drawn + x - 1) +
      Math.log(sumFrom(drawn - x + 1, black - drawn + x - 1, x - 1, white - x + 1))
  return fromLogTail(logTail, above === upper, log)
}

function sumFrom(a: number, b: number, c: number, d: number): number {
  return upwardSum(a, b, c, d, shiftUnderIndependence(a, b, c, d))
}

/** Checks the parameters of both hypergeometric distributions. */
export function requireUrn(x: number, white: number, black: number, drawn: number): void {
  requireNumber('x', x)
  requireCount('white', white)
  requireCount('black', black)
  requireCount('drawn', drawn)
  if (!Number.isSafeInteger(white + black)) throw new StatsError('not-a-count', `white + black is ${white + black}, above 2^53 - 1`)
  if (drawn > white + black) throw new StatsError('mismatch', `${drawn} drawn from ${white + black}`)
}
