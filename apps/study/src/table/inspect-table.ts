import {
  type AssociationMeasure,
  bhapkarTest,
  bowkerTest,
  chiSquaredTest,
  cochranArmitageTest,
  cohenKappa,
  countsOf,
  type ConfidenceInterval,
  type DirectedAssociation,
  expectedCounts,
  fisherExactTest,
  fisherPValue,
  goodmanKruskalLambda,
  goodmanKruskalTau,
  gwetAC1,
  likelihoodRatioTest,
  linearByLinearTest,
  margins,
  mcnemarTest,
  nominalAssociation,
  type NotTestable,
  numberNeeded,
  oddsRatio,
  ordinalAssociation,
  pabak,
  pairedDifference,
  percentAgreement,
  ratingsOfTable,
  residuals,
  riskDifference,
  riskRatio,
  StatsError,
  stuartMaxwellTest,
  transpose,
  uncertaintyCoefficient,
  wilsonInterval,
  yulesQ,
  yulesY,
} from '@open-digital-capability/stats'
import { barnardTest, boschlooTest, testAssociation } from '@open-digital-capability/stats/exact'
import { exitCode, UserError } from '../exit-code.ts'
import { type TypedTable } from './parse-table.ts'

/** What is known of a table beside its counts. */
export interface TableOptions {
  readonly confidenceLevel: number
  /** Which categories have an order. */
  readonly ordered: 'none' | 'rows' | 'columns' | 'both'
  /** Whether rows and columns are the same question asked twice, or two raters of the same subjects. */
  readonly paired: boolean
}

/** One test. */
interface TestLine {
  readonly test: string
  readonly statistic: number | null
  readonly degreesOfFreedom: number | null
  /** `null` where the table allows no test; the note says why. */
  readonly pValue: number | null
  readonly note: string
}

/** One effect or measure of association. */
export interface EffectLine {
  readonly effect: string
  readonly estimate: number | null
  /** `null` where the method has none for this table. */
  readonly interval: { readonly lower: number; readonly upper: number | null; readonly method: string } | null
  readonly note: string
}

/** Everything that applies to one table. */
export interface TableInspection extends TypedTable {
  readonly options: TableOptions
  readonly rowTotals: readonly number[]
  readonly columnTotals: readonly number[]
  readonly total: number
  /** Counts under independence; `null` for a table without observations. */
  readonly expected: readonly (readonly number[])[] | null
  /** Which test the table calls for, by Cochran's rule and the work of an exact one, and why; `null` for paired tables. */
  readonly chosen: { readonly test: string; readonly pValue: number | null; readonly because: string } | null
  readonly tests: readonly TestLine[]
  readonly effects: readonly EffectLine[]
  /** Share of the first column in each row, with Wilson's interval; empty unless there are two columns. */
  readonly shares: readonly {
    readonly row: string
    readonly count: number
    readonly of: number
    readonly proportion: number | null
    readonly lower: number | null
    readonly upper: number | null
  }[]
  /** Adjusted standardised residuals, about normal under independence; `null` for 2 × 2 and paired tables. */
  readonly standardizedResiduals: readonly (readonly (number | null)[])[] | null
}

/** Unconditional tests try every common proportion, so above this product of the group sizes they are left out. */
const unconditionalLimit = 250_000

/** Every test and interval that applies to a table. */
export function inspectTable(table: TypedTable, options: TableOptions): TableInspection {
  try {
    return inspect(table, options)
  } catch (error) {
    if (error instanceof StatsError) throw new UserError(exitCode.usage, error.message)
    throw error
  }
}

function inspect(table: TypedTable, options: TableOptions): TableInspection {
  const { counts } = table
  const { rows, columns, total } = margins(counts)
  const isTwoByTwo = counts.length === 2 && counts[0]?.length === 2
  if (options.paired && counts.length !== counts[0]?.length) {
    throw new UserError(
      exitCode.usage,
      `--paired needs the same categories in rows and columns; this table is ${counts.length} × ${counts[0]?.length}`,
    )
  }
  const association = options.paired ? null : testAssociation(counts)
  return {
    ...table,
    options,
    rowTotals: rows,
    columnTotals: columns,
    total,
    expected: expectedCounts(counts),
    chosen:
      association === null
        ? null
        : association.method === 'not-testable'
          ? { test: 'none', pValue: null, because: emptyText(table, rows, columns) }
          : { test: association.chosen, pValue: association.pValue, because: association.explanation },
    tests: options.paired ? pairedTests(table) : [...independenceTests(table, isTwoByTwo), ...trendTests(table, options)],
    effects:
      association?.method === 'not-testable'
        ? []
        : options.paired
          ? pairedEffects(table, options)
          : isTwoByTwo
            ? twoByTwoEffects(table, options)
            : [...nominalEffects(table, options), ...ordinalEffects(table, options)],
    shares: columns.length === 2 && !options.paired ? sharesOf(table, rows, options) : [],
    standardizedResiduals: isTwoByTwo || options.paired ? null : residuals(counts).standardized,
  }
}

