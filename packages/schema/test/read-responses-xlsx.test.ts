import { readFileSync } from 'node:fs'
import path from 'node:path'
import { fc, test } from '@fast-check/vitest'
import { strToU8, zipSync } from 'fflate'
import { describe, expect } from 'vitest'
import { defineQuestionnaire } from '../src/index.ts'
import { type ReadOptions, readResponsesXlsx } from '../src/read/index.ts'
import { dateOfSerial, formatKind } from '../src/read/xlsx/number-format.ts'

const questionnaire = defineQuestionnaire({
  id: 'workbook',
  title: 'Answers from a workbook',
  questions: [
    { id: 'hasTeam', kind: 'yes-no', wording: 'A team?' },
    { id: 'people', kind: 'number', wording: 'How many people?' },
    { id: 'comment', kind: 'free-text', wording: 'Any comment?' },
    { id: 'since', kind: 'date', wording: 'Since when?' },
    { id: 'share', kind: 'number', wording: 'What share?' },
  ],
})
const read = (bytes: Uint8Array, options: ReadOptions = {}) => readResponsesXlsx(bytes, questionnaire, options)
const codes = (bytes: Uint8Array, options: ReadOptions = {}): string[] =>
  read(bytes, options).issues.flatMap(({ code, cell }) => (code === 'missing-column' ? [] : [cell === null ? code : `${code} ${cell}`]))

