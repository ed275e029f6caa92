import { normalUpperQuantile } from '../distributions/normal.ts'
import { intervalOf, type ProportionInterval, type ProportionIntervalOptions, tailOf } from './proportion-interval-options.ts'

/** Options of {@link waldInterval}. */
export interface WaldIntervalOptions extends ProportionIntervalOptions {
  /**
   * Whether the interval is widened by 1 / (2n) on either side.
   *
   * @defaultValue 'none'
   */
  readonly continuityCorrection?: 'none' | 'half'
}

/**
 * Wald's interval for a proportion, p̂ ± z √(p̂ (1 − p̂) / n), cut at 0 and 1.
 *
 * The textbook interval, and a poor one: it covers too rarely for small n and for shares near 0 or 1, where it shrinks to a
 * point. Use {@link wilsonInterval} unless you have to reproduce it.
 *
 * @remarks
 * R: `DescTools::BinomCI(x, n, method = "wald")` or `"waldcc"`. SciPy: statsmodels `proportion_confint(x, n, method='normal')`.
 *
 * @param successes - x, a count
 * @param trials - n, a count of at least x
 * @param options - level, side, correction
 * @throws A {@link StatsError} with code `not-a-count`, `mismatch` if x exceeds n, or `out-of-range` for the level
 * @see A. Agresti, *Categorical Data Analysis*, 3rd ed., section 1.4
 *
 * @example
 * ```ts @import.meta.vitest
 * expect(waldInterval(62, 191).lower).toBeCloseTo(0.25820417092244424, 14)
 * ```
 */
export function waldInterval(successes: number, trials: number, options: WaldIntervalOptions = {}): ProportionInterval<'wald'> {
  const z = normalUpperQuantile(tailOf(successes, trials, options))
  const estimate = successes / trials
  const width =
    z * Math.sqrt((estimate * ((trials - successes) / trials)) / trials) + (options.continuityCorrection === 'half' ? 0.5 / trials : 0)
  return intervalOf('wald', successes, trials, options, estimate - width, estimate + width)
}
