import { chiSquaredUpperTail } from '../distributions/chi-squared.ts'
import { type NotTestable, notTestable } from '../not-testable.ts'
import { type StratifiedInput } from '../tables/stratified-table.ts'
import { isInformative, twoByTwoStrata } from './two-by-two-strata.ts'

/** Result of {@link woolfTest}. */
export interface WoolfTest {
  /** Which test. */
  readonly method: 'woolf'
  /** X², ≥ 0. */
  readonly statistic: number
  /** Informative strata less one. */
  readonly degreesOfFreedom: number
  /** Upper-tail probability. */
  readonly pValue: number
  /** Woolf's common odds ratio, the exponential of the weighted mean of logarithms. */
  readonly oddsRatio: number
  /** Whether ½ was added to each count of each stratum, as happens where any count is zero. */
  readonly continuityCorrection: 'none' | 'half'
  /** Strata with all four margins above zero; the others say nothing. */
  readonly informativeStrata: number
}

/**
 * Woolf's test that the odds ratio is the same in all strata.
 *
 * X² = Σ w·(ln OR − mean)² with w = 1 / (1/a + 1/b + 1/c + 1/d). For large strata; {@link breslowDayTest} stands sparse ones better.
 *
 * @remarks
 * R: `vcd::woolf_test(x)`, which also adds ½ everywhere where any count is zero, but counts strata with an empty margin too.
 * No SciPy counterpart.
 *
 * @param strata - K 2 × 2 tables
 * @throws A {@link StatsError} with code `mismatch` if a stratum is not 2 × 2, or as {@link strataOf} does
 *
 * @see Woolf B, "On estimating the relation between blood group and disease", Annals of Human Genetics 19 (1955) 251-253
 *
 * @example
 * ```ts @import.meta.vitest
 * const test = woolfTest([[[5, 32], [1, 4]], [[19, 7], [24, 3]], [[7, 13], [10, 6]], [[19, 6], [11, 8]]])
 *
 * expect(test.statistic).toBeCloseTo(5.409986, 6)
 * expect(test.degreesOfFreedom).toBe(3)
 * ```
 */
export function woolfTest(strata: StratifiedInput): WoolfTest | NotTestable {
  const tables = twoByTwoStrata(strata).filter(isInformative)
  if (tables.length < 2) {
    return notTestable('woolf', 'no-informative-strata', 'fewer than two strata have observations in both rows and both columns')
  }
  const half = tables.some((t) => t.a === 0 || t.b === 0 || t.c === 0 || t.d === 0)
  const shift = half ? 0.5 : 0
  const terms = tables.map((t) => {
    const [a, b, c, d] = [t.a + shift, t.b + shift, t.c + shift, t.d + shift]
    return { log: Math.log((a / b) * (d / c)), weight: 1 / (1 / a + 1 / b + 1 / c + 1 / d) }
  })
  const total = terms.reduce((sum, { weight }) => sum + weight, 0)
  const mean = terms.reduce((sum, { log, weight }) => sum + weight * log, 0) / total
  const statistic = terms.reduce((sum, { log, weight }) => sum + weight * (log - mean) ** 2, 0)
  const degreesOfFreedom = tables.length - 1
  return {
    method: 'woolf',
    statistic,
    degreesOfFreedom,
    pValue: chiSquaredUpperTail(statistic, degreesOfFreedom),
    oddsRatio: Math.exp(mean),
    continuityCorrection: half ? 'half' : 'none',
    informativeStrata: tables.length,
  }
}
