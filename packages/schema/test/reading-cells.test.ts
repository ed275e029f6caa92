import { describe, expect, test } from 'vitest'
import { defineQuestionnaire, readResponsesCsv } from '../src/index.ts'

const questionnaire = defineQuestionnaire({
  id: 'cells',
  title: 'Cells',
  spellings: { 'not-answered': ['tbc'] },
  questions: [
    { id: 'team', kind: 'yes-no', wording: 'A team?' },
    { id: 'one', kind: 'single-choice', options: ["don't know", '16-24', 'Other'], wording: 'Which one?' },
    { id: 'many', kind: 'multiple-choice', options: ['a', 'b', 'c'], wording: 'Which of these?' },
    { id: 'commas', kind: 'multiple-choice', options: ['a, b', 'c'], wording: 'Which of those?' },
    { id: 'words', kind: 'free-text', wording: 'Any words?' },
    { id: 'people', kind: 'number', wording: 'How many?' },
    { id: 'share', kind: 'number', unit: '%', maximum: 100, wording: 'Which share?' },
    { id: 'since', kind: 'date', wording: 'Since when?' },
  ],
})
type Id = (typeof questionnaire)['questions'][number]['id']

/** What comes of one cell: the value or the reason, and the issue of that cell. */
function readCell(id: Id, cell: string, options = {}): { answer: unknown; code: string | undefined; hint: string | null | undefined } {
  const { records, issues } = readResponsesCsv(`organisation,${id}\nA,"${cell.replaceAll('"', '""')}"\n`, questionnaire, options)
  const answer = records[0]?.answers[id]
  const issue = issues.find((item) => item.cell === 'B2')
  if (issue) expect(issue).toMatchObject({ row: 2, column: id })
  return {
    answer: answer?.kind === 'answered' ? answer.value : (answer?.section ?? answer?.reason),
    code: issue?.code,
    hint: issue?.hint,
  }
}

describe('yes and no, lenient on spelling and strict on meaning', () => {
  test.each(['Yes.', ' YES ', 'ＹＥＳ', '“Yes”', '"yes"', 'yes\u200b', '\u00a0y\u00a0', 'TRUE', '✓'])('%s is yes', (cell) => {
    expect(readCell('team', cell)).toEqual({ answer: 'yes', code: undefined, hint: undefined })
  })
  test.each([
    'Yes, partially',
    'Y - see below',
    'yes/no',
    'Yes (some)',
    'YES!',
    'no…',
    'not yet',
    'nope',
    'None',
    'nil',
    '0',
    '1',
    'Ja',
    'yes no',
    'maybe',
  ])('%s is an issue, neither yes nor no', (cell) => {
    expect(readCell('team', cell)).toEqual({ answer: 'unreadable', code: 'unreadable-answer', hint: 'Answers: yes, no.' })
  })
})

describe('choices', () => {
  test.each([
    ['don’t know', "don't know"],
    ['16–24', '16-24'],
    ['16‑24', '16-24'],
    ['“OTHER”', 'Other'],
  ])('%s is %s', (cell, value) => {
    expect(readCell('one', cell).answer).toBe(value)
  })
  test('of several, commas separate where no option has one', () => {
    expect(readCell('many', 'A, c').answer).toEqual(['a', 'c'])
    expect(readCell('many', 'a;b;').answer).toEqual(['a', 'b'])
    expect(readCell('commas', 'a, b; c').answer).toEqual(['a, b', 'c'])
    expect(readCell('commas', 'a, b').answer).toEqual(['a, b'])
    expect(readCell('many', 'a and b').code).toBe('unreadable-answer')
  })
  test('the part that is no option is named', () => {
    const { issues } = readResponsesCsv('organisation,many\nA,a;x;b\n', questionnaire)
    expect(issues.find(({ cell }) => cell === 'B2')?.message).toBe('"x" is not an option of this question')
  })
})

