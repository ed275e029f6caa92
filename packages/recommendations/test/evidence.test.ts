import { describe, expect, test } from 'vitest'
import { evaluate, type Fact, type Facts, shareFact, type Source, studyModel, type Subject } from '../src/index.ts'
import { monthsBetween } from '../src/evidence/months-between.ts'
import { modelWith, source } from './models.ts'

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
