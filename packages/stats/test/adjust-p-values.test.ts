import { fc, test as property } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { ascendingOrder } from '../src/multiplicity/ascending-order.ts'
import { adjustDiscretePValues, adjustPValues, type DiscreteAdjustment, type PValueAdjustment } from '../src/multiplicity/index.ts'
import reference from './p-adjust.reference.json' with { type: 'json' }
import { expectClose } from './relative-error.ts'
import twoStage from './two-stage.reference.json' with { type: 'json' }

const ofR = ['holm', 'hochberg', 'hommel', 'bonferroni', 'BH', 'BY', 'fdr', 'none'] as const
const all: readonly PValueAdjustment[] = [...ofR, 'sidak', 'holm-sidak', 'BKY']

describe('reference values', () => {
  describe.each(ofR)('R, %s', (method) => {
    test.each(reference.cases)('$tests tests', ({ p, tests, ...adjusted }) => {
      for (const [k, value] of adjustPValues(p, method, { tests }).entries()) expectClose(value, adjusted[method][k] ?? Number.NaN, 1e-13)
    })
  })
  test.each(twoStage.cases)('statsmodels rejects at each level what BKY puts at or below it', ({ p, rejected }) => {
    const adjusted = adjustPValues(p, 'BKY')
    for (const { level, which } of rejected) expect(adjusted.map((value) => value <= level)).toEqual(which)
  })
  test('Šidák keeps the digits of tiny P values', () => {
    expectClose(adjustPValues([1e-30, 0.5], 'sidak')[0], 2e-30, 1e-15)
  })
})

const pValues = (length: number): fc.Arbitrary<number[]> =>
  fc.array(
    fc.oneof(
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.integer({ min: 0, max: 20 }).map((k) => k / 20),
    ),
    { minLength: 1, maxLength: length },
  )

/** Simes's test of an intersection of hypotheses. */
function simes(p: readonly number[]): number {
  return Math.min(...[...p].sort((a, b) => a - b).map((value, k) => (p.length * value) / (k + 1)))
}

/** The adjusted P value of closed testing: the largest P value of an intersection that holds the hypothesis. */
function closed(p: readonly number[], local: (subset: readonly number[]) => number): number[] {
  const adjusted = p.map(() => 0)
  for (let set = 1; set < 1 << p.length; set++) {
    const value = Math.min(1, local(p.filter((_, k) => set & (1 << k))))
    for (let k = 0; k < p.length; k++) if (set & (1 << k)) adjusted[k] = Math.max(adjusted[k] ?? 0, value)
  }
  return adjusted
}

