import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import {
  breslowDayTest,
  chiSquaredTest,
  cochranMantelHaenszelTest,
  generalizedCochranMantelHaenszelTest,
  mantelHaenszel,
  oddsRatio,
  riskDifference,
  riskRatio,
  woolfTest,
} from '../src/index.ts'
import formulas from './effects-and-strata.reference.json' with { type: 'json' }
import r from './r-peers.reference.json' with { type: 'json' }
import { expectClose } from './relative-error.ts'

const cases = [
  [
    [5, 32],
    [1, 4],
  ],
  [
    [19, 7],
    [24, 3],
  ],
  [
    [7, 13],
    [10, 6],
  ],
  [
    [19, 6],
    [11, 8],
  ],
]
const three = [
  [
    [10, 8, 1],
    [9, 16, 6],
    [7, 7, 9],
  ],
  [
    [8, 8, 2],
    [8, 34, 1],
    [1, 7, 1],
  ],
  [
    [17, 20, 18],
    [1, 1, 4],
    [2, 1, 11],
  ],
]
const uninformative = [
  [
    [0, 0],
    [3, 9],
  ],
  [
    [4, 0],
    [7, 0],
  ],
  [
    [0, 0],
    [0, 0],
  ],
  [
    [0, 1],
    [0, 0],
  ],
]

const testable = <T extends { readonly method: string }>(result: T): Exclude<T, { readonly method: 'not-testable' }> => {
  expect(result.method).not.toBe('not-testable')
  return result as Exclude<T, { readonly method: 'not-testable' }>
}

describe('reference values', () => {
  test.each(formulas.strata.map((c) => [JSON.stringify(c.tables), c] as const))('formulas: %s', (_, { tables, expected }) => {
    const ratio = mantelHaenszel(tables, { measure: 'risk-ratio' })
    const { lower, upper } = ratio.confidenceInterval
    for (const [i, actual] of [ratio.estimate, ratio.standardError, lower, upper].entries()) {
      expectClose(actual, Number(expected['risk-ratio'][i]), 1e-13)
    }
    for (const variance of ['sato', 'greenland-robins'] as const) {
      const difference = mantelHaenszel(tables, { measure: 'risk-difference', variance })
      expectClose(difference.estimate, Number(expected['risk-difference'][variance][0]), 1e-12)
      expectClose(difference.standardError, Number(expected['risk-difference'][variance][1]), 1e-12)
    }
    const homogeneity = testable(breslowDayTest(tables))
    expectClose(homogeneity.statistic, Number(expected['breslow-day'][0]), 1e-12)
    expectClose(homogeneity.tarone.statistic, Number(expected['breslow-day'][1]), 1e-11)
    expect(homogeneity.degreesOfFreedom).toBe(expected['breslow-day'][2])
  })

  test.each(formulas.generalised.map((c) => [JSON.stringify(c.tables), c] as const))(
    'covariance matrices: %s',
    (_, { tables, rowScores, columnScores, expected }) => {
      for (const [i, association] of (['general', 'row-means', 'correlation'] as const).entries()) {
        const result = testable(generalizedCochranMantelHaenszelTest(tables, { association, rowScores, columnScores }))
        expectClose(result.statistic, Number(expected[i]), 1e-12)
      }
    },
  )

  test('R: mantelhaen.test, coin::cmh_test, coin::lbl_test, vcd::woolf_test', () => {
    const woolf = testable(woolfTest(cases))
    expectClose(woolf.statistic, r.woolf[0] as number, 1e-12)
    expectClose(woolf.pValue, r.woolf[1] as number, 1e-12)
    const zero = testable(
      woolfTest([
        [
          [0, 32],
          [1, 4],
        ],
        ...cases.slice(1),
      ]),
    )
    expectClose(zero.statistic, r['woolf with a zero'][0] as number, 1e-12)
    expect(zero.continuityCorrection).toBe('half')
    expectClose(cochranMantelHaenszelTest(cases, { alternative: 'less' }).pValue, r['cmh less'][0] as number, 1e-12)
    const greater = cochranMantelHaenszelTest(cases, { alternative: 'greater', continuityCorrection: 'yates' })
    expectClose(greater.pValue, r['cmh less'][1] as number, 1e-12)
    for (const [options, reference] of [
      [{}, r['cmh general']],
      [{ association: 'row-means' }, r['cmh row means']],
      [{ association: 'correlation', rowScores: [0, 1, 5], columnScores: [1, 2, 4] }, r['cmh correlation']],
    ] as const) {
      const result = testable(generalizedCochranMantelHaenszelTest(three, options))
      expectClose(result.statistic, reference[0] as number, 1e-12)
      expectClose(result.pValue, reference[1] as number, 1e-11)
    }
  })
})

