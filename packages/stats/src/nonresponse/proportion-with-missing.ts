import { requireCount } from '../argument-checks.ts'
import { type ConfidenceInterval } from '../confidence-interval.ts'
import { StatsError } from '../errors.ts'
import { proportionInterval, type ProportionIntervalMethod } from '../proportions/proportion-interval.ts'

/** A proportion of which some answers are missing. */
export interface ProportionWithMissing {
  /** How many answered yes. */
  readonly successes: number
  /** How many answered at all. */
  readonly answered: number
  /** How many did not answer. */
  readonly missing: number
}

/** Options of {@link proportionWithMissing}. */
export interface ProportionWithMissingOptions {
  /**
   * How the interval is found.
   *
   * @defaultValue 'wilson'
   */
  readonly method?: ProportionIntervalMethod
  /**
   * Confidence level, between 0 and 1.
   *
   * @defaultValue 0.95
   */
  readonly confidenceLevel?: number
  /** Proportions, 0 to 1, of which to say how many of the missing would have to answer yes to reach them. */
  readonly targets?: readonly number[]
}

/** How many of the missing would have to answer yes for the proportion of everybody to reach a target. */
export interface TippingPoint {
  /** The target, 0 to 1. */
  readonly target: number
  /** Fewest yes among the missing; `null` if not even all of them would do. */
  readonly missingSuccesses: number | null
  /** The same as a share of the missing; `null` likewise, or where none are missing. */
  readonly shareOfMissing: number | null
}

/** Result of {@link proportionWithMissing}. */
export interface ProportionRange {
  /** Share among those who answered; `null` if nobody did. */
  readonly observed: number | null
  /** Share of everybody if none of the missing would answer yes, and if all would: bounds that rest on no assumption. */
  readonly range: {
    /** The share if no missing answer were a success, 0 to 1. */
    readonly lower: number
    /** The share if every missing answer were one, 0 to 1. */
    readonly upper: number
  }
  /** Smallest lower and largest upper limit of the interval for everybody, over every way the missing could have answered. */
  readonly confidenceInterval: ConfidenceInterval
  /** One for each target, in their order. */
  readonly tippingPoints: readonly TippingPoint[]
}

/**
 * What those who did not answer could change about a proportion: its range, and its interval's, over every way in which
 * they could have answered, with no assumption that they are like the rest (Manski's worst-case bounds).
 *
 * @remarks
 * No counterpart in R or SciPy; the intervals are those of {@link proportionInterval}.
 *
 * @param counts - yes, answered, missing
 * @param options - interval and targets
 * @throws A {@link StatsError} with code `not-a-count` for counts that are none or more yes than answers, `out-of-range` for a target
 *
 * @see Manski, Partial Identification of Probability Distributions, Springer 2003, ch. 1
 *
 * @example
 * ```ts @import.meta.vitest
 * const { range, tippingPoints } = proportionWithMissing({ successes: 161, answered: 191, missing: 35 }, { targets: [0.75] })
 *
 * expect(range.lower).toBeCloseTo(161 / 226, 12)
 * expect(range.upper).toBeCloseTo(196 / 226, 12)
 * expect(tippingPoints[0]?.missingSuccesses).toBe(9)
 * ```
 */
export function proportionWithMissing(counts: ProportionWithMissing, options: ProportionWithMissingOptions = {}): ProportionRange {
  const { successes, answered, missing } = counts
  for (const [name, value] of Object.entries({ successes, answered, missing })) requireCount(name, value)
  if (successes > answered) throw new StatsError('not-a-count', `${successes} of ${answered} answered yes: more than answered`)
  const everybody = answered + missing
  if (everybody === 0) throw new StatsError('too-small', 'nobody was asked')
  const interval = (yes: number): ConfidenceInterval =>
    proportionInterval(yes, everybody, { method: options.method ?? 'wilson', confidenceLevel: options.confidenceLevel ?? 0.95 })
  // Limits rise with the count, so the two extremes bound every allocation between them.
  const lowest = interval(successes)
  const highest = interval(successes + missing)
  return {
    observed: answered === 0 ? null : successes / answered,
    range: { lower: successes / everybody, upper: (successes + missing) / everybody },
    confidenceInterval: { lower: lowest.lower, upper: highest.upper, level: lowest.level },
    tippingPoints: (options.targets ?? []).map((target) => tippingPoint(target, successes, everybody, missing)),
  }
}

function tippingPoint(target: number, successes: number, everybody: number, missing: number): TippingPoint {
  if (!(target >= 0 && target <= 1)) throw new StatsError('out-of-range', `target ${target} is not a proportion from 0 to 1`)
  let needed = Math.max(0, Math.ceil(target * everybody) - successes)
  // target · everybody is rounded: settle the last step by the proportion itself.
  while (needed > 0 && (successes + needed - 1) / everybody >= target) needed--
  while ((successes + needed) / everybody < target) needed++
  const reachable = needed <= missing
  return {
    target,
    missingSuccesses: reachable ? needed : null,
    shareOfMissing: reachable && missing > 0 ? needed / missing : null,
  }
}
