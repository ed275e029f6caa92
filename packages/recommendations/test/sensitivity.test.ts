import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { evaluate, flippingRules, type Model, sensitivity, shareFact, studyModel, type Subject } from '../src/index.ts'
import { comparisonFact, modelWith, source } from './models.ts'

const share = (count: number, base: number) => shareFact(count, base, { source, baseCheck: { verdict: 'counted' } })
const cohort = (facts: Subject['facts']): Subject => ({ id: 'cohort', kind: 'cohort', facts })
const statusAt = (model: Model, subject: Subject, rule: string, thresholds: Readonly<Record<string, number>>) =>
  evaluate(model, subject, { thresholds, askNext: 'no' }).recommendations.find((one) => one.rule === rule)?.status
const of = (subject: Subject, rule: string, options = {}) => sensitivity(studyModel, subject, options).find((one) => one.rule === rule)!

describe('reference values', () => {
  test('a share far from the limit stays, over the whole range', () => {
    const goal = of(cohort({ openSourceAlwaysShare: share(25, 161) }), 'national-open-source-goal')
    expect(goal).toMatchObject({ status: 'applies', flips: { byThresholds: false, byIntervals: false } })
    expect(goal.profiles).toEqual([{ threshold: 'openSourceMajority', value: 0.5, stretches: [{ from: 0.3, to: 0.7, status: 'applies' }] }])
    expect(goal.thresholds).toMatchObject({ method: 'exact', outcomes: [{ status: 'applies', part: 1 }] })
  })
  test('the limits of the interval are where it turns', () => {
    const fact = share(80, 161)
    const goal = of(cohort({ openSourceAlwaysShare: fact }), 'national-open-source-goal')
    const { lower, upper } = fact.interval
    expect(goal.profiles[0]?.stretches).toEqual([
      { from: 0.3, to: lower, status: 'already-met' },
      { from: lower, to: upper, status: 'unknown' },
      { from: upper, to: 0.7, status: 'applies' },
    ])
    const part = (status: string) => goal.thresholds.outcomes.find((outcome) => outcome.status === status)?.part
    expect(part('already-met')).toBeCloseTo((lower - 0.3) / 0.4, 12)
    expect(part('unknown')).toBeCloseTo(((upper ?? 1) - lower) / 0.4, 12)
    expect(goal.flips).toEqual({ byThresholds: true, byIntervals: true })
    // Anywhere within the interval it would be one or the other.
    expect(goal.intervals.outcomes.map(({ status }) => status)).toEqual(['applies', 'already-met'])
  })
  test('comparisons hang on P, on the least difference and on missing answers', () => {
    const one = {
      indicator: 'a',
      counts: [
        [9, 11],
        [4, 16],
      ],
      unanswered: [3, 0],
      difference: 0.25,
      interval: null,
      pValue: 0.04,
      adjustedPValue: 0.04,
    } as const
    const fact = comparisonFact([one])
    const rule = of(cohort({ groupGap: fact }), 'system-support-group-behind')
    expect(rule.status).toBe('applies')
    expect(rule.profiles.map(({ threshold }) => threshold)).toEqual(['adjustedP', 'minimumDifference', 'maximumMissing'])
    expect(rule.profiles[0]?.stretches).toEqual([
      { from: 0.01, to: 0.04, status: 'already-met' },
      { from: 0.04, to: 0.1, status: 'applies' },
    ])
    expect(rule.profiles[2]?.stretches.map(({ status, to }) => [status, to])).toEqual([
      ['unknown', 3 / 23],
      ['applies', 0.3],
    ])
  })
  const comparison = (family: readonly object[]): Subject['facts'] => ({ groupGap: comparisonFact(family) })
  const gap = (indicator: string, difference: number, interval: readonly [number, number] | null, adjustedPValue: number) => ({
    indicator,
    counts: [
      [9, 11],
      [4, 16],
    ],
    unanswered: [0, 0],
    difference,
    interval: interval && { lower: interval[0], upper: interval[1], level: 0.95 },
    pValue: adjustedPValue,
    adjustedPValue,
  })
  test('a comparison within the interval of its difference', () => {
    const rule = of(cohort(comparison([gap('a', 0.25, [0.02, 0.42], 0.04)])), 'system-support-group-behind')
    expect(rule).toMatchObject({ status: 'applies', flips: { byIntervals: true }, intervals: { method: 'exact' } })
    const part = (status: string) => rule.intervals.outcomes.find((outcome) => outcome.status === status)
    expect(part('already-met')?.part).toBeCloseTo((0.1 - 0.02) / 0.4, 12)
    expect(part('applies')?.part).toBeCloseTo((0.42 - 0.1) / 0.4, 12)
    expect(part('already-met')?.example['groupGap/a']).toBeLessThan(0.1)
    // The other way round, over nought, well beyond the limit, and where no interval is known.
    expect(of(cohort(comparison([gap('a', -0.25, [-0.4, -0.05], 0.04)])), 'system-support-group-behind').flips.byIntervals).toBe(true)
    expect(of(cohort(comparison([gap('a', -0.25, [-0.4, -0.11], 0.04)])), 'system-support-group-behind').flips.byIntervals).toBe(false)
    expect(of(cohort(comparison([gap('a', 0.25, null, 0.04)])), 'system-support-group-behind').flips.byIntervals).toBe(false)
    // With P above its limit no difference counts, however large; one of two that holds is enough.
    expect(of(cohort(comparison([gap('a', 0.05, [-0.1, 0.5], 0.2)])), 'system-support-group-behind').flips.byIntervals).toBe(false)
    const two = [gap('a', 0.25, [0.02, 0.42], 0.04), gap('b', 0.3, [0.2, 0.4], 0.001)]
    expect(of(cohort(comparison(two)), 'system-support-group-behind').flips.byIntervals).toBe(false)
  })
  test('ranges of one’s own', () => {
    const subject = cohort({ openSourceAlwaysShare: share(25, 161) })
    const options = { ranges: { openSourceMajority: { minimum: 0.1, maximum: 0.2 } } }
    expect(flippingRules(sensitivity(studyModel, subject, options))).toEqual(['national-open-source-goal'])
    expect(flippingRules(sensitivity(studyModel, subject))).toEqual([])
  })
  test('too many settings are drawn, from a seed', () => {
    const subject = cohort({ openSourceAlwaysShare: share(80, 161) })
    const drawn = (seed: number) => of(subject, 'national-open-source-goal', { maximumSettings: 1, draws: 500, seed }).thresholds
    const exact = of(subject, 'national-open-source-goal').thresholds
    expect(drawn(1)).toMatchObject({ method: 'simulation', settings: 500 })
    expect(drawn(1)).toEqual(drawn(1))
    for (const { status, part } of drawn(1).outcomes) {
      const truth = exact.outcomes.find((outcome) => outcome.status === status)!.part
      // Five standard errors of a share drawn 500 times.
      expect(Math.abs(part - truth)).toBeLessThan(5 * Math.sqrt((truth * (1 - truth)) / 500))
    }
  })
})

