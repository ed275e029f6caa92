import { barX, text } from '@observablehq/plot'
import { type FunnelStep } from '../../analysis/funnel.ts'
import { countText, percent } from '../../show/numbers.ts'
import { colours, draw } from './drawing.ts'

/** Bars of the response funnel, each step as long as its count. */
export function funnelChart(steps: readonly FunnelStep[]): string {
  const rows = steps.map(({ label, count, of }) => ({
    label,
    count: count ?? 0,
    note: of === undefined ? countText(count) : `${countText(count)} (${percent(of.proportion)} %)`,
  }))
  return draw({
    width: 720,
    height: 50 + rows.length * 44,
    marginLeft: 300,
    marginRight: 110,
    x: { axis: null, domain: [0, Math.max(...rows.map(({ count }) => count))] },
    y: { domain: rows.map(({ label }) => label), label: null, tickSize: 0, tickFormat: shortened },
    marks: [
      barX(rows, { x: 'count', y: 'label', fill: colours.main }),
      text(rows, { x: 'count', y: 'label', text: 'note', textAnchor: 'start', dx: 6, fill: colours.text }),
    ],
  })
}

/** A label that fits beside a chart. */
export function shortened(label: string): string {
  return label.length > 44 ? `${label.slice(0, 43).trimEnd()}…` : label
}
