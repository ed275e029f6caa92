import { describe, expect, test } from 'vitest'
import { baseOf, type FoiResponse, readResponsesCsv, responseSchema, studyQuestionnaire } from '../src/index.ts'

const read = (csv: string | Uint8Array, options = {}) => readResponsesCsv(csv, studyQuestionnaire, options)
const codes = (csv: string | Uint8Array, options = {}): string[] =>
  read(csv, options).issues.flatMap(({ code }) => (code === 'missing-column' ? [] : [code]))

/** A round whose margins are those that the study prints, with its 35 organisations that did not reply. */
function roundOfTheStudy(): string {
  const lines = [
    'organisation,status,hasTeam,frontFacing,clinicalStaff,developsForOthers,innovationGrant,disclosedTechnologies,technologies,openSource',
  ]
  for (let i = 0; i < 226; i += 1) {
    const id = `R${i.toString(36).toUpperCase().padStart(2, '0')}`
    const yesNo = (yes: number): string => (i < yes ? 'Yes' : 'No')
    if (i >= 191) lines.push(`${id},no reply,,,,,,,,`)
    else if (i >= 161) lines.push(`${id},answered,no,,,,,,,`)
    else {
      const openSource = i < 25 ? 'Always' : i < 34 ? 'sometimes' : ''
      const answers = [yesNo(112), yesNo(150), yesNo(55), yesNo(35), yesNo(138), i < 138 ? 'C#; Python' : '', openSource]
      lines.push(`${id},answered,Y,${answers.join(',')}`)
    }
  }
  return lines.join('\r\n')
}

describe('reference values', () => {
  test('a round with the margins that the study prints has the bases that it prints', () => {
    const { records, issues, summary } = read(roundOfTheStudy())
    expect(issues).toEqual([])
    expect(summary).toMatchObject({ rows: 226, records: 226, rejected: 0, complete: true, delimiter: ',' })
    const base = (id: string): number[] => {
      const of = baseOf(records, id)
      return [of.approached, of.responded, of.base, of.answered]
    }
    expect(base('hasTeam')).toEqual([226, 191, 191, 191])
    expect(base('frontFacing')).toEqual([226, 191, 161, 161])
    expect(base('technologies')).toEqual([226, 191, 138, 138])
    expect(base('openSource')).toEqual([226, 191, 161, 34])
  })

  test('every record passes the schema of its questionnaire', () => {
    const schema = responseSchema(studyQuestionnaire)
    const faults = read(roundOfTheStudy()).records.map((record) => schema.safeParse(record).error?.issues ?? [])
    expect(faults.flat()).toEqual([])
  })
})

describe('issues', () => {
  test('names the cell of an answer that cannot be read, and keeps its words', () => {
    const { records, issues } = read('organisation,name,hasTeam\nR0A,Trust,perhaps\n')
    expect(issues.find(({ code }) => code === 'unreadable-answer')).toMatchObject({
      severity: 'error',
      row: 2,
      column: 'hasTeam',
      cell: 'C2',
      value: 'perhaps',
    })
    expect(records[0]?.answers.hasTeam).toEqual({ kind: 'missing', reason: 'unreadable', text: 'perhaps' })
  })

  test('an answer to a question that was not put is an error and not an answer', () => {
    const { records } = read('organisation,hasTeam,clinicalStaff\nR0A,no,yes\n')
    expect(codes('organisation,hasTeam,clinicalStaff\nR0A,no,yes\n')).toEqual(['answered-though-not-asked'])
    expect(records[0]?.answers.clinicalStaff).toEqual({ kind: 'missing', reason: 'not-asked', text: 'yes' })
    expect(baseOf(records as readonly FoiResponse[], 'clinicalStaff').base).toBe(0)
  })

  test('rows keep the numbers of the spreadsheet through blank rows and quoted line breaks', () => {
    const { issues } = read('organisation,name,hasTeam\n\nR0A,"two\nlines",yes\n\nR0B,,maybe\n')
    expect(issues.find(({ code }) => code === 'unreadable-answer')?.cell).toBe('C5')
  })
})

describe('refusals', () => {
  test('a second row of an organisation is left out with an error that names the first', () => {
    const { records, issues, summary } = read('organisation,hasTeam\nR0A,yes\nr0a ,no\n')
    expect(records).toHaveLength(1)
    expect(summary).toMatchObject({ rows: 2, records: 1, rejected: 1 })
    expect(issues.find(({ code }) => code === 'duplicate-organisation')?.message).toContain('row 2')
  })
})
