/**
 * Sum whose error does not grow with the number of terms (Neumaier 1974).
 *
 * @param values - the terms
 *
 * @example
 * ```ts @import.meta.vitest
 * expect(compensatedSum([1, 1e100, 1, -1e100])).toBe(2)
 * ```
 */
export function compensatedSum(values: Iterable<number>): number {
  let sum = 0
  let lost = 0
  for (const value of values) {
    const next = sum + value
    lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum
    sum = next
  }
  return sum + lost
}
