import { requireOneOf } from '../argument-checks.ts'
import { type ConfidenceInterval, criticalValue } from '../confidence-interval.ts'
import { logLimits } from '../effects/ratio-limits.ts'
import { type TwoByTwo } from '../effects/two-by-two.ts'
import { determinant } from '../numerics/exact-arithmetic.ts'
import { type StratifiedInput } from '../tables/stratified-table.ts'
import { isInformative, twoByTwoStrata } from './two-by-two-strata.ts'

/** Options of {@link mantelHaenszel}. */
export interface MantelHaenszelOptions {
  /**
   * What is taken to be common to the strata.
   * @defaultValue `'odds-ratio'`
   */
  readonly measure?: 'odds-ratio' | 'risk-ratio' | 'risk-difference'
  /**
   * Variance of a risk difference: `'sato'` holds for few large and for many small strata, `'greenland-robins'` for the former only.
   * @defaultValue `'sato'`
   */
  readonly variance?: 'sato' | 'greenland-robins'
  /**
   * Confidence level, between 0 and 1.
   * @defaultValue 0.95
   */
  readonly confidenceLevel?: number
}

/** Result of {@link mantelHaenszel}. */
export interface MantelHaenszel {
  /** What was estimated. */
  readonly measure: 'odds-ratio' | 'risk-ratio' | 'risk-difference'
  /** The common effect; `null` where it is infinite or undefined. */
  readonly estimate: number | null
  /** Why `estimate` is `null`: `'infinite'` if only the denominator is zero, `'undefined'` if no stratum says anything. */
  readonly reason: 'infinite' | 'undefined' | null
  /** Standard error, of the natural logarithm for the two ratios; `null` where the estimate is 0, infinite or undefined. */
  readonly standardError: number | null
  /** Limits of the common effect; the whole range (upper `null`, or −1 to 1) where there is no standard error. */
  readonly confidenceInterval: ConfidenceInterval
  /** Strata that entered with a weight above zero. */
  readonly informativeStrata: number
}

/**
 * The common effect of a group over strata, by Mantel and Haenszel's weights, with its confidence interval.
 *
 * Odds ratio Σ(ad/n) / Σ(bc/n), risk ratio Σ(a·n2/n) / Σ(c·n1/n), risk difference Σ((ad − bc)/n) / Σ(n1·n2/n), all sums
 * over strata. Standard errors of Robins, Breslow and Greenland (odds ratio), Greenland and Robins (risk ratio), Sato or
 * Greenland and Robins (risk difference). A common effect is assumed: see {@link breslowDayTest}.
 *
 * @remarks
 * R: `mantelhaen.test(x)$estimate` and `$conf.int` (odds ratio); `metafor::rma.mh(measure = 'RR')` and `'RD'` (Sato). statsmodels:
 * `StratifiedTable(tables).oddsratio_pooled`, `oddsratio_pooled_confint`, `riskratio_pooled`. Strata with an empty margin have weight zero and are harmless.
 *
 * @param strata - K 2 × 2 tables: rows are the groups, the first column is the event
 * @param options - measure, variance and level
 * @throws A {@link StatsError} with code `mismatch` if a stratum is not 2 × 2, `out-of-range` for a level outside (0, 1), or as {@link strataOf} does
 *
 * @see Robins J, Breslow N, Greenland S, "Estimators of the Mantel-Haenszel variance", Biometrics 42 (1986) 311-323
 * @see Greenland S, Robins JM, "Estimation of a common effect parameter from sparse follow-up data", Biometrics 41 (1985) 55-68
 * @see Sato T, "On the variance estimator for the Mantel-Haenszel risk difference", Biometrics 45 (1989) 1323-1324
 *
 * @example
 * ```ts @import.meta.vitest
 * const { estimate, confidenceInterval } = mantelHaenszel([[[19, 4], [10, 2]], [[8, 20], [14, 17]], [[4, 13], [18, 12]], [[21, 4], [5, 7]]])
 *
 * expect(estimate).toBeCloseTo(0.735022, 6)
 * expect(confidenceInterval.lower).toBeCloseTo(0.391018, 6)
 * expect(confidenceInterval.upper).toBeCloseTo(1.381669, 6)
 * ```
 */
