import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import {
  type Answer,
  defineQuestionnaire,
  foiaSections,
  isAsked,
  missingReasons,
  type Question,
  readResponsesCsv,
  responseSchema,
  responseStatuses,
} from '../src/index.ts'
import { readResponsesJson, readResponsesNdjson } from '../src/read/index.ts'
import { withoutControlCharacters, withoutLoneSurrogates } from '../src/responses/text-value.ts'
import { writeResponsesCsv, writeResponsesJson, writeResponsesNdjson } from '../src/write/index.ts'

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

/** Words that try the escape: formulas, apostrophes, markers, spellings, quotes, line breaks, blanks at the edges. */
const trouble = fc.constantFrom(
  ...[
    '=1+1',
    "'=1+1",
    "''",
    "'",
    '-5',
    '-5.0e',
    '@x',
    '\tx',
    ' x ',
    'refused',
    "'refused",
    'N/A',
    '[refused]',
    '[refused] x',
    "'[not asked]",
  ],
  ...[
    'a,b;c|d',
    '"',
    '""',
    'a"b',
    'x\r\ny',
    'x\ry',
    '\n',
    'sep=;',
    's.43',
    'exempt',
    '＝1',
    'é',
    '😀',
    '-',
    '\u00a0',
    '\ufeff',
    'organisation',
  ],
)
const words = fc
  .oneof(
    trouble,
    fc.string({ unit: 'grapheme', maxLength: 20 }),
    fc.string({ unit: 'binary', maxLength: 20 }),
    fc.array(trouble, { maxLength: 4 }).map((parts) => parts.join('')),
  )
  .map((text) => withoutControlCharacters(withoutLoneSurrogates(text)))
  .filter((text) => /\S/.test(text))
const trimmed = words.map((text) => text.trim()).filter((text) => text !== '')
const day = fc
  .date({ min: new Date('1999-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))

function valueOf(question: Question): fc.Arbitrary<string | number | readonly string[]> {
  switch (question.kind) {
    case 'yes-no':
      return fc.constantFrom('yes', 'no')
    case 'frequency':
      return fc.constantFrom(...question.levels)
    case 'single-choice':
      return fc.constantFrom(...question.options)
    case 'multiple-choice':
      return fc.subarray([...question.options], { minLength: 1 })
    case 'free-text':
    case 'technologies':
      return words
    case 'number':
      // JSON has no negative zero.
      return question.integer
        ? fc.integer({ min: -5, max: 2000 })
        : fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0 || 0)
    case 'date':
      return day
  }
}

const missing = fc
  .record({
    reason: fc.constantFrom(...missingReasons.filter((reason) => reason !== 'not-asked')),
    section: fc.option(fc.constantFrom(...foiaSections.map(({ section }) => section)), { nil: undefined }),
    text: fc.option(words, { nil: undefined }),
  })
  .map(({ reason, section, text }): Answer => ({
    kind: 'missing',
    reason,
    ...(section !== undefined && reason === 'exempt' ? { section } : {}),
    ...(text === undefined ? {} : { text }),
  }))

/** Any valid record: answers are drawn for each question, and then skip logic decides which of them stand. */
const record = fc
  .record({
    organisation: trimmed,
    name: fc.option(trimmed, { nil: undefined }),
    status: fc.constantFrom(...responseStatuses),
    answeredOn: fc.option(day, { nil: undefined }),
    size: fc.option(fc.constantFrom('small', 'N/A', '=large'), { nil: undefined }),
    place: fc.option(trimmed, { nil: undefined }),
    answers: fc.tuple(
      ...questionnaire.questions.map((question: Question) =>
        fc.oneof(
          valueOf(question).map((value): Answer => ({ kind: 'answered', value })),
          missing,
        ),
      ),
    ),
    wordsOfNotAsked: fc.option(words, { nil: undefined }),
  })
  .map(({ organisation, name, status, answeredOn, size, place, answers: drawn, wordsOfNotAsked }) => {
    const answers: Record<string, Answer> = {}
    for (const [index, { id, askedIf }] of (questionnaire.questions as readonly Question[]).entries()) {
      const notAsked = {
        kind: 'missing',
        reason: 'not-asked',
        ...(wordsOfNotAsked === undefined ? {} : { text: wordsOfNotAsked }),
      } as const
      const asked = isAsked(askedIf, answers)
      const answer = drawn[index]
      answers[id] = asked === 'no' || answer === undefined ? notAsked : answer
    }
    return {
      organisation,
      ...(name === undefined ? {} : { name }),
      status,
      ...(answeredOn === undefined ? {} : { answeredOn }),
      groups: { ...(size === undefined ? {} : { size }), ...(place === undefined ? {} : { place }) },
      answers,
    }
  })
const round = fc.uniqueArray(record, { selector: ({ organisation }) => organisation, maxLength: 6 }) as unknown as fc.Arbitrary<
  Parameters<typeof writeResponsesCsv<typeof questionnaire>>[0]
>

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
