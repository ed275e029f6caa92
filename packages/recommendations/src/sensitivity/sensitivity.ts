import { createRandom } from '@open-digital-capability/stats'
import { RecommendationsError } from '../errors.ts'
import { type EvaluateOptions } from '../evaluate/evaluate.ts'
import { type Fact, type Facts, type Subject } from '../facts/fact.ts'
import { type ConditionContext } from '../logic/condition-program.ts'
import { type ResolvedThresholds, resolveThresholds, type ThresholdOverrides } from '../logic/resolved-thresholds.ts'
import { ruleProgram, type Status, statuses } from '../logic/rule-program.ts'
import { limitsOf, numbersToTry, supposedShare } from '../logic/values-to-try.ts'
import { comparisonOf, type Condition, indicatorConditions } from '../model/condition.ts'
import { type Model } from '../model/model.ts'
import { type Rule } from '../model/rule.ts'
import { type Threshold } from '../model/threshold.ts'

/** Options of {@link sensitivity}. */
export interface SensitivityOptions extends Pick<EvaluateOptions, 'thresholds'> {
  /**
   * Ranges of thresholds, by id, other than those that the model states.
   *
   * @defaultValue none
   */
  readonly ranges?: Readonly<
    Record<
      string,
      {
        /** The least value tried. */
        readonly minimum: number
        /** The greatest value tried. */
        readonly maximum: number
      }
    >
  >
  /**
   * The most settings of one rule that are tried one by one; above it settings are drawn at random.
   *
   * @defaultValue 10,000
   */
  readonly maximumSettings?: number
  /**
   * How many settings are drawn where there are too many to try.
   *
   * @defaultValue 2,000
   */
  readonly draws?: number
  /**
   * Seed of the draws.
   *
   * @defaultValue 1
   */
  readonly seed?: number
}

/** A status that a rule can come to, with a setting that leads to it. */
export interface Outcome {
  /** The status. */
  readonly status: Status
  /**
   * Part of all settings that lead to it, 0 to 1: by the length of ranges where all were tried, by the draws where not. 0 where only a
   * point does.
   */
  readonly part: number
  /** A setting that leads to it: values by the ids of thresholds, of shares, or of comparisons with their shares. */
  readonly example: Readonly<Record<string, number>>
}

/** What a rule comes to over a set of settings. */
export interface Sweep {
  /** Whether every setting that makes a difference was tried, or some were drawn. */
  readonly method: 'exact' | 'simulation'
  /** How many settings were tried or drawn. */
  readonly settings: number
  /** The statuses that the rule came to, in the order of {@link Status}. */
  readonly outcomes: readonly Outcome[]
}

/** A stretch of a threshold’s range over which the status stays the same. */
export interface Stretch {
  /** Where it begins. */
  readonly from: number
  /** Where it ends; the same as `from` where a single point differs. */
  readonly to: number
  /** The status along it. */
  readonly status: Status
}

/** How one rule answers to one threshold while all others stay. */
export interface ThresholdProfile {
  /** Id of the threshold. */
  readonly threshold: string
  /** The value in force. */
  readonly value: number
  /** The status along the range. */
  readonly stretches: readonly Stretch[]
}

/** How firm the status of one rule is. */
export interface RuleSensitivity {
  /** Id of the rule. */
  readonly rule: string
  /** The status in force. */
  readonly status: Status
  /** Whether it changes within the ranges of thresholds, or within the intervals of shares. */
  readonly flips: {
    /** It changes within the range of a threshold. */
    readonly byThresholds: boolean
    /** It changes within the interval of a share. */
    readonly byIntervals: boolean
  }
  /** Each threshold that the rule looks at, alone. */
  readonly profiles: readonly ThresholdProfile[]
  /** All thresholds that the rule looks at together, each within its range. */
  readonly thresholds: Sweep
  /**
   * All shares that the rule looks at together, each anywhere within its interval; of a comparison each difference anywhere within its own,
   * under the id of the comparison and of the share, `groupGap/hasTeamShare`.
   */
  readonly intervals: Sweep
}

