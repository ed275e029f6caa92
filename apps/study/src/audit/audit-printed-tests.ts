import {
  type AuditedTest,
  type AuditedTestMethod,
  auditTests,
  type GivingTest,
  parsePrintedNumber,
  type PrintedTest,
  type TestAlternative,
  testAlternatives,
  type TriedTest,
} from '@open-digital-capability/stats'
import { fisherFreemanHaltonTest as exactTest } from '@open-digital-capability/stats/exact'
import { type AuditedFigure, headOf, notChecked, type Suggestion, type TriedAssumption } from './audited-figure.ts'
import { numberText, pText } from './number-text.ts'
import { type PrintedTestItem } from './printed-figure-item.ts'

/** How a test is called in a report. */
export const testNames: Readonly<Record<AuditedTestMethod, string>> = {
  pearson: 'Pearson',
  yates: 'Yates',
  fisher: 'Fisher',
  'likelihood-ratio': 'likelihood ratio',
  'n-1': 'n − 1 chi-squared',
  'pearson-one-sided': 'Pearson, one-sided',
  'fisher-one-sided': 'Fisher, one-sided',
}

/** The tests of a paper, audited together. */
export interface AuditedTests {
  readonly common: GivingTest | null
  readonly giving: readonly GivingTest[]
  readonly figures: readonly AuditedFigure[]
}

/** Audits the tests of a paper in the light of each other. */
export function auditPrintedTests(items: readonly PrintedTestItem[], threshold: number): AuditedTests {
  const readable = items.filter((item) => item.obstacle === null && mayBeProbability(item))
  const { common, giving, tests } = auditTests(readable.map(printedOf), { threshold, exactTest })
  const audited = new Map(readable.map((item, i) => [item, tests[i] as AuditedTest]))
  const figures = items.map((item) => {
    const found = audited.get(item)
    if (found !== undefined) return figureOf(item, found, common, threshold)
    return item.obstacle === null ? noProbability(item) : notChecked(item, printedText(item), item.obstacle)
  })
  return { common, giving, figures }
}

const mayBeProbability = ({ pValue }: PrintedTestItem): boolean => {
  const value = pValue === null ? 0 : parsePrintedNumber(pValue).value
  return value >= 0 && value <= 1
}

/** A P that no counts can give, so that nothing is recomputed. */
const noProbability = (item: PrintedTestItem): AuditedFigure => ({
  ...headOf(item),
  printed: printedText(item),
  verdict: 'inconsistent',
  finding: `the printed P ${item.pValue} is not between 0 and 1`,
  tried: [],
  suggestions: suggestionsOf(item, null),
})

const printedOf = ({ counts, statistic, degreesOfFreedom, pValue }: PrintedTestItem): PrintedTest => ({
  ...(counts === null ? {} : { table: counts }),
  ...(statistic === null ? {} : { statistic }),
  ...(degreesOfFreedom === null ? {} : { degreesOfFreedom }),
  ...(pValue === null ? {} : { pValue }),
})

function printedText({ statistic, degreesOfFreedom, pValue }: PrintedTestItem): string {
  const parts = [
    statistic === null ? '' : `X² ${statistic}`,
    degreesOfFreedom === null ? '' : `df ${degreesOfFreedom}`,
    pValue === null ? '' : `P ${pValue}`,
  ]
  return parts.filter((part) => part !== '').join(', ')
}

const reasons = {
  'nothing-printed': 'neither statistic nor P is printed',
  'no-table-and-no-degrees-of-freedom': 'neither counts nor degrees of freedom are printed',
  'no-table-and-no-p-value': 'neither counts nor P are printed',
  'zero-margin': 'a row or column of the table is empty, so that no test is defined',
} as const

