import { fc, test as property } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import {
  adjustPValues,
  cellwiseTests,
  chiSquaredTest,
  compactLetters,
  pairwiseComparisons,
  type PairwiseComparisons,
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
  test.each([
    ['too-small', () => pairwiseComparisons([[1, 2]])],
    ['too-small', () => pairwiseComparisons([[1], [2]])],
    [
      'mismatch',
      () =>
        pairwiseComparisons(
          [
            [1, 2, 3],
            [4, 5, 6],
          ],
          { test: 'fisher' },
        ),
    ],
    [
      'out-of-range',
      () =>
        pairwiseComparisons(
          [
            [1, 2],
            [4, 5],
          ],
          { test: 'g' as 'fisher' },
        ),
    ],
    ['out-of-range', () => compactLetters(pairwiseComparisons(smokers), 1)],
  ])('%s', (code, act) => {
    expect(act).toThrow(expect.objectContaining({ name: 'StatsError', code }))
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
