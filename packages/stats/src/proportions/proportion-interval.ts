import { requireOneOf } from '../argument-checks.ts'
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

type Interval = (successes: number, trials: number, options: ProportionIntervalOptions) => ProportionInterval<string>

const intervals: Readonly<Record<ProportionIntervalMethod, Interval>> = {
  wald: waldInterval,
  'wald-corrected': (successes, trials, options) => waldInterval(successes, trials, { ...options, continuityCorrection: 'half' }),
  wilson: wilsonInterval,
  'wilson-corrected': (successes, trials, options) => wilsonInterval(successes, trials, { ...options, continuityCorrection: 'half' }),
  'agresti-coull': agrestiCoullInterval,
  jeffreys: jeffreysInterval,
  'clopper-pearson': clopperPearsonInterval,
  'mid-p': midPInterval,
  blaker: blakerInterval,
  'likelihood-ratio': likelihoodInterval,
  arcsine: arcsineInterval,
}

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
  const { method = 'wilson' } = options
  requireOneOf('method', method, ...(Object.keys(intervals) as ProportionIntervalMethod[]))
  return { ...intervals[method](successes, trials, options), method }
}
