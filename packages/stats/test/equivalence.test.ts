import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { equivalenceTest, nonInferiorityTest } from '../src/index.ts'
import { expectClose } from './relative-error.ts'
import reference from './equivalence.reference.json' with { type: 'json' }

type Row = readonly [number, number, number, number, 'difference' | 'ratio', number, string, string]

describe('reference values', () => {
  test.each(reference.margin as unknown as Row[])('%d/%d v %d/%d, %s %d', (x1, n1, x2, n2, effect, value, z, p) => {
    const neutral = effect === 'ratio' ? 1 : 0
    const better = value < neutral ? 'higher' : 'lower'
    const margin = effect === 'ratio' ? value : Math.abs(value)
    const result = nonInferiorityTest([x1, x2], [n1, n2], margin, { effect, better })
    const sign = better === 'higher' ? 1 : -1
    expect(Math.abs((result.statistic ?? Number.NaN) - sign * Number(z))).toBeLessThan(1e-11 * (1 + Math.abs(Number(z))))
    if (better === 'higher') expectClose(result.pValue, Number(p), 1e-10)
  })
})

// mpmath 1.3.0, 50 digits: the restricted proportions by bisection of the likelihood equation, then z and its normal tail.
describe.each([
  [15, 20, 14, 20, 'difference', -0.1, 1.059440699416748, 0.6668854855162328, 0.7668854855162328, 0.14469956127572536],
  [3, 40, 5, 30, 'difference', 0.2, -3.4187940073076035, 0.27453012061125764, 0.07453012061125762, 0.000314496622365644],
  [15, 20, 14, 20, 'ratio', 0.8, 1.4433994427000891, 0.6209552779554673, 0.7761940974443341, 0.07445399050640635],
  [3, 40, 5, 30, 'ratio', 1.5, -1.860235412745374, 0.1314355316229993, 0.08762368774866622, 0.03142611343608895],
  [0, 10, 0, 12, 'difference', -0.1, 1.1547005383792517, 0, 0.1, 0.12410653949496178],
  [0, 10, 0, 12, 'difference', 0.1, -1.0540925533894598, 0.1, 0, 0.14592027257189424],
  [10, 10, 7, 12, 'difference', -0.1, 2.74270543007618, 0.6868345140928366, 0.7868345140928366, 0.003046766065146386],
] as const)('%d/%d v %d/%d, %s %d', (x1, n1, x2, n2, effect, value, z, p1, p2, p) => {
  const better = value < (effect === 'ratio' ? 1 : 0) ? 'higher' : 'lower'
  test('non-inferiority', () => {
    const margin = effect === 'ratio' ? value : Math.abs(value)
    const result = nonInferiorityTest([x1, x2], [n1, n2], margin, { effect, better })
    if (result.method === 'not-testable') return expect.fail(result.message)
    expectClose(result.statistic, better === 'higher' ? z : -z, 1e-12)
    expectClose(result.pValue, p, 1e-12)
    expect(result.restricted[0]).toBeCloseTo(p1, 13)
    expect(result.restricted[1]).toBeCloseTo(p2, 13)
    const estimate = effect === 'difference' ? x1 / n1 - x2 / n2 : x1 / n1 / (x2 / n2)
    expect(result).toMatchObject({ method: 'farrington-manning', degreesOfFreedom: null, estimate, nullValue: value, effect })
    expect(JSON.parse(JSON.stringify(result))).toStrictEqual(result)
  })
  test('equivalence is non-inferiority to both sides', () => {
    const margins = effect === 'ratio' ? ([0.6, 1.9] as const) : ([-0.15, 0.35] as const)
    const result = equivalenceTest([x1, x2], [n1, n2], margins, { effect })
    if (result.method === 'not-testable') return expect.fail(result.message)
    const [lower, upper] = margins
    const [worse, higher] = effect === 'ratio' ? [lower, upper] : [-lower, upper]
    const below = nonInferiorityTest([x1, x2], [n1, n2], worse, { effect })
    const above = nonInferiorityTest([x1, x2], [n1, n2], higher, { effect, better: 'lower' })
    expect([result.lowerPValue, result.upperPValue]).toEqual([below.pValue, above.pValue])
    expect(result.pValue).toBe(Math.max(result.lowerPValue, result.upperPValue))
    expect(result.statistic).toBe(Math.min(below.statistic ?? Number.NaN, above.statistic ?? Number.NaN))
    expect(result).toMatchObject({
      method: 'two-one-sided-tests',
      degreesOfFreedom: null,
      estimate: effect === 'difference' ? x1 / n1 - x2 / n2 : x1 / n1 / (x2 / n2),
      margins: { lower, upper },
      confidenceInterval: { level: 0.9 },
      effect,
    })
    const widest = effect === 'ratio' ? 3 : 0.4
    expect(equivalenceTest([x1, x2], [n1, n2], widest, { effect })).toEqual(
      equivalenceTest([x1, x2], [n1, n2], [effect === 'ratio' ? 1 / 3 : -0.4, widest], { effect }),
    )
  })
})

