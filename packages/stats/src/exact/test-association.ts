import { type ChiSquaredTest, chiSquaredTest } from '../independence/chi-squared-test.ts'
import { type LikelihoodRatioTest, likelihoodRatioTest } from '../independence/likelihood-ratio-test.ts'
import { type MonteCarloTest, monteCarloTest } from '../independence/monte-carlo-test.ts'
import { type NotTestable } from '../not-testable.ts'
import { type TableInput } from '../tables/contingency-table.ts'
import { attendant, exactTableTest, type ExactTableTest, type ExactTableTestOptions, meterOf } from './exact-table-test.ts'
import { type FisherFreemanHaltonTest } from './freeman-halton-test.ts'
import { type Meter, runInSlices, runToEnd, type Sliced } from './network/meter.ts'

/** Options of {@link testAssociation}. */
export interface AssociationTestOptions extends ExactTableTestOptions {
  /**
   * Random tables to draw where neither an exact P value nor a bracket is within the budget.
   *
   * @defaultValue 100_000
   */
  readonly replicates?: number
  /**
   * Seed of the random tables.
   *
   * @defaultValue 1
   */
  readonly seed?: number
}

/** Why a test was chosen. */
export type AssociationTestReason =
  /** Cochran's rule: no expected count below 1, at most a fifth of them below 5. */
  | 'expected-counts-adequate'
  /** The chi-squared approximation is doubtful, and the exact P value is within the budget. */
  | 'expected-counts-small'
  /** The same, but only a bracket is within the budget; it is as narrow as was asked. */
  | 'exact-out-of-budget'
  /** Not even a bracket as narrow as was asked is within the budget. */
  | 'bracket-out-of-budget'

/** Result of {@link testAssociation}. */
export interface AssociationTest {
  /** Names the procedure. */
  readonly method: 'association'
  /** The test that was chosen. */
  readonly chosen: 'pearson-chi-squared' | 'fisher-freeman-halton' | 'monte-carlo'
  /** Why, as a literal to branch on. */
  readonly because: AssociationTestReason
  /** Why, in a sentence. */
  readonly explanation: string
  /** Statistic of the chosen test. */
  readonly statistic: number
  /** Degrees of freedom of the chosen test; `null` where it has none. */
  readonly degreesOfFreedom: number | null
  /** P value of the chosen test. */
  readonly pValue: number
  /** Standard error of a simulated P value; `null` where nothing was simulated. */
  readonly standardError: number | null
  /** What each test says; `null` where it was not run. */
  readonly tests: {
    /** Pearson's chi-squared test. */
    readonly pearson: ChiSquaredTest
    /** Likelihood-ratio test. */
    readonly likelihoodRatio: LikelihoodRatioTest
    /** Exact test; beside an adequate chi-squared test with a hundredth of the budget. */
    readonly exact: FisherFreemanHaltonTest
    /** Simulated exact test. */
    readonly monteCarlo: MonteCarloTest | null
  }
}

/** Elementary steps, about five seconds: for a first answer rather than the last digit. */
const defaultWork = 5e8
/** Share of the budget for an exact test that is only to be compared with. */
const comparisonShare = 0.01

/**
 * Tests whether the rows and columns of a table are associated, by the test that suits the table, and says which and why.
 *
 * 1. No expected count below 1 and at most a fifth of them below 5 (Cochran): Pearson's chi-squared test.
 * 2. Otherwise the exact test of Fisher, Freeman and Halton, if it is within the budget.
 * 3. Otherwise a bracket of its P value, if it is as narrow as `relativeWidth` within the budget.
 * 4. Otherwise the exact test simulated by random tables from a seed, with the standard error of its P value.
 *
 * The rule looks at margins and budget only, never at P values; what the other tests say is reported beside.
 *
 * @remarks
 * R: `chisq.test(x)`, which warns where the rule would not use it; `fisher.test(x)`. SPSS recommends the same rule without following it.
 * No SciPy counterpart.
 *
 * @param table - R × C counts, R ≥ 2, C ≥ 2
 * @param options - width of the bracket, budget (by default 5e8 steps), random tables, abort signal, progress
 * @throws A {@link StatsError} with code `too-small` for a single row or column, `out-of-range` for options out of range, and
 * those of {@link margins}
 * @see W. G. Cochran, *Some methods for strengthening the common χ² tests*, Biometrics 10, 1954, p. 417
 *
 * @example
 * ```ts @import.meta.vitest
 * const sparse = testAssociation([[3, 5, 2], [7, 1, 6]]) as AssociationTest
 *
 * expect(sparse.chosen).toBe('fisher-freeman-halton')
 * expect(sparse.because).toBe('expected-counts-small')
 * expect(sparse.pValue).toBeCloseTo(0.10111173656065, 12)
 * expect(sparse.tests.pearson.pValue).toBeCloseTo(0.05613, 4)
 * ```
 */
