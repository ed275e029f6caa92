import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { type Condition, evaluate, type Finding, lintModel, type Model, modelJsonSchema, parseModel, studyModel } from '../src/index.ts'
import { answer, conditions, modelWith, source } from './models.ts'

const x = (indicator: string, is = 'x'): Condition => ({ indicator, is })
const logic = (model: Model): readonly Finding[] =>
  lintModel(model).filter(({ code }) => !['unused-threshold', 'hard-to-read'].includes(code))
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
    ['unknown-threshold', { when: { indicator: 'technologyCount', below: { threshold: 'peer' } } }, 'did you mean "peers"?'],
    ['wrong-kind', { when: { indicator: 'openSource', below: 3 } }, 'use "is" or "in"'],
    ['wrong-kind', { when: { indicator: 'technologyCount', is: '3' } }, 'use "below"'],
    ['wrong-subject', { when: { indicator: 'hasTeamShare', below: 0.3 } }, 'only groups'],
    ['unknown-theme', { theme: 'nothing' }, 'nothing'],
    ['unknown-barrier', { barrier: 'nothing' }, 'nothing'],
    ['unknown-indicator', { evidence: ['hasTeam'] }, 'hasTeam'],
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
  test('faults have their lines', () => {
    const result = parseModel('kind: recommendation-model\nversion: one\nrules:\n  - id: 3\n')
    if (result.success) throw new Error('should not parse')
    expect(result.issues.find(({ path }) => path.join('.') === 'version')).toMatchObject({ line: 2 })
    expect(result.issues.find(({ path }) => path.join('.') === 'rules.0.id')).toMatchObject({ line: 4 })
    const broken = parseModel('a: [1')
    expect(broken).toMatchObject({ success: false, issues: [{ path: [], line: 1 }] })
    // An alias of nothing used to throw.
    expect(parseModel('a: *b')).toMatchObject({ success: false, issues: [{ path: [], line: null }] })
  })
  test.each([
    ['authors’ words without a source', { about: { text: 'So say they.', whose: 'authors' } }],
    ['our words with one', { about: { text: 'So say we.', whose: 'ours', source: 'a page' } }],
    ['a changelog about another version', { version: '9.9.9' }],
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
  test('the JSON Schema knows rules and conditions', () => {
    const schema = JSON.stringify(modelJsonSchema())
    for (const word of ['appliesTo', 'threshold', 'wouldChange', 'practice']) expect(schema).toContain(`"${word}"`)
  })
})
