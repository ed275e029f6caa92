import { describe, expect, test } from 'vitest'
import {
  evaluate,
  type Fact,
  type Facts,
  type Model,
  type Recommendation,
  shareFact,
  type Source,
  studyModel,
  type Subject,
} from '../src/index.ts'
import { monthsBetween } from '../src/evidence/months-between.ts'
import { comparisonFact, modelWith, source } from './models.ts'

const from = (changes: Partial<Source> = {}): Source => ({ ...source, ...changes })
const answered = (value: string, changes?: Partial<Source>): Fact => ({ kind: 'answer', value, source: from(changes) })
const when = {
  all: [
    { indicator: 'a', is: 'x' },
    {
      any: [
        { indicator: 'b', is: 'x' },
        { indicator: 'c', is: 'x' },
      ],
    },
  ],
} as const
const advice = (facts: Facts, asOf: string | undefined = '2026-01-02', kind: Subject['kind'] = 'trust') =>
  evaluate(modelWith([{ id: 'r', when }]), { id: 's', kind, facts }, asOf === undefined ? {} : { asOf }).recommendations[0]!
const goal = (fact: Fact, asOf = '2026-01-02') =>
  evaluate(studyModel, { id: 'c', kind: 'cohort', facts: { openSourceAlwaysShare: fact } }, { asOf }).recommendations.find(
    ({ rule }) => rule === 'national-open-source-goal',
  )!
const share = (count: number, base: number, details: object = {}) =>
  shareFact(count, base, { source, baseCheck: { verdict: 'counted' }, ...details })

describe('grades', () => {
  const stated = { provenance: 'stated' } as const
  test.each([
    ['an answer is descriptive', { a: answered('x'), b: answered('x') }, 'E2'],
    ['a necessary part that is merely stated lowers', { a: answered('x', stated), b: answered('x') }, 'E1'],
    ['of parts that suffice the strongest counts', { a: answered('x'), b: answered('x', stated), c: answered('x') }, 'E2'],
    ['a part that did not decide does not count', { a: answered('x'), b: answered('x'), c: answered('y', stated) }, 'E2'],
    ['one false part is enough for “not”', { a: answered('y'), b: answered('y', stated), c: answered('y', stated) }, 'E2'],
    ['nothing known, no evidence', {}, 'E0'],
  ])('%s', (_, facts, grade) => {
    expect(advice(facts as Facts).grade).toBe(grade)
  })
  test('a share is E2, a stated one E1, a blocked one E0', () => {
    expect(goal(share(10, 100)).grade).toBe('E2')
    expect(goal(share(10, 100, { strength: 'assertion' })).grade).toBe('E1')
    expect(
      goal({ kind: 'blocked', figureId: 'f', check: 'failed', because: 'x', percentage: '1', printedBase: 1, candidates: [], source })
        .grade,
    ).toBe('E0')
  })
  test('a lower cap on a single survey lowers', () => {
    const caps = studyModel.caps.map((cap) => (cap.kind === 'single-survey' ? { ...cap, grade: 'E1' as const } : cap))
    const model = { ...studyModel, caps }
    const { recommendations } = evaluate(model, { id: 'c', kind: 'cohort', facts: { openSourceAlwaysShare: share(10, 100) } })
    expect(recommendations.find(({ rule }) => rule === 'national-open-source-goal')?.grade).toBe('E1')
  })
})

