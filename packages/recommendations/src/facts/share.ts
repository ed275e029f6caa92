import { type ConfidenceInterval, clopperPearsonInterval, wilsonInterval } from '@open-digital-capability/stats'
import { type BaseCheck, type ShareFact } from './fact.ts'
import { type Source } from './source.ts'

/** How the interval of a share is made. */
export type ShareMethod = 'wilson' | 'clopper-pearson'

/** Options that say how intervals are made. */
export interface IntervalOptions {
  /**
   * Confidence level, between 0 and 1.
   *
   * @defaultValue 0.95
   */
  readonly confidenceLevel?: number
  /**
   * How the interval is made.
   *
   * @defaultValue `'wilson'`
   */
  readonly method?: ShareMethod
}

/** What {@link shareFact} is told besides the counts. */
export interface ShareDetails extends IntervalOptions {
  /** Where the share comes from. */
  readonly source: Source
  /** Whether its base was checked. */
  readonly baseCheck: BaseCheck
  /** Whether it can be recomputed. @defaultValue `'descriptive'` */
  readonly strength?: ShareFact['strength']
  /** The highest count where several are possible. @defaultValue the count */
  readonly countAtMost?: number
  /** Members of the base without an answer. @defaultValue 0 */
  readonly unanswered?: number
  /** Independent sources that agree. @defaultValue none */
  readonly corroboratedBy?: readonly Source[]
}

/**
 * A share as a fact: its estimate, and its interval.
 *
 * @param count - how many do, 0 to `base`
 * @param base - of how many, at least 1
 * @param details - source, base check and how the interval is made
 *
 * @example
 * ```ts @import.meta.vitest
 * const fact = shareFact(25, 161, { source: { provenance: 'printed', label: 'an abstract' }, baseCheck: { verdict: 'passed' } })
 *
 * expect(fact.interval.lower).toBeCloseTo(0.1074, 4)
 * expect(fact.interval.upper).toBeCloseTo(0.2192, 4)
 * ```
 */
export function shareFact(count: number, base: number, details: ShareDetails): ShareFact {
  const countAtMost = details.countAtMost ?? count
  const unanswered = details.unanswered ?? 0
  // Where those without an answer are counted either way, the best guess is the share of those who answered.
  const isEitherWay = unanswered > 0 && countAtMost === count + unanswered
  const answered = base - unanswered
  const method = details.method ?? 'wilson'
  const lowest = intervalOf(count, base, details)
  const highest = countAtMost === count ? lowest : intervalOf(countAtMost, base, details)
  return {
    kind: 'share',
    count,
    countAtMost,
    base,
    estimate: isEitherWay ? (answered === 0 ? null : count / answered) : (count + countAtMost) / 2 / base,
    interval: { lower: lowest.lower, upper: highest.upper, level: lowest.level },
    method,
    baseCheck: details.baseCheck,
    strength: details.strength ?? 'descriptive',
    unanswered,
    corroboratedBy: details.corroboratedBy ?? [],
    source: details.source,
  }
}

function intervalOf(count: number, base: number, { confidenceLevel = 0.95, method = 'wilson' }: IntervalOptions): ConfidenceInterval {
  const make = method === 'wilson' ? wilsonInterval : clopperPearsonInterval
  return make(count, base, { confidenceLevel })
}
