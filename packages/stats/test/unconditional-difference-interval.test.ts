import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { unconditionalDifferenceInterval, type UnconditionalDifference } from '../src/exact/index.ts'

type Samples = readonly [number, number, number, number]
const intervalOf = ([x1, n1, x2, n2]: Samples, options: object = {}) =>
  (
    unconditionalDifferenceInterval(
      [
        [x1, n1 - x1],
        [x2, n2 - x2],
      ],
      options,
    ) as UnconditionalDifference
  ).confidenceInterval as { lower: number; upper: number }

// The definition, done naively: restricted likelihood by golden sections, all tables, a plain grid of the nuisance parameter.
const choose = (n: number, k: number): number => (k === 0 ? 1 : (choose(n - 1, k - 1) * n) / k)
const mass = (k: number, n: number, p: number) => choose(n, k) * p ** k * (1 - p) ** (n - k)
const term = (x: number, p: number) => (x === 0 ? 0 : x * Math.log(p))
function score([x1, n1, x2, n2]: Samples, delta: number): number {
  const likelihood = (p2: number) => term(x1, p2 + delta) + term(n1 - x1, 1 - p2 - delta) + term(x2, p2) + term(n2 - x2, 1 - p2)
  let [low, high] = [Math.max(0, -delta), Math.min(1, 1 - delta)]
  for (let i = 0; i < 70; i++) {
    const [a, b] = [low + 0.382 * (high - low), low + 0.618 * (high - low)]
    if (likelihood(a) > likelihood(b)) high = b
    else low = a
  }
  const p2 = (low + high) / 2
  const p1 = p2 + delta
  const distance = x1 / n1 - x2 / n2 - delta
  return Math.abs(distance) < 1e-12 ? 0 : distance / Math.sqrt(Math.max(1e-20, (p1 * (1 - p1)) / n1 + (p2 * (1 - p2)) / n2))
}
function largestP(samples: Samples, delta: number, twoSided: boolean): number {
  const [, n1, , n2] = samples
  const size = (z: number) => (twoSided ? Math.abs(z) : z)
  const observed = size(score(samples, delta))
  const region: [number, number][] = []
  for (let i = 0; i <= n1; i++)
    for (let j = 0; j <= n2; j++)
      if (size(score([i, n1, j, n2], delta)) >= observed * (1 - 1e-6 * Math.sign(observed)) - 1e-9) region.push([i, j])
  const [low, high] = [Math.max(0, -delta), Math.min(1, 1 - delta)]
  let most = 0
  for (let k = 0; k <= 300; k++) {
    const p2 = low + ((high - low) * k) / 300
    most = Math.max(
      most,
      region.reduce((sum, [i, j]) => sum + mass(i, n1, p2 + delta) * mass(j, n2, p2), 0),
    )
  }
  return most
}

