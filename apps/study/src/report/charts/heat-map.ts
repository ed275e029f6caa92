import { cell, text } from '@observablehq/plot'
import { colours, draw } from './drawing.ts'

/** A share in one cell of a heat map. */
export interface HeatCell {
  readonly row: string
  readonly column: string
  readonly count: number
  /** 0 to 1. */
  readonly share: number
}

/** Shares as shaded cells, each with its count; the darkest shade still lets dark text be read (at least 4.5 : 1). */
export function heatMap(cells: readonly HeatCell[]): string {
  const rows = [...new Set(cells.map(({ row }) => row))]
  const columns = [...new Set(cells.map(({ column }) => column))]
  return draw({
    width: 520,
    height: 80 + rows.length * 26,
    marginLeft: 170,
    marginTop: 50,
    x: { domain: columns, axis: 'top', label: null, tickSize: 0 },
    y: { domain: rows, label: null, tickSize: 0 },
    marks: [
      cell(cells, {
        x: 'column',
        y: 'row',
        fill: ({ share }: HeatCell) => `rgba(31, 95, 168, ${(0.05 + 0.6 * share).toFixed(3)})`,
        inset: 1,
      }),
      text(cells, {
        x: 'column',
        y: 'row',
        text: ({ count }: HeatCell) => `${count}`,
        fill: colours.text,
      }),
    ],
  })
}
