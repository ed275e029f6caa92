import { auditPercentage, type FittingBase, type NamedBase, type PercentageVerdict } from '@open-digital-capability/stats'
import { type PrintedFigure } from '@open-digital-capability/schema'
import { type PublishedStudy } from '../published-study.ts'

/** The audit of one printed percentage. */
export interface AuditedPercentage {
  readonly figureId: string
  readonly label: string
  readonly version: string
  readonly percentage: string
  readonly count: number | null
  /** The base that the text states, or implies. */
  readonly stated: { readonly label: string; readonly base: number; readonly how: 'printed' | 'implied' } | null
  readonly recomputed: number | null
  readonly verdict: PercentageVerdict
  readonly fittingBases: readonly (FittingBase & { readonly label: string })[]
  /** Whether the verdict is the one on record: a percentage that is not on record must be consistent. */
  readonly asRecorded: boolean
  /** Why it is not consistent, where that is on record. */
  readonly because: string | null
}

/** A figure whose printing differs between versions. */
export interface ChangedFigure {
  readonly figureId: string
  readonly label: string
  /** The percentages by version, in the order of the versions. */
  readonly printed: readonly { readonly version: string; readonly percentage: string; readonly bases: readonly number[] }[]
  /** `base` if no named base fits all versions, `rounding` if one does; `dropped` if the published version no longer has it. */
  readonly change: 'base' | 'rounding' | 'dropped'
}

/** Audits every printed percentage of a study against every base that the study names. */
export function auditPercentages(study: PublishedStudy): AuditedPercentage[] {
  const bases = namedBases(study)
  return study.figures.flatMap((figure) =>
    figure.printings.flatMap((printing): AuditedPercentage[] => {
      if (printing.percentage === undefined) return []
      const stated = statedBase(study, figure, printing.printedBaseId)
      const audit = auditPercentage(
        {
          percentage: printing.percentage,
          ...(figure.count === undefined ? {} : { count: figure.count }),
          ...(stated === null ? {} : { statedBase: { id: stated.id, base: stated.base }, baseIs: stated.how }),
        },
        bases,
      )
      const known = study.knownDiscrepancies.find(({ figureId, version }) => figureId === figure.id && version === printing.version)
      return [
        {
          figureId: figure.id,
          label: figure.label,
          version: printing.version,
          percentage: printing.percentage,
          count: figure.count ?? null,
          stated: stated && { label: stated.label, base: stated.base, how: stated.how },
          recomputed: audit.recomputed,
          verdict: audit.verdict,
          fittingBases: audit.fittingBases.map((fitting) => ({ ...fitting, label: labelOf(study, fitting.id) })),
          asRecorded: audit.verdict === (known?.verdict ?? 'consistent'),
          because: known?.because ?? null,
        },
      ]
    }),
  )
}

/** The figures whose percentage reads differently from version to version, or is gone from the published one. */
export function changedFigures(study: PublishedStudy, audited: readonly AuditedPercentage[], publishedVersion: string): ChangedFigure[] {
  return study.figures.flatMap((figure): ChangedFigure[] => {
    const printed = audited
      .filter(({ figureId }) => figureId === figure.id)
      .map(({ version, percentage, fittingBases }) => ({ version, percentage, bases: fittingBases.map(({ base }) => base) }))
    const dropped = figure.count !== undefined && !figure.printings.some(({ version }) => version === publishedVersion)
    const differs = new Set(printed.map(({ percentage }) => percentage)).size > 1
    if (!dropped && !differs) return []
    const shared = printed[0]?.bases.some((base) => printed.every(({ bases }) => bases.length === 0 || bases.includes(base))) ?? false
    return [{ figureId: figure.id, label: figure.label, printed, change: dropped ? 'dropped' : shared ? 'rounding' : 'base' }]
  })
}

/** The counts of a study that other figures are a share of. */
function namedBases(study: PublishedStudy): NamedBase[] {
  const ids = new Set(study.figures.flatMap(({ baseId, printings }) => [baseId, ...printings.map(({ printedBaseId }) => printedBaseId)]))
  return study.figures.flatMap(({ id, count }) => (ids.has(id) && count !== undefined ? [{ id, base: count }] : []))
}

function statedBase(
  study: PublishedStudy,
  figure: PrintedFigure,
  printedBaseId: string | undefined,
): { id: string; base: number; label: string; how: 'printed' | 'implied' } | null {
  const id = printedBaseId ?? figure.baseId
  const base = study.figures.find((candidate) => candidate.id === id)?.count
  if (id === undefined || base === undefined) return null
  return { id, base, label: labelOf(study, id), how: printedBaseId === undefined ? (figure.baseIs ?? 'implied') : 'printed' }
}

function labelOf(study: PublishedStudy, id: string): string {
  return study.figures.find((figure) => figure.id === id)?.label ?? id
}
