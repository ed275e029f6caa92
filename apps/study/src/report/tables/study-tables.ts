import { type StudyResult } from '../../pipeline.ts'
import { countText, inSentence } from '../../show/numbers.ts'
import { type DataTable, type TableNote } from '../data-table.ts'
import { countsTable, effectsTable, testsTable } from './comparison-tables.ts'
import { organisationsTable, profilesTable, rulesTable } from './recommendation-tables.ts'
import { agreementTable, answersTable, frameTable, funnelTable, strataTable } from './round-tables.ts'
import { categoriesTable, pairsTable, technologiesByGroupTable, technologiesTable } from './technology-tables.ts'

/** Every table of a round, by the part of the study that it belongs to; every output shows these and no others. */
export interface StudyTables {
  readonly funnel: readonly DataTable[]
  readonly answers: readonly DataTable[]
  readonly comparison: readonly DataTable[]
  readonly byField: readonly { readonly field: string; readonly label: string; readonly tables: readonly DataTable[] }[]
  readonly strata: readonly DataTable[]
  readonly technologies: readonly DataTable[]
  readonly agreement: readonly DataTable[]
  readonly recommendations: readonly DataTable[]
}

/** The tables of a round of answers. */
export function studyTables(result: StudyResult): StudyTables {
  const tables = plainTables(result)
  const notes = tableNotes(result)
  const noted = (its: readonly DataTable[]): DataTable[] => its.map((table) => ({ ...table, notes }))
  return {
    funnel: noted(tables.funnel),
    answers: noted(tables.answers),
    comparison: noted(tables.comparison),
    byField: tables.byField.map((field) => ({ ...field, tables: noted(field.tables) })),
    strata: noted(tables.strata),
    technologies: noted(tables.technologies),
    agreement: noted(tables.agreement),
    recommendations: noted(tables.recommendations),
  }
}

/** What goes with every table, since tables are copied without their page: what the numbers are, and who the first group is. */
export function tableNotes({ provenance, declared: { comparison } }: StudyResult): TableNote[] {
  const kind = provenance.provenance === 'synthetic' ? 'synthetic records, made up' : 'supplied records'
  return [
    { name: 'Source', text: `computed from ${kind}: ${provenance.label}` },
    ...(comparison === null ? [] : [{ name: comparison.labels[0], text: comparison.definition }]),
  ]
}

function plainTables(result: StudyResult): StudyTables {
  const { declared, technologies, agreement, recommendations } = result
  const kind = result.provenance.provenance === 'synthetic' ? ' (synthetic)' : ''
  const { comparison } = declared
  const against = comparison === null ? '' : `${comparison.labels.join(' against ')}${kind}`
  const compared = (comparisons: StudyResult['comparisons'], caption: string, name: string): DataTable[] => {
    const effects = effectsTable(comparisons, `${caption}: effects`, name)
    return [
      testsTable(comparisons, declared.adjustment, `${caption}: tests`, name),
      ...(effects.rows.length === 0 ? [] : [effects]),
      countsTable(comparisons, `${caption}: counts`, name),
    ]
  }
  return {
    funnel: [funnelTable(result.funnel, `Response funnel${kind}`)],
    answers: [
      answersTable(result.answers, `Answers by question, each of its own base${kind}`),
      frameTable(result.answers, `Answers as counts of everybody approached${kind}`),
    ],
    comparison: comparison === null ? [] : compared(result.comparisons, against, 'comparison'),
    byField: result.byField.map(({ field, label, comparisons }) => ({
      field,
      label,
      tables: compared(comparisons, `By ${inSentence(label)}${kind}`, `by-${field.replace(/\W+/g, '-').toLowerCase()}`),
    })),
    strata:
      result.stratified.length === 0
        ? []
        : [strataTable(result.stratified, `Within ${declared.stratifyBy ?? 'strata'} (Mantel–Haenszel): ${against}`)],
    technologies:
      technologies.technologies.length === 0
        ? []
        : [
            categoriesTable(technologies, `Technologies by category, of ${countText(technologies.base)} that disclosed${kind}`),
            ...(technologies.byGroup === null
              ? []
              : [technologiesByGroupTable(technologies.byGroup, `The technologies named most, by group: ${against}`)]),
            pairsTable(technologies),
            technologiesTable(technologies, `Technologies by users, of ${countText(technologies.base)} that disclosed${kind}`),
          ],
    agreement:
      agreement === null
        ? []
        : [
            agreementTable(
              agreement,
              `Agreement on the class of ${agreement.technologies} technologies between ${agreement.people.length} people`,
            ),
          ],
    recommendations:
      recommendations === null
        ? []
        : [
            rulesTable(recommendations),
            ...(recommendations.byOrganisation === null
              ? []
              : [organisationsTable(recommendations.byOrganisation), profilesTable(recommendations)]),
          ],
  }
}
