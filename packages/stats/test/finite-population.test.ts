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

describe('properties', () => {
  test.prop([samples])(
    'the exact interval covers every count with at least its level',
    ([, n, population]) => {
      const level = 0.9
      for (let count = 0; count <= population; count++) {
        let covered = 0
        for (let x = Math.max(0, n - (population - count)); x <= Math.min(n, count); x++) {
          const { counts } = finitePopulationInterval(x, n, population, { confidenceLevel: level })
          if (counts.lower <= count && count <= counts.upper) covered += hypergeometricProbability(x, count, population - count, n)
        }
        expect(covered).toBeGreaterThan(level - 1e-12)
      }
    },
    20000,
  )
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
    ).toMatchObject({ reason: 'no-variation' })
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
  test.each([
    [() => finitePopulationInterval(5, 4, 10), 'mismatch'],
    [() => finitePopulationInterval(2, 4, 3), 'mismatch'],
    [() => finitePopulationInterval(0, 0, 0), 'too-small'],
    [
      () =>
        finitePopulationTest(
          [
            [1, 2, 3],
            [4, 5, 6],
          ],
          [10, 20],
        ),
      'mismatch',
    ],
    [
      () =>
        finitePopulationTest(
          [
            [1, 2],
            [4, 5],
          ],
          [2, 20],
        ),
      'mismatch',
    ],
    [
      () =>
        finitePopulationChiSquaredTest(
          [
            [1, 2],
            [4, 5],
          ],
          11,
        ),
      'mismatch',
    ],
    [() => finitePopulationChiSquaredTest([[1, 2]], 11), 'too-small'],
  ])('%s', (refused, code) => {
    expect(refused).toThrow(expect.objectContaining({ code }) as Error)
  })
})
