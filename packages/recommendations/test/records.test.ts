import { type FoiResponse } from '@open-digital-capability/schema'
import { fc, test } from '@fast-check/vitest'
import { adjustPValues, fisherExactTest, riskDifference } from '@open-digital-capability/stats'
import { describe, expect } from 'vitest'
import {
  cohortFromSubjects,
  compareGroups,
  evaluate,
  evaluateEach,
  explain,
  judgeComparison,
  studyModel,
  subjectsFromRecords,
} from '../src/index.ts'
import { source } from './models.ts'
import { derive, syntheticRound } from './synthetic-round.ts'

const synthetic = { ...source, provenance: 'synthetic', label: 'a made-up round' } as const
const trusts = [...subjectsFromRecords(studyModel, syntheticRound(1), { source: synthetic, derive })]
const thresholds = { adjustedP: 0.05, minimumDifference: 0.1, maximumMissing: 0.2 }

const record = (organisation: string, answers: FoiResponse['answers'], status: FoiResponse['status'] = 'answered'): FoiResponse => ({
  organisation,
  status,
  groups: {},
  answers,
})
const subject = (one: FoiResponse) => [...subjectsFromRecords(studyModel, [one], { source })][0]!

describe('reference values', () => {
  test('the margins of a round come out as they went in', () => {
    const { facts } = cohortFromSubjects(studyModel, trusts, { source: synthetic })
    const printed = {
      respondedShare: [191, 226],
      hasTeamShare: [161, 191],
      frontFacingShare: [112, 161],
      clinicalStaffShare: [150, 161],
      developsForOthersShare: [55, 161],
      innovationGrantShare: [35, 161],
      disclosedShare: [138, 161],
      openSourceAlwaysShare: [25, 161],
      openSourceShare: [34, 161],
      interoperabilityShare: [24, 138],
    }
    for (const [id, [count, base]] of Object.entries(printed))
      expect(facts[id]).toMatchObject({ count, countAtMost: count, base, unanswered: 0, baseCheck: { verdict: 'counted' } })
  })

  test('all trusts of a round get advice, and none of it is “unknown” for those that answered in full', () => {
    const evaluations = [...evaluateEach(studyModel, trusts, { asOf: '2026-02-01' })]
    expect(evaluations).toHaveLength(226)
    const answered = evaluations.slice(0, 191).flatMap(({ recommendations }) => recommendations)
    expect(answered.filter(({ status }) => status === 'unknown')).toEqual([])
    const silent = evaluations[200]?.recommendations ?? []
    expect(silent.filter(({ status }) => status === 'applies').map(({ rule }) => rule)).toEqual(['trust-ask-again'])
    expect(silent.filter(({ rule }) => rule !== 'trust-ask-again').every(({ status }) => status === 'unknown')).toBe(true)
  })

  test('no answer may belong to either side, unless an option leaves it out', () => {
    const yes = { kind: 'answered', value: 'yes' } as const
    const no = { kind: 'answered', value: 'no' } as const
    const records = [
      record('A', { hasTeam: yes }),
      record('B', { hasTeam: no }),
      record('C', { hasTeam: { kind: 'missing', reason: 'refused' } }),
      record('D', { hasTeam: { kind: 'missing', reason: 'not-answered' } }, 'no-reply'),
    ]
    const all = [...subjectsFromRecords(studyModel, records, { source })]
    expect(cohortFromSubjects(studyModel, all, { source }).facts['hasTeamShare']).toMatchObject({
      count: 1,
      countAtMost: 2,
      base: 3,
      estimate: 0.5,
      unanswered: 1,
    })
    expect(cohortFromSubjects(studyModel, all, { source, unanswered: 'left-out' }).facts['hasTeamShare']).toMatchObject({
      count: 1,
      countAtMost: 1,
      base: 2,
      estimate: 0.5,
      unanswered: 1,
    })
    expect(cohortFromSubjects(studyModel, [], { source }).facts['hasTeamShare']).toMatchObject({ kind: 'missing' })
  })

  test('skip logic takes out of the base, also where the record itself does not say so', () => {
    const answers = { hasTeam: { kind: 'answered', value: 'no' }, openSource: { kind: 'missing', reason: 'not-answered' } } as const
    expect(cohortFromSubjects(studyModel, [subject(record('A', answers))], { source }).facts['openSourceAlwaysShare']).toMatchObject({
      kind: 'missing',
    })
  })

  test('an answer that is not declared is unreadable, a text note is kept, and a dated answer keeps its day', () => {
    expect(subject(record('A', { hasTeam: { kind: 'answered', value: 'perhaps' } })).facts['hasTeam']).toEqual({
      kind: 'missing',
      reason: 'unreadable',
    })
    expect(subject(record('A', { hasTeam: { kind: 'missing', reason: 'unreadable', text: 'see letter' } })).facts['hasTeam']).toEqual({
      kind: 'missing',
      reason: 'unreadable',
      note: 'see letter',
    })
    const dated = { ...record('A', { hasTeam: { kind: 'answered', value: 'yes' } }), answeredOn: '2025-12-24' }
    expect(subject(dated).facts['hasTeam']).toMatchObject({ source: { collectedUntil: '2025-12-24' } })
  })

  test('two groups are compared as stats compares them, adjusted over the family', () => {
    const fact = compareGroups(studyModel, 'groupGap', trusts, {
      source: synthetic,
      cohort: 'every seventh against the rest',
      groups: ['exemplar', 'other'],
      groupOf: ({ groups }) => groups?.['funding'] ?? null,
    })
    const members = (group: string, value: string) =>
      trusts.filter(
        ({ groups, facts }) =>
          groups?.['funding'] === group &&
          facts['openSource']?.kind === 'answer' &&
          (facts['openSource'].value === 'always') === (value === 'always'),
      ).length
    const counts = [
      [members('exemplar', 'always'), members('exemplar', 'not')],
      [members('other', 'always'), members('other', 'not')],
    ]
    const line = fact.family.find(({ indicator }) => indicator === 'openSourceAlwaysShare')
    expect(line?.counts).toEqual(counts)
    expect(line?.pValue).toBe(fisherExactTest(counts).pValue)
    expect(line?.interval).toEqual(riskDifference(counts).confidenceInterval)
    expect(fact.family).toHaveLength(7)
    expect(fact.family.map(({ adjustedPValue }) => adjustedPValue)).toEqual(
      adjustPValues(
        fact.family.map(({ pValue }) => pValue!),
        'holm',
      ),
    )
    expect(
      compareGroups(studyModel, 'groupGap', trusts, { source, cohort: 'x', groups: ['a', 'b'], groupOf: () => null }).family[0],
    ).toMatchObject({ difference: null, because: 'a group has no answers' })
  })

  const base = {
    indicator: 'a',
    counts: [
      [50, 50],
      [20, 80],
    ],
    unanswered: [0, 0],
    difference: 0.3,
    interval: { lower: 0.17, upper: 0.42, level: 0.95 },
    pValue: 0.0001,
    adjustedPValue: 0.001,
  } as const
  test.each([
    ['all conditions met', {}, 'difference'],
    ['P at the threshold', { adjustedPValue: 0.05 }, 'no-evidence'],
    ['just the least difference, from counts', { difference: 0.5 - 0.4 }, 'difference'],
    ['below the least difference', { difference: 0.099 }, 'no-evidence'],
    ['the other way round', { difference: -0.3 }, 'difference'],
    ['cells not known', { counts: null }, 'unknown'],
    ['no P', { adjustedPValue: null }, 'unknown'],
    ['a fifth missing in one group', { unanswered: [25, 0] }, 'difference'],
    ['more than a fifth missing in one group', { unanswered: [26, 0] }, 'unknown'],
    ['more than a fifth missing in the other', { unanswered: [0, 26] }, 'unknown'],
  ] as const)('comparison rule: %s', (_, change, verdict) => {
    expect(judgeComparison({ ...base, ...change }, thresholds)).toBe(verdict)
  })

  const comparison = (family: readonly object[], corroboratedBy: readonly object[] = []) =>
    evaluate(
      studyModel,
      {
        id: 'cohort',
        kind: 'cohort',
        facts: {
          groupGap: {
            kind: 'comparison',
            cohort: 'c',
            groups: ['GDE', 'others'],
            test: 'fisher-exact',
            adjustment: 'holm',
            family,
            corroboratedBy,
            source,
          } as never,
        },
      },
      { asOf: '2026-02-01' },
    )
  const gapRule = (evaluation: ReturnType<typeof comparison>) =>
    evaluation.recommendations.find(({ rule }) => rule === 'system-support-group-behind')!
  test('a difference is E3, with an independent source E4, and says its numbers', () => {
    const evaluation = comparison([base])
    expect(gapRule(evaluation)).toMatchObject({ status: 'applies', grade: 'E3', certainty: { level: 'high' } })
    expect(explain(studyModel, evaluation, gapRule(evaluation)).sentence.text).toContain(
      'by 30.0 points (adjusted P 0.001, 95% interval 17.0 to 42.0)',
    )
    const second = { ...source, label: 'a second round', collectedUntil: '2026-01-31' } as const
    const corroborated = comparison([base], [second])
    expect(gapRule(corroborated).grade).toBe('E4')
    const words = explain(studyModel, corroborated, gapRule(corroborated)).paragraph.map(({ text }) => text)
    expect(words).toContain('A source that does not depend on it agrees: a second round.')
    // A survey named as its own second source is one survey.
    expect(gapRule(comparison([base], [source])).grade).toBe('E3')
  })
  test('no difference is never called equal', () => {
    const evaluation = comparison([{ ...base, difference: 0.01 }])
    expect(gapRule(evaluation).status).toBe('already-met')
    const { sentence, paragraph } = explain(studyModel, evaluation, gapRule(evaluation))
    expect(sentence.text).toContain('there is no evidence of a difference of at least 10 points between GDE and others')
    const words = paragraph.map(({ text }) => text).join(' ')
    expect(words).not.toMatch(/\b(equal|the same|alike|no difference)\b/)
    expect(words).toContain('Named in advance: c. P is by Fisher’s exact test, adjusted over 1 (holm).')
    expect(words).toContain('A difference counts from 10 points, where adjusted P is below 0.05.')
    expect(words).toContain('by 1.0 points (adjusted P 0.001, 95% interval 17.0 to 42.0). This does not rule a difference out.')
  })
  test('one incomplete comparison of the family leaves it open, one difference decides it', () => {
    expect(
      gapRule(
        comparison([
          { ...base, difference: 0.01 },
          { ...base, counts: null },
        ]),
      ).status,
    ).toBe('unknown')
    expect(gapRule(comparison([base, { ...base, counts: null }])).status).toBe('applies')
  })
})

