import { requireOneOf } from '../argument-checks.ts'
import { type Alternative } from '../confidence-interval.ts'
import { binomialCdf, binomialProbability } from '../distributions/binomial.ts'
import { normalUpperTail } from '../distributions/normal.ts'
import { twoByTwo } from '../effects/two-by-two.ts'
import { type NotTestable, notTestable } from '../not-testable.ts'
import { type TableInput } from '../tables/contingency-table.ts'

/** Options of {@link mcnemarTest}. */
export interface McNemarTestOptions {
  /**
   * How P is found: `'asymptotic'` by chi-squared, `'corrected'` the same with continuity correction, `'exact'` by the
   * binomial distribution of the discordant pairs, `'mid-p'` the same less half the probability of what was observed.
   * @defaultValue `'asymptotic'`
   */
  readonly variant?: 'asymptotic' | 'corrected' | 'exact' | 'mid-p'
  /**
   * Which departures count: `'greater'` that the first measurement has the event (first column, first row) more often than the second.
   * @defaultValue `'two-sided'`
   */
  readonly alternative?: Alternative
}

interface McNemarResult {
  /** Pairs with the event at the first measurement only, b. */
  readonly firstOnly: number
  /** Pairs with the event at the second measurement only, c. */
  readonly secondOnly: number
  /** Which departures counted. */
  readonly alternative: Alternative
  /** Probability of a result as extreme or more so if both measurements have the event equally often. */
  readonly pValue: number
}

/** Result of the asymptotic variants of {@link mcnemarTest}. */
export interface McNemarAsymptotic extends McNemarResult {
  /** Which variant. */
  readonly method: 'mcnemar-asymptotic' | 'mcnemar-corrected'
  /** Chi-squared, (b − c)² / (b + c), or (|b − c| − 1)² / (b + c), 0 if b = c. */
  readonly statistic: number
  /** 1. */
  readonly degreesOfFreedom: 1
}

/** Result of the exact variants of {@link mcnemarTest}. */
export interface McNemarExact extends McNemarResult {
  /** Which variant. */
  readonly method: 'mcnemar-exact' | 'mcnemar-mid-p'
  /** b, to be compared with a binomial distribution of size b + c and probability ½. */
  readonly statistic: number
  /** None: the distribution is exact. */
  readonly degreesOfFreedom: null
}

/**
 * McNemar's test that two measurements of the same subjects have the event equally often.
 *
 * Only the b + c discordant pairs count. X² = (b − c)² / (b + c) on 1 degree of freedom; exactly, b is binomial with
 * probability ½. The mid-P variant is 2·P(X ≤ min(b, c)) − P(X = min(b, c)), and keeps its level in practice.
 *
 * @remarks
 * R: `mcnemar.test(x, correct = FALSE)`; R corrects by default. `binom.test(b, b + c)` for `'exact'`, `exact2x2::mcnemar.exact(x, midp = TRUE)`.
 * statsmodels: `mcnemar(x, exact=False, correction=False)`; exact by default. Where the asymptotic variants have no discordant pair they
 * answer "not testable" (R: NaN), the exact ones P = 1.
 *
 * @param table - 2 × 2 counts of *pairs*: rows are the first measurement, columns the second, both with the event first
 * @param options - variant and alternative
 * @throws A {@link StatsError} with code `mismatch` if the table is not 2 × 2, or as {@link margins} does
 *
 * @see Fagerland MW, Lydersen S, Laake P, "The McNemar test for binary matched-pairs data", BMC Medical Research Methodology 13 (2013) 91
 *
 * @example
 * ```ts @import.meta.vitest
 * // Approval of the prime minister, asked twice (Agresti).
 * expect(mcnemarTest([[794, 86], [150, 570]], { variant: 'asymptotic' })).toMatchObject({ statistic: (64 * 64) / 236, degreesOfFreedom: 1 })
 * expect(mcnemarTest([[794, 86], [150, 570]], { variant: 'exact' }).pValue).toBeCloseTo(3.716e-5, 8)
 * ```
 */
export function mcnemarTest(table: TableInput, options: McNemarTestOptions & { readonly variant: 'exact' | 'mid-p' }): McNemarExact
export function mcnemarTest(
  table: TableInput,
  options?: McNemarTestOptions & { readonly variant?: 'asymptotic' | 'corrected' },
): McNemarAsymptotic | NotTestable
export function mcnemarTest(table: TableInput, options?: McNemarTestOptions): McNemarAsymptotic | McNemarExact | NotTestable
export function mcnemarTest(table: TableInput, options: McNemarTestOptions = {}): McNemarAsymptotic | McNemarExact | NotTestable {
  const { variant = 'asymptotic', alternative = 'two-sided' } = options
  requireOneOf('variant', variant, 'asymptotic', 'corrected', 'exact', 'mid-p')
  const { b, c } = twoByTwo(table)
  const method = `mcnemar-${variant}` as const
  const pairs = { firstOnly: b, secondOnly: c, alternative }
  if (method === 'mcnemar-exact' || method === 'mcnemar-mid-p') {
    return { method, ...pairs, statistic: b, degreesOfFreedom: null, pValue: binomialPValue(b, c, alternative, method === 'mcnemar-mid-p') }
  }
  if (b + c === 0) return notTestable(method, 'no-variation', 'no pair differs between the two measurements')
  const scale = Math.sqrt(b + c)
  const correction = method === 'mcnemar-corrected' ? 1 : 0
  const gap = Math.max(0, Math.abs(b - c) - correction)
  const z = gap / scale
  const pValue =
    alternative === 'two-sided'
      ? Math.min(1, 2 * normalUpperTail(z))
      : normalUpperTail(((alternative === 'greater' ? b - c : c - b) - correction) / scale)
  return { method, ...pairs, statistic: (gap * gap) / (b + c), degreesOfFreedom: 1, pValue }
}

function binomialPValue(b: number, c: number, alternative: Alternative, midP: boolean): number {
  // The distribution is symmetric: P(X ≥ b) of b + c pairs is P(X ≤ c).
  const count = alternative === 'two-sided' ? Math.min(b, c) : alternative === 'less' ? b : c
  const sides = alternative === 'two-sided' ? 2 : 1
  // Half of the probability of the observed count added to what lies below it: no difference of near-equal numbers.
  const tail = midP
    ? (count > 0 ? binomialCdf(count - 1, b + c, 0.5) : 0) + binomialProbability(count, b + c, 0.5) / 2
    : binomialCdf(count, b + c, 0.5)
  return Math.min(1, sides * tail)
}
