import { type ConfidenceInterval, criticalValue } from '../confidence-interval.ts'
import { determinant } from '../numerics/exact-arithmetic.ts'
import { type TableInput } from '../tables/contingency-table.ts'
import { oddsRatio, type OddsRatioInterval } from './odds-ratio.ts'
import { type TwoByTwo, twoByTwo } from './two-by-two.ts'

/** Options of {@link yulesQ} and {@link yulesY}. */
export interface YulesCoefficientOptions {
  /**
   * Which interval of the odds ratio is carried over, or `'wald'` for estimate ± z standard errors, clipped to −1 … 1.
   * @defaultValue `'miettinen-nurminen'`
   */
  readonly interval?: OddsRatioInterval | 'wald'
  /**
   * Confidence level, between 0 and 1.
   * @defaultValue 0.95
   */
  readonly confidenceLevel?: number
}

/** Result of {@link yulesQ} and {@link yulesY}. */
export interface YulesCoefficient {
  /** What was estimated. */
  readonly measure: 'yules-q' | 'yules-y'
  /** How the limits were found. */
  readonly interval: OddsRatioInterval | 'wald'
  /** The coefficient, from −1 to 1; `null` where a row or column is empty. */
  readonly estimate: number | null
  /** Why `estimate` is `null`: `'undefined'` if a row or column is empty. */
  readonly reason: 'undefined' | null
  /** Asymptotic standard error (delta method); `null` where a count is zero. */
  readonly standardError: number | null
  /** Limits of the coefficient; −1 to 1 where nothing is known. */
  readonly confidenceInterval: ConfidenceInterval
}

/**
 * Yule's Q, coefficient of association: Goodman and Kruskal's gamma of a 2 × 2 table.
 *
 * Q = (ad − bc) / (ad + bc) = (OR − 1) / (OR + 1), standard error ½(1 − Q²)·√(1/a + 1/b + 1/c + 1/d).
 *
 * @remarks
 * R: `DescTools::YuleQ(x)`, `psych::Yule(x)` (no interval). The default interval is that of the odds ratio carried over, so it stays
 * within −1 … 1 and holds with zero counts. No SciPy counterpart.
 *
 * @param table - 2 × 2 counts
 * @param options - interval and level
 * @throws A {@link StatsError} as {@link oddsRatio} does
 *
 * @see Bishop YMM, Fienberg SE, Holland PW, *Discrete Multivariate Analysis*, §11.2
 *
 * @example
 * ```ts @import.meta.vitest
 * const { estimate, standardError } = yulesQ([[40, 55], [22, 74]])
 *
 * expect(estimate).toBeCloseTo(0.41966, 5)
 * expect(standardError).toBeCloseTo(0.13166, 5)
 * ```
 */
export function yulesQ(table: TableInput, options: YulesCoefficientOptions = {}): YulesCoefficient {
  const t = twoByTwo(table)
  const main = t.a * t.d
  const cross = t.b * t.c
  const sum = main + cross
  const estimate = sum > 0 ? determinant(t.a, t.b, t.c, t.d) / sum : null
  // 1 − Q² = 4·ad·bc / (ad + bc)²
  const standardError = main > 0 && cross > 0 ? 2 * (main / sum) * (cross / sum) * logError(t) : null
  return coefficient('yules-q', table, estimate, standardError, (or) => (or - 1) / (or + 1), options)
}

/**
 * Yule's Y, coefficient of colligation: what phi would be if both margins were made even.
 *
 * Y = (√(ad) − √(bc)) / (√(ad) + √(bc)), standard error ¼(1 − Y²)·√(1/a + 1/b + 1/c + 1/d).
 *
 * @remarks
 * R: `DescTools::YuleY(x)`, `psych::Yule(x, Y = TRUE)` (no interval). No SciPy counterpart.
 *
 * @param table - 2 × 2 counts
 * @param options - interval and level
 * @throws A {@link StatsError} as {@link oddsRatio} does
 *
 * @see Bishop YMM, Fienberg SE, Holland PW, *Discrete Multivariate Analysis*, §11.2
 *
 * @example
 * ```ts @import.meta.vitest
 * expect(yulesY([[40, 55], [22, 74]]).estimate).toBeCloseTo(0.21999, 5)
 * ```
 */
export function yulesY(table: TableInput, options: YulesCoefficientOptions = {}): YulesCoefficient {
  const t = twoByTwo(table)
  const main = Math.sqrt(t.a) * Math.sqrt(t.d)
  const cross = Math.sqrt(t.b) * Math.sqrt(t.c)
  const sum = main + cross
  // With a zero on a diagonal it is ±1, which the squares of roots miss by some last digits.
  const estimate = sum === 0 ? null : main === 0 ? -1 : cross === 0 ? 1 : determinant(t.a, t.b, t.c, t.d) / (sum * sum)
  // 1 − Y² = 4·√(ad)·√(bc) / (√(ad) + √(bc))²
  const standardError = main > 0 && cross > 0 ? (main / sum) * (cross / sum) * logError(t) : null
  return coefficient('yules-y', table, estimate, standardError, (or) => (Math.sqrt(or) - 1) / (Math.sqrt(or) + 1), options)
}

const logError = (t: TwoByTwo): number => Math.sqrt(1 / t.a + 1 / t.b + 1 / t.c + 1 / t.d)

function coefficient(
  measure: YulesCoefficient['measure'],
  table: TableInput,
  estimate: number | null,
  standardError: number | null,
  ofOddsRatio: (or: number) => number,
  options: YulesCoefficientOptions,
): YulesCoefficient {
  const { interval = 'miettinen-nurminen', confidenceLevel: level = 0.95 } = options
  const reason = estimate === null ? 'undefined' : null
  let lower = -1
  let upper = 1
  if (interval === 'wald') {
    const half = criticalValue(level) * (standardError ?? Infinity)
    if (estimate !== null) {
      lower = Math.max(-1, estimate - half)
      upper = Math.min(1, estimate + half)
    }
  } else {
    const limits = oddsRatio(table, { interval, confidenceLevel: level }).confidenceInterval
    lower = ofOddsRatio(limits.lower)
    upper = limits.upper === null ? 1 : ofOddsRatio(limits.upper)
  }
  return { measure, interval, estimate, reason, standardError, confidenceInterval: { lower, upper, level } }
}
