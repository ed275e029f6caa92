import { firstWhere } from '../distributions/discrete-quantile.ts'
import { ascendingOrder } from './ascending-order.ts'

/**
 * Hommel's adjustment in O(m log m).
 *
 * Write s(i) for Simes's P value of the i largest P values, min over k of i · p(m − i + k) / k. Hommel rejects at level α what is
 * at most α / h, h being the largest i with s(i) > α. So the adjusted value of p is the least max(i · p, max over j > i of s(j)):
 * one part grows with i, the other falls, and they cross once.
 *
 * Each s(i) is i times the least slope from the point (m − i, 0) to the points (j, p(j)) right of it, which the lower convex
 * hull of those points gives.
 *
 * @param p - P values
 * @param tests - how many tests there were; those not given count as 1
 * @see R. Meijer, T. Krebs and J. Goeman, Biometrical Journal 61, 2019
 */
export function hommel(p: Float64Array, tests: number): Float64Array {
  const { sorted: given, order } = ascendingOrder(p)
  const sorted = new Float64Array(tests + 1).fill(1)
  sorted.set(given, 1)

  // ceiling[i] = the largest s(j) with j > i.
  const simes = new Float64Array(tests + 2)
  const hull = new Uint32Array(tests + 1)
  let size = 0
  for (let t = tests - 1; t >= 0; t--) {
    size = push(hull, size, t + 1, sorted)
    simes[tests - t] = (tests - t) * leastSlope(hull, size, t, sorted)
  }
  const ceiling = new Float64Array(tests + 1)
  for (let i = tests - 1; i >= 0; i--) ceiling[i] = Math.max(ceiling[i + 1] as number, simes[i + 1] as number)

  const adjusted = new Float64Array(p.length)
  let crossing = tests
  for (let rank = 0; rank < p.length; rank++) {
    const value = sorted[rank + 1] as number
    // The crossing moves left as P grows.
    while (crossing > 0 && (crossing - 1) * value >= (ceiling[crossing - 1] as number)) crossing--
    const before = crossing > 0 ? (ceiling[crossing - 1] as number) : Infinity
    adjusted[order[rank] as number] = Math.min(1, crossing * value, before)
  }
  return adjusted
}

/** Adds the point (j, p(j)), left of all others, to the lower hull, whose leftmost point is the last in the list. */
function push(hull: Uint32Array, size: number, j: number, p: Float64Array): number {
  const y = p[j] as number
  while (size >= 2) {
    const near = hull[size - 1] as number
    const far = hull[size - 2] as number
    // Drop the nearest point where it lies on or above the line from the new one to the next.
    if (((p[near] as number) - y) * (far - j) < ((p[far] as number) - y) * (near - j)) break
    size--
  }
  hull[size] = j
  return size + 1
}

/** Least slope from (t, 0) to a point of the hull: along the hull slopes fall, then rise. */
function leastSlope(hull: Uint32Array, size: number, t: number, p: Float64Array): number {
  const slope = (k: number): number => (p[hull[k] as number] as number) / ((hull[k] as number) - t)
  return slope(firstWhere(0, size - 1, size / 2, (k) => slope(k) <= slope(k + 1)))
}
