import { requireBetween } from '../argument-checks.ts'
import type { PairwiseComparisons } from './pairwise-comparisons.ts'

/**
 * Compact letter display of pairwise comparisons: two levels share a letter exactly if their adjusted P value is not below the threshold.
 *
 * Sharing a letter means "not shown to differ", never "equal". A pair that could not be tested shares a letter.
 *
 * @remarks
 * R: `multcompView::multcompLetters(p)`. The algorithm is insert-and-absorb, letters stand in the order of the levels.
 * No SciPy counterpart.
 *
 * @param pairs - the comparisons
 * @param threshold - adjusted P value below which a pair counts as different; the reader's choice, so it has no default
 * @returns for each level its letters, in the order of `pairs.labels`
 * @throws A {@link StatsError} with code `out-of-range` if the threshold is not between 0 and 1
 *
 * @see H.-P. Piepho, *An algorithm for a letter-based representation of all-pairwise comparisons*, Journal of Computational and
 * Graphical Statistics 13, 2004
 *
 * @example
 * ```ts @import.meta.vitest
 * const pair = (first: number, second: number, adjustedPValue: number) =>
 *   ({ first, second, firstLabel: '', secondLabel: '', pValue: null, adjustedPValue })
 * const pairs: PairwiseComparisons = { method: 'pairwise', of: 'rows', adjustment: 'holm', labels: ['acute', 'community', 'ambulance'],
 *   comparisons: [pair(0, 1, 0.4), pair(0, 2, 0.01), pair(1, 2, 0.2)] }
 *
 * expect(compactLetters(pairs, 0.05)).toEqual(['a', 'ab', 'b'])
 * ```
 */
export function compactLetters(pairs: PairwiseComparisons, threshold: number): readonly string[] {
  requireBetween('threshold', threshold)
  // Each group is a set of levels none of which differ.
  let groups: ReadonlySet<number>[] = [new Set(pairs.labels.keys())]
  for (const { first, second, adjustedPValue } of pairs.comparisons) {
    if (adjustedPValue === null || adjustedPValue >= threshold) continue
    const split = groups.flatMap((group) =>
      group.has(first) && group.has(second) ? [without(group, first), without(group, second)] : [group],
    )
    groups = split.filter((group, k) => !split.some((other, l) => l !== k && includes(other, group) && (other.size > group.size || l < k)))
  }
  const ordered = groups.map((group) => [...group].sort((a, b) => a - b)).sort(byLevels)
  return pairs.labels.map((_, level) => ordered.map((group, k) => (group.includes(level) ? letter(k) : '')).join(''))
}

const without = (group: ReadonlySet<number>, level: number): ReadonlySet<number> => new Set([...group].filter((other) => other !== level))

const includes = (whole: ReadonlySet<number>, part: ReadonlySet<number>): boolean => [...part].every((level) => whole.has(level))

function byLevels(a: readonly number[], b: readonly number[]): number {
  for (let k = 0; k < Math.min(a.length, b.length); k++) if (a[k] !== b[k]) return (a[k] as number) - (b[k] as number)
  return a.length - b.length
}

/** a to z, A to Z, then numbers in brackets. */
function letter(k: number): string {
  return k < 52 ? String.fromCharCode(k + (k < 26 ? 97 : 39)) : `(${k + 1})`
}
