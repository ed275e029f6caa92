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
    [() => nonInferiorityTest([1, 2], [3, 4], 0), 'out-of-range'],
    [() => nonInferiorityTest([1, 2], [3, 4], 1.2, { effect: 'ratio' }), 'out-of-range'],
    [() => nonInferiorityTest([5, 2], [3, 4], 0.1), 'mismatch'],
    [() => equivalenceTest([1, 2], [3, 4], [0.1, -0.1]), 'out-of-range'],
  ])('%s', (refused, code) => {
    expect(refused).toThrow(expect.objectContaining({ code }) as Error)
  })
  test('an empty group is not testable', () => {
    expect(nonInferiorityTest([0, 2], [0, 4], 0.1)).toMatchObject({ method: 'not-testable', reason: 'no-observations' })
  })
})
