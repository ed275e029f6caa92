import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { bilinearTail } from '../src/exact/bilinear-tail.ts'
import { meter, MeterExhausted, runToEnd } from '../src/exact/network/meter.ts'
import {
  exactCochranArmitageTest,
  type ExactCochranArmitageTest,
  exactLinearByLinearTest,
  type ExactLinearByLinearTest,
} from '../src/exact/index.ts'
import { createRandom } from '../src/index.ts'
import { tablesWithMargins } from './all-tables.ts'
import reference from './freeman-halton-test.reference.json' with { type: 'json' }

function bruteForce(table: readonly (readonly number[])[], rowScores: readonly number[], columnScores: readonly number[]) {
  const rows = table.map((row) => row.reduce((a, b) => a + b, 0))
  const columns = (table[0] as readonly number[]).map((_, j) => table.reduce((sum, row) => sum + (row[j] as number), 0))
  const n = rows.reduce((a, b) => a + b, 0)
  const sum = (cells: readonly (readonly number[])[]) =>
    cells.reduce((all, row, i) => all + row.reduce((s, x, j) => s + x * (rowScores[i] as number) * (columnScores[j] as number), 0), 0)
  const mean =
    (rows.reduce((s, r, i) => s + r * (rowScores[i] as number), 0) * columns.reduce((s, c, j) => s + c * (columnScores[j] as number), 0)) /
    n
  const observed = sum(table)
  let greater = 0
  let less = 0
  let both = 0
  tablesWithMargins(rows, columns, (cells, p) => {
    const t = sum(cells)
    if (t >= observed - 1e-9) greater += p
    if (t <= observed + 1e-9) less += p
    if (Math.abs(t - mean) >= Math.abs(observed - mean) - 1e-7) both += p
  })
  return { greater, less, 'two-sided': both }
}

describe('reference values', () => {
  test('R: coin::lbl_test of Job satisfaction cut to its first two rows', () => {
    // Two rows: the exact Cochran-Armitage permutation test, here by listing all tables.
    const table = [
      [1, 2, 1, 0],
      [3, 3, 6, 1],
    ]
    const { pValue } = exactLinearByLinearTest(table) as ExactLinearByLinearTest
    expect(pValue).toBeCloseTo(bruteForce(table, [1, 2], [1, 2, 3, 4])['two-sided'], 12)
  })
})

