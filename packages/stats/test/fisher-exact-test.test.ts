import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import {
  conditionalOddsRatio,
  fisherExactTest,
  fisherPValue,
  fisherPValues,
  medianUnbiasedOddsRatio,
  midPOddsRatioInterval,
  type MidP,
  type TwoSidedRule,
} from '../src/index.ts'
import type { Alternative } from '../src/confidence-interval.ts'
import oracle from './oracle.json' with { type: 'json' }
import reference from './fisher-exact-test.reference.json' with { type: 'json' }

type Table = [[number, number], [number, number]]

function expectClose(actual: number | null, expected: number | null | string, tolerance: number): void {
  if (expected === null || typeof expected === 'string') expect(actual).toBeNull()
  else if (expected === 0) expect(actual).toBe(0)
  else expect(Math.abs((actual as number) / expected - 1)).toBeLessThan(tolerance)
}

describe('reference values', () => {
  test.each(reference.pValues)('P of $table', ({ table, ...expected }) => {
    const [[a, b], [c, d]] = table as Table
    // Below 1e-300 doubles run out of digits; the logarithm does not.
    const check = (p: number, e: number) => (e > 1e-300 ? expectClose(p, e, 1e-12) : expect(p).toBeLessThan(1.1e-300))
    check(fisherPValue(a, b, c, d, 'less'), expected.less)
    check(fisherPValue(a, b, c, d, 'greater'), expected.greater)
    check(fisherPValue(a, b, c, d), expected.probability)
    check(fisherPValue(a, b, c, d, 'two-sided', 'doubling'), expected.doubling)
    check(fisherPValue(a, b, c, d, 'two-sided', 'blaker'), expected.blaker)
    const { logPValue } = fisherExactTest(table, { interval: 'none' })
    expect(Math.abs(logPValue - expected.logProbability)).toBeLessThan(1e-12 * Math.max(1, -logPValue))
  })

  test.each(reference.oddsRatios)('odds ratio and limits of $table at $level', ({ table, level, ...expected }) => {
    const options = { confidenceLevel: level }
    const exact = conditionalOddsRatio(table, options)
    expectClose(exact.estimate, expected.mle, 1e-12)
    const median = medianUnbiasedOddsRatio(table, options)
    expectClose(median.estimate, expected.median, 1e-12)
    for (const [interval, limits] of [
      [exact.confidenceInterval, expected.exact],
      [median.confidenceInterval, expected['mid-p']],
      [conditionalOddsRatio(table, { ...options, interval: 'blaker' }).confidenceInterval, expected.blaker],
    ] as const) {
      expectClose(interval.lower, limits[0] as number, 1e-12)
      expectClose(interval.upper, limits[1] as number | null, 1e-12)
    }
  })

  const cases = (name: string) => oracle.cases.filter((c) => c.fn === name) as unknown as OracleCase[]
  interface OracleCase {
    id: string
    inputs: { table: Table; alternative: Alternative; conf: number }
    expected: Record<string, number> & { odds_ratio: number | string; ci: (number | string)[] }
  }
  test.each(cases('fisher_2x2'))('$id', ({ inputs, expected }) => {
    const result = fisherExactTest(inputs.table, { alternative: inputs.alternative, confidenceLevel: inputs.conf })
    expectClose(result.pValue, expected.p as number, 1e-12)
    expectClose(result.oddsRatio, expected.odds_ratio, 1e-12)
    expectClose(result.confidenceInterval?.lower as number, expected.ci[0] as number, 1e-12)
    expectClose(result.confidenceInterval?.upper as number, expected.ci[1] as number | string, 1e-12)
  })
  test.each(cases('fisher_midp'))('$id', ({ inputs: { table }, expected }) => {
    const midP = (options: object) => fisherExactTest(table, { midP: 'half-observed', interval: 'none', ...options }).pValue
    expectClose(midP({ alternative: 'less' }), expected.less as number, 1e-13)
    expectClose(midP({ alternative: 'greater' }), expected.greater as number, 1e-13)
    expectClose(midP({ twoSided: 'doubling' }), expected.two_sided_doubled as number, 1e-13)
    expectClose(midP({}), expected.two_sided_minlike_half_observed as number, 1e-13)
    expectClose(midP({ midP: 'half-ties' }), expected.two_sided_minlike_half_ties as number, 1e-13)
  })

  test('a pair of tables whose probabilities differ by a relative 1.1e-8 is tied', () => {
    // [[50, 79], [159, 202]] is the less probable of the two: without the rule the other tail would lose its first table.
    const probability = (x: number) =>
      fisherPValue(x, 129 - x, 209 - x, 152 + x, 'greater') - fisherPValue(x + 1, 128 - x, 208 - x, 153 + x, 'greater')
    expect(probability(60) / probability(50) - 1).toBeGreaterThan(5e-9)
    expect(probability(60) / probability(50) - 1).toBeLessThan(2e-8)
    const below = fisherPValue(50, 79, 159, 202, 'less')
    const above = fisherPValue(60, 69, 149, 212, 'greater')
    expectClose(fisherPValue(50, 79, 159, 202), below + above, 1e-13)
    expectClose(fisherPValue(60, 69, 149, 212), below + above, 1e-13)
  })

  test('Blaker’s opposite tail is found for a table millions of deviations from its mean', () => {
    // The search used to start at the table itself and never ended. mpmath 1.2.1, 50 digits: the table's log probability,
    // log C(3e15, 1e15) + log C(4e15, 1e15) - log C(7e15, 2e15) by loggamma, is -29004036737146.451. Further tables of its tail are
    // in the ratio 2 / 3, so the tail is 3 times that; the opposite one is at most as large again.
    const tail = -29004036737146.45 + Math.log(3)
    const { pValue, logPValue } = fisherExactTest(
      [
        [1e15, 2e15],
        [1e15, 3e15],
      ],
      { twoSided: 'blaker', interval: 'none' },
    )

    expect(pValue).toBe(0)
    expect(logPValue).toBeGreaterThan(tail - 0.02)
    expect(logPValue).toBeLessThan(tail + Math.LN2 + 0.02)
  })

  test('at n = 10^15 the quadrature agrees with the normal limit and its own sum of both tails', () => {
    const [a, b, c, d] = [250000005000000, 249999995000000, 249999993000000, 250000007000000]
    const less = fisherPValue(a, b, c, d, 'less')
    const greater = fisherPValue(a, b, c, d, 'greater')
    // P(X = a) is 1 / (σ √2π) at most, with σ² = n / 16.
    expect(less + greater - 1).toBeGreaterThan(0)
    expect(less + greater - 1).toBeLessThan(5.1e-8)
    const { estimate } = conditionalOddsRatio([
      [a, b],
      [c, d],
    ])
    expectClose(estimate, (a / b) * (d / c), 1e-14)
  })
})

