import { requireOneOf } from '../argument-checks.ts'
import { chiSquaredUpperTail } from '../distributions/chi-squared.ts'
import { StatsError } from '../errors.ts'
import { type NotTestable, notTestable } from '../not-testable.ts'
import { determinant } from '../numerics/exact-arithmetic.ts'
import { laplacianForm } from '../numerics/laplacian-form.ts'
import { semidefiniteForm } from '../numerics/semidefinite-form.ts'
import { type Counts, type Margins, margins } from '../tables/contingency-table.ts'
import { strataOf, type StratifiedInput } from '../tables/stratified-table.ts'
import { type CategoryScores, centred, checkScores, scoresOf } from './scores.ts'

/** What kind of association a generalised Cochran-Mantel-Haenszel test looks for. */
export type AssociationAlternative =
  /** Any: rows and columns nominal. */
  | 'general'
  /** The rows' mean column scores differ: rows nominal, columns ordered. */
  | 'row-means'
  /** Row and column scores are correlated: both ordered. */
  | 'correlation'

/** Options of {@link generalizedCochranMantelHaenszelTest}. */
export interface GeneralizedCochranMantelHaenszelTestOptions {
  /**
   * What kind of association is looked for.
   * @defaultValue `'general'`
   */
  readonly association?: AssociationAlternative
  /**
   * Scores of the rows, for `'correlation'`.
   * @defaultValue `'integer'`
   */
  readonly rowScores?: CategoryScores
  /**
   * Scores of the columns, for `'correlation'` and `'row-means'`.
   * @defaultValue `'integer'`
   */
  readonly columnScores?: CategoryScores
}

/** Result of {@link generalizedCochranMantelHaenszelTest}. */
export interface GeneralizedCochranMantelHaenszelTest {
  /** Which test. */
  readonly method: 'generalized-cochran-mantel-haenszel'
  /** What kind of association was looked for. */
  readonly association: AssociationAlternative
  /** Q, ≥ 0. */
  readonly statistic: number
  /** Rank of the covariance matrix: (I − 1)(J − 1), I − 1 or 1 unless a category is never used or never compared with the others. */
  readonly degreesOfFreedom: number
  /** Upper-tail probability. */
  readonly pValue: number
}

/**
 * Cochran, Mantel and Haenszel's test for I × J tables in K strata.
 *
 * Q = dᵀ V⁻ d, with d the sum over strata of observed less expected counts (or of their scores) and V the sum of their
 * covariances given both margins of each stratum. With one stratum the general statistic is (n − 1)/n times Pearson's X².
 *
 * @remarks
 * R: `mantelhaen.test(x)` (general association), `vcdExtra::CMHtest(x)` (`cmeans`, `cor`), `coin::cmh_test`, `coin::lbl_test`. SAS: `PROC FREQ / CMH` with
 * `SCORES=TABLE`, `RANK`, `RIDIT`, `MODRIDIT`. R fails where V is singular; here the degrees of freedom are its rank. No SciPy counterpart.
 *
 * @param strata - K tables, I × J, I ≥ 2, J ≥ 2
 * @param options - association and scores
 * @throws A {@link StatsError} with code `too-small` below 2 × 2, `mismatch` or `out-of-range` for scores that do not fit, or as {@link strataOf} does
 *
 * @see Landis JR, Heyman ER, Koch GG, "Average partial association in three-way contingency tables", International Statistical Review 46 (1978) 237-254
 *
 * @example
 * ```ts @import.meta.vitest
 * const strata = [[[2, 9, 8, 8], [3, 18, 15, 7]], [[3, 2, 6, 0], [33, 9, 16, 3]]]
 *
 * expect(generalizedCochranMantelHaenszelTest(strata)).toMatchObject({ degreesOfFreedom: 3 })
 * expect(generalizedCochranMantelHaenszelTest(strata).statistic).toBeCloseTo(2.70705, 5)
 * expect(generalizedCochranMantelHaenszelTest(strata, { association: 'correlation' })).toMatchObject({ degreesOfFreedom: 1 })
 * ```
 */
