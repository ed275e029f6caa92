import { studyModel } from '@open-digital-capability/recommendations'
import { type Questionnaire } from '@open-digital-capability/schema'
import { variablesOf } from './analysis/variable.ts'

/** What a config names: every one of these has to be in the questionnaire or the model. */
interface Named {
  readonly comparison?: { readonly group: string; readonly first: readonly string[] } | undefined
  readonly groups: readonly string[]
  readonly stratifyBy?: string | undefined
  readonly family?: readonly string[] | undefined
  readonly joinLevels: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>
  readonly thresholds: Readonly<Record<string, number>>
}

/** Names of a config that stand for nothing, each with what there is instead; none where all is well. */
export function unknownNames(config: Named, questions: Questionnaire, otherGroups: readonly string[]): string[] {
  const variables = variablesOf(questions)
  const columns = [...(questions.groups ?? []).map(({ id }) => id), ...otherGroups]
  const joined = Object.keys(config.joinLevels).map((id) => `${id}Joined`)
  const ids = variables.map(({ id }) => id)
  const { comparison } = config
  const values = questions.groups?.find(({ id }) => id === comparison?.group)?.values
  return [
    ...missing('comparison: group', comparison === undefined ? [] : [comparison.group], columns, 'column to group by'),
    ...(values === undefined ? [] : missing('comparison: first', comparison?.first ?? [], values, `value of ${comparison?.group}`)),
    ...missing('groups', config.groups, columns, 'column to group by'),
    ...missing('stratifyBy', config.stratifyBy === undefined ? [] : [config.stratifyBy], columns, 'column to group by'),
    ...missing('family', config.family ?? [], [...ids, ...joined], 'question with fixed answers'),
    ...missing('joinLevels', Object.keys(config.joinLevels), ids, 'question with fixed answers'),
    ...variables.flatMap(({ id, levels }) =>
      missing(`joinLevels: ${id}`, Object.values(config.joinLevels[id] ?? {}).flat(), levels, `answer to ${id}`),
    ),
    ...missing(
      'thresholds',
      Object.keys(config.thresholds),
      studyModel.thresholds.map(({ id }) => id),
      'threshold of the recommendations',
    ),
  ]
}

function missing(key: string, names: readonly string[], known: readonly string[], what: string): string[] {
  return names
    .filter((name) => !known.includes(name))
    .map((name) => `${key} names "${name}", which is no ${what}; there ${known.length === 0 ? 'is none' : `are ${known.join(', ')}`}`)
}
