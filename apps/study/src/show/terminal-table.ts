/** Plain text tables: aligned columns, a rule under the head, no colours that a pipe would have to strip. */

/** A column of a table. */
export interface Column {
  readonly head: string
  readonly align?: 'left' | 'right'
}

/** Lines of a table, the last column wrapped so that no line is wider than the terminal. */
export function tableLines(columns: readonly Column[], rows: readonly (readonly string[])[], width = 100): string[] {
  const last = columns.length - 1
  const widths = columns.map(({ head }, j) => Math.max(head.length, ...rows.map((row) => (row[j] ?? '').length)))
  const before = widths.slice(0, last).reduce((sum, w) => sum + w + 2, 2)
  widths[last] = Math.min(widths[last] ?? 0, Math.max(16, width - before))

  const lines = [columns.map(({ head }) => head), columns.map((_, j) => '─'.repeat(widths[j] ?? 0)), ...rows].flatMap((row) => {
    const wrapped = wrap(row[last] ?? '', widths[last] ?? 0)
    return wrapped.map((part, k) =>
      columns
        .map((column, j) => {
          const text = j === last ? part : k === 0 ? (row[j] ?? '') : ''
          return column.align === 'right' ? text.padStart(widths[j] ?? 0) : text.padEnd(widths[j] ?? 0)
        })
        .join('  ')
        .trimEnd(),
    )
  })
  return lines.map((line) => `  ${line}`)
}

/** Breaks a text at spaces into lines of at most `width`; a longer word stands alone. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line)
      line = word
    } else {
      line = line === '' ? word : `${line} ${word}`
    }
  }
  return [...lines, line]
}
