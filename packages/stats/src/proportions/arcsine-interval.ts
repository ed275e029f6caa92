import { normalUpperQuantile } from '../distributions/normal.ts'
import { intervalOf, type ProportionInterval, type ProportionIntervalOptions, tailOf } from './proportion-interval-options.ts'

/**
 * Arcsine interval for a proportion with Anscombe's shift: sin² (asin √p̃ ± z / (2 √n)), p̃ = (x + 3/8) / (n + 3/4).
 *
 * The angle is kept within 0 to π / 2, so limits never turn back into the interval.
 *
 * @remarks
 * R: `DescTools::BinomCI(x, n, method = "arcsine")`, which lets the angle run past its ends. No SciPy counterpart.
 *
 * @param successes - x, a count
 * @param trials - n, a count of at least x
 * @param options - level, side
 * @throws A {@link StatsError} with code `not-a-count`, `mismatch` if x exceeds n, or `out-of-range` for the level
 * @see F. J. Anscombe, *The transformation of Poisson, binomial and negative-binomial data*, Biometrika 35, 1948
 *
 * @example
 * ```ts @import.meta.vitest
 * expect(arcsineInterval(62, 191).lower).toBeCloseTo(0.260830252605009, 14)
 * ```
 */
export function arcsineInterval(successes: number, trials: number, options: ProportionIntervalOptions = {}): ProportionInterval<'arcsine'> {
  const z = normalUpperQuantile(tailOf(successes, trials, options))
  // atan2 keeps the angle exact next to 0 and to π / 2, where the arcsine is steep.
  const angle = Math.atan2(Math.sqrt(successes + 0.375), Math.sqrt(trials - successes + 0.375))
  const width = z / (2 * Math.sqrt(trials))
  const square = (radians: number) => Math.sin(Math.min(Math.PI / 2, Math.max(0, radians))) ** 2
  return intervalOf('arcsine', successes, trials, options, square(angle - width), square(angle + width))
}
