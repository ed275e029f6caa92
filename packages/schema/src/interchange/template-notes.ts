import { type AskedIf } from '../questionnaire/asked-if.ts'
import { type Question } from '../questionnaire/question.ts'
import { type Questionnaire, valuesOf } from '../questionnaire/questionnaire.ts'

/** A column of a table of responses, as people are told of it. */
export interface TemplateColumn {
  /** Header of the column. */
  readonly header: string
  /** What goes in. */
  readonly answer: string
  /** When it is filled in. */
  readonly when: string
  /** Advice. */
  readonly help: string
  /** Values to choose from, where they can be listed. */
  readonly choices: readonly string[] | undefined
}

/** The columns of a blank table: who answers, the groups, and the questions. */
export function templateColumns(questionnaire: Questionnaire): readonly TemplateColumn[] {
  const isOdsCode = questionnaire.respondents?.identifiedBy === 'ods-code'
  return [
    {
      header: 'organisation',
      answer: isOdsCode ? 'ODS code, such as R0A' : 'Name or code by which the organisation is known',
      when: 'Always',
      help: 'One row an organisation.',
      choices: undefined,
    },
    { header: 'name', answer: 'Text', when: 'If wanted', help: 'Name of the organisation.', choices: undefined },
    {
      header: 'answeredOn',
      answer: 'Day as YYYY-MM-DD, such as 2020-07-31',
      when: 'If wanted',
      help: 'Day of the answer.',
      choices: undefined,
    },
    ...(questionnaire.groups ?? []).map(({ id, label, values }) => ({
      header: id,
      answer: values === undefined ? 'Text' : `One of: ${values.join(', ')}`,
      when: 'If known',
      help: label,
      choices: values,
    })),
    ...questionnaire.questions.map((question) => ({
      header: question.wording,
      answer: answerOf(question),
      when: question.askedIf === undefined ? 'Always' : `Only if ${conditionOf(question.askedIf, questionnaire)}`,
      help: question.help ?? '',
      choices: question.kind === 'multiple-choice' ? undefined : valuesOf(question),
    })),
  ]
}

function answerOf(question: Question): string {
  switch (question.kind) {
    case 'yes-no':
      return 'yes or no'
    case 'frequency':
      return `One of, in order: ${question.levels.join(', ')}`
    case 'single-choice':
      return `One of: ${question.options.join(', ')}`
    case 'multiple-choice':
      return `One or more of, with semicolons between: ${question.options.join('; ')}`
    case 'free-text':
      return 'Text'
    case 'technologies':
      return 'Names of technologies, in your own words'
    case 'number': {
      const { minimum, maximum, unit, integer } = question
      const range = minimum === undefined && maximum === undefined ? '' : `, ${minimum ?? '…'} to ${maximum ?? '…'}`
      return `${integer ? 'Whole number' : 'Number'}${unit === undefined ? '' : ` of ${unit}`}${range}`
    }
    case 'date': {
      const { earliest, latest } = question
      const range = earliest === undefined && latest === undefined ? '' : `, ${earliest ?? '…'} to ${latest ?? '…'}`
      return `Day as YYYY-MM-DD${range}`
    }
  }
}

function conditionOf(condition: AskedIf, questionnaire: Questionnaire): string {
  if ('all' in condition) return condition.all.map((part) => conditionOf(part, questionnaire)).join(' and ')
  if ('any' in condition) return `(${condition.any.map((part) => conditionOf(part, questionnaire)).join(' or ')})`
  const wording = questionnaire.questions.find(({ id }) => id === condition.question)?.wording ?? condition.question
  return `the answer to "${wording}" is ${'in' in condition ? condition.in.join(' or ') : condition.is}`
}

/** How a missing answer is written, for the notes. */
export const notesOnMissing: readonly (readonly [string, string])[] = [
  ['The question does not apply by the answers before it', 'Leave the cell blank.'],
  ['There is no answer yet', 'Leave the cell blank, or write: not answered'],
  // Said as instructions, since a cell that holds one of these marks alone is escaped by the writer.
  ['The organisation will not answer', 'Write: refused'],
  ['The organisation does not hold the information', 'Write: not held'],
  ['An exemption of the Freedom of Information Act applies', 'Write: exempt (section 43), with its number'],
]
