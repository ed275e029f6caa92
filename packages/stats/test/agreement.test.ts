import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import {
  cohenKappa,
  fleissKappa,
  gwetAC1,
  gwetAC2,
  kappaMaximum,
  normalUpperTail,
  krippendorffAlpha,
  pabak,
  percentAgreement,
  proportionInterval,
  ratingsOfTable,
} from '../src/index.ts'
import r from './r-peers.reference.json' with { type: 'json' }
import { expectClose } from './relative-error.ts'

const raters = [
  [53, 5, 2],
  [11, 14, 5],
  [1, 6, 3],
]
// Krippendorff (2018), chapter 12; also the data set cac.raw4raters of R's irrCAC.
const observers = [
  [1, 1, null, 1],
  [2, 2, 3, 2],
  [3, 3, 3, 3],
  [3, 3, 3, 3],
  [2, 2, 2, 2],
  [1, 2, 3, 4],
  [4, 4, 4, 4],
  [1, 1, 2, 1],
  [2, 2, 2, 2],
  [null, 5, 5, 5],
  [null, null, 1, 1],
  [null, null, 3, null],
]
const observerCounts = observers.map((row) => [1, 2, 3, 4, 5].map((category) => row.filter((value) => value === category).length))

const testable = <T extends { readonly method: string }>(result: T): Exclude<T, { readonly method: 'not-testable' }> => {
  expect(result.method).not.toBe('not-testable')
  return result as Exclude<T, { readonly method: 'not-testable' }>
}

describe('reference values', () => {
  test('R: vcd::Kappa, plain, linear, quadratic', () => {
    for (const [weights, reference] of [
      ['linear', r['kappa Equal-Spacing']],
      ['quadratic', r['kappa Fleiss-Cohen']],
    ] as const) {
      const plain = testable(cohenKappa(raters))
      const weighted = testable(cohenKappa(raters, { weights }))
      for (const [i, actual] of [plain.estimate, plain.standardError, weighted.estimate, weighted.standardError].entries()) {
        expectClose(actual, reference[i] as number, 1e-13)
      }
    }
  })

  test('Krippendorff (2018), chapter 12: 0.743, 0.815, 0.849, 0.797 as printed', () => {
    for (const [scale, printed] of [
      ['nominal', 0.743],
      ['ordinal', 0.815],
      ['interval', 0.849],
      ['ratio', 0.797],
    ] as const) {
      expect(testable(krippendorffAlpha(observers, { scale })).estimate).toBeCloseTo(printed, 3)
    }
  })

  test('R irrCAC 1.0, vignette: gwet.ac1.raw(cac.raw4raters) 0.77544, standard error 0.14295', () => {
    const result = testable(gwetAC1(observerCounts))
    expect(result.estimate).toBeCloseTo(0.77544, 5)
    expect(result.standardError).toBeCloseTo(0.14295, 5)
    expect(result).toMatchObject({
      observedAgreement: expect.closeTo(0.8181818, 7) as number,
      expectedAgreement: expect.closeTo(0.1903212, 7) as number,
    })
  })

  test('Fleiss (1971), four categories of one table worked by hand', () => {
    // p = (6, 4, 2) / 12, P̄ = (3 + 1 + 1 + 1) / (4·3), P̄ₑ = (36 + 16 + 4) / 144.
    const result = testable(
      fleissKappa([
        [3, 0, 0],
        [2, 1, 0],
        [1, 2, 0],
        [0, 1, 2],
      ]),
    )
    expectClose(result.observedAgreement, 6 / 12, 1e-14)
    expectClose(result.expectedAgreement, 56 / 144, 1e-14)
    expectClose(result.estimate, (6 / 12 - 56 / 144) / (1 - 56 / 144), 1e-13)
    expectClose(result.categories[0]?.estimate, 1 - 4 / (4 * 3 * 2 * 0.25), 1e-13)
    expectClose(result.categories[0]?.nullStandardError, Math.sqrt(2 / 24), 1e-14)
  })
})

const squares = fc.integer({ min: 2, max: 4 }).chain((k) =>
  fc.array(fc.array(fc.oneof(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 2 ** 48 })), { minLength: k, maxLength: k }), {
    minLength: k,
    maxLength: k,
  }),
)
const smallSquares = fc
  .integer({ min: 2, max: 4 })
  .chain((k) => fc.array(fc.array(fc.integer({ min: 0, max: 12 }), { minLength: k, maxLength: k }), { minLength: k, maxLength: k }))
