import { fc, test } from '@fast-check/vitest'
import { fisherExactTest, riskDifference } from '@open-digital-capability/stats'
import { describe, expect } from 'vitest'
import {
  cohortFromSubjects,
  compareGroups,
  evaluate,
  evaluateEach,
  type Evaluation,
  type Fact,
  explain,
  factsFromPrintedFigures,
  readingGrade,
  report,
  shareFact,
  studyModel,
  subjectsFromRecords,
  toCsv,
  toJson,
  toMarkdown,
} from '../src/index.ts'
import { claimFaults, spellingFaults } from '../src/wording/claims.ts'
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
const causalWords = new RegExp(
  `\\b(${[
    'because|due to|owing to|thanks to|as a result|therefore|thereby|hence|thus|consequently|so that|responsible for|attributable to|attributed to',
    'cause[sd]?|causing|causal|causation|leads? to|leading to|led to|results? in|resulted in|resulting|brings? about|brought about|gives rise to|stems? from',
    'contributes? to|effects? o[fn]|impacts? on|affects?|affected|influences?|influenced|triggers?|triggered|fosters?|drives?|drove|driven|driving|drivers?',
    'improves|improved|improving|improvements?|enhances?|boosts?|reduces|reduced|reducing|reduction|decreases?|increases|increased|increasing|raises|raised',
    'lowers|lowered|prevents?|prevented|enables?|enabled|ensures|ensured|guarantees?|strengthens?|weakens?|accelerates?|speeds up|slows down|hinders?|hampers?',
    'generates?|yields?|promotes?|determines?|saves|helps|explains? why|means that|makes? \\\\w+ (?:better|worse|more|less|easier|safer)',
  ].join('|')})\\b`,
  'i',
)
const claimsOfAuthors =
  /\b(authors?|article|paper|study|survey|researchers) (?:\w+ ){0,3}(?:recommend|advis|suggest|propos|urge)|(?:recommended|advised|proposed|suggested) by|five recommendations(?! of the article were not seen)/i
const forbidden = (text: string): boolean => causalWords.test(text) || claimsOfAuthors.test(text)

const sources = fc.record(
  {
    provenance: fc.constantFrom('printed' as const, 'records' as const, 'synthetic' as const, 'stated' as const),
    label: fc.constantFrom('a round', 'an abstract'),
    version: fc.constant('V2'),
    location: fc.constant('table 1'),
    collectedUntil: fc.constantFrom('2020-12-31', '2026-01-01'),
  },
  { requiredKeys: ['provenance', 'label'] },
)
const shares = fc
  .record({
    base: fc.integer({ min: 1, max: 200 }),
    parts: fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(20)),
    source: sources,
  })
  .chain(({ base, parts: [part, more], source: of }) => {
    const count = Math.floor(base * part)
    const countAtMost = Math.min(base, count + more)
    const choice = { figureId: 'f', version: 'V2', base, chosenBy: 'A. Analyst', chosenOn: '2026-01-30', reason: 'Only this base fits.' }
    return fc.constantFrom(
      shareFact(count, base, { source: of, baseCheck: { verdict: 'passed' } }),
      shareFact(count, base, { source: of, baseCheck: { verdict: 'resolved', choice }, countAtMost }),
      shareFact(count, base, { source: of, baseCheck: { verdict: 'counted' }, countAtMost, unanswered: countAtMost - count }),
      shareFact(count, base, {
        source: of,
        baseCheck: { verdict: 'counted' },
        unanswered: base - countAtMost,
        corroboratedBy: [{ ...of, label: 'a second round' }],
      }),
      shareFact(count, base, { source: of, baseCheck: { verdict: 'passed' }, strength: 'assertion', method: 'clopper-pearson' }),
    )
  })
const blockedFacts: fc.Arbitrary<Fact> = fc.record({
  kind: fc.constant('blocked' as const),
  figureId: fc.constant('f'),
  check: fc.constantFrom('failed' as const, 'undetermined' as const),
  because: fc.constant('it does not fit'),
  percentage: fc.constant('93.2'),
  printedBase: fc.constantFrom(null, 191),
  candidates: fc.constantFrom(
    [],
    [{ base: 161, counts: [150] }],
    [
      { base: 161, counts: [150] },
      { base: 138, counts: [81, 82] },
    ],
  ),
  source: sources,
})
const missingFacts: fc.Arbitrary<Fact> = fc
  .constantFrom('not-asked', 'not-answered', 'refused', 'not-held', 'exempt', 'unreadable', 'not-supplied')
  .map((reason) => ({ kind: 'missing', reason }))
