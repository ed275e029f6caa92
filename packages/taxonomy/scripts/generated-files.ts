import { CUE_SIGNS, identifierOf, inOneWord, JOINED, LABEL, packHomepage, SAME, SEPARATORS, unpackHomepage } from '../src/packed-table.ts'
import type { Category } from '../src/taxonomy.ts'
import { readTaxonomyData, type TermEntry } from './taxonomy-data.ts'

const notice = '// Written by scripts/generate.ts from data/. Do not edit.\n'

/** A module with one constant: JSON in a string, so that nothing is built before it is asked for. */
function table(name: string, value: unknown): string {
  const json = JSON.stringify(value).replaceAll('\\', '\\\\').replaceAll("'", "\\'")
  return `${notice}/** @internal */\nexport const ${name} = '${json}'\n`
}

const signs = new RegExp(`[${LABEL}${Object.values(SEPARATORS).join('')}]`.replace('^', '\\^'))

/** A value as it stands in the table: none of the signs that part values may be in it. */
function plain(value: string): string {
  if (signs.test(value)) throw new Error(`"${value}" holds a sign that separates values`)
  return value
}

/** Parts without the empty ones at the end. */
function joined(parts: readonly (string | number)[], separator: string): string {
  let length = parts.length
  while (length > 0 && (parts[length - 1] === 0 || parts[length - 1] === '')) length--
  return parts
    .slice(0, length)
    .map((part) => (part === 0 ? '' : part))
    .join(separator)
}

function list(items: readonly string[] | undefined): string {
  return (items ?? []).map(plain).join(SEPARATORS.item)
}

const withLabel = (name: string, label: string): string => plain(name).replaceAll(label, LABEL)

const forms = ['exact', 'capitalised', 'any']
const distances = ['form', 'noun', 'sentence', 'near', 'beside']
const roles = ['', 'standard', 'engine', 'national-service']

/** The cues that most ambiguous names have, the commonest first. */
function commonCuesOf(terms: readonly TermEntry[]): readonly string[] {
  const counts = new Map<string, number>()
  for (const { ambiguous = [] } of terms)
    for (const { cues = [] } of ambiguous) for (const cue of cues) counts.set(cue, (counts.get(cue) ?? 0) + 1)
  return [...counts.keys()]
    .sort((left, right) => (counts.get(right) ?? 0) - (counts.get(left) ?? 0) || (left < right ? -1 : 1))
    .slice(0, CUE_SIGNS.length)
}

function packedCues(cues: readonly string[], common: readonly string[]): string {
  if (cues.length === 0) return ''
  const signs = cues.flatMap((cue) => CUE_SIGNS[common.indexOf(cue)] ?? [])
  return [signs.sort().join(''), ...cues.filter((cue) => !common.includes(cue)).map(plain)].join(SEPARATORS.item)
}

/** Counter-phrases without the alias that they begin or end with, and those that do neither. */
function packedCounters(counter: readonly string[], alias: string): readonly string[] {
  const name = alias.toLowerCase()
  const after: string[] = []
  const before: string[] = []
  const others: string[] = []
  for (const phrase of counter) {
    if (phrase.startsWith(`${name} `)) after.push(phrase.slice(name.length + 1))
    else if (phrase.endsWith(` ${name}`)) before.push(phrase.slice(0, -name.length - 1))
    else others.push(phrase)
  }
  return [list(after), list(before), list(others)]
}

/** The identifier, or which of the names gives it. */
function packedId(id: string, label: string, aliases: readonly string[]): string {
  if (identifierOf(label) === id) return ''
  const index = aliases.findIndex((alias) => identifierOf(alias) === id)
  return index < 0 ? id : String(index)
}

/** The aliases with what is another of them in one word directly after that one. */
function withPairs(aliases: readonly string[]): readonly string[] {
  const pairs = new Set(aliases.filter((alias) => inOneWord(alias) !== alias).map(inOneWord))
  return aliases.flatMap((alias) => {
    const one = inOneWord(alias)
    return one !== alias && aliases.includes(one) ? [alias, one] : pairs.has(alias) ? [] : [alias]
  })
}

/** The maker, as one sign where the label begins with it. */
function packedVendor(vendor: string, label: string): string {
  return vendor !== '' && (label === vendor || label.startsWith(`${vendor} `)) ? SAME + String(vendor.split(' ').length) : vendor
}

/** A definition without the full stop that ends each. */
function packedDefinition({ id, definition = '' }: TermEntry): string {
  if (definition !== '' && !/[^.]\.$/.test(definition)) throw new Error(`${id}: the definition does not end with a full stop`)
  return plain(definition.slice(0, -1))
}

