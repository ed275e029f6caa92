import padjust from '@stdlib/stats-padjust'
import { adjustPValues, createRandom } from '../src/index.ts'
import type { Benchmark } from './harness.ts'

const random = createRandom(2)
const million = Float64Array.from({ length: 1_000_000 }, () => random.uniform())
const list = Array.from(million)
const thousands = million.slice(0, 3000)

export default [
  {
    name: 'BH of a million P values',
    beatsOutside: true,
    run: () => adjustPValues(million, 'BH'),
    peers: { '@stdlib': () => padjust(list, 'bh') },
    external: 'BH',
  },
  {
    name: 'Holm of a million P values',
    run: () => adjustPValues(million, 'holm'),
    peers: { '@stdlib': () => padjust(list, 'holm') },
    external: 'holm',
  },
  { name: 'Hommel of 3,000 P values', run: () => adjustPValues(thousands, 'hommel'), external: 'hommel 3000' },
  { name: 'two-stage BKY of a million P values', run: () => adjustPValues(million, 'BKY') },
] satisfies readonly Benchmark[]
