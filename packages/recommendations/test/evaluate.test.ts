import { fc, test } from '@fast-check/vitest'
import { Engine, type RuleProperties, type TopLevelCondition } from 'json-rules-engine'
import { describe, expect } from 'vitest'
import {
  type Condition,
  evaluate,
  evaluateEach,
  type Evaluation,
  type Facts,
  type Recommendation,
  type Status,
  studyModel,
} from '../src/index.ts'
import { answer, completeFacts, conditions, modelWith, partialFacts, source } from './models.ts'

const run = (when: Condition, facts: Facts, appliesTo?: Condition): Recommendation => {
  const model = modelWith([{ id: 'r', when, ...(appliesTo ? { appliesTo } : {}) }])
  return evaluate(model, { id: 'subject', kind: 'trust', facts }, { asOf: '2026-01-01' }).recommendations[0] as Recommendation
}
const status = (when: Condition, facts: Facts, appliesTo?: Condition): Status => run(when, facts, appliesTo).status
const x = (indicator: string): Condition => ({ indicator, is: 'x' })

describe('reference values', () => {
  // S. C. Kleene, Introduction to Metamathematics (1952), section 64: the strong tables. T is x, F is y, U is missing.
  const of = { T: answer('x'), F: answer('y'), U: { kind: 'missing', reason: 'not-answered' } } as const
  const names = { T: 'applies', F: 'already-met', U: 'unknown' } as const
  test.each([
    ['T', 'T', 'T', 'T'],
    ['T', 'U', 'U', 'T'],
    ['T', 'F', 'F', 'T'],
    ['U', 'T', 'U', 'T'],
    ['U', 'U', 'U', 'U'],
    ['U', 'F', 'F', 'U'],
    ['F', 'T', 'F', 'T'],
    ['F', 'U', 'F', 'U'],
    ['F', 'F', 'F', 'F'],
  ] as const)('%s and %s is %s, or is %s', (a, b, and, or) => {
    const facts = { a: of[a], b: of[b] }
    expect(status({ all: [x('a'), x('b')] }, facts)).toBe(names[and])
    expect(status({ any: [x('a'), x('b')] }, facts)).toBe(names[or])
  })
  test.each([
    ['T', 'F'],
    ['U', 'U'],
    ['F', 'T'],
  ] as const)('not %s is %s', (a, negated) => {
    expect(status({ not: x('a') }, { a: of[a] })).toBe(names[negated])
  })
  test.each([
    ['T', 'T', 'applies'],
    ['T', 'F', 'already-met'],
    ['T', 'U', 'unknown'],
    ['F', 'T', 'not-applicable'],
    ['F', 'F', 'not-applicable'],
    ['F', 'U', 'not-applicable'],
    ['U', 'T', 'unknown'],
    ['U', 'F', 'unknown'],
    ['U', 'U', 'unknown'],
  ] as const)('scope %s and gap %s: %s', (scope, gap, expected) => {
    expect(status(x('b'), { a: of[scope], b: of[gap] }, x('a'))).toBe(expected)
  })

  const share = (lower: number, upper: number, count = 3, countAtMost = count): Facts => ({
    s: {
      kind: 'share',
      count,
      countAtMost,
      base: 10,
      estimate: count / 10,
      interval: { lower, upper, level: 0.95 },
      method: 'wilson',
      baseCheck: { verdict: 'counted' },
      strength: 'descriptive',
      unanswered: 0,
      corroboratedBy: [],
      source,
    },
  })
  test.each([
    ['below', 0.1, 0.4, 'applies'],
    ['below', 0.1, 0.5, 'unknown'],
    ['below', 0.4, 0.6, 'unknown'],
    ['below', 0.5, 0.6, 'already-met'],
    ['atMost', 0.1, 0.5, 'applies'],
    ['atMost', 0.5, 0.6, 'unknown'],
    ['atMost', 0.51, 0.6, 'already-met'],
    ['atLeast', 0.5, 0.6, 'applies'],
    ['atLeast', 0.4, 0.5, 'unknown'],
    ['atLeast', 0.4, 0.49, 'already-met'],
    ['above', 0.51, 0.6, 'applies'],
    ['above', 0.5, 0.6, 'unknown'],
    ['above', 0.4, 0.5, 'already-met'],
  ] as const)('a share %s 0.5 whose interval is %d to %d: %s', (comparison, lower, upper, expected) => {
    expect(status({ indicator: 's', [comparison]: 0.5 } as unknown as Condition, share(lower, upper))).toBe(expected)
  })
  test('a share by its estimate is decided where its interval is not', () => {
    expect(status({ indicator: 's', below: 0.5, using: 'estimate' }, share(0.1, 0.9))).toBe('applies')
    expect(status({ indicator: 's', below: 0.35, using: 'estimate' }, share(0.1, 0.9, 3, 4))).toBe('unknown')
    expect(status({ indicator: 's', atLeast: 0.3, using: 'estimate' }, share(0.1, 0.9, 3, 4))).toBe('applies')
  })
  test('a threshold stands for its value, and an option for another', () => {
    const model = modelWith([{ id: 'r', when: { indicator: 's', below: { threshold: 'openSourceMajority' } } }])
    const subject = { id: 's', kind: 'trust', facts: share(0.1, 0.4) } as const
    expect(evaluate(model, subject).recommendations[0]).toMatchObject({
      status: 'applies',
      when: { test: { limit: 0.5, threshold: 'openSourceMajority' } },
    })
    const changed = evaluate(model, subject, { thresholds: { openSourceMajority: 0.3 } })
    expect(changed.recommendations[0]?.status).toBe('unknown')
    expect(changed.changedThresholds).toEqual({ openSourceMajority: 0.3 })
    expect(evaluate(model, subject, { thresholds: { openSourceMajority: 0.5 } }).changedThresholds).toEqual({})
  })
  test('an answer that the model does not declare decides nothing', () => {
    expect(status(x('a'), { a: answer('maybe') })).toBe('unknown')
    expect(status({ not: x('a') }, { a: answer('maybe') })).toBe('unknown')
  })
  test('a fact of the wrong kind decides nothing', () => {
    expect(status(x('a'), { a: { kind: 'number', value: 1, source } })).toBe('unknown')
    expect(status({ indicator: 'n', below: 3 }, { n: answer('x') })).toBe('unknown')
  })
  test('of a group the evidence is its own, and its name is kept', () => {
    const facts = { openSourceAlwaysShare: share(0.1, 0.2)['s']! }
    const evaluation = evaluate(studyModel, { id: 'g', name: 'A group', kind: 'group', facts })
    expect(evaluation).toMatchObject({ name: 'A group', kind: 'group' })
    expect(evaluation.recommendations.find(({ rule }) => rule === 'national-open-source-goal')?.evidence[0]?.fact).toBe(
      facts.openSourceAlwaysShare,
    )
    const trust = evaluate(studyModel, { id: 't', kind: 'trust', facts })
    expect(trust.name).toBeNull()
    expect(trust.recommendations.find(({ rule }) => rule === 'trust-open-by-default')?.evidence[0]?.fact).toMatchObject({ kind: 'missing' })
    expect(trust.recommendations.every(({ rule }) => rule.startsWith('trust-'))).toBe(true)
    expect(evaluation.recommendations.some(({ rule }) => rule.startsWith('trust-'))).toBe(false)
  })
  test('whoever was not asked is not concerned', () => {
    const facts = { responded: answer('yes'), hasTeam: answer('no'), openSource: { kind: 'missing', reason: 'not-asked' } } as const
    const { recommendations } = evaluate(studyModel, { id: 'R0A', kind: 'trust', facts })
    expect(recommendations.find(({ rule }) => rule === 'trust-open-by-default')?.status).toBe('not-applicable')
    // Two levels of skip logic: standards are asked of those who disclosed, and that of those with a team.
    expect(recommendations.find(({ rule }) => rule === 'trust-list-interfaces')?.status).toBe('not-applicable')
  })
})

