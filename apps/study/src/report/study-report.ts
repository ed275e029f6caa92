import { type StudyResult } from '../pipeline.ts'
import { percent, percentRange, pValueText } from '../show/numbers.ts'
import { dotChart } from './charts/dot-chart.ts'
import { funnelChart } from './charts/funnel-chart.ts'
import { comparisonSection } from './comparison-section.ts'
import { dataTable } from './data-table.ts'
import { figure } from './figure.ts'
import { html, type Markup } from './html.ts'
import { methodsText } from './methods-text.ts'
import { page, type Section } from './page.ts'
import { recommendationBoard } from './recommendation-board.ts'

/** The report of a round of answers as one HTML page. */
export function studyReport(result: StudyResult): string {
  const { declared, provenance } = result
  const isSynthetic = provenance.provenance === 'synthetic'
  const sections: Section[] = [
    { id: 'funnel', title: 'Who was asked, and who answered', body: funnelBody(result) },
    { id: 'answers', title: 'What was answered', body: answersBody(result) },
    ...(declared.comparison === null
      ? []
      : [
          {
            id: 'comparison',
            title: `${declared.comparison.labels.join(' against ')}`,
            body: html`<p>First group: ${declared.comparison.definition}.</p>
              ${comparisonSection('comparison-table', `${declared.comparison.labels.join(' against ')} (${declared.comparison.definition})`, result.comparisons, declared.adjustment)}`,
          },
        ]),
    ...result.byField.map(({ field, comparisons }, i) => ({
      id: `by-${i + 1}`,
      title: `By ${field}`,
      body: comparisonSection(`by-${i + 1}-table`, `By ${field}`, comparisons, declared.adjustment),
    })),
    ...(result.stratified.length === 0 ? [] : [{ id: 'strata', title: 'Within strata', body: strataBody(result) }]),
    ...(result.technologies.base === 0 ? [] : [{ id: 'technologies', title: 'Technologies disclosed', body: technologiesBody(result) }]),
    ...(result.recommendations === null
      ? []
      : [{ id: 'recommendations', title: 'Recommendations', body: recommendationBoard(result.recommendations.cohort) }]),
    { id: 'methods', title: 'Methods', body: methodsText(result) },
    { id: 'provenance', title: 'Where the numbers come from', body: provenanceBody(result) },
  ]
  return page({
    title: result.title,
    standfirst: `Computed from ${isSynthetic ? 'synthetic' : 'supplied'} records: ${provenance.label}.`,
    isSynthetic,
    summary: summaryPoints(result),
    sections,
  })
}

function summaryPoints(result: StudyResult): string[] {
  const responded = result.funnel.find(({ id }) => id === 'responded')
  const differing = result.comparisons.filter(({ adjustedPValue }) => adjustedPValue !== null && adjustedPValue < result.declared.threshold)
  const hanging = result.comparisons.flatMap(({ label, caveats }) =>
    caveats.filter((caveat) => caveat.includes('joined')).map((caveat) => `${label}: ${caveat}`),
  )
  const applying = result.recommendations?.cohort.recommendations.filter(({ recommendation }) => recommendation.status === 'applies') ?? []
  return [
    ...(responded?.of === undefined
      ? []
      : [`${responded.count} of ${responded.of.count} organisations responded (${percent(responded.of.proportion)} %).`]),
    ...(result.comparisons.length === 0
      ? []
      : [
          differing.length === 0
            ? `On none of ${result.comparisons.length} questions is there evidence of a difference between ${result.declared.comparison?.labels.join(' and ')} after adjustment; that is not evidence that they are equal.`
            : `${result.declared.comparison?.labels.join(' and ')} differ on ${differing.length} of ${result.comparisons.length} questions after adjustment: ${differing.map(({ label }) => label).join('; ')}.`,
        ]),
    ...hanging,
    ...(applying.length === 0 ? [] : [`${applying.length} recommendations apply; each states the numbers it rests on.`]),
    ...(result.reading.errors === 0 ? [] : [`${result.reading.errors} faults were found in the file; study validate names each cell.`]),
  ]
}

function funnelBody(result: StudyResult): Markup {
  const rows = result.funnel.map(({ label, count, of }) => [
    label,
    `${count}`,
    of === undefined ? '' : percent(of.proportion),
    of === undefined ? '' : percentRange(of.interval.lower, of.interval.upper ?? 1),
  ])
  const columns = [
    { head: 'Step' },
    { head: 'n', isNumber: true },
    { head: '% of the step before', isNumber: true },
    { head: 'Wilson interval', isNumber: true },
  ]
  return html`${figure({
    id: 'funnel-chart',
    title: 'Response funnel',
    description: result.funnel.map(({ label, count }) => `${label}: ${count}`).join('. '),
    svg: funnelChart(result.funnel),
  })}
  ${dataTable({ caption: 'Response funnel', columns, rows, name: 'funnel' })}`
}

