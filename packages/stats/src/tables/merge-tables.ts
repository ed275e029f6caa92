import { StatsError } from '../errors.ts'
import { labelled } from './collapse.ts'
import { type ContingencyTable, contingencyTable, type TableInput } from './contingency-table.ts'

/** Options of {@link mergeTables}. */
export interface MergeTablesOptions {
  /**
   * `same`: all parts have the same labels in the same order, anything else is a mistake. `union`: levels are matched by
   * label, a level that only some parts have is zero in the others; new levels come after those of earlier parts.
   *
   * @defaultValue 'same'
   */
  readonly levels?: 'same' | 'union'
}

/**
 * Adds up tables that count different observations: the table of all of them.
 *
 * Associative, and commutative up to the order of levels: merging parts gives the counts of the whole however it was cut.
 *
 * @remarks
 * R: `Reduce("+", tables)` where all have the same levels. No SciPy counterpart.
 *
 * @param tables - at least one table; parts without labels are matched by position and must have the same shape
 * @param options - how levels are matched
 * @throws A {@link StatsError} with code `too-small` without a table, `mismatch` if the labels differ under `same`, or if parts
 * without labels differ in shape
 *
 * @example
 * ```ts @import.meta.vitest
 * expect(mergeTables([[[1, 2], [3, 4]], [[10, 0], [0, 10]]]).counts).toEqual([[11, 2], [3, 14]])
 * ```
 */
export function mergeTables(tables: readonly TableInput[], options: MergeTablesOptions = {}): ContingencyTable {
  const parts = tables.map(labelled)
  const first = parts[0]
  if (first === undefined) throw new StatsError('too-small', 'there is no table to merge')
  // Labels made up by position say nothing, so they cannot be matched across shapes.
  const union = options.levels === 'union' && tables.every((table) => 'counts' in table)
  const rowLabels = [...new Set(parts.flatMap((part) => part.rowLabels))]
  const columnLabels = [...new Set(parts.flatMap((part) => part.columnLabels))]
  const rowIndex = new Map(rowLabels.map((label, i) => [label, i]))
  const columnIndex = new Map(columnLabels.map((label, j) => [label, j]))
  const counts = rowLabels.map(() => columnLabels.map(() => 0))
  for (const [position, part] of parts.entries()) {
    if (new Set(part.rowLabels).size !== part.rowLabels.length || new Set(part.columnLabels).size !== part.columnLabels.length) {
      throw new StatsError('mismatch', `table ${position} has a label twice, so its levels cannot be matched`)
    }
    if (!union && (!sameLabels(part.rowLabels, first.rowLabels) || !sameLabels(part.columnLabels, first.columnLabels))) {
      throw new StatsError('mismatch', `table ${position} has other levels than the first`)
    }
    for (const [i, row] of part.counts.entries()) {
      const target = counts[rowIndex.get(part.rowLabels[i] as string) as number] as number[]
      for (const [j, count] of row.entries()) {
        const column = columnIndex.get(part.columnLabels[j] as string) as number
        target[column] = (target[column] as number) + count
      }
    }
  }
  return contingencyTable(counts, { rowLabels, columnLabels })
}

const sameLabels = (a: readonly string[], b: readonly string[]): boolean => a.length === b.length && a.every((label, i) => label === b[i])
