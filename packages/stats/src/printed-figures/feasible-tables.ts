import { requireCount } from '../argument-checks.ts'
import { chiSquaredUpperTail } from '../distributions/chi-squared.ts'
import { firstWhere } from '../distributions/discrete-quantile.ts'
import { logHypergeometricProbability } from '../distributions/hypergeometric.ts'
import { StatsError } from '../errors.ts'
import { determinant } from '../numerics/exact-arithmetic.ts'

/** Margins of a 2 × 2 table whose cells were not printed. */
export interface TwoByTwoMargins {
  /** Totals of both rows, such as GDE teams and other teams. */
  readonly rows: readonly [number, number]
  /** Totals of both columns, such as yes and no. */
  readonly columns: readonly [number, number]
}

/** One 2 × 2 table that the margins allow, with what each test says of it. */
export interface FeasibleTable {
  /** The upper left cell; with the margins it fixes the other three. */
  readonly count: number
  /** The whole table. */
  readonly counts: readonly [readonly [number, number], readonly [number, number]]
  /** Pearson's chi-squared without correction; `null` where a margin is zero. */
  readonly pearsonPValue: number | null
  /** Fisher's exact test, two-sided by probability. */
  readonly fisherPValue: number
}

/** All tables that margins allow. */
export interface FeasibleTables {
  /** The margins they share. */
  readonly margins: TwoByTwoMargins
  /** Smallest feasible upper left cell. */
  readonly minimum: number
  /** Largest feasible upper left cell. */
  readonly maximum: number
  /** The upper left cell that independence would lead one to expect: row · column / n; `null` for an empty table. */
  readonly expected: number | null
  /** Smallest expected count of the four cells; `null` for an empty table. */
  readonly minimumExpected: number | null
  /** The tables, by rising upper left cell. */
  readonly tables: readonly FeasibleTable[]
}

/** Where the P values of feasible tables fall below a threshold, on either side of the expected count. */
export interface FeasibleCrossing {
  /** Largest upper left cell below the expected one at which P is under the threshold; `null` if none is. */
  readonly below: number | null
  /** Smallest upper left cell above the expected one at which P is under the threshold; `null` if none is. */
  readonly above: number | null
  /** How many of the tables have P under the threshold. */
  readonly tables: number
}

/**
 * All 2 × 2 tables with given margins, with the P of Pearson's and of Fisher's test for each: what can be said of a
 * comparison whose cells a paper did not print.
 *
 * The upper left cell runs from max(0, row₁ − column₂) to min(row₁, column₁). All Fisher P values come from one pass
 * over the sorted hypergeometric probabilities, with R's relative fuzz of 1e-7 for ties.
 *
 * @remarks
 * No counterpart in R or SciPy; each table's values equal `chisq.test(x, correct = FALSE)` and `fisher.test(x)`.
 *
 * @param margins - row and column totals with equal sums
 * @param options - `maximumTables`, above which the request is refused (default 1,000,000)
 * @throws A {@link StatsError} with code `not-a-count` for a total that is none, `mismatch` if rows and columns differ in sum,
 * `too-large` for more tables than `maximumTables`
 *
 * @example
 * ```ts @import.meta.vitest
 * const { minimum, maximum, tables } = feasibleTables({ rows: [26, 135], columns: [150, 11] })
 *
 * expect([minimum, maximum]).toEqual([15, 26])
 * expect(tables[0]?.counts).toEqual([[15, 11], [135, 0]])
 * ```
 */
