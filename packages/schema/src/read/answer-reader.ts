import { type Question } from '../questionnaire/question.ts'
import { type Questionnaire, valuesOf } from '../questionnaire/questionnaire.ts'
import { type Answer, type AnswerValue, type Missing } from '../responses/answer.ts'
import {
  hasControlCharacters,
  hasLoneSurrogates,
  longestText,
  withoutControlCharacters,
  withoutLoneSurrogates,
} from '../responses/text-value.ts'
import { spelledMeanings, spellingKey, type SpelledMeaning } from './answer-spellings.ts'
import { type CellEscape } from './cell-escape.ts'
import { type IssueCode } from './issue.ts'
import { parseExemption, parseMissingMarker } from './missing-marker.ts'
import { type DateOrder, parseDate } from './parse-date.ts'
import { type DecimalMark, parseNumber } from './parse-number.ts'
import { plainText } from './plain-text.ts'
import { isErrorValue } from './spreadsheet-error.ts'

/** A fault of a cell, before its place is known. */
export interface CellFault {
  /** `error` where the cell could not be taken as it stands. */
  readonly severity: 'error' | 'warning'
  /** What is wrong, for programs. */
  readonly code: IssueCode
  /** What is wrong, for people. */
  readonly message: string
  /** What to do about it. */
  readonly hint: string | null
}

/** What a cell says, before skip logic. */
interface CellReading {
  /** The answer; `blank` and `not-applicable` are for skip logic to decide. */
  readonly answer: Answer | 'blank' | 'not-applicable'
  /** What is wrong with the cell. */
  readonly faults: readonly CellFault[]
}

/** Reads the cells of one question. Equal cells give the same object, so a million rows of yes and no cost two objects. */
export type AnswerReader = (cell: string) => CellReading

const noFaults: readonly CellFault[] = []
const blank: CellReading = { answer: 'blank', faults: noFaults }
const notApplicable: CellReading = { answer: 'not-applicable', faults: noFaults }

/** Cells longer than this are mostly different from each other, and each would keep its whole piece of the file in memory. */
const longestRemembered = 40
/** Texts in somebody's own words repeat only where they say that there is no answer. */
const longestRememberedText = 12
/** Number of places, a power of two. */
const places = 256
const mostRemembered = 2_000
/** A marker or an apostrophe may stand before the longest text. */
const longestCell = longestText + 100

/** How cells are read. */
export interface AnswerReaderOptions {
  /** Order of day and month in dates such as `01/02/2020`. */
  readonly dateOrder: DateOrder
  /** Sign before the decimals; `unknown` where a comma may stand there as well as between thousands. */
  readonly decimalMark: DecimalMark
  /** Escape of the cells of the questionnaire. */
  readonly cellEscape: CellEscape
}

/** The reader of the cells of one question. */
export function createAnswerReader(question: Question, questionnaire: Questionnaire, options: AnswerReaderOptions): AnswerReader {
  const { unescape } = options.cellEscape
  const spelled = spelledMeanings(questionnaire.spellings)
  const values = valueReader(question, spelled, options)
  const mayBeSpelled = spellingSieve(spelled)
  const isText = question.kind === 'free-text' || question.kind === 'technologies'
  const allowed = question.allowedMissing && new Set<string>(['not-asked', 'unreadable', ...question.allowedMissing])

  const check = (missing: Missing): CellReading => {
    if (missing.reason === 'unreadable') {
      const hint = 'Ask the organisation, or write the answer in place of the mark.'
      return { answer: missing, faults: [fault('error', 'unreadable-answer', 'this answer was marked as unreadable', hint)] }
    }
    if (missing.reason === 'not-asked') return missing.text === undefined ? notApplicable : { answer: missing, faults: noFaults }
    if (!allowed || allowed.has(missing.reason)) return { answer: missing, faults: noFaults }
    const message = `"${missing.reason}" is not among the reasons for which this question may be missing`
    return { answer: missing, faults: [fault('error', 'not-allowed-missing', message, `Allowed: ${[...allowed].join(', ')}.`)] }
  }

  const read = (cell: string): CellReading => {
    if (cell.length > longestCell) return tooLong(cell)
    const faults: CellFault[] = []
    const clean = cleaned(cell, faults)
    const verbatim = unescape(clean)
    if (verbatim === undefined) {
      if (isErrorValue(clean.trim())) return withFaults(unreadable(clean.trim(), errorValueFault(clean.trim())), faults)
      const marked = parseMissingMarker(clean)
      if (marked?.text !== undefined && marked.text.length > longestText) return tooLong(cell)
      if (marked) return withFaults(check(marked), faults)
      if (clean.trim() === '') return faults.length === 0 ? blank : { answer: 'blank', faults }
      const meaning = mayBeSpelled(clean) ? spelled.get(spellingKey(clean)) : undefined
      const isValue = !isText && values.accepts(clean.trim())
      if (!isValue && meaning !== undefined && meaning !== 'yes' && meaning !== 'no') {
        return withFaults(meaning === 'not-applicable' ? notApplicable : check({ kind: 'missing', reason: meaning }), faults)
      }
      const exempt = isValue ? undefined : parseExemption(clean)
      if (exempt) return withFaults(check(exempt), faults)
    }
    const text = verbatim ?? clean.trim()
    if (text.trim() === '') return { answer: 'blank', faults }
    return text.length > longestText ? tooLong(cell) : withFaults(values.read(text), faults)
  }

  return remembering(read, isText ? longestRememberedText : longestRemembered)
}