// Exact enumeration with whole numbers.
function binomial(n: number, k: number): bigint {
  let value = 1n
  for (let i = 1n; i <= BigInt(k); i++) value = (value * (BigInt(n) - i + 1n)) / i
  return value
}
function enumerated(a: number, b: number, c: number, d: number) {
  const lowest = Math.max(0, a - d)
  const weights: bigint[] = []
  for (let x = lowest; x <= Math.min(a + b, a + c); x++) weights.push(binomial(a + b, x) * binomial(c + d, a + c - x))
  const own = weights[a - lowest] as bigint
  const sum = (counts: (weight: bigint, x: number) => boolean) => weights.reduce((s, w, i) => (counts(w, i + lowest) ? s + w : s), 0n)
  const total = sum(() => true)
  const share = (part: bigint) => Number((part * 10n ** 30n) / total) / 1e30
  return {
    less: share(sum((_, x) => x <= a)),
    greater: share(sum((_, x) => x >= a)),
    probability: share(sum((w) => w * 10000000n <= own * 10000001n)),
  }
}
const tables = fc
  .tuple(fc.nat(25), fc.nat(25), fc.nat(25), fc.nat(25))
  .filter(([a, b, c, d]) => a + b > 0 && c + d > 0 && a + c > 0 && b + d > 0)

