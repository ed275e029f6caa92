import { chiSquaredUpperTail } from '../distributions/chi-squared.ts'
import { type TwoByTwo } from '../effects/two-by-two.ts'
import { type NotTestable, notTestable } from '../not-testable.ts'
import { productError, sumError } from '../numerics/exact-arithmetic.ts'
import { type StratifiedInput } from '../tables/stratified-table.ts'
import { isInformative, twoByTwoStrata } from './two-by-two-strata.ts'

/** Result of {@link breslowDayTest}. */
export interface BreslowDayTest {
  /** Which test. */
  readonly method: 'breslow-day'
  /** Breslow and Day's X². */
  readonly statistic: number
  /** Informative strata less one. */
  readonly degreesOfFreedom: number
  /** Upper-tail probability of `statistic`. */
  readonly pValue: number
  /** The same with Tarone's correction, which makes it a proper score test; prefer it. */
  readonly tarone: {
    /** X² less (Σ(a − A))² / ΣV. */
    readonly statistic: number
    /** Upper-tail probability. */
    readonly pValue: number
  }
  /** The Mantel-Haenszel odds ratio that was taken to be common. */
  readonly oddsRatio: number
  /** Strata with all four margins above zero; the others say nothing. */
  readonly informativeStrata: number
}

/**
 * Breslow and Day's test that the odds ratio is the same in all strata, with Tarone's correction.
 *
 * X² = Σ (a − A)² / V, where A is the count that fits the stratum's margins and the Mantel-Haenszel odds ratio and
 * V = 1 / (1/A + 1/B + 1/C + 1/D).
 *
 * @remarks
 * R: `DescTools::BreslowDayTest(x, correct = TRUE)`, `metafor::rma.mh(...)$BD` and `$TA`. statsmodels: `StratifiedTable(tables).test_equal_odds(adjust=True)`.
 * Those count strata with an empty margin in the degrees of freedom, or fail; here they are left out.
 *
 * @param strata - K 2 × 2 tables
 * @throws A {@link StatsError} with code `mismatch` if a stratum is not 2 × 2, or as {@link strataOf} does
 *
 * @see Breslow NE, Day NE, *Statistical Methods in Cancer Research I*, §4.4
 * @see Tarone RE, "On heterogeneity tests based on efficient scores", Biometrika 72 (1985) 91-95
 *
 * @example
 * ```ts @import.meta.vitest
 * const test = breslowDayTest([[[5, 32], [1, 4]], [[19, 7], [24, 3]], [[7, 13], [10, 6]], [[19, 6], [11, 8]]])
 *
 * expect(test).toMatchObject({ degreesOfFreedom: 3 })
 * expect(test.statistic).toBeCloseTo(5.59451, 5)
 * ```
 */
export function breslowDayTest(strata: StratifiedInput): BreslowDayTest | NotTestable {
  const tables = twoByTwoStrata(strata).filter(isInformative)
  if (tables.length < 2) {
    return notTestable('breslow-day', 'no-informative-strata', 'fewer than two strata have observations in both rows and both columns')
  }
  const pooled = pooledOddsRatio(tables)
  const { high: oddsRatio } = pooled
  if (!(oddsRatio > 0 && oddsRatio < Infinity)) {
    return notTestable('breslow-day', 'no-variation', 'the common odds ratio is zero or infinite, and so are those of all strata')
  }
  let statistic = 0
  let sum = 0
  let variances = 0
  for (const t of tables) {
    const excess = excessOver(pooled, t)
    const inverse = 1 / oddsRatio
    const precision =
      1 / fitted(oddsRatio, t.n1, t.n2, t.m1) +
      1 / fitted(inverse, t.n1, t.n2, t.m2) +
      1 / fitted(inverse, t.n2, t.n1, t.m1) +
      1 / fitted(oddsRatio, t.n2, t.n1, t.m2)
    statistic += excess * excess * precision
    sum += excess
    variances += 1 / precision
  }
  const degreesOfFreedom = tables.length - 1
  const corrected = Math.max(0, statistic - (sum / variances) * sum)
  return {
    method: 'breslow-day',
    statistic,
    degreesOfFreedom,
    pValue: chiSquaredUpperTail(statistic, degreesOfFreedom),
    tarone: { statistic: corrected, pValue: chiSquaredUpperTail(corrected, degreesOfFreedom) },
    oddsRatio,
    informativeStrata: tables.length,
  }
}

/** A number as the unevaluated sum of two doubles, good to about 32 digits. */
interface Double {
  readonly high: number
  readonly low: number
}

function divide(x: Double, y: Double): Double {
  const high = x.high / y.high
  const product = high * y.high
  return { high, low: (x.high - product - productError(high, y.high, product) + x.low - high * y.low) / y.high }
}

function add(x: Double, y: Double): Double {
  const sum = x.high + y.high
  const low = sumError(x.high, y.high, sum) + x.low + y.low
  const high = sum + low
  return { high, low: sumError(sum, low, high) }
}

function multiply(a: number, b: number): Double {
  const high = a * b
  return { high, low: productError(a, b, high) }
}

/**
 * The Mantel-Haenszel odds ratio to twice the usual precision: in large strata that agree, a and the fitted A share
 * most of their digits, and an odds ratio that is off in its last one would drown their difference.
 */
function pooledOddsRatio(tables: readonly TwoByTwo[]): Double {
  let main: Double = { high: 0, low: 0 }
  let cross: Double = { high: 0, low: 0 }
  for (const t of tables) {
    const n = { high: t.n, low: 0 }
    main = add(main, divide(multiply(t.a, t.d), n))
    cross = add(cross, divide(multiply(t.b, t.c), n))
  }
  return divide(main, cross)
}

/** a − A: the root of (1 − ψ)x² − (a + d + ψ(b + c))x + (ad − ψbc) = 0 that vanishes with ad − ψbc. */
function excessOver(ratio: Double, t: TwoByTwo): number {
  const main = multiply(t.a, t.d)
  const cross = multiply(t.b, t.c)
  const scaled = ratio.high * cross.high
  const contrast =
    main.high - scaled + (main.low - productError(ratio.high, cross.high, scaled) - ratio.high * cross.low - ratio.low * cross.high)
  return (2 * contrast) / (t.a + t.d + ratio.high * (t.b + t.c) + root(ratio.high, t.n1, t.n2, t.m1, t.m2))
}

/** Square root of the discriminant, as a sum of positive terms. */
function root(ratio: number, n1: number, n2: number, m1: number, m2: number): number {
  return Math.sqrt((ratio * (n1 - m1)) ** 2 + (n2 - m1) ** 2 + 2 * ratio * (n1 * n2 + m1 * m2))
}

/** The count in the cell of margins n1 and m1 at a given odds ratio; no term cancels in either branch. */
function fitted(ratio: number, n1: number, n2: number, m1: number): number {
  const linear = ratio * (n1 + m1) + n2 - m1
  const discriminant = root(ratio, n1, n2, m1, n1 + n2 - m1)
  return linear >= 0 ? (2 * ratio * n1 * m1) / (linear + discriminant) : (discriminant - linear) / (2 * (1 - ratio))
}
