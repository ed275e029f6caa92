import { requireOneOf } from '../argument-checks.ts'
import { StatsError } from '../errors.ts'
import { findRoot } from '../numerics/find-root.ts'

/** Which contrast of two proportions is held fixed. */
export type ProportionEffect =
  /** p₁ − p₂. */
  | 'difference'
  /** p₁ / p₂. */
  | 'ratio'

/**
 * Maximum likelihood estimates of two proportions under the restriction p₁ − p₂ = δ, or p₁ / p₂ = φ (Farrington and Manning).
 *
 * @param x1 - successes of the first group, not necessarily whole
 * @param n1 - size of the first group
 * @param x2 - successes of the second group
 * @param n2 - size of the second group
 * @param effect - which contrast is held
 * @param value - δ within −1 to 1, or φ above 0
 * @see C. P. Farrington and G. Manning, *Test statistics and sample size formulae for comparative binomial trials*,
 * Statistics in Medicine 9, 1990
 */
export function restrictedProportions(
  x1: number,
  n1: number,
  x2: number,
  n2: number,
  effect: ProportionEffect,
  value: number,
): readonly [number, number] {
  if (effect === 'ratio') {
    const quadratic = (n1 + n2) * value
    const linear = n1 * value + x1 + n2 + x2 * value
    const p2 = (2 * (x1 + x2)) / (linear + Math.sqrt(linear * linear - 4 * quadratic * (x1 + x2)))
    return [Math.min(1, value * p2), p2]
  }
  const low = Math.max(0, -value)
  const high = Math.min(1, 1 - value)
  // The derivative of the log-likelihood, falling in p₂; parts without observations are left out where they would be 0 / 0.
  const score = (p2: number): number => {
    const p1 = p2 + value
    return (
      (x1 > 0 ? x1 / p1 : 0) - (n1 - x1 > 0 ? (n1 - x1) / (1 - p1) : 0) + (x2 > 0 ? x2 / p2 : 0) - (n2 - x2 > 0 ? (n2 - x2) / (1 - p2) : 0)
    )
  }
  const atLow = score(low)
  const atHigh = score(high)
  const p2 = !(atLow > 0) ? low : !(atHigh < 0) ? high : findRoot(score, low, high, { atLower: atLow, atUpper: atHigh })
  return [Math.min(1, Math.max(0, p2 + value)), p2]
}

/** Throws unless the contrast is one of the two. */
export function requireEffect(effect: ProportionEffect): void {
  requireOneOf('effect', effect, 'difference', 'ratio')
}

/** Throws unless margins of equivalence lie in order within the range of the contrast. */
export function requireMargins(lower: number, upper: number, effect: ProportionEffect): void {
  const inRange = effect === 'ratio' ? lower > 0 && upper < Infinity : lower > -1 && upper < 1
  if (!(inRange && lower < upper)) throw new StatsError('out-of-range', `margins are ${lower} and ${upper}`)
}
