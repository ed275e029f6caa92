import {
  evaluate,
  evaluateEach,
  profile,
  type ProfileLine,
  type Status,
  studyModel,
  type Subject,
} from '@open-digital-capability/recommendations'
import { type StudyConfig } from '../config.ts'
import { type CodedRound } from './coded-round.ts'
import { type CohortRecommendations, explained } from './cohort-recommendations.ts'
import { sourceOf } from './fact-patterns.ts'
import { type FrameCheck } from './frame-check.ts'
import { type Grouping } from './grouping.ts'
import { roundCohort } from './round-cohort.ts'
import { type SmallNumberGuard } from './small-numbers.ts'

/** Advice for everybody together and, counted by rule, for each organisation. */
export interface RoundRecommendations {
  readonly cohort: CohortRecommendations
  /** How many organisations each rule applies to; no named organisation is ranked. */
  readonly trusts: readonly {
    readonly rule: string
    readonly title: string
    readonly counts: Readonly<Record<Status, number | null>>
  }[]
  /** What applies to each organisation, in the order of the file; `null` where there are too many, or where people are counted. */
  readonly byOrganisation:
    | readonly {
        readonly organisation: string
        readonly applies: readonly string[]
        readonly alreadyMet: readonly string[]
        readonly notDecided: readonly string[]
        /** Its own answers, one for each of `shares`. */
        readonly profile: readonly ProfileLine['counted'][]
      }[]
    | null
  /** The shares that a profile sets an organisation's answers beside. */
  readonly shares: readonly { readonly id: string; readonly name: string; readonly ofAll: number | null }[]
}

/** Evaluates the shipped model on the records of a round. */
export function roundRecommendations(
  round: CodedRound,
  config: StudyConfig,
  { grouping, frame }: { readonly grouping: Grouping | null; readonly frame: FrameCheck | null },
  guard: SmallNumberGuard,
): RoundRecommendations {
  const { patterns, codes } = round.facts
  const source = sourceOf(config)
  const options = { thresholds: config.thresholds, ...(config.asOf === undefined ? {} : { asOf: config.asOf }) }
  const cohort = roundCohort(round, config, { grouping, frame }, guard)
  const evaluation = evaluate(studyModel, cohort, options)

  // Organisations that answered alike get the same advice, so each pattern is evaluated once.
  const members = patterns.map(() => 0)
  for (const code of codes) members[code] = (members[code] as number) + 1
  const alike = patterns.map((facts, i): Subject => ({ id: String(i), kind: 'trust', facts }))
  const advice = [...evaluateEach(studyModel, alike, { ...options, cohort: cohort.facts, askNext: 'no' })].map(
    ({ recommendations }) => recommendations,
  )
  // A profile is the same for all of one pattern; peers are left to the advice for a single organisation.
  const isNamed = !guard.isOn && round.organisations.length > 0
  const profiles = isNamed ? alike.map((subject) => profile(studyModel, subject, [], { source }).lines) : []
  const counts = new Map<string, Record<Status, number>>()
  for (const [i, recommendations] of advice.entries()) {
    for (const { rule, status } of recommendations) {
      const tally = counts.get(rule) ?? { applies: 0, 'already-met': 0, 'not-applicable': 0, unknown: 0 }
      counts.set(rule, { ...tally, [status]: tally[status] + (members[i] as number) })
    }
  }
  return {
    cohort: explained(evaluation),
    trusts: [...counts]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([rule, tally]) => {
        const [shown] = guard.table([Object.values(tally)]).counts
        return {
          rule,
          title: titleOf(rule),
          counts: Object.fromEntries(Object.keys(tally).map((status, k) => [status, shown?.[k] ?? null])) as Record<Status, number | null>,
        }
      }),
    byOrganisation: !isNamed
      ? null
      : round.organisations.map((organisation, i) => {
          const recommendations = advice[codes[i] as number] ?? []
          const titles = (status: Status): string[] =>
            recommendations.filter((one) => one.status === status).map(({ rule }) => titleOf(rule))
          return {
            organisation,
            applies: titles('applies'),
            alreadyMet: titles('already-met'),
            notDecided: titles('unknown'),
            profile: (profiles[codes[i] as number] ?? []).map(({ counted }) => counted),
          }
        }),
    shares: (profiles[0] ?? []).map(({ share }) => {
      const fact = cohort.facts[share]
      const name = studyModel.indicators.find(({ id }) => id === share)?.name ?? share
      return { id: share, name, ofAll: fact?.kind === 'share' ? fact.estimate : null }
    }),
  }
}

const titleOf = (rule: string): string => studyModel.rules.find(({ id }) => id === rule)?.title ?? rule
