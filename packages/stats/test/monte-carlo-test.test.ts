import { fc, test as property } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { createTableSampler, tableProbability } from '../src/independence/random-table.ts'
import { exactPearsonTest, fisherFreemanHaltonTest } from '../src/exact/index.ts'
import {
  chiSquaredTest,
  clopperPearsonInterval,
  createRandom,
  exactMultinomialTest,
  goodnessOfFitTest,
  likelihoodRatioTest,
  margins,
  type MonteCarloTest,
  monteCarloTest,
  tablesThatFit,
} from '../src/index.ts'
import reference from './independence.reference.json' with { type: 'json' }
import { expectClose } from './relative-error.ts'

const job = [
  [1, 2, 1, 0],
  [3, 3, 6, 1],
  [10, 10, 14, 9],
  [6, 7, 12, 11],
]

describe('random tables', () => {
  test('come with their probabilities', () => {
    const rows = [3, 2, 2]
    const columns = [4, 3]
    const draw = createTableSampler(rows, columns, createRandom(42))
    const cells = new Float64Array(6)
    const seen = new Map<string, number>()
    const draws = 40_000
    for (let k = 0; k < draws; k++) {
      draw(cells)
      const key = Array.from(cells).join(' ')
      seen.set(key, (seen.get(key) ?? 0) + 1)
    }
    // Every table of these margins, each as often as its probability says.
    const tables = [...seen.keys()].map((key) => key.split(' ').map(Number))
    const probabilities = tables.map(([a = 0, b = 0, c = 0, d = 0, e = 0, f = 0]) =>
      tableProbability(
        [
          [a, b],
          [c, d],
          [e, f],
        ],
        rows,
        columns,
      ),
    )
    expect(probabilities.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12)
    const fit = goodnessOfFitTest([...seen.values()], { ratios: probabilities })
    expect(fit.pValue).toBeGreaterThan(1e-4)
  })
  property.prop([fc.array(fc.array(fc.nat(30), { minLength: 3, maxLength: 3 }), { minLength: 2, maxLength: 4 }), fc.integer()])(
    'have the margins asked for',
    (counts, seed) => {
      const { rows, columns } = margins(counts)
      const cells = new Float64Array(rows.length * 3)
      createTableSampler(rows, columns, createRandom(seed))(cells)
      const drawn = rows.map((_, i) => Array.from(cells.subarray(3 * i, 3 * i + 3)))
      expect(margins(drawn)).toEqual(margins(counts))
    },
  )
  test('beyond the table of logarithms', () => {
    const cells = new Float64Array(4)
    const draw = createTableSampler([3_000_000, 2_000_000], [1_000_000, 4_000_000], createRandom(1))
    let sum = 0
    let squares = 0
    for (let k = 0; k < 200; k++) {
      draw(cells)
      const distance = (cells[0] as number) - 600_000
      sum += distance
      squares += distance * distance
    }
    // Mean 600,000, standard deviation of one draw about 438; the sum of squares over the variance is chi-squared on 200 degrees.
    expect(Math.abs(sum / 200)).toBeLessThan((5 * 438) / Math.sqrt(200))
    expect(squares / 192_000).toBeGreaterThan(120)
    expect(squares / 192_000).toBeLessThan(300)
  })
})

