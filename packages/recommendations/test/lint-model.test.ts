import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import {
  type Cap,
  type Condition,
  evaluate,
  type Finding,
  lintModel,
  type Model,
  modelJsonSchema,
  modelPosition,
  parseModel,
  studyModel,
} from '../src/index.ts'
import { conditionSchema } from '../src/model/condition.ts'
import { conditionFaults } from '../src/model/condition-faults.ts'
import { didYouMean } from '../src/wording/did-you-mean.ts'
import { answer, conditions, modelWith, source } from './models.ts'

const x = (indicator: string, is = 'x'): Condition => ({ indicator, is })
const logic = (model: Model): readonly Finding[] =>
  lintModel(model).filter(({ code }) => !['unused-threshold', 'hard-to-read', 'bare-number'].includes(code))
const codes = (model: Model): readonly string[] => logic(model).map(({ code }) => code)
const factsOf = (values: Readonly<Record<string, string | number>>) =>
  Object.fromEntries(
    Object.entries(values).map(([id, value]) => [
      id,
      typeof value === 'number' ? ({ kind: 'number', value, source } as const) : answer(value),
    ]),
  )

describe('reference values', () => {
  test('the shipped model has no fault', () => {
    expect(lintModel(studyModel)).toEqual([])
  })
  test('a sound model of two rules has none either', () => {
    expect(
      codes(
        modelWith([
          { id: 'r', when: x('a') },
          { id: 'q', when: { indicator: 'n', below: 3 }, appliesTo: x('b') },
        ]),
      ),
    ).toEqual([])
  })
  test('conditions that exclude each other: the smallest set of them', () => {
    const model = modelWith([{ id: 'r', when: { all: [x('a'), x('b'), x('b', 'y'), x('c')] } }])
    expect(logic(model)[0]).toMatchObject({ code: 'never-applies', rules: ['r'], witness: { conditions: ['b is x', 'b is y'] } })
  })
  test('scope and gap that exclude each other', () => {
    expect(logic(modelWith([{ id: 'r', appliesTo: x('a', 'y'), when: x('a') }]))[0]).toMatchObject({
      code: 'never-applies',
      witness: { conditions: ['a is y', 'a is x'] },
    })
  })
  test('numbers that exclude each other, and a limit outside the range', () => {
    expect(
      codes(
        modelWith([
          {
            id: 'r',
            when: {
              all: [
                { indicator: 'n', above: 4 },
                { indicator: 'n', below: 5 },
              ],
            },
          },
        ]),
      ),
    ).toContain('never-applies')
    expect(
      codes(
        modelWith([
          {
            id: 'r',
            when: {
              all: [
                { indicator: 'n', above: 3 },
                { indicator: 'n', below: 5 },
              ],
            },
          },
        ]),
      ),
    ).toEqual([])
    expect(logic(modelWith([{ id: 'r', when: { indicator: 'n', above: 10 } }]))[0]).toMatchObject({
      witness: { conditions: ['n is above 10'] },
    })
  })
  test('a gap that everyone has', () => {
    expect(codes(modelWith([{ id: 'r', when: { any: [x('a'), { not: x('a') }] } }]))).toContain('never-met')
  })
  test('a part that makes no difference', () => {
    const findings = logic(modelWith([{ id: 'r', when: { all: [x('a'), { any: [x('a'), x('b')] }] } }]))
    expect(findings.map(({ code, witness }) => [code, witness])).toContainEqual(['dead-condition', { conditions: ['a is x or b is x'] }])
  })

  const withPractice = (stances: readonly ('for' | 'against')[], whens: readonly Condition[]): Model => {
    const model = modelWith(whens.map((when, index) => ({ id: `r${index}`, when })))
    return { ...model, rules: model.rules.map((rule, index) => ({ ...rule, practice: { name: 'same', stance: stances[index]! } })) }
  }
  test('do and do not, with a subject that is told both', () => {
    const model = withPractice(['for', 'against'], [x('a'), { any: [x('a'), x('b')] }])
    const finding = logic(model).find(({ code }) => code === 'contradictory-rules')
    expect(finding).toMatchObject({ severity: 'error', rules: ['r0', 'r1'] })
    const values = finding?.witness && 'values' in finding.witness ? finding.witness.values : {}
    const { recommendations } = evaluate(model, { id: 's', kind: 'trust', facts: factsOf(values) })
    expect(recommendations.map(({ status }) => status)).toEqual(['applies', 'applies'])
  })
  test('do and do not for different subjects is no contradiction', () => {
    expect(codes(withPractice(['for', 'against'], [x('a'), x('a', 'y')]))).toEqual([])
  })
  test('met and not met', () => {
    expect(logic(withPractice(['for', 'for'], [x('a'), x('b')]))[0]).toMatchObject({
      code: 'contradictory-rules',
      witness: { values: { a: 'x' } },
    })
  })
  test('a rule that adds nothing to another', () => {
    const model = withPractice(['for', 'for'], [x('a'), x('a')])
    const narrow = { ...model, rules: model.rules.map((rule, index) => (index === 0 ? rule : { ...rule, appliesTo: x('b') })) }
    expect(logic(narrow)[0]).toMatchObject({ code: 'dead-rule', rules: ['r1', 'r0'], witness: { values: { a: 'x', b: 'x' } } })
  })

  const first = studyModel.rules[0]!
  const change = (rule: object): Model => ({ ...studyModel, rules: [{ ...first, ...rule }, ...studyModel.rules.slice(1)] })
  test.each([
    ['unknown-indicator', { when: { indicator: 'hasTaem', is: 'yes' } }, 'did you mean "hasTeam"?'],
    ['unknown-value', { when: { indicator: 'openSource', is: 'often' } }, 'always, sometimes, never'],
    ['unknown-value', { when: { indicator: 'openSource', is: 'allways' } }, 'did you mean "always"?'],
    ['bare-number', { when: { indicator: 'technologyCount', atMost: 3 } }, 'the limit 3 of "technologyCount" has no reason'],
    ['unknown-threshold', { when: { indicator: 'technologyCount', below: { threshold: 'peer' } } }, 'did you mean "peers"?'],
    ['wrong-kind', { when: { indicator: 'openSource', below: 3 } }, 'use "is" or "in"'],
    ['wrong-kind', { when: { indicator: 'technologyCount', is: '3' } }, 'use "below"'],
    ['wrong-subject', { when: { indicator: 'hasTeamShare', below: 0.3 } }, 'only groups'],
    ['unknown-theme', { theme: 'openSource' }, 'did you mean "open-source"?'],
    ['unknown-barrier', { barrier: 'limited-resource' }, 'did you mean "limited-resources"?'],
    ['unknown-indicator', { evidence: ['hasTeam'] }, 'hasTeam'],
    ['unknown-indicator', { evidence: ['hasTeamShrae'] }, 'did you mean "hasTeamShare"?'],
    ['causal-claim', { rationale: [{ text: 'Open code leads to lower cost.', whose: 'ours' }] }, 'leads to'],
    ['claims-authors-advice', { rationale: [{ text: 'The authors recommend open code.', whose: 'ours' }] }, 'speaks for'],
    ['claims-authors-advice', { title: 'One of the five recommendations' }, 'speaks for'],
    ['american-spelling', { title: 'Standardize your organization' }, 'American'],
    [
      'hard-to-read',
      { title: 'Institutionalise interoperability considerations throughout organisational procurement activities' },
      'years of school',
    ],
  ])('%s', (code, rule, words) => {
    const findings = lintModel(change(rule)).filter((finding) => finding.code === code)
    expect(findings).toHaveLength(1)
    expect(findings[0]).toMatchObject({ rules: [first.id] })
    expect(findings[0]?.message).toContain(words)
  })
  test('duplicate ids, circular skip logic, thresholds missing and unused', () => {
    expect(codes({ ...studyModel, rules: [...studyModel.rules, first] })).toContain('duplicate-id')
    const circular = studyModel.indicators.map((indicator) =>
      indicator.id === 'hasTeam' ? { ...indicator, askedIf: { indicator: 'openSource', is: 'never' } } : indicator,
    )
    expect(codes({ ...studyModel, indicators: circular })).toContain('circular-skip-logic')
    expect(codes({ ...studyModel, thresholds: studyModel.thresholds.filter(({ id }) => id !== 'dataAge') })).toContain('unknown-threshold')
    const unused = { ...studyModel.thresholds[0]!, id: 'idle' }
    expect(lintModel({ ...studyModel, thresholds: [...studyModel.thresholds, unused] })).toMatchObject([
      { code: 'unused-threshold', severity: 'warning' },
    ])
  })
})