const cells = fc.tuple(
  fc.integer({ min: 1, max: 40 }),
  fc.integer({ min: 1, max: 40 }),
  fc.integer({ min: 1, max: 40 }),
  fc.integer({ min: 1, max: 40 }),
)
const comparisons: fc.Arbitrary<Fact> = fc
  .tuple(fc.array(fc.tuple(cells, fc.nat(5)), { minLength: 1, maxLength: 3 }), sources)
  .map(([family, of]) => ({
    kind: 'comparison',
    cohort: 'c',
    groups: ['exemplars', 'the rest'],
    test: 'fisher-exact',
    adjustment: 'holm',
    family: family.map(([[a, b, c, d], unanswered], index) => {
      const counts = [
        [a, b],
        [c, d],
      ] as const
      const { estimate, confidenceInterval } = riskDifference(counts)
      const { pValue } = fisherExactTest(counts)
      return {
        indicator: ['openSourceAlwaysShare', 'hasTeamShare', 'disclosedShare'][index]!,
        counts,
        unanswered: [unanswered, 0],
        difference: estimate,
        interval: confidenceInterval,
        pValue,
        adjustedPValue: pValue,
      }
    }),
    corroboratedBy: [],
    source: of,
  }))
/** A fact of its kind for each indicator of the model, or a missing or blocked one: every text that facts can be put in. */
const anyEvidence: fc.Arbitrary<Readonly<Record<string, Fact>>> = fc
  .tuple(
    ...studyModel.indicators.map((indicator): fc.Arbitrary<readonly [string, Fact]> => {
      const known: fc.Arbitrary<Fact> =
        indicator.kind === 'share'
          ? fc.oneof({ weight: 3, arbitrary: shares }, blockedFacts)
          : indicator.kind === 'comparison'
            ? comparisons
            : indicator.kind === 'number'
              ? fc.tuple(fc.nat(20), sources).map(([value, of]) => ({ kind: 'number', value, source: of }))
              : fc
                  .tuple(fc.constantFrom(...indicator.values, 'perhaps'), sources)
                  .map(([value, of]) => ({ kind: 'answer', value, source: of }))
      return fc.oneof({ weight: 4, arbitrary: known }, missingFacts).map((fact) => [indicator.id, fact] as const)
    }),
  )
  .map((entries) => Object.fromEntries(entries))
const someThresholds = fc.constantFrom<Readonly<Record<string, number>>>(
  {},
  { openSourceMajority: 0.4, minimumDifference: 0.15, teamCoverage: 0.85 },
)

