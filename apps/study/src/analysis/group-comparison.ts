import { type FoiResponse } from '@open-digital-capability/schema'
import {
  adjustPValues,
  chiSquaredTest,
  collapse,
  type ConfidenceInterval,
  type ContingencyTable,
  contingencyTable,
  cramersV,
  fisherExactTest,
  fisherFreemanHaltonTest,
  fragilityIndex,
  type OddsRatio,
  oddsRatio,
  type PValueAdjustment,
  type RiskDifference,
  riskDifference,
} from '@open-digital-capability/stats'
import { type Variable } from './variable.ts'

/** Who is compared. */
export interface Grouping {
  readonly labels: readonly string[]
  /** Position in `labels`, or −1 for an organisation that is in none of them. */
  readonly groupOf: (record: FoiResponse) => number
}

/** A question by groups: the table, what the tests say, and what to mind. */
export interface GroupComparison {
  readonly id: string
  readonly label: string
  readonly table: ContingencyTable
  /** Organisations in the base that gave no usable answer, by group. */
  readonly missing: readonly number[]
  readonly pearson: { readonly statistic: number; readonly degreesOfFreedom: number; readonly pValue: number } | null
  /** Fisher's exact test, or Freeman and Halton's for more than two levels or groups. */
  readonly exact: {
    readonly pValue: number
    readonly status: 'exact' | 'bracketed' | 'budget-exhausted'
    readonly lower: number
    readonly upper: number
  } | null
  readonly adjustedPValue: number | null
  readonly minimumExpected: number | null
  readonly notTestable: string | null
  readonly cramersV: { readonly estimate: number | null; readonly interval: ConfidenceInterval | null } | null
  /** For two groups and two levels. */
  readonly oddsRatio: Pick<OddsRatio, 'estimate' | 'confidenceInterval'> | null
  readonly riskDifference: Pick<RiskDifference, 'estimate' | 'confidenceInterval'> | null
  /** Fewest changed answers that move P across the threshold. */
  readonly fragility: number | null
  readonly caveats: readonly string[]
}

/** Options of {@link compareGroups}. */
export interface ComparisonOptions {
  readonly confidenceLevel: number
  readonly threshold: number
  readonly adjustment: PValueAdjustment
}

/** Compares groups on every variable of a family; P is adjusted over those that can be tested. */
export function compareGroups(
  records: readonly FoiResponse[],
  variables: readonly Variable[],
  grouping: Grouping,
  options: ComparisonOptions,
): GroupComparison[] {
  const compared = variables.map((variable) => compare(records, variable, grouping, options))
  const adjusted = adjustPValues(
    compared.map(({ exact, pearson }) => exact?.pValue ?? pearson?.pValue ?? null),
    options.adjustment,
  )
  return compared.map((comparison, i) => ({ ...comparison, adjustedPValue: adjusted[i] ?? null }))
}

function compare(records: readonly FoiResponse[], variable: Variable, grouping: Grouping, options: ComparisonOptions): GroupComparison {
  const counts = grouping.labels.map(() => variable.levels.map(() => 0))
  const missing = grouping.labels.map(() => 0)
  for (const record of records) {
    const group = grouping.groupOf(record)
    if (group < 0) continue
    const found = variable.levelOf(record)
    if (found.kind === 'missing') missing[group] = (missing[group] as number) + 1
    if (found.kind !== 'level') continue
    const row = counts[group] as number[]
    const j = variable.levels.indexOf(found.level)
    if (j < 0) missing[group] = (missing[group] as number) + 1
    else row[j] = (row[j] as number) + 1
  }
  const table = contingencyTable(counts, { rowLabels: grouping.labels, columnLabels: variable.levels })
  return { id: variable.id, label: variable.label, table, missing, adjustedPValue: null, ...tested(table, missing, options) }
}

function tested(
  table: ContingencyTable,
  missing: readonly number[],
  options: ComparisonOptions,
): Omit<GroupComparison, 'id' | 'label' | 'table' | 'missing' | 'adjustedPValue'> {
  const nothing = {
    pearson: null,
    exact: null,
    minimumExpected: null,
    cramersV: null,
    oddsRatio: null,
    riskDifference: null,
    fragility: null,
    caveats: [],
  }
  const { confidenceLevel } = options
  const isTwoByTwo = table.rowLabels.length === 2 && table.columnLabels.length === 2
  const effects = isTwoByTwo
    ? {
        oddsRatio: effectOf(oddsRatio(table, { interval: 'exact', estimator: 'conditional', confidenceLevel })),
        riskDifference: effectOf(riskDifference(table, { confidenceLevel })),
      }
    : {}
  const occupied = withoutEmptyLevels(table)
  if (occupied.table === null) return { ...nothing, ...effects, notTestable: occupied.because }
  const pearson = chiSquaredTest(occupied.table)
  if (pearson.method === 'not-testable') return { ...nothing, ...effects, notTestable: pearson.message }
  const exact = exactTest(occupied.table)
  const v = cramersV(occupied.table, { confidenceLevel })
  return {
    ...nothing,
    pearson: { statistic: pearson.statistic, degreesOfFreedom: pearson.degreesOfFreedom, pValue: pearson.pValue },
    exact,
    minimumExpected: pearson.minimumExpected,
    notTestable: null,
    cramersV: { estimate: v.estimate, interval: v.confidenceInterval },
    ...effects,
    fragility: isTwoByTwo ? fragilityIndex(table, { threshold: options.threshold }).index : null,
    caveats: [...occupied.caveats, ...caveatsOf(occupied.table, pearson.minimumExpected, exact, missing, options)],
  }
}

