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
  test.each([
    [
      [5, 3, 1, 4, 2, 3],
      ['1', '2', '3', '4', '5'],
    ],
    [
      ['b', 'd', 'a', 'c', 'b'],
      ['a', 'b', 'c', 'd'],
    ],
    [
      [true, false, true],
      ['false', 'true'],
    ],
  ])('%j ascend as %j', (values: readonly (string | number | boolean)[], labels) => {
    expect(
      crosstab(
        values,
        (value) => value,
        (value) => value,
      ).rowLabels,
    ).toEqual(labels)
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
  test('the level of missing values is called (missing) unless named, and a value of no level is none', () => {
    const [a, b] = [
      { a: 1, b: 1 },
      { a: null, b: 1 },
    ]
    expect(crosstab([a, b], 'a', 'b', { missing: 'level' }).rowLabels).toEqual(['1', '(missing)'])
    expect(crosstab([a, b], 'a', 'b').rowLabels).toEqual(['1'])
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
    ['mismatch', () => crosstab(rows, 'group', 'answer', { missing: 'refuse' }), 'the column variable of row 2 is missing'],
    ['mismatch', () => crosstab(rows, 'group', 'answer', { rowLevels: ['a'] }), "row 0 has 'b', which is not a level of the row variable"],
    ['mismatch', () => crosstab(rows, 'group', 'answer', { rowLevels: ['a', 'b', 'a'] }), 'the row variable have the same label: a, b, a'],
    [
      'mismatch',
      () => crosstab(rows, 'group', 'answer', { rowLevels: ['a', 'b', '1', 1] }),
      'the row variable have the same label: a, b, 1, 1',
    ],
    ['mismatch', () => crosstab(rows, 'group', 'answer', { rowScale: 'ordinal' }), 'the row variable is ordinal'],
    ['mismatch', () => crosstab([{ a: {} }], 'a', 'a'), 'the row variable of row 0 is of type object'],
    ['not-a-count', () => crosstab([{ a: 1, w: 0.5 }], 'a', 'a', { weight: 'w' }), 'the weight of row 0'],
    ['not-a-count', () => crosstab([{ a: 1, w: -1 }], 'a', 'a', { weight: 'w' }), 'the weight of row 0'],
    ['too-small', () => crosstab([] as Row[], 'group', 'answer'), 'a variable has no level'],
    ['mismatch', () => codedCrosstab([0], [0, 1], { rowLabels: ['a'], columnLabels: ['b', 'c'] }), '1 row codes but 2 column codes'],
    [
      'out-of-range',
      () => codedCrosstab([1], [0], { rowLabels: ['a'], columnLabels: ['b'] }),
      'the row code at 0 is 1, expected 0 to 0 or -1',
    ],
    [
      'out-of-range',
      () => codedCrosstab([0.5], [0], { rowLabels: ['a'], columnLabels: ['b'] }),
      'the row code at 0 is 0.5, expected an integer',
    ],
    ['out-of-range', () => codedCrosstab([2 ** 32], [0], { rowLabels: ['a'], columnLabels: ['b'] }), 'the row code at 0'],
    ['out-of-range', () => codedCrosstab([0], [-2], { rowLabels: ['a'], columnLabels: ['b'] }), 'the column code at 0 is -2'],
    ['too-small', () => codedCrosstab([], [], { rowLabels: [], columnLabels: ['b'] }), 'a variable has no level'],
    ['too-small', () => codedCrosstab([], [], { rowLabels: ['a'], columnLabels: [] }), 'a variable has no level'],
    ['out-of-range', () => codedCrosstab([0, 0], [0, 1.5], { rowLabels: ['a'], columnLabels: ['b', 'c'] }), 'the column code at 1'],
    ['mismatch', () => crosstab(rows, 'group', 'answer', { columnScale: 'ordinal' }), 'the column variable is ordinal'],
    ['mismatch', () => crosstab([{ a: 1, b: {} }], 'a', 'b'), 'the column variable of row 0'],
    ['mismatch', () => stratifiedCrosstab(rows, 'group', 'answer', () => ({})), 'the stratum variable of row 0'],
    ['too-small', () => crosstab([{ a: 1, b: null }], 'a', 'b'), 'a variable has no level'],
    ['too-small', () => crosstab([{ a: null, b: 1 }], 'a', 'b'), 'a variable has no level'],
    ['too-small', () => stratifiedCrosstab([{ a: 1, b: 2, c: null }], 'a', 'b', 'c'), 'a variable has no level'],
  ])('%s', (code, act, message) => {
    expect(act).toThrow(expect.objectContaining({ name: 'StatsError', code, message: expect.stringContaining(message) as string }))
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
