import chiSquaredCdfOfStdlib from '@stdlib/stats-base-dists-chisquare-cdf'
// @ts-expect-error -- untyped CommonJS module (TS7016)
import jstat from 'jstat'
import { cumulativeStdNormalProbability } from 'simple-statistics'
import { chiSquaredCdf, chiSquaredUpperTail, normalCdf } from '../src/index.ts'
import type { Benchmark } from './harness.ts'

type Cdf = (x: number, first: number, second?: number) => number
const { jStat } = jstat as unknown as { jStat: { chisquare: { cdf: Cdf }; normal: { cdf: Cdf } } }

const points = Float64Array.from({ length: 1000 }, (_, k) => k / 30)
const over = (f: (x: number) => number) => () => {
  let sum = 0
  for (let k = 0; k < points.length; k++) sum += f(points[k] as number)
  return sum
}

export default [
  {
    name: 'chi-squared distribution function, 9 degrees of freedom',
    units: points.length,
    run: over((x) => chiSquaredCdf(x, 9)),
    peers: { '@stdlib': over((x) => chiSquaredCdfOfStdlib(x, 9)), jStat: over((x) => jStat.chisquare.cdf(x, 9)) },
  },
  { name: 'chi-squared upper tail, 9 degrees of freedom', units: points.length, run: over((x) => chiSquaredUpperTail(x, 9)) },
  {
    name: 'normal distribution function',
    units: points.length,
    run: over((x) => normalCdf(x - 15)),
    // simple-statistics looks four digits up in a table.
    peers: { 'simple-statistics': over((x) => cumulativeStdNormalProbability(x - 15)), jStat: over((x) => jStat.normal.cdf(x - 15, 0, 1)) },
  },
] satisfies readonly Benchmark[]
