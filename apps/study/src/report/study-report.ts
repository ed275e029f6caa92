import { uncountedText } from '../analysis/variable.ts'
import { type StudyResult } from '../pipeline.ts'
import { frameText } from '../show/frame-text.ts'
import { answerLabel, countText, decimal, inSentence, percent } from '../show/numbers.ts'
import { smallNumbersText } from '../show/small-numbers-text.ts'
import { funnelChart } from './charts/bar-chart.ts'
import { dotChart } from './charts/dot-chart.ts'
import { heatMap } from './charts/heat-map.ts'
import { comparisonSection } from './comparison-section.ts'
import { dataTable } from './data-table.ts'
import { figure } from './figure.ts'
import { html, type Markup } from './html.ts'
import { methodsParagraphs, methodsText } from './methods-text.ts'
import { page, type Section } from './page.ts'
import { provenanceList, roundProvenance } from './provenance.ts'
import { recommendationBoard } from './recommendation-board.ts'
import { type TextDocument } from './text-document.ts'
import { type StudyTables, studyTables } from './tables/study-tables.ts'

/** The report of a round of answers as one HTML page. */
export function studyReport(result: StudyResult): string {
  const { declared, recommendations } = result
  const tables = studyTables(result)
  const against = declared.comparison?.labels.join(' against ') ?? ''
  const sections: Section[] = [
    { id: 'funnel', title: 'Who was asked, and who answered', body: funnelBody(result, tables) },
    { id: 'answers', title: 'What was answered', body: answersBody(result, tables) },
    ...(declared.comparison === null
      ? []
      : [
          {
            id: 'comparison',
            title: against,
            body: html`<p>First group: ${declared.comparison.definition}.</p>
              ${comparisonSection('comparison-table', `${against}${kindOf(result)}`, result.comparisons, tables.comparison)}`,
          },
        ]),
    ...result.byField.map(({ label, comparisons }, i) => ({
      id: `by-${i + 1}`,
      title: `By ${inSentence(label)}`,
      body: comparisonSection(
        `by-${i + 1}-table`,
        `By ${inSentence(label)}${kindOf(result)}`,
        comparisons,
        tables.byField[i]?.tables ?? [],
      ),
    })),
    ...(tables.strata.length === 0 ? [] : [{ id: 'strata', title: 'Within strata', body: html`${tables.strata.map(dataTable)}` }]),
    ...(tables.technologies.length === 0
      ? []
      : [{ id: 'technologies', title: 'Technologies disclosed', body: technologiesBody(result, tables) }]),
    ...(result.agreement === null
      ? []
      : [{ id: 'agreement', title: 'Agreement of the website searches', body: agreementBody(result.agreement, tables) }]),
    ...(recommendations === null
      ? []
      : [
          {
            id: 'recommendations',
            title: 'Recommendations',
            body: html`${recommendationBoard(recommendations.cohort)} ${tables.recommendations.map(dataTable)}`,
          },
        ]),
    { id: 'small-numbers', title: 'Small numbers', body: html`<p>${smallNumbersText(result.smallNumbers)}</p>` },
    { id: 'methods', title: 'Methods', body: methodsText(result) },
    { id: 'provenance', title: 'Where the numbers come from', body: provenanceList(roundProvenance(result)) },
  ]
  return page({
    title: result.title,
    standfirst: standfirst(result),
    isSynthetic: result.provenance.provenance === 'synthetic',
    summary: summaryPoints(result),
    sections,
  })
}

