import { describe, expect, test } from 'vitest'
import { contingencyTable, margins } from '../src/index.ts'

test('margins of a labelled table', () => {
  expect(margins(contingencyTable([[5, 0, 2]], { rowLabels: ['all'] }))).toEqual({ rows: [7], columns: [5, 0, 2], total: 7 })
})

test('labels that are not given count from 1', () => {
  expect(
    contingencyTable([
      [1, 2, 3],
      [4, 5, 6],
    ]),
  ).toMatchObject({ rowLabels: ['r1', 'r2'], columnLabels: ['c1', 'c2', 'c3'] })
})

test('the largest count that is exact', () => {
  expect(margins([[Number.MAX_SAFE_INTEGER]]).total).toBe(Number.MAX_SAFE_INTEGER)
})

describe('refusals', () => {
  test.each([
    ['ragged', [[1, 2], [3]], 'row 1 has 1 cells, expected 2'],
    ['not-a-count', [[1, -2]], 'cell [0][1] is -2'],
    ['not-a-count', [[1.5, 2]], 'cell [0][0] is 1.5'],
    ['not-a-count', [[1, 2 ** 53]], 'cell [0][1] is 9007199254740992'],
    ['not-a-count', [[Number.MAX_SAFE_INTEGER, 1]], 'the counts add up to 9007199254740992, above 2^53 - 1'],
    ['too-small', [], 'no cell'],
    ['too-small', [[]], 'no cell'],
  ])('%s: %j', (code, counts, message) => {
    expect(() => margins(counts)).toThrow(
      expect.objectContaining({ name: 'StatsError', code, message: expect.stringContaining(message) as string }) as Error,
    )
  })
  test.each([
    [{ rowLabels: ['a'] }, 'the table is 2 × 1 but has 1 row labels and 1 column labels'],
    [{ columnLabels: ['a', 'b'] }, '2 row labels and 2 column labels'],
  ])('labels that do not fit: %j', (labels, message) => {
    expect(() => contingencyTable([[1], [2]], labels)).toThrow(
      expect.objectContaining({ code: 'ragged', message: expect.stringContaining(message) as string }) as Error,
    )
  })
})
