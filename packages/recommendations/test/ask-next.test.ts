import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { evaluate, type Condition, type Facts, type Recommendation, shareFact, studyModel } from '../src/index.ts'
import { answer, comparisonFact, conditions, modelWith, partialFacts, source } from './models.ts'

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
  const of = (lower: number, upper: number): Facts[string] => ({
    ...shareFact(30, 100, { source, baseCheck: { verdict: 'counted' } }),
    interval: { lower, upper, level: 0.95 },
  })
  const below: Condition = { indicator: 's', below: 0.5 }
  test('a share on both sides of its limit needs more answers; one that lies clear, or a number, is not asked again', () => {
    const wide = run({ all: [below, x('a')] }, { s: of(0.4, 0.6), a: answer('x') })
    expect(wide.askNext).toEqual({
      decisive: [{ indicator: 's', need: 'narrower-interval', question: null }],
      quickest: { questions: [{ indicator: 's', need: 'narrower-interval', question: null }], ifAnswered: { s: 0 }, status: 'applies' },
    })
    expect(asked(run({ all: [below, x('a')] }, { s: of(0.1, 0.2) }))).toEqual(['a'])
    expect(asked(run({ all: [{ indicator: 'n', atLeast: 5 }, x('a')] }, { n: { kind: 'number', value: 7, source } }))).toEqual(['a'])
    // The same share clear of one limit and on both sides of another.
    expect(asked(run({ all: [below, { indicator: 's', below: 0.3 }] }, { s: of(0.1, 0.4) }))).toEqual(['s'])
    expect(asked(run({ all: [below, x('a')] }, { s: of(0.4, 0.6) }))).toEqual(['a', 's'])
  })
  test('what is needed in every set, and one of what is not', () => {
    // a decides alone where it is x; else b and c are both needed, so all three are.
    expect(asked(run({ any: [x('a'), { all: [x('b'), x('c')] }] }, {}))).toEqual(['a', 'b', 'c'])
    // Whatever a is, b alone decides one way and c the other: the earlier of two sets of one size.
    const either: Condition = { all: [{ any: [x('b'), { not: x('b') }] }, { any: [x('c'), { not: x('c') }] }] }
    expect(run(either, {}).askNext?.decisive.map(({ indicator }) => indicator)).toEqual(['b', 'c'])
    expect(run({ all: [x('a'), x('b')] }, { a: answer('x') }).askNext?.quickest).toEqual({
      questions: [{ indicator: 'b', need: 'answer', question: null }],
      ifAnswered: { b: 'x' },
      status: 'applies',
    })
    expect(run({ all: [x('d'), { any: [x('b'), x('c')] }] }, { d: answer('x'), c: answer('y') }).askNext?.decisive).toHaveLength(1)
  })
  test('of two comparisons in a trace the one with the difference is named by it', () => {
    const family = (difference: number | null, adjustedPValue: number | null) => ({
      indicator: 'hasTeamShare',
      counts:
        difference === null
          ? null
          : ([
              [9, 1],
              [1, 9],
            ] as const),
      unanswered: [0, 0] as const,
      difference,
      interval: null,
      pValue: adjustedPValue,
      adjustedPValue,
    })
    const facts: Facts = {
      groupGap: comparisonFact([family(0.01, 0.9), family(null, null)]),
    }
    const advise = (thresholds: Readonly<Record<string, number>>) =>
      evaluate(studyModel, { id: 'c', kind: 'cohort', facts }, { thresholds }).recommendations.find(
        ({ rule }) => rule === 'system-support-group-behind',
      )
    expect(advise({})?.askNext?.quickest).toMatchObject({ ifAnswered: { groupGap: 'difference' }, status: 'applies' })
    // With thresholds of one’s own the known comparison is a difference, and nothing is left to ask.
    expect(advise({ minimumDifference: 0.005, adjustedP: 0.95 })).toMatchObject({ status: 'applies', askNext: null })
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
  test.prop([conditions, conditions, partialFacts], { numRuns: 25 })(
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

  test.prop([conditions, conditions, partialFacts], { numRuns: 100 })(
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
