import { barX, text } from '@observablehq/plot'
import { type FunnelStep } from '../../analysis/funnel.ts'
import { countText, percent } from '../../show/numbers.ts'
import { colours, draw } from './drawing.ts'
import { rowChartWidth, rowHeight, rowNames } from './row-names.ts'

/** A bar with its name above it and a note after it. */
interface Bar {
  readonly label: string
  readonly count: number
  readonly note: string
}

/** Bars of the response funnel, each step as long as its count. */
export function funnelChart(steps: readonly FunnelStep[]): string {
  return barChart(
    steps.map(({ label, count, of }) => ({
      label,
      count: count ?? 0,
      note: of === undefined ? countText(count) : `${countText(count)} (${percent(of.proportion)}%)`,
    })),
  )
}

/** Bars as long as their counts. */
export function barChart(rows: readonly Bar[]): string {
  return draw({
    width: rowChartWidth,
    height: 20 + rows.length * (rowHeight + 6),
    marginLeft: 12,
    marginRight: 110,
    marginTop: 8,
    marginBottom: 8,
    x: { axis: null, domain: [0, Math.max(...rows.map(({ count }) => count))] },
    y: { domain: rows.map(({ label }) => label), axis: null },
    marks: [
      rowNames(rows),
      barX(rows, { x: 'count', y: 'label', fill: colours.main, insetTop: 18 }),
      text(rows, { x: 'count', y: 'label', text: 'note', textAnchor: 'start', dx: 6, dy: 9, fill: colours.text }),
    ],
  })
}
