import { rect, text } from '@observablehq/plot'
import { type ContingencyTable, margins, residuals } from '@open-digital-capability/stats'
import { colours, draw } from './drawing.ts'

/**
 * A table as tiles: width by the size of the group, height by the share of the answer, shaded where the adjusted
 * standardized residual is beyond 2 or 4 (Friendly 1994).
 */
export function mosaicChart(table: ContingencyTable): string {
  const { rows, total } = margins(table)
  const standardized = residuals(table).standardized
  const tiles: { x1: number; x2: number; y1: number; y2: number; fill: string; label: string; textFill: string }[] = []
  const names: { x: number; label: string }[] = []
  let x = 0
  for (const [i, row] of table.counts.entries()) {
    const width = (rows[i] as number) / total
    let y = 0
    for (const [j, count] of row.entries()) {
      const height = rows[i] === 0 ? 0 : count / (rows[i] as number)
      const residual = standardized[i]?.[j] ?? 0
      tiles.push({
        x1: x + 0.004,
        x2: x + width - 0.004,
        y1: y + 0.006,
        y2: Math.max(y + height - 0.006, y + 0.006),
        fill: shade(residual),
        textFill: Math.abs(residual) >= 4 ? '#fff' : colours.text,
        label: height * width > 0.012 && width > 0.08 ? `${table.columnLabels[j]} ${count}` : '',
      })
      y += height
    }
    if (width > 0.08) names.push({ x: x + width / 2, label: `${table.rowLabels[i]} (${rows[i]})` })
    x += width
  }
  return draw({
    width: 560,
    height: 380,
    marginLeft: 36,
    marginRight: 36,
    marginTop: 44,
    x: { axis: null, domain: [0, 1] },
    y: { axis: null, domain: [0, 1] },
    marks: [
      rect(tiles, { x1: 'x1', x2: 'x2', y1: 'y1', y2: 'y2', fill: 'fill', stroke: colours.text }),
      text(tiles, {
        x: ({ x1, x2 }: { x1: number; x2: number }) => (x1 + x2) / 2,
        y: ({ y1, y2 }: { y1: number; y2: number }) => (y1 + y2) / 2,
        text: 'label',
        fontSize: 13,
        fill: 'textFill',
      }),
      // Neighbours stand at two heights, so that long names do not run into each other.
      ...[0, 1].map((height) =>
        text(
          names.filter((_, i) => i % 2 === height),
          { x: 'x', y: 1, text: 'label', dy: -12 - 17 * height, fontSize: 13, fill: colours.text },
        ),
      ),
    ],
  })
}

function shade(residual: number): string {
  if (residual >= 4) return '#1f5fa8'
  if (residual >= 2) return '#b3d1f0'
  if (residual <= -4) return '#a04a00'
  if (residual <= -2) return '#f4cda5'
  return '#fff'
}
