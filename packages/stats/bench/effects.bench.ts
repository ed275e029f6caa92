import { oddsRatio, pairedDifference, riskDifference, riskRatio } from '../src/index.ts'
import type { Benchmark } from './harness.ts'

const table = [
  [40, 55],
  [22, 74],
]
// Near the ends of the scale the score equation is solved with the most steps.
const lopsided = [
  [191, 1],
  [2, 9],
]

export default [
  {
    name: 'Miettinen–Nurminen interval of a risk difference',
    bar: 5e-6,
    run: () => riskDifference(table),
    external: 'miettinen-nurminen',
  },
  { name: 'Miettinen–Nurminen interval of a risk difference, lopsided', bar: 5e-6, run: () => riskDifference(lopsided) },
  { name: 'Miettinen–Nurminen interval of a risk ratio', bar: 5e-6, run: () => riskRatio(table) },
  { name: 'Miettinen–Nurminen interval of an odds ratio', bar: 5e-6, run: () => oddsRatio(table) },
  { name: 'Newcombe interval of a risk difference', run: () => riskDifference(table, { interval: 'newcombe' }), external: 'newcombe' },
  { name: 'Tango interval of a paired difference', run: () => pairedDifference(table) },
] satisfies readonly Benchmark[]
