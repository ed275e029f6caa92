import { foldedKey, symbolsOf } from './character-table.ts'
import { defaultTaxonomy } from './default-taxonomy.ts'
import { TaxonomyError, type TaxonomyErrorCode, type TaxonomyIssue } from './errors.ts'
import type { TechnologyId } from './generated/technology-id.ts'
import type { Bundle, Category, Field, StatusRole, Taxonomy } from './taxonomy.ts'
import type { AmbiguousAlias, ClassifiableTechnology, InteroperabilityRole } from './technology.ts'

/** An ambiguous name of one's own; only the name itself has no default. */
export type NewAmbiguousAlias = Pick<AmbiguousAlias, 'alias'> & Partial<AmbiguousAlias>

/** A technology of one's own, or more names for one that is there. */
export interface NewTechnology {
  /** Identifier in kebab case; that of a built-in technology adds names to it. */
  readonly id: string
  /**
   * Preferred name.
   *
   * @defaultValue that of the technology that is there; a new one must bring it
   */
  readonly label?: string
  /**
   * Identifier of its category.
   *
   * @defaultValue that of the technology that is there; a new one must bring it
   */
  readonly category?: string
  /** @defaultValue `general` */
  readonly subcategory?: string
  /** Other names. @defaultValue none */
  readonly aliases?: readonly string[]
  /** Wrong spellings. @defaultValue none */
  readonly misspellings?: readonly string[]
  /** Names that need evidence. @defaultValue none */
  readonly ambiguous?: readonly NewAmbiguousAlias[]
  /** Versions. @defaultValue none */
  readonly versions?: readonly string[]
  /** Who makes it. @defaultValue `null` */
  readonly vendor?: string | null
  /** Its part in interoperability. @defaultValue `null` */
  readonly interoperability?: InteroperabilityRole | null
  /** Whether it is open-source software. @defaultValue `false` */
  readonly openSource?: boolean
}

/** What to add to a taxonomy. */
export interface TaxonomyAdditions {
  /** New technologies, and names for old ones. @defaultValue none */
  readonly technologies?: readonly NewTechnology[]
  /** New categories. @defaultValue none */
  readonly categories?: readonly Category[]
  /** New names of several technologies. @defaultValue none */
  readonly bundles?: readonly Bundle<string>[]
  /** Phrases that contain a name and mean something else. @defaultValue none */
  readonly counterPhrases?: readonly string[]
  /** Words that speak for the ambiguous names of a field. @defaultValue none */
  readonly fieldWords?: Partial<Record<Field, readonly string[]>>
  /** Phrases that say how a technology stands. @defaultValue none */
  readonly statusPhrases?: Partial<Record<StatusRole, readonly string[]>>
  /** Words that are no misspellings. @defaultValue none */
  readonly englishWords?: readonly string[]
  /** Identifiers to leave out. @defaultValue none */
  readonly without?: readonly string[]
}

const kebab = /^[a-z0-9]+(?:-[a-z0-9]+)*$/
const LONGEST_NAME = 120

/**
 * The built-in taxonomy with a user's own technologies, names and rules, checked before it is used.
 *
 * @param additions - see {@link TaxonomyAdditions}
 * @throws A {@link TaxonomyError} with every fault found: `bad-id`, `alias-clash`, `bad-alias`, `unknown-id` or `bad-value`
 *
 * @example
 * ```ts @import.meta.vitest
 * const { createClassifier } = await import('./classifier.ts')
 * const taxonomy = extendTaxonomy({
 *   technologies: [{ id: 'ward-watcher', label: 'Ward Watcher', category: 'clinical-system', aliases: ['WardWatcher'] }],
 * })
 *
 * expect(createClassifier(taxonomy).classify('Critical care uses Ward Watcher 7.')[0]).toMatchObject({ technologyId: 'ward-watcher', version: '7' })
 * ```
 */