export function feasibleTables(margins: TwoByTwoMargins, options: { readonly maximumTables?: number } = {}): FeasibleTables {
  const [row, otherRow] = margins.rows
  const [column, otherColumn] = margins.columns
  for (const [name, value] of Object.entries({ 'rows[0]': row, 'rows[1]': otherRow, 'columns[0]': column, 'columns[1]': otherColumn })) {
    requireCount(name, value)
  }
  const total = row + otherRow
  if (total !== column + otherColumn) {
    throw new StatsError('mismatch', `rows add up to ${total}, columns to ${column + otherColumn}; they count the same observations`)
  }
  const minimum = Math.max(0, row - otherColumn)
  const maximum = Math.min(row, column)
  const size = maximum - minimum + 1
  const limit = options.maximumTables ?? 1_000_000
  if (size > limit) throw new StatsError('too-large', `the margins allow ${size} tables, more than maximumTables (${limit})`)

  const fisher = fisherPValues(minimum, size, row, column, otherColumn)
  const hasZeroMargin = row === 0 || otherRow === 0 || column === 0 || otherColumn === 0
  const expected = total === 0 ? null : (row / total) * column
  const tables: FeasibleTable[] = []
  for (let i = 0; i < size; i++) {
    const count = minimum + i
    const counts: FeasibleTable['counts'] = [
      [count, row - count],
      [column - count, otherColumn - (row - count)],
    ]
    tables.push({
      count,
      counts,
      pearsonPValue: hasZeroMargin ? null : pearsonPValue(counts),
      fisherPValue: fisher[i] as number,
    })
  }
  const minimumExpected = total === 0 ? null : (Math.min(row, otherRow) / total) * Math.min(column, otherColumn)
  return { margins, minimum, maximum, expected, minimumExpected, tables }
}

/**
 * From which count on the P of a test falls below a threshold, among the tables that margins allow.
 *
 * @remarks
 * No counterpart in R or SciPy.
 *
 * @param feasible - the result of {@link feasibleTables}
 * @param test - whose P value
 * @param threshold - strictly below which P has to fall, between 0 and 1
 *
 * @example
 * ```ts @import.meta.vitest
 * const feasible = feasibleTables({ rows: [26, 135], columns: [112, 49] })
 *
 * expect(feasibleCrossing(feasible, 'pearson', 0.05)).toEqual({ below: 13, above: 23, tables: 18 })
 * ```
 */
export function feasibleCrossing(feasible: FeasibleTables, test: 'pearson' | 'fisher', threshold: number): FeasibleCrossing {
  let below: number | null = null
  let above: number | null = null
  let tables = 0
  for (const { count, pearsonPValue, fisherPValue } of feasible.tables) {
    const pValue = test === 'pearson' ? pearsonPValue : fisherPValue
    if (pValue === null || !(pValue < threshold)) continue
    tables += 1
    if (count < (feasible.expected ?? 0)) below = count
    else above ??= count
  }
  return { below, above, tables }
}

function pearsonPValue([[a, b], [c, d]]: FeasibleTable['counts']): number {
  // n (ad − bc)² / (product of margins), divided out step by step so that counts near 2^53 do not overflow.
  const departure = determinant(a, b, c, d)
  const statistic = ((departure / (a + b)) * (departure / (c + d)) * (a + b + c + d)) / (a + c) / (b + d)
  return chiSquaredUpperTail(statistic, 1)
}

/** Fisher's two-sided P of every table: the probabilities sorted, then summed from the smallest up. */
function fisherPValues(minimum: number, size: number, row: number, column: number, otherColumn: number): Float64Array {
  const probabilities = new Float64Array(size)
  for (let i = 0; i < size; i++) probabilities[i] = Math.exp(logHypergeometricProbability(minimum + i, column, otherColumn, row))
  const sorted = Float64Array.from(probabilities).sort()
  const cumulative = new Float64Array(size)
  let sum = 0
  for (let i = 0; i < size; i++) {
    sum += sorted[i] as number
    cumulative[i] = sum
  }
  const pValues = new Float64Array(size)
  for (let i = 0; i < size; i++) {
    const limit = (probabilities[i] as number) * (1 + 1e-7)
    pValues[i] = Math.min(1, cumulative[firstWhere(0, size, size / 2, (k) => (sorted[k] as number) > limit) - 1] as number)
  }
  return pValues
}
