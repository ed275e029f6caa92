import { findRoot } from '../numerics/find-root.ts'
import { chiSquaredQuantile, chiSquaredUpperQuantile } from './chi-squared.ts'
import { gammaTail, logPoissonTerm } from './incomplete-gamma.ts'
import { logContourTail } from './noncentral-chi-squared-contour.ts'
import { fromLogTail } from './two-tails.ts'
import { requireNonNegative, requireNumber, requirePositive, requireProbability } from '../argument-checks.ts'

/**
 * Lower tail of the noncentral chi-squared distribution, P(X ≤ x).
 *
 * A mixture of central chi-squared distributions on df + 2j degrees of freedom with Poisson weights of mean ncp / 2.
 *
 * @remarks
 * R: `pchisq(x, df, ncp)`. SciPy: `scipy.stats.ncx2.cdf(x, df, ncp)`.
 *
 * @param x - any number; 0 and below give 0
 * @param degreesOfFreedom - above 0
 * @param noncentrality - ncp, at least 0
 * @throws A {@link StatsError} with code `out-of-range` if a parameter is outside its range
 * @see D. Benton and K. Krishnamoorthy, *Computing discrete mixtures of continuous distributions*, CSDA 43, 2003
 *
 * @example
 * ```ts @import.meta.vitest
 * expect(noncentralChiSquaredCdf(3.841458820694124, 1, 7.849)).toBeCloseTo(0.19999303055452322, 14)
 * ```
 */
export function noncentralChiSquaredCdf(x: number, degreesOfFreedom: number, noncentrality: number): number {
  return tail(x, degreesOfFreedom, noncentrality, false, false)
}

/**
 * Upper tail of the noncentral chi-squared distribution, P(X ≥ x): the power of a chi-squared test at critical value x.
 *
 * @remarks
 * R: `pchisq(x, df, ncp, lower.tail = FALSE)`, which loses its relative accuracy far out. SciPy: `scipy.stats.ncx2.sf(x, df, ncp)`.
 *
 * @param x - any number; 0 and below give 1
 * @param degreesOfFreedom - above 0
 * @param noncentrality - ncp, at least 0
 * @throws A {@link StatsError} with code `out-of-range` if a parameter is outside its range
 */
export function noncentralChiSquaredUpperTail(x: number, degreesOfFreedom: number, noncentrality: number): number {
  return tail(x, degreesOfFreedom, noncentrality, true, false)
}

/**
 * Natural logarithm of {@link noncentralChiSquaredCdf}.
 *
 * @remarks
 * R: `pchisq(x, df, ncp, log.p = TRUE)`. SciPy: `scipy.stats.ncx2.logcdf(x, df, ncp)`.
 *
 * @param x - any number
 * @param degreesOfFreedom - above 0
 * @param noncentrality - ncp, at least 0
 * @returns the logarithm; −Infinity where the probability is 0
 * @throws A {@link StatsError} with code `out-of-range` if a parameter is outside its range
 */
export function logNoncentralChiSquaredCdf(x: number, degreesOfFreedom: number, noncentrality: number): number {
  return tail(x, degreesOfFreedom, noncentrality, false, true)
}

/**
 * Natural logarithm of {@link noncentralChiSquaredUpperTail}.
 *
 * @remarks
 * R: `pchisq(x, df, ncp, lower.tail = FALSE, log.p = TRUE)`. SciPy: `scipy.stats.ncx2.logsf(x, df, ncp)`.
 *
 * @param x - any number
 * @param degreesOfFreedom - above 0
 * @param noncentrality - ncp, at least 0
 * @returns the logarithm; −Infinity where the probability is 0
 * @throws A {@link StatsError} with code `out-of-range` if a parameter is outside its range
 */
export function logNoncentralChiSquaredUpperTail(x: number, degreesOfFreedom: number, noncentrality: number): number {
  return tail(x, degreesOfFreedom, noncentrality, true, true)
}

/**
 * The point that a noncentral chi-squared variable stays below with the given probability.
 *
 * @remarks
 * R: `qchisq(p, df, ncp)`. SciPy: `scipy.stats.ncx2.ppf(p, df, ncp)`.
 *
 * @param probability - P(X ≤ x), 0 to 1
 * @param degreesOfFreedom - above 0
 * @param noncentrality - ncp, at least 0
 * @returns x; Infinity at 1
 * @throws A {@link StatsError} with code `out-of-range` if a parameter is outside its range
 */
export function noncentralChiSquaredQuantile(probability: number, degreesOfFreedom: number, noncentrality: number): number {
  requireProbability('probability', probability)
  return probability > 0.5
    ? quantile(1 - probability, degreesOfFreedom, noncentrality, true)
    : quantile(probability, degreesOfFreedom, noncentrality, false)
}

/**
 * The point that a noncentral chi-squared variable exceeds with the given probability.
 *
 * @remarks
 * R: `qchisq(q, df, ncp, lower.tail = FALSE)`. SciPy: `scipy.stats.ncx2.isf(q, df, ncp)`.
 *
 * @param probability - P(X ≥ x), 0 to 1
 * @param degreesOfFreedom - above 0
 * @param noncentrality - ncp, at least 0
 * @returns x; Infinity at 0
 * @throws A {@link StatsError} with code `out-of-range` if a parameter is outside its range
 */
