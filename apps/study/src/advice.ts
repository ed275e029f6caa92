import { evaluate, type Explanation, type Facts, type Recommendation, studyModel } from '@open-digital-capability/recommendations'
import { explained } from './analysis/cohort-recommendations.ts'
import { defaultThreshold } from './analysis/default-threshold.ts'
import { advises } from './analysis/fact-patterns.ts'
import { comparisonGrouping } from './analysis/grouping.ts'
import { roundCohort } from './analysis/round-cohort.ts'
import { type RoundRecommendations } from './analysis/round-recommendations.ts'
import { smallNumberGuard } from './analysis/small-numbers.ts'
import { type StudyConfig } from './config.ts'
import { exitCode, UserError } from './exit-code.ts'
import { type Round } from './input.ts'
import { runStudy } from './pipeline.ts'
import { publishedStudy } from './published-study.ts'
import { registerCheck } from './register.ts'
import { exemplarsIn, reproduce } from './reproduction.ts'

/** Advice for the system or for one trust, with everything that led to it. */
export interface Advice {
  /** Whom it is for: everybody together, or one organisation by its code. */
  readonly subject: { readonly kind: 'system' } | { readonly kind: 'trust'; readonly id: string }
  /** What it rests on. */
  readonly source: {
    readonly provenance: 'printed' | 'supplied' | 'synthetic'
    readonly label: string
    readonly file: string | null
    readonly sha256: string | null
  }
  /** The rules that were read. */
  readonly model: { readonly id: string; readonly version: string }
  /** The day as of which it is given; old answers count for less. */
  readonly asOf: string | null
  readonly recommendations: readonly { readonly recommendation: Recommendation; readonly explanation: Explanation }[]
  /** How many organisations each rule applies to; `null` where answers of single organisations are not known, or for one trust. */
  readonly organisations: RoundRecommendations['trusts'] | null
}

/** The advice that the printed study supports, for the system. */
export function adviceFromPrint(asOf: string | undefined): Advice {
  const study = publishedStudy()
  const { recommendations } = reproduce(study, {
    definition: 'core-26',
    exemplarTeams: exemplarsIn['core-26'],
    confidenceLevel: 0.95,
    threshold: defaultThreshold('adjustedP'),
    asOf: asOf ?? study.publication.published,
  })
  return {
    subject: { kind: 'system' },
    source: { provenance: 'printed', label: study.publication.citation, file: null, sha256: null },
    ...recommendations,
    organisations: null,
  }
}

/** The advice that a round of answers supports, for the system. */
export function adviceFromRound(round: Round, config: StudyConfig): Advice {
  const { recommendations } = runStudy(round, config)
  if (recommendations === null) throw new UserError(exitCode.usage, noRules)
  return {
    subject: { kind: 'system' },
    source: sourceOfRound(round, config),
    ...recommendations.cohort,
    organisations: recommendations.trusts,
  }
}

/** The advice for one organisation of a round, by its position in the file, beside what all of them answered. */
export function adviceForTrust(round: Round, config: StudyConfig, trust: { readonly id: string; readonly position: number }): Advice {
  if (!advises(config.questions)) throw new UserError(exitCode.usage, noRules)
  const guard = smallNumberGuard(config)
  if (guard.isOn) {
    throw new UserError(exitCode.usage, 'the config hides small numbers, so there is no advice for single organisations')
  }
  const { facts } = round.coded
  const { id, position } = trust
  const frame = registerCheck(config.register, config.approached ?? round.coded.size)
  const cohort = roundCohort(round.coded, config, { grouping: comparisonGrouping(round.coded, config), frame }, guard)
  const evaluation = evaluate(
    studyModel,
    { id, kind: 'trust', facts: facts.patterns[facts.codes[position] as number] as Facts },
    { thresholds: config.thresholds, cohort: cohort.facts, ...(config.asOf === undefined ? {} : { asOf: config.asOf }) },
  )
  return { subject: { kind: 'trust', id }, source: sourceOfRound(round, config), ...explained(evaluation), organisations: null }
}

const sourceOfRound = ({ file, sha256 }: Round, { source }: StudyConfig): Advice['source'] => ({
  provenance: source.provenance,
  label: source.label,
  file,
  sha256,
})

const noRules = 'the rules read none of the questions of this questionnaire, so there is no advice'