describe('the trace', () => {
  test('marks the parts that decided, with their facts', () => {
    const { when, scope } = run({ all: [x('a'), x('b'), { any: [x('c'), x('d')] }] }, { a: answer('x'), b: answer('y'), c: answer('x') })
    expect(scope).toBeNull()
    expect(when).toMatchObject({
      kind: 'all',
      result: 'false',
      decisive: true,
      parts: [
        { indicator: 'a', result: 'true', decisive: false, fact: answer('x') },
        { indicator: 'b', result: 'false', decisive: true, fact: answer('y'), test: { kind: 'is-one-of', values: ['x'] } },
        {
          kind: 'any',
          result: 'true',
          decisive: false,
          parts: [{ decisive: false }, { result: 'unknown', decisive: false, fact: { kind: 'missing', reason: 'not-supplied' } }],
        },
      ],
    })
  })
  test('a negation rests on its part', () => {
    expect(run({ not: x('a') }, { a: answer('x') }).when).toMatchObject({
      kind: 'not',
      result: 'false',
      decisive: true,
      parts: [{ result: 'true', decisive: true }],
    })
  })
  test('where the rule does not concern the subject only the scope decides', () => {
    const { scope, when } = run(x('b'), { a: answer('y'), b: answer('x') }, x('a'))
    expect([scope?.decisive, when.decisive]).toEqual([true, false])
  })
  test('where it is unknown the unknown parts decide', () => {
    const known = run(x('b'), { a: answer('x') }, x('a'))
    expect([known.scope?.decisive, known.when.decisive]).toEqual([false, true])
    const open = run(x('b'), { b: answer('x') }, x('a'))
    expect([open.scope?.decisive, open.when.decisive]).toEqual([true, false])
  })
})

