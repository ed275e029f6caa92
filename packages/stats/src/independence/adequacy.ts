import { type Margins, margins, type TableInput } from '../tables/contingency-table.ts'
import { requireTwoVariables } from '../tables/expected-counts.ts'
import { type NotTestable, notTestable } from '../not-testable.ts'

/** How far the chi-squared approximation of a test can be trusted. */
export interface Adequacy {
  /**
   * Cochran's rule: `adequate` if no expected count is below 1 and at most a fifth of them are below 5.
   * Where it says `small-expected-counts`, prefer an exact or a Monte Carlo test.
   */
  readonly approximation: 'adequate' | 'small-expected-counts'
  /** The smallest expected count. */
  readonly minimumExpected: number
  /** Share of cells whose expected count is below 5, from 0 to 1. */
  readonly shareOfSmallExpected: number
}

/**
 * Cochran's rule on expected counts.
 *
 * @see W. G. Cochran, *Some methods for strengthening the common χ² tests*, Biometrics 10, 1954, p. 420
 */
export function adequacy(cells: number, smallest: number, belowFive: number): Adequacy {
  return {
    approximation: smallest >= 1 && belowFive * 5 <= cells ? 'adequate' : 'small-expected-counts',
    minimumExpected: smallest,
    shareOfSmallExpected: belowFive / cells,
  }
}

/** {@link adequacy} of a table of expected counts. */
export function adequacyOf(expected: readonly (readonly number[])[]): Adequacy {
  let cells = 0
  let smallest = Infinity
  let belowFive = 0
  for (let i = 0; i < expected.length; i++) {
    const row = expected[i] as readonly number[]
    cells += row.length
    for (let j = 0; j < row.length; j++) {
      const e = row[j] as number
      if (e < smallest) smallest = e
      if (e < 5) belowFive++
    }
  }
  return adequacy(cells, smallest, belowFive)
}

/** Margins of a table on which independence can be tested, or the reason why it cannot. */
export function testableMargins(test: string, table: TableInput): Margins | NotTestable {
  const totals = margins(table)
  const { rows, columns, total } = totals
  requireTwoVariables(test, rows.length, columns.length)
  if (total === 0) return notTestable(test, 'no-observations', 'the table has no observations')
  for (let i = 0; i < rows.length; i++) if (rows[i] === 0) return emptyMargin(test, `row ${i}`)
  for (let j = 0; j < columns.length; j++) if (columns[j] === 0) return emptyMargin(test, `column ${j}`)
  return totals
}

const emptyMargin = (test: string, where: string): NotTestable =>
  notTestable(test, 'zero-margin', `${where} has no observations; leave it out if the others are the question`)