/**
 * A reader that remembers what it read. The cells of a column are mostly a few short ones over and over, so each has a place by its
 * length and its first sign, where it is found without hashing it; those that share a place are found by hash.
 */
function remembering(read: AnswerReader, longest: number): AnswerReader {
  const cells: (string | undefined)[] = Array<undefined>(places).fill(undefined)
  const readings: CellReading[] = Array<CellReading>(places).fill(blank)
  const others = new Map<string, CellReading>()
  return (cell) => {
    const { length } = cell
    if (length > longest) return read(cell)
    const place = length === 0 ? 0 : (length * 31 + cell.charCodeAt(0)) & (places - 1)
    if (cells[place] === cell) return readings[place] as CellReading
    const known = others.get(cell)
    if (known !== undefined) return known
    const reading = read(cell)
    if (cells[place] === undefined) {
      cells[place] = detached(cell)
      readings[place] = reading
    } else if (others.size < mostRemembered) others.set(detached(cell), reading)
    return reading
  }
}

/** Sorts out, at little cost, the cells that no spelling is: those that are long, or start otherwise. */
function spellingSieve(spelled: ReadonlyMap<string, SpelledMeaning>): (cell: string) => boolean {
  const keys = [...spelled.keys()]
  const longest = 2 * Math.max(...keys.map((key) => key.length))
  const starts = new Set(['"', ...keys].flatMap((key) => [key.charCodeAt(0), key.toUpperCase().charCodeAt(0)]))
  return (cell) => {
    if (cell.length > longest) return false
    const start = cell.charCodeAt(0)
    return start <= 32 || start >= 127 || starts.has(start)
  }
}

const printableAscii = /^[ -~]*$/

/** A text cleared of what no format can carry; each thing that was cleared is a fault. */
export function cleaned(cell: string, faults: CellFault[]): string {
  if (printableAscii.test(cell)) return cell
  let text = cell
  if (hasControlCharacters(text)) {
    text = withoutControlCharacters(text)
    faults.push(
      fault('warning', 'control-character', 'control characters were left out', 'Such characters come from damaged or binary files.'),
    )
  }
  if (hasLoneSurrogates(text)) {
    text = withoutLoneSurrogates(text)
    faults.push(
      fault(
        'warning',
        'lone-surrogate',
        'half of a character was replaced by U+FFFD',
        'The text was cut within a character before it came here.',
      ),
    )
  } else if (text.includes('\ufffd')) {
    faults.push(
      fault(
        'warning',
        'replacement-character',
        'the text has U+FFFD, which stands for what could not be decoded',
        'Save the file again as UTF-8 from where it was written.',
      ),
    )
  }
  return text
}

interface ValueReader {
  readonly accepts: (text: string) => boolean
  readonly read: (text: string) => CellReading
}

