import { deviancePart } from '../numerics/deviance-part.ts'
import { productError } from '../numerics/exact-arithmetic.ts'
import { stirlingError } from '../numerics/gamma-function.ts'
import { discreteQuantile } from './discrete-quantile.ts'
import { betaTail } from './incomplete-beta.ts'
import { certainty } from './two-tails.ts'
import { requireCount, requireNumber, requireProbability } from '../argument-checks.ts'

/**
 * Probability of exactly k successes in n trials, C(n, k) pᵏ (1 − p)ⁿ⁻ᵏ.
 *
 * @remarks
 * R: `dbinom(k, n, p)`. SciPy: `scipy.stats.binom.pmf(k, n, p)`.
 *
 * @param k - successes; anything but 0 … n has probability 0
 * @param trials - n, a whole number of at least 0
 * @param probability - p, 0 to 1
 * @throws A {@link StatsError} with code `not-a-count` or `out-of-range` if a parameter is outside its range
 * @see C. Loader, *Fast and Accurate Computation of Binomial Probabilities*, 2000
 *
 * @example
 * ```ts @import.meta.vitest
 * expect(binomialProbability(62, 191, 0.25)).toBeCloseTo(0.004240924477867285, 16)
 * ```
 */
export function binomialProbability(k: number, trials: number, probability: number): number {
  return Math.exp(logBinomialProbability(k, trials, probability))
}

/**
 * Natural logarithm of {@link binomialProbability}.
 *
 * @remarks
 * R: `dbinom(k, n, p, log = TRUE)`. SciPy: `scipy.stats.binom.logpmf(k, n, p)`.
 *
 * @param k - successes
 * @param trials - n, a whole number of at least 0
 * @param probability - p, 0 to 1
 * @returns the logarithm; −Infinity where the probability is 0
 * @throws A {@link StatsError} with code `not-a-count` or `out-of-range` if a parameter is outside its range
 */
export function logBinomialProbability(k: number, trials: number, probability: number): number {
  requireParameters(k, trials, probability)
  if (!(k >= 0 && k <= trials) || k % 1 !== 0) return -Infinity
  if (probability === 0 || probability === 1) return k === probability * trials ? 0 : -Infinity
  const failure = 1 - probability
  const failures = trials - k
  if (k === 0) return trials * Math.log1p(-probability)
  if (failures === 0) return trials * Math.log(probability)
  // k − n p exactly but for the last rounding, from whichever of p and 1 − p is exact.
  let difference: number
  if (probability <= 0.5) {
    const mean = trials * probability
    difference = k - mean - productError(trials, probability, mean)
  } else {
    const mean = trials * failure
    difference = mean - failures + productError(trials, failure, mean)
  }
  return (
    stirlingError(trials) -
    stirlingError(k) -
    stirlingError(failures) -
    deviancePart(k, trials * probability, difference) -
    deviancePart(failures, trials * failure, -difference) +
    0.5 * Math.log(trials / (6.283185307179586 * k) / failures)
  )
}

/**
 * Lower tail of the binomial distribution, P(X ≤ k).
 *
 * @remarks
 * R: `pbinom(k, n, p)`. SciPy: `scipy.stats.binom.cdf(k, n, p)`.
 *
 * @param k - any number; fractions are rounded down
 * @param trials - n, a whole number of at least 0
 * @param probability - p, 0 to 1
 * @throws A {@link StatsError} with code `not-a-count` or `out-of-range` if a parameter is outside its range
 *
 * @example
 * ```ts @import.meta.vitest
 * expect(binomialCdf(62, 191, 0.25)).toBeCloseTo(0.9919058745971917, 14)
 * ```
 */
export function binomialCdf(k: number, trials: number, probability: number): number {
  return tail(Math.floor(k) + 1, trials, probability, false, false)
}

/**
 * Upper tail of the binomial distribution, P(X ≥ k): the observed value counts.
 *
 * @remarks
 * R: `pbinom(k - 1, n, p, lower.tail = FALSE)`; R's own upper tail is P(X > k). SciPy: `scipy.stats.binom.sf(k - 1, n, p)`.
 *
 * @param k - any number; fractions are rounded up
 * @param trials - n, a whole number of at least 0
 * @param probability - p, 0 to 1
 * @throws A {@link StatsError} with code `not-a-count` or `out-of-range` if a parameter is outside its range
 */
