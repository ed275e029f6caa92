import { definitionText, type Reproduction } from '../reproduction.ts'
import { barChart, funnelChart } from './charts/bar-chart.ts'
import { dotChart } from './charts/dot-chart.ts'
import { feasibleChart } from './charts/feasible-chart.ts'
import { dataTable } from './data-table.ts'
import { figure } from './figure.ts'
import { frameText } from '../show/frame-text.ts'
import { levelText, percent } from '../show/numbers.ts'
import { html, type Markup } from './html.ts'
import { page } from './page.ts'
import { type ProvenanceEntry, provenanceList, versionEntries } from './provenance.ts'
import { recommendationBoard } from './recommendation-board.ts'
import { type TextDocument } from './text-document.ts'
import { type ReproductionTables, reproductionTables } from './tables/reproduction-tables.ts'

const title = 'The printed study, recomputed'

/** The figures that a reader looks for first. */
const headline = ['hasTeam', 'frontFacing', 'clinicalStaff', 'openSourceAlways', 'interoperability']

/** The report of the printed study as one HTML page. */
export function reproductionReport(result: Reproduction): string {
  const tables = reproductionTables(result)
  return page({
    title,
    standfirst: result.publication.citation,
    isSynthetic: false,
    summary: summaryPoints(result),
    sections: [
      { id: 'funnel', title: 'Who was asked, and who answered', body: funnelBody(result, tables) },
      { id: 'capability', title: 'Capability by question', body: capabilityBody(result, tables) },
      { id: 'audit', title: 'Audit of the printed percentages', body: html`${tables.audit.map(dataTable)}` },
      { id: 'feasible', title: 'Exemplars against other trusts: what the margins allow', body: feasibleBody(result, tables) },
      { id: 'technologies', title: 'Technologies by category', body: technologiesBody(result, tables) },
      { id: 'recommendations', title: 'Recommendations', body: recommendationBoard(result.recommendations) },
      { id: 'methods', title: 'Methods', body: methodsBody() },
      { id: 'provenance', title: 'Where the numbers come from', body: provenanceBody(result) },
    ],
  })
}

/** The same tables and texts for a word processor. */
export function reproductionDocument(result: Reproduction): TextDocument {
  const tables = reproductionTables(result)
  return {
    title,
    intro: [result.publication.citation, ...summaryPoints(result)],
    sections: [
      { title: 'Who was asked, and who answered', paragraphs: frameText(result.frame), tables: tables.funnel },
      { title: 'Capability by question', paragraphs: [], tables: tables.capability },
      { title: 'Audit of the printed percentages', paragraphs: [], tables: tables.audit },
      {
        title: 'Exemplars against other trusts: what the margins allow',
        paragraphs: [feasibleText(result)],
        tables: tables.feasible,
      },
      { title: 'Technologies by category', paragraphs: [], tables: tables.technologies },
      {
        title: 'Recommendations',
        paragraphs: result.recommendations.recommendations
          .filter(({ recommendation }) => recommendation.status === 'applies')
          .map(({ explanation }) => explanation.sentence.text),
        tables: [],
      },
      {
        title: 'Methods',
        paragraphs: [...methods.map(({ text }, i) => `${text} [${i + 1}]`), ...methods.map(({ citation }, i) => `[${i + 1}] ${citation}`)],
        tables: [],
      },
      { title: 'Where the numbers come from', paragraphs: provenanceEntries(result).map(([key, value]) => `${key}: ${value}`), tables: [] },
    ],
  }
}

function summaryPoints(result: Reproduction): string[] {
  const consistent = result.audit.filter(({ verdict }) => verdict === 'consistent').length
  const misprinted = result.audit.filter(({ verdict }) => verdict === 'base-misprinted')
  const stated = [...new Set(misprinted.map((audited) => audited.stated?.base))].join(', ')
  const fitting = [...new Set(misprinted.flatMap(({ fittingBases }) => fittingBases.map(({ base }) => base)))].join(', ')
  const shown = result.capabilities.filter(({ id }) => headline.includes(id))
  const { responded } = Object.fromEntries(result.funnel.map((step) => [step.id, step]))
  return [
    ...(responded?.of === undefined
      ? []
      : [`${responded.count} of the ${responded.of.count} trusts that were asked answered (${percent(responded.of.proportion, 0)}%).`]),
    ...shown.map(({ label, count, base, proportion }) => `${label}: ${count} of ${base} (${percent(proportion, 0)}%).`),
    `${consistent} of ${result.audit.length} printed percentages reproduce.`,
    ...(misprinted.length === 0 ? [] : [`${misprinted.length} percentages stand after a base of ${stated} and fit ${fitting} instead.`]),
    'How exemplars compare with other trusts cannot be told: their counts are not printed. The report shows which counts are possible, and no more.',
    ...frameText(result.frame),
  ]
}

