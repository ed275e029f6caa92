import { StatsError } from '../errors.ts'
import { type ContingencyTable, type Counts, countsOf, margins, type TableInput } from './contingency-table.ts'
import { type Missing, type StratifiedCrosstabOptions, tally, type Variable } from './crosstab.ts'

/** Observed counts of three variables: one R × C table a stratum, all with the same rows and columns. */
export interface StratifiedTable {
  /** One label a row. */
  readonly rowLabels: readonly string[]
  /** One label a column. */
  readonly columnLabels: readonly string[]
  /** One label a stratum. */
  readonly stratumLabels: readonly string[]
  /** `strata[stratum][row][column]`, non-negative integers. */
  readonly strata: readonly Counts[]
}

/** What functions on stratified tables accept: a labelled one, or one table a stratum. */
export type StratifiedInput = StratifiedTable | readonly TableInput[]

/** A stratified table counted from tidy rows. */
export interface StratifiedCrosstab extends StratifiedTable {
  /** Observations in the table. */
  readonly included: number
  /** Observations left out because the stratifying variable was missing, whatever else was. */
  readonly missingStratum: number
  /** Observations left out although the stratum is known, by what was missing. */
  readonly missing: Missing
}

/**
 * The counts of each stratum, given with labels or without; checks that all strata have the same shape.
 *
 * @remarks
 * R: `apply(x, 3, identity, simplify = FALSE)`. No SciPy counterpart.
 *
 * @param input - a stratified table, or one R × C table a stratum
 * @throws A {@link StatsError} with code `too-small` if there is no stratum, `ragged` if shapes differ, or as {@link margins} does
 */
export function strataOf(input: StratifiedInput): readonly Counts[] {
  const strata = 'strata' in input ? input.strata : input.map(countsOf)
  if (strata.length === 0) throw new StatsError('too-small', 'there is no stratum')
  const [height, width] = [strata[0]?.length, strata[0]?.[0]?.length]
  for (const [k, counts] of strata.entries()) {
    margins(counts)
    if (counts.length !== height || counts[0]?.length !== width) {
      throw new StatsError('ragged', `stratum ${k} is ${counts.length} × ${counts[0]?.length}, the first is ${height} × ${width}`)
    }
  }
  return strata
}

/**
 * A labelled stratified table from one table a stratum.
 *
 * @remarks
 * R: an array of dimensions R × C × K. Labels of rows and columns are those of the first stratum if it has any. No SciPy counterpart.
 *
 * @param tables - K tables, R × C each; where they carry labels, all must carry the same
 * @param stratumLabels - one label a stratum, by default `s1`, `s2` …
 * @throws A {@link StatsError} with code `ragged` if shapes or the number of labels differ, `mismatch` if labels differ
 *
 * @example
 * ```ts @import.meta.vitest
 * const table = stratifiedTable([[[2, 1], [3, 4]], [[5, 6], [8, 7]]], ['2019', '2020'])
 *
 * expect(sumOfStrata(table).counts).toEqual([[7, 7], [11, 11]])
 * ```
 */
export function stratifiedTable(
  tables: readonly TableInput[],
  stratumLabels: readonly string[] = tables.map((_, k) => `s${k + 1}`),
): StratifiedTable {
  const strata = strataOf(tables)
  if (stratumLabels.length !== strata.length) {
    throw new StatsError('ragged', `there are ${strata.length} strata but ${stratumLabels.length} labels`)
  }
  const labelled = tables.filter((table): table is ContingencyTable => 'counts' in table)
  const first = labelled[0]
  const rowLabels = first?.rowLabels ?? strata[0]?.map((_, i) => `r${i + 1}`) ?? []
  const columnLabels = first?.columnLabels ?? strata[0]?.[0]?.map((_, j) => `c${j + 1}`) ?? []
  for (const table of labelled) {
    margins(table)
    if (String(table.rowLabels) !== String(rowLabels) || String(table.columnLabels) !== String(columnLabels)) {
      throw new StatsError('mismatch', 'the strata carry different labels')
    }
  }
  return { rowLabels, columnLabels, stratumLabels, strata }
}

/**
 * Counts tidy rows by two variables within the levels of a third.
 *
 * @remarks
 * R: `table(x, y, stratum)`, or `xtabs(weight ~ x + y + stratum)`. SciPy: `scipy.stats.contingency.crosstab(x, y, stratum).count`.
 *
 * @param rows - tidy rows
 * @param rowVariable - the variable whose levels become rows
 * @param columnVariable - the variable whose levels become columns
 * @param stratumVariable - the variable whose levels become strata
 * @param options - as for {@link crosstab}, with `stratumLevels`; the missing policy holds for all three variables
 * @throws A {@link StatsError} as {@link crosstab} does
 *
 * @example
 * ```ts @import.meta.vitest
 * const rows = [
 *   { group: 'a', answer: 'yes', year: 2019 },
 *   { group: 'b', answer: 'no', year: 2020 },
 * ]
 *
 * expect(stratifiedCrosstab(rows, 'group', 'answer', 'year', { columnLevels: ['yes', 'no'] }).strata).toEqual([
 *   [[1, 0], [0, 0]],
 *   [[0, 0], [0, 1]],
 * ])
 * ```
 */
export function stratifiedCrosstab<Row>(
  rows: readonly Row[],
  rowVariable: Variable<Row>,
  columnVariable: Variable<Row>,
  stratumVariable: Variable<Row>,
  options: StratifiedCrosstabOptions<Row> = {},
): StratifiedCrosstab {
  return tally(rows, rowVariable, columnVariable, stratumVariable, options)
}

/**
 * The table that ignores the strata: their sum, cell by cell (R: `marginSums(x, c(1, 2))`; NumPy: `x.sum(axis=2)`).
 *
 * Beware of Simpson's paradox: an association of the sum may run against that in every stratum.
 *
 * @param input - a stratified table
 * @throws A {@link StatsError} as {@link strataOf} does
 */
export function sumOfStrata(input: StratifiedInput): ContingencyTable {
  const strata = strataOf(input)
  const labelled = 'strata' in input ? input : stratifiedTable(input)
  const counts = (strata[0] as Counts).map((row, i) => row.map((_, j) => strata.reduce((sum, stratum) => sum + (stratum[i]?.[j] ?? 0), 0)))
  margins(counts)
  return { rowLabels: labelled.rowLabels, columnLabels: labelled.columnLabels, counts }
}
