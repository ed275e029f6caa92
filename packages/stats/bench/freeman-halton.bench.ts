import { exactPearsonTest, fisherFreemanHaltonTest } from '../src/index.ts'
import reference from '../test/freeman-halton-test.reference.json' with { type: 'json' }
import type { Benchmark } from './harness.ts'

// The tables that R finishes, with the seconds that R 4.2 took in a quieter hour; the bar is at least 3 × faster where R takes over
// 100 ms and at most 5 × as long elsewhere. Tables that R does not finish have 30 s for a bracket of a hundredth.
const finished = reference.tables.filter(({ rSeconds }) => rSeconds !== undefined && rSeconds !== null)
const table = (name: string): number[][] => (reference.tables.find((entry) => entry.name === name) as { table: number[][] }).table

export default [
  ...finished.map(({ name, table, rSeconds }) => ({
    name: `Fisher–Freeman–Halton, ${name}`,
    bar: (rSeconds as number) > 0.1 ? (rSeconds as number) / 3 : 5 * (rSeconds as number),
    run: () => fisherFreemanHaltonTest(table),
    external: `freeman-halton ${name}`,
  })),
  {
    name: 'bracket of a hundredth, 2 × 50, n = 500',
    bar: 30,
    run: () => fisherFreemanHaltonTest(table('2x50_n500'), { relativeWidth: 0.01 }),
  },
  {
    name: 'exact Pearson, 2 × 50, n = 500, bracket of a hundredth',
    run: () => exactPearsonTest(table('2x50_n500'), { relativeWidth: 0.01 }),
  },
] satisfies readonly Benchmark[]
