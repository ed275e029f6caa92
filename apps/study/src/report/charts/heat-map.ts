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

/** Shares as shaded cells, each with its count. */
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
        fill: ({ share }: HeatCell) => `rgba(31, 95, 168, ${(0.08 + 0.92 * share).toFixed(3)})`,
        inset: 1,
      }),
      text(cells, {
        x: 'column',
        y: 'row',
        text: ({ count }: HeatCell) => `${count}`,
        fill: ({ share }: HeatCell) => (share > 0.45 ? '#fff' : colours.text),
      }),
    ],
  })
}
