import { studyModel } from '@open-digital-capability/recommendations'
import { type Advice } from '../advice.ts'
import { tableLines, wrap } from './terminal-table.ts'

type Given = Advice['recommendations'][number]

/** Advice as a person reads it in a terminal: what applies in full with its trace, the rest by name and reason. */
export function adviceText(advice: Advice, width: number): string {
  const { subject, source, model, asOf, recommendations, organisations } = advice
  const withStatus = (status: string): Given[] => recommendations.filter(({ recommendation }) => recommendation.status === status)
  const rests = {
    printed: 'Computed from printed counts',
    supplied: 'Computed from supplied records',
    synthetic: 'SYNTHETIC DATA, made up to equal given margins',
  }[source.provenance]
  const note =
    `Ours, by the rules of the model ${model.id} ${model.version}${asOf === null ? '' : ` as of ${asOf}`}; not the five recommendations of the article, ` +
    'whose text was not available. Nothing here ranks trusts, and “not answered” is never read as “no”.'
  const applies = withStatus('applies')
  return `${[
    ...wrap(subject.kind === 'system' ? 'Advice for the system' : `Advice for ${subject.id}`, width),
    '',
    ...wrap(
      `${rests}: ${source.label.replace(/\.$/, '')}${source.file === null ? '' : `, ${source.file}`}. Not affiliated with or endorsed by the NHS.`,
      width,
    ),
    ...wrap(note, width),
    ...section(
      `Applies (${applies.length})`,
      applies.length === 0 ? ['  nothing'] : applies.flatMap((given, i) => [...(i === 0 ? [] : ['']), ...inFull(given, width)]),
    ),
    ...optional('Not decided', withStatus('unknown'), (given) => [
      ...item('□', given.explanation.sentence.text, width),
      ...openLines(given, width),
    ]),
    ...optional('Already met', withStatus('already-met'), ({ explanation }) => item('✓', explanation.sentence.text, width)),
    ...optional('Does not concern it', withStatus('not-applicable'), ({ explanation }) => item('–', explanation.title, width)),
    ...(organisations === null
      ? []
      : section('Organisations to which each rule for trusts applies', organisationLines(organisations, width))),
  ].join('\n')}\n`
}

const section = (title: string, lines: readonly string[]): string[] => ['', title, '', ...lines]

function optional(title: string, given: readonly Given[], lines: (given: Given) => string[]): string[] {
  return given.length === 0 ? [] : section(`${title} (${given.length})`, given.flatMap(lines))
}

function inFull({ recommendation, explanation }: Given, width: number): string[] {
  const { grade, certainty } = recommendation
  const rest = explanation.paragraph.map(({ text }) => text).filter((text) => text !== explanation.sentence.text)
  return [
    ...item('■', explanation.sentence.text, width),
    ...item('', `[evidence ${grade}, certainty ${certainty.level}]`, width, 4),
    ...item('', rest.join(' '), width, 4),
    ...explanation.trace.flatMap((line) => item('·', line, width, 4)),
  ]
}

/** What would decide it. */
function openLines({ recommendation: { askNext, blocked } }: Given, width: number): string[] {
  if (blocked) return item('·', 'waits for a person to choose the base of a figure', width, 4)
  if (askNext === null) return []
  const needs = {
    answer: 'an answer to',
    'choice-of-base': 'the base of',
    'narrower-interval': 'more answers to',
    'complete-cells': 'all cells of',
  } as const
  const asked = askNext.decisive.map(({ need, indicator }) => `${needs[need]} “${labelOf(indicator)}”`)
  return item('·', `would be decided by ${asked.join(', ')}`, width, 4)
}

const labelOf = (id: string): string => studyModel.indicators.find((indicator) => indicator.id === id)?.name ?? id

function organisationLines(organisations: NonNullable<Advice['organisations']>, width: number): string[] {
  const shown = (count: number | null): string => (count === null ? '[c]' : String(count))
  const right = { align: 'right' } as const
  const columns = [{ head: 'applies', ...right }, { head: 'met', ...right }, { head: 'open', ...right }, { head: 'rule' }]
  const rows = organisations.map(({ title, counts }) => [shown(counts.applies), shown(counts['already-met']), shown(counts.unknown), title])
  return tableLines(columns, rows, width)
}

function item(mark: string, text: string, width: number, indent = 2): string[] {
  const hang = mark === '' ? 0 : 2
  return wrap(text, width - indent - hang).map((line, i) => `${' '.repeat(indent)}${mark === '' ? '' : i === 0 ? `${mark} ` : '  '}${line}`)
}
