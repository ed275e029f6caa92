import { deviancePart } from '../numerics/deviance-part.ts'
import { determinant } from '../numerics/exact-arithmetic.ts'
import { countsOf, margins, type TableInput } from '../tables/contingency-table.ts'

/** One number a cell, `null` where it is not defined. */
export type CellValues = readonly (readonly (number | null)[])[]

/** Result of {@link residuals}: how far each cell departs from independence, in three currencies. */
export interface Residuals {
  /** Pearson: (O − E) / √E. Their squares add up to X². `null` in an empty row or column. */
  readonly pearson: CellValues
  /**
   * Adjusted standardized: (O − E) / √(E (1 − row/n)(1 − column/n)), standard normal under independence; the square is X²
   * of the 2 × 2 table "this cell against the rest". `null` where a row or column holds no observations, or all of them.
   */
  readonly standardized: CellValues
  /** Deviance: sign(O − E) √(2 [O ln(O / E) − (O − E)]). Their squares add up to G. `null` in an empty row or column. */
  readonly deviance: CellValues
}

/**
 * Residuals of independence: which cells make a test of independence reject.
 *
 * @remarks
 * R: `chisq.test(x)$residuals` (Pearson), `chisq.test(x)$stdres` (standardized), `residuals(glm(…, poisson), 'deviance')`.
 * Where R gives `NaN`, this gives `null`. statsmodels: `Table(x).resid_pearson`, `.standardized_resids`.
 *
 * @param table - R × C counts
 * @throws A {@link StatsError} as {@link margins} does
 *
 * @see A. Agresti, *Categorical Data Analysis*, 3rd ed., §3.3.1; S. J. Haberman, Biometrics 29, 1973, p. 205
 *
 * @example
 * ```ts @import.meta.vitest
 * expect(residuals([[40, 55], [22, 74]]).standardized[0]?.[0]).toBeCloseTo(2.831826315571211, 13)
 * ```
 */
export function residuals(table: TableInput): Residuals {
  const { rows, columns, total } = margins(table)
  const eachCell = (value: (observed: number, row: number, column: number, difference: number) => number | null): CellValues =>
    countsOf(table).map((cells, i) =>
      cells.map((observed, j) => {
        const row = rows[i] as number
        const column = columns[j] as number
        return row === 0 || column === 0 ? null : value(observed, row, column, determinant(observed, row, column, total) / total)
      }),
    )
  return {
    pearson: eachCell((_, row, column, difference) => difference / Math.sqrt((row * column) / total)),
    standardized: eachCell((_, row, column, difference) => standardized(difference, row, column, total)),
    deviance: eachCell((observed, row, column, difference) => {
      const size = Math.sqrt(2 * deviancePart(observed, (row * column) / total, difference))
      return difference < 0 ? -size : size
    }),
  }
}

/** (O − E) / √(E (1 − row/n)(1 − column/n)). */
function standardized(difference: number, row: number, column: number, total: number): number | null {
  if (row === total || column === total) return null
  return difference / Math.sqrt(((row * column) / total) * ((total - row) / total) * ((total - column) / total))
}
