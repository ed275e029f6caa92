import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { defineQuestionnaire, readDocument, readRegister, readResponsesCsv, responseSchema, studyQuestionnaire } from '../src/index.ts'
import { streamResponses } from '../src/node/index.ts'
import { readCsvRows, readResponses, readResponsesJson, readResponsesNdjson, readResponsesXlsx } from '../src/read/index.ts'

const questionnaire = defineQuestionnaire({
  id: 'hostile',
  title: 'Hostile input',
  questions: [
    { id: 'team', kind: 'yes-no', wording: 'A team?' },
    { id: 'words', kind: 'free-text', wording: 'Any words?', askedIf: { question: 'team', is: 'yes' } },
    { id: 'since', kind: 'date', wording: 'Since when?' },
    { id: 'people', kind: 'number', wording: 'How many?' },
  ],
})
const schema = responseSchema(questionnaire)
const head = 'organisation,team,words,since,people\n'
const codes = (csv: string | Uint8Array): string[] => readResponsesCsv(csv, questionnaire).issues.map(({ code }) => code)
const answersOf = (row: string) => readResponsesCsv(`${head}${row}\n`, questionnaire).records[0]?.answers
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

/** One long line in pieces of 64 KiB, without holding it. */
function* longLine(length: number, start: string): Generator<Uint8Array> {
  yield bytes(start)
  const piece = bytes('a'.repeat(65_536))
  for (let sent = 0; sent < length; sent += piece.length) yield piece
}

describe('any bytes end in records or issues', () => {
  const csvLike = fc.string({
    unit: fc.constantFrom(
      'organisation',
      'team',
      'words',
      'since',
      ',',
      ';',
      '"',
      '\n',
      '\r\n',
      'yes',
      'n/a',
      "'",
      '=',
      '[refused] ',
      '\0',
      '\ud800',
      'é',
      '\ufeff',
      '1/2/2020',
      '{',
      ']',
      'sep=;',
      'Total',
      '#REF!',
      's.43',
      '1,234',
      'status',
      'no reply',
    ),
    maxLength: 60,
  })
  const check = ({ records, issues, summary }: ReturnType<typeof readResponses<typeof questionnaire>>): void => {
    expect(issues.filter(({ hint, message }) => hint === null || message === '')).toEqual([])
    expect(summary.rows).toBe(summary.records + summary.rejected)
    expect(records).toHaveLength(summary.records)
    expect(records.flatMap((record) => schema.safeParse(record).error?.issues ?? [])).toEqual([])
    expect(summary.complete || issues.some(({ severity }) => severity === 'error')).toBe(true)
    expect(JSON.parse(JSON.stringify({ records, issues, summary }))).toStrictEqual({ records, issues, summary })
  }

  test.prop([fc.uint8Array({ maxLength: 300 })], { numRuns: 100 })('bytes', (data) => {
    check(readResponsesCsv(data, questionnaire))
    check(readResponses(data, questionnaire))
    readRegister(data)
  })
  test.prop([csvLike], { numRuns: 200 })('text like CSV', (text) => {
    check(readResponsesCsv(text, questionnaire))
    check(readResponsesCsv(`${head}R0A,${text}`, questionnaire))
    check(readResponses(text, questionnaire))
  })
  test.prop([
    fc.constantFrom('[', '{"records":[', '{"organisation":"A"}\n', 'PK\u0003\u0004', '\ufeff'),
    fc.uint8Array({ maxLength: 200 }),
  ])('bytes that start as JSON, NDJSON or a workbook', (start, data) => {
    const joined = new Uint8Array([...bytes(start), ...data])
    check(readResponses(joined, questionnaire))
    check(readResponsesNdjson(joined, questionnaire))
    check(readResponsesXlsx(joined, questionnaire))
    readRegister(joined)
    readCsvRows(joined)
    readDocument(new TextDecoder().decode(joined))
  })
  test.prop([fc.json()], { numRuns: 100 })('any JSON', (text) => {
    check(readResponsesJson(text, questionnaire))
    check(readResponsesNdjson(text, questionnaire))
  })
  test.prop([
    fc.array(
      fc.dictionary(fc.constantFrom('organisation', 'team', 'words', '__proto__', 'constructor', 'x'), fc.jsonValue({ maxDepth: 1 })),
      { maxLength: 4 },
    ),
  ])('objects of any values', (objects) => {
    check(readResponsesJson(JSON.stringify(objects), questionnaire))
  })
})

