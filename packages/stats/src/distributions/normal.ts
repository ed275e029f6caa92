import { erfNearZero, scaledErfc } from '../numerics/error-function.ts'
import { requireNumber, requireProbability } from '../argument-checks.ts'

const sqrtTwo = 1.4142135623730951
const sqrtTwoPi = 2.5066282746310007

// e^(−z² / 2) with the rounding of the square made good: a multiple of 1/16 has an exact square.
function expMinusHalfSquare(z: number): number {
  const head = Math.trunc(z * 16) / 16
  return Math.exp(-0.5 * head * head) * Math.exp(-0.5 * (z - head) * (z + head))
}

// P(Z ≥ z) for z ≥ 0.
function farTail(z: number): number {
  if (z < 0.66) return 0.5 - 0.5 * erfNearZero(z / sqrtTwo)
  return z < 40 ? 0.5 * scaledErfc(z / sqrtTwo) * expMinusHalfSquare(z) : 0
}

/**
 * Lower tail of the standard normal distribution, P(Z ≤ z).
 *
 * @remarks
 * R: `pnorm(z)`. SciPy: `scipy.stats.norm.cdf(z)`.
 *
 * @param z - any number; infinities allowed
 * @throws A {@link StatsError} with code `out-of-range` if `z` is not a number
 * @see W. J. Cody, *Rational Chebyshev approximations for the error function*, Math. Comp. 23, 1969
 *
 * @example
 * ```ts @import.meta.vitest
 * expect(normalCdf(-1.96)).toBeCloseTo(0.024997895148220435, 15)
 * ```
 */
export function normalCdf(z: number): number {
  requireNumber('z', z)
  return z > 0 ? 1 - farTail(z) : farTail(-z)
}

/**
 * Upper tail of the standard normal distribution, P(Z ≥ z).
 *
 * @remarks
 * R: `pnorm(z, lower.tail = FALSE)`. SciPy: `scipy.stats.norm.sf(z)`.
 *
 * @param z - any number; infinities allowed
 * @throws A {@link StatsError} with code `out-of-range` if `z` is not a number
 *
 * @example
 * ```ts @import.meta.vitest
 * expect(normalUpperTail(37) / 5.725571222524577e-300).toBeCloseTo(1, 12)
 * ```
 */
export function normalUpperTail(z: number): number {
  return normalCdf(-z)
}

/**
 * Natural logarithm of {@link normalCdf}, right where the probability itself underflows.
 *
 * @remarks
 * R: `pnorm(z, log.p = TRUE)`. SciPy: `scipy.stats.norm.logcdf(z)`.
 *
 * @param z - any number; infinities allowed
 * @returns the logarithm; −Infinity at −Infinity
 * @throws A {@link StatsError} with code `out-of-range` if `z` is not a number
 */
export function logNormalCdf(z: number): number {
  requireNumber('z', z)
  if (z > -1) return z > 0 ? Math.log1p(-farTail(z)) : Math.log(farTail(-z))
  return z === -Infinity ? z : Math.log(0.5 * scaledErfc(-z / sqrtTwo)) - 0.5 * z * z
}

/**
 * Natural logarithm of {@link normalUpperTail}.
 *
 * @remarks
 * R: `pnorm(z, lower.tail = FALSE, log.p = TRUE)`. SciPy: `scipy.stats.norm.logsf(z)`.
 *
 * @param z - any number; infinities allowed
 * @returns the logarithm; −Infinity at Infinity
 * @throws A {@link StatsError} with code `out-of-range` if `z` is not a number
 */
export function logNormalUpperTail(z: number): number {
  return logNormalCdf(-z)
}

/**
 * Density of the standard normal distribution, e^(−z² / 2) / √(2π).
 *
 * @remarks
 * R: `dnorm(z)`. SciPy: `scipy.stats.norm.pdf(z)`.
 *
 * @param z - any number; infinities allowed
 * @throws A {@link StatsError} with code `out-of-range` if `z` is not a number
 */
export function normalDensity(z: number): number {
  requireNumber('z', z)
  return z > -40 && z < 40 ? expMinusHalfSquare(z) / sqrtTwoPi : 0
}

/**
 * The point that a standard normal variable stays below with the given probability.
 *
 * Give the smaller tail: for upper-tail probabilities below about 1e-3 use {@link normalUpperQuantile}, since `1 - q` is rounded.
 *
 * @remarks
 * R: `qnorm(p)`. SciPy: `scipy.stats.norm.ppf(p)`.
 *
 * @param probability - P(Z ≤ z), 0 to 1
 * @returns z; −Infinity at 0 and Infinity at 1
 * @throws A {@link StatsError} with code `out-of-range` unless `probability` is between 0 and 1
 *
 * @example
 * ```ts @import.meta.vitest
 * expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 14)
 * ```
 */
export function normalQuantile(probability: number): number {
  requireProbability('probability', probability)
  if (probability > 0.26 && probability < 0.74) return centralQuantile(probability - 0.5)
  return probability > 0.5 ? farQuantile(1 - probability) : -farQuantile(probability)
}

/**
 * The point that a standard normal variable exceeds with the given probability.
 *
 * @remarks
 * R: `qnorm(q, lower.tail = FALSE)`. SciPy: `scipy.stats.norm.isf(q)`.
 *
 * @param probability - P(Z ≥ z), 0 to 1
 * @returns z; Infinity at 0 and −Infinity at 1
 * @throws A {@link StatsError} with code `out-of-range` unless `probability` is between 0 and 1
 *
 * @example
 * ```ts @import.meta.vitest
 * expect(normalUpperQuantile(1e-300)).toBeCloseTo(37.0471, 4)
 * ```
 */
export function normalUpperQuantile(probability: number): number {
  // 0 − z, so that the median is 0 and not −0.
  return 0 - normalQuantile(probability)
}

// Solves erf(z / √2) / 2 = excess, which keeps the relative accuracy of z near 0.
function centralQuantile(excess: number): number {
  let z = excess * sqrtTwoPi
  for (let i = 0; i < 4; i++) {
    const step = (0.5 * erfNearZero(z / sqrtTwo) - excess) * sqrtTwoPi * Math.exp(0.5 * z * z)
    z -= step / (1 + 0.5 * z * step)
  }
  return z
}

// Solves ln P(Z ≥ z) = ln q for q below a half, by Halley's method from a four-digit start (Abramowitz and Stegun 26.2.23).
function farQuantile(q: number): number {
  if (q === 0) return Infinity
  const goal = Math.log(q)
  const t = Math.sqrt(-2 * goal)
  let z = t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)))
  for (let i = 0; i < 2; i++) {
    const scaled = 0.5 * scaledErfc(z / sqrtTwo)
    const hazard = 1 / (sqrtTwoPi * scaled)
    // For q within the range of doubles the difference of logarithms is one of small numbers where it matters.
    const step = (Math.log(scaled) - 0.5 * z * z - goal) / hazard
    z += step / (1 + 0.5 * step * (hazard - z))
  }
  return z
}
