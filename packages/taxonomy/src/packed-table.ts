/**
 * The generated tables are text with one sign for each level, half the size of JSON and as readable to a diff.
 * Nothing in the data may hold these signs; `scripts/generated-files.ts` refuses them.
 */
export const SEPARATORS = { group: '@', row: '<', cell: '^', entry: '`', part: '~', item: '|' } as const
/** What the commonest cues are written as, one sign each: every printable sign that stands for nothing else. */
export const CUE_SIGNS = '!#$&()*+,-./0123456789:;>?ABCDEFGHIJKLMNOPQRSTUVWXYZ[]_abcdefghijklmnopqrstuvwxyz'
/** Stands in aliases for the label of their technology. */
export const LABEL = '%'
/** After an alias: the same in one word is an alias too. */
export const JOINED = '>'
/** Stands for a value that follows from the entry: an identifier from its label, a name in a register from either. */
export const SAME = '='

/** The items of a list; none of an empty one. */
export function splitList(joined: string | undefined): readonly string[] {
  return joined ? joined.split(SEPARATORS.item) : []
}

/** A name in one word. */
export function inOneWord(name: string): string {
  return name.replace(/[\s-]/g, '')
}

/** The aliases of a label from their list. */
export function splitAliases(joined: string | undefined, label: string): readonly string[] {
  const aliases = splitList(joined?.includes(LABEL) ? joined.replaceAll(LABEL, label) : joined)
  if (!joined?.includes(JOINED)) return aliases
  return aliases.flatMap((alias) => (alias.endsWith(JOINED) ? [alias.slice(0, -1), inOneWord(alias.slice(0, -1))] : [alias]))
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

/** What the parts that most addresses share are written as. */
const WWW = '*'
const COM = '$'
const NO_SLASH = '!'

/** An https address without what most share, and with the identifier as one sign: that of `mysql` is `*=$`. Not every address comes back from it. */
export function packHomepage(homepage: string, id: string): string {
  const rest = homepage
    .replace('https://', '')
    .replace(/^www\./, WWW)
    .replace(id.replaceAll('-', ''), SAME)
    .replace('.com/', `${COM}/`)
  return rest.endsWith('/') ? rest.slice(0, -1) : `${rest}${NO_SLASH}`
}

/** The address that {@link packHomepage} made short. */
export function unpackHomepage(packed: string, id: string): string {
  const rest = packed.endsWith(NO_SLASH) ? packed.slice(0, -1) : `${packed}/`
  return `https://${rest.replace(COM, '.com').replace(SAME, id.replaceAll('-', '')).replace(WWW, 'www.')}`
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
