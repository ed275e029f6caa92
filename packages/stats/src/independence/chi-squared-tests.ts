import { StatsError } from '../errors.ts'
import { scaledErfc } from '../numerics/error-function.ts'
import { determinant } from '../numerics/exact-arithmetic.ts'
import type { ChiSquaredTestOptions } from './chi-squared-test.ts'

/** Counts of many 2 × 2 tables, four after four: a, b, c, d of the first table, then of the second, and so on. */
export type FlatCounts = Float64Array | Uint32Array | Int32Array | Uint16Array | Uint8Array

/** Result of {@link chiSquaredTests}: typed arrays, one entry a table; `NaN` where a table cannot be tested. */
export interface ChiSquaredTests {
  /** X² of each table. */
  readonly statistics: Float64Array
  /** P value of each table, on one degree of freedom. */
  readonly pValues: Float64Array
}

/**
 * Pearson's chi-squared test of many 2 × 2 tables at once, some tens of nanoseconds each.
 *
 * The statistic of each table [[a, b], [c, d]] is n (ad − bc)² / (row₁ row₂ column₁ column₂), the P value erfc(√(X² / 2)).
 * The numbers are those of {@link chiSquaredTest}; a table with an empty row or column gets `NaN`, typed arrays having no `null`.
 *
 * @remarks
 * Table by table, R: `chisq.test(x, correct = FALSE)`. SciPy: `scipy.stats.chi2_contingency(x, correction=False)`.
 *
 * @param counts - 4 m counts, a, b, c, d table after table
 * @param options - continuity correction and variance, as for one table
 * @param into - where to write the results, to save the allocation in a loop
 * @throws A {@link StatsError} with code `ragged` if the length is not a multiple of 4, `mismatch` if `into` has another length,
 * `not-a-count` if an entry is not a non-negative integer or a total exceeds 2⁵³ − 1
 *
 * @example
 * ```ts @import.meta.vitest
 * const { statistics, pValues } = chiSquaredTests(Uint32Array.of(40, 55, 22, 74, 0, 0, 3, 5))
 *
 * expect(statistics[0]).toBeCloseTo(8.019240281561618, 12)
 * expect(pValues[0]).toBeCloseTo(0.00462829813163675, 14)
 * expect(pValues[1]).toBeNaN()
 * ```
 */
export function chiSquaredTests(
  counts: FlatCounts,
  options: ChiSquaredTestOptions = {},
  into: ChiSquaredTests = { statistics: new Float64Array(counts.length / 4), pValues: new Float64Array(counts.length / 4) },
): ChiSquaredTests {
  const { statistics, pValues } = into
  const tables = counts.length / 4
  if (!Number.isInteger(tables)) throw new StatsError('ragged', `${counts.length} counts are not four for each table`)
  if (statistics.length !== tables || pValues.length !== tables) {
    throw new StatsError(
      'mismatch',
      `there are ${tables} tables, but room for ${statistics.length} statistics and ${pValues.length} P values`,
    )
  }
  const half = options.continuityCorrection === 'yates' ? 0.5 : 0
  const lost = options.variance === 'n-1' ? 1 : 0
  // In blocks, so that the statistics are still in the cache when their tails are taken.
  for (let from = 0; from < tables; from += 1024) {
    const to = Math.min(from + 1024, tables)
    fillStatistics(statistics, counts, from, to, half, lost)
    fillUpperTails(pValues, statistics, from, to)
  }
  return into
}