export function mantelHaenszel(strata: StratifiedInput, options: MantelHaenszelOptions = {}): MantelHaenszel {
  const { measure = 'odds-ratio', variance = 'sato', confidenceLevel: level = 0.95 } = options
  requireOneOf('measure', measure, 'odds-ratio', 'risk-ratio', 'risk-difference')
  requireOneOf('variance', variance, 'sato', 'greenland-robins')
  const tables = twoByTwoStrata(strata)
  const z = criticalValue(level)
  if (measure === 'risk-difference') return commonDifference(tables, variance, z, level)
  const informative = measure === 'odds-ratio' ? tables.filter(isInformative) : tables.filter((t) => t.n1 > 0 && t.n2 > 0 && t.m1 > 0)
  const { numerator, denominator, standardError } = measure === 'odds-ratio' ? oddsRatioSums(informative) : riskRatioSums(informative)
  const estimate = denominator > 0 ? numerator / denominator : null
  const known = estimate !== null && estimate > 0
  const [lower, upper] = known ? logLimits(estimate, z * standardError) : [0, null]
  return {
    measure,
    estimate,
    reason: estimate !== null ? null : numerator > 0 ? 'infinite' : 'undefined',
    standardError: known ? standardError : null,
    confidenceInterval: { lower, upper, level },
    informativeStrata: informative.length,
  }
}

interface RatioSums {
  readonly numerator: number
  readonly denominator: number
  /** Of the logarithm; meaningless if either sum is zero. */
  readonly standardError: number
}

function oddsRatioSums(tables: readonly TwoByTwo[]): RatioSums {
  let numerator = 0
  let denominator = 0
  let main = 0
  let mixed = 0
  let cross = 0
  for (const t of tables) {
    const r = t.a * (t.d / t.n)
    const s = t.b * (t.c / t.n)
    const p = (t.a + t.d) / t.n
    const q = (t.b + t.c) / t.n
    numerator += r
    denominator += s
    main += p * r
    mixed += p * s + q * r
    cross += q * s
  }
  const variance = main / numerator / numerator + mixed / numerator / denominator + cross / denominator / denominator
  return { numerator, denominator, standardError: Math.sqrt(variance / 2) }
}

function riskRatioSums(tables: readonly TwoByTwo[]): RatioSums {
  let numerator = 0
  let denominator = 0
  let sum = 0
  for (const t of tables) {
    const first = t.n1 / t.n
    const second = t.n2 / t.n
    numerator += t.a * second
    denominator += t.c * first
    // m1·n1·n2 − a·c·n, written without the difference: a·d·n1 + b·c·n2.
    sum += t.a * (t.d / t.n) * first + t.b * (t.c / t.n) * second
  }
  return { numerator, denominator, standardError: Math.sqrt(sum / numerator / denominator) }
}

function commonDifference(tables: readonly TwoByTwo[], variance: 'sato' | 'greenland-robins', z: number, level: number): MantelHaenszel {
  const informative = tables.filter((t) => t.n1 > 0 && t.n2 > 0)
  let weight = 0
  let difference = 0
  let skewed = 0
  let even = 0
  let binomial = 0
  for (const t of informative) {
    const first = t.n1 / t.n
    const second = t.n2 / t.n
    weight += t.n1 * second
    difference += determinant(t.a, t.b, t.c, t.d) / t.n
    skewed += first * first * t.c - second * second * t.a + (first * second * (t.n2 - t.n1)) / 2
    even += (t.a * (t.d / t.n) + t.b * (t.c / t.n)) / 2
    binomial += t.a * (t.b / t.n1) * second * second + t.c * (t.d / t.n2) * first * first
  }
  const measure = 'risk-difference'
  const informativeStrata = informative.length
  if (weight === 0) {
    const confidenceInterval = { lower: -1, upper: 1, level }
    return { measure, estimate: null, reason: 'undefined', standardError: null, confidenceInterval, informativeStrata }
  }
  const estimate = difference / weight
  // Σ Q of Sato is Σ [a(n2 − c) + c(n1 − a)] / (2n) = Σ [ad + cb] / (2n).
  const standardError = Math.sqrt(Math.max(0, variance === 'sato' ? estimate * skewed + even : binomial)) / weight
  const half = z * standardError
  return {
    measure,
    estimate,
    reason: null,
    standardError,
    confidenceInterval: { lower: estimate - half, upper: estimate + half, level },
    informativeStrata,
  }
}
