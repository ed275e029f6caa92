import { scaledErfc } from '../numerics/error-function.ts'
import { logGamma } from '../numerics/gamma-function.ts'
import { gammaTail, logPoissonTerm } from './incomplete-gamma.ts'
import { normalUpperQuantile } from './normal.ts'
import { requireNumber, requirePositive, requireProbability } from '../argument-checks.ts'
import { tailQuantile } from './tail-quantile.ts'

/**
 * Lower tail of the chi-squared distribution, P(X ≤ x).
 *
 * @remarks
 * R: `pchisq(x, df)`. SciPy: `scipy.stats.chi2.cdf(x, df)`.
 *
 * @param x - any number; 0 and below give 0
 * @param degreesOfFreedom - above 0, not necessarily whole
 * @throws A {@link StatsError} with code `out-of-range` if `x` is not a number or `degreesOfFreedom` not above 0
 * @see A. Gil, J. Segura and N. M. Temme, *Efficient and accurate algorithms for the computation and inversion of the incomplete
 * gamma function ratios*, SIAM J. Sci. Comput. 34, 2012
 *
 * @example
 * ```ts @import.meta.vitest
 * expect(chiSquaredCdf(0.01, 7)).toBeCloseTo(7.569409659693423e-10, 22)
 * ```
 */
export function chiSquaredCdf(x: number, degreesOfFreedom: number): number {
  return tail(x, degreesOfFreedom, false, false)
}

/**
 * Upper tail of the chi-squared distribution, P(X ≥ x): the P value of a chi-squared test.
 *
 * @remarks
 * R: `pchisq(x, df, lower.tail = FALSE)`. SciPy: `scipy.stats.chi2.sf(x, df)`.
 *
 * @param x - any number; 0 and below give 1
 * @param degreesOfFreedom - above 0, not necessarily whole
 * @throws A {@link StatsError} with code `out-of-range` if `x` is not a number or `degreesOfFreedom` not above 0
 *
 * @example
 * ```ts @import.meta.vitest
 * expect(chiSquaredUpperTail(161.1336015828745, 4)).toBeCloseTo(8.352114133839941e-34, 45)
 * ```
 */
export function chiSquaredUpperTail(x: number, degreesOfFreedom: number): number {
  // The test of a 2 × 2 table, the commonest of all: P = erfc(√(x / 2)) at once.
  if (degreesOfFreedom === 1 && x >= 0) return scaledErfc(Math.sqrt(0.5 * x)) * Math.exp(-0.5 * x)
  return tail(x, degreesOfFreedom, true, false)
}

/**
 * Natural logarithm of {@link chiSquaredCdf}.
 *
 * @remarks
 * R: `pchisq(x, df, log.p = TRUE)`. SciPy: `scipy.stats.chi2.logcdf(x, df)`.
 *
 * @param x - any number
 * @param degreesOfFreedom - above 0
 * @returns the logarithm; −Infinity where the probability is 0
 * @throws A {@link StatsError} with code `out-of-range` as {@link chiSquaredCdf} does
 */
export function logChiSquaredCdf(x: number, degreesOfFreedom: number): number {
  return tail(x, degreesOfFreedom, false, true)
}

/**
 * Natural logarithm of {@link chiSquaredUpperTail}, right where P itself underflows.
 *
 * @remarks
 * R: `pchisq(x, df, lower.tail = FALSE, log.p = TRUE)`. SciPy: `scipy.stats.chi2.logsf(x, df)`.
 *
 * @param x - any number
 * @param degreesOfFreedom - above 0
 * @returns the logarithm; −Infinity where the probability is 0
 * @throws A {@link StatsError} with code `out-of-range` as {@link chiSquaredCdf} does
 */
export function logChiSquaredUpperTail(x: number, degreesOfFreedom: number): number {
  return tail(x, degreesOfFreedom, true, true)
}

/**
 * The point that a chi-squared variable stays below with the given probability.
 *
 * Give the smaller tail: near 1 use {@link chiSquaredUpperQuantile}, since `1 - q` is rounded.
 *
 * @remarks
 * R: `qchisq(p, df)`. SciPy: `scipy.stats.chi2.ppf(p, df)`.
 *
 * @param probability - P(X ≤ x), 0 to 1
 * @param degreesOfFreedom - above 0
 * @returns x; Infinity at 1
 * @throws A {@link StatsError} with code `out-of-range` if a parameter is outside its range
 *
 * @example
 * ```ts @import.meta.vitest
 * expect(chiSquaredQuantile(0.95, 1)).toBeCloseTo(3.841458820694124, 13)
 * ```
 */
export function chiSquaredQuantile(probability: number, degreesOfFreedom: number): number {
  requireProbability('probability', probability)
  return probability > 0.5 ? quantile(1 - probability, degreesOfFreedom, true) : quantile(probability, degreesOfFreedom, false)
}

/**
 * The point that a chi-squared variable exceeds with the given probability: the critical value.
 *
 * @remarks
 * R: `qchisq(q, df, lower.tail = FALSE)`. SciPy: `scipy.stats.chi2.isf(q, df)`.
 *
 * @param probability - P(X ≥ x), 0 to 1
 * @param degreesOfFreedom - above 0
 * @returns x; Infinity at 0
 * @throws A {@link StatsError} with code `out-of-range` if a parameter is outside its range
 *
 * @example
 * ```ts @import.meta.vitest
 * expect(chiSquaredUpperQuantile(1e-20, 1)).toBeCloseTo(87.16173342690982, 11)
 * ```
 */
export function chiSquaredUpperQuantile(probability: number, degreesOfFreedom: number): number {
  requireProbability('probability', probability)
  return probability > 0.5 ? quantile(1 - probability, degreesOfFreedom, false) : quantile(probability, degreesOfFreedom, true)
}

function tail(x: number, degreesOfFreedom: number, upper: boolean, log: boolean): number {
  requireNumber('x', x)
  requirePositive('degreesOfFreedom', degreesOfFreedom)
  return gammaTail(0.5 * degreesOfFreedom, 0.5 * x, upper, log)
}

function quantile(probability: number, degreesOfFreedom: number, upper: boolean): number {
  requirePositive('degreesOfFreedom', degreesOfFreedom)
  return 2 * gammaQuantile(probability, 0.5 * degreesOfFreedom, upper)
}

/**
 * Quantile of the gamma distribution with unit scale from a tail of at most about a half.
 *
 * @param probability - the tail
 * @param a - shape, above 0
 * @param upper - whether `probability` is the upper tail
 */
export function gammaQuantile(probability: number, a: number, upper: boolean): number {
  if (probability === 0) return upper ? Infinity : 0
  if (a === 1) return upper ? -Math.log(probability) : -Math.log1p(-probability)
  const goal = Math.log(probability)
  // Wilson and Hilferty's cube; far down, or where the cube fails, x^a / Γ(a + 1) = P.
  const z = normalUpperQuantile(probability)
  const root = 1 - 1 / (9 * a) + (upper ? z : -z) / (3 * Math.sqrt(a))
  const small = Math.exp(((upper ? Math.log1p(-probability) : goal) + logGamma(a + 1)) / a)
  if (small === 0) return 0
  const start = root > 0.3 && (upper || small >= 0.1 * (a + 1)) ? a * root * root * root : small
  return tailQuantile(
    goal,
    start,
    upper,
    (x) => gammaTail(a, x, upper, true),
    (x) => logPoissonTerm(a, x) + Math.log(a),
    (x) => a - x,
  )
}
