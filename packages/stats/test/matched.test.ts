import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import {
  bhapkarTest,
  bowkerTest,
  cochranQTest,
  mcnemarTest,
  normalUpperTail,
  pairedDifference,
  type PairedDifferenceInterval,
  stuartMaxwellTest,
} from '../src/index.ts'
import formulas from './effects-and-strata.reference.json' with { type: 'json' }
import r from './r-peers.reference.json' with { type: 'json' }
import { expectClose } from './relative-error.ts'
import scores from './score-limits.reference.json' with { type: 'json' }

const opinion = [
  [20, 10, 5],
  [3, 30, 15],
  [0, 5, 40],
]
const approval = [
  [794, 86],
  [150, 570],
]
// The third category was used by nobody.
const sparse = [
  [20, 10, 0, 4],
  [3, 30, 0, 7],
  [0, 0, 0, 0],
  [1, 2, 0, 9],
]

const testable = <T extends { readonly method: string }>(result: T): Exclude<T, { readonly method: 'not-testable' }> => {
  expect(result.method).not.toBe('not-testable')
  return result as Exclude<T, { readonly method: 'not-testable' }>
}

describe('reference values', () => {
  test('R: mcnemar.test, binom.test', () => {
    for (const [variant, reference] of [['asymptotic', r.mcnemar] as const, ['corrected', r['mcnemar corrected']] as const]) {
      const result = testable(mcnemarTest(approval, { variant }))
      expectClose(result.statistic, reference[0] as number, 1e-13)
      expectClose(result.pValue, reference[1] as number, 1e-12)
    }
    for (const [i, alternative] of (['two-sided', 'less', 'greater'] as const).entries()) {
      expectClose(mcnemarTest(approval, { variant: 'exact', alternative }).pValue, r['mcnemar exact'][i] as number, 1e-12)
    }
  })

  test('R: mcnemar.test on three categories, coin::mh_test', () => {
    const bowker = testable(bowkerTest(opinion))
    expectClose(bowker.statistic, r.bowker[0] as number, 1e-13)
    expectClose(bowker.pValue, r.bowker[1] as number, 1e-12)
    const homogeneity = testable(stuartMaxwellTest(opinion))
    expectClose(homogeneity.statistic, r['stuart-maxwell'][0] as number, 1e-13)
    expectClose(homogeneity.pValue, r['stuart-maxwell'][1] as number, 1e-12)
    const unused = testable(stuartMaxwellTest(sparse))
    expectClose(unused.statistic, r['stuart-maxwell without unused category'], 1e-13)
    expect(unused.degreesOfFreedom).toBe(2)
  })

  test('statsmodels 0.13.5: SquareTable(x, shift_zeros=False).homogeneity("bhapkar")', () => {
    expectClose(testable(bhapkarTest(opinion)).statistic, 15.423274974253347, 1e-13)
  })

  test('an exact P below 1e-245: 2·Σ C(1140, k) / 2¹¹⁴⁰, k ≤ 40, by integers', () => {
    let sum = 0n
    let term = 1n
    for (let k = 0n; k <= 40n; k++) {
      sum += term
      term = (term * (1140n - k)) / (k + 1n)
    }
    // 2⁻¹¹³⁹ itself is below the smallest double.
    const exact = Number(sum) * 2 ** -600 * 2 ** -539
    expectClose(
      mcnemarTest(
        [
          [1, 40],
          [1100, 0],
        ],
        { variant: 'exact' },
      ).pValue,
      exact,
      1e-12,
    )
  })

  test.each(scores.cases.filter((c) => c.measure === 'paired').map((c) => [JSON.stringify(c.table), c] as const))(
    'Tango: %s',
    (_, { table, level, limits }) => {
      const { lower, upper } = pairedDifference(table, { confidenceLevel: level }).confidenceInterval
      for (const [actual, reference] of [[lower, limits[0]] as const, [upper as number, limits[1]] as const]) {
        if (Math.abs(actual - Number(reference)) > 3e-16) expectClose(actual, Number(reference), 1e-13)
      }
    },
  )

  test.each(formulas.paired.map((c) => [JSON.stringify(c.table), c] as const))(
    'square-and-add, Wald, Bonett and Price: %s',
    (_, { table, level, expected }) => {
      for (const interval of ['newcombe', 'wald', 'bonett-price'] as const) {
        const { lower, upper } = pairedDifference(table, { interval, confidenceLevel: level }).confidenceInterval
        // Newcombe's root of a difference cancels where the measurements correlate almost completely.
        const tolerance = interval === 'newcombe' ? 1e-9 : 1e-12
        expectClose(lower, Number(expected[interval][0]), tolerance)
        expectClose(upper, Number(expected[interval][1]), tolerance)
      }
    },
  )
})

