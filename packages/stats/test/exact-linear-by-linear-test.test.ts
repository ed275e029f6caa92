import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { exactLinearByLinearTest, type ExactLinearByLinearTest } from '../src/index.ts'
import { tablesWithMargins } from './all-tables.ts'

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
})
