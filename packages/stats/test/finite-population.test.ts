import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import {
  clopperPearsonInterval,
  finitePopulationChiSquaredTest,
  finitePopulationInterval,
  finitePopulationTest,
  hypergeometricCdf,
  hypergeometricProbability,
  hypergeometricUpperTail,
  normalCdf,
  normalUpperTail,
} from '../src/index.ts'
import { expectClose } from './relative-error.ts'

const samples = fc
  .integer({ min: 2, max: 60 })
  .chain((population) => fc.tuple(fc.constant(population), fc.integer({ min: 1, max: population })))
  .chain(([population, n]) => fc.tuple(fc.integer({ min: 0, max: n }), fc.constant(n), fc.constant(population)))

describe('reference values', () => {
  test('161 of 191 from 226, by trying every count the population can have', () => {
    const tried: number[] = []
    for (let count = 161; count <= 226 - 30; count++) {
      const upper = hypergeometricUpperTail(161, count, 226 - count, 191)
      const lower = hypergeometricCdf(161, count, 226 - count, 191)
      if (upper >= 0.025 && lower >= 0.025) tried.push(count)
    }
    const { counts } = finitePopulationInterval(161, 191, 226)
    expect([counts.lower, counts.upper]).toEqual([tried[0], tried.at(-1)])
    // SciPy 1.17: hypergeom.sf(160, 226, M, 191) and hypergeom.cdf(161, 226, M, 191) at or above 0.025 from 185 to 195.
    expect(counts).toEqual({ lower: 185, upper: 195 })
  })
  test('the correction for 191 of 226 cuts the standard error to 0.394', () => {
    const { correction, counts } = finitePopulationInterval(161, 191, 226, { method: 'wald' })
    expectClose(correction, Math.sqrt(35 / 225), 1e-15)
    const share = 161 / 191
    const width = 1.959963984540054 * Math.sqrt((share * (1 - share)) / 191) * Math.sqrt(35 / 225)
    expectClose(counts.upper / 226, share + width, 1e-12)
  })
  test('design-based difference, from the textbook formula', () => {
    const result = finitePopulationTest(
      [
        [21, 5],
        [60, 105],
      ],
      [30, 196],
    )
    if (result.method === 'not-testable') return expect.fail()
    const [p, q] = [21 / 26, 60 / 165]
    const error = Math.sqrt(((4 / 30) * p * (1 - p)) / 25 + ((31 / 196) * q * (1 - q)) / 164)
    expectClose(result.standardError, error, 1e-13)
    expectClose(result.statistic, (p - q) / error, 1e-12)
  })
  test('chi-squared divides by the share not sampled', () => {
    const result = finitePopulationChiSquaredTest(
      [
        [40, 55],
        [22, 74],
      ],
      226,
    )
    // 8.0192… is the oracle's prop.test without correction for these counts.
    expectClose(result.statistic, 8.019240281561618 * (226 / 35), 1e-12)
  })
})

/** 12 of 40 that were seen, of a population of 100. */
const [x, n, population] = [12, 40, 100]
const z = 1.959963984540054
const groups = [
  [21, 5],
  [60, 105],
] as const
const populations = [30, 196] as const

/** Of one group: (1 − n / N) p (1 − p) / (n − 1). */
const designVariance = (share: number, [seen, of]: readonly [number, number]): number =>
  ((1 - seen / of) * share * (1 - share)) / (seen - 1)

