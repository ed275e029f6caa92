import { cohortRecommendations } from './analysis/cohort-recommendations.ts'
import { type Capability, capabilityOf } from './analysis/capability.ts'
import { feasibleComparison, type FeasibleComparison } from './analysis/feasible-comparison.ts'
import { frameCheck } from './analysis/frame-check.ts'
import { funnelOf, type FunnelStep } from './analysis/funnel.ts'
import { type AuditedPercentage, auditPercentages, type ChangedFigure, changedFigures } from './analysis/percentage-audit.ts'
import { figureOf, figuresHash, type PublishedStudy } from './published-study.ts'
import { versions } from './versions.ts'

/** Choices that a reader may make differently. */
export interface ReproductionOptions {
  /** Who counts as a Global Digital Exemplar; not printed. */
  readonly definition: PrintDefinition
  /** How many of the trusts with a team are taken to be exemplars; not printed. */
  readonly exemplarTeams: number
  /** Level of every interval. */
  readonly confidenceLevel: number
  /** Below which P a comparison would be called a difference. */
  readonly threshold: number
  /** The day as of which advice is given, `YYYY-MM-DD`: old data count for less. */
  readonly asOf: string
}

/** Definitions under which the exemplars of the printed study can be supposed. */
export type PrintDefinition = 'core-26' | 'programme'

/** How many organisations a definition holds in 2020: of the 51 of the programme, two had merged into an exemplar. */
export const exemplarsIn: Readonly<Record<PrintDefinition, number>> = { 'core-26': 26, programme: 49 }

/** The definition in words, with how many teams it is taken to stand for. */
export function definitionText({ definition, exemplarTeams }: Pick<ReproductionOptions, 'definition' | 'exemplarTeams'>): string {
  const members = exemplarsIn[definition]
  return exemplarTeams === members
    ? `${definition}, as if all ${members} had answered and had a team; not printed`
    : `${definition}, of which ${exemplarTeams} are taken to have a team; not printed`
}

const funnelIds = ['approached', 'responded', 'hasTeam', 'disclosedTechnologies']
/** Bases outside which nobody who responded can have given the answer. */
const wholeBases = ['responded', 'hasTeam']
const publishedVersion = 'V2'

/** The printed study, recomputed: what is printed, whether it holds, and what it allows to be said. */
export function reproduce(study: PublishedStudy, options: ReproductionOptions) {
  const funnel: FunnelStep[] = funnelOf(
    funnelIds.map((id, i) => {
      const { label, count } = figureOf(study, id)
      const before = i === 0 ? count : figureOf(study, funnelIds[i - 1] as string).count
      return { id, label, count, leftOut: before === count ? [] : [{ reason: 'reason not printed', count: before - count }] }
    }),
    options.confidenceLevel,
  )
  const approached = figureOf(study, 'approached').count
  const responded = figureOf(study, 'responded').count
  const capabilities: Capability[] = study.figures.flatMap((figure) => {
    const base = study.figures.find(({ id }) => id === figure.baseId)
    if (figure.count === undefined || base?.count === undefined) return []
    return [
      capabilityOf(
        {
          id: figure.id,
          label: figure.label,
          count: figure.count,
          base: base.count,
          baseLabel: base.label,
          // Whoever has no team was not asked further and does none of it; who disclosed nothing may still use it.
          frame: wholeBases.includes(base.id) ? { responded, approached } : null,
        },
        options.confidenceLevel,
      ),
    ]
  })
  const audit: AuditedPercentage[] = auditPercentages(study)
  const changes: ChangedFigure[] = changedFigures(study, audit, publishedVersion)
  const comparisons: (FeasibleComparison & { readonly definition: string })[] = capabilities
    .filter(({ base }) => base >= options.exemplarTeams && base < responded)
    .map((question) => ({
      definition: definitionText(options),
      ...feasibleComparison(question, options.exemplarTeams, options.threshold),
    }))
  const technologies = Object.entries(figureOf(study, 'technologies').parts ?? {}).map(([category, count]) => ({ category, count }))
  const frame = frameCheck(study, approached)
  const recommendations = cohortRecommendations(study, audit, { ...options, frame })
  return {
    publication: study.publication,
    provenance: 'computed from printed counts' as const,
    figuresSha256: figuresHash(study),
    versions: versions(),
    options,
    frame,
    funnel,
    capabilities,
    audit,
    changes,
    comparisons,
    technologies: { total: figureOf(study, 'technologies').count, categories: technologies },
    recommendations,
    notPrinted: study.notPrinted,
  }
}

/** Result of {@link reproduce}. */
export type Reproduction = ReturnType<typeof reproduce>
