import { defaultTaxonomy } from './default-taxonomy.ts'
import { detailTable } from './generated/detail-table.ts'
import type { CategoryId, TechnologyId } from './generated/technology-id.ts'
import { SAME, splitList, splitTable, unpackHomepage } from './packed-table.ts'
import type { Category } from './taxonomy.ts'
import type { Technology, TermSource } from './technology.ts'

/** The cell of related technologies. */
const RELATED = 5
let all: readonly Technology[] | undefined
let byId: ReadonlyMap<string, Technology> | undefined

const textOrNull = (text: string | undefined): string | null => (text ? text : null)
const ids = (joined: string | undefined): readonly TechnologyId[] => splitList(joined) as readonly TechnologyId[]
const idOrNull = (id: string | undefined): TechnologyId | null => (id ? (id as TechnologyId) : null)

/**
 * Every technology of the built-in taxonomy with all that is known of it, by category and then in the order of its data file.
 *
 * @example
 * ```ts @import.meta.vitest
 * expect(technologies()).toHaveLength(618)
 * expect(technologies().filter(({ interoperability }) => interoperability === 'engine')).toHaveLength(16)
 * ```
 */
export function technologies(): readonly Technology[] {
  if (all === undefined) {
    const table = JSON.parse(detailTable) as { readonly sources: readonly TermSource[]; readonly technologies: string }
    const rows = splitTable(table.technologies).flat()
    const named = defaultTaxonomy().technologies
    // What is related is so both ways, and stands in the table with the first of the two.
    const related = named.map((): TechnologyId[] => [])
    const indexOfId = new Map(named.map(({ id }, index) => [id, index]))
    rows.forEach((row, index) => {
      for (const other of ids(row[RELATED])) {
        related[index]!.push(other)
        related[indexOfId.get(other) ?? -1]?.push(named[index]!.id)
      }
    })
    all = named.map((names, index) => {
      // The cells in the order of `detailRow` in scripts/generated-files.ts.
      const [definition = '', openStandard, spdx, homepage, parent, , implies, linguist, simpleIcons, endOfLife, licenceNote, replacedBy] =
        rows[index] ?? []
      return {
        id: names.id,
        label: names.label,
        category: names.category,
        subcategory: names.subcategory,
        definition: definition && `${definition}.`,
        aliases: names.aliases,
        misspellings: names.misspellings,
        ambiguous: names.ambiguous,
        parent: idOrNull(parent),
        implies: ids(implies),
        related: related[index] ?? [],
        vendor: names.vendor,
        homepage: homepage ? unpackHomepage(homepage, names.id) : null,
        versions: names.versions,
        openSource: names.openSource,
        spdx: textOrNull(spdx),
        licenceNote: textOrNull(licenceNote),
        openStandard: openStandard === '1',
        interoperability: names.interoperability,
        crosswalk: {
          linguist: textOrNull(linguist === SAME ? names.label : linguist),
          simpleIcons: textOrNull(simpleIcons === SAME ? names.id.replaceAll('-', '') : simpleIcons),
          endOfLife: textOrNull(endOfLife === SAME ? names.id : endOfLife),
        },
        // The sources are the registers, in this order.
        sources: table.sources.filter((_, number) => [linguist, simpleIcons, endOfLife][number]),
        deprecated: names.deprecated,
        replacedBy: idOrNull(replacedBy),
      }
    })
  }
  return all
}

/**
 * The 25 categories; the first seven are the study's.
 *
 * @example
 * ```ts @import.meta.vitest
 * expect(categories()[0]?.id).toBe('programming-language')
 * ```
 */
export function categories(): readonly Category[] {
  return defaultTaxonomy().categories
}

/**
 * The technology with an identifier, or `undefined` where there is none.
 *
 * @param id - such as `c-sharp`; any string may be asked for
 *
 * @example
 * ```ts @import.meta.vitest
 * expect(findTechnology('c-sharp')?.label).toBe('C#')
 * expect(findTechnology('no-such-thing')).toBeUndefined()
 * ```
 */
export function findTechnology(id: TechnologyId | (string & {})): Technology | undefined {
  byId ??= new Map(technologies().map((technology) => [technology.id, technology]))
  return byId.get(id)
}

/**
 * The technologies of one category, in the order of its data file.
 *
 * @param category - such as `database`; an unknown one gives an empty list
 *
 * @example
 * ```ts @import.meta.vitest
 * expect(technologiesIn('ci-cd-platform').map(({ id }) => id)).toContain('jenkins')
 * ```
 */
export function technologiesIn(category: CategoryId | (string & {})): readonly Technology[] {
  return technologies().filter((technology) => technology.category === category)
}
