import { describe, expect, test } from 'vitest'
import { auditTest, testAlternatives } from '../src/printed-figures/index.ts'

// X² 5.747, P .0165; Yates 5.207, P .0225.
const table = [
  [32, 291],
  [46, 233],
]

describe('slips of printed numbers', () => {
  test('of a P or a statistic that stand alone', () => {
    expect(testAlternatives({ statistic: '3.84', degreesOfFreedom: 1, pValue: '.50' }).alternatives).toContainEqual({
      kind: 'slip',
      of: 'p-value',
      slip: 'digits-swapped',
      printed: '.05',
      test: 'pearson',
    })
    expect(testAlternatives({ statistic: '38.4', degreesOfFreedom: 1, pValue: '.050' }).alternatives).toContainEqual({
      kind: 'slip',
      of: 'statistic',
      slip: 'decimal-point',
      printed: '3.84',
      test: 'pearson',
    })
  })
  test('by the test that the paper is taken to have used, and no other', () => {
    const slips = (pValue: string, name?: 'pearson' | 'yates' | 'likelihood-ratio') =>
      testAlternatives({ table, pValue }, name === undefined ? {} : { test: name }).alternatives.filter(({ kind }) => kind === 'slip')
    const point = { kind: 'slip', of: 'p-value', slip: 'decimal-point' }
    const yates = auditTest({ table, pValue: '.5' }).tried.find(({ test: name }) => name === 'yates')?.pValue as number
    const text = yates.toFixed(4).slice(1)
    const slipped = `.${text.slice(2)}`
    expect(slips('.165', 'pearson')).toEqual([{ ...point, printed: '.0165', test: 'pearson' }])
    expect(slips('.165', 'yates')).toEqual([])
    expect(slips('.165')).toEqual([{ ...point, printed: '.0165', test: 'pearson' }])
    expect(slips(slipped, 'pearson')).toEqual([])
    expect(slips(slipped, 'yates').map(({ kind }) => kind)).toEqual(['slip'])
    expect(slips(slipped)).toMatchObject([{ test: 'yates' }])
  })
  test('both numbers have to follow afterwards', () => {
    const kinds = (statistic: string, pValue: string) =>
      testAlternatives({ table, statistic, pValue }).alternatives.flatMap((found) => (found.kind === 'slip' ? [found.of] : []))
    expect(kinds('5.747', '.17')).toEqual(['p-value'])
    expect(kinds('57.47', '.017')).toEqual(['statistic'])
    expect(kinds('57.47', '.17')).toEqual([])
  })
})

describe('degrees of freedom, and sides', () => {
  test('a bound on P is met by too many to name one', () => {
    const kinds = (statistic: string, pValue: string) =>
      testAlternatives({ statistic, degreesOfFreedom: 10, pValue }).alternatives.map(({ kind }) => kind)
    expect(kinds('5.0', '<.05')).not.toContain('degrees-of-freedom')
    expect(kinds('5.0', '.025')).toContain('degrees-of-freedom')
    expect(kinds('-5.0', '.025')).toEqual([])
    expect(testAlternatives({ degreesOfFreedom: 1, pValue: '.025' }).alternatives).toEqual([])
  })
  test('half of P is a one-sided test, on one degree of freedom and without a table', () => {
    const oneSided = { kind: 'one-sided' }
    expect(testAlternatives({ statistic: '3.84', degreesOfFreedom: 1, pValue: '.025' }).alternatives).toContainEqual(oneSided)
    expect(testAlternatives({ statistic: '5.99', degreesOfFreedom: 2, pValue: '.025' }).alternatives).not.toContainEqual(oneSided)
    expect(testAlternatives({ table, statistic: '5.747', pValue: '.008' }).alternatives).not.toContainEqual(oneSided)
    // What follows already needs no other reading.
    expect(testAlternatives({ statistic: '3.84', degreesOfFreedom: 1, pValue: '.05' }).alternatives).toEqual([])
  })
})

describe('changed tables', () => {
  test('every pair of cells that differ, and every slip of each', () => {
    const tried = (cells: number[][]) => testAlternatives({ table: cells, pValue: '.99999' }).tablesTried
    // Six pairs; 1 may have slipped from 10 or 100, and so on for each.
    expect(
      tried([
        [1, 2],
        [3, 4],
      ]),
    ).toBe(6 + 8)
    expect(
      tried([
        [2, 2],
        [2, 3],
      ]),
    ).toBe(3 + 8)
    // 12 has slipped from 120, 1200 or 21.
    expect(
      tried([
        [12, 2],
        [2, 2],
      ]),
    ).toBe(3 + 3 + 6)
    expect(
      tried([
        [1, 2, 3],
        [4, 5, 6],
      ]),
    ).toBe(15 + 12)
    expect(
      testAlternatives({
        table: [
          [0, 0],
          [3, 4],
        ],
        pValue: '.5',
      }),
    ).toEqual({ alternatives: [], tablesTried: 0 })
    expect(testAlternatives({ statistic: '3.84', degreesOfFreedom: 1, pValue: '.5' }).tablesTried).toBe(0)
  })
  test('statistic and P both have to follow from them', () => {
    const swapped = [
      [291, 32],
      [46, 233],
    ]
    const changes = (printed: { statistic?: string; pValue?: string }, options = {}) =>
      testAlternatives({ table: swapped, ...printed }, options).alternatives.filter(({ kind }) => kind === 'cells-swapped')
    const found = {
      kind: 'cells-swapped',
      cells: [
        [0, 0],
        [0, 1],
      ],
      counts: table,
      test: 'pearson',
    }
    expect(changes({ statistic: '5.747', pValue: '.017' })).toContainEqual(found)
    expect(changes({ statistic: '5.747', pValue: '.517' })).toEqual([])
    expect(changes({ statistic: '9.747', pValue: '.017' })).toEqual([])
    expect(changes({ statistic: '5.747' })).toContainEqual(found)
    // An exact test has no statistic to give.
    expect(changes({ statistic: '5.747', pValue: '.017' }, { test: 'fisher' })).toEqual([])
  })
})