/**
 * How firm recommendations are: which of them change within the stated ranges of thresholds, and which within the intervals of the shares
 * they rest on.
 *
 * A status can change only where a threshold meets a limit of a fact, so trying the limits and a value between each two neighbours is
 * trying everything. Where a rule has more settings than `maximumSettings` they are drawn from a seeded generator.
 *
 * @param model - the model
 * @param subject - whose recommendations
 * @param options - ranges and limits of the work
 * @throws A {@link RecommendationsError} with code `invalid-threshold` for a range that its unit does not allow, `invalid-option` for
 * a range that ends before it begins, and for limits that are not positive whole numbers
 *
 * @example
 * ```ts @import.meta.vitest
 * const { shareFact } = await import('../facts/share.ts')
 * const { studyModel } = await import('../model/study-model.ts')
 * const fact = shareFact(161, 191, { source: { provenance: 'printed', label: 'an abstract' }, baseCheck: { verdict: 'passed' } })
 * const report = sensitivity(studyModel, { id: 'cohort', kind: 'cohort', facts: { hasTeamShare: fact } })
 * const pair = report.find(({ rule }) => rule === 'system-pair-trusts')
 *
 * // 161 of 191 is 78.5 % to 88.8 %: below nine in ten, on either side of eight in ten.
 * expect(pair?.profiles[0]?.stretches.map(({ status }) => status)).toEqual(['unknown', 'applies'])
 * expect(pair?.flips).toEqual({ byThresholds: true, byIntervals: false })
 * ```
 */
export function sensitivity(model: Model, subject: Subject, options: SensitivityOptions = {}): readonly RuleSensitivity[] {
  const maximumSettings = positive('maximumSettings', options.maximumSettings ?? 10_000)
  const draws = positive('draws', options.draws ?? 2_000)
  const inForce = resolveThresholds(model, options.thresholds)
  // Both ends of each range must be values that the threshold can take.
  for (const end of ['minimum', 'maximum'] as const) {
    resolveThresholds(model, Object.fromEntries(Object.entries(options.ranges ?? {}).map(([id, range]) => [id, range[end]])))
  }
  for (const [id, { minimum, maximum }] of Object.entries(options.ranges ?? {})) {
    if (minimum > maximum)
      throw new RecommendationsError('invalid-option', `the range of "${id}" ends at ${maximum}, before it begins at ${minimum}`)
  }
  const rangeOf = ({ id, minimum, maximum }: Threshold): { readonly minimum: number; readonly maximum: number } =>
    (Object.hasOwn(options.ranges ?? {}, id) ? options.ranges?.[id] : undefined) ?? { minimum, maximum }
  const indicators = new Map(model.indicators.map((indicator) => [indicator.id, indicator]))
  const random = createRandom(options.seed ?? 1)
  const limits = { maximumSettings, draws, uniform: random.uniform }

  return model.rules
    .filter((rule) => (rule.subject === 'trust') === (subject.kind === 'trust'))
    .map((rule): RuleSensitivity => {
      const statusWith = (overrides: ThresholdOverrides, facts: Facts = subject.facts): Status => {
        const context: ConditionContext = { indicators, thresholds: resolveThresholds(model, { ...inForce.values, ...overrides }) }
        return ruleProgram(rule, context).status(facts)
      }
      const program = ruleProgram(rule, { indicators, thresholds: inForce })
      const status = program.status(subject.facts)
      const used = model.thresholds.filter(({ id }) => thresholdsOf(program.conditions, subject.facts).has(id))
      const axes = used.map((threshold) =>
        axis(threshold.id, breakpoints(threshold.id, program.conditions, subject.facts), rangeOf(threshold)),
      )
      const profiles = axes.map((one): ThresholdProfile => ({
        threshold: one.id,
        value: inForce.valueOf(one.id),
        stretches: stretchesOf(one.values.map((value) => ({ value, status: statusWith({ [one.id]: value }) }))),
      }))
      const thresholds = sweep(axes, (setting) => statusWith(setting), limits)

      const intervals = sweep(
        program.indicators.flatMap((id) => intervalAxes(id, subject.facts[id], limitsOf(id, program.conditions, inForce), inForce)),
        (setting) =>
          program.status(
            Object.fromEntries(Object.entries(subject.facts).map(([id, fact]): [string, Fact] => [id, withinInterval(id, fact, setting)])),
          ),
        limits,
      )
      const differs = ({ outcomes }: Sweep): boolean => outcomes.some((outcome) => outcome.status !== status)
      return {
        rule: rule.id,
        status,
        flips: { byThresholds: differs(thresholds), byIntervals: differs(intervals) },
        profiles,
        thresholds,
        intervals,
      }
    })
    .sort((a, b) => (a.rule < b.rule ? -1 : 1))
}

