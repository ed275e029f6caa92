import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import {
  chiSquaredTest,
  type ConfidenceInterval,
  fisherPValue,
  numberNeeded,
  oddsRatio,
  type OddsRatioInterval,
  riskDifference,
  type RiskDifferenceInterval,
  riskRatio,
  type RiskRatioInterval,
  yulesQ,
  yulesY,
} from '../src/index.ts'
import formulas from './effects-and-strata.reference.json' with { type: 'json' }
import { expectClose } from './relative-error.ts'
import scores from './score-limits.reference.json' with { type: 'json' }

const differenceIntervals = [
  'miettinen-nurminen',
  'mee',
  'newcombe',
  'newcombe-corrected',
  'agresti-caffo',
  'mover-jeffreys',
  'wald',
] as const satisfies readonly RiskDifferenceInterval[]
const ratioIntervals = [
  'miettinen-nurminen',
  'koopman',
  'katz',
  'mover-wilson',
  'mover-jeffreys',
] as const satisfies readonly RiskRatioInterval[]
const oddsIntervals = [
  'miettinen-nurminen',
  'cornfield',
  'cornfield-corrected',
  'woolf',
  'gart',
  'exact',
  'mid-p',
  'blaker',
  'mover-wilson',
  'mover-jeffreys',
] as const satisfies readonly OddsRatioInterval[]

const expectLimits = ({ lower, upper }: ConfidenceInterval, expected: readonly (string | null)[], tolerance: number, scale = 0): void => {
  for (const [actual, reference] of [
    [lower, expected[0]],
    [upper, expected[1]],
  ] as const) {
    if (reference === null || reference === undefined) expect(actual).toBeNull()
    else if (Math.abs((actual as number) - Number(reference)) > scale) expectClose(actual, Number(reference), tolerance)
  }
}

