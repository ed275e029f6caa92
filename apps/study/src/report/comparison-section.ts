import { contingencyTable } from '@open-digital-capability/stats'
import { type GroupComparison } from '../analysis/group-comparison.ts'
import { forestChart } from './charts/forest-chart.ts'
import { mosaicChart } from './charts/mosaic-chart.ts'
import { type DataTable, dataTable } from './data-table.ts'
import { figure } from './figure.ts'
import { html, type Markup } from './html.ts'

const mosaicsShown = 3

/** Groups compared on every question: a forest plot of odds ratios, mosaics of larger tables, and the tables with all numbers. */
export function comparisonSection(
  id: string,
  title: string,
  comparisons: readonly GroupComparison[],
  tables: readonly DataTable[],
): Markup {
  const ratios = comparisons.flatMap(({ label, oddsRatio }) =>
    oddsRatio === null
      ? []
      : [{ label, estimate: oddsRatio.estimate, lower: oddsRatio.confidenceInterval.lower, upper: oddsRatio.confidenceInterval.upper }],
  )
  // Those that are farthest from independence say most.
  const mosaics = comparisons
    .filter(({ table, decision }) => decision !== null && (table.columnLabels.length > 2 || table.rowLabels.length > 2))
    .sort((a, b) => (a.decision?.pValue ?? 1) - (b.decision?.pValue ?? 1))
    .slice(0, mosaicsShown)
  return html`${
    ratios.length === 0
      ? null
      : figure({
          id: `${id}-forest`,
          title: `${title}: odds ratios`,
          description:
            'Conditional odds ratios with exact intervals on a logarithmic scale. The dashed line is no difference; arrows run off the scale.',
          svg: forestChart(ratios),
        })
  }
  ${mosaics.map(({ label, table: { counts, rowLabels, columnLabels } }, i) =>
    figure({
      id: `${id}-mosaic-${i}`,
      title: `${title}: ${label}`,
      description:
        'Width is the size of the group, height the share of the answer. Blue tiles hold more than independence would lead one to expect, orange ones fewer: light beyond 2, dark beyond 4 standardized residuals.',
      svg: mosaicChart(contingencyTable(counts as number[][], { rowLabels, columnLabels })),
    }),
  )}
  ${tables.map(dataTable)}`
}
