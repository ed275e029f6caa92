import { describe, expect, test } from 'vitest'
import {
  cohortFromSubjects,
  compareGroups,
  evaluate,
  evaluateEach,
  type Evaluation,
  explain,
  factsFromPrintedFigures,
  readingGrade,
  report,
  studyModel,
  subjectsFromRecords,
  toCsv,
  toJson,
  toMarkdown,
} from '../src/index.ts'
import { claimFaults } from '../src/wording/claims.ts'
import { modelTexts } from '../src/lint/model-texts.ts'
import { source } from './models.ts'
import { figures, publication, verdicts } from './printed-study.ts'
import { derive, syntheticRound } from './synthetic-round.ts'

const asOf = '2026-02-01'
const choices = ['clinicalStaff', 'developsForOthers', 'innovationGrant', 'disclosedTechnologies'].map((figureId) => ({
  figureId,
  version: 'V2',
  base: 161,
  chosenBy: 'A. Analyst',
  chosenOn: '2026-01-30',
  reason: 'The preprint counts these of the trusts with a team.',
}))
const synthetic = { ...source, provenance: 'synthetic', label: 'a made-up round' } as const
const trusts = [...subjectsFromRecords(studyModel, syntheticRound(3), { source: synthetic, derive })]
const comparison = (adjustment: 'holm' | 'bonferroni') =>
  compareGroups(studyModel, 'groupGap', trusts, {
    source: synthetic,
    cohort: 'c',
    groups: ['exemplars', 'others'],
    groupOf: ({ groups }) => (groups?.['trustType'] === 'acute' ? 'exemplars' : 'others'),
    adjustment,
  })
const cohort = cohortFromSubjects(studyModel, trusts, { source: synthetic, other: { groupGap: comparison('holm') } })

/** Evaluations in which every rule comes to every status that it can come to in practice. */
const evaluations: readonly Evaluation[] = [
  evaluate(studyModel, factsFromPrintedFigures(studyModel, figures, verdicts, publication, { assertions: ['V3'] }), { asOf }),
  evaluate(studyModel, factsFromPrintedFigures(studyModel, figures, verdicts, publication, { assertions: ['V3'], baseChoices: choices }), {
    asOf,
  }),
  evaluate(studyModel, cohort, { asOf }),
  evaluate(studyModel, { id: 'cohort', kind: 'cohort', facts: {} }),
  ...evaluateEach(studyModel, trusts, { asOf, cohort: cohort.facts }),
]
const explanations = evaluations.flatMap((evaluation) =>
  evaluation.recommendations.map((recommendation) => ({ recommendation, ...explain(studyModel, evaluation, recommendation) })),
)
const distinct = [...new Map(explanations.map((one) => [one.paragraph.map(({ text }) => text).join(' '), one])).values()]

/** A list of its own, not that of the package: words that would say that one thing brings about another. */
const causalWords =
  /\b(cause[sd]?|causing|because of|due to|leads? to|led to|results? in|resulting|effects? o[fn]|affects?|improves?|reduces?|increases?|prevents?|drives?|owing to|thanks to|therefore|hence|consequently|makes? \w+ (?:better|worse|more|less))\b/i
const claimsOfAuthors =
  /\b(authors?|article|paper|study) (?:\w+ ){0,3}(?:recommend|advis|suggest|propos|urge)|five recommendations(?! of the article were not seen)/i

