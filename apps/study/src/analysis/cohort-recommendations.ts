import {
  type BaseChoice,
  evaluate,
  type Evaluation,
  explain,
  type Explanation,
  type Facts,
  factsFromPrintedFigures,
  type FigureVerdict,
  type Provenance,
  type Recommendation,
  studyModel,
} from '@open-digital-capability/recommendations'
import { type PublishedStudy } from '../published-study.ts'
import { type FrameCheck } from './frame-check.ts'
import { type AuditedPercentage } from './percentage-audit.ts'

/** A recommendation with its whole trace, and the same in plain words. */
export interface ExplainedRecommendation {
  readonly recommendation: Recommendation
  readonly explanation: Explanation
}

/** What the printed figures support, for the cohort of all trusts asked. */
export interface CohortRecommendations {
  readonly model: { readonly id: string; readonly version: string }
  readonly asOf: string | null
  readonly recommendations: readonly ExplainedRecommendation[]
}

/** Evaluates the shipped model on the printed figures, with the audit deciding which of them may be used. */
export function cohortRecommendations(
  study: PublishedStudy,
  audit: readonly AuditedPercentage[],
  options: {
    readonly confidenceLevel: number
    readonly asOf?: string
    readonly baseChoices?: readonly BaseChoice[]
    readonly frame?: FrameCheck | null
  },
): CohortRecommendations {
  const { versions, dataCollected, assertionVersions } = study.publication
  const cohort = factsFromPrintedFigures(
    studyModel,
    study.figures,
    audit.map(figureVerdict),
    { versions, collectedUntil: dataCollected },
    {
      assertions: assertionVersions,
      confidenceLevel: options.confidenceLevel,
      baseChoices: options.baseChoices ?? [],
      other: frameFact(options.frame ?? null, 'computed-from-printed'),
    },
  )
  return explained(evaluate(studyModel, cohort, options.asOf === undefined ? {} : { asOf: options.asOf }))
}

/** Every recommendation of an evaluation with its trace in words. */
export function explained(evaluation: Evaluation): CohortRecommendations {
  return {
    model: { id: evaluation.model, version: evaluation.modelVersion },
    asOf: evaluation.asOf,
    recommendations: evaluation.recommendations.map((recommendation) => ({
      recommendation,
      explanation: explain(studyModel, evaluation, recommendation),
    })),
  }
}

/** Whether those asked were those in the register, as a fact that rules read. */
export function frameFact(frame: FrameCheck | null, provenance: Provenance): Facts {
  if (frame === null) return {}
  const label = `${frame.asked} asked, ${frame.registered} registered on ${frame.askedFrom}: ${frame.source}`
  return {
    frameCheck: {
      kind: 'answer',
      value: frame.verdict,
      source: { provenance, label, collectedUntil: frame.askedFrom },
    },
  }
}

function figureVerdict(audited: AuditedPercentage): FigureVerdict {
  const { figureId, version, verdict, stated, fittingBases } = audited
  return {
    figureId,
    version,
    baseCheck:
      verdict === 'consistent' ? 'passed' : verdict === 'base-misprinted' || verdict === 'inconsistent' ? 'failed' : 'undetermined',
    printedBase: stated?.how === 'printed' ? stated.base : null,
    candidates: fittingBases.map(({ id, base, counts }) => ({ base, baseId: id, counts })),
    because: audited.because ?? `the printed ${audited.percentage}% was checked against every base that the study names`,
  }
}
