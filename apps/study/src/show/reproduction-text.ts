import { type AuditedPercentage, type ChangedFigure } from '../analysis/percentage-audit.ts'
import { type FeasibleComparison } from '../analysis/feasible-comparison.ts'
import { notesText } from '../report/data-table.ts'
import { tableNotes } from '../report/tables/reproduction-tables.ts'
import { type Reproduction } from '../reproduction.ts'
import { frameText } from './frame-text.ts'
import { leftOutText, tippingText } from '../report/tables/round-tables.ts'
import { countText, decimal, levelText, percent, percentRange } from './numbers.ts'
import { recommendationLines } from './recommendation-text.ts'
import { tableLines, wrap } from './terminal-table.ts'

/** The reproduction as a person reads it in a terminal. */
export function reproductionText(result: Reproduction, width: number): string {
  // Stands under every table, since tables are copied without the rest.
  const notes = ['', ...wrap(notesText({ notes: tableNotes(result) }), width - 2).map((line) => `  ${line}`)]
  const lines = [
    ...wrap(result.publication.citation, width),
    '',
    ...wrap(
      'Every number below is printed in the abstracts or computed from printed counts. Not affiliated with or endorsed by the NHS.',
      width,
    ),
    ...section('1  Response funnel'),
    ...funnelLines(result, width),
    ...notes,
    ...section('2  Capability by question'),
    ...capabilityLines(result, width),
    ...notes,
    ...frameLines(result, width),
    ...notes,
    ...section('3  Audit of the printed percentages'),
    ...auditLines(result.audit, width),
    '',
    '  * implied by the text, not printed beside the percentage',
    ...changeLines(result.changes, width),
    ...notes,
    ...section('4  Exemplars (GDE) against other trusts: what the printed margins allow'),
    ...comparisonLines(result, width),
    ...notes,
    ...section('5  Technologies by category'),
    ...technologyLines(result, width),
    ...notes,
    ...section('6  Recommendations that the printed figures support'),
    ...recommendationLines(result.recommendations, width),
    ...section('Not printed in any version that was available, and not invented here'),
    ...wrap(`${result.notPrinted.join('; ')}.`, width - 2).map((line) => `  ${line}`),
    '',
    summaryLine(result),
  ]
  return `${lines.join('\n')}\n`
}

const section = (title: string): string[] => ['', title, '']

const intervalText = (result: Reproduction): string => `${levelText(result.options.confidenceLevel)} interval`

function funnelLines(result: Reproduction, width: number): string[] {
  const columns = [
    { head: '' },
    { head: 'n', align: 'right' as const },
    { head: 'of', align: 'right' as const },
    { head: '%', align: 'right' as const },
    { head: `${intervalText(result)} (Wilson)` },
    { head: 'left out' },
  ]
  const rows = result.funnel.map(({ label, count, of, leftOut }) =>
    of === undefined
      ? [label, countText(count), '', '', '', '']
      : [
          label,
          countText(count),
          `${of.count}`,
          percent(of.proportion),
          percentRange(of.interval.lower, of.interval.upper ?? 1),
          leftOutText(leftOut),
        ],
  )
  return tableLines(columns, rows, width)
}

function capabilityLines(result: Reproduction, width: number): string[] {
  const columns = [
    { head: 'question' },
    { head: 'n', align: 'right' as const },
    { head: 'base', align: 'right' as const },
    { head: '%', align: 'right' as const },
    { head: `${intervalText(result)} (Wilson)` },
  ]
  const rows = result.capabilities.map(({ label, count, base, proportion, interval }) => [
    label,
    `${count}`,
    `${base}`,
    percent(proportion),
    percentRange(interval.lower, interval.upper ?? 1),
  ])
  return tableLines(columns, rows, width)
}

function frameLines({ capabilities, funnel, frame }: Reproduction, width: number): string[] {
  const approached = funnel[0]?.count ?? 0
  const rows = capabilities.flatMap(({ label, count, ofFrame }) =>
    ofFrame === null
      ? []
      : [
          [
            label,
            `${count}`,
            `${ofFrame.counts.lower}–${ofFrame.counts.upper}`,
            percentRange(ofFrame.range.lower, ofFrame.range.upper),
            tippingText(ofFrame),
          ],
        ],
  )
  const columns = [
    { head: 'question' },
    { head: 'n', align: 'right' as const },
    { head: `exact, of ${approached}`, align: 'right' as const },
    { head: 'whatever the others are', align: 'right' as const },
    { head: 'for a half' },
  ]
  const note = `As counts of all ${approached}: exact limits if those who did not respond are like those who did, and the range if they may be anything. A trust without a team counts as a no.`
  const register = frameText(frame).flatMap((text) => wrap(text, width - 2).map((line) => `  ${line}`))
  return ['', ...wrap(note, width - 2).map((line) => `  ${line}`), '', ...tableLines(columns, rows, width), '', ...register]
}

