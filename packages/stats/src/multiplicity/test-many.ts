import type { ConfidenceInterval } from '../confidence-interval.ts'
import { cramersV } from '../association/nominal-association.ts'
import { StatsError } from '../errors.ts'
import { fisherExactTest } from '../conditional/fisher-exact-test.ts'
import type { TwoSidedRule } from '../conditional/fisher-p-value.ts'
import { type ChiSquaredTest, chiSquaredTest } from '../independence/chi-squared-test.ts'
import type { NotTestableReason } from '../not-testable.ts'
import { margins } from '../tables/contingency-table.ts'
import { ascendingLevels, type Crosstab, crosstab, type Level } from '../tables/crosstab.ts'
import { adjustDiscretePValues, type DiscreteAdjustment } from './adjust-discrete-p-values.ts'
import { adjustPValues, type PValueAdjustment } from './adjust-p-values.ts'
import { fisherAttainablePValues, fisherSmallestPValue } from './fisher-attainable-p-values.ts'

/** The answers to one question. */
export interface Question {
  /** Its name in the results. */
  readonly question: string
  /** One answer a respondent, in the order of the groups; `null` or `undefined` where there is none. */
  readonly answers: readonly (Level | null | undefined)[]
  /**
   * The possible answers, for two of them the event first.
   *
   * @defaultValue `answerLevels` of the options
   */
  readonly levels?: readonly Level[]
}

/** Options of {@link testMany}. */
export interface TestManyOptions {
  /**
   * The groups, for two of them the one of interest first.
   *
   * @defaultValue the groups that occur, `true` before `false`, otherwise ascending
   */
  readonly groupLevels?: readonly Level[]
  /**
   * The possible answers to questions that do not name their own.
   *
   * @defaultValue the answers that occur, `true` before `false`, otherwise ascending
   */
  readonly answerLevels?: readonly Level[]
  /**
   * How Fisher's test takes two sides. Under `blaker` (with Blaker's interval) and `doubling` (with the exact interval) P value
   * and interval never contradict each other; `probability` is R's rule, with R's interval, which may.
   *
   * @defaultValue 'blaker'
   */
  readonly twoSided?: TwoSidedRule
  /**
   * How P values are adjusted for the number of questions that can be tested; the discrete ways need 2 × 2 tables throughout.
   *
   * @defaultValue 'holm'
   */
  readonly adjustment?: PValueAdjustment | DiscreteAdjustment
  /**
   * Confidence level of the intervals, which are not adjusted.
   *
   * @defaultValue 0.95
   */
  readonly confidenceLevel?: number
}

/** The effect that goes with a test of {@link testMany}. */
export interface QuestionEffect {
  /** What was estimated: the conditional odds ratio of a 2 × 2 table, otherwise Cramér's V. */
  readonly measure: 'odds-ratio' | 'cramers-v'
  /** The estimate; `null` where it is unbounded or undefined. */
  readonly estimate: number | null
  /** Its interval; `null` where there is none. */
  readonly confidenceInterval: ConfidenceInterval | null
}

/** What {@link testMany} found for one question. */
export interface QuestionResult {
  /** Name of the question. */
  readonly question: string
  /** Groups in rows, answers in columns, with the respondents left out because their group or answer is missing. */
  readonly table: Crosstab
  /** The test: exact for 2 × 2 tables, Pearson's for larger ones. */
  readonly method: 'fisher-exact' | 'pearson-chi-squared' | 'not-testable'
  /** How strong the association is. */
  readonly effect: QuestionEffect
  /** P value; `null` where the question cannot be tested. */
  readonly pValue: number | null
  /** P value adjusted for the number of questions that can be tested. */
  readonly adjustedPValue: number | null
  /**
   * The smallest P value that an exact test with these margins can give: where it is large, the question could never have
   * shown a difference. `null` for larger tables and where the question cannot be tested.
   */
  readonly smallestAttainablePValue: number | null
  /** Whether the chi-squared approximation can be trusted; `null` for exact tests. */
  readonly approximation: 'adequate' | 'small-expected-counts' | null
  /** Why the question cannot be tested; `null` where it can. */
  readonly reason: NotTestableReason | null
}

/** Result of {@link testMany}. */
export interface TestMany {
  /** Names the procedure. */
  readonly method: 'test-many'
  /** The adjustment that was applied. */
  readonly adjustment: PValueAdjustment | DiscreteAdjustment
  /** How many questions were tested, and so adjusted for. */
  readonly tested: number
  /** One entry a question, in the order given. */
  readonly questions: readonly QuestionResult[]
}

/**
 * Tests many questions for differences between groups: for each an effect with its interval, a P value, the P value adjusted for
 * the number of questions, and the smallest P value that its margins allow.
 *
 * Tables of two groups and two answers get Fisher's exact test with the conditional odds ratio; larger ones Pearson's
 * chi-squared test with Cramér's V. A question without variation cannot be tested and does not count in the adjustment.
 *
 * @remarks
 * R: a loop over `fisher.test` and `p.adjust`. No SciPy counterpart.
 *
 * @param group - the group of each respondent; `null` or `undefined` where it is not known
 * @param questions - the answers to each question
 * @param options - levels, two-sided rule, adjustment, confidence level
 * @throws A {@link StatsError} with code `mismatch` if a question has another number of answers than there are respondents, two
 * questions share a name, or a discrete adjustment meets a table larger than 2 × 2; and those of {@link crosstab}
 *
 * @example
 * ```ts @import.meta.vitest
 * const exemplar = [true, true, true, true, false, false, false, false]
 * const { questions } = testMany(exemplar, [
 *   { question: 'has a team', answers: [true, true, true, true, false, false, false, false] },
 *   { question: 'answers the phone', answers: [true, true, true, true, true, true, true, true] },
 * ])
 *
 * expect(questions[0]?.pValue).toBeCloseTo(2 / 70, 15)
 * expect(questions[1]).toMatchObject({ method: 'not-testable', reason: 'no-variation', adjustedPValue: null })
 * ```
 */