describe('properties', () => {
  property.prop([pValues(7)])('Hommel is closed testing of Simes, Holm of Bonferroni, by enumeration', (p) => {
    for (const [k, value] of adjustPValues(p, 'hommel').entries()) expect(Math.abs(value - (closed(p, simes)[k] ?? 0))).toBeLessThan(1e-14)
    const bonferroni = (subset: readonly number[]): number => subset.length * Math.min(...subset)
    for (const [k, value] of adjustPValues(p, 'holm').entries())
      expect(Math.abs(value - (closed(p, bonferroni)[k] ?? 0))).toBeLessThan(1e-14)
  })
  property.prop([pValues(9), fc.double({ min: 0.001, max: 0.999, noNaN: true })])(
    'BKY rejects at a level what its two stages reject',
    (p, level) => {
      const first = level / (1 + level)
      const rejections = (q: number): number => {
        const sorted = [...p].sort((a, b) => a - b)
        return sorted.reduce((count, value, k) => (value * p.length <= q * (k + 1) ? k + 1 : count), 0)
      }
      const r = rejections(first)
      const expected = r === 0 ? 0 : r === p.length ? p.length : rejections((first * p.length) / (p.length - r))
      const adjusted = adjustPValues(p, 'BKY')
      // At the level itself rounding decides, so leave the ties out.
      if (adjusted.every((value) => Math.abs(value - level) > 1e-9))
        expect(adjusted.filter((value) => value <= level).length).toBe(expected)
    },
  )
  describe.each(all)('%s', (method) => {
    property.prop([pValues(40)], {
      // Here a last digit is half of the value: what falls by rounding falls far.
      examples: [[[5.4e-323, 3.5e-323, 7e-323, 9e-323, 0.05, 0.05, 1.04e-322, 0.05, 2e-323, 1.24e-322]]],
    })('is monotone in P, at most 1, in the order given', (p) => {
      const adjusted = adjustPValues(p, method)
      for (const [i, a] of p.entries()) {
        expect(adjusted[i]).toBeLessThanOrEqual(1)
        if (method !== 'BKY') expect(adjusted[i]).toBeGreaterThanOrEqual(a * (1 - 1e-15))
        for (const [j, b] of p.entries()) if (a <= b) expect(adjusted[i]).toBeLessThanOrEqual(adjusted[j] ?? 0)
      }
    })
    property.prop([pValues(20), fc.nat(20)])('null stays null and does not count', (p, at) => {
      const withNull: (number | null)[] = [...p]
      withNull.splice(at, 0, null)
      const expected: (number | null)[] = [...adjustPValues(p, method)]
      expected.splice(at, 0, null)
      expect(adjustPValues(withNull, method)).toEqual(expected)
    })
    test('what was given is not touched, and is not what is given back', () => {
      const given = Float64Array.of(0.2, 0.01, 0.9, 0.04)
      expect(adjustPValues(given, method)).not.toBe(given)
      expect(given).toEqual(Float64Array.of(0.2, 0.01, 0.9, 0.04))
      const list = [0.2, 0.01, 0.9, 0.04]
      expect(adjustPValues(list, method)).not.toBe(list)
      expect(list).toEqual([0.2, 0.01, 0.9, 0.04])
      expect(adjustPValues([], method)).toEqual([])
    })
    property.prop([pValues(20)])('typed arrays give the same, NaN for null', (p) => {
      const typed = adjustPValues(Float64Array.from([...p, Number.NaN]), method)
      expect(Array.from(typed.subarray(0, p.length))).toEqual(adjustPValues(p, method))
      expect(typed.at(-1)).toBeNaN()
    })
  })
  property.prop([
    fc.oneof(
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 512, maxLength: 900 }),
      fc.array(fc.double({ min: 0.4, max: 0.40001, noNaN: true }), { minLength: 512, maxLength: 700 }),
      fc.array(
        fc.integer({ min: 0, max: 9 }).map((k) => k / 9),
        { minLength: 512, maxLength: 700 },
      ),
      fc.array(fc.double({ min: 0, max: 1e-200, noNaN: true }), { minLength: 512, maxLength: 700 }),
      // Many of one key, which are ordered or not.
      fc.array(fc.double({ min: 0.25, max: 0.25 + 1e-12, noNaN: true }), { minLength: 512, maxLength: 700 }),
      fc.array(
        fc.integer({ min: 0, max: 300 }).map((k) => 0.7 + k * 2 ** -40),
        { minLength: 512, maxLength: 900 },
      ),
      fc.array(fc.oneof(fc.constantFrom(0, -0, 1, 0.5, 5e-324), fc.double({ min: 0, max: 1e-300, noNaN: true })), {
        minLength: 512,
        maxLength: 700,
      }),
    ),
  ])('the radix sort sorts', (p) => {
    const values = Float64Array.from(p)
    const { sorted, order } = ascendingOrder(values)
    // −0 is no less than 0.
    expect(Array.from(sorted, (value) => value + 0)).toEqual(Array.from(values, (value) => value + 0).sort((a, b) => a - b))
    expect(Array.from(order, (k) => values[k])).toEqual(Array.from(sorted))
    expect(new Set(order).size).toBe(p.length)
    // Equal values stay in the order given.
    for (let k = 1; k < p.length; k++) if (sorted[k] === sorted[k - 1]) expect(order[k]).toBeGreaterThan(order[k - 1] as number)
  })
})

const discrete: readonly DiscreteAdjustment[] = ['tarone', 'discrete-bonferroni', 'DBH', 'DBH-sd']
/** Tests with the P values that each could have given, and the one that it gave. */
const discreteTests = fc.array(
  fc
    .array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 6 })
    .map((list) => [...new Set(list)].sort((a, b) => a - b).map((k) => k / 64))
    .map((list) => [...list, 1])
    .chain((support) => fc.record({ support: fc.constant(support), p: fc.constantFrom(...support) })),
  { minLength: 1, maxLength: 8 },
)

