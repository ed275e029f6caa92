import { requireBetween } from '../argument-checks.ts'
import { auditTest, type AuditTestOptions, type PrintedTest, type TestAudit, type TriedTest } from './audit-test.ts'
import { roundingInterval } from './printed-fit.ts'
import { parsePrintedNumber, type PrintedNumber } from './printed-number.ts'
import { type AuditedTestMethod } from './recomputed-test.ts'

/** How many of a paper's printed tests one test gives. */
export interface GivingTest {
  /** Which test. */
  readonly test: AuditedTestMethod
  /** How many of the printed tests it gives, with plain rounding. */
  readonly gives: number
  /** How many have counts to try it on. */
  readonly of: number
}

/** Where a printed test departs from what was recomputed. */
export type TestDeparture =
  /** The printed statistic does not follow from the counts. */
  | 'statistic-differs'
  /** The printed P does not follow from the counts, or, without counts, from the statistic. */
  | 'p-value-differs'
  /** The printed degrees of freedom are not those of the table. */
  | 'degrees-of-freedom-differ'
  /** The printed P does not follow from the printed statistic. */
  | 'p-value-not-of-statistic'
  /** The number becomes the printed one only if it is rounded twice: .4646 → .465 → .47. */
  | 'rounded-twice'
  /** The number becomes the printed one only if digits are cut off. */
  | 'cut-off'
  /** A test gives what is printed, but not the one by which the others follow. */
  | 'other-test'
  /** Printed and recomputed P lie on either side of the threshold. */
  | 'decision-differs'

/** One printed test, read together with the others of its paper. */
export interface AuditedTest {
  /** `decision-inconsistent` where, besides, printed and recomputed P lie on either side of the threshold. */
  readonly verdict: 'consistent' | 'inconsistent' | 'decision-inconsistent' | 'cannot-be-checked'
  /** The test by which the figure is read: the one that gives it, or else the common one; `null` where none could be tried. */
  readonly by: TriedTest | null
  /** Every departure found; empty where the verdict is `consistent`. */
  readonly departures: readonly TestDeparture[]
  /** Which side of the threshold P lies on as printed and as recomputed; `null` where the print leaves it open or the tests disagree. */
  readonly decision: {
    /** Of the printed P. */
    readonly printed: 'below' | 'not-below' | null
    /** Of the recomputed P. */
    readonly recomputed: 'below' | 'not-below' | null
  }
  /** Everything that was tried. */
  readonly audit: TestAudit
}

/** Result of {@link auditTests}. */
export interface TestsAudit {
  /**
   * The one of Pearson's, Yates', Fisher's and the likelihood-ratio test that gives the most, if it gives more than half of the
   * printed tests that have counts; `null` if none does, or there is but one.
   */
  readonly common: GivingTest | null
  /** What each test gives, by plausibility; tests that give nothing are left out. */
  readonly giving: readonly GivingTest[]
  /** One for each printed test, in order. */
  readonly tests: readonly AuditedTest[]
}

/** Options of {@link auditTests}. */
export interface AuditTestsOptions extends AuditTestOptions {
  /**
   * The threshold that the paper compares P with.
   *
   * @defaultValue 0.05
   */
  readonly threshold?: number
}

/** By plausibility, so that Pearson's test is named where several give the same. */
const methods: readonly AuditedTestMethod[] = [
  'pearson',
  'yates',
  'fisher',
  'likelihood-ratio',
  'n-1',
  'pearson-one-sided',
  'fisher-one-sided',
]
/** What papers use without saying so; the others are too rare to be presumed. */
const presumable: readonly AuditedTestMethod[] = ['pearson', 'yates', 'fisher', 'likelihood-ratio']

/**
 * Audits the tests that one paper prints, in the light of each other: a paper that used one test for ten tables used it for the
 * eleventh, so a P there that only another test gives is not yet consistent.
 *
 * A figure is consistent if the common test gives all that is printed by plain rounding, or Fisher's or Yates' does, which are
 * often chosen table by table; without a common test, any of those tried may give it. Everything else is a departure, and is
 * described: a second rounding, digits cut off, a statistic or P that no test gives, degrees of freedom of another table.
 * The decision differs only where every two-sided test lies on the other side of the threshold than the printed P.
 *
 * @remarks
 * R package statcheck recomputes P from statistic and degrees of freedom, one by one, and calls such a figure a decision error. No SciPy counterpart.
 *
 * @param printed - what is printed of each test
 * @param options - the threshold that P is compared with, and the exact test for more than 2 × 2 cells
 * @throws A {@link StatsError} as {@link auditTest} does, and `out-of-range` for a threshold that is not between 0 and 1
 *
 * @example
 * ```ts @import.meta.vitest
 * const { common, tests } = auditTests([
 *   { table: [[16, 31], [106, 327]], pValue: '.15' },
 *   { table: [[16, 15], [166, 95]], pValue: '.19' },
 *   { table: [[12, 19], [84, 177]], pValue: '.47' },
 * ])
 *
 * expect(common).toEqual({ test: 'pearson', gives: 2, of: 3 })
 * expect(tests[2]?.departures).toEqual(['rounded-twice'])
 * ```
 */
export function auditTests(printed: readonly PrintedTest[], options: AuditTestsOptions = {}): TestsAudit {
  const threshold = requireBetween('threshold', options.threshold ?? 0.05)
  const audits = printed.map((test) => auditTest(test, options))
  const giving = givingTests(audits)
  const common = commonTest(giving)
  return { common, giving, tests: audits.map((audit, i) => inContext(printed[i] as PrintedTest, audit, common, threshold)) }
}

