import { odsCodeSchema } from '../organisations/ods-code.ts'
import { type AskedIf, isAsked } from '../questionnaire/asked-if.ts'
import { headerKey, type Questionnaire } from '../questionnaire/questionnaire.ts'
import { type Answer } from '../responses/answer.ts'
import { type FoiResponse, type ResponseStatus } from '../responses/foi-response.ts'
import { longestText } from '../responses/text-value.ts'
import { type AnswerReader, type CellFault, cleaned, createAnswerReader, dateFault } from './answer-reader.ts'
import { spellingKey } from './answer-spellings.ts'
import { unescapeCell } from './cell-escape.ts'
import { clipped, columnLetters } from './issue.ts'
import { type IssueLog } from './issue-log.ts'
import { parseDate } from './parse-date.ts'
import { type ReadColumn, type ReadOptions } from './read-options.ts'

/** Turns the rows of a table into records, one by one. */
export interface ResponseTableReader {
  /** Takes the headers; `false` where no record can be read under them. */
  readonly headers: (cells: readonly string[], row: number) => boolean
  /** Takes a row; the record, or `undefined` where the row is blank or was rejected. */
  readonly row: (cells: readonly string[], row: number) => FoiResponse | undefined
  /** The columns, once the headers are known. */
  readonly columns: () => readonly ReadColumn[]
  /** Numbers of rows. */
  readonly counts: () => { readonly rows: number; readonly records: number; readonly rejected: number; readonly blankRows: number }
}

const notAsked: Answer = Object.freeze({ kind: 'missing', reason: 'not-asked' })
const notAnswered: Answer = Object.freeze({ kind: 'missing', reason: 'not-answered' })

const statusSpellings: Readonly<Record<ResponseStatus, readonly string[]>> = {
  answered: ['answered', 'answered in full', 'answer', 'complete', 'completed', 'responded', 'response received', 'full', 'in full', 'yes'],
  'answered-in-part': ['answered in part', 'answered-in-part', 'partial', 'partly answered', 'part', 'in part', 'incomplete'],
  refused: ['refused', 'declined', 'rejected', 'withheld'],
  'no-reply': ['no reply', 'no-reply', 'no response', 'not answered', 'none', 'did not reply', 'did not respond', 'no', 'outstanding'],
}
const statusBySpelling = new Map<string, ResponseStatus>(
  Object.entries(statusSpellings).flatMap(([status, spellings]) =>
    spellings.map((spelling) => [spelling, status as ResponseStatus] as const),
  ),
)

interface QuestionColumn {
  readonly id: string
  readonly index: number
  readonly askedIf: AskedIf | undefined
  /** Number of the condition; questions with equal conditions share it. */
  readonly condition: number
  readonly read: AnswerReader
}