/** The same condition for json-rules-engine, which knows two values only. */
function engineCondition(condition: Condition): TopLevelCondition {
  const nested = (part: Condition): object => {
    if ('all' in part) return { all: part.all.map(nested) }
    if ('any' in part) return { any: part.any.map(nested) }
    if ('not' in part) return { not: nested(part.not) }
    if ('is' in part) return { fact: part.indicator, operator: 'equal', value: part.is }
    if ('in' in part) return { fact: part.indicator, operator: 'in', value: part.in }
    if ('below' in part) return { fact: part.indicator, operator: 'lessThan', value: part.below }
    if ('atMost' in part) return { fact: part.indicator, operator: 'lessThanInclusive', value: part.atMost }
    if ('atLeast' in part) return { fact: part.indicator, operator: 'greaterThanInclusive', value: part.atLeast }
    return { fact: part.indicator, operator: 'greaterThan', value: part.above }
  }
  return { all: [nested(condition)] } as TopLevelCondition
}

describe('properties', () => {
  test.prop([conditions, completeFacts], { numRuns: 200 })(
    'agrees with json-rules-engine where everything is known',
    async (when, facts) => {
      const engine = new Engine([{ conditions: engineCondition(when), event: { type: 'fired' } } satisfies RuleProperties])
      const { events } = await engine.run(
        Object.fromEntries(Object.entries(facts).map(([id, fact]) => [id, 'value' in fact ? fact.value : null])),
      )
      expect(status(when, facts)).toBe(events.length === 1 ? 'applies' : 'already-met')
    },
  )

  test.prop([conditions, conditions, partialFacts], { numRuns: 200 })(
    'knowing more never turns a decided status',
    (appliesTo, when, { complete, partial }) => {
      const before = status(when, partial, appliesTo)
      if (before !== 'unknown') expect(status(when, complete, appliesTo)).toBe(before)
    },
  )

  test.prop([conditions, conditions, completeFacts], { numRuns: 200 })(
    'where everything is known nothing is unknown',
    (appliesTo, when, facts) => {
      expect(status(when, facts, appliesTo)).not.toBe('unknown')
    },
  )

  test.prop([conditions, partialFacts], { numRuns: 200 })('negation of the gap swaps applies and already met', (when, { partial }) => {
    const swapped = { applies: 'already-met', 'already-met': 'applies', unknown: 'unknown', 'not-applicable': 'not-applicable' } as const
    expect(status({ not: when }, partial)).toBe(swapped[status(when, partial)])
  })

  test.prop([conditions, partialFacts], { numRuns: 200 })(
    'the result of the trace is the status, and survives JSON',
    (when, { partial }) => {
      const recommendation = run(when, partial)
      expect({ true: 'applies', false: 'already-met', unknown: 'unknown' }[recommendation.when.result]).toBe(recommendation.status)
      expect(JSON.parse(JSON.stringify(recommendation))).toStrictEqual(recommendation)
    },
  )

  const rules = fc.array(fc.tuple(conditions, conditions), { minLength: 2, maxLength: 5 })
  test.prop([rules, partialFacts, fc.integer({ min: 0, max: 1000 })], { numRuns: 100 })(
    'order of rules, indicators and facts changes nothing',
    (pairs, { partial }, seed) => {
      const model = modelWith(pairs.map(([when, appliesTo], index) => ({ id: `r${index}`, when, appliesTo })))
      const turn = <T>(items: readonly T[]): T[] => [...items.slice(seed % items.length), ...items.slice(0, seed % items.length)].reverse()
      const subject = { id: 's', kind: 'trust', facts: partial } as const
      const turned = { ...subject, facts: Object.fromEntries(turn(Object.entries(partial))) }
      const plain = evaluate(model, subject)
      const other = evaluate({ ...model, rules: turn(model.rules) }, Object.keys(partial).length === 0 ? subject : turned)
      expect(JSON.stringify(other)).toBe(JSON.stringify(plain))
    },
  )

  test.prop([fc.array(partialFacts, { minLength: 1, maxLength: 8 }), rules], { numRuns: 60 })(
    'many at once give what each gives alone, in any order',
    (all, pairs) => {
      const model = modelWith(pairs.map(([when, appliesTo], index) => ({ id: `r${index}`, when, appliesTo })))
      const subjects = all.flatMap(({ partial, complete }, index) => [
        { id: `p${index}`, kind: 'trust', facts: partial } as const,
        { id: `c${index}`, kind: 'trust', facts: complete } as const,
      ])
      const alone = new Map<string, string>(subjects.map((subject) => [subject.id, JSON.stringify(evaluate(model, subject))]))
      const check = (evaluation: Evaluation): void => expect(JSON.stringify(evaluation)).toBe(alone.get(evaluation.subject))
      for (const evaluation of evaluateEach(model, subjects)) check(evaluation)
      for (const evaluation of evaluateEach(model, [...subjects].reverse())) check(evaluation)
    },
  )
})

