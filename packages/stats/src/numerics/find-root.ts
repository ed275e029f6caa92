import { StatsError } from '../errors.ts'

/** Options of {@link findRoot}. */
export interface FindRootOptions {
  /**
   * Half-width, relative to the root, at which the search stops.
   *
   * @defaultValue 2.2e-16, the last bit
   */
  readonly tolerance?: number
  /** f(lower), where it is known already. */
  readonly atLower?: number
  /** f(upper), where it is known already. */
  readonly atUpper?: number
}

/**
 * The root of a continuous function between two points of opposite sign, to the last bit (Chandrupatla's method: inverse
 * quadratic steps where they are safe, bisection otherwise).
 *
 * @param f - the function; infinite values are allowed at the ends
 * @param lower - one end of the bracket
 * @param upper - the other end
 * @param options - {@link FindRootOptions}
 * @throws A {@link StatsError} with code `mismatch` if both ends have the same sign
 * @see T. R. Chandrupatla, *A new hybrid quadratic/bisection algorithm for finding the zero of a nonlinear function*,
 * Advances in Engineering Software 28, 1997
 *
 * @example
 * ```ts @import.meta.vitest
 * expect(findRoot((x) => x * x - 2, 0, 2)).toBeCloseTo(Math.SQRT2, 15)
 * ```
 */
export function findRoot(f: (x: number) => number, lower: number, upper: number, options: FindRootOptions = {}): number {
  const tolerance = options.tolerance ?? 2.220446049250313e-16
  let a = upper
  let b = lower
  let fa = options.atUpper ?? f(a)
  let fb = options.atLower ?? f(b)
  if (fa === 0) return a
  if (fb === 0) return b
  if (!(fa > 0 !== fb > 0)) throw new StatsError('mismatch', `no change of sign between ${lower} and ${upper}`)
  let t = 0.5
  for (let i = 0; i < 1100; i++) {
    const x = a + t * (b - a)
    const fx = f(x)
    let c: number
    let fc: number
    if (fx > 0 === fa > 0) {
      c = a
      fc = fa
    } else {
      c = b
      fc = fb
      b = a
      fb = fa
    }
    a = x
    fa = fx
    const [best, fBest] = Math.abs(fa) < Math.abs(fb) ? [a, fa] : [b, fb]
    const limit = (tolerance * Math.abs(best)) / Math.abs(b - a)
    if (limit > 0.5 || fBest === 0 || a === b) return best
    const xi = (a - b) / (c - b)
    const phi = (fa - fb) / (fc - fb)
    const quadratic = phi * phi < xi && (1 - phi) * (1 - phi) < 1 - xi
    t = quadratic ? (fa / (fb - fa)) * (fc / (fb - fc)) + (((c - a) / (b - a)) * fa * fb) / ((fc - fa) * (fc - fb)) : 0.5
    if (!(t > limit)) t = limit
    else if (t > 1 - limit) t = 1 - limit
  }
  return Math.abs(fa) < Math.abs(fb) ? a : b
}
