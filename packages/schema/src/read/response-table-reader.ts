import { odsCodeSchema } from '../organisations/ods-code.ts'
import { type AskedIf, isAsked } from '../questionnaire/asked-if.ts'
import { headerKey, type Questionnaire } from '../questionnaire/questionnaire.ts'
import { type Answer } from '../responses/answer.ts'
import { type FoiResponse, type ResponseStatus } from '../responses/foi-response.ts'
import { longestText } from '../responses/text-value.ts'
import { type AnswerReader, type CellFault, cleaned, createAnswerReader, dateFault, errorValueFault } from './answer-reader.ts'
import { spellingKey } from './answer-spellings.ts'
import { createCellEscape, isTotalsWord } from './cell-escape.ts'
import { type FieldOfHeader, headersKnown, mostRowsAboveHeaders } from './detect-delimiter.ts'
import { clipped, columnLetters } from './issue.ts'
import { type IssueLog } from './issue-log.ts'
import { parseDate } from './parse-date.ts'
import { type DecimalMark } from './parse-number.ts'
import { plainText } from './plain-text.ts'
import { type ReadColumn, type ReadOptions } from './read-options.ts'
import { isErrorValue } from './spreadsheet-error.ts'

/** What is particular to a kind of table. */
interface TableKind {
  /** Sign before the decimals of numbers, where the options do not say it. */
  readonly decimalMark: DecimalMark
  /** Whether a row may have fewer cells than there are headers, as in a workbook, where blank cells are left out. */
  readonly mayBeShort: boolean
}

/** Turns the rows of a table into records, one by one. */
export interface ResponseTableReader {
  /**
   * Takes any row of the table, headers and what stands above them included.
   *
   * @returns the record; `undefined` where the row is blank, stands above the headers, is the headers or was rejected; `'end'` where
   * nothing that follows can be read
   */
  readonly line: (cells: readonly string[], row: number, kind: TableKind) => FoiResponse | 'end' | undefined
  /** Told that no row follows. */
  readonly end: () => void
  /** Takes a header that stands in no row, as the keys of objects do. */
  readonly addColumn: (header: string, row: number | null) => void
  /** Takes the cells of a row below the headers; the record, or `undefined` where the row is blank or was rejected. */
  readonly row: (cells: readonly string[], row: number, kind: TableKind) => FoiResponse | undefined
  /** Complains of questions that no column holds; `false` where no record can be read for want of identifiers. */
  readonly checkColumns: () => boolean
  /** Whether the headers were found, and no bound was passed. */
  readonly isComplete: () => boolean
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
  /** Number of the column from 0; -1 while there is none. */
  index: number
  readonly askedIf: AskedIf | undefined
  /** Number of the condition; questions with equal conditions share it. */
  readonly condition: number
  readonly read: AnswerReader
}

interface GroupColumn {
  readonly id: string
  readonly index: number
  readonly values: ReadonlyMap<string, string> | undefined
}

