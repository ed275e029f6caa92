import { findRoot } from '../numerics/find-root.ts'

/**
 * The root between two points that enclose it. At counts near 2⁵³ rounding can bring both to one side of it, or make them one:
 * then they agree with it to the last bits, and the one where the function is closer to 0 is the answer.
 *
 * @param f - a continuous function with a root from `lower` to `upper`, but for rounding
 * @param lower - one end
 * @param upper - the other end
 */
export function limitBetween(f: (p: number) => number, lower: number, upper: number): number {
  const atLower = f(lower)
  const atUpper = f(upper)
  if (atLower > 0 === atUpper > 0) return Math.abs(atLower) <= Math.abs(atUpper) ? lower : upper
  return findRoot(f, lower, upper, { atLower, atUpper })
}