describe('reference values', () => {
  // The definition in NumPy: restricted likelihood by bisection, all tables, 1,201 nuisance parameters with golden sections round the
  // largest six, and differences in steps of a sixtieth of the standard error; limits by Chan and Zhang, and by Agresti and Min.
  test.each([
    [[7, 12, 3, 15], 0.95, [-0.0199377633, 0.6942843900], [-0.0098610317, 0.6642958021]],
    [[2, 9, 0, 11], 0.9, [-0.0398326522, 0.5496416495], [-0.0228331660, 0.5151758104]],
    [[14, 20, 6, 18], 0.95, [0.0337651322, 0.6425487941], [0.0393409902, 0.6305199665]],
    [[1, 8, 5, 6], 0.99, [-0.9825781276, 0.0387500611], [-0.9750518559, 0.0109404657]],
    [[0, 10, 0, 7], 0.95, [-0.4096163972, 0.3084971078], [-0.3771415807, 0.3037973422]],
  ] as const)('%j at %f', (observed, confidenceLevel, chanZhang, agrestiMin) => {
    for (const [interval, [lower, upper]] of [['chan-zhang', chanZhang], ['agresti-min', agrestiMin]] as const) {
      const found = intervalOf(observed, { interval, confidenceLevel })
      expect(Math.abs(found.lower - lower)).toBeLessThan(1e-8)
      expect(Math.abs(found.upper - upper)).toBeLessThan(1e-8)
    }
  }) // prettier-ignore

  test('the estimate, the method and the level are told', () => {
    const result = unconditionalDifferenceInterval([[7, 5], [3, 12]], { confidenceLevel: 0.9, interval: 'agresti-min' }) // prettier-ignore
    expect(result).toMatchObject({ method: 'agresti-min', confidenceInterval: { level: 0.9 } })
    expect((result as UnconditionalDifference).estimate).toBeCloseTo(7 / 12 - 3 / 15, 14)
  })

  test('groups of hundreds: wider than Wald’s by less than a hundredth', () => {
    const { lower, upper } = intervalOf([150, 300, 120, 300])
    const deviations = 1.959963984540054 * Math.sqrt((0.5 * 0.5 + 0.4 * 0.6) / 300)
    expect(lower).toBeLessThan(0.1 - deviations)
    expect(lower).toBeGreaterThan(0.09 - deviations)
    expect(upper).toBeGreaterThan(0.1 + deviations)
    expect(upper).toBeLessThan(0.11 + deviations)
  })

  test('all against none has a closed form', () => {
    // Only the observed table is in the region: P = (p₁ q₂)ⁿ, largest at p₁ = q₂ = (1 + Δ) / 2.
    for (const n of [1, 3, 10, 40]) {
      expect(intervalOf([n, n, 0, n]).lower).toBeCloseTo(2 * 0.025 ** (1 / (2 * n)) - 1, 10)
      expect(intervalOf([n, n, 0, n]).upper).toBe(1)
      expect(intervalOf([0, n, n, n]).lower).toBe(-1)
    }
  })
})

const samples = fc
  .tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 }))
  .chain(([n1, n2]) => fc.tuple(fc.nat(n1), fc.constant(n1), fc.nat(n2), fc.constant(n2)))
const methods = fc.constantFrom('chan-zhang', 'agresti-min')

describe('properties', () => {
  test.prop([samples, methods], { numRuns: 12 })('limits are where the test, done naively, starts to reject', (observed, interval) => {
    const twoSided = interval === 'agresti-min'
    const alpha = twoSided ? 0.1 : 0.05
    const { lower } = intervalOf(observed, { interval, confidenceLevel: 0.9 })
    // At the limit or just inside the test does not reject; the naive maximum is a little low.
    expect(Math.max(largestP(observed, lower + 1e-7, twoSided), largestP(observed, lower, twoSided))).toBeGreaterThan(alpha * (1 - 1e-3))
    for (let delta = lower - 1e-6; delta > -1; delta -= (1 + lower) / 7 + 1e-9)
      expect(largestP(observed, delta, twoSided)).toBeLessThan(alpha * (1 + 1e-6))
  })
  test.prop([samples, methods], { numRuns: 25 })('exchanging groups or outcomes turns the interval round', ([x1, n1, x2, n2], interval) => {
    const one = intervalOf([x1, n1, x2, n2], { interval })
    for (const other of [intervalOf([x2, n2, x1, n1], { interval }), intervalOf([n1 - x1, n1, n2 - x2, n2], { interval })]) {
      expect(other.lower).toBeCloseTo(-one.upper, 9)
      expect(other.upper).toBeCloseTo(-one.lower, 9)
    }
  })
  test.prop([samples, methods], { numRuns: 25 })('contains the estimate, and grows with the level', ([x1, n1, x2, n2], interval) => {
    const narrow = intervalOf([x1, n1, x2, n2], { interval, confidenceLevel: 0.8 })
    const wide = intervalOf([x1, n1, x2, n2], { interval, confidenceLevel: 0.99 })
    const estimate = x1 / n1 - x2 / n2
    expect(narrow.lower).toBeLessThanOrEqual(estimate)
    expect(narrow.upper).toBeGreaterThanOrEqual(estimate)
    expect(wide.lower).toBeLessThanOrEqual(narrow.lower + 1e-9)
    expect(wide.upper).toBeGreaterThanOrEqual(narrow.upper - 1e-9)
  })
  test('one observation a group: four tables in closed form', () => {
    // All against none has P = (p₁ q₂) at p₁ = q₂ = (1 + Δ) / 2; one each has all tables but none against all, 1 − (1 − p₁) p₂.
    for (const [confidenceLevel, alpha] of [[0.95, 0.025], [0.8, 0.1], [0.5, 0.25]] as const) {
      const extreme = intervalOf([1, 1, 0, 1], { confidenceLevel })
      expect(extreme.lower).toBeCloseTo(2 * Math.sqrt(alpha) - 1, 10)
      expect(extreme.upper).toBe(1)
      const opposite = intervalOf([0, 1, 1, 1], { confidenceLevel })
      expect(opposite.lower).toBe(-1)
      expect(opposite.upper).toBeCloseTo(1 - 2 * Math.sqrt(alpha), 10)
    }
  }) // prettier-ignore
  test('of every table of small groups, at three levels: the test rejects outside and not at the limit', () => {
    for (const [n1, n2] of [[1, 2], [2, 2], [3, 2]] as const) {
      for (let x1 = 0; x1 <= n1; x1++) {
        for (let x2 = 0; x2 <= n2; x2++) {
          for (const [interval, confidenceLevel] of [['chan-zhang', 0.95], ['chan-zhang', 0.6], ['agresti-min', 0.8]] as const) {
            const twoSided = interval === 'agresti-min'
            const alpha = twoSided ? 1 - confidenceLevel : (1 - confidenceLevel) / 2
            const { lower } = intervalOf([x1, n1, x2, n2], { interval, confidenceLevel })
            if (lower === -1) continue
            expect(Math.max(largestP([x1, n1, x2, n2], lower + 1e-7, twoSided), largestP([x1, n1, x2, n2], lower, twoSided))).toBeGreaterThan(alpha * (1 - 1e-3))
            for (const delta of [lower - 1e-6, (lower - 1) / 2]) expect(largestP([x1, n1, x2, n2], delta, twoSided)).toBeLessThan(alpha * (1 + 1e-6))
          }
        }
      }
    }
  }) // prettier-ignore
  test('one-sided limits are those of the two-sided interval at twice the error', () => {
    const both = intervalOf([7, 12, 3, 15], { confidenceLevel: 0.9 })
    const [above, below] = [intervalOf([7, 12, 3, 15], { alternative: 'greater' }), intervalOf([7, 12, 3, 15], { alternative: 'less' })]
    expect(above.lower).toBeCloseTo(both.lower, 11)
    expect(above.upper).toBe(1)
    expect(below.lower).toBe(-1)
    expect(below.upper).toBeCloseTo(both.upper, 11)
  })
})

