import { StatsError } from '../errors.ts'
import { margins, type TableInput } from '../tables/contingency-table.ts'

/** A checked 2 × 2 table [[a, b], [c, d]] with its margins: rows are groups, the first column is the event. */
export interface TwoByTwo {
  readonly a: number
  readonly b: number
  readonly c: number
  readonly d: number
  /** Row totals. */
  readonly n1: number
  readonly n2: number
  /** Column totals. */
  readonly m1: number
  readonly m2: number
  /** Sum of all four counts. */
  readonly n: number
}

/** Reads and checks a 2 × 2 table. */
export function twoByTwo(table: TableInput): TwoByTwo {
  const { rows, columns, total } = margins(table)
  if (rows.length !== 2 || columns.length !== 2) {
    throw new StatsError('mismatch', `the table is ${rows.length} × ${columns.length}, expected 2 × 2`)
  }
  const counts = 'counts' in table ? table.counts : table
  const [a, b] = counts[0] as readonly [number, number]
  const [c, d] = counts[1] as readonly [number, number]
  return { a, b, c, d, n1: rows[0] as number, n2: rows[1] as number, m1: columns[0] as number, m2: columns[1] as number, n: total }
}
