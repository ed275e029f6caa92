import { chiSquaredUpperTail } from '../distributions/chi-squared.ts'
import { type NotTestable, notTestable } from '../not-testable.ts'
import { type TableInput } from '../tables/contingency-table.ts'
import { squareTable } from './square-table.ts'

/** Options of {@link bowkerTest}. */
export interface BowkerTestOptions {
  /**
   * Which pairs of categories make up the degrees of freedom that P rests on: all k(k − 1) / 2, as R counts, or those with a
   * subject in either cell, as SAS and SPSS do; the empty ones say nothing, and counting them makes P too large.
   * @defaultValue `'all'`
   */
  readonly pairs?: 'all' | 'nonempty'
}

/** Result of {@link bowkerTest}. */
export interface BowkerTest {
  /** Which test. */
  readonly method: 'bowker'
  /** X², ≥ 0. */
  readonly statistic: number
  /** Degrees of freedom that `pValue` rests on. */
  readonly degreesOfFreedom: number
  /** Upper-tail probability. */
  readonly pValue: number
  /** All pairs of categories, k(k − 1) / 2. */
  readonly allPairs: number
  /** Pairs of categories with a subject in either cell. */
  readonly nonemptyPairs: number
}

/**
 * Bowker's test of symmetry: McNemar's for more than two categories.
 *
 * X² = Σ over i < j of (nᵢⱼ − nⱼᵢ)² / (nᵢⱼ + nⱼᵢ).
 *
 * @remarks
 * R: `mcnemar.test(x)` for a table above 2 × 2, which gives NaN where a pair of cells is empty. statsmodels: `SquareTable(x, shift_zeros=False).symmetry()`.
 *
 * @param table - k × k counts of pairs, both variables with the same categories in the same order
 * @param options - which degrees of freedom
 * @throws A {@link StatsError} with code `mismatch` if the table is not square, `too-small` if 1 × 1, or as {@link margins} does
 *
 * @see Bowker AH, "A test for symmetry in contingency tables", JASA 43 (1948) 572-574
 *
 * @example
 * ```ts @import.meta.vitest
 * const test = bowkerTest([[20, 10, 5], [3, 30, 15], [0, 5, 40]])
 *
 * expect(test.statistic).toBeCloseTo(13.76923, 5)
 * expect(test.pValue).toBeCloseTo(0.0032367, 7)
 * ```
 */
export function bowkerTest(table: TableInput, options: BowkerTestOptions = {}): BowkerTest | NotTestable {
  const { counts } = squareTable(table)
  const size = counts.length
  let statistic = 0
  let nonemptyPairs = 0
  for (let i = 0; i < size; i++) {
    for (let j = i + 1; j < size; j++) {
      const above = counts[i]?.[j] as number
      const below = counts[j]?.[i] as number
      if (above + below === 0) continue
      nonemptyPairs++
      statistic += ((above - below) / (above + below)) * (above - below)
    }
  }
  if (nonemptyPairs === 0) return notTestable('bowker', 'no-variation', 'every subject is in the same category both times')
  const allPairs = (size * (size - 1)) / 2
  const degreesOfFreedom = options.pairs === 'nonempty' ? nonemptyPairs : allPairs
  return {
    method: 'bowker',
    statistic,
    degreesOfFreedom,
    pValue: chiSquaredUpperTail(statistic, degreesOfFreedom),
    allPairs,
    nonemptyPairs,
  }
}