export function testAssociation(table: TableInput, options: AssociationTestOptions = {}): AssociationTest | NotTestable {
  const account = meterOf(withBudget(options))
  return runToEnd(association(table, options, account), attendant(options, account))
}

/**
 * {@link testAssociation} in slices of some ten milliseconds, between which other tasks run.
 *
 * @remarks
 * In R and SciPy as for {@link testAssociation}.
 *
 * @param table - R × C counts, R ≥ 2, C ≥ 2
 * @param options - width of the bracket, budget, random tables, abort signal, progress
 * @throws As {@link testAssociation} does, by rejection
 */
export async function testAssociationAsync(
  table: TableInput,
  options: AssociationTestOptions = {},
): Promise<AssociationTest | NotTestable> {
  const account = meterOf(withBudget(options))
  return runInSlices(association(table, options, account), attendant(options, account))
}

function withBudget(options: AssociationTestOptions): AssociationTestOptions {
  return { ...options, budget: { work: defaultWork, ...options.budget } }
}

function* association(table: TableInput, options: AssociationTestOptions, account: Meter): Sliced<AssociationTest | NotTestable> {
  const pearson = chiSquaredTest(table)
  const likelihoodRatio = likelihoodRatioTest(table)
  if (pearson.method === 'not-testable') return { ...pearson, test: 'association' }
  if (likelihoodRatio.method === 'not-testable') return { ...likelihoodRatio, test: 'association' }
  const adequate = pearson.approximation === 'adequate'
  if (adequate) account.workLimit *= comparisonShare
  const exact = yield* exactTableTest('fisher-freeman-halton', table, 'probability', options, account)
  if (exact.method === 'not-testable') return { ...exact, test: 'association' }
  const answer = (
    chosen: AssociationTest['chosen'],
    because: AssociationTestReason,
    explanation: string,
    result: ChiSquaredTest | ExactTableTest | MonteCarloTest,
    monteCarlo: MonteCarloTest | null = null,
  ): AssociationTest => ({
    method: 'association',
    chosen,
    because,
    explanation,
    statistic: result.statistic,
    degreesOfFreedom: 'degreesOfFreedom' in result ? result.degreesOfFreedom : null,
    pValue: result.pValue,
    standardError: monteCarlo === null ? null : Math.sqrt((monteCarlo.pValue * (1 - monteCarlo.pValue)) / monteCarlo.replicates),
    tests: { pearson, likelihoodRatio, exact, monteCarlo },
  })
  const small = `the smallest expected count is ${pearson.minimumExpected.toPrecision(2)} and ${String(Math.round(100 * pearson.shareOfSmallExpected))}% of them are below 5`
  if (adequate) {
    return answer('pearson-chi-squared', 'expected-counts-adequate', `Pearson's test, as ${small}, which Cochran's rule allows.`, pearson)
  }
  if (exact.status === 'exact') {
    return answer(
      'fisher-freeman-halton',
      'expected-counts-small',
      `The exact test, as ${small}, which Cochran's rule does not allow.`,
      exact,
    )
  }
  if (exact.status === 'bracketed') {
    const explanation = `The exact test, as ${small}; its P value is known to lie between ${String(exact.lower)} and ${String(exact.upper)}, which is as near as was asked.`
    return answer('fisher-freeman-halton', 'exact-out-of-budget', explanation, exact)
  }
  const { replicates = 100_000, seed = 1 } = options
  const monteCarlo = monteCarloTest(table, { statistic: 'probability', replicates, seed })
  if (monteCarlo.method === 'not-testable') return { ...monteCarlo, test: 'association' }
  const explanation = `The exact test simulated by ${String(monteCarlo.replicates)} random tables, as ${small} and the budget did not suffice for the exact P value.`
  return answer('monte-carlo', 'bracket-out-of-budget', explanation, monteCarlo, monteCarlo)
}