/** A workbook of one sheet whose parts can be replaced. */
function workbook(rows: string, parts: Readonly<Record<string, string>> = {}, after = ''): Uint8Array {
  const relationships = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
  const files: Record<string, string> = {
    '_rels/.rels': `<Relationships><Relationship Id="r" Type="${relationships}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': '<workbook xmlns:r="x"><sheets><sheet name="S" sheetId="1" r:id="s1"/></sheets></workbook>',
    'xl/_rels/workbook.xml.rels': `<Relationships><Relationship Id="s1" Type="${relationships}/worksheet" Target="worksheets/s.xml"/></Relationships>`,
    'xl/worksheets/s.xml': `<x:worksheet xmlns:x="y"><x:sheetData>${rows}</x:sheetData>${after}</x:worksheet>`,
    ...parts,
  }
  return zipSync(Object.fromEntries(Object.entries(files).map(([name, xml]) => [name, strToU8(xml)])))
}
const cell = (reference: string, text: string): string => `<x:c r="${reference}" t="inlineStr"><x:is><x:t>${text}</x:t></x:is></x:c>`
const headers = `<x:row r="1">${cell('A1', 'organisation')}${cell('B1', 'hasTeam')}</x:row>`

describe('a workbook by another writer (openpyxl, test/reference/make-workbook.py)', () => {
  const bytes = readFileSync(path.join(import.meta.dirname, 'fixtures/workbook.xlsx'))
  const { records, summary } = read(bytes)

  test('days, times, numbers, truth values and texts are what the cells hold', () => {
    expect(summary).toMatchObject({ sheet: 'Round 1 & <2>', format: 'xlsx', records: 5, complete: true })
    const value = (row: number, id: keyof (typeof records)[number]['answers']): unknown => {
      const answer = records[row]?.answers[id]
      return answer?.kind === 'answered' ? answer.value : answer
    }
    expect(records.map(({ answeredOn }) => answeredOn)).toEqual(['2020-07-14', '2020-07-15', undefined, undefined, undefined])
    expect([value(0, 'hasTeam'), value(0, 'people'), value(0, 'since'), value(0, 'share')]).toEqual(['yes', 12, '2019-02-28', 0.1])
    expect(value(0, 'comment')).toBe('Çödé – "quoted"\nsecond line')
    expect([value(1, 'people'), value(1, 'share'), value(2, 'share')]).toEqual([1234.5, 1e-9, 1e21])
    expect(value(1, 'comment')).toEqual({ kind: 'missing', reason: 'not-answered' })
  })

  test('what is hidden, merged, computed or cannot be told is an issue with its cell', () => {
    expect(codes(bytes)).toEqual([
      'ambiguous-date F4',
      'impossible-date B4',
      'not-applicable D5',
      'hidden-cells',
      'merged-cells E5',
      'formula',
    ])
    expect(read(bytes).issues.find(({ code }) => code === 'hidden-cells')?.message).toContain('rows 6 and columns G')
  })

  test('a sheet can be named; one that is hidden is told of, one that is not there is refused', () => {
    expect(codes(bytes, { sheet: 'Old' })).toEqual(['hidden-sheet'])
    expect(read(bytes, { sheet: 'New' }).issues).toMatchObject([{ code: 'unknown-sheet', hint: 'Sheets: "Old", "Round 1 & <2>".' }])
  })
})

describe.each([
  ['exceljs 4.4.0, days from 1904', 'workbook-exceljs-1904.xlsx', 2],
  ['LibreOffice 7.4.7', 'workbook-libreoffice.xlsx', 5],
])('a workbook by %s (test/reference/make-exceljs-workbook.mjs)', (_, file, formulas) => {
  const bytes = readFileSync(path.join(import.meta.dirname, 'fixtures', file))
  const percent = defineQuestionnaire({
    ...questionnaire,
    questions: [
      { id: 'hasTeam', kind: 'yes-no', wording: 'A team?' },
      { id: 'people', kind: 'number', wording: 'How many people?' },
      { id: 'comment', kind: 'free-text', wording: 'Any comment?' },
      { id: 'since', kind: 'date', wording: 'Since when?' },
      { id: 'share', kind: 'number', wording: 'What share?', unit: 'percent' },
    ],
  })

  test('days, rich texts, percentages, long numbers and the last values of formulas are what the cells show', () => {
    const { records, summary } = readResponsesXlsx(bytes, percent)
    expect(summary).toMatchObject({ sheet: 'Answers', rows: 4, records: 4, complete: true })
    expect(records.map(({ answeredOn }) => answeredOn)).toEqual(['2020-07-14', '2020-07-15', undefined, undefined])
    const values = records.map(({ answers }) =>
      Object.values(answers).map((answer) => (answer.kind === 'answered' ? answer.value : answer.reason)),
    )
    expect(values).toEqual([
      ['yes', 1234.5, 'Rich text & <b>', '1904-02-29', 45.5],
      ['yes', 2469, 'link', 'not-answered', 'unreadable'],
      ['unreadable', 1.5e21, 'plain', '2020-02-01', 1e-9],
      ['no', 7, 'not-answered', '2020-02-29', 'not-answered'],
    ])
  })

  test('errors, formulas, and what is hidden or merged are issues', () => {
    const { issues } = readResponsesXlsx(bytes, percent)
    expect(issues.map(({ code, cell, column }) => `${code} ${cell ?? '-'} ${column ?? '-'}`)).toEqual([
      'error-value G3 What share?',
      'error-value C4 A team?',
      'hidden-cells - -',
      'merged-cells E4 -',
      'formula - -',
    ])
    expect(issues.at(-1)?.message).toContain(`${formulas} cells are formulas`)
  })

  test('a percentage is no answer to a question that does not count in percent', () => {
    expect(read(bytes).issues.find(({ cell }) => cell === 'G2')).toMatchObject({ code: 'unreadable-answer', value: '45.5%' })
  })

  test('where the sheet that is read has no records, the others are named', () => {
    expect(codes(bytes, { sheet: 'Empty' })).toEqual(['empty-file', 'other-sheets'])
    expect(read(bytes, { sheet: 'Empty' }).issues[1]?.hint).toContain('"Answers"')
  })
})

describe('cells', () => {
  // Days that Excel shows for these numbers: https://learn.microsoft.com/office/dev/add-ins/excel/excel-add-ins-ranges-set-format
  test.each([
    [1, false, '1900-01-01'],
    [59, false, '1900-02-28'],
    [60, false, undefined],
    [61, false, '1900-03-01'],
    [43_862, false, '2020-02-01'],
    [42_400, true, '2020-02-01'],
    [43_862.5, false, '2020-02-01T12:00:00'],
    [-1, false, undefined],
    [9e9, false, undefined],
  ])('serial %d is %s', (serial, from1904, date) => {
    expect(dateOfSerial(serial, from1904)).toBe(date)
  })

  test.each([
    ['General', 'number'],
    ['0.00', 'number'],
    ['"day" 0', 'number'],
    ['[Red]0.0', 'number'],
    ['dd/mm/yyyy', 'date'],
    ['[$-809]d mmmm yyyy;@', 'date'],
    ['mmm-yy', 'date'],
    ['hh:mm', 'time'],
    ['[h]:mm', 'time'],
    ['0.0%', 'percentage'],
    ['0.00E+00', 'number'],
    ['"100%" 0', 'number'],
    ['\\d0', 'number'],
  ])('the format %s shows a %s', (code, kind) => {
    expect(formatKind(code)).toBe(kind)
  })

  test('an error value is no answer', () => {
    const bytes = workbook(`${headers}<x:row r="2">${cell('A2', 'R0A')}<x:c r="B2" t="e"><x:v>#REF!</x:v></x:c></x:row>`)
    expect(codes(bytes)).toContain('error-value B2')
    expect(read(bytes).records[0]?.answers.hasTeam).toEqual({ kind: 'missing', reason: 'unreadable', text: '#REF!' })
  })

  test('rows and cells without references follow each other', () => {
    const plain = (text: string): string => `<c t="inlineStr"><is><t>${text}</t></is></c>`
    const bytes = workbook(`<row>${plain('organisation')}${plain('hasTeam')}</row><row>${plain('R0A')}${plain('yes')}</row>`)
    expect(read(bytes).records[0]?.answers.hasTeam).toEqual({ kind: 'answered', value: 'yes' })
  })
})

