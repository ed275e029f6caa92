import { type ConfidenceInterval, criticalValue } from '../confidence-interval.ts'
import { normalUpperTail } from '../distributions/normal.ts'
import { StatsError } from '../errors.ts'
import { type NotTestable, notTestable } from '../not-testable.ts'
import { type RatingCounts, subjectsOf } from './rating-counts.ts'

/** Options of {@link fleissKappa}. */
export interface FleissKappaOptions {
  /**
   * How many subjects each row of ratings stands for.
   * @defaultValue 1 each
   */
  readonly frequencies?: readonly number[]
  /**
   * Confidence level, between 0 and 1.
   * @defaultValue 0.95
   */
  readonly confidenceLevel?: number
}

/** Kappa of one category against all others. */
export interface CategoryKappa {
  /** Position of the category. */
  readonly category: number
  /** Kappa of this category against the rest; `null` where nobody, or everybody, used it. */
  readonly estimate: number | null
  /** Standard error if kappa is zero, √(2 / (N·m(m − 1))). */
  readonly nullStandardError: number
}

/** Result of {@link fleissKappa}. */
export interface FleissKappa {
  /** Which coefficient. */
  readonly method: 'fleiss-kappa'
  /** Kappa, at most 1; 0 for agreement as by chance. */
  readonly estimate: number
  /** Mean share of pairs of raters that agree on a subject, 0 to 1. */
  readonly observedAgreement: number
  /** The same by chance, the sum of squared shares of the categories. */
  readonly expectedAgreement: number
  /** Standard error for intervals, subjects being a sample (Gwet 2008); `null` for a single subject. */
  readonly standardError: number | null
  /** Standard error if kappa is zero (Fleiss, Nee and Landis 1979), for tests. */
  readonly nullStandardError: number
  /** estimate / nullStandardError. */
  readonly statistic: number
  /** Two-sided P value of kappa = 0, from the normal distribution. */
  readonly pValue: number
  /** estimate ± z·standardError, upper limit not above 1; `null` for a single subject. */
  readonly confidenceInterval: ConfidenceInterval | null
  /** Kappa of each category against the others. */
  readonly categories: readonly CategoryKappa[]
}

/**
 * Fleiss' kappa: agreement beyond chance of m raters, not necessarily the same for each subject.
 *
 * κ = (P̄ − P̄ₑ) / (1 − P̄ₑ), P̄ = Σᵢⱼ xᵢⱼ(xᵢⱼ − 1) / (N·m(m − 1)), P̄ₑ = Σⱼ pⱼ². For two raters it is Scott's pi, not Cohen's kappa.
 *
 * @remarks
 * R: `irr::kappam.fleiss(ratings, detail = TRUE)`. statsmodels: `fleiss_kappa(ratings)` (no error). SPSS: `RELIABILITY /FLEISS`. The interval rests on the standard error that does not
 * suppose kappa = 0, `irrCAC::fleiss.kappa.raw` with a normal instead of a t deviate.
 *
 * @param ratings - one row a subject, one column a category: how many of the m raters chose it
 * @param options - frequencies and level
 * @throws A {@link StatsError} with code `mismatch` if subjects have different numbers of ratings, `too-small` for fewer than two raters or categories,
 * `ragged`, `not-a-count`, or `out-of-range` for a level outside (0, 1)
 *
 * @see Fleiss JL, Nee JCM, Landis JR, "Large sample variance of kappa in the case of different sets of raters", Psychological Bulletin 86 (1979) 974-977
 * @see Gwet KL, "Computing inter-rater reliability and its variance in the presence of high agreement", British Journal of Mathematical and Statistical Psychology 61 (2008) 29-48
 *
 * @example
 * ```ts @import.meta.vitest
 * // Fourteen raters, ten subjects, five categories (Fleiss 1971).
 * const kappa = fleissKappa([
 *   [0, 0, 0, 0, 14], [0, 2, 6, 4, 2], [0, 0, 3, 5, 6], [0, 3, 9, 2, 0], [2, 2, 8, 1, 1],
 *   [7, 7, 0, 0, 0], [3, 2, 6, 3, 0], [2, 5, 3, 2, 2], [6, 5, 2, 1, 0], [0, 2, 2, 3, 7],
 * ])
 *
 * expect(kappa.estimate).toBeCloseTo(0.21, 3)
 * expect(kappa.nullStandardError).toBeCloseTo(0.017, 3)
 * ```
 */