describe('certainty', () => {
  const both = (changes: Partial<Source>) => ({ a: answered('x', changes), b: answered('x', changes) })
  test.each([
    ['24 months old', '2024-01-02', '2026-01-02', 'medium'],
    ['24 months and a day', '2024-01-01', '2026-01-02', 'low'],
    ['a day short of 24 months', '2024-01-03', '2026-01-02', 'medium'],
    ['25 months', '2024-01-02', '2026-02-02', 'low'],
  ])('of a trust whose answers are %s', (_, collectedUntil, asOf, level) => {
    expect(advice(both({ collectedUntil }), asOf).certainty.level).toBe(level)
  })
  test('answers of unknown age, or no day of advice: not recent', () => {
    const { collectedUntil: _, ...undated } = source
    const facts = { a: { kind: 'answer', value: 'x', source: undated }, b: { kind: 'answer', value: 'x', source: undated } } as const
    expect(advice(facts).certainty.level).toBe('low')
    expect(evaluate(modelWith([{ id: 'r', when }]), { id: 's', kind: 'trust', facts: both({}) }).recommendations[0]?.certainty.level).toBe(
      'low',
    )
  })
  test('old answers of a cohort stay medium', () => {
    expect(goal(share(10, 100, { source: from({ collectedUntil: '2020-12-31' }) })).certainty).toEqual({
      level: 'medium',
      reasons: ['The answers are old, or their age is not known.'],
    })
  })
  test('a wide interval is low, whatever the size of the gap', () => {
    expect(goal(share(1, 12)).certainty.level).toBe('low')
    expect(goal(share(100, 1000)).certainty.level).toBe('medium')
    expect(goal(share(400, 1000)).certainty).toEqual(goal(share(10, 1000)).certainty)
  })
  test('nothing known, no certainty', () => {
    expect(advice({}).certainty.level).toBe('none')
  })
})

describe('priority', () => {
  test('the gap of a group is its distance from the limit, that of a trust the share that does it', () => {
    expect(goal(share(10, 100)).priority.gap).toBeCloseTo(0.4, 12)
    const cohort = { openSourceAlwaysShare: share(10, 100) }
    const { recommendations } = evaluate(studyModel, { id: 'R0A', kind: 'trust', facts: {} }, { cohort })
    expect(recommendations.find(({ rule }) => rule === 'trust-open-by-default')?.priority.gap).toBe(0.1)
    expect(recommendations.find(({ rule }) => rule === 'trust-clinical-lead')?.priority.gap).toBeNull()
  })
  test('evidence beside advice to a trust is the cohort’s, with its own grade', () => {
    const cohort = { openSourceAlwaysShare: share(10, 100) }
    const { recommendations } = evaluate(studyModel, { id: 'R0A', kind: 'trust', facts: {} }, { cohort, asOf: '2026-01-02' })
    expect(recommendations.find(({ rule }) => rule === 'trust-open-by-default')?.evidence).toMatchObject([
      { indicator: 'openSourceAlwaysShare', grade: 'E2', certainty: { level: 'medium' }, fact: { count: 10, base: 100 } },
    ])
  })
})

describe('months between two days', () => {
  test.each([
    ['2024-01-31', '2024-02-29', 29 / 31],
    ['2024-01-31', '2024-03-01', 1],
    ['2024-01-31', '2024-03-02', 1 + 1 / 31],
    ['2025-01-28', '2025-03-01', 1 + 1 / 31],
    ['2025-01-30', '2025-03-01', 1],
    ['2024-01-31', '2024-03-31', 2],
    ['2020-12-31', '2026-01-31', 61],
    ['2024-02-29', '2025-02-28', 11 + 30 / 31],
    ['2024-02-29', '2025-03-01', 12],
    ['2024-03-15', '2024-04-10', 26 / 31],
    ['2024-12-15', '2025-01-10', 26 / 31],
    ['2025-03-01', '2025-02-01', -1],
    ['2025-03-01', '2025-03-01', 0],
  ])('%s to %s: %d', (first, second, months) => {
    expect(monthsBetween(first, second)).toBeCloseTo(months, 12)
  })
  test('grow with every day, and reach a whole number on the day that has the same date', () => {
    const days = Array.from({ length: 1500 }, (_, index) => new Date(Date.UTC(2023, 0, 1 + index)).toISOString().slice(0, 10))
    for (const from of ['2023-01-01', '2023-01-28', '2023-01-31', '2024-02-29']) {
      const later = days.filter((day) => day >= from)
      const ages = later.map((day) => monthsBetween(from, day))
      expect(ages.every((age, index) => index === 0 || age > ages[index - 1]!)).toBe(true)
      const whole = later.filter((day) => day.slice(8) === from.slice(8)).map((day) => monthsBetween(from, day))
      expect(whole.every((age) => Number.isInteger(age))).toBe(true)
    }
  })
  test.each(['2025-02-29', '2100-02-29', '2025-04-31', '2025-00-01', '2025-13-01', '2025-1-1', ' 2025-01-01', '2025-01-00'])(
    '“%s” is no day',
    (text) => {
      expect(() => monthsBetween(text, '2025-01-01')).toThrow(expect.objectContaining({ code: 'invalid-date' }))
    },
  )
  test.each(['2024-02-29', '2000-02-29', '2025-12-31'])('“%s” is one', (text) => {
    expect(monthsBetween(text, text)).toBe(0)
  })
})

