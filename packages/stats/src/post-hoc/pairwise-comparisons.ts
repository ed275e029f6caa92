import { StatsError } from '../errors.ts'
import { fisherExactTest } from '../conditional/fisher-exact-test.ts'
import { chiSquaredTest } from '../independence/chi-squared-test.ts'
import { likelihoodRatioTest } from '../independence/likelihood-ratio-test.ts'
import { adjustPValues, type PValueAdjustment } from '../multiplicity/adjust-p-values.ts'
import { labelled } from '../tables/collapse.ts'
import type { Counts, TableInput } from '../tables/contingency-table.ts'
import { transpose } from '../tables/transpose.ts'

/** The test of two rows: one of ours by name, or any function from a 2 × C table to an object with a P value. */
export type PairwiseTest =
  | 'pearson'
  | 'yates'
  | 'likelihood-ratio'
  | 'fisher'
  | ((counts: Counts) => {
      /** P of the two rows, 0 to 1; `null` where they allow none. */
      readonly pValue: number | null
    })

/** Options of {@link pairwiseComparisons}. */
export interface PairwiseComparisonsOptions {
  /**
   * What is compared.
   *
   * @defaultValue 'rows'
   */
  readonly of?: 'rows' | 'columns'
  /**
   * The test of each pair. `fisher` is for two outcomes; for more, pass a function.
   *
   * @defaultValue 'pearson'
   */
  readonly test?: PairwiseTest
  /**
   * How P values are adjusted for the number of pairs.
   *
   * @defaultValue 'holm'
   */
  readonly adjustment?: PValueAdjustment
}

/** One pair of {@link PairwiseComparisons}. */
export interface PairwiseComparison {
  /** Position of the first row (or column). */
  readonly first: number
  /** Position of the second. */
  readonly second: number
  /** Label of the first. */
  readonly firstLabel: string
  /** Label of the second. */
  readonly secondLabel: string
  /** P value of the pair; `null` where it cannot be tested. */
  readonly pValue: number | null
  /** P value adjusted for the pairs that can be tested. */
  readonly adjustedPValue: number | null
}

/** Result of {@link pairwiseComparisons}. */
export interface PairwiseComparisons {
  /** Names the procedure. */
  readonly method: 'pairwise'
  /** What was compared. */
  readonly of: 'rows' | 'columns'
  /** The adjustment that was applied. */
  readonly adjustment: PValueAdjustment
  /** Labels of what was compared. */
  readonly labels: readonly string[]
  /** Every pair, the first before the second. */
  readonly comparisons: readonly PairwiseComparison[]
}

/**
 * Compares all pairs of rows (or columns) of a table, with P values adjusted for the number of pairs.
 *
 * An outcome that neither of two rows has is left out of their comparison; it says nothing about them. A pair with an empty row,
 * or with a single outcome between them, cannot be tested: its P value is `null`, and it does not count.
 *
 * @remarks
 * R: `pairwise.prop.test(x, n, correct = FALSE)` for two outcomes (test `yates` for `correct = TRUE`),
 * `rcompanion::pairwiseNominalIndependence`. The lists run in the same order: by the first, then by the second of a pair.
 * statsmodels: `proportions_chisquare_allpairs(count, nobs)` for two outcomes.
 *
 * @param table - R × C counts
 * @param options - rows or columns, test, adjustment
 * @throws A {@link StatsError} with code `too-small` with fewer than two rows to compare or fewer than two outcomes, `mismatch` for
 * `fisher` with more than two outcomes, or as {@link margins} does
 *
 * @example
 * ```ts @import.meta.vitest
 * const { comparisons } = pairwiseComparisons([[83, 3], [90, 3], [129, 7], [70, 12]])
 *
 * expect(comparisons).toHaveLength(6)
 * expect(comparisons[0]?.pValue).toBeCloseTo(0.92232009573, 10)
 * ```
 */
export function pairwiseComparisons(table: TableInput, options: PairwiseComparisonsOptions = {}): PairwiseComparisons {
  const { of = 'rows', test = 'pearson', adjustment = 'holm' } = options
  const { rowLabels: labels, columnLabels, counts } = of === 'rows' ? labelled(table) : transpose(table)
  if (labels.length < 2 || columnLabels.length < 2) {
    throw new StatsError(
      'too-small',
      `there are ${labels.length} ${of} with ${columnLabels.length} outcomes, expected at least two of both`,
    )
  }
  if (test === 'fisher' && columnLabels.length > 2) {
    throw new StatsError('mismatch', `fisher compares two outcomes, there are ${columnLabels.length}; pass a test for larger tables`)
  }
  const pairs: Omit<PairwiseComparison, 'adjustedPValue'>[] = []
  for (let first = 0; first < labels.length; first++) {
    for (let second = first + 1; second < labels.length; second++) {
      const pValue = compare(counts[first] as readonly number[], counts[second] as readonly number[], test)
      pairs.push({ first, second, firstLabel: labels[first] as string, secondLabel: labels[second] as string, pValue })
    }
  }
  const adjusted = adjustPValues(
    pairs.map(({ pValue }) => pValue),
    adjustment,
  )
  return {
    method: 'pairwise',
    of,
    adjustment,
    labels,
    comparisons: pairs.map((pair, k) => ({ ...pair, adjustedPValue: adjusted[k] as number | null })),
  }
}

function compare(first: readonly number[], second: readonly number[], test: PairwiseTest): number | null {
  const occurs = (_: number, j: number): boolean => (first[j] as number) > 0 || (second[j] as number) > 0
  const counts = [first.filter(occurs), second.filter(occurs)]
  const empty = counts.some((row) => row.every((count) => count === 0))
  if (empty || (counts[0] as number[]).length < 2) return null
  if (typeof test === 'function') return test(counts).pValue
  switch (test) {
    case 'pearson':
      return chiSquaredTest(counts).pValue
    case 'yates':
      return chiSquaredTest(counts, { continuityCorrection: 'yates' }).pValue
    case 'likelihood-ratio':
      return likelihoodRatioTest(counts).pValue
    case 'fisher':
      return fisherExactTest(counts, { interval: 'none' }).pValue
    default:
      throw new StatsError('out-of-range', `${String(test)} is not a test for pairs`)
  }
}