describe('each method and side, from its formula', () => {
  test('Wilson: the roots of the score equation for n (N − 1) / (N − n) observations', () => {
    const { counts, estimate, samplingFraction, lower, upper, level } = finitePopulationInterval(x, n, population, { method: 'wilson' })
    const worth = (n * (population - 1)) / (population - n)
    for (const [count, sign] of [
      [counts.lower, 1],
      [counts.upper, -1],
    ] as const) {
      const share = count / population
      expectClose((0.3 - share) / Math.sqrt((share * (1 - share)) / worth), sign * z, 1e-12)
    }
    expect({ estimate, samplingFraction, level }).toEqual({ estimate: 0.3, samplingFraction: 0.4, level: 0.95 })
    expect([lower, upper]).toEqual([counts.lower / population, counts.upper / population])
  })
  test('Wilson where none or all of the sample have it: the limit that is not 0 or 1', () => {
    const worth = (n * (population - 1)) / (population - n)
    const none = finitePopulationInterval(0, n, population, { method: 'wilson' })
    const all = finitePopulationInterval(n, n, population, { method: 'wilson' })
    expect(none.counts.lower).toBe(0)
    expectClose(none.upper, z ** 2 / (worth + z ** 2), 1e-12)
    expect(all.counts.upper).toBe(population)
    expectClose(all.lower, worth / (worth + z ** 2), 1e-12)
  })
  test.each([
    ['exact', 0],
    ['mid-p', 0.5],
  ] as const)('%s: every count that neither tail rejects', (method, weight) => {
    for (const [successes, confidenceLevel] of [
      [12, 0.95],
      [12, 0.8],
      [0, 0.95],
      [39, 0.99],
    ] as const) {
      const tail = (1 - confidenceLevel) / 2
      const kept = Array.from({ length: population + 1 }, (_, count) => count).filter((count) => {
        if (count < successes || population - count < n - successes) return false
        const half = weight * hypergeometricProbability(successes, count, population - count, n)
        const upper = hypergeometricUpperTail(successes, count, population - count, n) - half
        const lower = hypergeometricCdf(successes, count, population - count, n) - half
        return upper >= tail && lower >= tail
      })
      const { counts } = finitePopulationInterval(successes, n, population, { method, confidenceLevel })
      expect(counts).toEqual({ lower: kept[0], upper: kept.at(-1) })
    }
  })
  test.each(['exact', 'mid-p', 'wilson', 'wald'] as const)('%s: a one-sided interval has the limit of twice the error', (method) => {
    const both = finitePopulationInterval(x, n, population, { method, confidenceLevel: 0.9 })
    const less = finitePopulationInterval(x, n, population, { method, alternative: 'less' })
    const greater = finitePopulationInterval(x, n, population, { method, alternative: 'greater' })
    expect([less.counts.lower, greater.counts.upper]).toEqual([0, population])
    expectClose(less.counts.upper, both.counts.upper, 1e-14)
    expectClose(greater.counts.lower, both.counts.lower, 1e-14)
  })
  test.each(['unpooled', 'pooled'] as const)('difference of two groups, %s, to either side', (variance) => {
    const [p, q] = [21 / 26, 60 / 165]
    const [first, second] = variance === 'pooled' ? [81 / 191, 81 / 191] : [p, q]
    const statistic = (p - q) / Math.sqrt(designVariance(first, [26, 30]) + designVariance(second, [165, 196]))
    const error = Math.sqrt(designVariance(p, [26, 30]) + designVariance(q, [165, 196]))
    for (const [alternative, pValue, lower, upper] of [
      ['two-sided', 2 * normalUpperTail(statistic), p - q - z * error, p - q + z * error],
      ['greater', normalUpperTail(statistic), p - q - 1.6448536269514722 * error, 1],
      ['less', normalCdf(statistic), -1, p - q + 1.6448536269514722 * error],
    ] as const) {
      const result = finitePopulationTest(groups, populations, { alternative, variance })
      if (result.method === 'not-testable') return expect.fail()
      expect(result).toMatchObject({ method: 'finite-population-difference', alternative, variance, degreesOfFreedom: null })
      expectClose(result.statistic, statistic, 1e-12)
      expectClose(result.pValue, pValue, 1e-11)
      expectClose(result.confidenceInterval.lower, lower, 1e-12)
      expectClose(result.confidenceInterval.upper, upper, 1e-12)
      expect(result.samplingFractions).toEqual([26 / 30, 165 / 196])
    }
  })
  test('chi-squared names what it was computed from', () => {
    expect(finitePopulationChiSquaredTest(groups, 226)).toMatchObject({
      method: 'finite-population-chi-squared',
      degreesOfFreedom: 1,
      samplingFraction: 191 / 226,
    })
  })
})

