import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { certifiedBracket } from '../src/exact/network/certified-bracket.ts'
import { columnPairs, pairBound } from '../src/exact/network/column-pairs.ts'
import { meter, MeterExhausted, runToEnd } from '../src/exact/network/meter.ts'
import { type CellStatistic, expectation, hypergeometricMasses, phaseLattice, windowOf } from '../src/exact/network/phase-lattice.ts'
import { tailOfStatistic } from '../src/exact/network/tail-of-statistic.ts'
import { orderedTables, type TableOrdering } from '../src/exact/network/ordered-tables.ts'
import { exactLikelihoodRatioTest, exactPearsonTest, type ExactTableTest, fisherFreemanHaltonTest } from '../src/exact/index.ts'
import { monteCarloTest, type MonteCarloTest } from '../src/index.ts'
import { logFactorial } from '../src/numerics/index.ts'
import { bruteForceP, bruteForcePs, tablesWithMargins } from './all-tables.ts'
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

/** E exp(−s (T − t) + iθT) by listing all tables. */
function listed(
  { columns, rows, values }: CellStatistic,
  tilt: number,
  threshold: number,
  frequency: number,
): { real: number; imaginary: number } {
  let real = 0
  let imaginary = 0
  tablesWithMargins([...rows], columns, (cells, probability) => {
    let value = 0
    cells.forEach((row, i) => row.forEach((x, j) => (value += values(i, j)[x] as number)))
    const weight = probability * Math.exp(-tilt * (value - threshold))
    real += weight * Math.cos(frequency * value)
    imaginary += weight * Math.sin(frequency * value)
  })
  return { real, imaginary }
}

const minusLogFactorials = Float64Array.from({ length: 80 }, (_, x) => -logFactorial(x))

/** Σ −ln x!, for which all rows are of one kind. */
function logarithmic(rows: readonly number[], columns: readonly number[]): CellStatistic {
  const total = rows.reduce((sum, row) => sum + row, 0)
  return { rows: Int32Array.from(rows), columns, total, kinds: new Int32Array(rows.length), values: () => minusLogFactorials }
}

