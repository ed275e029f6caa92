import { type GroupComparison } from '../analysis/group-comparison.ts'
import { decimal, percent, pValueText } from '../show/numbers.ts'
import { forestChart } from './charts/forest-chart.ts'
import { mosaicChart } from './charts/mosaic-chart.ts'
import { dataTable } from './data-table.ts'
import { figure } from './figure.ts'
import { html, type Markup } from './html.ts'

/** Groups compared on every question: one table of all, a forest plot of odds ratios, mosaics of larger tables, and what to mind. */
export function comparisonSection(id: string, caption: string, comparisons: readonly GroupComparison[], adjustment: string): Markup {
  const rows = comparisons.map((comparison) => [
    comparison.label,
    comparison.table.counts.map((row, i) => `${comparison.table.rowLabels[i]} ${row.join('/')}`).join('; '),
    comparison.minimumExpected === null ? '–' : decimal(comparison.minimumExpected, 1),
    comparison.pearson === null ? '–' : `${decimal(comparison.pearson.statistic)} (${comparison.pearson.degreesOfFreedom})`,
    pValueText(comparison.pearson?.pValue ?? null),
    comparison.exact === null ? '–' : `${pValueText(comparison.exact.pValue)}${comparison.exact.status === 'exact' ? '' : ' (bracketed)'}`,
    pValueText(comparison.adjustedPValue),
    effectText(comparison),
    comparison.notTestable === null ? comparison.caveats.join(' ') : `Not testable: ${comparison.notTestable}`,
  ])
  const columns = [
    { head: 'Question' },
    { head: 'Counts by answer' },
    { head: 'Smallest expected', isNumber: true },
    { head: 'X² (df)', isNumber: true },
    { head: 'P, Pearson', isNumber: true },
    { head: 'P, exact', isNumber: true },
    { head: `P, adjusted (${adjustment})`, isNumber: true },
    { head: 'Effect' },
    { head: 'Mind' },
  ]
  const ratios = comparisons.flatMap(({ label, oddsRatio }) =>
    oddsRatio === null
      ? []
      : [{ label, estimate: oddsRatio.estimate, lower: oddsRatio.confidenceInterval.lower, upper: oddsRatio.confidenceInterval.upper }],
  )
  const mosaics = comparisons
    .filter(({ table, pearson }) => pearson !== null && (table.columnLabels.length > 2 || table.rowLabels.length > 2))
    .slice(0, 3)
  return html`${
    ratios.length === 0
      ? null
      : figure({
          id: `${id}-forest`,
          title: `${caption}: odds ratios`,
          description:
            'Conditional odds ratios with exact intervals on a logarithmic scale; the dashed line is no difference, arrows run off the scale. The numbers stand in the table below.',
          svg: forestChart(ratios),
        })
  }
  ${mosaics.map((comparison, i) =>
    figure({
      id: `${id}-mosaic-${i}`,
      title: `${caption}: ${comparison.label}`,
      description:
        'Width is the size of the group, height the share of the answer. Blue tiles hold more than independence would lead one to expect, orange ones fewer: light beyond 2, dark beyond 4 standardized residuals.',
      svg: mosaicChart(comparison.table),
    }),
  )}
  ${dataTable({ caption, columns, rows, name: id })}`
}

function effectText({ oddsRatio, riskDifference, cramersV }: GroupComparison): string {
  if (oddsRatio === null || riskDifference === null) {
    return cramersV?.estimate == null ? '–' : `Cramér’s V ${decimal(cramersV.estimate)}`
  }
  const { lower, upper } = oddsRatio.confidenceInterval
  const difference = riskDifference.confidenceInterval
  const ratio = `odds ratio ${decimal(oddsRatio.estimate)} (${decimal(lower)} to ${upper === null ? 'no bound' : decimal(upper)})`
  return riskDifference.estimate === null
    ? ratio
    : `${ratio}; difference ${percent(riskDifference.estimate)} points (${percent(difference.lower)} to ${percent(difference.upper ?? 1)})`
}
