import {
  adjustPValues,
  clopperPearsonInterval,
  type ConfidenceInterval,
  mcnemarTest,
  pairedDifference,
  type PValueAdjustment,
} from '@open-digital-capability/stats'
import { RecommendationsError } from '../errors.ts'
import { type Evaluation } from '../evaluate/recommendation.ts'
import { type Status } from '../logic/rule-program.ts'

/** Options of {@link compareWaves}. */
export interface CompareWavesOptions {
  /**
   * Confidence level of the intervals, between 0 and 1.
   *
   * @defaultValue 0.95
   */
  readonly confidenceLevel?: number
  /**
   * How P is adjusted over the rules.
   *
   * @defaultValue `'holm'`
   */
  readonly adjustment?: PValueAdjustment
}

/** What became of one recommendation between two rounds. */
export interface RuleChange {
  /** Id of the rule. */
  readonly rule: string
  /** Subjects to which it applied and that meet it now. */
  readonly metSince: readonly string[]
  /** Subjects that met it and to which it applies now. */
  readonly lostSince: readonly string[]
  /** Subjects that met it both times. */
  readonly stillMet: readonly string[]
  /** Subjects to which it applied both times. */
  readonly stillOpen: readonly string[]
  /** Subjects of which it is unknown in one of the rounds: no change is read into a missing answer. */
  readonly unknown: readonly string[]
  /** Subjects that it does not concern in one of the rounds. */
  readonly notApplicable: readonly string[]
  /** Share that meets it now less the share that met it before, over the subjects known both times; `null` without any. */
  readonly difference: number | null
  /** Score interval of that difference (Tango); `null` without any. */
  readonly interval: ConfidenceInterval | null
  /** Of the subjects that changed, the part that met it since, with its exact interval (Clopper and Pearson); `null` where none changed. */
  readonly metAmongChanged: {
    /** The part, 0 to 1. */
    readonly estimate: number
    /** Its exact interval. */
    readonly interval: ConfidenceInterval
  } | null
  /** Exact P of McNemar’s test; `null` without subjects known both times. */
  readonly pValue: number | null
  /** P adjusted over the rules. */
  readonly adjustedPValue: number | null
}

/** Two rounds of the same subjects compared. */
export interface WaveComparison {
  /** Subjects in both rounds. */
  readonly subjects: number
  /** Subjects of the first round only. */
  readonly onlyFirst: readonly string[]
  /** Subjects of the second round only. */
  readonly onlySecond: readonly string[]
  /** How P was adjusted, under R’s name for it. */
  readonly adjustment: PValueAdjustment
  /** The rules, by id. */
  readonly rules: readonly RuleChange[]
}

/**
 * Two rounds of the same trusts compared, rule by rule: met since, lost since, and unknown. Only subjects whose status is known both times
 * enter the test, which looks at those that changed; a change of answers is not a measure of what a round of advice did.
 *
 * @remarks
 * R: `binom.test(metSince, metSince + lostSince)` for P and for the interval of `metAmongChanged`.
 *
 * @param first - evaluations of the first round, by the same model as the second
 * @param second - evaluations of the second round
 * @param options - level and adjustment
 * @throws A {@link RecommendationsError} with code `different-models` where evaluations were not all made with one version of one model and
 * the same thresholds, so that a change of rules would pass for a change of answers; `duplicate-subject` where a round has a subject twice
 *
 * @example
 * ```ts @import.meta.vitest
 * const { evaluate } = await import('../evaluate/evaluate.ts')
 * const { studyModel } = await import('../model/study-model.ts')
 * const source = { provenance: 'records', label: 'a round' } as const
 * const trust = (id: string, value: string) => evaluate(studyModel, { id, kind: 'trust', facts: { hasTeam: { kind: 'answer', value, source } } })
 * const { rules } = compareWaves([trust('R0A', 'no'), trust('R0B', 'no')], [trust('R0A', 'yes'), trust('R0B', 'no')])
 *
 * expect(rules.find(({ rule }) => rule === 'trust-find-partner')).toMatchObject({ metSince: ['R0A'], stillOpen: ['R0B'], pValue: 1 })
 * ```
 */
