import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import {
  exactLikelihoodRatioTest,
  exactLikelihoodRatioTestAsync,
  exactPearsonTest,
  exactPearsonTestAsync,
  type ExactProgress,
  type ExactTableTest,
  fisherFreemanHaltonTest,
  fisherFreemanHaltonTestAsync,
} from '../src/exact/index.ts'
import { chiSquaredTest, createRandom, likelihoodRatioTest, StatsError } from '../src/index.ts'
import { attendant, exactResult, meterOf, relativeWidthOf, verdict } from '../src/exact/exact-table-test.ts'
import { massAbove } from '../src/exact/network/mass-above.ts'
import { meter, runToEnd } from '../src/exact/network/meter.ts'
import { orderedTables, type TableOrdering } from '../src/exact/network/ordered-tables.ts'
import { logFactorial } from '../src/numerics/index.ts'
import { bruteForceP } from './all-tables.ts'
import reference from './freeman-halton-test.reference.json' with { type: 'json' }

const exact = (table: readonly (readonly number[])[]) => fisherFreemanHaltonTest(table) as ExactTableTest

/** P by the network, once from the tables that are less extreme and once from those that are not; the public function lists small tables. */
function networkP(table: readonly (readonly number[])[], ordering: TableOrdering): [number, number] {
  const account = meter(1e9, 1e9)
  const { views, threshold } = orderedTables(table, ordering, account)
  const run = (side: 'statistic' | 'reversed') =>
    runToEnd(
      massAbove(
        views.map((view) => [view.margins, view[side]] as const),
        side === 'statistic' ? threshold : -threshold,
        account,
      ),
      () => undefined,
    )
  return [1 - run('statistic'), run('reversed')]
}

/** Random tables of r, c ≤ 5 and n ≤ 25 without empty rows or columns. */
const smallTable = (largest: number) =>
  fc
    .record({ rows: fc.integer({ min: 2, max: 5 }), columns: fc.integer({ min: 2, max: 5 }), n: fc.integer({ min: 4, max: largest }) })
    .chain(({ rows, columns, n }) =>
      fc.array(fc.tuple(fc.nat(rows - 1), fc.nat(columns - 1)), { minLength: n, maxLength: n }).map((draws) => {
        const table = Array.from({ length: rows }, () => new Array<number>(columns).fill(0))
        for (const [i, j] of draws) (table[i] as number[])[j] = ((table[i] as number[])[j] as number) + 1
        return table
      }),
    )
    .filter(
      (table) =>
        table.every((row) => row.some((x) => x > 0)) && (table[0] as number[]).every((_, j) => table.some((row) => (row[j] as number) > 0)),
    )

describe('reference values', () => {
  // All that R finishes, but for two that take seconds.
  const finished = reference.tables.filter(({ name, p }) => p !== undefined && name !== '5x5_n100' && name !== '8x8_n64_sparse')
  for (const { name, table, p } of finished) {
    test(name, () => {
      const result = exact(table)
      expect(result.status).toBe('exact')
      expect(Math.abs(result.pValue / (p as number) - 1)).toBeLessThan(1e-12)
      expect(result.lower).toBeLessThanOrEqual(p as number)
      expect(result.upper).toBeGreaterThanOrEqual(p as number)
    })
  }

  // Steps do not depend on the machine: a bound that passes over less than it did shows here, and not only as time.
  test.each([
    ['R_MP6_5x7_n39', 1.1e6],
    ['3x8_n100', 3.8e6],
    ['2x20_n200', 1.1e6],
    ['2x10_n191', 2.5e5],
    ['3x5_n191', 1.75e6],
    ['5x5_n60', 3.8e6],
    ['8x8_n40_sparse', 3.2e6],
    ['3x3_n1000', 5.7e6],
  ])('%s takes no more than %f steps', (name, steps) => {
    const { table } = reference.tables.find((entry) => entry.name === name) as { table: number[][] }
    expect(exact(table).work).toBeLessThan(steps)
  })
})

