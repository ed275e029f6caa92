import { requireOneOf } from '../argument-checks.ts'
import { type Alternative, requireAlternative } from '../confidence-interval.ts'
import { normalUpperTail } from '../distributions/normal.ts'
import { type NotTestable, notTestable } from '../not-testable.ts'
import { determinant } from '../numerics/exact-arithmetic.ts'
import { type StratifiedInput } from '../tables/stratified-table.ts'
import { isInformative, twoByTwoStrata } from './two-by-two-strata.ts'

/** Options of {@link cochranMantelHaenszelTest}. */
export interface CochranMantelHaenszelTestOptions {
  /**
   * `'yates'` takes min(½, |Σ(a − E)|) off the difference.
   * @defaultValue `'none'`
   */
  readonly continuityCorrection?: 'none' | 'yates'
  /**
   * Which departures count: `'greater'` that the common odds ratio is above 1.
   * @defaultValue `'two-sided'`
   */
  readonly alternative?: Alternative
}

/** Result of {@link cochranMantelHaenszelTest}. */
export interface CochranMantelHaenszelTest {
  /** Which test. */
  readonly method: 'cochran-mantel-haenszel'
  /** Whether the difference was corrected for continuity. */
  readonly continuityCorrection: 'none' | 'yates'
  /** Which departures counted. */
  readonly alternative: Alternative
  /** X², ≥ 0. */
  readonly statistic: number
  /** 1. */
  readonly degreesOfFreedom: 1
  /** Probability of a difference as large or larger if there is no association within any stratum. */
  readonly pValue: number
  /** Σ(a − E), observed less expected events in group 1. */
  readonly difference: number
  /** Hypergeometric variance of `difference`. */
  readonly variance: number
  /** Strata with all four margins above zero; the others say nothing. */
  readonly informativeStrata: number
}

/**
 * Cochran, Mantel and Haenszel's test of association between group and event within strata.
 *
 * X² = (|Σ(a − n1·m1/n)| − correction)² / Σ n1·n2·m1·m2 / (n²(n − 1)), compared with chi-squared on 1 degree of freedom.
 *
 * @remarks
 * R: `mantelhaen.test(x, correct = FALSE)`; R corrects by default. statsmodels: `StratifiedTable(tables).test_null_odds(correction=False)`.
 * R stops at a stratum of one observation, which is harmless here.
 *
 * @param strata - K 2 × 2 tables: rows are the groups, the first column is the event
 * @param options - continuity correction and alternative
 * @throws A {@link StatsError} with code `mismatch` if a stratum is not 2 × 2, or as {@link strataOf} does
 *
 * @see Mantel N, Haenszel W, "Statistical aspects of the analysis of data from retrospective studies", JNCI 22 (1959) 719-748
 *
 * @example
 * ```ts @import.meta.vitest
 * const test = cochranMantelHaenszelTest([[[19, 4], [10, 2]], [[8, 20], [14, 17]], [[4, 13], [18, 12]], [[21, 4], [5, 7]]])
 *
 * expect(test.statistic).toBeCloseTo(0.998205, 6)
 * expect(test.pValue).toBeCloseTo(0.317745, 6)
 * ```
 */
export function cochranMantelHaenszelTest(
  strata: StratifiedInput,
  options: CochranMantelHaenszelTestOptions = {},
): CochranMantelHaenszelTest | NotTestable {
  const { continuityCorrection = 'none', alternative = 'two-sided' } = options
  requireOneOf('continuityCorrection', continuityCorrection, 'none', 'yates')
  requireAlternative(alternative)
  const method = 'cochran-mantel-haenszel'
  let difference = 0
  let variance = 0
  let informativeStrata = 0
  for (const t of twoByTwoStrata(strata)) {
    if (!isInformative(t)) continue
    informativeStrata++
    difference += determinant(t.a, t.b, t.c, t.d) / t.n
    variance += (((t.n1 / t.n) * (t.m1 / t.n) * t.n2) / (t.n - 1)) * t.m2
  }
  if (informativeStrata === 0) return notTestable(method, 'no-informative-strata', 'every stratum has an empty row or column')
  const correction = continuityCorrection === 'yates' ? Math.min(0.5, Math.abs(difference)) : 0
  const z = (Math.abs(difference) - correction) / Math.sqrt(variance)
  const signed = alternative === 'less' ? -Math.sign(difference) * z : Math.sign(difference) * z
  const pValue = alternative === 'two-sided' ? Math.min(1, 2 * normalUpperTail(z)) : normalUpperTail(signed)
  return {
    method,
    continuityCorrection,
    alternative,
    statistic: z * z,
    degreesOfFreedom: 1,
    pValue,
    difference,
    variance,
    informativeStrata,
  }
}
