import type { TechnologyId } from './generated/technology-id.ts'

/**
 * How an ambiguous name must be written before evidence for it is weighed.
 *
 * `exact`: letter case as in the alias (`REST`); `capitalised`: the first letter of each word that has a capital in the alias;
 * `any`: no demand. A name in another form still counts as an item of a list of technologies.
 */
export type LetterForm = 'exact' | 'capitalised' | 'any'

/**
 * How close the evidence for an ambiguous name must stand.
 *
 * `form`: the letter form is evidence enough; `noun`: so it is, and in small letters a word before it that shows a noun (`an access database`); `sentence`: a word of its field in the same sentence;
 * `near`: such a word within a few words, or a related technology in the same sentence; `beside`: directly beside the name.
 */
export type EvidenceDistance = 'form' | 'noun' | 'sentence' | 'near' | 'beside'

/** A name that is also an ordinary word, a person, a place or another abbreviation, with what tells them apart. */
export interface AmbiguousAlias {
  /** The name as its owner writes it. */
  readonly alias: string
  /** Letter case that the name must have to be weighed. */
  readonly form: LetterForm
  /** How close the evidence must stand. */
  readonly evidence: EvidenceDistance
  /** Words that speak for the technology, beside those of its field. */
  readonly cues: readonly string[]
  /** Whether only `cues` speak for it, and the words of its field do not. */
  readonly ownCuesOnly: boolean
  /** Phrases that contain the name and mean something else (`go live`, `SAS doctors`). */
  readonly counter: readonly string[]
}

/** What a technology does for the exchange of data between systems. */
export type InteroperabilityRole = 'standard' | 'engine' | 'national-service'

/** Names of the same thing in public registers. */
export interface Crosswalk {
  /** Language name in GitHub Linguist, or `null`. */
  readonly linguist: string | null
  /** Slug in Simple Icons, or `null`. */
  readonly simpleIcons: string | null
  /** Product page on endoflife.date, or `null`. */
  readonly endOfLife: string | null
}

/** Where a fact was looked up, and when. */
export interface TermSource {
  /** Register or page. */
  readonly title: string
  /** Address, or `null` for a register that is a file. */
  readonly url: string | null
  /** Day on which it was read, ISO 8601. */
  readonly lookedUp: string
}

/** One technology of the taxonomy. */
export interface Technology<Id extends string = TechnologyId> {
  /** Stable identifier in kebab case; never reused. */
  readonly id: Id
  /** Preferred name. */
  readonly label: string
  /** Identifier of its category. */
  readonly category: string
  /** Finer grouping within the category, in kebab case. */
  readonly subcategory: string
  /** One sentence that says what it is. */
  readonly definition: string
  /** Other names that mean nothing else. */
  readonly aliases: readonly string[]
  /** Wrong spellings seen in real texts. */
  readonly misspellings: readonly string[]
  /** Names that need evidence; the label is among them where it is itself ambiguous. */
  readonly ambiguous: readonly AmbiguousAlias[]
  /** The broader technology it belongs to (a dialect, a module, a profile), or `null`. */
  readonly parent: Id | null
  /** Technologies that must be there where this one is. */
  readonly implies: readonly Id[]
  /** Technologies that readers of this entry may look for. */
  readonly related: readonly Id[]
  /** Who makes or publishes it, or `null` where there is no single one. */
  readonly vendor: string | null
  /** Its own page, or `null`. */
  readonly homepage: string | null
  /** Versions that stand in real disclosures; an incomplete list. */
  readonly versions: readonly string[]
  /** Whether it is open-source software. An editorial judgement: `spdx` and `licenceNote` give the evidence. */
  readonly openSource: boolean
  /** SPDX licence expression of the current version, or `null`. */
  readonly spdx: string | null
  /** What a licence expression cannot say: editions, changes of licence. */
  readonly licenceNote: string | null
  /** Whether it is an openly published standard. */
  readonly openStandard: boolean
  /** Its part in interoperability, or `null`. */
  readonly interoperability: InteroperabilityRole | null
  /** The same thing in public registers. */
  readonly crosswalk: Crosswalk
  /** Where facts of this entry were checked; empty where none was. */
  readonly sources: readonly TermSource[]
  /** Whether the identifier is kept only for old data. */
  readonly deprecated: boolean
  /** What to use instead of a deprecated identifier, or `null`. */
  readonly replacedBy: Id | null
}

/** The part of a {@link Technology} that a classifier needs. */
export type ClassifiableTechnology<Id extends string = TechnologyId> = Pick<
  Technology<Id>,
  | 'id'
  | 'label'
  | 'category'
  | 'aliases'
  | 'misspellings'
  | 'ambiguous'
  | 'versions'
  | 'vendor'
  | 'interoperability'
  | 'subcategory'
  | 'openSource'
  | 'deprecated'
>
