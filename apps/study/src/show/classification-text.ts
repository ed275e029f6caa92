import { findTechnology } from '@open-digital-capability/taxonomy'
import { type Classification, type ClassifiedText } from '../classify/classify-texts.ts'
import { tableLines } from './terminal-table.ts'

/** What texts name, as a person reads it in a terminal: one text with its reasons, many with a line for each mention. */
export function classificationText({ texts, technologies }: Classification, width: number): string {
  const [only] = texts
  if (texts.length === 1 && only !== undefined && only.where === null)
    return `${[...mentionLines(texts, width), '', ...summaryLines(only)].join('\n')}\n`
  const named = texts.filter(({ disclosed }) => disclosed.length > 0).length
  const strict = texts.filter(({ interoperability }) => interoperability.strict).length
  return `${[
    ...mentionLines(texts, width),
    '',
    `  ${texts.length} ${texts.length === 1 ? 'text' : 'texts'}; ${named} disclose a technology, ${strict} a standard for exchanging data.`,
    '',
    ...tableLines(
      [{ head: 'texts', align: 'right' }, { head: 'technology disclosed' }],
      technologies.map(({ label, texts: count }) => [String(count), label]),
      width,
    ),
  ].join('\n')}\n`
}

function mentionLines(texts: readonly ClassifiedText[], width: number): string[] {
  const longestName = width < 100 ? 20 : 34
  const short = (text: string): string => (text.length > longestName ? `${text.slice(0, longestName - 1).trimEnd()}…` : text)
  const isMany = texts.some(({ where }) => where !== null)
  const rows = texts.flatMap(({ where, matches }) =>
    matches.map(({ technologyId, text, status, confidence, because }) => [
      ...(isMany ? [where ?? ''] : []),
      short(text.replace(/\s+/g, ' ')),
      short(findTechnology(technologyId)?.label ?? technologyId),
      status,
      confidence.toFixed(2),
      ...(width < 100 && isMany ? [] : [because.words === null ? because.rule : `${because.rule}: ${because.words}`]),
    ]),
  )
  if (rows.length === 0) return ['  no technology found']
  const columns = [
    ...(isMany ? [{ head: 'where' }] : []),
    { head: 'text' },
    { head: 'technology' },
    { head: 'status' },
    { head: 'confidence', align: 'right' as const },
    ...(width < 100 && isMany ? [] : [{ head: 'because' }]),
  ]
  return tableLines(columns, rows, width)
}

function summaryLines({ interoperability, openSource }: ClassifiedText): string[] {
  const reading = interoperability.strict
    ? 'a standard is disclosed'
    : interoperability.wide
      ? 'an engine or national service is disclosed'
      : 'none disclosed'
  return [`  interoperability: ${reading}`, `  open source: ${openSource.statement}`]
}
