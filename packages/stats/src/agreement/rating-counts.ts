import { StatsError } from '../errors.ts'
import { squareTable } from '../matched/square-table.ts'
import { type TableInput } from '../tables/contingency-table.ts'

/** How often each category was given: `ratings[subject][category]`, one row a subject. */
export type RatingCounts = readonly (readonly number[])[]

/** Ratings of a group of subjects, subjects rated alike put together. */
export interface GroupedRatings {
  /** One row a kind of subject. */
  readonly ratings: RatingCounts
  /** How many subjects there are of each kind. */
  readonly frequencies: readonly number[]
}

/**
 * Ratings in the form that {@link fleissKappa} and {@link gwetAC1} take, from the table of two raters.
 *
 * @remarks
 * No counterpart in R or SciPy: R's `irr::kappam.fleiss` takes a row for each subject, and statsmodels' `inter_rater.aggregate_raters` makes
 * counts of such rows.
 *
 * @param table - k × k counts: rows are the first rater's categories, columns the second's, in the same order
 * @throws A {@link StatsError} with code `mismatch` if the table is not square, `too-small` if 1 × 1, or as {@link margins} does
 *
 * @example
 * ```ts @import.meta.vitest
 * expect(ratingsOfTable([[7, 1], [0, 4]])).toEqual({ ratings: [[2, 0], [1, 1], [0, 2]], frequencies: [7, 1, 4] })
 * ```
 */
export function ratingsOfTable(table: TableInput): GroupedRatings {
  const { counts } = squareTable(table)
  const ratings: number[][] = []
  const frequencies: number[] = []
  for (const [i, row] of counts.entries()) {
    for (const [j, count] of row.entries()) {
      if (count === 0) continue
      ratings.push(counts.map((_, k) => Number(k === i) + Number(k === j)))
      frequencies.push(count)
    }
  }
  return { ratings, frequencies }
}

/** Ratings of one kind of subject, with their number. */
export interface Subject {
  readonly counts: readonly number[]
  readonly ratings: number
  readonly frequency: number
}

/** Checks ratings; subjects nobody rated are left out. */
export function subjectsOf(ratings: RatingCounts, frequencies?: readonly number[]): Subject[] {
  const categories = ratings[0]?.length ?? 0
  if (categories < 2) throw new StatsError('too-small', 'agreement needs at least one subject and two categories')
  if (frequencies !== undefined && frequencies.length !== ratings.length) {
    throw new StatsError('mismatch', `there are ${ratings.length} rows of ratings but ${frequencies.length} frequencies`)
  }
  return ratings.flatMap((counts, i) => {
    if (counts.length !== categories) throw new StatsError('ragged', `subject ${i} has ${counts.length} categories, expected ${categories}`)
    const frequency = frequencies?.[i] ?? 1
    const wrong = [...counts, frequency].find((count) => !Number.isSafeInteger(count) || count < 0)
    if (wrong !== undefined) throw new StatsError('not-a-count', `subject ${i} has ${wrong}, expected non-negative integers`)
    const total = counts.reduce((sum, count) => sum + count, 0)
    return total > 0 && frequency > 0 ? [{ counts, ratings: total, frequency }] : []
  })
}
