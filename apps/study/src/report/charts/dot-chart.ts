import { dot, gridX, ruleY } from '@observablehq/plot'
import { colours, draw } from './drawing.ts'
import { rowChartWidth, rowHeight, rowNames } from './row-names.ts'

/** A share with its interval, 0 to 1. */
export interface DotRow {
  readonly label: string
  readonly value: number
  readonly lower: number
  readonly upper: number
}

/** Shares as dots, each with its interval as a line. */
export function dotChart(rows: readonly DotRow[]): string {
  const inPercent = rows.map(({ label, value, lower, upper }) => ({ label, value: 100 * value, lower: 100 * lower, upper: 100 * upper }))
  return draw({
    width: rowChartWidth,
    height: 60 + rows.length * rowHeight,
    marginLeft: 12,
    marginRight: 24,
    marginTop: 16,
    marginBottom: 40,
    x: { domain: [0, 100], label: 'per cent of the base', ticks: 5 },
    y: { domain: rows.map(({ label }) => label), axis: null },
    marks: [
      gridX({ stroke: colours.faint, strokeOpacity: 0.3 }),
      rowNames(rows),
      ruleY(inPercent, { y: 'label', x1: 'lower', x2: 'upper', stroke: colours.main, strokeWidth: 2 }),
      dot(inPercent, { y: 'label', x: 'value', fill: colours.main, r: 5 }),
    ],
  })
}
