import { type ConfidenceInterval, criticalValue } from '../confidence-interval.ts'
import type { Counts } from '../tables/contingency-table.ts'

/** A measure of association with its error. */
export interface AssociationMeasure {
  /** The measure; `null` where the table leaves it undefined (0 / 0), because one variable does not vary. */
  readonly estimate: number | null
  /** Asymptotic standard error whatever the association (ASE1), by the delta method; it belongs to the interval. */
  readonly standardError: number | null
  /**
   * Estimate ± z · standard error, cut off at the ends of the scale. `null` where the standard error is 0, as at perfect
   * association: the method then says nothing.
   */
  readonly confidenceInterval: ConfidenceInterval | null
}

/** A measure of association of unordered variables, with its error where the truth is 0. */
export interface NominalMeasure extends AssociationMeasure {
  /**
   * Asymptotic standard error where the measure is truly 0 (ASE0): estimate / ASE0 is SPSS's "approximate T", and roughly standard
   * normal. `null` where the measure is undefined.
   */
  readonly nullStandardError: number | null
}

/** Options of the measures of association. */
export interface AssociationOptions {
  /**
   * Confidence level, between 0 and 1.
   *
   * @defaultValue 0.95
   */
  readonly confidenceLevel?: number
}

/** Builds a measure from its estimate, its standard error and the lower end of its scale. */
export function measure(estimate: number, standardError: number, lowest: -1 | 0, level: number): AssociationMeasure {
  const reach = criticalValue(level) * standardError
  if (!Number.isFinite(estimate)) return { estimate: null, standardError: null, confidenceInterval: null }
  return {
    estimate,
    standardError,
    // A rounding error is no standard error.
    confidenceInterval: reach < 1e-15 ? null : { lower: Math.max(lowest, estimate - reach), upper: Math.min(1, estimate + reach), level },
  }
}

/** A measure that is a mean over observations, Σ nᵢⱼ gainᵢⱼ / n, over a denominator that is held fixed under the null hypothesis. */
export function nominalMeasure(
  estimate: number,
  standardError: number,
  counts: Counts,
  gain: (i: number, j: number) => number,
  mean: number,
  denominator: number,
  level: number,
): NominalMeasure {
  const result = measure(estimate, standardError, 0, level)
  const nullStandardError = result.estimate === null ? null : deltaError(counts, (i, j) => (gain(i, j) - mean) / denominator)
  return { ...result, nullStandardError }
}

/**
 * Delta-method standard error of a function of the counts that does not change when all are multiplied:
 * √Σ nᵢⱼ gᵢⱼ², g the gradient by the counts. (By Euler's theorem the mean of g is 0.)
 */
export function deltaError(counts: Counts, gradient: (i: number, j: number) => number): number {
  let variance = 0
  for (const [i, row] of counts.entries()) {
    for (const [j, count] of row.entries()) if (count > 0) variance += count * gradient(i, j) ** 2
  }
  return Math.sqrt(variance)
}