describe('numbers', () => {
  test.each([
    ['1 234', 1234],
    ['1\u00a0234\u202f567', 1_234_567],
    ['１２', 12],
    ['−5', -5],
    ['+5', 5],
    ['1e21', 1e21],
    ['123456789012345680000', 123_456_789_012_345_680_000],
  ])('%s is %d', (cell, value) => {
    expect(readCell('people', cell).answer).toBe(value)
  })
  test.each([
    ['12,5', 'unreadable-answer', 'decimalMark'],
    ['45%', 'unreadable-answer', 'unit "%"'],
    ['12345678901234567890', 'out-of-range', 'free text'],
    ['~50', 'unreadable-answer', 'decimal point'],
    ['10-20', 'unreadable-answer', 'decimal point'],
    ['1,00,000', 'unreadable-answer', 'decimal point'],
  ])('%s is an issue with advice', (cell, code, advice) => {
    const read = readCell('people', cell)
    expect(read).toMatchObject({ answer: 'unreadable', code })
    expect(read.hint).toContain(advice)
  })
  test('a percent sign is taken where the question counts in percent', () => {
    expect(readCell('share', '45 %').answer).toBe(45)
    expect(readCell('share', '450%').code).toBe('out-of-range')
  })
  test('a comma is ambiguous between semicolons, unless the decimal mark is declared', () => {
    const people = (options: object): unknown =>
      readResponsesCsv('organisation;people\nA;1,234\n', questionnaire, options).records[0]?.answers.people
    const { issues } = readResponsesCsv('organisation;people\nA;1,234\n', questionnaire)
    expect(issues.find(({ cell }) => cell === 'B2')).toMatchObject({ code: 'ambiguous-number', message: '"1,234" is 1234 or 1.234' })
    expect(people({})).toEqual({ kind: 'missing', reason: 'unreadable', text: '1,234' })
    expect(people({ decimalMark: ',' })).toEqual({ kind: 'answered', value: 1.234 })
    expect(people({ decimalMark: '.' })).toEqual({ kind: 'answered', value: 1234 })
    expect(readCell('people', '1.234,5', { decimalMark: ',' }).answer).toBe(1234.5)
    expect(readCell('people', 'much', { decimalMark: ',' }).hint).toContain('decimal comma')
  })
})

describe('dates', () => {
  test.each([
    '1\u00a0Feb\u00a02020',
    '2020‑02‑01',
    '２０２０-０２-０１',
    '1st of February 2020',
    '2020-02-01T23:30:00+05:00',
    '2020-02-01 09:30',
    '2020/2/1',
    '1-Feb-2020',
  ])('%s is 1 February 2020', (cell) => {
    expect(readCell('since', cell).answer).toBe('2020-02-01')
  })
  test.each(['13/02/2020 10:00:00', '13/02/2020, 9:05 am'])('%s has a time of day', (cell) => {
    expect(readCell('since', cell).answer).toBe('2020-02-13')
  })
  test.each([
    ['1/2-2020', 'unreadable-answer', 'YYYY-MM-DD'],
    ['01.02.2020', 'ambiguous-date', 'dateOrder'],
    ['1-Feb-20', 'unreadable-answer', 'four digits'],
    ['01/02/20', 'unreadable-answer', 'four digits'],
    ['30/02/2020 10:00', 'impossible-date', 'YYYY-MM-DD'],
    ['Feb 2020', 'unreadable-answer', 'YYYY-MM-DD'],
  ])('%s is an issue with advice', (cell, code, advice) => {
    const read = readCell('since', cell)
    expect(read).toMatchObject({ answer: 'unreadable', code })
    expect(read.hint).toContain(advice)
  })
})

describe('exemptions, as they are written in replies', () => {
  test.each([
    ['Section 43 - commercial interests', '43'],
    ['Section 40 (personal data)', '40'],
    ['Exempt - s.43(2)', '43'],
    ['This information is exempt under section 31(1)(a) of the Freedom of Information Act 2000', '31'],
    ['Withheld under S12 (cost limit)', '12'],
    ['Section 14 vexatious', '14'],
    ['s.21 applies', '21'],
  ])('%s is section %s', (cell, section) => {
    expect(readCell('team', cell)).toMatchObject({ answer: section, code: undefined })
    expect(readCell('words', cell)).toMatchObject({ answer: section, code: undefined })
  })
  test('several sections leave the section open and keep the words', () => {
    const { records } = readResponsesCsv('organisation,team\nA,"Exempt under sections 31 and 43(2)"\n', questionnaire)
    expect(records[0]?.answers.team).toEqual({ kind: 'missing', reason: 'exempt', text: 'Exempt under sections 31 and 43(2)' })
  })
  test.each(['Section 43 of our policy says always', 'Sections 31 and 99', 's.99', 'Exempt vehicles'])('%s is none', (cell) => {
    expect(readCell('team', cell).answer).toBe('unreadable')
  })
})

describe('errors of a spreadsheet', () => {
  test.each(['#REF!', '#N/A', '#DIV/0!', '#NAME?', '########'])('%s is no answer, not even to a free text', (cell) => {
    expect(readCell('words', cell)).toMatchObject({ answer: 'unreadable', code: 'error-value' })
    const { records, issues } = readResponsesCsv(`organisation,name,words\nA,${cell},x\n`, questionnaire)
    expect(records[0]?.name).toBeUndefined()
    expect(issues.find((issue) => issue.cell === 'B2')?.code).toBe('error-value')
  })
  test('a hash within words is none', () => {
    expect(readCell('words', '#ref').answer).toBe('#ref')
    expect(readCell('words', 'C#').answer).toBe('C#')
  })
})

test('spellings that a questionnaire adds count, also in free texts', () => {
  expect(readCell('words', 'TBC.').answer).toBe('not-answered')
})