export function fleissKappa(ratings: RatingCounts, options: FleissKappaOptions = {}): FleissKappa | NotTestable {
  const { confidenceLevel: level = 0.95 } = options
  const z = criticalValue(level)
  const subjects = subjectsOf(ratings, options.frequencies)
  const raters = subjects[0]?.ratings
  if (raters === undefined) return notTestable('fleiss-kappa', 'no-observations', 'nobody rated anything')
  if (raters < 2) throw new StatsError('too-small', 'Fleiss’ kappa needs at least two ratings a subject')
  const other = subjects.find((subject) => subject.ratings !== raters)
  if (other)
    throw new StatsError('mismatch', `subjects have ${raters} and ${other.ratings} ratings; gwetAC1 and krippendorffAlpha allow that`)

  const size = ratings[0]?.length as number
  let number = 0
  const totals = new Array<number>(size).fill(0)
  const mixed = new Array<number>(size).fill(0)
  for (const { counts, frequency } of subjects) {
    number += frequency
    for (const [j, count] of counts.entries()) {
      totals[j] = (totals[j] as number) + frequency * count
      mixed[j] = (mixed[j] as number) + frequency * count * (raters - count)
    }
  }
  const all = number * raters
  const pairs = all * (raters - 1)
  const shares = totals.map((total) => total / all)
  const rests = totals.map((total) => (all - total) / all)
  const observed = mixed.reduce((sum, count) => sum + count, 0) / pairs
  const expected = shares.reduce((sum, p, j) => sum + p * (rests[j] as number), 0)
  if (expected === 0) return notTestable('fleiss-kappa', 'no-variation', 'all ratings are of one category, so chance agrees completely')
  const estimate = (expected - observed) / expected

  // (Σpq)² − Σpq(q − p), multiplied out into terms that are all positive.
  const squared = shares.reduce((sum, p) => sum + p * p, 0)
  const spread = shares.reduce((sum, p, j) => sum + p * p * ((rests[j] as number) ** 2 + (squared - p * p)), 0)
  const nullStandardError = Math.sqrt((2 * spread) / pairs) / expected
  const statistic = estimate / nullStandardError

  // Gwet's linearisation: each subject's kappa, less what its ratings add to agreement by chance.
  let squares = 0
  for (const { counts, frequency } of subjects) {
    const apart = counts.reduce((sum, count) => sum + count * (raters - count), 0) / (raters * (raters - 1))
    const chance = counts.reduce((sum, count, j) => sum + (count / raters) * (rests[j] as number), 0)
    const own = (expected - apart) / expected - (2 * (1 - estimate) * (expected - chance)) / expected
    squares += frequency * (own - estimate) ** 2
  }
  const standardError = number > 1 ? Math.sqrt(squares / number / (number - 1)) : null
  return {
    method: 'fleiss-kappa',
    estimate,
    observedAgreement: 1 - observed,
    expectedAgreement: 1 - expected,
    standardError,
    nullStandardError,
    statistic,
    pValue: Math.min(1, 2 * normalUpperTail(Math.abs(statistic))),
    confidenceInterval:
      standardError === null ? null : { lower: estimate - z * standardError, upper: Math.min(1, estimate + z * standardError), level },
    categories: shares.map((p, category) => {
      const chance = p * (rests[category] as number)
      return {
        category,
        estimate: chance > 0 ? 1 - (mixed[category] as number) / pairs / chance : null,
        nullStandardError: Math.sqrt(2 / pairs),
      }
    }),
  }
}
