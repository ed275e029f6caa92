import { requireCount, requireOneOf } from '../argument-checks.ts'
import { StatsError } from '../errors.ts'
import type { ContingencyTable, Counts } from './contingency-table.ts'

/** A value that can be the level of a categorical variable. */
export type Level = string | number | boolean

/** A variable of tidy rows: the name of a field, or a function that reads the value off a row. */
export type Variable<Row> = (keyof Row & string) | ((row: Row) => unknown)

/** Whether the order of a variable's levels means anything. */
export type Scale = 'nominal' | 'ordinal'

/**
 * What to do with a row in which a variable has no value:
 * leave it out and count it (`exclude`, R: `useNA = 'no'`), give "missing" a level of its own (`level`, R: `useNA = 'always'`),
 * or throw (`refuse`).
 */
export type MissingPolicy = 'exclude' | 'level' | 'refuse'

/** What to do with a value that is not among the levels given: throw, or treat it as missing. */
export type UnlistedPolicy = 'refuse' | 'missing'

/** Options of {@link crosstab}. */
export interface CrosstabOptions<Row> {
  /**
   * Levels of the row variable, in the order wanted; a level that no row has is kept as an empty row.
   *
   * @defaultValue the levels that occur: numbers ascending, then strings by code unit, then `false`, `true`
   */
  readonly rowLevels?: readonly Level[]
  /**
   * Levels of the column variable, in the order wanted; a level that no row has is kept as an empty column.
   *
   * @defaultValue as for `rowLevels`
   */
  readonly columnLevels?: readonly Level[]
  /**
   * Scale of the row variable; `ordinal` needs `rowLevels`, because an order must be stated, not found.
   *
   * @defaultValue 'nominal'
   */
  readonly rowScale?: Scale
  /**
   * Scale of the column variable; `ordinal` needs `columnLevels`.
   *
   * @defaultValue 'nominal'
   */
  readonly columnScale?: Scale
  /**
   * What to do with rows in which one of the variables is missing.
   *
   * @defaultValue 'exclude'
   */
  readonly missing?: MissingPolicy
  /**
   * Values that mean "missing", besides `null`, `undefined` and `NaN`, which always do.
   *
   * @defaultValue []
   */
  readonly missingValues?: readonly unknown[]
  /**
   * Label of the level that the policy `level` adds at the end.
   *
   * @defaultValue '(missing)'
   */
  readonly missingLabel?: string
  /**
   * What to do with a value that is not among the levels given.
   *
   * @defaultValue 'refuse'
   */
  readonly unlisted?: UnlistedPolicy
  /**
   * How many observations a row stands for: a field or function that gives a non-negative integer.
   *
   * @defaultValue every row counts once
   */
  readonly weight?: Variable<Row>
}

/** Options of {@link stratifiedCrosstab}. */
export interface StratifiedCrosstabOptions<Row> extends CrosstabOptions<Row> {
  /**
   * Levels of the stratifying variable, in the order wanted.
   *
   * @defaultValue as for `rowLevels`
   */
  readonly stratumLevels?: readonly Level[]
}

/** Observations left out of a {@link Crosstab} because a variable was missing. */
export interface Missing {
  /** The row variable only. */
  readonly row: number
  /** The column variable only. */
  readonly column: number
  /** Both. */
  readonly both: number
}

/** A table counted from tidy rows, with what was left out. */
export interface Crosstab extends ContingencyTable {
  /** Scale of the row variable. */
  readonly rowScale: Scale
  /** Scale of the column variable. */
  readonly columnScale: Scale
  /** Observations in the table. */
  readonly included: number
  /** Observations left out, by what was missing; all zero under the policies `level` and `refuse`. */
  readonly missing: Missing
}

/** What {@link tally} counts. */
interface StratifiedTally {
  readonly rowLabels: readonly string[]
  readonly columnLabels: readonly string[]
  readonly stratumLabels: readonly string[]
  readonly strata: readonly Counts[]
  readonly included: number
  /** Left out because the stratum was missing, whatever else was. */
  readonly missingStratum: number
  readonly missing: Missing
}

