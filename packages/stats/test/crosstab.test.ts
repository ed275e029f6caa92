import { fc, test as property } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { codedCrosstab, crosstab, mergeTables, stratifiedCrosstab, sumOfStrata, transpose } from '../src/tables/index.ts'

interface Row {
  readonly group: string | null
  readonly answer: string | boolean | number | null | undefined
  readonly year?: number
  readonly n?: number
}

const rows: readonly Row[] = [
  { group: 'b', answer: 'yes', year: 2020, n: 3 },
  { group: 'a', answer: 'no', year: 2019, n: 2 },
  { group: 'a', answer: null, year: 2019, n: 5 },
  { group: null, answer: 'yes', year: 2020, n: 7 },
  { group: null, answer: undefined, year: 2020, n: 11 },
]

describe('levels', () => {
  test('found levels ascend, whatever the order of rows', () => {
    const table = crosstab(rows, 'group', 'answer')
    expect(table.rowLabels).toEqual(['a', 'b'])
    expect(table.columnLabels).toEqual(['no', 'yes'])
    expect(table.counts).toEqual([
      [1, 0],
      [0, 1],
    ])
  })
  test('numbers ascend as numbers, before text, before booleans', () => {
    const values = [10, 9, 'x', true, 'Z', false]
    const table = crosstab(
      values.map((value) => ({ value })),
      'value',
      () => 'all',
    )
    expect(table.rowLabels).toEqual(['9', '10', 'Z', 'x', 'false', 'true'])
  })
  test('given levels keep their order and stay when nobody has them', () => {
    const table = crosstab(rows, 'group', 'answer', { rowLevels: ['c', 'b', 'a'], columnLevels: ['yes', 'no'], columnScale: 'ordinal' })
    expect(table.counts).toEqual([
      [0, 0],
      [1, 0],
      [0, 1],
    ])
    expect(table.columnScale).toBe('ordinal')
  })
})

describe('missing values', () => {
  test('exclude counts what it leaves out', () => {
    const table = crosstab(rows, 'group', 'answer', { weight: 'n' })
    expect(table.missing).toEqual({ row: 7, column: 5, both: 11 })
    expect(table.included).toBe(5)
  })
  test('level gives them a level of their own', () => {
    const table = crosstab(rows, 'group', 'answer', { missing: 'level', missingLabel: 'not answered' })
    expect(table.rowLabels).toEqual(['a', 'b', 'not answered'])
    expect(table.counts).toEqual([
      [1, 0, 1],
      [0, 1, 0],
      [0, 1, 1],
    ])
    expect(table.missing).toEqual({ row: 0, column: 0, both: 0 })
  })
  test('further values can mean missing', () => {
    expect(
      crosstab(
        [
          { a: '', b: 1 },
          { a: 'x', b: Number.NaN },
        ],
        'a',
        'b',
        { missingValues: [''], columnLevels: [1] },
      ).missing,
    ).toEqual({
      row: 1,
      column: 1,
      both: 0,
    })
  })
  test('unlisted values may count as missing', () => {
    expect(crosstab(rows, 'group', 'answer', { columnLevels: ['yes'], unlisted: 'missing' }).missing).toEqual({
      row: 1,
      column: 2,
      both: 1,
    })
  })
})

