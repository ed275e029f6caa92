import { fc, test as property } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import {
  adjustDiscretePValues,
  adjustPValues,
  chiSquaredTest,
  fisherAttainablePValues,
  fisherExactTest,
  fisherSmallestPValue,
  testMany,
} from '../src/index.ts'
import { expectClose } from './relative-error.ts'

const group = [...Array.from({ length: 21 }, () => 'GDE'), ...Array.from({ length: 40 }, () => 'other')]
const answered = (gde: number, other: number): boolean[] => group.map((of, k) => (of === 'GDE' ? k < gde : k - 21 < other))

describe('results', () => {
  const result = testMany(
    group,
    [
      { question: 'standards', answers: answered(15, 10) },
      { question: 'grant', answers: answered(1, 1) },
      { question: 'all of them', answers: answered(21, 40) },
      {
        question: 'three levels',
        answers: group.map((_, k) => ['never', 'sometimes', 'always'][k % 3] as string),
        levels: ['never', 'sometimes', 'always'],
      },
      { question: 'not asked', answers: group.map(() => null) },
    ],
    { groupLevels: ['GDE', 'other'] },
  )
  test('a 2 × 2 question has Fisher with its odds ratio', () => {
    const fisher = fisherExactTest(
      [
        [15, 6],
        [10, 30],
      ],
      { twoSided: 'blaker', interval: 'blaker' },
    )
    expect(result.questions[0]).toMatchObject({
      method: 'fisher-exact',
      pValue: fisher.pValue,
      effect: { measure: 'odds-ratio', estimate: fisher.oddsRatio, confidenceInterval: fisher.confidenceInterval },
      reason: null,
    })
    expect(result.questions[0]?.table.columnLabels).toEqual(['true', 'false'])
  })
  test('a question that hardly anybody answered with yes cannot give a small P value', () => {
    // Both of the two who say yes in the smaller group: C(21, 2) / C(61, 2).
    expectClose(result.questions[1]?.smallestAttainablePValue, 210 / 1830, 1e-12)
  })
  test('a larger table has chi-squared with V', () => {
    const three = result.questions[3]
    expect(three?.pValue).toBe(chiSquaredTest(three?.table.counts ?? []).pValue)
    expect(three).toMatchObject({
      method: 'pearson-chi-squared',
      effect: { measure: 'cramers-v' },
      smallestAttainablePValue: null,
      approximation: 'adequate',
    })
  })
  test('what cannot be tested is not counted', () => {
    expect(result.tested).toBe(3)
    expect(result.questions[2]).toMatchObject({ method: 'not-testable', reason: 'no-variation', pValue: null })
    expect(result.questions[4]).toMatchObject({ method: 'not-testable', reason: 'no-observations', adjustedPValue: null })
    expect(result.questions.map(({ adjustedPValue }) => adjustedPValue)).toEqual(
      adjustPValues(result.questions.map(({ pValue }) => pValue)),
    )
  })
  test('survives JSON', () => {
    expect(JSON.parse(JSON.stringify(result))).toStrictEqual(result)
  })
  test('a group that was expected and is empty', () => {
    const { questions } = testMany(['a', 'b'], [{ question: 'q', answers: ['x', 'y'] }], { groupLevels: ['a', 'b', 'c'] })
    expect(questions[0]).toMatchObject({ method: 'not-testable', reason: 'zero-margin' })
  })
})

const surveys = fc.record({
  group: fc.array(fc.boolean(), { minLength: 12, maxLength: 40 }),
  answers: fc.array(fc.array(fc.option(fc.boolean(), { freq: 8 }), { minLength: 40, maxLength: 40 }), { minLength: 1, maxLength: 6 }),
})

describe('properties', () => {
  property.prop([surveys], { numRuns: 40 })('the interval leaves out 1 exactly where P is at most 1 − level', (survey) => {
    const questions = survey.answers.map((answers, k) => ({
      question: `q${k}`,
      answers: answers.slice(0, survey.group.length),
    }))
    for (const twoSided of ['blaker', 'doubling'] as const) {
      for (const { effect, pValue } of testMany(survey.group, questions, { twoSided }).questions) {
        if (pValue === null || effect.confidenceInterval === null || Math.abs(pValue - 0.05) < 1e-6) continue
        const { lower, upper } = effect.confidenceInterval
        expect(lower > 1 || (upper !== null && upper < 1)).toBe(pValue < 0.05)
      }
    }
  })
  property.prop([surveys], { numRuns: 40 })(
    'P is attainable, and the discrete adjustments are those of the attainable values',
    (survey) => {
      const questions = survey.answers.map((answers, k) => ({
        question: `q${k}`,
        answers: answers.slice(0, survey.group.length),
      }))
      const many = testMany(survey.group, questions, { adjustment: 'DBH-sd', twoSided: 'probability' })
      const attainable = many.questions.map(({ pValue, table }) => (pValue === null ? null : fisherAttainablePValues(table)))
      for (const [k, { pValue, smallestAttainablePValue }] of many.questions.entries()) {
        if (pValue === null) continue
        expect(smallestAttainablePValue).toBeLessThanOrEqual(pValue * (1 + 1e-9))
        expect(attainable[k]?.some((p) => Math.abs(p - pValue) <= 1e-9 * p)).toBe(true)
        expectClose(smallestAttainablePValue, attainable[k]?.[0] as number, 1e-9)
      }
      const adjusted = adjustDiscretePValues(
        many.questions.map(({ pValue }) => pValue),
        attainable,
        'DBH-sd',
      )
      expect(many.questions.map(({ adjustedPValue }) => adjustedPValue)).toEqual(adjusted)
    },
  )
  property.prop([fc.tuple(fc.nat(12), fc.nat(12), fc.nat(12), fc.nat(12))])(
    'the chance of an attainable P value or less is at most that value',
    ([a, b, c, d]) => {
      const table = [
        [a, b],
        [c, d],
      ]
      const attainable = fisherAttainablePValues(table)
      expectClose(attainable.at(-1), 1, 1e-12)
      expectClose(fisherSmallestPValue(table), attainable[0] as number, 1e-9)
      for (let k = 1; k < attainable.length; k++) expect(attainable[k]).toBeGreaterThan(attainable[k - 1] as number)
    },
  )
})

describe('refusals', () => {
  test.each([
    ['mismatch', () => testMany(['a'], [{ question: 'q', answers: [] }])],
    [
      'mismatch',
      () =>
        testMany(
          ['a'],
          [
            { question: 'q', answers: [1] },
            { question: 'q', answers: [1] },
          ],
        ),
    ],
    ['mismatch', () => testMany(['a', 'b', 'b'], [{ question: 'q', answers: [1, 2, 3] }], { adjustment: 'DBH' })],
    ['mismatch', () => testMany(['a', 'b'], [{ question: 'q', answers: [1, 2] }], { answerLevels: [1] })],
  ])('%s', (code, act) => {
    expect(act).toThrow(expect.objectContaining({ name: 'StatsError', code }))
  })
})