describe('size', () => {
  test('one line of a gigabyte is given up in bounded memory', async () => {
    const before = process.memoryUsage().rss
    for (const start of [`${head}R0A,yes,`, `${head}R0A,yes,"`, '']) {
      const stream = streamResponses(longLine(1024 ** 3, start), questionnaire)
      for await (const _ of stream) expect.unreachable()
      expect(stream.issues.map(({ code }) => code)).toEqual(['row-too-long'])
      expect(stream.summary().complete).toBe(false)
    }
    expect(process.memoryUsage().rss - before).toBeLessThan(200 * 1024 * 1024)
  })

  test('bytes that no text can hold end in an issue, whatever they are', { timeout: 60_000 }, () => {
    const data = new Uint8Array(540_000_000).fill(97)
    const start = (text: string): void => data.fill(97, 0, 200).set(bytes(text))
    const codesOf = ({ issues }: { readonly issues: readonly { readonly code: string }[] }): string[] => issues.map(({ code }) => code)
    start(`${head}R0A,yes,`)
    const before = process.memoryUsage().rss
    expect(codesOf(readResponses(data, questionnaire))).toEqual(['row-too-long'])
    start('{"organisation":"A"}\n{"a":"')
    expect(codesOf(readResponses(data, questionnaire))).toEqual(['row-too-long'])
    start('[{"organisation":"A"}')
    expect(codesOf(readResponses(data, questionnaire))).toEqual(['file-too-large'])
    expect(codesOf(readRegister(data))).toContain('row-too-long')
    expect(process.memoryUsage().rss - before).toBeLessThan(200 * 1024 * 1024)
  })

  test('100,000 columns are refused at once, and read where the bound is raised', () => {
    const csv = `organisation,team,${Array.from({ length: 100_000 }, (_, index) => `c${index}`).join(',')}\nR0A,yes\n`
    expect(codes(csv)).toEqual(['too-many-columns'])
    const { records, issues, summary } = readResponsesCsv(csv, questionnaire, { maxColumns: 200_000 })
    expect(records).toHaveLength(1)
    expect(summary.issuesByCode['unknown-column']).toBe(100_000)
    expect(issues).toHaveLength(10_001)
    expect(issues.at(-1)?.code).toBe('too-many-issues')
  })

  test('too many rows, and a cell that is too long', () => {
    expect(readResponsesCsv(`${head}A,yes\nB,no\nC,no\n`, questionnaire, { maxRows: 2 })).toMatchObject({
      summary: { records: 2, complete: false },
    })
    expect(codes(`${head}A,yes,${'x'.repeat(100_000)},,\n`)).toEqual([])
    expect(codes(`${head}A,yes,${'x'.repeat(100_101)},,\n`)).toEqual(['cell-too-long'])
    expect(codes(`${head}A,yes,"'${"'".repeat(99_999)}",,\n`)).toEqual([])
  })

  test('a JSON text nested a million deep is an issue', () => {
    expect(readResponsesJson('['.repeat(1_000_000), questionnaire).issues).toHaveLength(1)
  })
})

describe('names that every object has', () => {
  test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])('%s as header, value and identifier', (name) => {
    const { records, issues } = readResponsesCsv(`${head.trim()},${name}\n${name},yes,${name},,,${name}\n`, questionnaire)
    expect(records[0]?.organisation).toBe(name)
    expect(records[0]?.answers.words).toEqual({ kind: 'answered', value: name })
    expect(issues).toMatchObject([{ code: 'unknown-column', column: name, cell: 'F1' }])
    expect(Object.getPrototypeOf(records[0]?.answers)).toBe(Object.prototype)
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  })

  test.each(['__proto__', 'constructor', 'toString'])('%s is no id of a question', (id) => {
    expect(() => defineQuestionnaire({ id: 'a', title: 'A', questions: [{ id, kind: 'yes-no', wording: 'A?' }] })).toThrow(
      expect.objectContaining({ code: 'invalid-questionnaire' }),
    )
  })

  test('in JSON', () => {
    const text = '[{"organisation":"A","team":"yes","__proto__":{"polluted":true},"constructor":1}]'
    expect(readResponsesJson(text, questionnaire).records).toHaveLength(1)
    const record = '{"organisation":"A","status":"answered","groups":{},"answers":{"__proto__":{"kind":"answered","value":"x"}}}'
    expect(readResponsesJson(`[${record}]`, questionnaire).records).toEqual([])
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  })
})

