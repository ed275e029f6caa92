import { betaQuantile, betaUpperQuantile } from '../distributions/beta.ts'
import { intervalOf, type ProportionInterval, type ProportionIntervalOptions, tailOf } from './proportion-interval-options.ts'

/**
 * Jeffreys' interval for a proportion: equal tails of the posterior Beta(x + ½, n − x + ½).
 *
 * At x = 0 the lower limit stays above 0, and at x = n the upper stays below 1, as the posterior says; Brown, Cai and DasGupta's
 * modification there is not made.
 *
 * @remarks
 * R: `qbeta(c(0.025, 0.975), x + 0.5, n - x + 0.5)`. SciPy: statsmodels `proportion_confint(x, n, method='jeffreys')`.
 *
 * @param successes - x, a count
 * @param trials - n, a count of at least x
 * @param options - level, side
 * @throws A {@link StatsError} with code `not-a-count`, `mismatch` if x exceeds n, or `out-of-range` for the level
 * @see L. D. Brown, T. T. Cai and A. DasGupta, *Interval estimation for a binomial proportion*, Statistical Science 16, 2001
 *
 * @example
 * ```ts @import.meta.vitest
 * expect(jeffreysInterval(62, 191).upper).toBeCloseTo(0.39325887546861155, 14)
 * ```
 */
export function jeffreysInterval(
  successes: number,
  trials: number,
  options: ProportionIntervalOptions = {},
): ProportionInterval<'jeffreys'> {
  const tail = tailOf(successes, trials, options)
  const a = successes + 0.5
  const b = trials - successes + 0.5
  return intervalOf('jeffreys', successes, trials, options, betaQuantile(tail, a, b), betaUpperQuantile(tail, a, b))
}