describe('ties', () => {
  // The 2 × 2 pair of the tests of Fisher's test, whose probabilities differ by a relative 1.1e-8, within larger tables.
  test.each([
    [
      '2 × 3',
      [
        [50, 79, 0],
        [159, 202, 1],
      ],
      [
        [60, 69, 0],
        [149, 212, 1],
      ],
    ],
    [
      '3 × 2',
      [
        [50, 159],
        [79, 202],
        [1, 0],
      ],
      [
        [60, 149],
        [69, 212],
        [1, 0],
      ],
    ],
    [
      '3 × 3',
      [
        [50, 79, 0],
        [159, 202, 0],
        [0, 0, 1],
      ],
      [
        [60, 69, 0],
        [149, 212, 0],
        [0, 0, 1],
      ],
    ],
  ])('a pair of %s tables whose probabilities differ by a relative 1.1e-8 is tied', (_, rarer, commoner) => {
    // prettier-ignore
    const difference = exact(commoner).statistic - exact(rarer).statistic
    expect(difference).toBeGreaterThan(5e-9)
    expect(difference).toBeLessThan(2e-8)
    const p = bruteForceP(rarer, 'probability')
    // Without the rule the rarer table's P would lack the commoner one.
    expect(Math.exp(exact(commoner).statistic) / p).toBeGreaterThan(1e-4)
    for (const table of [rarer, commoner]) expect(Math.abs(exact(table).pValue / p - 1)).toBeLessThan(1e-9)
  })
})

describe('properties', () => {
  test.prop([smallTable(14)], { numRuns: 60 })('all tables listed one by one give the same P', (table) => {
    expect(Math.abs(exact(table).pValue / bruteForceP(table, 'probability') - 1)).toBeLessThan(1e-10)
    expect(Math.abs((exactPearsonTest(table) as ExactTableTest).pValue / bruteForceP(table, 'pearson') - 1)).toBeLessThan(1e-10)
    expect(Math.abs((exactLikelihoodRatioTest(table) as ExactTableTest).pValue / bruteForceP(table, 'likelihood-ratio') - 1)).toBeLessThan(
      1e-10,
    )
  })

  test.prop([smallTable(14), fc.constantFrom('probability', 'pearson', 'likelihood-ratio')], { numRuns: 60 })(
    'the network gives the same P from both sides',
    (table, ordering) => {
      const p = bruteForceP(table, ordering)
      const [fromAbove, fromBelow] = networkP(table, ordering)
      expect(Math.abs(fromAbove - p)).toBeLessThan(1e-12)
      expect(Math.abs(fromBelow / p - 1)).toBeLessThan(1e-10)
    },
  )

  test('slices give what one run gives', async () => {
    const { table } = reference.tables.find(({ name }) => name === '3x8_n100') as { table: number[][] }
    let slices = 0
    const sliced = await fisherFreemanHaltonTestAsync(table, { onProgress: () => slices++ })
    expect(sliced).toEqual(exact(table))
    expect(slices).toBeGreaterThan(0)
  })
})

describe('budget', () => {
  test('many columns end within the work allowed', () => {
    // Bounds of nodes look at every cell and were not counted: 2 × 10,000 at a budget of 3e7 went on for minutes.
    const random = createRandom(1)
    const first = Array.from({ length: 10_000 }, () => Math.floor(3 * random.uniform()))
    const second = first.map((count) => Math.floor(3 * random.uniform()) + (count === 0 ? 1 : 0))
    const result = fisherFreemanHaltonTest([first, second], { budget: { work: 3e7 } })
    expect(result.method === 'not-testable' ? null : result.status).toBe('budget-exhausted')
    expect(result.method === 'not-testable' ? null : [result.lower, result.upper, result.pValue]).toEqual([0, 1, 1])
  })
})

