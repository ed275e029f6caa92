import { type AuditedPaper, type PapersAudit } from '../audit/audit-papers.ts'
import { testNames } from '../audit/audit-printed-tests.ts'
import { type AuditedFigure, type FigureVerdict } from '../audit/audited-figure.ts'
import { numberText, pText } from '../audit/number-text.ts'
import { tableLines, wrap } from './terminal-table.ts'

/** How a verdict reads. */
const verdictNames: Readonly<Record<FigureVerdict, string>> = {
  consistent: 'consistent',
  inconsistent: 'inconsistent',
  'decision-inconsistent': 'decision inconsistent',
  'base-not-determined': 'base not determined',
  'cannot-be-checked': 'cannot be checked',
}

const suggestionsShown = 6

/** An audit as a person reads it in a terminal: a line a figure, then what is not consistent in full. */
export function auditText(audit: PapersAudit, width: number): string {
  const { summary, issues } = audit
  const counted = (Object.keys(verdictNames) as FigureVerdict[])
    .filter((verdict) => summary[verdict] > 0)
    .map((verdict) => `${summary[verdict]} ${verdictNames[verdict]}`)
  const note =
    'A figure that does not follow from what is printed with it need not be wrong: the counts may be, or something may not be printed. What would make it consistent are possibilities, not findings.'
  return `${[
    ...audit.papers.flatMap((paper) => paperLines(paper, width)),
    ...(issues.length === 0
      ? []
      : ['Not understood in the file', '', ...issues.flatMap(({ path, message }) => indented(`${path}: ${message}`, width, 2)), '']),
    ...wrap(`${counted.join(', ')}.`, width),
    ...(summary.inconsistent + summary['decision-inconsistent'] === 0 ? [] : ['', ...wrap(note, width)]),
  ].join('\n')}\n`
}

function paperLines({ id, citation, tests, rounding, figures }: AuditedPaper, width: number): string[] {
  const labelWidth = width < 100 ? 28 : 44
  const cut = (text: string, most: number): string => (text.length > most ? `${text.slice(0, most - 1).trimEnd()}…` : text)
  const rows = figures.map((figure) => [
    cut(nameOf(figure, id), labelWidth),
    cut(figure.printed, width < 100 ? 22 : 34),
    verdictNames[figure.verdict],
  ])
  const giving = tests.giving.map(({ test, gives }) => `${testNames[test]} ${gives}`)
  const notes = [
    giving.length === 0 ? '' : `Of the ${tests.giving[0]?.of} printed tests with counts, each test gives: ${giving.join(', ')}.`,
    rounding === 'truncation' ? 'Percentages follow if digits are cut off, so they are read so.' : '',
  ].filter((text) => text !== '')
  const open = figures.filter(({ verdict }) => verdict !== 'consistent')
  return [
    ...wrap(citation === null ? id : `${id}  ${citation}`, width),
    '',
    ...notes.flatMap((text) => [...indented(text, width, 2), '']),
    ...tableLines([{ head: 'figure' }, { head: 'printed' }, { head: 'verdict' }], rows, width),
    '',
    ...open.flatMap((figure) => [...figureLines(figure, id, width), '']),
  ]
}

const nameOf = ({ id, label }: AuditedFigure, paper: string): string => {
  const short = id.startsWith(`${paper} `) ? id.slice(paper.length + 1) : id
  return label === null ? short : `${short} ${label}`
}

function figureLines(figure: AuditedFigure, paper: string, width: number): string[] {
  const { printed, verdict, finding, tried, suggestions } = figure
  const shown = suggestions.slice(0, suggestionsShown).map(({ text }) => text)
  const more = suggestions.length > suggestionsShown ? [`${suggestions.length - suggestionsShown} more (--json lists all)`] : []
  return [
    ...indented(`${verdictNames[verdict]}: ${nameOf(figure, paper)}${printed === '' ? '' : `, ${printed}`}`, width, 2),
    ...indented(`${finding}.`, width, 4),
    ...(tried.length === 0 || figure.kind === 'interval' ? [] : indented(`tried: ${triedText(figure)}`, width, 4)),
    ...(shown.length === 0 ? [] : indented(`would be consistent with: ${[...shown, ...more].join('; ')}`, width, 4)),
  ]
}

/** `Pearson: P .4646; Yates: P .5968; …`: each assumption with what it gives. */
function triedText({ tried }: AuditedFigure): string {
  const byAssumption = new Map<string, string[]>()
  for (const { assumption, of, value, to } of tried) {
    const one = (number: number): string => (of === 'P' ? pText(number) : of === 'statistic' ? number.toFixed(4) : numberText(number, 2))
    const text =
      `${of === 'statistic' ? 'X²' : of === 'P' ? 'P' : ''} ${one(value)}${to === undefined || one(to) === one(value) ? '' : ` to ${one(to)}`}${of === 'percentage' ? ' %' : ''}`.trim()
    byAssumption.set(assumption, [...(byAssumption.get(assumption) ?? []), text])
  }
  const byResult = new Map<string, string[]>()
  for (const [assumption, texts] of byAssumption) byResult.set(texts.join(' '), [...(byResult.get(texts.join(' ')) ?? []), assumption])
  return [...byResult].map(([result, assumptions]) => `${assumptions.join(' or ')}: ${result}`).join('; ')
}

const indented = (text: string, width: number, indent: number): string[] =>
  wrap(text, width - indent - 2).map((line, i) => `${' '.repeat(indent + (i === 0 ? 0 : 2))}${line}`)
