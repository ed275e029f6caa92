import { type Alternative, requireAlternative } from '../confidence-interval.ts'
import { type NotTestable } from '../not-testable.ts'
import { logFactorial } from '../numerics/index.ts'
import { type CategoryScores } from '../stratified/scores.ts'
import { countsOf, type TableInput } from '../tables/contingency-table.ts'
import { scoredTable } from '../trend/scored-table.ts'
import { type BilinearListener, bilinearTail, type BilinearStatistic } from './bilinear-tail.ts'
import {
  attendant,
  type Bracket,
  exactResult,
  type ExactTableTest,
  type ExactTableTestOptions,
  meterOf,
  relativeWidthOf,
  verdict,
} from './exact-table-test.ts'
import { type AdditiveStatistic } from './network/additive-statistic.ts'
import { roundingOnly } from './network/certified-bracket.ts'
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
 * Small tables are gone through one by one, in effect; of larger ones the tail comes from the characteristic function, which takes no
 * more work for larger counts. Where the scores of each variable are multiples of a unit (as integers, midranks and ridits are) T has
 * steps, and P is exact as far as the work allows; otherwise it is bracketed, no more narrowly than P(T = t) / P lets it be.
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
  requireAlternative(alternative)
  const relativeWidth = relativeWidthOf(options)
  const method = 'exact-linear-by-linear'
  const scored = scoredTable(method, table, options.rowScores, options.columnScores)
  if ('method' in scored) return scored
  const { rows, columns, total, rowScores, columnScores, down, across } = scored
  const counts = countsOf(table)
  let statistic = 0
  let observed = 0
  // In units of the standard deviation.
  const unit = Math.sqrt((total - 1) / (down.squares * across.squares))
  counts.forEach((row, i) =>
    row.forEach((count, j) => {
      statistic += (rowScores[i] as number) * (columnScores[j] as number) * count
      observed += (down.deviations[i] as number) * (across.deviations[j] as number) * unit * count
    }),
  )
  const rowSide = levelsOf(rows, down.deviations)
  const columnSide = levelsOf(columns, across.deviations)
  const [short, long] = rowSide.length <= columnSide.length ? [rowSide, columnSide] : [columnSide, rowSide]
  const step = unit * stepOf(short) * stepOf(long)
  const tolerance = tieTolerance * Math.abs(observed) + 1e-9
  const sides = { short, long, total, unit, observed, tolerance, step: step > 1e-6 ? step : null }
  const bracket: Bracket = { lower: Math.exp(logTableProbability(counts, rows, columns, total)) * (1 - 1e-9), upper: 1 }
  const tails: Tail[] = []
  if (alternative === 'greater') tails.push({ sign: 1, from: observed })
  else if (alternative === 'less') tails.push({ sign: -1, from: -observed })
  else if (Math.abs(observed) <= tolerance) bracket.lower = 1
  else for (const sign of [1, -1]) tails.push({ sign, from: Math.abs(observed) })
  yield* addTails(sides, tails, relativeWidth, account, bracket)
  const { lower, upper } = bracket
  const [status, pValue] = verdict(bracket, relativeWidth)
  return { ...exactResult(method, statistic, account, status, pValue, lower, upper), alternative }
}

/** Categories of one score. */
interface Level {
  readonly sum: number
  readonly deviation: number
}

/** Categories with the same score are one, and those without observations none; the largest comes last. */
function levelsOf(totals: readonly number[], deviations: readonly number[]): readonly Level[] {
  const sums = new Map<number, number>()
  totals.forEach((sum, i) => {
    if (sum > 0) sums.set(deviations[i] as number, (sums.get(deviations[i] as number) ?? 0) + sum)
  })
  return Array.from(sums, ([deviation, sum]) => ({ deviation, sum })).sort((a, b) => a.sum - b.sum)
}

/** What all differences of the levels' scores are multiples of; 0 if that is a small part of them or nothing. */
function stepOf(levels: readonly Level[]): number {
  const [first] = levels as readonly [Level, ...Level[]]
  const differences = levels.map(({ deviation }) => Math.abs(deviation - first.deviation))
  const most = Math.max(...differences)
  let step = 0
  for (const difference of differences) {
    let [a, b] = [step, difference]
    while (b > 1e-9 * most) [a, b] = [b, a - b * Math.floor(a / b + 1e-7)]
    step = a
  }
  return step > 1e-5 * most ? most / Math.round(most / step) : 0
}

/** sign · T from a value on. */
interface Tail {
  readonly sign: number
  readonly from: number
}

/** Both sides of the table, the one with fewer levels first, and T in units of its standard deviation. */
interface Sides {
  readonly short: readonly Level[]
  readonly long: readonly Level[]
  readonly total: number
  readonly unit: number
  readonly observed: number
  readonly tolerance: number
  readonly step: number | null
}

