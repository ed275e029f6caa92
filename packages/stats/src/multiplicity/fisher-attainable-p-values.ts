import { twoByTwo } from '../effects/two-by-two.ts'
import { type FisherPValueOptions, fisherPValue, fisherPValues } from '../conditional/fisher-p-value.ts'
import type { TableInput } from '../tables/contingency-table.ts'

/** The first cells that the margins of a 2 × 2 table allow. */
function firstCells(table: TableInput): { low: number; high: number; rest: (first: number) => readonly [number, number, number, number] } {
  const { a, b, c, d } = twoByTwo(table)
  return { low: Math.max(0, a - d), high: Math.min(a + b, a + c), rest: (first) => [first, a + b - first, a + c - first, d - a + first] }
}

/**
 * The smallest P value that Fisher's exact test could give with the margins of a 2 × 2 table.
 *
 * Where it is above a threshold, no answer that the respondents could have given would have passed it.
 *
 * @remarks
 * R: the least of `DiscreteFDR::fisher.pvalues.support(counts)$support`. No SciPy counterpart.
 *
 * @param table - 2 × 2 counts
 * @param options - alternative, two-sided rule, mid-P, as for the test
 * @throws A {@link StatsError} as {@link fisherExactTest} does
 *
 * @example
 * ```ts @import.meta.vitest
 * expect(fisherSmallestPValue([[3, 1], [1, 3]])).toBeCloseTo(2 / 70, 15)
 * ```
 */
export function fisherSmallestPValue(table: TableInput, options: FisherPValueOptions = {}): number {
  const { low, high, rest } = firstCells(table)
  const { alternative = 'two-sided', twoSided = 'probability', midP = 'none' } = options
  // The distribution has one peak, so the most extreme table is at an end.
  const at = (first: number): number => fisherPValue(...rest(first), alternative, twoSided, midP)
  return Math.min(at(low), at(high))
}

/**
 * All P values that Fisher's exact test could give with the margins of a 2 × 2 table, ascending: what
 * {@link adjustDiscretePValues} asks for.
 *
 * @remarks
 * R: `DiscreteFDR::fisher.pvalues.support(counts)$support`. No SciPy counterpart.
 *
 * @param table - 2 × 2 counts
 * @param options - alternative, two-sided rule, mid-P, as for the test
 * @throws A {@link StatsError} as {@link fisherExactTest} does
 *
 * @example
 * ```ts @import.meta.vitest
 * expect(fisherAttainablePValues([[3, 1], [1, 3]]).map((p) => Math.round(p * 70))).toEqual([2, 34, 70])
 * ```
 */
export function fisherAttainablePValues(table: TableInput, options: FisherPValueOptions = {}): number[] {
  const { low, high, rest } = firstCells(table)
  const counts: number[] = []
  for (let first = low; first <= high; first++) counts.push(...rest(first))
  const ascending = Array.from(fisherPValues(counts, options)).sort((a, b) => a - b)
  // Mirror images differ by rounding; the larger of the two is the chance of both.
  return ascending.filter((p, k) => !((ascending[k + 1] as number) <= p * (1 + 1e-9)))
}