export function generalizedCochranMantelHaenszelTest(
  strata: StratifiedInput,
  options: GeneralizedCochranMantelHaenszelTestOptions = {},
): GeneralizedCochranMantelHaenszelTest | NotTestable {
  const { association = 'general', rowScores = 'integer', columnScores = 'integer' } = options
  requireOneOf('association', association, 'general', 'row-means', 'correlation')
  const tables = strataOf(strata)
  const [height, width] = [tables[0]?.length as number, tables[0]?.[0]?.length as number]
  if (height < 2 || width < 2) throw new StatsError('too-small', `strata are ${height} × ${width}, expected at least 2 × 2`)
  checkScores('rowScores', rowScores, height)
  checkScores('columnScores', columnScores, width)
  // A stratum of one observation has no variance.
  const usable = tables.map((counts) => ({ counts, ...margins(counts) })).filter(({ total }) => total > 1)
  const { form, rank } =
    association === 'general'
      ? generalForm(usable, height, width)
      : association === 'row-means'
        ? rowMeanForm(usable, height, columnScores)
        : correlationForm(usable, rowScores, columnScores)
  const method = 'generalized-cochran-mantel-haenszel'
  if (rank === 0) return notTestable(method, 'no-informative-strata', 'no stratum has observations that differ in both rows and columns')
  return { method, association, statistic: form, degreesOfFreedom: rank, pValue: chiSquaredUpperTail(form, rank) }
}

interface Stratum extends Margins {
  readonly counts: Counts
}

interface Form {
  readonly form: number
  readonly rank: number
}

const excess = ({ counts, rows, columns, total }: Stratum, i: number, j: number): number =>
  determinant(counts[i]?.[j] as number, rows[i] as number, columns[j] as number, total) / total

/** n times the covariance of the indicators of categories i and j. */
function spread(totals: readonly number[], n: number, i: number, j: number): number {
  const share = (totals[i] as number) / n
  return i === j ? share * (n - (totals[i] as number)) : -share * (totals[j] as number)
}

function generalForm(strata: readonly Stratum[], height: number, width: number): Form {
  const rows = withoutLargest(
    strata.map((stratum) => stratum.rows),
    height,
  )
  const columns = withoutLargest(
    strata.map((stratum) => stratum.columns),
    width,
  )
  const cells = rows.flatMap((i) => columns.map((j) => [i, j] as const))
  const differences = new Float64Array(cells.length)
  const covariance = cells.map(() => new Float64Array(cells.length))
  for (const stratum of strata) {
    for (const [x, [i, j]] of cells.entries()) {
      differences[x] = (differences[x] as number) + excess(stratum, i, j)
      const line = covariance[x] as Float64Array
      for (let y = 0; y <= x; y++) {
        const [otherRow, otherColumn] = cells[y] as readonly [number, number]
        const { rows, columns, total } = stratum
        line[y] = (line[y] as number) + (spread(rows, total, i, otherRow) * spread(columns, total, j, otherColumn)) / (total - 1)
      }
    }
  }
  return semidefiniteForm(covariance, differences)
}

/** All categories in use but the most frequent one, whose counts follow from the others. */
function withoutLargest(totals: readonly (readonly number[])[], size: number): number[] {
  const sums = Array.from({ length: size }, (_, i) => totals.reduce((sum, margin) => sum + (margin[i] as number), 0))
  const largest = sums.indexOf(Math.max(...sums))
  return sums.flatMap((sum, i) => (sum > 0 && i !== largest ? [i] : []))
}

function rowMeanForm(strata: readonly Stratum[], height: number, columnScores: CategoryScores): Form {
  const differences = new Float64Array(height)
  const weights = Array.from({ length: height }, () => new Float64Array(height))
  for (const stratum of strata) {
    const { rows, columns, total } = stratum
    const { deviations, squares } = centred(scoresOf(columnScores, columns, total), columns, total)
    for (let i = 0; i < height; i++) {
      const line = weights[i] as Float64Array
      for (const [j, deviation] of deviations.entries()) differences[i] = (differences[i] as number) + deviation * excess(stratum, i, j)
      for (let j = 0; j < height; j++) {
        line[j] = (line[j] as number) + ((squares / (total - 1)) * (rows[i] as number) * (rows[j] as number)) / total
      }
    }
  }
  return laplacianForm(weights, differences)
}

function correlationForm(strata: readonly Stratum[], rowScores: CategoryScores, columnScores: CategoryScores): Form {
  let difference = 0
  let variance = 0
  for (const stratum of strata) {
    const { rows, columns, total } = stratum
    const across = centred(scoresOf(rowScores, rows, total), rows, total)
    const down = centred(scoresOf(columnScores, columns, total), columns, total)
    for (const [i, u] of across.deviations.entries()) {
      for (const [j, v] of down.deviations.entries()) difference += u * v * excess(stratum, i, j)
    }
    variance += across.squares * (down.squares / (total - 1))
  }
  return variance > 0 ? { form: (difference / variance) * difference, rank: 1 } : { form: 0, rank: 0 }
}