/** Share of the budget for going through tables where T has no steps, and for doing so where P is known as nearly as was asked. */
const listingShare = 0.3
const furtherShare = 0.015
/** Share of the budget for the characteristic function where T has steps. */
const frequencyShare = 0.7

function* addTails(sides: Sides, tails: readonly Tail[], relativeWidth: number, account: Meter, bracket: Bracket): Sliced<void> {
  const { workLimit } = account
  const width = () => (bracket.upper - bracket.lower) / bracket.lower
  const within = function* (limit: number, steps: Sliced<void>): Sliced<void> {
    const { memory } = account
    account.workLimit = Math.min(workLimit, limit)
    try {
      yield* steps
    } catch (error) {
      if (!(error instanceof MeterExhausted)) throw error
      account.memory = memory
    } finally {
      account.workLimit = workLimit
    }
  }
  if (sides.step === null) yield* within(workLimit * listingShare, goThrough(sides, tails, account, bracket))
  if (width() <= roundingOnly) return
  const known = tails.map(() => ({ lower: 0, upper: 1 }))
  const until = sides.step === null ? workLimit : workLimit * frequencyShare
  for (const [index, tail] of tails.entries()) {
    const listen: BilinearListener = (lower, upper) => {
      const own = known[index] as { lower: number; upper: number }
      own.lower = Math.max(own.lower, lower)
      own.upper = Math.min(own.upper, upper)
      const sum = { lower: 0, upper: 0 }
      for (const each of known) {
        sum.lower += each.lower
        sum.upper += each.upper
      }
      bracket.lower = Math.max(bracket.lower, Math.min(1, sum.lower))
      bracket.upper = Math.min(bracket.upper, sum.upper)
    }
    // Each tail has its part of the budget.
    const limit = account.work + (until - account.work) / (tails.length - index)
    yield* within(limit, bracketTail(sides, tail, relativeWidth, account, listen))
  }
  if (sides.step === null || width() <= roundingOnly) return
  const limit = width() <= relativeWidth ? account.work + workLimit * furtherShare : workLimit
  yield* within(limit, goThrough(sides, tails, account, bracket))
}

/** Of more observations tables are too many. */
const mostGoneThrough = 1000

/** P from all tables, in effect. */
function* goThrough(sides: Sides, tails: readonly Tail[], account: Meter, bracket: Bracket): Sliced<void> {
  const { long, short, tolerance, total, unit } = sides
  if (total > mostGoneThrough) return
  const cell = Float64Array.from({ length: (long.at(-1) as Level).sum + 2 }, (_, x) => x)
  reserve(account, 8 * cell.length)
  let pValue = 0
  for (const { from, sign } of tails) {
    const statistic: AdditiveStatistic = {
      shape: 'linear',
      cell,
      rowFactors: Float64Array.from(short, ({ deviation }) => sign * unit * deviation),
      columnFactors: Float64Array.from(long, ({ deviation }) => deviation),
      shift: 0.5,
    }
    const margins = { rows: Int32Array.from(short, ({ sum }) => sum), columns: long.map(({ sum }) => sum), total }
    pValue += yield* massAbove([[margins, statistic]], from - tolerance, account)
  }
  const rounding = 1e-12 + 4e-16 * logFactorial(total)
  bracket.best = Math.min(1, pValue)
  bracket.lower = Math.max(bracket.lower, pValue * (1 - rounding))
  bracket.upper = Math.min(bracket.upper, pValue * (1 + rounding))
}

/** A tail that holds more than about half of all tables is 1 less the other. */
function* bracketTail(sides: Sides, { from, sign }: Tail, relativeWidth: number, account: Meter, listen: BilinearListener): Sliced<void> {
  const { long, observed, short, step, tolerance, unit } = sides
  // Steps lie where the observed table does; others stop short of what is tied.
  const steps = step === null ? 0 : Math.ceil((from - tolerance - sign * observed) / step)
  const start = step === null ? from - tolerance : sign * observed + steps * step
  const isLarge = start < 0
  const turned = isLarge ? -sign : sign
  const statistic: BilinearStatistic = {
    rows: short.map(({ sum }) => sum).reverse(),
    rowFactors: short.map(({ deviation }) => turned * unit * deviation).reverse(),
    columns: long.map(({ sum }) => sum),
    columnFactors: long.map(({ deviation }) => deviation),
    step,
  }
  const threshold = isLarge ? -start + (step ?? 0) : start
  yield* bilinearTail(statistic, threshold, relativeWidth, account, (lower, upper) => {
    if (isLarge) listen(1 - upper, 1 - lower)
    else listen(lower, upper)
  })
}
