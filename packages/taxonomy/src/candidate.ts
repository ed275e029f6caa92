import type { Payload } from './compiled-taxonomy.ts'
import type { MatchRule, MatchStatus } from './match.ts'

/** A name found in a text while it is being weighed. */
export interface Candidate {
  /** Offset of the name. */
  readonly start: number
  /** Offset after the name. */
  readonly nameEnd: number
  /** Offset after the name and its version. */
  end: number
  /** What the name stands for. */
  readonly payload: Payload
  /** The technologies meant, by index: those of the name, or the one that the evidence chose. */
  meant: readonly number[]
  /** Whether the name is misspelt. */
  readonly edited: boolean
  /** Number of the hit that it came from; the hits around it are its context. */
  readonly hit: number
  /** Number of its sentence. */
  sentence: number
  /** Version beside the name, or `null`. */
  version: string | null
  /** Whether the version can be nothing else. */
  certainVersion: boolean
  /** Whether it counts. */
  accepted: boolean
  /** The rule that admitted it. */
  rule: MatchRule
  /** The words that decided, or `null`. */
  words: string | null
  /** 0 to 1. */
  confidence: number
  /** How the technology stands. */
  status: MatchStatus
  /** The words that gave the status, or `null`. */
  statusWords: string | null
  /** How it is joined to the candidate before it. */
  link: number
}
