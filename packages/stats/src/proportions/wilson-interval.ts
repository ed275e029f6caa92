import { normalUpperQuantile } from '../distributions/normal.ts'
import { intervalOf, type ProportionInterval, type ProportionIntervalOptions, tailOf } from './proportion-interval-options.ts'

/** Options of {@link wilsonInterval}. */
export interface WilsonIntervalOptions extends ProportionIntervalOptions {
  /**
   * Whether the score test behind the interval is corrected by 1 / (2n) (Newcombe 1998, method 4).
   *
   * @defaultValue 'none'
   */
  readonly continuityCorrection?: 'none' | 'half'
}

/**
 * Wilson's score interval for a proportion: every p that the score test does not reject,
 * (p̂ − p)² ≤ z² p (1 − p) / n.
 *
 * The best default: right on average at any n, never outside 0 to 1, never a point.
 *
 * @remarks
 * R: `prop.test(x, n, correct = FALSE)$conf.int`, with correction `correct = TRUE` (R's correction shrinks where p̂ is next to
 * the tested value; this one does not). SciPy: `scipy.stats.binomtest(x, n).proportion_ci(method='wilson')` or `'wilsoncc'`.
 *
 * @param successes - x, a count
 * @param trials - n, a count of at least x
 * @param options - level, side, correction
 * @throws A {@link StatsError} with code `not-a-count`, `mismatch` if x exceeds n, or `out-of-range` for the level
 * @see R. G. Newcombe, *Two-sided confidence intervals for the single proportion*, Statistics in Medicine 17, 1998
 *
 * @example
 * ```ts @import.meta.vitest
 * const { lower, upper } = wilsonInterval(62, 191)
 *
 * expect(lower).toBeCloseTo(0.26222915816757725, 14)
 * expect(upper).toBeCloseTo(0.3939015215885326, 14)
 * ```
 */
export function wilsonInterval(successes: number, trials: number, options: WilsonIntervalOptions = {}): ProportionInterval<'wilson'> {
  const z = normalUpperQuantile(tailOf(successes, trials, options))
  const correction = options.continuityCorrection === 'half' ? 0.5 : 0
  const below = successes - correction
  const above = successes + correction
  return intervalOf(
    'wilson',
    successes,
    trials,
    options,
    below <= 0 ? 0 : scoreLimit(below, trials, z, 'lower'),
    above >= trials ? 1 : scoreLimit(above, trials, z, 'upper'),
  )
}

/**
 * A root of (n + z²) p² − (2x + z²) p + x² / n = 0, whichever side is asked for, without cancellation.
 *
 * @param x - successes, not necessarily whole, 0 to n
 * @param n - trials
 * @param z - normal deviate
 * @param side - which root
 */
export function scoreLimit(x: number, n: number, z: number, side: 'lower' | 'upper'): number {
  const square = z * z
  const spread = z * Math.sqrt(square + 4 * x * ((n - x) / n))
  // A negative deviate (one-sided, level below a half) turns the two roots round.
  const larger = (2 * x + square + Math.abs(spread)) / (2 * (n + square))
  return (side === 'upper') === z >= 0 ? larger : ((x / n) * x) / ((n + square) * larger)
}
