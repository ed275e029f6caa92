import { chiSquaredUpperTail } from '../distributions/chi-squared.ts'
import { criticalValue } from '../confidence-interval.ts'
import { determinant } from '../numerics/exact-arithmetic.ts'
import { type Counts, countsOf, margins, type TableInput } from '../tables/contingency-table.ts'
import { requireTwoVariables } from '../tables/expected-counts.ts'
import { transposed } from './goodman-kruskal-lambda.ts'
import { type AssociationMeasure, type AssociationOptions, deltaError, measure } from './measure.ts'

/** τ in one direction, with the test that it is 0. */
export interface GoodmanKruskalTauMeasure extends AssociationMeasure {
  /**
   * Standard error under independence, √(2 (R − 1) / (C − 1)) / (n − 1): that of the chi-squared distribution of the statistic, for the
   * delta method gives 0 there. τ over it is not normal, nor is its mean 0, but (R − 1) / (n − 1); the P value is that of the statistic.
   * `null` where the statistic is.
   */
  readonly nullStandardError: number | null
  /** (n − 1)(C − 1) τ(C | R), or with R for C: chi-squared under independence; `null` where a variable does not vary. */
  readonly statistic: number | null
  /** (R − 1)(C − 1), rows and columns without observations not counted. */
  readonly degreesOfFreedom: number
  /** Upper-tail probability of the statistic. */
  readonly pValue: number | null
}

/** Result of {@link goodmanKruskalTau}. */
export interface GoodmanKruskalTau {
  /** The column variable predicted from the row variable (C | R). */
  readonly columnGivenRow: GoodmanKruskalTauMeasure
  /** The row variable predicted from the column variable (R | C). */
  readonly rowGivenColumn: GoodmanKruskalTauMeasure
}

/**
 * Goodman and Kruskal's τ: by how much knowing one variable lowers the share of wrong guesses of the other, when guesses
 * are drawn in proportion to the counts.
 *
 * τ(C | R) = (n Σᵢⱼ nᵢⱼ² / nᵢ₊ − Σⱼ n₊ⱼ²) / (n² − Σⱼ n₊ⱼ²); the numerator is summed as n Σᵢⱼ (nᵢⱼ − Eᵢⱼ)² / nᵢ₊. Unlike λ it is
 * 0 only under independence of the counts. In a 2 × 2 table both directions are φ².
 *
 * @remarks
 * R: `DescTools::GoodmanKruskalTau(x, direction = 'column')`. The test is that of Light and Margolin. No SciPy counterpart.
 *
 * @param table - R × C counts, R ≥ 2, C ≥ 2; empty rows and columns make no difference
 * @param options - confidence level
 * @throws A {@link StatsError} with code `too-small` for a single row or column, or as {@link margins} does
 *
 * @see R. J. Light and B. H. Margolin, *An analysis of variance for categorical data*, JASA 66, 1971, p. 534
 *
 * @example
 * ```ts @import.meta.vitest
 * const { columnGivenRow, rowGivenColumn } = goodmanKruskalTau([[762, 327, 468], [484, 239, 477]])
 *
 * expect(columnGivenRow.estimate).toBeCloseTo(0.006538066757920669, 15)
 * expect(rowGivenColumn.statistic).toBeCloseTo(30.05924225894083, 11)
 * ```
 */
export function goodmanKruskalTau(table: TableInput, options: AssociationOptions = {}): GoodmanKruskalTau {
  const { confidenceLevel = 0.95 } = options
  criticalValue(confidenceLevel)
  const { rows, columns, total } = margins(table)
  requireTwoVariables('tau', rows.length, columns.length)
  const counts = countsOf(table)
  return {
    columnGivenRow: directed(counts, rows, columns, total, confidenceLevel),
    rowGivenColumn: directed(transposed(counts), columns, rows, total, confidenceLevel),
  }
}

function directed(counts: Counts, rows: readonly number[], columns: readonly number[], n: number, level: number): GoodmanKruskalTauMeasure {
  // Wrong guesses without the row, times n.
  const errors = columns.reduce((sum, column) => sum + column * (n - column), 0)
  const squares = columns.reduce((sum, column) => sum + (column / n) ** 2, 0)
  // Share of a column in a row, less its share in all: exact, so that nothing cancels where the variables are nearly independent.
  const excess = counts.map((cells, i) => {
    const row = rows[i] as number
    return cells.map((count, j) => (row === 0 ? 0 : determinant(count, row, columns[j] as number, n) / n / row))
  })
  let saved = 0
  const change = excess.map((cells, i) => {
    let change = 0
    for (const [j, share] of cells.entries()) {
      saved += share * share * (rows[i] as number) * n
      change += share * ((2 * (columns[j] as number)) / n + share)
    }
    return change
  })
  const estimate = Math.min(1, saved / errors)
  // Of (A − B) / (n − B), with A = Σ nᵢⱼ² / nᵢ₊ and B = Σ n₊ⱼ² / n, by a count.
  const gradient = (i: number, j: number): number => {
    const ofB = (2 * (columns[j] as number)) / n - squares
    return (n * (2 * ((excess[i] as readonly number[])[j] as number) - (change[i] as number) - estimate * (1 - ofB))) / errors
  }
  const free = (totals: readonly number[]): number => Math.max(0, totals.filter((total) => total > 0).length - 1)
  const degreesOfFreedom = free(rows) * free(columns)
  const scale = (n - 1) * free(columns)
  const statistic = scale * estimate
  const result = measure(estimate, deltaError(counts, gradient), 0, level)
  // No degrees of freedom are left where a variable does not vary, and with them goes τ or the test of it.
  if (degreesOfFreedom === 0) return { ...result, nullStandardError: null, statistic: null, degreesOfFreedom, pValue: null }
  return {
    ...result,
    nullStandardError: Math.sqrt(2 * degreesOfFreedom) / scale,
    statistic,
    degreesOfFreedom,
    pValue: chiSquaredUpperTail(statistic, degreesOfFreedom),
  }
}