describe('Monte Carlo', () => {
  test.each([
    ['pearson', exactPearsonTest(job).pValue],
    ['probability', fisherFreemanHaltonTest(job).pValue],
  ] as const)('%s: the interval holds the exact P value', (statistic, exact) => {
    const result = monteCarloTest(job, { statistic, replicates: 20_000, confidenceLevel: 0.999 }) as MonteCarloTest
    expect(result.pValueInterval.lower).toBeLessThan(exact as number)
    expect(result.pValueInterval.upper).toBeGreaterThan(exact as number)
    expect(result.pValue).toBe((result.hits + 1) / 20_001)
  })
  test('the statistic is that of the table', () => {
    expectClose(monteCarloTest(job, { replicates: 1 }).statistic, chiSquaredTest(job).statistic as number, 1e-14)
    expectClose(
      monteCarloTest(job, { replicates: 1, statistic: 'log-likelihood' }).statistic,
      likelihoodRatioTest(job).statistic as number,
      1e-14,
    )
    expectClose(
      monteCarloTest(
        [
          [3, 1],
          [1, 3],
        ],
        { replicates: 1, statistic: 'probability' },
      ).statistic,
      16 / 70,
      1e-14,
    )
  })
  test('the same seed gives the same result, another seed another', () => {
    expect(monteCarloTest(job, { seed: 5 })).toEqual(monteCarloTest(job, { seed: 5 }))
    expect(monteCarloTest(job, { seed: 6 })).not.toEqual(monteCarloTest(job, { seed: 5 }))
  })
  test('stops at the hits asked for, with the interval of that design', () => {
    const result = monteCarloTest(job, { stopAfter: 20 }) as MonteCarloTest
    expect(result).toMatchObject({ hits: 20, stoppedEarly: true, pValue: 20 / result.replicates })
    expect(result.replicates).toBeLessThan(60)
    expect(result.pValueInterval.lower).toBeLessThan(result.pValue)
    expect(result.pValueInterval.upper).toBeGreaterThan(result.pValue)
    const never = monteCarloTest(
      [
        [40, 1],
        [1, 40],
      ],
      { stopAfter: 20, replicates: 500 },
    ) as MonteCarloTest
    expect(never).toMatchObject({ hits: 0, stoppedEarly: false, pValue: 1 / 501, pValueInterval: { lower: 0 } })
    // 1 − (α / 2)^(1 / B), the upper Clopper–Pearson limit of no hits.
    expectClose(never.pValueInterval.upper, 1 - 0.025 ** (1 / 500), 1e-12)
  })
  test('intervals hold the exact P value as often as they should', () => {
    const exact = exactPearsonTest([
      [3, 1, 2],
      [1, 4, 1],
    ]).pValue as number
    let missed = 0
    for (let seed = 1; seed <= 200; seed++) {
      const options = { seed, replicates: 400, statistic: 'pearson', confidenceLevel: 0.9, stopAfter: seed % 2 === 0 ? 15 : null } as const
      const { lower, upper } = (
        monteCarloTest(
          [
            [3, 1, 2],
            [1, 4, 1],
          ],
          options,
        ) as MonteCarloTest
      ).pValueInterval
      if (exact < lower || exact > (upper as number)) missed++
    }
    // At most a tenth may miss; 36 of 200 would have P < 0.001.
    expect(missed).toBeLessThan(36)
  })
  test.each(['pearson', 'log-likelihood', 'probability'] as const)('by %s: as often as tables at least as extreme occur', (statistic) => {
    const counts = [
      [5, 1, 2],
      [1, 4, 3],
      [0, 2, 4],
    ]
    const { rows, columns } = margins(counts)
    const unknown = rows.map(() => columns.map(() => null))
    // Extreme is a large statistic, or a small probability.
    const rank = (table: number[][]): number =>
      statistic === 'probability'
        ? -Math.log(tableProbability(table, rows, columns))
        : ((statistic === 'pearson' ? chiSquaredTest(table) : likelihoodRatioTest(table)).statistic as number)
    const observed = rank(counts)
    let exact = 0
    for (const table of tablesThatFit({ cells: unknown, rows, columns }))
      if (rank(table) >= observed - 1e-7) exact += tableProbability(table, rows, columns)
    const { pValueInterval, hits, replicates } = monteCarloTest(counts, { statistic, confidenceLevel: 0.9999 }) as MonteCarloTest
    expect(pValueInterval.lower).toBeLessThan(exact)
    expect(pValueInterval.upper).toBeGreaterThan(exact)
    // The exact interval of a proportion.
    const { lower, upper } = clopperPearsonInterval(hits, replicates, { confidenceLevel: 0.9999 })
    expectClose(pValueInterval.lower, lower, 1e-12)
    expectClose(pValueInterval.upper, upper, 1e-12)
  })
  test('a result names what was done', () => {
    expect(monteCarloTest(job, { replicates: 50 })).toMatchObject({
      method: 'monte-carlo',
      ranking: 'pearson',
      replicates: 50,
      seed: 1,
      stoppedEarly: false,
      pValueInterval: { level: 0.95 },
    })
    const { hits, pValue } = monteCarloTest(job, { replicates: 50 }) as { hits: number; pValue: number }
    expect(pValue).toBe((1 + hits) / 51)
    expect(monteCarloTest(job, { statistic: 'log-likelihood', seed: 5, replicates: 9, confidenceLevel: 0.9 })).toMatchObject({
      ranking: 'log-likelihood',
      seed: 5,
      statistic: likelihoodRatioTest(job).statistic,
      pValueInterval: { level: 0.9 },
    })
  })
  test('refusals name the option', () => {
    const refused = (options: Parameters<typeof monteCarloTest>[1], message: string) =>
      expect(() => monteCarloTest(job, options)).toThrow(message)
    refused({ replicates: 0 }, 'replicates is 0')
    refused({ stopAfter: 0.5 }, 'stopAfter is 0.5')
    refused({ seed: 0.5 }, 'seed is 0.5')
    refused({ confidenceLevel: 1 }, 'confidenceLevel is 1')
    refused({ statistic: 'deviance' as 'pearson' }, 'statistic is deviance, expected pearson or log-likelihood or probability')
  })
  test.each([
    ['out-of-range', { replicates: 0 }],
    ['out-of-range', { stopAfter: 0.5 }],
    ['out-of-range', { seed: 0.5 }],
    ['out-of-range', { confidenceLevel: 1 }],
    ['out-of-range', { statistic: 'deviance' as 'pearson' }],
  ])('%s: %j', (code, options) => {
    expect(() => monteCarloTest(job, options)).toThrow(expect.objectContaining({ name: 'StatsError', code }))
  })
  test('a table with an empty row is not tested, one too large is refused', () => {
    expect(
      monteCarloTest([
        [0, 0],
        [1, 2],
      ]),
    ).toMatchObject({ method: 'not-testable', reason: 'zero-margin' })
    expect(() =>
      monteCarloTest([
        [1e13, 1],
        [1, 1],
      ]),
    ).toThrow(expect.objectContaining({ code: 'too-large' }))
  })
})