describe('no sentence that can be printed', () => {
  const templates = modelTexts(studyModel).map(({ path, sentence }) => [path, sentence.text] as const)
  test('is causal or claims the five of the authors: templates of the model', () => {
    expect(templates.length).toBeGreaterThan(200)
    expect(templates.filter(([, text]) => causalWords.test(text) || claimsOfAuthors.test(text))).toEqual([])
  })
  test('is causal or claims the five of the authors: what is printed of every rule and status', () => {
    expect(new Set(explanations.map(({ recommendation: { rule } }) => rule))).toEqual(new Set(studyModel.rules.map(({ id }) => id)))
    expect(new Set(explanations.map(({ recommendation: { status } }) => status)).size).toBe(4)
    const texts = distinct.flatMap(({ paragraph, trace }) => [...paragraph.map(({ text }) => text), ...trace])
    expect(texts.filter((text) => causalWords.test(text) || claimsOfAuthors.test(text))).toEqual([])
  })
  test('is causal in the documents as a whole', () => {
    const markdown = toMarkdown(report(studyModel, evaluations.slice(0, 8)))
    expect(causalWords.exec(markdown)?.[0]).toBeUndefined()
    expect(claimsOfAuthors.exec(markdown)?.[0]).toBeUndefined()
  })
  test.each([
    'Open code leads to savings.',
    'Teams save money because of it.',
    'This improves care.',
    'The authors recommend it.',
    'It is one of the five recommendations.',
    'The paper urges trusts to act.',
  ])('would pass as “%s”', (text) => {
    expect(claimFaults(text)).toHaveLength(1)
  })
})

describe('plain words', () => {
  test('every paragraph reads at grade 8 or below', () => {
    const hard = distinct.map(({ paragraph }) => paragraph.map(({ text }) => text).join(' ')).filter((text) => readingGrade(text) > 8)
    expect(hard).toEqual([])
  })
  test('every headline reads at grade 8 or below, its evidence at its own full stop', () => {
    const hard = [...new Set(distinct.map(({ sentence }) => sentence.text))].filter((text) => readingGrade(text) > 8)
    expect(hard).toEqual([])
  })
  test('every headline is one sentence, and every sentence says whose it is', () => {
    for (const { sentence, paragraph } of distinct) {
      expect(sentence.text).toMatch(/^[^\n]+\.$/)
      expect(sentence.text.slice(0, -1)).not.toMatch(/[.!?] [A-Z]/)
      for (const { whose } of paragraph) expect(['authors', 'ours']).toContain(whose)
    }
  })
  test('no text is in American spelling', () => {
    const american = /\b(organiz|standardiz|prioritiz|color|center|analyz|behavior|program\b|catalog\b)/i
    expect(distinct.flatMap(({ paragraph }) => paragraph.map(({ text }) => text)).filter((text) => american.test(text))).toEqual([])
  })
  // J. P. Kincaid’s formula by hand: words, sentences and syllables counted by eye.
  test.each([
    ['The cat sat on the mat.', 6, 1, 6],
    ['Reading is easy. Writing is not.', 6, 2, 9],
    ['Teams publish code: others use it again.', 7, 2, 10],
    ['25 of 161 trusts (15.5%) always use it.', 8, 1, 9],
  ])('grade of “%s”', (text, words, sentences, syllables) => {
    expect(readingGrade(text)).toBeCloseTo((0.39 * words) / sentences + (11.8 * syllables) / words - 15.59, 10)
  })
  test('syllables are counted right for nine words in ten', () => {
    // Counted by eye, with words on which rules fail left in.
    const counted = {
      1: 'used code trusts staff grant changed shared choose whole theme named rule tools wide site apps builds played free team since these',
      2: 'open needed licence people table create data answered always sometimes impact effort standard systems product publish reason because bases decided outside little simple business being every public patient online others figure printed passes boxes wanted added agree safety software value issue unique measured require',
      3: 'idea certainty medium interval register component policy clinical ideas languages services area several different exemplar comparison',
      4: 'exchanging technology capability information',
      5: 'recommendation organisation',
      8: 'interoperability',
    }
    const words = Object.entries(counted).flatMap(([count, list]) => list.split(' ').map((word) => [word, Number(count)] as const))
    const right = words.filter(([word, count]) => Math.round((readingGrade(`${word}.`) + 15.59 - 0.39) / 11.8) === count)
    expect(right.length / words.length).toBeGreaterThanOrEqual(0.9)
  })
  test('of nothing', () => {
    expect(readingGrade('')).toBe(0)
  })
})

