import { StatsError } from '../errors.ts'
import { type NotTestable, notTestable } from '../not-testable.ts'
import { countsOf, margins, type TableInput } from '../tables/contingency-table.ts'
import { fisherPValue } from '../conditional/fisher-p-value.ts'
import { certifiedBracket, roundingOnly } from './network/certified-bracket.ts'
import { hasFewTables, massAtMost } from './network/enumerate-tables.ts'
import { massAbove } from './network/mass-above.ts'
import { charge, type Meter, meter, MeterExhausted, type Sliced } from './network/meter.ts'
import { tailOfStatistic } from './network/tail-of-statistic.ts'
import { logTableProbability, orderedTables, type OrderedTables, type TableOrdering } from './network/ordered-tables.ts'

/** How far a computation has come. */
export interface ExactProgress {
  /** Elementary steps done. */
  readonly work: number
  /** Elementary steps allowed. */
  readonly workLimit: number
  /** Bytes in use. */
  readonly memoryBytes: number
}

/** What a computation may use; never time, so that the same table gives the same result everywhere. */
export interface ExactBudget {
  /**
   * Elementary steps, of some ten nanoseconds each.
   *
   * @defaultValue 3e9, about half a minute
   */
  readonly work?: number
  /**
   * Bytes of tables and lists held at a time.
   *
   * @defaultValue 2 ** 30
   */
  readonly memoryBytes?: number
}

/** The part of an `AbortSignal` that is looked at. */
export interface AbortFlag {
  /** Whether to stop. */
  readonly aborted: boolean
  /** What is thrown then. */
  readonly reason?: unknown
}

/** Options of the exact tests of r × c tables. */
export interface ExactTableTestOptions {
  /**
   * Where the exact P value is out of reach, its bracket is narrowed until (upper − lower) / lower is at most this.
   *
   * @defaultValue 1e-3
   */
  readonly relativeWidth?: number
  /** What the computation may use. */
  readonly budget?: ExactBudget
  /** An `AbortSignal`, looked at between slices of work of some ten milliseconds. */
  readonly signal?: AbortFlag
  /** Called between slices of work. */
  readonly onProgress?: (progress: ExactProgress) => void
}

/** Result of an exact test of an r × c table. */
export interface ExactTableTest<Method extends string = string> {
  /** Names the test. */
  readonly method: Method
  /**
   * `exact`: all tables were accounted for, so P is known but for rounding (lower and upper differ by less than a relative 1e-9);
   * `bracketed`: P lies between `lower` and `upper`, as near to each other as was asked;
   * `budget-exhausted`: P lies between `lower` and `upper`, which is all that the budget allowed.
   */
  readonly status: 'exact' | 'bracketed' | 'budget-exhausted'
  /** Natural logarithm of the probability of the observed table, X² or G, depending on the test. */
  readonly statistic: number
  /** None: the distribution is exact. */
  readonly degreesOfFreedom: null
  /** P value; unless `status` is `exact` the upper end of the bracket, so that a test at any level keeps its level. */
  readonly pValue: number
  /** The P value is not below this. */
  readonly lower: number
  /** The P value is not above this. */
  readonly upper: number
  /** Elementary steps that were done. */
  readonly work: number
  /** Most bytes that were held at a time. */
  readonly memoryBytes: number
}

const defaultWork = 3e9
const defaultMemory = 2 ** 30
/** Share of the budget after which the exact P value is given up for a bracket. */
const exactShare = 0.3

/**
 * The computation behind all exact tests of r × c tables.
 *
 * Empty rows and columns are left out, as no table with these margins has anything there.
 */
export function* exactTableTest<Method extends string>(
  method: Method,
  table: TableInput,
  ordering: TableOrdering,
  options: ExactTableTestOptions,
  account: Meter,
): Sliced<ExactTableTest<Method> | NotTestable> {
  const relativeWidth = relativeWidthOf(options)
  const all = margins(table)
  if (all.rows.length < 2 || all.columns.length < 2) {
    throw new StatsError('too-small', `an exact test needs two variables, the table is ${all.rows.length} × ${all.columns.length}`)
  }
  if (all.total === 0) return notTestable(method, 'no-observations', 'the table has no observations')
  const counts = countsOf(table)
    .filter((_, i) => all.rows[i] !== 0)
    .map((row) => row.filter((_, j) => all.columns[j] !== 0))
  const { rows, columns, total } = margins(counts)
  const logProbability = logTableProbability(counts, rows, columns, total)
  const statistic = ordering === 'probability' ? logProbability : statisticOf(counts, rows, columns, total, ordering)
  const finish = (status: ExactTableTest['status'], pValue: number, lower: number, upper: number): ExactTableTest<Method> =>
    exactResult(method, statistic, account, status, pValue, lower, upper)
  if (rows.length < 2 || columns.length < 2) return finish('exact', 1, 1, 1)
  if (rows.length === 2 && columns.length === 2 && ordering === 'probability') {
    const [a, b, c, d] = counts.flat() as [number, number, number, number]
    const pValue = fisherPValue(a, b, c, d)
    return finish('exact', pValue, pValue, pValue)
  }
  const bracket: Bracket = { lower: Math.min(1, Math.exp(logProbability) * (1 - 1e-9)), upper: 1 }
  try {
    // A logarithm for each count up to the total, and for the bracket sums over each pair of a row's counts.
    charge(account, 5 * total)
    const tables = orderedTables(counts, ordering, account)
    yield* narrow(bracket, tables, account)
    const [short, long] = rows.length <= columns.length ? [rows, columns] : [columns, rows]
    const largest = Math.max(...long)
    const pairs = largest * largest * short.length
    if (bracket.upper - bracket.lower > Math.max(relativeWidth, roundingOnly) * bracket.lower) {
      charge(account, pairs)
      yield* certifiedBracket(tailOfStatistic(tables), relativeWidth, account, (lower, upper) => {
        bracket.lower = Math.max(bracket.lower, lower)
        bracket.upper = Math.min(bracket.upper, upper)
      })
    }
  } catch (error) {
    if (!(error instanceof MeterExhausted)) throw error
  }
  const { lower, upper } = bracket
  return finish(...verdict(bracket, relativeWidth), lower, upper)
}

