import { requireOneOf } from '../argument-checks.ts'
import { type ConfidenceInterval, criticalValue } from '../confidence-interval.ts'
import { distances } from '../effects/component-limits.ts'
import { ratioBound, scoreRoot } from '../effects/score-root.ts'
import { type TwoByTwo, twoByTwo } from '../effects/two-by-two.ts'
import { determinant } from '../numerics/exact-arithmetic.ts'
import { type TableInput } from '../tables/contingency-table.ts'

/** How the limits of a difference of paired proportions are found. */
export type PairedDifferenceInterval =
  /** Score test inverted (Tango 1998): contradicts McNemar's asymptotic test never. */
  | 'tango'
  /** Square-and-add of two Wilson intervals with corrected correlation (Newcombe 1998, method 10). */
  | 'newcombe'
  /** Wald after adding one pair to either discordant count (Bonett and Price 2012). */
  | 'bonett-price'
  /** Estimate ± z standard errors; too narrow for few pairs, of length zero where all or none differ one way. */
  | 'wald'

/** Options of {@link pairedDifference}. */
export interface PairedDifferenceOptions {
  /**
   * How the limits are found.
   * @defaultValue `'tango'`
   */
  readonly interval?: PairedDifferenceInterval
  /**
   * Confidence level, between 0 and 1.
   * @defaultValue 0.95
   */
  readonly confidenceLevel?: number
}

/** Result of {@link pairedDifference}. */
export interface PairedDifference {
  /** What was estimated. */
  readonly measure: 'paired-difference'
  /** How the limits were found. */
  readonly interval: PairedDifferenceInterval
  /** (b − c) / n, the event's share at the first measurement less that at the second, from −1 to 1; `null` without pairs. */
  readonly estimate: number | null
  /** Why `estimate` is `null`: `'undefined'` without pairs. */
  readonly reason: 'undefined' | null
  /** √(b + c − (b − c)²/n) / n; `null` without pairs. */
  readonly standardError: number | null
  /** Limits of the difference; −1 to 1 without pairs. Those of `'wald'` and `'bonett-price'` are as published, not clipped to that range. */
  readonly confidenceInterval: ConfidenceInterval
}

/**
 * Difference of two proportions measured on the same subjects, with its confidence interval.
 *
 * d = (a + b)/n − (a + c)/n = (b − c)/n.
 *
 * @remarks
 * R: `PropCIs::scoreci.mp(b, c, n, conf.level)` (Tango), `ExactCIdiff`, `DescTools::BinomDiffCI` has none. statsmodels 0.13 has none.
 *
 * @param table - 2 × 2 counts of *pairs*: rows are the first measurement, columns the second, both with the event first
 * @param options - interval and level
 * @throws A {@link StatsError} with code `mismatch` if the table is not 2 × 2, `out-of-range` for a level outside (0, 1), or as {@link margins} does
 *
 * @see Tango T, "Equivalence test and confidence interval for the difference in proportions for the paired-sample design", Statistics in Medicine 17 (1998) 891-908
 * @see Newcombe RG, "Improved confidence intervals for the difference between binomial proportions based on paired data", Statistics in Medicine 17 (1998) 2635-2650
 *
 * @example
 * ```ts @import.meta.vitest
 * const { estimate, confidenceInterval } = pairedDifference([[794, 86], [150, 570]])
 *
 * expect(estimate).toBeCloseTo(-0.04, 12)
 * expect(confidenceInterval.lower).toBeCloseTo(-0.059, 4)
 * expect(confidenceInterval.upper).toBeCloseTo(-0.02136, 5)
 * ```
 */
export function pairedDifference(table: TableInput, options: PairedDifferenceOptions = {}): PairedDifference {
  const { interval = 'tango', confidenceLevel: level = 0.95 } = options
  requireOneOf('interval', interval, 'tango', 'newcombe', 'bonett-price', 'wald')
  const t = twoByTwo(table)
  const z = criticalValue(level)
  if (t.n === 0) {
    const confidenceInterval = { lower: -1, upper: 1, level }
    return { measure: 'paired-difference', interval, estimate: null, reason: 'undefined', standardError: null, confidenceInterval }
  }
  const estimate = (t.b - t.c) / t.n
  const standardError = errorOf(t.b, t.c, t.n)
  const [lower, upper] = limits(t, estimate, z, level, interval)
  return { measure: 'paired-difference', interval, estimate, reason: null, standardError, confidenceInterval: { lower, upper, level } }
}

