import { requireOneOf } from '../argument-checks.ts'
import { type ConfidenceInterval, criticalValue } from '../confidence-interval.ts'
import { type TableInput } from '../tables/contingency-table.ts'
import { type ComponentInterval, distances } from './component-limits.ts'
import { type Bounded, moverRatioLimits } from './mover-ratio.ts'
import { logLimits } from './ratio-limits.ts'
import { riskRatioScoreLimits, scoreTarget } from './score-limits.ts'
import { type TwoByTwo, twoByTwo } from './two-by-two.ts'

/** How the limits of a risk ratio are found. */
export type RiskRatioInterval =
  /** Score test inverted, variance with n / (n − 1): contradicts the N − 1 chi-squared test never. */
  | 'miettinen-nurminen'
  /** Score test inverted, variance without that factor: contradicts Pearson's test never. */
  | 'koopman'
  /** Estimate times exp(± z standard errors of its logarithm); says nothing where a count of events is zero. */
  | 'katz'
  /** MOVER of two Wilson intervals (Donner and Zou 2012). */
  | 'mover-wilson'
  /** MOVER of two Jeffreys intervals. */
  | 'mover-jeffreys'

/** Options of {@link riskRatio}. */
export interface RiskRatioOptions {
  /**
   * How the limits are found.
   * @defaultValue `'miettinen-nurminen'`
   */
  readonly interval?: RiskRatioInterval
  /**
   * Confidence level, between 0 and 1.
   * @defaultValue 0.95
   */
  readonly confidenceLevel?: number
}

/** Result of {@link riskRatio}. */
export interface RiskRatio {
  /** What was estimated. */
  readonly measure: 'risk-ratio'
  /** How the limits were found. */
  readonly interval: RiskRatioInterval
  /** [a / (a + b)] / [c / (c + d)], ≥ 0; `null` where it is infinite or undefined. */
  readonly estimate: number | null
  /** Why `estimate` is `null`: `'infinite'` if only group 2 is without events, `'undefined'` if both are or a group is empty. */
  readonly reason: 'infinite' | 'undefined' | null
  /** Standard error of the natural logarithm, √(1/a − 1/n1 + 1/c − 1/n2); `null` where a group has no event. */
  readonly logStandardError: number | null
  /** Limits of the ratio: upper `null` where the data set no upper bound, lower 0 where they set no lower one. */
  readonly confidenceInterval: ConfidenceInterval
}

/**
 * Ratio of two independent proportions, group 1 over group 2, with its confidence interval.
 *
 * RR = [a / (a + b)] / [c / (c + d)]. Where group 1 has no event the lower limit is 0 and the upper one finite, where
 * group 2 has none the lower limit is finite and the upper one `null`; only `'katz'` then says nothing at all.
 *
 * @remarks
 * R: `epitools::riskratio.wald` (Katz), `DescTools::BinomRatioCI(a, a + b, c, c + d, method = 'koopman')`.
 * SciPy: `scipy.stats.contingency.relative_risk(a, a + b, c, c + d)`; its interval is Katz's.
 * statsmodels: `confint_proportions_2indep(..., compare='ratio')` with `method='log'` (Katz), `'score'` (Koopman, or Miettinen-Nurminen
 * with `correction=True`, its default).
 *
 * @param table - 2 × 2 counts: rows are the groups, the first column is the event
 * @param options - interval and level
 * @throws A {@link StatsError} with code `mismatch` if the table is not 2 × 2, `out-of-range` for a level outside (0, 1), or as {@link margins} does
 *
 * @see Koopman PAR, "Confidence intervals for the ratio of two binomial proportions", Biometrics 40 (1984) 513-517
 * @see Katz D et al., "Obtaining confidence intervals for the risk ratio in cohort studies", Biometrics 34 (1978) 469-474
 *
 * @example
 * ```ts @import.meta.vitest
 * const { estimate, confidenceInterval } = riskRatio([[56, 14], [48, 32]], { interval: 'koopman' })
 *
 * expect(estimate).toBeCloseTo(1.3333, 4)
 * expect(confidenceInterval.lower).toBeCloseTo(1.0798, 4)
 * expect(confidenceInterval.upper).toBeCloseTo(1.6708, 4)
 *
 * expect(riskRatio([[5, 5], [0, 10]])).toMatchObject({ estimate: null, reason: 'infinite', confidenceInterval: { upper: null } })
 * ```
 */
export function riskRatio(table: TableInput, options: RiskRatioOptions = {}): RiskRatio {
  const { interval = 'miettinen-nurminen', confidenceLevel: level = 0.95 } = options
  requireOneOf('interval', interval, 'miettinen-nurminen', 'koopman', 'katz', 'mover-wilson', 'mover-jeffreys')
  const t = twoByTwo(table)
  const z = criticalValue(level)
  const known = t.n1 > 0 && t.n2 > 0
  const estimate = known && t.c > 0 ? (t.a * t.n2) / (t.n1 * t.c) : null
  const reason = estimate !== null ? null : known && t.a > 0 ? 'infinite' : 'undefined'
  const logStandardError = known && t.a > 0 && t.c > 0 ? Math.sqrt(t.b / t.n1 / t.a + t.d / t.n2 / t.c) : null
  const [lower, upper] = known ? limits(t, estimate, logStandardError, z, level, interval) : [0, null]
  return { measure: 'risk-ratio', interval, estimate, reason, logStandardError, confidenceInterval: { lower, upper, level } }
}

type Limits = readonly [lower: number, upper: number | null]

function limits(t: TwoByTwo, estimate: number | null, error: number | null, z: number, level: number, interval: RiskRatioInterval): Limits {
  switch (interval) {
    case 'miettinen-nurminen':
    case 'koopman': {
      const target = scoreTarget(z, t.n, interval === 'koopman' ? 'n' : 'n-minus-1')
      return riskRatioScoreLimits(t.a, t.n1, t.c, t.n2, target)
    }
    case 'katz':
      if (estimate === null || error === null) return [0, null]
      return logLimits(estimate, z * error)
    case 'mover-wilson':
      return mover(t, z, level, 'wilson')
    case 'mover-jeffreys':
      return mover(t, z, level, 'jeffreys')
  }
}

function mover(t: TwoByTwo, z: number, level: number, component: ComponentInterval): Limits {
  const first = bounded(t.a, t.n1, z, level, component)
  const second = bounded(t.c, t.n2, z, level, component)
  return moverRatioLimits(first, second)
}

function bounded(x: number, n: number, z: number, level: number, component: ComponentInterval): Bounded {
  const { below, above } = distances(x, n, z, level, component)
  const estimate = x / n
  return { estimate, lower: estimate - below, upper: estimate + above, below, above }
}