function figureOf(item: PrintedTestItem, test: AuditedTest, common: GivingTest | null, threshold: number): AuditedFigure {
  const { verdict, by, audit } = test
  const printed = printedText(item)
  if (audit.reason !== null) return notChecked(item, printed, reasons[audit.reason])
  const finding = verdict === 'consistent' ? given(item, test) : departure(item, test, common, threshold)
  const suggestions = verdict === 'consistent' ? [] : suggestionsOf(item, by)
  return {
    ...headOf(item),
    printed,
    verdict: verdict === 'cannot-be-checked' ? 'cannot-be-checked' : verdict,
    finding,
    tried: assumptionsOf(test),
    suggestions,
  }
}

/** `Pearson: X² 5.7474, P .0165`. */
function recomputedText({ test, statistic, pValue }: TriedTest, hasStatistic: boolean): string {
  return `${testNames[test]}: ${hasStatistic && statistic !== null ? `X² ${statistic.toFixed(4)}, ` : ''}P ${pText(pValue)}`
}

function given(item: PrintedTestItem, { by, audit }: AuditedTest): string {
  if (by !== null) return recomputedText(by, item.statistic !== null)
  const { degreesOfFreedom = 0, pValue } = audit.fromStatistic ?? {}
  return `from the statistic with df ${degreesOfFreedom}: ${pValue === undefined ? '' : `P ${rangeText(pValue)}`}`
}

const rangeText = ({ lower, upper }: { lower: number; upper: number }): string =>
  pText(lower) === pText(upper) ? pText(lower) : `${pText(lower)} to ${pText(upper)}`

function departure(
  item: PrintedTestItem,
  { by, departures, audit, decision }: AuditedTest,
  common: GivingTest | null,
  threshold: number,
): string {
  const others = common === null ? '' : `, which gives ${common.gives} of ${common.of} here`
  const given = audit.tried.filter(({ statisticFit, pValueFit }) =>
    [statisticFit, pValueFit].every((fit) => fit === null || fit === 'rounded'),
  )
  const alsoBy = given.filter(({ test }) => test !== by?.test).map((test) => recomputedText(test, false))
  const neither = departures.includes('statistic-differs') && departures.includes('p-value-differs')
  const sentences = departures.map((departure) => {
    const recomputed = by === null ? '' : `${recomputedText(by, item.statistic !== null)}${common?.test === by.test ? others : ''}`
    switch (departure) {
      case 'statistic-differs':
        if (neither)
          return `neither the printed statistic ${item.statistic} nor the printed P ${item.pValue} follows from the counts (${recomputed})`
        return by?.pValueFit === 'rounded'
          ? `P follows from the counts (${recomputed}), the printed statistic ${item.statistic} does not`
          : `the printed statistic ${item.statistic} does not follow from the counts (${recomputed})`
      case 'p-value-differs':
        return neither ? '' : `the printed P ${item.pValue} does not follow from the counts (${recomputed})`
      case 'degrees-of-freedom-differ':
        return `the printed degrees of freedom, ${item.degreesOfFreedom}, are not those of the table`
      case 'p-value-not-of-statistic':
        return audit.fromStatistic === null
          ? ''
          : `the printed P ${item.pValue} does not follow from the printed statistic (df ${audit.fromStatistic.degreesOfFreedom}: P ${rangeText(audit.fromStatistic.pValue)})`
      case 'rounded-twice':
        return `likely rounded twice${by === null ? '' : ` (${twice(by, item)})`}: ${recomputed}`
      case 'cut-off':
        return `digits cut off and not rounded: ${recomputed}`
      case 'other-test':
        return `does not follow by the test that gives the others (${recomputed})`
      case 'decision-differs':
        return `compared with ${numberText(threshold)}, the printed P and the recomputed one come out differently (${decision.recomputed === 'below' ? 'recomputed: below' : 'recomputed: not below'})`
    }
  })
  const also = alsoBy.length === 0 ? [] : [`it is given by ${alsoBy.join('; ')}`]
  const statistic =
    item.counts !== null && item.counts.flat().length > 4
      ? audit.tried.find(({ test, statisticFit }) => test === 'fisher' && statisticFit === 'rounded')
      : undefined
  const spss =
    statistic === undefined
      ? []
      : [`the printed statistic is the one that SPSS prints beside the exact test (${(statistic.statistic ?? 0).toFixed(4)})`]
  const untried = audit.untried.map(
    (test) => `${testNames[test]}'s exact test of this table needs more work than is allowed, and was not tried`,
  )
  return [...sentences, ...also, ...spss, ...untried].filter((sentence) => sentence !== '').join('; ')
}