describe('exact multinomial', () => {
  test.each(reference.multinomials)(
    '$observed, by enumeration in rationals',
    ({ observed, ratios, probabilityOfObserved, ...expected }) => {
      for (const ordering of ['probability', 'pearson', 'log-likelihood'] as const) {
        expectClose(exactMultinomialTest(observed, { ratios, ordering }).pValue, expected[ordering], 1e-12)
      }
      expectClose(exactMultinomialTest(observed, { ratios }).statistic, probabilityOfObserved, 1e-13)
    },
  )
  test('a result names the ordering, with its statistic and the expected counts', () => {
    const observed = [3, 9, 4]
    const ratios = [1, 2, 1]
    expect(exactMultinomialTest(observed, { ratios })).toMatchObject({
      method: 'exact-multinomial',
      ordering: 'probability',
      expected: [4, 8, 4],
    })
    for (const [ordering, lambda] of [
      ['pearson', 1],
      ['log-likelihood', 0],
    ] as const) {
      const { statistic, ordering: named } = exactMultinomialTest(observed, { ratios, ordering }) as { statistic: number; ordering: string }
      expect(named).toBe(ordering)
      expectClose(statistic, goodnessOfFitTest(observed, { ratios, lambda }).statistic as number, 1e-12)
    }
    expect(exactMultinomialTest([0, 0])).toMatchObject({
      method: 'not-testable',
      test: 'exact-multinomial',
      reason: 'no-observations',
      message: 'there are no observations',
    })
    // What is observed is the likeliest there is.
    expect(exactMultinomialTest([4, 8, 4], { ratios }).pValue).toBe(1)
  })
  test('nears the chi-squared test in large samples', () => {
    const observed = [420, 380, 410, 390]
    const exact = exactMultinomialTest(observed, { ordering: 'pearson' }).pValue as number
    expect(Math.abs(exact - (goodnessOfFitTest(observed).pValue as number))).toBeLessThan(0.002)
  })
  property.prop([fc.array(fc.nat(9), { minLength: 2, maxLength: 4 })])('the order of categories does not matter', (observed) => {
    const forward = exactMultinomialTest(observed, { ratios: observed.map((_, i) => i + 1) })
    const backward = exactMultinomialTest([...observed].reverse(), { ratios: observed.map((_, i) => i + 1).reverse() })
    if (forward.pValue === null) expect(backward.pValue).toBeNull()
    else expectClose(backward.pValue, forward.pValue, 1e-12)
  })
  test('refusals', () => {
    expect(() => exactMultinomialTest([500, 600, 700, 800, 900], { maximumWork: 20_000 })).toThrow(
      expect.objectContaining({ code: 'too-large' }),
    )
    expect(() => exactMultinomialTest([5000, 600], { maximumWork: 1000 })).toThrow(expect.objectContaining({ code: 'too-large' }))
    expect(() => exactMultinomialTest([1, 2], { ordering: 'p' as 'pearson' })).toThrow(expect.objectContaining({ code: 'out-of-range' }))
  })
})
