import { requireOneOf } from '../argument-checks.ts'
import { type ConfidenceInterval, criticalValue } from '../confidence-interval.ts'
import { likeliestOddsRatio, medianUnbiasedOddsRatio, oddsRatioInterval } from '../conditional/conditional-odds-ratio.ts'
import { type TableInput } from '../tables/contingency-table.ts'
import { type ComponentInterval, distances } from './component-limits.ts'
import { type Bounded, moverRatioLimits } from './mover-ratio.ts'
import { logLimits, ratioLimits } from './ratio-limits.ts'
import { oddsRatioScoreLimit, scoreTarget } from './score-limits.ts'
import { type TwoByTwo, twoByTwo } from './two-by-two.ts'

/** How an odds ratio is estimated. */
export type OddsRatioEstimator =
  /** a·d / (b·c), the unconditional maximum likelihood estimate. */
  | 'sample'
  /** The same with ½ added to each count: always finite, even where only the halves speak. */
  | 'haldane-anscombe'
  /** Conditional maximum likelihood given all margins, as in Fisher's test. */
  | 'conditional'
  /** The odds ratio at which both conditional mid-P values are ½. */
  | 'median-unbiased'

/** How the limits of an odds ratio are found. */
export type OddsRatioInterval =
  /** Score test inverted, variance with n / (n − 1): contradicts the N − 1 chi-squared test never. */
  | 'miettinen-nurminen'
  /** Score test inverted, variance without that factor: contradicts Pearson's test never. */
  | 'cornfield'
  /** Cornfield's with his continuity correction of ½. */
  | 'cornfield-corrected'
  /** a·d / (b·c) times exp(± z standard errors of its logarithm); says nothing where a count is zero. */
  | 'woolf'
  /** Woolf's after adding ½ to each count, around the estimate of Haldane and Anscombe. */
  | 'gart'
  /** Both one-sided conditional exact tests inverted: covers at least at its level, always. */
  | 'exact'
  /** Both one-sided conditional mid-P tests inverted: shorter, right on average. */
  | 'mid-p'
  /** Blaker's two-sided conditional exact test inverted: never wider than `'exact'`. */
  | 'blaker'
  /** MOVER of the odds of two Wilson intervals (Fagerland, Lydersen and Laake 2015). */
  | 'mover-wilson'
  /** MOVER of the odds of two Jeffreys intervals. */
  | 'mover-jeffreys'

/** Options of {@link oddsRatio}. */
export interface OddsRatioOptions {
  /**
   * How the odds ratio is estimated.
   * @defaultValue `'sample'`
   */
  readonly estimator?: OddsRatioEstimator
  /**
   * How the limits are found.
   * @defaultValue the interval that belongs to the estimator: `'miettinen-nurminen'` for `'sample'`, `'gart'` for `'haldane-anscombe'`, `'exact'` for `'conditional'`, `'mid-p'` for `'median-unbiased'`
   */
  readonly interval?: OddsRatioInterval
  /**
   * Confidence level, between 0 and 1.
   * @defaultValue 0.95
   */
  readonly confidenceLevel?: number
}

/** Result of {@link oddsRatio}. */
export interface OddsRatio {
  /** What was estimated. */
  readonly measure: 'odds-ratio'
  /** How it was estimated. */
  readonly estimator: OddsRatioEstimator
  /** How the limits were found. */
  readonly interval: OddsRatioInterval
  /** The odds ratio, ≥ 0; `null` where it is infinite or undefined. */
  readonly estimate: number | null
  /** Why `estimate` is `null`: `'infinite'` if only the denominator is zero, `'undefined'` if a row or column is empty. */
  readonly reason: 'infinite' | 'undefined' | null
  /** Standard error of the natural logarithm, √(1/a + 1/b + 1/c + 1/d), with ½ added to each count for `'haldane-anscombe'`; `null` where a count is zero, and for the two conditional estimators, which have none. */
  readonly logStandardError: number | null
  /** Limits of the odds ratio: upper `null` where the data set no upper bound, lower 0 where they set no lower one. */
  readonly confidenceInterval: ConfidenceInterval
}

