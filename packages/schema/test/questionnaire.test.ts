import { describe, expect, test } from 'vitest'
import {
  baseOf,
  defineQuestionnaire,
  type FoiResponse,
  isAsked,
  questionnaireSchema,
  type Question,
  readResponsesCsv,
  responseSchema,
  studyQuestionnaire,
  valueSchema,
} from '../src/index.ts'

const yesNo = (id: string, more: object = {}): Question => ({ id, kind: 'yes-no', wording: `${id}?`, ...more })
const define = (...questions: Question[]): unknown => defineQuestionnaire({ id: 'q', title: 'Q', questions })
const invalid = expect.objectContaining({ code: 'invalid-questionnaire' }) as Error

describe('the questionnaire of the study', () => {
  test('survives JSON and passes its schema', () => {
    const copy: unknown = JSON.parse(JSON.stringify(studyQuestionnaire))
    expect(questionnaireSchema.parse(copy)).toStrictEqual(studyQuestionnaire)
  })

  test('puts a team’s questions only where there is a team', () => {
    const gated = studyQuestionnaire.questions.filter((question) => 'askedIf' in question).map(({ id }) => id)
    expect(gated).toEqual([
      'frontFacing',
      'clinicalStaff',
      'developsForOthers',
      'innovationGrant',
      'disclosedTechnologies',
      'technologies',
      'openSource',
    ])
  })
})

describe('skip logic', () => {
  const yes = { kind: 'answered', value: 'yes' } as const
  const no = { kind: 'answered', value: 'no' } as const
  const refused = { kind: 'missing', reason: 'refused' } as const
  const notAsked = { kind: 'missing', reason: 'not-asked' } as const
  const a = { question: 'a', is: 'yes' }
  const b = { question: 'b', in: ['yes', 'perhaps'] }

  // Kleene's tables for "and" and "or".
  test.each([
    [yes, yes, 'yes', 'yes'],
    [yes, no, 'no', 'yes'],
    [no, no, 'no', 'no'],
    [yes, refused, 'unknown', 'yes'],
    [no, refused, 'no', 'unknown'],
    [refused, refused, 'unknown', 'unknown'],
    [notAsked, yes, 'no', 'yes'],
    [notAsked, refused, 'no', 'unknown'],
  ])('%j and %j: all %s, any %s', (first, second, all, any) => {
    expect(isAsked({ all: [a, b] }, { a: first, b: second })).toBe(all)
    expect(isAsked({ any: [a, b] }, { a: first, b: second })).toBe(any)
  })

  test('a multiple choice holds where one of its options is meant', () => {
    expect(isAsked(b, { b: { kind: 'answered', value: ['no', 'perhaps'] } })).toBe('yes')
  })

  test('a question hanging on a missing answer is not asked, unless it was answered', () => {
    const csv = 'organisation,hasTeam,clinicalStaff,openSource\nR0A,refused,,always\nR0B,not held,,\n'
    const { records, issues } = readResponsesCsv(csv, studyQuestionnaire)
    expect(issues.flatMap(({ code, cell }) => (cell === null ? [] : [code]))).toEqual(['answered-though-gate-missing'])
    expect(records[0]?.answers.clinicalStaff).toEqual({ kind: 'missing', reason: 'not-asked' })
    expect(baseOf(records as readonly FoiResponse[], 'openSource')).toMatchObject({ responded: 2, base: 1, answered: 1 })
  })
})

