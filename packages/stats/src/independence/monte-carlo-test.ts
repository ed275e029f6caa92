import { requireOneOf, requirePositiveInteger } from '../argument-checks.ts'
import { type ConfidenceInterval, tailOfLevel } from '../confidence-interval.ts'
import { betaQuantile, betaUpperQuantile } from '../distributions/beta.ts'
import { StatsError } from '../errors.ts'
import type { NotTestable } from '../not-testable.ts'
import { logFactorial } from '../numerics/gamma-function.ts'
import { createRandom } from '../numerics/random.ts'
import { countsOf, type Margins, type TableInput } from '../tables/contingency-table.ts'
import { testableMargins } from './adequacy.ts'
import { chiSquaredTest } from './chi-squared-test.ts'
import { likelihoodRatioTest } from './likelihood-ratio-test.ts'
import { createTableSampler, logFactorials, tableProbability } from './random-table.ts'

/** What {@link monteCarloTest} ranks tables by. */
export type MonteCarloStatistic =
  /** Pearson's X². */
  | 'pearson'
  /** G. */
  | 'log-likelihood'
  /** Probability of the table given its margins: Fisher's test for r × c tables (Freeman–Halton). */
  | 'probability'

/** Options of {@link monteCarloTest}. */
export interface MonteCarloTestOptions {
  /**
   * What tables are ranked by.
   *
   * @defaultValue 'pearson'
   */
  readonly statistic?: MonteCarloStatistic
  /**
   * How many random tables to draw, at most where `stopAfter` is given.
   *
   * @defaultValue 10_000
   */
  readonly replicates?: number
  /**
   * Seed of the generator: the same seed gives the same P value everywhere.
   *
   * @defaultValue 1
   */
  readonly seed?: number
  /**
   * Stop as soon as this many random tables were at least as extreme as the observed (Besag and Clifford): large P values
   * take few draws, small ones all of them.
   *
   * @defaultValue null, draw them all
   */
  readonly stopAfter?: number | null
  /**
   * Level of the interval for the P value.
   *
   * @defaultValue 0.95
   */
  readonly confidenceLevel?: number
}

/** Result of {@link monteCarloTest}. */
export interface MonteCarloTest {
  /** Names the test. */
  readonly method: 'monte-carlo'
  /** What tables were ranked by. */
  readonly ranking: MonteCarloStatistic
  /** X², G, or the probability of the observed table given its margins. */
  readonly statistic: number
  /** (1 + hits) / (1 + replicates), a valid P value in itself; hits / replicates where the draws were stopped early. */
  readonly pValue: number
  /** Exact interval for the P value that infinitely many draws would give. */
  readonly pValueInterval: ConfidenceInterval
  /** Random tables at least as extreme as the observed. */
  readonly hits: number
  /** Random tables drawn. */
  readonly replicates: number
  /** Whether the draws ended at `stopAfter` hits. */
  readonly stoppedEarly: boolean
  /** The seed that was used. */
  readonly seed: number
}

/**
 * Test of independence by random tables with the margins of the observed one, for tables too sparse for the chi-squared
 * distribution and too large for an exact test.
 *
 * The interval is that of Clopper and Pearson for the number of hits; where the draws stop at a number of hits, the
 * negative binomial one that goes with it. It says how far the P value depends on the seed.
 *
 * @remarks
 * R: `chisq.test(x, simulate.p.value = TRUE, B = 10000)`, `fisher.test(x, simulate.p.value = TRUE)` for `probability`, both
 * without the interval. SciPy: `chi2_contingency(x, method=PermutationMethod())`. The random numbers differ.
 *
 * @param table - R × C counts, R ≥ 2, C ≥ 2
 * @param options - statistic, number of draws, seed, early stopping
 * @throws A {@link StatsError} with code `out-of-range` if a number of draws or hits is not a positive integer or the level not
 * between 0 and 1, `too-small` for a single row or column, `too-large` beyond 10¹² observations, or as {@link margins} does
 *
 * @see W. M. Patefield, Applied Statistics 30, 1981, p. 91; J. Besag and P. Clifford, *Sequential Monte Carlo p-values*,
 * Biometrika 78, 1991, p. 301
 *
 * @example
 * ```ts @import.meta.vitest
 * const { pValue, pValueInterval } = monteCarloTest([[3, 1], [1, 3]], { replicates: 2000 }) as MonteCarloTest
 *
 * // The exact P value is 34 / 70.
 * expect(pValueInterval.lower).toBeLessThan(34 / 70)
 * expect(pValueInterval.upper).toBeGreaterThan(34 / 70)
 * expect(pValue).toBeCloseTo(34 / 70, 1)
 * ```
 */