/** The same tables and texts for a word processor. */
export function studyDocument(result: StudyResult): TextDocument {
  const tables = studyTables(result)
  const sections: TextDocument['sections'] = [
    { title: 'Who was asked, and who answered', paragraphs: frameText(result.frame), tables: tables.funnel },
    { title: 'What was answered', paragraphs: uncountedText(result.uncounted), tables: tables.answers },
    { title: result.declared.comparison?.labels.join(' against ') ?? '', paragraphs: [], tables: tables.comparison },
    ...tables.byField.map(({ label, tables: its }) => ({ title: `By ${inSentence(label)}`, paragraphs: [], tables: its })),
    { title: 'Within strata', paragraphs: [], tables: tables.strata },
    { title: 'Technologies disclosed', paragraphs: [], tables: tables.technologies },
    { title: 'Agreement of the website searches', paragraphs: [], tables: tables.agreement },
    {
      title: 'Recommendations',
      paragraphs: (result.recommendations?.cohort.recommendations ?? [])
        .filter(({ recommendation }) => recommendation.status === 'applies')
        .map(({ explanation }) => explanation.sentence.text),
      tables: tables.recommendations,
    },
  ].filter(({ tables: its }) => its.length > 0)
  return {
    title: result.title,
    intro: [standfirst(result), ...syntheticNote(result), ...summaryPoints(result)],
    sections: [
      ...sections,
      { title: 'Small numbers', paragraphs: [smallNumbersText(result.smallNumbers)], tables: [] },
      { title: 'Methods', paragraphs: methodsParagraphs(result), tables: [] },
      { title: 'Where the numbers come from', paragraphs: roundProvenance(result).map(([key, value]) => `${key}: ${value}`), tables: [] },
    ],
  }
}

/** Said on every chart, since charts are copied without their page. */
const kindOf = ({ provenance }: StudyResult): string => (provenance.provenance === 'synthetic' ? ' (synthetic)' : '')

const syntheticNote = ({ provenance }: StudyResult): string[] =>
  provenance.provenance === 'synthetic'
    ? ['Synthetic data. Everything below is made up to equal given margins and says nothing about any real organisation.']
    : []

const standfirst = ({ provenance }: StudyResult): string =>
  `Computed from ${provenance.provenance === 'synthetic' ? 'synthetic' : 'supplied'} records: ${provenance.label}.`

function summaryPoints(result: StudyResult): string[] {
  const { declared, comparisons } = result
  const responded = result.funnel.find(({ id }) => id === 'responded')
  const testable = comparisons.filter(({ adjustedPValue }) => adjustedPValue !== null)
  const differing = testable.filter(({ adjustedPValue }) => (adjustedPValue ?? 1) < declared.threshold)
  const hanging = comparisons.flatMap(({ label, caveats }) =>
    caveats.filter((caveat) => caveat.includes('joined')).map((caveat) => `${label}: ${caveat}`),
  )
  const applying = result.recommendations?.cohort.recommendations.filter(({ recommendation }) => recommendation.status === 'applies') ?? []
  const groups = declared.comparison?.labels.join(' and ') ?? ''
  return [
    ...(responded?.of === undefined
      ? []
      : [`${countText(responded.count)} of ${responded.of.count} organisations responded (${percent(responded.of.proportion)}%).`]),
    ...answeredMost(result),
    ...(comparisons.length === 0
      ? []
      : [
          testable.length === 0
            ? `None of the ${comparisons.length} questions can be tested for a difference between ${groups}.`
            : differing.length === 0
              ? `On none of the ${testable.length} questions that can be tested is there evidence of a difference between ${groups}, allowing for how many questions were tested. That is not evidence that they are the same.`
              : `${groups} differ on ${differing.length} of the ${testable.length} questions that can be tested, allowing for how many were: ${differing.map(({ label }) => label).join('; ')}.`,
        ]),
    ...hanging,
    ...(applying.length === 0
      ? []
      : [`${applying.length} recommendations apply: ${applying.map(({ explanation }) => inSentence(explanation.title)).join('; ')}.`]),
    ...(result.reading.errors === 0
      ? []
      : [`${countText(result.reading.errors)} faults were found in the file; study validate names each cell.`]),
    ...(result.smallNumbers.kind === 'off' ? [] : ['Small numbers are hidden ([c]) and all others rounded; see Small numbers.']),
  ]
}