describe('properties', () => {
  test.prop([conditions, conditions], { numRuns: 15 })(
    'never-applies is said exactly where no subject can be one to which it applies',
    (appliesTo, when) => {
      const model = modelWith([{ id: 'r', when, appliesTo }])
      const letters = ['x', 'y', 'z']
      let applies = false
      for (const a of letters)
        for (const b of letters)
          for (const c of letters)
            for (const d of letters) {
              if (applies) break
              for (let n = 0; n <= 10 && !applies; n++) {
                applies =
                  evaluate(model, { id: 's', kind: 'trust', facts: factsOf({ a, b, c, d, n }) }, { askNext: 'no' }).recommendations[0]
                    ?.status === 'applies'
              }
            }
      expect(codes(model).includes('never-applies')).toBe(!applies)
    },
  )
})

describe('caps', () => {
  const withCaps = (change: (cap: Cap) => readonly Cap[]): Model => ({ ...studyModel, caps: studyModel.caps.flatMap(change) })
  const findings = (model: Model) => lintModel(model).map(({ code, path, message }) => [code, path, message] as const)
  test.each(['single-survey', 'old-data', 'failed-base', 'wide-interval'] as const)('%s is missed, and stands once', (kind) => {
    expect(findings(withCaps((cap) => (cap.kind === kind ? [] : [cap])))).toEqual([
      ['missing-cap', 'caps', expect.stringContaining(`there is no cap "${kind}", so `)],
    ])
    expect(findings(withCaps((cap) => (cap.kind === kind ? [cap, cap] : [cap])))).toEqual([
      ['unreachable-cap', `caps/${kind}`, expect.stringContaining('only the first counts')],
    ])
  })
  test.each([
    ['single-survey', { grade: 'E4' }, 'second source'],
    ['failed-base', { grade: 'E2' }, 'would raise it'],
    ['old-data', { trust: 'medium', cohort: 'high' }, 'no grade that answers can have is surer'],
    ['wide-interval', { certainty: 'medium' }, 'that is medium'],
  ])('%s that can never lower anything: %o', (kind, change, words) => {
    expect(findings(withCaps((cap) => [cap.kind === kind ? ({ ...cap, ...change } as Cap) : cap]))).toEqual([
      ['unreachable-cap', `caps/${kind}`, expect.stringContaining(words)],
    ])
  })
  test.each([
    ['old-data', { trust: 'medium', cohort: 'medium' }],
    ['old-data', { trust: 'low', cohort: 'high' }],
    ['wide-interval', { certainty: 'none' }],
    ['single-survey', { grade: 'E2' }],
  ])('%s that can lower something is none to mend: %o', (kind, change) => {
    expect(findings(withCaps((cap) => [cap.kind === kind ? ({ ...cap, ...change } as Cap) : cap]))).toEqual([])
  })
})

