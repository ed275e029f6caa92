import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { certifiedBracket } from '../src/exact/network/certified-bracket.ts'
import { columnPairs, pairBound } from '../src/exact/network/column-pairs.ts'
import { meter, runToEnd } from '../src/exact/network/meter.ts'
import { expectation, phaseLattice } from '../src/exact/network/phase-lattice.ts'
import { tailOfStatistic } from '../src/exact/network/tail-of-statistic.ts'
import { orderedTables, type TableOrdering } from '../src/exact/network/ordered-tables.ts'
import { exactLikelihoodRatioTest, exactPearsonTest, type ExactTableTest, fisherFreemanHaltonTest } from '../src/exact/index.ts'
import { monteCarloTest, type MonteCarloTest } from '../src/index.ts'
import { logFactorial } from '../src/numerics/index.ts'
import { bruteForceP } from './all-tables.ts'
import reference from './freeman-halton-test.reference.json' with { type: 'json' }

/** All brackets that are reported on the way, from loose to tight. */
function brackets(table: readonly (readonly number[])[], ordering: TableOrdering, relativeWidth: number): [number, number][] {
  const account = meter(1.2e7, 1e9)
  const found: [number, number][] = []
  try {
    runToEnd(
      certifiedBracket(tailOfStatistic(orderedTables(table, ordering, account)), relativeWidth, account, (lower, upper) =>
        found.push([lower, upper]),
      ),
      () => undefined,
    )
  } catch {
    // Out of budget: what was found until then must hold all the same.
  }
  return found
}

const tableNamed = (name: string) => reference.tables.find((entry) => entry.name === name) as { table: number[][]; p: number }

describe('reference values', () => {
  for (const tilt of [0, 0.4]) {
    test(`the characteristic function of a 3 × 2 table is the sum over its tables (tilt ${String(tilt)})`, () => {
      const cell = Float64Array.from({ length: 30 }, (_, x) => -logFactorial(x))
      const account = meter(1e9, 1e9)
      const table = { rows: Int32Array.of(2, 3, 4), columns: [5, 4], total: 9, kinds: new Int32Array(3), values: () => cell }
      const lattice = phaseLattice(table, tilt, 0, 1e-13, account)
      for (const frequency of [0, 0.7, 30]) {
        let real = 0
        let imaginary = 0
        let mass = 0
        for (let a = 0; a <= 2; a++) {
          for (let b = 0; b <= 3; b++) {
            const c = 4 - a - b
            if (c < 0 || c > 4) continue
            const value = [a, b, c, 2 - a, 3 - b, 4 - c].reduce((sum, x) => sum + (cell[x] as number), 0)
            mass += Math.exp(value)
            real += Math.exp(value * (1 - tilt)) * Math.cos(frequency * value)
            imaginary += Math.exp(value * (1 - tilt)) * Math.sin(frequency * value)
          }
        }
        const found = runToEnd(expectation(lattice, frequency, 1e-12, account), () => undefined)
        expect(found.real).toBeCloseTo(real / mass, 11)
        expect(found.imaginary).toBeCloseTo(imaginary / mass, 11)
        expect(found.error).toBeLessThan(1e-10)
      }
    })
  }

  test.each([
    [[5, 7, 8], [6, 5, 5, 4], 2],
    [[9, 2, 9], [5, 1, 6, 2, 3, 3], 3],
    [[10, 11], [4, 3, 1, 2, 2, 6, 2, 1], 4],
    [[3, 4, 5, 8], [4, 4, 3, 4, 5], 2],
  ])('pairs of columns bound the characteristic function: rows %j, columns %j', (rows, columns, count) => {
    const cell = Float64Array.from({ length: 40 }, (_, x) => -logFactorial(x))
    const account = meter(1e9, 1e9)
    const total = rows.reduce((sum, row) => sum + row, 0)
    // The statistic is the same with rows and columns swapped, and fewer columns take less time.
    const [long, short] = rows.length > columns.length ? [rows, columns] : [columns, rows]
    const table = { rows: Int32Array.from(long), columns: short, total, kinds: new Int32Array(long.length), values: () => cell }
    const lattice = phaseLattice(table, 0, 0, 1e-9, account)
    const pairs = columnPairs(rows, columns, total)
    expect(pairs).toHaveLength(count)
    for (const frequency of [0.3, 1, 3, 9.1, 40, 109]) {
      const { real, imaginary } = runToEnd(expectation(lattice, frequency, 1e-8, account), () => undefined)
      const bound = pairBound(pairs, cell, frequency, 0, account)
      expect(bound).toBeGreaterThanOrEqual(Math.hypot(real, imaginary) - 1e-7)
      expect(bound).toBeLessThan(1)
    }
  })

  test('points are passed over for no more than the error that is told', () => {
    const cell = Float64Array.from({ length: 60 }, (_, x) => -logFactorial(x))
    const account = meter(1e10, 1e9)
    const table = {
      rows: Int32Array.of(9, 12, 13, 16),
      columns: [8, 9, 9, 11, 13],
      total: 50,
      kinds: new Int32Array(4),
      values: () => cell,
    }
    for (const tilt of [0, 0.5]) {
      const lattice = phaseLattice(table, tilt, -60, 1e-7, account)
      for (const frequency of [0, 0.4, 2, 7, 50, 109]) {
        const at = (tolerance: number) => runToEnd(expectation(lattice, frequency, tolerance, account), () => undefined)
        const exact = at(1e-9)
        for (const tolerance of [1e-5, 1e-3, 1e-2]) {
          const { real, imaginary, error } = at(tolerance)
          expect(error).toBeLessThanOrEqual(1.01 * tolerance)
          expect(Math.hypot(real - exact.real, imaginary - exact.imaginary)).toBeLessThanOrEqual(error + exact.error)
        }
      }
    }
  })

  // P values by R, see freeman-halton-test.reference.json.
  for (const name of ['3x4_n60', '4x4_n50', 'job_satisfaction_4x4_n96', '2x20_n200', '3x8_n100', '5x5_n60', '2x10_n191']) {
    test(`every bracket of ${name} contains the P value of R`, () => {
      const { table, p } = tableNamed(name)
      const found = brackets(table, 'probability', 0.05)
      expect(found.length).toBeGreaterThan(0)
      for (const [lower, upper] of found) {
        expect(lower).toBeLessThanOrEqual(p * (1 + 1e-9))
        expect(upper).toBeGreaterThanOrEqual(p * (1 - 1e-9))
      }
      const [lower, upper] = found.at(-1) as [number, number]
      expect((upper - lower) / lower).toBeLessThan(0.4)
    })
  }

  test('a width that cannot be reached ends with what the budget allows', () => {
    const { table, p } = tableNamed('3x8_n100')
    const [lower, upper] = brackets(table, 'probability', 0).at(-1) as [number, number]
    expect(lower).toBeLessThanOrEqual(p * (1 + 1e-9))
    expect(upper).toBeGreaterThanOrEqual(p * (1 - 1e-9))
    expect(fisherFreemanHaltonTest(table, { relativeWidth: 0 })).toMatchObject({ status: 'exact' })
  })

  test('a 2 × 50 table that R refuses is bracketed to a hundredth', () => {
    const { table } = tableNamed('2x50_n500')
    const result = fisherFreemanHaltonTest(table, { relativeWidth: 0.01, budget: { work: 4e7 } }) as ExactTableTest
    expect(result.status).toBe('bracketed')
    // R: fisher.test(x, simulate.p.value = TRUE, B = 1e6)$p.value, 0.1335 with a standard error of 0.0003.
    expect(result.lower).toBeLessThan(0.1345)
    expect(result.upper).toBeGreaterThan(0.1325)
    expect((result.upper - result.lower) / result.lower).toBeLessThanOrEqual(0.01)
  })
})