// b + c − (b − c)²/n, written as a sum: [(b + c)(n − b − c) + 4bc] / n.
function errorOf(b: number, c: number, n: number): number {
  return Math.sqrt(((b + c) / n) * ((n - b - c) / n) + 4 * (b / n) * (c / n)) / Math.sqrt(n)
}

function limits(t: TwoByTwo, estimate: number, z: number, level: number, interval: PairedDifferenceInterval): [number, number] {
  switch (interval) {
    case 'tango': {
      const concordant = t.a + t.d
      return [tangoLimit(t.b, t.c, concordant, z * z), -tangoLimit(t.c, t.b, concordant, z * z)]
    }
    case 'newcombe': {
      const first = distances(t.n1, t.n, z, level, 'wilson')
      const second = distances(t.m1, t.n, z, level, 'wilson')
      const correlation = correctedPhi(t)
      return [
        estimate - squareAndAdd(first.below, second.above, correlation),
        estimate + squareAndAdd(first.above, second.below, correlation),
      ]
    }
    case 'bonett-price': {
      const centre = (t.b - t.c) / (t.n + 2)
      const half = z * errorOf(t.b + 1, t.c + 1, t.n + 2)
      return [centre - half, centre + half]
    }
    case 'wald': {
      const half = z * errorOf(t.b, t.c, t.n)
      return [estimate - half, estimate + half]
    }
  }
}

/**
 * Tango's lower limit. The Lagrange multiplier is again the unknown (as for two independent groups): with its share
 * ρ of the total, the restricted estimate is B : C : r with B = b / (1 + ρ), C = c / (1 − ρ), r concordant pairs, and
 * the statistic is ρ²·[4BC + r(B + C)] / n, increasing in ρ. No quadratic that cancels, no iteration for the estimate.
 */
function tangoLimit(b: number, c: number, concordant: number, target: number): number {
  const n = b + c + concordant
  if (c === n) return -1
  if (c === 0) {
    // ρ may reach its end, 1, where the cell that was never observed takes what is left.
    const first = b / 2
    const atEdge = (concordant * first) / n
    if (target >= atEdge) {
      const second = (n * (target - atEdge)) / (2 * b + concordant)
      return (first - second) / (first + second + concordant)
    }
    // ρ²·r·b / (1 + ρ) = n·target
    const w = (n * target) / (concordant * b)
    const rho = ratioBound(w)
    const restricted = b / (1 + rho)
    return restricted / (restricted + concordant)
  }
  const step = (s: number): number => {
    const rho = s / (1 + s)
    const first = (b * (1 + s)) / (1 + 2 * s)
    const second = c * (1 + s)
    const value = 4 * first * second + concordant * (first + second)
    // Logarithmic derivatives with respect to s: of first −s / ((1 + s)(1 + 2s)), of second s / (1 + s), of ρ² 2 / (1 + s).
    const firstSlope = -s / ((1 + s) * (1 + 2 * s))
    const secondSlope = s / (1 + s)
    const change = 4 * first * second * (firstSlope + secondSlope) + concordant * (first * firstSlope + second * secondSlope)
    return Math.log((rho * rho * value) / (n * target)) / (2 / (1 + s) + change / value)
  }
  const guess = ratioBound((n * target) / (4 * b * c + concordant * (b + c)))
  const s = scoreRoot(step, guess, ratioBound((n * target) / (c * (2 * b + concordant))), guess)
  const first = (b * (1 + s)) / (1 + 2 * s)
  const second = c * (1 + s)
  return (first - second) / (first + second + concordant)
}

// Newcombe's correction of a positive correlation for continuity; 0 where a margin is empty.
function correctedPhi(t: TwoByTwo): number {
  const product = determinant(t.a, t.b, t.c, t.d)
  if (product === 0) return 0
  const corrected = product > 0 ? Math.max(0, product - t.n / 2) : product
  return corrected / (Math.sqrt(t.n1) * Math.sqrt(t.n2)) / (Math.sqrt(t.m1) * Math.sqrt(t.m2))
}

function squareAndAdd(x: number, y: number, correlation: number): number {
  return Math.sqrt(Math.max(0, x * x - 2 * correlation * x * y + y * y))
}
