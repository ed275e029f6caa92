import { ascendingOrder } from './ascending-order.ts'

/**
 * The two-stage procedure of Benjamini, Krieger and Yekutieli, adjusted P values.
 *
 * At level q it runs BH at q' = q / (1 + q), counts r rejections, and runs BH again at q' m / (m − r). With b the BH-adjusted
 * values in ascending order, the second stage rejects b(i) from q' = min over r of max(b(r), b(i) (m − r) / m) on: one part grows
 * with r, the other falls. Solved for q' and turned back into q = q' / (1 − q').
 *
 * @param p - P values
 * @param tests - how many tests there were
 * @see Y. Benjamini, A. M. Krieger and D. Yekutieli, *Adaptive linear step-up procedures that control the false discovery rate*,
 * Biometrika 93, 2006, definition 6
 */
export function twoStage(p: Float64Array, tests: number): Float64Array {
  const { sorted: first, order } = ascendingOrder(p)
  for (let rank = p.length - 1, smallest = 1; rank >= 0; rank--) {
    smallest = Math.min(smallest, (tests / (rank + 1)) * (first[rank] as number))
    first[rank] = smallest
  }
  const adjusted = new Float64Array(p.length)
  let crossing = 0
  let level = 0
  for (let rank = 0; rank < p.length; rank++) {
    const own = first[rank] as number
    // The crossing moves right as the BH-adjusted value grows.
    while (before(first, crossing) < (own * (tests - crossing)) / tests) crossing++
    const stage = crossing > 0 ? (own * (tests - crossing + 1)) / tests : 1
    const here = Math.min(Math.max(before(first, crossing), (own * (tests - crossing)) / tests), stage)
    // Levels never fall from one rank to the next, save by the rounding of the last digit.
    level = Math.max(level, here)
    adjusted[order[rank] as number] = level >= 0.5 ? 1 : level / (1 - level)
  }
  return adjusted
}

/** The r-th smallest BH-adjusted value, from which on the first stage rejects r; 0 for none. */
const before = (first: Float64Array, r: number): number => (r === 0 ? 0 : (first[r - 1] as number))
