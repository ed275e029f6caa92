import { type CertaintyWithReasons } from '../evidence/certainty.ts'
import { type Fact } from '../facts/fact.ts'
import { type Status } from '../logic/rule-program.ts'
import { type TraceNode } from '../logic/trace.ts'
import { type Grade } from '../model/model.ts'
import { type AskNext } from './ask-next.ts'
import { type Priority } from './priority.ts'

/** A share shown beside a recommendation. */
export interface EvidenceItem {
  /** Id of the share. */
  readonly indicator: string
  /** Its value, or why there is none. */
  readonly fact: Fact
  /** How strong it is. */
  readonly grade: Grade
  /** How sure one can be of it. */
  readonly certainty: CertaintyWithReasons
}

/** What a rule came to for a subject, with everything that led to it. */
export interface Recommendation {
  /** Id of the rule. */
  readonly rule: string
  /** Version of the rule. */
  readonly ruleVersion: number
  /** What became of it. */
  readonly status: Status
  /** Whether it waits for a person to pick the base of a figure. */
  readonly blocked: boolean
  /** Whom the rule concerns, evaluated; `null` where it concerns everyone. */
  readonly scope: TraceNode | null
  /** The gap, evaluated. */
  readonly when: TraceNode
  /** The grade of what decided it: E0 where nothing did. */
  readonly grade: Grade
  /** How sure one can be of what decided it. */
  readonly certainty: CertaintyWithReasons
  /** The shares that the rule names as evidence. */
  readonly evidence: readonly EvidenceItem[]
  /** What it is put in order by. */
  readonly priority: Priority
  /** What to ask next; `null` where the status is decided. */
  readonly askNext: AskNext | null
}

/** The recommendations for one subject. */
export interface Evaluation {
  /** Id of the subject. */
  readonly subject: string
  /** Its name, or `null`. */
  readonly name: string | null
  /** Its kind. */
  readonly kind: 'trust' | 'group' | 'cohort'
  /** Id of the model. */
  readonly model: string
  /** Version of the model. */
  readonly modelVersion: string
  /** The day on which the advice is given, or `null`. */
  readonly asOf: string | null
  /** Values of thresholds that differ from the model’s, by id. */
  readonly changedThresholds: Readonly<Record<string, number>>
  /** The recommendations by priority. */
  readonly recommendations: readonly Recommendation[]
}