describe('documents', () => {
  const document = report(studyModel, evaluations.slice(0, 6))
  test('survive JSON, and are the same each time', () => {
    expect(JSON.parse(toJson(document))).toStrictEqual(document)
    expect(toJson(report(studyModel, evaluations.slice(0, 6)))).toBe(toJson(document))
  })
  test('say that records are made up, wherever they are', () => {
    expect(document.synthetic).toBe(true)
    expect(toMarkdown(document)).toContain('SYNTHETIC')
    expect(toCsv(document).split('\r\n')[1]).toMatch(/,yes$/)
    const printed = report(studyModel, evaluations.slice(0, 2))
    expect(printed.synthetic).toBe(false)
    expect(toMarkdown(printed)).not.toContain('SYNTHETIC')
  })
  test('as CSV have one row a recommendation, as wide as the header, and no formula', () => {
    const hostile = ['=1+1', '+1', '-1', '@x', '\tx', '\rx', 'a"b,c\nd', '＝1']
    const csv = toCsv(
      report(
        studyModel,
        hostile.map((id) => evaluate(studyModel, { id, kind: 'trust', facts: {} })),
      ),
    )
    const rows = parse(csv)
    expect(new Set(rows.map((row) => row.length)).size).toBe(1)
    expect(rows).toHaveLength(1 + hostile.length * studyModel.rules.filter(({ subject }) => subject === 'trust').length)
    expect(rows.flat().filter((cell) => /^[=+\-@\t\r＝]/.test(cell))).toEqual([])
    expect(rows.some(([cell]) => cell === "'=1+1")).toBe(true)
    expect(rows.some(([cell]) => cell === 'a"b,c\nd')).toBe(true)
  })
  test('as Markdown show words from outside word for word', () => {
    const markdown = toMarkdown(report(studyModel, [evaluate(studyModel, { id: '<script>*x*|', kind: 'trust', facts: {} })]))
    expect(markdown).toContain('## \\<script\\>\\*x\\*\\|')
  })
  test('ask first what would decide most', () => {
    const empty = report(studyModel, [evaluate(studyModel, { id: 'R0A', kind: 'trust', facts: {} })]).evaluations[0]!
    const counts = empty.askNext.map(({ rules }) => rules.length)
    expect(counts).toEqual([...counts].sort((a, b) => b - a))
    expect(empty.askNext[0]).toMatchObject({ indicator: 'hasTeam', need: 'answer' })
  })
  test('order recommendations by the printed key alone', () => {
    for (const { recommendations } of evaluations.slice(0, 30)) {
      const keys = recommendations.map(({ priority: { status, evidence, impact, effort, gap, id } }) => [
        ['applies', 'unknown', 'already-met', 'not-applicable'].indexOf(status),
        9 - Number(evidence.slice(1)),
        2 - ['low', 'medium', 'high'].indexOf(impact),
        ['low', 'medium', 'high'].indexOf(effort),
        1 - (gap ?? -1),
        id,
      ])
      const sorted = [...keys].sort((a, b) => {
        const at = a.findIndex((part, index) => part !== b[index])
        return at < 0 ? 0 : a[at]! < b[at]! ? -1 : 1
      })
      expect(keys).toEqual(sorted)
    }
  })
  test('cannot be made with another model', () => {
    expect(() => report({ ...studyModel, rules: studyModel.rules.slice(1) }, evaluations)).toThrow(
      expect.objectContaining({ code: 'unknown-rule' }),
    )
  })
})

/** A reader of RFC 4180, independent of the writer. */
function parse(csv: string): string[][] {
  const rows: string[][] = [['']]
  let quoted = false
  for (let i = 0; i < csv.length; i++) {
    const row = rows[rows.length - 1]!
    const sign = csv[i]!
    if (quoted && sign === '"' && csv[i + 1] === '"') row[row.length - 1] += csv[++i]!
    else if (sign === '"') quoted = !quoted
    else if (!quoted && sign === ',') row.push('')
    else if (!quoted && sign === '\r' && csv[i + 1] === '\n') {
      i += 1
      if (i + 1 < csv.length) rows.push([''])
    } else row[row.length - 1] += sign
  }
  return rows
}
