import { betaTail, logBetaTerm } from './incomplete-beta.ts'
import { normalUpperQuantile } from './normal.ts'
import { requireNumber, requirePositive, requireProbability } from '../argument-checks.ts'

/**
 * Lower tail of the beta distribution, P(X ≤ x): the regularised incomplete beta function I_x(a, b).
 *
 * @remarks
 * R: `pbeta(x, a, b)`. SciPy: `scipy.stats.beta.cdf(x, a, b)`, `scipy.special.betainc(a, b, x)`.
 *
 * @param x - any number; below 0 gives 0, above 1 gives 1
 * @param a - first shape, above 0
 * @param b - second shape, above 0
 * @throws A {@link StatsError} with code `out-of-range` if `x` is not a number or a shape not above 0
 * @see A. R. DiDonato and A. H. Morris, *Algorithm 708*, ACM TOMS 18, 1992
 *
 * @example
 * ```ts @import.meta.vitest
 * expect(betaCdf(0.3, 2, 3)).toBeCloseTo(0.3483, 15)
 * ```
 */
export function betaCdf(x: number, a: number, b: number): number {
  return tail(x, a, b, false, false)
}

/**
 * Upper tail of the beta distribution, P(X ≥ x) = I_(1 − x)(b, a).
 *
 * @remarks
 * R: `pbeta(x, a, b, lower.tail = FALSE)`. SciPy: `scipy.stats.beta.sf(x, a, b)`.
 *
 * @param x - any number
 * @param a - first shape, above 0
 * @param b - second shape, above 0
 * @throws A {@link StatsError} with code `out-of-range` as {@link betaCdf} does
 */
export function betaUpperTail(x: number, a: number, b: number): number {
  return tail(x, a, b, true, false)
}

/**
 * Natural logarithm of {@link betaCdf}.
 *
 * @remarks
 * R: `pbeta(x, a, b, log.p = TRUE)`. SciPy: `scipy.stats.beta.logcdf(x, a, b)`.
 *
 * @param x - any number
 * @param a - first shape, above 0
 * @param b - second shape, above 0
 * @returns the logarithm; −Infinity where the probability is 0
 * @throws A {@link StatsError} with code `out-of-range` as {@link betaCdf} does
 */
export function logBetaCdf(x: number, a: number, b: number): number {
  return tail(x, a, b, false, true)
}

/**
 * Natural logarithm of {@link betaUpperTail}.
 *
 * @remarks
 * R: `pbeta(x, a, b, lower.tail = FALSE, log.p = TRUE)`. SciPy: `scipy.stats.beta.logsf(x, a, b)`.
 *
 * @param x - any number
 * @param a - first shape, above 0
 * @param b - second shape, above 0
 * @returns the logarithm; −Infinity where the probability is 0
 * @throws A {@link StatsError} with code `out-of-range` as {@link betaCdf} does
 */
export function logBetaUpperTail(x: number, a: number, b: number): number {
  return tail(x, a, b, true, true)
}

/**
 * The point that a beta variable stays below with the given probability.
 *
 * Give the smaller tail: near 1 use {@link betaUpperQuantile}, since `1 - q` is rounded.
 *
 * @remarks
 * R: `qbeta(p, a, b)`. SciPy: `scipy.stats.beta.ppf(p, a, b)`.
 *
 * @param probability - P(X ≤ x), 0 to 1
 * @param a - first shape, above 0
 * @param b - second shape, above 0
 * @throws A {@link StatsError} with code `out-of-range` if a parameter is outside its range
 *
 * @example
 * ```ts @import.meta.vitest
 * expect(betaQuantile(0.025, 62, 130)).toBeCloseTo(0.2587857889446827, 14)
 * ```
 */
export function betaQuantile(probability: number, a: number, b: number): number {
  requireProbability('probability', probability)
  return probability > 0.5 ? upperQuantile(1 - probability, a, b) : lowerQuantile(probability, a, b)
}

/**
 * The point that a beta variable exceeds with the given probability.
 *
 * @remarks
 * R: `qbeta(q, a, b, lower.tail = FALSE)`. SciPy: `scipy.stats.beta.isf(q, a, b)`.
 *
 * @param probability - P(X ≥ x), 0 to 1
 * @param a - first shape, above 0
 * @param b - second shape, above 0
 * @throws A {@link StatsError} with code `out-of-range` if a parameter is outside its range
 */
export function betaUpperQuantile(probability: number, a: number, b: number): number {
  requireProbability('probability', probability)
  return probability > 0.5 ? lowerQuantile(1 - probability, a, b) : upperQuantile(probability, a, b)
}

function tail(x: number, a: number, b: number, upper: boolean, log: boolean): number {
  requireNumber('x', x)
  requirePositive('a', a)
  requirePositive('b', b)
  return betaTail(x, 1 - x, a, b, upper, log)
}

function lowerQuantile(probability: number, a: number, b: number): number {
  return quantile(probability, a, b, false)
}

// The upper tail at x is the lower tail of the mirror image at 1 − x.
function upperQuantile(probability: number, a: number, b: number): number {
  return quantile(probability, b, a, true)
}

// Solves ln I_x(a, b) = ln p by Halley's method on the logit of x, in which both tails are log-concave. Every step multiplies x and
// 1 − x, so both keep their relative accuracy however close to 0 they are.
function quantile(probability: number, a: number, b: number, mirrored: boolean): number {
  requirePositive('a', a)
  requirePositive('b', b)
  if (probability === 0) return mirrored ? 1 : 0
  const goal = Math.log(probability)
  let [x, y] = start(probability, goal, a, b)
  let previous = Infinity
  for (let i = 0; i < 200; i++) {
    const logTail = betaTail(x, y, a, b, false, true)
    const hazard = Math.exp(logBetaTerm(x, y, a, b) - logTail)
    const newton = (goal - logTail) / hazard
    const bend = 0.5 * newton * (a * y - b * x - hazard)
    let step = newton / Math.min(2, Math.max(0.5, 1 + bend))
    if (!(Math.abs(step) < 3)) step = step < 0 ? -3 : 3
    const growth = Math.expm1(step)
    const scale = 1 + x * growth
    x = (x * (1 + growth)) / scale
    y /= scale
    const size = Math.abs(step)
    if (size < 1e-6 || (size < 1e-3 && size >= previous)) break
    previous = size
  }
  return mirrored ? y : x
}

// First guess: the power law of the far tail, else the normal approximation of the logit's distribution.
function start(probability: number, goal: number, a: number, b: number): [number, number] {
  // ln [x^a / (a B(a, b))] at x = 1, from the term at the middle.
  const logBeta = -logBetaTerm(0.5, 0.5, a, b) - (a + b) * Math.LN2
  const power = Math.exp((goal + Math.log(a) + logBeta) / a)
  if (power * (a + b) < 0.3 * a) return [Math.max(power, 1e-308), 1 - power]
  const z = -normalUpperQuantile(probability)
  const logit = Math.log(a / b) + z * Math.sqrt(1 / a + 1 / b)
  const odds = Math.exp(logit)
  return [odds / (1 + odds), 1 / (1 + odds)]
}