describe('refusals', () => {
  test.each([
    ['mismatch', () => crosstab(rows, 'group', 'answer', { missing: 'refuse' })],
    ['mismatch', () => crosstab(rows, 'group', 'answer', { rowLevels: ['a'] })],
    ['mismatch', () => crosstab(rows, 'group', 'answer', { rowLevels: ['a', 'b', 'a'] })],
    ['mismatch', () => crosstab(rows, 'group', 'answer', { rowLevels: ['a', 'b', '1', 1] })],
    ['mismatch', () => crosstab(rows, 'group', 'answer', { rowScale: 'ordinal' })],
    ['mismatch', () => crosstab([{ a: {} }], 'a', 'a')],
    ['not-a-count', () => crosstab([{ a: 1, w: 0.5 }], 'a', 'a', { weight: 'w' })],
    ['not-a-count', () => crosstab([{ a: 1, w: -1 }], 'a', 'a', { weight: 'w' })],
    ['too-small', () => crosstab([] as Row[], 'group', 'answer')],
    ['mismatch', () => codedCrosstab([0], [0, 1], { rowLabels: ['a'], columnLabels: ['b', 'c'] })],
    ['out-of-range', () => codedCrosstab([1], [0], { rowLabels: ['a'], columnLabels: ['b'] })],
    ['out-of-range', () => codedCrosstab([0.5], [0], { rowLabels: ['a'], columnLabels: ['b'] })],
    ['out-of-range', () => codedCrosstab([2 ** 32], [0], { rowLabels: ['a'], columnLabels: ['b'] })],
    ['out-of-range', () => codedCrosstab([0], [-2], { rowLabels: ['a'], columnLabels: ['b'] })],
    ['too-small', () => codedCrosstab([], [], { rowLabels: [], columnLabels: ['b'] })],
  ])('%s', (code, act) => {
    expect(act).toThrow(expect.objectContaining({ name: 'StatsError', code }))
  })
})

const codedRows = fc.array(fc.record({ i: fc.integer({ min: -1, max: 2 }), j: fc.integer({ min: -1, max: 3 }) }), { maxLength: 60 })

describe('properties', () => {
  const labels = { rowLabels: ['0', '1', '2'], columnLabels: ['0', '1', '2', '3'] }
  const levels = { rowLevels: [0, 1, 2], columnLevels: [0, 1, 2, 3], missingValues: [-1] }

  property.prop([codedRows])('coded and tidy rows give the same table', (data) => {
    const coded = codedCrosstab(
      Int8Array.from(data, ({ i }) => i),
      data.map(({ j }) => j),
      labels,
    )
    expect(coded).toEqual(crosstab(data, 'i', 'j', levels))
  })
  property.prop([codedRows])('255 can be the code for missing', (data) => {
    const bytes = (codes: number[]): Uint8Array => Uint8Array.from(codes)
    const coded = codedCrosstab(bytes(data.map(({ i }) => i)), bytes(data.map(({ j }) => j)), { ...labels, missingCode: 255 })
    expect(coded.counts).toEqual(crosstab(data, 'i', 'j', levels).counts)
  })
  property.prop([codedRows])('exchanging the variables transposes', (data) => {
    const { counts } = crosstab(data, 'j', 'i', { ...levels, rowLevels: levels.columnLevels, columnLevels: levels.rowLevels })
    expect(counts).toEqual(transpose(crosstab(data, 'i', 'j', levels)).counts)
  })
  property.prop([codedRows, fc.nat(60)])('tables of parts merge to the table of the whole', (data, cut) => {
    const parts = [data.slice(0, cut), data.slice(cut)].map((part) => crosstab(part, 'i', 'j', levels))
    expect(mergeTables(parts).counts).toEqual(crosstab(data, 'i', 'j', levels).counts)
  })
  property.prop([codedRows])('every observation is in the table or counted as missing', (data) => {
    const { included, missing, counts } = crosstab(data, 'i', 'j', levels)
    expect(included + missing.row + missing.column + missing.both).toBe(data.length)
    expect(counts.flat().reduce((sum, count) => sum + count, 0)).toBe(included)
  })
  property.prop([codedRows])('strata add up to the table without them', (data) => {
    const stratified = stratifiedCrosstab(data, 'i', 'j', (row) => (row.i + row.j) % 2 === 0, { ...levels, stratumLevels: [true, false] })
    expect(sumOfStrata(stratified).counts).toEqual(crosstab(data, 'i', 'j', levels).counts)
    expect(stratified.missing).toEqual(crosstab(data, 'i', 'j', levels).missing)
  })
})

test('rows whose stratum is missing are counted apart', () => {
  const table = stratifiedCrosstab([...rows, { group: 'a', answer: 'yes' }], 'group', 'answer', 'year')
  expect(table.missingStratum).toBe(1)
  expect(table.strata).toEqual([
    [
      [1, 0],
      [0, 0],
    ],
    [
      [0, 0],
      [0, 1],
    ],
  ])
})
