import { type CodedVariable } from './analysis/coded-round.ts'
import { type StudyConfig } from './config.ts'

/** What a study declares before anybody looks at the answers, as its results state it. */
export function declared(config: StudyConfig, family: readonly CodedVariable[], threshold: number) {
  const { comparison, groups, stratifyBy, adjustment, confidenceLevel, asOf } = config
  return {
    comparison:
      comparison === undefined
        ? null
        : { group: comparison.group, first: comparison.first, labels: comparison.labels, definition: comparison.definition },
    family: family.map(({ id }) => id),
    groups,
    stratifyBy: stratifyBy ?? null,
    adjustment,
    confidenceLevel,
    threshold,
    asOf: asOf ?? null,
  }
}
