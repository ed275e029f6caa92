import { criticalValue } from '../confidence-interval.ts'
import { deviancePart } from '../numerics/deviance-part.ts'
import { determinant } from '../numerics/exact-arithmetic.ts'
import { countsOf, margins, type TableInput } from '../tables/contingency-table.ts'
import { requireTwoVariables } from '../tables/expected-counts.ts'
import type { DirectedAssociation } from './goodman-kruskal-lambda.ts'
import { type AssociationOptions, deltaError, type NominalMeasure, nominalMeasure } from './measure.ts'

/** Result of {@link uncertaintyCoefficient}. */
export interface UncertaintyCoefficient extends DirectedAssociation<NominalMeasure> {
  /** What the variables tell about each other, Σ pᵢⱼ ln(pᵢⱼ / (pᵢ₊ p₊ⱼ)), in nats: G / 2n. `null` without observations. */
  readonly mutualInformation: number | null
  /** Entropy of the row variable in nats; `null` without observations. */
  readonly rowEntropy: number | null
  /** Entropy of the column variable in nats; `null` without observations. */
  readonly columnEntropy: number | null
}

/**
 * Uncertainty coefficient (Theil's U): the share of one variable's entropy that knowing the other takes away.
 *
 * U(C | R) = I / H(C), U(R | C) = I / H(R), symmetric 2 I / (H(R) + H(C)), I being the mutual information. For a test that it
 * is 0 use {@link likelihoodRatioTest}: G = 2 n I.
 *
 * @remarks
 * R: `DescTools::UncertCoef(x, direction = 'column')`. SciPy has none. SPSS gives the same two errors.
 *
 * @param table - R × C counts, R ≥ 2, C ≥ 2; empty rows and columns make no difference
 * @param options - confidence level
 * @throws A {@link StatsError} with code `too-small` for a single row or column, or as {@link margins} does
 *
 * @see H. Theil, *On the estimation of relationships involving qualitative variables*, American Journal of Sociology 76, 1970
 *
 * @example
 * ```ts @import.meta.vitest
 * const { columnGivenRow, symmetric } = uncertaintyCoefficient([[40, 55], [22, 74]])
 *
 * expect(columnGivenRow.estimate).toBeCloseTo(0.03366348861577334, 15)
 * expect(symmetric.estimate).toBeCloseTo(0.03206505780202847, 15)
 * ```
 */
export function uncertaintyCoefficient(table: TableInput, options: AssociationOptions = {}): UncertaintyCoefficient {
  const { confidenceLevel = 0.95 } = options
  criticalValue(confidenceLevel)
  const { rows, columns, total } = margins(table)
  requireTwoVariables('the uncertainty coefficient', rows.length, columns.length)
  const counts = countsOf(table)
  let information = 0
  for (const [i, cells] of counts.entries()) {
    for (const [j, count] of cells.entries()) {
      const row = rows[i] as number
      const column = columns[j] as number
      if (row === 0 || column === 0) continue
      information += deviancePart(count, row * (column / total), determinant(count, row, column, total) / total) / total
    }
  }
  // ln(O / E), exact also where O and E nearly agree.
  const gain = (i: number, j: number): number => {
    const count = (counts[i] as readonly number[])[j] as number
    const expected = (rows[i] as number) * ((columns[j] as number) / total)
    const difference = determinant(count, rows[i] as number, columns[j] as number, total) / total
    return Math.abs(difference) < expected / 2 ? Math.log1p(difference / expected) : Math.log(count / expected)
  }
  // −ln of a share, exact also next to 1.
  const surprise = (count: number): number => (count * 2 > total ? -Math.log1p(-(total - count) / total) : -Math.log(count / total))
  const entropy = (totals: readonly number[]): number =>
    totals.reduce((sum, count) => (count === 0 ? sum : sum + (count / total) * surprise(count)), 0)
  const rowEntropy = entropy(rows)
  const columnEntropy = entropy(columns)
  const quotient = (rowWeight: number, columnWeight: number): NominalMeasure => {
    const whole = rowWeight * rowEntropy + columnWeight * columnEntropy
    const estimate = Math.min(1, information / whole)
    const gradient = (i: number, j: number): number => {
      const ofRow = surprise(rows[i] as number)
      const ofColumn = surprise(columns[j] as number)
      return (gain(i, j) - estimate * (rowWeight * ofRow + columnWeight * ofColumn)) / (whole * total)
    }
    return nominalMeasure(estimate, deltaError(counts, gradient), counts, gain, information, whole * total, confidenceLevel)
  }
  const known = total > 0
  return {
    columnGivenRow: quotient(0, 1),
    rowGivenColumn: quotient(1, 0),
    symmetric: quotient(0.5, 0.5),
    mutualInformation: known ? information : null,
    rowEntropy: known ? rowEntropy : null,
    columnEntropy: known ? columnEntropy : null,
  }
}
