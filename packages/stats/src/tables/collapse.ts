import { StatsError } from '../errors.ts'
import { type ContingencyTable, contingencyTable, countsOf, type TableInput } from './contingency-table.ts'

/** New levels, each the sum of old ones: new label → labels (or positions, from 0) of the old levels. */
export type Grouping = Readonly<Record<string, readonly (string | number)[]>> | readonly (readonly [string, readonly (string | number)[]])[]

/** Options of {@link collapse}. */
export interface CollapseOptions {
  /**
   * New rows; every old row must be in exactly one.
   *
   * @defaultValue the rows stay as they are
   */
  readonly rows?: Grouping
  /**
   * New columns; every old column must be in exactly one.
   *
   * @defaultValue the columns stay as they are
   */
  readonly columns?: Grouping
}

/** A table with labels, made up where none were given. */
export const labelled = (table: TableInput): ContingencyTable =>
  'counts' in table ? contingencyTable(table.counts, table) : contingencyTable(table)

function assignment(
  name: string,
  labels: readonly string[],
  grouping: Grouping | undefined,
): { labels: readonly string[]; to: readonly number[] } {
  if (grouping === undefined) return { labels, to: labels.map((_, i) => i) }
  const groups: readonly (readonly [string, readonly (string | number)[]])[] = Array.isArray(grouping) ? grouping : Object.entries(grouping)
  const to = new Array<number>(labels.length).fill(-1)
  for (const [target, [label, members]] of groups.entries()) {
    for (const member of members) {
      const from = typeof member === 'number' ? member : labels.indexOf(member)
      if (to[from] === undefined) throw new StatsError('mismatch', `${label} takes in ${member}, which is not a ${name} of the table`)
      if (to[from] !== -1) throw new StatsError('mismatch', `${name} ${labels[from]} is in two of the new levels`)
      to[from] = target
    }
  }
  const left = to.indexOf(-1)
  if (left >= 0) throw new StatsError('mismatch', `${name} ${labels[left]} is in none of the new levels; counts must not get lost`)
  return { labels: groups.map(([label]) => label), to }
}

/**
 * Adds up rows or columns into coarser levels.
 *
 * Counts are never lost: every old level has to be in exactly one new one. Choose levels before looking at P values.
 *
 * @remarks
 * R: `levels(f) <- list(new = c('a', 'b'))`, `vcdExtra::collapse.table`. New levels stand in the order of the grouping;
 * pass it as a list of pairs where labels look like integers, which objects put first. No SciPy counterpart.
 *
 * @param table - R × C counts
 * @param options - the new rows, the new columns, or both
 * @throws A {@link StatsError} with code `mismatch` if a level is unknown, in two groups or in none
 *
 * @example
 * ```ts @import.meta.vitest
 * const table = { rowLabels: ['a', 'b', 'c'], columnLabels: ['yes', 'no'], counts: [[1, 2], [3, 4], [5, 6]] }
 *
 * expect(collapse(table, { rows: { a: ['a'], other: ['b', 'c'] } }).counts).toEqual([[1, 2], [8, 10]])
 * ```
 */
export function collapse(table: TableInput, options: CollapseOptions): ContingencyTable {
  const { rowLabels, columnLabels } = labelled(table)
  const rows = assignment('row', rowLabels, options.rows)
  const columns = assignment('column', columnLabels, options.columns)
  const counts = rows.labels.map(() => columns.labels.map(() => 0))
  for (const [i, row] of countsOf(table).entries()) {
    const target = counts[rows.to[i] as number] as number[]
    for (const [j, count] of row.entries()) {
      const column = columns.to[j] as number
      target[column] = (target[column] as number) + count
    }
  }
  return contingencyTable(counts, { rowLabels: rows.labels, columnLabels: columns.labels })
}
