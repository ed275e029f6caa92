import { type FoiResponse, type Question, type Questionnaire } from '@open-digital-capability/schema'
import { type TextDescription } from '@open-digital-capability/taxonomy'
import { type CodedVariable, missingCode, notAskedCode } from './coded-round.ts'

/** What an organisation says on a variable: `not-asked` outside the base, `missing` in it without a usable answer. */
type Found = { readonly kind: 'level'; readonly level: string } | { readonly kind: 'missing' } | { readonly kind: 'not-asked' }

/** Something about an organisation that falls into levels: a question with fixed answers, or what its texts disclose. */
export interface Variable {
  readonly id: string
  readonly label: string
  readonly levels: readonly string[]
  /** Whether the order of the levels means anything. */
  readonly isOrdered: boolean
  /** Whether it is a question of the questionnaire, and not worked out of texts. */
  readonly isQuestion: boolean
  /** The level of an organisation, of which a text may have been classified. */
  readonly levelOf: (record: FoiResponse, text: TextDescription | null) => Found
}

/** The variables of a questionnaire, and those that classified texts add. */
export function variablesOf(questionnaire: Questionnaire): Variable[] {
  const asked = questionnaire.questions.flatMap((question): Variable[] => {
    // Of several options each is a question of its own: chosen or not.
    if (question.kind === 'multiple-choice') {
      return question.options.map((option) => ({
        id: `${question.id}: ${option}`,
        label: `${question.wording} ${option}`,
        levels: ['yes', 'no'],
        isOrdered: false,
        isQuestion: true,
        levelOf: answerLevel(question.id, (value) => (Array.isArray(value) && value.includes(option) ? 'yes' : 'no')),
      }))
    }
    const levels = levelsOf(question)
    return levels === null
      ? []
      : [
          {
            id: question.id,
            label: question.wording,
            levels,
            isOrdered: question.kind === 'frequency',
            isQuestion: true,
            levelOf: answerLevel(question.id, String),
          },
        ]
  })
  if (!questionnaire.questions.some(({ kind }) => kind === 'technologies')) return asked
  const disclosed = (id: string, label: string, levels: readonly string[], levelIn: (text: TextDescription) => string): Variable => ({
    id,
    label,
    levels,
    isOrdered: levels.length > 2,
    isQuestion: false,
    levelOf: (_, text) => (text === null ? { kind: 'not-asked' } : { kind: 'level', level: levelIn(text) }),
  })
  const yesIf =
    (has: (text: TextDescription) => boolean) =>
    (text: TextDescription): string =>
      has(text) ? 'yes' : 'no'
  const yesNo = ['yes', 'no']
  return [
    ...asked,
    disclosed(
      'interoperabilityStrict',
      'Discloses an interoperability standard (strict: a standard)',
      yesNo,
      yesIf(({ interoperability }) => interoperability.strict),
    ),
    disclosed(
      'interoperabilityWide',
      'Discloses interoperability (wide: engines and national services too)',
      yesNo,
      yesIf(({ interoperability }) => interoperability.wide),
    ),
    disclosed(
      'openSourceTechnology',
      'Discloses a technology that is open-source software',
      yesNo,
      yesIf(({ openSourceTechnologies }) => openSourceTechnologies.length > 0),
    ),
    disclosed(
      'openSourceStatement',
      'What the text says of open source',
      ['always', 'sometimes', 'never', 'unstated'],
      ({ openSource }) => openSource.statement,
    ),
  ]
}

/** A question whose answers are not counted. */
export interface UncountedQuestion {
  readonly id: string
  readonly label: string
  readonly kind: Question['kind']
}

/** The questions that no table counts, so that none is left out in silence; texts about technologies are classified instead. */
export function uncountedQuestions({ questions }: Questionnaire): UncountedQuestion[] {
  return questions
    .filter(({ kind }) => kind === 'free-text' || kind === 'number' || kind === 'date')
    .map(({ id, wording, kind }) => ({ id, label: wording, kind }))
}

/** The same as a sentence; nothing where every question is counted. */
export function uncountedText(uncounted: readonly UncountedQuestion[]): string[] {
  if (uncounted.length === 0) return []
  return [`Not counted, as the answers are no fixed ones: ${uncounted.map(({ label, kind }) => `${label} (${kind})`).join('; ')}.`]
}

function levelsOf(question: Question): readonly string[] | null {
  switch (question.kind) {
    case 'yes-no':
      return ['yes', 'no']
    case 'frequency':
      return question.levels
    case 'single-choice':
      return question.options
    case 'multiple-choice':
    case 'free-text':
    case 'technologies':
    case 'number':
    case 'date':
      return null
  }
}

function answerLevel(id: string, levelIn: (value: unknown) => string): Variable['levelOf'] {
  return ({ answers, status }) => {
    const answer = answers[id]
    if (status === 'no-reply' || status === 'refused' || answer === undefined) return { kind: 'not-asked' }
    if (answer.kind === 'answered') return { kind: 'level', level: levelIn(answer.value) }
    return answer.reason === 'not-asked' ? { kind: 'not-asked' } : { kind: 'missing' }
  }
}

/** Variables whose levels are joined under new names, as a config declares it. */
export function joinedVariables(
  variables: readonly CodedVariable[],
  joins: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>,
): CodedVariable[] {
  return variables.flatMap((variable) => {
    const joined = joins[variable.id]
    return joined === undefined ? [] : [joinLevels(variable, joined)]
  })
}

/** A level that is not named counts as missing. */
function joinLevels(variable: CodedVariable, joined: Readonly<Record<string, readonly string[]>>): CodedVariable {
  const levels = Object.keys(joined)
  const codeOf = variable.levels.map((level) => levels.findIndex((name) => joined[name]?.includes(level)))
  return {
    ...variable,
    id: `${variable.id}Joined`,
    label: `${variable.label} (joined: ${levels.map((name) => `${name} = ${joined[name]?.join(' + ')}`).join('; ')})`,
    levels,
    codes: variable.codes.map((code) => {
      if (code === notAskedCode(variable)) return notAskedCode({ levels })
      const to = codeOf[code] ?? -1
      return to < 0 ? missingCode({ levels }) : to
    }),
  }
}
