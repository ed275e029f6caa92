import { chiSquaredUpperTail } from '../distributions/chi-squared.ts'
import { requirePositive } from '../argument-checks.ts'
import { countsOf, margins, type TableInput } from '../tables/contingency-table.ts'
import { type PrintedFit, printedFit, roundingInterval } from './printed-fit.ts'
import { parsePrintedNumber, type PrintedNumber } from './printed-number.ts'
import { type AuditedTestMethod, type ExactTest, recomputedTest } from './recomputed-test.ts'

const auditedTests: readonly AuditedTestMethod[] = [
  'pearson',
  'yates',
  'n-1',
  'likelihood-ratio',
  'fisher',
  'fisher-one-sided',
  'pearson-one-sided',
]

/** What is printed of a test. */
export interface PrintedTest {
  /** R × C counts, where they are printed. */
  readonly table?: TableInput
  /** Test statistic as printed, `'3.610'`. */
  readonly statistic?: string
  /** Degrees of freedom as printed. */
  readonly degreesOfFreedom?: string | number
  /** P as printed, `'.262'` or `'<.001'`. */
  readonly pValue?: string
}

/** One test recomputed from the printed counts. */
export interface TriedTest {
  /** Which test. */
  readonly test: AuditedTestMethod
  /** Its statistic; for the exact test of more than 2 × 2 cells the one that SPSS prints, `null` for exact tests of 2 × 2 tables. */
  readonly statistic: number | null
  /** Its degrees of freedom; `null` for exact tests. */
  readonly degreesOfFreedom: number | null
  /** Its P value. */
  readonly pValue: number
  /** How the statistic relates to the printed one; `null` where either is missing. */
  readonly statisticFit: PrintedFit | null
  /** How P relates to the printed one; `null` where none is printed. */
  readonly pValueFit: PrintedFit | null
}

/** P recomputed from the printed statistic alone. */
export interface FromStatistic {
  /** Degrees of freedom that were used. */
  readonly degreesOfFreedom: number
  /** Whether they are printed or those of the printed table. */
  readonly degreesOfFreedomAre: 'printed' | 'of the table'
  /** P values of all statistics that round to the printed one. */
  readonly pValue: {
    /** The least P, 0 to 1. */
    readonly lower: number
    /** The greatest P, 0 to 1. */
    readonly upper: number
  }
  /** Whether one of those P values is printed as P was. */
  readonly fits: boolean | null
}

/** What an audit of a printed test found. */
export type TestVerdict =
  /** One of the tests gives everything that is printed. */
  | 'consistent'
  /** A test gives the printed P, but none that does gives the printed statistic. */
  | 'statistic-differs'
  /** A test gives the printed statistic, but none that does gives the printed P. */
  | 'p-value-differs'
  /** No test gives the printed P or statistic. */
  | 'inconsistent'
  /** Too little is printed to recompute anything; see `reason`. */
  | 'cannot-be-checked'

/** Result of {@link auditTest}. */
export interface TestAudit {
  /** What was found. */
  readonly verdict: TestVerdict
  /** Why nothing could be recomputed. */
  readonly reason: 'nothing-printed' | 'no-table-and-no-degrees-of-freedom' | 'no-table-and-no-p-value' | 'zero-margin' | null
  /** Every test that was tried on the printed counts; empty without counts. */
  readonly tried: readonly TriedTest[]
  /**
   * Tests that may have been meant and were not tried: `fisher` of more than 2 × 2 cells without an `exactTest`, or where it needs
   * more than some five seconds.
   */
  readonly untried: readonly AuditedTestMethod[]
  /** P from the printed statistic; `null` where none is printed or the degrees of freedom are not known. */
  readonly fromStatistic: FromStatistic | null
  /** Whether the printed degrees of freedom are those of the printed table; `null` where either is missing. */
  readonly degreesOfFreedomFit: boolean | null
}

/** Options of {@link auditTest}. */
export interface AuditTestOptions {
  /**
   * Finds the exact P of more than 2 × 2 cells: `fisherFreemanHaltonTest` of the entry `exact`, or a function like it.
   *
   * @defaultValue none; Fisher's test of such a table is then named in `untried`
   */
  readonly exactTest?: ExactTest
}

/**
 * Whether a printed statistic, degrees of freedom and P follow from the printed counts, under each test that may have been
 * meant, and whether P follows from the printed statistic.
 *
 * P and statistic must come from the same test to be called consistent. A P that is only reached by rounding twice or by
 * cutting digits off counts as reached, and its fit says how.
 *
 * @remarks
 * R package statcheck recomputes P from the statistic; nothing in R or SciPy tries the tests on the counts.
 *
 * @param printed - what is printed
 * @param options - the exact test for more than 2 × 2 cells
 * @throws A {@link StatsError} with code `out-of-range` for unreadable numbers, or as {@link margins} does for the table
 *
 * @example
 * ```ts @import.meta.vitest
 * const audit = auditTest({ table: [[32, 291], [46, 233]], statistic: '5.747', pValue: '0.017' })
 *
 * expect(audit.verdict).toBe('consistent')
 * expect(audit.tried.find(({ test }) => test === 'pearson')?.statisticFit).toBe('rounded')
 * ```
 *
 * @example A table of more than 2 × 2 cells, whose exact P another entry finds
 * ```ts @import.meta.vitest
 * const { fisherFreemanHaltonTest } = await import('@open-digital-capability/stats/exact')
 *
 * const printed = { table: [[3, 5, 2], [7, 1, 6]], pValue: '0.101' }
 *
 * expect(auditTest(printed).untried).toEqual(['fisher'])
 * expect(auditTest(printed, { exactTest: fisherFreemanHaltonTest }).verdict).toBe('consistent')
 * ```
 */