/** −X² / 2, for which rows of one total are of one kind. */
function halfChiSquared(rows: readonly number[], columns: readonly number[]): CellStatistic {
  const total = rows.reduce((sum, row) => sum + row, 0)
  const distinct = [...new Set(rows)]
  const values = (i: number, j: number): Float64Array => {
    const [row, column] = [rows[i] as number, columns[j] as number]
    const expected = (row * column) / total
    return Float64Array.from({ length: Math.min(row, column) + 1 }, (_, x) => -((x - expected) ** 2) / (2 * expected))
  }
  return { rows: Int32Array.from(rows), columns, total, kinds: Int32Array.from(rows, (row) => distinct.indexOf(row)), values }
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

  const smallMargins: readonly (readonly [number[], number[]])[] = [
    [[2, 3, 4, 4], [6, 4, 3]],
    [[5, 5, 5], [4, 4, 7]],
    [[3, 6, 9], [9, 9]],
    [[2, 2, 3, 3, 3], [5, 8]],
    [[3, 3, 3], [3, 2, 2, 2]],
    [[1, 8, 9], [2, 12, 4]],
    // Rows of so unlike totals do not share their sums.
    [[2, 70, 3], [30, 45]],
  ] // prettier-ignore

  test.each(smallMargins)('the function of all tables with rows %j and columns %j, whatever the weights', (rows, columns) => {
    for (const statistic of [logarithmic(rows, columns), halfChiSquared(rows, columns)]) {
      const threshold = statistic.kinds.every((kind) => kind === 0) ? -10 : -3
      // Weights of tables with many in a cell are out of all proportion.
      for (const tilt of statistic.total < 60 ? [0, 0.5, 1.2, -0.4] : [0]) {
        const lattice = phaseLattice(statistic, tilt, threshold, 1e-9, meter(1e9, 1e9))
        for (const frequency of [0, 0.7, 3, 40]) {
          const { error, imaginary, real } = runToEnd(expectation(lattice, frequency, 1e-10, meter(1e9, 1e9)), () => undefined)
          const expected = listed(statistic, tilt, threshold, frequency)
          expect(Math.hypot(real - expected.real, imaginary - expected.imaginary)).toBeLessThan(2e-10)
          expect(error).toBeLessThan(5e-7)
        }
      }
    }
  })

  test.each(smallMargins)('rows %j, columns %j: what is left out and what creeps in is no more than is told', (rows, columns) => {
    for (const statistic of [logarithmic(rows, columns), halfChiSquared(rows, columns)]) {
      for (const [tilt, tolerated] of [[0, 1e-2], [0, null], [0.5, 1e-2], [0.5, null], [-0.4, 1e-3]] as const) {
        if (tilt !== 0 && statistic.total > 60) continue
        const lattice = phaseLattice(statistic, tilt, -5, tolerated, meter(1e9, 1e9))
        const at = (frequency: number) => runToEnd(expectation(lattice, frequency, 1e-12, meter(1e9, 1e9)), () => undefined)
        const mass = listed(statistic, tilt, -5, 0).real
        // All weights and what creeps in are positive, so the sum at 0 tells how much that is.
        const none = at(0)
        expect(none.real + lattice.missing + none.error).toBeGreaterThanOrEqual(mass)
        const extra = lattice.extra !== null && tolerated !== null ? lattice.extra : Math.max(0, none.real - mass + lattice.missing)
        if (lattice.extra !== null && tolerated !== null) expect(none.real - mass).toBeLessThanOrEqual(lattice.extra + none.error)
        for (const frequency of [0.7, 3, 40]) {
          const { error, imaginary, real } = at(frequency)
          const expected = listed(statistic, tilt, -5, frequency)
          expect(Math.hypot(real - expected.real, imaginary - expected.imaginary)).toBeLessThanOrEqual(extra + lattice.missing + error + 1e-12)
        }
      }
    }
  }) // prettier-ignore

  test('hypergeometric probabilities, and the shortest run that holds all but a part of them', () => {
    const choose = (n: number, k: number): number => (k < 0 || k > n ? 0 : k === 0 ? 1 : (choose(n - 1, k - 1) * n) / k)
    for (const [drawn, marked, all] of [[5, 7, 20], [9, 14, 20], [12, 12, 12], [0, 3, 9], [20, 30, 60]] as const) {
      const masses = hypergeometricMasses(drawn, marked, all)
      expect(masses).toHaveLength(drawn + 1)
      for (let x = 0; x <= drawn; x++) {
        const expected = (choose(marked, x) * choose(all - marked, drawn - x)) / choose(all, drawn)
        expect(Math.abs((masses[x] as number) - expected)).toBeLessThanOrEqual(1e-13 * expected)
      }
    }
    const masses = Float64Array.of(0.01, 0.04, 0.3, 0.4, 0.2, 0.03, 0.02)
    expect(windowOf(masses, 0)).toEqual([0, 6])
    expect(windowOf(masses, 0.035)).toEqual([1, 5])
    expect(windowOf(masses, 0.061)).toEqual([1, 4])
    expect(windowOf(masses, 0.11)).toEqual([2, 4])
    expect(windowOf(masses, 1)).toEqual([3, 3])
  }) // prettier-ignore

  test.each([
    // Rows, columns, and how far the bound may lie above the norm itself: transforms have few points for few counts.
    [[5, 7, 8], [6, 5, 5, 4], 1e-4],
    [[9, 2, 9], [5, 1, 6, 2, 3, 3], 5e-3],
    [[10, 11], [4, 3, 1, 2, 2, 6, 2, 1], 6.5e-3],
    [[4, 4, 4], [5, 4, 3], 7.5e-3],
    [[6, 6, 6, 7], [14, 11], 5e-4],
  ] as const)('the bound of a pair is (E |φ|²)^½ given the rows’ totals, rows %j, columns %j, but for %f', (rows, columns, gap) => {
    const total = rows.reduce<number>((sum, row) => sum + row, 0)
    const pairs = columnPairs(rows, columns, total)
    const descending = [...columns].sort((a, b) => b - a).slice(0, 2 * pairs.length)
    for (const frequency of [0, 0.3, 1, 3, 9.1, 40, 109]) {
      for (const [k, pair] of pairs.entries()) {
        const [first, second] = [descending[k] as number, descending[2 * pairs.length - 1 - k] as number]
        const others = total - first - second
        const byTotals = new Map<string, { mass: number; real: number; imaginary: number }>()
        tablesWithMargins(rows, others > 0 ? [first, second, others] : [first, second], (cells, mass) => {
          const key = cells.map(([x, y]) => (x as number) + (y as number)).join()
          const value = cells.reduce((sum, [x, y]) => sum + (minusLogFactorials[x as number] as number) + (minusLogFactorials[y as number] as number), 0)
          const entry = byTotals.get(key) ?? { mass: 0, real: 0, imaginary: 0 }
          byTotals.set(key, entry)
          entry.mass += mass
          entry.real += mass * Math.cos(frequency * value)
          entry.imaginary += mass * Math.sin(frequency * value)
        })
        let norm = 0
        for (const { imaginary, mass, real } of byTotals.values()) norm += (real * real + imaginary * imaginary) / mass
        const bound = pairBound([pair], minusLogFactorials, frequency, 0, meter(1e9, 1e9))
        expect(bound).toBeGreaterThanOrEqual(Math.min(1, Math.sqrt(norm)) - 1e-12)
        expect(bound).toBeLessThan(Math.sqrt(norm) + gap)
      }
      // Pairs are multiplied until that is enough.
      const alone = pairs.map((pair) => pairBound([pair], minusLogFactorials, frequency, 0, meter(1e9, 1e9)))
      const product = alone.reduce((bound, each) => bound * each, 1)
      expect(pairBound(pairs, minusLogFactorials, frequency, 0, meter(1e9, 1e9))).toBeCloseTo(product, 12)
      expect(pairBound(pairs, minusLogFactorials, frequency, 1, meter(1e9, 1e9))).toBe(alone[0])
    }
  }) // prettier-ignore

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

  // Steps do not depend on the machine: what takes more than it did shows here, and not only as time.
  test.each([
    ['3x4_n60', 0.05, 2.3e6, 3.0e6, 2.4e6],
    ['2x10_n191', 0.05, 4.3e5, 6.7e5, 4.5e5],
    ['2x20_n200', 0.05, 8.5e4, 1.35e5, 8.9e4],
  ])('%s is bracketed to %f within so many steps, by each ordering', (name, width, ...steps) => {
    const { table } = tableNamed(name)
    const runs = { probability: fisherFreemanHaltonTest, pearson: exactPearsonTest, 'likelihood-ratio': exactLikelihoodRatioTest } as const
    Object.entries(runs).forEach(([ordering, run], k) => {
      const account = meter(1e9, 1e9)
      const found: [number, number][] = []
      const tail = tailOfStatistic(orderedTables(table, ordering as TableOrdering, account))
      runToEnd(
        certifiedBracket(tail, width, account, (lower, upper) => found.push([lower, upper])),
        () => undefined,
      )
      // The network adds up all tables, in effect, by other means.
      const { pValue } = run(table) as ExactTableTest
      found.forEach(([lower, upper], at) => {
        expect(lower).toBeLessThanOrEqual(pValue)
        expect(upper).toBeGreaterThanOrEqual(pValue)
        expect(lower).toBeGreaterThanOrEqual(found[at - 1]?.[0] ?? 0)
        expect(upper).toBeLessThanOrEqual(found[at - 1]?.[1] ?? 1)
      })
      const [lower, upper] = found.at(-1) as [number, number]
      expect((upper - lower) / lower).toBeLessThanOrEqual(width)
      expect(account.work).toBeLessThan(steps[k] as number)
    })
  })

  test.each([
    // Steps at most for the probability, X² and G. The last table is rare, so that its like are made common by weights.
    [[[4, 1, 3, 0], [2, 5, 0, 1], [0, 2, 3, 3], [2, 0, 2, 4]], 1.6e6, 3.8e6, 5.0e6],
    [[[3, 7, 2], [5, 1, 9], [4, 4, 6], [8, 2, 3]], 1.15e6, 2.35e6, 1.7e6],
    [[[7, 1, 0], [1, 6, 1], [0, 1, 8]], 8.6e6, 6.4e6, 3.05e6],
  ])('%j is bracketed to four tenths within so many steps', (table, ...steps) => {
    ;(['probability', 'pearson', 'likelihood-ratio'] as const).forEach((ordering, k) => {
      const p = bruteForcePs(table)[ordering]
      const account = meter(1e8, 1e9)
      let [least, most] = [0, 1]
      runToEnd(
        certifiedBracket(tailOfStatistic(orderedTables(table, ordering, account)), 0.4, account, (lower, upper) => {
          expect(lower).toBeGreaterThanOrEqual(least)
          expect(upper).toBeLessThanOrEqual(most)
          ;[least, most] = [lower, upper]
          expect(lower).toBeLessThanOrEqual(p)
          expect(upper).toBeGreaterThanOrEqual(p)
        }),
        () => undefined,
      )
      expect((most - least) / least).toBeLessThanOrEqual(0.4)
      expect(account.work).toBeLessThan(steps[k] as number)
    })
  }) // prettier-ignore

  // What three orderings take until the last bracket that 3e5 steps allow, and how wide these are together, in P: a budget has to reach
  // as far everywhere, and in the next version. Single tables are a large part of P here, which polynomials cannot tell from a part.
  test.each([
    [[[2, 1], [0, 3], [1, 1]], 851637, 1.818],
    [[[5, 0], [1, 4], [2, 2]], 733052, 1.490],
    [[[8, 0], [0, 8], [1, 3]], 532624, 3.090],
    [[[3, 1, 2], [0, 4, 1], [1, 1, 3]], 581892, 1.007],
    [[[6, 0, 0], [0, 5, 0], [0, 1, 6]], 518455, 3.214],
    [[[4, 4], [4, 4], [4, 4]], 49998, 0.430],
    [[[9, 1], [2, 8]], 391672, 3.041],
    [[[15, 0], [1, 14]], 567858, 3.088],
    [[[3, 2, 2, 3, 2, 1], [1, 2, 3, 2, 0, 4]], 58820, 0.873],
    [[[9, 0], [0, 9], [0, 9]], 571937, 3.088],
  ])('%j is bracketed in few steps, as narrowly as these allow', (table, steps, width) => {
    let [taken, wide] = [0, 0]
    const ps = bruteForcePs(table)
    for (const ordering of ['probability', 'pearson', 'likelihood-ratio'] as const) {
      const p = ps[ordering]
      const account = meter(3e5, 1e9)
      const found: [number, number, number][] = []
      try {
        runToEnd(
          certifiedBracket(tailOfStatistic(orderedTables(table, ordering, account)), 0.4, account, (lower, upper) =>
            found.push([lower, upper, account.work]),
          ),
          () => undefined,
        )
      } catch (error) {
        expect(error).toBeInstanceOf(MeterExhausted)
      }
      for (const [lower, upper] of found) {
        expect(lower).toBeLessThanOrEqual(p * (1 + 1e-9))
        expect(upper).toBeGreaterThanOrEqual(p * (1 - 1e-9))
      }
      const [lower, upper, work] = found.at(-1) as [number, number, number]
      taken += work
      wide += (upper - lower) / p
    }
    expect(taken / steps).toBeCloseTo(1, 2)
    expect(wide).toBeLessThan(width * 1.005)
  }) // prettier-ignore

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
