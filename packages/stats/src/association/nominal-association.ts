import { type ConfidenceInterval, criticalValue } from '../confidence-interval.ts'
import { noncentralChiSquaredCdf, noncentralChiSquaredUpperTail } from '../distributions/noncentral-chi-squared.ts'
import { chiSquaredTest } from '../independence/chi-squared-test.ts'
import { determinant } from '../numerics/exact-arithmetic.ts'
import { findRoot } from '../numerics/find-root.ts'
import { type Counts, countsOf, type Margins, margins, type TableInput } from '../tables/contingency-table.ts'
import type { AssociationOptions } from './measure.ts'

/** Result of {@link cramersV}. */
export interface CramersV {
  /** Names the measure. */
  readonly measure: 'cramers-v'
  /** V, from 0 to 1; `null` where a row or column is empty. */
  readonly estimate: number | null
  /** Bergsma's bias-corrected V, which is 0 on average under independence; `null` as above. */
  readonly biasCorrected: number | null
  /** Interval of V by inverting the noncentral chi-squared distribution of X²; `null` as above. */
  readonly confidenceInterval: ConfidenceInterval | null
}

/** Result of {@link nominalAssociation}: measures that rest on X². All are `null` where a row or column is empty. */
export interface NominalAssociation {
  /** √(X² / n), from 0 to √(min(R, C) − 1). */
  readonly phi: number | null
  /** φ of a 2 × 2 table with its sign, the correlation of two 0/1 variables; `null` for larger tables. */
  readonly signedPhi: number | null
  /** Pearson's contingency coefficient √(X² / (X² + n)). */
  readonly contingencyCoefficient: number | null
  /** Sakoda's adjustment of it, C √(m / (m − 1)) with m = min(R, C), which can reach 1. */
  readonly adjustedContingencyCoefficient: number | null
  /** Tschuprow's T, √(φ² / √((R − 1)(C − 1))), which reaches 1 in square tables only. */
  readonly tschuprowsT: number | null
  /** Cramér's V, bias-corrected V, and the interval. */
  readonly cramersV: CramersV
}

/**
 * Cramér's V, the strength of association of two nominal variables, from 0 to 1.
 *
 * V = √(X² / (n (m − 1))) with m = min(R, C). Even under independence it is above 0 on average, the more so in large sparse
 * tables; the bias-corrected value is Bergsma's. The limits are those of the noncentrality λ of X², V = √(λ / (n (m − 1))):
 * where P of {@link chiSquaredTest} is above (1 − level) / 2, the lower one is 0.
 *
 * @remarks
 * R: `vcd::assocstats(x)$cramer`, `effectsize::cramers_v(x, adjust = TRUE, alternative = 'two.sided')`,
 * `DescTools::CramerV(x, conf.level = 0.95, method = 'ncchisq')`. SciPy: `scipy.stats.contingency.association(x, 'cramer')`.
 *
 * @param table - R × C counts, R ≥ 2, C ≥ 2
 * @param options - confidence level
 * @throws A {@link StatsError} with code `out-of-range` for a level outside (0, 1), or as {@link chiSquaredTest} does
 *
 * @see W. Bergsma, *A bias-correction for Cramér's V and Tschuprow's T*, Journal of the Korean Statistical Society 42, 2013;
 * M. Smithson, *Confidence Intervals*, 2003
 *
 * @example
 * ```ts @import.meta.vitest
 * const { estimate, biasCorrected } = cramersV([[40, 55], [22, 74]])
 *
 * expect(estimate).toBeCloseTo(0.20490376085461315, 14)
 * expect(biasCorrected).toBeCloseTo(0.19213716895741334, 14)
 * ```
 */
export function cramersV(table: TableInput, options: AssociationOptions = {}): CramersV {
  const { confidenceLevel = 0.95 } = options
  criticalValue(confidenceLevel)
  const test = chiSquaredTest(table)
  if (test.method === 'not-testable') return { measure: 'cramers-v', estimate: null, biasCorrected: null, confidenceInterval: null }
  const { rows, columns, total } = margins(table)
  const phiSquared = test.statistic / total
  const smaller = Math.min(rows.length, columns.length) - 1
  const shrink = (levels: number): number => levels - (levels - 1) ** 2 / (total - 1)
  const excess = excessOverBias(countsOf(table), { rows, columns, total }, phiSquared)
  const room = Math.min(shrink(rows.length), shrink(columns.length)) - 1
  const fromNoncentrality = (noncentrality: number): number => Math.min(1, Math.sqrt(noncentrality / (total * smaller)))
  const tail = (1 - confidenceLevel) / 2
  const { statistic, degreesOfFreedom } = test
  return {
    measure: 'cramers-v',
    estimate: Math.min(1, Math.sqrt(phiSquared / smaller)),
    biasCorrected: excess === 0 ? 0 : Math.min(1, Math.sqrt(excess / room)),
    confidenceInterval: {
      lower: fromNoncentrality(
        solve((noncentrality) => noncentralChiSquaredUpperTail(statistic, degreesOfFreedom, noncentrality) - tail, statistic),
      ),
      upper: fromNoncentrality(
        solve((noncentrality) => tail - noncentralChiSquaredCdf(statistic, degreesOfFreedom, noncentrality), statistic),
      ),
      level: confidenceLevel,
    },
  }
}

