import { type GroupComparison } from '../analysis/group-comparison.ts'
import { type StudyResult } from '../pipeline.ts'
import { decimal, percent, percentRange, pValueText } from './numbers.ts'
import { recommendationLines } from './recommendation-text.ts'
import { tableLines, wrap } from './terminal-table.ts'

/** A study of a round of answers as a person reads it in a terminal. */
export function studyText(result: StudyResult, width: number): string {
  const { declared, provenance, reading } = result
  const synthetic = provenance.provenance === 'synthetic'
  const lines = [
    ...wrap(result.title, width),
    '',
    ...wrap(
      `${synthetic ? 'SYNTHETIC DATA: made up to equal given margins. ' : ''}Computed from ${synthetic ? 'synthetic' : 'supplied'} records: ${provenance.label}, ${provenance.file} (SHA-256 ${provenance.sha256.slice(0, 12)}…). Not affiliated with or endorsed by the NHS.`,
      width,
    ),
    ...wrap(
      `${reading.records} of ${reading.rows} rows became records; ${reading.errors} errors, ${reading.warnings} warnings (study validate lists them).`,
      width,
    ),
    ...section('Response funnel', funnelLines(result, width)),
    ...section('Answers', answerLines(result, width)),
    ...(declared.comparison === null
      ? []
      : section(
          `${declared.comparison.labels.join(' against ')} (${declared.comparison.definition})`,
          comparisonLines(result.comparisons, result, width),
        )),
    ...result.byField.flatMap(({ field, comparisons }) => section(`By ${field}`, comparisonLines(comparisons, result, width))),
    ...(result.stratified.length === 0 ? [] : section('Within strata (Mantel–Haenszel)', stratifiedLines(result, width))),
    ...(result.technologies.base === 0 ? [] : section('Technologies disclosed', technologyLines(result, width))),
    ...(result.recommendations === null ? [] : section('Recommendations', recommendationLines(result.recommendations.cohort, width))),
  ]
  return `${lines.join('\n')}\n`
}

const section = (title: string, lines: readonly string[]): string[] => ['', title, '', ...lines]

function funnelLines(result: StudyResult, width: number): string[] {
  const columns = [
    { head: '' },
    { head: 'n', align: 'right' as const },
    { head: '% of the step before', align: 'right' as const },
    { head: 'interval (Wilson)' },
  ]
  const rows = result.funnel.map(({ label, count, of }) => [
    label,
    `${count}`,
    of === undefined ? '' : percent(of.proportion),
    of === undefined ? '' : percentRange(of.interval.lower, of.interval.upper ?? 1),
  ])
  return tableLines(columns, rows, width)
}

function answerLines(result: StudyResult, width: number): string[] {
  const columns = [
    { head: 'question' },
    { head: 'answer' },
    { head: 'n', align: 'right' as const },
    { head: 'base', align: 'right' as const },
    { head: '%', align: 'right' as const },
    { head: 'interval (Wilson)' },
  ]
  const rows = result.answers.map(({ label, level, count, base, missing, proportion, interval }) => [
    label.length > 56 ? `${label.slice(0, 55).trimEnd()}…` : label,
    level,
    `${count}`,
    missing === 0 ? `${base}` : `${base}+${missing}?`,
    proportion === null ? '–' : percent(proportion),
    interval === null ? '' : percentRange(interval.lower, interval.upper ?? 1),
  ])
  const lost = result.answers.some(({ missing }) => missing > 0) ? ['', '  base+k?: k more were asked and gave no usable answer.'] : []
  return [...tableLines(columns, rows, width), ...lost]
}

function comparisonLines(comparisons: readonly GroupComparison[], { declared }: StudyResult, width: number): string[] {
  const note = `P of the exact test, adjusted over ${comparisons.filter(({ adjustedPValue }) => adjustedPValue !== null).length} questions (${declared.adjustment}).`
  const rows = comparisons.map((comparison) => [
    comparison.label.length > 44 ? `${comparison.label.slice(0, 43).trimEnd()}…` : comparison.label,
    cellsText(comparison),
    comparison.pearson === null ? '–' : decimal(comparison.pearson.statistic, 2),
    comparison.exact === null ? '–' : pValueText(comparison.exact.pValue),
    pValueText(comparison.adjustedPValue),
    comparison.notTestable === null ? effectText(comparison) : `not testable: ${comparison.notTestable}`,
  ])
  const columns = [
    { head: 'question' },
    { head: 'counts' },
    { head: 'X²', align: 'right' as const },
    { head: 'P', align: 'right' as const },
    { head: 'adj. P', align: 'right' as const },
    { head: 'effect' },
  ]
  const caveats = comparisons.flatMap(({ label, caveats: found }) => found.map((caveat) => `· ${label}: ${caveat}`))
  return [
    `  ${note}`,
    '',
    ...tableLines(columns, rows, width),
    ...caveats.flatMap((caveat, i) => [...(i === 0 ? [''] : []), ...wrap(caveat, width - 4).map((line) => `  ${line}`)]),
  ]
}

const cellsText = ({ table }: GroupComparison): string =>
  table.counts.length > 3 ? `${table.counts.length} × ${table.columnLabels.length}` : table.counts.map((row) => row.join('/')).join(' ')

function effectText({ oddsRatio, riskDifference, cramersV }: GroupComparison): string {
  if (oddsRatio === null || riskDifference === null) return cramersV === null ? '' : `V ${decimal(cramersV.estimate)}`
  const { lower, upper } = oddsRatio.confidenceInterval
  const difference = riskDifference.confidenceInterval
  return `OR ${decimal(oddsRatio.estimate)} (${decimal(lower)} to ${upper === null ? '∞' : decimal(upper)}), difference ${percent(riskDifference.estimate ?? 0)} points (${percent(difference.lower)} to ${percent(difference.upper ?? 1)})`
}

function stratifiedLines({ stratified }: StudyResult, width: number): string[] {
  const rows = stratified.map(({ label, oddsRatio, pValue, homogeneityPValue, notTestable }) => [
    label.length > 56 ? `${label.slice(0, 55).trimEnd()}…` : label,
    oddsRatio.estimate === null
      ? '–'
      : `${decimal(oddsRatio.estimate)} (${decimal(oddsRatio.confidenceInterval.lower)} to ${oddsRatio.confidenceInterval.upper === null ? '∞' : decimal(oddsRatio.confidenceInterval.upper)})`,
    pValueText(pValue),
    notTestable === null ? pValueText(homogeneityPValue) : `not testable: ${notTestable}`,
  ])
  return tableLines(
    [{ head: 'question' }, { head: 'common odds ratio' }, { head: 'P', align: 'right' }, { head: 'P of homogeneity' }],
    rows,
    width,
  )
}

function technologyLines({ technologies }: StudyResult, width: number): string[] {
  const byCategory = technologies.categories
    .filter(({ distinct }) => distinct > 0)
    .map(({ label, distinct, isStudyCategory, id }) => [
      `${distinct}`,
      isStudyCategory ? '●' : '',
      label,
      technologies.technologies
        .filter(({ category }) => category === id)
        .slice(0, 5)
        .map(({ label: name, count }) => `${name} ${count}`)
        .join(', '),
    ])
  const columns = [
    { head: 'n', align: 'right' as const },
    { head: '' },
    { head: 'category' },
    { head: `most named, of ${technologies.base}` },
  ]
  return [...tableLines(columns, byCategory, width), '', '  ● one of the seven categories of the study']
}