export function noncentralChiSquaredUpperQuantile(probability: number, degreesOfFreedom: number, noncentrality: number): number {
  requireProbability('probability', probability)
  return probability > 0.5
    ? quantile(1 - probability, degreesOfFreedom, noncentrality, false)
    : quantile(probability, degreesOfFreedom, noncentrality, true)
}

function tail(x: number, degreesOfFreedom: number, noncentrality: number, upper: boolean, log: boolean): number {
  requireNumber('x', x)
  requirePositive('degreesOfFreedom', degreesOfFreedom)
  requireNonNegative('noncentrality', noncentrality)
  const a = 0.5 * degreesOfFreedom
  const y = 0.5 * x
  const mean = 0.5 * noncentrality
  // A noncentrality next to nothing changes no digit, and its reciprocal would overflow.
  if (mean < 1e-290 || y <= 0 || x === Infinity) return gammaTail(a, y, upper, log)
  // The tail beyond the mean is summed directly; the other is its complement.
  const above = x > degreesOfFreedom + noncentrality
  // Beyond this the mixture has more terms than the contour integral costs; next to x = 0 few of them count.
  const many = noncentrality > 20000 && noncentrality * x > 40000
  const logTail = many
    ? logContourTail(x, degreesOfFreedom, noncentrality, above)
    : above
      ? logUpperMixture(a, y, mean)
      : logLowerMixture(a, y, mean)
  return fromLogTail(logTail, above === upper, log)
}

// Where the product of Poisson weight and gamma tail is largest, if the tail falls as fast as its density.
function balance(a: number, y: number, mean: number): number {
  return Math.floor((2 * mean * y) / (a + Math.sqrt(a * a + 4 * mean * y)))
}

// Σ pois(j) P(a + j, y), from the largest j that counts downwards: P(a + j − 1) = P(a + j) + a term, all positive.
function logLowerMixture(a: number, y: number, mean: number): number {
  // So close to 0 the first term is all, and the ratio to the next would overflow.
  if (y < 1e-300) return gammaTail(a, y, false, true) - mean
  const peak = Math.min(balance(a, y, mean), Math.floor(mean))
  let j = peak
  // Neighbours are in the ratio of their weights, mean / (j + 1), times that of their tails, which is at most y / (a + j + 1).
  for (let share = 1; share > 1e-19; j++) share *= (mean / (j + 1)) * Math.min(1, y / (a + j + 1))
  // Weight and tail may leave the range of doubles where their product does not, so only products are kept.
  const scale = logWeight(peak, mean) + gammaTail(a + peak, y, false, true)
  const logStart = logWeight(j, mean) - scale
  let term = Math.exp(logStart + gammaTail(a + j, y, false, true))
  let step = Math.exp(logStart + logPoissonTerm(a + j, y))
  let sum = term
  while (j > 0) {
    const weights = j / mean
    step *= ((a + j) / y) * weights
    term = term * weights + step
    sum += term
    j--
    if (j < peak && term < 1e-17 * sum) break
  }
  return Math.log(sum) + scale
}

// Σ pois(j) Q(a + j, y), from the smallest j that counts upwards: Q(a + j + 1) = Q(a + j) + a term.
function logUpperMixture(a: number, y: number, mean: number): number {
  const peak = Math.max(balance(a, y, mean), Math.floor(mean))
  let j = peak
  // Going down, the ratio of neighbours is j / mean times that of their tails, which is at most (a + j − 1) / y.
  for (let share = 1; share > 1e-19 && j > 0; j--) share *= (j / mean) * Math.min(1, (a + j - 1) / y)
  const scale = logWeight(peak, mean) + gammaTail(a + peak, y, true, true)
  const logStart = logWeight(j, mean) - scale
  let term = Math.exp(logStart + gammaTail(a + j, y, true, true))
  let step = Math.exp(logStart + logPoissonTerm(a + j, y))
  let sum = term
  for (;;) {
    j++
    const weights = mean / j
    term = (term + step) * weights
    step *= (y / (a + j)) * weights
    sum += term
    if (j > peak && !(term > 1e-17 * sum)) break
  }
  return Math.log(sum) + scale
}

function logWeight(j: number, mean: number): number {
  return j === 0 ? -mean : logPoissonTerm(j, mean)
}

function quantile(probability: number, degreesOfFreedom: number, noncentrality: number, upper: boolean): number {
  requirePositive('degreesOfFreedom', degreesOfFreedom)
  requireNonNegative('noncentrality', noncentrality)
  if (probability === 0) return upper ? Infinity : 0
  const goal = Math.log(probability)
  const difference = (x: number) => tail(x, degreesOfFreedom, noncentrality, upper, true) - goal
  // The central quantile is a lower bound; Patnaik's scaled chi-squared is close to the answer.
  const spread = 1 + noncentrality / (degreesOfFreedom + noncentrality)
  const df = (degreesOfFreedom + noncentrality) / spread
  const near = spread * (upper ? chiSquaredUpperQuantile(probability, df) : chiSquaredQuantile(probability, df))
  if (near === 0) return 0
  let low = near
  let high = near
  const rising = upper ? -1 : 1
  // By a factor that moves the smallest double too.
  while (rising * difference(low) > 0) low /= 2
  while (rising * difference(high) < 0) high *= 2
  return low > Number.MIN_VALUE ? findRoot(difference, low, high) : 0
}
