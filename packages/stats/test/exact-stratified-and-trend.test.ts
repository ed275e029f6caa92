import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import type { Alternative } from '../src/confidence-interval.ts'
import {
  exactCochranArmitageTest,
  exactCochranQTest,
  exactJonckheereTerpstraTest,
  exactKruskalWallisTest,
  exactMantelHaenszelTest,
  type ExactMantelHaenszelTest,
  zelenTest,
} from '../src/exact/index.ts'
import { fisherExactTest } from '../src/index.ts'
import { berkeleyAdmissions } from './berkeley-admissions.ts'
import oracle from './oracle.json' with { type: 'json' }

const pOf = (result: { pValue: number | null }) => result.pValue as number
const near = (actual: number | null, expected: number | null, tolerance = 1e-12) => {
  if (expected === null || expected === 0) expect(actual).toBe(expected)
  else expect(Math.abs((actual as number) / expected - 1)).toBeLessThan(tolerance)
}

interface OracleCase {
  id: string
  inputs: { tables: number[][][]; alternative: Alternative; conf: number }
  expected: { p: number; odds_ratio: number; ci: (number | string)[] }
}
describe('reference values', () => {
  const cases = oracle.cases.filter(({ fn }) => fn === 'cmh_exact') as unknown as OracleCase[]
  test.each(cases)('$id', ({ inputs, expected }) => {
    const { tables, alternative, conf } = inputs
    const result = exactMantelHaenszelTest(tables, { alternative, confidenceLevel: conf }) as ExactMantelHaenszelTest
    near(result.pValue, expected.p)
    near(result.oddsRatio, expected.odds_ratio)
    near(result.confidenceInterval.lower, expected.ci[0] as number)
    near(result.confidenceInterval.upper, typeof expected.ci[1] === 'number' ? expected.ci[1] : null)
  })
  test('Berkeley admissions: the P value of R, mantelhaen.test(UCBAdmissions, exact = TRUE)', () => {
    near(pOf(exactMantelHaenszelTest(berkeleyAdmissions)), 0.227762526798206, 1e-13)
  })
})

// Everything below is checked against plain enumeration.
const choose = (n: number, k: number): number => (k < 0 || k > n ? 0 : k === 0 ? 1 : (choose(n - 1, k - 1) * n) / k)
type Cells = [number, number, number, number]
function stratumTables([a, b, c, d]: Cells): { x: number; weight: number }[] {
  const tables = []
  for (let x = Math.max(0, a - d); x <= Math.min(a + b, a + c); x++) tables.push({ x, weight: choose(a + b, x) * choose(c + d, a + c - x) })
  return tables
}
/** All combinations of one table a stratum. */
function combinations(strata: Cells[]): { xs: number[]; weight: number }[] {
  return strata.reduce<{ xs: number[]; weight: number }[]>(
    (all, stratum) => all.flatMap(({ xs, weight }) => stratumTables(stratum).map((t) => ({ xs: [...xs, t.x], weight: weight * t.weight }))),
    [{ xs: [], weight: 1 }],
  )
}
/** All r × c tables with the margins given, and the number of ways to make them. */
function allTables(rows: number[], columns: number[]): { table: number[][]; weight: number }[] {
  const [size, ...others] = rows as [number, ...number[]]
  if (others.length === 0) return [{ table: [columns], weight: 1 }]
  const fill = (j: number, open: number): number[][] =>
    j === columns.length - 1
      ? open <= (columns[j] as number)
        ? [[open]]
        : []
      : Array.from({ length: Math.min(open, columns[j] as number) + 1 }, (_, x) => fill(j + 1, open - x).map((rest) => [x, ...rest])).flat()
  return fill(0, size).flatMap((row) => {
    const ways = row.reduce((product, x, j) => product * choose(columns[j] as number, x), 1)
    return allTables(
      others,
      columns.map((count, j) => count - (row[j] as number)),
    ).map(({ table, weight }) => ({ table: [row, ...table], weight: weight * ways }))
  })
}
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
const share = <T extends { weight: number }>(all: T[], counts: (one: T) => boolean) =>
  sum(all.filter(counts).map(({ weight }) => weight)) / sum(all.map(({ weight }) => weight))
const sides = (value: number, observed: number, mean: number, alternative: Alternative) => {
  const [d, own] = [value - mean, observed - mean]
  const fuzz = 1e-9
  return alternative === 'greater' ? d >= own - fuzz : alternative === 'less' ? d <= own + fuzz : Math.abs(d) >= Math.abs(own) - fuzz
}