/** Which rows and columns are empty, by their names. */
function emptyText({ rowLabels, columnLabels }: TypedTable, rows: readonly number[], columns: readonly number[]): string {
  const empty = [
    ...rows.flatMap((total, i) => (total === 0 ? [`row ${rowLabels[i]}`] : [])),
    ...columns.flatMap((total, j) => (total === 0 ? [`column ${columnLabels[j]}`] : [])),
  ]
  return `${empty.join(', ')} ${empty.length === 1 ? 'holds' : 'hold'} no observation; leave ${empty.length === 1 ? 'it' : 'them'} out if the others are the question.`
}

type Result = NotTestable | { readonly statistic: number | null; readonly degreesOfFreedom: number | null; readonly pValue: number }

/** A line of a test, or of why there is none. */
function line(test: string, result: Result, note = ''): TestLine {
  const notTestable = 'method' in result && result.method === 'not-testable'
  return {
    test,
    statistic: result.statistic,
    degreesOfFreedom: result.degreesOfFreedom,
    pValue: result.pValue,
    note: notTestable ? result.message : note,
  }
}

const exactLine = (test: string, pValue: number, note = ''): TestLine => ({ test, statistic: null, degreesOfFreedom: null, pValue, note })

function independenceTests({ counts }: TypedTable, isTwoByTwo: boolean): TestLine[] {
  const pearson = chiSquaredTest(counts)
  if (pearson.method === 'not-testable') return []
  const approximation = pearson.approximation === 'adequate' ? '' : `small expected counts: least ${pearson.minimumExpected.toFixed(2)}`
  const asymptotic = [
    line('Pearson chi-squared', pearson, approximation),
    ...(isTwoByTwo ? [line('Pearson, Yates corrected', chiSquaredTest(counts, { continuityCorrection: 'yates' }), approximation)] : []),
    line('Pearson, n − 1', chiSquaredTest(counts, { variance: 'n-1' }), approximation),
    line('Likelihood ratio', likelihoodRatioTest(counts), approximation),
  ]
  if (isTwoByTwo) {
    const [a, b, c, d] = counts.flat() as [number, number, number, number]
    const exact = fisherExactTest(counts)
    const unconditional =
      (a + b) * (c + d) > unconditionalLimit
        ? []
        : [
            line('Barnard exact', withoutStatistic(barnardTest(counts)), 'unconditional, rows fixed'),
            line('Boschloo exact', withoutStatistic(boschlooTest(counts)), 'unconditional, rows fixed'),
          ]
    return [
      ...asymptotic,
      line('Fisher exact', withoutStatistic(exact)),
      exactLine('Fisher mid-P', fisherPValue(a, b, c, d, 'two-sided', 'probability', 'half-observed')),
      ...unconditional,
    ]
  }
  const association = testAssociation(counts)
  if (association.method === 'not-testable') return asymptotic
  const { exact, monteCarlo } = association.tests
  const bracket = exact.status === 'exact' ? '' : `between ${exact.lower.toPrecision(3)} and ${exact.upper.toPrecision(3)}`
  return [
    ...asymptotic,
    ...(exact.status === 'budget-exhausted' ? [] : [exactLine('Fisher–Freeman–Halton exact', exact.pValue, bracket)]),
    ...(monteCarlo === null ? [] : [exactLine('Exact, simulated', monteCarlo.pValue, `${monteCarlo.replicates} random tables`)]),
  ]
}

const withoutStatistic = (result: NotTestable | { readonly pValue: number }): Result =>
  'method' in result && result.method === 'not-testable'
    ? result
    : { statistic: null, degreesOfFreedom: null, pValue: result.pValue as number }