/** How much a bracket says, and the P value that is reported for it. */
export function verdict({ best, lower, upper }: Bracket, relativeWidth: number): [ExactTableTest['status'], number] {
  // Below the smallest number there is, P is 0.
  const width = upper === lower ? 0 : (upper - lower) / lower
  if (width <= roundingOnly) return ['exact', best ?? lower + (upper - lower) / 2]
  return [width <= relativeWidth ? 'bracketed' : 'budget-exhausted', upper]
}

/** A result with what the meter has counted until now. */
export function exactResult<Method extends string>(
  method: Method,
  statistic: number,
  account: Meter,
  status: ExactTableTest['status'],
  pValue: number,
  lower: number,
  upper: number,
): ExactTableTest<Method> {
  return {
    method,
    status,
    statistic,
    degreesOfFreedom: null,
    pValue,
    lower,
    upper,
    // What would have gone beyond the limit was not done.
    work: Math.min(account.work, account.workLimit),
    memoryBytes: Math.min(account.peakMemory, account.memoryLimit),
  }
}

/** What is known about a P value. */
export interface Bracket {
  lower: number
  upper: number
  /** The P value itself, where it is known but for rounding. */
  best?: number
}

function know(bracket: Bracket, pValue: number, rounding: number): void {
  bracket.best = Math.min(1, Math.max(pValue, bracket.lower))
  bracket.lower = Math.max(bracket.lower, pValue - rounding)
  bracket.upper = Math.min(bracket.upper, pValue + rounding)
}

function* narrow(bracket: Bracket, tables: OrderedTables, account: Meter): Sliced<void> {
  const { views, threshold, logFactorials } = tables
  const [view] = views
  if (view === undefined) return
  const { total } = view.margins
  // Probabilities come from logarithms of factorials of up to n, whose rounding grows with n ln n.
  const relativeRounding = 1e-13 + 4e-16 * (logFactorials[total] as number)
  if (hasFewTables(view.margins)) {
    const pValue = massAtMost(view.margins, view.statistic, logFactorials, threshold)
    know(bracket, pValue, pValue * relativeRounding)
    return
  }
  const { workLimit, memory } = account
  try {
    account.workLimit = workLimit * exactShare
    const above = yield* massAbove(
      views.map(({ margins, statistic }) => [margins, statistic] as const),
      threshold,
      account,
    )
    const rounding = total > 1000 ? relativeRounding : 1e-13
    know(bracket, 1 - above, rounding)
    if (2 * rounding <= roundingOnly * bracket.lower) return
    // So small a P value is lost in the rounding of 1 − P; its own tables are added up instead.
    const atMost = yield* massAbove(
      views.map(({ margins, reversed }) => [margins, reversed] as const),
      -threshold,
      account,
    )
    know(bracket, atMost, atMost * relativeRounding)
  } catch (error) {
    if (!(error instanceof MeterExhausted)) throw error
    account.memory = memory
  } finally {
    account.workLimit = workLimit
  }
}

function statisticOf(
  counts: readonly (readonly number[])[],
  rows: readonly number[],
  columns: readonly number[],
  total: number,
  ordering: 'pearson' | 'likelihood-ratio',
): number {
  let sum = 0
  counts.forEach((row, i) =>
    row.forEach((count, j) => {
      const expected = ((rows[i] as number) * (columns[j] as number)) / total
      if (ordering === 'pearson') sum += ((count - expected) * (count - expected)) / expected
      else if (count > 0) sum += 2 * count * Math.log(count / expected)
    }),
  )
  return sum
}

/** How narrow a bracket has to be. */
export function relativeWidthOf({ relativeWidth = 1e-3 }: ExactTableTestOptions): number {
  if (!(relativeWidth >= 0)) throw new StatsError('out-of-range', `relativeWidth is ${String(relativeWidth)}, expected a number from 0 on`)
  return relativeWidth
}

/** A meter for the options' budget. */
export function meterOf(options: ExactTableTestOptions): Meter {
  const { work = defaultWork, memoryBytes = defaultMemory } = options.budget ?? {}
  if (!(work > 0)) throw new StatsError('out-of-range', `budget.work is ${String(work)}, expected a number above 0`)
  if (!(memoryBytes > 0)) throw new StatsError('out-of-range', `budget.memoryBytes is ${String(memoryBytes)}, expected a number above 0`)
  return meter(work, memoryBytes)
}

/** What is done between slices: reports progress and throws if the computation was aborted. */
export function attendant(options: ExactTableTestOptions, account: Meter): () => void {
  const { signal, onProgress } = options
  return () => {
    if (signal?.aborted === true) throw signal.reason instanceof Error ? signal.reason : new Error('the computation was aborted')
    onProgress?.({ work: account.work, workLimit: account.workLimit, memoryBytes: account.memory })
  }
}
