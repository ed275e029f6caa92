import { type Status, statuses } from '../logic/rule-program.ts'
import { grades, type Grade } from '../model/model.ts'
import { type Band, bands } from '../model/rule.ts'

/**
 * By what recommendations are put in order, printed with each: no weights, the first difference decides. What applies comes first,
 * then stronger evidence, higher impact, lower effort, larger gap, and at last the id.
 */
export interface Priority {
  /** What became of the recommendation. */
  readonly status: Status
  /** The grade of what decided it. */
  readonly evidence: Grade
  /** How much it could matter. */
  readonly impact: Band
  /** How much work it is. */
  readonly effort: Band
  /**
   * Of a group: how far its share lies from the limit, 0 to 1. Of one trust: the share of the cohort that does it already.
   * `null` where neither is known, which comes last.
   */
  readonly gap: number | null
  /** Id of the rule. */
  readonly id: string
}

/** The order of priority in words. */
export const priorityOrder =
  'Order: what applies, then what is unknown, already met and not applicable; within these by evidence (E4 first), impact (high first), effort (low first), gap (largest first), and id.'

/**
 * The whole of a priority but gap and id as one number, smaller first: its parts are digits of it, so it puts in the same order as comparing
 * part by part.
 */
export function priorityRank({ status, evidence, impact, effort }: Priority): number {
  let rank = statuses.indexOf(status)
  rank = rank * grades.length + (grades.length - 1 - grades.indexOf(evidence))
  rank = rank * bands.length + (bands.length - 1 - bands.indexOf(impact))
  return rank * bands.length + bands.indexOf(effort)
}

/** Compares two priorities with their ranks: negative where the first comes first. */
export function comparePriority(a: RankedPriority, b: RankedPriority): number {
  return (
    a.rank - b.rank ||
    (b.priority.gap ?? -1) - (a.priority.gap ?? -1) ||
    (a.priority.id < b.priority.id ? -1 : a.priority.id > b.priority.id ? 1 : 0)
  )
}

/** A priority and its {@link priorityRank}. */
export interface RankedPriority {
  /** The priority. */
  readonly priority: Priority
  /** Its rank. */
  readonly rank: number
}
