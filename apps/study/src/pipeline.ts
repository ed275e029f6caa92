import { answerShares } from './analysis/answer-shares.ts'
import { classifyTexts, disclosedTechnologies } from './analysis/disclosed-technologies.ts'
import { defaultThreshold } from './analysis/default-threshold.ts'
import { funnelOf } from './analysis/funnel.ts'
import { compareGroups } from './analysis/group-comparison.ts'
import { comparisonGrouping, fieldGrouping, fieldOf } from './analysis/grouping.ts'
import { responseFunnel } from './analysis/response-funnel.ts'
import { advises, roundRecommendations } from './analysis/round-recommendations.ts'
import { compareWithinStrata } from './analysis/stratified-comparison.ts'
import { joinLevels, variablesOf } from './analysis/variable.ts'
import { type StudyConfig } from './config.ts'
import { type Round } from './input.ts'

/** A round of answers, from records to advice: the whole study, top to bottom. */
export function runStudy(round: Round, config: StudyConfig) {
  const { records } = round
  const { confidenceLevel, adjustment } = config
  const threshold = config.thresholds['adjustedP'] ?? defaultThreshold('adjustedP')

  // Who was asked, who answered, and what they can be asked about.
  const funnel = funnelOf(responseFunnel(records, config), confidenceLevel)

  // Free text becomes technologies; questions and texts become variables with levels.
  const texts = classifyTexts(config.questions, records)
  const technologies = disclosedTechnologies(texts, confidenceLevel)
  const variables = variablesOf(config.questions, texts)
  const joined = variables.flatMap((variable) => {
    const levels = config.joinLevels[variable.id]
    return levels === undefined ? [] : [joinLevels(variable, levels)]
  })
  const family = [...variables, ...joined].filter(({ id }) => config.family?.includes(id) ?? true)

  // What was answered, each question of its own base.
  const answers = answerShares(records, variables, confidenceLevel)

  // Do the groups differ? Declared comparison first, then by every other field, then within strata.
  const options = { confidenceLevel, adjustment, threshold }
  const grouping = comparisonGrouping(config)
  const comparisons = grouping === null ? [] : compareGroups(records, family, grouping, options)
  const byField = config.groups.map((field) => ({
    field,
    comparisons: compareGroups(records, family, fieldGrouping(records, field), options),
  }))
  const { stratifyBy } = config
  const stratified =
    grouping === null || stratifyBy === undefined
      ? []
      : compareWithinStrata(records, family, grouping, (record) => fieldOf(record, stratifyBy), confidenceLevel)

  // What follows from it, and for whom.
  const recommendations = advises(config.questions) ? roundRecommendations(records, texts, config, grouping) : null

  return {
    title: config.title,
    provenance: { ...config.source, file: round.file, sha256: round.sha256 },
    declared: {
      comparison: config.comparison ?? null,
      family: family.map(({ id }) => id),
      adjustment,
      confidenceLevel,
      threshold,
      asOf: config.asOf ?? null,
    },
    reading: round.summary,
    issues: round.issues,
    funnel,
    answers,
    comparisons,
    byField,
    stratified,
    technologies,
    recommendations,
  }
}

/** Result of {@link runStudy}. */
export type StudyResult = ReturnType<typeof runStudy>