describe('properties', () => {
  test.prop([samples])('the exact interval covers every count with at least its level', ([, n, population]) => {
    const level = 0.9
    for (let count = 0; count <= population; count++) {
      let covered = 0
      for (let x = Math.max(0, n - (population - count)); x <= Math.min(n, count); x++) {
        const { counts } = finitePopulationInterval(x, n, population, { confidenceLevel: level })
        if (counts.lower <= count && count <= counts.upper) covered += hypergeometricProbability(x, count, population - count, n)
      }
      expect(covered).toBeGreaterThan(level - 1e-12)
    }
  })
  test.prop([samples, fc.constantFrom('exact', 'mid-p', 'wilson', 'wald')])(
    'what was seen is certain, more confidence is wider',
    ([x, n, population], method) => {
      const kind = method as 'exact'
      const narrow = finitePopulationInterval(x, n, population, { method: kind, confidenceLevel: 0.8 })
      const wide = finitePopulationInterval(x, n, population, { method: kind, confidenceLevel: 0.99 })
      expect(narrow.counts.lower).toBeGreaterThanOrEqual(x)
      expect(narrow.counts.upper).toBeLessThanOrEqual(population - (n - x))
      expect(wide.counts.lower).toBeLessThanOrEqual(narrow.counts.lower)
      expect(wide.counts.upper).toBeGreaterThanOrEqual(narrow.counts.upper)
      expect(JSON.parse(JSON.stringify(wide))).toStrictEqual(wide)
    },
  )
  test.prop([samples])('exchanging successes and failures mirrors the exact interval', ([x, n, population]) => {
    const { counts } = finitePopulationInterval(x, n, population)
    const mirrored = finitePopulationInterval(n - x, n, population).counts
    expect(counts.lower).toBe(population - mirrored.upper)
    expect(counts.upper).toBe(population - mirrored.lower)
  })
  test('in a population without end it tends to Clopper and Pearson', () => {
    const finite = finitePopulationInterval(12, 40, 40_000_000)
    const endless = clopperPearsonInterval(12, 40)
    expect(Math.abs(finite.lower - endless.lower)).toBeLessThan(1e-6)
    expect(Math.abs(finite.upper - endless.upper)).toBeLessThan(1e-6)
  })
  test.prop([samples])('test and interval agree', ([x, n, population]) => {
    const result = finitePopulationTest(
      [
        [x, n - x],
        [3, 4],
      ],
      [population, 10],
    )
    if (result.method === 'not-testable' || Math.abs(result.pValue - 0.05) < 1e-9) return
    const { lower, upper } = result.confidenceInterval
    expect(result.pValue < 0.05).toBe(lower > 0 || (upper ?? 1) < 0)
  })
})