function givingTests(audits: readonly TestAudit[]): GivingTest[] {
  const withCounts = audits.filter(({ tried, reason }) => reason === null && tried.length > 0)
  return methods.flatMap((method) => {
    const gives = withCounts.filter((audit) => audit.tried.some((test) => test.test === method && givesAll(test, audit))).length
    return gives === 0 ? [] : [{ test: method, gives, of: withCounts.length }]
  })
}

function commonTest(giving: readonly GivingTest[]): GivingTest | null {
  let best: GivingTest | null = null
  for (const candidate of giving) {
    if (presumable.includes(candidate.test) && candidate.gives > (best?.gives ?? 0)) best = candidate
  }
  return best !== null && best.gives > 1 && best.gives > best.of / 2 ? best : null
}

function inContext(printed: PrintedTest, audit: TestAudit, common: GivingTest | null, threshold: number): AuditedTest {
  const side = printed.pValue === undefined ? null : sideOfPrinted(parsePrintedNumber(printed.pValue), threshold)
  const recomputed = sideOfRecomputed(audit, threshold)
  const decision = { printed: side, recomputed }
  if (audit.reason !== null) return { verdict: 'cannot-be-checked', by: null, departures: [], decision, audit }

  const given = inOrder(audit.tried).filter((test) => givesAll(test, audit))
  // Yates' correction exists for 2 × 2 tables only, so elsewhere a paper that uses it uses Pearson's test.
  const expected = audit.tried.find(({ test }) => test === common?.test) ?? (common === null ? undefined : pearsonOf(audit))
  const usual = given.find((test) => expected === undefined || test.test === expected.test || isOftenChosenByTable(test, printed))
  const by = usual ?? expected ?? given[0] ?? closest(audit.tried) ?? null
  const departures = departuresOf(audit, by, usual !== undefined, given.length > 0)
  const contradicts = departures.length > 0 && side !== null && recomputed !== null && side !== recomputed
  return {
    verdict: departures.length === 0 ? 'consistent' : contradicts ? 'decision-inconsistent' : 'inconsistent',
    by,
    departures: contradicts ? [...departures, 'decision-differs'] : departures,
    decision,
    audit,
  }
}

function departuresOf(audit: TestAudit, by: TriedTest | null, isConsistent: boolean, isGivenByAnother: boolean): TestDeparture[] {
  const departures = new Set<TestDeparture>()
  if (audit.degreesOfFreedomFit === false) departures.add('degrees-of-freedom-differ')
  if (by === null) {
    if (audit.fromStatistic?.fits === false) departures.add('p-value-not-of-statistic')
  } else if (!isConsistent) {
    const fits = { 'statistic-differs': by.statisticFit, 'p-value-differs': by.pValueFit } as const
    for (const [what, fit] of Object.entries(fits)) {
      if (fit === 'rounded-twice' || fit === 'cut-off') departures.add(fit)
      else if (fit === 'none') departures.add(isGivenByAnother ? 'other-test' : (what as keyof typeof fits))
    }
    if (audit.fromStatistic?.fits === false && by.pValueFit !== 'rounded' && !isGivenByAnother) departures.add('p-value-not-of-statistic')
    // An exact test has no statistic, so a printed one is left without a source.
    if (departures.size === 0) departures.add('statistic-differs')
  }
  return [...departures]
}

/** Whether a test gives everything that is printed, by plain rounding; an exact test without a statistic cannot give a printed one. */
function givesAll({ statisticFit, pValueFit }: TriedTest, { tried }: TestAudit): boolean {
  const hasStatistic = tried.some((test) => test.statisticFit !== null)
  return (hasStatistic ? statisticFit === 'rounded' : true) && (pValueFit === null || pValueFit === 'rounded')
}

/** Software prints Fisher's P, and R Yates' correction, for the tables that call for it, whatever it does for the others. */
const isOftenChosenByTable = ({ test }: TriedTest, { statistic }: PrintedTest): boolean =>
  test === 'yates' || (test === 'fisher' && statistic === undefined)

const pearsonOf = ({ tried }: TestAudit): TriedTest | undefined => tried.find(({ test }) => test === 'pearson')

const inOrder = (tried: readonly TriedTest[]): TriedTest[] => methods.flatMap((method) => tried.filter(({ test }) => test === method))

/** The test that comes nearest: one that gives P, then one that gives the statistic, then Pearson's. */
function closest(tried: readonly TriedTest[]): TriedTest | undefined {
  const ordered = inOrder(tried)
  return (
    ordered.find(({ pValueFit }) => pValueFit === 'rounded') ??
    ordered.find(({ statisticFit }) => statisticFit === 'rounded') ??
    ordered.find(({ pValueFit }) => pValueFit !== null && pValueFit !== 'none') ??
    ordered[0]
  )
}

function sideOfPrinted(printed: PrintedNumber, threshold: number): 'below' | 'not-below' | null {
  if (printed.relation === '<') return printed.value <= threshold ? 'below' : null
  if (printed.relation === '>') return printed.value >= threshold ? 'not-below' : null
  const { lower, upper } = roundingInterval(printed)
  return upper <= threshold ? 'below' : lower >= threshold ? 'not-below' : null
}

function sideOfRecomputed({ tried, fromStatistic }: TestAudit, threshold: number): 'below' | 'not-below' | null {
  const twoSided = tried.filter(({ test }) => test !== 'fisher-one-sided' && test !== 'pearson-one-sided').map(({ pValue }) => pValue)
  const pValues = twoSided.length > 0 ? twoSided : fromStatistic === null ? [] : [fromStatistic.pValue.lower, fromStatistic.pValue.upper]
  if (pValues.length === 0) return null
  if (pValues.every((pValue) => pValue < threshold)) return 'below'
  return pValues.every((pValue) => pValue >= threshold) ? 'not-below' : null
}
