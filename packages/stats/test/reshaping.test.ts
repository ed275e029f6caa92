import { fc, test as property } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import {
  collapse,
  expectedCounts,
  margins,
  mergeTables,
  shares,
  strataOf,
  stratifiedTable,
  sumOfStrata,
  transpose,
} from '../src/tables/index.ts'

const table = {
  rowLabels: ['a', 'b', 'c'],
  columnLabels: ['x', 'y'],
  counts: [
    [1, 2],
    [3, 4],
    [5, 6],
  ],
}
const counts = (height: number, width: number): fc.Arbitrary<number[][]> =>
  fc.array(fc.array(fc.nat(50), { minLength: width, maxLength: width }), { minLength: height, maxLength: height })
const tables = fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 })).chain(([r, c]) => counts(r, c))

describe('collapse', () => {
  test('by label, by position, by pairs', () => {
    expect(collapse(table, { rows: { rest: ['b', 'c'], a: ['a'] }, columns: { all: [0, 1] } })).toEqual({
      rowLabels: ['rest', 'a'],
      columnLabels: ['all'],
      counts: [[18], [3]],
    })
    expect(
      collapse(table, {
        rows: [
          ['2', ['c']],
          ['1', ['a', 'b']],
        ],
      }).rowLabels,
    ).toEqual(['2', '1'])
  })
  test.each([
    [{ rows: { a: ['a'] } }, 'row b is in none of the new levels'],
    [{ rows: { a: ['b', 'c'] } }, 'row a is in none of the new levels'],
    [{ rows: { a: ['a', 'b', 'c'], again: ['a'] } }, 'row a is in two of the new levels'],
    [{ rows: { a: ['a', 'b', 'd'] } }, 'a takes in d, which is not a row of the table'],
    [{ columns: { all: [0, 1, 2] } }, 'all takes in 2, which is not a column of the table'],
  ])('%j is refused', (options, message) => {
    expect(() => collapse(table, options)).toThrow(
      expect.objectContaining({ code: 'mismatch', message: expect.stringContaining(message) as string }) as Error,
    )
  })
})

describe('mergeTables', () => {
  const other = {
    rowLabels: ['c', 'd'],
    columnLabels: ['y', 'z'],
    counts: [
      [1, 1],
      [1, 1],
    ],
  }
  test('the union of levels', () => {
    expect(mergeTables([table, other], { levels: 'union' })).toEqual({
      rowLabels: ['a', 'b', 'c', 'd'],
      columnLabels: ['x', 'y', 'z'],
      counts: [
        [1, 2, 0],
        [3, 4, 0],
        [5, 7, 1],
        [0, 1, 1],
      ],
    })
  })
  test.each([
    ['mismatch', () => mergeTables([table, other]), 'table 1 has other levels than the first'],
    ['mismatch', () => mergeTables([table, { ...table, rowLabels: ['a', 'b', 'd'] }]), 'table 1 has other levels'],
    ['mismatch', () => mergeTables([table, { ...table, columnLabels: ['y', 'x'] }]), 'table 1 has other levels'],
    ['mismatch', () => mergeTables([[[1, 2]], [[1, 2, 3]]]), 'table 1 has other levels'],
    ['mismatch', () => mergeTables([[[1, 2]], [[1], [2]]], { levels: 'union' }), 'table 1 has other levels'],
    ['mismatch', () => mergeTables([table, table.counts], { levels: 'union' }), 'table 1 has other levels'],
    ['mismatch', () => mergeTables([{ ...table, rowLabels: ['a', 'a', 'b'] }]), 'table 0 has a label twice'],
    ['mismatch', () => mergeTables([{ ...table, columnLabels: ['x', 'x'] }]), 'table 0 has a label twice'],
    ['too-small', () => mergeTables([]), 'no table to merge'],
  ])('%s', (code, act, message) => {
    expect(act).toThrow(expect.objectContaining({ code, message: expect.stringContaining(message) as string }) as Error)
  })
  property.prop([counts(2, 3), counts(2, 3), counts(2, 3)])('is associative', (a, b, c) => {
    expect(mergeTables([mergeTables([a, b]), c])).toEqual(mergeTables([a, mergeTables([b, c])]))
  })
})

