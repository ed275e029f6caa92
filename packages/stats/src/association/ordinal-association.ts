import { chiSquaredUpperTail } from '../distributions/chi-squared.ts'
import { criticalValue } from '../confidence-interval.ts'
import { determinant } from '../numerics/exact-arithmetic.ts'
import { type Counts, countsOf, margins, type TableInput } from '../tables/contingency-table.ts'
import { requireTwoVariables } from '../tables/expected-counts.ts'
import type { DirectedAssociation } from './goodman-kruskal-lambda.ts'
import { type AssociationMeasure, type AssociationOptions, deltaError, measure } from './measure.ts'

/** A measure of ordinal association, with its error under independence too. */
export interface OrdinalMeasure extends AssociationMeasure {
  /** Asymptotic standard error under independence (ASE0); it belongs to the P value. */
  readonly nullStandardError: number | null
  /** Two-sided P value of independence, estimate / ASE0 being standard normal; the same for all measures of a table. */
  readonly pValue: number | null
}

/** Result of {@link ordinalAssociation}. */
export interface OrdinalAssociation {
  /** Pairs of observations that both variables put in the same order. */
  readonly concordant: number
  /** Pairs that they put in opposite orders. */
  readonly discordant: number
  /** Goodman and Kruskal's γ = (C − D) / (C + D), which leaves out tied pairs. */
  readonly gamma: OrdinalMeasure
  /** Kendall's τ-b, the correlation of orders, corrected for ties. */
  readonly kendallsTauB: OrdinalMeasure
  /** Stuart's τ-c = 2 m (C − D) / (n² (m − 1)), m the smaller number of rows or columns that have observations. */
  readonly stuartsTauC: OrdinalMeasure
  /** Somers' d: C − D over the pairs that differ in the predictor. */
  readonly somersD: DirectedAssociation<OrdinalMeasure>
}

/**
 * Measures of association of two ordered variables: γ, Kendall's τ-b, Stuart's τ-c, Somers' d, each with its errors under
 * independence (ASE0) and otherwise (ASE1).
 *
 * C counts concordant and D discordant pairs. All measures are C − D over some number of pairs, from −1 to 1.
 *
 * @remarks
 * R: `vcdExtra::GKgamma(x)`, `DescTools::KendallTauB(x)`, `StuartTauC(x)`, `SomersDelta(x)`; the standard errors of τ-b and Somers'
 * d in DescTools differ in the fourth digit from the delta method. SciPy: `somersd(x)`, `kendalltau(variant='b')` without
 * errors. SPSS and SAS: the same numbers as here; τ-c has one error for both purposes.
 *
 * @param table - R × C counts, both variables in order, R ≥ 2, C ≥ 2; empty rows and columns make no difference
 * @param options - confidence level
 * @throws A {@link StatsError} with code `too-small` for a single row or column, or as {@link margins} does
 *
 * @see M. B. Brown and J. K. Benedetti, *Sampling behavior of tests for correlation in two-way contingency tables*, JASA 72, 1977,
 * p. 309; L. A. Goodman and W. H. Kruskal, JASA 67, 1972, p. 415
 *
 * @example
 * ```ts @import.meta.vitest
 * const { gamma, kendallsTauB, concordant } = ordinalAssociation([[40, 55], [22, 74]])
 *
 * expect(concordant).toBe(2960)
 * expect(gamma.estimate).toBeCloseTo(0.4196642685851319, 15)
 * expect(kendallsTauB.standardError).toBeCloseTo(0.07022694745220413, 14)
 * ```
 */