describe('no sentence that can be printed', () => {
  const templates = modelTexts(studyModel).map(({ path, sentence }) => [path, sentence.text] as const)
  test('is causal or claims the five of the authors: templates of the model', () => {
    expect(templates.length).toBeGreaterThan(200)
    expect(templates.filter(([, text]) => forbidden(text))).toEqual([])
  })
  test('is causal or claims the five of the authors: what is printed of every rule and status', () => {
    expect(new Set(explanations.map(({ recommendation: { rule } }) => rule))).toEqual(new Set(studyModel.rules.map(({ id }) => id)))
    expect(new Set(explanations.map(({ recommendation: { status } }) => status)).size).toBe(4)
    const texts = distinct.flatMap(({ paragraph, trace }) => [...paragraph.map(({ text }) => text), ...trace])
    expect(texts.filter((text) => forbidden(text))).toEqual([])
  })
  test('is causal in the documents as a whole', () => {
    const markdown = toMarkdown(report(studyModel, evaluations.slice(0, 8)))
    expect(causalWords.exec(markdown)?.[0]).toBeUndefined()
    expect(claimsOfAuthors.exec(markdown)?.[0]).toBeUndefined()
  })
  test.prop(
    [
      anyEvidence,
      fc.constantFrom('trust' as const, 'cohort' as const),
      fc.record({ thresholds: someThresholds, asOf: fc.option(fc.constant(asOf), { nil: undefined }) }),
    ],
    { numRuns: 150 },
  )(
    'is causal, claims the five of the authors, calls groups equal or is hard to read: whatever the facts are',
    (facts, kind, { thresholds, asOf: day }) => {
      const options = { thresholds, cohort: facts, ...(day === undefined ? {} : { asOf: day }) }
      const evaluation = evaluate(studyModel, { id: 'R0A', kind, facts }, options)
      for (const recommendation of evaluation.recommendations) {
        const { sentence, paragraph, trace } = explain(studyModel, evaluation, recommendation)
        const texts = [sentence.text, ...paragraph.map(({ text }) => text), ...trace]
        expect(texts.filter((text) => forbidden(text) || claimFaults(text).length > 0)).toEqual([])
        expect(texts.filter((text) => /\b(equal|equally|identical|no difference)\b|undefined|null|NaN/.test(text))).toEqual([])
        expect(readingGrade(paragraph.map(({ text }) => text).join(' '))).toBeLessThanOrEqual(8)
        expect(sentence.text).toMatch(/^[^\n]+[^.]\.$/)
        expect(paragraph.every(({ whose, text }) => (whose === 'ours' || whose === 'authors') && /[.:]$/.test(text))).toBe(true)
      }
    },
  )
  test.each([
    'Open code leads to savings.',
    'Teams save money because of it.',
    'This improves care.',
    'Funding has driven the use of open source.',
    'A lack of skill results in bought products.',
    'The gap stems from funding.',
    'The difference is attributable to extra money.',
    'A team makes trusts safer.',
    'Extra funding had an effect on openness.',
    'Sharing helps trusts.',
    'Sharing reduces cost.',
    'A goal will improve care.',
    'The gap is there because trusts differ.',
    'Money explains most of the gap.',
    'Teams enable trusts to share, which enables reuse.',
    'Trusts share more thanks to grants, hence the gap.',
    'The authors recommend it.',
    'It is one of the five recommendations.',
    'The paper urges trusts to act.',
    'As the study suggests, share code.',
    'This was recommended by the authors.',
    'Recommendation 3 of the article.',
    'Advice of the authors.',
    'The five were not seen. The authors recommend this.',
  ])('would pass as “%s”', (text) => {
    expect(claimFaults(text)).toHaveLength(1)
  })
  test.each([
    'Code paid for by the public can be used again by other trusts.',
    'It could save another trust the same work.',
    'The five recommendations of the article were not seen, and nothing here is one of them.',
    'The study names five themes.',
    'Effort is low. Impact is high.',
  ])('is refused for nothing: “%s”', (text) => {
    expect(claimFaults(text)).toEqual([])
  })
  test.each([
    ['organize', true],
    ['Modernization', true],
    ['analyzed', true],
    ['coloured', false],
    ['colored', true],
    ['size', false],
    ['oversized', false],
    ['prize', false],
    ['seized', false],
    ['citizens', false],
    ['horizon', false],
    ['catalogs', true],
    ['catalogue', false],
    ['program', false],
    ['artifact', true],
  ])('“%s” is American: %s', (text, isAmerican) => {
    expect(spellingFaults(text).length > 0).toBe(isAmerican)
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
    const headingOf = (id: string): string =>
      toMarkdown(report(studyModel, [evaluate(studyModel, { id, kind: 'trust', facts: {} })]))
        .split('\n')
        .find((line) => line.startsWith('## ')) ?? ''
    expect(headingOf('<script>*x*|')).toBe('## \\<script\\>\\*x\\*\\|')
    expect(headingOf('&lt;b&gt; $x$ ![a](b)')).toBe('## \\&lt;b\\&gt; \\$x\\$ !\\[a\\](b)')
    // Nothing from outside begins a line of its own, a list, or text that runs the other way.
    expect(headingOf('a\n# b\u2028c\u202Ed\u0000e')).toBe('## a \\# b cde')
    expect(headingOf('1. a')).toBe('## 1\\. a')
    expect(headingOf('- a')).toBe('## \\- a')
  })
  test('link to nothing but pages', () => {
    const withUrl = (url: string): string => {
      const rules = studyModel.rules.map((rule) => ({ ...rule, references: [{ title: 'A [standard]', url }] }))
      const model = { ...studyModel, rules }
      return toMarkdown(
        report(model, [evaluate(model, { id: 'R0A', kind: 'trust', facts: { hasTeam: { kind: 'answer', value: 'no', source } } })]),
      )
    }
    expect(withUrl('https://example.org/a?b=c')).toContain('- Standards: [A \\[standard\\]](<https://example.org/a?b=c>)')
    for (const url of ['javascript:alert(1)', 'https://example.org/ onclick=x', 'https://example.org/><script>', 'data:text/html,x'])
      expect(withUrl(url)).toContain('- Standards: A \\[standard\\]\n')
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
