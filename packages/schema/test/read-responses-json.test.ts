import { describe, expect, test } from 'vitest'
import { defineQuestionnaire, type Issue } from '../src/index.ts'
import { readResponses, readResponsesJson, readResponsesNdjson } from '../src/read/index.ts'

const questionnaire = defineQuestionnaire({
  id: 'json',
  title: 'JSON',
  groups: [{ id: 'region', label: 'Region' }],
  questions: [
    { id: 'team', kind: 'yes-no', wording: 'A team?' },
    { id: 'often', kind: 'frequency', levels: ['always', 'never'], wording: 'How often?', askedIf: { question: 'team', is: 'yes' } },
    { id: 'people', kind: 'number', wording: 'How many?' },
  ],
})
const brief = ({ code, row, column }: Issue): string => `${code} ${row ?? '-'} ${column ?? '-'}`
const json = (value: unknown) => readResponsesJson(typeof value === 'string' ? value : JSON.stringify(value), questionnaire)
const briefs = (value: unknown): string[] => json(value).issues.map(brief)
const value = (answer: { kind: string; value?: unknown; reason?: unknown } | undefined): unknown => answer?.value ?? answer?.reason

describe('flat objects', () => {
  test('need not have the same keys: each is read for what it has', () => {
    const { records, issues } = json([
      { organisation: 'A', team: 'no' },
      { organisation: 'B', team: true, often: 'never', people: 3, Region: 'North' },
      { often: 'always', 'A team?': 'Y', organisation: 'C' },
    ])
    expect(issues).toEqual([])
    expect(records.map(({ answers }) => value(answers.often))).toEqual(['not-asked', 'never', 'always'])
    expect(records.map(({ groups }) => groups)).toEqual([{}, { region: 'North' }, {}])
  })

  test('a question that none of them has is told of, as is a key that is no question', () => {
    expect(
      briefs([
        { organisation: 'A', team: 'no', colour: 'red' },
        { organisation: 'B', colour: 'blue' },
      ]),
    ).toEqual(['unknown-column 1 colour', 'missing-column - -', 'missing-column - -'])
  })

  test('two keys of one question in one object: the first counts', () => {
    const { records, issues } = json([{ organisation: 'A', team: 'no', 'A team?': 'yes', often: null, people: 1 }])
    expect(value(records[0]?.answers.team)).toBe('no')
    expect(issues).toMatchObject([{ severity: 'error', code: 'duplicate-column', row: 1, column: 'A team?', value: 'yes' }])
  })

  test('without an organisation are rejected, whatever comes first in them', () => {
    const { records, issues, summary } = json([{ team: 'yes', often: 'never', people: 1 }])
    expect(records).toEqual([])
    expect(summary).toMatchObject({ rows: 1, records: 0, rejected: 1 })
    expect(issues.map(({ code }) => code)).toEqual(['missing-organisation', 'no-organisation-column'])
  })

  test('ever more keys end in an issue', () => {
    const objects = Array.from({ length: 50 }, (_, index) => ({ organisation: `O${index}`, [`key ${index}`]: 1 }))
    const { issues, summary } = readResponsesJson(JSON.stringify(objects), questionnaire, { maxColumns: 20 })
    expect(issues.map(({ code }) => code)).toContain('too-many-columns')
    expect(summary).toMatchObject({ complete: false, rows: summary.records + summary.rejected })
  })
})

describe('what JSON.parse changes without a word is told of', () => {
  test('a key that comes twice', () => {
    expect(briefs('[{"organisation":"A","team":"yes","te\\u0061m":"no","often":"","people":"1"}]')).toEqual(['duplicate-key 1 team'])
    const round = `{"kind":"round","schemaVersion":1,"questionnaire":"json","origin":"supplied","records":[{"organisation":"A"},{"organisation":"B","organisation":"C"}]}`
    expect(briefs(round)).toContain('duplicate-key 2 organisation')
    expect(
      readResponsesNdjson('{"organisation":"A"}\n{"organisation":"B","team":1,"team":2}\n', questionnaire).issues.map(brief),
    ).toContain('duplicate-key 2 team')
  })
  test('a number of too many digits', () => {
    expect(briefs('[{"organisation":"A","team":"no","often":"","people":12345678901234567890}]')).toEqual(['out-of-range 1 people'])
    expect(briefs('[{"organisation":"A","team":"no","often":"","people":1234567.25}]')).toEqual([])
  })
  test('texts that look like either are left alone', () => {
    expect(briefs([{ organisation: '"a":1,"a":2 \\', team: 'no', often: '', people: '1', name: '12345678901234567890 {"x":[' }])).toEqual(
      [],
    )
  })
})

describe('records as they are written', () => {
  const record = {
    organisation: 'A',
    status: 'answered',
    groups: {},
    answers: {
      team: { kind: 'answered', value: 'maybe' },
      often: { kind: 'missing', reason: 'not-asked' },
      people: { kind: 'answered', value: 1 },
    },
  }
  test('one that does not fit is rejected with the place and the value', () => {
    expect(json([record]).issues).toMatchObject([
      { severity: 'error', code: 'invalid-record', row: 1, column: 'answers.team.value', value: 'maybe' },
    ])
  })
  test('keys that every object has are no way in', () => {
    const answers = `{"team":{"kind":"answered","value":"no"},"often":{"kind":"missing","reason":"not-asked"},"people":{"kind":"answered","value":1},"__proto__":{"kind":"answered","value":1}}`
    const { records, issues } = json(`[{"organisation":"A","status":"answered","groups":{},"answers":${answers}}]`)
    expect(records).toEqual([])
    expect(issues.map(brief)).toEqual(['invalid-record 1 answers'])
  })
})

describe('NDJSON', () => {
  test('a line that is no JSON is a row that was rejected', () => {
    const { issues, summary } = readResponsesNdjson('{"organisation":"A","team":"no","often":"","people":1}\nnope\n\n5\n', questionnaire)
    expect(summary).toMatchObject({ rows: 3, records: 1, rejected: 2, complete: true })
    expect(issues.map(brief)).toEqual(['not-json 2 -', 'invalid-record 4 -'])
    expect(issues.every(({ hint }) => hint !== null)).toBe(true)
  })
})

describe('documents that are none', () => {
  test.each([
    ['', 'empty-file'],
    ['[{]', 'not-json'],
    ['{"data":[]}', 'invalid-document'],
    ['5', 'invalid-document'],
    ['{"kind":"round","schemaVersion":9,"records":[]}', 'newer-schema-version'],
    ['{"kind":"round","schemaVersion":1,"questionnaire":"other","origin":"supplied","records":[]}', 'invalid-document'],
  ])('%j is %s, with advice', (text, code) => {
    const { issues, summary } = json(text)
    expect(issues).toMatchObject([{ severity: 'error', code }])
    expect(issues[0]?.hint).not.toBeNull()
    expect(summary.complete).toBe(false)
  })
  test('UTF-16 JSON is told by its bytes', () => {
    const bytes = new Uint8Array(Uint16Array.from('\ufeff[{"organisation":"A"}]', (sign) => sign.charCodeAt(0)).buffer)
    expect(readResponses(bytes, questionnaire).summary).toMatchObject({ format: 'json', encoding: 'utf-16le', records: 1 })
  })
})
