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
  test.prop([fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 4, maxLength: 4 }), fc.constantFrom('published', 'suppressed')], {
    numRuns: 150,
  })('two by two: ranges of cells and totals, kinds and status, by trying all tables', ([a = 0, b = 0, c = 0, d = 0], zeros) => {
    const counts = [
      [a, b],
      [c, d],
    ]
    const result = suppressSmallCounts(counts, { threshold: 3, protection: 2, zeros: zeros as 'published' })
    const small = (count: number): boolean => count < 3 && (count > 0 || zeros === 'suppressed')
    const truth = (row: number, column: number, of = counts): number =>
      of.flatMap((cells, i) => cells.filter((_, j) => (row === 2 || row === i) && (column === 2 || column === j))).reduce((x, y) => x + y)
    for (const { row, column, kind } of result.suppressed) expect(kind === 'primary').toBe(small(truth(row, column)))
    const primary = result.suppressed.filter(({ kind }) => kind === 'primary')
    const narrowest = Math.min(...primary.map(({ lower, upper }) => (upper === null ? Infinity : upper - lower)))
    expect(result.status).toBe(narrowest === 0 ? 'recoverable' : narrowest < 2 ? 'narrow' : 'protected')
    if (result.total === null) return
    const fitting = fittingTables(result, result.total)
    for (const { row, column, lower, upper } of result.suppressed) {
      const values = fitting.map((table) => truth(row, column, table))
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

test.each([
  [() => suppressSmallCounts([[1]], { threshold: 0 }), 'threshold'],
  [() => suppressSmallCounts([[1]], { protection: 1.5 }), 'protection'],
  [() => roundCounts([[1]], { base: 2.5 }), 'base'],
])('refusals: %s', (refused, name) => {
  expect(refused).toThrow(expect.objectContaining({ code: 'out-of-range', message: expect.stringContaining(name) as string }) as Error)
})
