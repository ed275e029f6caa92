import type { TechnologyId } from './generated/technology-id.ts'
import type { ClassifiableTechnology } from './technology.ts'

/** One category of technologies. */
export interface Category {
  /** Identifier in kebab case. */
  readonly id: string
  /** Name in the plural. */
  readonly label: string
  /** Whether it is one of the seven categories of the study. */
  readonly studyCategory: boolean
  /** Distinct technologies that the study printed for it, or `null` outside the seven. */
  readonly studyCount: number | null
  /** The field whose words speak for its ambiguous names. */
  readonly field: Field
}

/** A group of categories that are spoken of in the same words. */
export type Field = 'code' | 'data' | 'clinical' | 'exchange' | 'terminology' | 'infrastructure' | 'web' | 'office'

/** Words of each field that speak for an ambiguous name. */
export type FieldWords = Readonly<Record<Field, readonly string[]>>

/** One name for several technologies (`LAMP`). */
export interface Bundle<Id extends string = TechnologyId> {
  /** The names of the bundle. */
  readonly alias: readonly string[]
  /** Whether the letter case must be that of the alias. */
  readonly form: 'exact' | 'any'
  /** What it stands for. */
  readonly technologies: readonly Id[]
}

/** What a phrase says about the technologies around it. */
export type StatusRole =
  /** `not`, `rather than`: what follows is not used. */
  | 'negates-next'
  /** `is not used`: what stands before is not used. */
  | 'negates-previous'
  /** `previously used`. */
  | 'former-next'
  /** `was decommissioned`. */
  | 'former-previous'
  /** `has replaced`: what follows is former, up to `with` or `by`. */
  | 'replaced'
  /** `moved from`: what follows is former, up to `to`. */
  | 'moved-from'
  /** `replacing`, `migration from`: as `moved-from` in a text about the past, else still in use. */
  | 'transition'
  /** `plan to`. */
  | 'planned-next'
  /** `is being implemented`. */
  | 'planned-previous'
  /** `to replace`: what follows is still in use, what comes after `with` is planned. */
  | 'to-replace'
  /** `migrating from`: what follows is still in use, what comes after `to` is planned. */
  | 'moving-from'
  /** `will be replaced`: what stands before is still in use. */
  | 'being-replaced'
  /** `such as`. */
  | 'example-next'
  /** `not only`, `no plans to replace`: looks like a negation and is none. */
  | 'not-a-negation'
  /** `neither confirm nor deny`. */
  | 'withheld-next'
  /** `now use`. */
  | 'used-next'
  /** `still in use`. */
  | 'used-previous'
  /** `but`, `except`. */
  | 'ends-scope'
  /** `to`, `into`: ends what `moved from` opened. */
  | 'towards'
  /** `with`, `by`: ends what `replaced` opened. */
  | 'with'
  /** `we`, `our`: after a comma, opens a new clause. */
  | 'subject'
  /** `please provide`: the sentence is the requester's. */
  | 'request'
  /** `do you use`: at the start of a sentence, as `request`. */
  | 'interrogative'
  /** `until`: former where the end has come. */
  | 'until'
  /** `response`: what follows is the organisation's. */
  | 'answer'
  /** `might`, `vendors`: examples in the sentence are examples only. */
  | 'hypothetical'
  /** `using`: directly before an ambiguous name, speaks for it. */
  | 'uses'
  /** `under way`: a change in the sentence is not finished. */
  | 'ongoing'
  /** `looked at`, `was considered`: not used where the sentence goes on to what was taken instead. */
  | 'weighed-up'

/** Phrases for each {@link StatusRole}. */
export type StatusPhrases = Readonly<Record<StatusRole, readonly string[]>>

/** Everything that a classifier is compiled from. */
export interface Taxonomy<Id extends string = TechnologyId> {
  /** The technologies and their names. */
  readonly technologies: readonly ClassifiableTechnology<Id>[]
  /** The categories, in the order in which they are shown. */
  readonly categories: readonly Category[]
  /** Names of several technologies. */
  readonly bundles: readonly Bundle<Id>[]
  /** Words that speak for ambiguous names, by field. */
  readonly fieldWords: FieldWords
  /** Phrases that contain a name and mean something else, whatever the technology. */
  readonly counterPhrases: readonly string[]
  /** Phrases that say how a technology stands. */
  readonly statusPhrases: StatusPhrases
  /** Words one edit away from a name that are words in their own right, so no misspelling. */
  readonly englishWords: readonly string[]
}