function valueReader(
  question: Question,
  spelled: ReadonlyMap<string, SpelledMeaning>,
  { dateOrder, decimalMark }: AnswerReaderOptions,
): ValueReader {
  switch (question.kind) {
    case 'yes-no':
      return choiceReader(
        (text) => {
          const meaning = spelled.get(spellingKey(text))
          return meaning === 'yes' || meaning === 'no' ? meaning : undefined
        },
        ['yes', 'no'],
      )
    case 'frequency':
    case 'single-choice': {
      const options = valuesOf(question) ?? []
      return choiceReader(optionFinder(options), options)
    }
    case 'multiple-choice':
      return multipleChoiceReader(question.options)
    case 'free-text':
    case 'technologies':
      return { accepts: () => true, read: (text) => answered(text) }
    case 'number':
      return numberReader(question, decimalMark)
    case 'date':
      return dateReader(question, dateOrder)
  }
}

function optionFinder(options: readonly string[]): (text: string) => string | undefined {
  const byKey = new Map(options.map((option) => [spellingKey(option), option]))
  return (text) => byKey.get(spellingKey(text)) ?? (options.includes(text) ? text : undefined)
}

function choiceReader(find: (text: string) => string | undefined, options: readonly string[]): ValueReader {
  return {
    accepts: (text) => find(text) !== undefined,
    read: (text) => {
      const value = find(text)
      if (value !== undefined) return answered(value)
      return unreadable(
        text,
        fault('error', 'unreadable-answer', `"${shown(text)}" is not an answer to this question`, `Answers: ${options.join(', ')}.`),
      )
    },
  }
}

function multipleChoiceReader(options: readonly string[]): ValueReader {
  const find = optionFinder(options)
  // Web forms write commas between what was chosen.
  const separators = options.some((option) => option.includes(',')) ? /[;|\r\n]/ : /[;|\r\n,]/
  const partsOf = (text: string): readonly string[] => text.split(separators).flatMap((part) => (part.trim() === '' ? [] : [part.trim()]))
  const parse = (text: string): readonly (string | undefined)[] => [...new Set(partsOf(text).map(find))]
  return {
    accepts: (text) => {
      const chosen = parse(text)
      return chosen.length > 0 && !chosen.includes(undefined)
    },
    read: (text) => {
      const chosen = parse(text)
      if (chosen.length > 0 && !chosen.includes(undefined)) return answered(chosen as string[])
      const unknown = partsOf(text).find((part) => find(part) === undefined) ?? text
      const message = `"${shown(unknown)}" is not an option of this question`
      return unreadable(text, fault('error', 'unreadable-answer', message, `Options, with semicolons between: ${options.join('; ')}.`))
    },
  }
}

function numberReader(
  { minimum, maximum, integer = false, unit }: Extract<Question, { kind: 'number' }>,
  decimalMark: DecimalMark,
): ValueReader {
  const inPercent = /^(?:%|per ?cent|percentage)$/i.test(unit ?? '')
  const parse = (text: string): ReturnType<typeof parseNumber> => parseNumber(text, decimalMark, inPercent)
  return {
    accepts: (text) => parse(text).kind === 'number',
    read: (text) => {
      const parsed = parse(text)
      if (parsed.kind !== 'number') return unreadable(text, numberFault(text, parsed, unit, decimalMark))
      const { number } = parsed
      if ((minimum !== undefined && number < minimum) || (maximum !== undefined && number > maximum)) {
        const message = `${number} is out of the range ${minimum ?? '…'} to ${maximum ?? '…'}`
        return unreadable(text, fault('error', 'out-of-range', message, 'Look for a slip of the keys, or for another unit.'))
      }
      if (integer && !Number.isSafeInteger(number)) {
        return unreadable(text, fault('error', 'out-of-range', `${number} is not a whole number`, 'Write it without decimals.'))
      }
      return answered(number)
    },
  }
}

