import { StatsError } from '../errors.ts'
import { type Counts, countsOf, type Margins, margins, type TableInput } from '../tables/contingency-table.ts'

/** Reads and checks a k × k table of pairs, k ≥ 2. */
export function squareTable(table: TableInput): { readonly counts: Counts; readonly margins: Margins } {
  const totals = margins(table)
  const size = totals.rows.length
  if (size !== totals.columns.length)
    throw new StatsError('mismatch', `the table is ${size} × ${totals.columns.length}, expected a square one`)
  if (size < 2) throw new StatsError('too-small', 'the table is 1 × 1, expected at least 2 × 2')
  return { counts: countsOf(table), margins: totals }
}
