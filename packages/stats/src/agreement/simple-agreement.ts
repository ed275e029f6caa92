import { type ConfidenceInterval, criticalValue } from '../confidence-interval.ts'
import { distances } from '../effects/component-limits.ts'
import { squareTable } from '../matched/square-table.ts'
import { type NotTestable, notTestable } from '../not-testable.ts'
import { type TableInput } from '../tables/contingency-table.ts'

/** Options of {@link percentAgreement} and {@link pabak}. */
export interface AgreementOptions {
  /**
   * Confidence level, between 0 and 1.
   * @defaultValue 0.95
   */
  readonly confidenceLevel?: number
}

/** Result of {@link percentAgreement} and {@link pabak}. */
export interface Agreement {
  /** Which coefficient. */
  readonly method: 'percent-agreement' | 'pabak'
  /** The coefficient: a *proportion* from 0 to 1 for agreement, from −1 / (k − 1) to 1 for PABAK. */
  readonly estimate: number
  /** Asymptotic standard error. */
  readonly standardError: number
  /** Wilson's interval of the proportion of agreement, carried over. */
  readonly confidenceInterval: ConfidenceInterval
}

/**
 * Share of subjects that two raters put into the same category, as a proportion.
 *
 * pₒ = Σ nᵢᵢ / n. Chance is not taken off.
 *
 * @remarks
 * R: `irr::agree(ratings)` (in percent, without interval). No SciPy counterpart.
 *
 * @param table - k × k counts: rows are the first rater's categories, columns the second's, in the same order
 * @param options - level
 * @throws A {@link StatsError} with code `mismatch` if the table is not square, `too-small` if 1 × 1, `out-of-range` for a level outside (0, 1), or as {@link margins} does
 *
 * @example
 * ```ts @import.meta.vitest
 * expect(percentAgreement([[20, 5], [10, 15]])).toMatchObject({ estimate: 0.7 })
 * ```
 */
export function percentAgreement(table: TableInput, options: AgreementOptions = {}): Agreement | NotTestable {
  return agreement(table, options, 'percent-agreement')
}

/**
 * Prevalence-adjusted bias-adjusted kappa: kappa as it would be with even margins; also Bennett's S, Brennan and Prediger's coefficient.
 *
 * PABAK = (k·pₒ − 1) / (k − 1), for two categories 2pₒ − 1.
 *
 * @remarks
 * R: `epiR::epi.kappa(x)$pabak`, `irrCAC::bp.coeff.raw`. No SciPy counterpart.
 *
 * @param table - k × k counts: rows are the first rater's categories, columns the second's, in the same order
 * @param options - level
 * @throws A {@link StatsError} as {@link percentAgreement} does
 *
 * @see Byrt T, Bishop J, Carlin JB, "Bias, prevalence and kappa", Journal of Clinical Epidemiology 46 (1993) 423-429
 *
 * @example
 * ```ts @import.meta.vitest
 * expect(pabak([[20, 5], [10, 15]]).estimate).toBeCloseTo(0.4, 12)
 * ```
 */
export function pabak(table: TableInput, options: AgreementOptions = {}): Agreement | NotTestable {
  return agreement(table, options, 'pabak')
}

function agreement(table: TableInput, options: AgreementOptions, method: Agreement['method']): Agreement | NotTestable {
  const { confidenceLevel: level = 0.95 } = options
  const { counts, margins } = squareTable(table)
  const z = criticalValue(level)
  const n = margins.total
  if (n === 0) return notTestable(method, 'no-observations', 'the table has no observations')
  const same = counts.reduce((sum, row, i) => sum + (row[i] as number), 0)
  const share = same / n
  const { below, above } = distances(same, n, z, level, 'wilson')
  const stretch = method === 'pabak' ? counts.length / (counts.length - 1) : 1
  // k·p − 1 over k − 1 is 1 less the stretched share of disagreement.
  const carried = (p: number): number => (method === 'pabak' ? 1 - (1 - p) * stretch : p)
  return {
    method,
    estimate: method === 'pabak' ? (counts.length * same - n) / ((counts.length - 1) * n) : share,
    standardError: stretch * Math.sqrt((share * ((n - same) / n)) / n),
    confidenceInterval: { lower: carried(share - below), upper: carried(share + above), level },
  }
}

/**
 * The largest kappa that the two raters' margins allow, against which to read theirs.
 *
 * κₘₐₓ = (Σ min(pᵢ₊, p₊ᵢ) − pₑ) / (1 − pₑ).
 *
 * @remarks
 * R: `irr` has none; `DescTools` has none. No SciPy counterpart.
 *
 * @param table - k × k counts: rows are the first rater's categories, columns the second's, in the same order
 * @returns from 0 to 1; `null` where kappa is undefined, as both raters use one category only or there is no observation
 * @throws A {@link StatsError} with code `mismatch` if the table is not square, `too-small` if 1 × 1, or as {@link margins} does
 *
 * @see Cohen J, "A coefficient of agreement for nominal scales", Educational and Psychological Measurement 20 (1960) 37-46
 *
 * @example
 * ```ts @import.meta.vitest
 * expect(kappaMaximum([[20, 5], [10, 15]])).toBeCloseTo(0.8, 12)
 * ```
 */
export function kappaMaximum(table: TableInput): number | null {
  const { margins } = squareTable(table)
  const n = margins.total
  let apart = 0
  let expected = 0
  for (const [i, row] of margins.rows.entries()) {
    const column = margins.columns[i] as number
    apart += Math.abs(row - column) / n / 2
    expected += (row / n) * ((n - column) / n)
  }
  // Least disagreement that the margins allow, over disagreement by chance.
  return expected > 0 ? 1 - apart / expected : null
}
