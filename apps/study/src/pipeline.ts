import { answerShares } from './analysis/answer-shares.ts'
import { defaultThreshold } from './analysis/default-threshold.ts'
import { disclosedTechnologies } from './analysis/disclosed-technologies.ts'
import { advises } from './analysis/fact-patterns.ts'
import { funnelOf } from './analysis/funnel.ts'
import { compareGroups } from './analysis/group-comparison.ts'
import { comparisonGrouping, fieldGrouping } from './analysis/grouping.ts'
import { responseFunnel } from './analysis/response-funnel.ts'
import { roundRecommendations } from './analysis/round-recommendations.ts'
import { searchAgreement } from './analysis/search-agreement.ts'
import { shownReading } from './analysis/shown-reading.ts'
import { smallNumberGuard } from './analysis/small-numbers.ts'
import { compareWithinStrata } from './analysis/stratified-comparison.ts'
import { joinedVariables, uncountedQuestions } from './analysis/variable.ts'
import { type StudyConfig } from './config.ts'
import { declared } from './declared.ts'
import { type Round } from './input.ts'
import { registerCheck, registerFile } from './register.ts'
import { versions } from './versions.ts'

/** A round of answers, from records to advice: the whole study, top to bottom. */
export function runStudy(round: Round, config: StudyConfig) {
  const { coded } = round
  const { confidenceLevel, adjustment, stratifyBy } = config
  const threshold = config.thresholds['adjustedP'] ?? defaultThreshold('adjustedP')

  // Every count passes this door; it hides small ones where people are counted.
  const guard = smallNumberGuard(config)

  // Who was asked, who answered, and what they can be asked about.
  const funnel = funnelOf(responseFunnel(coded, config, guard), confidenceLevel)

  // What was answered, each question of its own base, and as a count of everybody approached.
  const answers = answerShares(coded, coded.variables, { confidenceLevel, approached: config.approached }, guard)

  // The family that was declared, with the levels that were to be joined. Beside hidden cells joined ones would give them away.
  const joined = guard.isOn ? [] : joinedVariables(coded.variables, config.joinLevels)
  const family = [...coded.variables, ...joined].filter(({ id }) => config.family?.includes(id) ?? true)

  // Do the groups differ? Declared comparison first, then by every other field, then within strata.
  const options = { confidenceLevel, adjustment, threshold }
  const grouping = comparisonGrouping(coded, config)
  const comparisons = grouping === null ? [] : compareGroups(family, grouping, options, guard)
  const byField = config.groups.map((field) => ({
    field,
    label: config.questions.groups?.find(({ id }) => id === field)?.label ?? field,
    comparisons: compareGroups(family, fieldGrouping(coded, field), options, guard),
  }))
  const stratified =
    grouping === null || stratifyBy === undefined
      ? []
      : compareWithinStrata(family, grouping, fieldGrouping(coded, stratifyBy), confidenceLevel, guard)

  // Which technologies, by whom, and which together; and whether people agreed on what a technology is.
  const technologies = disclosedTechnologies(coded.disclosures, grouping, confidenceLevel, guard)
  const agreement = round.searches === null ? null : searchAgreement(round.searches, confidenceLevel)

  // What follows from it, and for whom. How many were asked is no small number where organisations are in a register.
  const frame = guard.isOn ? null : registerCheck(config.register, config.approached ?? coded.size)
  const recommendations = advises(config.questions) ? roundRecommendations(coded, config, { grouping, frame }, guard) : null

  return {
    title: config.title,
    provenance: { ...config.source, file: round.file, sha256: round.sha256, register: registerFile(config), versions: versions() },
    declared: declared(config, family, threshold),
    smallNumbers: guard.summary(),
    ...shownReading(round, guard),
    frame,
    funnel,
    answers,
    uncounted: uncountedQuestions(config.questions),
    comparisons,
    byField,
    stratified,
    technologies,
    agreement,
    recommendations,
  }
}

/** Result of {@link runStudy}. */
export type StudyResult = ReturnType<typeof runStudy>
