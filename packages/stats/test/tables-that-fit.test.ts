import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { suppressSmallCounts } from '../src/disclosure/index.ts'
import { chiSquaredTest } from '../src/independence/chi-squared-test.ts'
import {
  auditSum,
  constraintsFromPercentages,
  constraintsFromSuppressed,
  feasibleCrossing,
  feasibleTables,
  statisticRange,
  tablesThatFit,
} from '../src/printed-figures/index.ts'

describe('worked examples', () => {
  test('a whole table comes back from its rounded percentages and its totals', () => {
    const counts = [
      [12, 14],
      [13, 122],
    ]
    const constraints = constraintsFromPercentages(
      [
        ['46.2', '53.8'],
        ['9.6', '90.4'],
      ],
      [26, 135],
    )
    expect([...tablesThatFit({ ...constraints, columns: [25, 136] })]).toEqual([counts])
  })
  test('percentages without decimals leave room, and the range says how much', () => {
    const constraints = constraintsFromPercentages(
      [
        ['46', '54'],
        ['10', '90'],
      ],
      [26, 135],
    )
    const range = statisticRange(constraints, (table) => chiSquaredTest(table).pValue)
    expect(range.tables).toBe(2)
    expect(range.minimum).toBeLessThan(range.maximum as number)
  })
  test('the range of P on a table with hidden cells contains the true P', () => {
    const counts = [
      [3, 20, 30],
      [12, 14, 40],
      [25, 9, 31],
    ]
    const range = statisticRange(constraintsFromSuppressed(suppressSmallCounts(counts)), (table) => chiSquaredTest(table).pValue)
    const truth = chiSquaredTest(counts).pValue as number
    expect(range.minimum).toBeLessThanOrEqual(truth)
    expect(range.maximum).toBeGreaterThanOrEqual(truth)
  })
  test('programme size: 51 is the sum of its parts, 52 is not (NHSX 29 Sep 2021, HTN 6 Oct 2021)', () => {
    expect(auditSum(['3', '33', '15'], '51').verdict).toBe('exact')
    expect(auditSum(['3', '33', '15'], '52')).toEqual({ sum: 51, difference: -1, verdict: 'differs' })
  })
  test('decimals are added as decimals', () => {
    expect(auditSum(['0.1', '0.2'], '0.3', { kind: 'percentages' })).toEqual({ sum: 0.3, difference: 0, verdict: 'exact' })
  })
})

const tables = fc
  .tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 }))
  .chain(([r, c]) => fc.array(fc.array(fc.integer({ min: 0, max: 3 }), { minLength: c, maxLength: c }), { minLength: r, maxLength: r }))

describe('properties', () => {
  test.prop([tables, fc.infiniteStream(fc.boolean())], { numRuns: 60 })(
    'every table that fits is found once, and no other',
    (truth, hidden) => {
      const cells = truth.map((row) => row.map((count) => (hidden.next().value === true ? [0, 1, 2, 3] : count)))
      const rows = truth.map((row) => row.reduce((a, b) => a + b))
      const columns = (truth[0] ?? []).map((_, j) => truth.reduce((sum, row) => sum + (row[j] ?? 0), 0))
      const found = [...tablesThatFit({ cells, rows, columns })]
      const brute = cells
        .flat()
        .reduce<number[][]>(
          (all, cell) => all.flatMap((sofar) => (typeof cell === 'number' ? [cell] : cell).map((count) => [...sofar, count])),
          [[]],
        )
        .filter((flat) => {
          const width = columns.length
          return (
            rows.every((total, i) => flat.slice(i * width, (i + 1) * width).reduce((a, b) => a + b) === total) &&
            columns.every((total, j) => flat.filter((_, k) => k % width === j).reduce((a, b) => a + b) === total)
          )
        })
      expect(found.map((table) => table.flat())).toEqual(brute)
    },
  )
  test.prop([fc.nat(12), fc.nat(12), fc.nat()])('for 2 × 2 margins it lists what feasibleTables lists', (row, otherRow, pick) => {
    const n = row + otherRow
    const column = n === 0 ? 0 : pick % (n + 1)
    const found = [
      ...tablesThatFit({
        cells: [
          [null, null],
          [null, null],
        ],
        rows: [row, otherRow],
        columns: [column, n - column],
      }),
    ]
    expect(found).toEqual(feasibleTables({ rows: [row, otherRow], columns: [column, n - column] }).tables.map(({ counts }) => counts))
  })
})

