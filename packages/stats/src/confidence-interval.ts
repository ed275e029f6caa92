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
