import {
  adjustPValues,
  type ChiSquaredTest,
  chiSquaredTest,
  codedCrosstab,
  collapse,
  comparisonWithMissing,
  type ConfidenceInterval,
  type ContingencyTable,
  contingencyTable,
  cramersV,
  fisherExactTest,
  fragilityIndex,
  type OddsRatio,
  oddsRatio,
  type PValueAdjustment,
  type RiskDifference,
  riskDifference,
} from '@open-digital-capability/stats'
import { testAssociation } from '@open-digital-capability/stats/exact'
import { type CodedVariable } from './coded-round.ts'
import { type Grouping } from './grouping.ts'
import { type SmallNumberGuard } from './small-numbers.ts'

/** A table as it is shown; `null` stands for a count that is hidden as a small number. */
interface ShownCounts {
  readonly rowLabels: readonly string[]
  readonly columnLabels: readonly string[]
  readonly counts: readonly (readonly (number | null)[])[]
}

/** A question by groups: the table, what the tests say, and what to mind. */
export interface GroupComparison {
  readonly id: string
  readonly label: string
  /** How an organisation comes to be in its group. */
  readonly definition: string
  readonly table: ShownCounts
  /** Organisations in the base that gave no usable answer, by group. */
  readonly missing: readonly (number | null)[]
  readonly pearson: { readonly statistic: number; readonly degreesOfFreedom: number; readonly pValue: number } | null
  /** Fisher's exact test, or Freeman and Halton's for more than two levels or groups. */
  readonly exact: {
    readonly pValue: number
    readonly status: 'exact' | 'bracketed' | 'budget-exhausted'
    readonly lower: number
    readonly upper: number
  } | null
  /** The test that decides: Fisher's for two groups and two levels, otherwise Pearson's unless the table is sparse. */
  readonly decision: {
    readonly test: 'fisher-exact' | 'pearson-chi-squared' | 'fisher-freeman-halton' | 'monte-carlo'
    readonly because: string
    readonly pValue: number
  } | null
  /** P of the deciding test, adjusted over the family. */
  readonly adjustedPValue: number | null
  readonly minimumExpected: number | null
  readonly notTestable: string | null
  readonly cramersV: { readonly estimate: number | null; readonly interval: ConfidenceInterval | null } | null
  /** For two groups and two levels. */
  readonly oddsRatio: Pick<OddsRatio, 'estimate' | 'confidenceInterval'> | null
  readonly riskDifference: Pick<RiskDifference, 'estimate' | 'confidenceInterval'> | null
  /** Fewest changed answers that move P across the threshold. */
  readonly fragility: number | null
  /** What those who were asked and gave no usable answer could change, over all the ways in which they could have answered. */
  readonly withMissing: {
    readonly missing: readonly [number, number]
    readonly smallestDifference: number
    readonly largestDifference: number
    readonly smallestP: number | null
    readonly largestP: number | null
    /** Whether P is below the threshold whatever they would have said. */
    readonly belowThreshold: 'always' | 'never' | 'depends'
  } | null
  readonly caveats: readonly string[]
}

/** Options of {@link compareGroups}. */
export interface ComparisonOptions {
  readonly confidenceLevel: number
  readonly threshold: number
  readonly adjustment: PValueAdjustment
}

/** Work allowed for one exact test, some tenths of a second; above it P is bracketed or simulated, and the result says so. */
const exactBudget = { work: 3e7 }
/** Above this many answers an exact test of a table whose expected counts are large enough says nothing that Pearson’s does not. */
const exactUpTo = 2_000
/** Above this many answers nobody asks how few of them hold up a result, and the search would be long. */
const fragilityUpTo = 5_000
const mostAllocations = 20_000

/** Compares groups on every variable of a family; P is adjusted over those that can be tested. */
export function compareGroups(
  variables: readonly CodedVariable[],
  grouping: Grouping,
  options: ComparisonOptions,
  guard: SmallNumberGuard,
): GroupComparison[] {
  const compared = variables.map((variable) => compare(variable, grouping, options, guard))
  const adjusted = adjustPValues(
    compared.map(({ decision }) => decision?.pValue ?? null),
    options.adjustment,
  )
  return compared.map((comparison, i) => ({ ...comparison, adjustedPValue: adjusted[i] ?? null }))
}

function compare(variable: CodedVariable, grouping: Grouping, options: ComparisonOptions, guard: SmallNumberGuard): GroupComparison {
  const { id, label, levels } = variable
  const shown = guard.table(countsByGroup(variable, grouping)).counts
  const counts = shown.map((row) => row.slice(0, levels.length))
  const missing = shown.map((row) => row[levels.length] as number | null)
  const table = { rowLabels: grouping.labels, columnLabels: levels, counts }
  const isWhole = counts.every((row) => row.every((count) => count !== null))
  const found = isWhole
    ? tested(contingencyTable(counts, { rowLabels: table.rowLabels, columnLabels: levels }), missing, options)
    : { ...nothing, notTestable: 'small numbers are hidden' }
  return { id, label, definition: grouping.definition, table, missing, adjustedPValue: null, ...found }
}

/** Counts by group and level, and in a last column those who were asked and gave no usable answer. */
function countsByGroup({ levels, codes }: CodedVariable, grouping: Grouping): number[][] {
  const columnLabels = [...levels, '(missing)', '(not asked)']
  const { counts } = codedCrosstab(grouping.codes, codes, { rowLabels: grouping.labels, columnLabels })
  return counts.map((row) => row.slice(0, -1))
}

type Tested = Omit<GroupComparison, 'id' | 'label' | 'definition' | 'table' | 'missing' | 'adjustedPValue'>