const units = fc
  .integer({ min: 2, max: 5 })
  .chain((m) =>
    fc.array(fc.array(fc.option(fc.integer({ min: 0, max: 4 })), { minLength: m, maxLength: m }), { minLength: 1, maxLength: 25 }),
  )
const countsOfUnits = (values: (number | null)[][]): number[][] =>
  values.map((row) => [0, 1, 2, 3, 4].map((category) => row.filter((value) => value === category).length))

describe('properties', () => {
  test.prop([squares])('every result survives JSON: no NaN, no infinity', (table) => {
    for (const result of [
      cohenKappa(table),
      cohenKappa(table, { weights: 'quadratic' }),
      percentAgreement(table),
      pabak(table),
      kappaMaximum(table),
      ...(table.flat().every((count) => count === 0)
        ? []
        : [
            fleissKappa(ratingsOfTable(table).ratings, ratingsOfTable(table)),
            gwetAC1(ratingsOfTable(table).ratings, ratingsOfTable(table)),
            gwetAC2(ratingsOfTable(table).ratings, ratingsOfTable(table)),
          ]),
    ]) {
      expect(JSON.parse(JSON.stringify(result))).toStrictEqual(result)
    }
  })

  test.prop([units])('alpha and AC1 of any ratings survive JSON and stay at most 1', (values) => {
    for (const scale of ['nominal', 'ordinal', 'interval', 'ratio'] as const) {
      const alpha = krippendorffAlpha(values, { scale })
      expect(JSON.parse(JSON.stringify(alpha))).toStrictEqual(alpha)
      if (alpha.method !== 'not-testable') expect(alpha.estimate).toBeLessThanOrEqual(1)
    }
    const ac1 = gwetAC1(countsOfUnits(values))
    expect(JSON.parse(JSON.stringify(ac1))).toStrictEqual(ac1)
    if (ac1.method !== 'not-testable') expect(ac1.estimate).toBeLessThanOrEqual(1)
  })

  test.prop([smallSquares])('exchanging the raters changes no coefficient', (table) => {
    const turned = table.map((_, i) => table.map((row) => row[i] as number))
    for (const weights of ['unweighted', 'linear', 'quadratic'] as const) {
      const [one, other] = [cohenKappa(table, { weights }), cohenKappa(turned, { weights })]
      expect(other.method).toBe(one.method)
      if (one.method === 'not-testable' || other.method === 'not-testable') continue
      expect(other.estimate).toBeCloseTo(one.estimate, 12)
      expect(other.standardError).toBeCloseTo(one.standardError, 12)
    }
    expect(kappaMaximum(turned)).toEqual(kappaMaximum(table) === null ? null : expect.closeTo(kappaMaximum(table) as number, 12))
  })

  test.prop([smallSquares])('custom weights repeat the named ones; of two categories all weights are alike', (table) => {
    const k = table.length
    const linear = table.map((_, i) => table.map((_, j) => 1 - Math.abs(i - j) / (k - 1)))
    const [named, custom] = [cohenKappa(table, { weights: 'linear' }), cohenKappa(table, { weights: linear })]
    expect(custom.method).toBe(named.method)
    if (custom.method !== 'not-testable' && named.method !== 'not-testable') expect(custom.estimate).toBeCloseTo(named.estimate, 12)
    if (k === 2) expect(cohenKappa(table, { weights: 'quadratic' })).toEqual(cohenKappa(table))
  })

  test.prop([smallSquares])('no kappa exceeds the maximum that its margins allow, which is at most 1', (table) => {
    const kappa = cohenKappa(table)
    const maximum = kappaMaximum(table)
    if (kappa.method === 'not-testable') expect(maximum).toBeNull()
    else {
      expect(kappa.estimate).toBeLessThanOrEqual((maximum as number) + 1e-12)
      expect(maximum).toBeLessThanOrEqual(1)
    }
  })

  test.prop([fc.array(fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 2, maxLength: 2 }), { minLength: 2, maxLength: 2 })])(
    'Byrt, Bishop and Carlin (1993): kappa = (PABAK − PI² + BI²) / (1 − PI² + BI²)',
    (table) => {
      const kappa = cohenKappa(table)
      if (kappa.method === 'not-testable') return
      const shift = (kappa.biasIndex as number) ** 2 - (kappa.prevalenceIndex as number) ** 2
      expect(kappa.estimate).toBeCloseTo((kappa.prevalenceAndBiasAdjusted + shift) / (1 + shift), 10)
      expect(testable(pabak(table)).estimate).toBeCloseTo(kappa.prevalenceAndBiasAdjusted, 12)
    },
  )

  test.prop([smallSquares, fc.integer({ min: 2, max: 4 })])('frequencies stand for repeated subjects', (table, times) => {
    const { ratings, frequencies } = ratingsOfTable(table)
    if (ratings.length === 0) return
    const repeated = ratings.flatMap((row, i) => Array.from({ length: times * (frequencies[i] as number) }, () => row))
    const grouped = frequencies.map((count) => count * times)
    for (const f of [fleissKappa, gwetAC1, gwetAC2] as const) {
      const [one, other] = [f(ratings, { frequencies: grouped }), f(repeated)]
      expect(other.method).toBe(one.method)
      if (one.method === 'not-testable' || other.method === 'not-testable') continue
      expect(other.estimate).toBeCloseTo(one.estimate, 11)
      if (one.standardError === null) expect(other.standardError).toBeNull()
      else expect(other.standardError).toBeCloseTo(one.standardError, 11)
    }
  })

  test.prop([fc.array(fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 3, maxLength: 3 }), { minLength: 2, maxLength: 20 })])(
    'without missing values nominal alpha is Fleiss’ kappa with a correction for small samples',
    (values) => {
      const alpha = krippendorffAlpha(values)
      const kappa = fleissKappa(countsOfUnits(values))
      expect(alpha.method === 'not-testable').toBe(kappa.method === 'not-testable')
      if (alpha.method === 'not-testable' || kappa.method === 'not-testable') return
      const n = 3 * values.length
      expect(alpha.estimate).toBeCloseTo(1 - (1 - kappa.estimate) * (1 - 1 / n), 11)
    },
  )

  test.prop([units, fc.integer({ min: 1, max: 9 }), fc.integer({ min: -20, max: 20 })])(
    'interval alpha does not mind the unit or the origin',
    (values, unit, origin) => {
      const moved = values.map((row) => row.map((value) => (value === null ? null : origin + unit * value)))
      const [one, other] = [krippendorffAlpha(values, { scale: 'interval' }), krippendorffAlpha(moved, { scale: 'interval' })]
      expect(other.method).toBe(one.method)
      if (one.method !== 'not-testable' && other.method !== 'not-testable') expect(other.estimate).toBeCloseTo(one.estimate, 10)
    },
  )

  test('labels in a given order are ordinal as numbers are', () => {
    const words = ['none', 'pilot', 'some', 'most', 'all']
    const labelled = observers.map((row) => row.map((value) => (value === null ? null : (words[value - 1] as string))))
    const numbers = testable(krippendorffAlpha(observers, { scale: 'ordinal' }))
    expect(krippendorffAlpha(labelled, { scale: 'ordinal', order: words })).toEqual(numbers)
    expect(testable(krippendorffAlpha(labelled)).estimate).toBeCloseTo(0.743, 3)
  })

  test('the kappa paradoxes are named', () => {
    // Feinstein and Cicchetti (1990): 85 % agreement in both, kappa 0.70 and 0.32.
    expect(
      testable(
        cohenKappa([
          [40, 9],
          [6, 45],
        ]),
      ),
    ).toMatchObject({ paradox: 'none' })
    expect(
      testable(
        cohenKappa([
          [80, 10],
          [5, 5],
        ]),
      ),
    ).toMatchObject({ paradox: 'prevalence', prevalenceIndex: 0.75, biasIndex: 0.05 })
    // One rater uses the first category four times as often as the other: chance agreement falls, and kappa rises.
    expect(
      testable(
        cohenKappa([
          [25, 75],
          [0, 25],
        ]),
      ).paradox,
    ).toBe('bias')
  })

  test('where a rater uses one category only, kappa is zero and has no null error; where both do, there is no kappa', () => {
    expect(
      cohenKappa([
        [5, 3],
        [0, 0],
      ]),
    ).toMatchObject({ estimate: 0, nullStandardError: null, statistic: null, pValue: null })
    expect(
      cohenKappa([
        [10, 0],
        [0, 0],
      ]),
    ).toMatchObject({ method: 'not-testable', reason: 'no-variation' })
    expect(
      cohenKappa([
        [0, 0],
        [0, 0],
      ]),
    ).toMatchObject({ method: 'not-testable', reason: 'no-observations' })
    expect(
      fleissKappa([
        [3, 0],
        [3, 0],
      ]),
    ).toMatchObject({ method: 'not-testable', reason: 'no-variation' })
    expect(fleissKappa([[0, 0]])).toMatchObject({ method: 'not-testable', reason: 'no-observations' })
    expect(fleissKappa([[2, 1]])).toMatchObject({ standardError: null, confidenceInterval: null })
    expect(
      gwetAC1([
        [1, 0],
        [0, 1],
      ]),
    ).toMatchObject({ method: 'not-testable', reason: 'no-observations' })
    expect(
      gwetAC1([
        [3, 0],
        [3, 0],
      ]),
    ).toMatchObject({ estimate: 1, expectedAgreement: 0, standardError: 0, statistic: null })
    expect(
      gwetAC2([[2, 1]], {
        weights: [
          [1, 1],
          [1, 1],
        ],
      }),
    ).toMatchObject({ method: 'gwet-ac2' })
    expect(
      krippendorffAlpha([
        [1, 1],
        [1, null],
      ]),
    ).toMatchObject({ method: 'not-testable', reason: 'no-variation' })
    expect(krippendorffAlpha([[1, null]])).toMatchObject({ method: 'not-testable', reason: 'no-observations' })
    expect(
      percentAgreement([
        [0, 0],
        [0, 0],
      ]),
    ).toMatchObject({ method: 'not-testable', reason: 'no-observations' })
  })
})