describe('all tables in whole numbers', () => {
  // P(T ≥ t), P(T ≤ t) and P(|T − E T| ≥ |t − E T|) as fractions of whole numbers, row by row over all tables, in Python.
  test.each([
    ['3 × 4', [[7, 8, 2, 7], [2, 8, 6, 5], [5, 3, 4, 3]], [1, 2, 3], [1, 2, 3, 4], 0.5171065312805992, 0.5408237094327725, 1],
    ['3 × 3', [[14, 9, 11], [5, 18, 7], [9, 11, 16]], [1, 2, 3], [1, 2, 3], 0.0777682909083079, 0.9421171586702463, 0.1503292449732264],
    ['strong', [[12, 1, 0], [2, 11, 1], [0, 2, 13]], [1, 2, 3], [1, 2, 3], 1.158210722736627e-12, 0.9999999999999825, 2.316421445473254e-12],
    ['stronger', [[30, 1, 0], [1, 30, 1], [0, 1, 30]], [1, 2, 3], [1, 2, 3], 2.317819748946327e-37, 1, 4.635639497892655e-37],
    ['falling', [[0, 1, 30], [1, 30, 1], [30, 1, 0]], [0, 1, 4], [0, 2, 3], 1, 1.563130834540193e-30, 1.563130834540193e-30],
    ['2 × 5', [[3, 9, 12, 4, 2], [8, 7, 6, 1, 0]], [1, 2], [0, 1, 2, 4, 9], 0.9968588455473785, 0.006317095543815896, 0.01450742568573063],
  ] as const)('%s', (_, table, rowScores, columnScores, greater, less, both) => {
    const options = { rowScores, columnScores }
    for (const [alternative, expected] of [['greater', greater], ['less', less], ['two-sided', both]] as const) {
      const result = exactLinearByLinearTest(table, { ...options, alternative }) as ExactLinearByLinearTest
      expect(result.status).toBe('exact')
      expect(Math.abs(result.pValue / expected - 1)).toBeLessThan(1e-9)
      expect(result.lower).toBeLessThanOrEqual(expected * (1 + 1e-9))
      expect(result.upper).toBeGreaterThanOrEqual(expected * (1 - 1e-9))
      expect(result.upper / result.lower - 1).toBeLessThan(1e-9)
      expect(result.alternative).toBe(alternative)
      if (Math.min(greater, less) < 1e-20) continue
      // Scores in other units, the other way round, and the table turned give the same.
      const turned = { greater: 'less', less: 'greater', 'two-sided': 'two-sided' } as const
      const others = [
        exactLinearByLinearTest(table, { rowScores: rowScores.map((u) => 0.3 * u - 7), columnScores, alternative }),
        exactLinearByLinearTest(table, { rowScores: rowScores.map((u) => -u), columnScores, alternative: turned[alternative] }),
        exactLinearByLinearTest((table[0] as readonly number[]).map((__, j) => table.map((row) => row[j] as number)), { rowScores: columnScores, columnScores: rowScores, alternative }),
      ]
      for (const other of others) expect(Math.abs((other as ExactLinearByLinearTest).pValue / expected - 1)).toBeLessThan(1e-9)
    }
    const sum = table.reduce((all, row, i) => all + row.reduce<number>((s, x, j) => s + x * (rowScores[i] as number) * (columnScores[j] as number), 0), 0)
    expect((exactLinearByLinearTest(table, options) as ExactLinearByLinearTest).statistic).toBeCloseTo(sum, 10)
  }) // prettier-ignore

  test('scores without a unit in common: all tables one by one, or a bracket with little budget', () => {
    const table = [[4, 1, 2], [2, 3, 3], [1, 2, 6]] // prettier-ignore
    const [rowScores, columnScores] = [[1, Math.SQRT2, 4], [0, 1, Math.PI]] // prettier-ignore
    const expected = bruteForce(table, rowScores, columnScores)
    for (const alternative of ['greater', 'less', 'two-sided'] as const) {
      const whole = exactLinearByLinearTest(table, { rowScores, columnScores, alternative }) as ExactLinearByLinearTest
      expect(whole.status).toBe('exact')
      expect(Math.abs(whole.pValue / expected[alternative] - 1)).toBeLessThan(1e-10)
      for (const work of [3e4, 3e5, 3e6]) {
        const part = exactLinearByLinearTest(table, { rowScores, columnScores, alternative, budget: { work } }) as ExactLinearByLinearTest
        expect(part.lower).toBeLessThanOrEqual(expected[alternative] * (1 + 1e-10))
        expect(part.upper).toBeGreaterThanOrEqual(expected[alternative] * (1 - 1e-10))
        expect(part.work).toBeLessThanOrEqual(work)
      }
    }
  })
})

