import { requireBetween, requireOneOf } from './argument-checks.ts'
import { normalUpperQuantile } from './distributions/normal.ts'

/** A confidence interval. */
export interface ConfidenceInterval {
  /** Lower limit. */
  readonly lower: number
  /** Upper limit; `null` where the interval has no upper bound (R prints `Inf`). */
  readonly upper: number | null
  /** Confidence level, between 0 and 1. */
  readonly level: number
}

/** Which departures from the null hypothesis count (R: `alternative`). */
export type Alternative = 'two-sided' | 'less' | 'greater'

/** Throws unless an alternative is one of the three; R's `two.sided` is none. */
export function requireAlternative(alternative: Alternative): void {
  requireOneOf('alternative', alternative, 'two-sided', 'less', 'greater')
}

/** Error probability allowed beyond each limit, after checking level and alternative. */
export function tailOfLevel(level = 0.95, alternative: Alternative = 'two-sided'): number {
  requireBetween('confidenceLevel', level)
  requireAlternative(alternative)
  return alternative === 'two-sided' ? (1 - level) / 2 : 1 - level
}

/** Normal deviate that leaves (1 − level) / 2 in either tail, after checking the level. */
export function criticalValue(level: number): number {
  return normalUpperQuantile(tailOfLevel(level))
}
