import { type ConfidenceInterval, criticalValue } from '../confidence-interval.ts'
import { normalUpperTail } from '../distributions/normal.ts'
import { squareTable } from '../matched/square-table.ts'
import { type NotTestable, notTestable } from '../not-testable.ts'
import { determinant } from '../numerics/exact-arithmetic.ts'
import { type TableInput } from '../tables/contingency-table.ts'
import { type CategoryWeights, disagreementWeights } from './category-weights.ts'

/** Options of {@link cohenKappa}. */
export interface CohenKappaOptions {
  /**
   * How far two different categories count as agreement.
   * @defaultValue `'unweighted'`
   */
  readonly weights?: CategoryWeights
  /**
   * Confidence level, between 0 and 1.
   * @defaultValue 0.95
   */
  readonly confidenceLevel?: number
}

/** Result of {@link cohenKappa}. */
export interface CohenKappa {
  /** Which coefficient. */
  readonly method: 'cohen-kappa'
  /** Kappa, at most 1; 0 for agreement as by chance. */
  readonly estimate: number
  /** Observed (weighted) agreement, 0 to 1. */
  readonly observedAgreement: number
  /** (Weighted) agreement expected by chance from the two raters' margins, 0 to 1. */
  readonly expectedAgreement: number
  /** Asymptotic standard error (Fleiss, Cohen and Everitt 1969), for intervals. */
  readonly standardError: number
  /** Asymptotic standard error if kappa is zero, for tests; `null` if it is zero itself. */
  readonly nullStandardError: number | null
  /** estimate / nullStandardError. */
  readonly statistic: number | null
  /** Two-sided P value of kappa = 0, from the normal distribution. */
  readonly pValue: number | null
  /** estimate ± z·standardError, as published: the upper limit of close agreement in few subjects may be above 1. */
  readonly confidenceInterval: ConfidenceInterval
  /** Kappa of the same observed agreement if margins and chance were even (PABAK), (k·pₒ − 1) / (k − 1), from unweighted agreement. */
  readonly prevalenceAndBiasAdjusted: number
  /** |a − d| / n: how much more common one category is than the other; `null` above two categories. */
  readonly prevalenceIndex: number | null
  /** |b − c| / n: how much more often one rater uses a category than the other; `null` above two categories. */
  readonly biasIndex: number | null
  /**
   * The kappa paradoxes (Feinstein and Cicchetti 1990): `'prevalence'` where uneven margins put unweighted kappa 0.2 or more below
   * {@link CohenKappa.prevalenceAndBiasAdjusted}, so that it says little agreement although raters agree; `'bias'` where raters of different
   * habits put it 0.2 or more above. Read kappa with the observed agreement then.
   */
  readonly paradox: 'none' | 'prevalence' | 'bias'
}

/**
 * Cohen's kappa, plain or weighted: agreement of two raters beyond chance.
 *
 * κ = (pₒ − pₑ) / (1 − pₑ), with pₒ = Σ wᵢⱼ pᵢⱼ and pₑ = Σ wᵢⱼ pᵢ₊ p₊ⱼ. Where both raters put all subjects into one category, chance alone
 * agrees completely and kappa is not defined: the answer is "not testable".
 *
 * @remarks
 * R: `vcd::Kappa(x, weights = 'Fleiss-Cohen')` (quadratic; `'Equal-Spacing'` is linear), `psych::cohen.kappa`. statsmodels: `cohens_kappa(x, wt='linear')`.
 * Both standard errors agree with statsmodels; R's `irr::kappa2` prints the null one only.
 *
 * @param table - k × k counts: rows are the first rater's categories, columns the second's, in the same order
 * @param options - weights and level
 * @throws A {@link StatsError} with code `mismatch` if the table is not square or the weights do not fit, `out-of-range` for a weight or level
 * out of range, `too-small` if 1 × 1, or as {@link margins} does
 *
 * @see Fleiss JL, Cohen J, Everitt BS, "Large sample standard errors of kappa and weighted kappa", Psychological Bulletin 72 (1969) 323-327
 *
 * @example
 * ```ts @import.meta.vitest
 * const kappa = cohenKappa([[20, 5], [10, 15]])
 *
 * expect(kappa.estimate).toBeCloseTo(0.4, 12)
 * expect(kappa.standardError).toBeCloseTo(0.126996, 6)
 *
 * // 95 % agreement, and yet kappa is near zero: almost everybody is in the first category.
 * expect(cohenKappa([[95, 3], [2, 0]])).toMatchObject({ paradox: 'prevalence' })
 * ```
 */
