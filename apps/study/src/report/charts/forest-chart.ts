import { axisX, dot, gridX, ruleX, ruleY, text } from '@observablehq/plot'
import { colours, draw } from './drawing.ts'
import { rowChartWidth, rowHeight, rowNames } from './row-names.ts'

/** An odds ratio with its interval; `null` where it has no bound. */
export interface ForestRow {
  readonly label: string
  readonly estimate: number | null
  readonly lower: number
  readonly upper: number | null
}

const lowest = 0.05
const highest = 50
const ticks = [lowest, 0.2, 1, 5, 20]

/** Odds ratios on a logarithmic scale; an interval that runs off the scale ends in an arrow. */
export function forestChart(rows: readonly ForestRow[]): string {
  const drawn = rows.map(({ label, estimate, lower, upper }) => ({
    label,
    estimate: estimate === null || estimate < lowest || estimate > highest ? null : estimate,
    lower: Math.max(lower, lowest),
    upper: Math.min(upper ?? highest, highest),
    left: lower < lowest ? '◀' : '',
    right: upper === null || upper > highest ? '▶' : '',
  }))
  return draw({
    width: rowChartWidth,
    height: 60 + rows.length * rowHeight,
    marginLeft: 24,
    marginRight: 24,
    marginTop: 16,
    marginBottom: 40,
    x: { type: 'log', domain: [lowest, highest], axis: null },
    y: { domain: rows.map(({ label }) => label), axis: null },
    marks: [
      // A log scale leaves out labels as it sees fit; given as text they all stand.
      axisX(ticks, { label: 'odds ratio', text: (value: number) => `${value}` }),
      gridX(ticks, { stroke: colours.faint, strokeOpacity: 0.3 }),
      rowNames(rows),
      ruleX([1], { stroke: colours.text, strokeDasharray: '4 3' }),
      ruleY(drawn, { y: 'label', x1: 'lower', x2: 'upper', stroke: colours.main, strokeWidth: 2 }),
      dot(
        drawn.filter(({ estimate }) => estimate !== null),
        { y: 'label', x: 'estimate', fill: colours.main, r: 5 },
      ),
      text(drawn, { y: 'label', x: 'lower', text: 'left', fill: colours.main }),
      text(drawn, { y: 'label', x: 'upper', text: 'right', fill: colours.main }),
    ],
  })
}
