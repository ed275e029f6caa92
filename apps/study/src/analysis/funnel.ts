import { type ConfidenceInterval, wilsonInterval } from '@open-digital-capability/stats'

/** How many leave the funnel at a step, and why. */
export interface LeftOut {
  readonly reason: string
  readonly count: number
}

/** One step of the response funnel. */
export interface FunnelStep {
  readonly id: string
  readonly label: string
  /** `null` where it is hidden as a small number. */
  readonly count: number | null
  /** Who of the step before is not in this one, by reason (STROBE); none for the first, `null` where small numbers are hidden. */
  readonly leftOut: readonly LeftOut[] | null
  /** The step before; absent for the first, and where either count is hidden. */
  readonly of?: { readonly label: string; readonly count: number; readonly proportion: number; readonly interval: ConfidenceInterval }
}

/** Nested counts, each a share of the one before with its Wilson interval. */
export function funnelOf(steps: readonly Pick<FunnelStep, 'id' | 'label' | 'count' | 'leftOut'>[], confidenceLevel: number): FunnelStep[] {
  return steps.map(({ id, label, count, leftOut }, index) => {
    const before = steps[index - 1]
    if (count === null || before?.count == null || before.count === 0) return { id, label, count, leftOut }
    const interval = wilsonInterval(count, before.count, { confidenceLevel })
    return { id, label, count, leftOut, of: { label: before.label, count: before.count, proportion: count / before.count, interval } }
  })
}
