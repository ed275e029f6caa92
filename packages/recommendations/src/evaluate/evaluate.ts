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
import { comparePriority } from './priority.ts'
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
 * Equal facts must be the same object for speed, as {@link subjectsFromRecords} makes them: what a rule comes to is then worked out once
 * for each combination of answers. Facts must not be changed while the evaluation runs.
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
  const remembered = new Map<RuleProgram, Memory>()

  for (const subject of subjects) {
    const isTrust = subject.kind === 'trust'
    const cohort = options.cohort ?? (isTrust ? {} : subject.facts)
    // What a rule comes to hangs on the subject’s kind, on the facts it reads, and on the cohort’s, which then are the same for all.
    const remember = isTrust || options.cohort !== undefined
    const recommendations: Recommendation[] = []
    for (const program of programs) {
      if ((program.rule.subject === 'trust') !== isTrust) continue
      const make = (): Recommendation => recommend(program, subject, cohort, asOf, model, context, options.askNext ?? 'yes')
      recommendations.push(remember ? recall(memoryOf(remembered, program), program, subject, make) : make())
    }
    recommendations.sort((a, b) => comparePriority(a.priority, b.priority))
    yield {
      subject: subject.id,
      name: subject.name ?? null,
      kind: subject.kind,
      model: model.id,
      modelVersion: model.version,
      asOf,
      changedThresholds,
      recommendations,
    }
  }
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

/** Recommendations already worked out, by the facts they were worked out from: one level of the tree an indicator. */
interface Memory {
  readonly tree: Map<Fact | string, unknown>
  size: number
}

/** Above this many combinations of facts a rule’s memory is emptied, so that it stays bounded whatever comes. */
const memoryLimit = 4096

function memoryOf(remembered: Map<RuleProgram, Memory>, program: RuleProgram): Memory {
  const known = remembered.get(program)
  if (known) return known
  const memory: Memory = { tree: new Map(), size: 0 }
  remembered.set(program, memory)
  return memory
}

function recall(memory: Memory, program: RuleProgram, { kind, facts }: Subject, make: () => Recommendation): Recommendation {
  let level = memory.tree
  for (const indicator of program.indicators) {
    const fact = facts[indicator] ?? notSupplied
    let next = level.get(fact) as Map<Fact | string, unknown> | undefined
    if (next === undefined) {
      next = new Map()
      level.set(fact, next)
    }
    level = next
  }
  const known = level.get(kind) as Recommendation | undefined
  if (known) return known
  const made = make()
  level.set(kind, made)
  memory.size += 1
  if (memory.size > memoryLimit) {
    memory.tree.clear()
    memory.size = 0
  }
  return made
}
