import { discreteQuantile } from './discrete-quantile.ts'
import { gammaTail, logPoissonTerm, poissonTerm } from './incomplete-gamma.ts'
import { certainty } from './two-tails.ts'
import { requireNumber, requirePositive } from '../argument-checks.ts'

/**
 * Probability of exactly k events, e^(−μ) μᵏ / k!.
 *
 * @remarks
 * R: `dpois(k, mu)`. SciPy: `scipy.stats.poisson.pmf(k, mu)`.
 *
 * @param k - events; anything but 0, 1, 2 … has probability 0
 * @param mean - μ, above 0
 * @throws A {@link StatsError} with code `out-of-range` if `k` is not a number or `mean` not above 0
 *
 * @example
 * ```ts @import.meta.vitest
 * expect(poissonProbability(2, 1)).toBeCloseTo(Math.exp(-1) / 2, 15)
 * ```
 */
export function poissonProbability(k: number, mean: number): number {
  requireParameters(k, mean)
  if (!(k >= 0) || k % 1 !== 0) return 0
  return k === 0 ? Math.exp(-mean) : poissonTerm(k, mean)
}

/**
 * Natural logarithm of {@link poissonProbability}.
 *
 * @remarks
 * R: `dpois(k, mu, log = TRUE)`. SciPy: `scipy.stats.poisson.logpmf(k, mu)`.
 *
 * @param k - events
 * @param mean - μ, above 0
 * @returns the logarithm; −Infinity where the probability is 0
 * @throws A {@link StatsError} with code `out-of-range` if `k` is not a number or `mean` not above 0
 */
export function logPoissonProbability(k: number, mean: number): number {
  requireParameters(k, mean)
  if (!(k >= 0) || k % 1 !== 0) return -Infinity
  return k === 0 ? -mean : logPoissonTerm(k, mean)
}

/**
 * Lower tail of the Poisson distribution, P(X ≤ k).
 *
 * @remarks
 * R: `ppois(k, mu)`. SciPy: `scipy.stats.poisson.cdf(k, mu)`.
 *
 * @param k - any number; fractions are rounded down
 * @param mean - μ, above 0
 * @throws A {@link StatsError} with code `out-of-range` if `k` is not a number or `mean` not above 0
 *
 * @example
 * ```ts @import.meta.vitest
 * expect(poissonCdf(1, 1)).toBeCloseTo(2 * Math.exp(-1), 15)
 * ```
 */
export function poissonCdf(k: number, mean: number): number {
  return tail(Math.floor(k) + 1, mean, false, false)
}

/**
 * Upper tail of the Poisson distribution, P(X ≥ k): the observed value counts.
 *
 * @remarks
 * R: `ppois(k - 1, mu, lower.tail = FALSE)`; R's own upper tail is P(X > k). SciPy: `scipy.stats.poisson.sf(k - 1, mu)`.
 *
 * @param k - any number; fractions are rounded up
 * @param mean - μ, above 0
 * @throws A {@link StatsError} with code `out-of-range` if `k` is not a number or `mean` not above 0
 */
export function poissonUpperTail(k: number, mean: number): number {
  return tail(Math.ceil(k), mean, true, false)
}

/**
 * Natural logarithm of {@link poissonCdf}.
 *
 * @remarks
 * R: `ppois(k, mu, log.p = TRUE)`. SciPy: `scipy.stats.poisson.logcdf(k, mu)`.
 *
 * @param k - any number
 * @param mean - μ, above 0
 * @returns the logarithm; −Infinity where the probability is 0
 * @throws A {@link StatsError} with code `out-of-range` if `k` is not a number or `mean` not above 0
 */
export function logPoissonCdf(k: number, mean: number): number {
  return tail(Math.floor(k) + 1, mean, false, true)
}

/**
 * Natural logarithm of {@link poissonUpperTail}.
 *
 * @remarks
 * R: `ppois(k - 1, mu, lower.tail = FALSE, log.p = TRUE)`. SciPy: `scipy.stats.poisson.logsf(k - 1, mu)`.
 *
 * @param k - any number
 * @param mean - μ, above 0
 * @returns the logarithm; −Infinity where the probability is 0
 * @throws A {@link StatsError} with code `out-of-range` if `k` is not a number or `mean` not above 0
 */
export function logPoissonUpperTail(k: number, mean: number): number {
  return tail(Math.ceil(k), mean, true, true)
}

/**
 * The smallest k with P(X ≤ k) ≥ q.
 *
 * @remarks
 * R: `qpois(q, mu)`. SciPy: `scipy.stats.poisson.ppf(q, mu)`.
 *
 * @param cumulative - q, 0 to 1
 * @param mean - μ, above 0
 * @returns k; Infinity at 1
 * @throws A {@link StatsError} with code `out-of-range` if a parameter is outside its range
 *
 * @example
 * ```ts @import.meta.vitest
 * expect(poissonQuantile(0.975, 10)).toBe(17)
 * ```
 */
export function poissonQuantile(cumulative: number, mean: number): number {
  return quantile(cumulative, mean, false)
}

/**
 * The smallest k with P(X > k) ≤ q.
 *
 * @remarks
 * R: `qpois(q, mu, lower.tail = FALSE)`. SciPy: `scipy.stats.poisson.isf(q, mu)`.
 *
 * @param exceedance - q, 0 to 1
 * @param mean - μ, above 0
 * @returns k; Infinity at 0
 * @throws A {@link StatsError} with code `out-of-range` if a parameter is outside its range
 */
export function poissonUpperQuantile(exceedance: number, mean: number): number {
  return quantile(exceedance, mean, true)
}

function quantile(q: number, mean: number, upper: boolean): number {
  requirePositive('mean', mean)
  return discreteQuantile(q, upper, {
    smallest: 0,
    largest: Infinity,
    cdf: (k) => poissonCdf(k, mean),
    upperTail: (k) => poissonUpperTail(k, mean),
    mean,
    variance: mean,
  })
}

// P(X ≥ k) for whole k where `upper`, else P(X < k): the gamma distribution with shape k at μ.
function tail(k: number, mean: number, upper: boolean, log: boolean): number {
  requireParameters(k, mean)
  if (k <= 0) return certainty(upper, log)
  if (k === Infinity) return certainty(!upper, log)
  return gammaTail(k, mean, !upper, log)
}

function requireParameters(k: number, mean: number): void {
  requireNumber('k', k)
  requirePositive('mean', mean)
}
