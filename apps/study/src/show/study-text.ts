import { type GroupComparison } from '../analysis/group-comparison.ts'
import { uncountedText } from '../analysis/variable.ts'
import { type StudyResult } from '../pipeline.ts'
import { notesText } from '../report/data-table.ts'
import { tableNotes } from '../report/tables/study-tables.ts'
import { adjustmentNames } from './adjustment-name.ts'
import { frameText } from './frame-text.ts'
import { leftOutText, tippingText } from '../report/tables/round-tables.ts'
import { countText, decimal, inSentence, percent, percentRange, pValueText, ratioText } from './numbers.ts'
import { smallNumbersText } from './small-numbers-text.ts'
import { recommendationLines } from './recommendation-text.ts'
import { tableLines, wrap } from './terminal-table.ts'

/** A study of a round of answers as a person reads it in a terminal. */
export function studyText(result: StudyResult, width: number): string {
  const { declared, provenance, reading } = result
  const synthetic = provenance.provenance === 'synthetic'
  // Stands under every table, since tables are copied without the rest.
  const notes = wrap(notesText({ notes: tableNotes(result) }), width - 2).map((line) => `  ${line}`)
  const tableSection = (name: string, table: readonly string[]): string[] => section(name, [...table, '', ...notes])
  const lines = [
    ...wrap(result.title, width),
    '',
    ...wrap(
      `${synthetic ? 'SYNTHETIC DATA: made up to equal given margins. ' : ''}Computed from ${synthetic ? 'synthetic' : 'supplied'} records: ${provenance.label}, ${provenance.file} (SHA-256 ${provenance.sha256.slice(0, 12)}…). Not affiliated with or endorsed by the NHS.`,
      width,
    ),
    ...wrap(
      `${countText(reading.records)} of ${countText(reading.rows)} rows became records; ${countText(reading.errors)} errors, ${countText(reading.warnings)} warnings (study validate lists them).`,
      width,
    ),
    ...tableSection('Response funnel', [
      ...funnelLines(result, width),
      ...frameText(result.frame).flatMap((text) => ['', ...wrap(text, width - 2).map((line) => `  ${line}`)]),
    ]),
    ...tableSection('Answers', [
      ...answerLines(result, width),
      ...uncountedText(result.uncounted).flatMap((text) => ['', ...wrap(text, width - 2).map((line) => `  ${line}`)]),
    ]),
    ...tableSection('Answers as counts of everybody approached', frameLines(result, width)),
    ...(declared.comparison === null
      ? []
      : tableSection(declared.comparison.labels.join(' against '), comparisonLines(result.comparisons, result, width))),
    ...result.byField.flatMap(({ label, comparisons }) =>
      tableSection(`By ${inSentence(label)}`, comparisonLines(comparisons, result, width)),
    ),
    ...(result.stratified.length === 0 ? [] : tableSection('Within strata (Mantel–Haenszel)', stratifiedLines(result, width))),
    ...(result.technologies.technologies.length === 0 ? [] : tableSection('Technologies disclosed', technologyLines(result, width))),
    ...(result.agreement === null ? [] : tableSection('Agreement of the website searches', agreementLines(result.agreement, width))),
    ...(result.recommendations === null ? [] : section('Recommendations', recommendationLines(result.recommendations.cohort, width))),
    ...(result.smallNumbers.kind === 'off'
      ? []
      : section(
          'Small numbers',
          wrap(smallNumbersText(result.smallNumbers), width - 2).map((line) => `  ${line}`),
        )),
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
    { head: 'left out' },
  ]
  const rows = result.funnel.map(({ label, count, of, leftOut }) => [
    label,
    countText(count),
    of === undefined ? '' : percent(of.proportion),
    of === undefined ? '' : percentRange(of.interval.lower, of.interval.upper ?? 1),
    leftOutText(leftOut),
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
    countText(count),
    missing === 0 ? countText(base) : `${countText(base)}+${countText(missing)}?`,
    proportion === null ? '–' : percent(proportion),
    interval === null ? '' : percentRange(interval.lower, interval.upper ?? 1),
  ])
  const lost = result.answers.some(({ missing }) => missing !== 0) ? ['', '  base+k?: k more were asked and gave no usable answer.'] : []
  return [...tableLines(columns, rows, width), ...lost]
}

