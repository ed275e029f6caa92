import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import type { Alternative } from '../src/confidence-interval.ts'
import {
  exactCochranArmitageTest,
  type ExactCochranArmitageTest,
  exactCochranQTest,
  exactJonckheereTerpstraTest,
  exactKruskalWallisTest,
  type ExactKruskalWallisTest,
  exactMantelHaenszelTest,
  type ExactMantelHaenszelTest,
  type ExactMantelHaenszelTestOptions,
  zelenTest,
  type ZelenTest,
} from '../src/exact/index.ts'
import { fisherExactTest } from '../src/index.ts'
import { twoByTwo } from '../src/effects/two-by-two.ts'
import { sumDistribution } from '../src/exact/sum-distribution.ts'
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

// Whole numbers again, for strata too large to list: the convolution of the hypergeometrics, and the products by their value.
function binomial(n: number, k: number): bigint {
  let value = 1n
  for (let i = 1n; i <= BigInt(k); i++) value = (value * (BigInt(n) - i + 1n)) / i
  return value
}
function weightsOf([a, b, c, d]: Cells): [number, bigint][] {
  const lowest = Math.max(0, a - d)
  return Array.from({ length: Math.min(a + b, a + c) - lowest + 1 }, (_, k) => [
    lowest + k,
    binomial(a + b, lowest + k) * binomial(c + d, a + c - lowest - k),
  ])
}
/** log of a fraction of whole numbers. */
function logOf(part: bigint, total: bigint): number {
  const excess = Math.max(0, total.toString().length - part.toString().length)
  return Math.log(Number((part * 10n ** BigInt(excess + 20)) / total)) - (excess + 20) * Math.LN10
}
const wideStrata: Cells[][] = [
  [[30, 5, 8, 40], [25, 3, 9, 31]],
  [[3, 35, 44, 6], [2, 30, 29, 1], [9, 9, 9, 9]],
  [[90, 2, 1, 95], [80, 4, 3, 70]],
  [[1, 90, 85, 2], [3, 60, 66, 1], [0, 40, 30, 5]],
  [[20, 22, 19, 25], [31, 30, 28, 33]],
] // prettier-ignore