export function extendTaxonomy(additions: TaxonomyAdditions): Taxonomy<TechnologyId | (string & {})>
/**
 * Another taxonomy than the built-in one with a user's own technologies, names and rules, checked before it is used.
 *
 * @param additions - see {@link TaxonomyAdditions}
 * @param base - what to add to; itself unchanged
 * @throws A {@link TaxonomyError} with every fault found: `bad-id`, `alias-clash`, `bad-alias`, `unknown-id` or `bad-value`
 */
export function extendTaxonomy<Id extends string>(additions: TaxonomyAdditions, base: Taxonomy<Id>): Taxonomy<Id | (string & {})>
export function extendTaxonomy(additions: TaxonomyAdditions, base: Taxonomy<string> = defaultTaxonomy()): Taxonomy<string> {
  const omitted = new Set(additions.without)
  const technologies = new Map(base.technologies.filter(({ id }) => !omitted.has(id)).map((technology) => [technology.id, technology]))
  const issues: TaxonomyIssue[] = []
  for (const id of omitted) {
    if (!base.technologies.some((technology) => technology.id === id))
      issues.push({ code: 'unknown-id', subject: id, message: 'cannot be left out, as it is not there' })
  }
  const added = new Set<string>()
  for (const addition of additions.technologies ?? []) {
    if (added.has(addition.id)) issues.push({ code: 'bad-id', subject: addition.id, message: 'is added twice' })
    added.add(addition.id)
    const known = technologies.get(addition.id)
    if (known === undefined && (addition.label === undefined || addition.category === undefined)) {
      issues.push({ code: 'bad-value', subject: addition.id, message: 'is new, so it needs a label and a category' })
      continue
    }
    technologies.set(addition.id, merged(known, addition))
  }
  const taxonomy: Taxonomy<string> = {
    technologies: [...technologies.values()],
    categories: [...base.categories, ...(additions.categories ?? [])],
    bundles: [...base.bundles.filter(({ technologies: parts }) => parts.every((id) => technologies.has(id))), ...(additions.bundles ?? [])],
    counterPhrases: [...base.counterPhrases, ...(additions.counterPhrases ?? [])],
    fieldWords: joined(base.fieldWords, additions.fieldWords ?? {}),
    statusPhrases: joined(base.statusPhrases, additions.statusPhrases ?? {}),
    englishWords: [...base.englishWords, ...(additions.englishWords ?? []).map((word) => word.toLowerCase())],
  }
  issues.push(...checkTaxonomy(taxonomy))
  const [first, ...others] = issues
  if (first !== undefined) throw new TaxonomyError([first, ...others])
  return taxonomy
}

function merged(known: ClassifiableTechnology<string> | undefined, addition: NewTechnology): ClassifiableTechnology<string> {
  const list = (key: 'aliases' | 'misspellings' | 'versions'): readonly string[] => [...(known?.[key] ?? []), ...(addition[key] ?? [])]
  return {
    id: addition.id,
    label: addition.label ?? known?.label ?? '',
    category: addition.category ?? known?.category ?? '',
    subcategory: addition.subcategory ?? known?.subcategory ?? 'general',
    aliases: list('aliases'),
    misspellings: list('misspellings'),
    ambiguous: [
      ...(known?.ambiguous ?? []),
      ...(addition.ambiguous ?? []).map((name) => ({
        alias: name.alias,
        form: name.form ?? 'capitalised',
        evidence: name.evidence ?? 'near',
        cues: name.cues ?? [],
        ownCuesOnly: name.ownCuesOnly ?? false,
        counter: name.counter ?? [],
      })),
    ],
    versions: list('versions'),
    vendor: addition.vendor ?? known?.vendor ?? null,
    interoperability: addition.interoperability ?? known?.interoperability ?? null,
    openSource: addition.openSource ?? known?.openSource ?? false,
    deprecated: known?.deprecated ?? false,
  }
}