test('nothing to compare: no success in either group is on both sides of every ratio', () => {
  expect(nonInferiorityTest([0, 0], [5, 9], 0.5, { effect: 'ratio' })).toMatchObject({ statistic: 0, pValue: 0.5, estimate: null })
  expect(equivalenceTest([0, 0], [5, 9], 2, { effect: 'ratio' })).toMatchObject({ pValue: 0.5, estimate: null })
  expect(equivalenceTest([5, 9], [5, 9], [0, 0.5])).toMatchObject({ lowerPValue: 0.5, estimate: 0 })
})

const groups = fc
  .tuple(fc.integer({ min: 1, max: 150 }), fc.integer({ min: 1, max: 150 }))
  .chain(([n1, n2]) => fc.tuple(fc.integer({ min: 0, max: n1 }), fc.constant(n1), fc.integer({ min: 0, max: n2 }), fc.constant(n2)))

describe('properties', () => {
  test.prop([groups, fc.constantFrom(0.05, 0.1, 0.3), fc.constantFrom(0.8, 0.9, 0.98)])(
    'the interval lies within the margins exactly where equivalence is shown',
    ([x1, n1, x2, n2], margin, confidenceLevel) => {
      const result = equivalenceTest([x1, x2], [n1, n2], margin, { confidenceLevel })
      if (result.method === 'not-testable') return
      const alpha = (1 - confidenceLevel) / 2
      if (Math.abs(result.pValue / alpha - 1) < 1e-7) return
      const { lower, upper } = result.confidenceInterval
      expect(result.pValue < alpha).toBe(lower > -margin && (upper ?? Infinity) < margin)
    },
  )
  test.prop([groups, fc.constantFrom(1.1, 1.5, 3)])('the same for ratios', ([x1, n1, x2, n2], margin) => {
    const result = equivalenceTest([x1, x2], [n1, n2], margin, { effect: 'ratio' })
    if (result.method === 'not-testable' || Math.abs(result.pValue / 0.05 - 1) < 1e-7) return
    const { lower, upper } = result.confidenceInterval
    expect(result.pValue < 0.05).toBe(lower > 1 / margin && (upper ?? Infinity) < margin)
  })
  test.prop([groups])('swapping the groups mirrors the interval', ([x1, n1, x2, n2]) => {
    const there = equivalenceTest([x1, x2], [n1, n2], 0.2)
    const back = equivalenceTest([x2, x1], [n2, n1], 0.2)
    if (there.method === 'not-testable' || back.method === 'not-testable') return
    expect(there.confidenceInterval.lower).toBeCloseTo(-(back.confidenceInterval.upper ?? Number.NaN), 11)
    expectClose(there.lowerPValue, back.upperPValue, 1e-9)
  })
})

