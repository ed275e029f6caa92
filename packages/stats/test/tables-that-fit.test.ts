import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { suppressSmallCounts } from '../src/disclosure/index.ts'
import { chiSquaredTest } from '../src/independence/chi-squared-test.ts'
import {
  auditSum,
  constraintsFromPercentages,
  constraintsFromSuppressed,
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

test('refusals', () => {
  const all = (constraints: Parameters<typeof tablesThatFit>[0]) => () => [...tablesThatFit(constraints, { maximumTables: 10 })]
  expect(all({ cells: [[null]] })).toThrow(expect.objectContaining({ code: 'mismatch' }))
  expect(all({ cells: [[1, 2], [3]] })).toThrow(expect.objectContaining({ code: 'ragged' }))
  expect(all({ cells: [[1]], rows: [-1] })).toThrow(expect.objectContaining({ code: 'not-a-count' }))
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
