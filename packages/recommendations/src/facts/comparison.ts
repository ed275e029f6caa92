import { type ConfidenceInterval } from '@open-digital-capability/stats'
import { type Source } from './source.ts'

/** One share compared between two groups. */
export interface GroupComparison {
  /** Id of the share. */
  readonly indicator: string
  /** Counts, `[[does, does not], [does, does not]]`, a row a group; `null` where the cells are not known. */
  readonly counts: readonly [readonly [number, number], readonly [number, number]] | null
  /** Members of each group that were asked and gave no answer. */
  readonly unanswered: readonly [number, number]
  /** Share of the first group less share of the second; `null` where the cells are not known or a group is empty. */
  readonly difference: number | null
  /** Interval for the difference. */
  readonly interval: ConfidenceInterval | null
  /** P of the test; `null` where none can be given. */
  readonly pValue: number | null
  /** P adjusted over the family. */
  readonly adjustedPValue: number | null
  /** Why numbers are missing, where they are. */
  readonly because?: string
}

/** Two groups of a declared cohort, compared over a declared family of shares. */
export interface ComparisonFact {
  /** Tells the kinds of fact apart. */
  readonly kind: 'comparison'
  /** The cohort, as declared before the data were looked at. */
  readonly cohort: string
  /** Names of both groups; differences are the first less the second. */
  readonly groups: readonly [string, string]
  /** The test that gave P. */
  readonly test: 'fisher-exact' | 'pearson-chi-squared'
  /** How P was adjusted over the family, under R’s name for it. */
  readonly adjustment: string
  /** The family, one comparison a share. */
  readonly family: readonly GroupComparison[]
  /** Independent sources, such as a second wave, that agree. */
  readonly corroboratedBy: readonly Source[]
  /** Where the counts come from. */
  readonly source: Source
}

/** What a comparison shows, given thresholds. */
export type ComparisonVerdict = 'difference' | 'no-evidence' | 'unknown'

/** The thresholds by which comparisons are judged. */
export interface ComparisonThresholds {
  /** P, adjusted, must be below it. */
  readonly adjustedP: number
  /** The size of the difference must be at least it. */
  readonly minimumDifference: number
  /** The part of each group without an answer must be at most it. */
  readonly maximumMissing: number
}

/**
 * What one comparison shows: a difference only where its cells are complete, its adjusted P is below the threshold and the
 * difference is at least as large as the least worth acting on. Otherwise there is no evidence of a difference of that size, which
 * is not to say that the groups are equal.
 *
 * @param comparison - one share compared
 * @param thresholds - what counts
 *
 * @example
 * ```ts @import.meta.vitest
 * const comparison = { indicator: 'a', counts: [[9, 1], [1, 9]], unanswered: [0, 0], difference: 0.8,
 *   interval: { lower: 0.4, upper: 0.95, level: 0.95 }, pValue: 0.001, adjustedPValue: 0.003 } as const
 *
 * expect(judgeComparison(comparison, { adjustedP: 0.05, minimumDifference: 0.1, maximumMissing: 0.2 })).toBe('difference')
 * expect(judgeComparison(comparison, { adjustedP: 0.001, minimumDifference: 0.1, maximumMissing: 0.2 })).toBe('no-evidence')
 * ```
 */
export function judgeComparison(comparison: GroupComparison, thresholds: ComparisonThresholds): ComparisonVerdict {
  const { counts, unanswered, difference, adjustedPValue } = comparison
  if (counts === null || difference === null || adjustedPValue === null) return 'unknown'
  for (const [index, row] of counts.entries()) {
    const missing = unanswered[index] as number
    const asked = row[0] + row[1] + missing
    if (missing / asked > thresholds.maximumMissing) return 'unknown'
  }
  // Differences of counts are exact up to rounding: 0.1 as 5/10 - 4/10 must count as at least 0.1.
  const atLeast = Math.abs(difference) >= thresholds.minimumDifference * (1 - 1e-12)
  return atLeast && adjustedPValue < thresholds.adjustedP ? 'difference' : 'no-evidence'
}

/** What a family shows: a difference where one of its comparisons does, and no evidence only where all are known. */
export function judgeFamily(fact: ComparisonFact, thresholds: ComparisonThresholds): ComparisonVerdict {
  const verdicts = fact.family.map((comparison) => judgeComparison(comparison, thresholds))
  return verdicts.includes('difference') ? 'difference' : verdicts.includes('unknown') ? 'unknown' : 'no-evidence'
}
