import { certaintyOf } from '../evidence/certainty.ts'
import { gradeOfFact, gradeOfTrace, lowest } from '../evidence/grade.ts'
import { dayParts } from '../evidence/months-between.ts'
import { type Fact, type Facts, notSupplied, type Subject } from '../facts/fact.ts'
import { type ConditionContext } from '../logic/condition-program.ts'
import { resolveThresholds, type ThresholdOverrides } from '../logic/resolved-thresholds.ts'
import { type RuleProgram, ruleProgram } from '../logic/rule-program.ts'
import { indicatorTraces, type TraceNode } from '../logic/trace.ts'
import { type Model } from '../model/model.ts'
import { askNext } from './ask-next.ts'
import { createMemory } from './memory.ts'
import { comparePriority, priorityRank, type RankedPriority } from './priority.ts'
import { type Evaluation, type EvidenceItem, type Recommendation } from './recommendation.ts'

/** Options of {@link evaluate} and {@link evaluateEach}. */
export interface EvaluateOptions {
  /**
   * The day on which the advice is given, `YYYY-MM-DD`, by which the age of answers is measured. There is no clock here: without it
   * no answer counts as recent.
   */
  readonly asOf?: string
  /** Values for thresholds other than the model’s own, by id. */
  readonly thresholds?: ThresholdOverrides
  /**
   * Facts of the cohort, shown as evidence beside advice to single trusts.
   *
   * @defaultValue none for a trust; for a group or cohort its own
   */
  readonly cohort?: Facts
  /**
   * Whether to look for the answers that would decide what is unknown.
   *
   * @defaultValue `'yes'`
   */
  readonly askNext?: 'yes' | 'no'
}

/**
 * The recommendations for one subject. Pure, synchronous, and the same to the byte for the same input.
 *
 * A rule whose scope is false is not applicable. Otherwise it applies where its gap is true and is already met where the gap is false.
 * Where scope or gap is unknown so is the status: a missing answer is never read as “no”.
 *
 * @param model - the model, as {@link parseModel} gives it
 * @param subject - what is known of whom
 * @param options - day, thresholds, facts of the cohort
 * @throws A {@link RecommendationsError} with code `invalid-threshold`, `invalid-model` or `invalid-date`
 *
 * @example
 * ```ts @import.meta.vitest
 * const { studyModel } = await import('../model/study-model.ts')
 * const source = { provenance: 'records', label: 'a round' } as const
 * const { recommendations } = evaluate(studyModel, {
 *   id: 'R0A',
 *   kind: 'trust',
 *   facts: {
 *     responded: { kind: 'answer', value: 'yes', source },
 *     hasTeam: { kind: 'answer', value: 'yes', source },
 *     openSource: { kind: 'answer', value: 'sometimes', source },
 *   },
 * })
 *
 * expect(recommendations.find(({ rule }) => rule === 'trust-open-by-default')?.status).toBe('applies')
 * expect(recommendations.find(({ rule }) => rule === 'trust-clinical-lead')?.status).toBe('unknown')
 * ```
 */
export function evaluate(model: Model, subject: Subject, options: EvaluateOptions = {}): Evaluation {
  for (const evaluation of evaluateEach(model, [subject], options)) return evaluation
  throw new Error('unreachable: one subject gives one evaluation')
}

/**
 * The recommendations for many subjects, one after the other, so that millions need no more memory than one.
 *
 * What a rule comes to is worked out once for each combination of answers. That is fastest where equal facts are the same object, as
 * {@link subjectsFromRecords} makes them. Facts must not be changed while the evaluation runs.
 *
 * @param model - the model
 * @param subjects - the subjects, in any order
 * @param options - as for {@link evaluate}
 * @throws A {@link RecommendationsError} as {@link evaluate} does
 *
 * @example
 * ```ts @import.meta.vitest
 * const { studyModel } = await import('../model/study-model.ts')
 * const subjects = ['R0A', 'R0B'].map((id) => ({ id, kind: 'trust', facts: {} }) as const)
 *
 * expect([...evaluateEach(studyModel, subjects)].map(({ subject }) => subject)).toEqual(['R0A', 'R0B'])
 * ```
 */
