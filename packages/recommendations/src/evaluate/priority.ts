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

/** Compares two priorities: negative where the first comes first. */
export function comparePriority(a: Priority, b: Priority): number {
  return (
    statuses.indexOf(a.status) - statuses.indexOf(b.status) ||
    grades.indexOf(b.evidence) - grades.indexOf(a.evidence) ||
    bands.indexOf(b.impact) - bands.indexOf(a.impact) ||
    bands.indexOf(a.effort) - bands.indexOf(b.effort) ||
    (b.gap ?? -1) - (a.gap ?? -1) ||
    (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
  )
}