describe('degenerate data', () => {
  test('a population of one that nobody asked: its correction was infinite', () => {
    expect(finitePopulationInterval(0, 0, 1)).toMatchObject({ lower: 0, upper: 1, correction: 1 })
  })
  test('everybody seen: the share is known, and so is the difference', () => {
    for (const method of ['exact', 'mid-p', 'wilson', 'wald'] as const) {
      expect(finitePopulationInterval(7, 20, 20, { method })).toMatchObject({ counts: { lower: 7, upper: 7 }, correction: 0 })
    }
    expect(
      finitePopulationTest(
        [
          [3, 7],
          [4, 6],
        ],
        [10, 10],
      ),
    ).toMatchObject({ statistic: null, pValue: 0, standardError: 0 })
    expect(
      finitePopulationTest(
        [
          [3, 7],
          [3, 7],
        ],
        [10, 10],
      ),
    ).toMatchObject({ statistic: null, pValue: 1 })
    expect(
      finitePopulationChiSquaredTest(
        [
          [3, 7],
          [4, 6],
        ],
        20,
      ),
    ).toMatchObject({
      method: 'not-testable',
      test: 'finite-population-chi-squared',
      reason: 'no-variation',
      message: expect.stringContaining('everybody was seen') as string,
    })
  })
  test.each([
    ['two-sided', 0, 0, 1],
    ['less', 1, 0, 1],
    ['greater', 0, 1, 1],
  ] as const)('a difference that is known either departs or does not: %s', (alternative, higher, lower, same) => {
    const certain = (first: number) =>
      finitePopulationTest(
        [
          [first, 10 - first],
          [4, 6],
        ],
        [10, 10],
        { alternative },
      )
    expect([certain(5), certain(3), certain(4)]).toMatchObject([{ pValue: higher }, { pValue: lower }, { pValue: same }])
  })
  test('one group known, the other not: its error is left', () => {
    const result = finitePopulationTest(
      [
        [3, 7],
        [4, 6],
      ],
      [10, 20],
    )
    if (result.method === 'not-testable') return expect.fail()
    expectClose(result.standardError, Math.sqrt((0.5 * 0.4 * 0.6) / 9), 1e-13)
    expectClose(result.statistic, -0.1 / result.standardError, 1e-13)
  })
  test('samples that do not vary say nothing of their error', () => {
    const alike = [
      [5, 0],
      [6, 0],
    ]
    expect(finitePopulationTest(alike, [10, 10])).toMatchObject({
      method: 'not-testable',
      test: 'finite-population-difference',
      reason: 'no-variation',
      message: expect.stringContaining('vary') as string,
    })
  })
  test('nobody seen: anything is possible', () => {
    for (const method of ['exact', 'mid-p', 'wilson', 'wald'] as const) {
      expect(finitePopulationInterval(0, 0, 9, { method })).toMatchObject({ estimate: null, counts: { lower: 0, upper: 9 } })
    }
    expect(
      finitePopulationTest(
        [
          [0, 0],
          [4, 6],
        ],
        [10, 10],
      ),
    ).toMatchObject({ reason: 'no-observations', message: expect.stringContaining('not sampled') as string })
    expect(
      finitePopulationTest(
        [
          [4, 6],
          [0, 0],
        ],
        [10, 10],
      ),
    ).toMatchObject({ reason: 'no-observations' })
    expect(
      finitePopulationChiSquaredTest(
        [
          [0, 0],
          [4, 6],
        ],
        20,
      ),
    ).toMatchObject({ reason: 'zero-margin' })
  })
})

describe('refusals', () => {
  const pair = [
    [1, 2],
    [4, 5],
  ]
  test.each([
    [() => finitePopulationInterval(5, 4, 10), 'mismatch', '5 successes in a sample of 4'],
    [() => finitePopulationInterval(2, 4, 3), 'mismatch', '4 sampled from 3'],
    [() => finitePopulationInterval(0, 0, 0), 'too-small', 'population is empty'],
    [() => finitePopulationInterval(-1, 4, 10), 'not-a-count', 'successes'],
    [() => finitePopulationInterval(1, 4.5, 10), 'not-a-count', 'sampled'],
    [() => finitePopulationInterval(1, 4, Number.NaN), 'not-a-count', 'population'],
    [() => finitePopulationInterval(1, 4, 10, { confidenceLevel: 1 }), 'out-of-range', 'confidenceLevel'],
    [() => finitePopulationTest([...pair, [3, 6]], [10, 20]), 'mismatch', '2 × 2'],
    [() => finitePopulationTest(pair, [2, 20]), 'mismatch', '3 sampled from 2'],
    [() => finitePopulationTest(pair, [20, 8]), 'mismatch', '9 sampled from 8'],
    [() => finitePopulationTest(pair, [20.5, 80]), 'not-a-count', 'population'],
    [() => finitePopulationChiSquaredTest(pair, 11), 'mismatch', '12 sampled from 11'],
    [() => finitePopulationChiSquaredTest(pair, 12.5), 'not-a-count', 'population'],
    [() => finitePopulationChiSquaredTest([[1, 2]], 11), 'too-small', ''],
  ])('%s', (refused, code, message) => {
    expect(refused).toThrow(expect.objectContaining({ code, message: expect.stringContaining(message) as string }) as Error)
  })
})
