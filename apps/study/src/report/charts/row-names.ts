import { text } from '@observablehq/plot'
import { colours } from './drawing.ts'

/** Width of a chart of named rows: narrow enough that a phone shows all of it at a size that can be read. */
export const rowChartWidth = 460

/** Height of one row, its name above its mark. */
export const rowHeight = 46

/** Names of the rows, each above its mark, so that long ones need no margin. */
export function rowNames(rows: readonly { readonly label: string }[]) {
  return text(rows, {
    y: 'label',
    text: ({ label }: { readonly label: string }) => shortened(label),
    frameAnchor: 'left',
    textAnchor: 'start',
    dy: -15,
    fill: colours.text,
    // A white edge, so that no grid line runs through a name.
    stroke: '#fff',
    strokeWidth: 5,
  })
}

/** A name that fits above its row; the table beside the chart has the whole of it. */
function shortened(label: string): string {
  return label.length > 56 ? `${label.slice(0, 55).trimEnd()}…` : label
}
