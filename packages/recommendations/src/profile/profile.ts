import { conditionProgram } from '../logic/condition-program.ts'
import { resolveThresholds, type ThresholdOverrides } from '../logic/resolved-thresholds.ts'
import { cohortFromSubjects, type CohortOptions } from '../facts/cohort-from-subjects.ts'
import { type Fact, notSupplied, type Subject } from '../facts/fact.ts'
import { type Model } from '../model/model.ts'

/** Options of {@link profile}. */
export interface ProfileOptions extends Pick<CohortOptions, 'source' | 'confidenceLevel' | 'method' | 'unanswered'> {
  /**
   * What makes another trust a peer: it is alike in each of these groups.
   *
   * @defaultValue `['trustType', 'region']`
   */
  readonly peersBy?: readonly string[]
  /** Values for thresholds other than the model’s own; `peers` says how many peers are needed. */
  readonly thresholds?: ThresholdOverrides
}

/** One indicator of a trust beside the others. */
export interface ProfileLine {
  /** Id of the share. */
  readonly share: string
  /** Id of the answer that it counts. */
  readonly indicator: string
  /** The trust’s own answer, or why there is none. */
  readonly own: Fact
  /** Whether the trust is among those counted: `unknown` where it gave no answer, `not-asked` where it was not asked. */
  readonly counted: 'yes' | 'no' | 'unknown' | 'not-asked'
  /** The share of the cohort, the trust among it. */
  readonly cohort: Fact
  /** The share of the peers, the trust not among them; missing where there are too few. */
  readonly peers: Fact
}

/** A trust beside its cohort and its peers. Nothing is ranked, and no other trust is named. */
export interface Profile {
  /** Id of the trust. */
  readonly subject: string
  /** By what peers are alike, with the trust’s own values; `null` where a value of it is not known. */
  readonly peersBy: Readonly<Record<string, string>> | null
  /** How many peers there are. */
  readonly peers: number
  /** The fewest peers of which a share is shown. */
  readonly fewestPeers: number
  /** The shares of the model that count an answer, in its order. */
  readonly lines: readonly ProfileLine[]
}

/**
 * A trust’s answers beside the shares of its cohort, with intervals, and beside its peers where there are enough of them.
 *
 * @param model - the model
 * @param trust - the trust
 * @param cohort - all trusts of the round; the trust may be among them
 * @param options - source, and what makes a peer
 * @throws A {@link RecommendationsError} with code `invalid-threshold`
 *
 * @example
 * ```ts @import.meta.vitest
 * const { studyModel } = await import('../model/study-model.ts')
 * const source = { provenance: 'records', label: 'our round' } as const
 * const trusts = Array.from({ length: 12 }, (_, index) => ({
 *   id: `R${index}`,
 *   kind: 'trust',
 *   groups: { trustType: 'acute', region: 'London' },
 *   facts: { hasTeam: { kind: 'answer', value: index < 9 ? 'yes' : 'no', source } },
 * }) as const)
 * const line = profile(studyModel, trusts[0]!, trusts, { source }).lines.find(({ share }) => share === 'hasTeamShare')
 *
 * expect(line).toMatchObject({ counted: 'yes', cohort: { count: 9, base: 12 }, peers: { count: 8, base: 11 } })
 * ```
 */
export function profile(model: Model, trust: Subject, cohort: readonly Subject[], options: ProfileOptions): Profile {
  const thresholds = resolveThresholds(model, options.thresholds)
  const fewestPeers = thresholds.valueOf('peers')
  const groups = options.peersBy ?? ['trustType', 'region']
  const own = groups.map((group) => [group, trust.groups?.[group]] as const)
  const isKnown = own.every((entry): entry is readonly [string, string] => entry[1] !== undefined)
  const peers = isKnown
    ? cohort.filter((other) => other.id !== trust.id && own.every(([group, value]) => other.groups?.[group] === value))
    : []
  const all = cohortFromSubjects(model, cohort, options).facts
  const alike = cohortFromSubjects(model, peers, options).facts
  const context = { indicators: new Map(model.indicators.map((indicator) => [indicator.id, indicator])), thresholds }

  const lines = model.indicators.flatMap((share): ProfileLine[] => {
    if (share.kind !== 'share' || !share.of) return []
    const { indicator, in: values } = share.of
    const fact = trust.facts[indicator] ?? notSupplied
    const definition = context.indicators.get(indicator)
    const askedIf = definition && 'askedIf' in definition ? definition.askedIf : undefined
    const wasNotAsked =
      (fact.kind === 'missing' && fact.reason === 'not-asked') ||
      (askedIf !== undefined && conditionProgram(askedIf, context).evaluate(trust.facts) === 0)
    const peersFact = alike[share.id] ?? notSupplied
    const enough = peersFact.kind === 'share' && peersFact.base >= fewestPeers
    return [
      {
        share: share.id,
        indicator,
        own: fact,
        counted: wasNotAsked ? 'not-asked' : fact.kind !== 'answer' ? 'unknown' : values.includes(fact.value) ? 'yes' : 'no',
        cohort: all[share.id] ?? notSupplied,
        peers: enough ? peersFact : { kind: 'missing', reason: 'not-supplied', note: `fewer than ${fewestPeers} peers were asked` },
      },
    ]
  })
  return { subject: trust.id, peersBy: isKnown ? Object.fromEntries(own) : null, peers: peers.length, fewestPeers, lines }
}