/** A reader of tables with one row an organisation and one column a question. */
export function createResponseTableReader(questionnaire: Questionnaire, options: ReadOptions, log: IssueLog): ResponseTableReader {
  const { dateOrder = 'unknown', duplicates = 'reject', headers: headersOfFile = {} } = options
  const isOdsCode = questionnaire.respondents?.identifiedBy === 'ods-code'
  const fieldOf = headerTable(questionnaire, headersOfFile)
  const columns: ReadColumn[] = []
  const questionColumns: QuestionColumn[] = []
  const groupColumns: { readonly id: string; readonly index: number; readonly values: ReadonlyMap<string, string> | undefined }[] = []
  const positions = new Map<string, number>()
  const firstRows = new Map<string, number>()
  const conditions = new Map<string, number>()
  const unanswered: Record<string, Answer> = {}
  let asked: (ReturnType<typeof isAsked> | undefined)[] = []
  let width = 0
  let rows = 0
  let records = 0
  let rejected = 0
  let blankRows = 0

  const complain = (problem: CellFault, row: number, index: number, value: string): void =>
    log.add({
      ...problem,
      row,
      column: columns[index]?.header ?? null,
      cell: `${columnLetters(index)}${row}`,
      value: clipped(value),
    })

  const numberOf = (condition: AskedIf | undefined): number => {
    const key = JSON.stringify(condition ?? null)
    const number = conditions.get(key) ?? conditions.size
    conditions.set(key, number)
    asked = Array<undefined>(conditions.size).fill(undefined)
    return number
  }

  const headers = (cells: readonly string[], row: number): boolean => {
    width = cells.length
    for (const [index, cell] of cells.entries()) {
      const header = cell.trim()
      const letters = columnLetters(index)
      const field = fieldOf.get(headerKey(header)) ?? null
      const place = { row, column: header, cell: `${letters}${row}`, value: clipped(cell) }
      if (field !== null && positions.has(field)) {
        columns.push({ letters, header, field: null })
        const first = columnLetters(positions.get(field) ?? 0)
        log.add({
          ...place,
          severity: 'error',
          code: 'duplicate-column',
          message: `column ${letters} holds "${field}", as column ${first} does already; column ${letters} was left out`,
          hint: 'Delete or rename one of the two.',
        })
        continue
      }
      columns.push({ letters, header, field })
      if (field !== null) positions.set(field, index)
      else if (header !== '') {
        log.add({
          ...place,
          severity: 'warning',
          code: 'unknown-column',
          message: `the header "${clipped(header)}" is no question, group or field of the questionnaire; column ${letters} was left out`,
          hint: 'Rename it, or add the header to the aliases of its question.',
        })
      }
    }

    for (const question of questionnaire.questions) {
      const index = positions.get(question.id)
      if (index === undefined) {
        log.addOfFile(
          'error',
          'missing-column',
          `there is no column for the question "${question.id}", so nobody has answered it`,
          `Add a column with the header "${question.id}".`,
        )
      }
      unanswered[question.id] = notAnswered
      questionColumns.push({
        id: question.id,
        index: index ?? -1,
        askedIf: question.askedIf,
        condition: numberOf(question.askedIf),
        read: createAnswerReader(question, questionnaire, { dateOrder }),
      })
    }
    for (const { id, values } of questionnaire.groups ?? []) {
      const index = positions.get(id)
      if (index === undefined) continue
      groupColumns.push({ id, index, values: values && new Map(values.map((value) => [spellingKey(value), value])) })
    }
    if (positions.has('organisation')) return true
    log.addOfFile(
      'error',
      'no-organisation-column',
      'there is no column that says which organisation a row is of',
      'Give the column of identifiers the header "organisation".',
    )
    return false
  }

  /** A cell of a name or a group: escaped or trimmed, cleared of what no format can carry; `''` where it is blank. */
  const text = (cells: readonly string[], index: number, row: number): string => {
    const faults: CellFault[] = []
    const clean = cleaned(cells[index] ?? '', faults)
    for (const problem of faults) complain(problem, row, index, cells[index] ?? '')
    return (unescapeCell(clean) ?? clean).trim()
  }

  const organisationOf = (cells: readonly string[], row: number): string | undefined => {
    const index = positions.get('organisation') ?? 0
    const given = text(cells, index, row)
    if (given === '') {
      const message = 'the row does not say which organisation it is of'
      complain({ severity: 'error', code: 'missing-organisation', message, hint: 'Fill in its identifier.' }, row, index, '')
      return undefined
    }
    const organisation = isOdsCode ? given.toUpperCase() : given
    if (isOdsCode && !odsCodeSchema.safeParse(organisation).success) {
      const message = `"${clipped(given)}" is not an ODS code`
      complain(
        { severity: 'error', code: 'invalid-organisation', message, hint: 'An ODS code is 3 to 12 letters and digits.' },
        row,
        index,
        given,
      )
      return undefined
    }
    const first = firstRows.get(organisation)
    if (first === undefined) {
      firstRows.set(organisation, row)
      return organisation
    }
    const keeps = duplicates === 'keep'
    complain(
      {
        severity: keeps ? 'warning' : 'error',
        code: 'duplicate-organisation',
        message: `${clipped(organisation)} has a row already, row ${first}${keeps ? '' : '; this one was left out'}`,
        hint: 'Keep one row an organisation.',
      },
      row,
      index,
      given,
    )
    return keeps ? organisation : undefined
  }

  const answersOf = (cells: readonly string[], row: number): Record<string, Answer> => {
    // A copy of an object with all keys is much faster than one that grows key by key.
    const answers: Record<string, Answer> = { ...unanswered }
    asked.fill(undefined)
    for (const { id, index, askedIf, condition, read } of questionColumns) {
      // Many questions hang on one condition, which is weighed once a row.
      const put = (asked[condition] ??= isAsked(askedIf, answers))
      const cell = index === -1 ? '' : (cells[index] ?? '')
      const { answer, faults } = read(cell)
      for (const problem of faults) complain(problem, row, index, cell)
      if (answer === 'blank') {
        answers[id] = put === 'yes' ? notAnswered : notAsked
      } else if (answer === 'not-applicable') {
        answers[id] = put === 'yes' ? notAnswered : notAsked
        if (put === 'yes') {
          const message = 'the question applies, by the answers before it; this was taken for "not answered"'
          complain({ severity: 'warning', code: 'not-applicable', message, hint: null }, row, index, cell)
        }
      } else if (put === 'no') {
        answers[id] =
          answer.kind === 'missing' && answer.reason !== 'not-asked' && answer.reason !== 'unreadable'
            ? notAsked
            : { kind: 'missing', reason: 'not-asked', text: wordsOf(answer, cell) }
        if (answer.kind === 'answered' || answer.reason === 'unreadable' || answer.reason === 'not-asked') {
          complain(
            {
              severity: 'error',
              code: 'answered-though-not-asked',
              message: `"${id}" is not put, by the answers before it; the words were kept and not counted as an answer`,
              hint: 'Mend this cell or the answer on which the question hangs.',
            },
            row,
            index,
            cell,
          )
        }
      } else if (put === 'yes' && answer.kind === 'missing' && answer.reason === 'not-asked') {
        answers[id] = { ...answer, reason: 'unreadable' }
        const message = 'the cell says that the question was not asked; by the answers before it, it was'
        complain({ severity: 'error', code: 'unreadable-answer', message, hint: null }, row, index, cell)
      } else {
        answers[id] = answer
        if (put === 'unknown' && answer.kind === 'answered') {
          const message = `"${id}" is answered though an answer on which it hangs is missing`
          complain({ severity: 'warning', code: 'answered-though-gate-missing', message, hint: null }, row, index, cell)
        }
      }
    }
    return answers
  }

  const statusOf = (cells: readonly string[], row: number, answers: Readonly<Record<string, Answer>>): ResponseStatus => {
    const index = positions.get('status')
    if (index === undefined) return statusFrom(answers)
    const given = (cells[index] ?? '').trim()
    const status = statusBySpelling.get(spellingKey(given))
    if (status !== undefined) return status
    if (given !== '') {
      const message = `"${clipped(given)}" is not a status; it was worked out from the answers`
      const hint = `Statuses: ${Object.keys(statusSpellings).join(', ')}.`
      complain({ severity: 'warning', code: 'unreadable-status', message, hint }, row, index, given)
    }
    return statusFrom(answers)
  }

  const row = (cells: readonly string[], number: number): FoiResponse | undefined => {
    if (isBlank(cells)) {
      blankRows += 1
      return undefined
    }
    rows += 1
    if (cells.length !== width) checkWidth(cells, number)
    const organisation = organisationOf(cells, number)
    if (organisation === undefined) {
      rejected += 1
      return undefined
    }

    const answers = answersOf(cells, number)
    const groups: Record<string, string> = {}
    for (const { id, index, values } of groupColumns) {
      const given = text(cells, index, number)
      if (given === '') continue
      const value = values === undefined ? given : values.get(spellingKey(given))
      if (value !== undefined) groups[id] = value
      else {
        const message = `"${clipped(given)}" is not a value of the group "${id}"; it was left out`
        const hint = `Values: ${[...(values?.values() ?? [])].join(', ')}.`
        complain({ severity: 'error', code: 'unknown-group-value', message, hint }, number, index, given)
      }
    }
    const nameIndex = positions.get('name')
    const name = nameIndex === undefined ? '' : text(cells, nameIndex, number)
    const answeredOn = dateOf(cells, number)
    records += 1
    const status = statusOf(cells, number, answers)
    // Spread is slow, and most rows of a large table have neither.
    if (name === '' && answeredOn === undefined) return { organisation, status, groups, answers }
    return {
      organisation,
      ...(name === '' ? {} : { name }),
      status,
      ...(answeredOn === undefined ? {} : { answeredOn }),
      groups,
      answers,
    }
  }

  const dateOf = (cells: readonly string[], row: number): string | undefined => {
    const index = positions.get('answeredOn')
    if (index === undefined) return undefined
    const given = text(cells, index, row)
    if (given === '') return undefined
    const parsed = parseDate(given, dateOrder)
    if (parsed.kind === 'date') return parsed.date
    complain(dateFault(clipped(given), parsed), row, index, given)
    return undefined
  }

  const checkWidth = (cells: readonly string[], row: number): void => {
    const extra = cells.findIndex((cell, index) => index >= width && cell.trim() !== '')
    const issue = { row, column: null, value: extra === -1 ? null : clipped(cells[extra] ?? '') }
    if (extra !== -1) {
      log.add({
        ...issue,
        severity: 'error',
        cell: `${columnLetters(extra)}${row}`,
        code: 'extra-cells',
        message: `the row has ${cells.length} cells under ${width} headers; those without a header were left out`,
        hint: 'A cell that holds the sign between cells must stand in quotes.',
      })
    } else if (cells.length < width) {
      log.add({
        ...issue,
        severity: 'warning',
        cell: null,
        code: 'short-row',
        message: `the row has ${cells.length} cells under ${width} headers; those that are not there were taken for blank`,
        hint: null,
      })
    }
  }

  return { headers, row, columns: () => columns, counts: () => ({ rows, records, rejected, blankRows }) }
}

