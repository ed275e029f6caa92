import { describe, expect, test } from 'vitest'
import { type BaseChoice, evaluate, explain, factsFromPrintedFigures, studyModel } from '../src/index.ts'
import { figures, publication, verdicts } from './printed-study.ts'

const asOf = '2026-01-31'
const misprinted = ['clinicalStaff', 'developsForOthers', 'innovationGrant', 'disclosedTechnologies']
const choices: readonly BaseChoice[] = misprinted.map((figureId) => ({
  figureId,
  version: 'V2',
  base: 161,
  chosenBy: 'A. Analyst',
  chosenOn: '2026-01-30',
  reason: 'The preprint prints the same counts of the trusts with a team.',
}))
const options = { assertions: ['V3'] }
const evaluated = (baseChoices: readonly BaseChoice[] = []) => {
  const cohort = factsFromPrintedFigures(studyModel, figures, verdicts, publication, { ...options, baseChoices })
  return { cohort, evaluation: evaluate(studyModel, cohort, { asOf }) }
}
const statusOf = (evaluation: ReturnType<typeof evaluate>, id: string) => evaluation.recommendations.find(({ rule }) => rule === id)?.status

describe('reference values', () => {
  test('shares and Wilson intervals of the printed counts', () => {
    // R: prop.test(25, 161, correct = FALSE)$conf.int and so on.
    const { facts } = evaluated().cohort
    const share = facts['openSourceAlwaysShare']
    expect(share).toMatchObject({ kind: 'share', count: 25, base: 161, baseCheck: { verdict: 'passed' } })
    if (share?.kind !== 'share') throw new Error('no share')
    expect(share.interval.lower).toBeCloseTo(0.1074, 4)
    expect(share.interval.upper).toBeCloseTo(0.2192, 4)
  })

  test('the four misprinted bases are blocked', () => {
    const { cohort } = evaluated()
    const blocked = Object.values(cohort.facts).filter((fact) => fact.kind === 'blocked' && fact.check === 'failed')
    expect(blocked.map((fact) => fact.kind === 'blocked' && fact.figureId).sort()).toEqual([...misprinted].sort())
    for (const fact of blocked) expect(fact).toMatchObject({ printedBase: 191, candidates: [{ base: 161, baseId: 'hasTeam' }] })
    expect(cohort.facts['baseCheck']).toMatchObject({ value: 'failed' })
  })

  test('advice from the printed figures alone', () => {
    const { evaluation } = evaluated()
    expect(evaluation.recommendations.filter(({ status }) => status === 'applies').map(({ rule }) => rule)).toEqual([
      'data-restate-base',
      'national-open-source-goal',
      'national-standards-list',
      'system-pair-trusts',
    ])
    expect(evaluation.recommendations.filter(({ blocked }) => blocked).map(({ rule }) => rule)).toEqual([
      'system-clinical-voice',
      'data-technology-registers',
      'system-share-builds',
      'national-common-language',
      'national-grant-help',
    ])
  })

  test('a base picked by a person lifts the block and stays on the record', () => {
    const { evaluation } = evaluated(choices)
    expect(statusOf(evaluation, 'system-clinical-voice')).toBe('already-met')
    expect(statusOf(evaluation, 'system-share-builds')).toBe('applies')
    expect(statusOf(evaluation, 'national-grant-help')).toBe('applies')
    expect(statusOf(evaluation, 'data-restate-base')).toBe('already-met')
    const share = evaluation.recommendations.find(({ rule }) => rule === 'system-share-builds')
    expect(share?.when).toMatchObject({ fact: { baseCheck: { verdict: 'resolved', choice: { base: 161, chosenBy: 'A. Analyst' } } } })
    const { paragraph } = explain(studyModel, evaluation, share!)
    expect(paragraph.map(({ text }) => text).join(' ')).toContain('The base of 161 was picked by A. Analyst on 2026-01-30')
  })

  test('a share whose interval spans its limit is not decided', () => {
    // 138 of 161 is 85.7 %, 79.5 % to 90.3 %: on either side of 90 %.
    const { evaluation } = evaluated(choices)
    const registers = evaluation.recommendations.find(({ rule }) => rule === 'data-technology-registers')
    expect(registers).toMatchObject({
      status: 'unknown',
      blocked: false,
      askNext: { decisive: [{ indicator: 'disclosedShare', need: 'narrower-interval' }] },
    })
  })

  test('81 and 82 of 138 are both kept, and a post stays an assertion', () => {
    const choice = {
      figureId: 'cSharp',
      version: 'V3',
      base: 138,
      chosenBy: 'A. Analyst',
      chosenOn: '2026-01-30',
      reason: 'Only these named tools.',
    }
    const { cohort, evaluation } = evaluated([...choices, choice])
    expect(cohort.facts['cSharpShare']).toMatchObject({
      count: 81,
      countAtMost: 82,
      base: 138,
      strength: 'assertion',
      source: { provenance: 'stated' },
    })
    const language = evaluation.recommendations.find(({ rule }) => rule === 'national-common-language')
    expect(language).toMatchObject({ status: 'applies', grade: 'E1', certainty: { level: 'low' } })
    expect(explain(studyModel, evaluation, language!).sentence.text).toContain('81 or 82 of 138')
  })

  test('every recommendation that applies states count, base, interval and source', () => {
    for (const { evaluation } of [evaluated(), evaluated(choices)]) {
      for (const recommendation of evaluation.recommendations.filter(({ status }) => status === 'applies')) {
        const { paragraph, sources } = explain(studyModel, evaluation, recommendation)
        const text = paragraph.map(({ text: words }) => words).join(' ')
        expect(sources.length).toBeGreaterThan(0)
        if (recommendation.rule === 'data-restate-base') expect(text).toContain('does not fit its base of 191, and fits a base of 161')
        else expect(text).toMatch(/\d+ of \d+ .*95% interval [\d.]+% to [\d.]+%/)
      }
    }
  })
})

describe('refusals', () => {
  test.each([
    ['a base that does not fit', { base: 191 }],
    ['nobody who chose', { chosenBy: ' ' }],
    ['no reason', { reason: '' }],
    ['a figure that was not audited', { figureId: 'nothing' }],
  ])('%s', (_, change) => {
    expect(() => evaluated([{ ...(choices[0] as BaseChoice), ...change }])).toThrow(
      expect.objectContaining({ code: 'invalid-base-choice' }),
    )
  })
  test('a day that is none', () => {
    expect(() => evaluated([{ ...(choices[0] as BaseChoice), chosenOn: '2026-02-30' }])).toThrow(
      expect.objectContaining({ code: 'invalid-date' }),
    )
  })
})
