import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { defineQuestionnaire, questionnaireSchema, readResponsesCsv, responseSchema } from '../src/index.ts'
import { readResponsesJson, readResponsesNdjson } from '../src/read/index.ts'
import { writeResponsesCsv, writeResponsesJson, writeResponsesNdjson } from '../src/write/index.ts'
import { anyQuestionnaire, roundOf } from './arbitrary-rounds.ts'

const questionnaire = defineQuestionnaire({
  id: 'everything',
  title: 'One question of each kind',
  groups: [
    { id: 'size', label: 'Size', values: ['small', 'N/A', '=large'] },
    { id: 'place', label: 'Place' },
  ],
  questions: [
    { id: 'team', kind: 'yes-no', wording: 'A team?' },
    {
      id: 'often',
      kind: 'frequency',
      levels: ['always', 'sometimes', 'never'],
      wording: 'How often?',
      askedIf: { question: 'team', is: 'yes' },
    },
    { id: 'one', kind: 'single-choice', options: ['+44', 'refused', "'quoted", 'n/a'], wording: 'Which one?' },
    {
      id: 'many',
      kind: 'multiple-choice',
      options: ['=a', 'b, c', 'not held', 'd'],
      wording: 'Which of these?',
      askedIf: { question: 'team', in: ['yes'] },
    },
    { id: 'words', kind: 'free-text', wording: 'Any words?' },
    {
      id: 'tech',
      kind: 'technologies',
      wording: 'Which technologies?',
      askedIf: {
        all: [
          { question: 'team', is: 'yes' },
          { question: 'many', is: 'd' },
        ],
      },
    },
    { id: 'count', kind: 'number', wording: 'How many?' },
    { id: 'whole', kind: 'number', integer: true, minimum: -5, maximum: 2000, wording: 'How many whole ones?' },
    { id: 'since', kind: 'date', wording: 'Since when?', earliest: '1999-01-01' },
  ],
})
const schema = responseSchema(questionnaire)

const round = roundOf(questionnaire)

describe('properties', () => {
  test.prop([round])('the generator makes valid rounds', (records) => {
    expect(records.flatMap((item) => schema.safeParse(item).error?.issues ?? [])).toEqual([])
  })

  test.prop([round, fc.constantFrom(',', ';', '\t', '|'), fc.constantFrom('\r\n', '\n'), fc.boolean()], { numRuns: 300 })(
    'a round written as CSV reads back equal',
    (records, delimiter, lineBreak, byteOrderMark) => {
      const csv = writeResponsesCsv(records, questionnaire, { delimiter, lineBreak, byteOrderMark })
      expect(readResponsesCsv(csv, questionnaire).records).toStrictEqual(records)
      expect(readResponsesCsv(new TextEncoder().encode(csv), questionnaire).records).toStrictEqual(records)
    },
  )

  test.prop([round])('a round written as JSON or NDJSON reads back equal, without issues', (records) => {
    const json = readResponsesJson(writeResponsesJson(records, questionnaire, { origin: 'synthetic' }), questionnaire)
    expect(json).toMatchObject({ issues: [], summary: { complete: true, records: records.length } })
    expect(json.records).toStrictEqual(records)
    const ndjson = readResponsesNdjson(writeResponsesNdjson(records, questionnaire, { origin: 'synthetic' }), questionnaire)
    expect(ndjson.records).toStrictEqual(records)
    expect(ndjson.issues).toEqual([])
  })

  test.prop([anyQuestionnaire.chain((any) => fc.tuple(fc.constant(any), roundOf(any))), fc.constantFrom(',', ';', '\t', '|')], {
    numRuns: 300,
  })('a round of any questionnaire, written in any format, reads back equal', ([any, records], delimiter) => {
    const anySchema = responseSchema(any)
    expect(records.flatMap((item) => anySchema.safeParse(item).error?.issues ?? [])).toEqual([])
    expect(readResponsesCsv(writeResponsesCsv(records, any, { delimiter }), any).records).toStrictEqual(records)
    expect(readResponsesJson(writeResponsesJson(records, any, { origin: 'supplied' }), any).records).toStrictEqual(records)
    expect(readResponsesNdjson(writeResponsesNdjson(records, any, { origin: 'supplied' }), any).records).toStrictEqual(records)
    expect(questionnaireSchema.parse(JSON.parse(JSON.stringify(any)))).toStrictEqual(any)
  })

  test('an apostrophe that is itself a spelling survives', () => {
    const odd = defineQuestionnaire({
      id: 'odd',
      title: 'Odd',
      spellings: { 'not-answered': ["'", 'tbc'] },
      questions: [{ id: 'words', kind: 'free-text', wording: 'Any words?' }],
    })
    for (const value of ["'", "''", "'''", 'tbc', "'tbc", "''TBC.", '“tbc”', "''x"]) {
      const records = [{ organisation: 'A', status: 'answered', groups: {}, answers: { words: { kind: 'answered', value } } }] as const
      expect(readResponsesCsv(writeResponsesCsv(records, odd), odd)).toMatchObject({ records, issues: [] })
    }
  })

  test.prop([round])('no cell starts as a formula, unless it is a number', (records) => {
    const csv = writeResponsesCsv(records, questionnaire, { byteOrderMark: false, lineBreak: '\n' })
    const starts = cellsOf(csv).filter((cell) => /^[=+\-@\t\r\n＝＋－＠]/.test(cell) && !Number.isFinite(Number(cell)))
    expect(starts).toEqual([])
  })
})

/** An independent reading of CSV, a sign at a time. */
function cellsOf(csv: string): string[] {
  const cells: string[] = []
  let cell = ''
  let inQuotes = false
  for (let i = 0; i < csv.length; i += 1) {
    const sign = csv[i] ?? ''
    if (inQuotes) {
      if (sign === '"' && csv[i + 1] === '"') {
        cell += '"'
        i += 1
      } else if (sign === '"') inQuotes = false
      else cell += sign
    } else if (sign === '"') inQuotes = true
    else if (sign === ',' || sign === '\n') {
      cells.push(cell)
      cell = ''
    } else cell += sign
  }
  return cells
}

describe('refusals', () => {
  test('a record that does not fit the questionnaire is not written', () => {
    const record = { organisation: 'A', status: 'answered', groups: {}, answers: {} } as never
    for (const write of [writeResponsesCsv, writeResponsesJson, writeResponsesNdjson]) {
      expect(() => write([record], questionnaire, { origin: 'supplied' })).toThrow(expect.objectContaining({ code: 'invalid-record' }))
    }
  })
})