describe('the characteristic function', () => {
  /** T at each value from 0 on, with P(T ≥ t) and P(T = t), and what brackets come of it. */
  function tailsOf(
    rows: readonly number[],
    columns: readonly number[],
    rowScores: readonly number[],
    columnScores: readonly number[],
    relativeWidth: number,
    workLimit = 1e8,
  ) {
    const n = rows.reduce((sum, row) => sum + row, 0)
    const mean = (totals: readonly number[], scores: readonly number[]) =>
      totals.reduce((sum, total, i) => sum + (total * (scores[i] as number)) / n, 0)
    const [rowMean, columnMean] = [mean(rows, rowScores), mean(columns, columnScores)]
    const squares = (totals: readonly number[], scores: readonly number[], middle: number) =>
      totals.reduce((sum, total, i) => sum + total * ((scores[i] as number) - middle) ** 2, 0)
    const unit = Math.sqrt((n - 1) / (squares(rows, rowScores, rowMean) * squares(columns, columnScores, columnMean)))
    const rowFactors = rowScores.map((u) => unit * (u - rowMean))
    const columnFactors = columnScores.map((v) => v - columnMean)
    const hasSteps = [...rowScores, ...columnScores].every(Number.isInteger)
    const masses = new Map<number, number>()
    tablesWithMargins(rows, columns, (cells, probability) => {
      const t = cells.reduce(
        (sum, row, i) => sum + row.reduce((s, x, j) => s + x * (rowFactors[i] as number) * (columnFactors[j] as number), 0),
        0,
      )
      const key = Math.round(t * 1e8)
      masses.set(key, (masses.get(key) ?? 0) + probability)
    })
    const whole = [...masses]
    let tail = 0
    return whole
      .sort(([a], [b]) => b - a)
      .filter(([key]) => key >= 0)
      .map(([key, atom]) => {
        tail += atom
        const account = meter(workLimit, 1e9)
        const t = key / 1e8
        // E exp(t (T − t)), the least that Chernoff's bound can be.
        const moment = whole.reduce((sum, [other, mass]) => sum + mass * Math.exp((t * (other - key)) / 1e8), 0)
        const brackets: (readonly [number, number])[] = []
        const statistic = { rows, columns, rowFactors, columnFactors, step: hasSteps ? unit : null }
        let isExhausted = false
        try {
          runToEnd(
            bilinearTail(statistic, hasSteps ? t : t - 1e-7, relativeWidth, account, (...bracket) => brackets.push(bracket)),
            () => undefined,
          )
        } catch (error) {
          if (!(error instanceof MeterExhausted)) throw error
          isExhausted = true
        }
        const lower = Math.max(...brackets.map(([low]) => low))
        const upper = Math.min(...brackets.map(([, high]) => high))
        return { tail, atom, t, moment, lower, upper, brackets, first: brackets[0]?.[1] as number, work: account.work, isExhausted }
      })
  }

  test.each([
    // The last number is of steps: they do not depend on the machine, so that a bound that passes over less than it did shows.
    [[5, 4, 3], [3, 3, 6], [0, 1, 2], [0, 1, 2], 4e5],
    [[9, 3], [2, 4, 6], [0, 1], [0, 1, 3], 4.3e4],
    [[4, 3, 3, 2], [6, 6], [0, 1, 2, 3], [0, 1], 2.9e6],
    [[7, 7, 2], [8, 8], [0, 2, 5], [0, 1], 6.4e5],
    [[45, 35], [20, 60], [0, 1], [0, 1], 6.6e4],
    [[20, 16], [11, 25], [0, 1], [0, 1], 4e4],
  ])('rows %j, columns %j, scores %j and %j: every tail is exact', (rows, columns, rowScores, columnScores, steps) => {
    for (const { tail, lower, upper, first, work } of tailsOf(rows, columns, rowScores, columnScores, 1e-9)) {
      expect(lower).toBeLessThanOrEqual(tail * (1 + 1e-13))
      expect(upper).toBeGreaterThanOrEqual(tail * (1 - 1e-13))
      expect(lower / tail).toBeGreaterThan(1 - 1e-11)
      expect(upper / tail).toBeLessThan(1 + 1e-11)
      // Chernoff's bound comes first.
      expect(first).toBeGreaterThanOrEqual(tail)
      expect(first).toBeLessThan(40 * tail)
      expect(work).toBeLessThan(steps)
    }
  }) // prettier-ignore

  test.each([
    [[5, 4, 3], [3, 3, 6], [0, 1, Math.PI], [0, 1, Math.SQRT2], 3.8e6],
    [[9, 3], [2, 4, 6], [0, 1], [0, 1, Math.E], 5.3e5],
  ])('rows %j, columns %j, scores %j and %j: without steps brackets lack no more than P(T = t)', (rows, columns, rowScores, columnScores, steps) => {
    for (const { tail, atom, lower, upper, work } of tailsOf(rows, columns, rowScores, columnScores, 0.05)) {
      expect(lower).toBeLessThanOrEqual(tail * (1 + 1e-12))
      expect(upper).toBeGreaterThanOrEqual(tail * (1 - 1e-12))
      expect(lower).toBeGreaterThan(tail - atom - 0.03 * tail)
      expect(upper).toBeLessThan(1.03 * tail)
      expect(work).toBeLessThan(steps)
    }
  }) // prettier-ignore

  // All steps of all tails of few observations, to half a hundredth: a budget has to reach as far everywhere, and in the next version.
  const few = [
    [[4, 3, 3], [5, 5], [0, 1, 2], [0, 1], 5, 165526],
    [[5, 4, 3], [3, 3, 6], [0, 1, 2], [0, 1, 2], 7, 653633],
    [[3, 2, 2, 2], [4, 5], [0, 2, 1, 3], [0, 1], 12, 440036],
    [[2, 2, 2, 1], [4, 1, 2], [0, 1, 3, 2], [0, 1, 2], 12, 768772],
    [[12, 10], [4, 9, 9], [0, 1], [0, 1, 3], 1.8, 245900],
    [[6, 5, 5], [8, 8], [0, 1, 2], [0, 1], 5, 461823],
    [[6, 1], [3, 3, 1], [0, 1], [0, 1, 2], 2.5, 10397],
    [[30, 30], [30, 30], [0, 1], [0, 1], 1.8, 245872],
  ] as [number[], number[], number[], number[], number, number][] // prettier-ignore

  test.each(few)('rows %j, columns %j, scores %j and %j: each bracket is right, as narrow as it has to be, and no dearer', (rows, columns, rowScores, columnScores, slack, steps) => {
    let taken = 0
    for (const { tail, moment, brackets, first, work } of tailsOf(rows, columns, rowScores, columnScores, 0.1)) {
      taken += work
      for (const [lower, upper] of brackets) {
        expect(lower).toBeLessThanOrEqual(tail * (1 + 1e-12))
        expect(upper).toBeGreaterThanOrEqual(tail * (1 - 1e-12))
      }
      expect(first).toBeGreaterThanOrEqual(Math.min(1, moment) * (1 - 1e-12))
      expect(first).toBeLessThanOrEqual(slack * moment)
      // Errors on either side are a part of a twentieth first, and rounding last where that is within a tenth of the budget.
      const widths = brackets.map(([lower, upper]) => (upper - lower) / tail)
      expect(widths[1]).toBeLessThan(0.05)
      expect(widths.at(-1)).toBeLessThan(rows.length > 3 ? 1e-4 : 3e-11)
    }
    expect(taken / steps, String(taken)).toBeCloseTo(1, 2)
  }) // prettier-ignore

  test.each(few.slice(0, 3))('rows %j, columns %j, scores %j and %j: a budget that exactness would use up is left at the width asked for', (rows, columns, rowScores, columnScores) => {
    for (const { tail, lower, upper, brackets, isExhausted, work } of tailsOf(rows, columns, rowScores, columnScores, 0.1, 1e5)) {
      expect(isExhausted).toBe(false)
      expect(brackets).toHaveLength(2)
      expect(upper - lower).toBeLessThan(0.1 * tail)
      expect(work).toBeLessThan(6e4)
    }
    // As narrow as rounding only for those who ask.
    for (const { tail, lower, upper, brackets } of tailsOf(rows, columns, rowScores, columnScores, 1e-5, 1e6)) {
      expect(brackets.length).toBeGreaterThan(2)
      expect(upper - lower).toBeLessThan(1e-5 * tail)
    }
  }) // prettier-ignore

  test.each([
    [[4, 3, 3], [5, 5], [0, 1, 2], [0, 1], 3881121],
    [[12, 10], [4, 9, 9], [0, 1], [0, 1, 3], 5459073],
    [[8, 8], [8, 8], [0, 1], [0, 1], 1482764],
  ])('rows %j, columns %j, scores %j and %j: polynomials on either side, as if there were no steps', (rows, columns, rowScores, columnScores, steps) => {
    let taken = 0
    // A fraction too small to see makes the scores have no step.
    for (const { tail, atom, brackets, work } of tailsOf(rows, columns, rowScores, columnScores.map((v) => v * (1 + 1e-12)), 0.1)) {
      taken += work
      for (const [lower, upper] of brackets) {
        expect(lower).toBeLessThanOrEqual(tail * (1 + 1e-12))
        expect(upper).toBeGreaterThanOrEqual(tail * (1 - 1e-12))
      }
      for (const [lower, upper] of brackets.slice(1)) {
        expect(upper).toBeLessThan(tail * 1.02)
        expect(lower).toBeGreaterThan(tail - atom - 0.03 * tail)
      }
      expect(brackets).toHaveLength(3)
    }
    expect(taken / steps).toBeCloseTo(1, 2)
  }) // prettier-ignore

  test('a threshold so far off that Chernoff’s bound is below all doubles: that is all', () => {
    const statistic = { rows: [3, 2], columns: [3, 2], rowFactors: [-0.8, 1.2], columnFactors: [-0.4, 0.6], step: 0.2 }
    const brackets: [number, number][] = []
    runToEnd(
      bilinearTail(statistic, 900, 0.1, meter(1e6, 1e9), (lower, upper) => brackets.push([lower, upper])),
      () => undefined,
    )
    expect(brackets).toEqual([[0, 0]])
  })
})

