import { nameTable } from './generated/name-table.ts'
import type { TechnologyId } from './generated/technology-id.ts'
import { CUE_SIGNS, expandPhrases, identifierOf, LABEL, SAME, SEPARATORS, splitAliases, splitList, splitTable } from './packed-table.ts'
import type { Bundle, Category, Field, StatusRole, Taxonomy } from './taxonomy.ts'
import type { AmbiguousAlias, ClassifiableTechnology, EvidenceDistance, InteroperabilityRole, LetterForm } from './technology.ts'

interface NameTable {
  readonly categories: string
  readonly bundles: readonly Bundle[]
  readonly technologies: string
  readonly fieldWords: Readonly<Record<Field, string>>
  readonly commonCues: string
  readonly statusPhrases: Readonly<Record<StatusRole, string>>
  readonly counterPhrases: string
  readonly englishWords: string
}

const forms: readonly LetterForm[] = ['exact', 'capitalised', 'any']
const distances: readonly EvidenceDistance[] = ['form', 'noun', 'sentence', 'near', 'beside']
const roles: readonly (InteroperabilityRole | null)[] = [null, 'standard', 'engine', 'national-service']

/** The parts: alias, flags, cues with the common ones as signs in the first, counter-phrases that begin with the alias, that end with it, and others. */
function ambiguousAlias(packed: string, label: string, commonCues: readonly string[]): AmbiguousAlias {
  const [name = '', flags, cues, after, before, others] = packed.split(SEPARATORS.part)
  const number = Number(flags)
  const alias = name.replace(LABEL, label)
  const lower = alias.toLowerCase()
  const allCues: string[] = []
  if (cues) {
    const [signs = '', ...rare] = cues.split(SEPARATORS.item)
    for (const sign of signs) allCues.push(commonCues[CUE_SIGNS.indexOf(sign)] ?? '')
    allCues.push(...rare)
  }
  const counter: string[] = []
  for (const end of splitList(after)) counter.push(`${lower} ${end}`)
  for (const start of splitList(before)) counter.push(`${start} ${lower}`)
  if (others) counter.push(...others.split(SEPARATORS.item))
  return {
    alias,
    form: forms[number >> 4] ?? 'any',
    evidence: distances[(number >> 1) & 7] ?? 'beside',
    cues: allCues,
    ownCuesOnly: (number & 1) === 1,
    counter,
  }
}

/** A sign and a number stand for so many words of the label. */
function vendorOf(packed: string, label: string): string {
  return packed.startsWith(SAME)
    ? label
        .split(' ')
        .slice(0, Number(packed.slice(1)))
        .join(' ')
    : packed
}

/** The cells of a row: id, label, subcategory, aliases, versions, vendor, role, misspellings, ambiguous, flags. */
function technologyOf(row: readonly string[], category: string, commonCues: readonly string[]): ClassifiableTechnology {
  const [id, label = '', subcategory = '', aliases, versions, vendor, role, misspellings, ambiguous, flags] = row
  const number = Number(flags ?? 0)
  const names = splitAliases(aliases, label)
  return {
    // A number says which of the aliases gives the identifier.
    id: (id === '' ? identifierOf(label) : /^\d+$/.test(id!) ? identifierOf(names[Number(id)] ?? '') : id) as TechnologyId,
    label,
    category,
    subcategory,
    aliases: names,
    misspellings: splitList(misspellings),
    ambiguous: ambiguous ? ambiguous.split(SEPARATORS.entry).map((packed) => ambiguousAlias(packed, label, commonCues)) : [],
    versions: splitList(versions),
    vendor: vendor ? vendorOf(vendor, label) : null,
    interoperability: roles[Number(role ?? 0)] ?? null,
    openSource: (number & 2) !== 0,
    deprecated: (number & 1) !== 0,
  }
}

/** The cells of a row: id, label, field, the study's count for those that it counted. */
function categoryOf([id = '', label = '', field, count]: readonly string[]): Category {
  return { id, label, studyCategory: count !== undefined, studyCount: count === undefined ? null : Number(count), field: field as Field }
}

function mapValues<Key extends string, From, To>(record: Readonly<Record<Key, From>>, map: (value: From) => To): Readonly<Record<Key, To>> {
  return Object.fromEntries(Object.entries<From>(record).map(([key, value]) => [key, map(value)])) as Record<Key, To>
}

let instance: Taxonomy | undefined

/**
 * The built-in taxonomy: 618 technologies in 25 categories, with the words and phrases that tell their names apart.
 *
 * It is read from a compact table at the first call and kept.
 *
 * @example
 * ```ts @import.meta.vitest
 * const { technologies, categories } = defaultTaxonomy()
 *
 * expect(technologies).toHaveLength(618)
 * expect(categories.filter(({ studyCategory }) => studyCategory)).toHaveLength(7)
 * ```
 */
export function defaultTaxonomy(): Taxonomy {
  if (instance === undefined) {
    const table = JSON.parse(nameTable) as NameTable
    const { bundles } = table
    const [rows = []] = splitTable(table.categories)
    const categories = rows.map(categoryOf)
    const commonCues = splitList(table.commonCues)
    instance = {
      categories,
      bundles,
      technologies: splitTable(table.technologies).flatMap((rows, index) =>
        rows.map((row) => technologyOf(row, categories[index]?.id ?? '', commonCues)),
      ),
      fieldWords: mapValues(table.fieldWords, splitList),
      statusPhrases: mapValues(table.statusPhrases, (patterns) => patterns.split(SEPARATORS.entry).flatMap(expandPhrases)),
      counterPhrases: splitList(table.counterPhrases),
      englishWords: splitList(table.englishWords),
    }
  }
  return instance
}
