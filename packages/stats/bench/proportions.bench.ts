// @ts-expect-error -- untyped CommonJS module (TS7016)
import jstat from 'jstat'
import {
  betaQuantile,
  binomialTest,
  exactTwoProportionPower,
  finitePopulationInterval,
  proportionInterval,
  proportionTest,
  sisonGlazIntervals,
} from '../src/index.ts'
import type { Benchmark } from './harness.ts'

const { jStat } = jstat as unknown as { jStat: { ibetainv: (p: number, a: number, b: number) => number } }
const seven = [56, 72, 73, 59, 62, 87, 58]

export default [
  { name: 'Sison-Glaz intervals, 4 categories', bar: 100e-6, run: () => sisonGlazIntervals([89, 37, 30, 35]), external: 'sison-glaz' },
  { name: 'Sison-Glaz intervals, 7 categories', bar: 100e-6, run: () => sisonGlazIntervals(seven) },
  { name: 'Wilson interval', run: () => proportionInterval(62, 191) },
  { name: 'Clopper-Pearson interval', run: () => proportionInterval(62, 191, { method: 'clopper-pearson' }) },
  { name: 'Blaker interval', run: () => proportionInterval(62, 191, { method: 'blaker' }) },
  {
    name: 'beta quantile',
    run: () => betaQuantile(0.025, 62, 130),
    peers: { 'jStat, eight digits': () => jStat.ibetainv(0.025, 62, 130) },
  },
  { name: 'binomial test with interval, n = 925', run: () => binomialTest(682, 925, { probability: 0.75 }) },
  { name: 'binomial test with interval, n = 10^12', run: () => binomialTest(5e11 + 3e6, 1e12) },
  { name: 'test of two proportions with interval', run: () => proportionTest([40, 22], [95, 96]) },
  { name: 'exact interval in a finite population, 161 of 191 from 226', run: () => finitePopulationInterval(161, 191, 226) },
  { name: 'exact power of Fisher, 100 a group', run: () => exactTwoProportionPower(0.5, 0.7, 100) },
] satisfies readonly Benchmark[]