export function ordinalAssociation(table: TableInput, options: AssociationOptions = {}): OrdinalAssociation {
  const { confidenceLevel = 0.95 } = options
  criticalValue(confidenceLevel)
  const { rows, columns, total: n } = margins(table)
  requireTwoVariables('ordinal association', rows.length, columns.length)
  const counts = countsOf(table)
  const same = partners(counts, false)
  const opposite = partners(counts, true)
  const concordant = weightedSum(counts, same) / 2
  const discordant = weightedSum(counts, opposite) / 2
  // Below this total the numbers of pairs are exact integers.
  const excess = n < 94906265 ? concordant - discordant : pairExcess(counts, rows, columns, n)

  const at = (values: readonly Float64Array[], i: number, j: number): number => (values[i] as Float64Array)[j] as number
  const surplus = (i: number, j: number): number => at(same, i, j) - at(opposite, i, j)
  // √(Σ nᵢⱼ (sᵢⱼ − s̄)²): the error of 2 (C − D) under independence.
  const mean = (2 * excess) / n
  let spread = 0
  for (const [i, row] of counts.entries())
    for (const [j, count] of row.entries()) if (count > 0) spread += count * (surplus(i, j) - mean) ** 2
  const nullError = 2 * Math.sqrt(spread)
  const pValue = spread > 0 ? chiSquaredUpperTail(((2 * excess) / nullError) ** 2, 1) : null

  // Ordered pairs that differ in the rows, in the columns.
  const rowPairs = rows.reduce((sum, row) => sum + row * (n - row), 0)
  const columnPairs = columns.reduce((sum, column) => sum + column * (n - column), 0)

  /** 2 (C − D) over a number of ordered pairs, given by how much that number grows with each count. */
  const over = (pairs: number, growth: (i: number, j: number) => number): OrdinalMeasure => {
    const estimate = (2 * excess) / pairs
    const error = deltaError(counts, (i, j) => (2 * surplus(i, j) - estimate * growth(i, j)) / pairs)
    return complete(measure(clamp(estimate), error, -1, confidenceLevel), nullError / pairs, pValue)
  }
  const rowGrowth = (i: number): number => 2 * (n - (rows[i] as number))
  const columnGrowth = (j: number): number => 2 * (n - (columns[j] as number))
  const root = Math.sqrt(rowPairs) * Math.sqrt(columnPairs)
  const levels = (totals: readonly number[]): number => totals.filter((total) => total > 0).length
  const smaller = Math.min(levels(rows), levels(columns))
  const pairsOfC = n * (n / smaller) * (smaller - 1)
  const tauC = (2 * excess) / pairsOfC
  return {
    concordant,
    discordant,
    gamma: over(2 * (concordant + discordant), (i, j) => 2 * (at(same, i, j) + at(opposite, i, j))),
    kendallsTauB: over(root, (i, j) => (root / 2) * (rowGrowth(i) / rowPairs + columnGrowth(j) / columnPairs)),
    stuartsTauC: complete(measure(clamp(tauC), nullError / pairsOfC, -1, confidenceLevel), nullError / pairsOfC, pValue),
    somersD: {
      columnGivenRow: over(rowPairs, rowGrowth),
      rowGivenColumn: over(columnPairs, (_, j) => columnGrowth(j)),
      symmetric: over((rowPairs + columnPairs) / 2, (i, j) => (rowGrowth(i) + columnGrowth(j)) / 2),
    },
  }
}

const clamp = (estimate: number): number => (Number.isFinite(estimate) ? Math.max(-1, Math.min(1, estimate)) : NaN)

function complete(result: AssociationMeasure, nullStandardError: number, pValue: number | null): OrdinalMeasure {
  return result.estimate === null ? { ...result, nullStandardError: null, pValue: null } : { ...result, nullStandardError, pValue }
}

/** For each cell the observations that are in order with it: below right and above left, or below left and above right. */
function partners(counts: Counts, mirrored: boolean): Float64Array[] {
  const height = counts.length
  const width = (counts[0] as readonly number[]).length
  const column = (j: number): number => (mirrored ? width - 1 - j : j)
  const result = counts.map(() => new Float64Array(width))
  // Sums of whole columns over the rows passed so far.
  const add = (sums: Float64Array, i: number): void => {
    for (let j = 0; j < width; j++) sums[j] = (sums[j] as number) + ((counts[i] as readonly number[])[column(j)] as number)
  }
  const above = new Float64Array(width)
  for (let i = 0; i < height; i++) {
    for (let j = 0, left = 0; j < width; j++) {
      const cells = result[i] as Float64Array
      cells[column(j)] = (cells[column(j)] as number) + left
      left += above[j] as number
    }
    add(above, i)
  }
  const below = new Float64Array(width)
  for (let i = height - 1; i >= 0; i--) {
    for (let j = width - 1, right = 0; j >= 0; j--) {
      const cells = result[i] as Float64Array
      cells[column(j)] = (cells[column(j)] as number) + right
      right += below[j] as number
    }
    add(below, i)
  }
  return result
}

function weightedSum(counts: Counts, values: readonly Float64Array[]): number {
  let sum = 0
  for (const [i, row] of counts.entries()) for (const [j, count] of row.entries()) sum += count * ((values[i] as Float64Array)[j] as number)
  return sum
}

/**
 * C − D where both exceed 2⁵³: with n = E + d, the counts expected under independence give nothing, so that only terms in the
 * departures d are left, which are exact.
 */
function pairExcess(counts: Counts, rows: readonly number[], columns: readonly number[], n: number): number {
  const departures = counts.map((row, i) => row.map((count, j) => determinant(count, rows[i] as number, columns[j] as number, n) / n))
  const before = (totals: readonly number[]): number[] => {
    let sum = 0
    // Observations before a level less observations after it.
    return totals.map((total) => {
      const balance = sum - (n - sum - total)
      sum += total
      return balance
    })
  }
  const rowBalance = before(rows)
  const columnBalance = before(columns)
  const own = partners(departures, false)
  const cross = partners(departures, true)
  let excess = 0
  for (const [i, row] of departures.entries()) {
    for (const [j, departure] of row.entries()) {
      excess += departure * (((rowBalance[i] as number) * (columnBalance[j] as number)) / n)
      excess += (departure * (((own[i] as Float64Array)[j] as number) - ((cross[i] as Float64Array)[j] as number))) / 2
    }
  }
  return excess
}