describe('strata too large to list', () => {
  test.each(wideStrata)('Mantel–Haenszel in whole numbers, right into the tails', (...strata) => {
    let sums = new Map<number, bigint>([[0, 1n]])
    for (const stratum of strata) {
      const next = new Map<number, bigint>()
      for (const [before, weight] of sums)
        for (const [x, ways] of weightsOf(stratum)) next.set(before + x, (next.get(before + x) ?? 0n) + weight * ways)
      sums = next
    }
    const observed = sum(strata.map(([a]) => a))
    const own = sums.get(observed) as bigint
    const add = (counts: (s: number, weight: bigint) => boolean) =>
      [...sums].reduce((all, [s, weight]) => (counts(s, weight) ? all + weight : all), 0n)
    const total = add(() => true)
    const [less, greater] = [add((s) => s <= observed), add((s) => s >= observed)]
    const smaller = less < greater ? less : greater
    const doubled = 4n * smaller > 2n * total ? 2n * total : 4n * smaller
    const doubledMidP = 4n * smaller - 2n * own
    const cases: [ExactMantelHaenszelTestOptions, bigint][] = [
      [{ alternative: 'less' }, 2n * less],
      [{ alternative: 'greater' }, 2n * greater],
      [{}, 2n * add((_, weight) => weight * 10000000n <= own * 10000001n)],
      [{ twoSided: 'doubling' }, doubled],
      [{ alternative: 'less', midP: 'half-observed' }, 2n * less - own],
      [{ alternative: 'greater', midP: 'half-observed' }, 2n * greater - own],
      [{ midP: 'half-observed' }, 2n * add((_, weight) => weight * 10000000n <= own * 10000001n) - own],
      [{ twoSided: 'doubling', midP: 'half-observed' }, doubledMidP > 2n * total ? 2n * total : doubledMidP],
    ]
    for (const [options, expected] of cases) {
      const result = exactMantelHaenszelTest(asTables(strata), options) as ExactMantelHaenszelTest
      const log = logOf(expected, 2n * total)
      expect(Math.abs(result.logPValue - log), JSON.stringify(options)).toBeLessThan(1e-11 * Math.max(1, -log))
      expect(result).toMatchObject({
        statistic: observed,
        degreesOfFreedom: null,
        alternative: options.alternative ?? 'two-sided',
        twoSided: options.alternative === undefined ? (options.twoSided ?? 'probability') : null,
        midP: options.midP ?? 'none',
        informativeStrata: strata.length,
      })
    }
  })

  test.each(wideStrata)('limits: either kind, at any level, to one side or both', (...strata) => {
    let logs = new Map<number, number>([[0, 0]])
    for (const stratum of strata) {
      const next = new Map<number, number>()
      const [, first] = weightsOf(stratum)[0] as [number, bigint]
      for (const [before, log] of logs) {
        for (const [x, ways] of weightsOf(stratum)) {
          const [one, other] = [next.get(before + x) ?? -Infinity, log + logOf(ways, first)]
          const most = Math.max(one, other)
          next.set(before + x, most + Math.log(Math.exp(one - most) + Math.exp(other - most)))
        }
      }
      logs = next
    }
    const observed = sum(strata.map(([a]) => a))
    const share = (psi: number, part: (s: number) => number) => {
      const tilted = [...logs].map(([s, log]) => [s, log + s * Math.log(psi)] as const)
      const most = Math.max(...tilted.map(([, log]) => log))
      return sum(tilted.map(([s, log]) => part(s) * Math.exp(log - most))) / sum(tilted.map(([, log]) => Math.exp(log - most)))
    }
    for (const confidenceLevel of [0.5, 0.95, 0.999]) {
      for (const interval of ['exact', 'mid-p'] as const) {
        const half = interval === 'exact' ? 1 : 0.5
        const of = (alternative: Alternative) =>
          exactMantelHaenszelTest(asTables(strata), { confidenceLevel, interval, alternative }) as ExactMantelHaenszelTest
        const [lowest, highest] = [Math.min(...logs.keys()), Math.max(...logs.keys())]
        const check = (limit: number | null, alpha: number, upper: boolean) => {
          if (observed === (upper ? highest : lowest)) expect(limit).toBe(upper ? null : 0)
          else near(share(limit as number, (s) => (s === observed ? half : (s > observed) !== upper ? 1 : 0)), alpha, 1e-9) // prettier-ignore
        }
        const { confidenceInterval, oddsRatio } = of('two-sided')
        check(confidenceInterval.lower, (1 - confidenceLevel) / 2, false)
        check(confidenceInterval.upper, (1 - confidenceLevel) / 2, true)
        check(of('greater').confidenceInterval.lower, 1 - confidenceLevel, false)
        check(of('less').confidenceInterval.upper, 1 - confidenceLevel, true)
        expect(of('greater').confidenceInterval).toMatchObject({ upper: null, level: confidenceLevel })
        expect(of('less').confidenceInterval.lower).toBe(0)
        near(share(oddsRatio as number, (s) => s), observed, 1e-11) // prettier-ignore
      }
    }
  })

  test('the smallest and the largest sum have no estimate to one side', () => {
    const largest = exactMantelHaenszelTest([[[4, 0], [2, 5]], [[3, 0], [1, 6]]]) as ExactMantelHaenszelTest // prettier-ignore
    expect(largest).toMatchObject({ oddsRatio: null, reason: 'largest-first-cell', confidenceInterval: { upper: null } })
    expect(largest.confidenceInterval.lower).toBeGreaterThan(1)
    const smallest = exactMantelHaenszelTest([[[0, 4], [2, 5]], [[0, 3], [1, 6]]]) as ExactMantelHaenszelTest // prettier-ignore
    expect(smallest).toMatchObject({ oddsRatio: 0, reason: null, confidenceInterval: { lower: 0 } })
    expect(smallest.confidenceInterval.upper).toBeGreaterThan(1)
  })

  test.each(wideStrata)('Zelen in whole numbers', (...strata) => {
    let nodes = new Map<number, Map<bigint, bigint>>([[0, new Map([[1n, 1n]])]])
    // Wide strata make as many products as tables; the inner counts of a stratum are enough for a test.
    const narrow = strata.map(([a, b, c, d]): Cells => [Math.ceil(a / 3), Math.ceil(b / 3), Math.ceil(c / 3), Math.ceil(d / 3)])
    for (const stratum of narrow) {
      const next = new Map<number, Map<bigint, bigint>>()
      for (const [before, products] of nodes) {
        for (const [x, ways] of weightsOf(stratum)) {
          const target = next.get(before + x) ?? new Map<bigint, bigint>()
          next.set(before + x, target)
          for (const [product, count] of products) target.set(product * ways, (target.get(product * ways) ?? 0n) + count)
        }
      }
      nodes = next
    }
    const products = nodes.get(sum(narrow.map(([a]) => a))) as Map<bigint, bigint>
    const own = narrow.reduce((product, [a, b, c, d]) => product * binomial(a + b, a) * binomial(c + d, c), 1n)
    const add = (counts: (product: bigint) => boolean) =>
      [...products].reduce((all, [product, count]) => (counts(product) ? all + product * count : all), 0n)
    const total = add(() => true)
    const result = zelenTest(asTables(narrow)) as ZelenTest
    near(result.pValue, Math.exp(logOf(add((product) => product * 10000000n <= own * 10000001n), total)), 1e-11) // prettier-ignore
    expect(result.statistic).toBeCloseTo(logOf(own, total), 11)
    expect(result).toMatchObject({ method: 'zelen-exact', degreesOfFreedom: null, informativeStrata: narrow.length })
  })
})

