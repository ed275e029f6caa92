import { type ConfidenceInterval } from '@open-digital-capability/stats'
import { type MissingReason } from '@open-digital-capability/schema'
import { type ComparisonFact } from './comparison.ts'
import { type Source } from './source.ts'

/** What one subject answered. */
export interface AnswerFact {
  /** Tells the kinds of fact apart. */
  readonly kind: 'answer'
  /** The answer. */
  readonly value: string
  /** Where it comes from. */
  readonly source: Source
}

/** A number known of one subject. */
export interface NumberFact {
  /** Tells the kinds of fact apart. */
  readonly kind: 'number'
  /** The number. */
  readonly value: number
  /** Where it comes from. */
  readonly source: Source
}

/** What a person decided about the base of a printed percentage, kept on the record. */
export interface BaseChoice {
  /** Id of the figure. */
  readonly figureId: string
  /** Version of the publication. */
  readonly version: string
  /** The base chosen. */
  readonly base: number
  /** Who chose it. */
  readonly chosenBy: string
  /** On which day, `YYYY-MM-DD`. */
  readonly chosenOn: string
  /** Why. */
  readonly reason: string
}

/**
 * Whether the base of a share was checked.
 *
 * - `passed`: the printed percentage follows from count and base
 * - `resolved`: it did not, or no base was printed, and a person chose the base
 * - `counted`: count and base were counted from records
 */
export type BaseCheck =
  | {
      /** How the check ended. */
      readonly verdict: 'passed'
    }
  | {
      /** How the check ended. */
      readonly verdict: 'counted'
    }
  | {
      /** How the check ended. */
      readonly verdict: 'resolved'
      /** What a person decided. */
      readonly choice: BaseChoice
    }

/** The part of a group that does something. */
export interface ShareFact {
  /** Tells the kinds of fact apart. */
  readonly kind: 'share'
  /** How many do; the lowest number where several are possible. */
  readonly count: number
  /** The highest number where a printed percentage allows several, or where members gave no answer; else as `count`. */
  readonly countAtMost: number
  /** Of how many. */
  readonly base: number
  /**
   * count / base, between 0 and 1; halfway where a printed percentage allows several counts, and the share of those who answered where
   * members gave no answer; `null` where nobody did.
   */
  readonly estimate: number | null
  /** Interval for the share; where several counts are possible it spans the intervals of all. */
  readonly interval: ConfidenceInterval
  /** How the interval was made. */
  readonly method: 'wilson' | 'clopper-pearson'
  /** Whether the base was checked. */
  readonly baseCheck: BaseCheck
  /** Whether count and base can be recomputed, or are merely stated. */
  readonly strength: 'descriptive' | 'assertion'
  /** Members who were asked and gave no answer; 0 for printed figures, which do not tell. */
  readonly unanswered: number
  /** Sources independent of this one, such as a second wave, that agree with it. */
  readonly corroboratedBy: readonly Source[]
  /** Where it comes from. */
  readonly source: Source
}

/** A base and the counts of it that a printed percentage allows. */
export interface BaseCandidate {
  /** The base. */
  readonly base: number
  /** Id of the figure that has this count, where there is one. */
  readonly baseId?: string
  /** The counts that fit. */
  readonly counts: readonly number[]
}

/** A printed share that may not be used until a person picks its base. */
export interface BlockedFact {
  /** Tells the kinds of fact apart. */
  readonly kind: 'blocked'
  /** Id of the figure. */
  readonly figureId: string
  /** Whether its percentage does not follow from the printed base, or no count or base is printed that it has to follow from. */
  readonly check: 'failed' | 'undetermined'
  /** Why it is blocked. */
  readonly because: string
  /** The percentage as printed. */
  readonly percentage: string
  /** The base that the text prints, where it prints one. */
  readonly printedBase: number | null
  /** The bases that fit, from which a person may choose. */
  readonly candidates: readonly BaseCandidate[]
  /** Where it comes from. */
  readonly source: Source
}

/** No value, and why. */
export interface MissingFact {
  /** Tells the kinds of fact apart. */
  readonly kind: 'missing'
  /** Why there is none: the reason of a missing answer, or that nothing was supplied. */
  readonly reason: MissingReason | 'not-supplied'
  /** The reason in more words, where there are any. */
  readonly note?: string
}

/** What is known of one indicator of one subject. Facts are never changed once made. */
export type Fact = AnswerFact | NumberFact | ShareFact | ComparisonFact | BlockedFact | MissingFact

/** What is known of a subject, by the ids of indicators. What is absent is missing. */
export type Facts = Readonly<Record<string, Fact>>

/** Someone or something that is advised. */
export interface Subject {
  /** Identifier, such as an ODS code. */
  readonly id: string
  /** Name for people, where there is one. */
  readonly name?: string
  /** A single trust, a group of trusts, or the whole cohort. Rules about a cohort look at groups and cohorts alike. */
  readonly kind: 'trust' | 'group' | 'cohort'
  /** What the subject is compared by, such as its type and region. */
  readonly groups?: Readonly<Record<string, string>>
  /** What is known of it. */
  readonly facts: Facts
}

/** The fact that stands for an indicator of which nothing was supplied. */
export const notSupplied: MissingFact = { kind: 'missing', reason: 'not-supplied' }
