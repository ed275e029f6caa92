import { exactMantelHaenszelTest } from '../src/exact/index.ts'
import { adjustPValues, conditionalOddsRatio, createRandom, fisherExactTest, fisherPValue, fisherPValues } from '../src/index.ts'
import { berkeleyAdmissions } from '../test/berkeley-admissions.ts'
import type { Benchmark } from './harness.ts'

const survey = [
  [40, 55],
  [22, 74],
]
const large = [
  [25005000, 24995000],
  [24993000, 25007000],
]

// All pairs of 84 technologies, each used by some of 138 organisations.
const random = createRandom(4)
const users = Array.from({ length: 84 }, () => {
  const share = 0.05 + 0.6 * random.uniform()
  return Uint8Array.from({ length: 138 }, () => (random.uniform() < share ? 1 : 0))
})
const pairs = new Int32Array((4 * 84 * 83) / 2)
let at = 0
for (const [i, first] of users.entries()) {
  for (const second of users.slice(i + 1)) {
    for (let k = 0; k < 138; k++) pairs[at + (first[k] ? 0 : 2) + (second[k] ? 0 : 1)]!++
    at += 4
  }
}

export default [
  { name: 'Fisher P, n = 191', bar: 2e-6, run: () => fisherPValue(40, 55, 22, 74), external: 'fisher p 191' },
  {
    name: 'Fisher P, n = 10⁸',
    bar: 1e-3,
    run: () => fisherPValue(25005000, 24995000, 24993000, 25007000),
    external: 'fisher p 1e8',
  },
  { name: 'Fisher P, n = 10⁹', run: () => fisherPValue(250005000, 249995000, 249993000, 250007000) },
  { name: 'Fisher P, n = 10¹⁵', run: () => fisherPValue(250000005000000, 249999995000000, 249999993000000, 250000007000000) },
  { name: 'conditional odds ratio and interval, n = 191', bar: 60e-6, run: () => conditionalOddsRatio(survey), external: 'odds ratio 191' },
  { name: 'conditional odds ratio and Blaker’s interval, n = 191', run: () => conditionalOddsRatio(survey, { interval: 'blaker' }) },
  { name: 'conditional odds ratio and interval, n = 10⁸', run: () => conditionalOddsRatio(large) },
  { name: 'Fisher test with odds ratio and interval, n = 191', run: () => fisherExactTest(survey), external: 'fisher test 191' },
  { name: '3,486 Fisher tests of n = 138 with BH', bar: 10e-3, run: () => adjustPValues(fisherPValues(pairs), 'BH') },
  {
    name: 'exact Mantel–Haenszel, Berkeley admissions',
    run: () => exactMantelHaenszelTest(berkeleyAdmissions),
    external: 'exact mantel-haenszel',
  },
] satisfies readonly Benchmark[]