function numberFault(
  text: string,
  parsed: Exclude<ReturnType<typeof parseNumber>, { kind: 'number' }>,
  unit: string | undefined,
  decimalMark: DecimalMark,
): CellFault {
  const said = `"${shown(text)}"`
  const [decimals, thousands] = decimalMark === ',' ? ['comma', 'points'] : ['point', 'commas']
  const digits = `Write digits with a decimal ${decimals}${unit === undefined ? '' : `, in ${unit}`}; ${thousands} only between thousands.`
  switch (parsed.kind) {
    case 'ambiguous':
      return fault(
        'error',
        'ambiguous-number',
        `${said} is ${parsed.grouped} or ${parsed.decimal}`,
        "Write it without a comma, or say what the comma is with the option decimalMark: '.' or ','.",
      )
    case 'decimal-comma':
      return fault(
        'error',
        'unreadable-answer',
        `${said} has a comma where no thousands end`,
        "Write decimals after a point; for a file with decimal commas set the option decimalMark: ','.",
      )
    case 'percentage':
      return fault(
        'error',
        'unreadable-answer',
        `${said} is a percentage, and the question does not count in percent`,
        'Write the number that is meant, or give the question the unit "%".',
      )
    case 'too-many-digits':
      return fault(
        'error',
        'out-of-range',
        `${said} has more digits than a number can keep`,
        'Where it is a code and not a quantity, make the question a free text.',
      )
    case 'unreadable':
      return fault('error', 'unreadable-answer', `${said} is not a number`, digits)
  }
}

function dateReader({ earliest, latest }: Extract<Question, { kind: 'date' }>, order: DateOrder): ValueReader {
  return {
    accepts: (text) => parseDate(text, order).kind === 'date',
    read: (text) => {
      const parsed = parseDate(text, order)
      if (parsed.kind !== 'date') return unreadable(text, dateFault(text, parsed))
      if ((earliest !== undefined && parsed.date < earliest) || (latest !== undefined && parsed.date > latest)) {
        return unreadable(
          text,
          fault(
            'error',
            'out-of-range',
            `${parsed.date} is out of the range ${earliest ?? '…'} to ${latest ?? '…'}`,
            'Look at the year, and at the order of day and month.',
          ),
        )
      }
      return answered(parsed.date)
    },
  }
}

const yearOfTwoDigits = /^\d{1,2}[-/. ](?:\d{1,2}|[a-z]{3,9})[-/. ]\d{2}$/i

/** What is wrong with a text that is not a date. */
export function dateFault(text: string, parsed: Exclude<ReturnType<typeof parseDate>, { kind: 'date' }>): CellFault {
  switch (parsed.kind) {
    case 'ambiguous':
      return fault(
        'error',
        'ambiguous-date',
        `"${text}" is ${parsed.dayFirst} or ${parsed.monthFirst}`,
        "Write dates as YYYY-MM-DD, or say the order with the option dateOrder: 'day-first' or 'month-first'.",
      )
    case 'impossible':
      return fault('error', 'impossible-date', `"${shown(text)}" is not a day that exists`, 'Write dates as YYYY-MM-DD.')
    case 'unreadable':
      return fault(
        'error',
        'unreadable-answer',
        `"${shown(text)}" is not a date`,
        yearOfTwoDigits.test(plainText(text)) ? 'Write the year with four digits, as in 2020-02-01.' : 'Write dates as YYYY-MM-DD.',
      )
  }
}

function fault(severity: CellFault['severity'], code: IssueCode, message: string, hint: string | null): CellFault {
  return { severity, code, message, hint }
}

/** What is said of a cell that shows an error of a spreadsheet. */
export function errorValueFault(text: string): CellFault {
  const message = `the cell shows the error ${text}, which is no answer`
  const hint = text.startsWith('##')
    ? 'Make the column wider before the file is saved.'
    : 'Mend the formula, or write the answer in its place.'
  return fault('error', 'error-value', message, hint)
}

function answered(value: AnswerValue): CellReading {
  return { answer: { kind: 'answered', value }, faults: noFaults }
}

function unreadable(text: string, problem: CellFault): CellReading {
  return { answer: { kind: 'missing', reason: 'unreadable', text }, faults: [problem] }
}

function tooLong(cell: string): CellReading {
  const start = `${cleaned(cell.slice(0, 100), []).trim()}…`
  const message = `the cell has ${cell.length} characters, more than ${longestText}`
  return unreadable(start, fault('error', 'cell-too-long', message, 'Look for a quote that is not closed, or shorten the text.'))
}

function withFaults(reading: CellReading, faults: readonly CellFault[]): CellReading {
  return faults.length === 0 ? reading : { answer: reading.answer, faults: [...faults, ...reading.faults] }
}

function shown(text: string): string {
  return text.length <= 60 ? text : `${text.slice(0, 59)}…`
}

/** A copy that does not keep the text from which it was cut in memory. */
function detached(text: string): string {
  return text.length < 13 ? text : (JSON.parse(JSON.stringify(text)) as string)
}