describe('the order of recommendations', () => {
  const bandsOf = ['low', 'medium', 'high'] as const
  /** Rules that differ in everything by which they are put in order, for a trust: E1 or E2, bands, share of the cohort, id. */
  const model: Model = (() => {
    const base = modelWith(
      bandsOf.flatMap((impact) =>
        bandsOf.flatMap((effort) =>
          ['p', 'q'].flatMap((id) =>
            ['a', 'b', 'c'].map((letter) => ({ id: `${id}-${impact}-${effort}-${letter}`, when: { indicator: letter, is: 'x' } })),
          ),
        ),
      ),
    )
    const rules = base.rules.map((rule) => {
      const [, impact, effort] = rule.id.split('-') as [string, (typeof bandsOf)[number], (typeof bandsOf)[number]]
      const reason = { text: 'So.', whose: 'ours' } as const
      return { ...rule, impact: { band: impact, reason }, effort: { band: effort, reason }, evidence: rule.id.startsWith('q') ? ['s'] : [] }
    })
    return { ...base, rules: [...rules.slice(20), ...rules.slice(0, 20).reverse()] }
  })()
  const keyOf = ({ priority: { status, evidence, impact, effort, gap, id } }: Recommendation) =>
    [
      ['applies', 'unknown', 'already-met', 'not-applicable'].indexOf(status),
      ['E4', 'E3', 'E2', 'E1', 'E0'].indexOf(evidence),
      ['high', 'medium', 'low'].indexOf(impact),
      ['low', 'medium', 'high'].indexOf(effort),
      gap === null ? 2 : 1 - gap,
      id,
    ] as const
  const isInOrder = (found: readonly Recommendation[]): boolean =>
    found.map(keyOf).every((key, index, keys) => {
      const before = keys[index - 1]
      if (!before) return true
      const at = key.findIndex((part, place) => part !== before[place])
      return at >= 0 && before[at]! < key[at]!
    })
  test.each<[string, Subject['kind']]>([
    ['of a trust', 'trust'],
    ['of a group', 'group'],
  ])('%s: status, evidence, impact, effort, gap, id, and nothing else', (_, kind) => {
    const facts = { a: answered('x'), b: answered('x', { provenance: 'stated' }), c: answered('y') }
    const subject = kind === 'trust' ? 'trust' : 'cohort'
    const rules = model.rules.map((rule) => ({ ...rule, subject }) as const)
    const cohort = { s: share(10, 40) }
    const { recommendations } = evaluate({ ...model, rules }, { id: 's', kind, facts }, { asOf: '2026-01-02', cohort })
    expect(recommendations).toHaveLength(54)
    expect(recommendations.map(({ priority }) => priority.gap === null).filter(Boolean)).toHaveLength(kind === 'trust' ? 27 : 54)
    expect(isInOrder(recommendations)).toBe(true)
    expect(new Set(recommendations.map(({ priority }) => `${priority.status} ${priority.evidence}`))).toEqual(
      new Set(['applies E2', 'applies E1', 'already-met E2']),
    )
  })
  test('of a group: the larger distance from its limit first', () => {
    const base = modelWith(['r', 'q', 'p'].map((id, index) => ({ id, when: { indicator: 's', below: [0.4, 0.9, 0.6][index]! } })))
    const rules = base.rules.map((rule) => ({ ...rule, subject: 'cohort' }) as const)
    const { recommendations } = evaluate({ ...base, rules }, { id: 's', kind: 'cohort', facts: { s: share(10, 100) } })
    expect(recommendations.map(({ rule, priority }) => [rule, priority.gap])).toEqual([
      ['q', 0.8],
      ['p', 0.5],
      ['r', expect.closeTo(0.3, 12)],
    ])
  })
  test('the gap is the largest distance among the shares that decided, and none without one', () => {
    const base = modelWith([
      {
        id: 'r',
        when: {
          all: [
            { indicator: 's', below: 0.4 },
            { indicator: 's', below: 0.8 },
            { indicator: 'a', is: 'x' },
          ],
        },
      },
    ])
    const rules = base.rules.map((rule) => ({ ...rule, subject: 'cohort' }) as const)
    const gapOf = (facts: Facts) => evaluate({ ...base, rules }, { id: 's', kind: 'cohort', facts }).recommendations[0]?.priority.gap
    expect(gapOf({ s: share(10, 100), a: answered('x') })).toBeCloseTo(0.7, 12)
    // Only the part that decided counts: 0.6 is not below 0.4.
    expect(gapOf({ s: share(600, 1000), a: answered('x') })).toBeCloseTo(0.2, 12)
    expect(gapOf({ s: share(10, 100), a: answered('y') })).toBeNull()
    expect(gapOf({ s: share(0, 10, { countAtMost: 10, unanswered: 10 }), a: answered('y') })).toBeNull()
  })
})