function trendTests({ counts }: TypedTable, { ordered }: TableOptions): TestLine[] {
  const isBinaryColumn = counts[0]?.length === 2
  const isBinaryRow = counts.length === 2
  const rowsOrdered = ordered === 'rows' || ordered === 'both' || (isBinaryRow && ordered !== 'none')
  const columnsOrdered = ordered === 'columns' || ordered === 'both' || (isBinaryColumn && ordered !== 'none')
  const trend = isBinaryColumn && rowsOrdered ? counts : isBinaryRow && columnsOrdered ? countsOf(transpose(counts)) : null
  const found = trend === null || trend.length < 3 ? null : cochranArmitageTest(trend)
  const departure = found === null || found.method === 'not-testable' ? null : found.departure
  return [
    ...(found === null ? [] : [line('Cochran–Armitage trend', found, 'scores 1, 2, 3, …')]),
    ...(departure === null ? [] : [line('Departure from the trend', departure)]),
    ...(rowsOrdered && columnsOrdered ? [line('Linear by linear', linearByLinearTest(counts), 'scores 1, 2, 3, …')] : []),
  ]
}

function pairedTests({ counts }: TypedTable): TestLine[] {
  if (counts.length === 2) {
    const exact = mcnemarTest(counts, { variant: 'exact' })
    return [
      line('McNemar', mcnemarTest(counts)),
      line('McNemar, corrected', mcnemarTest(counts, { variant: 'corrected' })),
      exactLine('McNemar exact', exact.pValue, `${exact.firstOnly} against ${exact.secondOnly} that changed`),
      exactLine('McNemar mid-P', mcnemarTest(counts, { variant: 'mid-p' }).pValue),
    ]
  }
  return [
    line('Bowker symmetry', bowkerTest(counts)),
    line('Stuart–Maxwell margins', stuartMaxwellTest(counts)),
    line('Bhapkar margins', bhapkarTest(counts)),
  ]
}

/** A line of an effect with its interval. */
function effect(
  name: string,
  found: { readonly estimate: number | null; readonly confidenceInterval: ConfidenceInterval | null },
  method: string,
  note = '',
): EffectLine {
  const interval = found.confidenceInterval
  return {
    effect: name,
    estimate: found.estimate,
    interval: interval === null ? null : { lower: interval.lower, upper: interval.upper, method },
    note,
  }
}

function twoByTwoEffects({ counts }: TypedTable, { confidenceLevel }: TableOptions): EffectLine[] {
  const level = { confidenceLevel }
  const odds = oddsRatio(counts, level)
  const exactOdds = oddsRatio(counts, { ...level, estimator: 'conditional', interval: 'exact' })
  const ratio = riskRatio(counts, level)
  const difference = riskDifference(counts, level)
  const newcombe = riskDifference(counts, { ...level, interval: 'newcombe' })
  const needed = numberNeeded(counts, level)
  const { phi, signedPhi, cramersV } = nominalAssociation(counts, level)
  const ranges = needed.confidenceSet.ranges.map(
    ({ lower, upper }) => `${lower === null ? '−∞' : lower.toFixed(1)} to ${upper === null ? '∞' : upper.toFixed(1)}`,
  )
  return [
    effect('Odds ratio', odds, odds.interval, reasonText(odds.reason)),
    effect('Odds ratio, conditional', exactOdds, exactOdds.interval, reasonText(exactOdds.reason)),
    effect('Risk ratio', ratio, ratio.interval, reasonText(ratio.reason)),
    effect('Risk difference', difference, difference.interval, reasonText(difference.reason)),
    effect('Risk difference', newcombe, newcombe.interval, reasonText(newcombe.reason)),
    {
      effect: 'Number needed',
      estimate: needed.estimate,
      interval: null,
      note: ranges.length === 0 ? reasonText(needed.reason) : ranges.join(' or '),
    },
    effect('Yule’s Q', yulesQ(counts, level), yulesQ(counts, level).interval),
    effect('Yule’s Y', yulesY(counts, level), yulesY(counts, level).interval),
    effect('Phi', { estimate: signedPhi ?? phi, confidenceInterval: null }, ''),
    effect('Cramér’s V', cramersV, 'noncentral chi-squared'),
  ]
}

const reasonText = (reason: 'infinite' | 'undefined' | null): string =>
  reason === null ? '' : reason === 'infinite' ? 'infinite, as a cell is 0' : 'not defined, as a row or column is empty'

