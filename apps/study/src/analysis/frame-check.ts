import { type PublishedStudy } from '../published-study.ts'

/** The list of those asked, against the register when they were asked. */
export interface FrameCheck {
  readonly asked: number
  /** First day on which organisations were asked. */
  readonly askedFrom: string
  /** How many the register held on that day. */
  readonly registered: number
  readonly verdict: 'same' | 'differs'
  /** The days on which the register held as many as were asked. */
  readonly matches: readonly { readonly from: string; readonly until: string }[]
  readonly source: string
}

/** Compares how many were asked with how many there were; `null` where the register of that day is not at hand. */
export function frameCheck({ register }: Pick<PublishedStudy, 'register'>, asked: number): FrameCheck | null {
  const { askedFrom, counts, label } = register
  const then = counts.find(({ from, until }) => from <= askedFrom && askedFrom <= until)
  if (then === undefined) return null
  return {
    asked,
    askedFrom,
    registered: then.count,
    verdict: then.count === asked ? 'same' : 'differs',
    matches: counts.filter(({ count }) => count === asked).map(({ from, until }) => ({ from, until })),
    source: label,
  }
}
