import { fisherPValue } from '../conditional/fisher-p-value.ts'
import { chiSquaredTest } from '../independence/chi-squared-test.ts'
import { likelihoodRatioTest } from '../independence/likelihood-ratio-test.ts'
import { type Counts, margins } from '../tables/contingency-table.ts'

/** A test that a paper may have used without saying so. */
export type AuditedTestMethod = 'pearson' | 'yates' | 'n-1' | 'likelihood-ratio' | 'fisher' | 'fisher-one-sided' | 'pearson-one-sided'

/** What a test gives; `null` where it has no such number. */
export interface RecomputedTest {
  readonly statistic: number | null
  readonly degreesOfFreedom: number | null
  readonly pValue: number | null
}

/**
 * Finds the exact P of a table of more than 2 × 2 cells; `fisherFreemanHaltonTest` of the entry `exact` is one. It is handed over
 * by the caller, so that who audits 2 × 2 tables need not load it.
 */
export type ExactTest = (
  table: Counts,
  options: {
    /** What the computation may use. */
    readonly budget: {
      /** Elementary steps. */
      readonly work: number
    }
  },
) => {
  /** Whether P was found; without it, it was. */
  readonly status?: 'exact' | 'bracketed' | 'budget-exhausted'
  /** Natural logarithm of the probability of the table given its margins. */
  readonly statistic: number | null
  /** P, 0 to 1; `null` where the table allows none. */
  readonly pValue: number | null
}

/** Elementary steps, some five seconds at most; beyond them the exact test is left out. */
const exactWork = 5e8

/**
 * A test of counts as it would be printed; `null` where it does not apply: Yates and the one-sided tests beyond 2 × 2 cells, and
 * the exact test there without an `exactTest`, or where its work does not suffice.
 */
export function recomputedTest(test: AuditedTestMethod, counts: Counts, exactTest?: ExactTest): RecomputedTest | null {
  const isTwoByTwo = counts.length === 2 && counts[0]?.length === 2
  if (test === 'n-1') return chiSquaredTest(counts, { variance: 'n-1' })
  if (test === 'likelihood-ratio') return likelihoodRatioTest(counts)
  if (test === 'fisher' && !isTwoByTwo) return exactTest === undefined ? null : freemanHalton(counts, exactTest)
  const pearson = chiSquaredTest(counts)
  if (test === 'pearson') return pearson
  if (!isTwoByTwo) return null
  const cells = counts.flat() as [number, number, number, number]
  const exact = { statistic: null, degreesOfFreedom: null }
  switch (test) {
    case 'yates':
      return chiSquaredTest(counts, { continuityCorrection: 'yates' })
    case 'fisher':
      return { ...exact, pValue: fisherPValue(...cells) }
    case 'fisher-one-sided':
      return { ...exact, pValue: Math.min(fisherPValue(...cells, 'less'), fisherPValue(...cells, 'greater')) }
    case 'pearson-one-sided':
      return pearson.pValue === null ? pearson : { ...pearson, pValue: pearson.pValue / 2 }
  }
}

function freemanHalton(counts: Counts, exactTest: ExactTest): RecomputedTest | null {
  const { status, statistic, pValue } = exactTest(counts, { budget: { work: exactWork } })
  if (status === 'budget-exhausted' || statistic === null) return null
  return { statistic: -2 * (logGamma(counts) + statistic), degreesOfFreedom: null, pValue }
}

/**
 * ln γ of the statistic that SPSS prints beside the exact test of an r × c table: −2 ln(γ P), where P is the probability of the
 * table given its margins and γ makes the statistic nearly chi-squared.
 *
 * @see IBM SPSS Exact Tests, *Fisher's exact test*; C. R. Mehta and N. R. Patel, J. Am. Stat. Assoc. 78, 1983
 */
function logGamma(counts: Counts): number {
  const { rows, columns, total } = margins(counts)
  const r = rows.length
  const c = columns.length
  const logs = (values: readonly number[]): number => values.reduce((sum, value) => sum + Math.log(value), 0)
  return ((r - 1) * (c - 1) * Math.log(2 * Math.PI) - (r * c - 1) * Math.log(total) + (c - 1) * logs(rows) + (r - 1) * logs(columns)) / 2
}