const count = fc.oneof(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 3000 }), fc.integer({ min: 0, max: 2 ** 51 }))
const pairs = fc.tuple(count, count, count, count).map(([a, b, c, d]) => [
  [a, b],
  [c, d],
])
const small = fc.integer({ min: 0, max: 30 })
const smallPairs = fc.tuple(small, small, small, small).map(([a, b, c, d]) => [
  [a, b],
  [c, d],
])
const squares = fc
  .integer({ min: 2, max: 5 })
  .chain((k) => fc.array(fc.array(fc.integer({ min: 0, max: 30 }), { minLength: k, maxLength: k }), { minLength: k, maxLength: k }))
const intervals = ['tango', 'newcombe', 'bonett-price', 'wald'] as const satisfies readonly PairedDifferenceInterval[]
const turned = (table: readonly (readonly number[])[]) => table.map((_, i) => table.map((row) => row[i] as number))

describe('properties', () => {
  test.prop([pairs], { numRuns: 150 })('every result survives JSON: no NaN, no infinity', (table) => {
    const results = [
      ...(['asymptotic', 'corrected', 'exact', 'mid-p'] as const).flatMap((variant) =>
        (['two-sided', 'less', 'greater'] as const).map((alternative) => mcnemarTest(table, { variant, alternative })),
      ),
      ...intervals.map((interval) => pairedDifference(table, { interval })),
      bowkerTest(table),
      stuartMaxwellTest(table),
      bhapkarTest(table),
    ]
    for (const result of results) expect(JSON.parse(JSON.stringify(result))).toStrictEqual(result)
  })

  test.prop([pairs])('exchanging the measurements turns everything round', (table) => {
    for (const variant of ['asymptotic', 'corrected', 'exact', 'mid-p'] as const) {
      expect(mcnemarTest(turned(table), { variant }).pValue).toBe(mcnemarTest(table, { variant }).pValue)
      expect(mcnemarTest(turned(table), { variant, alternative: 'less' }).pValue).toBe(
        mcnemarTest(table, { variant, alternative: 'greater' }).pValue,
      )
    }
    for (const interval of intervals) {
      const { lower, upper } = pairedDifference(table, { interval }).confidenceInterval
      const other = pairedDifference(turned(table), { interval }).confidenceInterval
      expect(Math.abs(lower + (other.upper as number))).toBeLessThan(1e-12)
      expect(Math.abs((upper as number) + other.lower)).toBeLessThan(1e-12)
    }
  })

  test.prop([smallPairs, fc.constantFrom(0.8, 0.9, 0.95, 0.99)], { numRuns: 500 })(
    'McNemar’s test and Tango’s interval never contradict each other',
    (table, level) => {
      const result = mcnemarTest(table, { variant: 'asymptotic' })
      const pValue = result.method === 'not-testable' ? 1 : result.pValue
      // Exactly at the border rounding decides.
      if (Math.abs(pValue / (1 - level) - 1) < 1e-9) return
      const { lower, upper } = pairedDifference(table, { confidenceLevel: level }).confidenceInterval
      expect(lower > 0 || (upper as number) < 0).toBe(pValue < 1 - level)
    },
  )

  test.prop([pairs, fc.double({ min: 0.05, max: 0.99, noNaN: true }), fc.double({ min: 0.05, max: 0.99, noNaN: true })])(
    'a higher level never gives a shorter interval',
    (table, x, y) => {
      for (const interval of intervals) {
        const inner = pairedDifference(table, { interval, confidenceLevel: Math.min(x, y) }).confidenceInterval
        const outer = pairedDifference(table, { interval, confidenceLevel: Math.max(x, y) }).confidenceInterval
        expect(outer.lower).toBeLessThanOrEqual(inner.lower + 1e-14)
        expect(outer.upper as number).toBeGreaterThanOrEqual((inner.upper as number) - 1e-14)
      }
    },
  )

  test.prop([pairs])('mid-P lies between half of the exact P and the exact P', (table) => {
    const exact = mcnemarTest(table, { variant: 'exact' }).pValue
    const midP = mcnemarTest(table, { variant: 'mid-p' }).pValue
    expect(midP).toBeLessThanOrEqual(exact * (1 + 1e-12))
    // The smallest doubles have few digits.
    expect(midP + 1e-320).toBeGreaterThanOrEqual((exact / 2) * (1 - 1e-12))
  })

  test.prop([fc.tuple(fc.integer({ min: 0, max: 500 }), fc.integer({ min: 0, max: 500 }))])(
    'both one-sided mid-P values of a binomial sum to 1',
    ([b, c]) => {
      const p = (['less', 'greater'] as const).map(
        (alternative) =>
          mcnemarTest(
            [
              [0, b],
              [c, 0],
            ],
            { variant: 'mid-p', alternative },
          ).pValue,
      )
      expectClose((p[0] as number) + (p[1] as number), 1, 1e-12)
    },
  )

  test.prop([smallPairs])('of two categories, Bowker’s and Stuart and Maxwell’s statistics are McNemar’s', (table) => {
    const mcnemar = mcnemarTest(table, { variant: 'asymptotic' })
    if (mcnemar.method === 'not-testable') {
      expect(bowkerTest(table).method).toBe('not-testable')
      expect(stuartMaxwellTest(table).method).toBe('not-testable')
    } else {
      expectClose(bowkerTest(table).statistic, mcnemar.statistic, 1e-13)
      expectClose(stuartMaxwellTest(table).statistic, mcnemar.statistic, 1e-13)
    }
  })

  test.prop([squares, fc.nat(4)], { numRuns: 200 })('relabelling and an unused category change nothing', (table, shift) => {
    const size = table.length
    const order = table.map((_, i) => (i * (size - 1) + shift) % size)
    const relabelled = order.map((i) => order.map((j) => table[i]?.[j] as number))
    const padded = [...table.map((row) => [...row, 0]), new Array<number>(size + 1).fill(0)]
    for (const f of [bowkerTest, stuartMaxwellTest, bhapkarTest] as const) {
      const plain = f(table)
      const other = f(relabelled)
      expect(other.method).toBe(plain.method)
      if (plain.method === 'not-testable') continue
      expectCloseToZero(other.statistic as number, plain.statistic)
      expectCloseToZero(f(padded).statistic as number, plain.statistic)
      if (f !== bowkerTest) expect(f(padded).degreesOfFreedom).toBe(plain.degreesOfFreedom)
    }
  })

  test.prop([fc.array(fc.tuple(fc.boolean(), fc.boolean()), { minLength: 1, maxLength: 60 })])(
    'Cochran’s Q of two conditions is McNemar’s statistic',
    (answers) => {
      const b = answers.filter(([x, y]) => x && !y).length
      const c = answers.filter(([x, y]) => !x && y).length
      const q = cochranQTest(answers)
      if (b + c === 0) expect(q.method).toBe('not-testable')
      else expectCloseToZero(testable(q).statistic, (b - c) ** 2 / (b + c))
    },
  )

  test('categories that no subject moves between are compared apart', () => {
    // Two separate 2 × 2 tables: the statistics add up, on two degrees of freedom rather than three.
    const apart = [
      [5, 9, 0, 0],
      [2, 7, 0, 0],
      [0, 0, 3, 8],
      [0, 0, 1, 4],
    ]
    const result = testable(stuartMaxwellTest(apart))
    expectClose(result.statistic, 49 / 11 + 49 / 9, 1e-14)
    expect(result.degreesOfFreedom).toBe(2)
  })

  test('empty pairs of categories count or not, as asked', () => {
    const result = testable(bowkerTest(sparse, { pairs: 'nonempty' }))
    expect(result).toMatchObject({ allPairs: 6, nonemptyPairs: 3, degreesOfFreedom: 3 })
    expect(testable(bowkerTest(sparse))).toMatchObject({ degreesOfFreedom: 6, statistic: result.statistic })
  })

  test('where nothing differs there is no asymptotic answer, and exact P is 1', () => {
    const agreed = [
      [5, 0],
      [0, 6],
    ]
    expect(mcnemarTest(agreed, { variant: 'asymptotic' })).toMatchObject({
      method: 'not-testable',
      test: 'mcnemar-asymptotic',
      reason: 'no-variation',
    })
    expect(mcnemarTest(agreed, { variant: 'exact' }).pValue).toBe(1)
    expect(mcnemarTest(agreed, { variant: 'mid-p' }).pValue).toBe(1)
    expect(
      cochranQTest([
        [1, 1],
        [0, 0],
      ]),
    ).toMatchObject({ method: 'not-testable', reason: 'no-variation' })
    expect(
      bhapkarTest([
        [0, 5],
        [0, 0],
      ]),
    ).toMatchObject({ method: 'not-testable' })
    expect(
      pairedDifference([
        [0, 0],
        [0, 0],
      ]),
    ).toMatchObject({ estimate: null, reason: 'undefined', confidenceInterval: { lower: -1, upper: 1 } })
  })
})