describe('ranges', () => {
  test('say where the ends are, and how many tables have no value', () => {
    const constraints = { cells: [[null, null]], total: 3 }
    const share = ([row]: readonly (readonly number[])[]): number | null => {
      const [a = 0, b = 0] = row ?? []
      return a === 0 ? null : b / a
    }
    expect(statisticRange(constraints, share)).toEqual({
      minimum: 0,
      minimumAt: [[3, 0]],
      maximum: 2,
      maximumAt: [[1, 2]],
      tables: 4,
      withoutValue: 1,
    })
    expect(statisticRange(constraints, () => null)).toEqual({
      minimum: null,
      minimumAt: null,
      maximum: null,
      maximumAt: null,
      tables: 4,
      withoutValue: 4,
    })
    // Of equal ends the first counts.
    expect(statisticRange(constraints, () => 7)).toMatchObject({ minimumAt: [[0, 3]], maximumAt: [[0, 3]] })
    expect(() => statisticRange(constraints, share, { maximumTables: 3 })).toThrow(
      expect.objectContaining({ code: 'too-large', message: 'more than 3 tables fit (maximumTables)' }),
    )
    expect(statisticRange(constraints, share, { maximumTables: 4 }).tables).toBe(4)
  })
  test('nothing fits', () => {
    expect([...tablesThatFit({ cells: [[5, null]], total: 3 })]).toEqual([])
    expect([...tablesThatFit({ cells: [[[], 1]] })]).toEqual([])
  })
  test('margins that only part of is known', () => {
    const found = [
      ...tablesThatFit({
        cells: [
          [null, 1],
          [2, null],
        ],
        rows: [3, null],
        columns: [null, 4],
      }),
    ]
    expect(found).toEqual([
      [
        [2, 1],
        [2, 3],
      ],
    ])
  })
})

describe('where P falls under a threshold', () => {
  const tables = () => feasibleTables({ rows: [20, 30], columns: [15, 35] })
  test.each(['pearson', 'fisher'] as const)('%s', (which) => {
    for (const threshold of [0.05, 0.001, 1e-9]) {
      const all = tables()
      const under = all.tables.filter(
        ({ pearsonPValue, fisherPValue }) => ((which === 'pearson' ? pearsonPValue : fisherPValue) ?? 1) < threshold,
      )
      const counts = under.map(({ count }) => count)
      expect(feasibleCrossing(all, which, threshold)).toEqual({
        below: counts.filter((count) => count < 6).at(-1) ?? null,
        above: counts.find((count) => count > 6) ?? null,
        tables: counts.length,
      })
    }
  })
  test('no table is on either side of nothing', () => {
    const empty = feasibleTables({ rows: [0, 5], columns: [2, 3] })
    expect(empty).toMatchObject({
      minimum: 0,
      maximum: 0,
      expected: 0,
      minimumExpected: 0,
      tables: [{ count: 0, pearsonPValue: null, fisherPValue: 1 }],
    })
    expect(feasibleCrossing(empty, 'pearson', 0.05)).toEqual({ below: null, above: null, tables: 0 })
    expect(feasibleTables({ rows: [0, 0], columns: [0, 0] })).toMatchObject({ expected: null, minimumExpected: null })
  })
})

test('refusals', () => {
  const all = (constraints: Parameters<typeof tablesThatFit>[0]) => () => [...tablesThatFit(constraints, { maximumTables: 10 })]
  expect(all({ cells: [[null]] })).toThrow(
    expect.objectContaining({ code: 'mismatch', message: 'cell [0][0] is not known, and no total bounds it' }),
  )
  const ragged = { code: 'ragged', message: 'cells, rows and columns do not fit each other: expected 2 × 2' }
  expect(all({ cells: [[1, 2], [3]] })).toThrow(expect.objectContaining(ragged))
  const whole = [
    [1, 2],
    [3, 4],
  ]
  expect(all({ cells: whole, rows: [3] })).toThrow(expect.objectContaining(ragged))
  expect(all({ cells: whole, columns: [3, 4, 5] })).toThrow(expect.objectContaining(ragged))
  expect(all({ cells: [] })).toThrow(expect.objectContaining({ code: 'too-small', message: 'the table has no cell' }))
  expect(all({ cells: [[]] })).toThrow(expect.objectContaining({ code: 'too-small' }))
  expect(all({ cells: [[1]], rows: [-1] })).toThrow(
    expect.objectContaining({ code: 'not-a-count', message: expect.stringContaining('a total is -1') as string }),
  )
  expect(all({ cells: [[1]], columns: [0.5] })).toThrow(expect.objectContaining({ code: 'not-a-count' }))
  expect(all({ cells: [[1]], total: Number.NaN })).toThrow(expect.objectContaining({ code: 'not-a-count' }))
  expect(() => constraintsFromPercentages([['50', '50']], [2, 3])).toThrow(
    expect.objectContaining({ code: 'ragged', message: '1 rows of percentages, 2 row totals' }),
  )
  expect(() => constraintsFromSuppressed(suppressSmallCounts([[1, 1]]))).toThrow(
    expect.objectContaining({ code: 'mismatch', message: 'nothing published bounds cell [0][0]' }),
  )
  expect(() => feasibleTables({ rows: [2, 3], columns: [1, 1] })).toThrow(
    expect.objectContaining({ code: 'mismatch', message: 'rows add up to 5, columns to 2; they count the same observations' }),
  )
  expect(() => feasibleTables({ rows: [2, -3], columns: [1, 1] })).toThrow(
    expect.objectContaining({ code: 'not-a-count', message: expect.stringContaining('rows[1] is -3') as string }),
  )
  expect(() => feasibleTables({ rows: [20, 30], columns: [15, 35] }, { maximumTables: 15 })).toThrow(
    expect.objectContaining({ code: 'too-large', message: 'the margins allow 16 tables, more than maximumTables (15)' }),
  )
  expect(
    all({
      cells: [
        [null, null],
        [null, null],
      ],
      total: 9,
    }),
  ).toThrow(expect.objectContaining({ code: 'too-large' }))
})