function frameLines(result: StudyResult, width: number): string[] {
  const rows = result.answers.flatMap(({ label, level, count, ofFrame }) =>
    ofFrame === null
      ? []
      : [
          [
            `${label.length > 44 ? `${label.slice(0, 43).trimEnd()}…` : label}${level === 'yes' ? '' : ` ${level}`}`,
            `${countText(count)}/${ofFrame.known}`,
            `${ofFrame.counts.lower}–${ofFrame.counts.upper}`,
            percentRange(ofFrame.range.lower, ofFrame.range.upper),
            tippingText(ofFrame),
          ],
        ],
  )
  const population = result.answers.find(({ ofFrame }) => ofFrame !== null)?.ofFrame?.population ?? 0
  const columns = [
    { head: 'question' },
    { head: 'n/known', align: 'right' as const },
    { head: `exact, of ${population}`, align: 'right' as const },
    { head: 'whatever the others are', align: 'right' as const },
    { head: 'for a half' },
  ]
  return tableLines(columns, rows, width)
}

function agreementLines({ pairs, alpha }: NonNullable<StudyResult['agreement']>, width: number): string[] {
  const rows = pairs.map(({ people, both, observedAgreement, kappa, interval, notTestable }) => [
    people.join(', '),
    `${both}`,
    observedAgreement === null ? '–' : percent(observedAgreement),
    kappa === null || interval === null ? (notTestable ?? '–') : ratioText(kappa, interval),
  ])
  const columns = [
    { head: 'people' },
    { head: 'both', align: 'right' as const },
    { head: 'same, %', align: 'right' as const },
    { head: 'Cohen’s kappa' },
  ]
  return [...tableLines(columns, rows, width), ...(alpha === null ? [] : ['', `  Krippendorff’s alpha ${decimal(alpha)}`])]
}

function comparisonLines(comparisons: readonly GroupComparison[], { declared }: StudyResult, width: number): string[] {
  const note = `P of the test that decides (Fisher’s of two by two tables, otherwise exact where Pearson’s is doubtful), adjusted over ${comparisons.filter(({ adjustedPValue }) => adjustedPValue !== null).length} questions (${adjustmentNames[declared.adjustment]}).`
  const rows = comparisons.map((comparison) => [
    comparison.label.length > 44 ? `${comparison.label.slice(0, 43).trimEnd()}…` : comparison.label,
    cellsText(comparison),
    comparison.pearson === null ? '–' : decimal(comparison.pearson.statistic, 2),
    pValueText(comparison.decision?.pValue ?? null),
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
    ...wrap(note, width - 2).map((line) => `  ${line}`),
    '',
    ...tableLines(columns, rows, width),
    ...caveats.flatMap((caveat, i) => [...(i === 0 ? [''] : []), ...wrap(caveat, width - 4).map((line) => `  ${line}`)]),
  ]
}

const cellsText = ({ table }: GroupComparison): string =>
  table.counts.length > 3
    ? `${table.counts.length} × ${table.columnLabels.length}`
    : table.counts.map((row) => row.map(countText).join('/')).join(' ')

function effectText({ oddsRatio, riskDifference, cramersV }: GroupComparison): string {
  if (oddsRatio === null || riskDifference === null) return cramersV === null ? '' : `V ${decimal(cramersV.estimate)}`
  const { lower, upper } = oddsRatio.confidenceInterval
  const difference = riskDifference.confidenceInterval
  return `OR ${decimal(oddsRatio.estimate)} (${decimal(lower)} to ${upper === null ? '∞' : decimal(upper)}), difference ${percent(riskDifference.estimate ?? 0)} points (${percent(difference.lower)} to ${percent(difference.upper ?? 1)})`
}

function stratifiedLines({ stratified }: StudyResult, width: number): string[] {
  const rows = stratified.map(({ label, oddsRatio, pValue, homogeneityPValue, notTestable }) => [
    label.length > 56 ? `${label.slice(0, 55).trimEnd()}…` : label,
    oddsRatio === null ? '–' : ratioText(oddsRatio.estimate, oddsRatio.confidenceInterval),
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
    .map(({ label, distinct, users, isStudyCategory, id }) => [
      `${distinct}`,
      countText(users),
      isStudyCategory ? '●' : '',
      label,
      technologies.technologies
        .filter(({ category }) => category === id)
        .slice(0, 5)
        .map(({ label: name, count }) => `${name} ${countText(count)}`)
        .join(', '),
    ])
  const columns = [
    { head: 'n', align: 'right' as const },
    { head: 'users', align: 'right' as const },
    { head: '' },
    { head: 'category' },
    { head: `most named, of ${countText(technologies.base)}` },
  ]
  return [...tableLines(columns, byCategory, width), '', '  ● one of the seven categories of the study']
}
