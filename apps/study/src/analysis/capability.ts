import { type ConfidenceInterval, wilsonInterval } from '@open-digital-capability/stats'
import { type FrameShare, frameShare } from './answer-shares.ts'

/** How many of those asked gave an answer. */
export interface Capability {
  readonly id: string
  readonly label: string
  readonly count: number
  readonly base: number
  /** Who the base is. */
  readonly baseLabel: string
  readonly proportion: number
  /** As a sample from a large population. */
  readonly interval: ConfidenceInterval
  /** As a count of everybody approached; `null` where the base is not all who responded, or all of these who were asked. */
  readonly ofFrame: FrameShare | null
}

/** A printed count of a printed base. */
interface PrintedCount {
  readonly id: string
  readonly label: string
  readonly count: number
  readonly base: number
  readonly baseLabel: string
  /** Of how many responded of how many, where everybody who responded either gave this answer or did not. */
  readonly frame: { readonly responded: number; readonly approached: number } | null
}

/** A count of a base as a proportion with its Wilson interval, and as a count of everybody approached. */
export function capabilityOf({ id, label, count, base, baseLabel, frame }: PrintedCount, confidenceLevel: number): Capability {
  return {
    id,
    label,
    count,
    base,
    baseLabel,
    proportion: count / base,
    interval: wilsonInterval(count, base, { confidenceLevel }),
    ofFrame: frame === null ? null : frameShare(count, frame.responded, frame.approached, confidenceLevel),
  }
}
