import { binomialCdf, binomialUpperTail } from '../distributions/binomial.ts'
import { firstWhere } from '../distributions/discrete-quantile.ts'
import { limitBetween } from './limit-between.ts'
import { exactLowerLimit, exactUpperLimit } from './clopper-pearson-interval.ts'
import { intervalOf, type ProportionInterval, type ProportionIntervalOptions, tailOf } from './proportion-interval-options.ts'

/**
 * Blaker's exact interval for a proportion: from the smallest to the largest p that {@link binomialTest} with
 * `twoSided: 'blaker'` does not reject.
 *
 * Lies within Clopper and Pearson's and still never covers less often than it says. One-sided limits are Clopper and Pearson's.
 *
 * @remarks
 * R: `BlakerCI::binom.blaker.limits(x, n)`, `exactci::binom.exact(x, n, tsmethod = "blaker")`. No SciPy counterpart.
 *
 * @param successes - x, a count
 * @param trials - n, a count of at least x
 * @param options - level, side
 * @throws A {@link StatsError} with code `not-a-count`, `mismatch` if x exceeds n, or `out-of-range` for the level
 * @see H. Blaker, *Confidence curves and improved exact confidence intervals for discrete distributions*, Canadian Journal of
 * Statistics 28, 2000; J. Klaschka, COMPSTAT 2010
 *
 * @example
 * ```ts @import.meta.vitest
 * const { clopperPearsonInterval } = await import('./clopper-pearson-interval.ts')
 * const blaker = blakerInterval(3, 10)
 * const exact = clopperPearsonInterval(3, 10)
 *
 * expect(blaker.upper - blaker.lower).toBeLessThan(exact.upper - exact.lower)
 * ```
 */
export function blakerInterval(successes: number, trials: number, options: ProportionIntervalOptions = {}): ProportionInterval<'blaker'> {
  const tail = tailOf(successes, trials, options)
  const twoSided = (options.alternative ?? 'two-sided') === 'two-sided'
  return intervalOf(
    'blaker',
    successes,
    trials,
    options,
    twoSided ? lowerLimit(successes, trials, tail) : exactLowerLimit(successes, trials, tail),
    twoSided ? upperLimit(successes, trials, tail) : exactUpperLimit(successes, trials, tail),
  )
}

// From Clopper and Pearson's limit upwards P(X ≥ x) grows from α / 2, and the opposite tail P(X ≤ y) that may be added is the largest
// not above it. Until y moves on their sum can pass α once; where y moves on it jumps to 2 P(X ≥ x) > α. The limit is the earlier.
function lowerLimit(x: number, n: number, tail: number): number {
  if (x === 0) return 0
  const exact = exactLowerLimit(x, n, tail)
  const next = firstWhere(0, x - 1, n * exact, (y) => binomialCdf(y, n, exact) > tail)
  const jump = limitBetween((p) => binomialUpperTail(x, n, p) - binomialCdf(next, n, p), exact, exactUpperLimit(next, n, tail))
  const excess = (p: number) => binomialUpperTail(x, n, p) + binomialCdf(next - 1, n, p) - 2 * tail
  if (excess(exact) >= 0) return exact
  return excess(jump) > 0 ? limitBetween(excess, exact, jump) : jump
}

function upperLimit(x: number, n: number, tail: number): number {
  if (x === n) return 1
  const exact = exactUpperLimit(x, n, tail)
  // The smallest y whose upper tail is still above α / 2, less one, is where the opposite tail moves to next.
  const next = firstWhere(x + 1, n, n * exact, (y) => binomialUpperTail(y + 1, n, exact) <= tail)
  const jump = limitBetween((p) => binomialCdf(x, n, p) - binomialUpperTail(next, n, p), exactLowerLimit(next, n, tail), exact)
  const excess = (p: number) => binomialCdf(x, n, p) + binomialUpperTail(next + 1, n, p) - 2 * tail
  if (excess(exact) >= 0) return exact
  return excess(jump) > 0 ? limitBetween(excess, jump, exact) : jump
}