/** `.4646 → .465 → .47`: the steps of a double rounding. */
function twice({ pValue, pValueFit }: TriedTest, { pValue: printed }: PrintedTestItem): string {
  const decimals = /\.(\d+)/.exec(printed ?? '')?.[1]?.length ?? 0
  return pValueFit === 'rounded-twice'
    ? `${pText(pValue)} → ${pValue.toFixed(decimals + 1).replace(/^0/, '')} → ${printed}`
    : 'the statistic'
}

function assumptionsOf({ audit }: AuditedTest): TriedAssumption[] {
  const { tried, fromStatistic } = audit
  return [
    ...tried.flatMap(({ test, statistic, pValue, statisticFit, pValueFit }): TriedAssumption[] => [
      ...(statistic === null ? [] : [{ assumption: testNames[test], of: 'statistic', value: statistic, fit: statisticFit }]),
      { assumption: testNames[test], of: 'P', value: pValue, fit: pValueFit },
    ]),
    ...(fromStatistic === null
      ? []
      : [
          {
            assumption: `from the printed statistic, df ${fromStatistic.degreesOfFreedom}${fromStatistic.degreesOfFreedomAre === 'printed' ? '' : ' of the table'}`,
            of: 'P',
            value: fromStatistic.pValue.lower,
            to: fromStatistic.pValue.upper,
            fit: fromStatistic.fits === null ? null : fromStatistic.fits ? ('rounded' as const) : ('none' as const),
          },
        ]),
  ]
}

function suggestionsOf(item: PrintedTestItem, by: TriedTest | null): Suggestion[] {
  const { alternatives, tablesTried } = testAlternatives(printedOf(item), by === null ? { exactTest } : { test: by.test, exactTest })
  const suggestions = alternatives.map((alternative) => suggestionOf(alternative, item))
  const changed = alternatives.filter(({ kind }) => kind === 'cells-swapped' || kind === 'cell-slip').length
  return changed === 0
    ? suggestions
    : [...suggestions, { kind: 'tables-tried', text: `${changed} of ${tablesTried} changed tables would give what is printed` }]
}

function suggestionOf(alternative: TestAlternative, { counts }: PrintedTestItem): Suggestion {
  const cell = ([row, column]: readonly [number, number]): string => `${counts?.[row]?.[column]} (row ${row + 1}, column ${column + 1})`
  const slip = (kind: 'decimal-point' | 'digits-swapped'): string =>
    kind === 'decimal-point' ? 'a slipped decimal point' : 'two digits swapped'
  switch (alternative.kind) {
    case 'slip':
      return {
        kind: alternative.slip,
        text: `${slip(alternative.slip)}: ${alternative.of === 'statistic' ? 'the statistic' : 'P'} would be ${alternative.printed}`,
      }
    case 'cells-swapped':
      return { kind: 'cells-swapped', text: `swapped cells: ${cell(alternative.cells[0])} and ${cell(alternative.cells[1])}` }
    case 'cell-slip':
      return {
        kind: alternative.slip,
        text: `${slip(alternative.slip)} in the table: ${alternative.count} in place of ${cell(alternative.cell)}`,
      }
    case 'degrees-of-freedom':
      return { kind: 'degrees-of-freedom', text: `P is that of the printed statistic with df ${alternative.degreesOfFreedom}` }
    case 'one-sided':
      return { kind: 'one-sided', text: 'a one-sided test: half of the P of the printed statistic' }
  }
}
