import { fisherFreemanHaltonTest } from '../src/index.ts'
import reference from '../test/freeman-halton-test.reference.json' with { type: 'json' }
import type { Benchmark } from './harness.ts'

// Tables that R finishes within a second, timed beside it; peers.R has them by the same names. Those that R refuses have 30 s for a
// bracket of a hundredth.
const besideR = ['job_satisfaction_4x4_n96', '3x3_n100', '2x10_n191', '3x5_n191']
const bracketed = ['2x50_n500', '7x7_n150', '6x6_n191']
const table = (name: string): number[][] => (reference.tables.find((entry) => entry.name === name) as { table: number[][] }).table

export default [
  ...besideR.map((name) => ({
    name: `Fisher–Freeman–Halton, ${name}`,
    run: () => fisherFreemanHaltonTest(table(name)),
    external: `freeman-halton ${name}`,
  })),
  ...bracketed.map((name) => ({
    name: `Fisher–Freeman–Halton, ${name}, bracket of a hundredth`,
    bar: 30,
    run: () => fisherFreemanHaltonTest(table(name), { relativeWidth: 0.01 }),
  })),
] satisfies readonly Benchmark[]