describe('sheets', () => {
  const relationship = 'http://purl.oclc.org/ooxml/officeDocument/relationships'
  test('one that is a chart is passed over; strict Office Open XML is read like the other kind', () => {
    const bytes = workbook(`${headers}<x:row r="2">${cell('A2', 'R0A')}${cell('B2', 'yes')}</x:row>`, {
      'xl/workbook.xml': '<workbook xmlns:r="x"><sheets><sheet name="Chart" r:id="c"/><sheet name="S" r:id="s1"/></sheets></workbook>',
      'xl/_rels/workbook.xml.rels': `<Relationships><Relationship Id="c" Type="${relationship}/chartsheet" Target="chartsheets/c.xml"/><Relationship Id="s1" Type="${relationship}/worksheet" Target="worksheets/s.xml"/></Relationships>`,
      'xl/chartsheets/c.xml': '<chartsheet/>',
    })
    expect(read(bytes)).toMatchObject({ records: [{ organisation: 'R0A' }], summary: { sheet: 'S', complete: true } })
  })

  test('headers may stand below a title, and blank cells at the end of a row are no fault', () => {
    const rows = `<x:row r="1">${cell('A1', 'A title')}</x:row><x:row r="3">${cell('A3', 'organisation')}${cell('B3', 'hasTeam')}${cell('C3', 'comment')}</x:row><x:row r="4">${cell('A4', 'R0A')}</x:row>`
    expect(codes(workbook(rows))).toEqual(['rows-above-headers'])
  })

  test('a declared decimal comma does not change numbers, and is followed in texts', () => {
    const bytes = workbook(
      `<x:row r="1">${cell('A1', 'organisation')}${cell('B1', 'people')}</x:row><x:row r="2">${cell('A2', 'A')}<x:c r="B2"><x:v>1.5</x:v></x:c></x:row><x:row r="3">${cell('A3', 'B')}${cell('B3', '1.234,5')}</x:row>`,
    )
    expect(read(bytes, { decimalMark: ',' }).records.map(({ answers }) => answers.people)).toEqual([
      { kind: 'answered', value: 1.5 },
      { kind: 'answered', value: 1234.5 },
    ])
  })
})