describe('refusals', () => {
  const subject = { id: 's', kind: 'trust', facts: {} } as const
  test('a threshold that the model does not have', () => {
    expect(() => evaluate(studyModel, subject, { thresholds: { nothing: 1 } })).toThrow(
      expect.objectContaining({ code: 'invalid-threshold' }),
    )
    expect(() => evaluate(studyModel, subject, { thresholds: { nothing: 1 } })).toThrow(
      'the model open-digital-capability has no threshold "nothing"; it has adjustedP, minimumDifference, ',
    )
    expect(() => evaluate(studyModel, subject, { thresholds: { peers: -1 } })).toThrow('the threshold "peers" cannot be -1: it is a count')
  })
  test.each([-0.1, 1.1, Number.NaN, Infinity])('a share of %d', (value) => {
    expect(() => evaluate(studyModel, subject, { thresholds: { openSourceMajority: value } })).toThrow(
      expect.objectContaining({ code: 'invalid-threshold' }),
    )
  })
  test('a model without the thresholds that the package looks up', () => {
    const model = { ...studyModel, thresholds: studyModel.thresholds.filter(({ id }) => id !== 'peers') }
    expect(() => evaluate(model, subject)).toThrow(expect.objectContaining({ code: 'invalid-model' }))
    expect(() => evaluate(model, subject)).toThrow('the model open-digital-capability has no threshold "peers"')
  })
  test.each(['2026-13-01', '2026-02-29', '1.2.2026', ''])('the day “%s”', (asOf) => {
    expect(() => evaluate(studyModel, subject, { asOf })).toThrow(expect.objectContaining({ code: 'invalid-date' }))
  })
})
