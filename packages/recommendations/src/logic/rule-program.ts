import { type Facts } from '../facts/fact.ts'
import { type Condition, indicatorsOf } from '../model/condition.ts'
import { type Indicator } from '../model/indicator.ts'
import { type Rule } from '../model/rule.ts'
import { type ConditionContext, type ConditionProgram, conditionProgram } from './condition-program.ts'
import { type Kleene } from './kleene.ts'

/**
 * What became of a recommendation for a subject.
 *
 * - `applies`: the rule concerns the subject and the gap is there
 * - `already-met`: the rule concerns the subject and there is no gap
 * - `not-applicable`: the rule does not concern the subject
 * - `unknown`: answers that would decide it are missing, blocked or too uncertain
 */
export type Status = 'applies' | 'already-met' | 'not-applicable' | 'unknown'

/** The statuses in the order in which they are listed. */
export const statuses = ['applies', 'unknown', 'already-met', 'not-applicable'] as const satisfies readonly Status[]

/** A rule made ready to run. */
export interface RuleProgram {
  /** The rule. */
  readonly rule: Rule
  /** Whom it concerns, with those of whom its indicators were not asked taken out; `null` for everyone. */
  readonly scope: ConditionProgram | null
  /** The gap. */
  readonly when: ConditionProgram
  /** Scope and gap as conditions. */
  readonly conditions: readonly Condition[]
  /** Ids of the indicators it reads, each once: those of the scope first. */
  readonly indicators: readonly string[]
  /** The status for a subject. */
  readonly status: (facts: Facts) => Status
}

/** Prepares a rule. */
export function ruleProgram(rule: Rule, context: ConditionContext): RuleProgram {
  const condition = effectiveScope(rule, context.indicators)
  const scope = condition === null ? null : conditionProgram(condition, context)
  const when = conditionProgram(rule.when, context)
  return {
    rule,
    scope,
    when,
    conditions: condition === null ? [rule.when] : [condition, rule.when],
    indicators: [...new Set([...(scope?.indicators ?? []), ...when.indicators])],
    status: (facts) => statusOf(scope === null ? 2 : scope.evaluate(facts), when.evaluate(facts)),
  }
}

/** The status that follows from scope and gap. */
function statusOf(scope: Kleene, when: Kleene): Status {
  if (scope === 0) return 'not-applicable'
  if (scope === 1 || when === 1) return 'unknown'
  return when === 2 ? 'applies' : 'already-met'
}

/**
 * Whom a rule concerns: those its `appliesTo` names, and of them those who were asked what it looks at. A trust without a team was
 * never asked how the team works, so advice on that is not applicable to it, whether or not the writer of the rule thought of it.
 */
function effectiveScope(rule: Rule, indicators: ReadonlyMap<string, Indicator>): Condition | null {
  const parts = new Map<string, Condition>()
  const visited = new Set<string>()
  const add = (condition: Condition): void => {
    // What is asked of whom may itself hang on a question that is not asked of everyone.
    for (const id of indicatorsOf(condition)) {
      const indicator = indicators.get(id)
      if (visited.has(id) || !indicator || !('askedIf' in indicator) || !indicator.askedIf) continue
      visited.add(id)
      add(indicator.askedIf)
      parts.set(JSON.stringify(indicator.askedIf), indicator.askedIf)
    }
  }
  if (rule.appliesTo) {
    add(rule.appliesTo)
    const flat = 'all' in rule.appliesTo ? rule.appliesTo.all : [rule.appliesTo]
    for (const part of flat) parts.set(JSON.stringify(part), part)
  }
  add(rule.when)
  const conditions = [...parts.values()]
  return conditions.length === 0 ? null : conditions.length === 1 ? (conditions[0] as Condition) : { all: conditions }
}
