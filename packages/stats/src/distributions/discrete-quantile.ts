import { requireProbability } from '../argument-checks.ts'
import { normalUpperQuantile } from './normal.ts'

/**
 * The smallest whole number in lower … upper at which a rising condition holds; `upper` if it holds nowhere below.
 *
 * @param lower - smallest candidate
 * @param upper - largest candidate, possibly Infinity
 * @param start - where the answer is thought to be
 * @param holds - false below the answer, true from it on
 */
export function firstWhere(lower: number, upper: number, start: number, holds: (k: number) => boolean): number {
  let high = Math.min(upper, Math.max(lower, Math.round(start)))
  // Steps double until the condition changes, then the gap is halved.
  let low = high
  if (high === upper || holds(high)) {
    for (let step = 1; ; step *= 2) {
      low = high - step
      if (low < lower) {
        low = lower - 1
        break
      }
      if (!holds(low)) break
      high = low
    }
  } else {
    for (let step = 1; ; step *= 2) {
      high = low + step
      if (high >= upper) {
        high = upper
        break
      }
      if (holds(high)) break
      low = high
    }
  }
  while (high - low > 1) {
    const middle = low + Math.floor((high - low) / 2)
    if (holds(middle)) high = middle
    else low = middle
  }
  return high
}

// Tolerance within which a cumulative probability counts as equal to the one asked for, as R's 64 units in the last place.
const fuzz = 1.4e-14

/** A distribution of whole numbers, as far as its quantiles need it. */
interface DiscreteDistribution {
  readonly smallest: number
  /** Possibly Infinity. */
  readonly largest: number
  /** P(X ≤ k). */
  readonly cdf: (k: number) => number
  /** P(X ≥ k). */
  readonly upperTail: (k: number) => number
  /** Where the middle lies, about. */
  readonly mean: number
  /** About how wide it is; 0 if the search is to start from the mean. */
  readonly variance: number
}

/**
 * The smallest k with P(X ≤ k) ≥ q, or with P(X > k) ≤ q where `upper`, from whichever tail is the smaller.
 *
 * @param q - 0 to 1
 */
export function discreteQuantile(q: number, upper: boolean, distribution: DiscreteDistribution): number {
  requireProbability(upper ? 'exceedance' : 'cumulative', q)
  const { smallest, largest, cdf, upperTail, mean, variance } = distribution
  const isUpper = q > 0.5 !== upper
  const tail = q > 0.5 ? 1 - q : q
  const deviations = tail === 0 ? 0 : normalUpperQuantile(tail) * (isUpper ? 1 : -1)
  const holds = isUpper ? (k: number) => upperTail(k + 1) <= tail * (1 + fuzz) : (k: number) => cdf(k) >= tail * (1 - fuzz)
  // Only the largest has nothing above it, though far tails are rounded to nothing.
  if (tail === 0 && isUpper) return largest
  return firstWhere(smallest, largest, mean + deviations * Math.sqrt(variance), holds)
}