export function* evaluateEach(
  model: Model,
  subjects: Iterable<Subject>,
  options: EvaluateOptions = {},
): Generator<Evaluation, void, undefined> {
  if (options.asOf !== undefined) dayParts(options.asOf)
  const asOf = options.asOf ?? null
  const thresholds = resolveThresholds(model, options.thresholds)
  const context: ConditionContext = { indicators: new Map(model.indicators.map((indicator) => [indicator.id, indicator])), thresholds }
  const programs = model.rules.map((rule) => ruleProgram(rule, context))
  const changedThresholds = Object.fromEntries(
    model.thresholds.flatMap(({ id, value }) => (thresholds.values[id] === value ? [] : [[id, thresholds.values[id] as number]])),
  )
  const ofGroups = programs.filter(({ rule }) => rule.subject === 'cohort')
  // The gap of a rule is the same for all trusts. With the rules in the order of gap and id, a stable sort by rank is the whole order.
  const gapOf = ({ rule }: RuleProgram): number => shareOf(options.cohort?.[rule.evidence[0] ?? '']) ?? -1
  const ofTrusts = programs
    .filter(({ rule }) => rule.subject === 'trust')
    .sort((a, b) => gapOf(b) - gapOf(a) || (a.rule.id < b.rule.id ? -1 : 1))
  // What a rule comes to for a trust hangs on the facts it reads and on the cohort’s, which are the same for all.
  const memory = createMemory<Ranked>(ofTrusts)

  let subject: Subject
  const make = (program: RuleProgram): Ranked => {
    const cohort = options.cohort ?? (subject.kind === 'trust' ? {} : subject.facts)
    return ranked(recommend(program, subject, cohort, asOf, model, context, options.askNext ?? 'yes'))
  }

  for (subject of subjects) {
    const found = subject.kind === 'trust' ? sortByRank(memory.results(subject.facts, make)) : ofGroups.map(make).sort(comparePriority)
    yield {
      subject: subject.id,
      name: subject.name ?? null,
      kind: subject.kind,
      model: model.id,
      modelVersion: model.version,
      asOf,
      changedThresholds,
      recommendations: found.map(({ recommendation }) => recommendation),
    }
  }
}

/** A recommendation with what it is put in order by. */
interface Ranked extends RankedPriority {
  readonly recommendation: Recommendation
}

/** Sorts a few recommendations in place by insertion, which keeps equals as they are and calls nothing. */
function sortByRank(found: Ranked[]): Ranked[] {
  for (let i = 1; i < found.length; i++) {
    const one = found[i] as Ranked
    let place = i
    while (place > 0 && (found[place - 1] as Ranked).rank > one.rank) {
      found[place] = found[place - 1] as Ranked
      place -= 1
    }
    found[place] = one
  }
  return found
}

function ranked(recommendation: Recommendation): Ranked {
  return { recommendation, priority: recommendation.priority, rank: priorityRank(recommendation.priority) }
}

function recommend(
  program: RuleProgram,
  subject: Subject,
  cohort: Facts,
  asOf: string | null,
  model: Model,
  context: ConditionContext,
  ask: 'yes' | 'no',
): Recommendation {
  const { rule } = program
  const { facts, kind } = subject
  const status = program.status(facts)
  const rests = restsOn(program, facts, status)
  const scope = program.scope === null ? null : program.scope.trace(facts, rests.scope)
  const when = program.when.trace(facts, rests.when)
  const gradeOf = (fact: Fact): ReturnType<typeof gradeOfFact> => gradeOfFact(fact, model, context.thresholds)
  const deciding = [scope, when].filter((trace): trace is TraceNode => trace?.decisive === true)
  const grade = status === 'unknown' ? 'E0' : deciding.map((trace) => gradeOfTrace(trace, gradeOf)).reduce(lowest)
  const decidingFacts = deciding.flatMap(indicatorTraces).flatMap(({ decisive, fact }) => (decisive ? [fact] : []))
  const certainty = certaintyOf(grade, decidingFacts, kind, asOf, model, context.thresholds)
  const evidence = rule.evidence.map((indicator): EvidenceItem => {
    const fact = cohort[indicator] ?? notSupplied
    const itemGrade = gradeOf(fact)
    return { indicator, fact, grade: itemGrade, certainty: certaintyOf(itemGrade, [fact], 'cohort', asOf, model, context.thresholds) }
  })
  return {
    rule: rule.id,
    ruleVersion: rule.version,
    status,
    blocked: status === 'unknown' && decidingFacts.some((fact) => fact.kind === 'blocked'),
    scope,
    when,
    grade,
    certainty,
    evidence,
    priority: {
      status,
      evidence: grade,
      impact: rule.impact.band,
      effort: rule.effort.band,
      gap: kind === 'trust' ? shareOf(evidence[0]?.fact) : distance(when),
      id: rule.id,
    },
    askNext: ask === 'yes' ? askNext(program, facts, model, context) : null,
  }
}

/** On what a status rests: on the scope alone where the rule does not concern the subject, on whatever is unknown where it is unknown. */
function restsOn(
  program: RuleProgram,
  facts: Facts,
  status: Recommendation['status'],
): { readonly scope: boolean; readonly when: boolean } {
  if (status === 'not-applicable') return { scope: true, when: false }
  if (status !== 'unknown') return { scope: true, when: true }
  return { scope: program.scope?.evaluate(facts) === 1, when: program.when.evaluate(facts) === 1 }
}

function shareOf(fact: Fact | undefined): number | null {
  return fact?.kind === 'share' ? fact.estimate : null
}

/** How far the shares that decided a condition lie from their limits, the largest; `null` where none did. */
function distance(when: TraceNode): number | null {
  const distances = indicatorTraces(when).flatMap(({ test, fact, decisive }) =>
    decisive && test.kind !== 'is-one-of' && fact.kind === 'share' && fact.estimate !== null ? [Math.abs(fact.estimate - test.limit)] : [],
  )
  return distances.length === 0 ? null : Math.max(...distances)
}
