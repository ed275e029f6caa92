import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { certifiedBracket } from '../src/exact/network/certified-bracket.ts'
import { characteristicGroup, evaluate } from '../src/exact/network/characteristic-group.ts'
import { meter, runToEnd } from '../src/exact/network/meter.ts'
import { orderedTables, type TableOrdering } from '../src/exact/network/ordered-tables.ts'
import { type ExactTableTest, fisherFreemanHaltonTest } from '../src/index.ts'
import { logFactorial } from '../src/numerics/index.ts'
import { bruteForceP } from './all-tables.ts'
import reference from './freeman-halton-test.reference.json' with { type: 'json' }

/** All brackets that are reported on the way, from loose to tight. */
function brackets(table: readonly (readonly number[])[], ordering: TableOrdering, relativeWidth: number): [number, number][] {
  const account = meter(1.2e7, 1e9)
  const found: [number, number][] = []
  try {
    runToEnd(
      certifiedBracket(orderedTables(table, ordering, account), relativeWidth, account, (lower, upper) => found.push([lower, upper])),
      () => undefined,
    )
  } catch {
    // Out of budget: what was found until then must hold all the same.
  }
  return found
}

const tableNamed = (name: string) => reference.tables.find((entry) => entry.name === name) as { table: number[][]; p: number }

describe('reference values', () => {
  test('the characteristic function of a 3 × 2 table is the sum over its tables', () => {
    const cell = Float64Array.from({ length: 30 }, (_, x) => -logFactorial(x))
    const group = characteristicGroup([5, 4], Int32Array.of(2, 3, 4), 3, cell, 8)
    for (const frequency of [0, 0.7, 30]) {
      let real = 0
      let imaginary = 0
      let mass = 0
      for (let a = 0; a <= 2; a++) {
        for (let b = 0; b <= 3; b++) {
          const c = 4 - a - b
          if (c < 0 || c > 4) continue
          const value = [a, b, c, 2 - a, 3 - b, 4 - c].reduce((sum, x) => sum + (cell[x] as number), 0)
          const p = Math.exp(value)
          mass += p
          real += p * Math.cos(frequency * value)
          imaginary += p * Math.sin(frequency * value)
        }
      }
      evaluate(group, frequency)
      expect(group.real[0]).toBeCloseTo(real / mass, 12)
      expect(group.imaginary[0]).toBeCloseTo(imaginary / mass, 12)
      expect(group.error).toBeLessThan(1e-10)
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

describe('properties', () => {
  const table = fc
    .array(fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 4, maxLength: 4 }), { minLength: 3, maxLength: 3 })
    .filter((rows) => rows.every((row) => row.some((x) => x > 0)) && [0, 1, 2, 3].every((j) => rows.some((row) => (row[j] as number) > 0)))

  test.prop([table, fc.constantFrom('probability', 'likelihood-ratio')], { numRuns: 12 })(
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