describe('properties', () => {
  const table = fc
    .array(fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 3, maxLength: 3 }), { minLength: 3, maxLength: 3 })
    .filter((rows) => rows.every((row) => row.some((x) => x > 0)) && [0, 1, 2].every((j) => rows.some((row) => (row[j] as number) > 0)))

  test.prop([table, fc.constantFrom('two-sided', 'less', 'greater'), fc.constantFrom([1, 2, 3], [0, 1, 5])], { numRuns: 40 })(
    'all tables listed one by one give the same P',
    (rows, alternative, rowScores) => {
      const result = exactLinearByLinearTest(rows, { alternative, rowScores })
      if (result.method === 'not-testable') return
      expect(Math.abs(result.pValue / bruteForce(rows, rowScores, [1, 2, 3])[alternative] - 1)).toBeLessThan(1e-9)
    },
  )

  test.prop([table, fc.constantFrom([1, 2, 3], [0, 1, 5], [0, Math.SQRT2, 3]), fc.constantFrom('steps', 'none')], { numRuns: 40 })(
    'every bracket from the characteristic function contains P',
    (cells, scores, kind) => {
      const rows = cells.map((row) => row.reduce((a, b) => a + b, 0))
      const columns = [0, 1, 2].map((j) => cells.reduce((sum, row) => sum + (row[j] as number), 0))
      const n = rows.reduce((a, b) => a + b, 0)
      const mean = rows.reduce((sum, row, i) => sum + (row * (scores[i] as number)) / n, 0)
      const columnMean = columns.reduce((sum, column, j) => sum + (column * j) / n, 0)
      const squares = rows.reduce((sum, row, i) => sum + row * ((scores[i] as number) - mean) ** 2, 0)
      const columnSquares = columns.reduce((sum, column, j) => sum + column * (j - columnMean) ** 2, 0)
      if (kind === 'steps' && (scores as readonly number[]).includes(Math.SQRT2)) return
      const unit = Math.sqrt((n - 1) / (squares * columnSquares))
      const sum = (table: readonly (readonly number[])[]) =>
        table.reduce((all, row, i) => all + row.reduce((s, x, j) => s + x * unit * ((scores[i] as number) - mean) * (j - columnMean), 0), 0)
      const observed = sum(cells)
      if (observed < 0) return
      let p = 0
      tablesWithMargins(rows, columns, (other, probability) => {
        if (sum(other) >= observed - 1e-7) p += probability
      })
      const order = [0, 1, 2].sort((i, k) => (rows[k] as number) - (rows[i] as number))
      const statistic = {
        rows: order.map((i) => rows[i] as number),
        rowFactors: order.map((i) => unit * ((scores[i] as number) - mean)),
        columns,
        columnFactors: [0, 1, 2].map((j) => j - columnMean),
        step: kind === 'steps' ? unit : null,
      }
      const account = meter(1e7, 1e9)
      const from = kind === 'steps' ? observed : observed - 1e-7
      let brackets = 0
      try {
        runToEnd(
          bilinearTail(statistic, from, 1e-2, account, (lower, upper) => {
            brackets++
            expect(lower).toBeLessThanOrEqual(p * (1 + 1e-9))
            expect(upper).toBeGreaterThanOrEqual(p * (1 - 1e-9))
          }),
          () => undefined,
        )
      } catch (error) {
        expect(error).toBeInstanceOf(MeterExhausted)
      }
      expect(brackets).toBeGreaterThan(1)
    },
  )

  test('two rows: the exact trend test, which convolves, gives the same P, however small', () => {
    const random = createRandom(7)
    for (const trend of [0, 0.3, 1, 4]) {
      const rows = Array.from({ length: 6 }, (_, i) => {
        const share = 1 / (1 + Math.exp(-trend * (i - 2.5)))
        const size = 15 + Math.floor(25 * random.uniform())
        const events = Math.round(size * share)
        return [events, size - events]
      })
      for (const alternative of ['two-sided', 'greater', 'less'] as const) {
        const convolved = exactCochranArmitageTest(rows, { alternative }) as ExactCochranArmitageTest
        // The events are the first column, whose score is the lower one.
        const turned = alternative === 'greater' ? 'less' : alternative === 'less' ? 'greater' : alternative
        const result = exactLinearByLinearTest(rows, { alternative: turned }) as ExactLinearByLinearTest
        expect(result.status).toBe('exact')
        expect(Math.abs(result.pValue / convolved.pValue - 1)).toBeLessThan(1e-9)
      }
    }
  })
})

