import { type Reproduction } from '../reproduction.ts'
import { findingText } from '../show/reproduction-text.ts'
import { decimal, percent, percentRange } from '../show/numbers.ts'
import { dotChart } from './charts/dot-chart.ts'
import { feasibleChart } from './charts/feasible-chart.ts'
import { funnelChart } from './charts/funnel-chart.ts'
import { dataTable } from './data-table.ts'
import { figure } from './figure.ts'
import { html, type Markup } from './html.ts'
import { page } from './page.ts'
import { recommendationBoard } from './recommendation-board.ts'

/** The report of the printed study as one HTML page. */
export function reproductionReport(result: Reproduction): string {
  const consistent = result.audit.filter(({ verdict }) => verdict === 'consistent').length
  const misprinted = result.audit.filter(({ verdict }) => verdict === 'base-misprinted')
  return page({
    title: 'The printed study, recomputed',
    standfirst: result.publication.citation,
    isSynthetic: false,
    summary: [
      `${consistent} of ${result.audit.length} printed percentages reproduce.`,
      `${misprinted.length} percentages stand after a base of ${[...new Set(misprinted.map(({ stated }) => stated?.base))].join(', ')} and fit ${[...new Set(misprinted.flatMap(({ fittingBases }) => fittingBases.map(({ base }) => base)))].join(', ')} instead.`,
      `The cells of the comparison between exemplars and other trusts are not printed; what the margins allow is shown, and no more.`,
    ],
    sections: [
      { id: 'funnel', title: 'Who was asked, and who answered', body: funnelBody(result) },
      { id: 'capability', title: 'Capability by question', body: capabilityBody(result) },
      { id: 'audit', title: 'Audit of the printed percentages', body: auditBody(result) },
      { id: 'feasible', title: 'Exemplars against other trusts: what the margins allow', body: feasibleBody(result) },
      {
        id: 'technologies',
        title: 'Technologies by category',
        body: dataTable({
          caption: `${result.technologies.total} different technologies by category, as printed (V0)`,
          columns: [{ head: 'Category' }, { head: 'n', isNumber: true }],
          rows: result.technologies.categories.map(({ category, count }) => [category, `${count}`]),
          name: 'technologies',
        }),
      },
      { id: 'recommendations', title: 'Recommendations', body: recommendationBoard(result.recommendations) },
      {
        id: 'provenance',
        title: 'Where the numbers come from',
        body: html`<p>
            Counts and percentages are printed in the versions below; everything else is computed from printed counts. Not printed, and not
            invented here: ${result.notPrinted.join('; ')}.
          </p>
          <ul>
            ${result.publication.versions.map(({ id, title, sourceUrl }) => html`<li>${id}: ${title}, <a href="${sourceUrl}">${sourceUrl}</a></li>`)}
          </ul>`,
      },
    ],
  })
}

function funnelBody({ funnel }: Reproduction): Markup {
  return html`${figure({
    id: 'funnel-chart',
    title: 'Response funnel',
    description: funnel.map(({ label, count }) => `${label}: ${count}`).join('. '),
    svg: funnelChart(funnel),
  })}
  ${dataTable({
    caption: 'Response funnel, printed counts',
    columns: [
      { head: 'Step' },
      { head: 'n', isNumber: true },
      { head: '% of the step before', isNumber: true },
      { head: 'Wilson interval', isNumber: true },
    ],
    rows: funnel.map(({ label, count, of }) => [
      label,
      `${count}`,
      of === undefined ? '' : percent(of.proportion),
      of === undefined ? '' : percentRange(of.interval.lower, of.interval.upper ?? 1),
    ]),
    name: 'funnel',
  })}`
}

function capabilityBody({ capabilities }: Reproduction): Markup {
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
  ${dataTable({
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
  })}`
}

function auditBody({ audit }: Reproduction): Markup {
  return dataTable({
    caption: 'Every printed percentage (* base implied, not printed)',
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
      `${audited.percentage} %`,
      findingText(audited),
    ]),
    name: 'audit',
  })
}

function feasibleBody({ comparisons, options }: Reproduction): Markup {
  const either = ({ below, above }: { below: number | null; above: number | null }): string =>
    [below === null ? '' : `≤ ${below}`, above === null ? '' : `≥ ${above}`].filter(Boolean).join(' or ') || 'never'
  const shown = comparisons.find(({ id }) => id === 'frontFacing') ?? comparisons[0]
  return html`<p>Taking ${options.exemplarTeams} of each base to be exemplars: these are possibilities, not results.</p>
    ${
      shown === undefined
        ? null
        : figure({
            id: 'feasible-chart',
            title: `P over every feasible count: ${shown.label}`,
            description: `Solid: Pearson. Dashed: Fisher. The dashed level is ${options.threshold}; the vertical line is the count that independence would lead one to expect.`,
            svg: feasibleChart(shown, options.threshold),
          })
    }
    ${dataTable({
      caption: `Feasible counts of ${options.exemplarTeams} exemplars`,
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
    })}`
}
