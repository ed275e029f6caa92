import { type FoiResponse, type Question, type Questionnaire } from '@open-digital-capability/schema'
import { type DisclosedText } from './disclosed-technologies.ts'

/** Something about an organisation that falls into levels: a question with fixed answers, or what its texts disclose. */
export interface Variable {
  readonly id: string
  readonly label: string
  readonly levels: readonly string[]
  /** Whether the order of the levels means anything. */
  readonly isOrdered: boolean
  /** The level of an organisation; `not-asked` outside the base, `missing` in it without a usable answer. */
  readonly levelOf: (
    record: FoiResponse,
  ) => { readonly kind: 'level'; readonly level: string } | { readonly kind: 'missing' } | { readonly kind: 'not-asked' }
}

/** The variables of a questionnaire, and those that classified texts add. */
export function variablesOf(questionnaire: Questionnaire, texts: readonly DisclosedText[]): Variable[] {
  const asked = questionnaire.questions.flatMap((question): Variable[] => {
    const levels = levelsOf(question)
    return levels === null
      ? []
      : [{ id: question.id, label: question.wording, levels, isOrdered: question.kind === 'frequency', levelOf: answerLevel(question.id) }]
  })
  if (texts.length === 0) return asked
  const byOrganisation = new Map(texts.map((text) => [text.organisation, text]))
  const disclosed = (id: string, label: string, has: (text: DisclosedText) => boolean): Variable => ({
    id,
    label,
    levels: ['yes', 'no'],
    isOrdered: false,
    levelOf: (record) => {
      const text = byOrganisation.get(record.organisation)
      return text === undefined ? { kind: 'not-asked' } : { kind: 'level', level: has(text) ? 'yes' : 'no' }
    },
  })
  return [
    ...asked,
    disclosed(
      'interoperabilityStrict',
      'Discloses an interoperability standard (strict: a standard)',
      (text) => text.interoperability.strict,
    ),
    disclosed(
      'interoperabilityWide',
      'Discloses interoperability (wide: engines and national services too)',
      (text) => text.interoperability.wide,
    ),
    disclosed('openSourceTechnology', 'Discloses a technology that is open-source software', (text) => text.hasOpenSourceTechnology),
  ]
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

function answerLevel(id: string): Variable['levelOf'] {
  return ({ answers, status }) => {
    const answer = answers[id]
    if (status === 'no-reply' || status === 'refused' || answer === undefined) return { kind: 'not-asked' }
    if (answer.kind === 'answered') return { kind: 'level', level: String(answer.value) }
    return answer.reason === 'not-asked' ? { kind: 'not-asked' } : { kind: 'missing' }
  }
}

/** Joins levels of a variable under new names, as a config declares it. */
export function joinLevels(variable: Variable, joined: Readonly<Record<string, readonly string[]>>): Variable {
  const nameOf = new Map(Object.entries(joined).flatMap(([name, levels]) => levels.map((level) => [level, name] as const)))
  return {
    ...variable,
    id: `${variable.id}Joined`,
    label: `${variable.label} (joined: ${Object.entries(joined)
      .map(([name, levels]) => `${name} = ${levels.join(' + ')}`)
      .join('; ')})`,
    levels: Object.keys(joined),
    levelOf: (record) => {
      const found = variable.levelOf(record)
      if (found.kind !== 'level') return found
      const name = nameOf.get(found.level)
      return name === undefined ? { kind: 'missing' } : { kind: 'level', level: name }
    },
  }
}
