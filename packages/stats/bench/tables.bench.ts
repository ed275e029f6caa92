import { codedCrosstab, createRandom } from '../src/index.ts'
import type { Benchmark } from './harness.ts'

const random = createRandom(3)
const rows = Uint8Array.from({ length: 10_000_000 }, () => random.uniform() * 4)
const columns = Uint8Array.from({ length: 10_000_000 }, () => random.uniform() * 5)
const labels = { rowLabels: ['a', 'b', 'c', 'd'], columnLabels: ['1', '2', '3', '4', '5'] }

export default [
  { name: 'crosstab of ten million coded rows', bar: 0.15, run: () => codedCrosstab(rows, columns, labels), external: 'crosstab' },
] satisfies readonly Benchmark[]