describe('the distribution of a sum', () => {
  /** Weights of all sums under an odds ratio, those of the observed tables 1, and the observed sum. */
  function listedSums(strata: readonly Cells[], logOddsRatio: number): { weights: Map<number, number>; observed: number } {
    let weights = new Map<number, bigint>([[0, 1n]])
    let own = 1n
    for (const stratum of strata) {
      const next = new Map<number, bigint>()
      for (const [before, weight] of weights)
        for (const [x, ways] of weightsOf(stratum)) next.set(before + x, (next.get(before + x) ?? 0n) + weight * ways)
      weights = next
      own *= weightsOf(stratum).find(([x]) => x === stratum[0])?.[1] as bigint
    }
    const observed = sum(strata.map(([a]) => a))
    return {
      weights: new Map([...weights].map(([s, weight]) => [s, logOf(weight, own) + logOddsRatio * (s - observed)])),
      observed,
    }
  }
  const twoByTwos = (strata: readonly Cells[]) => asTables([...strata]).map((table) => twoByTwo(table))

  test.prop([fc.array(informative, { minLength: 1, maxLength: 4 }), fc.constantFrom(0, 0.7, -0.4, 3, -5, 9)], { numRuns: 80 })(
    'of few is that of all tables, under any odds ratio',
    (strata, logOddsRatio) => {
      const { observed: at, logScale, weights } = sumDistribution(twoByTwos(strata), logOddsRatio)
      const { observed, weights: logs } = listedSums(strata, logOddsRatio)
      expect(weights).toHaveLength(logs.size)
      expect(at).toBe(observed - Math.min(...logs.keys()))
      // Of a single stratum the weight 1 is that of the estimated mode, of several the largest.
      if (strata.length > 1) expect(Math.max(...weights)).toBe(1)
      expect(weights).toContain(1)
      weights.forEach((weight, k) => expect(Math.log(weight) + logScale).toBeCloseTo(logs.get(observed + k - at) as number, 10))
    },
  )

  test.each([0, 1.5, -4])('of many leaves out, at each end of each stratum, what is below 1e-45 of the largest: log odds ratio %f', (logOddsRatio) => {
    for (const strata of [...wideStrata, [[160, 150, 140, 170] as Cells]]) {
      const { observed: at, logScale, weights } = sumDistribution(twoByTwos(strata), logOddsRatio)
      const { observed, weights: logs } = listedSums(strata, logOddsRatio)
      expect(Math.max(...weights)).toBeLessThanOrEqual(strata.length > 1 ? 1 : 1.01)
      expect(weights).toContain(1)
      let length = 1
      for (const stratum of strata) {
        const own = [...listedSums([stratum], logOddsRatio).weights.values()]
        const most = Math.max(...own)
        const kept = own.filter((log) => log - most > -45 * Math.LN10).length
        // The first that is below it on either side is kept still, if there is one.
        const [first, last] = [own[0] as number, own.at(-1) as number]
        length += kept - 1 + (first - most > -45 * Math.LN10 ? 0 : 1) + (last - most > -45 * Math.LN10 ? 0 : 1)
      }
      expect(weights).toHaveLength(length)
      weights.forEach((weight, k) => {
        if (weight > 1e-20) expect(Math.abs(Math.log(weight) + logScale - (logs.get(observed + k - at) as number))).toBeLessThan(1e-9)
      })
    }
  }) // prettier-ignore

  test('what it would need is told before it is begun', () => {
    // A weight for each of 2 √(2 · 45 ln 10) standard deviations, and fifty; the variance of four counts n + 1 is (n + 1) / 4.
    const lengthOf = (n: number) => 50 + 2 * Math.sqrt(2 * 45 * Math.LN10 * ((n + 1) / 4))
    const square = (n: number) => twoByTwo([[n, n], [n, n]]) // prettier-ignore
    for (const n of [1.45e7, 3e7, 4e8]) {
      const each = lengthOf(n)
      const products = each + (1 + each) * each
      expect(products).toBeGreaterThan(3e9)
      expect(() => sumDistribution([square(n), square(n)], 0)).toThrow(
        expect.objectContaining({
          name: 'StatsError',
          code: 'too-large',
          message: `the exact distribution of the strata's sum needs about ${products.toPrecision(2)} products, more than the 3e+9 allowed; use cochranMantelHaenszelTest`,
        }),
      )
    }
    for (const n of [3.2e11, 1e13]) {
      expect(() => sumDistribution([square(n)], 0)).toThrow(
        `needs about ${(1 + lengthOf(n)).toPrecision(2)} weights, more than the 8e+6 allowed`,
      )
    }
    // Few counts in one cell are few weights, however many the others are.
    expect(sumDistribution(twoByTwos([[3, 1e12, 4, 1e12], [1e12, 5, 1e12, 2]]), 0).weights).toHaveLength(8 + 7) // prettier-ignore
  })
})