function positive(name: string, value: number): number {
  if (!Number.isSafeInteger(value) || value < 1)
    throw new RecommendationsError('invalid-option', `${name} is ${value}, expected a positive whole number`)
  return value
}

/** Thresholds on which the outcome of conditions can hang: those they name, and those by which comparisons are judged. */
function thresholdsOf(conditions: readonly Condition[], facts: Facts): ReadonlySet<string> {
  const ids = new Set<string>()
  for (const condition of conditions.flatMap(indicatorConditions)) {
    const limit = comparisonOf(condition)?.limit
    if (limit !== undefined && typeof limit !== 'number') ids.add(limit.threshold)
    if (facts[condition.indicator]?.kind === 'comparison')
      for (const id of ['adjustedP', 'minimumDifference', 'maximumMissing']) ids.add(id)
  }
  return ids
}

/** The values of a threshold at which the outcome of conditions can change, given the facts. */
function breakpoints(threshold: string, conditions: readonly Condition[], facts: Facts): readonly number[] {
  return conditions.flatMap(indicatorConditions).flatMap((condition) => {
    const fact = facts[condition.indicator]
    const limit = comparisonOf(condition)?.limit
    const isNamed = limit !== undefined && typeof limit !== 'number' && limit.threshold === threshold
    if (fact?.kind === 'number') return isNamed ? [fact.value] : []
    if (fact?.kind === 'share')
      return isNamed ? [fact.interval.lower, fact.interval.upper ?? 1, fact.count / fact.base, fact.countAtMost / fact.base] : []
    if (fact?.kind !== 'comparison') return []
    return fact.family.flatMap(({ adjustedPValue, difference, counts, unanswered }) => {
      if (threshold === 'adjustedP') return adjustedPValue === null ? [] : [adjustedPValue]
      if (threshold === 'minimumDifference') return difference === null ? [] : [Math.abs(difference)]
      if (threshold !== 'maximumMissing' || counts === null) return []
      return counts.map(([does, not], index) => (unanswered[index] as number) / Math.max(1, does + not + (unanswered[index] as number)))
    })
  })
}

/** What varies of a fact within its intervals: a share, or each difference of a comparison whose interval is known. */
function intervalAxes(id: string, fact: Fact | undefined, limits: readonly number[], thresholds: ResolvedThresholds): readonly Axis[] {
  if (fact?.kind === 'share') return [axis(id, limits, { minimum: fact.interval.lower, maximum: fact.interval.upper ?? 1 })]
  if (fact?.kind !== 'comparison') return []
  const { minimumDifference, adjustedP } = thresholds.comparison
  // Where P is not below its limit no difference would count, however large.
  return fact.family.flatMap(({ indicator, interval, adjustedPValue }) =>
    interval === null || adjustedPValue === null || adjustedPValue >= adjustedP
      ? []
      : [axis(`${id}/${indicator}`, [-minimumDifference, minimumDifference], { minimum: interval.lower, maximum: interval.upper ?? 1 })],
  )
}