describe('properties', () => {
  const limit = fc.double({ min: 0.3, max: 0.7, noNaN: true })
  test.prop([fc.integer({ min: 0, max: 60 }), limit], { numRuns: 60 })(
    'the stretches say what evaluating at each value says',
    (count, at) => {
      const subject = cohort({ openSourceAlwaysShare: share(count, 60) })
      const { stretches } = of(subject, 'national-open-source-goal').profiles[0]!
      const status = statusAt(studyModel, subject, 'national-open-source-goal', { openSourceMajority: at })
      expect(stretches.some((stretch) => stretch.from <= at && at <= stretch.to && stretch.status === status)).toBe(true)
    },
  )
  test.prop([fc.integer({ min: 0, max: 60 })], { numRuns: 30 })('parts add up to one, and examples lead where they say', (count) => {
    const subject = cohort({ openSourceAlwaysShare: share(count, 60) })
    const { thresholds } = of(subject, 'national-open-source-goal')
    expect(thresholds.outcomes.reduce((sum, { part }) => sum + part, 0)).toBeCloseTo(1, 12)
    for (const { status, example } of thresholds.outcomes)
      expect(statusAt(studyModel, subject, 'national-open-source-goal', example)).toBe(status)
  })
})

describe('against brute force', () => {
  const base = modelWith([])
  const model: Model = {
    ...base,
    thresholds: [
      ...base.thresholds,
      ...['low', 'high'].map((id, index) => ({
        ...base.thresholds.find((one) => one.id === 'openSourceMajority')!,
        id,
        ...[
          { value: 0.35, minimum: 0.2, maximum: 0.5 },
          { value: 0.65, minimum: 0.45, maximum: 0.9 },
        ][index]!,
      })),
    ],
    indicators: [...base.indicators, { ...base.indicators.find(({ id }) => id === 's')!, id: 't' }],
    rules: modelWith([
      {
        id: 'r',
        when: {
          any: [
            { indicator: 's', below: { threshold: 'low' } },
            { all: [{ indicator: 't', atLeast: { threshold: 'high' } }, { not: { indicator: 's', above: { threshold: 'high' } } }] },
          ],
        },
      },
    ]).rules.map((rule) => ({ ...rule, subject: 'cohort' as const })),
  }
  const grid = (minimum: number, maximum: number, steps: number) =>
    Array.from({ length: steps }, (_, index) => minimum + ((index + 0.5) / steps) * (maximum - minimum))
  /** Parts of each status over a fine grid of settings, by evaluating the model anew at each. */
  const tally = (statuses: readonly (string | undefined)[]) => {
    const parts = new Map<string, number>()
    for (const status of statuses) parts.set(status ?? '', (parts.get(status ?? '') ?? 0) + 1 / statuses.length)
    return parts
  }
  test.prop([fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 40 })], { numRuns: 15 })(
    'two thresholds over their ranges, and two shares over their intervals, come to what a fine grid comes to',
    (count, other) => {
      const facts = { s: share(count, 40), t: share(other, 40) }
      const [report] = sensitivity(model, cohort(facts))
      const steps = 40
      const byThresholds = tally(
        grid(0.2, 0.5, steps).flatMap((low) => grid(0.45, 0.9, steps).map((high) => statusAt(model, cohort(facts), 'r', { low, high }))),
      )
      const point = (at: number) => ({
        ...share(1, 2),
        count: at,
        countAtMost: at,
        base: 1,
        estimate: at,
        interval: { lower: at, upper: at, level: 0.95 },
      })
      const within = ({ interval }: ReturnType<typeof share>) => grid(interval.lower, interval.upper ?? 1, steps)
      const byIntervals = tally(
        within(facts.s).flatMap((s) => within(facts.t).map((t) => statusAt(model, cohort({ s: point(s), t: point(t) }), 'r', {}))),
      )
      for (const [sweep, parts] of [
        [report!.thresholds, byThresholds],
        [report!.intervals, byIntervals],
      ] as const) {
        expect(sweep.method).toBe('exact')
        for (const [status, part] of parts) {
          // A cell of the grid that a limit cuts through goes to one side whole: two axes, one cell of forty each.
          expect(Math.abs((sweep.outcomes.find((outcome) => outcome.status === status)?.part ?? 0) - part)).toBeLessThanOrEqual(4 / steps)
        }
        // What the grid does not meet takes less than a cell, or is a point.
        for (const { status, part } of sweep.outcomes) if (!parts.has(status)) expect(part).toBeLessThanOrEqual(4 / steps)
      }
    },
  )
})