describe('Pearson and likelihood ratio', () => {
  test.each([
    // R: chisq.test(x, simulate.p.value = TRUE, B = 1e6)$p.value, standard error 0.0003, and the same with G.
    ['2x50_n500', exactPearsonTest, 0.1204],
    ['2x50_n500', exactLikelihoodRatioTest, null],
  ] as const)('%s: a bracket as narrow as asked, which the simulated P agrees with', (name, run, simulated) => {
    const { table } = tableNamed(name)
    const result = run(table, { relativeWidth: 0.1, budget: { work: 1e8 } }) as ExactTableTest
    const statistic = run === exactPearsonTest ? 'pearson' : 'log-likelihood'
    const { pValue } = monteCarloTest(table, { statistic, replicates: 20_000, seed: 5 }) as MonteCarloTest
    const error = 5 * Math.sqrt(pValue / 20_000)
    expect(['exact', 'bracketed']).toContain(result.status)
    expect(result.lower).toBeLessThan((simulated ?? pValue) + error)
    expect(result.upper).toBeGreaterThan((simulated ?? pValue) - error)
    expect((result.upper - result.lower) / result.lower).toBeLessThanOrEqual(0.1)
  })
})

describe('properties', () => {
  const table = fc
    .array(fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 4, maxLength: 4 }), { minLength: 3, maxLength: 3 })
    .filter((rows) => rows.every((row) => row.some((x) => x > 0)) && [0, 1, 2, 3].every((j) => rows.some((row) => (row[j] as number) > 0)))

  test.prop([table, fc.constantFrom('probability', 'pearson', 'likelihood-ratio')], { numRuns: 12 })(
    'contains the P of all tables listed',
    (rows, ordering) => {
      const p = bruteForceP(rows, ordering)
      for (const [lower, upper] of brackets(rows, ordering, 0.3)) {
        expect(lower).toBeLessThanOrEqual(p * (1 + 1e-9))
        expect(upper).toBeGreaterThanOrEqual(p * (1 - 1e-9))
      }
    },
  )
})