describe('from their formulas', () => {
  const table = [
    [20, 5, 1],
    [10, 15, 3],
    [2, 4, 9],
  ]
  test('percent agreement and PABAK: Wilson’s interval of the share, and that carried over', () => {
    for (const [counts, n, same] of [
      [table, 69, 44],
      [
        [
          [9, 0],
          [0, 4],
        ],
        13,
        13,
      ],
      [
        [
          [1, 8],
          [7, 2],
        ],
        18,
        3,
      ],
    ] as const) {
      const size = counts.length
      const carried = (p: number): number => (size * p - 1) / (size - 1)
      const wilson = proportionInterval(same, n, { method: 'wilson', confidenceLevel: 0.9 })
      const plain = percentAgreement(counts, { confidenceLevel: 0.9 })
      const adjusted = pabak(counts, { confidenceLevel: 0.9 })
      if (plain.method === 'not-testable' || adjusted.method === 'not-testable') return expect.fail()
      const share = same / n
      expect([plain.method, adjusted.method]).toEqual(['percent-agreement', 'pabak'])
      expectClose(plain.estimate, share, 1e-14)
      expect(plain.standardError).toBeCloseTo(Math.sqrt((share * (1 - share)) / n), 14)
      expect(adjusted.estimate).toBeCloseTo(carried(share), 14)
      expect(adjusted.standardError).toBeCloseTo((plain.standardError * size) / (size - 1), 14)
      for (const side of ['lower', 'upper'] as const) {
        expect(plain.confidenceInterval[side]).toBeCloseTo(wilson[side], 13)
        expect(adjusted.confidenceInterval[side]).toBeCloseTo(carried(wilson[side]), 13)
      }
    }
  })
  test('the largest kappa', () => {
    const [rows, columns, n] = [[26, 28, 15], [32, 24, 13], 69] as const
    const chance = rows.reduce((sum, row, i) => sum + (row * (columns[i] as number)) / n ** 2, 0)
    const most = rows.reduce((sum, row, i) => sum + Math.min(row, columns[i] as number) / n, 0)
    expectClose(kappaMaximum(table), (most - chance) / (1 - chance), 1e-13)
    expect(
      kappaMaximum([
        [5, 0],
        [0, 0],
      ]),
    ).toBeNull()
  })
  test('the ratings of a table: two a subject, each in its category', () => {
    const { ratings, frequencies } = ratingsOfTable(table)
    expect(frequencies).toEqual(table.flat())
    expect(ratings.slice(0, 4)).toEqual([
      [2, 0, 0],
      [1, 1, 0],
      [1, 0, 1],
      [1, 1, 0],
    ])
    expect(ratings[8]).toEqual([0, 0, 2])
  })
  test('Fleiss’ kappa: its standard error is that of its own derivatives, taken numerically', () => {
    const subjects = [
      [4, 0, 0],
      [3, 1, 0],
      [0, 2, 2],
      [1, 0, 3],
      [0, 4, 0],
      [2, 1, 1],
    ]
    const number = subjects.length
    // Each subject a million times, and a thousand more or fewer of one.
    const [many, step] = [1e6, 1e3]
    const at = (changed: number, by: number): number => {
      const result = fleissKappa(subjects, { frequencies: subjects.map((_, k) => many + (k === changed ? by : 0)) })
      return result.method === 'not-testable' ? Number.NaN : result.estimate
    }
    const influences = subjects.map((_, k) => ((at(k, step) - at(k, -step)) / (2 * step)) * number * many)
    const result = fleissKappa(subjects)
    if (result.method === 'not-testable') return expect.fail()
    const squares = influences.reduce((sum, influence) => sum + influence ** 2, 0)
    const error = Math.sqrt(squares / number / (number - 1))
    expectClose(result.standardError, error, 1e-5)
    expectClose(result.statistic, result.estimate / result.nullStandardError, 1e-14)
    expectClose(result.pValue, 2 * normalUpperTail(Math.abs(result.statistic)), 1e-13)
    const z = 1.959963984540054
    expectClose(result.confidenceInterval?.lower, result.estimate - z * (result.standardError as number), 1e-12)
    expectClose(result.confidenceInterval?.upper, Math.min(1, result.estimate + z * (result.standardError as number)), 1e-12)
  })
  test.each([
    [
      [
        [1, -0.1],
        [-0.1, 1],
      ],
      'weights[0][1] is -0.1, expected a number from 0 to 1',
    ],
    [
      [
        [1, 1.1],
        [1.1, 1],
      ],
      'weights[0][1] is 1.1',
    ],
    [
      [
        [0.9, 0],
        [0, 1],
      ],
      'weights[0][0] is 0.9, expected 1',
    ],
  ])('weights that are none: %j', (weights, message) => {
    const two = [
      [5, 2],
      [1, 6],
    ]
    expect(() => cohenKappa(two, { weights })).toThrow(
      expect.objectContaining({ code: 'out-of-range', message: expect.stringContaining(message) as string }) as Error,
    )
  })
})