function expectCloseToZero(actual: number, reference: number): void {
  expect(Math.abs(actual - reference)).toBeLessThanOrEqual(1e-12 * (1 + reference))
}

describe('McNemar to one side', () => {
  const pairs = [
    [7, 15],
    [6, 9],
  ]
  test.each([
    ['asymptotic', 0],
    ['corrected', 1],
  ] as const)('%s: the normal tail of the signed difference', (variant, correction) => {
    const tails = (['greater', 'less'] as const).map((alternative) => mcnemarTest(pairs, { variant, alternative }))
    expect(tails).toMatchObject([
      { method: `mcnemar-${variant}`, firstOnly: 15, secondOnly: 6, alternative: 'greater' },
      { firstOnly: 15, secondOnly: 6, alternative: 'less' },
    ])
    expectClose(tails[0]?.pValue, normalUpperTail((9 - correction) / Math.sqrt(21)), 1e-13)
    expectClose(tails[1]?.pValue, normalUpperTail((-9 - correction) / Math.sqrt(21)), 1e-13)
  })
})

describe('refusals', () => {
  const wide = [
    [1, 2, 3],
    [4, 5, 6],
  ]
  test.each([
    ['mismatch', () => mcnemarTest(wide), '2 × 2'],
    ['mismatch', () => bowkerTest(wide), '2 × 3, expected a square one'],
    ['too-small', () => stuartMaxwellTest([[4]]), '1 × 1'],
    ['out-of-range', () => pairedDifference(approval, { confidenceLevel: 0 }), 'confidenceLevel'],
    ['out-of-range', () => cochranQTest([[1, 2]]), 'answer [0][1] is 2'],
    ['ragged', () => cochranQTest([[1, 0], [1]]), 'subject 1 has 1 answers, expected 2'],
    ['too-small', () => cochranQTest([]), 'two conditions'],
    ['too-small', () => cochranQTest([[1]]), 'two conditions'],
  ])('%s: %s', (code, call, message) => {
    expect(call).toThrow(
      expect.objectContaining({ name: 'StatsError', code, message: expect.stringContaining(message) as string }) as Error,
    )
  })
})