function joined<Key extends string>(
  base: Readonly<Record<Key, readonly string[]>>,
  more: Partial<Record<Key, readonly string[]>>,
): Readonly<Record<Key, readonly string[]>> {
  const result = { ...base } as Record<Key, readonly string[]>
  for (const key of Object.keys(more) as Key[]) result[key] = [...(base[key] ?? []), ...(more[key] ?? [])]
  return result
}

/**
 * Every fault of a taxonomy; none for one that can be compiled.
 *
 * Identifiers are unique and in kebab case, categories exist, names can be matched, and no name belongs to two technologies
 * unless it is ambiguous in both.
 *
 * @param taxonomy - the taxonomy to look at
 *
 * @example
 * ```ts @import.meta.vitest
 * expect(checkTaxonomy(defaultTaxonomy())).toEqual([])
 * ```
 */
export function checkTaxonomy(taxonomy: Taxonomy<string>): readonly TaxonomyIssue[] {
  const issues: TaxonomyIssue[] = []
  const report = (code: TaxonomyErrorCode, subject: string, message: string): void => void issues.push({ code, subject, message })
  const categories = new Set<string>()
  for (const { id } of taxonomy.categories) {
    if (categories.has(id)) report('bad-id', id, 'is the identifier of two categories')
    if (!kebab.test(id)) report('bad-id', id, 'is no identifier in kebab case')
    categories.add(id)
  }
  const ids = new Set<string>()
  const owners = new Map<string, { readonly id: string; readonly strong: boolean }>()
  const claim = (name: string, id: string, strong: boolean): void => {
    const fault = faultOf(name)
    if (fault !== null) return report('bad-alias', id, `"${name}" ${fault}`)
    const key = foldedKey(name)
    const owner = owners.get(key)
    if (owner !== undefined && owner.id !== id && (owner.strong || strong))
      report('alias-clash', id, `"${name}" belongs to ${owner.id} already; make it ambiguous in both`)
    if (owner === undefined) owners.set(key, { id, strong })
  }
  for (const technology of taxonomy.technologies) {
    const { id, label, category, aliases, misspellings, ambiguous } = technology
    if (!kebab.test(id)) report('bad-id', id, 'is no identifier in kebab case')
    if (ids.has(id)) report('bad-id', id, 'is the identifier of two technologies')
    ids.add(id)
    if (!categories.has(category)) report('unknown-id', id, `is in category "${category}", which does not exist`)
    const guarded = new Set(ambiguous.map(({ alias }) => foldedKey(alias)))
    for (const name of ambiguous) claim(name.alias, id, false)
    for (const name of [label, ...aliases, ...misspellings]) if (!guarded.has(foldedKey(name))) claim(name, id, true)
  }
  for (const { id, ambiguous } of taxonomy.technologies) {
    for (const counter of ambiguous.flatMap((name) => name.counter)) {
      const fault = faultOf(counter)
      if (fault !== null) report('bad-alias', id, `counter-phrase "${counter}" ${fault}`)
      else if (owners.get(foldedKey(counter))?.strong)
        report('alias-clash', id, `counter-phrase "${counter}" is the name of ${owners.get(foldedKey(counter))?.id}`)
    }
  }
  for (const { alias, technologies } of taxonomy.bundles) {
    const subject = alias[0] ?? 'bundle'
    for (const id of technologies) if (!ids.has(id)) report('unknown-id', subject, `stands for "${id}", which does not exist`)
    for (const name of alias) {
      const fault = faultOf(name)
      if (fault !== null) report('bad-alias', subject, `"${name}" ${fault}`)
      else if (owners.has(foldedKey(name))) report('alias-clash', subject, `"${name}" belongs to ${owners.get(foldedKey(name))?.id}`)
    }
  }
  return issues
}

function faultOf(name: string): string | null {
  if (name.length > LONGEST_NAME) return `is longer than ${LONGEST_NAME} characters`
  const symbols = symbolsOf(name)
  if (symbols === null) return 'holds a character that is matched in no text'
  return symbols.length === 0 ? 'is empty' : null
}
