import { type RoundRecommendations } from '../../analysis/round-recommendations.ts'
import { countText, percent } from '../../show/numbers.ts'
import { type DataTable } from '../data-table.ts'

/** How many organisations each rule applies to. */
export function rulesTable({ trusts }: RoundRecommendations): DataTable {
  return {
    caption: 'Advice to single organisations: how many each rule applies to',
    name: 'advice-by-rule',
    columns: [
      { head: 'Advice' },
      { head: 'Applies', isNumber: true },
      { head: 'Already met', isNumber: true },
      { head: 'Not decided', isNumber: true },
      { head: 'Not applicable', isNumber: true },
    ],
    rows: trusts.map(({ title, counts }) => [
      title,
      ...(['applies', 'already-met', 'unknown', 'not-applicable'] as const).map((status) => countText(counts[status])),
    ]),
  }
}

/** What applies to each organisation, in the order of the file. */
export function organisationsTable(byOrganisation: NonNullable<RoundRecommendations['byOrganisation']>): DataTable {
  return {
    caption: 'Advice by organisation, in the order of the file; nothing is ranked',
    name: 'advice-by-organisation',
    isLong: true,
    columns: [{ head: 'Organisation' }, { head: 'Applies' }, { head: 'Already met' }, { head: 'Not decided for want of an answer' }],
    rows: byOrganisation.map(({ organisation, applies, alreadyMet, notDecided }) => [
      organisation,
      applies.join('; '),
      alreadyMet.join('; '),
      notDecided.join('; '),
    ]),
  }
}

const answers = { yes: 'yes', no: 'no', unknown: 'no answer', 'not-asked': 'not asked' } as const

/** The answers of each organisation beside the share of all who say yes, in the order of the file. */
export function profilesTable({ shares, byOrganisation }: RoundRecommendations): DataTable {
  return {
    caption: 'Profiles: the answers of each organisation, under the share of all of those asked; nothing is ranked',
    name: 'profiles',
    isLong: true,
    columns: [
      { head: 'Organisation' },
      ...shares.map(({ name, ofAll }) => ({ head: ofAll === null ? name : `${name} (${percent(ofAll, 0)}% of all)` })),
    ],
    rows: (byOrganisation ?? []).map(({ organisation, profile }) => [organisation, ...profile.map((counted) => answers[counted])]),
  }
}
