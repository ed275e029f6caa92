import { barnardTest, boschlooTest } from '../src/exact/index.ts'
import type { Benchmark } from './harness.ts'

/** Two groups of n of which 55 % and 35 % have the event. */
function groups(n: number): number[][] {
  const [first, second] = [Math.round(0.55 * n), Math.round(0.35 * n)]
  return [
    [first, n - first],
    [second, n - second],
  ]
}
const [twenty, hundreds, thousands] = [groups(20), groups(200), groups(1000)] as const

export default [
  { name: 'Boschloo, 200 a group', bar: 3e-3, run: () => boschlooTest(hundreds), external: 'boschloo 200' },
  { name: 'Boschloo by minimum likelihood, 200 a group', run: () => boschlooTest(hundreds, { twoSided: 'probability' }) },
  { name: 'Barnard, 200 a group', bar: 3e-3, run: () => barnardTest(hundreds), external: 'barnard 200' },
  { name: 'Barnard unpooled, 200 a group', run: () => barnardTest(hundreds, { ordering: 'unpooled' }) },
  { name: 'Boschloo, 1,000 a group', bar: 60e-3, run: () => boschlooTest(thousands) },
  { name: 'Barnard, 1,000 a group', run: () => barnardTest(thousands) },
  { name: 'Barnard CSM, 20 a group', run: () => barnardTest(twenty, { ordering: 'csm' }) },
] satisfies readonly Benchmark[]
