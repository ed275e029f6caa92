import { requireBetween, requireNonNegative } from '../argument-checks.ts'
import { chiSquaredUpperQuantile } from '../distributions/chi-squared.ts'
import { logNoncentralChiSquaredCdf, noncentralChiSquaredUpperTail } from '../distributions/noncentral-chi-squared.ts'
import { StatsError } from '../errors.ts'
import { findRoot } from '../numerics/find-root.ts'
import {
  levelOf,
  type Power,
  powerOf,
  type PowerOptions,
  type SampleSize,
  sampleSizeOf,
  type SampleSizeOptions,
  sizeOf,
  targetOf,
} from './power-analysis.ts'

/** Options of {@link chiSquaredPower}. */
export interface ChiSquaredPowerOptions extends PowerOptions {
  /**
   * Degrees of freedom of the test, (R − 1)(C − 1) for a table.
   *
   * @defaultValue 1
   */
  readonly degreesOfFreedom?: number
}

/** Options of {@link chiSquaredSampleSize}. */
export interface ChiSquaredSampleSizeOptions extends SampleSizeOptions {
  /**
   * Degrees of freedom of the test, (R − 1)(C − 1) for a table.
   *
   * @defaultValue 1
   */
  readonly degreesOfFreedom?: number
}

/**
 * Power of a chi-squared test, P(X² ≥ critical value) where X² is noncentral chi-squared with noncentrality n w².
 *
 * @remarks
 * R: `pwr::pwr.chisq.test(w, N, df, sig.level)$power`. SciPy: statsmodels `GofChisquarePower().power(w, n, alpha, n_bins=df + 1)`.
 *
 * @param effectSize - Cohen's w, at least 0; see {@link cohensW}
 * @param sampleSize - total number of observations, above 0
 * @param options - degrees of freedom, level
 * @throws A {@link StatsError} with code `out-of-range` if a number is outside its range
 * @see J. Cohen, *Statistical Power Analysis for the Behavioral Sciences*, 2nd ed., chapter 7
 *
 * @example
 * ```ts @import.meta.vitest
 * expect(chiSquaredPower(0.3, 100).power).toBeCloseTo(0.8508387683270561, 13)
 * ```
 */
export function chiSquaredPower(effectSize: number, sampleSize: number, options: ChiSquaredPowerOptions = {}): Power<'chi-squared-power'> {
  const level = levelOf(options)
  const df = options.degreesOfFreedom ?? 1
  const critical = chiSquaredUpperQuantile(level, df)
  const noncentrality = sizeOf('sampleSize', sampleSize) * effectOf(effectSize) ** 2
  return powerOf('chi-squared-power', noncentralChiSquaredUpperTail(critical, df, noncentrality), level)
}

/**
 * Total number of observations with which a chi-squared test reaches a power.
 *
 * @remarks
 * R: `pwr::pwr.chisq.test(w, df = df, sig.level = , power = )$N`, right to seven digits.
 * statsmodels: `GofChisquarePower().solve_power(w, alpha=, power=, n_bins=df + 1)`.
 *
 * @param effectSize - Cohen's w, above 0
 * @param options - degrees of freedom, level, power
 * @throws A {@link StatsError} with code `out-of-range` if a number is outside its range
 * @see J. Cohen, *Statistical Power Analysis for the Behavioral Sciences*, 2nd ed., chapter 7
 *
 * @example
 * ```ts @import.meta.vitest
 * expect(chiSquaredSampleSize(0.3).sampleSize).toBeCloseTo(87.20956121473553, 11)
 * ```
 */
export function chiSquaredSampleSize(effectSize: number, options: ChiSquaredSampleSizeOptions = {}): SampleSize<'chi-squared-power'> {
  const df = options.degreesOfFreedom ?? 1
  const critical = chiSquaredUpperQuantile(levelOf(options), df)
  const w = requireBetween('effectSize', effectSize, 0, Infinity)
  // The chance of a miss, on the log scale, so that a power of 1 − 1e-12 is solved as exactly as one of 0.8.
  const miss = Math.log1p(-targetOf(options))
  const excess = (noncentrality: number) => logNoncentralChiSquaredCdf(critical, df, noncentrality) - miss
  let far = 1
  while (excess(far) > 0) far *= 2
  return sampleSizeOf('chi-squared-power', findRoot(excess, 0, far) / (w * w), options)
}

/**
 * Cohen's effect size w of a table of probabilities, √ Σ (p − p₀)² / p₀, against independence or against given probabilities.
 *
 * Counts may be given for probabilities; they are divided by their sum.
 *
 * @remarks
 * R: `pwr::ES.w2(p)` against independence, `pwr::ES.w1(p0, p1)` against given probabilities. statsmodels: `chisquare_effectsize(p0, p1)`.
 *
 * @param probabilities - R × C, at least 0
 * @param nullProbabilities - R × C, above 0 wherever `probabilities` are; independence with the same margins if left out
 * @throws A {@link StatsError} with code `ragged`, `out-of-range` for a negative or impossible probability, `mismatch` of shapes
 *
 * @example
 * ```ts @import.meta.vitest
 * expect(cohensW([[0.225, 0.125, 0.125, 0.125], [0.16, 0.16, 0.04, 0.04]])).toBeCloseTo(0.2558646, 7)
 * ```
 */
export function cohensW(probabilities: readonly (readonly number[])[], nullProbabilities?: readonly (readonly number[])[]): number {
  const total = sumOf(probabilities)
  const width = probabilities[0]?.length ?? 0
  const nullTotal = nullProbabilities === undefined ? 1 : sumOf(nullProbabilities)
  if (nullProbabilities !== undefined && (nullProbabilities.length !== probabilities.length || nullProbabilities[0]?.length !== width)) {
    throw new StatsError('mismatch', 'the two tables of probabilities differ in shape')
  }
  const rows = probabilities.map((row) => row.reduce((sum, p) => sum + p, 0) / total)
  const columns = Array.from({ length: width }, (_, j) => probabilities.reduce((sum, row) => sum + (row[j] as number), 0) / total)
  let square = 0
  probabilities.forEach((row, i) =>
    row.forEach((p, j) => {
      const expected =
        nullProbabilities === undefined
          ? (rows[i] as number) * (columns[j] as number)
          : ((nullProbabilities[i] as readonly number[])[j] as number) / nullTotal
      const difference = p / total - expected
      if (difference === 0) return
      if (expected === 0) throw new StatsError('out-of-range', `probability [${i}][${j}] is above 0 where the null hypothesis says 0`)
      square += (difference * difference) / expected
    }),
  )
  return Math.sqrt(square)
}

function sumOf(probabilities: readonly (readonly number[])[]): number {
  const width = probabilities[0]?.length ?? 0
  let total = 0
  probabilities.forEach((row, i) => {
    if (row.length !== width) throw new StatsError('ragged', `row ${i} has ${row.length} cells, expected ${width}`)
    for (const p of row) {
      requireNonNegative('probability', p)
      total += p
    }
  })
  if (!(total > 0)) throw new StatsError('out-of-range', 'the probabilities add up to 0')
  return total
}

function effectOf(effectSize: number): number {
  requireNonNegative('effectSize', effectSize)
  return effectSize
}