const effectOf = <Effect extends { estimate: number | null; confidenceInterval: ConfidenceInterval }>({
  estimate,
  confidenceInterval,
}: Effect) => ({
  estimate,
  confidenceInterval,
})

/** Levels that nobody chose and groups that nobody is in say nothing about a difference; what remains may still be tested. */
function withoutEmptyLevels(
  table: ContingencyTable,
): { table: ContingencyTable; caveats: string[]; because: null } | { table: null; because: string } {
  const rowIsOccupied = table.counts.map((row) => row.some((count) => count > 0))
  const columnIsOccupied = table.columnLabels.map((_, j) => table.counts.some((row) => (row[j] ?? 0) > 0))
  const rows = table.rowLabels.filter((_, i) => rowIsOccupied[i])
  const columns = table.columnLabels.filter((_, j) => columnIsOccupied[j])
  if (rows.length < 2)
    return {
      table: null,
      because: `only ${rows.length === 1 ? `“${rows[0]}” has` : 'no group has'} answers, so there is nothing to compare`,
    }
  if (columns.length < 2) return { table: null, because: `everybody answered “${columns[0]}”, so nothing varies` }
  const counts = table.counts.filter((_, i) => rowIsOccupied[i]).map((row) => row.filter((_, j) => columnIsOccupied[j]))
  const dropped = [...table.rowLabels.filter((_, i) => !rowIsOccupied[i]), ...table.columnLabels.filter((_, j) => !columnIsOccupied[j])]
  const caveats = dropped.length === 0 ? [] : [`Tested without ${dropped.map((label) => `“${label}”`).join(', ')}, which nobody is in.`]
  return { table: contingencyTable(counts, { rowLabels: rows, columnLabels: columns }), caveats, because: null }
}

function exactTest(table: ContingencyTable): GroupComparison['exact'] {
  if (table.rowLabels.length === 2 && table.columnLabels.length === 2) {
    const { pValue } = fisherExactTest(table, { interval: 'none' })
    return { pValue, status: 'exact', lower: pValue, upper: pValue }
  }
  const result = fisherFreemanHaltonTest(table)
  return result.method === 'not-testable'
    ? null
    : { pValue: result.pValue, status: result.status, lower: result.lower, upper: result.upper }
}

function caveatsOf(
  table: ContingencyTable,
  minimumExpected: number,
  exact: GroupComparison['exact'],
  missing: readonly number[],
  { threshold }: ComparisonOptions,
): string[] {
  const caveats: string[] = []
  if (minimumExpected < 5) caveats.push(`The smallest expected count is ${minimumExpected.toFixed(1)}: read the exact P, not Pearson’s.`)
  const lost = missing.reduce((sum, count) => sum + count, 0)
  if (lost > 0) caveats.push(`${lost} that were asked gave no usable answer and are in no cell.`)
  if (exact !== null && table.columnLabels.length > 2) caveats.push(...joiningCaveats(table, exact.pValue, threshold))
  return caveats
}

/** A sparse table of several levels may owe its P to one cell: says where joining two neighbouring levels takes P across the threshold. */
function joiningCaveats(table: ContingencyTable, pValue: number, threshold: number): string[] {
  return table.columnLabels.slice(1).flatMap((label, j) => {
    const neighbour = table.columnLabels[j] as string
    const others = table.columnLabels.flatMap((name, k) => (k === j || k === j + 1 ? [] : [[name, [name]] as const]))
    const joined = collapse(table, { columns: [[`${neighbour} or ${label}`, [neighbour, label]], ...others] })
    const after = exactTest(joined)
    if (after === null || after.pValue < threshold === pValue < threshold) return []
    return [
      `P is ${pText(pValue)} as it stands and ${pText(after.pValue)} with “${neighbour}” and “${label}” joined: the result hangs on how the answers are split.`,
    ]
  })
}

const pText = (pValue: number): string => (pValue < 0.001 ? 'below .001' : pValue.toFixed(3).replace(/^0/, ''))