function funnelBody(result: Reproduction, tables: ReproductionTables): Markup {
  return html`${figure({
    id: 'funnel-chart',
    title: 'Response funnel',
    description: `${result.funnel.map(({ label, count }) => `${label}: ${count}`).join('. ')}.`,
    svg: funnelChart(result.funnel),
  })}
  ${tables.funnel.map(dataTable)} ${frameText(result.frame).map((text) => html`<p>${text}</p>`)}`
}

function capabilityBody({ capabilities }: Reproduction, tables: ReproductionTables): Markup {
  return html`${figure({
      id: 'capability-chart',
      title: 'Capability by question',
      description: 'Dots are shares of the base that each count fits, lines their Wilson intervals.',
      svg: dotChart(
        capabilities.map(({ label, proportion, interval }) => ({
          label,
          value: proportion,
          lower: interval.lower,
          upper: interval.upper ?? 1,
        })),
      ),
    })}
    ${tables.capability.map(dataTable)}
    <p>
      The second table takes those who responded as drawn from everybody approached: its limits are the counts that the exact
      (hypergeometric) distribution does not rule out, if those who did not respond are like those who did. The range beside it supposes
      nothing about them. A trust without a team counts as a no.
    </p>`
}

function technologiesBody({ technologies: { total, categories } }: Reproduction, tables: ReproductionTables): Markup {
  return html`${figure({
    id: 'technologies-chart',
    title: `${total} different technologies by category, as printed`,
    description: `${categories.map(({ category, count }) => `${category}: ${count}`).join('. ')}.`,
    svg: barChart(categories.map(({ category, count }) => ({ label: category, count, note: `${count}` }))),
  })}
  ${tables.technologies.map(dataTable)}`
}

const feasibleText = ({ options }: Reproduction): string =>
  `Taking ${options.exemplarTeams} of each base to be exemplars (${definitionText(options)}): these are possibilities, not results.`

function feasibleBody(result: Reproduction, tables: ReproductionTables): Markup {
  const { comparisons, options } = result
  const shown = comparisons.find(({ id }) => id === 'frontFacing') ?? comparisons[0]
  return html`<p>${feasibleText(result)}</p>
    ${
      shown === undefined
        ? null
        : figure({
            id: 'feasible-chart',
            title: `P over every feasible count: ${shown.label}`,
            description: `Solid with dots: Pearson. Dashed with squares: Fisher. The dashed level is ${options.threshold}; the vertical line is the count that independence would lead one to expect.`,
            svg: feasibleChart(shown, options.threshold),
          })
    }
    ${tables.feasible.map(dataTable)}`
}

const methods = [
  {
    text: 'Shares have Wilson score intervals.',
    citation: 'Wilson EB. Probable inference, the law of succession, and statistical inference. J Am Stat Assoc 1927;22:209–212.',
  },
  {
    text: 'As counts of everybody approached, they have exact limits from the hypergeometric distribution.',
    citation: 'Buonaccorsi JP. A note on confidence intervals for proportions in finite populations. Am Stat 1987;41:215–218.',
  },
  {
    text: 'What those who did not respond could change is bounded by every way in which they could have answered.',
    citation: 'Manski CF. Partial identification of probability distributions. Springer; 2003.',
  },
  {
    text: 'A printed percentage is audited by asking which counts and bases, of those that the text names, give it when rounded or cut off.',
    citation: 'Brown NJL, Heathers JAJ. The GRIM test. Soc Psychol Personal Sci 2017;8:363–369.',
  },
  {
    text: 'Of comparisons without printed cells, every table with the printed margins is made, and Pearson’s and Fisher’s P computed of each.',
    citation: 'Agresti A. Categorical data analysis. 3rd ed. Wiley; 2013. Sections 3.2 and 3.5.',
  },
] as const

function methodsBody(): Markup {
  return html`${methods.map(({ text }, i) => html`<p>${text} [${i + 1}]</p>`)}
    <h3 class="nhsuk-heading-s">References</h3>
    <ol>
      ${methods.map(({ citation }) => html`<li>${citation}</li>`)}
    </ol>`
}

function provenanceEntries({ publication, figuresSha256, notPrinted, options, versions, frame }: Reproduction): ProvenanceEntry[] {
  return [
    ['Counts and percentages', 'Printed in the versions below'],
    ['Everything else', 'Computed from printed counts; nothing is supplied or synthetic'],
    ['Not printed, and not invented here', notPrinted.join('; ')],
    ...publication.versions.map(({ id, title: name, sourceUrl }): ProvenanceEntry => [`Version ${id}`, `${name}, ${sourceUrl}`]),
    ...(frame === null ? [] : [['Register', frame.source] as const]),
    ['SHA-256 of the figures', figuresSha256],
    [
      'Chosen',
      `${options.exemplarTeams} exemplars among the teams, intervals ${levelText(options.confidenceLevel)}, threshold of P ${options.threshold}, advice as of ${options.asOf}`,
    ],
    ...versionEntries(versions),
  ]
}

function provenanceBody(result: Reproduction): Markup {
  return provenanceList(provenanceEntries(result))
}