describe('reference values', () => {
  test.each(
    scores.cases.filter((c) => c.measure !== 'paired').map((c) => [`${c.measure} ${c.interval} ${JSON.stringify(c.table)}`, c] as const),
  )('score limits: %s', (_, { measure, interval, table, level, limits }) => {
    const method = { interval, confidenceLevel: level }
    const result =
      measure === 'difference'
        ? riskDifference(table, method as { interval: RiskDifferenceInterval })
        : measure === 'ratio'
          ? riskRatio(table, method as { interval: RiskRatioInterval })
          : oddsRatio(table, method as { interval: OddsRatioInterval })
    // A difference is known to 2⁻⁵³ of its range; a ratio to its own size.
    expectLimits(result.confidenceInterval, limits, 1e-13, measure === 'difference' ? 3e-16 : 0)
  })

  test.each(formulas.effects.map((c) => [JSON.stringify(c.table), c] as const))('formulas: %s', (_, { table, level, expected }) => {
    const confidenceLevel = level
    for (const interval of ['newcombe', 'newcombe-corrected', 'agresti-caffo'] as const) {
      expectLimits(riskDifference(table, { interval, confidenceLevel }).confidenceInterval, expected[interval], 1e-11, 1e-16)
    }
    expectLimits(
      riskDifference(table, { interval: 'mover-jeffreys', confidenceLevel }).confidenceInterval,
      expected['mover-jeffreys'],
      1e-9,
    )
    for (const interval of ['mover-wilson', 'mover-jeffreys'] as const) {
      const tolerance = interval === 'mover-wilson' ? 1e-12 : 1e-9
      expectLimits(riskRatio(table, { interval, confidenceLevel }).confidenceInterval, expected[`ratio-${interval}`], tolerance)
    }
    const odds = oddsRatio(table, { interval: 'mover-wilson', confidenceLevel }).confidenceInterval
    expectLimits(odds, expected['odds-mover-wilson'], 1e-12)
    for (const [result, reference] of [
      [yulesQ(table), expected['yules-q']],
      [yulesY(table), expected['yules-y']],
    ] as const) {
      expectClose(result.estimate, Number(reference[0]), 1e-13)
      expectClose(result.standardError, Number(reference[1]), 1e-13)
    }
  })

  test('one large count and three small: the exact limit used to depend on which group came first', () => {
    // mpmath: the ψ at which P(X = 0) is 0.025.
    const limit = 7.141382384847585e-12
    const large = 8523821431
    expectClose(
      oddsRatio(
        [
          [0, large],
          [122, 0],
        ],
        { interval: 'exact' },
      ).confidenceInterval.upper,
      limit,
      1e-12,
    )
    expectClose(
      oddsRatio(
        [
          [122, 0],
          [0, large],
        ],
        { interval: 'exact' },
      ).confidenceInterval.lower,
      1 / limit,
      1e-12,
    )
  })

  test('Newcombe (1998) Table II, 56/70 against 48/80 and 9/10 against 3/10, four digits as printed', () => {
    const limits = (table: number[][], interval: RiskDifferenceInterval): number[] => {
      const { lower, upper } = riskDifference(table, { interval }).confidenceInterval
      return [lower, upper as number].map((x) => Math.round(x * 1e4) / 1e4)
    }
    expect(
      limits(
        [
          [56, 14],
          [48, 32],
        ],
        'wald',
      ),
    ).toEqual([0.0575, 0.3425])
    expect(
      limits(
        [
          [56, 14],
          [48, 32],
        ],
        'mee',
      ),
    ).toEqual([0.0533, 0.3377])
    expect(
      limits(
        [
          [56, 14],
          [48, 32],
        ],
        'miettinen-nurminen',
      ),
    ).toEqual([0.0528, 0.3382])
    expect(
      limits(
        [
          [56, 14],
          [48, 32],
        ],
        'newcombe',
      ),
    ).toEqual([0.0524, 0.3339])
    expect(
      limits(
        [
          [56, 14],
          [48, 32],
        ],
        'newcombe-corrected',
      ),
    ).toEqual([0.0428, 0.3422])
    expect(
      limits(
        [
          [9, 1],
          [3, 7],
        ],
        'newcombe',
      ),
    ).toEqual([0.1705, 0.809])
  })
})

const count = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 0, max: 12 }) },
  { weight: 2, arbitrary: fc.integer({ min: 0, max: 2000 }) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 2 ** 51 }) },
)
const tables = fc.tuple(count, count, count, count).map(([a, b, c, d]) => [
  [a, b],
  [c, d],
])
const smallTables = fc
  .tuple(
    ...([0, 1, 2, 3].map(() => fc.integer({ min: 0, max: 40 })) as [
      fc.Arbitrary<number>,
      fc.Arbitrary<number>,
      fc.Arbitrary<number>,
      fc.Arbitrary<number>,
    ]),
  )
  .map(([a, b, c, d]) => [
    [a, b],
    [c, d],
  ])
const levels = fc.double({ min: 0.01, max: 0.999, noNaN: true })

const everyResult = (table: number[][], confidenceLevel: number) => [
  ...differenceIntervals.map((interval) => riskDifference(table, { interval, confidenceLevel })),
  ...ratioIntervals.map((interval) => riskRatio(table, { interval, confidenceLevel })),
  ...oddsIntervals.map((interval) => oddsRatio(table, { interval, confidenceLevel })),
  ...(['haldane-anscombe', 'conditional', 'median-unbiased'] as const).map((estimator) => oddsRatio(table, { estimator, confidenceLevel })),
  numberNeeded(table, { confidenceLevel }),
  ...[yulesQ, yulesY].flatMap((f) => (['wald', 'miettinen-nurminen'] as const).map((interval) => f(table, { interval, confidenceLevel }))),
]

