import { test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { diffModels, evaluate, type Fact, type Model, studyModel } from '../src/index.ts'
import { answer, completeFacts, conditions, modelWith, source } from './models.ts'

const a = { indicator: 'a', is: 'x' } as const
const b = { indicator: 'b', is: 'x' } as const

describe('reference values', () => {
  test('a model does not differ from itself', () => {
    expect(diffModels(studyModel, studyModel, { subjects: [{ id: 'R0A', kind: 'trust', facts: {} }] })).toMatchObject({
      changes: [],
      rules: [],
      advice: [],
    })
  })
  test('added, removed and changed, by ids', () => {
    const before = modelWith([
      { id: 'kept', when: a },
      { id: 'gone', when: a },
    ])
    const kept = { ...modelWith([{ id: 'kept', when: a }]).rules[0]!, title: 'Another title' }
    const after: Model = { ...before, version: '2.0.0', rules: [modelWith([{ id: 'new', when: b }]).rules[0]!, kept] }
    const diff = diffModels(before, after, { subjects: [{ id: 'R0A', kind: 'trust', facts: { a: answer('x'), b: answer('y') } }] })
    expect(diff.changes.map(({ path, kind }) => [path, kind])).toEqual([
      ['version', 'changed'],
      ['rules/kept/title', 'changed'],
      ['rules/gone', 'removed'],
      ['rules/new', 'added'],
    ])
    expect(diff.rules).toEqual([])
    expect(diff.advice).toEqual([
      { subject: 'R0A', rule: 'gone', before: 'applies', after: null },
      { subject: 'R0A', rule: 'new', before: null, after: 'already-met' },
    ])
  })
  test('a rule put otherwise that comes to the same is a change of words, not of advice', () => {
    const before = modelWith([{ id: 'r', when: { all: [a, b] } }])
    const after = modelWith([{ id: 'r', when: { not: { any: [{ not: a }, { not: b }] } } }])
    expect(diffModels(before, after)).toMatchObject({ changes: [{ path: 'rules/r/when', kind: 'changed' }], rules: [] })
  })
  test('another threshold, with a subject between the two', () => {
    const thresholds = studyModel.thresholds.map((threshold) =>
      threshold.id === 'teamCoverage' ? { ...threshold, value: 0.85 } : threshold,
    )
    const diff = diffModels(studyModel, { ...studyModel, thresholds })
    expect(diff.changes.map(({ path }) => path)).toEqual(['thresholds/teamCoverage/value'])
    expect(diff.rules.map(({ rule }) => rule)).toEqual(['system-pair-trusts'])
    const { example, before, after } = diff.rules[0]!
    expect([before, after]).toEqual(['applies', 'already-met'])
    expect(example['hasTeamShare']).toBeGreaterThanOrEqual(0.85)
    expect(example['hasTeamShare']).toBeLessThan(0.9)
  })
})

describe('properties', () => {
  test.prop([conditions, conditions, completeFacts], { numRuns: 60 })(
    'where a rule cannot come to something else it does not; where it can the example does',
    (one, other, facts) => {
      const [before, after] = [modelWith([{ id: 'r', when: one }]), modelWith([{ id: 'r', when: other }])]
      const status = (model: Model, values: typeof facts) =>
        evaluate(model, { id: 's', kind: 'trust', facts: values }, { askNext: 'no' }).recommendations[0]?.status
      const diff = diffModels(before, after, { subjects: [{ id: 's', kind: 'trust', facts }] })
      expect(diff.advice.length > 0).toBe(status(before, facts) !== status(after, facts))
      if (diff.rules.length === 0) expect(status(before, facts)).toBe(status(after, facts))
      for (const { example, before: was, after: is } of diff.rules) {
        const values = Object.fromEntries(
          Object.entries(example).map(([id, value]): [string, Fact] => [
            id,
            typeof value === 'number' ? { kind: 'number', value, source } : answer(value),
          ]),
        )
        expect([status(before, values), status(after, values)]).toEqual([was, is])
        expect(was).not.toBe(is)
      }
    },
  )
})
