import { categories as allCategories, technologies as allTechnologies } from './technologies.ts'
import type { Category } from './taxonomy.ts'
import type { Technology } from './technology.ts'

/** Options of {@link toSkosJsonLd} and {@link toSkosTurtle}. */
export interface SkosOptions {
  /**
   * Where the identifiers live; ends in `/` or `#`.
   *
   * @defaultValue `https://example.org/open-digital-capability/taxonomy/`
   */
  readonly baseIri?: string
  /**
   * Technologies to export, as of {@link technologies}.
   *
   * @defaultValue all of them
   */
  readonly technologies?: readonly Technology<string>[]
  /**
   * Their categories.
   *
   * @defaultValue the built-in ones
   */
  readonly categories?: readonly Category[]
}

/** A concept or collection of a SKOS document in JSON-LD. */
export type SkosNode = Readonly<Record<string, unknown>>

/** A SKOS document in JSON-LD. */
export interface SkosDocument {
  /** Prefixes and types of the properties, in the document itself, so that nothing is fetched. */
  readonly '@context': Readonly<Record<string, unknown>>
  /** The scheme, its concepts and the collection of the study's categories. */
  readonly '@graph': readonly SkosNode[]
}

const defaultBase = 'https://example.org/open-digital-capability/taxonomy/'
const licence = 'https://spdx.org/licenses/MIT'
const linguistBase = 'https://github.com/github-linguist/linguist/blob/main/lib/linguist/languages.yml#'

/** The statements about one subject, as both exports write them. */
interface Description {
  readonly iri: string
  readonly type: string
  readonly links: readonly (readonly [property: string, iri: string])[]
  readonly texts: readonly (readonly [property: string, text: string, language: 'en' | null])[]
}

function describe(options: SkosOptions): readonly Description[] {
  const base = options.baseIri ?? defaultBase
  const technologies: readonly Technology<string>[] = options.technologies ?? allTechnologies()
  const categories = options.categories ?? allCategories()
  const scheme = `${base}scheme`
  const concept = (id: string): string => `${base}technology/${id}`
  const categoryConcept = (id: string): string => `${base}category/${id}`
  const known = new Set(technologies.map(({ id }) => id))
  // Related is symmetric, and never joins a concept to its own ancestor.
  const parents = new Map(technologies.map(({ id, parent }) => [id, parent]))
  const isAncestor = (above: string, id: string): boolean => {
    for (let at = parents.get(id) ?? null; at !== null; at = parents.get(at) ?? null) if (at === above) return true
    return false
  }
  const related = new Map<string, Set<string>>()
  const relate = (from: string, to: string): void => void related.set(from, (related.get(from) ?? new Set()).add(to))
  for (const technology of technologies) {
    for (const other of technology.related) {
      if (other === technology.id || !known.has(other) || isAncestor(other, technology.id) || isAncestor(technology.id, other)) continue
      relate(technology.id, other)
      relate(other, technology.id)
    }
  }
  return [
    {
      iri: scheme,
      type: 'ConceptScheme',
      links: [['dct:license', licence], ...categories.map(({ id }) => ['skos:hasTopConcept', categoryConcept(id)] as const)],
      texts: [['dct:title', 'Technologies of digital health services', 'en']],
    },
    ...categories.map(({ id, label }): Description => ({
      iri: categoryConcept(id),
      type: 'Concept',
      links: [
        ['skos:inScheme', scheme],
        ['skos:topConceptOf', scheme],
      ],
      texts: [
        ['skos:prefLabel', label, 'en'],
        ['skos:notation', id, null],
      ],
    })),
    ...technologies.map((technology): Description => {
      const { id, label, aliases, ambiguous, misspellings, definition, parent, crosswalk } = technology
      const alternatives = distinct([...aliases, ...ambiguous.map(({ alias }) => alias)], [label])
      return {
        iri: concept(id),
        type: 'Concept',
        links: [
          ['skos:inScheme', scheme],
          ['skos:broader', categoryConcept(technology.category)],
          ...(parent !== null && known.has(parent) ? [['skos:broader', concept(parent)] as const] : []),
          ...[...(related.get(id) ?? [])].sort().map((other) => ['skos:related', concept(other)] as const),
          ...(crosswalk.linguist === null ? [] : [['skos:exactMatch', linguistBase + encodeURIComponent(crosswalk.linguist)] as const]),
          ...(crosswalk.simpleIcons === null
            ? []
            : [['skos:closeMatch', `https://simpleicons.org/icons/${crosswalk.simpleIcons}.svg`] as const]),
          ...(crosswalk.endOfLife === null ? [] : [['skos:closeMatch', `https://endoflife.date/${crosswalk.endOfLife}`] as const]),
        ],
        texts: [
          ['skos:prefLabel', label, 'en'],
          ...alternatives.map((name) => ['skos:altLabel', name, 'en'] as const),
          ...distinct(misspellings, [label, ...alternatives]).map((name) => ['skos:hiddenLabel', name, 'en'] as const),
          ['skos:notation', id, null],
          ...(definition === '' ? [] : [['skos:definition', definition, 'en'] as const]),
        ],
      }
    }),
    {
      iri: `${base}study`,
      type: 'Collection',
      links: categories.filter(({ studyCategory }) => studyCategory).map(({ id }) => ['skos:member', categoryConcept(id)] as const),
      texts: [['skos:prefLabel', 'Categories of the study', 'en']],
    },
  ]
}

