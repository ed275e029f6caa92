import { betaQuantile, betaUpperQuantile } from '../distributions/beta.ts'
import { intervalOf, type ProportionInterval, type ProportionIntervalOptions, tailOf } from './proportion-interval-options.ts'

/**
 * Clopper and Pearson's exact interval for a proportion: every p for which neither tail, P(X ≥ x) nor P(X ≤ x), falls below α / 2.
 *
 * Never covers less often than it says, and usually more often. Never contradicts {@link binomialTest} with `twoSided: 'doubling'`
 * or a one-sided alternative.
 *
 * @remarks
 * R: `binom.test(x, n)$conf.int`. SciPy: `scipy.stats.binomtest(x, n).proportion_ci(method='exact')`.
 *
 * @param successes - x, a count
 * @param trials - n, a count of at least x
 * @param options - level, side
 * @throws A {@link StatsError} with code `not-a-count`, `mismatch` if x exceeds n, or `out-of-range` for the level
 * @see C. J. Clopper and E. S. Pearson, *The use of confidence or fiducial limits*, Biometrika 26, 1934
 *
 * @example
 * ```ts @import.meta.vitest
 * const { lower, upper } = clopperPearsonInterval(62, 191)
 *
 * expect(lower).toBeCloseTo(0.2587857889446827, 14)
 * expect(upper).toBeCloseTo(0.3959733793152006, 14)
 * ```
 */
export function clopperPearsonInterval(
  successes: number,
  trials: number,
  options: ProportionIntervalOptions = {},
): ProportionInterval<'clopper-pearson'> {
  const tail = tailOf(successes, trials, options)
  return intervalOf(
    'clopper-pearson',
    successes,
    trials,
    options,
    exactLowerLimit(successes, trials, tail),
    exactUpperLimit(successes, trials, tail),
  )
}

/** The p at which P(X ≥ x) is `tail`; 0 for x = 0. */
export function exactLowerLimit(successes: number, trials: number, tail: number): number {
  if (successes === 0) return 0
  if (successes === trials) return Math.exp(Math.log(tail) / trials)
  return betaQuantile(tail, successes, trials - successes + 1)
}

/** The p at which P(X ≤ x) is `tail`; 1 for x = n. */
export function exactUpperLimit(successes: number, trials: number, tail: number): number {
  if (successes === trials) return 1
  if (successes === 0) return -Math.expm1(Math.log(tail) / trials)
  return betaUpperQuantile(tail, successes + 1, trials - successes)
}
