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

/** A table with its totals, in which what may be hidden together are closed ways through rows and columns in turn. */
const withTotals = (counts: readonly (readonly number[])[]): number[][] => {
  const rows = counts.map((row) => [...row, row.reduce((a, b) => a + b)])
  return [...rows, rows.reduce((sums, row) => sums.map((sum, j) => sum + (row[j] as number)))]
}

/** What the cheapest way round a cell hides besides it, by trying every way; a cell in `hidden` costs nothing. */
function cheapestWayRound(numbers: readonly (readonly number[])[], row: number, column: number): number {
  let least = Infinity
  const go = (i: number, rows: ReadonlySet<number>, columns: ReadonlySet<number>, cost: number): void => {
    for (let j = 0; j < (numbers[0] as readonly number[]).length; j++) {
      if (columns.has(j)) continue
      for (let k = 0; k < numbers.length; k++) {
        if (k === i) continue
        const next = cost + (numbers[i]?.[j] as number) + (numbers[k]?.[j] as number)
        // The way is closed in the column of the cell, which any row may close.
        least = Math.min(least, rows.has(k) ? Infinity : next + (numbers[k]?.[column] as number))
        if (!rows.has(k)) go(k, new Set([...rows, k]), new Set([...columns, j]), next)
      }
    }
  }
  go(row, new Set([row]), new Set([column]), 0)
  return least
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
  test('a published zero is the last thing to be hidden, and then only where nothing else can be', () => {
    const { suppressed } = suppressSmallCounts([
      [3, 0, 30],
      [12, 0, 40],
      [25, 9, 31],
    ])
    expect(suppressed.map(({ row, column }) => [row, column])).toEqual([
      [0, 0],
      [0, 2],
      [1, 0],
      [1, 2],
    ])
    expect(
      suppressSmallCounts([
        [3, 0],
        [12, 20],
      ]).counts,
    ).toEqual([
      [null, 0],
      [null, 20],
    ])
  })
  test('zeros are small where they are said to be', () => {
    const table = [
      [0, 20, 30],
      [12, 14, 40],
      [25, 9, 31],
    ]
    expect(suppressSmallCounts(table).suppressed).toEqual([])
    const { suppressed, status } = suppressSmallCounts(table, { zeros: 'suppressed' })
    expect(suppressed.map(({ kind }) => kind)).toEqual(['primary', 'secondary', 'secondary', 'secondary'])
    expect(suppressed[0]).toEqual({ row: 0, column: 0, kind: 'primary', lower: 0, upper: 12 })
    expect(status).toBe('protected')
  })
  test('more protection hides more, and what the table cannot give is said', () => {
    const table = [
      [3, 20, 30],
      [12, 14, 40],
      [25, 9, 31],
    ]
    for (const protection of [1, 4, 15, 16, 40]) {
      const { suppressed, status } = suppressSmallCounts(table, { protection })
      expect(status).toBe('protected')
      const [first] = suppressed
      expect((first?.upper ?? Infinity) - (first?.lower ?? 0)).toBeGreaterThanOrEqual(protection)
    }
    expect(suppressSmallCounts([[3, 8]], { protection: 100 }).status).toBe('protected')
    expect(suppressSmallCounts([[3], [8]], { threshold: 4, protection: 3 }).suppressed.map(({ row, column }) => [row, column])).toEqual([
      [0, 0],
      [1, 0],
      [0, 1],
      [1, 1],
    ])
  })
  test('everything small: everything hidden, and nothing published bounds a number from above', () => {
    const { suppressed, total, status } = suppressSmallCounts([
      [1, 1],
      [1, 1],
    ])
    expect(total).toBeNull()
    expect(status).toBe('protected')
    expect(suppressed).toHaveLength(9)
    for (const { kind, lower, upper } of suppressed) expect([kind, lower, upper]).toEqual(['primary', 0, null])
  })
  test('a threshold of 1 hides nothing, and protects by 1 where zeros are hidden', () => {
    const table = [
      [0, 1, 9],
      [1, 5, 9],
      [3, 9, 9],
    ]
    expect(suppressSmallCounts(table, { threshold: 1 }).suppressed).toEqual([])
    const { suppressed } = suppressSmallCounts(table, { threshold: 1, zeros: 'suppressed' })
    expect(suppressed[0]).toMatchObject({ row: 0, column: 0, kind: 'primary', lower: 0, upper: 1 })
    expect(suppressed).toHaveLength(4)
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
  test.prop([
    fc
      .tuple(fc.integer({ min: 2, max: 4 }), fc.integer({ min: 2, max: 4 }))
      .chain(([r, c]) =>
        fc.array(fc.array(fc.integer({ min: 5, max: 60 }), { minLength: c, maxLength: c }), { minLength: r, maxLength: r }),
      ),
    fc.nat(3),
    fc.nat(3),
    fc.integer({ min: 1, max: 4 }),
  ])('a single small count is hidden with the least that closes a way round it', (counts, at, from, small) => {
    const row = at % counts.length
    const column = from % (counts[0] as number[]).length
    ;(counts[row] as number[])[column] = small
    const numbers = withTotals(counts)
    const { suppressed, status } = suppressSmallCounts(counts)
    expect(status).toBe('protected')
    expect(suppressed.filter(({ kind }) => kind === 'primary').map((cell) => [cell.row, cell.column])).toEqual([[row, column]])
    const cost = suppressed.reduce((sum, { row: i, column: j, kind }) => sum + (kind === 'primary' ? 0 : (numbers[i]?.[j] as number)), 0)
    expect(cost).toBe(cheapestWayRound(numbers, row, column))
  })
  test.prop([tables, fc.integer({ min: 1, max: 9 })])('the status is what the ranges say', (counts, protection) => {
    const { suppressed, status } = suppressSmallCounts(counts, { threshold: 4, protection })
    const widths = suppressed.flatMap(({ kind, lower, upper }) => (kind === 'secondary' ? [] : [upper === null ? Infinity : upper - lower]))
    const narrowest = Math.min(...widths)
    expect(status).toBe(narrowest === 0 ? 'recoverable' : narrowest < protection ? 'narrow' : 'protected')
  })
  test.prop([tables], { numRuns: 40 })('rows and columns in another order, or turned round, give as narrow a range at worst', (counts) => {
    const turned = (counts[0] as number[]).map((_, j) => counts.map((row) => row[j] as number))
    const statusOf = (table: number[][]) => suppressSmallCounts(table, { threshold: 3, protection: 1 }).status
    expect(statusOf(turned)).toBe(statusOf(counts))
    expect(statusOf([...counts].reverse())).toBe(statusOf(counts))
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

test('a half is rounded upwards, to any base', () => {
  expect(roundCounts([[1, 2, 3, 4, 5, 6]], { base: 4 }).counts).toEqual([[0, 4, 4, 4, 4, 8]])
  expect(roundCounts([[1, 2, 3, 4, 5, 6]], { base: 3 }).counts).toEqual([[0, 3, 3, 3, 6, 6]])
  expect(
    roundCounts([
      [7, 2],
      [2, 3],
    ]),
  ).toEqual({
    counts: [
      [5, 0],
      [0, 5],
    ],
    rows: [10, 5],
    columns: [10, 5],
    total: 15,
    base: 5,
  })
})

test.each([
  [() => suppressSmallCounts([[1]], { threshold: 0 }), 'threshold is 0'],
  [() => suppressSmallCounts([[1]], { protection: 1.5 }), 'protection is 1.5'],
  [() => roundCounts([[1]], { base: 2.5 }), 'base is 2.5'],
])('refusals: %s', (refused, name) => {
  expect(refused).toThrow(expect.objectContaining({ code: 'out-of-range', message: expect.stringContaining(name) as string }) as Error)
})