function auditLines(audit: readonly AuditedPercentage[], width: number): string[] {
  const columns = [{ head: 'figure' }, { head: 'version' }, { head: 'printed', align: 'right' as const }, { head: 'finding' }]
  return tableLines(
    columns,
    audit.map((audited) => [labelWithCount(audited), audited.version, `${audited.percentage}%`, findingText(audited)]),
    width,
  )
}

const labelWithCount = ({ label, count }: AuditedPercentage): string => (count === null ? label : `${label} (${count})`)

/** What the audit of a percentage found, in words. */
export function findingText(audited: AuditedPercentage): string {
  const { verdict, count, stated, recomputed, fittingBases } = audited
  const fits = fittingBases.map(({ base, counts }) => (count === null ? `${counts.join(' or ')} of ${base}` : `${base}`)).join(', ')
  const unrecorded = audited.asRecorded ? '' : ' — NOT AS RECORDED'
  const recomputedText = recomputed === null || stated === null ? '' : `${count} of ${stated.base} is ${percent(recomputed, 2)}%`
  switch (verdict) {
    case 'consistent':
      return `reproduces: of ${stated?.base}${stated?.how === 'implied' ? ' *' : ''}${unrecorded}`
    case 'base-misprinted':
      return `base misprinted: ${recomputedText}; fits ${fits}${unrecorded}`
    case 'other-base':
      return `of another base: ${recomputedText}; fits ${fits}${unrecorded}`
    case 'cut-off':
      return `cut off, not rounded: ${recomputedText}${unrecorded}`
    case 'inconsistent':
      return `fits no named base${unrecorded}`
    case 'numerator-found':
      return `count not printed; ${fits}${stated === null ? '' : `, and no count of ${stated.base}`}${unrecorded}`
    case 'numerator-not-determined':
      return `numerator not determined: ${fits}${unrecorded}`
  }
}

function changeLines(changes: readonly ChangedFigure[], width: number): string[] {
  const rows = changes.map(({ label, printed, change }) => {
    const series = printed
      .map(
        ({ version, percentage, bases }) =>
          `${version} ${percentage}%${change === 'base' && bases.length > 0 ? ` (of ${bases.join(', ')})` : ''}`,
      )
      .join(', ')
    const what = { base: 'base changed', rounding: 'same base, other rounding', dropped: 'not in the published version' }[change]
    return [label, what, series]
  })
  return ['', '  Changed between versions', '', ...tableLines([{ head: 'figure' }, { head: 'what' }, { head: 'printed' }], rows, width)]
}

function comparisonLines(result: Reproduction, width: number): string[] {
  const { exemplarTeams, threshold } = result.options
  const p = `P < ${decimal(threshold).replace(/^0/, '')}`
  const crossing = ({ pearson, fisher }: FeasibleComparison): string => {
    const text = ({ below, above }: FeasibleComparison['pearson']): string =>
      [below === null ? '' : `≤ ${below}`, above === null ? '' : `≥ ${above}`].filter(Boolean).join(' or ') || 'never'
    const [pearsonText, fisherText] = [text(pearson), text(fisher)]
    return pearsonText === fisherText ? pearsonText : `${pearsonText} (Pearson), ${fisherText} (Fisher)`
  }
  const columns = [
    { head: 'question' },
    { head: 'n/base', align: 'right' as const },
    { head: 'feasible', align: 'right' as const },
    { head: 'expected', align: 'right' as const },
    { head: `exemplars for ${p}` },
  ]
  const rows = result.comparisons.map((comparison) => [
    comparison.label,
    `${comparison.count}/${comparison.base}`,
    `${comparison.minimum}–${comparison.maximum}`,
    decimal(comparison.expected, 1),
    crossing(comparison),
  ])
  const note =
    `The cells are not printed. Taking ${exemplarTeams} of each base to be exemplars (--definition, --exemplar-teams), these are the counts among them that the margins allow, ` +
    'and those at which a test would find a difference. They are possibilities, not results. Pearson without correction, Fisher two-sided.'
  return [...wrap(note, width - 2).map((line) => `  ${line}`), '', ...tableLines(columns, rows, width)]
}

function technologyLines(result: Reproduction, width: number): string[] {
  const { total, categories } = result.technologies
  const sum = categories.reduce((all, { count }) => all + count, 0)
  const rows = [
    ...categories.map(({ category, count }) => [`${count}`, category]),
    [`${total}`, sum === total ? 'all, as printed' : `printed; the parts sum to ${sum}`],
  ]
  return tableLines([{ head: 'n', align: 'right' }, { head: 'category' }], rows, width)
}

function summaryLine({ audit }: Reproduction): string {
  const unexpected = audit.filter(({ asRecorded }) => !asRecorded).length
  const consistent = audit.filter(({ verdict }) => verdict === 'consistent').length
  const found = unexpected === 0 ? 'all others are explained above' : `${unexpected} behave otherwise than recorded`
  return `${consistent} of ${audit.length} printed percentages reproduce; ${found}.`
}
