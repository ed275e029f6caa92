import { type Model } from '../model/model.ts'
import { type Sentence } from '../model/sentence.ts'

/** A text of a model that can be printed, and where it stands. */
export interface ModelText {
  /** Where, such as `rules/trust-open-by-default/action`. */
  readonly path: string
  /** Id of the rule it belongs to, or `null`. */
  readonly rule: string | null
  /** The text with whose words it is. */
  readonly sentence: Sentence
  /** Whether it is prose of ours, whose spelling and reading grade count: a name or the words of others are as they are. */
  readonly isProse: boolean
}

/** Every text of a model that can be printed, in the order of the model. */
export function modelTexts(model: Model): readonly ModelText[] {
  const texts: ModelText[] = []
  const add = (path: string, sentence: Sentence, rule: string | null = null): void => {
    texts.push({ path, rule, sentence, isProse: sentence.whose === 'ours' })
  }
  const addName = (path: string, text: string, rule: string | null = null): void => {
    texts.push({ path, rule, sentence: { text, whose: 'ours' }, isProse: false })
  }
  const ours = (text: string): Sentence => ({ text, whose: 'ours' })
  addName('title', model.title)
  add('about', model.about)
  for (const [index, { changes }] of model.changelog.entries())
    for (const [line, text] of changes.entries()) add(`changelog/${index}/changes/${line}`, ours(text))
  for (const kind of ['themes', 'barriers'] as const) {
    for (const { id, name, whose, source } of model[kind]) {
      add(`${kind}/${id}/name`, { text: name, whose })
      add(`${kind}/${id}/source`, source)
    }
  }
  for (const { id, name, meaning } of model.grades) {
    add(`grades/${id}/name`, ours(name))
    add(`grades/${id}/meaning`, meaning)
  }
  for (const { kind, statement } of model.caps) add(`caps/${kind}/statement`, statement)
  for (const { id, name, reason } of model.thresholds) {
    add(`thresholds/${id}/name`, ours(name))
    add(`thresholds/${id}/reason`, reason)
  }
  for (const indicator of model.indicators) {
    const path = `indicators/${indicator.id}`
    add(`${path}/name`, ours(indicator.name))
    add(`${path}/source`, indicator.source)
    if (indicator.kind === 'answer') for (const value of indicator.values) add(`${path}/says/${value}`, ours(indicator.says[value] ?? ''))
    if (indicator.kind === 'number') add(`${path}/unit`, ours(indicator.unit))
    if (indicator.kind === 'share') {
      add(`${path}/do`, ours(`${indicator.members} ${indicator.do}`))
      for (const part of ['numerator', 'base'] as const) add(`${path}/${part}`, ours(indicator[part]))
    }
  }
  for (const rule of model.rules) {
    const path = `rules/${rule.id}`
    add(`${path}/title`, ours(rule.title), rule.id)
    add(`${path}/action`, rule.action, rule.id)
    add(`${path}/met`, rule.met, rule.id)
    add(`${path}/effort`, rule.effort.reason, rule.id)
    add(`${path}/impact`, rule.impact.reason, rule.id)
    for (const [index, { title, section }] of rule.references.entries())
      addName(`${path}/references/${index}`, section === undefined ? title : `${title}, ${section}`, rule.id)
    for (const part of ['rationale', 'wouldChange', 'cautions'] as const) {
      for (const [index, sentence] of rule[part].entries()) add(`${path}/${part}/${index}`, sentence, rule.id)
    }
  }
  return texts
}
