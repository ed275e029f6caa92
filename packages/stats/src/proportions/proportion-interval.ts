import { agrestiCoullInterval } from './agresti-coull-interval.ts'
import { arcsineInterval } from './arcsine-interval.ts'
import { blakerInterval } from './blaker-interval.ts'
import { clopperPearsonInterval } from './clopper-pearson-interval.ts'
import { jeffreysInterval } from './jeffreys-interval.ts'
import { likelihoodInterval } from './likelihood-interval.ts'
import { midPInterval } from './mid-p-interval.ts'
import { type ProportionInterval, type ProportionIntervalOptions } from './proportion-interval-options.ts'
import { waldInterval } from './wald-interval.ts'
import { wilsonInterval } from './wilson-interval.ts'

/** The ways to find an interval for one proportion. */
export type ProportionIntervalMethod =
  /** Normal approximation around the estimate, {@link waldInterval}. */
  | 'wald'
  /** The same, wider by 1 / (2n) on either side. */
  | 'wald-corrected'
  /** Inverted score test, {@link wilsonInterval}. */
  | 'wilson'
  /** Inverted score test with continuity correction. */
  | 'wilson-corrected'
  /** Wald's with z² pseudo-observations, {@link agrestiCoullInterval}. */
  | 'agresti-coull'
  /** Posterior under Jeffreys' prior, {@link jeffreysInterval}. */
  | 'jeffreys'
  /** Inverted exact tails, {@link clopperPearsonInterval}. */
  | 'clopper-pearson'
  /** Inverted exact tails that count the observation half, {@link midPInterval}. */
  | 'mid-p'
  /** Inverted Blaker test, {@link blakerInterval}. */
  | 'blaker'
  /** Inverted likelihood-ratio test, {@link likelihoodInterval}. */
  | 'likelihood-ratio'
  /** Variance-stabilising transformation, {@link arcsineInterval}. */
  | 'arcsine'

/** Options of {@link proportionInterval}. */
export interface ProportionIntervalChoice extends ProportionIntervalOptions {
  /**
   * How the interval is found.
   *
   * @defaultValue 'wilson'
   */
  readonly method?: ProportionIntervalMethod
}

/**
 * Confidence interval for one proportion, by any of eleven methods.
 *
 * Each method is a function of its own; import that one where bundle size matters.
 *
 * @remarks
 * R: `DescTools::BinomCI(x, n, method = …)`. SciPy: statsmodels `proportion_confint(x, n, method=…)`.
 *
 * @param successes - x, a count
 * @param trials - n, a count of at least x
 * @param options - method, level, side
 * @throws A {@link StatsError} with code `not-a-count`, `mismatch` if x exceeds n, or `out-of-range` for the level
 * @see L. D. Brown, T. T. Cai and A. DasGupta, *Interval estimation for a binomial proportion*, Statistical Science 16, 2001
 *
 * @example
 * ```ts @import.meta.vitest
 * const { lower, upper } = proportionInterval(7, 20, { method: 'clopper-pearson' })
 *
 * expect(lower).toBeCloseTo(0.15390920478454115, 14)
 * expect(upper).toBeCloseTo(0.5921885345328282, 14)
 * ```
 */
export function proportionInterval(
  successes: number,
  trials: number,
  options: ProportionIntervalChoice = {},
): ProportionInterval<ProportionIntervalMethod> {
  const method = options.method ?? 'wilson'
  switch (method) {
    case 'wald':
      return waldInterval(successes, trials, options)
    case 'wald-corrected':
      return { ...waldInterval(successes, trials, { ...options, continuityCorrection: 'half' }), method }
    case 'wilson':
      return wilsonInterval(successes, trials, options)
    case 'wilson-corrected':
      return { ...wilsonInterval(successes, trials, { ...options, continuityCorrection: 'half' }), method }
    case 'agresti-coull':
      return agrestiCoullInterval(successes, trials, options)
    case 'jeffreys':
      return jeffreysInterval(successes, trials, options)
    case 'clopper-pearson':
      return clopperPearsonInterval(successes, trials, options)
    case 'mid-p':
      return midPInterval(successes, trials, options)
    case 'blaker':
      return blakerInterval(successes, trials, options)
    case 'likelihood-ratio':
      return likelihoodInterval(successes, trials, options)
    case 'arcsine':
      return arcsineInterval(successes, trials, options)
  }
}
