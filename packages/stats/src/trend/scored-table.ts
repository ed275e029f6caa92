import { type NotTestable, notTestable } from '../not-testable.ts'
import { type CategoryScores, centred, checkScores, scoresOf } from '../stratified/scores.ts'
import { margins, type TableInput } from '../tables/contingency-table.ts'
import { requireTwoVariables } from '../tables/expected-counts.ts'

/** The margins of a table of two ordered variables, their scores, and the deviations of these from their means over the observations. */
export interface ScoredTable {
  /** Row totals. */
  readonly rows: readonly number[]
  /** Column totals. */
  readonly columns: readonly number[]
  /** Sum of all counts. */
  readonly total: number
  readonly rowScores: readonly number[]
  readonly columnScores: readonly number[]
  readonly down: ReturnType<typeof centred>
  readonly across: ReturnType<typeof centred>
}

/**
 * What a linear-by-linear test, asymptotic or exact, reads of a table and its scores.
 *
 * @param test - the test's name, for refusals
 */
export function scoredTable(
  test: string,
  table: TableInput,
  rowRule: CategoryScores = 'integer',
  columnRule: CategoryScores = 'integer',
): ScoredTable | NotTestable {
  const { rows, columns, total } = margins(table)
  requireTwoVariables(test, rows.length, columns.length)
  checkScores('rowScores', rowRule, rows.length)
  checkScores('columnScores', columnRule, columns.length)
  if (total === 0) return notTestable(test, 'no-observations', 'the table has no observations')
  const rowScores = scoresOf(rowRule, rows, total)
  const columnScores = scoresOf(columnRule, columns, total)
  const down = centred(rowScores, rows, total)
  const across = centred(columnScores, columns, total)
  if (down.squares === 0 || across.squares === 0) return notTestable(test, 'no-variation', 'all observations have the same score')
  return { rows, columns, total, rowScores, columnScores, down, across }
}