describe('properties', () => {
  test.prop([fc.shuffledSubarray([...Array(226).keys()], { minLength: 226, maxLength: 226 })], { numRuns: 5 })(
    'order of records changes nothing',
    (order) => {
      const turned = order.map((index) => trusts[index]!)
      const facts = (all: readonly (typeof trusts)[number][]) =>
        JSON.stringify(cohortFromSubjects(studyModel, all, { source: synthetic }).facts)
      expect(facts(turned)).toBe(facts(trusts))
    },
  )
})

describe('refusals', () => {
  const options = { source, cohort: 'c', groups: ['a', 'b'], groupOf: () => null } as const
  test.each([{ cohort: ' ' }, { family: [] }, { family: ['hasTeamShare', 'hasTeamShare'] }])('nothing declared: %o', (change) => {
    expect(() => compareGroups(studyModel, 'groupGap', trusts, { ...options, ...change })).toThrow(
      expect.objectContaining({ code: 'invalid-option' }),
    )
  })
  test('a comparison or share that the model does not have', () => {
    expect(() => compareGroups(studyModel, 'nothing', trusts, options)).toThrow(expect.objectContaining({ code: 'invalid-model' }))
    expect(() => compareGroups(studyModel, 'groupGap', trusts, { ...options, family: ['nothing'] })).toThrow(
      expect.objectContaining({ code: 'invalid-model' }),
    )
    expect(() => compareGroups(studyModel, 'groupGap', trusts, { ...options, family: ['cSharpShare'] })).toThrow(
      expect.objectContaining({ code: 'invalid-model' }),
    )
  })
})