describe('refusals', () => {
  test.each([
    [() => nonInferiorityTest([1, 2], [3, 4], 0), 'out-of-range', 'margin is 0'],
    [() => nonInferiorityTest([1, 2], [3, 4], 1), 'out-of-range', 'margin is 1'],
    [() => nonInferiorityTest([1, 2], [3, 4], -0.1, { better: 'lower' }), 'out-of-range', 'margin is -0.1'],
    [() => nonInferiorityTest([1, 2], [3, 4], 1.2, { effect: 'ratio' }), 'out-of-range', 'margin is 1.2'],
    [() => nonInferiorityTest([1, 2], [3, 4], 1, { effect: 'ratio' }), 'out-of-range', 'margin is 1'],
    [() => nonInferiorityTest([1, 2], [3, 4], 0, { effect: 'ratio' }), 'out-of-range', 'margin is 0'],
    [() => nonInferiorityTest([1, 2], [3, 4], 0.8, { effect: 'ratio', better: 'lower' }), 'out-of-range', 'margin is 0.8'],
    [() => nonInferiorityTest([1, 2], [3, 4], 1, { effect: 'ratio', better: 'lower' }), 'out-of-range', 'margin is 1'],
    [() => nonInferiorityTest([1, 2], [3, 4], Infinity, { effect: 'ratio', better: 'lower' }), 'out-of-range', 'margin is Infinity'],
    [() => nonInferiorityTest([5, 2], [3, 4], 0.1), 'mismatch', '5 successes in 3 trials'],
    [() => nonInferiorityTest([1, 5], [3, 4], 0.1), 'mismatch', '5 successes in 4 trials'],
    [() => nonInferiorityTest([1.5, 2], [3, 4], 0.1), 'not-a-count', 'successes[0] is 1.5'],
    [() => equivalenceTest([1, 2], [3, -4], 0.1), 'not-a-count', 'trials[1] is -4'],
    [() => equivalenceTest([1, 2], [3, 4], [0.1, -0.1]), 'out-of-range', 'margins are 0.1 and -0.1'],
    [() => equivalenceTest([1, 2], [3, 4], [0.1, 0.1]), 'out-of-range', 'margins are 0.1 and 0.1'],
    [() => equivalenceTest([1, 2], [3, 4], 1), 'out-of-range', 'margins are -1 and 1'],
    [() => equivalenceTest([1, 2], [3, 4], [-0.5, 1]), 'out-of-range', 'margins are -0.5 and 1'],
    [() => equivalenceTest([1, 2], [3, 4], [-1, 0.5]), 'out-of-range', 'margins are -1 and 0.5'],
    [() => equivalenceTest([1, 2], [3, 4], 0.8, { effect: 'ratio' }), 'out-of-range', 'margins are 1.25 and 0.8'],
    [() => equivalenceTest([1, 2], [3, 4], [0, 2], { effect: 'ratio' }), 'out-of-range', 'margins are 0 and 2'],
    [() => equivalenceTest([1, 2], [3, 4], [0.5, Infinity], { effect: 'ratio' }), 'out-of-range', 'margins are 0.5 and Infinity'],
    [() => equivalenceTest([1, 2], [3, 4], 0.1, { confidenceLevel: 0 }), 'out-of-range', 'confidenceLevel is 0'],
  ])('%s', (refused, code, message) => {
    expect(refused).toThrow(expect.objectContaining({ code, message: expect.stringContaining(message) as string }) as Error)
  })
  test('an empty group is not testable', () => {
    const empty = { method: 'not-testable', reason: 'no-observations', message: 'a group has no trials' }
    expect(nonInferiorityTest([0, 2], [0, 4], 0.1)).toMatchObject({ ...empty, test: 'farrington-manning' })
    expect(equivalenceTest([2, 0], [4, 0], 0.1)).toMatchObject({ ...empty, test: 'two-one-sided-tests' })
  })
})