/** Names without repetition, and without those that are taken: a label may stand in one place only. */
function distinct(names: readonly string[], taken: readonly string[]): readonly string[] {
  const seen = new Set(taken)
  return names.filter((name) => !seen.has(name) && seen.add(name))
}

/**
 * The taxonomy as a SKOS concept scheme in JSON-LD.
 *
 * Categories are the top concepts; a technology has its category and its parent as `broader`, other names as `altLabel`, misspellings
 * as `hiddenLabel`, its identifier as `notation`; a `Collection` holds the study's seven categories.
 *
 * @param options - see {@link SkosOptions}
 * @see Miles and Bechhofer, SKOS Simple Knowledge Organization System Reference, W3C Recommendation, 18 August 2009
 *
 * @example
 * ```ts @import.meta.vitest
 * const document = toSkosJsonLd({ baseIri: 'https://example.org/t/' })
 *
 * expect(document['@graph'].find((node) => node['@id'] === 'https://example.org/t/technology/c-sharp')).toMatchObject({
 *   '@type': 'skos:Concept',
 *   'skos:prefLabel': [{ '@value': 'C#', '@language': 'en' }],
 * })
 * ```
 */
export function toSkosJsonLd(options: SkosOptions = {}): SkosDocument {
  return {
    '@context': { skos: 'http://www.w3.org/2004/02/skos/core#', dct: 'http://purl.org/dc/terms/' },
    '@graph': describe(options).map(({ iri, type, links, texts }) => {
      const node: Record<string, unknown> = { '@id': iri, '@type': `skos:${type}` }
      const add = (property: string, value: unknown): void => {
        const values = (node[property] as unknown[] | undefined) ?? (node[property] = [])
        values.push(value)
      }
      for (const [property, text, language] of texts)
        add(property, language === null ? { '@value': text } : { '@value': text, '@language': language })
      for (const [property, link] of links) add(property, { '@id': link })
      return node
    }),
  }
}

/**
 * The taxonomy as a SKOS concept scheme in Turtle; the same statements as {@link toSkosJsonLd}.
 *
 * @param options - see {@link SkosOptions}
 * @see Prud'hommeaux and Carothers, RDF 1.1 Turtle, W3C Recommendation, 25 February 2014
 *
 * @example
 * ```ts @import.meta.vitest
 * expect(toSkosTurtle()).toContain('skos:prefLabel "C#"@en')
 * ```
 */
export function toSkosTurtle(options: SkosOptions = {}): string {
  const lines = ['@prefix skos: <http://www.w3.org/2004/02/skos/core#> .', '@prefix dct: <http://purl.org/dc/terms/> .', '']
  for (const { iri, type, links, texts } of describe(options)) {
    const statements = [
      `a skos:${type}`,
      ...texts.map(([property, text, language]) => `${property} ${turtleString(text)}${language === null ? '' : `@${language}`}`),
      ...links.map(([property, link]) => `${property} <${link}>`),
    ]
    lines.push(`<${iri}>`, `${statements.map((statement) => `  ${statement}`).join(' ;\n')} .`, '')
  }
  return lines.join('\n')
}

function turtleString(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n').replaceAll('\r', '\\r')}"`
}
