import { type DataTable } from './data-table.ts'

/** A part of a Markdown document: a heading, running text and tables. */
export interface MarkdownSection {
  readonly title: string
  readonly paragraphs: readonly string[]
  readonly tables: readonly DataTable[]
}

/**
 * A document of headings, paragraphs and pipe tables with captions, which pandoc and word processors turn into tables of their own.
 * Whatever comes out of the data is text: signs that Markdown or HTML would read are escaped.
 */
export function markdown(title: string, intro: readonly string[], sections: readonly MarkdownSection[]): string {
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

function tableOf({ caption, columns, rows }: DataTable): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(escapeMarkdown).join(' | ')} |`
  const rule = columns.map(({ isNumber }) => (isNumber === true ? '---:' : ':---'))
  return [
    line(columns.map(({ head }) => head)),
    `| ${rule.join(' | ')} |`,
    ...rows.map(line),
    '',
    `Table: ${escapeMarkdown(caption)}`,
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