const cell = fc.nat(5)
const informative = fc.tuple(cell, cell, cell, cell).filter(([a, b, c, d]) => a + b > 0 && c + d > 0 && a + c > 0 && b + d > 0)
const strataOfFew = fc.array(informative, { minLength: 2, maxLength: 3 })
const asTables = (strata: Cells[]) =>
  strata.map(([a, b, c, d]) => [
    [a, b],
    [c, d],
  ])
const matrix = fc
  .tuple(fc.integer({ min: 2, max: 3 }), fc.integer({ min: 2, max: 3 }))
  .chain(([r, c]) => fc.array(fc.array(fc.nat(3), { minLength: c, maxLength: c }), { minLength: r, maxLength: r }))
const columnsOf = (table: number[][]) => (table[0] as number[]).map((_, j) => sum(table.map((row) => row[j] as number)))

describe('properties', () => {
  test.prop([strataOfFew], { numRuns: 60 })('Mantel–Haenszel agrees with enumeration', (strata) => {
    const all = combinations(strata)
    const observed = sum(strata.map(([a]) => a))
    const bySum = new Map<number, number>()
    for (const { xs, weight } of all) bySum.set(sum(xs), (bySum.get(sum(xs)) ?? 0) + weight)
    const own = bySum.get(observed) as number
    const tables = asTables(strata)
    near(
      pOf(exactMantelHaenszelTest(tables)),
      share(all, ({ xs }) => (bySum.get(sum(xs)) as number) <= own * (1 + 1e-7)),
    )
    near(
      pOf(exactMantelHaenszelTest(tables, { alternative: 'less' })),
      share(all, ({ xs }) => sum(xs) <= observed),
    )
    const greater = share(all, ({ xs }) => sum(xs) >= observed)
    near(pOf(exactMantelHaenszelTest(tables, { alternative: 'greater' })), greater)
    near(
      pOf(exactMantelHaenszelTest(tables, { alternative: 'greater', midP: 'half-observed' })),
      greater - own / 2 / sum([...bySum.values()]),
      1e-11,
    )
  })
  test.prop([strataOfFew], { numRuns: 60 })('limits of the common odds ratio reach their level, the estimate its mean', (strata) => {
    const all = combinations(strata)
    const observed = sum(strata.map(([a]) => a))
    const result = exactMantelHaenszelTest(asTables(strata), { confidenceLevel: 0.9 }) as ExactMantelHaenszelTest
    const under = (psi: number) => all.map(({ xs, weight }) => ({ s: sum(xs), weight: weight * psi ** (sum(xs) - observed) }))
    const { lower, upper } = result.confidenceInterval
    if (lower > 0)
      near(
        share(under(lower), ({ s }) => s >= observed),
        0.05,
        1e-11,
      )
    if (upper !== null)
      near(
        share(under(upper), ({ s }) => s <= observed),
        0.05,
        1e-11,
      )
    if (result.oddsRatio !== null && result.oddsRatio > 0) {
      const tilted = under(result.oddsRatio)
      const mean = sum(tilted.map(({ s, weight }) => s * weight)) / sum(tilted.map(({ weight }) => weight))
      expect(mean).toBeCloseTo(observed, 10)
    }
  })
  test.prop([fc.tuple(fc.nat(900), fc.nat(900), fc.nat(900), fc.nat(900))], { numRuns: 40 })(
    'one stratum is Fisher’s test',
    ([a, b, c, d]) => {
      fc.pre(a + b > 0 && c + d > 0 && a + c > 0 && b + d > 0)
      const table = [
        [a, b],
        [c, d],
      ]
      const fisher = fisherExactTest(table)
      const result = exactMantelHaenszelTest([table]) as ExactMantelHaenszelTest
      expect(Math.abs(result.logPValue - fisher.logPValue)).toBeLessThan(1e-11 * Math.max(1, -fisher.logPValue))
      near(result.oddsRatio, fisher.oddsRatio)
      near(result.confidenceInterval.lower, fisher.confidenceInterval?.lower as number)
      near(result.confidenceInterval.upper, fisher.confidenceInterval?.upper as number | null)
    },
  )
  test.prop([strataOfFew], { numRuns: 60 })('Zelen agrees with enumeration', (strata) => {
    const observed = sum(strata.map(([a]) => a))
    const own = strata.reduce((product, [a, b, c, d]) => product * choose(a + b, a) * choose(c + d, c), 1)
    const all = combinations(strata).filter(({ xs }) => sum(xs) === observed)
    near(
      pOf(zelenTest(asTables(strata))),
      share(all, ({ weight }) => weight <= own * (1 + 1e-7)),
    )
  })
  test.prop(
    [
      fc
        .integer({ min: 2, max: 4 })
        .chain((k) => fc.array(fc.array(fc.integer({ min: 0, max: 1 }), { minLength: k, maxLength: k }), { minLength: 1, maxLength: 6 })),
    ],
    {
      numRuns: 60,
    },
  )('Cochran’s Q agrees with enumeration', (answers) => {
    const result = exactCochranQTest(answers)
    if (result.method === 'not-testable') return
    const k = (answers[0] as number[]).length
    const statistic = (successes: number[]) => sum(successes.map((g) => g * g))
    const patterns = (size: number) =>
      Array.from({ length: 2 ** k }, (_, bits) => Array.from({ length: k }, (__, j) => (bits >> j) & 1)).filter((p) => sum(p) === size)
    let all = [{ successes: new Array<number>(k).fill(0), weight: 1 }]
    for (const row of answers) {
      all = all.flatMap(({ successes }) =>
        patterns(sum(row)).map((p) => ({ successes: successes.map((g, j) => g + (p[j] as number)), weight: 1 })),
      )
    }
    const observed = statistic(columnsOf(answers))
    near(
      pOf(result),
      share(all, ({ successes }) => statistic(successes) >= observed),
    )
  })
  test.prop(
    [
      fc.array(fc.tuple(fc.nat(4), fc.nat(4)), { minLength: 2, maxLength: 4 }),
      fc.constantFrom<Alternative>('two-sided', 'less', 'greater'),
      fc.boolean(),
    ],
    {
      numRuns: 80,
    },
  )('Cochran–Armitage agrees with enumeration, for whole scores and for others', (table, alternative, whole) => {
    const scores = whole ? table.map((_, i) => i * i) : table.map((_, i) => Math.sqrt(i))
    const result = exactCochranArmitageTest(table, { scores, alternative })
    if (result.method === 'not-testable') return
    const rows = table.map(sum)
    const statistic = (t: number[][]) => sum(t.map((row, i) => (scores[i] as number) * (row[0] as number)))
    const all = allTables(rows, columnsOf(table))
    near(
      pOf(result),
      share(all, (one) => sides(statistic(one.table), statistic(table), result.expected, alternative)),
    )
  })
  test.prop([matrix], { numRuns: 60 })('Kruskal–Wallis agrees with enumeration', (table) => {
    const result = exactKruskalWallisTest(table)
    if (result.method === 'not-testable') return
    const [rows, columns] = [table.map(sum), columnsOf(table)]
    const ranks = columns.map((count, j) => sum(columns.slice(0, j)) + (count + 1) / 2)
    const statistic = (t: number[][]) =>
      sum(t.map((row, i) => (rows[i] === 0 ? 0 : sum(row.map((x, j) => x * (ranks[j] as number))) ** 2 / (rows[i] as number))))
    const all = allTables(rows, columns)
    near(
      pOf(result),
      share(all, (one) => statistic(one.table) >= statistic(table) - 1e-9),
    )
  })
  test.prop([matrix, fc.constantFrom<Alternative>('two-sided', 'less', 'greater')], { numRuns: 60 })(
    'Jonckheere–Terpstra agrees with enumeration',
    (table, alternative) => {
      const result = exactJonckheereTerpstraTest(table, { alternative })
      if (result.method === 'not-testable') return
      const statistic = (t: number[][]) => {
        let pairs = 0
        for (let i = 0; i < t.length; i++)
          for (let k = i + 1; k < t.length; k++)
            for (const [j, x] of (t[i] as number[]).entries())
              for (const [l, y] of (t[k] as number[]).entries()) pairs += x * y * (l > j ? 1 : l === j ? 0.5 : 0)
        return pairs
      }
      expect(result.statistic).toBe(statistic(table))
      const all = allTables(table.map(sum), columnsOf(table))
      near(
        pOf(result),
        share(all, (one) => sides(statistic(one.table), statistic(table), result.expected, alternative)),
      )
    },
  )
  test.prop([strataOfFew, matrix], { numRuns: 30 })('survive JSON', (strata, table) => {
    for (const result of [
      exactMantelHaenszelTest(asTables(strata)),
      zelenTest(asTables(strata)),
      exactKruskalWallisTest(table),
      exactJonckheereTerpstraTest(table),
    ]) {
      expect(JSON.parse(JSON.stringify(result))).toStrictEqual(result)
    }
  })
})

