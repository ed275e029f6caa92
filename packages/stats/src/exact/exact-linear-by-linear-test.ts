import type { Alternative } from '../confidence-interval.ts'
import { type NotTestable } from '../not-testable.ts'
import { logFactorial } from '../numerics/index.ts'
import { type CategoryScores } from '../stratified/scores.ts'
import { countsOf, type TableInput } from '../tables/contingency-table.ts'
import { scoredTable } from '../trend/scored-table.ts'
import { attendant, exactResult, type ExactTableTest, type ExactTableTestOptions, meterOf } from './exact-table-test.ts'
import { type AdditiveStatistic } from './network/additive-statistic.ts'
import { massAbove } from './network/mass-above.ts'
import { type Meter, MeterExhausted, reserve, runInSlices, runToEnd, type Sliced } from './network/meter.ts'
import { logTableProbability } from './network/ordered-tables.ts'

/** Options of {@link exactLinearByLinearTest}. */
export interface ExactLinearByLinearTestOptions extends ExactTableTestOptions {
  /**
   * Scores of the rows, or a rule for them.
   *
   * @defaultValue 'integer', that is 1, 2, 3 …
   */
  readonly rowScores?: CategoryScores
  /**
   * Scores of the columns, or a rule for them.
   *
   * @defaultValue 'integer'
   */
  readonly columnScores?: CategoryScores
  /**
   * `greater` looks for column scores that rise with the row scores, `less` for ones that fall.
   *
   * @defaultValue 'two-sided'
   */
  readonly alternative?: Alternative
}

/** Result of {@link exactLinearByLinearTest}; its statistic is Σ uᵢ vⱼ Oᵢⱼ. */
export interface ExactLinearByLinearTest extends ExactTableTest<'exact-linear-by-linear'> {
  /** Which trend was looked for. */
  readonly alternative: Alternative
}

/** Sums within this share of each other are equal. */
const tieTolerance = 1e-7

/**
 * Exact linear-by-linear test: the probability, given the margins, of a sum T = Σᵢⱼ uᵢ vⱼ Oᵢⱼ of scores at least as far from its
 * expectation as observed, to one side or both.
 *
 * Its state is the row totals of half of the columns with no regard to size, so it takes more work than
 * {@link fisherFreemanHaltonTest}; there is no bracket, and beyond the budget the result is `budget-exhausted`.
 *
 * @remarks
 * R: `coin::lbl_test(x, distribution = 'exact')` for two rows or columns, `distribution = 'approximate'` otherwise; StatXact.
 * No SciPy counterpart.
 *
 * @param table - R × C counts, both variables in order
 * @param options - scores, alternative, budget, abort signal, progress
 * @throws A {@link StatsError} with code `mismatch` or `out-of-range` if the scores do not fit, `too-small` for a single row
 * or column, or as {@link margins} does
 * @see A. Agresti, C. R. Mehta and N. R. Patel, JASA 85, 1990, p. 453
 *
 * @example
 * ```ts @import.meta.vitest
 * // Fisher's exact test, one-sided: 17 / 70.
 * expect(exactLinearByLinearTest([[3, 1], [1, 3]], { alternative: 'greater' }).pValue).toBeCloseTo(17 / 70, 12)
 * ```
 */
export function exactLinearByLinearTest(
  table: TableInput,
  options: ExactLinearByLinearTestOptions = {},
): ExactLinearByLinearTest | NotTestable {
  const account = meterOf(options)
  return runToEnd(linearByLinear(table, options, account), attendant(options, account))
}

/**
 * {@link exactLinearByLinearTest} in slices of some ten milliseconds, between which other tasks run.
 *
 * @remarks
 * In R and SciPy as for {@link exactLinearByLinearTest}.
 *
 * @param table - R × C counts, both variables in order
 * @param options - scores, alternative, budget, abort signal, progress
 * @throws As {@link exactLinearByLinearTest} does, by rejection
 */
export async function exactLinearByLinearTestAsync(
  table: TableInput,
  options: ExactLinearByLinearTestOptions = {},
): Promise<ExactLinearByLinearTest | NotTestable> {
  const account = meterOf(options)
  return runInSlices(linearByLinear(table, options, account), attendant(options, account))
}

function* linearByLinear(
  table: TableInput,
  options: ExactLinearByLinearTestOptions,
  account: Meter,
): Sliced<ExactLinearByLinearTest | NotTestable> {
  const { alternative = 'two-sided' } = options
  const method = 'exact-linear-by-linear'
  const scored = scoredTable(method, table, options.rowScores, options.columnScores)
  if ('method' in scored) return scored
  const { rows, columns, total, rowScores, columnScores, down, across } = scored
  const counts = countsOf(table)
  let statistic = 0
  let observed = 0
  // Deviations in units of their standard deviation keep the sum near the scale that values are told apart on.
  const unit = total / Math.sqrt(down.squares * across.squares)
  counts.forEach((row, i) =>
    row.forEach((count, j) => {
      statistic += (rowScores[i] as number) * (columnScores[j] as number) * count
      observed += (down.deviations[i] as number) * (across.deviations[j] as number) * unit * count
    }),
  )
  const finish = (status: ExactTableTest['status'], pValue: number, lower: number, upper: number): ExactLinearByLinearTest => ({
    ...exactResult(method, statistic, account, status, pValue, lower, upper),
    alternative,
  })
  const side = (totals: readonly number[], deviations: readonly number[]) =>
    totals
      .map((sum, index) => ({ sum, deviation: deviations[index] as number }))
      .filter(({ sum }) => sum > 0)
      .sort((a, b) => a.sum - b.sum)
  const rowSide = side(rows, down.deviations)
  const columnSide = side(columns, across.deviations)
  const view = (short: typeof rowSide, long: typeof rowSide, sign: number, cell: Float64Array) => {
    const statistic: AdditiveStatistic = {
      shape: 'linear',
      cell,
      rowFactors: Float64Array.from(short, ({ deviation }) => sign * unit * deviation),
      columnFactors: Float64Array.from(long, ({ deviation }) => deviation),
      shift: 0.5,
    }
    return [{ rows: Int32Array.from(short, ({ sum }) => sum), columns: long.map(({ sum }) => sum), total }, statistic] as const
  }
  try {
    reserve(account, 32 * total)
    const cell = Float64Array.from({ length: total + 1 }, (_, x) => x)
    const short = rowSide.length <= columnSide.length ? rowSide : columnSide
    const long = rowSide.length <= columnSide.length ? columnSide : rowSide
    const tolerance = tieTolerance * Math.abs(observed) + 1e-9
    const tail = (sign: number, from: number) => massAbove([view(short, long, sign, cell)], from - tolerance, account)
    let pValue = 0
    if (alternative === 'greater') pValue = yield* tail(1, observed)
    else if (alternative === 'less') pValue = yield* tail(-1, -observed)
    else if (Math.abs(observed) <= tolerance) pValue = 1
    else pValue = (yield* tail(1, Math.abs(observed))) + (yield* tail(-1, Math.abs(observed)))
    const rounding = 1e-12 + 4e-16 * logFactorial(total)
    const clamped = Math.min(1, pValue)
    return finish('exact', clamped, clamped * (1 - rounding), Math.min(1, clamped * (1 + rounding)))
  } catch (error) {
    if (!(error instanceof MeterExhausted)) throw error
    const lower = Math.exp(logTableProbability(counts, rows, columns, total)) * (1 - 1e-9)
    return finish('budget-exhausted', Math.sqrt(lower), lower, 1)
  }
}