interface Axis {
  readonly labels: string[]
  /** Index of a raw value, or -1 where it is missing. */
  readonly indexOf: (value: unknown, position: number) => number
}

const isMissing = (value: unknown, missingValues: readonly unknown[]): boolean =>
  value === null || value === undefined || Number.isNaN(value) || missingValues.includes(value)

const isLevel = (value: unknown): value is Level => typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'

/** Reads a variable off a row. */
const reader = <Row>(variable: Variable<Row>): ((row: Row) => unknown) =>
  typeof variable === 'function' ? variable : (row) => row[variable]

const typeRank = { number: 0, string: 1, boolean: 2 } as const

/** The order of levels that are found. Code units, not `localeCompare`: a table must not depend on where it is made. */
export const ascendingLevels = (a: Level, b: Level): number => {
  const rank = typeRank[typeof a as 'number'] - typeRank[typeof b as 'number']
  return rank !== 0 ? rank : a < b ? -1 : a > b ? 1 : 0
}

/** The levels of one variable, and where each raw value falls. */
function axis<Row>(
  name: string,
  rows: readonly Row[],
  read: (row: Row) => unknown,
  given: readonly Level[] | undefined,
  options: CrosstabOptions<Row>,
): Axis {
  const { missing = 'exclude', missingValues = [], missingLabel = '(missing)', unlisted = 'refuse' } = options
  requireOneOf('missing', missing, 'exclude', 'level', 'refuse')
  requireOneOf('unlisted', unlisted, 'refuse', 'missing')
  let levels = given
  if (levels === undefined) {
    const seen = new Set<Level>()
    for (const [position, row] of rows.entries()) {
      const value = read(row)
      if (isMissing(value, missingValues)) continue
      if (!isLevel(value)) {
        throw new StatsError(
          'mismatch',
          `the ${name} variable of row ${position} is of type ${typeof value}, expected text, number or boolean`,
        )
      }
      seen.add(value)
    }
    levels = [...seen].sort(ascendingLevels)
  }
  const labels = levels.map(String)
  if (missing === 'level') labels.push(missingLabel)
  const index = new Map<unknown, number>(levels.map((level, i) => [level, i]))
  if (index.size !== levels.length || new Set(labels).size !== labels.length) {
    throw new StatsError('mismatch', `two levels of the ${name} variable have the same label: ${labels.join(', ')}`)
  }
  const missingIndex = missing === 'level' ? labels.length - 1 : -1
  const indexOf = (value: unknown, position: number): number => {
    const found = index.get(value)
    if (found !== undefined) return found
    if (!isMissing(value, missingValues) && unlisted === 'refuse') {
      throw new StatsError('mismatch', `row ${position} has '${String(value)}', which is not a level of the ${name} variable`)
    }
    if (missing === 'refuse') throw new StatsError('mismatch', `the ${name} variable of row ${position} is missing`)
    return missingIndex
  }
  return { labels, indexOf }
}

/** Reads how many observations a row stands for. */
function weightReader<Row>(weight: Variable<Row> | undefined): (row: Row, position: number) => number {
  if (weight === undefined) return () => 1
  const read = reader(weight)
  return (row, position) => {
    const value = read(row) as number
    requireCount(`the weight of row ${position}`, value)
    return value
  }
}

/** Refuses an ordinal variable whose order was not stated. */
function checkScale(name: string, scale: Scale | undefined, levels: readonly Level[] | undefined): void {
  if (scale === 'ordinal' && levels === undefined) {
    throw new StatsError('mismatch', `the ${name} variable is ordinal, so its levels must be given in order`)
  }
}