export function compareWaves(first: Iterable<Evaluation>, second: Iterable<Evaluation>, options: CompareWavesOptions = {}): WaveComparison {
  const rounds = [[...first], [...second]] as const
  checkOneModel(rounds.flat())
  const before = statusesOf(rounds[0], 'first')
  const after = statusesOf(rounds[1], 'second')
  const ids = [...before.keys()].filter((id) => after.has(id)).sort()
  const rules = [...new Set(ids.flatMap((id) => [...(before.get(id)?.keys() ?? []), ...(after.get(id)?.keys() ?? [])]))].sort()
  const confidenceLevel = options.confidenceLevel ?? 0.95
  const adjustment = options.adjustment ?? 'holm'

  const changes = rules.map((rule): RuleChange => {
    const lists = { metSince: [], lostSince: [], stillMet: [], stillOpen: [], unknown: [], notApplicable: [] } as Record<Change, string[]>
    for (const id of ids) lists[changeOf(before.get(id)?.get(rule), after.get(id)?.get(rule))].push(id)
    const known = lists.metSince.length + lists.lostSince.length + lists.stillMet.length + lists.stillOpen.length
    const none = { difference: null, interval: null, metAmongChanged: null, pValue: null, adjustedPValue: null }
    if (known === 0) return { rule, ...lists, ...none }
    // Rows are the first round and columns the second, both with "met" first, so the difference of the package is before less after.
    const table = [
      [lists.stillMet.length, lists.lostSince.length],
      [lists.metSince.length, lists.stillOpen.length],
    ]
    const { estimate, confidenceInterval } = pairedDifference(table, { confidenceLevel })
    const changed = lists.metSince.length + lists.lostSince.length
    const { lower, upper, level } = clopperPearsonInterval(lists.metSince.length, changed, { confidenceLevel })
    return {
      rule,
      ...lists,
      difference: minus(estimate ?? 0),
      interval: { lower: minus(confidenceInterval.upper ?? 1), upper: minus(confidenceInterval.lower), level: confidenceInterval.level },
      metAmongChanged: changed === 0 ? null : { estimate: lists.metSince.length / changed, interval: { lower, upper, level } },
      pValue: mcnemarTest(table, { variant: 'exact' }).pValue,
      adjustedPValue: null,
    }
  })
  const adjusted = adjustPValues(
    changes.map(({ pValue }) => pValue),
    adjustment,
  )
  return {
    subjects: ids.length,
    onlyFirst: [...before.keys()].filter((id) => !after.has(id)).sort(),
    onlySecond: [...after.keys()].filter((id) => !before.has(id)).sort(),
    adjustment,
    rules: changes.map((change, index) => ({ ...change, adjustedPValue: adjusted[index] ?? null })),
  }
}

type Change = 'metSince' | 'lostSince' | 'stillMet' | 'stillOpen' | 'unknown' | 'notApplicable'

function changeOf(before: Status | undefined, after: Status | undefined): Change {
  if (before === undefined || after === undefined || before === 'unknown' || after === 'unknown') return 'unknown'
  if (before === 'not-applicable' || after === 'not-applicable') return 'notApplicable'
  if (before === 'applies') return after === 'applies' ? 'stillOpen' : 'metSince'
  return after === 'applies' ? 'lostSince' : 'stillMet'
}

function statusesOf(evaluations: Iterable<Evaluation>, round: 'first' | 'second'): ReadonlyMap<string, ReadonlyMap<string, Status>> {
  const bySubject = new Map<string, ReadonlyMap<string, Status>>()
  for (const { subject, recommendations } of evaluations) {
    if (bySubject.has(subject)) throw new RecommendationsError('duplicate-subject', `the ${round} round has the subject "${subject}" twice`)
    bySubject.set(subject, new Map(recommendations.map(({ rule, status }) => [rule, status])))
  }
  return bySubject
}

function checkOneModel(evaluations: readonly Evaluation[]): void {
  const madeWith = ({ model, modelVersion, changedThresholds }: Evaluation): string => {
    const changed = Object.entries(changedThresholds).map(([id, value]) => `, ${id} = ${value}`)
    return `${model} ${modelVersion}${changed.join('')}`
  }
  const [one, other] = new Set(evaluations.map(madeWith))
  if (other !== undefined)
    throw new RecommendationsError(
      'different-models',
      `rounds are compared by one model: some evaluations were made with ${one}, others with ${other}`,
    )
}

/** The negative, without the negative zero that JSON would lose. */
function minus(value: number): number {
  return value === 0 ? 0 : -value
}