/** A fact with values of a setting in place of its estimates. P stays as it is: it is of the data and not of a true difference. */
function withinInterval(id: string, fact: Fact, setting: Readonly<Record<string, number>>): Fact {
  if (fact.kind === 'share') return Object.hasOwn(setting, id) ? supposedShare(setting[id] as number) : fact
  if (fact.kind !== 'comparison') return fact
  return {
    ...fact,
    family: fact.family.map((comparison) => ({
      ...comparison,
      difference: setting[`${id}/${comparison.indicator}`] ?? comparison.difference,
    })),
  }
}

/** One thing that varies: its range, the values to try, and how much of the range each stands for. */
interface Axis {
  readonly id: string
  readonly minimum: number
  readonly maximum: number
  readonly values: readonly number[]
  readonly weights: readonly number[]
}

function axis(id: string, points: readonly number[], range: { readonly minimum: number; readonly maximum: number }): Axis {
  const { minimum, maximum } = range
  const values = numbersToTry(
    [...new Set(points)].sort((a, b) => a - b),
    range,
  )
  // A value on a limit stands for a point; one between two limits stands for what lies between them.
  const isLimit = new Set([minimum, maximum, ...points])
  const weights = values.map((value, index) => {
    if (values.length === 1) return 1
    return isLimit.has(value) ? 0 : ((values[index + 1] as number) - (values[index - 1] as number)) / (maximum - minimum)
  })
  return { id, minimum, maximum, values, weights }
}

function sweep(
  axes: readonly Axis[],
  statusOf: (setting: Readonly<Record<string, number>>) => Status,
  limits: { readonly maximumSettings: number; readonly draws: number; readonly uniform: () => number },
): Sweep {
  const found = new Map<Status, { part: number; example: Readonly<Record<string, number>> }>()
  const record = (setting: Readonly<Record<string, number>>, weight: number): void => {
    const status = statusOf(setting)
    const known = found.get(status)
    if (known) known.part += weight
    else found.set(status, { part: weight, example: setting })
  }
  const settings = axes.reduce((product, { values }) => product * values.length, 1)
  const isExact = settings <= limits.maximumSettings
  if (isExact) {
    const visit = (depth: number, setting: Readonly<Record<string, number>>, weight: number): void => {
      const one = axes[depth]
      if (!one) record(setting, weight)
      else
        for (const [index, value] of one.values.entries())
          visit(depth + 1, { ...setting, [one.id]: value }, weight * (one.weights[index] as number))
    }
    visit(0, {}, 1)
  } else {
    for (let draw = 0; draw < limits.draws; draw++) {
      record(
        Object.fromEntries(axes.map(({ id, minimum, maximum }) => [id, minimum + (maximum - minimum) * limits.uniform()])),
        1 / limits.draws,
      )
    }
  }
  return {
    method: isExact ? 'exact' : 'simulation',
    settings: isExact ? settings : limits.draws,
    outcomes: statuses.flatMap((status) => {
      const outcome = found.get(status)
      return outcome ? [{ status, ...outcome }] : []
    }),
  }
}

/** Joins neighbours of the same status. A value between two limits stands for the stretch between them. */
function stretchesOf(points: readonly { readonly value: number; readonly status: Status }[]): readonly Stretch[] {
  const stretches: { from: number; to: number; status: Status }[] = []
  for (const [index, { value, status }] of points.entries()) {
    const last = stretches[stretches.length - 1]
    if (last?.status === status) last.to = value
    else {
      const before = points[index - 1]?.value
      // A change between a limit and what follows happens at the limit.
      stretches.push({ from: index % 2 === 1 && before !== undefined ? before : value, to: value, status })
      if (last && index % 2 === 0) last.to = value
    }
  }
  return stretches
}

/** The rules whose status changes within the stated ranges of thresholds or within intervals. */
export function flippingRules(report: readonly RuleSensitivity[]): readonly Rule['id'][] {
  return report.filter(({ flips }) => flips.byThresholds || flips.byIntervals).map(({ rule }) => rule)
}
