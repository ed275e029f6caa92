import { type ConfidenceInterval, criticalValue } from '../confidence-interval.ts'
import { normalUpperTail } from '../distributions/normal.ts'
import { type NotTestable, notTestable } from '../not-testable.ts'
import { type CategoryWeights, disagreementWeights } from './category-weights.ts'
import { type RatingCounts, subjectsOf } from './rating-counts.ts'

/** Options of {@link gwetAC1}. */
export interface GwetAC1Options {
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

/** Options of {@link gwetAC2}. */
export interface GwetAC2Options extends GwetAC1Options {
  /**
   * How far two different categories count as agreement.
   * @defaultValue `'quadratic'`
   */
  readonly weights?: CategoryWeights
}

/** Result of {@link gwetAC1} and {@link gwetAC2}. */
export interface GwetAgreementCoefficient {
  /** Which coefficient. */
  readonly method: 'gwet-ac1' | 'gwet-ac2'
  /** The coefficient, at most 1. */
  readonly estimate: number
  /** Observed (weighted) agreement over subjects with two ratings or more, 0 to 1. */
  readonly observedAgreement: number
  /** (Weighted) agreement by chance, 0 to 1. */
  readonly expectedAgreement: number
  /** Standard error, subjects being a sample; `null` for a single subject. */
  readonly standardError: number | null
  /** estimate / standardError; `null` where there is none or it is zero. */
  readonly statistic: number | null
  /** Two-sided P value of a coefficient of zero, from the normal distribution. */
  readonly pValue: number | null
  /** estimate ± z·standardError, upper limit not above 1; `null` for a single subject. */
  readonly confidenceInterval: ConfidenceInterval | null
  /** Subjects with at least one rating. */
  readonly subjects: number
}

/**
 * Gwet's AC1: agreement beyond chance of any number of raters that resists the kappa paradox.
 *
 * AC1 = (pₐ − pₑ) / (1 − pₑ), pₑ = Σ πₖ(1 − πₖ) / (q − 1): chance agreement is small where one category prevails. Ratings may be missing.
 *
 * @remarks
 * R: `irrCAC::gwet.ac1.raw(ratings)`, which takes a t deviate for its interval and P; here it is a normal one. No SciPy counterpart.
 *
 * @param ratings - one row a subject, one column a category: how many raters chose it; two raters' tables: {@link ratingsOfTable}
 * @param options - frequencies and level
 * @throws A {@link StatsError} with code `too-small` for no subject or fewer than two categories, `ragged`, `mismatch`, `not-a-count`, or `out-of-range` for a level outside (0, 1)
 *
 * @see Gwet KL, "Computing inter-rater reliability and its variance in the presence of high agreement", British Journal of Mathematical and Statistical Psychology 61 (2008) 29-48
 *
 * @example
 * ```ts @import.meta.vitest
 * // Two raters: 118 subjects that both put into the first category, 7 they disagreed on. Their kappa is −0.02.
 * const ac1 = gwetAC1([[2, 0], [1, 1]], { frequencies: [118, 7] })
 *
 * expect(ac1.estimate).toBeCloseTo(0.941, 3)
 * ```
 */
export function gwetAC1(ratings: RatingCounts, options: GwetAC1Options = {}): GwetAgreementCoefficient | NotTestable {
  return coefficient('gwet-ac1', ratings, 'unweighted', options)
}

/**
 * Gwet's AC2: AC1 for ordered categories, with weights of partial agreement.
 *
 * AC2 = (pₐ − pₑ) / (1 − pₑ), pₑ = Σ wₖₗ · Σ πₖ(1 − πₖ) / (q(q − 1)).
 *
 * @remarks
 * R: `irrCAC::gwet.ac1.raw(ratings, weights = 'quadratic')`. No SciPy counterpart.
 *
 * @param ratings - one row a subject, one column a category: how many raters chose it; two raters' tables: {@link ratingsOfTable}
 * @param options - weights, frequencies and level
 * @throws A {@link StatsError} as {@link gwetAC1} does, and `mismatch` or `out-of-range` for weights that do not fit
 *
 * @see Gwet KL, *Handbook of Inter-Rater Reliability*, 4th ed., chapter 5
 *
 * @example
 * ```ts @import.meta.vitest
 * // Raters who differ by one step at most.
 * const ratings = [[2, 0, 0], [2, 0, 0], [1, 1, 0], [0, 2, 0], [0, 1, 1], [0, 0, 2]]
 *
 * expect(gwetAC2(ratings).estimate).toBeGreaterThan(gwetAC1(ratings).estimate as number)
 * ```
 */
export function gwetAC2(ratings: RatingCounts, options: GwetAC2Options = {}): GwetAgreementCoefficient | NotTestable {
  return coefficient('gwet-ac2', ratings, options.weights ?? 'quadratic', options)
}

function coefficient(
  method: GwetAgreementCoefficient['method'],
  ratings: RatingCounts,
  weights: CategoryWeights,
  options: GwetAC1Options,
): GwetAgreementCoefficient | NotTestable {
  const { confidenceLevel: level = 0.95 } = options
  const z = criticalValue(level)
  const subjects = subjectsOf(ratings, options.frequencies)
  const size = ratings[0]?.length as number
  const penalties = disagreementWeights(weights, size)

  let number = 0
  let paired = 0
  let disagreement = 0
  const shares = new Array<number>(size).fill(0)
  // Disagreement within each kind of subject: the mean penalty of two of its ratings.
  const within = subjects.map(({ counts, ratings: total, frequency }) => {
    number += frequency
    for (const [k, count] of counts.entries()) shares[k] = (shares[k] as number) + frequency * (count / total)
    if (total < 2) return null
    let sum = 0
    for (const [k, count] of counts.entries()) {
      for (const [l, otherCount] of counts.entries()) sum += count * otherCount * (penalties[k]?.[l] as number)
    }
    const mean = sum / (total * (total - 1))
    paired += frequency
    disagreement += frequency * mean
    return mean
  })
  if (paired === 0) return notTestable(method, 'no-observations', 'no subject has two ratings')

  const observed = disagreement / paired
  const agreementWeight = penalties.flat().reduce((sum, penalty) => sum + (1 - penalty), 0) / (size * (size - 1))
  const chance = agreementWeight * shares.reduce((sum, share) => sum + (share / number) * (1 - share / number), 0)
  if (chance >= 1) return notTestable(method, 'no-variation', 'the weights call every pair of categories agreement')
  const estimate = (1 - observed - chance) / (1 - chance)

  let squares = 0
  for (const [i, { counts, ratings: total, frequency }] of subjects.entries()) {
    const mean = within[i] as number | null
    const agreed = mean === null ? 0 : ((number / paired) * (1 - mean - chance)) / (1 - chance)
    const own = agreementWeight * counts.reduce((sum, count, k) => sum + (count / total) * (1 - (shares[k] as number) / number), 0)
    squares += frequency * (agreed - (2 * (1 - estimate) * (own - chance)) / (1 - chance) - estimate) ** 2
  }
  const standardError = number > 1 ? Math.sqrt(squares / number / (number - 1)) : null
  const statistic = standardError === null || standardError === 0 ? null : estimate / standardError
  return {
    method,
    estimate,
    observedAgreement: 1 - observed,
    expectedAgreement: chance,
    standardError,
    statistic,
    pValue: statistic === null ? null : Math.min(1, 2 * normalUpperTail(Math.abs(statistic))),
    confidenceInterval:
      standardError === null ? null : { lower: estimate - z * standardError, upper: Math.min(1, estimate + z * standardError), level },
    subjects: number,
  }
}