/** What the organisations answered, and which technologies they named most, in a line each. */
function answeredMost({ answers, technologies }: StudyResult): string[] {
  const first = answers
    .filter(({ level, proportion }) => level === 'yes' && proportion !== null)
    .slice(0, headlines)
    .map(
      ({ label, count, base, proportion }) => `${label} Yes: ${countText(count)} of ${countText(base)} (${percent(proportion ?? 0, 0)}%).`,
    )
  const named = technologies.technologies.filter(({ count }) => count !== null).slice(0, 3)
  if (named.length === 0) return first
  const list = named.map(({ label, count }) => `${label} (${countText(count)})`).join(', ')
  return [...first, `Of the ${countText(technologies.base)} that named technologies, most named ${list}.`]
}

/** How many questions the summary answers; the table has all. */
const headlines = 5

function funnelBody(result: StudyResult, tables: StudyTables): Markup {
  return html`${figure({
    id: 'funnel-chart',
    title: `Response funnel${kindOf(result)}`,
    description: `${result.funnel.map(({ label, count }) => `${label}: ${countText(count)}`).join('. ')}.`,
    svg: funnelChart(result.funnel),
  })}
  ${tables.funnel.map(dataTable)} ${frameText(result.frame).map((text) => html`<p>${text}</p>`)}`
}

function answersBody(result: StudyResult, tables: StudyTables): Markup {
  const shown = result.answers.flatMap(({ label, level, proportion, interval }) =>
    proportion === null || interval === null
      ? []
      : [
          {
            label: answerLabel(label, level),
            value: proportion,
            lower: interval.lower,
            upper: interval.upper ?? 1,
          },
        ],
  )
  return html`${
      shown.length === 0
        ? null
        : figure({
            id: 'answers-chart',
            title: `Answers, each of its own base${kindOf(result)}`,
            description: 'Dots are shares of those who gave a usable answer, lines their Wilson intervals.',
            svg: dotChart(shown),
          })
    }
    ${tables.answers.map(dataTable)} ${uncountedText(result.uncounted).map((text) => html`<p>${text}</p>`)}
    <p>
      The second table takes those who responded as drawn from everybody approached: its limits are the counts that the exact
      (hypergeometric) distribution does not rule out, if those who did not respond are like those who did. The range beside it supposes
      nothing about them. Whoever was not asked because of an earlier answer counts as a no.
    </p>`
}

function technologiesBody(result: StudyResult, tables: StudyTables): Markup {
  const { technologies } = result
  const top = technologies.technologies
    .slice(0, 20)
    .flatMap(({ label, proportion, interval }) =>
      proportion === null || interval === null ? [] : [{ label, value: proportion, lower: interval.lower, upper: interval.upper ?? 1 }],
    )
  const { byGroup } = technologies
  const cells =
    byGroup?.technologies.flatMap(({ label, counts }) =>
      counts.flatMap((count, i) => {
        const base = byGroup.bases[i] ?? 0
        return count === null || base === 0
          ? []
          : [{ row: label, column: `${byGroup.labels[i]} (${base})`, count, share: Math.min(1, count / base) }]
      }),
    ) ?? []
  return html`${
    top.length === 0
      ? null
      : figure({
          id: 'technologies-chart',
          title: `The ${top.length} technologies named most, of ${countText(technologies.base)} that disclosed${kindOf(result)}`,
          description: 'Dots are shares of the organisations that disclosed technologies, lines their Wilson intervals.',
          svg: dotChart(top),
        })
  }
  ${
    cells.length === 0
      ? null
      : figure({
          id: 'technologies-heat-map',
          title: `Technologies by group${kindOf(result)}`,
          description:
            'Each cell holds the number of organisations of the group that disclose the technology; the darker, the larger its share of the group.',
          svg: heatMap(cells),
        })
  }
  ${tables.technologies.map(dataTable)}`
}

function agreementBody({ searches, technologies, people, alpha }: NonNullable<StudyResult['agreement']>, tables: StudyTables): Markup {
  return html`<p>
      ${searches} searches for ${technologies} technologies by ${people.length} people.
      ${alpha === null ? '' : `Krippendorff’s alpha over everybody is ${decimal(alpha)}.`}
    </p>
    ${tables.agreement.map(dataTable)}`
}