const count = fc.oneof(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 2 ** 48 }))
const stratum = fc.tuple(count, count, count, count).map(([a, b, c, d]) => [
  [a, b],
  [c, d],
])
const strata = fc.array(stratum, { minLength: 1, maxLength: 6 })
const tables = fc.tuple(fc.integer({ min: 2, max: 4 }), fc.integer({ min: 2, max: 4 }), fc.integer({ min: 1, max: 4 })).chain(([i, j, k]) =>
  fc.array(fc.array(fc.array(fc.integer({ min: 0, max: 12 }), { minLength: j, maxLength: j }), { minLength: i, maxLength: i }), {
    minLength: k,
    maxLength: k,
  }),
)
const measures = ['odds-ratio', 'risk-ratio', 'risk-difference'] as const
const associations = ['general', 'row-means', 'correlation'] as const
const everyResult = (input: number[][][]) => [
  ...measures.map((measure) => mantelHaenszel(input, { measure })),
  mantelHaenszel(input, { measure: 'risk-difference', variance: 'greenland-robins' }),
  cochranMantelHaenszelTest(input),
  cochranMantelHaenszelTest(input, { continuityCorrection: 'yates', alternative: 'less' }),
  breslowDayTest(input),
  woolfTest(input),
  ...associations.flatMap((association) =>
    (['integer', 'midrank', 'ridit', 'modified-ridit'] as const).map((scores) =>
      generalizedCochranMantelHaenszelTest(input, { association, rowScores: scores, columnScores: scores }),
    ),
  ),
]

