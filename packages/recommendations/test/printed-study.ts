import { countsThatFit, percentageFits } from '@open-digital-capability/stats'
import { type PrintedFigure, type PublicationVersion } from '@open-digital-capability/schema'
import { type FigureVerdict, type PublicationFacts } from '../src/index.ts'

/** The printed figures of the study that the shipped model reads, with what each version prints of them. */
const versions: readonly PublicationVersion[] = [
  { id: 'V0', title: 'preprint abstract as submitted, 2024', sourceUrl: 'https://eprints.whiterose.ac.uk/id/eprint/220656' },
  { id: 'V1', title: 'accepted manuscript abstract', sourceUrl: 'https://preprints.jmir.org/preprint/66398/accepted' },
  { id: 'V2', title: 'published abstract, 12 Aug 2025', sourceUrl: 'https://pubmed.ncbi.nlm.nih.gov/40795322/' },
  { id: 'V3', title: 'first author’s public posts, Aug–Sep 2025', sourceUrl: 'https://bskyview.com/01e04a18/matthewrbennion' },
]

export const publication: PublicationFacts = { versions, collectedUntil: '2020-12-31' }

type Row = readonly [
  id: string,
  count: number | null,
  baseId: string | null,
  printed: Readonly<Record<string, string>>,
  printedBase?: string,
]

// Id, count, base, percentage by version, and the base that V2 prints where it prints one.
const rows: readonly Row[] = [
  ['responded', 191, 'approached', { V0: '84.5', V1: '84.5', V2: '84.5' }, 'approached'],
  ['hasTeam', 161, 'responded', { V0: '84', V1: '84', V2: '84', V3: '84' }, 'responded'],
  ['frontFacing', 112, 'hasTeam', { V0: '70', V1: '70', V2: '69.6' }],
  ['clinicalStaff', 150, 'hasTeam', { V0: '93', V2: '93.2', V3: '93' }, 'responded'],
  ['developsForOthers', 55, 'hasTeam', { V0: '34', V2: '34.2' }, 'responded'],
  ['innovationGrant', 35, 'hasTeam', { V0: '22', V2: '21.7', V3: '22' }, 'responded'],
  ['disclosedTechnologies', 138, 'hasTeam', { V0: '86', V2: '86' }, 'responded'],
  ['openSourceAlways', 25, 'hasTeam', { V0: '16', V2: '15.5', V3: '15' }],
  ['interoperabilityStandards', 24, 'disclosedTechnologies', { V0: '15', V2: '17' }],
  ['cSharp', null, null, { V3: '59' }],
  ['python', null, null, { V3: '5.1' }],
]

const counts: Readonly<Record<string, number>> = {
  approached: 226,
  ...Object.fromEntries(rows.flatMap(([id, count]) => (count === null ? [] : [[id, count]]))),
}

export const figures: readonly PrintedFigure[] = rows.map(([id, count, baseId, printed, printedBase]) => ({
  id,
  label: id,
  ...(count === null ? {} : { count }),
  ...(baseId === null ? {} : { base: counts[baseId] as number, baseId }),
  printings: Object.entries(printed).map(([version, percentage]) => ({
    version,
    percentage,
    ...(version === 'V2' && printedBase !== undefined ? { printedBaseId: printedBase } : {}),
  })),
}))

/** What an audit against the nested bases of the study finds. */
export const verdicts: readonly FigureVerdict[] = figures.flatMap((figure) =>
  figure.printings.map(({ version, percentage = '', printedBaseId }): FigureVerdict => {
    const printedBase = printedBaseId === undefined ? null : (counts[printedBaseId] as number)
    const candidates = ['approached', 'responded', 'hasTeam', 'disclosedTechnologies'].flatMap((baseId) => {
      const base = counts[baseId] as number
      const fitting =
        figure.count === undefined ? countsThatFit(percentage, base) : percentageFits(figure.count, base, percentage) ? [figure.count] : []
      return fitting.length === 0 ? [] : [{ base, baseId, counts: fitting }]
    })
    const base = printedBase ?? figure.base
    const baseCheck =
      figure.count === undefined || base === undefined
        ? 'undetermined'
        : percentageFits(figure.count, base, percentage)
          ? 'passed'
          : 'failed'
    return {
      figureId: figure.id,
      version,
      baseCheck,
      printedBase,
      candidates,
      because: `${percentage} against a base of ${base ?? 'none'}`,
    }
  }),
)