describe('hostile workbooks', () => {
  test('a few kilobytes of cells far to the right end in an issue, in bounded memory', { timeout: 60_000 }, () => {
    const before = process.memoryUsage().rss
    const rows = `<x:row>${cell('A1', 'organisation')}</x:row>${'<x:row><x:c r="XFD1"><x:v>1</x:v></x:c></x:row>'.repeat(20_000)}`
    const bytes = workbook(rows)
    expect(bytes.length).toBeLessThan(10_000)
    const { issues, summary } = read(bytes)
    expect(issues.find(({ code }) => code === 'not-xlsx')?.message).toBe('the sheet has its cells too far apart')
    expect(summary).toMatchObject({ complete: false, rows: summary.records + summary.rejected })
    expect(process.memoryUsage().rss - before).toBeLessThan(150 * 1024 * 1024)
  })

  test('an archive whose parts lie over each other is unpacked within the bound', () => {
    const bytes = zipSync({ 'xl/workbook.xml': new Uint8Array(3_000_000), 'xl/_rels/workbook.xml.rels': new Uint8Array(10) })
    const view = new DataView(bytes.buffer, bytes.byteOffset)
    const entries: number[] = []
    for (let at = 0; at < bytes.length - 4; at += 1) if (view.getUint32(at, true) === 0x02014b50) entries.push(at)
    const [first = 0, second = 0] = entries
    for (const field of [20, 24, 42]) view.setUint32(second + field, view.getUint32(first + field, true), true)
    expect(read(bytes, { maxUnpackedSize: 4_000_000 }).issues).toMatchObject([{ severity: 'error', code: 'not-xlsx' }])
  })

  test('a small file that unpacks to a thousand times its size is refused, and takes little memory', () => {
    const zeros = new Uint8Array(24 * 1024 * 1024)
    const bomb = zipSync({ 'xl/workbook.xml': zeros, 'xl/a.xml': zeros }, { level: 6 })
    expect(bomb.length).toBeLessThan(200_000)
    const before = process.memoryUsage().rss
    const { issues, records } = read(bomb, { maxUnpackedSize: 8 * 1024 * 1024 })
    expect(issues).toMatchObject([{ code: 'not-xlsx', message: 'the workbook unpacks to more than 8388608 bytes' }])
    expect(records).toEqual([])
    expect(process.memoryUsage().rss - before).toBeLessThan(100 * 1024 * 1024)
  })

  test('what a part says of its own size is not believed', () => {
    const bomb = zipSync({ 'xl/workbook.xml': new Uint8Array(4 * 1024 * 1024) }, { level: 6 })
    const view = new DataView(bomb.buffer, bomb.byteOffset)
    for (let at = 0; at < bomb.length - 4; at += 1) if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 24, 10, true)
    expect(read(bomb, { maxUnpackedSize: 1024 * 1024 }).issues).toMatchObject([{ code: 'not-xlsx' }])
  })

  test.each([
    ['an external entity', '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><worksheet><sheetData/></worksheet>'],
    ['entities that grow', '<!DOCTYPE x [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><worksheet><sheetData/></worksheet>'],
    ['an entity that XML does not know', '<worksheet><sheetData><row r="1"><c><v>&e;</v></c></row></sheetData></worksheet>'],
    ['tags that cross', '<worksheet><sheetData></worksheet></sheetData>'],
    ['no end', '<worksheet><sheetData><row r="1"><c><v>1'],
    ['deep nesting', '<a>'.repeat(100_000)],
    ['a far column', '<worksheet><sheetData><row r="1"><c r="ZZZZZZZZZ1"><v>1</v></c></row></sheetData></worksheet>'],
    ['a text that is not there', '<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>7</v></c></row></sheetData></worksheet>'],
  ])('%s is an issue', (_, xml) => {
    const { issues, records } = read(workbook('', { 'xl/worksheets/s.xml': xml }))
    expect(issues).toHaveLength(1)
    expect(issues[0]?.severity).toBe('error')
    expect(records).toEqual([])
  })

  test('a part outside the archive is not looked at', () => {
    const external =
      '<Relationships><Relationship Id="s1" Type="x/worksheet" Target="https://example.org/s.xml" TargetMode="External"/></Relationships>'
    expect(codes(workbook(headers, { 'xl/_rels/workbook.xml.rels': external }))).toEqual(['not-xlsx'])
  })

  test.each([
    ['of the older form', Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0)],
    ['empty', new Uint8Array(0)],
    ['an archive of something else', zipSync({ mimetype: strToU8('application/vnd.oasis.opendocument.spreadsheet') })],
  ])('a file %s is no workbook', (_, bytes) => {
    expect(codes(bytes)).toEqual(['not-xlsx'])
  })

  const good = workbook(`${headers}<x:row r="2">${cell('A2', 'R0A')}${cell('B2', 'yes')}</x:row>`)
  test.prop([
    fc.array(fc.tuple(fc.nat({ max: good.length - 1 }), fc.nat({ max: 255 })), { minLength: 1, maxLength: 8 }),
    fc.nat({ max: good.length }),
  ])('a damaged workbook ends in records or issues', (changes, length) => {
    const bytes = good.slice(0, length === 0 ? good.length : length)
    for (const [at, byte] of changes) bytes[at] = byte
    const { records, issues } = read(bytes)
    expect(records.length + issues.length).toBeGreaterThan(0)
  })
})
