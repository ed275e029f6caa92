import { describe, expect, test } from 'vitest'
import { baseOf, defineQuestionnaire, type FoiResponse, type Issue, readResponsesCsv } from '../src/index.ts'
import { readCsvRows } from '../src/read/index.ts'

const questionnaire = defineQuestionnaire({
  id: 'layout',
  title: 'Layout',
  respondents: { identifiedBy: 'text', aliases: ['Trust'] },
  questions: [
    { id: 'team', kind: 'yes-no', wording: 'A team?' },
    { id: 'often', kind: 'frequency', levels: ['always', 'never'], wording: 'How often?', askedIf: { question: 'team', is: 'yes' } },
  ],
})
const read = (csv: string, options = {}) => readResponsesCsv(csv, questionnaire, options)
const brief = ({ code, cell, row }: Issue): string => `${code} ${cell ?? row ?? '-'}`
const briefs = (csv: string, options = {}): string[] => read(csv, options).issues.map(brief)

describe('headers', () => {
  test('below a title and blank rows are found, and what stands above is told of', () => {
    const csv = 'FOI responses 2020,,\nas of 1 July,,\n\norganisation,team,often\nA,yes,always\nB,maybe,\n'
    const { records, issues, summary } = read(csv)
    expect(records).toHaveLength(2)
    expect(issues.map(brief)).toEqual(['rows-above-headers 1', 'unreadable-answer B6'])
    expect(issues[0]).toMatchObject({ value: 'FOI responses 2020', message: 'the headers stand in row 4; 2 rows above them were left out' })
    expect(summary).toMatchObject({ rows: 2, records: 2, complete: true })
  })

  test('below a title are found under another delimiter too', () => {
    expect(read('A title, with a comma\norganisation;team;often\nA;yes;always\n')).toMatchObject({
      records: [{}],
      summary: { delimiter: ';' },
    })
  })

  test('a word in the answers is not taken for headers, nor are headers looked for without end', () => {
    expect(briefs('x,y\norganisation,z\nA,yes\n')).toContain('no-organisation-column -')
    const deep = `${'title\n'.repeat(20)}organisation,team,often\nA,yes,always\n`
    expect(read(deep).records).toEqual([])
    expect(read(deep.slice(6)).records).toHaveLength(1)
  })

  test('one that is blank above values is an error, told of once', () => {
    const { issues, records } = read('organisation,team,,often,\nA,yes,lost,always,\nB,yes,lost too,never,\n')
    expect(issues).toMatchObject([{ severity: 'error', code: 'unknown-column', cell: 'C2', value: 'lost' }])
    expect(records).toHaveLength(2)
  })

  test('two of one question: the first counts, the other is named with it', () => {
    const { issues, records } = read('organisation,team,A team?,often\nA,yes,no,always\n')
    expect(issues).toMatchObject([{ code: 'duplicate-column', cell: 'C1', column: 'A team?' }])
    expect(issues[0]?.message).toContain('as column B, "team", does already')
    expect(records[0]?.answers.team).toEqual({ kind: 'answered', value: 'yes' })
  })

  test('a header of this file can be said to mean something', () => {
    const options = { headers: { 'Q1 (amended)': 'team' } }
    expect(read('Trust;Q1 (amended);often\nA;no;\n', options)).toMatchObject({ issues: [], records: [{ organisation: 'A' }] })
  })
})

describe('dialects', () => {
  test.each([
    ['sep=;\r\norganisation;team;often\r\nA;yes;sometimes\r\n', ';'],
    ['sep=\t\norganisation\tteam\toften\nA\tyes\tsometimes\n', '\t'],
    ['\ufeffSEP=|\norganisation|team|often\nA|yes|sometimes\n', '|'],
  ])('a first line that declares the sign between cells has no row number: %j', (csv, delimiter) => {
    const { issues, summary } = read(csv)
    expect(issues.map(brief)).toEqual(['unreadable-answer C2'])
    expect(summary.delimiter).toBe(delimiter)
  })

  test('line breaks of every kind in one file', () => {
    expect(read('organisation,team,often\r\nA,no,\rB,no,\nC,no,\r\n')).toMatchObject({ issues: [], summary: { records: 3 } })
  })

  test('rows of any table: the sign is told by a parser, not by counting signs within quotes', () => {
    expect(readCsvRows('\n\n"a,b,c,d";e\n1;2\n').rows).toEqual([
      { cells: ['a,b,c,d', 'e'], row: 3 },
      { cells: ['1', '2'], row: 4 },
    ])
    expect(readCsvRows('sep=;\na,b;c\n').rows).toEqual([{ cells: ['a,b', 'c'], row: 1 }])
  })
})

