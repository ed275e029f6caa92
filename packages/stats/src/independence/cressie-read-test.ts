import { StatsError } from '../errors.ts'
import { type NotTestable, notTestable } from '../not-testable.ts'
import { determinant } from '../numerics/exact-arithmetic.ts'
import { countsOf, type TableInput } from '../tables/contingency-table.ts'
import { expectedFrom } from '../tables/expected-counts.ts'
import { adequacyOf, testableMargins } from './adequacy.ts'
import { type AsymptoticTest, tails } from './chi-squared-test.ts'
import { powerDivergencePart } from './power-divergence.ts'

/** Members of the power-divergence family that have a name, and SciPy's strings for them. */
export type PowerDivergence =
  /** λ = 1: Pearson's X². */
  | 'pearson'
  /** λ = 2/3, Cressie and Read's own. */
  | 'cressie-read'
  /** λ = 0: G. */
  | 'log-likelihood'
  /** λ = −1/2. */
  | 'freeman-tukey'
  /** λ = −1: G with O and E exchanged. */
  | 'mod-log-likelihood'
  /** λ = −2: X² divided by observed instead of expected counts. */
  | 'neyman'

/** λ of a member of the family. */
export function lambdaOf(lambda: PowerDivergence | number): number {
  switch (lambda) {
    case 'pearson':
      return 1
    case 'cressie-read':
      return 2 / 3
    case 'log-likelihood':
      return 0
    case 'freeman-tukey':
      return -1 / 2
    case 'mod-log-likelihood':
      return -1
    case 'neyman':
      return -2
    default:
      if (Number.isFinite(lambda)) return lambda
      throw new StatsError('out-of-range', `lambda is ${String(lambda)}, expected a finite number or the name of a power divergence`)
  }
}

/** Options of {@link cressieReadTest}. */
export interface CressieReadTestOptions {
  /**
   * λ, or the name of the member of the family.
   *
   * @defaultValue 'cressie-read'
   */
  readonly lambda?: PowerDivergence | number
}

/** Result of {@link cressieReadTest}. */
export interface CressieReadTest extends AsymptoticTest {
  /** Names the test. */
  readonly method: 'cressie-read'
  /** λ of the statistic. */
  readonly lambda: number
  /** Expected counts under independence, same shape as the counts. */
  readonly expected: readonly (readonly number[])[]
}

/**
 * Test of independence by a statistic of the power-divergence family of Cressie and Read.
 *
 * CR(λ) = 2 / (λ (λ + 1)) Σᵢⱼ Oᵢⱼ [(Oᵢⱼ / Eᵢⱼ)^λ − 1], with its limits at λ = 0 and −1, on (R − 1)(C − 1) degrees of freedom.
 *
 * For λ ≤ −1 an empty cell makes the statistic infinite: `not-testable`, `unbounded-statistic`.
 *
 * @remarks
 * SciPy: `chi2_contingency(x, correction=False, lambda_=2/3)`; its default is λ = 1.
 *
 * @param table - R × C counts, R ≥ 2, C ≥ 2
 * @param options - λ
 * @throws A {@link StatsError} with code `too-small` for a single row or column, `out-of-range` if λ is not a finite number,
 * or as {@link margins} does
 *
 * @see N. Cressie and T. R. C. Read, *Multinomial goodness-of-fit tests*, J. R. Statist. Soc. B 46, 1984
 *
 * @example
 * ```ts @import.meta.vitest
 * expect(cressieReadTest([[762, 327, 468], [484, 239, 477]]).statistic).toBeCloseTo(30.043390779386456, 11)
 * ```
 */
export function cressieReadTest(table: TableInput, options: CressieReadTestOptions = {}): CressieReadTest | NotTestable {
  const lambda = lambdaOf(options.lambda ?? 'cressie-read')
  const totals = testableMargins('cressie-read', table)
  if ('method' in totals) return totals
  const { rows, columns, total } = totals
  const expected = expectedFrom(rows, columns, total)
  let statistic = 0
  for (const [i, row] of countsOf(table).entries()) {
    for (const [j, observed] of row.entries()) {
      const difference = determinant(observed, rows[i] as number, columns[j] as number, total) / total
      statistic += powerDivergencePart(observed, (expected[i] as number[])[j] as number, difference, lambda)
    }
  }
  if (statistic === Infinity) return unbounded('cressie-read', lambda)
  const degreesOfFreedom = (rows.length - 1) * (columns.length - 1)
  return {
    method: 'cressie-read',
    lambda,
    statistic,
    degreesOfFreedom,
    ...tails(statistic, degreesOfFreedom),
    expected,
    ...adequacyOf(expected),
  }
}

/** The answer where a power divergence has no finite value. */
export function unbounded(test: string, lambda: number): NotTestable {
  return notTestable(
    test,
    'unbounded-statistic',
    `with lambda = ${lambda} the statistic is infinite: a cell is empty, or the power overflows`,
  )
}