export function testMany(
  group: readonly (Level | null | undefined)[],
  questions: readonly Question[],
  options: TestManyOptions = {},
): TestMany {
  const { adjustment = 'holm', twoSided = 'blaker', confidenceLevel = 0.95 } = options
  if (new Set(questions.map(({ question }) => question)).size !== questions.length) {
    throw new StatsError('mismatch', 'two questions have the same name')
  }
  const groupLevels = options.groupLevels ?? occurring(group)
  const results = questions.map((question) => testOne(group, groupLevels, question, options.answerLevels, twoSided, confidenceLevel))
  const pValues = results.map(({ pValue }) => pValue)
  const adjusted = isDiscrete(adjustment)
    ? adjustDiscretePValues(
        pValues,
        results.map((result) => attainable(result, twoSided, adjustment)),
        adjustment,
      )
    : adjustPValues(pValues, adjustment)
  return {
    method: 'test-many',
    adjustment,
    tested: pValues.filter((p) => p !== null).length,
    questions: results.map((result, k) => ({ ...result, adjustedPValue: adjusted[k] as number | null })),
  }
}

function testOne(
  group: readonly (Level | null | undefined)[],
  groupLevels: readonly Level[],
  { question, answers, levels }: Question,
  answerLevels: readonly Level[] | undefined,
  twoSided: TwoSidedRule,
  confidenceLevel: number,
): QuestionResult {
  if (answers.length !== group.length) {
    throw new StatsError('mismatch', `question '${question}' has ${answers.length} answers, there are ${group.length} respondents`)
  }
  const columnLevels = levels ?? answerLevels ?? occurring(answers)
  const table = crosstab(
    group.map((of, k) => ({ of, answer: answers[k] })),
    'of',
    'answer',
    // A question that nobody answered still is a question.
    { rowLevels: groupLevels, columnLevels: columnLevels.length === 0 ? ['(none)'] : columnLevels },
  )
  const reason = untestable(table)
  const twoByTwo = table.rowLabels.length === 2 && table.columnLabels.length === 2
  const base = { question, table, adjustedPValue: null, approximation: null, smallestAttainablePValue: null }
  if (reason !== null) {
    const effect: QuestionEffect = { measure: twoByTwo ? 'odds-ratio' : 'cramers-v', estimate: null, confidenceInterval: null }
    return { ...base, method: 'not-testable', effect, pValue: null, reason }
  }
  if (twoByTwo) {
    const test = fisherExactTest(table, { twoSided, interval: twoSided === 'blaker' ? 'blaker' : 'exact', confidenceLevel })
    return {
      ...base,
      method: test.method,
      effect: { measure: 'odds-ratio', estimate: test.oddsRatio, confidenceInterval: test.confidenceInterval },
      pValue: test.pValue,
      smallestAttainablePValue: fisherSmallestPValue(table, { twoSided }),
      reason: null,
    }
  }
  // All margins are filled, so there is a result.
  const test = chiSquaredTest(table) as ChiSquaredTest
  const { estimate, confidenceInterval } = cramersV(table, { confidenceLevel })
  return {
    ...base,
    method: test.method,
    effect: { measure: 'cramers-v', estimate, confidenceInterval },
    pValue: test.pValue,
    approximation: test.approximation,
    reason: null,
  }
}

function untestable(table: Crosstab): NotTestableReason | null {
  const { rows, columns, total } = margins(table)
  const filled = (totals: readonly number[]): number => totals.filter((count) => count > 0).length
  if (total === 0) return 'no-observations'
  if (filled(rows) < 2 || filled(columns) < 2) return 'no-variation'
  return filled(rows) < rows.length || filled(columns) < columns.length ? 'zero-margin' : null
}

/** Levels that occur, `true` before `false` so that the event comes first. */
function occurring(values: readonly (Level | null | undefined)[]): readonly Level[] {
  const found = new Set(values.filter((value): value is Level => value !== null && value !== undefined && !Number.isNaN(value)))
  if ([...found].every((value) => typeof value === 'boolean')) return [true, false]
  return [...found].sort(ascendingLevels)
}

const isDiscrete = (adjustment: PValueAdjustment | DiscreteAdjustment): adjustment is DiscreteAdjustment =>
  adjustment === 'tarone' || adjustment === 'discrete-bonferroni' || adjustment === 'DBH' || adjustment === 'DBH-sd'

function attainable(result: QuestionResult, twoSided: TwoSidedRule, adjustment: DiscreteAdjustment): number[] | null {
  if (result.pValue === null) return null
  if (result.smallestAttainablePValue === null) {
    throw new StatsError('mismatch', `${adjustment} needs exact tests, but question '${result.question}' has a table larger than 2 × 2`)
  }
  return adjustment === 'tarone' ? [result.smallestAttainablePValue] : fisherAttainablePValues(result.table, { twoSided })
}
