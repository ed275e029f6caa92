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
  // Within each test, so that what goes wrong is the test's.
  const tested = () =>
    testMany(
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
    const result = tested()
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
    const result = tested()
    // Both of the two who say yes in the smaller group: C(21, 2) / C(61, 2).
    expectClose(result.questions[1]?.smallestAttainablePValue, 210 / 1830, 1e-12)
  })
  test('a larger table has chi-squared with V', () => {
    const result = tested()
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
    const result = tested()
    expect(result.tested).toBe(3)
    expect(result.questions[2]).toMatchObject({ method: 'not-testable', reason: 'no-variation', pValue: null })
    expect(result.questions[4]).toMatchObject({ method: 'not-testable', reason: 'no-observations', adjustedPValue: null })
    expect(result.questions.map(({ adjustedPValue }) => adjustedPValue)).toEqual(
      adjustPValues(result.questions.map(({ pValue }) => pValue)),
    )
  })
  test('survives JSON', () => {
    const result = tested()
    expect(JSON.parse(JSON.stringify(result))).toStrictEqual(result)
  })
  test('a group that was expected and is empty', () => {
    const { questions } = testMany(['a', 'b'], [{ question: 'q', answers: ['x', 'y'] }], { groupLevels: ['a', 'b', 'c'] })
    expect(questions[0]).toMatchObject({ method: 'not-testable', reason: 'zero-margin', effect: { measure: 'cramers-v', estimate: null } })
  })
  test('what varies in one direction only cannot be tested', () => {
    const reasonOf = (groups: readonly (string | null)[], answers: readonly (string | boolean | null)[]) =>
      testMany(groups, [{ question: 'q', answers }], { groupLevels: ['a', 'b'] }).questions[0]
    expect(reasonOf(['a', 'a', 'a'], ['x', 'y', 'y'])).toMatchObject({ reason: 'no-variation', effect: { measure: 'odds-ratio' } })
    expect(reasonOf(['a', 'b', 'b'], ['x', 'x', 'x'])).toMatchObject({ reason: 'no-variation', effect: { measure: 'cramers-v' } })
    expect(reasonOf([null, null], ['x', 'y'])).toMatchObject({ reason: 'no-observations', pValue: null, adjustedPValue: null })
    expect(reasonOf(['a', 'b'], ['x', 'y'])).toMatchObject({ method: 'fisher-exact', reason: null, approximation: null })
  })
  test('answers of yes and no have yes first, others their order; one that nobody gave is told apart', () => {
    const labels = (answers: readonly (string | number | boolean | null)[]) =>
      testMany(['a', 'b', 'b', 'a'], [{ question: 'q', answers }]).questions[0]?.table.columnLabels
    expect(labels([false, true, null, false])).toEqual(['true', 'false'])
    expect(labels([false, false, null, false])).toEqual(['true', 'false'])
    expect(labels(['yes', 'no', 'no', null])).toEqual(['no', 'yes'])
    expect(labels([10, 9, Number.NaN, 9])).toEqual(['9', '10'])
    expect(testMany([true, false], [{ question: 'q', answers: [1, 2] }]).questions[0]?.table.rowLabels).toEqual(['true', 'false'])
  })
  test.each(['probability', 'blaker', 'doubling'] as const)('two-sided by %s, with the interval that goes with it', (twoSided) => {
    const one = { question: 'standards', answers: answered(15, 10) }
    const options = { groupLevels: ['GDE', 'other'], twoSided, confidenceLevel: 0.9, adjustment: 'none' } as const
    const { questions, adjustment, method } = testMany(group, [one], options)
    const table = [
      [15, 6],
      [10, 30],
    ]
    const interval = twoSided === 'blaker' ? 'blaker' : 'exact'
    const fisher = fisherExactTest(table, { twoSided, interval, confidenceLevel: 0.9 })
    expect([method, adjustment]).toEqual(['test-many', 'none'])
    expect(questions[0]).toMatchObject({
      pValue: fisher.pValue,
      adjustedPValue: fisher.pValue,
      smallestAttainablePValue: fisherSmallestPValue(table, { twoSided }),
      effect: { confidenceInterval: fisher.confidenceInterval },
    })
  })
  test.each(['tarone', 'discrete-bonferroni', 'DBH', 'DBH-sd'] as const)('%s is that of the attainable P values', (adjustment) => {
    const questions = [
      [15, 10],
      [1, 1],
      [3, 0],
      [21, 40],
    ].map(([gde = 0, other = 0], k) => ({ question: `q${k}`, answers: answered(gde, other) }))
    const many = testMany(group, questions, { adjustment, groupLevels: ['GDE', 'other'] })
    const attainable = many.questions.map(({ pValue, table }) =>
      pValue === null ? null : fisherAttainablePValues(table, { twoSided: 'blaker' }),
    )
    const pValues = many.questions.map(({ pValue }) => pValue)
    expect([many.tested, many.adjustment]).toEqual([3, adjustment])
    for (const [k, adjusted] of adjustDiscretePValues(pValues, attainable, adjustment).entries()) {
      const ours = many.questions[k]?.adjustedPValue
      if (adjusted === null) expect(ours).toBeNull()
      else expectClose(ours, adjusted, 1e-9)
    }
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

test('a refusal names the question', () => {
  const refused = (act: () => unknown, message: string) =>
    expect(act).toThrow(expect.objectContaining({ code: 'mismatch', message: expect.stringContaining(message) as string }) as Error)
  refused(() => testMany(['a'], [{ question: 'q', answers: [] }]), "question 'q' has 0 answers, there are 1 respondents")
  refused(
    () =>
      testMany(
        ['a'],
        [
          { question: 'q', answers: [1] },
          { question: 'q', answers: [1] },
        ],
      ),
    'two questions have the same name',
  )
  for (const adjustment of ['tarone', 'discrete-bonferroni', 'DBH', 'DBH-sd'] as const)
    refused(
      () => testMany(['a', 'b', 'b'], [{ question: 'q', answers: [1, 2, 3] }], { adjustment }),
      `${adjustment} needs exact tests, but question 'q' has a table larger than 2 × 2`,
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