function packedAliases(aliases: readonly string[], label: string): string {
  return aliases
    .flatMap((alias, index) => {
      const before = aliases[index - 1]
      if (before !== undefined && before !== alias && inOneWord(before) === alias) return []
      if (alias.endsWith(JOINED)) throw new Error(`"${alias}" ends with a sign of the table`)
      const next = aliases[index + 1]
      return [withLabel(alias, label) + (next !== undefined && next !== alias && inOneWord(alias) === next ? JOINED : '')]
    })
    .join(SEPARATORS.item)
}

function nameRow(term: TermEntry, commonCues: readonly string[]): string {
  const { id, label } = term
  const aliases = withPairs(term.aliases ?? [])
  const ambiguous = (term.ambiguous ?? []).map((name) =>
    joined(
      [
        withLabel(name.alias, label),
        forms.indexOf(name.form) * 16 + distances.indexOf(name.evidence) * 2 + (name.ownCuesOnly ? 1 : 0),
        packedCues(name.cues ?? [], commonCues),
        ...packedCounters(name.counter ?? [], name.alias),
      ],
      SEPARATORS.part,
    ),
  )
  return joined(
    [
      packedId(id, label, aliases),
      plain(label),
      term.subcategory ?? '',
      packedAliases(aliases, label),
      list(term.versions),
      packedVendor(plain(term.vendor ?? ''), label),
      roles.indexOf(term.interoperability ?? ''),
      list(term.misspellings),
      ambiguous.join(SEPARATORS.entry),
      (term.deprecated ? 1 : 0) + (term.openSource ? 2 : 0),
    ],
    SEPARATORS.cell,
  )
}

function packedHomepage({ id, homepage }: TermEntry): string {
  if (!homepage) return ''
  const packed = packHomepage(homepage, id)
  if (unpackHomepage(packed, id) !== homepage) throw new Error(`${id}: the homepage ${homepage} cannot be packed`)
  return packed
}

function packedCategory({ id, label, studyCount, field }: Category): string {
  return joined([id, plain(label), field, studyCount ?? ''], SEPARATORS.cell)
}

function detailRow(term: TermEntry, sources: readonly string[], known: ReadonlySet<string>): string {
  const { linguist, simpleIcons, endOfLife } = term.crosswalk ?? {}
  // The registers in which a technology was looked up are those that it has a name in, so they are not packed.
  const registers = sources.filter((_, index) => [linguist, simpleIcons, endOfLife][index])
  if (registers.join() !== (term.sources ?? []).join()) throw new Error(`${term.id}: its sources are not the registers of its crosswalk`)
  return joined(
    [
      packedDefinition(term),
      term.openStandard ? 1 : 0,
      term.spdx ?? '',
      packedHomepage(term),
      term.parent ?? '',
      // Each pair stands with the first of the two; a test holds it to both.
      list(term.related?.filter((id) => !known.has(id))),
      list(term.implies),
      linguist === term.label ? SAME : (linguist ?? ''),
      simpleIcons === term.id.replaceAll('-', '') ? SAME : (simpleIcons ?? ''),
      endOfLife === term.id ? SAME : (endOfLife ?? ''),
      plain(term.licenceNote ?? ''),
      term.replacedBy ?? '',
    ],
    SEPARATORS.cell,
  )
}

/** The generated modules by file name. */
export function generatedFiles(): Readonly<Record<string, string>> {
  const { categories, terms, sources, bundles, fieldWords, statusPhrases, counterPhrases, englishWords } = readTaxonomyData()
  const ids = terms.map(({ id }) => `\n  | '${id}'`).join('')
  const categoryIds = categories.map(({ id }) => `\n  | '${id}'`).join('')
  const commonCues = commonCuesOf(terms)
  const known = new Set<string>()
  const packed = (rowOf: (term: TermEntry) => string): string =>
    categories
      .map(({ id }) =>
        terms
          .filter(({ category }) => category === id)
          .map(rowOf)
          .join(SEPARATORS.row),
      )
      .join(SEPARATORS.group)
  return {
    'technology-id.ts': `${notice}/** Identifier of a technology of the built-in taxonomy. */\nexport type TechnologyId =${ids}\n\n/** Identifier of a category of the built-in taxonomy. */\nexport type CategoryId =${categoryIds}\n`,
    'name-table.ts': table('nameTable', {
      categories: categories.map(packedCategory).join(SEPARATORS.row),
      technologies: packed((term) => nameRow(term, commonCues)),
      commonCues: list(commonCues),
      bundles,
      fieldWords: Object.fromEntries(Object.entries(fieldWords).map(([field, words]) => [field, list(words)])),
      statusPhrases: Object.fromEntries(Object.entries(statusPhrases).map(([role, patterns]) => [role, patterns.join(SEPARATORS.entry)])),
      counterPhrases: list(counterPhrases),
      englishWords: list(englishWords),
    }),
    'detail-table.ts': table('detailTable', {
      sources: Object.values(sources),
      technologies: packed((term) => detailRow(term, Object.keys(sources), known.add(term.id))),
    }),
  }
}
