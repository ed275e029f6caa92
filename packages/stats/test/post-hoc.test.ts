import { fc, test as property } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import {
  adjustPValues,
  cellwiseTests,
  chiSquaredTest,
  compactLetters,
  fisherExactTest,
  likelihoodRatioTest,
  pairwiseComparisons,
  type PairwiseComparisons,
  residuals,
  transpose,
} from '../src/index.ts'
import { expectClose } from './relative-error.ts'

const smokers = [
  [83, 3],
  [90, 3],
  [129, 7],
  [70, 12],
]

describe('reference values', () => {
  test('R 4.2.2: pairwise.prop.test(c(83,90,129,70), c(86,93,136,82), "none", correct = FALSE)$p.value, read by columns', () => {
    const { comparisons } = pairwiseComparisons(smokers)
    expect(comparisons.map(({ first, second }) => [first, second])).toEqual([
      [0, 1],
      [0, 2],
      [0, 3],
      [1, 2],
      [1, 3],
      [2, 3],
    ])
    const expected = [0.92232009573, 0.56158705406, 0.01132896042, 0.484739246712, 0.007140962271, 0.01614329378]
    for (const [k, p] of expected.entries()) expectClose(comparisons[k]?.pValue, p, 1e-9)
  })
  test('the same with "holm"', () => {
    const expected = [1, 1, 0.05664480212, 1, 0.04284577363, 0.06457317511]
    for (const [k, p] of expected.entries()) expectClose(pairwiseComparisons(smokers).comparisons[k]?.adjustedPValue, p, 1e-9)
  })
  test('R 4.2.2: 2 * pnorm(-abs(chisq.test(x)$stdres)), p.adjust', () => {
    const { pValues, adjustedPValues } = cellwiseTests([
      [762, 327, 468],
      [484, 239, 477],
    ])
    const expected = [
      [6.730002776e-6, 0.4842697672, 1.061048819e-7],
      [2.69200111e-5, 0.9685395344, 6.366292914e-7],
    ]
    for (const [j, p] of (expected[0] ?? []).entries()) expectClose(pValues[0]?.[j], p, 1e-9)
    for (const [j, p] of (expected[1] ?? []).entries()) expectClose(adjustedPValues[1]?.[j], p, 1e-9)
  })
})

