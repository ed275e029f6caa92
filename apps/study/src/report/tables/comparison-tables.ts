import { type StudyResult } from '../../pipeline.ts'
import { type GroupComparison } from '../../analysis/group-comparison.ts'
import { adjustmentNames } from '../../show/adjustment-name.ts'
import { countText, decimal, percent, pointsText, pValueText, ratioText } from '../../show/numbers.ts'
import { type DataTable } from '../data-table.ts'

const testNames = {
  'fisher-exact': 'Fisher',
  'pearson-chi-squared': 'Pearson',
  'fisher-freeman-halton': 'Freeman–Halton',
  'monte-carlo': 'simulated',
} as const

/** The counts of a comparison: a row a question and group, as many columns as the longest list of levels. */
export function countsTable(comparisons: readonly GroupComparison[], caption: string, name: string): DataTable {
  return {
    caption,
    name: `${name}-counts`,
    isLong: true,
    columns: [
      { head: 'Question' },
      { head: 'Group' },
      { head: 'Answers' },
      { head: 'Base', isNumber: true },
      { head: 'No usable answer', isNumber: true },
    ],
    rows: comparisons.flatMap(({ label, table, missing }) =>
      table.counts.map((row, i) => {
        const base = row.reduce<number | null>((sum, count) => (sum === null || count === null ? null : sum + count), 0)
        const shares = row.map((count, j) => {
          const share = base === null || base === 0 || count === null ? '' : ` (${percent(count / base, 0)}%)`
          return `${table.columnLabels[j]} ${countText(count)}${share}`
        })
        return [label, table.rowLabels[i] ?? '', shares.join(', '), countText(base), countText(missing[i] ?? null)]
      }),
    ),
  }
}

/** The tests of a comparison, one row a question. */
export function testsTable(
  comparisons: readonly GroupComparison[],
  adjustment: StudyResult['declared']['adjustment'],
  caption: string,
  name: string,
): DataTable {
  return {
    caption,
    name: `${name}-tests`,
    columns: [
      { head: 'Question' },
      { head: 'Smallest expected', isNumber: true },
      { head: 'X² (df)', isNumber: true },
      { head: 'P, Pearson', isNumber: true },
      { head: 'P, exact', isNumber: true },
      { head: 'Decides' },
      { head: `P, adjusted (${adjustmentNames[adjustment]})`, isNumber: true },
      { head: 'Mind' },
    ],
    rows: comparisons.map(({ label, minimumExpected, pearson, exact, decision, adjustedPValue, notTestable, caveats, withMissing }) => [
      label,
      minimumExpected === null ? '–' : decimal(minimumExpected, 1),
      pearson === null ? '–' : `${decimal(pearson.statistic)} (${pearson.degreesOfFreedom})`,
      pValueText(pearson?.pValue ?? null),
      exactText(exact),
      decision === null ? '–' : testNames[decision.test],
      pValueText(adjustedPValue),
      notTestable === null
        ? [...caveats, ...(withMissing === null ? [] : [missingText(withMissing)])].join(' ')
        : `Not testable: ${notTestable}.`,
    ]),
  }
}

/** The effects of a comparison of two groups, for the questions of two answers. */
export function effectsTable(comparisons: readonly GroupComparison[], caption: string, name: string): DataTable {
  return {
    caption,
    name: `${name}-effects`,
    columns: [
      { head: 'Question' },
      { head: 'Odds ratio', isNumber: true },
      { head: 'Difference, points', isNumber: true },
      { head: 'Changed answers that move P across the threshold', isNumber: true },
      { head: 'Difference whatever the missing are, points', isNumber: true },
    ],
    rows: comparisons.flatMap(({ label, oddsRatio, riskDifference, fragility, withMissing }) =>
      oddsRatio === null || riskDifference === null
        ? []
        : [
            [
              label,
              ratioText(oddsRatio.estimate, oddsRatio.confidenceInterval),
              pointsText(riskDifference.estimate, riskDifference.confidenceInterval),
              fragility === null ? '–' : `${fragility}`,
              withMissing === null
                ? '–'
                : `${percent(withMissing.smallestDifference).replace('-', '−')} to ${percent(withMissing.largestDifference).replace('-', '−')}`,
            ],
          ],
    ),
  }
}

function exactText(exact: GroupComparison['exact']): string {
  if (exact === null) return '–'
  return exact.status === 'exact' ? pValueText(exact.pValue) : `${pValueText(exact.lower)} to ${pValueText(exact.upper)}`
}

function missingText({ missing, belowThreshold }: NonNullable<GroupComparison['withMissing']>): string {
  const said = {
    always: 'P stays below the threshold whatever they would have said.',
    never: 'P stays above the threshold whatever they would have said.',
    depends: 'Whether P is below the threshold depends on what they would have said.',
  }
  return `Of the ${missing[0] + missing[1]} without a usable answer: ${said[belowThreshold]}`
}
