import { type Classifier, type ClassifyOptions, classifyText, createClassifier } from './classifier.ts'
import { defaultTaxonomy } from './default-taxonomy.ts'
import type { TechnologyId } from './generated/technology-id.ts'
import type { Match } from './match.ts'
import { type OpenSourceStatement, openSourceStatement } from './open-source-statement.ts'
import type { Taxonomy } from './taxonomy.ts'
import type { ClassifiableTechnology } from './technology.ts'

/** Whether a text discloses interoperability. */
export interface InteroperabilityDisclosure {
  /** Strict: a standard (HL7, FHIR, SNOMED CT) is used or planned. */
  readonly strict: boolean
  /** Wide: a standard, an integration engine or a national service is. */
  readonly wide: boolean
}

/** Distinct technologies of one category. */
export interface CategoryCount {
  /** The category. */
  readonly category: string
  /** Distinct technologies disclosed; several names of one count once. */
  readonly count: number
}

/** What a text says as a whole. */
export interface TextDescription<Id extends string = TechnologyId> {
  /** Technologies that are used or planned, each once, in the order of the text. */
  readonly disclosed: readonly Id[]
  /** Technologies that are named, whatever their status, each once. */
  readonly named: readonly Id[]
  /** Whether it discloses interoperability, in two readings. */
  readonly interoperability: InteroperabilityDisclosure
  /** What it says about open source, in words. */
  readonly openSource: OpenSourceStatement
  /** Disclosed technologies that are open-source software: use of open source that the text implies and does not state. */
  readonly openSourceTechnologies: readonly Id[]
  /** Distinct disclosed technologies by category, in the order of the categories; those without any are left out. */
  readonly countsByCategory: readonly CategoryCount[]
  /** The matches that it rests on. */
  readonly matches: readonly Match<Id>[]
}

/** A taxonomy with its classifier, for {@link describeText}. */
export interface DescribeOptions<Id extends string = TechnologyId> extends ClassifyOptions {
  /**
   * The taxonomy that `classifier` was made of.
   *
   * @defaultValue the built-in taxonomy
   */
  readonly taxonomy?: Taxonomy<Id>
  /**
   * A classifier made once for `taxonomy`; without it one is compiled for each call that brings its own taxonomy.
   *
   * @defaultValue one for `taxonomy`
   */
  readonly classifier?: Classifier<Id>
}

/**
 * What a text discloses: technologies used or planned, interoperability, open source, and counts by category as the study counts.
 *
 * @param text - free text, such as one answer of a survey
 * @param options - see {@link DescribeOptions}
 *
 * @example
 * ```ts @import.meta.vitest
 * const { disclosed, interoperability, openSource, countsByCategory } = describeText('C# and SQL Server; HL7 v2 via Rhapsody. No open source is used, nor PHP.')
 *
 * expect(disclosed).toEqual(['c-sharp', 'sql-server', 'hl7-v2', 'rhapsody'])
 * expect(interoperability).toEqual({ strict: true, wide: true })
 * expect(openSource.statement).toBe('never')
 * expect(countsByCategory[0]).toEqual({ category: 'programming-language', count: 1 })
 * ```
 */
export function describeText(text: string, options?: DescribeOptions): TextDescription
export function describeText<Id extends string>(
  text: string,
  options: DescribeOptions<Id> & { readonly taxonomy: Taxonomy<Id> },
): TextDescription<Id>
export function describeText<Id extends string>(text: string, options: DescribeOptions<Id> = {}): TextDescription<Id> {
  const taxonomy = options.taxonomy ?? (defaultTaxonomy() as unknown as Taxonomy<Id>)
  const classify =
    options.classifier?.classify ??
    (options.taxonomy === undefined ? (classifyText as unknown as Classifier<Id>['classify']) : createClassifier(taxonomy).classify)
  const matches = classify(text, options)
  const disclosed = [...new Set(matches.filter(isDisclosed).map(({ technologyId }) => technologyId))]
  const entries = entriesOf(taxonomy)
  const disclosedEntries = disclosed.flatMap((id) => entries.get(id) ?? [])
  const standard = disclosedEntries.some(({ interoperability }) => interoperability === 'standard')
  return {
    disclosed,
    named: [...new Set(matches.map(({ technologyId }) => technologyId))],
    interoperability: { strict: standard, wide: disclosedEntries.some(({ interoperability }) => interoperability !== null) },
    openSource: openSourceStatement(text),
    openSourceTechnologies: disclosedEntries.filter(({ openSource }) => openSource).map(({ id }) => id),
    countsByCategory: taxonomy.categories
      .map(({ id }) => ({ category: id, count: disclosedEntries.filter(({ category }) => category === id).length }))
      .filter(({ count }) => count > 0),
    matches,
  }
}

/** Whether a match discloses its technology: used or planned, not negated, former, asked about or an example. */
export function isDisclosed(match: Match<string>): boolean {
  return match.status === 'used' || match.status === 'planned'
}

const entriesByTaxonomy = new WeakMap<object, ReadonlyMap<string, unknown>>()

function entriesOf<Id extends string>(taxonomy: Taxonomy<Id>): ReadonlyMap<Id, ClassifiableTechnology<Id>> {
  let entries = entriesByTaxonomy.get(taxonomy) as ReadonlyMap<Id, ClassifiableTechnology<Id>> | undefined
  if (entries === undefined) {
    entries = new Map(taxonomy.technologies.map((technology) => [technology.id, technology]))
    entriesByTaxonomy.set(taxonomy, entries)
  }
  return entries
}
