import { chiSquaredUpperTail } from '../distributions/chi-squared.ts'
import { adjustPValues, type PValueAdjustment } from '../multiplicity/adjust-p-values.ts'
import type { TableInput } from '../tables/contingency-table.ts'
import { type CellValues, residuals } from './residuals.ts'

/** Options of {@link cellwiseTests}. */
export interface CellwiseTestsOptions {
  /**
   * How P values are adjusted for the number of cells. Residuals of one table depend on each other, so `holm` and `BY` are
   * safe, `hochberg` and `hommel` are not.
   *
   * @defaultValue 'holm'
   */
  readonly adjustment?: PValueAdjustment
}

/** Result of {@link cellwiseTests}; every field has the shape of the counts, with `null` where a cell cannot be tested. */
export interface CellwiseTests {
  /** Names the procedure. */
  readonly method: 'cellwise'
  /** The adjustment that was applied. */
  readonly adjustment: PValueAdjustment
  /** Adjusted standardized residuals, standard normal under independence. */
  readonly residuals: CellValues
  /** Two-sided P value of each residual. */
  readonly pValues: CellValues
  /** The same, adjusted for the number of cells that can be tested. */
  readonly adjustedPValues: CellValues
}

/**
 * Tests of single cells after a test of independence: which ones hold more or fewer observations than expected.
 *
 * Each test is that of the 2 × 2 table "this cell's row against the rest, its column against the rest" (Pearson, uncorrected). In a
 * 2 × 2 table all four cells are one test, and adjusting for four overdoes it.
 *
 * @remarks
 * R: `2 * pnorm(-abs(chisq.test(x)$stdres))` with `p.adjust`. statsmodels: `Table(x).standardized_resids`.
 *
 * @param table - R × C counts
 * @param options - adjustment
 * @throws A {@link StatsError} as {@link margins} does
 *
 * @see T. M. Beasley and R. E. Schumacker, *Multiple regression approach to analyzing contingency tables*, Journal of Experimental
 * Education 64, 1995, p. 79
 *
 * @example
 * ```ts @import.meta.vitest
 * const { adjustedPValues } = cellwiseTests([[762, 327, 468], [484, 239, 477]])
 *
 * expect(adjustedPValues[0]?.[0]).toBeCloseTo(2.69200111e-5, 13)
 * expect(adjustedPValues[0]?.[1]).toBeCloseTo(0.9685395344, 9)
 * ```
 */
export function cellwiseTests(table: TableInput, options: CellwiseTestsOptions = {}): CellwiseTests {
  const { adjustment = 'holm' } = options
  const { standardized } = residuals(table)
  const pValues = standardized.map((row) => row.map((z) => (z === null ? null : chiSquaredUpperTail(z * z, 1))))
  const width = pValues[0]?.length ?? 0
  const adjusted = adjustPValues(pValues.flat(), adjustment)
  return {
    method: 'cellwise',
    adjustment,
    residuals: standardized,
    pValues,
    adjustedPValues: pValues.map((_, i) => adjusted.slice(i * width, (i + 1) * width)),
  }
}
