import type { Alternative } from '../confidence-interval.ts'
import { chiSquaredUpperTail } from '../distributions/chi-squared.ts'
import { StatsError } from '../errors.ts'
import { type NotTestable, notTestable } from '../not-testable.ts'
import { determinant } from '../numerics/exact-arithmetic.ts'
import { type CategoryScores, centred, checkScores, scoresOf } from '../stratified/scores.ts'
import { countsOf, margins, type TableInput } from '../tables/contingency-table.ts'
import { requireTwoVariables } from '../tables/expected-counts.ts'
import { normalTails } from './normal-tails.ts'

/** Options of {@link cochranArmitageTest}. */
export interface CochranArmitageTestOptions {
  /**
   * Scores of the groups, or a rule for them.
   *
   * @defaultValue 'integer', that is 1, 2, 3 …
   */
  readonly scores?: CategoryScores
  /**
   * `greater` looks for proportions that rise with the scores, `less` for ones that fall.
   *
   * @defaultValue 'two-sided'
   */
  readonly alternative?: Alternative
  /**
   * `n` takes the binomial variance, `n-1` that for fixed margins, as {@link linearByLinearTest} does.
   *
   * @defaultValue 'n'
   */
  readonly variance?: 'n' | 'n-1'
}

/** What is left of a difference between proportions beside a straight line. */
export interface DepartureFromTrend {
  /** Pearson's X² less the statistic of the trend. */
  readonly statistic: number
  /** Number of groups with observations, less 2. */
  readonly degreesOfFreedom: number
  /** Upper-tail probability of the statistic. */
  readonly pValue: number
}

/** Result of {@link cochranArmitageTest}. */
export interface CochranArmitageTest {
  /** Names the test. */
  readonly method: 'cochran-armitage'
  /** z². */
  readonly statistic: number
  /** Always 1. */
  readonly degreesOfFreedom: 1
  /** Standard normal under independence; above 0 where proportions rise with the scores. */
  readonly z: number
  /** P value of the alternative. */
  readonly pValue: number
  /** Natural logarithm of the P value. */
  readonly logPValue: number
  /** Which trend was looked for. */
  readonly alternative: Alternative
  /** Scores of the groups, as numbers. */
  readonly scores: readonly number[]
  /** Least-squares estimate of how much the proportion rises for each unit of the score. */
  readonly slope: number
  /** Whether a straight line is enough; `null` with two groups, which always lie on one. */
  readonly departure: DepartureFromTrend | null
}

/**
 * Cochran–Armitage test for a trend of proportions over ordered groups.
 *
 * z = Σ sᵢ (xᵢ − nᵢ p̄) / √(p̄ (1 − p̄) Σ nᵢ (sᵢ − s̄)²), xᵢ events among nᵢ observations of a group with score sᵢ.
 *
 * Scores belong to the design: choose them before looking at the counts. A group without observations carries no weight.
 *
 * @remarks
 * R: `prop.trend.test(x, n, score)`, which gives z² only. With `variance: 'n-1'` it is the score test of
 * `coin::independence_test` and {@link linearByLinearTest}.
 * No SciPy counterpart; statsmodels' `Table(x).test_ordinal_association()` has the variance of `n-1`.
 *
 * @param table - k × 2 counts: a row for each group in order, the event in the first column
 * @param options - scores, alternative, variance
 * @throws A {@link StatsError} with code `mismatch` if the table has more than two columns or the scores do not fit, `too-small`
 * with a single row, or as {@link margins} does
 *
 * @see P. Armitage, Biometrics 11, 1955, p. 375; A. Agresti, *Categorical Data Analysis*, 3rd ed., §5.3.5
 *
 * @example
 * ```ts @import.meta.vitest
 * const { z, pValue } = cochranArmitageTest([[83, 3], [90, 3], [129, 7], [70, 12]]) as CochranArmitageTest
 *
 * expect(z).toBeCloseTo(-2.8679125309530757, 13)
 * expect(pValue).toBeCloseTo(0.004131897477641565, 15)
 * ```
 */
export function cochranArmitageTest(table: TableInput, options: CochranArmitageTestOptions = {}): CochranArmitageTest | NotTestable {
  const { scores: rule = 'integer', alternative = 'two-sided', variance = 'n' } = options
  const test = 'cochran-armitage'
  const { rows, columns, total } = margins(table)
  requireTwoVariables(test, rows.length, columns.length)
  if (columns.length !== 2) {
    throw new StatsError(
      'mismatch',
      `the table is ${rows.length} × ${columns.length}, expected groups in rows and two columns, the event first`,
    )
  }
  checkScores('scores', rule, rows.length)
  if (total === 0) return notTestable(test, 'no-observations', 'the table has no observations')
  const events = columns[0] as number
  if (events === 0 || events === total) return notTestable(test, 'no-variation', 'all observations have the same outcome')
  const scores = scoresOf(rule, rows, total)
  const { deviations, squares } = centred(scores, rows, total)
  if (squares === 0) return notTestable(test, 'no-variation', 'all observations have the same score')

  const counts = countsOf(table)
  // xᵢ − nᵢ p̄ to the last digit: these add up to 0, so the centre of the scores does not matter.
  const departures = counts.map((row, i) => determinant(row[0] as number, rows[i] as number, events, total) / total)
  const sum = departures.reduce((all, departure, i) => all + (deviations[i] as number) * departure, 0)
  const slope = sum / squares
  const perObservation = (events / total) * ((columns[1] as number) / total)
  const z = sum / Math.sqrt(perObservation * squares * (variance === 'n' ? 1 : total / (total - 1)))
  return {
    method: test,
    statistic: z * z,
    degreesOfFreedom: 1,
    z,
    ...normalTails(z, alternative),
    alternative,
    scores,
    slope,
    departure: departureFrom(
      departures.map((departure, i) => departure - slope * (rows[i] as number) * (deviations[i] as number)),
      rows,
      perObservation,
    ),
  }
}

/** What Pearson's X² has beside the trend: Σ residual² / (nᵢ p̄ (1 − p̄)). */
function departureFrom(residuals: readonly number[], rows: readonly number[], perObservation: number): DepartureFromTrend | null {
  let statistic = 0
  let groups = 0
  for (const [i, residual] of residuals.entries()) {
    const size = rows[i] as number
    if (size === 0) continue
    groups++
    statistic += (residual * residual) / (size * perObservation)
  }
  if (groups < 3) return null
  return { statistic, degreesOfFreedom: groups - 2, pValue: chiSquaredUpperTail(statistic, groups - 2) }
}