describe('properties', () => {
  test.prop([tables, levels], { numRuns: 150 })('every result survives JSON: no NaN, no infinity', (table, level) => {
    for (const result of everyResult(table, level)) expect(JSON.parse(JSON.stringify(result))).toStrictEqual(result)
  })

  test.prop([tables, levels], { numRuns: 150 })(
    'limits are ordered, and enclose the estimate where the method promises it',
    (table, level) => {
      for (const result of everyResult(table, level)) {
        if (!('confidenceInterval' in result)) continue
        const { lower, upper } = result.confidenceInterval
        if (upper !== null) expect(lower).toBeLessThanOrEqual(upper + 1e-12 * Math.abs(upper) + 1e-15)
        const centred = ['agresti-caffo', 'gart', 'exact', 'mid-p', 'blaker'].includes(result.interval)
        if (centred || result.estimate === null) continue
        expect(lower).toBeLessThanOrEqual(result.estimate + 1e-12 * Math.abs(result.estimate) + 1e-15)
        if (upper !== null) expect(upper).toBeGreaterThanOrEqual(result.estimate - 1e-12 * Math.abs(result.estimate) - 1e-15)
      }
    },
  )

  test.prop([tables, levels, levels], { numRuns: 150 })('a higher level never gives a shorter interval', (table, x, y) => {
    const [low, high] = [Math.min(x, y), Math.max(x, y)]
    const inner = everyResult(table, low)
    for (const [i, outer] of everyResult(table, high).entries()) {
      const other = inner[i]
      if (other === undefined || !('confidenceInterval' in outer) || !('confidenceInterval' in other)) continue
      const slack = 1e-11 * (1 + Math.abs(other.confidenceInterval.lower))
      expect(outer.confidenceInterval.lower).toBeLessThanOrEqual(other.confidenceInterval.lower + slack)
      if (other.confidenceInterval.upper === null) expect(outer.confidenceInterval.upper).toBeNull()
      else if (outer.confidenceInterval.upper !== null) {
        const { upper } = outer.confidenceInterval
        expect(upper + 1e-10 * Math.abs(upper) + 1e-15).toBeGreaterThanOrEqual(other.confidenceInterval.upper)
      }
    }
  })

  test.prop([tables])('exchanging the groups turns difference and ratios round', (table) => {
    const [a, b, c, d] = table.flat()
    const turned = [
      [c, d],
      [a, b],
    ] as number[][]
    for (const interval of differenceIntervals) {
      const { lower, upper } = riskDifference(table, { interval }).confidenceInterval
      const other = riskDifference(turned, { interval }).confidenceInterval
      expect(Math.abs(lower + (other.upper as number))).toBeLessThan(1e-12)
      expect(Math.abs((upper as number) + other.lower)).toBeLessThan(1e-12)
    }
    for (const [f, intervals] of [
      [riskRatio, ratioIntervals] as const,
      [oddsRatio, oddsIntervals.filter((x) => x !== 'blaker')] as const,
    ]) {
      for (const interval of intervals) {
        const { lower, upper } = f(table, { interval: interval as 'mover-wilson' }).confidenceInterval
        const other = f(turned, { interval: interval as 'mover-wilson' }).confidenceInterval
        if (other.lower === 0) expect(upper).toBeNull()
        else expectClose(upper, 1 / other.lower, 1e-10)
        if (other.upper === null) expect(lower).toBe(0)
        else expectClose(lower, 1 / other.upper, 1e-10)
      }
    }
  })

  test.prop([tables])('the odds ratio does not mind transposition; counting non-events turns the difference round', (table) => {
    const [a, b, c, d] = table.flat()
    const transposed = [
      [a, c],
      [b, d],
    ] as number[][]
    for (const interval of ['miettinen-nurminen', 'cornfield', 'cornfield-corrected', 'woolf', 'gart', 'exact'] as const) {
      const { lower, upper } = oddsRatio(table, { interval }).confidenceInterval
      const other = oddsRatio(transposed, { interval }).confidenceInterval
      if (lower === 0) expect(other.lower).toBe(0)
      else expectClose(lower, other.lower, 1e-10)
      if (upper === null) expect(other.upper).toBeNull()
      else expectClose(upper, other.upper as number, 1e-10)
    }
    const flipped = [
      [b, a],
      [d, c],
    ] as number[][]
    for (const interval of differenceIntervals) {
      const { lower } = riskDifference(table, { interval }).confidenceInterval
      expect(Math.abs(lower + (riskDifference(flipped, { interval }).confidenceInterval.upper as number))).toBeLessThan(1e-12)
    }
  })

  test.prop([smallTables, fc.constantFrom(0.8, 0.9, 0.95, 0.99)], { numRuns: 400 })(
    'score tests and score intervals never contradict each other',
    (table, level) => {
      for (const [variance, difference, ratio, odds] of [
        ['n', 'mee', 'koopman', 'cornfield'],
        ['n-1', 'miettinen-nurminen', 'miettinen-nurminen', 'miettinen-nurminen'],
      ] as const) {
        const chiSquared = chiSquaredTest(table, { variance })
        const pValue = chiSquared.method === 'not-testable' ? 1 : chiSquared.pValue
        // Exactly at the border rounding decides.
        if (Math.abs(pValue / (1 - level) - 1) < 1e-9) continue
        const rejected = pValue < 1 - level
        const d = riskDifference(table, { interval: difference, confidenceLevel: level }).confidenceInterval
        expect(d.lower > 0 || (d.upper as number) < 0).toBe(rejected)
        for (const { lower, upper } of [
          riskRatio(table, { interval: ratio, confidenceLevel: level }).confidenceInterval,
          oddsRatio(table, { interval: odds, confidenceLevel: level }).confidenceInterval,
        ]) {
          expect(lower > 1 || (upper !== null && upper < 1)).toBe(rejected)
        }
      }
    },
  )

  test.prop([smallTables, fc.constantFrom(0.8, 0.9, 0.95, 0.99)], { numRuns: 200 })(
    'the exact interval agrees with Fisher’s test by doubling',
    (table, level) => {
      const [a, b, c, d] = table.flat() as [number, number, number, number]
      const pValue = fisherPValue(a, b, c, d, 'two-sided', 'doubling')
      if (Math.abs(pValue / (1 - level) - 1) < 1e-9) return
      const { lower, upper } = oddsRatio(table, { interval: 'exact', confidenceLevel: level }).confidenceInterval
      expect(lower > 1 || (upper !== null && upper < 1)).toBe(pValue < 1 - level)
    },
  )

  test.prop([tables], { numRuns: 200 })('the set of numbers needed is the set of reciprocals of the difference', (table) => {
    const { lower, upper } = riskDifference(table).confidenceInterval
    const { ranges } = numberNeeded(table).confidenceSet
    const within = (x: number): boolean => ranges.some((range) => x >= (range.lower ?? -Infinity) && x <= (range.upper ?? Infinity))
    for (const share of [0.001, 0.25, 0.5, 0.75, 0.999]) {
      const inside = lower + share * ((upper as number) - lower)
      if (inside !== 0) expect(within(1 / inside)).toBe(true)
    }
    expect(ranges).toHaveLength(lower < 0 && (upper as number) > 0 ? 2 : 1)
    // Just outside the interval of the difference.
    if (lower > -0.9) expect(within(1 / (lower - 0.01 * Math.abs(lower) - 1e-9))).toBe(false)
  })

  test('zero counts give one-sided answers', () => {
    for (const interval of ['miettinen-nurminen', 'koopman', 'mover-wilson', 'mover-jeffreys'] as const) {
      expect(
        riskRatio(
          [
            [0, 20],
            [6, 14],
          ],
          { interval },
        ).confidenceInterval,
      ).toMatchObject({ lower: 0, upper: expect.closeTo(0.5, 0) as number })
      const { lower, upper } = riskRatio(
        [
          [6, 14],
          [0, 20],
        ],
        { interval },
      ).confidenceInterval
      expect([lower > 1, upper]).toEqual([true, null])
    }
    for (const interval of oddsIntervals.filter((x) => !['woolf', 'gart'].includes(x))) {
      const { lower, upper } = oddsRatio(
        [
          [9, 0],
          [3, 8],
        ],
        { interval },
      ).confidenceInterval
      expect([lower > 1, upper]).toEqual([true, null])
    }
    expect(
      oddsRatio(
        [
          [9, 0],
          [3, 8],
        ],
        { interval: 'woolf' },
      ),
    ).toMatchObject({ estimate: null, reason: 'infinite', logStandardError: null, confidenceInterval: { lower: 0, upper: null } })
    expect(
      oddsRatio([
        [0, 5],
        [0, 7],
      ]),
    ).toMatchObject({ estimate: null, reason: 'undefined', confidenceInterval: { lower: 0, upper: null } })
    expect(
      riskDifference([
        [0, 0],
        [3, 8],
      ]),
    ).toMatchObject({ estimate: null, reason: 'undefined', confidenceInterval: { lower: -1, upper: 1 } })
    expect(
      numberNeeded([
        [5, 5],
        [7, 7],
      ]),
    ).toMatchObject({ estimate: null, reason: 'infinite' })
    expect(
      numberNeeded([
        [0, 0],
        [7, 7],
      ]),
    ).toMatchObject({ estimate: null, reason: 'undefined' })
    expect(
      numberNeeded(
        [
          [0, 9],
          [0, 7],
        ],
        { interval: 'wald' },
      ).confidenceSet.ranges,
    ).toEqual([])
    expect(
      yulesQ([
        [9, 0],
        [3, 8],
      ]),
    ).toMatchObject({ estimate: 1, standardError: null, confidenceInterval: { upper: 1 } })
  })

  test('Haldane and Anscombe’s estimate comes with Gart’s interval, whatever is zero', () => {
    const { estimate, interval, confidenceInterval } = oddsRatio(
      [
        [0, 5],
        [5, 4],
      ],
      { estimator: 'haldane-anscombe' },
    )
    expect(interval).toBe('gart')
    expectClose(estimate, (0.5 * 4.5) / (5.5 * 5.5), 1e-15)
    expect(confidenceInterval.upper).not.toBeNull()
  })
})