describe('characters', () => {
  test('NUL and other control characters are left out with a warning', () => {
    expect(answersOf('A,ye\0s,a\0b\u0007c')?.words).toEqual({ kind: 'answered', value: 'abc' })
    expect(codes(`${head}A,ye\0s,a\0b\n`)).toEqual(['short-row', 'control-character', 'control-character'])
  })

  test('half of a character becomes U+FFFD with a warning', () => {
    expect(answersOf('A,yes,x\ud800y,,')?.words).toEqual({ kind: 'answered', value: 'x\ufffdy' })
    expect(codes(`${head}A,yes,x\udc00y,,\n`)).toEqual(['lone-surrogate'])
  })

  test('UTF-8 with and without a mark, UTF-16 and Windows-1252 are told apart', () => {
    const text = `${head}A,yes,Çödé – naïve,,\n`
    const utf16 = new Uint8Array(Uint16Array.from(`\ufeff${text}`, (sign) => sign.charCodeAt(0)).buffer)
    const windows = Uint8Array.from(text, (sign) => (sign === '–' ? 0x96 : sign.charCodeAt(0)))
    const bigEndian = utf16.map((_, index) => utf16[index ^ 1] ?? 0)
    for (const [data, encoding] of [
      [bytes(text), 'utf-8'],
      [bytes(`\ufeff${text}`), 'utf-8'],
      [utf16, 'utf-16le'],
      [utf16.slice(2), 'utf-16le'],
      [bigEndian, 'utf-16be'],
      [bigEndian.slice(2), 'utf-16be'],
      [windows, 'windows-1252'],
    ] as const) {
      const { records, summary } = readResponsesCsv(data, questionnaire)
      expect(summary.encoding).toBe(encoding)
      expect(records[0]?.answers.words).toEqual({ kind: 'answered', value: 'Çödé – naïve' })
    }
    expect(codes(windows)).toEqual(['windows-1252'])
    expect(codes(Uint8Array.of(0xef, 0xbb, 0xbf, ...bytes(head), 0x41, 0xff))).toContain('invalid-utf-8')
  })
})

describe('dates', () => {
  test.each([
    ['2020-02-01', '2020-02-01'],
    ['20200201', '2020-02-01'],
    ['1 Feb 2020', '2020-02-01'],
    ['1st February 2020', '2020-02-01'],
    ['Sept 3, 2020', '2020-09-03'],
    ['13/02/2020', '2020-02-13'],
    ['02/13/2020', '2020-02-13'],
    ['05/05/2020', '2020-05-05'],
    ['2020-02-01T09:30:00Z', '2020-02-01'],
  ])('%s is %s', (text, date) => {
    expect(answersOf(`A,yes,,"${text}",`)?.since).toEqual({ kind: 'answered', value: date })
  })

  test.each([
    ['31/02/2020', 'impossible-date'],
    ['2019-02-29', 'impossible-date'],
    ['01/02/2020', 'ambiguous-date'],
    ['01/02/20', 'unreadable-answer'],
    ['Spring 2020', 'unreadable-answer'],
    ['1 Foo 2020', 'impossible-date'],
    ['43862', 'unreadable-answer'],
  ])('%s is no date: %s', (text, code) => {
    expect(codes(`${head}A,yes,,${text},\n`)).toEqual([code])
    expect(answersOf(`A,yes,,${text},`)?.since).toEqual({ kind: 'missing', reason: 'unreadable', text })
  })

  test('an order that is declared is followed', () => {
    const since = (dateOrder: 'day-first' | 'month-first') =>
      readResponsesCsv(`${head}A,yes,,01/02/2020,\n`, questionnaire, { dateOrder }).records[0]?.answers.since
    expect(since('day-first')).toEqual({ kind: 'answered', value: '2020-02-01' })
    expect(since('month-first')).toEqual({ kind: 'answered', value: '2020-01-02' })
  })
})

describe('numbers', () => {
  test.each([
    ['12', 12],
    ['"1,234,567.5"', 1_234_567.5],
    ['-0', 0],
    ['1e3', 1000],
    ['.5', 0.5],
  ])('%s is %d', (text, value) => {
    expect(answersOf(`A,yes,,,${text}`)?.people).toEqual({ kind: 'answered', value })
  })
  test.each(['"1,5"', '12 people', '£3', '1e999', '0x10', 'Infinity', '١٢'])('%s is no number', (text) => {
    expect(codes(`${head}A,yes,,,${text}\n`)).toEqual(['unreadable-answer'])
  })
})

test('a formula in a cell is a text and nothing else', () => {
  expect(answersOf('A,yes,"=HYPERLINK(""http://example.org"")",,')?.words).toEqual({
    kind: 'answered',
    value: '=HYPERLINK("http://example.org")',
  })
})

test('a file of another survey ends in one clear error', () => {
  const { records, issues } = readResponsesCsv('a;b;c\n1;2;3\n', studyQuestionnaire)
  expect(records).toEqual([])
  expect(issues.at(-1)).toMatchObject({
    severity: 'error',
    code: 'no-organisation-column',
    hint: 'Give the column of identifiers the header "organisation", in one of the first 20 rows.',
  })
})