describe('rows', () => {
  test('of totals are no organisations', () => {
    const csv = 'organisation,team,often\nA,yes,always\n\nTotal,1,1\nGRAND TOTAL:,1,\n'
    expect(briefs(csv)).toEqual(['totals-row A4', 'totals-row A5'])
    expect(read(csv).summary).toMatchObject({ rows: 3, records: 1, rejected: 2 })
    expect(read("organisation,team,often\n'Total,no,\n").records[0]?.organisation).toBe('Total')
    expect(read('organisation,team,often\nTotalEnergies,no,\n').records).toHaveLength(1)
  })

  test('of different lengths', () => {
    expect(briefs('organisation,team,often\nA,no\nB,yes,never,,more\n')).toEqual(['short-row 2', 'extra-cells E3'])
  })

  test('that a quote has swallowed make an error with the cell that holds them', () => {
    const csv = 'organisation,team,often,\nA,yes,"always\nB,no,\nC,yes,"never"\nD,no,,\n'
    const { issues, records } = read(csv)
    const stray = issues.find(({ code }) => code === 'stray-quote')
    expect(stray).toMatchObject({ severity: 'error', row: 2, column: 'often', cell: 'C2' })
    expect(stray?.value).toContain('B,no')
    expect(records.map(({ organisation }) => organisation)).toEqual(['A', 'D'])
    expect(read('organisation,team,often\nA,yes,al"ways\n').issues[0]).toMatchObject({ severity: 'warning', cell: 'C2', value: 'al"ways' })
  })

  test('after a quote that never closes are counted', () => {
    const { issues, summary } = read('organisation,team,often\nA,yes,never\nB,yes,"oops\nC,no,\nD,no,\n')
    expect(issues[0]).toMatchObject({ severity: 'error', code: 'unterminated-quote', row: 3, column: 'often', cell: 'C3' })
    expect(issues[0]?.message).toContain('nor were the 2 lines that follow')
    expect(summary).toMatchObject({ records: 1, complete: false })
  })
})

describe('nothing is dropped without a word', () => {
  test.each(['refused', 's.43', 'not held', '[refused] we will not say', 'never', 'perhaps'])(
    'where skip logic leaves a question out, "%s" is kept and told of',
    (cell) => {
      const { records, issues } = read(`organisation,team,often\nA,no,${cell}\n`)
      expect(records[0]?.answers.often).toEqual({ kind: 'missing', reason: 'not-asked', text: cell })
      expect(issues.map(({ cell }) => cell)).toContain('C2')
    },
  )
  test.each(['', 'n/a', '-', 'not answered'])('and "%s" says nothing that could be lost', (cell) => {
    const { records, issues } = read(`organisation,team,often\nA,no,${cell}\n`)
    expect(records[0]?.answers.often).toEqual({ kind: 'missing', reason: 'not-asked' })
    expect(issues).toEqual([])
  })

  test('a status under which answers do not count is an error', () => {
    const csv = 'organisation,status,team,often\nA,no reply,yes,never\nB,refused,no,\nC,answered,no,\nD,no reply,,\n'
    const { issues, records } = read(csv)
    expect(issues.map(brief)).toEqual(['status-against-answers B2', 'status-against-answers B3'])
    expect(issues[0]?.message).toContain('2 questions are answered (team, often)')
    expect(baseOf(records as readonly FoiResponse[], 'team')).toMatchObject({ approached: 4, responded: 1, answered: 1 })
  })
})

test('every issue says what to do', () => {
  const csv = [
    'organisation,team,often,other,,team',
    'A,yes,x,1,lost,no',
    'A,yes',
    ',no,,,,,,,extra',
    'Total,1',
    'B,no,always',
    'C,[unreadable] z,n/a',
    'D,yes,n/a',
    'E,refused,always',
    'F,#REF!,al"ways',
    'G,yes,[not asked] x',
    'H,y\u0000es,"never',
  ].join('\n')
  const { issues } = read(csv)
  expect(issues.length).toBeGreaterThan(15)
  expect(issues.filter(({ hint }) => hint === null)).toEqual([])
  for (const { message, row, cell, column } of issues) {
    expect(message).toMatch(/^\S.*[^.]$/s)
    if (cell !== null)
      expect({ row: Number(/\d+$/.exec(cell)?.[0]), named: column !== null || /[EFI]\d/.test(cell) }).toEqual({ row, named: true })
  }
})