/** Which field, group or question each header names, by its key. */
export function headerTable(
  questionnaire: Questionnaire,
  headersOfFile: Readonly<Record<string, string>> = {},
): ReadonlyMap<string, string> {
  const table = new Map<string, string>([
    ['organisation', 'organisation'],
    ['organization', 'organisation'],
    ['name', 'name'],
    ['organisationname', 'name'],
    ['trustname', 'name'],
    ['status', 'status'],
    ['responsestatus', 'status'],
    ['answeredon', 'answeredOn'],
    ['dateanswered', 'answeredOn'],
    ['dateofresponse', 'answeredOn'],
  ])
  const claim = (header: string, field: string): void => void table.set(headerKey(header), field)
  for (const alias of questionnaire.respondents?.aliases ?? []) claim(alias, 'organisation')
  for (const { id, label, aliases = [] } of questionnaire.groups ?? []) for (const header of [id, label, ...aliases]) claim(header, id)
  for (const { id, wording, aliases = [] } of questionnaire.questions) for (const header of [id, wording, ...aliases]) claim(header, id)
  for (const [header, field] of Object.entries(headersOfFile)) claim(header, field)
  return table
}

/** The status of an organisation that the answers suggest, where no column says it. */
function statusFrom(answers: Readonly<Record<string, Answer>>): ResponseStatus {
  let withheld = false
  for (const id in answers) {
    const answer = answers[id]
    if (answer === undefined) continue
    if (answer.kind === 'answered' || answer.reason === 'unreadable' || answer.reason === 'not-held') return 'answered'
    withheld ||= answer.reason === 'refused' || answer.reason === 'exempt'
  }
  return withheld ? 'refused' : 'no-reply'
}

function wordsOf(answer: Answer, cell: string): string {
  if (answer.kind === 'missing' && answer.text !== undefined) return answer.text
  const clean = cleaned(cell, [])
  return (unescapeCell(clean) ?? clean).trim().slice(0, longestText)
}

function isBlank(cells: readonly string[]): boolean {
  for (const cell of cells) if (cell !== '' && cell.trim() !== '') return false
  return true
}