describe('properties', () => {
  property.prop([tables])('transposing twice changes nothing', (t) => {
    expect(transpose(transpose(t)).counts).toEqual(t)
  })
  property.prop([tables])('collapsing all columns gives the row totals', (t) => {
    const all = (t[0] ?? []).map((_, j) => j)
    expect(collapse(t, { columns: { all } }).counts.flat()).toEqual(margins(t).rows)
  })
  property.prop([tables])('shares of a row add up to 1, or are null', (t) => {
    for (const [i, row] of shares(t, 'row').entries()) {
      if (margins(t).rows[i] === 0) expect(row.every((share) => share === null)).toBe(true)
      else expect(row.reduce<number>((sum, share) => sum + (share ?? 0), 0)).toBeCloseTo(1, 12)
    }
  })
  property.prop([tables])('column shares are row shares of the transposed table', (t) => {
    const byColumn = shares(t, 'column')
    expect(shares(transpose(t), 'row')).toEqual((t[0] ?? []).map((_, j) => byColumn.map((row) => row[j])))
  })
  property.prop([tables])('expected counts have the margins of the observed', (t) => {
    const expected = expectedCounts(t)
    const { rows, total } = margins(t)
    if (total === 0) expect(expected).toBeNull()
    else for (const [i, row] of (expected ?? []).entries()) expect(row.reduce((a, b) => a + b, 0)).toBeCloseTo(rows[i] ?? 0, 8)
  })
})

test('shares of the total', () => {
  expect(
    shares(
      [
        [1, 3],
        [4, 8],
      ],
      'total',
    ),
  ).toEqual([
    [1 / 16, 3 / 16],
    [0.25, 0.5],
  ])
  expect(shares([[0]], 'total')).toEqual([[null]])
  expect(() => shares([[1]], 'cell' as 'row')).toThrow(
    expect.objectContaining({
      code: 'out-of-range',
      message: expect.stringContaining('of is cell, expected row or column or total') as string,
    }) as Error,
  )
})

describe('stratified tables', () => {
  test('labels come from the strata', () => {
    expect(stratifiedTable([table, table]).rowLabels).toEqual(['a', 'b', 'c'])
    expect(sumOfStrata([table, table]).counts).toEqual([
      [2, 4],
      [6, 8],
      [10, 12],
    ])
  })
  test.each([
    ['too-small', () => strataOf([]), 'no stratum'],
    ['ragged', () => strataOf([[[1, 2]], [[1], [2]]]), 'stratum 1 is 2 × 1, the first is 1 × 2'],
    [
      'ragged',
      () =>
        strataOf([
          [[1, 2]],
          [
            [1, 2],
            [3, 4],
          ],
        ]),
      'stratum 1 is 2 × 2, the first is 1 × 2',
    ],
    ['ragged', () => strataOf([[[1, 2]], [[1, 2, 3]]]), 'stratum 1 is 1 × 3'],
    ['ragged', () => stratifiedTable([table], ['one', 'two']), 'there are 1 strata but 2 labels'],
    ['mismatch', () => stratifiedTable([table, { ...table, columnLabels: ['y', 'x'] }]), 'different labels'],
    ['mismatch', () => stratifiedTable([table, { ...table, rowLabels: ['a', 'b', 'd'] }]), 'different labels'],
  ])('%s', (code, act, message) => {
    expect(act).toThrow(expect.objectContaining({ code, message: expect.stringContaining(message) as string }) as Error)
  })
  test('without labels everything is numbered from 1; the first labels that there are serve for all', () => {
    expect(stratifiedTable([table.counts, table.counts])).toMatchObject({
      rowLabels: ['r1', 'r2', 'r3'],
      columnLabels: ['c1', 'c2'],
      stratumLabels: ['s1', 's2'],
    })
    expect(stratifiedTable([table.counts, table])).toMatchObject({ rowLabels: ['a', 'b', 'c'], columnLabels: ['x', 'y'] })
  })
})