/**
 * Odds ratio of a 2 × 2 table with its confidence interval.
 *
 * OR = a·d / (b·c). One zero count makes the interval one-sided: from 0 where a or d is zero, without upper bound
 * where b or c is; only `'woolf'` then says nothing at all.
 *
 * @remarks
 * R: `epitools::oddsratio.wald` (Woolf), `DescTools::OddsRatio`. SciPy: `scipy.stats.contingency.odds_ratio(table, kind='sample')`,
 * whose interval is Woolf's; `kind='conditional'` and
 * R's `fisher.test` give the conditional estimate and the exact interval, R's to three or four digits. statsmodels: `confint_proportions_2indep(..., compare='odds-ratio')` with `method='score'`
 * (Miettinen-Nurminen), `'logit'` (Woolf), `'logit-adjusted'` (Gart); its `Table2x2(shift_zeros=True)` adds ½ to the
 * zero counts only and so differs from Haldane and Anscombe.
 *
 * @param table - 2 × 2 counts: rows are the groups, the first column is the event
 * @param options - estimator, interval and level
 * @throws A {@link StatsError} with code `mismatch` if the table is not 2 × 2, `out-of-range` for a level outside (0, 1), or as {@link margins} does
 *
 * @see Fleiss JL, Levin B, Paik MC, *Statistical Methods for Rates and Proportions*, 3rd ed., chapter 6
 * @see Fagerland MW, Lydersen S, Laake P, "Recommended confidence intervals for two independent binomial proportions", Statistical Methods in Medical Research 24 (2015) 224-254
 *
 * @example
 * ```ts @import.meta.vitest
 * const { estimate, confidenceInterval } = oddsRatio([[40, 55], [22, 74]], { interval: 'woolf' })
 *
 * expect(estimate).toBeCloseTo(2.4463, 4)
 * expect(confidenceInterval.lower).toBeCloseTo(1.3075, 4)
 * expect(confidenceInterval.upper).toBeCloseTo(4.5768, 4)
 *
 * expect(oddsRatio([[7, 0], [3, 5]])).toMatchObject({ estimate: null, reason: 'infinite', confidenceInterval: { upper: null } })
 * ```
 */
export function oddsRatio(table: TableInput, options: OddsRatioOptions = {}): OddsRatio {
  const { estimator = 'sample', confidenceLevel: level = 0.95 } = options
  requireOneOf('estimator', estimator, ...(Object.keys(intervalOf) as OddsRatioEstimator[]))
  const { interval = intervalOf[estimator] } = options
  const t = twoByTwo(table)
  const z = criticalValue(level)
  const { estimate, reason } = estimateOf(t, estimator)
  const shift = estimator === 'haldane-anscombe' ? 0.5 : 0
  const logStandardError = estimator === 'sample' || estimator === 'haldane-anscombe' ? logErrorOf(t, shift) : null
  const [lower, upper] = limits(t, z, level, interval)
  return { measure: 'odds-ratio', estimator, interval, estimate, reason, logStandardError, confidenceInterval: { lower, upper, level } }
}

const intervalOf = {
  sample: 'miettinen-nurminen',
  'haldane-anscombe': 'gart',
  conditional: 'exact',
  'median-unbiased': 'mid-p',
} as const satisfies Record<OddsRatioEstimator, OddsRatioInterval>

type Estimate = Pick<OddsRatio, 'estimate' | 'reason'>

