import { requireOneOf } from '../argument-checks.ts'
import { chiSquaredUpperTail, logChiSquaredUpperTail } from '../distributions/chi-squared.ts'
import type { NotTestable } from '../not-testable.ts'
import { determinant } from '../numerics/exact-arithmetic.ts'
import { countsOf, type TableInput } from '../tables/contingency-table.ts'
import { type Adequacy, adequacy, testableMargins } from './adequacy.ts'

/** What every test that rests on the chi-squared distribution reports. */
export interface AsymptoticTest extends Adequacy {
  /** The statistic, at least 0; large where the counts depart from what is expected. */
  readonly statistic: number
  /** Degrees of freedom. */
  readonly degreesOfFreedom: number
  /** Upper-tail probability of the statistic, unrounded. */
  readonly pValue: number
  /** Natural logarithm of the P value, exact where the P value itself underflows. */
  readonly logPValue: number
}

/** Options of {@link chiSquaredTest}. */
export interface ChiSquaredTestOptions {
  /**
   * `yates` subtracts min(½, |O − E|) from each departure. As in R it acts on 2 × 2 tables only; the result says what was done.
   *
   * @defaultValue 'none'
   */
  readonly continuityCorrection?: 'none' | 'yates'
  /**
   * Variance of a count under independence. `n` is Pearson's; `n-1` multiplies X² by (n − 1) / n, the variance for fixed
   * margins, which keeps its level better in small 2 × 2 tables (Campbell 2007).
   *
   * @defaultValue 'n'
   */
  readonly variance?: 'n' | 'n-1'
}

/** Result of {@link chiSquaredTest}. */
export interface ChiSquaredTest extends AsymptoticTest {
  /** Names the test. */
  readonly method: 'pearson-chi-squared'
  /** The correction that was applied. */
  readonly continuityCorrection: 'none' | 'yates'
  /** The variance that was used. */
  readonly variance: 'n' | 'n-1'
  /** Expected counts under independence, same shape as the counts. */
  readonly expected: readonly (readonly number[])[]
}

/**
 * Pearson's chi-squared test of independence of rows and columns.
 *
 * X² = Σᵢⱼ (Oᵢⱼ − Eᵢⱼ)² / Eᵢⱼ with Eᵢⱼ = rowᵢ · columnⱼ / n, on (R − 1)(C − 1) degrees of freedom. The departures
 * O·n − row·column are computed exactly, so large counts lose no digits.
 *
 * A table with an empty row or column has no answer (`not-testable`, `zero-margin`): no row is dropped behind your back.
 *
 * @remarks
 * R: `chisq.test(x, correct = FALSE)`; SciPy: `chi2_contingency(x, correction=False)`. Both correct 2 × 2 tables by default;
 * this function only on request (`continuityCorrection: 'yates'` is `correct = TRUE`). R reads a single row as goodness of
 * fit; this function refuses it. For an empty row R gives `NaN`, SciPy raises.
 *
 * @param table - R × C counts, R ≥ 2, C ≥ 2
 * @param options - continuity correction, variance
 * @throws A {@link StatsError} with code `too-small` for a single row or column, or as {@link margins} does
 *
 * @see A. Agresti, *Categorical Data Analysis*, 3rd ed., §3.2; I. Campbell, Statistics in Medicine 26, 2007, p. 3661
 *
 * @example
 * ```ts @import.meta.vitest
 * const { statistic, degreesOfFreedom, pValue } = chiSquaredTest([[40, 55], [22, 74]])
 *
 * expect(statistic).toBeCloseTo(8.019240281561618, 12)
 * expect(degreesOfFreedom).toBe(1)
 * expect(pValue).toBeCloseTo(0.00462829813163675, 14)
 * ```
 */
export function chiSquaredTest(table: TableInput, options: ChiSquaredTestOptions = {}): ChiSquaredTest | NotTestable {
  const { continuityCorrection = 'none', variance = 'n' } = options
  requireOneOf('continuityCorrection', continuityCorrection, 'none', 'yates')
  requireOneOf('variance', variance, 'n', 'n-1')
  const totals = testableMargins('pearson-chi-squared', table)
  if ('method' in totals) return totals
  const { rows, columns, total } = totals
  const counts = countsOf(table)
  const expected = new Array<readonly number[]>(rows.length)
  const corrected = continuityCorrection === 'yates' && rows.length === 2 && columns.length === 2
  // Below this total no product of two counts exceeds 2⁵³, so nothing is rounded that would have to be made good.
  const small = total < 94906265
  let statistic = 0
  let smallest = Infinity
  let belowFive = 0
  // One pass for everything, because this is the loop that surveys run by the million.
  for (let i = 0; i < rows.length; i++) {
    const rowTotal = rows[i] as number
    const row = counts[i] as readonly number[]
    const cells = new Array<number>(columns.length)
    for (let j = 0; j < columns.length; j++) {
      const observed = row[j] as number
      const column = columns[j] as number
      const scaled = small ? observed * total - rowTotal * column : determinant(observed, rowTotal, column, total)
      const e = (rowTotal * column) / total
      cells[j] = e
      if (e < smallest) smallest = e
      if (e < 5) belowFive++
      let departure = Math.abs(scaled) / total
      if (corrected) departure = departure > 0.5 ? departure - 0.5 : 0
      statistic += (departure * departure) / e
    }
    expected[i] = cells
  }
  if (variance === 'n-1') statistic *= (total - 1) / total
  const degreesOfFreedom = (rows.length - 1) * (columns.length - 1)
  const pValue = chiSquaredUpperTail(statistic, degreesOfFreedom)
  const { approximation, minimumExpected, shareOfSmallExpected } = adequacy(rows.length * columns.length, smallest, belowFive)
  // Field by field: spreading objects would cost more than the test.
  return {
    method: 'pearson-chi-squared',
    continuityCorrection: corrected ? 'yates' : 'none',
    variance,
    statistic,
    degreesOfFreedom,
    pValue,
    logPValue: logOf(pValue, statistic, degreesOfFreedom),
    expected,
    approximation,
    minimumExpected,
    shareOfSmallExpected,
  }
}

/** P value of a chi-squared statistic and its logarithm. */
export function tails(statistic: number, degreesOfFreedom: number): { pValue: number; logPValue: number } {
  const pValue = chiSquaredUpperTail(statistic, degreesOfFreedom)
  return { pValue, logPValue: logOf(pValue, statistic, degreesOfFreedom) }
}

/** The logarithm of a P value, anew where P is denormal and has few digits left. */
const logOf = (pValue: number, statistic: number, degreesOfFreedom: number): number =>
  pValue > 1e-290 ? Math.log(pValue) : logChiSquaredUpperTail(statistic, degreesOfFreedom)