describe('refusals', () => {
  const subject = cohort({})
  test('a range that ends before it begins', () => {
    expect(() => sensitivity(studyModel, subject, { ranges: { openSourceMajority: { minimum: 0.6, maximum: 0.4 } } })).toThrow(
      expect.objectContaining({ code: 'invalid-option' }),
    )
  })
  test.each([0, -1, 1.5, Number.NaN])('%d settings or draws', (value) => {
    expect(() => sensitivity(studyModel, subject, { maximumSettings: value })).toThrow(expect.objectContaining({ code: 'invalid-option' }))
    expect(() => sensitivity(studyModel, subject, { draws: value })).toThrow(expect.objectContaining({ code: 'invalid-option' }))
  })
  test('a range that the unit does not allow', () => {
    expect(() => sensitivity(studyModel, subject, { ranges: { openSourceMajority: { minimum: 0.5, maximum: 2 } } })).toThrow(
      expect.objectContaining({ code: 'invalid-threshold' }),
    )
  })
  test('a rule without thresholds has none to report', () => {
    const report = sensitivity(modelWith([{ id: 'r', when: { indicator: 'a', is: 'x' } }]), { id: 's', kind: 'trust', facts: {} })
    expect(report).toEqual([
      {
        rule: 'r',
        status: 'unknown',
        flips: { byThresholds: false, byIntervals: false },
        profiles: [],
        thresholds: { method: 'exact', settings: 1, outcomes: [{ status: 'unknown', part: 1, example: {} }] },
        intervals: { method: 'exact', settings: 1, outcomes: [{ status: 'unknown', part: 1, example: {} }] },
      },
    ])
  })
})
