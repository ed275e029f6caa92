import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { evaluate, type Condition, type Facts, type Recommendation, studyModel } from '../src/index.ts'
import { answer, conditions, modelWith, partialFacts, runs, source } from './models.ts'

const run = (when: Condition, facts: Facts, appliesTo?: Condition): Recommendation => {
  const model = modelWith([{ id: 'r', when, ...(appliesTo ? { appliesTo } : {}) }])
  return evaluate(model, { id: 'subject', kind: 'trust', facts }).recommendations[0] as Recommendation
}
const asked = (recommendation: Recommendation): readonly string[] =>
  recommendation.askNext?.decisive.map(({ indicator }) => indicator) ?? []
const x = (indicator: string): Condition => ({ indicator, is: 'x' })

describe('reference values', () => {
  test('nothing to ask where the status is decided', () => {
    expect(run(x('a'), { a: answer('x') }).askNext).toBeNull()
  })
  test('one answer settles both parts of a condition', () => {
    expect(asked(run({ any: [{ all: [x('a'), x('b')] }, x('a')] }, {}))).toEqual(['a'])
  })
  test('all parts are needed, and one may be enough', () => {
    const { askNext } = run({ all: [x('a'), x('b')] }, {})
    expect(askNext?.decisive.map(({ indicator }) => indicator)).toEqual(['a', 'b'])
    expect(askNext?.quickest).toMatchObject({ questions: [{ indicator: 'a' }], ifAnswered: { a: 'y' }, status: 'already-met' })
  })
  test('a refused answer is asked again, an undeclared one too', () => {
    expect(asked(run(x('a'), { a: { kind: 'missing', reason: 'refused' } }))).toEqual(['a'])
    expect(asked(run(x('a'), { a: answer('maybe') }))).toEqual(['a'])
  })
  test('of a trust: the team first, or all at once', () => {
    const { recommendations } = evaluate(studyModel, { id: 'R0A', kind: 'trust', facts: {} })
    expect(recommendations.find(({ rule }) => rule === 'trust-open-by-default')?.askNext).toEqual({
      decisive: [
        { indicator: 'hasTeam', need: 'answer', question: 'hasTeam' },
        { indicator: 'openSource', need: 'answer', question: 'openSource' },
      ],
      quickest: {
        questions: [{ indicator: 'hasTeam', need: 'answer', question: 'hasTeam' }],
        ifAnswered: { hasTeam: 'no' },
        status: 'not-applicable',
      },
    })
  })
  test('of a number: any number decides', () => {
    const { askNext } = run({ indicator: 'n', atLeast: 5 }, {})
    expect(askNext?.quickest).toMatchObject({ ifAnswered: { n: 0 }, status: 'already-met' })
  })
  test('a blocked share needs its base, a wide one more answers', () => {
    const blocked = {
      kind: 'blocked',
      figureId: 'f',
      check: 'failed',
      because: 'x',
      percentage: '93.2',
      printedBase: 191,
      candidates: [],
      source,
    } as const
    expect(run({ indicator: 's', below: 0.5 }, { s: blocked })).toMatchObject({
      blocked: true,
      askNext: { decisive: [{ need: 'choice-of-base' }] },
    })
  })
  test('can be left out', () => {
    const { recommendations } = evaluate(studyModel, { id: 'R0A', kind: 'trust', facts: {} }, { askNext: 'no' })
    expect(recommendations.every(({ askNext }) => askNext === null)).toBe(true)
  })
})

const domains: Readonly<Record<string, readonly (string | number)[]>> = {
  ...Object.fromEntries(['a', 'b', 'c', 'd'].map((id) => [id, ['x', 'y', 'z']])),
  n: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
}
const fact = (value: string | number): Facts[string] => (typeof value === 'number' ? { kind: 'number', value, source } : answer(value))

/** Whether a set of indicators decides, by trying every combination of every value: slow, and without the tricks of the package. */
function decides(when: Condition, appliesTo: Condition, known: Facts, set: readonly string[]): boolean {
  const combinations = set.reduce<readonly Facts[]>(
    (all, id) => all.flatMap((facts) => (domains[id] ?? []).map((value) => ({ ...facts, [id]: fact(value) }))),
    [known],
  )
  return combinations.every((facts) => run(when, facts, appliesTo).status !== 'unknown')
}

describe('properties', () => {
  test.prop([conditions, conditions, partialFacts], runs(25))(
    'the set decides whatever is answered, and no smaller one does',
    (when, appliesTo, { partial }) => {
      const recommendation = run(when, partial, appliesTo)
      fc.pre(recommendation.status === 'unknown')
      const set = asked(recommendation)
      expect(decides(when, appliesTo, partial, set)).toBe(true)
      const open = Object.keys(domains).filter((id) => partial[id] === undefined)
      const smaller = (size: number, from = 0): string[][] =>
        size === 0 ? [[]] : open.slice(from).flatMap((id, index) => smaller(size - 1, from + index + 1).map((rest) => [id, ...rest]))
      for (const candidate of smaller(set.length - 1)) expect(decides(when, appliesTo, partial, candidate)).toBe(false)
    },
  )

  test.prop([conditions, conditions, partialFacts], runs(100))(
    'the quickest answers decide as they say',
    (when, appliesTo, { partial }) => {
      const { askNext, status } = run(when, partial, appliesTo)
      fc.pre(status === 'unknown')
      const answered = Object.fromEntries(Object.entries(askNext?.quickest.ifAnswered ?? {}).map(([id, value]) => [id, fact(value)]))
      expect(run(when, { ...partial, ...answered }, appliesTo).status).toBe(askNext?.quickest.status)
      expect(askNext?.quickest.questions.length).toBeLessThanOrEqual(askNext?.decisive.length ?? 0)
    },
  )
})