describe('ranks', () => {
  test('Kruskal–Wallis with row totals whose common multiple is beyond whole numbers', () => {
    // Seven primes; three events only, so that the tables can be listed.
    const table = [[1, 10], [0, 13], [2, 15], [0, 19], [0, 23], [0, 29], [0, 31]] // prettier-ignore
    const result = exactKruskalWallisTest(table) as ExactKruskalWallisTest
    const rows = table.map(sum)
    const n = sum(rows)
    const between = (t: number[][]) =>
      sum(t.map((row, i) => ((row[0] as number) - (3 * (rows[i] as number)) / n) ** 2 / (rows[i] as number)))
    near(result.pValue, share(allTables(rows, [3, n - 3]), (one) => between(one.table) >= between(table) - 1e-12)) // prettier-ignore
    // With two columns H is (n − 1) / n times Pearson's X².
    expect(result.statistic).toBeCloseTo((between(table) * n * n * (n - 1)) / (3 * (n - 3) * n), 9)
  })

  test('mean ranks and H of a table with ties and an empty row', () => {
    const table = [[2, 1, 0], [0, 0, 0], [0, 2, 3]] // prettier-ignore
    const result = exactKruskalWallisTest(table) as ExactKruskalWallisTest
    // Midranks 1.5, 4 and 7.
    expect(result.meanRanks).toEqual([(1.5 + 1.5 + 4) / 3, null, (4 + 4 + 7 + 7 + 7) / 5])
    // 12 Σ R² / n / (n (n + 1)) − 3 (n + 1), over 1 − Σ (t³ − t) / (n³ − n).
    const h = (12 / (8 * 9)) * (7 ** 2 / 3 + 29 ** 2 / 5) - 27
    expect(result.statistic).toBeCloseTo(h / (1 - (6 + 24 + 24) / 504), 12)
    // All in one row or in one column.
    expect(exactKruskalWallisTest([[1, 2], [0, 0]])).toMatchObject({ reason: 'no-variation', test: 'kruskal-wallis-exact' }) // prettier-ignore
    expect(exactJonckheereTerpstraTest([[1, 0], [4, 0]])).toMatchObject({ reason: 'no-variation', test: 'jonckheere-terpstra-exact' }) // prettier-ignore
    expect(exactJonckheereTerpstraTest([[0, 0], [0, 0]])).toMatchObject({ reason: 'no-observations' }) // prettier-ignore
    expect(() => exactKruskalWallisTest([[1, 2, 3]])).toThrow(expect.objectContaining({ code: 'too-small' }))
  })
})