const nothing: Omit<Tested, 'notTestable'> = {
  pearson: null,
  exact: null,
  decision: null,
  minimumExpected: null,
  cramersV: null,
  oddsRatio: null,
  riskDifference: null,
  fragility: null,
  withMissing: null,
  caveats: [],
}

function tested(table: ContingencyTable, missing: readonly (number | null)[], options: ComparisonOptions): Tested {
  const { confidenceLevel, threshold } = options
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
  const verdict = decided(occupied.table, pearson)
  const v = cramersV(occupied.table, { confidenceLevel })
  const size = table.counts.flat().reduce((sum, count) => sum + count, 0)
  return {
    pearson: { statistic: pearson.statistic, degreesOfFreedom: pearson.degreesOfFreedom, pValue: pearson.pValue },
    ...verdict,
    minimumExpected: pearson.minimumExpected,
    notTestable: null,
    cramersV: { estimate: v.estimate, interval: v.confidenceInterval },
    oddsRatio: null,
    riskDifference: null,
    ...effects,
    fragility: isTwoByTwo && size <= fragilityUpTo ? fragilityIndex(table, { threshold }).index : null,
    withMissing: isTwoByTwo ? withMissing(table, missing, threshold) : null,
    caveats: [...occupied.caveats, ...caveatsOf(occupied.table, pearson.minimumExpected, verdict, missing, options)],
  }
}

/** The exact test and the one that decides: which that is hangs on the margins alone. */
function decided(
  table: ContingencyTable,
  pearson: ChiSquaredTest,
): { readonly exact: GroupComparison['exact']; readonly decision: NonNullable<GroupComparison['decision']> } {
  if (table.counts.length === 2 && table.columnLabels.length === 2) {
    const { pValue } = fisherExactTest(table, { interval: 'none' })
    return {
      exact: { pValue, status: 'exact', lower: pValue, upper: pValue },
      decision: { test: 'fisher-exact', because: 'Fisher’s exact test, as for every two by two table.', pValue },
    }
  }
  const total = table.counts.flat().reduce((sum, count) => sum + count, 0)
  const association = pearson.approximation === 'adequate' && total > exactUpTo ? null : testAssociation(table, { budget: exactBudget })
  if (association === null || association.method === 'not-testable') {
    const because = `Pearson’s test, as all of ${total} answers make expected counts of at least ${pearson.minimumExpected.toPrecision(2)}.`
    return { exact: null, decision: { test: 'pearson-chi-squared', because, pValue: pearson.pValue } }
  }
  const { pValue, status, lower, upper } = association.tests.exact
  return {
    exact: { pValue, status, lower, upper },
    decision: { test: association.chosen, because: association.explanation, pValue: association.pValue },
  }
}

function withMissing(table: ContingencyTable, missing: readonly (number | null)[], threshold: number): GroupComparison['withMissing'] {
  const [first, second] = missing
  if (first == null || second == null || first + second === 0 || (first + 1) * (second + 1) > mostAllocations) return null
  const range = comparisonWithMissing(table, [first, second], { thresholds: [threshold] })
  return {
    missing: [first, second],
    smallestDifference: range.smallestDifference.riskDifference,
    largestDifference: range.largestDifference.riskDifference,
    smallestP: range.smallestP?.pValue ?? null,
    largestP: range.largestP?.pValue ?? null,
    belowThreshold: range.crossings[0]?.verdict ?? 'never',
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

function caveatsOf(
  table: ContingencyTable,
  minimumExpected: number,
  { exact, decision }: ReturnType<typeof decided>,
  missing: readonly (number | null)[],
  { threshold }: ComparisonOptions,
): string[] {
  const caveats: string[] = []
  if (minimumExpected < 5) {
    const smallest = `The smallest expected count is ${minimumExpected.toFixed(1)}`
    const beside = exact === null ? '' : `; the exact one beside it is ${pText(exact.pValue)}`
    caveats.push(
      decision.test === 'pearson-chi-squared'
        ? `${smallest}: few enough are small for Pearson’s P of ${pText(decision.pValue)}${beside}.`
        : `${smallest}: read the exact P, not Pearson’s.`,
    )
  }
  const lost = missing.reduce<number>((sum, count) => sum + (count ?? 0), 0)
  if (lost > 0) caveats.push(`${lost} that were asked gave no usable answer and are in no cell.`)
  if (table.columnLabels.length > 2) caveats.push(...joiningCaveats(table, decision.pValue, threshold))
  return caveats
}

/** A sparse table of several levels may owe its P to one cell: says where joining two neighbouring levels takes P across the threshold. */
function joiningCaveats(table: ContingencyTable, pValue: number, threshold: number): string[] {
  return table.columnLabels.slice(1).flatMap((label, j) => {
    const neighbour = table.columnLabels[j] as string
    const others = table.columnLabels.flatMap((name, k) => (k === j || k === j + 1 ? [] : [[name, [name]] as const]))
    const joined = collapse(table, { columns: [[`${neighbour} or ${label}`, [neighbour, label]], ...others] })
    const after = decidingPValue(joined)
    if (after === null || after < threshold === pValue < threshold) return []
    return [
      `P is ${pText(pValue)} as it stands and ${pText(after)} with “${neighbour}” and “${label}” joined: the result hangs on how the answers are split.`,
    ]
  })
}

function decidingPValue(table: ContingencyTable): number | null {
  const pearson = chiSquaredTest(table)
  return pearson.method === 'not-testable' ? null : decided(table, pearson).decision.pValue
}

const pText = (pValue: number): string =>
  pValue < 0.001 ? 'below .001' : pValue > 0.999 ? 'above .99' : pValue.toFixed(3).replace(/^0/, '')
