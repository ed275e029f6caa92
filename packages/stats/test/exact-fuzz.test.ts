// Random tables, the exact tests against other ways to their P values. Seeded, so each run sees the same tables.
// FUZZ_TABLES=10000 npx vitest run --root packages/stats exact-fuzz   runs the full number, which takes some minutes; 100 otherwise.
import { describe, expect, test } from 'vitest'
import { certifiedBracket } from '../src/exact/network/certified-bracket.ts'
import { meter, MeterExhausted, runToEnd } from '../src/exact/network/meter.ts'
import { orderedTables } from '../src/exact/network/ordered-tables.ts'
import { tailOfStatistic } from '../src/exact/network/tail-of-statistic.ts'
import { exactLikelihoodRatioTest, exactPearsonTest, type ExactTableTest, fisherFreemanHaltonTest } from '../src/exact/index.ts'
import { createRandom } from '../src/index.ts'
import { type BruteOrdering, bruteForcePs, columnByColumnP } from './all-tables.ts'

const wanted = Number((globalThis as { process?: { env: Record<string, string | undefined> } }).process?.env['FUZZ_TABLES'] ?? 100)

const tests = {
  probability: fisherFreemanHaltonTest,
  pearson: exactPearsonTest,
  'likelihood-ratio': exactLikelihoodRatioTest,
} as const
const orderings = Object.keys(tests) as BruteOrdering[]

/** Tables whose cells fill up with unlike shares, without empty rows or columns. */
function* randomTables(
  count: number,
  seed: number,
  sides: readonly [number, number],
  sizes: readonly [number, number],
): Generator<number[][]> {
  const random = createRandom(seed)
  const between = ([low, high]: readonly [number, number]): number => low + Math.floor(random.uniform() * (high - low + 1))
  for (let made = 0; made < count;) {
    const rows = between(sides)
    const columns = between(sides)
    const n = between(sizes)
    const shares = Array.from({ length: rows * columns }, () => random.uniform() ** 2)
    const all = shares.reduce((sum, share) => sum + share, 0)
    const table = Array.from({ length: rows }, () => new Array<number>(columns).fill(0))
    for (let k = 0; k < n; k++) {
      let point = random.uniform() * all
      let cell = 0
      while (cell < shares.length - 1 && (point -= shares[cell] as number) > 0) cell++
      const row = table[Math.floor(cell / columns)] as number[]
      row[cell % columns] = (row[cell % columns] as number) + 1
    }
    if (table.some((row) => row.every((x) => x === 0))) continue
    if ((table[0] as number[]).some((_, j) => table.every((row) => row[j] === 0))) continue
    made++
    yield table
  }
}

describe('properties', () => {
  test(`${String(wanted)} tables of up to 5 × 5 and 25 observations, against all their tables`, { timeout: 7_200_000 }, () => {
    for (const table of randomTables(wanted, 20261, [2, 5], [2, 25])) {
      const brute = bruteForcePs(table)
      for (const ordering of orderings) {
        const result = tests[ordering](table) as ExactTableTest
        const name = `${ordering} of ${JSON.stringify(table)}`
        expect(result.status, name).toBe('exact')
        expect(Math.abs(result.pValue / brute[ordering] - 1), name).toBeLessThan(1e-9)
        expect(result.lower, name).toBeLessThanOrEqual(brute[ordering] * (1 + 1e-9))
        expect(result.upper, name).toBeGreaterThanOrEqual(brute[ordering] * (1 - 1e-9))
      }
    }
  })

  test('a P so small that the rounding of 1 − P would show is exact still', () => {
    // Was called bracketed: the rounding counts on either side of P, and only one of them was looked at.
    const table = [[1, 0, 1, 0, 0], [0, 1, 3, 3, 2], [0, 0, 0, 6, 0], [0, 3, 0, 0, 0], [0, 1, 1, 0, 2]] // prettier-ignore
    const result = exactPearsonTest(table) as ExactTableTest
    expect(result.status).toBe('exact')
    expect(Math.abs(result.pValue / bruteForcePs(table).pearson - 1)).toBeLessThan(1e-12)
  })

  test('every bracket on the way to a width of 0.2 contains the P of all tables', { timeout: 7_200_000 }, () => {
    for (const table of randomTables(Math.ceil(wanted / 20), 20262, [2, 5], [6, 25])) {
      const brute = bruteForcePs(table)
      for (const ordering of orderings) {
        const account = meter(1e6, 1e9)
        const name = `${ordering} of ${JSON.stringify(table)}`
        try {
          runToEnd(
            certifiedBracket(tailOfStatistic(orderedTables(table, ordering, account)), 0.2, account, (lower, upper) => {
              expect(lower, name).toBeLessThanOrEqual(brute[ordering] * (1 + 1e-9))
              expect(upper, name).toBeGreaterThanOrEqual(brute[ordering] * (1 - 1e-9))
            }),
            () => undefined,
          )
        } catch (error) {
          expect(error).toBeInstanceOf(MeterExhausted)
        }
      }
    }
  })

  test('larger tables, against a plain sum column by column', { timeout: 7_200_000 }, () => {
    for (const table of randomTables(Math.ceil(wanted / 25), 20263, [2, 4], [26, 40])) {
      for (const ordering of orderings) {
        const result = tests[ordering](table) as ExactTableTest
        const name = `${ordering} of ${JSON.stringify(table)}`
        expect(result.status, name).toBe('exact')
        expect(Math.abs(result.pValue / columnByColumnP(table, ordering) - 1), name).toBeLessThan(1e-9)
      }
    }
  })
})
