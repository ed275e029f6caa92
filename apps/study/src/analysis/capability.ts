import { type ConfidenceInterval, wilsonInterval } from '@open-digital-capability/stats'

/** How many of those asked gave an answer. */
export interface Capability {
  readonly id: string
  readonly label: string
  readonly count: number
  readonly base: number
  /** Who the base is. */
  readonly baseLabel: string
  readonly proportion: number
  readonly interval: ConfidenceInterval
}

/** A count of a base as a proportion with its Wilson interval. */
export function capabilityOf(
  question: { readonly id: string; readonly label: string; readonly count: number; readonly base: number; readonly baseLabel: string },
  confidenceLevel: number,
): Capability {
  const { id, label, count, base, baseLabel } = question
  return { id, label, count, base, baseLabel, proportion: count / base, interval: wilsonInterval(count, base, { confidenceLevel }) }
}
