import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { roundCounts, type SuppressedTable, suppressSmallCounts } from '../src/disclosure/index.ts'

/** Every table of counts that fits what was published, by trying all of them: the second, independent method. */
function fittingTables(published: SuppressedTable, ceiling: number): number[][][] {
  const height = published.rows.length
  const width = published.columns.length
  const hidden = published.counts.flatMap((row, i) => row.flatMap((count, j) => (count === null ? [[i, j] as const] : [])))
  const fitting: number[][][] = []
  const counts = published.counts.map((row) => row.map((count) => count ?? 0))
  const fits = (): boolean =>
    published.rows.every((total, i) => total === null || counts[i]?.reduce((a, b) => a + b) === total) &&
    published.columns.every((total, j) => total === null || counts.reduce((sum, row) => sum + (row[j] ?? 0), 0) === total) &&
    (published.total === null || counts.flat().reduce((a, b) => a + b) === published.total)
  const fill = (k: number): void => {
    const cell = hidden[k]
    if (cell === undefined) {
      if (fits()) fitting.push(counts.map((row) => [...row]))
      return
    }
    for (let count = 0; count <= ceiling; count++) {
      ;(counts[cell[0]] as number[])[cell[1]] = count
      fill(k + 1)
    }
  }
  if (height * width > 0) fill(0)
  return fitting
}

describe('worked examples', () => {
  test('one small cell takes three others with it', () => {
    const result = suppressSmallCounts([
      [3, 20, 30],
      [12, 14, 40],
      [25, 9, 31],
    ])
    expect(result.suppressed.map(({ row, column, kind }) => `${row},${column} ${kind}`)).toEqual([
      '0,0 primary',
      '0,1 secondary',
      '1,0 secondary',
      '1,1 secondary',
    ])
    expect(result.suppressed[0]).toMatchObject({ lower: 0, upper: 15 })
  })
  test('a small row total is hidden as well, and cannot be found from the grand total', () => {
    const result = suppressSmallCounts([
      [2, 1],
      [30, 40],
    ])
    expect(result.rows[0]).toBeNull()
    expect(result.status).not.toBe('recoverable')
  })
  test('nothing small, nothing hidden', () => {
    expect(
      suppressSmallCounts([
        [5, 6],
        [7, 8],
      ]).suppressed,
    ).toEqual([])
  })
})

const tables = fc
  .tuple(fc.integer({ min: 2, max: 3 }), fc.integer({ min: 2, max: 3 }))
  .chain(([r, c]) => fc.array(fc.array(fc.integer({ min: 0, max: 7 }), { minLength: c, maxLength: c }), { minLength: r, maxLength: r }))

describe('properties', () => {
  test.prop([tables], { numRuns: 60 })('the reported ranges are those of all tables that fit what is published', (counts) => {
    const result = suppressSmallCounts(counts, { threshold: 3 })
    const inner = result.suppressed.filter(({ row, column }) => row < result.rows.length && column < result.columns.length)
    // Trying all tables is only possible where few cells are hidden and a total bounds them.
    if (inner.length > 4 || result.total === null || result.total > 24) return
    const fitting = fittingTables(result, result.total)
    for (const { row, column, lower, upper } of inner) {
      const values = fitting.map((table) => table[row]?.[column] as number)
      expect([lower, upper]).toEqual([Math.min(...values), Math.max(...values)])
    }
  })
  test.prop([tables])('no small count is published, and every range contains the truth', (counts) => {
    const result = suppressSmallCounts(counts, { threshold: 4 })
    for (const row of result.counts) for (const count of row) if (count !== null) expect(count === 0 || count >= 4).toBe(true)
    for (const { row, column, lower, upper } of result.suppressed) {
      const truth = counts[row]?.[column]
      if (truth === undefined) continue
      expect(lower).toBeLessThanOrEqual(truth)
      if (upper !== null) expect(upper).toBeGreaterThanOrEqual(truth)
    }
    if (result.status !== 'recoverable')
      for (const { kind, lower, upper } of result.suppressed) if (kind === 'primary') expect(upper === null || upper > lower).toBe(true)
  })
})

test('rounding to a base rounds cells and totals each on its own', () => {
  expect(
    roundCounts([
      [3, 3],
      [3, 3],
    ]),
  ).toEqual({
    counts: [
      [5, 5],
      [5, 5],
    ],
    rows: [5, 5],
    columns: [5, 5],
    total: 10,
    base: 5,
  })
})

test('refusals', () => {
  expect(() => suppressSmallCounts([[1]], { threshold: 0 })).toThrow(expect.objectContaining({ code: 'out-of-range' }))
  expect(() => roundCounts([[1]], { base: 2.5 })).toThrow(expect.objectContaining({ code: 'out-of-range' }))
})
