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
  const opening = pattern.indexOf('{')
  if (opening < 0) return [pattern]
  const closing = pattern.indexOf('}', opening)
  const before = pattern.slice(0, opening)
  const endings = expandPhrases(pattern.slice(closing + 1))
  return pattern
    .slice(opening + 1, closing)
    .split('|')
    .flatMap((choice) => endings.map((ending) => before + choice + ending))
}