function nominalEffects({ counts }: TypedTable, { confidenceLevel }: TableOptions): EffectLine[] {
  const level = { confidenceLevel }
  const { cramersV, tschuprowsT, contingencyCoefficient } = nominalAssociation(counts, level)
  const tau = goodmanKruskalTau(counts, level)
  return [
    effect(
      'Cramér’s V',
      cramersV,
      'noncentral chi-squared',
      cramersV.biasCorrected === null ? '' : `bias corrected ${cramersV.biasCorrected.toFixed(4)}`,
    ),
    effect('Tschuprow’s T', { estimate: tschuprowsT, confidenceInterval: null }, ''),
    effect('Contingency coefficient', { estimate: contingencyCoefficient, confidenceInterval: null }, ''),
    ...directed('Lambda', goodmanKruskalLambda(counts, level)),
    effect('Goodman–Kruskal tau, C | R', tau.columnGivenRow, 'delta method'),
    effect('Goodman–Kruskal tau, R | C', tau.rowGivenColumn, 'delta method'),
    ...directed('Uncertainty', uncertaintyCoefficient(counts, level)),
  ]
}

function ordinalEffects({ counts }: TypedTable, { confidenceLevel, ordered }: TableOptions): EffectLine[] {
  const isOrdered = ordered === 'both' || (ordered === 'rows' && counts[0]?.length === 2) || (ordered === 'columns' && counts.length === 2)
  if (!isOrdered) return []
  const { gamma, kendallsTauB, stuartsTauC, somersD } = ordinalAssociation(counts, { confidenceLevel })
  const withP = (pValue: number | null): string =>
    pValue === null ? '' : `P ${pValue < 0.001 ? '<.001' : pValue.toFixed(3).replace(/^0/, '')}`
  return [
    effect('Gamma', gamma, 'delta method', withP(gamma.pValue)),
    effect('Kendall’s tau-b', kendallsTauB, 'delta method', withP(kendallsTauB.pValue)),
    effect('Stuart’s tau-c', stuartsTauC, 'delta method', withP(stuartsTauC.pValue)),
    ...directed('Somers’ D', somersD),
  ]
}

const directed = (name: string, { columnGivenRow, rowGivenColumn, symmetric }: DirectedAssociation<AssociationMeasure>): EffectLine[] => [
  effect(`${name}, C | R`, columnGivenRow, 'delta method'),
  effect(`${name}, R | C`, rowGivenColumn, 'delta method'),
  effect(`${name}, symmetric`, symmetric, 'delta method'),
]

function pairedEffects({ counts }: TypedTable, { confidenceLevel, ordered }: TableOptions): EffectLine[] {
  const level = { confidenceLevel }
  const difference = counts.length === 2 ? pairedDifference(counts, level) : null
  const weighted = counts.length > 2 && ordered !== 'none' ? (['linear', 'quadratic'] as const) : []
  const agreement = (
    name: string,
    found: NotTestable | { readonly estimate: number; readonly confidenceInterval: ConfidenceInterval | null },
    method: string,
    note = '',
  ): EffectLine =>
    'reason' in found ? { effect: name, estimate: null, interval: null, note: found.message } : effect(name, found, method, note)
  const kappa = cohenKappa(counts, level)
  const { ratings, frequencies } = ratingsOfTable(counts)
  return [
    ...(difference === null ? [] : [effect('Difference of proportions', difference, difference.interval)]),
    agreement('Agreement', percentAgreement(counts, level), 'wilson'),
    agreement(
      'Cohen’s kappa',
      kappa,
      'delta method',
      kappa.method === 'not-testable' || kappa.paradox === 'none' ? '' : `low for its agreement, because of ${kappa.paradox}`,
    ),
    ...weighted.map((weights) => agreement(`Kappa, ${weights} weights`, cohenKappa(counts, { ...level, weights }), 'delta method')),
    agreement('Prevalence-adjusted kappa', pabak(counts, level), 'wilson'),
    agreement('Gwet’s AC1', gwetAC1(ratings, { ...level, frequencies }), 'normal'),
  ]
}

function sharesOf(
  { counts, rowLabels }: TypedTable,
  rows: readonly number[],
  { confidenceLevel }: TableOptions,
): TableInspection['shares'] {
  return counts.map((row, i) => {
    const [count = 0] = row
    const of = rows[i] ?? 0
    const interval = of === 0 ? null : wilsonInterval(count, of, { confidenceLevel })
    return {
      row: rowLabels[i] ?? '',
      count,
      of,
      proportion: of === 0 ? null : count / of,
      lower: interval?.lower ?? null,
      upper: interval === null ? null : (interval.upper ?? 1),
    }
  })
}
