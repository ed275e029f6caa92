import type { TechnologyId } from './generated/technology-id.ts'

/** How a technology stands in a text. */
export type MatchStatus =
  /** Held, used or required. */
  | 'used'
  /** Said not to be used. */
  | 'negated'
  /** Used before, and not any more. */
  | 'former'
  /** To be used. */
  | 'planned'
  /** Named in a question or a request, by somebody who does not say that it is used. */
  | 'question'
  /** Named only as an example of a kind. */
  | 'example'

/** Which rule admitted a match. */
export type MatchRule =
  /** The preferred name. */
  | 'label'
  /** Another name that means nothing else. */
  | 'alias'
  /** A name of several technologies. */
  | 'bundle'
  /** A wrong spelling that is on record. */
  | 'known-misspelling'
  /** One edit away from a name, and no word in its own right. */
  | 'one-edit'
  /** An ambiguous name written as only the technology is. */
  | 'letter-form'
  /** An ambiguous name in a list with a name that counts. */
  | 'list-neighbour'
  /** Several ambiguous names of one field in one list. */
  | 'ambiguous-list'
  /** An ambiguous name beside a word that speaks for it. */
  | 'cue'
  /** An ambiguous name with such a word, or a related technology, in the same sentence. */
  | 'sentence'
  /** An ambiguous name directly after `using` and the like. */
  | 'use-verb'
  /** An ambiguous name with a version that only software has. */
  | 'version'
  /** An ambiguous name that is all of the answer to a question about its field. */
  | 'answer'
  /** An ambiguous name that another place of the text has settled. */
  | 'same-text'
  /** An ambiguous name that is the whole text, as in a cell of a table. */
  | 'whole-text'

/** Why a match counts. */
export interface MatchReason {
  /** The rule that admitted it. */
  readonly rule: MatchRule
  /** The words of the text that decided, or `null` where the name alone did. */
  readonly words: string | null
}

/** A technology named in a text. */
export interface Match<Id extends string = TechnologyId> {
  /** The technology. */
  readonly technologyId: Id
  /** Offset of the first UTF-16 code unit in the original text. */
  readonly start: number
  /** Offset after the last one; a version is part of the match. */
  readonly end: number
  /** The original text between them. */
  readonly text: string
  /** The name of the taxonomy that was recognised. */
  readonly alias: string
  /** The version as written; absent where none stands beside the name. */
  readonly version?: string
  /** How sure the reading is, 0 to 1: an order of rules, not a measured probability. */
  readonly confidence: number
  /** How the technology stands. */
  readonly status: MatchStatus
  /** Which rule admitted the match, and on what words. */
  readonly because: MatchReason
  /** The words that gave the status, or `null` where nothing speaks against use. */
  readonly statusWords: string | null
}

/** A name found by the automaton alone, before context is weighed. */
export interface FoundName<Id extends string = TechnologyId> {
  /** The technologies that the name may mean: several for a bundle. */
  readonly technologyIds: readonly Id[]
  /** Offset of the first UTF-16 code unit. */
  readonly start: number
  /** Offset after the last one. */
  readonly end: number
  /** Whether the name needs evidence before it counts. */
  readonly ambiguous: boolean
}