describe('did you mean', () => {
  test.each([
    ['titel', 'title'],
    ['HASTEAM', 'hasTeam'],
    ['has-team', 'hasTeam'],
    ['hasTaem', 'hasTeam'],
    ['iss', 'is'],
  ])('%s: %s', (name, meant) => {
    expect(didYouMean(name, ['title', 'hasTeam', 'is', 'threshold'])).toBe(`; did you mean "${meant}"?`)
  })
  test.each(['x', 'colour', 'hs', ''])('nothing for “%s”', (name) => {
    expect(didYouMean(name, ['title', 'hasTeam', 'in'])).toBe('')
  })
})

describe('parsing', () => {
  test('the models of the tests are well formed too', () => {
    expect(parseModel(modelWith([{ id: 'r', when: x('a') }])).success).toBe(true)
  })
  test('the shipped model is in normal form already', () => {
    expect(parseModel(studyModel)).toEqual({ success: true, model: studyModel })
    expect(parseModel(JSON.stringify(studyModel))).toEqual({ success: true, model: studyModel })
  })
  test('whose words it is stands on every theme, barrier, indicator, value, threshold, rule and sentence', () => {
    const missing: string[] = []
    const visit = (value: unknown, path: string): void => {
      if (typeof value !== 'object' || value === null) return
      if ('text' in value && !('whose' in value)) missing.push(path)
      for (const [key, part] of Object.entries(value)) visit(part, `${path}/${key}`)
    }
    visit(studyModel, '')
    const listed = [
      ...studyModel.themes,
      ...studyModel.barriers,
      ...studyModel.indicators,
      ...studyModel.thresholds,
      ...studyModel.rules,
      ...studyModel.indicators.flatMap((indicator) => (indicator.kind === 'share' ? indicator.published : [])),
    ]
    expect(missing).toEqual([])
    expect(listed.every(({ whose }) => whose === 'authors' || whose === 'ours')).toBe(true)
  })
  test('a rule in YAML, with bare text for sentences and nothing that is empty', () => {
    const rest = JSON.stringify({ ...studyModel, rules: undefined }).slice(0, -1)
    const yaml = `
    - id: trust-ask-patients
      title: Ask patients
      subject: trust
      audience: trust
      theme: digital-initiatives
      practice: { name: ask-patients, stance: for }
      appliesTo: { indicator: hasTeam, is: yes }
      when:
        all:
          - indicator: frontFacing
            is: no
          - indicator: openSource
            in: [sometimes, never]
      action: Ask patients what they need.
      met: Patients are asked.
      rationale: [They know.]
      effort: { band: low, reason: It is a talk. }
      impact: { band: low, reason: It is a start. }
      wouldChange: [An answer.]
`
    const result = parseModel(`${rest}, "rules": ${JSON.stringify(studyModel.rules)}}`)
    expect(result.success).toBe(true)
    const document = Object.entries(studyModel)
      .filter(([key]) => key !== 'rules')
      .map(([key, value]) => `${key}: ${JSON.stringify(value)}`)
      .join('\n')
    const parsed = parseModel(`${document}\nrules:${yaml}`)
    if (!parsed.success) throw new Error(JSON.stringify(parsed.issues))
    expect(parsed.model.rules[0]).toMatchObject({
      version: 1,
      whose: 'ours',
      action: { text: 'Ask patients what they need.', whose: 'ours' },
      cautions: [],
      appliesTo: { is: 'yes' },
    })
    expect(lintModel(parsed.model).filter(({ severity }) => severity === 'error')).toEqual([])
  })
  test('faults have their line and column', () => {
    const result = parseModel('kind: recommendation-model\nversion: one\nrules:\n  - id: 3\n')
    if (result.success) throw new Error('should not parse')
    expect(result.issues.find(({ path }) => path.join('.') === 'version')).toMatchObject({ line: 2, column: 10 })
    expect(result.issues.find(({ path }) => path.join('.') === 'rules.0.id')).toMatchObject({ line: 4, column: 9 })
    const broken = parseModel('title: x\na: [1')
    expect(broken).toMatchObject({ success: false, issues: [{ path: [], line: 2 }] })
    // What is missing is looked for where it should stand: in the entry around it.
    expect(result.issues.find(({ path }) => path.join('.') === 'rules.0.title')).toMatchObject({ line: 4, column: 5 })
    // An alias of nothing used to throw.
    expect(parseModel('a: *b')).toMatchObject({ success: false, issues: [{ path: [], line: 1, column: 1 }] })
    expect(parseModel({})).toMatchObject({
      success: false,
      issues: expect.arrayContaining([expect.objectContaining({ line: null, column: null })]) as unknown,
    })
  })

  const text = JSON.stringify(studyModel, null, 1)
  const broken = (
    from: string,
    to: string,
  ): readonly { readonly path: string; readonly message: string; readonly line: number | null }[] => {
    expect(text).toContain(from)
    const result = parseModel(text.replace(from, to))
    return result.success ? [] : result.issues.map(({ path, message, line }) => ({ path: path.join('/'), message, line }))
  }
  test.each([
    ['a field misspelt', '"title": "Open by default"', '"titel": "Open by default"', 'rules/0/titel', 'did you mean "title"?'],
    ['a field that may be left out misspelt', '"barrier": "technical', '"barier": "technical', 'rules/1/barier', 'did you mean "barrier"?'],
    ['a field missing', '"title": "Open by default",', '', 'rules/0/title', '"title" is missing'],
    ['a band that is none', '"band": "medium"', '"band": "midium"', 'rules/0/effort/band', 'did you mean "medium"?'],
    [
      'an audience that is none',
      '"audience": "trust"',
      '"audience": "hospital"',
      'rules/0/audience',
      'trust, system or national, and this is "hospital"',
    ],
    ['a kind that is none', '"kind": "answer"', '"kind": "answers"', 'indicators/0/kind', 'did you mean "answer"?'],
    [
      'a list for text',
      '"title": "Open by default"',
      '"title": ["Open by default"]',
      'rules/0/title',
      '"title" takes text, and this is a list',
    ],
    ['text for a number', '"value": 0.05', '"value": "0.05"', 'thresholds/0/value', '"value" takes a number, and this is text'],
    [
      'a number for a sentence',
      '"text": "Teams need',
      '"text": 3, "x": "Teams need',
      'rules/0/effort/reason/text',
      '"text" takes text, and this is the number 3',
    ],
    ['an empty sentence', '"text": "New code is open by default here."', '"text": ""', 'rules/0/met/text', '"text" is empty'],
    ['an address that a browser would run', '"url": "https:', '"url": "javascript:', 'rules/0/references/0/url', 'begins with https://'],
    ['no list of rules', '"rules": [', '"rulez": [', 'rulez', 'did you mean "rules"?'],
    ['a version that is none', '"version": "1.0.0",\n "about"', '"version": "1.0",\n "about"', 'version', 'three numbers with dots'],
    ['a day that is none', '"date": "20', '"date": "30 ', 'changelog/0/date', 'YYYY-MM-DD'],
    ['a value that is no text', '"is": "yes"', '"is": true', 'indicators/2/askedIf/is', 'write "true" in quotes'],
  ])('says what to write: %s', (_, from, to, path, words) => {
    const issues = broken(from, to)
    expect(issues.map((issue) => issue.path)).toContain(path)
    expect(issues.find((issue) => issue.path === path)?.message).toContain(words)
    expect(issues.every(({ line }) => line !== null && line > 0)).toBe(true)
  })
  test.each<[string, unknown, string, string]>([
    ['a list', [{ indicator: 'a', is: 'x' }], '', 'is a map such as { indicator: hasTeam, is: yes }, and this is a list'],
    ['text', 'a is x', '', 'and this is text'],
    ['nothing', null, '', 'and this is empty'],
    ['no operator', { indicator: 'a' }, '', 'one of is, in, below'],
    ['an operator misspelt', { indicator: 'a', atleast: 3 }, '', 'did you mean "atLeast"?'],
    ['a word of other languages', { or: [] }, '', 'did you mean "any"?'],
    ['two operators', { indicator: 'a', is: 'x', in: ['x'] }, '', 'join two conditions by all or any'],
    ['a field out of place', { indicator: 'a', is: 'x', using: 'estimate' }, 'using', 'no place beside "is"'],
    ['no indicator', { is: 'x' }, '', '"indicator" is missing'],
    ['an indicator that is no name', { indicator: 'a b', is: 'x' }, 'indicator', 'an id is a letter'],
    ['an indicator that is no text', { indicator: 3, is: 'x' }, 'indicator', 'a name is text, and this is the number 3'],
    ['a truth value', { indicator: 'a', is: true }, 'is', 'write "true" in quotes'],
    ['an empty answer', { indicator: 'a', is: '' }, 'is', 'and this is empty'],
    ['a number among answers', { indicator: 'a', in: ['x', 3] }, 'in/1', 'write "3" in quotes'],
    ['no values', { indicator: 'a', in: [] }, 'in', 'and this is an empty list'],
    ['a limit in quotes', { indicator: 'a', below: 'half' }, 'below', '{ threshold: half }'],
    ['no limit', { indicator: 'a', below: null }, 'below', 'and this is empty'],
    ['a threshold misspelt', { indicator: 'a', below: { treshold: 'x' } }, 'below', 'did you mean "threshold"?'],
    ['a threshold that is no name', { indicator: 'a', below: { threshold: 3 } }, 'below/threshold', 'a name is text'],
    ['a using that is none', { indicator: 'a', below: 3, using: 'middle' }, 'using', 'interval or estimate'],
    ['no list', { all: { indicator: 'a', is: 'x' } }, 'all', 'takes a list of at least one condition, and this is a map'],
    ['an empty list', { any: [] }, 'any', 'and this is an empty list'],
    [
      'a fault deep inside',
      { not: { all: [{ indicator: 'a', is: 'x' }, { any: [{ indicator: 'b', iss: 'x' }] }] } },
      'not/all/1/any/0',
      'did you mean "is"?',
    ],
  ])('says what a condition lacks: %s', (_, condition, path, words) => {
    const [fault, ...others] = conditionFaults(condition, [])
    expect([fault?.path.join('/'), others]).toEqual([path, []])
    expect(fault?.message).toContain(words)
  })
  const word = fc.constantFrom('indicator', 'is', 'in', 'below', 'atLeast', 'all', 'any', 'not', 'using', 'threshold', 'iss')
  const nearlyConditions: fc.Arbitrary<unknown> = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      fc.constantFrom<unknown>('a', 'a b', '', 0.5, true, null, 'interval', 'constructor', Number.NaN),
      fc.array(tie('value'), { maxLength: 2 }),
      fc.dictionary(word, tie('value'), { maxKeys: 3 }),
      conditions,
    ),
  })).value
  test.prop([nearlyConditions], { numRuns: 1000 })('a condition has a fault exactly where its schema refuses it', (value) => {
    expect(conditionFaults(value, []).length === 0).toBe(conditionSchema.safeParse(value).success)
  })
  test('the place of a finding in the text', () => {
    const yaml =
      'caps:\n  - kind: old-data\n    statement: Old.\nrules:\n  - id: one\n    when: { indicator: a, is: x }\n    rationale: [So., Thus.]\n  - id: one\n'
    expect(modelPosition(yaml, 'caps/old-data/statement')).toEqual({ line: 3, column: 16 })
    expect(modelPosition(yaml, 'rules/one')).toEqual({ line: 8, column: 5 })
    expect(modelPosition(yaml.slice(0, -12), 'rules/one/rationale/1')).toEqual({ line: 7, column: 22 })
    expect(modelPosition(yaml, 'rules/two/when')).toEqual({ line: 5, column: 3 })
    expect(modelPosition(yaml, 'thresholds')).toEqual({ line: 1, column: 1 })
    expect(modelPosition('a: [', 'a')).toMatchObject({ line: 1 })
  })
  test('every finding of a model in text has its place there', () => {
    const misspelt = text.replaceAll('"threshold": "teamCoverage"', '"threshold": "teamCover"')
    const parsed = parseModel(misspelt)
    if (!parsed.success) throw new Error(JSON.stringify(parsed.issues))
    const finding = lintModel(parsed.model).find(({ code }) => code === 'unknown-threshold')!
    const { line } = modelPosition(misspelt, finding.path)
    expect(
      misspelt
        .split('\n')
        .slice(line - 1, line + 6)
        .join('\n'),
    ).toContain('teamCover"')
  })
  test.each([
    ['authors’ words without a source', { about: { text: 'So say they.', whose: 'authors' } }],
    ['our words with one', { about: { text: 'So say we.', whose: 'ours', source: 'a page' } }],
    ['a changelog about another version', { version: '9.9.9' }],
    [
      'a changelog that does not begin with the newest',
      { version: '1.9.0', changelog: ['1.9.0', '1.10.0'].map((version) => ({ version, date: '2026-01-01', changes: ['x'] })) },
    ],
    ['a version twice', { changelog: [...studyModel.changelog, ...studyModel.changelog] }],
    ['a day that is not in the calendar', { changelog: [{ ...studyModel.changelog[0], date: '2026-02-30' }] }],
    ['a threshold outside its own range', { thresholds: [{ ...studyModel.thresholds[0], value: 0.5 }] }],
    ['a share above one', { thresholds: [{ ...studyModel.thresholds[1], maximum: 1.5 }] }],
    ['grades out of order', { grades: [...studyModel.grades].reverse() }],
    ['a field that is not known', { rule: [] }],
    ['an id that every object has', { themes: [{ ...studyModel.themes[0], id: 'constructor' }] }],
    ['a value without words', { indicators: [{ ...studyModel.indicators[0], says: { yes: 'answered' } }] }],
  ])('refuses %s', (_, changes) => {
    expect(parseModel({ ...studyModel, ...changes }).success).toBe(false)
  })
  test.prop([fc.string()])('any text ends in a model or in issues', (text) => {
    expect(typeof parseModel(text).success).toBe('boolean')
  })
  test('the rule and the threshold of the guide are sound as they stand there, added to the shipped model', async () => {
    const guide = await readFile(path.resolve(import.meta.dirname, '../../../docs/write-a-recommendation.md'), 'utf8')
    const [rule = '', threshold = ''] = [...guide.matchAll(/^```yaml\n([^]*?)^```$/gm)].map(([, block]) => block)
    const lists = { thresholds: threshold, rules: rule }
    const withEntries = Object.entries(studyModel)
      .map(([key, value]) => {
        const entries: readonly unknown[] = Array.isArray(value) ? value : []
        const added = lists[key as keyof typeof lists] as string | undefined
        return added === undefined
          ? `${key}: ${JSON.stringify(value)}`
          : `${key}:\n${entries.map((one) => `  - ${JSON.stringify(one)}\n`).join('')}${added}`
      })
      .join('\n')
    const parsed = parseModel(withEntries)
    if (!parsed.success) throw new Error(JSON.stringify(parsed.issues))
    expect(parsed.model.rules.at(-1)?.id).toBe('trust-tell-what-is-built')
    // The guide shows how a threshold looks, and no rule that looks at it.
    expect(lintModel(parsed.model)).toMatchObject([{ code: 'unused-threshold', path: 'thresholds/sharingGoal' }])
  })
  test('the JSON Schema knows rules and conditions', () => {
    const schema = JSON.stringify(modelJsonSchema())
    for (const word of ['appliesTo', 'threshold', 'wouldChange', 'practice']) expect(schema).toContain(`"${word}"`)
  })
})