describe('discrete tests', () => {
  property.prop([discreteTests])('are monotone in P, and never weaker than their continuous relatives', (tests) => {
    const p = tests.map((test) => test.p)
    const supports = tests.map((test) => test.support)
    const adjusted = Object.fromEntries(discrete.map((method) => [method, adjustDiscretePValues(p, supports, method)]))
    for (const method of discrete) {
      for (const [i, a] of p.entries())
        for (const [j, b] of p.entries()) if (a <= b) expect(adjusted[method]?.[i]).toBeLessThanOrEqual(adjusted[method]?.[j] ?? 0)
    }
    const atMost = (method: DiscreteAdjustment, other: PValueAdjustment): void => {
      for (const [k, value] of adjustPValues(p, other).entries()) expect(adjusted[method]?.[k]).toBeLessThanOrEqual(value * (1 + 1e-12))
    }
    atMost('tarone', 'bonferroni')
    atMost('discrete-bonferroni', 'bonferroni')
    atMost('DBH', 'BH')
  })
  property.prop([discreteTests, fc.integer({ min: 1, max: 199 })])(
    'Tarone rejects what some level up to this one rejects',
    (tests, step) => {
      const level = step / 200 + 1e-7
      const p = tests.map((test) => test.p)
      const minima = tests.map((test) => test.support[0] as number)
      const adjusted = adjustDiscretePValues(
        p,
        minima.map((minimum) => [minimum]),
        'tarone',
      )
      const rejects = (alpha: number, value: number): boolean => {
        let k = 1
        while (minima.filter((minimum) => minimum <= alpha / k).length > k) k++
        return value <= alpha / k
      }
      // The rejections change only where a level passes k times an attainable value or a P value.
      const levels = [...minima, ...p]
        .flatMap((value) => tests.map((_, k) => value * (k + 1)))
        .flatMap((value) => [value, value * (1 - 1e-9)])
      for (const [i, value] of p.entries()) {
        const expected = [...levels, level].some((alpha) => alpha <= level && alpha > 0 && rejects(alpha, value))
        if (Math.abs((adjusted[i] as number) - level) > 1e-8) expect((adjusted[i] as number) <= level).toBe(expected)
      }
    },
  )
  test('with every P value attainable DBH is BH', () => {
    const support = Array.from({ length: 1000 }, (_, k) => (k + 1) / 1000)
    const p = [0.001, 0.2, 0.04, 0.7]
    const actual = adjustDiscretePValues(
      p,
      p.map(() => support),
      'DBH',
    )
    for (const [k, value] of adjustPValues(p, 'BH').entries()) expectClose(actual[k], value, 1e-12)
  })
  test('two tests, by hand', () => {
    // At most 0.1 has the chance 0.1 in the first test and none in the second; at most 0.4 has 0.1 and 0.4.
    const adjusted = (method: DiscreteAdjustment) =>
      adjustDiscretePValues(
        [0.4, 0.1],
        [
          [0.2, 0.4, 1],
          [0.1, 0.5, 1],
        ],
        method,
      )
    const near = (actual: readonly (number | null)[], expected: readonly number[]) => {
      for (const [k, value] of expected.entries()) expectClose(actual[k], value, 1e-15)
    }
    near(adjusted('discrete-bonferroni'), [0.5, 0.1])
    near(adjusted('DBH'), [0.25, 0.1])
    // (1/9 + 2/3) / 2 and 1/9: each chance over its complement.
    near(adjusted('DBH-sd'), [7 / 18, 1 / 9])
    // Below 0.2 the first test could not have rejected; from there on two could.
    near(adjusted('tarone'), [0.8, 0.1])
    // A chance of 1 has no complement.
    near(
      adjustDiscretePValues(
        [1, 0.6],
        [
          [0.5, 1],
          [0.6, 1],
        ],
        'DBH-sd',
      ),
      [1, 1],
    )
  })
  test('P values equal to an attainable one but for rounding count as it', () => {
    expect(adjustDiscretePValues([0.1 * (1 - 1e-12)], [[0.1, 1]], 'discrete-bonferroni')).toEqual([0.1])
    expect(adjustDiscretePValues([0.1 * (1 - 1e-6)], [[0.1, 1]], 'discrete-bonferroni')).toEqual([0])
  })
  test('null stays null', () => {
    expect(adjustDiscretePValues([null, 0.1], [null, [0.1, 1]], 'DBH')).toEqual([null, 0.1])
  })
})

describe('refusals', () => {
  test.each([
    ['out-of-range', () => adjustPValues([0.5, 1.1]), 'P value 1 is 1.1'],
    ['out-of-range', () => adjustPValues([-0.1]), 'P value 0 is -0.1'],
    ['out-of-range', () => adjustPValues(Float64Array.of(0.5, -0.1)), 'P value 1 is -0.1'],
    ['out-of-range', () => adjustPValues([Number.NaN]), 'P value 0 is NaN'],
    ['out-of-range', () => adjustPValues([0.5], 'bh' as 'BH'), 'bh is not a way to adjust P values'],
    ['mismatch', () => adjustPValues([0.5, 0.5], 'holm', { tests: 1 }), '1 tests cannot have given 2 P values'],
    ['mismatch', () => adjustPValues([0.5, null, 0.5], 'holm', { tests: 2.5 }), '2.5 tests cannot have given 2 P values'],
    ['mismatch', () => adjustDiscretePValues([0.5], [], 'DBH'), 'there are 1 P values but 0 lists of attainable ones'],
    ['out-of-range', () => adjustDiscretePValues([0.5], [null], 'DBH'), 'test 0 has a P value, but no attainable ones are given'],
    ['out-of-range', () => adjustDiscretePValues([0.5], [[]], 'DBH'), 'test 0 has a P value, but no attainable ones are given'],
    ['out-of-range', () => adjustDiscretePValues([0.5], [[0.5, 0.2]], 'DBH'), 'the attainable P values of test 0 do not ascend'],
    ['out-of-range', () => adjustDiscretePValues([null, 1.5], [null, [0.5, 1]], 'DBH'), 'P value 1 is 1.5'],
    ['out-of-range', () => adjustDiscretePValues([-0.5], [[0.5, 1]], 'DBH'), 'P value 0 is -0.5'],
    ['out-of-range', () => adjustDiscretePValues([0.5], [[0.5, 1.5]], 'DBH'), '1.5'],
    ['out-of-range', () => adjustDiscretePValues([0.5], [[0.5]], 'BH' as 'DBH'), 'BH is not a way to adjust P values of discrete tests'],
  ])('%s', (code, act, message) => {
    expect(act).toThrow(expect.objectContaining({ name: 'StatsError', code, message: expect.stringContaining(message) as string }))
    // Every refusal says something.
    expect(act).toThrow(/\w+ \w+/)
  })
})
