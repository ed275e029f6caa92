import chiSquaredCdf from '@stdlib/stats-base-dists-chisquare-cdf'
// @ts-expect-error -- untyped CommonJS module (TS7016)
import jstat from 'jstat'
import { chiSquaredTest, chiSquaredTests, createRandom, likelihoodRatioTest, monteCarloTest } from '../src/index.ts'
import type { Benchmark } from './harness.ts'

const job = [
  [1, 2, 1, 0],
  [3, 3, 6, 1],
  [10, 10, 14, 9],
  [6, 7, 12, 11],
]

const random = createRandom(1)
const tables = Array.from({ length: 10_000 }, () => {
  const count = (): number => 1 + Math.floor(random.uniform() * 100)
  return [
    [count(), count()],
    [count(), count()],
  ]
})
const flat = Uint32Array.from({ length: 4_000_000 }, () => 1 + Math.floor(random.uniform() * 100))
const into = { statistics: new Float64Array(flat.length / 4), pValues: new Float64Array(flat.length / 4) }

/** Pearson's test from the textbook formula, P by the distribution function of a library that has no upper tail. */
const byComplement = (cdf: (x: number, df: number) => number) => () => {
  let sum = 0
  for (const [[a, b], [c, d]] of tables as [[number, number], [number, number]][]) {
    const n = a + b + c + d
    sum += 1 - cdf((n * (a * d - b * c) ** 2) / ((a + b) * (c + d) * (a + c) * (b + d)), 1)
  }
  return sum
}
const { jStat } = jstat as unknown as { jStat: { chisquare: { cdf: (x: number, df: number) => number } } }

export default [
  {
    name: 'chi-squared test of a 2 × 2 table',
    units: tables.length,
    bar: 1 / 2e6,
    run: () => tables.reduce((sum, table) => sum + (chiSquaredTest(table).pValue ?? 0), 0),
    // The peers get the bare formula, and 1 − cdf, which is noise below 1e-16.
    peers: { '@stdlib cdf': byComplement(chiSquaredCdf), 'jStat cdf': byComplement(jStat.chisquare.cdf) },
    external: 'chi-squared 2x2',
  },
  {
    name: 'chi-squared tests of a million 2 × 2 tables, each',
    units: flat.length / 4,
    bar: 1 / 20e6,
    run: () => chiSquaredTests(flat, {}, into),
  },
  { name: 'chi-squared test of a 4 × 4 table', run: () => chiSquaredTest(job), external: 'chi-squared 4x4' },
  { name: 'likelihood-ratio test of a 4 × 4 table', run: () => likelihoodRatioTest(job) },
  { name: 'Monte Carlo test of a 4 × 4 table, 10,000 tables', run: () => monteCarloTest(job), external: 'monte carlo 4x4' },
] satisfies readonly Benchmark[]