describe('a zero on a diagonal', () => {
  test.each([
    [0, 7, 3, 5],
    [5, 7, 3, 0],
    [0, 11, 13, 0],
  ])('Q and Y of %i, %i, %i, %i are −1, and 1 with the columns exchanged', (a, b, c, d) => {
    for (const f of [yulesQ, yulesY]) {
      // Y was −0.9999999999999996.
      expect(
        f([
          [a, b],
          [c, d],
        ]).estimate,
      ).toBe(-1)
      expect(
        f([
          [b, a],
          [d, c],
        ]).estimate,
      ).toBe(1)
    }
  })
  test('zeros on both leave them undefined', () => {
    for (const f of [yulesQ, yulesY])
      expect(
        f([
          [0, 0],
          [3, 5],
        ]),
      ).toMatchObject({ estimate: null, reason: 'undefined' })
  })
})

describe('refusals', () => {
  test.each([
    [
      'mismatch',
      [
        [1, 2, 3],
        [4, 5, 6],
      ],
      {},
    ],
    ['mismatch', [[1, 2]], {}],
    [
      'not-a-count',
      [
        [1, -1],
        [2, 3],
      ],
      {},
    ],
    [
      'out-of-range',
      [
        [1, 2],
        [3, 4],
      ],
      { confidenceLevel: 1 },
    ],
    [
      'out-of-range',
      [
        [1, 2],
        [3, 4],
      ],
      { confidenceLevel: Number.NaN },
    ],
  ])('%s: %j', (code, table, options) => {
    for (const f of [riskDifference, riskRatio, oddsRatio, numberNeeded, yulesQ, yulesY]) {
      expect(() => f(table, options)).toThrow(expect.objectContaining({ name: 'StatsError', code }))
    }
  })
})
