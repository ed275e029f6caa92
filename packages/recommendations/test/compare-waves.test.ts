import { fc, test } from '@fast-check/vitest'
import { clopperPearsonInterval, mcnemarTest } from '@open-digital-capability/stats'
import { describe, expect } from 'vitest'
import { compareWaves, evaluate, type Evaluation, type Fact } from '../src/index.ts'
import { answer, modelWith } from './models.ts'

const model = modelWith([{ id: 'r', when: { indicator: 'a', is: 'x' }, appliesTo: { indicator: 'b', is: 'x' } }])
const missing: Fact = { kind: 'missing', reason: 'refused' }
/** `gap`: the rule applies; `met`: it is met; `open`: unknown; `out`: it does not concern the subject. */
const facts = {
  gap: { a: answer('x'), b: answer('x') },
  met: { a: answer('y'), b: answer('x') },
  open: { a: missing, b: answer('x') },
  out: { a: answer('x'), b: answer('y') },
} as const
type State = keyof typeof facts
const wave = (states: Readonly<Record<string, State>>): readonly Evaluation[] =>
  Object.entries(states).map(([id, state]) => evaluate(model, { id, kind: 'trust', facts: facts[state] }))

describe('reference values', () => {
  test('each subject goes where its two statuses lead', () => {
    const first = wave({ A: 'gap', B: 'met', C: 'met', D: 'gap', E: 'open', F: 'met', G: 'out', H: 'met' })
    const second = wave({ A: 'met', B: 'gap', C: 'met', D: 'gap', E: 'met', F: 'open', G: 'gap', I: 'met' })
    const comparison = compareWaves(first, second)
    expect(comparison).toMatchObject({ subjects: 7, onlyFirst: ['H'], onlySecond: ['I'] })
    expect(comparison.rules[0]).toMatchObject({
      metSince: ['A'],
      lostSince: ['B'],
      stillMet: ['C'],
      stillOpen: ['D'],
      unknown: ['E', 'F'],
      notApplicable: ['G'],
      difference: 0,
      pValue: 1,
    })
  })
  test('P and intervals', () => {
    const states = (gap: number, met: number, from: State, to: State) =>
      [Object.fromEntries(Array.from({ length: gap + met }, (_, i) => [`T${i}`, i < gap ? from : to])) as Record<string, State>] as const
    const [first] = states(12, 3, 'gap', 'met')
    const [second] = states(12, 3, 'met', 'gap')
    const [rule] = compareWaves(wave(first), wave(second)).rules
    // R: binom.test(12, 15)$p.value is 0.03515625; $conf.int is 0.5191089 to 0.9566880.
    expect(rule?.pValue).toBeCloseTo(0.03515625, 12)
    expect(rule?.metAmongChanged?.estimate).toBe(0.8)
    expect(rule?.metAmongChanged?.interval.lower).toBeCloseTo(0.5191089, 7)
    expect(rule?.metAmongChanged?.interval.upper).toBeCloseTo(0.956688, 6)
    expect(rule?.difference).toBeCloseTo(9 / 15, 12)
    expect(rule?.interval?.lower).toBeGreaterThan(0)
  })
  test('nobody known both times', () => {
    expect(compareWaves(wave({ A: 'open' }), wave({ A: 'gap' })).rules[0]).toMatchObject({
      pValue: null,
      adjustedPValue: null,
      difference: null,
      interval: null,
      metAmongChanged: null,
    })
  })
  test('nobody changed', () => {
    expect(compareWaves(wave({ A: 'gap' }), wave({ A: 'gap' })).rules[0]).toMatchObject({ pValue: 1, difference: 0, metAmongChanged: null })
  })
})

describe('properties', () => {
  const states = fc.array(
    fc.tuple(fc.constantFrom<State>('gap', 'met', 'open', 'out'), fc.constantFrom<State>('gap', 'met', 'open', 'out')),
    { minLength: 1, maxLength: 15 },
  )
  const pair = (all: readonly (readonly [State, State])[], side: 0 | 1) =>
    wave(Object.fromEntries(all.map((two, index) => [`T${index}`, two[side]])))
  test.prop([states], { numRuns: 40 })('lists hold each subject once, and the statistics are those of stats', (all) => {
    const [rule] = compareWaves(pair(all, 0), pair(all, 1)).rules
    const { metSince, lostSince, stillMet, stillOpen, unknown, notApplicable } = rule!
    expect([...metSince, ...lostSince, ...stillMet, ...stillOpen, ...unknown, ...notApplicable].sort()).toEqual(
      all.map((_, index) => `T${index}`).sort(),
    )
    if (rule?.pValue === null) return
    expect(rule?.pValue).toBe(
      mcnemarTest(
        [
          [stillMet.length, lostSince.length],
          [metSince.length, stillOpen.length],
        ],
        { variant: 'exact' },
      ).pValue,
    )
    const changed = metSince.length + lostSince.length
    if (changed > 0) expect(rule?.metAmongChanged?.interval.lower).toBe(clopperPearsonInterval(metSince.length, changed).lower)
  })
  test.prop([states], { numRuns: 40 })('turning the rounds round turns the change round', (all) => {
    const [forth] = compareWaves(pair(all, 0), pair(all, 1)).rules
    const [back] = compareWaves(pair(all, 1), pair(all, 0)).rules
    expect(back?.metSince).toEqual(forth?.lostSince)
    expect(back?.pValue).toBe(forth?.pValue)
    if (forth?.interval) expect(back?.interval?.lower).toBeCloseTo(-(forth.interval.upper ?? 1), 10)
    expect(JSON.parse(JSON.stringify(forth))).toStrictEqual(forth)
  })
})

describe('refusals', () => {
  const one = wave({ A: 'gap' })
  test('a subject twice in a round', () => {
    expect(() => compareWaves([...one, ...one], one)).toThrow(expect.objectContaining({ code: 'duplicate-subject' }))
    expect(() => compareWaves(one, [...one, ...one])).toThrow(/second round has the subject "A" twice/)
  })
  test('another model, another version or other thresholds: their change is not one of answers', () => {
    const [evaluation] = one
    for (const change of [{ model: 'other' }, { modelVersion: '9.9.9' }, { changedThresholds: { peers: 5 } }])
      expect(() => compareWaves(one, [{ ...evaluation!, ...change }])).toThrow(expect.objectContaining({ code: 'different-models' }))
  })
})