describe('edges', () => {
  test('scores a tenth apart are as good as whole ones', () => {
    const table = [
      [4, 9],
      [6, 5],
      [3, 8],
      [9, 2],
    ]
    near(
      pOf(exactCochranArmitageTest(table, { scores: [0.1, 0.2, 0.3, 0.7] })),
      pOf(exactCochranArmitageTest(table, { scores: [1, 2, 3, 7] })),
    )
  })
  test('far tails: one stratum of 4,000 and its logarithm', () => {
    const table = [
      [2000, 100],
      [150, 1800],
    ]
    for (const alternative of ['two-sided', 'greater', 'less'] as const) {
      const [one, other] = [exactMantelHaenszelTest([table], { alternative }), fisherExactTest(table, { alternative })]
      expect(Math.abs((one as ExactMantelHaenszelTest).logPValue - other.logPValue)).toBeLessThan(1e-11 * Math.max(1, -other.logPValue))
    }
  })
  test('fractional midranks as scores, and groups of a survey’s size', () => {
    const table = [
      [30, 20],
      [25, 25],
      [20, 31],
      [12, 28],
    ]
    expect(pOf(exactCochranArmitageTest(table, { scores: 'midrank' }))).toBeGreaterThan(0.001)
    expect(pOf(exactCochranArmitageTest(table, { scores: 'midrank' }))).toBeLessThan(0.01)
  })
})