export function cohenKappa(table: TableInput, options: CohenKappaOptions = {}): CohenKappa | NotTestable {
  const { weights = 'unweighted', confidenceLevel: level = 0.95 } = options
  const { counts, margins } = squareTable(table)
  const z = criticalValue(level)
  const size = counts.length
  const n = margins.total
  const penalties = disagreementWeights(weights, size)
  if (n === 0) return notTestable('cohen-kappa', 'no-observations', 'the table has no observations')
  const rows = margins.rows.map((count) => count / n)
  const columns = margins.columns.map((count) => count / n)

  let observed = 0
  let expected = 0
  // Expected less observed penalty, from exact departures n·nᵢⱼ − nᵢ₊·n₊ⱼ: near chance agreement the two agree in all their digits.
  let beyondChance = 0
  // Agreement itself, not 1 less disagreement, so that next to no agreement keeps its digits too.
  let observedAgreement = 0
  let expectedAgreement = 0
  let same = 0
  // Mean penalty of each of the second rater's categories against the first rater's habits, and the other way round.
  const ofColumns = columns.map((_, j) => rows.reduce((sum, share, i) => sum + share * (penalties[i]?.[j] as number), 0))
  const ofRows = rows.map((_, i) => columns.reduce((sum, share, j) => sum + share * (penalties[i]?.[j] as number), 0))
  for (let i = 0; i < size; i++) {
    same += counts[i]?.[i] as number
    expected += (rows[i] as number) * (ofRows[i] as number)
    for (let j = 0; j < size; j++) {
      const penalty = penalties[i]?.[j] as number
      const share = (counts[i]?.[j] as number) / n
      observed += share * penalty
      observedAgreement += share * (1 - penalty)
      expectedAgreement += (rows[i] as number) * (columns[j] as number) * (1 - penalty)
      beyondChance -= (determinant(counts[i]?.[j] as number, margins.rows[i] as number, margins.columns[j] as number, n) / n / n) * penalty
    }
  }
  if (expected === 0) return notTestable('cohen-kappa', 'no-variation', 'both raters use one category only, so chance agrees completely')
  const estimate = beyondChance / expected

  // Both variances are those of a weighted mean of wᵢⱼ − (w̄ᵢ + w̄ⱼ)(1 − κ) about its mean; written with penalties, and about the mean, nothing cancels.
  const centre = observed - 2 * expected * (1 - estimate)
  let variance = 0
  let nullVariance = 0
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      const penalty = penalties[i]?.[j] as number
      const means = (ofRows[i] as number) + (ofColumns[j] as number)
      variance += ((counts[i]?.[j] as number) / n) * (penalty - means * (1 - estimate) - centre) ** 2
      nullVariance += (rows[i] as number) * (columns[j] as number) * (penalty - means + expected) ** 2
    }
  }
  const standardError = Math.sqrt(variance / n) / expected
  // Agreement by chance cannot vary where a rater uses one category only.
  const constant = margins.rows.includes(n) || margins.columns.includes(n)
  const nullStandardError = constant ? null : Math.sqrt(nullVariance / n) / expected
  const statistic = nullStandardError === null ? null : estimate / nullStandardError

  const adjusted = (size * (same / n) - 1) / (size - 1)
  const unweighted = weights === 'unweighted' ? estimate : unweightedKappa(rows, columns, same / n)
  return {
    method: 'cohen-kappa',
    estimate,
    observedAgreement,
    expectedAgreement,
    standardError,
    nullStandardError,
    statistic,
    pValue: statistic === null ? null : Math.min(1, 2 * normalUpperTail(Math.abs(statistic))),
    confidenceInterval: { lower: estimate - z * standardError, upper: estimate + z * standardError, level },
    prevalenceAndBiasAdjusted: adjusted,
    prevalenceIndex: size === 2 ? Math.abs((counts[0]?.[0] as number) - (counts[1]?.[1] as number)) / n : null,
    biasIndex: size === 2 ? Math.abs((counts[0]?.[1] as number) - (counts[1]?.[0] as number)) / n : null,
    paradox: adjusted - unweighted >= 0.2 ? 'prevalence' : unweighted - adjusted >= 0.2 ? 'bias' : 'none',
  }
}

function unweightedKappa(rows: readonly number[], columns: readonly number[], observed: number): number {
  const expected = rows.reduce((sum, share, i) => sum + share * (columns[i] as number), 0)
  return (observed - expected) / (1 - expected)
}