export function monteCarloTest(table: TableInput, options: MonteCarloTestOptions = {}): MonteCarloTest | NotTestable {
  const { statistic: ranking = 'pearson', replicates = 10_000, seed = 1, stopAfter = null, confidenceLevel = 0.95 } = options
  requireOneOf('statistic', ranking, 'pearson', 'log-likelihood', 'probability')
  requirePositiveInteger('replicates', replicates)
  if (stopAfter !== null) requirePositiveInteger('stopAfter', stopAfter)
  if (!Number.isSafeInteger(seed)) throw new StatsError('out-of-range', `seed is ${String(seed)}, expected an integer`)
  const tail = tailOfLevel(confidenceLevel)
  const totals = testableMargins('monte-carlo', table)
  if ('method' in totals) return totals
  const { rows, columns, total } = totals
  if (total > 1e12) throw new StatsError('too-large', `${total} observations are beyond random tables, and beyond need of them`)

  const draw = createTableSampler(rows, columns, createRandom(seed))
  const rank = ranker(ranking, rows, columns, total)
  const observed = rank(Float64Array.from(countsOf(table).flat()))
  const threshold = observed - rankTolerance(ranking, observed)
  const cells = new Float64Array(rows.length * columns.length)
  const enough = stopAfter ?? Infinity
  let hits = 0
  let drawn = 0
  while (drawn < replicates && hits < enough) {
    draw(cells)
    drawn++
    if (rank(cells) >= threshold) hits++
  }
  const stoppedEarly = hits === enough
  return {
    method: 'monte-carlo',
    ranking,
    statistic: statisticOf(ranking, table, totals),
    pValue: stoppedEarly ? hits / drawn : (1 + hits) / (1 + drawn),
    pValueInterval: {
      lower: hits === 0 ? 0 : betaQuantile(tail, hits, drawn - hits + 1),
      // A stopped run ends with a hit, so one draw fewer speaks for a small P value.
      upper: hits === drawn ? 1 : betaUpperQuantile(tail, stoppedEarly ? hits : hits + 1, drawn - hits),
      level: confidenceLevel,
    },
    hits,
    replicates: drawn,
    stoppedEarly,
    seed,
  }
}

function statisticOf(ranking: MonteCarloStatistic, table: TableInput, { rows, columns }: Margins): number {
  switch (ranking) {
    case 'pearson':
      return chiSquaredTest(table).statistic as number
    case 'log-likelihood':
      return likelihoodRatioTest(table).statistic as number
    case 'probability':
      return tableProbability(countsOf(table), rows, columns)
  }
}

/** A number that grows with the statistic, without the parts that all tables of the same margins share. */
function ranker(
  ranking: MonteCarloStatistic,
  rows: readonly number[],
  columns: readonly number[],
  total: number,
): (cells: Float64Array) => number {
  switch (ranking) {
    case 'pearson': {
      const weights = Float64Array.from(rows.flatMap((row) => columns.map((column) => 1 / row / column)))
      return (cells) => {
        let sum = 0
        for (let k = 0; k < cells.length; k++) sum += (cells[k] as number) * (cells[k] as number) * (weights[k] as number)
        return sum
      }
    }
    case 'log-likelihood':
      return (cells) => {
        let sum = 0
        for (let k = 0; k < cells.length; k++) {
          const x = cells[k] as number
          if (x > 1) sum += x * Math.log(x)
        }
        return sum
      }
    case 'probability': {
      const table = total <= 1e6 ? logFactorials(total) : undefined
      return (cells) => {
        let sum = 0
        for (let k = 0; k < cells.length; k++)
          sum += table === undefined ? logFactorial(cells[k] as number) : (table[cells[k] as number] as number)
        return sum
      }
    }
  }
}

/** Tables tie within R's relative 1e-7 of the probability, and within rounding of the sums of the other two. */
const rankTolerance = (ranking: MonteCarloStatistic, observed: number): number => (ranking === 'probability' ? 1e-7 : 1e-13 * observed)