describe('refusals', () => {
  test('strata too large for their sum, at once and with the budget', () => {
    const stratum = [
      [2.5e11, 2.5e11],
      [2.5e11, 2.5e11 + 9],
    ]
    const error = expect.objectContaining({ code: 'too-large', message: expect.stringMatching(/products, more than the 3e\+9 allowed/) })
    expect(() => exactMantelHaenszelTest([stratum, stratum])).toThrow(error)
    const larger = stratum.map((row) => row.map((count) => 100 * count))
    expect(() => exactMantelHaenszelTest([larger])).toThrow(/weights, more than the 8e\+6 allowed/)
  })
  test('no information', () => {
    expect(
      exactMantelHaenszelTest([
        [
          [0, 0],
          [1, 2],
        ],
      ]),
    ).toMatchObject({ method: 'not-testable', reason: 'no-informative-strata' })
    expect(
      zelenTest([
        [
          [1, 2],
          [3, 4],
        ],
      ]),
    ).toMatchObject({ reason: 'no-informative-strata' })
    expect(
      exactCochranQTest([
        [1, 1],
        [0, 0],
      ]),
    ).toMatchObject({ test: 'cochran-q-exact', reason: 'no-variation' })
    expect(
      exactCochranArmitageTest([
        [0, 3],
        [0, 4],
      ]),
    ).toMatchObject({ test: 'cochran-armitage-exact', reason: 'no-variation' })
    expect(
      exactKruskalWallisTest([
        [3, 4],
        [0, 0],
      ]),
    ).toMatchObject({ reason: 'no-variation' })
    expect(
      exactJonckheereTerpstraTest([
        [0, 0],
        [0, 0],
      ]),
    ).toMatchObject({ reason: 'no-observations' })
  })
  test.each([
    [
      'mismatch',
      () =>
        exactMantelHaenszelTest([
          [
            [1, 2, 3],
            [3, 4, 5],
          ],
        ]),
    ],
    [
      'out-of-range',
      () =>
        exactMantelHaenszelTest(
          [
            [
              [1, 2],
              [3, 4],
            ],
          ],
          { confidenceLevel: 0 },
        ),
    ],
    [
      'too-large',
      () =>
        exactMantelHaenszelTest(
          new Array(6).fill([
            [1e9, 1e9],
            [1e9, 1e9],
          ]) as number[][][],
        ),
    ],
    [
      'too-large',
      () =>
        exactKruskalWallisTest([
          [90, 80, 70, 60],
          [50, 60, 70, 80],
          [30, 20, 40, 50],
          [9, 8, 7, 6],
        ]),
    ],
    [
      'too-large',
      () =>
        exactCochranArmitageTest([
          [9000, 8000],
          [8000, 9000],
          [9500, 8500],
        ]),
    ],
    ['too-large', () => exactCochranQTest(Array.from({ length: 400 }, (_, i) => [i % 2, 1, 0, (i >> 1) % 2, (i >> 2) % 2, 1, 0, 1]))],
  ])('%s', (code, call) => {
    expect(call).toThrow(expect.objectContaining({ name: 'StatsError', code }))
  })
})