/** A reader of tables with one row an organisation and one column a question. */
export function createResponseTableReader(questionnaire: Questionnaire, options: ReadOptions, log: IssueLog): ResponseTableReader {
  const { dateOrder = 'unknown', duplicates = 'reject', headers: headersOfFile = {}, maxRows = 10_000_000 } = options
  const isOdsCode = questionnaire.respondents?.identifiedBy === 'ods-code'
  const cellEscape = createCellEscape(questionnaire)
  const fieldOf = headerTable(questionnaire, headersOfFile)
  const groupValues = new Map(
    (questionnaire.groups ?? []).map(({ id, values }) => [id, values && new Map(values.map((value) => [spellingKey(value), value]))]),
  )
  const columns: ReadColumn[] = []
  const groupColumns: GroupColumn[] = []
  /** Columns without a header, until a value is met in them. */
  let unnamed: number[] = []
  let questionColumns: readonly QuestionColumn[] | undefined
  const positions = new Map<string, number>()
  const firstRows = new Map<string, number>()
  const unanswered: Record<string, Answer> = {}
  for (const { id } of questionnaire.questions) unanswered[id] = notAnswered
  let asked: (ReturnType<typeof isAsked> | undefined)[] = []
  /** The first row that is not blank, until headers are found. */
  let firstLine: { readonly cells: readonly string[]; readonly row: number } | undefined
  let linesAboveHeaders = 0
  let state: 'seeking' | 'reading' | 'ended' = 'seeking'
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
      cell: index === -1 ? null : `${columnLetters(index)}${row}`,
      value: clipped(value),
    })

  const questionsUnder = ({ decimalMark }: TableKind): readonly QuestionColumn[] => {
    const conditions = new Map<string, number>()
    const numberOf = (condition: AskedIf | undefined): number => {
      const key = JSON.stringify(condition ?? null)
      const number = conditions.get(key) ?? conditions.size
      conditions.set(key, number)
      return number
    }
    const found = questionnaire.questions.map((question) => ({
      id: question.id,
      index: positions.get(question.id) ?? -1,
      askedIf: question.askedIf,
      condition: numberOf(question.askedIf),
      read: createAnswerReader(question, questionnaire, { dateOrder, decimalMark: options.decimalMark ?? decimalMark, cellEscape }),
    }))
    asked = Array<undefined>(conditions.size).fill(undefined)
    return found
  }

  const addColumn = (cell: string, row: number | null): void => {
    const index = columns.length
    width = index + 1
    const header = cell.trim()
    const letters = columnLetters(index)
    const field = fieldOf.get(headerKey(header)) ?? null
    const place = { row, column: header, cell: row === null ? null : `${letters}${row}`, value: clipped(cell) }
    if (field !== null && positions.has(field)) {
      columns.push({ letters, header, field: null })
      const first = columns[positions.get(field) ?? 0]
      log.add({
        ...place,
        severity: 'error',
        code: 'duplicate-column',
        message: `column ${letters} holds "${field}", as column ${first?.letters ?? ''}, "${clipped(first?.header ?? '')}", does already; column ${letters} was left out`,
        hint: 'Delete or rename one of the two.',
      })
      return
    }
    columns.push({ letters, header, field })
    if (field !== null) {
      positions.set(field, index)
      const question = questionColumns?.find(({ id }) => id === field)
      if (question) question.index = index
      const values = groupValues.get(field)
      if (groupValues.has(field)) groupColumns.push({ id: field, index, values })
    } else if (header === '') unnamed.push(index)
    else {
      log.add({
        ...place,
        severity: 'warning',
        code: 'unknown-column',
        message: `the header "${clipped(header)}" is no question, group or field of the questionnaire; column ${letters} was left out`,
        hint: 'Rename it, or add the header to the aliases of its question.',
      })
    }
  }

  const checkColumns = (): boolean => {
    for (const { id } of questionnaire.questions) {
      if (positions.has(id)) continue
      log.addOfFile(
        'error',
        'missing-column',
        `there is no column for the question "${id}", so nobody has answered it`,
        `Add a column with the header "${id}".`,
      )
    }
    if (positions.has('organisation')) return true
    log.addOfFile(
      'error',
      'no-organisation-column',
      'there is no column that says which organisation a row is of',
      `Give the column of identifiers the header "organisation", in one of the first ${mostRowsAboveHeaders} rows.`,
    )
    return false
  }

  const takeHeaders = (cells: readonly string[], row: number): void => {
    if (firstLine && firstLine.row !== row) {
      const { cells: above, row: firstRow } = firstLine
      const said = clipped(above.filter((cell) => cell.trim() !== '').join(' '))
      log.add({
        severity: 'warning',
        row: firstRow,
        column: null,
        cell: null,
        value: said,
        code: 'rows-above-headers',
        message: `the headers stand in row ${row}; ${linesAboveHeaders === 1 ? 'one row' : `${linesAboveHeaders} rows`} above them ${linesAboveHeaders === 1 ? 'was' : 'were'} left out`,
        hint: 'Look whether an answer stands there.',
      })
    }
    for (const cell of cells) addColumn(cell, row)
    state = checkColumns() ? 'reading' : 'ended'
  }

  const line = (cells: readonly string[], row: number, kind: TableKind): FoiResponse | 'end' | undefined => {
    if (state === 'ended') return 'end'
    if (state === 'reading') {
      if (rows < maxRows || isBlank(cells)) return readRow(cells, row, kind)
      state = 'ended'
      log.addOfFile('error', 'too-many-rows', `reading ended after ${maxRows} rows`, 'Raise the option maxRows.')
      return 'end'
    }
    if (isBlank(cells)) return undefined
    const known = headersKnown(cells, fieldOf)
    // Below the first row one word is not enough to be taken for headers.
    if (known > (firstLine === undefined ? 0 : 1)) takeHeaders(cells, row)
    else {
      firstLine ??= { cells, row }
      linesAboveHeaders += 1
      if (linesAboveHeaders === mostRowsAboveHeaders) giveUp()
    }
    return state === 'seeking' || state === 'reading' ? undefined : 'end'
  }

  /** No row has headers: the first is taken for them, so that its cells are told of. */
  const giveUp = (): void => {
    if (firstLine) takeHeaders(firstLine.cells, firstLine.row)
    state = 'ended'
  }

  const end = (): void => {
    if (state !== 'seeking') return
    if (firstLine) giveUp()
    else log.addOfFile('error', 'empty-file', 'there is nothing to read', 'It should have a row of headers and a row an organisation.')
    state = 'ended'
  }

  /** A cell of a name or a group: escaped or trimmed, cleared of what no format can carry; `''` where it is blank. */
  const text = (cells: readonly string[], index: number, row: number): string => {
    const faults: CellFault[] = []
    const clean = cleaned(cells[index] ?? '', faults)
    const verbatim = cellEscape.unescape(clean)
    const isError = verbatim === undefined && isErrorValue(clean.trim())
    if (isError) faults.push(errorValueFault(clean.trim()))
    for (const problem of faults) complain(problem, row, index, cells[index] ?? '')
    return isError ? '' : (verbatim ?? clean).trim()
  }

  const organisationOf = (cells: readonly string[], row: number): string | undefined => {
    const index = positions.get('organisation') ?? -1
    const given = text(cells, index, row)
    if (given === '') {
      const message = 'the row does not say which organisation it is of, and was left out'
      complain({ severity: 'error', code: 'missing-organisation', message, hint: 'Fill in its identifier.' }, row, index, '')
      return undefined
    }
    if (isTotalsWord(given) && cellEscape.unescape(cells[index] ?? '') === undefined) {
      const message = `"${clipped(given)}" names a row of totals and no organisation; the row was left out`
      const hint = 'Delete the row; where an organisation has this name, write an apostrophe before it.'
      complain({ severity: 'error', code: 'totals-row', message, hint }, row, index, given)
      return undefined
    }
    const organisation = isOdsCode ? plainText(given).toUpperCase() : given
    if (isOdsCode && !odsCodeSchema.safeParse(organisation).success) {
      const message = `"${clipped(given)}" is not an ODS code; the row was left out`
      complain(
        { severity: 'error', code: 'invalid-organisation', message, hint: 'An ODS code is 3 to 12 letters and digits, such as R0A.' },
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

  /** The words of a cell that is not counted, as they stand. */
  const wordsOf = (answer: Answer, cell: string): string => {
    if (answer.kind === 'missing' && answer.reason === 'not-asked' && answer.text !== undefined) return answer.text
    const clean = cleaned(cell.slice(0, longestText), [])
    return (cellEscape.unescape(clean) ?? clean).trim()
  }

  const answersOf = (cells: readonly string[], row: number, questions: readonly QuestionColumn[]): Record<string, Answer> => {
    // A copy of an object with all keys is much faster than one that grows key by key.
    const answers: Record<string, Answer> = { ...unanswered }
    asked.fill(undefined)
    for (const { id, index, askedIf, condition, read } of questions) {
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
          complain(
            { severity: 'warning', code: 'not-applicable', message, hint: 'Ask for the answer, or mend the one before it.' },
            row,
            index,
            cell,
          )
        }
      } else if (put === 'no') {
        const isWithheld = answer.kind === 'missing' && answer.reason !== 'not-asked' && answer.reason !== 'unreadable'
        // "Not answered" says no more than a blank cell does; what says more is kept.
        const saysNoMore = isWithheld && answer.reason === 'not-answered' && answer.text === undefined
        answers[id] = saysNoMore ? notAsked : { kind: 'missing', reason: 'not-asked', text: wordsOf(answer, cell) }
        if (!saysNoMore) {
          complain(
            {
              severity: isWithheld ? 'warning' : 'error',
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
        const hint = 'Write the answer, or mend the answer on which the question hangs.'
        complain({ severity: 'error', code: 'unreadable-answer', message, hint }, row, index, cell)
      } else {
        answers[id] = answer
        if (put === 'unknown' && answer.kind === 'answered') {
          const message = `"${id}" is answered though an answer on which it hangs is missing`
          const hint = 'It was counted. Fill in the answer before it, if it is known.'
          complain({ severity: 'warning', code: 'answered-though-gate-missing', message, hint }, row, index, cell)
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
    if (status !== undefined) {
      const answered = status === 'no-reply' || status === 'refused' ? answeredIds(answers) : []
      if (answered.length > 0) {
        const message = `the status is "${status}", and ${answered.length === 1 ? 'one question is' : `${answered.length} questions are`} answered (${listed(answered)}); by the status, these are not counted`
        complain({ severity: 'error', code: 'status-against-answers', message, hint: 'Mend the status or the answers.' }, row, index, given)
      }
      return status
    }
    if (given !== '') {
      const message = `"${clipped(given)}" is not a status; it was worked out from the answers`
      const hint = `Statuses: ${Object.keys(statusSpellings).join(', ')}.`
      complain({ severity: 'warning', code: 'unreadable-status', message, hint }, row, index, given)
    }
    return statusFrom(answers)
  }

  const readRow = (cells: readonly string[], number: number, kind: TableKind): FoiResponse | undefined => {
    if (isBlank(cells)) {
      blankRows += 1
      return undefined
    }
    rows += 1
    questionColumns ??= questionsUnder(kind)
    if (cells.length > width || (cells.length < width && !kind.mayBeShort)) checkWidth(cells, number)
    if (unnamed.length > 0) checkUnnamed(cells, number)
    const organisation = organisationOf(cells, number)
    if (organisation === undefined) {
      rejected += 1
      return undefined
    }

    const answers = answersOf(cells, number, questionColumns)
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

  /** A column without a header is told of once, with its first value. */
  const checkUnnamed = (cells: readonly string[], row: number): void => {
    const told = unnamed.filter((index) => (cells[index] ?? '').trim() !== '')
    for (const index of told) {
      const letters = columnLetters(index)
      const message = `column ${letters} has values and no header; it was left out`
      const hint = 'Give the column a header, or move the values to where they belong.'
      complain({ severity: 'error', code: 'unknown-column', message, hint }, row, index, cells[index] ?? '')
    }
    if (told.length > 0) unnamed = unnamed.filter((index) => !told.includes(index))
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
        hint: 'Give the column a header; where a cell of a CSV file holds the sign between cells, put the cell in quotes.',
      })
    } else if (cells.length < width) {
      log.add({
        ...issue,
        severity: 'warning',
        cell: null,
        code: 'short-row',
        message: `the row has ${cells.length} cells under ${width} headers; those that are not there were taken for blank`,
        hint: 'Look whether a sign between cells is missing, or a line was broken in two.',
      })
    }
  }

  return {
    line,
    end,
    addColumn,
    row: readRow,
    checkColumns,
    isComplete: () => state === 'reading',
    columns: () => columns,
    counts: () => ({ rows, records, rejected, blankRows }),
  }
}

/** Which field, group or question each header names, by its key. */
export function headerTable(questionnaire: Questionnaire, headersOfFile: Readonly<Record<string, string>> = {}): FieldOfHeader {
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

function answeredIds(answers: Readonly<Record<string, Answer>>): readonly string[] {
  return Object.entries(answers).flatMap(([id, { kind }]) => (kind === 'answered' ? [id] : []))
}

function listed(ids: readonly string[]): string {
  return ids.length <= 3 ? ids.join(', ') : `${ids.slice(0, 3).join(', ')} and ${ids.length - 3} more`
}

function isBlank(cells: readonly string[]): boolean {
  for (const cell of cells) if (cell !== '' && cell.trim() !== '') return false
  return true
}
