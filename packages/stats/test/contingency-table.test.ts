import { describe, expect, test } from 'vitest'
import { contingencyTable, margins } from '../src/index.ts'

test('margins of a labelled table', () => {
  expect(margins(contingencyTable([[5, 0, 2]], { rowLabels: ['all'] }))).toEqual({ rows: [7], columns: [5, 0, 2], total: 7 })
})

describe('refusals', () => {
  test.each([
    ['ragged', [[1, 2], [3]]],
    ['not-a-count', [[1, -2]]],
    ['not-a-count', [[1.5, 2]]],
    ['not-a-count', [[Number.MAX_SAFE_INTEGER, 1]]],
    ['too-small', []],
  ])('%s: %j', (code, counts) => {
    expect(() => margins(counts)).toThrow(expect.objectContaining({ name: 'StatsError', code }))
  })
})
