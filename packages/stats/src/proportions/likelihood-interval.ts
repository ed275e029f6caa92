import { normalUpperQuantile } from '../distributions/normal.ts'
import { deviancePart } from '../numerics/deviance-part.ts'
import { productError } from '../numerics/exact-arithmetic.ts'
import { findRoot } from '../numerics/find-root.ts'
import { intervalOf, type ProportionInterval, type ProportionIntervalOptions, tailOf } from './proportion-interval-options.ts'

/**
 * Likelihood-ratio interval for a proportion: every p with 2 [x ln (p̂ / p) + (n − x) ln ((1 − p̂) / (1 − p))] ≤ z².
 *
 * @remarks
 * R: `DescTools::BinomCI(x, n, method = "lik")`, right to about six digits. No SciPy counterpart.
 *
 * @param successes - x, a count
 * @param trials - n, a count of at least x
 * @param options - level, side
 * @throws A {@link StatsError} with code `not-a-count`, `mismatch` if x exceeds n, or `out-of-range` for the level
 * @see A. Agresti, *Categorical Data Analysis*, 3rd ed., section 1.4.2
 *
 * @example
 * ```ts @import.meta.vitest
 * expect(likelihoodInterval(62, 191).upper).toBeCloseTo(0.39303603631806355, 14)
 * ```
 */
export function likelihoodInterval(
  successes: number,
  trials: number,
  options: ProportionIntervalOptions = {},
): ProportionInterval<'likelihood-ratio'> {
  const z = normalUpperQuantile(tailOf(successes, trials, options))
  const goal = (z * z) / 2
  const below = limitBelow(successes, trials, goal)
  const above = limitAbove(successes, trials, goal)
  // A one-sided interval below the level of one half ends on the other side of the estimate.
  return intervalOf('likelihood-ratio', successes, trials, options, z >= 0 ? below : above, z >= 0 ? above : below)
}

function limitBelow(x: number, n: number, goal: number): number {
  if (x === 0) return 0
  if (x === n) return Math.exp(-goal / n)
  const estimate = x / n
  // There the part of the successes alone is beyond the goal.
  const far = estimate * Math.exp(-goal / x - 1)
  return goal === 0 ? estimate : findRoot((p) => halfDeviance(x, n, p) - goal, far, estimate, { atUpper: -goal })
}

function limitAbove(x: number, n: number, goal: number): number {
  if (x === n) return 1
  if (x === 0) return -Math.expm1(-goal / n)
  const estimate = x / n
  if (goal === 0) return estimate
  let far = estimate
  do far = Math.min(1, far * 1.5)
  while (far < 1 && halfDeviance(x, n, far) < goal)
  return findRoot((p) => halfDeviance(x, n, p) - goal, estimate, far, { atLower: -goal })
}

function halfDeviance(x: number, n: number, p: number): number {
  if (p <= 0 || p >= 1) return Infinity
  const mean = n * p
  const difference = x - mean - productError(n, p, mean)
  return deviancePart(x, mean, difference) + deviancePart(n - x, n * (1 - p), -difference)
}
