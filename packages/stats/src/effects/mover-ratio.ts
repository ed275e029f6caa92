import { ratioLimits } from './ratio-limits.ts'

/** An estimate of a proportion or of odds, with limits and how far they lie away. */
export interface Bounded {
  /** The estimate; odds may be infinite. */
  readonly estimate: number
  readonly lower: number
  /** May be infinite. */
  readonly upper: number
  /** estimate − lower. */
  readonly below: number
  /** upper − estimate. */
  readonly above: number
}

/**
 * Lower limit of first / second by the method of variance estimates recovery (Donner and Zou 2012, equation 9):
 * [xy − √((xy)² − l(2x − l)·u(2y − u))] / [u(2y − u)], with x and its lower limit l, y and its upper limit u.
 *
 * As l(2x − l) is x² − (x − l)², and u(2y − u) likewise, the root is of (x − l)²y² + (u − y)²·l(2x − l): no term cancels.
 */
function moverRatioLimit(first: Bounded, second: Bounded): number {
  if (!(first.lower > 0) || second.upper === Infinity) return 0
  // As x grows without bound the limit tends to l / y; over zero there is no limit left, so the two outer limits stand in.
  if (first.estimate === Infinity) return first.lower / (second.estimate > 0 ? second.estimate : second.upper)
  const numerator = first.lower * (first.estimate + first.below)
  return numerator / (first.estimate * second.estimate + Math.hypot(first.below * second.estimate, second.above * Math.sqrt(numerator)))
}

/** Both limits of first / second; no upper one where that is infinite. */
export function moverRatioLimits(first: Bounded, second: Bounded): readonly [lower: number, upper: number | null] {
  return ratioLimits(moverRatioLimit(first, second), moverRatioLimit(second, first))
}