function answersBody(result: StudyResult): Markup {
  const shown = result.answers.filter(({ proportion }) => proportion !== null)
  const labelOf = ({ label, level }: (typeof shown)[number]): string => (level === 'yes' ? label : `${label} ${level}`)
  const rows = result.answers.map((answer) => [
    answer.label,
    answer.level,
    `${answer.count}`,
    `${answer.base}`,
    `${answer.missing}`,
    answer.proportion === null ? '–' : percent(answer.proportion),
    answer.interval === null ? '–' : percentRange(answer.interval.lower, answer.interval.upper ?? 1),
    answer.range === null ? '–' : percentRange(answer.range.range.lower, answer.range.range.upper),
  ])
  const columns = [
    { head: 'Question' },
    { head: 'Answer' },
    { head: 'n', isNumber: true },
    { head: 'Base', isNumber: true },
    { head: 'No usable answer', isNumber: true },
    { head: '%', isNumber: true },
    { head: 'Wilson interval', isNumber: true },
    { head: 'If the missing had answered', isNumber: true },
  ]
  return html`${figure({
    id: 'answers-chart',
    title: 'Answers, each of its own base',
    description: 'Dots are shares of those who gave a usable answer, lines their Wilson intervals. The numbers stand in the table below.',
    svg: dotChart(
      shown.map((answer) => ({
        label: labelOf(answer),
        value: answer.proportion ?? 0,
        lower: answer.interval?.lower ?? 0,
        upper: answer.interval?.upper ?? 1,
      })),
    ),
  })}
  ${dataTable({ caption: 'Answers by question', columns, rows, name: 'answers' })}`
}

function strataBody(result: StudyResult): Markup {
  const rows = result.stratified.map(({ label, oddsRatio, pValue, homogeneityPValue, notTestable }) => [
    label,
    oddsRatio.estimate === null
      ? '–'
      : `${oddsRatio.estimate.toFixed(2)} (${oddsRatio.confidenceInterval.lower.toFixed(2)} to ${oddsRatio.confidenceInterval.upper?.toFixed(2) ?? 'no bound'})`,
    pValueText(pValue),
    pValueText(homogeneityPValue),
    notTestable ?? '',
  ])
  const columns = [
    { head: 'Question' },
    { head: 'Common odds ratio' },
    { head: 'P', isNumber: true },
    { head: 'P of homogeneity', isNumber: true },
    { head: 'Mind' },
  ]
  return dataTable({
    caption: `Mantel–Haenszel comparison within strata: ${result.stratified[0]?.strata.join(', ') ?? ''}`,
    columns,
    rows,
    name: 'strata',
  })
}

function technologiesBody(result: StudyResult): Markup {
  const { technologies } = result
  const top = technologies.technologies.slice(0, 20)
  const categoryRows = technologies.categories
    .filter(({ distinct }) => distinct > 0)
    .map(({ label, distinct, isStudyCategory }) => [label, `${distinct}`, isStudyCategory ? 'yes' : 'no'])
  const pairRows = technologies.pairs.map(({ technologies: pair, together, pValue, adjustedPValue }) => [
    pair.join(' and '),
    `${together}`,
    pValueText(pValue),
    pValueText(adjustedPValue),
  ])
  return html`${figure({
    id: 'technologies-chart',
    title: `The ${top.length} technologies named most, of ${technologies.base} that disclosed`,
    description: 'Dots are shares of the organisations that disclosed technologies, lines their Wilson intervals.',
    svg: dotChart(
      top.map(({ label, proportion, interval }) => ({ label, value: proportion, lower: interval.lower, upper: interval.upper ?? 1 })),
    ),
  })}
  ${dataTable({
    caption: 'Different technologies by category',
    columns: [{ head: 'Category' }, { head: 'n', isNumber: true }, { head: 'One of the study’s seven' }],
    rows: categoryRows,
    name: 'technologies-by-category',
  })}
  ${dataTable({
    caption: 'Technologies by users',
    columns: [
      { head: 'Technology' },
      { head: 'Category' },
      { head: 'n', isNumber: true },
      { head: '%', isNumber: true },
      { head: 'Wilson interval', isNumber: true },
    ],
    rows: technologies.technologies.map(({ label, category, count, proportion, interval }) => [
      label,
      category,
      `${count}`,
      percent(proportion),
      percentRange(interval.lower, interval.upper ?? 1),
    ]),
    name: 'technologies',
  })}
  ${dataTable({
    caption: `Technologies that go together: the ${pairRows.length} smallest P of ${technologies.pairsTested} pairs tested (Fisher, BH)`,
    columns: [
      { head: 'Pair' },
      { head: 'Together', isNumber: true },
      { head: 'P', isNumber: true },
      { head: 'P, adjusted', isNumber: true },
    ],
    rows: pairRows,
    name: 'pairs',
  })}`
}

function provenanceBody({ provenance, reading, declared }: StudyResult): Markup {
  const entries: [string, string][] = [
    ['Kind', provenance.provenance],
    ['Source', provenance.label],
    ['File', provenance.file],
    ['SHA-256', provenance.sha256],
    ['Read as', `${reading.format}${reading.sheet === null ? '' : `, sheet ${reading.sheet}`}`],
    ['Rows', `${reading.rows}, of which ${reading.records} became records and ${reading.rejected} did not`],
    ['Declared', JSON.stringify(declared)],
  ]
  return html`<dl class="nhsuk-summary-list report-provenance">
    ${entries.map(
      ([key, value]) =>
        html`<div class="nhsuk-summary-list__row">
          <dt class="nhsuk-summary-list__key">${key}</dt>
          <dd class="nhsuk-summary-list__value">${value}</dd>
        </div>`,
    )}
  </dl>`
}