function estimateOf(t: TwoByTwo, estimator: OddsRatioEstimator): Estimate {
  switch (estimator) {
    case 'sample':
      return sampleOddsRatio(t, 0)
    case 'haldane-anscombe':
      return sampleOddsRatio(t, 0.5)
    case 'conditional':
      return inOurWords(likeliestOddsRatio(t.a, t.b, t.c, t.d))
    case 'median-unbiased':
      return inOurWords(
        medianUnbiasedOddsRatio([
          [t.a, t.b],
          [t.c, t.d],
        ]),
      )
  }
}

function inOurWords({ estimate, reason }: ReturnType<typeof likeliestOddsRatio>): Estimate {
  return { estimate, reason: reason === null ? null : reason === 'zero-margin' ? 'undefined' : 'infinite' }
}

function sampleOddsRatio(t: TwoByTwo, shift: number): Estimate {
  const numerator = (t.a + shift) * (t.d + shift)
  const denominator = (t.b + shift) * (t.c + shift)
  if (denominator > 0) return { estimate: numerator / denominator, reason: null }
  return { estimate: null, reason: numerator > 0 ? 'infinite' : 'undefined' }
}

function logErrorOf(t: TwoByTwo, shift: number): number | null {
  const variance = 1 / (t.a + shift) + 1 / (t.b + shift) + 1 / (t.c + shift) + 1 / (t.d + shift)
  return variance < Infinity ? Math.sqrt(variance) : null
}

type Limits = readonly [lower: number, upper: number | null]

function limits(t: TwoByTwo, z: number, level: number, interval: OddsRatioInterval): Limits {
  requireOneOf(
    'interval',
    interval,
    'miettinen-nurminen',
    'cornfield',
    'cornfield-corrected',
    'woolf',
    'gart',
    'exact',
    'mid-p',
    'blaker',
    'mover-wilson',
    'mover-jeffreys',
  )
  switch (interval) {
    case 'miettinen-nurminen':
      return score(t, scoreTarget(z, t.n, 'n-minus-1'), 0)
    case 'cornfield':
      return score(t, scoreTarget(z, t.n, 'n'), 0)
    case 'cornfield-corrected':
      return score(t, scoreTarget(z, t.n, 'n'), 0.5)
    case 'woolf':
      return woolf(t, z, 0)
    case 'gart':
      return woolf(t, z, 0.5)
    case 'exact':
    case 'mid-p':
    case 'blaker': {
      const { lower, upper } = oddsRatioInterval(t.a, t.b, t.c, t.d, level, 'two-sided', interval)
      return [lower, upper]
    }
    case 'mover-wilson':
      return mover(t, z, level, 'wilson')
    case 'mover-jeffreys':
      return mover(t, z, level, 'jeffreys')
  }
}

function score(t: TwoByTwo, target: number, shift: number): Limits {
  return ratioLimits(oddsRatioScoreLimit(t.a, t.b, t.c, t.d, target, shift), oddsRatioScoreLimit(t.b, t.a, t.d, t.c, target, shift))
}

function woolf(t: TwoByTwo, z: number, shift: number): Limits {
  const { estimate } = sampleOddsRatio(t, shift)
  const error = logErrorOf(t, shift)
  if (estimate === null || error === null) return [0, null]
  return logLimits(estimate, z * error)
}

function mover(t: TwoByTwo, z: number, level: number, component: ComponentInterval): Limits {
  if (t.n1 === 0 || t.n2 === 0) return [0, null]
  const first = odds(t.a, t.b, z, level, component)
  const second = odds(t.c, t.d, z, level, component)
  return moverRatioLimits(first, second)
}

/** The odds x : y with limits, infinite where y or the limit of y is zero. */
function odds(x: number, y: number, z: number, level: number, component: ComponentInterval): Bounded {
  const n = x + y
  const { below, above } = distances(x, n, z, level, component)
  const rest = y / n
  const left = rest - above
  return {
    estimate: x / y,
    lower: (x / n - below) / (rest + below),
    upper: left > 0 ? (x / n + above) / left : Infinity,
    below: below / rest / (rest + below),
    above: left > 0 ? above / rest / left : Infinity,
  }
}
