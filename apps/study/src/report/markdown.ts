import { type DataTable, notesText } from './data-table.ts'
import { type TextDocument } from './text-document.ts'

/**
 * A document of headings, paragraphs and pipe tables with captions, which pandoc and word processors turn into tables of their own.
 * Whatever comes out of the data is text: signs that Markdown or HTML would read are escaped.
 */
export function markdown({ title, intro, sections }: TextDocument): string {
  const blocks = [
    `# ${escapeMarkdown(title)}`,
    ...intro.map(escapeMarkdown),
    ...sections.flatMap(({ title: heading, paragraphs, tables }) => [
      `## ${escapeMarkdown(heading)}`,
      ...paragraphs.map(escapeMarkdown),
      ...tables.map(tableOf),
    ]),
  ]
  return `${blocks.join('\n\n')}\n`
}

function tableOf(table: DataTable): string {
  const { caption, columns, rows } = table
  const notes = notesText(table)
  const line = (cells: readonly string[]): string => `| ${cells.map(escapeMarkdown).join(' | ')} |`
  const rule = columns.map(({ isNumber }) => (isNumber === true ? '---:' : ':---'))
  return [
    line(columns.map(({ head }) => head)),
    `| ${rule.join(' | ')} |`,
    ...rows.map(line),
    '',
    `Table: ${escapeMarkdown(caption)}`,
    ...(notes === '' ? [] : ['', escapeMarkdown(notes)]),
  ].join('\n')
}

/** Text that stays text: no markup, no HTML, no line break that would end a cell. */
function escapeMarkdown(text: string): string {
  return text
    .replace(/[\r\n]+/g, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/[\\`*_[\]|#~$]/g, (sign) => `\\${sign}`)
    .replace(/^(\s*)([-+]|\d+[.)])(?=\s)/, '$1\\$2')
}