describe('comparisons', () => {
  const family = [
    {
      indicator: 's',
      counts: [
        [40, 10],
        [10, 40],
      ],
      unanswered: [0, 0],
      difference: 0.6,
      interval: null,
      pValue: 0.001,
      adjustedPValue: 0.001,
    },
  ]
  const gap = (change: object, corroboratedBy: readonly Source[] = []): Facts => ({
    groupGap: comparisonFact(
      family.map((one) => ({ ...one, ...change })),
      corroboratedBy,
    ),
  })
  const rule = (facts: Facts, model: Model = studyModel) =>
    evaluate(model, { id: 'c', kind: 'cohort', facts }, { asOf: '2026-01-02' }).recommendations.find(
      ({ rule: id }) => id === 'system-support-group-behind',
    )!
  test.each([
    ['a difference', {}, 'applies', 'E3', 'high'],
    ['none seen', { difference: 0.01 }, 'already-met', 'E3', 'high'],
    ['cells not known', { counts: null }, 'unknown', 'E0', 'none'],
  ])('%s', (_, change, status, grade, level) => {
    expect(rule(gap(change))).toMatchObject({ status, grade, certainty: { level, reasons: [] } })
  })
  test('cells not known are asked for, and decide either way', () => {
    expect(rule(gap({ counts: null })).askNext).toEqual({
      decisive: [{ indicator: 'groupGap', need: 'complete-cells', question: null }],
      quickest: {
        questions: [{ indicator: 'groupGap', need: 'complete-cells', question: null }],
        ifAnswered: { groupGap: 'difference' },
        status: 'applies',
      },
    })
  })
  const other = (change: Partial<Source>): Source => ({ ...source, ...change })
  test.each([
    ['another round', other({ label: 'another' }), 'E4'],
    ['the same at another time', other({ collectedUntil: '2025-01-01' }), 'E4'],
    ['another version', other({ version: 'V2' }), 'E4'],
    ['another page', other({ url: 'https://example.org/' }), 'E4'],
    ['itself', other({}), 'E3'],
    ['itself, said to be of another kind', other({ provenance: 'stated' }), 'E3'],
  ])('agreed with by %s: %s', (_, second, grade) => {
    expect(rule(gap({}, [second])).grade).toBe(grade)
  })
  test('a cap below E3 lowers, unless a second source agrees; without the cap one survey is E3 all the same', () => {
    const caps = studyModel.caps.map((cap) => (cap.kind === 'single-survey' ? { ...cap, grade: 'E2' as const } : cap))
    expect(rule(gap({}), { ...studyModel, caps }).grade).toBe('E2')
    expect(rule(gap({}, [other({ label: 'another' })]), { ...studyModel, caps }).grade).toBe('E4')
    expect(rule(gap({}), { ...studyModel, caps: [] }).grade).toBe('E3')
  })
})

