import { fisherFreemanHaltonTest } from '../src/exact/index.ts'
import reference from '../test/freeman-halton-test.reference.json' with { type: 'json' }
import type { Benchmark } from './harness.ts'

const table = (name: string): number[][] => (reference.tables.find((entry) => entry.name === name) as { table: number[][] }).table

export default [
  // The 20 tables of the set that R finishes, whatever it says of them: P is wrong by R on the three with eight or ten sparse rows.
  ...reference.tables
    .filter(({ rSeconds }) => rSeconds !== null)
    .map(({ name, table: counts }) => ({
      name: `Fisher–Freeman–Halton, ${name}`,
      run: () => fisherFreemanHaltonTest(counts),
      external: `freeman-halton ${name}`,
      family: 'r × c tables that R finishes',
      table: counts,
    })),
  // R refuses this one, which has 30 s for a bracket of a hundredth.
  {
    name: 'Fisher–Freeman–Halton, 2 × 50, n = 500, bracket of a hundredth',
    bar: 30,
    run: () => fisherFreemanHaltonTest(table('2x50_n500'), { relativeWidth: 0.01 }),
  },
] satisfies readonly Benchmark[]
