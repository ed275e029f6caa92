import { normalUpperQuantile } from '../distributions/normal.ts'
import { intervalOf, type ProportionInterval, type ProportionIntervalOptions, tailOf } from './proportion-interval-options.ts'

/**
 * Agresti and Coull's interval for a proportion: Wald's after adding z² / 2 successes and as many failures, cut at 0 and 1.
 *
 * Wilson's midpoint with a slightly wider spread; simple to explain, conservative near 0 and 1.
 *
 * @remarks
 * R: `DescTools::BinomCI(x, n, method = "agresti-coull")`. SciPy: statsmodels `proportion_confint(x, n, method='agresti_coull')`.
 *
 * @param successes - x, a count
 * @param trials - n, a count of at least x
 * @param options - level, side
 * @throws A {@link StatsError} with code `not-a-count`, `mismatch` if x exceeds n, or `out-of-range` for the level
 * @see A. Agresti and B. A. Coull, *Approximate is better than "exact" for interval estimation of binomial proportions*,
 * The American Statistician 52, 1998
 *
 * @example
 * ```ts @import.meta.vitest
 * expect(agrestiCoullInterval(62, 191).lower).toBeCloseTo(0.26214019371101105, 14)
 * ```
 */
export function agrestiCoullInterval(
  successes: number,
  trials: number,
  options: ProportionIntervalOptions = {},
): ProportionInterval<'agresti-coull'> {
  const z = normalUpperQuantile(tailOf(successes, trials, options))
  const square = z * z
  const total = trials + square
  const centre = (successes + square / 2) / total
  const width = z * Math.sqrt((centre * ((trials - successes + square / 2) / total)) / total)
  return intervalOf('agresti-coull', successes, trials, options, centre - width, centre + width)
}
