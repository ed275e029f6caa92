import { nameTable } from './generated/name-table.ts'
import type { TechnologyId } from './generated/technology-id.ts'
import type { Bundle, Category, FieldWords, StatusPhrases, Taxonomy } from './taxonomy.ts'
import type { AmbiguousAlias, ClassifiableTechnology, EvidenceDistance, InteroperabilityRole, LetterForm } from './technology.ts'

/** Row of the generated table: id, label, subcategory, aliases, versions, vendor, role, misspellings, ambiguous, flags. */
type NameRow = readonly [string, string, string, string?, string?, string?, number?, string?, (readonly AmbiguousRow[] | 0)?, number?]
type AmbiguousRow = readonly [alias: string, code?: number, cues?: string, counter?: string]

interface NameTable {
  readonly categories: readonly Category[]
  readonly technologies: readonly (readonly NameRow[])[]
  readonly bundles: readonly Bundle[]
  readonly fieldWords: FieldWords
  readonly statusPhrases: StatusPhrases
  readonly counterPhrases: readonly string[]
  readonly englishWords: readonly string[]
}

const forms: readonly LetterForm[] = ['exact', 'capitalised', 'any']
const distances: readonly EvidenceDistance[] = ['form', 'sentence', 'near', 'beside']
const roles: readonly (InteroperabilityRole | null)[] = [null, 'standard', 'engine', 'national-service']

/** Splits a joined list of a generated table. */
export function splitList(joined: string | undefined): readonly string[] {
  return joined ? joined.split('|') : []
}

function ambiguousAlias([alias, code = 0, cues, counter]: AmbiguousRow): AmbiguousAlias {
  return {
    alias,
    form: forms[code >> 3] ?? 'any',
    evidence: distances[(code >> 1) & 3] ?? 'beside',
    cues: splitList(cues),
    ownCuesOnly: (code & 1) === 1,
    counter: splitList(counter),
  }
}

function technologyOf(row: NameRow, category: string): ClassifiableTechnology {
  const [id, label, subcategory, aliases, versions, vendor, role, misspellings, ambiguous, flags = 0] = row
  return {
    id: id as TechnologyId,
    label,
    category,
    subcategory,
    aliases: splitList(aliases),
    misspellings: splitList(misspellings),
    ambiguous: ambiguous ? ambiguous.map(ambiguousAlias) : [],
    versions: splitList(versions),
    vendor: vendor ? vendor : null,
    interoperability: roles[role ?? 0] ?? null,
    openSource: (flags & 2) !== 0,
    deprecated: (flags & 1) !== 0,
  }
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
    const { technologies, ...rest } = JSON.parse(nameTable) as NameTable
    instance = {
      ...rest,
      technologies: technologies.flatMap((rows, index) => rows.map((row) => technologyOf(row, rest.categories[index]?.id ?? ''))),
    }
  }
  return instance
}