describe('properties', () => {
  test.prop([tables], { numRuns: 400 })('agrees with enumeration in whole numbers', ([a, b, c, d]) => {
    const exact = enumerated(a, b, c, d)
    expect(fisherPValue(a, b, c, d, 'less')).toBeCloseTo(exact.less, 13)
    expect(fisherPValue(a, b, c, d, 'greater')).toBeCloseTo(exact.greater, 13)
    expect(fisherPValue(a, b, c, d)).toBeCloseTo(exact.probability, 13)
  })
  test.prop([
    tables,
    fc.constantFrom<TwoSidedRule>('probability', 'doubling', 'blaker'),
    fc.constantFrom<MidP>('none', 'half-observed', 'half-ties'),
  ])('relabelling rows and columns, or exchanging them, changes no two-sided P', ([a, b, c, d], rule, midP) => {
    const p = fisherPValue(a, b, c, d, 'two-sided', rule, midP)
    for (const [w, x, y, z] of [
      [b, a, d, c],
      [c, d, a, b],
      [a, c, b, d],
    ] as const) {
      expectClose(fisherPValue(w, x, y, z, 'two-sided', rule, midP), p, 1e-12)
    }
  })
  test.prop([tables])('Blaker’s P is between the smaller tail and its double, and its interval within the exact one', ([a, b, c, d]) => {
    const smaller = Math.min(fisherPValue(a, b, c, d, 'less'), fisherPValue(a, b, c, d, 'greater'))
    const p = fisherPValue(a, b, c, d, 'two-sided', 'blaker')
    expect(p).toBeGreaterThanOrEqual(Math.min(1, smaller) * (1 - 1e-12))
    expect(p).toBeLessThanOrEqual(Math.min(1, 2 * smaller) * (1 + 1e-6))
    const exact = conditionalOddsRatio([
      [a, b],
      [c, d],
    ]).confidenceInterval
    const blaker = conditionalOddsRatio(
      [
        [a, b],
        [c, d],
      ],
      { interval: 'blaker' },
    ).confidenceInterval
    expect(blaker.lower).toBeGreaterThanOrEqual(exact.lower * (1 - 1e-12))
    if (exact.upper !== null) expect(blaker.upper).toBeLessThanOrEqual(exact.upper * (1 + 1e-12))
  })
  test.prop([tables, fc.double({ min: 0.5, max: 0.999, noNaN: true })])(
    'exchanging columns inverts the odds ratio and its limits',
    ([a, b, c, d], confidenceLevel) => {
      for (const interval of ['exact', 'mid-p', 'blaker'] as const) {
        const one = conditionalOddsRatio(
          [
            [a, b],
            [c, d],
          ],
          { confidenceLevel, interval },
        )
        const other = conditionalOddsRatio(
          [
            [b, a],
            [d, c],
          ],
          { confidenceLevel, interval },
        )
        if (one.estimate !== null && one.estimate > 0) expectClose(other.estimate, 1 / one.estimate, 1e-12)
        if (one.confidenceInterval.upper !== null) expectClose(other.confidenceInterval.lower, 1 / one.confidenceInterval.upper, 1e-12)
        if (one.confidenceInterval.lower > 0) expectClose(other.confidenceInterval.upper, 1 / one.confidenceInterval.lower, 1e-12)
      }
    },
  )
  test.prop([tables, fc.integer({ min: 2, max: 4000 })])('large tables: both ways of summing agree', ([a, b, c, d], scale) => {
    // The sum of both tails is 1 + P(X = a), and the doubled P twice the smaller, whichever way each was found.
    const [p, q, r, s] = [a * scale, b * scale, c * scale, d * scale]
    const less = fisherPValue(p, q, r, s, 'less')
    const greater = fisherPValue(p, q, r, s, 'greater')
    const own = less - (p > 0 && s > 0 ? fisherPValue(p - 1, q + 1, r + 1, s - 1, 'less') : 0)
    expect(Math.abs(less + greater - 1 - own)).toBeLessThan(1e-12)
  })
  test.prop([tables])('the batch gives what single calls give', ([a, b, c, d]) => {
    expect([...fisherPValues(Int32Array.of(a, b, c, d, d, c, b, a))]).toEqual([fisherPValue(a, b, c, d), fisherPValue(d, c, b, a)])
  })
  test.prop([tables])('survives JSON', ([a, b, c, d]) => {
    const result = fisherExactTest([
      [a, b],
      [c, d],
    ])
    expect(JSON.parse(JSON.stringify(result))).toStrictEqual(result)
  })
})