describe('refusals', () => {
  test('say what is wrong', () => {
    const table = [[1, 2], [3, 4]] // prettier-ignore
    expect(() => unconditionalDifferenceInterval(table, { interval: 'agresti-min', alternative: 'less' })).toThrow(
      'the interval of Agresti and Min is two-sided, the alternative is less',
    )
    expect(() => unconditionalDifferenceInterval(table, { confidenceLevel: 1 })).toThrow('confidenceLevel is 1')
    expect(() => unconditionalDifferenceInterval([[1000, 1000], [2000, 1]])).toThrow('groups of 2000 and 2001 are too large for an exact unconditional interval') // prettier-ignore
    expect(unconditionalDifferenceInterval([[0, 0], [1, 2]], { interval: 'agresti-min' })).toMatchObject({ test: 'agresti-min', message: 'a group has no observations' }) // prettier-ignore
    expect(unconditionalDifferenceInterval([[1, 0], [0, 0]])).toMatchObject({ method: 'not-testable', test: 'chan-zhang' }) // prettier-ignore
  })
  test('an empty group', () => {
    expect(
      unconditionalDifferenceInterval([
        [0, 0],
        [1, 2],
      ]),
    ).toMatchObject({ method: 'not-testable', test: 'chan-zhang', reason: 'zero-margin' })
  })
  test.each([
    [
      'mismatch',
      [
        [1, 2],
        [3, 4],
      ],
      { interval: 'agresti-min', alternative: 'less' },
    ],
    [
      'mismatch',
      [
        [1, 2, 3],
        [3, 4, 5],
      ],
      {},
    ],
    [
      'out-of-range',
      [
        [1, 2],
        [3, 4],
      ],
      { confidenceLevel: 1.5 },
    ],
    [
      'too-large',
      [
        [1000, 2000],
        [3000, 4000],
      ],
      {},
    ],
  ] as const)('%s', (code, table, options) => {
    expect(() => unconditionalDifferenceInterval(table, options)).toThrow(expect.objectContaining({ name: 'StatsError', code }))
  })
})
