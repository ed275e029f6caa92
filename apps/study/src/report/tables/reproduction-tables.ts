import { definitionText, type Reproduction } from '../../reproduction.ts'
import { decimal, percent, percentRange } from '../../show/numbers.ts'
import { findingText } from '../../show/reproduction-text.ts'
import { type DataTable, type TableNote } from '../data-table.ts'
import { frameTable, funnelTable } from './round-tables.ts'

/** Every table of the printed study, by the part that it belongs to. */
export interface ReproductionTables {
  readonly funnel: readonly DataTable[]
  readonly capability: readonly DataTable[]
  readonly audit: readonly DataTable[]
  readonly feasible: readonly DataTable[]
  readonly technologies: readonly DataTable[]
}

/** The tables of the printed study. */
export function reproductionTables(result: Reproduction): ReproductionTables {
  const tables = plainTables(result)
  const notes = tableNotes(result)
  return Object.fromEntries(
    Object.entries(tables).map(([part, its]: [string, readonly DataTable[]]) => [part, its.map((table) => ({ ...table, notes }))]),
  ) as unknown as ReproductionTables
}

/** What goes with every table: what its numbers are, and how many exemplars are supposed wherever they matter. */
export function tableNotes({ options, publication }: Reproduction): TableNote[] {
  return [
    { name: 'Source', text: `counts printed in the versions of doi:${publication.doi}; everything else computed from them` },
    { name: 'Exemplars', text: `${options.exemplarTeams} of the teams (${definitionText(options)})` },
  ]
}

function plainTables(result: Reproduction): ReproductionTables {
  return {
    funnel: [funnelTable(result.funnel, 'Response funnel, printed counts')],
    capability: [
      capabilityTable(result),
      frameTable(result.capabilities, `Capability as counts of all ${result.funnel[0]?.count ?? ''} approached`),
    ],
    audit: [auditTable(result), changesTable(result)],
    feasible: [feasibleTable(result)],
    technologies: [
      {
        caption: `${result.technologies.total} different technologies by category, as printed (V0)`,
        columns: [{ head: 'Category' }, { head: 'n', isNumber: true }],
        rows: result.technologies.categories.map(({ category, count }) => [category, `${count}`]),
        name: 'technologies',
      },
    ],
  }
}

function capabilityTable({ capabilities }: Reproduction): DataTable {
  return {
    caption: 'Capability by question, printed counts',
    columns: [
      { head: 'Question' },
      { head: 'n', isNumber: true },
      { head: 'Base', isNumber: true },
      { head: 'Base is' },
      { head: '%', isNumber: true },
      { head: 'Wilson interval', isNumber: true },
    ],
    rows: capabilities.map(({ label, count, base, baseLabel, proportion, interval }) => [
      label,
      `${count}`,
      `${base}`,
      baseLabel,
      percent(proportion),
      percentRange(interval.lower, interval.upper ?? 1),
    ]),
    name: 'capability',
  }
}

function auditTable({ audit }: Reproduction): DataTable {
  return {
    caption: 'Audit of the printed percentages (* implied by the text)',
    columns: [
      { head: 'Figure' },
      { head: 'Count', isNumber: true },
      { head: 'Version' },
      { head: 'Printed', isNumber: true },
      { head: 'Finding' },
    ],
    rows: audit.map((audited) => [
      audited.label,
      audited.count === null ? '–' : `${audited.count}`,
      audited.version,
      `${audited.percentage}%`,
      findingText(audited),
    ]),
    name: 'audit',
  }
}

const changeNames = { base: 'base changed', rounding: 'same base, other rounding', dropped: 'not in the published version' } as const

function changesTable({ changes }: Reproduction): DataTable {
  return {
    caption: 'Figures that changed between versions',
    columns: [{ head: 'Figure' }, { head: 'What' }, { head: 'Printed' }],
    rows: changes.map(({ label, change, printed }) => [
      label,
      changeNames[change],
      printed.map(({ version, percentage }) => `${version} ${percentage}%`).join(', '),
    ]),
    name: 'changes',
  }
}

function feasibleTable({ comparisons, options }: Reproduction): DataTable {
  const either = ({ below, above }: { below: number | null; above: number | null }): string =>
    [below === null ? '' : `≤ ${below}`, above === null ? '' : `≥ ${above}`].filter(Boolean).join(' or ') || 'never'
  return {
    caption: `Feasible counts of ${options.exemplarTeams} exemplars among those that said yes`,
    columns: [
      { head: 'Question' },
      { head: 'n of base', isNumber: true },
      { head: 'Feasible', isNumber: true },
      { head: 'Expected', isNumber: true },
      { head: `P below ${options.threshold}, Pearson` },
      { head: `P below ${options.threshold}, Fisher` },
    ],
    rows: comparisons.map(({ label, count, base, minimum, maximum, expected, pearson, fisher }) => [
      label,
      `${count} of ${base}`,
      `${minimum} to ${maximum}`,
      decimal(expected, 1),
      either(pearson),
      either(fisher),
    ]),
    name: 'feasible',
  }
}