describe('options and edges', () => {
  const { table } = reference.tables.find(({ name }) => name === '3x8_n100') as { table: number[][] }

  test('an aborted signal stops the computation with its reason', async () => {
    const reason = new Error('no longer wanted')
    expect(() => fisherFreemanHaltonTest(table, { signal: { aborted: true, reason } })).toThrow(reason)
    expect(() => fisherFreemanHaltonTest(table, { signal: { aborted: true, reason: 'a word' } })).toThrow('the computation was aborted')
    expect(fisherFreemanHaltonTest(table, { signal: { aborted: false } })).toEqual(exact(table))
    // Between slices it is looked at again.
    const long = (reference.tables.find(({ name }) => name === '6x6_n60') as { table: number[][] }).table
    const controller = new AbortController()
    let asked = 0
    const onProgress = () => {
      if (++asked % 2 === 0) controller.abort(reason)
    }
    for (const run of [fisherFreemanHaltonTestAsync, exactPearsonTestAsync, exactLikelihoodRatioTestAsync])
      await expect(run(long, { signal: controller.signal, onProgress })).rejects.toThrow(reason)
  })

  test('progress grows, within the limits', () => {
    const seen: ExactProgress[] = []
    const long = (reference.tables.find(({ name }) => name === '6x6_n60') as { table: number[][] }).table
    const result = fisherFreemanHaltonTest(long, {
      budget: { work: 2e7 },
      relativeWidth: 0.5,
      onProgress: (progress) => seen.push(progress),
    }) as ExactTableTest
    expect(seen.length).toBeGreaterThan(1)
    seen.forEach(({ work, workLimit }, k) => {
      expect(work).toBeGreaterThanOrEqual(seen[k - 1]?.work ?? 0)
      expect(workLimit).toBeGreaterThan(0)
    })
    expect(seen[0]).toEqual({ work: 0, workLimit: 2e7, memoryBytes: 0 })
    expect((seen.at(-1) as ExactProgress).work).toBeLessThanOrEqual(result.work)
    expect((seen.at(-1) as ExactProgress).memoryBytes).toBeGreaterThan(0)
  })

  test('the asynchronous tests of X² and G give what the others give', async () => {
    const cells = [[3, 1, 4, 2], [1, 5, 9, 0], [2, 6, 5, 3]] // prettier-ignore
    expect(await exactPearsonTestAsync(cells)).toEqual(exactPearsonTest(cells))
    expect(await exactLikelihoodRatioTestAsync(cells)).toEqual(exactLikelihoodRatioTest(cells))
  })

  test('hardly any budget: between the probability of the table itself and 1', () => {
    const result = fisherFreemanHaltonTest(table, { budget: { work: 1000 } }) as ExactTableTest
    expect(result).toMatchObject({ status: 'budget-exhausted', pValue: 1, upper: 1 })
    expect(result.lower / Math.exp(result.statistic)).toBeCloseTo(1, 8)
    expect(result.work).toBeLessThanOrEqual(1000)
    const { memoryBytes, status, upper } = fisherFreemanHaltonTest(table, { budget: { memoryBytes: 100_000 } }) as ExactTableTest
    expect(status).not.toBe('exact')
    expect(upper).toBeLessThanOrEqual(1)
    expect(memoryBytes).toBeLessThanOrEqual(100_000)
  })

  test('a budget for a bracket, not for the exact P value', () => {
    const p = 0.0729182541980997
    const result = fisherFreemanHaltonTest(table, { budget: { work: 9e6 }, relativeWidth: 0.3 }) as ExactTableTest
    expect(result.status).toBe('bracketed')
    expect(result.lower).toBeLessThan(p)
    expect(result.upper).toBeGreaterThan(p)
    expect((result.upper - result.lower) / result.lower).toBeLessThanOrEqual(0.3)
    // The upper end, so that a test at any level keeps its level.
    expect(result.pValue).toBe(result.upper)
  })

  test('what a bracket says: exact up to a relative 1e-9, bracketed up to the width asked for, else exhausted', () => {
    expect(verdict({ lower: 0.5, upper: 0.5 }, 0)).toEqual(['exact', 0.5])
    expect(verdict({ lower: 0, upper: 0 }, 0)).toEqual(['exact', 0])
    expect(verdict({ lower: 1, upper: 1 + 9e-10 }, 0)).toEqual(['exact', 1 + 4.5e-10])
    expect(verdict({ best: 1 + 2e-10, lower: 1, upper: 1 + 9e-10 }, 0.1)).toEqual(['exact', 1 + 2e-10])
    expect(verdict({ best: 0.55, lower: 0.5, upper: 0.6 }, 0.2)).toEqual(['bracketed', 0.6])
    expect(verdict({ lower: 0.5, upper: 0.75 }, 0.5)).toEqual(['bracketed', 0.75])
    expect(verdict({ lower: 0.5, upper: 0.7501 }, 0.5)).toEqual(['budget-exhausted', 0.7501])
    expect(verdict({ lower: 0, upper: 0.1 }, 1e9)).toEqual(['budget-exhausted', 0.1])
    expect(verdict({ lower: 1, upper: 1 + 2e-9 }, 1e-3)).toEqual(['bracketed', 1 + 2e-9])
    expect(verdict({ lower: 1, upper: 1 + 2e-9 }, 0)).toEqual(['budget-exhausted', 1 + 2e-9])
  })

  test('defaults: a width of a thousandth, 3e9 steps, a gibibyte', () => {
    expect(relativeWidthOf({})).toBe(1e-3)
    expect(relativeWidthOf({ relativeWidth: 0 })).toBe(0)
    expect(relativeWidthOf({ relativeWidth: Infinity })).toBe(Infinity)
    expect(meterOf({})).toMatchObject({ workLimit: 3e9, memoryLimit: 2 ** 30, work: 0, memory: 0, peakMemory: 0 })
    expect(meterOf({ budget: { work: 7 } })).toMatchObject({ workLimit: 7, memoryLimit: 2 ** 30 })
    expect(meterOf({ budget: { memoryBytes: 9 } })).toMatchObject({ workLimit: 3e9, memoryLimit: 9 })
  })

  test('a result tells no more work and memory than was allowed', () => {
    const account = meter(100, 50)
    Object.assign(account, { work: 120, peakMemory: 40 })
    expect(exactResult('a-test', 3, account, 'bracketed', 0.2, 0.1, 0.2)).toEqual({
      method: 'a-test', status: 'bracketed', statistic: 3, degreesOfFreedom: null, pValue: 0.2, lower: 0.1, upper: 0.2, work: 100, memoryBytes: 40,
    }) // prettier-ignore
    Object.assign(account, { work: 80, peakMemory: 70 })
    expect(exactResult('a-test', 3, account, 'exact', 0.2, 0.2, 0.2)).toMatchObject({ work: 80, memoryBytes: 50 })
  })

  test('between slices the caller hears of work and memory, or the computation ends', () => {
    const account = meter(100, 50)
    Object.assign(account, { work: 12, memory: 34, peakMemory: 40 })
    const heard: ExactProgress[] = []
    attendant({ onProgress: (progress) => heard.push(progress) }, account)()
    expect(heard).toEqual([{ work: 12, workLimit: 100, memoryBytes: 34 }])
    attendant({}, account)()
    const signal = { aborted: false, reason: new TypeError('enough') }
    const attend = attendant({ signal, onProgress: (progress) => heard.push(progress) }, account)
    attend()
    expect(heard).toHaveLength(2)
    signal.aborted = true
    expect(attend).toThrow(signal.reason)
    expect(attendant({ signal: { aborted: true } }, account)).toThrow(new Error('the computation was aborted'))
    // Who has given up hears nothing more.
    expect(heard).toHaveLength(2)
  })

  test('budgets from hardly any to enough: P lies in every interval, and none is more than was allowed', () => {
    const cells = [[3, 1, 4, 1], [1, 5, 9, 2], [2, 6, 0, 5], [1, 1, 3, 3]] // prettier-ignore
    for (const run of [fisherFreemanHaltonTest, exactPearsonTest, exactLikelihoodRatioTest]) {
      const whole = run(cells) as ExactTableTest
      expect(whole.status).toBe('exact')
      expect(whole.upper / whole.lower - 1).toBeLessThan(1e-9)
      for (let work = 100; work < whole.work; work *= 3) {
        const part = run(cells, { budget: { work }, relativeWidth: 0.5 }) as ExactTableTest
        expect(part.work).toBeLessThanOrEqual(work)
        expect(part.lower).toBeLessThanOrEqual(whole.upper)
        expect(part.upper).toBeGreaterThanOrEqual(whole.lower)
        expect(part.lower / Math.exp((fisherFreemanHaltonTest(cells, { budget: { work: 1 } }) as ExactTableTest).statistic)).toBeGreaterThan(1 - 2e-9)
        const width = (part.upper - part.lower) / part.lower
        expect(part.status).toBe(width <= 1e-9 ? 'exact' : width <= 0.5 ? 'bracketed' : 'budget-exhausted')
        if (part.status !== 'exact') expect(part.pValue).toBe(part.upper)
      }
    }
  }) // prettier-ignore

  test('empty rows and columns change nothing', () => {
    const cells = [[3, 1, 4], [1, 5, 9], [2, 6, 0]] // prettier-ignore
    const padded = [[0, 0, 0, 0], ...cells.map(([x, y, z]) => [x as number, y as number, 0, z as number])]
    for (const run of [fisherFreemanHaltonTest, exactPearsonTest, exactLikelihoodRatioTest]) expect(run(padded)).toEqual(run(cells))
  })

  test('one row with observations: no other table is possible', () => {
    for (const run of [fisherFreemanHaltonTest, exactPearsonTest, exactLikelihoodRatioTest])
      expect(run([[0, 0, 0], [4, 5, 6]])).toMatchObject({ status: 'exact', pValue: 1, lower: 1, upper: 1 }) // prettier-ignore
  })

  test('the statistics are the log probability, X² and G', () => {
    const cells = [[3, 1, 4], [1, 5, 9]] // prettier-ignore
    // 8! 15! 4! 6! 13! / (23! 3! 1! 4! 1! 5! 9!), the rows and columns over everything else.
    const logs = (numbers: readonly number[]) => numbers.reduce((sum, n) => sum + logFactorial(n), 0)
    expect(exact(cells).statistic).toBeCloseTo(logs([8, 15, 4, 6, 13]) - logs([23, 3, 1, 4, 1, 5, 9]), 12)
    const { statistic: pearson } = chiSquaredTest(cells)
    expect((exactPearsonTest(cells) as ExactTableTest).statistic).toBeCloseTo(pearson as number, 12)
    const { statistic: likelihood } = likelihoodRatioTest(cells)
    expect((exactLikelihoodRatioTest(cells) as ExactTableTest).statistic).toBeCloseTo(likelihood as number, 12)
    expect(exact(cells)).toMatchObject({ method: 'fisher-freeman-halton', degreesOfFreedom: null })
    expect(exactPearsonTest(cells).method).toBe('exact-pearson')
    expect(exactLikelihoodRatioTest(cells).method).toBe('exact-likelihood-ratio')
  })

  test('far tails: rows and columns that determine each other', () => {
    for (const size of [3, 10, 30]) {
      const diagonal = [0, 1, 2].map((i) => [0, 1, 2].map((j) => (i === j ? size : 0)))
      // Six such tables, each with a probability of (size!)³ / (3 size)!.
      const expected = Math.log(6) + 3 * logFactorial(size) - logFactorial(3 * size)
      for (const run of size < 20 ? [fisherFreemanHaltonTest, exactPearsonTest, exactLikelihoodRatioTest] : [fisherFreemanHaltonTest]) {
        const result = run(diagonal) as ExactTableTest
        expect(result.status).toBe('exact')
        expect(Math.abs(Math.log(result.pValue) - expected)).toBeLessThan(1e-11)
      }
    }
  })
})

