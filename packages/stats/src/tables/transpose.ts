import { labelled } from './collapse.ts'
import type { ContingencyTable, TableInput } from './contingency-table.ts'

/**
 * The table with rows and columns exchanged (R: `t(x)`; NumPy: `x.T`).
 *
 * @param table - R × C counts
 * @returns a C × R table
 * @throws A {@link StatsError} as {@link margins} does
 *
 * @example
 * ```ts @import.meta.vitest
 * expect(transpose([[1, 2, 3], [4, 5, 6]]).counts).toEqual([[1, 4], [2, 5], [3, 6]])
 * ```
 */
export function transpose(table: TableInput): ContingencyTable {
  const { rowLabels, columnLabels, counts } = labelled(table)
  return {
    rowLabels: columnLabels,
    columnLabels: rowLabels,
    counts: columnLabels.map((_, j) => counts.map((row) => row[j] as number)),
  }
}