describe('missing answers', () => {
  const questionnaire = defineQuestionnaire({
    id: 'missing',
    title: 'Missing',
    spellings: { 'not-answered': ['tbc'], yes: ['aye'] },
    questions: [
      yesNo('a'),
      yesNo('b', { askedIf: { question: 'a', is: 'yes' } }),
      { id: 'c', kind: 'free-text', wording: 'c?' },
      yesNo('d', { allowedMissing: ['refused'] }),
    ],
  })
  const answer = (cell: string, column: 'a' | 'b' | 'c' | 'd' = 'a'): unknown => {
    const cells = { a: 'yes', b: '', c: '', d: 'no', [column]: `"${cell}"` }
    return readResponsesCsv(`organisation,a,b,c,d\nX,${cells.a},${cells.b},${cells.c},${cells.d}\n`, questionnaire).records[0]?.answers[
      column
    ]
  }
  const missing = (reason: string, more: object = {}): object => ({ kind: 'missing', reason, ...more })

  test.each([
    ['', missing('not-answered')],
    ['  ', missing('not-answered')],
    ['N/A', missing('not-answered')],
    ['Refused.', missing('refused')],
    ['Information  NOT held', missing('not-held')],
    ['tbc', missing('not-answered')],
    ['exempt', missing('exempt')],
    ['s.43', missing('exempt', { section: '43' })],
    ['Section 40(2)', missing('exempt', { section: '40' })],
    ['Exempt (section 22A)', missing('exempt', { section: '22A' })],
    ['Refused under section 12 of the FOI Act 2000', missing('exempt', { section: '12' })],
    ['FOIA s31', missing('exempt', { section: '31' })],
    ['[exempt section 14] too many requests', missing('exempt', { section: '14', text: 'too many requests' })],
    ['s.99', missing('unreadable', { text: 's.99' })],
    ['unknown', missing('unreadable', { text: 'unknown' })],
    ['1', missing('unreadable', { text: '1' })],
    ['yes and no', missing('unreadable', { text: 'yes and no' })],
    ['Aye', { kind: 'answered', value: 'yes' }],
    [' TRUE', { kind: 'answered', value: 'yes' }],
    ['n', { kind: 'answered', value: 'no' }],
  ])('"%s" is %j', (cell, expected) => {
    expect(answer(cell)).toEqual(expected)
  })

  test('a free text is missing only by a whole phrase', () => {
    expect(answer('refused', 'c')).toEqual(missing('refused'))
    expect(answer('We refused to buy it', 'c')).toEqual({ kind: 'answered', value: 'We refused to buy it' })
    expect(answer('No', 'c')).toEqual({ kind: 'answered', value: 'No' })
    expect(answer('Exempt vehicles are listed in section 43 of our fleet policy', 'c')).toMatchObject({ kind: 'answered' })
  })

  test('a reason that a question does not allow is kept and told of', () => {
    expect(answer('not held', 'd')).toEqual(missing('not-held'))
    const { issues } = readResponsesCsv('organisation,a,b,c,d\nX,yes,yes,,not held\n', questionnaire)
    expect(issues).toMatchObject([{ severity: 'error', code: 'not-allowed-missing', cell: 'E2' }])
  })

  test('no missing answer is ever a "no"', () => {
    const { records } = readResponsesCsv('organisation,a,b,c,d\n1,,,,\n2,refused,,,\n3,n/a,,,\n4,s12,,,\n5,perhaps,,,\n', questionnaire)
    expect(records.filter(({ answers: { a } }) => a?.kind === 'answered')).toEqual([])
    expect(records.map(({ status }) => status)).toEqual(['no-reply', 'refused', 'no-reply', 'refused', 'answered'])
  })

  test('a section goes only with "exempt"', () => {
    const schema = responseSchema(questionnaire)
    const record = (a: object): object => ({
      organisation: 'X',
      status: 'answered',
      groups: {},
      answers: { a, b: missing('not-asked'), c: missing('not-answered'), d: missing('refused') },
    })
    expect(schema.safeParse(record(missing('exempt', { section: '43' }))).success).toBe(true)
    expect(schema.safeParse(record(missing('refused', { section: '43' }))).success).toBe(false)
    expect(schema.safeParse(record(missing('exempt', { section: '99' }))).success).toBe(false)
    expect(schema.safeParse(record({ kind: 'answered', value: 'yes' })).success).toBe(false)
  })
})

describe('values', () => {
  test('a record survives the schema only with values of its questions', () => {
    const ok = (question: object, value: unknown): boolean =>
      valueSchema({ id: 'a', wording: 'a?', ...question } as Question).safeParse(value).success
    expect([
      ok({ kind: 'number', minimum: 1, integer: true }, 1),
      ok({ kind: 'number', minimum: 1 }, 0),
      ok({ kind: 'number' }, NaN),
    ]).toEqual([true, false, false])
    expect([ok({ kind: 'date', latest: '2020-12-31' }, '2020-02-29'), ok({ kind: 'date', latest: '2020-12-31' }, '2021-01-01')]).toEqual([
      true,
      false,
    ])
    expect([
      ok({ kind: 'multiple-choice', options: ['a', 'b'] }, ['b', 'a']),
      ok({ kind: 'multiple-choice', options: ['a'] }, ['a', 'a']),
    ]).toEqual([true, false])
    expect([ok({ kind: 'free-text' }, 'x'), ok({ kind: 'free-text' }, ' '), ok({ kind: 'free-text' }, 'a\0')]).toEqual([true, false, false])
  })
})

describe('refusals', () => {
  test.each([
    ['an id twice', [yesNo('a'), yesNo('a')]],
    ['a header of two questions', [yesNo('a', { aliases: ['Same'] }), yesNo('b', { aliases: ['same?'] })]],
    ['an id that a record has', [yesNo('status')]],
    ['an id with blanks', [yesNo('a b')]],
    ['skip logic that looks ahead', [yesNo('a', { askedIf: { question: 'b', is: 'yes' } }), yesNo('b')]],
    ['skip logic on itself', [yesNo('a', { askedIf: { question: 'a', is: 'yes' } })]],
    ['skip logic on an answer that is never given', [yesNo('a'), yesNo('b', { askedIf: { question: 'a', is: 'maybe' } })]],
    ['no wording', [yesNo('a', { wording: ' ' })]],
    ['no options', [{ id: 'a', kind: 'single-choice', options: [], wording: 'a?' }]],
    ['options that are spelled alike', [{ id: 'a', kind: 'single-choice', options: ['A', 'a '.trim()], wording: 'a?' }]],
    ['an option with a semicolon', [{ id: 'a', kind: 'multiple-choice', options: ['a;b'], wording: 'a?' }]],
    ['no questions', []],
    ['another key', [yesNo('a', { colour: 'red' })]],
  ] as [string, Question[]][])('%s', (_, questions) => {
    expect(() => define(...questions)).toThrow(invalid)
  })

  test('an unknown question has no base', () => {
    const records = readResponsesCsv('organisation,hasTeam\nR0A,yes\n', studyQuestionnaire).records as readonly FoiResponse[]
    expect(() => baseOf(records, 'colour')).toThrow(expect.objectContaining({ code: 'unknown-question' }))
    expect(() => baseOf(records, 'constructor')).toThrow(expect.objectContaining({ code: 'unknown-question' }))
  })
})