describe('refusals', () => {
  const cells = [[3, 1], [1, 5], [2, 2]] // prettier-ignore
  test.each([
    [{ relativeWidth: -1 }, 'relativeWidth is -1, expected a number from 0 on'],
    [{ relativeWidth: NaN }, 'relativeWidth is NaN'],
    [{ budget: { work: 0 } }, 'budget.work is 0, expected a number above 0'],
    [{ budget: { work: NaN } }, 'budget.work is NaN'],
    [{ budget: { memoryBytes: 0 } }, 'budget.memoryBytes is 0'],
    [{ budget: { memoryBytes: -5 } }, 'budget.memoryBytes is -5, expected a number above 0'],
  ])('%j', (options, message) => {
    for (const run of [fisherFreemanHaltonTest, exactPearsonTest, exactLikelihoodRatioTest])
      expect(() => run(cells, options)).toThrow(
        expect.objectContaining({ code: 'out-of-range', message: expect.stringContaining(message) as string }),
      )
  })
  test('no observations', () => {
    expect(exactPearsonTest([[0, 0], [0, 0]])).toMatchObject({ method: 'not-testable', test: 'exact-pearson', reason: 'no-observations' }) // prettier-ignore
  })
  test('a single row', () => {
    expect(() => fisherFreemanHaltonTest([[1, 2, 3]])).toThrow(StatsError)
    for (const [single, size] of [
      [[[1, 2, 3]], '1 × 3'],
      [[[1], [2]], '2 × 1'],
    ] as const)
      expect(() => exactPearsonTest(single)).toThrow(
        expect.objectContaining({ code: 'too-small', message: `an exact test needs two variables, the table is ${size}` }),
      )
  })
})
