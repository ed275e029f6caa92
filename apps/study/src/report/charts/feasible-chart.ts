import { axisY, dot, lineY, ruleX, ruleY } from '@observablehq/plot'
import { feasibleTables } from '@open-digital-capability/stats'
import { type FeasibleComparison } from '../../analysis/feasible-comparison.ts'
import { colours, draw } from './drawing.ts'

/** P of both tests over every count that the printed margins allow, on a logarithmic scale. */
export function feasibleChart({ groupSize, base, count, expected }: FeasibleComparison, threshold: number): string {
  const { tables } = feasibleTables({ rows: [groupSize, base - groupSize], columns: [count, base - count] })
  const floor = 1e-6
  const points = tables.map(({ count: cell, pearsonPValue, fisherPValue }) => ({
    cell,
    pearson: Math.max(pearsonPValue ?? 1, floor),
    fisher: Math.max(fisherPValue, floor),
  }))
  return draw({
    width: 560,
    height: 300,
    marginLeft: 64,
    marginBottom: 44,
    x: { label: 'exemplars that said yes', domain: [tables[0]?.count ?? 0, tables.at(-1)?.count ?? 1] },
    y: {
      type: 'log',
      domain: [floor, 1],
      axis: null,
    },
    marks: [
      axisY([1, threshold, 0.001, floor], { label: 'P', text: (value: number) => (value >= 0.001 ? `${value}` : value.toExponential(0)) }),
      ruleY([threshold], { stroke: colours.text, strokeDasharray: '4 3' }),
      ruleX([expected], { stroke: colours.faint }),
      lineY(points, { x: 'cell', y: 'pearson', stroke: colours.main }),
      dot(points, { x: 'cell', y: 'pearson', fill: colours.main, r: 3 }),
      lineY(points, { x: 'cell', y: 'fisher', stroke: colours.other, strokeDasharray: '6 3' }),
      dot(points, { x: 'cell', y: 'fisher', fill: colours.other, symbol: 'square', r: 3 }),
    ],
  })
}
