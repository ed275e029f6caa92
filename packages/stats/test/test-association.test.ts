import { describe, expect, test } from 'vitest'
import { type AssociationTest, testAssociation, testAssociationAsync } from '../src/exact/index.ts'
import { monteCarloTest } from '../src/index.ts'
import reference from './freeman-halton-test.reference.json' with { type: 'json' }

const tableNamed = (name: string) => (reference.tables.find((entry) => entry.name === name) as { table: number[][] }).table

describe('the rule', () => {
  test('adequate expected counts: Pearson, with the exact test beside it', () => {
    const result = testAssociation([
      [20, 25],
      [12, 34],
    ]) as AssociationTest
    expect(result).toMatchObject({ chosen: 'pearson-chi-squared', because: 'expected-counts-adequate', standardError: null })
    expect(result.pValue).toBe(result.tests.pearson.pValue)
    expect(result.tests.exact.status).toBe('exact')
  })

  test('millions of answers: Pearson, and the exact test beside it is given up at once', () => {
    // The sums for its bracket grow with the square of the counts and were not counted as work: this ran for minutes.
    const result = testAssociation([
      [1e6, 2e6, 3e6],
      [1.001e6, 2e6, 3e6],
    ]) as AssociationTest
    expect(result.chosen).toBe('pearson-chi-squared')
    expect(result.tests.exact).toMatchObject({ status: 'budget-exhausted', pValue: 1, upper: 1 })
    expect(result.tests.exact.work).toBeLessThanOrEqual(5e6)
  })

  test('small expected counts: exact', () => {
    const result = testAssociation(tableNamed('R_MP6_5x7_n39')) as AssociationTest
    expect(result).toMatchObject({ chosen: 'fisher-freeman-halton', because: 'expected-counts-small', degreesOfFreedom: null })
    expect(result.pValue).toBeCloseTo(0.0392896436553, 12)
  })

  test('no budget for the exact test: a bracket', () => {
    const options = { budget: { work: 4e6 }, relativeWidth: 0.3 }
    const result = testAssociation(
      tableNamed('3x8_n100').map((row) => row.map((x, j) => (j < 2 ? Math.min(x, 3) : x))),
      options,
    ) as AssociationTest
    expect(result.because).toBe('exact-out-of-budget')
    expect(result.pValue).toBeGreaterThanOrEqual(result.tests.exact.lower)
    expect(result.pValue).toBeLessThanOrEqual(result.tests.exact.upper)
  })

  test('no budget for a bracket: random tables from a seed, with a standard error', () => {
    const table = tableNamed('10x10_n50_sparse')
    const result = testAssociation(table, { budget: { work: 1e4 }, replicates: 2000, seed: 3 }) as AssociationTest
    expect(result).toMatchObject({ chosen: 'monte-carlo', because: 'bracket-out-of-budget' })
    expect(result.tests.monteCarlo).toEqual(monteCarloTest(table, { statistic: 'probability', replicates: 2000, seed: 3 }))
    expect(Math.abs(result.pValue - 0.69617)).toBeLessThan(5 * (result.standardError as number))
    expect(JSON.parse(JSON.stringify(result))).toEqual(result)
  })

  test('the reason is said in words, with the numbers that decided', () => {
    const explained = (table: number[][], options = {}) => (testAssociation(table, options) as AssociationTest).explanation
    expect(explained([[20, 25], [12, 34]])).toBe(
      "Pearson's test, as the smallest expected count is 16 and 0% of them are below 5, which Cochran's rule allows.",
    )
    expect(explained([[3, 5, 2], [7, 1, 6]])).toBe(
      "The exact test, as the smallest expected count is 2.5 and 83% of them are below 5, which Cochran's rule does not allow.",
    )
    const sparse = tableNamed('3x8_n100').map((row) => row.map((x, j) => (j < 2 ? Math.min(x, 3) : x)))
    const bracketed = testAssociation(sparse, { budget: { work: 4e6 }, relativeWidth: 0.3 }) as AssociationTest
    const { lower, upper } = bracketed.tests.exact
    expect(bracketed.chosen).toBe('fisher-freeman-halton')
    expect(bracketed.explanation).toContain(`between ${String(lower)} and ${String(upper)}, which is as near as was asked`)
    expect(explained(tableNamed('10x10_n50_sparse'), { budget: { work: 1e4 }, replicates: 500 })).toMatch(
      /^The exact test simulated by 500 random tables, as the smallest expected count is 0\.040 and 100% of them are below 5 and the budget did/,
    )
  }) // prettier-ignore

  test('an empty row has no answer', () => {
    expect(
      testAssociation([
        [0, 0],
        [3, 5],
      ]),
    ).toMatchObject({ method: 'not-testable', test: 'association', reason: 'zero-margin' })
  })

  test('slices give the same', async () => {
    const table = tableNamed('4x4_n50')
    expect(await testAssociationAsync(table)).toEqual(testAssociation(table))
  })
})