describe('claims that are blocked', () => {
  const blocked: Fact = {
    kind: 'blocked',
    figureId: 'f',
    check: 'failed',
    because: 'x',
    percentage: '1',
    printedBase: 1,
    candidates: [],
    source,
  }
  const advise = (facts: Facts, model: Model = studyModel) =>
    evaluate(model, { id: 'c', kind: 'cohort', facts }, { asOf: '2026-01-02' }).recommendations.find(
      ({ rule }) => rule === 'national-open-source-goal',
    )!
  test('wait with the reason, and with no evidence', () => {
    const found = advise({ openSourceAlwaysShare: blocked })
    expect(found).toMatchObject({ status: 'unknown', blocked: true, grade: 'E0' })
    expect(found.certainty).toEqual({
      level: 'none',
      reasons: ['The base of a figure failed its check, so the claim waits until a person picks the base.'],
    })
    expect(found.evidence[0]).toMatchObject({ grade: 'E0', certainty: { level: 'none' } })
    expect(advise({ openSourceAlwaysShare: blocked }, { ...studyModel, caps: [] }).evidence[0]).toMatchObject({ grade: 'E0' })
  })
  test('are not those that are merely unknown, nor those decided in spite of a figure', () => {
    expect(advise({}).blocked).toBe(false)
    expect(advise({ openSourceAlwaysShare: share(10, 100), openSourceShare: blocked }).blocked).toBe(false)
    const model = modelWith([
      {
        id: 'r',
        when: {
          any: [
            { indicator: 's', below: 0.5 },
            { indicator: 'a', is: 'x' },
          ],
        },
      },
    ])
    const cohort = { ...model, rules: model.rules.map((rule) => ({ ...rule, subject: 'cohort' }) as const) }
    const of = (a: Fact) => evaluate(cohort, { id: 'c', kind: 'cohort', facts: { s: blocked, a } }).recommendations[0]
    expect(of(answered('x'))).toMatchObject({ status: 'applies', blocked: false })
    expect(of({ kind: 'missing', reason: 'refused' })).toMatchObject({ status: 'unknown', blocked: true })
  })
})

describe('caps', () => {
  const wide = (interval: number) => goal({ ...share(10, 100), interval: { lower: 0.1, upper: 0.1 + interval, level: 0.95 } })
  test('an interval just as wide as the threshold is not wide', () => {
    expect(wide(0.2 - 1e-9).certainty.reasons).toEqual([])
    expect(wide(0.2 + 1e-9).certainty.reasons).toEqual(['The interval is wide, so the share could be quite different.'])
  })
  test('one old or wide fact of several is enough', () => {
    const old = { ...source, collectedUntil: '2020-01-01' }
    const facts = { a: answered('x'), b: { kind: 'answer', value: 'x', source: old } as const }
    expect(advice(facts).certainty).toEqual({ level: 'low', reasons: ['The answers are old, or their age is not known.'] })
  })
  test('a cap above the level leaves it, and both caps are told', () => {
    const source2020 = { source: { ...source, collectedUntil: '2020-01-01' } }
    expect(goal(share(1, 12, source2020)).certainty).toEqual({
      level: 'low',
      reasons: ['The answers are old, or their age is not known.', 'The interval is wide, so the share could be quite different.'],
    })
    expect(goal(share(10, 100, { ...source2020, strength: 'assertion' })).certainty.level).toBe('low')
  })
})
