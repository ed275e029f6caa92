import {
  cohortFromSubjects,
  compareGroups,
  evaluate,
  evaluateEach,
  explain,
  type Source,
  type Status,
  studyModel,
  type Subject,
  subjectsFromRecords,
} from '@open-digital-capability/recommendations'
import { type FoiResponse, type Questionnaire } from '@open-digital-capability/schema'
import { type StudyConfig } from '../config.ts'
import { type CohortRecommendations } from './cohort-recommendations.ts'
import { type DisclosedText } from './disclosed-technologies.ts'
import { type Grouping } from './group-comparison.ts'

/** Advice for everybody together and, counted by rule, for each organisation. */
export interface RoundRecommendations {
  readonly cohort: CohortRecommendations
  /** How many organisations each rule applies to; no named organisation is ranked. */
  readonly trusts: readonly { readonly rule: string; readonly title: string; readonly counts: Readonly<Record<Status, number>> }[]
}

/** Whether the shipped model has anything to say on a questionnaire: it reads at least one of its questions. */
export function advises({ questions }: Questionnaire): boolean {
  const read = new Set(studyModel.indicators.flatMap((indicator) => ('question' in indicator ? [indicator.question] : [])))
  return questions.some(({ id }) => read.has(id))
}

/** Evaluates the shipped model on the records of a round. */
export function roundRecommendations(
  records: readonly FoiResponse[],
  texts: readonly DisclosedText[],
  config: StudyConfig,
  grouping: Grouping | null,
): RoundRecommendations {
  const source: Source = {
    provenance: config.source.provenance === 'synthetic' ? 'synthetic' : 'records',
    label: config.source.label,
    ...(config.source.collectedUntil === undefined ? {} : { collectedUntil: config.source.collectedUntil }),
  }
  const disclosed = new Map(texts.map((text) => [text.organisation, text]))
  const derive = {
    interoperabilityStandards: ({ organisation }: FoiResponse) => {
      const text = disclosed.get(organisation)
      return text === undefined ? null : text.interoperability.strict ? 'yes' : 'no'
    },
    technologyCount: ({ organisation }: FoiResponse) => disclosed.get(organisation)?.technologies.length ?? null,
  }
  const subjects = [...subjectsFromRecords(studyModel, records, { source, derive })]
  const byId = new Map(records.map((record) => [record.organisation, record]))
  const groupGap =
    grouping === null || config.comparison === undefined
      ? {}
      : {
          groupGap: compareGroups(studyModel, 'groupGap', subjects, {
            source,
            cohort: config.comparison.definition,
            groups: config.comparison.labels,
            groupOf: ({ id }: Subject) => grouping.labels[grouping.groupOf(byId.get(id) as FoiResponse)] ?? null,
            adjustment: config.adjustment,
            confidenceLevel: config.confidenceLevel,
          }),
        }
  const options = { thresholds: config.thresholds, ...(config.asOf === undefined ? {} : { asOf: config.asOf }) }
  const cohort = cohortFromSubjects(studyModel, subjects, { source, confidenceLevel: config.confidenceLevel, other: groupGap })
  const evaluation = evaluate(studyModel, cohort, options)
  const counts = new Map<string, Record<Status, number>>()
  for (const { recommendations } of evaluateEach(studyModel, subjects, { ...options, cohort: cohort.facts })) {
    for (const { rule, status } of recommendations) {
      const tally = counts.get(rule) ?? { applies: 0, 'already-met': 0, 'not-applicable': 0, unknown: 0 }
      counts.set(rule, { ...tally, [status]: tally[status] + 1 })
    }
  }
  return {
    cohort: {
      model: { id: evaluation.model, version: evaluation.modelVersion },
      asOf: evaluation.asOf,
      recommendations: evaluation.recommendations.map((recommendation) => ({
        recommendation,
        explanation: explain(studyModel, evaluation, recommendation),
      })),
    },
    trusts: [...counts].map(([rule, tally]) => ({
      rule,
      title: studyModel.rules.find(({ id }) => id === rule)?.title ?? rule,
      counts: tally,
    })),
  }
}