describe('pairs', () => {
  test('an outcome that neither has is left out; an empty row cannot be tested and does not count', () => {
    const { comparisons } = pairwiseComparisons([
      [5, 9, 0],
      [8, 2, 0],
      [0, 0, 0],
      [1, 2, 9],
    ])
    expectClose(
      comparisons[0]?.pValue,
      chiSquaredTest([
        [5, 9],
        [8, 2],
      ]).pValue as number,
    )
    expect(comparisons[1]).toMatchObject({ first: 0, second: 2, pValue: null, adjustedPValue: null })
    expect(comparisons.map(({ adjustedPValue }) => adjustedPValue)).toEqual(adjustPValues(comparisons.map(({ pValue }) => pValue)))
    expect(comparisons.filter(({ pValue }) => pValue !== null)).toHaveLength(3)
  })
  test('columns, labels, other tests', () => {
    const table = {
      rowLabels: ['yes', 'no'],
      columnLabels: ['a', 'b', 'c'],
      counts: [
        [1, 5, 9],
        [9, 5, 2],
      ],
    }
    const byName = pairwiseComparisons(table, { of: 'columns', test: 'fisher', adjustment: 'BH' })
    expect(byName.comparisons[1]).toMatchObject({ firstLabel: 'a', secondLabel: 'c' })
    expect(pairwiseComparisons(transpose(table), { test: 'fisher', adjustment: 'BH' }).comparisons).toEqual(byName.comparisons)
    const fixed = pairwiseComparisons(table, { of: 'columns', test: () => ({ pValue: 0.5 }), adjustment: 'bonferroni' })
    expect(fixed.comparisons[0]?.adjustedPValue).toBe(1)
    for (const test of ['yates', 'likelihood-ratio'] as const) {
      expect(pairwiseComparisons(table, { of: 'columns', test }).comparisons[0]?.pValue).toBeLessThan(1)
    }
  })
  const unlike = [
    [1, 9],
    [5, 5],
    [9, 2],
    [4, 0],
  ]
  test.each([
    ['pearson', (pair: number[][]) => chiSquaredTest(pair).pValue],
    ['yates', (pair: number[][]) => chiSquaredTest(pair, { continuityCorrection: 'yates' }).pValue],
    ['likelihood-ratio', (pair: number[][]) => likelihoodRatioTest(pair).pValue],
    ['fisher', (pair: number[][]) => fisherExactTest(pair).pValue],
  ] as const)('%s is that test of the two rows', (kind, pValueOf) => {
    const result = pairwiseComparisons(unlike, { test: kind, adjustment: 'none' })
    expect(result).toMatchObject({ method: 'pairwise', of: 'rows', adjustment: 'none', labels: ['r1', 'r2', 'r3', 'r4'] })
    for (const { first, second, pValue, adjustedPValue } of result.comparisons) {
      const pair = [unlike[first] as number[], unlike[second] as number[]]
      expect([pValue, adjustedPValue]).toEqual([pValueOf(pair), pValueOf(pair)])
    }
  })
  test('every test leaves out what neither has, and is not asked where nothing can be told', () => {
    const table = [
      [0, 5, 1],
      [0, 2, 7],
      [0, 0, 0],
      [3, 0, 0],
      [6, 0, 0],
    ]
    const asked: (readonly (readonly number[])[])[] = []
    const { comparisons } = pairwiseComparisons(table, {
      test: (pair) => {
        asked.push(pair)
        return { pValue: 0.5 }
      },
    })
    const untold = comparisons.filter(({ pValue }) => pValue === null).map(({ first, second }) => [first, second])
    expect(untold).toEqual([
      [0, 2],
      [1, 2],
      [2, 3],
      [2, 4],
      [3, 4],
    ])
    expect(asked[0]).toEqual([
      [5, 1],
      [2, 7],
    ])
    expect(asked[1]).toEqual([
      [0, 5, 1],
      [3, 0, 0],
    ])
  })
  const pair = [
    [1, 2],
    [4, 5],
  ]
  const wide = [
    [1, 2, 3],
    [4, 5, 6],
  ]
  test.each([
    ['too-small', () => pairwiseComparisons([[1, 2]]), 'there are 1 rows with 2 outcomes'],
    ['too-small', () => pairwiseComparisons([[1], [2]]), 'there are 2 rows with 1 outcomes'],
    ['too-small', () => pairwiseComparisons([[1], [2]], { of: 'columns' }), 'there are 1 columns with 2 outcomes'],
    ['mismatch', () => pairwiseComparisons(wide, { test: 'fisher' }), 'fisher compares two outcomes, there are 3'],
    ['out-of-range', () => pairwiseComparisons(pair, { test: 'g' as 'fisher' }), 'g is not a test for pairs'],
    ['out-of-range', () => compactLetters(pairwiseComparisons(smokers), 1), 'threshold is 1'],
  ])('%s', (code, act, message) => {
    expect(act).toThrow(expect.objectContaining({ name: 'StatsError', code, message: expect.stringContaining(message) as string }) as Error)
  })
})

