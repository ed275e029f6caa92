import { betaTail } from '../distributions/incomplete-beta.ts'
import { logBinomialProbability } from '../distributions/binomial.ts'
import { limitBetween } from './limit-between.ts'
import { exactLowerLimit, exactUpperLimit } from './clopper-pearson-interval.ts'
import { intervalOf, type ProportionInterval, type ProportionIntervalOptions, tailOf } from './proportion-interval-options.ts'

/**
 * Mid-P interval for a proportion: every p for which neither P(X > x) + ½ P(X = x) nor P(X < x) + ½ P(X = x) falls below α / 2.
 *
 * Clopper and Pearson's without its excess: covers as often as it says on average, not at every p.
 *
 * @remarks
 * R: `DescTools::BinomCI(x, n, method = "midp")`, right to about four digits. No SciPy counterpart.
 *
 * @param successes - x, a count
 * @param trials - n, a count of at least x
 * @param options - level, side
 * @throws A {@link StatsError} with code `not-a-count`, `mismatch` if x exceeds n, or `out-of-range` for the level
 * @see A. Agresti and A. Gottard, *Comment: randomized confidence intervals and the mid-P approach*, Statistical Science 20, 2005
 *
 * @example
 * ```ts @import.meta.vitest
 * expect(midPInterval(62, 191).lower).toBeCloseTo(0.26103612739446674, 14)
 * ```
 */
export function midPInterval(successes: number, trials: number, options: ProportionIntervalOptions = {}): ProportionInterval<'mid-p'> {
  const tail = tailOf(successes, trials, options)
  return intervalOf('mid-p', successes, trials, options, lowerLimit(successes, trials, tail), upperLimit(successes, trials, tail))
}

function lowerLimit(x: number, n: number, tail: number): number {
  if (x === 0) return 0
  // P(X > x) is 0 at x = n, which leaves ½ pⁿ.
  if (x === n) return tail >= 0.5 ? 1 : Math.exp(Math.log(2 * tail) / n)
  const goal = Math.log(tail)
  const excess = (p: number) =>
    Math.log(betaTail(p, 1 - p, x + 1, n - x, false, false) + 0.5 * Math.exp(logBinomialProbability(x, n, p))) - goal
  return limitBetween(excess, exactLowerLimit(x, n, tail), exactLowerLimit(x + 1, n, tail))
}

function upperLimit(x: number, n: number, tail: number): number {
  if (x === n) return 1
  if (x === 0) return tail >= 0.5 ? 0 : -Math.expm1(Math.log(2 * tail) / n)
  const goal = Math.log(tail)
  const excess = (p: number) =>
    Math.log(betaTail(p, 1 - p, x, n - x + 1, true, false) + 0.5 * Math.exp(logBinomialProbability(x, n, p))) - goal
  return limitBetween(excess, exactUpperLimit(x - 1, n, tail), exactUpperLimit(x, n, tail))
}
