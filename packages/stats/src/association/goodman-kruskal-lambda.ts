import { criticalValue } from '../confidence-interval.ts'
import { type Counts, countsOf, margins, type TableInput } from '../tables/contingency-table.ts'
import { requireTwoVariables } from '../tables/expected-counts.ts'
import { type AssociationMeasure, type AssociationOptions, deltaError, type NominalMeasure, nominalMeasure } from './measure.ts'

/** A measure of association that depends on which variable is to be predicted. */
export interface DirectedAssociation<Measure = AssociationMeasure> {
  /** The column variable predicted from the row variable (C | R). */
  readonly columnGivenRow: Measure
  /** The row variable predicted from the column variable (R | C). */
  readonly rowGivenColumn: Measure
  /** Between the two. */
  readonly symmetric: Measure
}

/**
 * Goodman and Kruskal's λ: by how much knowing one variable lowers the share of wrong guesses of the other.
 *
 * λ(C | R) = (Σᵢ maxⱼ nᵢⱼ − maxⱼ n₊ⱼ) / (n − maxⱼ n₊ⱼ). It is 0 whenever the same column leads in every row, also where the
 * variables are far from independent.
 *
 * @remarks
 * R: `DescTools::Lambda(x, direction = 'column')`. SciPy has none. SPSS and SAS give the same two errors. Where columns tie for the lead, the standard error takes the first, and in
 * a row the overall leader if it is among them (SAS's rule).
 *
 * @param table - R × C counts, R ≥ 2, C ≥ 2; empty rows and columns make no difference
 * @param options - confidence level
 * @throws A {@link StatsError} with code `too-small` for a single row or column, or as {@link margins} does
 *
 * @see L. A. Goodman and W. H. Kruskal, *Measures of association for cross classifications*, JASA 49, 1954, and III, JASA 58, 1963
 *
 * @example
 * ```ts @import.meta.vitest
 * const lambda = goodmanKruskalLambda([[40, 55], [22, 74]])
 *
 * expect(lambda.columnGivenRow.estimate).toBe(0)
 * expect(lambda.rowGivenColumn.estimate).toBeCloseTo(0.18947368421052632, 15)
 * expect(lambda.symmetric.estimate).toBeCloseTo(0.11464968152866242, 15)
 * ```
 */
export function goodmanKruskalLambda(table: TableInput, options: AssociationOptions = {}): DirectedAssociation<NominalMeasure> {
  const { confidenceLevel = 0.95 } = options
  criticalValue(confidenceLevel)
  const { rows, columns, total } = margins(table)
  requireTwoVariables('lambda', rows.length, columns.length)
  const counts = countsOf(table)
  const column = leaders(counts, columns)
  const row = leaders(transposed(counts), rows)
  const leadsColumn = (i: number, j: number): number => (column.within[i] === j ? 1 : 0) - (column.overall === j ? 1 : 0)
  const leadsRow = (i: number, j: number): number => (row.within[j] === i ? 1 : 0) - (row.overall === i ? 1 : 0)
  const notColumn = (_: number, j: number): number => (column.overall === j ? 0 : 1)
  const notRow = (i: number): number => (row.overall === i ? 0 : 1)
  const quotient = (
    gain: number,
    errors: number,
    gainOf: (i: number, j: number) => number,
    errorsOf: (i: number, j: number) => number,
  ): NominalMeasure => {
    const estimate = gain / errors
    const gradient = (i: number, j: number): number => (gainOf(i, j) - estimate * errorsOf(i, j)) / errors
    return nominalMeasure(estimate, deltaError(counts, gradient), counts, gainOf, gain / total, errors, confidenceLevel)
  }
  const columnErrors = total - column.lead
  const rowErrors = total - row.lead
  return {
    columnGivenRow: quotient(column.gain, columnErrors, leadsColumn, notColumn),
    rowGivenColumn: quotient(row.gain, rowErrors, leadsRow, notRow),
    symmetric: quotient(
      column.gain + row.gain,
      columnErrors + rowErrors,
      (i, j) => leadsColumn(i, j) + leadsRow(i, j),
      (i, j) => notColumn(i, j) + notRow(i),
    ),
  }
}

interface Leaders {
  /** The column with the largest total. */
  readonly overall: number
  /** Its total. */
  readonly lead: number
  /** The largest column of each row. */
  readonly within: readonly number[]
  /** Right guesses with the row known, less right guesses without. */
  readonly gain: number
}

function leaders(counts: Counts, columns: readonly number[]): Leaders {
  const overall = columns.indexOf(Math.max(...columns))
  let gain = 0
  const within = counts.map((row) => {
    const most = Math.max(...row)
    // Row by row the difference is small, so that sums of large counts do not cancel.
    gain += most - (row[overall] as number)
    return row[overall] === most ? overall : row.indexOf(most)
  })
  return { overall, lead: columns[overall] as number, within, gain }
}

/** Counts with rows and columns exchanged. */
export const transposed = (counts: Counts): number[][] =>
  (counts[0] as readonly number[]).map((_, j) => counts.map((row) => row[j] as number))
