import { type Alternative, type ConfidenceInterval, tailOfLevel } from '../confidence-interval.ts'
import { requireCount } from '../argument-checks.ts'
import { StatsError } from '../errors.ts'

/** Options of every interval for one proportion. */
export interface ProportionIntervalOptions {
  /**
   * Confidence level, between 0 and 1.
   *
   * @defaultValue 0.95
   */
  readonly confidenceLevel?: number
  /**
   * Which side is bounded: 'less' gives an upper limit only, 'greater' a lower limit only (the other is 0 or 1).
   *
   * @defaultValue 'two-sided'
   */
  readonly alternative?: Alternative
}

/** Interval for one proportion. */
export interface ProportionInterval<Method extends string = string> extends ConfidenceInterval {
  /** How it was found. */
  readonly method: Method
  /** Share of successes; `null` without trials, where every interval is 0 to 1. */
  readonly estimate: number | null
  /** Lower limit, at least 0. */
  readonly lower: number
  /** Upper limit, at most 1. */
  readonly upper: number
  /** Confidence level, between 0 and 1. */
  readonly level: number
}

/** Error probability allowed beyond each limit, after the checks that all intervals share. */
export function tailOf(successes: number, trials: number, options: ProportionIntervalOptions): number {
  requireCount('successes', successes)
  requireCount('trials', trials)
  if (successes > trials) throw new StatsError('mismatch', `${successes} successes in ${trials} trials`)
  return tailOfLevel(options.confidenceLevel, options.alternative)
}

/** The finished interval: within 0 to 1, open on the side that `alternative` leaves open, and all of 0 to 1 without trials. */
export function intervalOf<Method extends string>(
  method: Method,
  successes: number,
  trials: number,
  options: ProportionIntervalOptions,
  lower: number,
  upper: number,
): ProportionInterval<Method> {
  const { confidenceLevel: level = 0.95, alternative = 'two-sided' } = options
  return {
    method,
    estimate: trials === 0 ? null : successes / trials,
    lower: trials === 0 || alternative === 'less' ? 0 : within(lower),
    upper: trials === 0 || alternative === 'greater' ? 1 : within(upper),
    level,
  }
}

// Limits of one side at a level below a half can lie beyond either end.
const within = (limit: number): number => Math.min(1, Math.max(0, limit))