describe('scores of the trend', () => {
  const table = [[1, 8], [4, 6], [3, 5], [7, 3]] // prettier-ignore
  const rows = table.map(sum)
  test.each([
    ['whole', [3, -1, 4, 9]],
    ['thirds', [0, 1 / 3, 2, 7 / 3]],
    ['decimals', [0.1, 0.25, 0.3, 1.7]],
    ['two alike', [1, 1, 2, 5]],
    ['falling', [4, 3, 2, 1]],
    ['without a common unit', [0, Math.SQRT2, Math.PI, 7]],
  ])('%s: P, mid-P, statistic and expectation', (_, scores) => {
    const statistic = (t: number[][]) => sum(t.map((row, i) => (scores[i] as number) * (row[0] as number)))
    const expected = (sum(rows.map((row, i) => row * (scores[i] as number))) * 15) / sum(rows)
    const all = allTables(rows, columnsOf(table))
    for (const alternative of ['two-sided', 'less', 'greater'] as const) {
      const counted = (one: { table: number[][] }) => sides(statistic(one.table), statistic(table), expected, alternative)
      const result = exactCochranArmitageTest(table, { scores, alternative }) as ExactCochranArmitageTest
      near(result.pValue, share(all, counted))
      near(result.statistic, statistic(table))
      near(result.expected, expected)
      expect(result).toMatchObject({ method: 'cochran-armitage-exact', degreesOfFreedom: null, alternative, midP: 'none', scores })
      const tied = share(all, (one) => Math.abs(statistic(one.table) - statistic(table)) < 1e-9)
      near(pOf(exactCochranArmitageTest(table, { scores, alternative, midP: 'half-observed' })), share(all, counted) - tied / 2)
    }
  })
  test('rules: midranks are scores too', () => {
    const midranks = [5, 14.5, 23.5, 32.5]
    expect(exactCochranArmitageTest(table, { scores: 'midrank' })).toEqual(exactCochranArmitageTest(table, { scores: midranks }))
    expect((exactCochranArmitageTest(table) as ExactCochranArmitageTest).scores).toEqual([1, 2, 3, 4])
  })
})

describe('edges', () => {
  test('Cochran’s Q names itself, counts who differs, and gives the statistic', () => {
    // Successes 5, 3, 0 of 3 conditions; subjects with all or nothing say nothing: (k − 1)(k Σ G² − T²) / (k T − Σ L²) = 2 · 38 / (24 − 14).
    const answers = [[1, 1, 0], [1, 0, 0], [1, 1, 0], [1, 0, 0], [1, 1, 0], [0, 0, 0]] // prettier-ignore
    const result = exactCochranQTest(answers)
    expect(result).toMatchObject({ method: 'cochran-q-exact', degreesOfFreedom: null, successes: [5, 3, 0], informativeSubjects: 5 })
    expect(result.method === 'not-testable' ? null : result.statistic).toBeCloseTo((2 * (3 * 34 - 64)) / (24 - 14), 12)
  })
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