function fillStatistics(statistics: Float64Array, counts: FlatCounts, from: number, to: number, half: number, lost: number): void {
  const mayBeFractions = counts instanceof Float64Array
  for (let k = from; k < to; k++) {
    const a = counts[4 * k] as number
    const b = counts[4 * k + 1] as number
    const c = counts[4 * k + 2] as number
    const d = counts[4 * k + 3] as number
    const top = a + b
    const bottom = c + d
    const total = top + bottom
    if (!(a >= 0 && b >= 0 && c >= 0 && d >= 0 && total <= 9007199254740991) || (mayBeFractions && !areIntegers(a, b, c, d))) {
      throw notCounts(k, a, b, c, d)
    }
    // Below this total no product of two counts exceeds 2⁵³.
    const departure = Math.abs(total < 94906265 ? a * d - b * c : determinant(a, b, c, d))
    const excess = departure > half * total ? departure - half * total : 0
    statistics[k] = ((total - lost) * excess * excess) / (top * bottom * ((a + c) * (b + d)))
  }
}

const areIntegers = (a: number, b: number, c: number, d: number): boolean =>
  Math.floor(a) === a && Math.floor(b) === b && Math.floor(c) === c && Math.floor(d) === d

const notCounts = (table: number, ...cells: number[]): StatsError =>
  new StatsError('not-a-count', `table ${table} is [${cells.join(', ')}], expected non-negative integers that add up to at most 2^53 - 1`)

const perUnit = 32
const order = 8
/** √(X² / 2) up to which the tables reach; beyond, P is below 1e-307. */
const reach = 26.5

interface Tables {
  /** Taylor coefficients of e^(y²) erfc(y), eight an interval of width 1/32. */
  readonly erfc: Float64Array
  /** e^(−i). */
  readonly whole: Float64Array
  /** e^(−(m + ½) / 512). */
  readonly fraction: Float64Array
}

let tables: Tables | undefined

/** Made at the first call, from the function that {@link chiSquaredTest} uses. */
function makeTables(): Tables {
  const erfc = new Float64Array(reach * perUnit * order)
  for (let i = 0; i < reach * perUnit; i++) {
    const y = (i + 0.5) / perUnit
    // w = e^(y²) erfc(y) solves w' = 2 y w − 2/√π, hence the recurrence of its Taylor coefficients.
    let before = 0
    let last = scaledErfc(y)
    for (let n = 0; n < order; n++) {
      erfc[i * order + n] = last
      const next = (2 * (y * last + before) - (n === 0 ? 2 / Math.sqrt(Math.PI) : 0)) / (n + 1)
      before = last
      last = next
    }
  }
  const whole = new Float64Array(Math.ceil(reach * reach)).map((_, i) => Math.exp(-i))
  const fraction = new Float64Array(512).map((_, m) => Math.exp(-(m + 0.5) / 512))
  return { erfc, whole, fraction }
}

/**
 * P(χ²₁ ≥ x) for many x. Without branches on the size of x, whose misprediction would cost as much as the tail itself.
 */
function fillUpperTails(pValues: Float64Array, statistics: Float64Array, from: number, to: number): void {
  const { erfc, whole, fraction } = (tables ??= makeTables())
  for (let k = from; k < to; k++) {
    const square = (statistics[k] as number) / 2
    const y = Math.sqrt(square)
    if (!(y < reach)) {
      pValues[k] = Math.exp(-square) * scaledErfc(y)
      continue
    }
    const interval = (y * perUnit) | 0
    const at = interval * order
    const u = y - (interval + 0.5) / perUnit
    const u2 = u * u
    const low = (erfc[at] as number) + u * (erfc[at + 1] as number) + u2 * ((erfc[at + 2] as number) + u * (erfc[at + 3] as number))
    const high = (erfc[at + 4] as number) + u * (erfc[at + 5] as number) + u2 * ((erfc[at + 6] as number) + u * (erfc[at + 7] as number))
    const i = square | 0
    const rest = (square - i) * 512
    const m = rest | 0
    // Exact, up to here: e^(−square) = e^(−i) e^(−(m + ½) / 512) e^(−r) with |r| ≤ 1/1024.
    const r = (rest - m - 0.5) / 512
    const exponential = 1 - r + r * r * (1 / 2 - r / 6 + (r * r) / 24)
    pValues[k] = (low + u2 * u2 * high) * ((fraction[m] as number) * exponential) * (whole[i] as number)
  }
}
