/**
 * The generated tables are text with one sign for each level, half the size of JSON and as readable to a diff.
 * Nothing in the data may hold these signs; `scripts/generated-files.ts` refuses them.
 */
export const SEPARATORS = { group: '@', row: '<', cell: '^', entry: '`', part: '~', item: '|' } as const
/** Stands in aliases for the label of their technology. */
export const LABEL = '%'
/** Stands for a value that follows from the entry: an identifier from its label, a name in a register from either. */
export const SAME = '='

/** The items of a list; none of an empty one. */
export function splitList(joined: string | undefined): readonly string[] {
  return joined ? joined.split(SEPARATORS.item) : []
}

/** The rows of a table by group, each with its cells; empty cells at the end of a row may be missing. */
export function splitTable(table: string): readonly (readonly (readonly string[])[])[] {
  return table.split(SEPARATORS.group).map((group) => group.split(SEPARATORS.row).map((row) => row.split(SEPARATORS.cell)))
}

/** The identifier that a label gives: `PL/SQL` is `pl-sql`. */
export function identifierOf(label: string): string {
  return label
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
}

/** `{was|were} {retired|replaced}` stands for four phrases. */
export function expandPhrases(pattern: string): readonly string[] {
  const brace = /\{([^}]*)\}/.exec(pattern)
  if (brace === null) return [pattern]
  const [whole, choices = ''] = brace
  return choices
    .split('|')
    .flatMap((choice) => expandPhrases(pattern.slice(0, brace.index) + choice + pattern.slice(brace.index + whole.length)))
}