describe('edges', () => {
  test.each([
    [
      [
        [4, 2],
        [0, 0],
      ],
    ],
    [
      [
        [0, 3],
        [0, 5],
      ],
    ],
    [
      [
        [0, 0],
        [0, 0],
      ],
    ],
  ])('an empty margin leaves P = 1: %j', (table) => {
    const result = fisherExactTest(table)
    expect(result).toMatchObject({ pValue: 1, logPValue: 0, oddsRatio: null, reason: 'zero-margin' })
    expect(result.confidenceInterval).toEqual({ lower: 0, upper: null, level: 0.95 })
  })
  test('the largest possible first cell has no finite odds ratio', () => {
    expect(
      fisherExactTest([
        [5, 0],
        [2, 4],
      ]),
    ).toMatchObject({ oddsRatio: null, reason: 'largest-first-cell', confidenceInterval: { upper: null } })
    expect(
      medianUnbiasedOddsRatio([
        [0, 5],
        [2, 4],
      ]),
    ).toMatchObject({ estimate: 0, reason: null })
  })
  test('far departures under Blaker’s rule: the opposite tail was searched by sums through the peak, term by term', () => {
    const far = [
      [1, 1e15],
      [1e15, 1],
    ]
    const { logPValue } = fisherExactTest(far, { interval: 'none' })
    expect(fisherExactTest(far, { twoSided: 'blaker', interval: 'blaker' }).logPValue).toBe(logPValue)
  })
  test('counts up to 2^53', () => {
    const huge = 2 ** 51
    expect(fisherPValue(huge, huge, huge, huge - 1)).toBeCloseTo(1, 10)
    expect(
      fisherExactTest(
        [
          [huge, 1],
          [1, huge],
        ],
        { interval: 'none' },
      ).logPValue,
    ).toBeLessThan(-1e15)
    expect(
      midPOddsRatioInterval([
        [3, huge],
        [1, huge],
      ]).lower,
    ).toBeGreaterThan(0.2)
  })
})

describe('refusals', () => {
  test.each([
    [
      'mismatch',
      () =>
        fisherExactTest([
          [1, 2, 3],
          [4, 5, 6],
        ]),
    ],
    [
      'mismatch',
      () =>
        fisherExactTest(
          [
            [1, 2],
            [4, 5],
          ],
          { interval: 'blaker', alternative: 'less' },
        ),
    ],
    [
      'mismatch',
      () =>
        conditionalOddsRatio(
          [
            [1, 2],
            [4, 5],
          ],
          { interval: 'blaker', alternative: 'greater' },
        ),
    ],
    [
      'out-of-range',
      () =>
        fisherExactTest(
          [
            [1, 2],
            [4, 5],
          ],
          { confidenceLevel: 95 },
        ),
    ],
    [
      'out-of-range',
      () =>
        midPOddsRatioInterval(
          [
            [1, 2],
            [4, 5],
          ],
          { confidenceLevel: 1 },
        ),
    ],
    [
      'not-a-count',
      () =>
        fisherExactTest([
          [1, 2],
          [4, -5],
        ]),
    ],
    ['not-a-count', () => fisherPValue(1.5, 2, 3, 4)],
    ['not-a-count', () => fisherPValue(2 ** 53, 2, 3, 4)],
    ['ragged', () => fisherPValues([1, 2, 3])],
  ])('%s', (code, call) => {
    expect(call).toThrow(expect.objectContaining({ name: 'StatsError', code }))
  })
})
