import { type Alternative, type ConfidenceInterval } from '../confidence-interval.ts'
import { twoByTwo } from '../effects/two-by-two.ts'
import type { TableInput } from '../tables/contingency-table.ts'
import {
  likeliestOddsRatio,
  oddsRatioInterval,
  type OddsRatioIntervalMethod,
  requireInterval,
  type UnboundedOddsRatio,
} from './conditional-odds-ratio.ts'
import {
  type FisherPValueOptions,
  fisherLogP,
  fisherP,
  type MidP,
  requireFisherOptions,
  solveFisher,
  type TwoSidedRule,
} from './fisher-p-value.ts'

/** Options of {@link fisherExactTest}. */
export interface FisherExactTestOptions extends FisherPValueOptions {
  /**
   * Confidence level of the interval for the odds ratio.
   *
   * @defaultValue 0.95
   */
  readonly confidenceLevel?: number
  /**
   * How the limits are found; `none` saves the work. One-sided alternatives get one-sided limits.
   *
   * @defaultValue 'exact'
   */
  readonly interval?: OddsRatioIntervalMethod | 'none'
}

/** Result of {@link fisherExactTest}. */
export interface FisherExactTest {
  /** Tells this result apart from those of other tests. */
  readonly method: 'fisher-exact'
  /** The first cell, whose distribution given both margins is the reference. */
  readonly statistic: number
  /** None: the distribution is exact. */
  readonly degreesOfFreedom: null
  /** P value, unrounded; 0 only below 1e-308. */
  readonly pValue: number
  /** Natural logarithm of the P value, which never underflows. */
  readonly logPValue: number
  /** Which departures counted. */
  readonly alternative: Alternative
  /** What counted as at least as extreme; `null` for a one-sided test. */
  readonly twoSided: TwoSidedRule | null
  /** Whether half of the observed probability was left out. */
  readonly midP: MidP
  /** Conditional maximum likelihood odds ratio, at least 0; `null` where it is unbounded or undefined, see `reason`. */
  readonly oddsRatio: number | null
  /** Interval of the odds ratio; `null` if none was asked for. */
  readonly confidenceInterval: ConfidenceInterval | null
  /** How the limits were found. */
  readonly interval: OddsRatioIntervalMethod | 'none'
  /** Why `oddsRatio` is `null`; `null` where it is a number. */
  readonly reason: UnboundedOddsRatio | null
}

/**
 * Fisher's exact test of a 2 × 2 table, with the conditional odds ratio and its interval.
 *
 * Given both margins the first cell is hypergeometric under independence; P adds up the probabilities of the tables at
 * least as extreme as the observed one. Two probabilities within a relative 1e-7 count as equal, as in R. Work grows with
 * the spread of the first cell, and from a spread of 150 on not at all. For larger tables than 2 × 2 use
 * the Fisher–Freeman–Halton test; where only one margin was fixed, {@link boschlooTest} is more powerful.
 *
 * An empty margin is an answer, not an error: P is 1, the odds ratio `null`, its interval everything above 0.
 *
 * @remarks
 * R: `fisher.test(x, alternative, conf.level)`; its odds ratio and limits carry three to six digits only. SciPy:
 * `scipy.stats.fisher_exact(x)`, and `scipy.stats.contingency.odds_ratio(x)` for the conditional odds ratio. R's
 * `exact2x2::fisher.exact(x, tsmethod = 'central')` doubles, `tsmethod = 'blaker'` is Blaker's.
 *
 * The default interval inverts the two one-sided tests (as R does), so it can contain 1 although P by probability is below
 * 1 − level. `twoSided: 'doubling'` with `interval: 'exact'`, and `blaker` with `blaker`, never disagree.
 *
 * @param table - 2 × 2 counts
 * @param options - {@link FisherExactTestOptions}
 * @throws A {@link StatsError} with code `mismatch` if the table is not 2 × 2 or Blaker's interval is asked for one side,
 * `out-of-range` for a confidence level outside (0, 1), and those of {@link margins}
 * @see A. Agresti, *Categorical Data Analysis*, 3rd ed., sections 3.5 and 16.6
 *
 * @example
 * ```ts @import.meta.vitest
 * const { pValue, oddsRatio, confidenceInterval } = fisherExactTest([[3, 1], [1, 3]])
 *
 * expect(pValue).toBeCloseTo(0.4857142857142857, 14)
 * expect(oddsRatio).toBeCloseTo(6.408319658199674, 12)
 * expect(confidenceInterval?.lower).toBeCloseTo(0.21173559544657858, 13)
 * ```
 */
export function fisherExactTest(table: TableInput, options: FisherExactTestOptions = {}): FisherExactTest {
  const { alternative = 'two-sided', twoSided = 'probability', midP = 'none', confidenceLevel = 0.95, interval = 'exact' } = options
  requireFisherOptions(alternative, twoSided, midP)
  // The level is checked where no interval is asked for as well.
  requireInterval(interval === 'none' ? 'exact' : interval, confidenceLevel, alternative)
  const { a, b, c, d } = twoByTwo(table)
  solveFisher(a, b, c, d, alternative, twoSided, midP)
  const { estimate, reason } = likeliestOddsRatio(a, b, c, d)
  return {
    method: 'fisher-exact',
    statistic: a,
    degreesOfFreedom: null,
    pValue: fisherP,
    logPValue: fisherLogP,
    alternative,
    twoSided: alternative === 'two-sided' ? twoSided : null,
    midP,
    oddsRatio: estimate,
    confidenceInterval: interval === 'none' ? null : oddsRatioInterval(a, b, c, d, confidenceLevel, alternative, interval),
    interval,
    reason,
  }
}