export function binomialUpperTail(k: number, trials: number, probability: number): number {
  return tail(Math.ceil(k), trials, probability, true, false)
}

/**
 * Natural logarithm of {@link binomialCdf}.
 *
 * @remarks
 * R: `pbinom(k, n, p, log.p = TRUE)`. SciPy: `scipy.stats.binom.logcdf(k, n, p)`.
 *
 * @param k - any number
 * @param trials - n, a whole number of at least 0
 * @param probability - p, 0 to 1
 * @returns the logarithm; −Infinity where the probability is 0
 * @throws A {@link StatsError} with code `not-a-count` or `out-of-range` if a parameter is outside its range
 */
export function logBinomialCdf(k: number, trials: number, probability: number): number {
  return tail(Math.floor(k) + 1, trials, probability, false, true)
}

/**
 * Natural logarithm of {@link binomialUpperTail}.
 *
 * @remarks
 * R: `pbinom(k - 1, n, p, lower.tail = FALSE, log.p = TRUE)`. SciPy: `scipy.stats.binom.logsf(k - 1, n, p)`.
 *
 * @param k - any number
 * @param trials - n, a whole number of at least 0
 * @param probability - p, 0 to 1
 * @returns the logarithm; −Infinity where the probability is 0
 * @throws A {@link StatsError} with code `not-a-count` or `out-of-range` if a parameter is outside its range
 */
export function logBinomialUpperTail(k: number, trials: number, probability: number): number {
  return tail(Math.ceil(k), trials, probability, true, true)
}

/**
 * The smallest k with P(X ≤ k) ≥ q.
 *
 * @remarks
 * R: `qbinom(q, n, p)`. SciPy: `scipy.stats.binom.ppf(q, n, p)`.
 *
 * @param cumulative - q, 0 to 1
 * @param trials - n, a whole number of at least 0
 * @param probability - p, 0 to 1
 * @throws A {@link StatsError} with code `not-a-count` or `out-of-range` if a parameter is outside its range
 *
 * @example
 * ```ts @import.meta.vitest
 * expect(binomialQuantile(0.5, 10, 0.5)).toBe(5)
 * ```
 */
export function binomialQuantile(cumulative: number, trials: number, probability: number): number {
  return quantile(cumulative, trials, probability, false)
}

/**
 * The smallest k with P(X > k) ≤ q.
 *
 * @remarks
 * R: `qbinom(q, n, p, lower.tail = FALSE)`. SciPy: `scipy.stats.binom.isf(q, n, p)`.
 *
 * @param exceedance - q, 0 to 1
 * @param trials - n, a whole number of at least 0
 * @param probability - p, 0 to 1
 * @throws A {@link StatsError} with code `not-a-count` or `out-of-range` if a parameter is outside its range
 */
export function binomialUpperQuantile(exceedance: number, trials: number, probability: number): number {
  return quantile(exceedance, trials, probability, true)
}

function quantile(q: number, trials: number, probability: number, upper: boolean): number {
  requireParameters(0, trials, probability)
  return discreteQuantile(q, upper, {
    smallest: 0,
    largest: probability && trials,
    cdf: (k) => binomialCdf(k, trials, probability),
    upperTail: (k) => binomialUpperTail(k, trials, probability),
    mean: trials * probability,
    variance: trials * probability * (1 - probability),
  })
}

// P(X ≥ k) for whole k where `upper`, else P(X < k): the beta distribution with k and n − k + 1 at p.
function tail(k: number, trials: number, probability: number, upper: boolean, log: boolean): number {
  requireParameters(k, trials, probability)
  if (k <= 0 || k > trials) return certainty(k <= 0 === upper, log)
  return betaTail(probability, 1 - probability, k, trials - k + 1, !upper, log)
}

function requireParameters(k: number, trials: number, probability: number): void {
  requireNumber('k', k)
  requireCount('trials', trials)
  requireProbability('probability', probability)
}