export function auditTest(printed: PrintedTest, { exactTest }: AuditTestOptions = {}): TestAudit {
  const statistic = printed.statistic === undefined ? null : parsePrintedNumber(printed.statistic)
  const pValue = printed.pValue === undefined ? null : parsePrintedNumber(printed.pValue)
  const degreesOfFreedom = printed.degreesOfFreedom === undefined ? null : degreesOfFreedomOf(printed.degreesOfFreedom)
  const tableDegrees = printed.table === undefined ? null : degreesOfFreedomOfTable(printed.table)
  const tried = printed.table === undefined ? [] : tryAll(printed.table, statistic, pValue, exactTest)
  const fromStatistic = recomputeFromStatistic(statistic, pValue, degreesOfFreedom, tableDegrees)
  const reason = obstacle()
  return {
    verdict:
      reason !== null
        ? 'cannot-be-checked'
        : tried.length > 0
          ? verdictOf(tried, statistic !== null, pValue !== null)
          : fromStatistic?.fits
            ? 'consistent'
            : 'p-value-differs',
    reason,
    tried,
    untried: tried.length > 0 && tried.every(({ test }) => test !== 'fisher') ? ['fisher'] : [],
    fromStatistic,
    degreesOfFreedomFit: degreesOfFreedom === null || tableDegrees === null ? null : degreesOfFreedom === tableDegrees,
  }

  function obstacle(): TestAudit['reason'] {
    if (statistic === null && pValue === null) return 'nothing-printed'
    if (printed.table !== undefined) return tried.length === 0 ? 'zero-margin' : null
    if (fromStatistic === null) return 'no-table-and-no-degrees-of-freedom'
    return pValue === null ? 'no-table-and-no-p-value' : null
  }
}

function verdictOf(tried: readonly TriedTest[], hasStatistic: boolean, hasPValue: boolean): TestVerdict {
  // An exact test has no statistic, so it cannot vouch for a printed one.
  const givesStatistic = ({ statisticFit }: TriedTest): boolean => !hasStatistic || (statisticFit !== null && statisticFit !== 'none')
  const givesPValue = ({ pValueFit }: TriedTest): boolean => !hasPValue || pValueFit !== 'none'
  if (tried.some((test) => givesStatistic(test) && givesPValue(test))) return 'consistent'
  if (hasPValue && tried.some(givesPValue)) return 'statistic-differs'
  if (hasStatistic && tried.some(givesStatistic)) return 'p-value-differs'
  return 'inconsistent'
}

function tryAll(
  table: TableInput,
  statistic: PrintedNumber | null,
  pValue: PrintedNumber | null,
  exactTest: ExactTest | undefined,
): TriedTest[] {
  const counts = countsOf(table)
  // Without this the exact test would give 1 where a margin is 0.
  if (recomputedTest('pearson', counts)?.pValue === null) return []
  return auditedTests.flatMap((test) => {
    const result = recomputedTest(test, counts, exactTest)
    if (result === null || result.pValue === null) return []
    const statisticFit = statistic === null || result.statistic === null ? null : printedFit(result.statistic, statistic)
    const pValueFit = pValue === null ? null : printedFit(result.pValue, pValue)
    const { degreesOfFreedom } = result
    return [{ test, statistic: result.statistic, degreesOfFreedom, pValue: result.pValue, statisticFit, pValueFit }]
  })
}

function recomputeFromStatistic(
  statistic: PrintedNumber | null,
  pValue: PrintedNumber | null,
  printedDegrees: number | null,
  tableDegrees: number | null,
): FromStatistic | null {
  const degreesOfFreedom = printedDegrees ?? tableDegrees
  if (statistic === null || degreesOfFreedom === null) return null
  const range = roundingInterval(statistic)
  const lower = chiSquaredUpperTail(Math.max(0, range.upper), degreesOfFreedom)
  const upper = chiSquaredUpperTail(Math.max(0, range.lower), degreesOfFreedom)
  return {
    degreesOfFreedom,
    degreesOfFreedomAre: printedDegrees === null ? 'of the table' : 'printed',
    pValue: { lower, upper },
    fits: pValue === null ? null : overlaps(lower, upper, pValue),
  }
}

function overlaps(lower: number, upper: number, printed: PrintedNumber): boolean {
  if (printed.relation === '<') return lower < printed.value
  if (printed.relation === '>') return upper > printed.value
  const range = roundingInterval(printed)
  return lower <= range.upper && upper >= range.lower
}

function degreesOfFreedomOf(printed: string | number): number {
  const value = typeof printed === 'number' ? printed : parsePrintedNumber(printed).value
  requirePositive('degreesOfFreedom', value)
  return value
}

function degreesOfFreedomOfTable(table: TableInput): number {
  const { rows, columns } = margins(table)
  return (rows.length - 1) * (columns.length - 1)
}
