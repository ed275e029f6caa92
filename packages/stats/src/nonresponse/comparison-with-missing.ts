import { requireCount, requireOneOf } from '../argument-checks.ts'
import { twoByTwo } from '../effects/two-by-two.ts'
import { StatsError } from '../errors.ts'
import { fisherPValue } from '../conditional/fisher-p-value.ts'
import { chiSquaredTest } from '../independence/chi-squared-test.ts'
import { type TableInput } from '../tables/contingency-table.ts'

/** Options of {@link comparisonWithMissing}. */
export interface ComparisonWithMissingOptions {
  /**
   * Whose P value.
   *
   * @defaultValue 'fisher'
   */
  readonly test?: 'fisher' | 'pearson'
  /** P thresholds of which to say whether the missing could move P across them. */
  readonly thresholds?: readonly number[]
  /**
   * Most allocations that are tried; each group's missing can answer in one more way than there are of them.
   *
   * @defaultValue 1,000,000
   */
  readonly maximumAllocations?: number
}

/** One way in which the missing could have answered, and what would follow. */
export interface Allocation {
  /** How many of the missing of each group would have fallen into the first column. */
  readonly missingEvents: readonly [number, number]
  /** The completed table. */
  readonly counts: readonly [readonly [number, number], readonly [number, number]]
  /** Difference of the two groups' proportions. */
  readonly riskDifference: number
  /** P value of the completed table; `null` where it cannot be tested. */
  readonly pValue: number | null
}

/** Whether the missing could move P across a threshold. */
export interface ThresholdCrossing {
  /** The threshold. */
  readonly threshold: number
  /** Allocations with P below the threshold. */
  readonly below: number
  /** All allocations that can be tested. */
  readonly testable: number
  /** `always` below, `never` below, or `depends` on how the missing would have answered. */
  readonly verdict: 'always' | 'never' | 'depends'
}

/** Result of {@link comparisonWithMissing}. */
export interface ComparisonRange {
  /** The table of those who answered, as an allocation of nobody. */
  readonly observed: Allocation
  /** Allocation with the smallest difference. */
  readonly smallestDifference: Allocation
  /** Allocation with the largest difference. */
  readonly largestDifference: Allocation
  /** Allocation with the smallest P; `null` if none can be tested. */
  readonly smallestP: Allocation | null
  /** Allocation with the largest P; `null` if none can be tested. */
  readonly largestP: Allocation | null
  /** How many allocations there are. */
  readonly allocations: number
  /** One for each threshold, in their order. */
  readonly crossings: readonly ThresholdCrossing[]
}

/**
 * What those who did not answer could change about a comparison of two groups: the difference and the P value over every way
 * in which the missing of each group could have answered.
 *
 * @remarks
 * No counterpart in R or SciPy. Each P value is that of `fisher.test` or `chisq.test(correct = FALSE)` on the completed table.
 *
 * @param table - 2 × 2 counts of those who answered; rows are groups, the first column is the event
 * @param missing - how many of each group did not answer
 * @param options - test, thresholds, limit
 * @throws A {@link StatsError} with code `mismatch` if the table is not 2 × 2, `not-a-count` for missing that are no counts,
 * `too-small` if a group has neither answers nor missing, `too-large` above `maximumAllocations`
 *
 * @example
 * ```ts @import.meta.vitest
 * const { crossings, allocations } = comparisonWithMissing([[20, 6], [92, 43]], [2, 5], { thresholds: [0.05] })
 *
 * expect(allocations).toBe(18)
 * expect(crossings[0]?.verdict).toBe('never')
 * ```
 */
export function comparisonWithMissing(
  table: TableInput,
  missing: readonly [number, number],
  options: ComparisonWithMissingOptions = {},
): ComparisonRange {
  const [first, second] = missing
  for (const count of missing) requireCount('missing', count)
  const { a, b, c, d, n1, n2 } = twoByTwo(table)
  if (n1 + first === 0 || n2 + second === 0) throw new StatsError('too-small', 'a group has neither answers nor missing')
  const allocations = (first + 1) * (second + 1)
  const limit = options.maximumAllocations ?? 1_000_000
  if (allocations > limit) throw new StatsError('too-large', `${allocations} allocations, more than maximumAllocations (${limit})`)

  const test = options.test ?? 'fisher'
  requireOneOf('test', test, 'fisher', 'pearson')
  const allocate = (i: number, j: number, of: readonly [number, number]): Allocation => {
    const counts = [
      [a + i, b + of[0] - i],
      [c + j, d + of[1] - j],
    ] as const
    return { missingEvents: [i, j], counts, riskDifference: share(counts[0]) - share(counts[1]), pValue: pValueOf(counts, test) }
  }

  const thresholds = options.thresholds ?? []
  const below = thresholds.map(() => 0)
  let testable = 0
  let smallestDifference = allocate(0, 0, missing)
  let largestDifference = smallestDifference
  let smallestP: Allocation | null = null
  let largestP: Allocation | null = null
  for (let i = 0; i <= first; i++) {
    for (let j = 0; j <= second; j++) {
      const allocation = allocate(i, j, missing)
      if (allocation.riskDifference < smallestDifference.riskDifference) smallestDifference = allocation
      if (allocation.riskDifference > largestDifference.riskDifference) largestDifference = allocation
      const { pValue } = allocation
      if (pValue === null) continue
      testable += 1
      if (smallestP === null || pValue < (smallestP.pValue as number)) smallestP = allocation
      if (largestP === null || pValue > (largestP.pValue as number)) largestP = allocation
      for (const [k, threshold] of thresholds.entries()) if (pValue < threshold) below[k] = (below[k] as number) + 1
    }
  }
  return {
    observed: allocate(0, 0, [0, 0]),
    smallestDifference,
    largestDifference,
    smallestP,
    largestP,
    allocations,
    crossings: thresholds.map((threshold, k) => {
      const count = below[k] as number
      return { threshold, below: count, testable, verdict: count === 0 ? 'never' : count === testable ? 'always' : 'depends' }
    }),
  }
}

const share = ([events, others]: readonly [number, number]): number => (events + others === 0 ? 0 : events / (events + others))

/** P of a 2 × 2 table by either test; `null` where it has an empty margin, so that nothing can be compared. */
function pValueOf(counts: readonly [readonly [number, number], readonly [number, number]], test: 'fisher' | 'pearson'): number | null {
  const [[a, b], [c, d]] = counts
  if (a + b === 0 || c + d === 0 || a + c === 0 || b + d === 0) return null
  return test === 'fisher' ? fisherPValue(a, b, c, d) : chiSquaredTest(counts).pValue
}