describe('refusals', () => {
  test.each([
    [
      'mismatch',
      () =>
        cohenKappa([
          [1, 2, 3],
          [4, 5, 6],
        ]),
    ],
    ['too-small', () => pabak([[5]])],
    [
      'mismatch',
      () =>
        cohenKappa(
          [
            [1, 2],
            [3, 4],
          ],
          { weights: [[1]] },
        ),
    ],
    [
      'out-of-range',
      () =>
        cohenKappa(
          [
            [1, 2],
            [3, 4],
          ],
          {
            weights: [
              [1, 0],
              [0, 0.5],
            ],
          },
        ),
    ],
    [
      'out-of-range',
      () =>
        cohenKappa(
          [
            [1, 2],
            [3, 4],
          ],
          {
            weights: [
              [1, 2],
              [0, 1],
            ],
          },
        ),
    ],
    [
      'out-of-range',
      () =>
        cohenKappa(
          [
            [1, 2],
            [3, 4],
          ],
          { confidenceLevel: 0 },
        ),
    ],
    [
      'mismatch',
      () =>
        fleissKappa([
          [2, 1],
          [1, 1],
        ]),
    ],
    [
      'too-small',
      () =>
        fleissKappa([
          [1, 0],
          [0, 1],
        ]),
    ],
    ['too-small', () => fleissKappa([[1]])],
    [
      'ragged',
      () =>
        fleissKappa([
          [1, 2],
          [1, 1, 1],
        ]),
    ],
    ['not-a-count', () => gwetAC1([[1.5, 1]])],
    ['mismatch', () => gwetAC1([[1, 1]], { frequencies: [1, 2] })],
    ['too-small', () => krippendorffAlpha([])],
    ['ragged', () => krippendorffAlpha([[1, 2], [1]])],
    ['mismatch', () => krippendorffAlpha([['a', 'b']], { scale: 'interval' })],
    ['mismatch', () => krippendorffAlpha([['a', 'b']], { scale: 'ordinal' })],
    ['mismatch', () => krippendorffAlpha([['a', 'b']], { scale: 'ordinal', order: ['a'] })],
    ['out-of-range', () => krippendorffAlpha([[1, -1]], { scale: 'ratio' })],
  ])('%s: %s', (code, call) => {
    expect(call).toThrow(expect.objectContaining({ name: 'StatsError', code }))
  })
})