describe('properties', () => {
  test.prop([strata], { numRuns: 150 })('every result survives JSON: no NaN, no infinity', (input) => {
    for (const result of everyResult(input)) expect(JSON.parse(JSON.stringify(result))).toStrictEqual(result)
  })

  test.prop([strata], { numRuns: 150 })('strata that say nothing about association change no test', (input) => {
    const more = [...input, ...uninformative]
    for (const f of [cochranMantelHaenszelTest, breslowDayTest, woolfTest] as const) expect(f(more)).toEqual(f(input))
    const before = mantelHaenszel(input)
    expect(mantelHaenszel(more)).toEqual(before)
  })

  test.prop([strata], { numRuns: 150 })('the order of strata does not matter', (input) => {
    const turned = [...input].reverse()
    const tests = everyResult(input)
    for (const [i, other] of everyResult(turned).entries()) {
      const one = tests[i]
      if (one === undefined || !('statistic' in one) || one.statistic === null || !('statistic' in other)) continue
      expect(Math.abs((other.statistic as number) - one.statistic)).toBeLessThanOrEqual(1e-9 * (1 + one.statistic))
    }
  })

  test.prop([stratum], { numRuns: 200 })('one stratum: the estimates are those of its table', (table) => {
    for (const [measure, single] of [
      ['odds-ratio', oddsRatio(table)],
      ['risk-ratio', riskRatio(table)],
      ['risk-difference', riskDifference(table)],
    ] as const) {
      const { estimate, reason } = mantelHaenszel([table], { measure })
      if (single.estimate === null || estimate === null) expect([estimate, reason]).toEqual([single.estimate, single.reason])
      else if (single.estimate === 0) expect(estimate).toBe(0)
      else expectClose(estimate, single.estimate, 1e-12)
    }
  })

  test.prop([stratum], { numRuns: 200 })('one 2 × 2 stratum: all four statistics are the N − 1 chi-squared', (table) => {
    const pearson = chiSquaredTest(table, { variance: 'n-1' })
    const results = [
      cochranMantelHaenszelTest([table]),
      ...associations.map((association) => generalizedCochranMantelHaenszelTest([table], { association })),
    ]
    for (const result of results) {
      expect(result.method === 'not-testable').toBe(pearson.method === 'not-testable')
      if (pearson.method !== 'not-testable')
        expect(Math.abs((result.statistic as number) - pearson.statistic)).toBeLessThanOrEqual(1e-11 * pearson.statistic)
    }
  })

  test.prop([tables], { numRuns: 150 })('transposing the strata changes neither general association nor correlation', (input) => {
    const transposed = input.map((table) => (table[0] as number[]).map((_, j) => table.map((row) => row[j] as number)))
    for (const association of ['general', 'correlation'] as const) {
      const one = generalizedCochranMantelHaenszelTest(input, { association })
      const other = generalizedCochranMantelHaenszelTest(transposed, { association })
      expect(other.degreesOfFreedom).toBe(one.degreesOfFreedom)
      if (one.statistic !== null)
        expect(Math.abs((other.statistic as number) - one.statistic)).toBeLessThanOrEqual(1e-9 * (1 + one.statistic))
    }
  })

  test.prop([tables], { numRuns: 150 })('categories nobody used cost nothing', (input) => {
    const padded = input.map((table) => [...table.map((row) => [0, ...row]), new Array<number>((table[0] as number[]).length + 1).fill(0)])
    for (const association of ['general', 'row-means'] as const) {
      const one = generalizedCochranMantelHaenszelTest(input, { association, columnScores: 'midrank' })
      const other = generalizedCochranMantelHaenszelTest(padded, { association, columnScores: 'midrank' })
      expect(other.degreesOfFreedom).toBe(one.degreesOfFreedom)
      if (one.statistic !== null)
        expect(Math.abs((other.statistic as number) - one.statistic)).toBeLessThanOrEqual(1e-9 * (1 + one.statistic))
    }
  })

  test.prop([
    fc.array(
      fc.tuple(
        ...([1, 2, 3, 4].map(() => fc.integer({ min: 1, max: 60 })) as [
          fc.Arbitrary<number>,
          fc.Arbitrary<number>,
          fc.Arbitrary<number>,
          fc.Arbitrary<number>,
        ]),
      ),
      { minLength: 2, maxLength: 5 },
    ),
  ])('Tarone’s correction only lowers the statistic, and little', (counts) => {
    const result = testable(
      breslowDayTest(
        counts.map(([a, b, c, d]) => [
          [a, b],
          [c, d],
        ]),
      ),
    )
    expect(result.tarone.statistic).toBeLessThanOrEqual(result.statistic)
  })

  test('strata with the same odds ratio are homogeneous', () => {
    const same = [
      [
        [2, 1],
        [3, 6],
      ],
      [
        [8, 2],
        [10, 10],
      ],
      [
        [40, 30],
        [20, 60],
      ],
    ]
    const result = testable(breslowDayTest(same))
    expect(result.oddsRatio).toBeCloseTo(4, 12)
    expect(result.statistic).toBeLessThan(1e-25)
    expect(testable(woolfTest(same)).statistic).toBeLessThan(1e-25)
  })

  test('categories that are never compared with each other lower the degrees of freedom', () => {
    const apart = [
      [
        [3, 4, 0],
        [5, 1, 0],
        [0, 0, 0],
      ],
      [
        [0, 0, 0],
        [0, 0, 0],
        [0, 0, 9],
      ],
    ]
    const result = testable(generalizedCochranMantelHaenszelTest(apart))
    expect(result.degreesOfFreedom).toBe(1)
    expectClose(
      result.statistic,
      generalizedCochranMantelHaenszelTest([
        [
          [3, 4],
          [5, 1],
        ],
      ]).statistic as number,
      1e-13,
    )
  })

  test('no information, no answer', () => {
    for (const f of [cochranMantelHaenszelTest, breslowDayTest, woolfTest, generalizedCochranMantelHaenszelTest] as const) {
      expect(f(uninformative)).toMatchObject({ method: 'not-testable', reason: 'no-informative-strata', pValue: null })
    }
    expect(
      breslowDayTest([
        [
          [3, 0],
          [4, 5],
        ],
        [
          [2, 0],
          [1, 7],
        ],
      ]),
    ).toMatchObject({ method: 'not-testable', reason: 'no-variation' })
    expect(mantelHaenszel(uninformative)).toMatchObject({
      estimate: null,
      reason: 'undefined',
      confidenceInterval: { lower: 0, upper: null },
    })
    expect(
      mantelHaenszel([
        [
          [3, 0],
          [4, 5],
        ],
      ]),
    ).toMatchObject({ estimate: null, reason: 'infinite', standardError: null })
    expect(
      mantelHaenszel(
        [
          [
            [0, 0],
            [4, 5],
          ],
        ],
        { measure: 'risk-difference' },
      ),
    ).toMatchObject({ estimate: null, reason: 'undefined' })
    expect(generalizedCochranMantelHaenszelTest(three, { association: 'row-means', columnScores: [2, 2, 2] })).toMatchObject({
      method: 'not-testable',
    })
  })
})

describe('refusals', () => {
  test.each([
    ['too-small', () => mantelHaenszel([])],
    ['mismatch', () => cochranMantelHaenszelTest(three)],
    [
      'ragged',
      () =>
        cochranMantelHaenszelTest([
          [
            [1, 2],
            [3, 4],
          ],
          [
            [1, 2, 3],
            [4, 5, 6],
          ],
        ]),
    ],
    ['out-of-range', () => mantelHaenszel(cases, { confidenceLevel: 2 })],
    ['mismatch', () => generalizedCochranMantelHaenszelTest(three, { association: 'correlation', rowScores: [1, 2] })],
    ['out-of-range', () => generalizedCochranMantelHaenszelTest(three, { association: 'correlation', columnScores: [1, 2, Infinity] })],
    ['too-small', () => generalizedCochranMantelHaenszelTest([[[1, 2]]])],
  ])('%s: %s', (code, call) => {
    expect(call).toThrow(expect.objectContaining({ name: 'StatsError', code }))
  })
})