/**
 * Counts tidy rows by two variables.
 *
 * Levels that are given are kept, in the order given, also where no row has them: an empty category is a finding.
 * Rows in which a variable is missing are never dropped silently: `missing` says how many there were.
 *
 * @remarks
 * R: `table(factor(x, levels), factor(y, levels))`, or `xtabs(weight ~ x + y)`. pandas: `crosstab(x, y, dropna=False)`.
 * SciPy: `scipy.stats.contingency.crosstab(x, y, levels=(a, b)).count`.
 *
 * @param rows - tidy rows, one observation each (or `weight` observations each)
 * @param rowVariable - the variable whose levels become rows; for 2 × 2 tables the groups
 * @param columnVariable - the variable whose levels become columns; for 2 × 2 tables the outcome, the event first
 * @param options - levels, scales, what to do with missing values, weights
 * @throws A {@link StatsError} with code `mismatch` if a value is not among the levels given, missing under the policy `refuse`,
 * or neither text, number nor boolean; `not-a-count` if a weight is not a non-negative integer; `too-small` if a variable has no level
 *
 * @example
 * ```ts @import.meta.vitest
 * const trusts = [
 *   { kind: 'acute', builds: true },
 *   { kind: 'acute', builds: false },
 *   { kind: 'mental health', builds: true },
 *   { kind: 'acute', builds: null },
 * ]
 * const table = crosstab(trusts, 'kind', 'builds', { rowLevels: ['acute', 'mental health', 'community'], columnLevels: [true, false] })
 *
 * expect(table.counts).toEqual([[1, 1], [1, 0], [0, 0]])
 * expect(table.missing.column).toBe(1)
 * ```
 */
export function crosstab<Row>(
  rows: readonly Row[],
  rowVariable: Variable<Row>,
  columnVariable: Variable<Row>,
  options: CrosstabOptions<Row> = {},
): Crosstab {
  const { rowScale = 'nominal', columnScale = 'nominal' } = options
  const { rowLabels, columnLabels, strata, included, missing } = tally(rows, rowVariable, columnVariable, null, options)
  return { rowLabels, columnLabels, counts: strata[0] as Counts, rowScale, columnScale, included, missing }
}

/** Counts rows by two variables within the levels of a third, or as one stratum. */
export function tally<Row>(
  rows: readonly Row[],
  rowVariable: Variable<Row>,
  columnVariable: Variable<Row>,
  stratumVariable: Variable<Row> | null,
  options: StratifiedCrosstabOptions<Row>,
): StratifiedTally {
  checkScale('row', options.rowScale, options.rowLevels)
  checkScale('column', options.columnScale, options.columnLevels)
  const readRow = reader(rowVariable)
  const readColumn = reader(columnVariable)
  const readStratum = reader(stratumVariable ?? (() => null))
  const weightOf = weightReader(options.weight)
  const across = axis('row', rows, readRow, options.rowLevels, options)
  const down = axis('column', rows, readColumn, options.columnLevels, options)
  const deep: Axis =
    stratumVariable === null ? { labels: ['all'], indexOf: () => 0 } : axis('stratum', rows, readStratum, options.stratumLevels, options)
  if (across.labels.length === 0 || down.labels.length === 0 || deep.labels.length === 0) {
    throw new StatsError('too-small', 'a variable has no level')
  }
  const strata = deep.labels.map(() => across.labels.map(() => down.labels.map(() => 0)))
  const missing = { row: 0, column: 0, both: 0 }
  let included = 0
  let missingStratum = 0
  for (const [position, row] of rows.entries()) {
    const weight = weightOf(row, position)
    const i = across.indexOf(readRow(row), position)
    const j = down.indexOf(readColumn(row), position)
    const k = deep.indexOf(readStratum(row), position)
    if (k < 0) {
      missingStratum += weight
    } else if (i >= 0 && j >= 0) {
      const cells = strata[k]?.[i] as number[]
      cells[j] = (cells[j] as number) + weight
      included += weight
    } else {
      missing[i >= 0 ? 'column' : j >= 0 ? 'row' : 'both'] += weight
    }
  }
  return { rowLabels: across.labels, columnLabels: down.labels, stratumLabels: deep.labels, strata, included, missingStratum, missing }
}
