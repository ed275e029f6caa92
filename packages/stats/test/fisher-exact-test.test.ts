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

  test.each(reference.largePValues)('P of the large table $table', ({ table, ...expected }) => {
    const [[a, b], [c, d]] = table as Table
    const check = (p: number, e: number) => (e > 1e-300 ? expectClose(p, e, 1e-12) : expect(p).toBeLessThan(1.1e-300))
    check(fisherPValue(a, b, c, d, 'less'), expected.less)
    check(fisherPValue(a, b, c, d, 'greater'), expected.greater)
    check(fisherPValue(a, b, c, d), expected.probability)
    check(fisherPValue(a, b, c, d, 'two-sided', 'doubling'), expected.doubling)
    check(fisherPValue(a, b, c, d, 'two-sided', 'blaker'), expected.blaker)
    check(fisherPValue(a, b, c, d, 'two-sided', 'probability', 'half-observed'), expected['half-observed'])
    check(fisherPValue(a, b, c, d, 'two-sided', 'probability', 'half-ties'), expected['half-ties'])
    if (expected.logProbability === undefined) return
    const { logPValue } = fisherExactTest(table, { interval: 'none' })
    expect(Math.abs(logPValue - expected.logProbability)).toBeLessThan(1e-12 * Math.max(1, -logPValue))
  })

  // Limits of large tables lie within few standard errors of the sample's odds ratio, so that hardly a digit may be lost.
  test.each(reference.largeOddsRatios)('odds ratio and limits of the large table $table at $level', ({ table, level, ...expected }) => {
    const options = { confidenceLevel: level }
    const median = medianUnbiasedOddsRatio(table, options)
    expectClose(median.estimate, expected.median, 1e-14)
    const exact = conditionalOddsRatio(table, options)
    if (expected.mle !== undefined) expectClose(exact.estimate, expected.mle, 1e-14)
    for (const [interval, limits] of [
      [exact.confidenceInterval, expected.exact],
      [median.confidenceInterval, expected['mid-p']],
      [expected.blaker && conditionalOddsRatio(table, { ...options, interval: 'blaker' }).confidenceInterval, expected.blaker],
    ] as const) {
      if (interval === undefined || limits === undefined) continue
      expectClose(interval.lower, limits[0] as number, 1e-14)
      expectClose(interval.upper, limits[1] as number, 1e-14)
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
function enumerated(a: number, b: number, c: number, d: number) {
  const lowest = Math.max(0, a - d)
  // From one table to the next by a fraction; all put over the product of the denominators.
  const steps: { up: bigint; down: bigint }[] = []
  for (let j = lowest - a; j < Math.min(b, c); j++)
    steps.push({ up: BigInt(b - j) * BigInt(c - j), down: BigInt(a + j + 1) * BigInt(d + j + 1) })
  const weights = [steps.reduce((product, { down }) => product * down, 1n)]
  for (const { up, down } of steps) weights.push(((weights.at(-1) as bigint) * up) / down)
  const own = weights[a - lowest] as bigint
  const sum = (counts: (weight: bigint, x: number) => boolean) => weights.reduce((s, w, i) => (counts(w, i + lowest) ? s + w : s), 0n)
  const total = sum(() => true)
  // Twice the sums, for halves of tables; enough digits for the far tails.
  const share = (twice: bigint) => Number((twice * 10n ** 320n) / (2n * total) / 10n ** 20n) / 1e300
  const less = sum((_, x) => x <= a)
  const greater = sum((_, x) => x >= a)
  const smaller = less < greater ? less : greater
  const probability = sum((w) => w * 10000000n <= own * 10000001n)
  const tied = sum((w) => w * 10000000n <= own * 10000001n && own * 10000000n <= w * 10000001n)
  const smallerTails = weights.map((_, at) => {
    const [up, down] = [sum((_w, x) => x >= at + lowest), sum((_w, x) => x <= at + lowest)]
    return up < down ? up : down
  })
  return {
    less: share(2n * less),
    greater: share(2n * greater),
    probability: share(2n * probability),
    doubling: Math.min(1, share(4n * smaller)),
    blaker: share(2n * sum((_, x) => smallerTails[x - lowest]! * 10000000n <= smaller * 10000001n)),
    halfObserved: share(2n * probability - own),
    halfTies: share(2n * probability - tied),
    doublingHalf: Math.min(1, share(4n * smaller - 2n * own)),
    blakerHalf: share(2n * sum((_, x) => smallerTails[x - lowest]! * 10000000n <= smaller * 10000001n) - own),
  }
}
/** Cells small among huge ones: a small margin, and the others of any size. */
const lopsidedTables = fc
  .tuple(fc.nat(25), fc.nat(25), fc.integer({ min: 0, max: 2 ** 20 }), fc.integer({ min: 0, max: 2 ** 20 }), fc.boolean(), fc.boolean())
  .filter(([a, b, c, d]) => a + b > 0 && c + d > 0 && a + c > 0 && b + d > 0)
  .map(([a, b, c, d, transposed, turned]): [number, number, number, number] => {
    const [p, q, r, s] = turned ? [c, d, a, b] : [a, b, c, d]
    return transposed ? [p, r, q, s] : [p, q, r, s]
  })
/** Tails of the first cell and the mean of what it exceeds the observed one by, under an odds ratio; a plain sum in logarithms. */
function under([[a, b], [c, d]]: Table, oddsRatio: number) {
  const logs = [0]
  const first = -Math.min(a, d)
  for (let j = first + 1; j <= Math.min(b, c); j++)
    logs.push((logs.at(-1) as number) + Math.log((oddsRatio * (b - j + 1) * (c - j + 1)) / ((a + j) * (d + j))))
  const highest = Math.max(...logs)
  const weights = logs.map((log) => Math.exp(log - highest))
  const total = weights.reduce((s, w) => s + w)
  const share = (of: (j: number) => number) => weights.reduce((s, w, i) => s + of(i + first) * w, 0) / total
  return {
    less: share((j) => Number(j <= 0)),
    greater: share((j) => Number(j >= 0)),
    greaterMidP: share((j) => (j > 0 ? 1 : j === 0 ? 0.5 : 0)),
    mean: share((j) => j),
  }
}
const tables = fc
  .tuple(fc.nat(25), fc.nat(25), fc.nat(25), fc.nat(25))
  .filter(([a, b, c, d]) => a + b > 0 && c + d > 0 && a + c > 0 && b + d > 0)

describe('properties', () => {
  test.prop([fc.oneof(tables, lopsidedTables)], { numRuns: 400 })('agrees with enumeration in whole numbers', ([a, b, c, d]) => {
    const exact = enumerated(a, b, c, d)
    const two = (rule: TwoSidedRule, midP: MidP = 'none') => fisherPValue(a, b, c, d, 'two-sided', rule, midP)
    expectClose(fisherPValue(a, b, c, d, 'less'), exact.less, 1e-12)
    expectClose(fisherPValue(a, b, c, d, 'greater'), exact.greater, 1e-12)
    expectClose(two('probability'), exact.probability, 1e-12)
    expectClose(two('doubling'), exact.doubling, 1e-12)
    expectClose(two('blaker'), exact.blaker, 1e-12)
    expectClose(two('probability', 'half-observed'), exact.halfObserved, 1e-12)
    expectClose(two('probability', 'half-ties'), exact.halfTies, 1e-12)
    expectClose(two('doubling', 'half-observed'), exact.doublingHalf, 1e-12)
    expectClose(two('blaker', 'half-observed'), exact.blakerHalf, 1e-12)
  })
  test.prop([fc.oneof(tables, lopsidedTables), fc.constantFrom(0.5, 0.6, 0.8, 0.95, 0.9999)], { numRuns: 100 })(
    'at the limits of an odds ratio the tails are what the level leaves, at the estimates the mean or median is the first cell',
    ([a, b, c, d], confidenceLevel) => {
      const table: Table = [
        [a, b],
        [c, d],
      ]
      const alpha = 1 - confidenceLevel
      for (const [alternative, left] of [
        ['two-sided', alpha / 2],
        ['less', alpha],
        ['greater', alpha],
      ] as const) {
        const options = { confidenceLevel, alternative }
        const exact = conditionalOddsRatio(table, options).confidenceInterval
        const midP = midPOddsRatioInterval(table, options)
        if (exact.lower > 0) expectClose(under(table, exact.lower).greater, left, 1e-9)
        if (exact.upper !== null) expectClose(under(table, exact.upper).less, left, 1e-9)
        if (midP.lower > 0) expectClose(under(table, midP.lower).greaterMidP, left, 1e-9)
        if (midP.upper !== null) expectClose(1 - under(table, midP.upper).greaterMidP, left, 1e-9)
        // A side without a limit is one that was not asked for, or where no table lies beyond.
        expect(exact.lower > 0).toBe(alternative !== 'less' && a > 0 && d > 0)
        expect(exact.upper !== null).toBe(alternative !== 'greater' && b > 0 && c > 0)
      }
      const { estimate } = conditionalOddsRatio(table)
      const median = medianUnbiasedOddsRatio(table).estimate
      if (estimate === null || estimate === 0) return
      expect(Math.abs(under(table, estimate).mean)).toBeLessThan(1e-9)
      expectClose(under(table, median as number).greaterMidP, 0.5, 1e-9)
    },
  )
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
  test.each([
    [
      [5, 3],
      [0, 0],
    ],
    [
      [0, 0],
      [5, 3],
    ],
    [
      [5, 0],
      [3, 0],
    ],
    [
      [0, 5],
      [0, 3],
    ],
    [
      [0, 0],
      [0, 7],
    ],
    [
      [7, 0],
      [0, 0],
    ],
  ])('whichever margin is empty, nothing is known: %j, %j', (...table) => {
    const [[a, b], [c, d]] = table as Table
    for (const rule of ['probability', 'doubling', 'blaker'] as const)
      for (const midP of ['none', 'half-observed', 'half-ties'] as const) expect(fisherPValue(a, b, c, d, 'two-sided', rule, midP)).toBe(1)
    for (const estimate of [conditionalOddsRatio(table), medianUnbiasedOddsRatio(table)])
      expect(estimate).toMatchObject({ estimate: null, reason: 'zero-margin', confidenceInterval: { lower: 0, upper: null } })
  })
  test('a mid-P interval of one side that no odds ratio is in ends at 0 or beyond all numbers met: it used to be looked for without end', () => {
    // The mid-P of the largest or smallest first cell is at most 1/2, and 1 - 0.001 is asked for.
    const none = { confidenceLevel: 0.001 } as const
    const less = { ...none, alternative: 'less' } as const
    const greater = { ...none, alternative: 'greater' } as const
    expect(
      midPOddsRatioInterval(
        [
          [0, 269985],
          [18, 0],
        ],
        less,
      ).upper,
    ).toBeLessThan(1e-300)
    expect(
      midPOddsRatioInterval(
        [
          [269985, 0],
          [0, 18],
        ],
        greater,
      ).lower,
    ).toBeGreaterThan(1e300)
    expect(
      medianUnbiasedOddsRatio(
        [
          [2, 0],
          [3, 4],
        ],
        greater,
      ),
    ).toMatchObject({ estimate: null, reason: 'largest-first-cell' })
  })
  test.each([1e-3, 0.1, 0.3])('one-sided limits below the middle: the tails are what a level of %j leaves', (confidenceLevel) => {
    for (const table of [
      [
        [4, 3],
        [2, 6],
      ],
      [
        [1, 20],
        [7, 5],
      ],
      [
        [30, 8000],
        [20, 4000],
      ],
      [
        [60, 50],
        [40, 70],
      ],
    ] as Table[]) {
      const { lower } = conditionalOddsRatio(table, { confidenceLevel, alternative: 'greater' }).confidenceInterval
      const { upper } = conditionalOddsRatio(table, { confidenceLevel, alternative: 'less' }).confidenceInterval
      expectClose(under(table, lower).greater, 1 - confidenceLevel, 1e-12)
      expectClose(under(table, upper as number).less, 1 - confidenceLevel, 1e-12)
      const midP = midPOddsRatioInterval(table, { confidenceLevel, alternative: 'greater' })
      expectClose(under(table, midP.lower).greaterMidP, 1 - confidenceLevel, 1e-12)
    }
  })
  test('a result says what was computed', () => {
    const table = [
      [12, 8],
      [5, 15],
    ]
    expect(fisherExactTest(table)).toMatchObject({
      method: 'fisher-exact',
      statistic: 12,
      alternative: 'two-sided',
      twoSided: 'probability',
      midP: 'none',
      interval: 'exact',
      confidenceInterval: conditionalOddsRatio(table).confidenceInterval,
    })
    expect(fisherExactTest(table, { alternative: 'greater', interval: 'none', midP: 'half-observed' })).toMatchObject({
      alternative: 'greater',
      twoSided: null,
      midP: 'half-observed',
      interval: 'none',
      confidenceInterval: null,
    })
    expect(conditionalOddsRatio(table).method).toBe('conditional-maximum-likelihood')
    expect(medianUnbiasedOddsRatio(table).method).toBe('median-unbiased')
    expect([...fisherPValues([12, 8, 5, 15], { alternative: 'less' })]).toEqual([fisherPValue(12, 8, 5, 15, 'less')])
    expect([...fisherPValues([12, 8, 5, 15], { twoSided: 'blaker', midP: 'half-observed' })]).toEqual([
      fisherPValue(12, 8, 5, 15, 'two-sided', 'blaker', 'half-observed'),
    ])
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
    ['not-a-count', () => fisherPValue(1, 2.5, 3, 4)],
    ['not-a-count', () => fisherPValue(1, 2, -3, 4)],
    ['not-a-count', () => fisherPValue(1, 2, 3, NaN)],
    ['not-a-count', () => fisherPValue(-1, 2, 3, 4)],
    ['not-a-count', () => fisherPValue(2 ** 52, 2, 2 ** 52, 4)],
    ['not-a-count', () => fisherPValue(2, 2 ** 52, 4, 2 ** 52)],
    ['ragged', () => fisherPValues([1, 2, 3])],
  ])('%s', (code, call) => {
    expect(call).toThrow(expect.objectContaining({ name: 'StatsError', code }))
  })
  test('say what is wrong', () => {
    const table = [
      [1, 2],
      [4, 5],
    ]
    const sides = "Blaker's interval is two-sided, the alternative is less"
    expect(() => fisherExactTest(table, { interval: 'blaker', alternative: 'less' })).toThrow(sides)
    expect(() => conditionalOddsRatio(table, { interval: 'blaker', alternative: 'less' })).toThrow(sides)
    for (const call of [fisherExactTest, conditionalOddsRatio, midPOddsRatioInterval, medianUnbiasedOddsRatio])
      expect(() => call(table, { confidenceLevel: 95 })).toThrow('confidenceLevel')
    expect(() => fisherPValue(1.5, 2, 3, 4)).toThrow('[[1.5, 2], [3, 4]] is not a table of non-negative integers with a total below 2^53')
    expect(() => fisherPValues([1, 2, 3])).toThrow('3 numbers are not four a table')
  })
})