describe('budget', () => {
  const tableNamed = (name: string) => (reference.tables.find((entry) => entry.name === name) as { table: number[][] }).table

  test('tables far too many to go through are bracketed as narrowly as was asked', () => {
    // Were given up for an interval up to 1.
    for (const name of ['4x6_n191', '5x5_n226_strong', '4x4_n2000_skew']) {
      const { lower, pValue, status, upper } = exactLinearByLinearTest(tableNamed(name), {
        budget: { work: 1e8 },
      }) as ExactLinearByLinearTest
      expect(status, name).not.toBe('budget-exhausted')
      expect((upper - lower) / lower, name).toBeLessThanOrEqual(1e-3)
      expect(pValue, name).toBeGreaterThanOrEqual(lower)
      expect(pValue, name).toBeLessThanOrEqual(upper)
    }
  })

  test('ten millions of observations take no longer', () => {
    const table = [4, 3, 3].map((row, i) => [2, 3, 5].map((column, j) => 1e5 * row * column + (i === 1 && j === 1 ? 300 : 0)))
    const { status } = exactLinearByLinearTest(table, { budget: { work: 1e8 } }) as ExactLinearByLinearTest
    expect(status).not.toBe('budget-exhausted')
  })

  test('what is beyond the budget has an upper bound still', () => {
    const strong = Array.from({ length: 9 }, (_, i) => Array.from({ length: 9 }, (_, j) => (i === j ? 5 : Math.abs(i - j) === 1 ? 1 : 0)))
    const { pValue, status, upper } = exactLinearByLinearTest(strong, { budget: { work: 1e6 } }) as ExactLinearByLinearTest
    expect(status).toBe('budget-exhausted')
    expect(pValue).toBe(upper)
    expect(upper).toBeLessThan(1e-4)
  })
})