/** Digits after the binary point with which a near tie of φ² and its bias is decided. */
const fractionBits = 160n

/** φ² less (R − 1)(C − 1) / (n − 1), its mean under independence, at least 0; anew in whole numbers where the two nearly cancel. */
function excessOverBias(counts: Counts, { rows, columns, total }: Margins, phiSquared: number): number {
  const degreesOfFreedom = (rows.length - 1) * (columns.length - 1)
  const bias = degreesOfFreedom / (total - 1)
  const excess = phiSquared - bias
  if (Math.abs(excess) > 1e-3 * bias) return Math.max(0, excess)
  // φ² = Σ O² / (row · column) − 1.
  let scaled = -(1n << fractionBits) - (BigInt(degreesOfFreedom) << fractionBits) / BigInt(total - 1)
  let cells = 1n
  for (const [i, row] of counts.entries()) {
    for (const [j, count] of row.entries()) {
      if (count === 0) continue
      scaled += ((BigInt(count) ** 2n) << fractionBits) / (BigInt(rows[i] as number) * BigInt(columns[j] as number))
      cells++
    }
  }
  // Each quotient is rounded down by less than one unit.
  return scaled <= cells ? 0 : Number(scaled) / 2 ** Number(fractionBits)
}

/** Where a function that rises with the noncentrality crosses 0; 0 if it starts above. */
function solve(f: (noncentrality: number) => number, statistic: number): number {
  const atZero = f(0)
  if (atZero >= 0) return 0
  let upper = statistic + 1
  let atUpper = f(upper)
  while (atUpper < 0) {
    upper *= 1.5
    atUpper = f(upper)
  }
  return findRoot(f, 0, upper, { atLower: atZero, atUpper })
}

/**
 * The measures of association that rest on Pearson's X²: φ, contingency coefficient, Tschuprow's T, Cramér's V.
 *
 * @remarks
 * R: `vcd::assocstats(x)`, `DescTools::TschuprowT(x)`. SciPy: `scipy.stats.contingency.association(x, method)`.
 *
 * @param table - R × C counts, R ≥ 2, C ≥ 2
 * @param options - confidence level of the interval of V
 * @throws A {@link StatsError} as {@link cramersV} does
 *
 * @see A. M. Liebetrau, *Measures of Association*, 1983
 *
 * @example
 * ```ts @import.meta.vitest
 * const { phi, contingencyCoefficient, tschuprowsT } = nominalAssociation([[762, 327, 468], [484, 239, 477]])
 *
 * expect(phi).toBeCloseTo(0.10443580235646777, 14)
 * expect(contingencyCoefficient).toBeCloseTo(0.10387088713082784, 14)
 * expect(tschuprowsT).toBeCloseTo(0.08781969182569918, 14)
 * ```
 */
export function nominalAssociation(table: TableInput, options: AssociationOptions = {}): NominalAssociation {
  const v = cramersV(table, options)
  const test = chiSquaredTest(table)
  if (test.method === 'not-testable') {
    return {
      phi: null,
      signedPhi: null,
      contingencyCoefficient: null,
      adjustedContingencyCoefficient: null,
      tschuprowsT: null,
      cramersV: v,
    }
  }
  const { rows, columns, total } = margins(table)
  const phi = Math.sqrt(test.statistic / total)
  const contingencyCoefficient = Math.sqrt(test.statistic / (test.statistic + total))
  const m = Math.min(rows.length, columns.length)
  return {
    phi,
    signedPhi: rows.length === 2 && columns.length === 2 ? phi * signOf(table) : null,
    contingencyCoefficient,
    adjustedContingencyCoefficient: Math.min(1, contingencyCoefficient * Math.sqrt(m / (m - 1))),
    tschuprowsT: Math.min(1, phi / Math.sqrt(Math.sqrt(test.degreesOfFreedom))),
    cramersV: v,
  }
}

/** Sign of ad − bc. */
function signOf(table: TableInput): number {
  const [[a, b], [c, d]] = countsOf(table) as unknown as readonly [readonly [number, number], readonly [number, number]]
  return determinant(a, b, c, d) < 0 ? -1 : 1
}