describe('cells', () => {
  test('each is Pearson’s test of its row and column against the rest, adjusted over all, row by row', () => {
    const table = [
      [3, 9, 4],
      [8, 2, 6],
      [1, 5, 7],
      [0, 0, 0],
    ]
    const total = table.flat().reduce((sum, count) => sum + count, 0)
    const { pValues, adjustedPValues, method, adjustment } = cellwiseTests(table, { adjustment: 'BH' })
    expect([method, adjustment]).toEqual(['cellwise', 'BH'])
    for (const [i, row] of table.entries()) {
      const rowTotal = row.reduce((sum, count) => sum + count, 0)
      for (const [j, count] of row.entries()) {
        const column = table.reduce((sum, other) => sum + (other[j] as number), 0)
        const p = chiSquaredTest([
          [count, rowTotal - count],
          [column - count, total - rowTotal - column + count],
        ]).pValue
        if (p === null) expect(pValues[i]?.[j]).toBeNull()
        else expectClose(pValues[i]?.[j], p, 1e-12)
      }
    }
    expect(adjustedPValues.flat()).toEqual(adjustPValues(pValues.flat(), 'BH'))
    expect(adjustedPValues.map((row) => row.length)).toEqual([3, 3, 3, 3])
  })
  test('signs of residuals; none where a row or column is empty or is all there is', () => {
    const { deviance, standardized, pearson } = residuals([
      [5, 1, 0],
      [2, 6, 0],
    ])
    expect(deviance.map((row) => row.map((value) => value && Math.sign(value)))).toEqual([
      [1, -1, null],
      [-1, 1, null],
    ])
    expect([pearson[0]?.[2], standardized[0]?.[2]]).toEqual([null, null])
    expect(residuals([[3], [4]]).standardized).toEqual([[null], [null]])
    expect(residuals([[3], [4]]).pearson).toEqual([[0], [0]])
    expect(residuals([[3, 4]]).standardized).toEqual([[null, null]])
  })
})

/** Comparisons of some levels, those in the list being different. */
const pairsOf = (levels: number, different: readonly boolean[]): PairwiseComparisons => {
  const comparisons = []
  for (let first = 0, k = 0; first < levels; first++) {
    for (let second = first + 1; second < levels; second++, k++) {
      comparisons.push({ first, second, firstLabel: '', secondLabel: '', pValue: null, adjustedPValue: different[k] ? 0.001 : null })
    }
  }
  return { method: 'pairwise', of: 'rows', adjustment: 'holm', labels: Array.from({ length: levels }, (_, k) => `${k}`), comparisons }
}

describe('letters', () => {
  test('smokers', () => {
    expect(compactLetters(pairwiseComparisons(smokers), 0.05)).toEqual(['ab', 'a', 'ab', 'b'])
    expect(compactLetters(pairwiseComparisons(smokers), 0.01)).toEqual(['a', 'a', 'a', 'a'])
  })
  test('as in R, a pair differs if its P value is below the threshold and not if it is equal', () => {
    const pairs = pairsOf(2, [true])
    expect(compactLetters(pairs, 0.001)).toEqual(['a', 'a'])
    expect(compactLetters(pairs, 0.0011)).toEqual(['a', 'b'])
  })
  test('more letters than the alphabet has', () => {
    expect(compactLetters(pairsOf(54, new Array<boolean>(54 * 53).fill(true)), 0.05).slice(25)).toEqual([
      'z',
      ...'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
      '(53)',
      '(54)',
    ])
  })
  property.prop([
    fc
      .integer({ min: 2, max: 8 })
      .chain((levels) => fc.tuple(fc.constant(levels), fc.array(fc.boolean(), { minLength: 28, maxLength: 28 }))),
  ])('two levels share a letter exactly if they are not shown to differ, and no letter is needless', ([levels, different]) => {
    const pairs = pairsOf(levels, different)
    const letters = compactLetters(pairs, 0.05)
    for (const { first, second, adjustedPValue } of pairs.comparisons) {
      const shared = [...(letters[first] ?? '')].some((letter) => letters[second]?.includes(letter))
      expect(shared).toBe(adjustedPValue === null)
    }
    const groups = [...new Set(letters.join(''))].map((letter) => letters.flatMap((own, k) => (own.includes(letter) ? [k] : [])))
    for (const [k, group] of groups.entries()) {
      for (const [l, other] of groups.entries()) if (k !== l) expect(group.every((level) => other.includes(level))).toBe(false)
    }
  })
})
