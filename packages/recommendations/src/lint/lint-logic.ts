import { type Facts } from '../facts/fact.ts'
import { valueOf } from '../evaluate/ask-next.ts'
import { type ConditionContext, conditionProgram } from '../logic/condition-program.ts'
import { type Choice, findWitness } from '../logic/find-witness.ts'
import { type Kleene, not } from '../logic/kleene.ts'
import { type ResolvedThresholds } from '../logic/resolved-thresholds.ts'
import { type RuleProgram, ruleProgram, type Status } from '../logic/rule-program.ts'
import { valuesToTry } from '../logic/values-to-try.ts'
import { type Condition } from '../model/condition.ts'
import { type Model } from '../model/model.ts'
import { type Rule } from '../model/rule.ts'
import { conditionInWords } from '../wording/condition-in-words.ts'
import { type Finding } from './finding.ts'

/**
 * Faults of logic, found by trying every combination of values that conditions can tell apart, so that what is reported is so and what
 * is not reported is not there.
 *
 * @param model - the model
 * @param rules - the rules whose names are in order
 * @param thresholds - the thresholds in force
 */
export function lintLogic(model: Model, rules: readonly Rule[], thresholds: ResolvedThresholds): readonly Finding[] {
  const context: ConditionContext = { indicators: new Map(model.indicators.map((indicator) => [indicator.id, indicator])), thresholds }
  const programs = rules.map((rule) => ruleProgram(rule, context))
  const findings: Finding[] = []
  const neverApplies = new Set<string>()
  for (const program of programs) {
    const own = lintRule(program, model, context)
    if (own.some(({ code }) => code === 'never-applies')) neverApplies.add(program.rule.id)
    findings.push(...own)
  }
  for (const [index, first] of programs.entries()) {
    for (const second of programs.slice(index + 1)) {
      if (first.rule.subject !== second.rule.subject || first.rule.practice.name !== second.rule.practice.name) continue
      if (neverApplies.has(first.rule.id) || neverApplies.has(second.rule.id)) continue
      findings.push(...lintPair(first, second, model, context))
    }
  }
  return findings
}

function choicesFor(programs: readonly RuleProgram[], model: Model, context: ConditionContext): readonly Choice[] {
  const conditions = programs.flatMap((program) => program.conditions)
  const read = new Set(programs.flatMap(({ indicators }) => indicators))
  return model.indicators.flatMap((indicator) =>
    read.has(indicator.id) ? [{ indicator: indicator.id, values: valuesToTry(indicator, conditions, context.thresholds) }] : [],
  )
}

function valuesOf(facts: Facts): { readonly values: Readonly<Record<string, string | number>> } {
  return { values: Object.fromEntries(Object.entries(facts).map(([id, fact]) => [id, valueOf(fact)])) }
}

function has(program: RuleProgram, wanted: Status): (facts: Facts) => Kleene {
  return (facts) => {
    const status = program.status(facts)
    return status === wanted ? 2 : status === 'unknown' ? 1 : 0
  }
}

function both(first: (facts: Facts) => Kleene, second: (facts: Facts) => Kleene): (facts: Facts) => Kleene {
  return (facts) => Math.min(first(facts), second(facts)) as Kleene
}

function lintRule(program: RuleProgram, model: Model, context: ConditionContext): readonly Finding[] {
  const { rule } = program
  const choices = choicesFor([program], model, context)
  const path = `rules/${rule.id}/when`
  if (findWitness(choices, has(program, 'applies')) === null) {
    const conditions = smallestContradiction(program, choices, context)
    const message = `"${rule.id}" can never apply: ${conditions.length === 1 ? 'this never holds' : 'these exclude each other'}: ${conditions.join('; ')}`
    return [{ code: 'never-applies', severity: 'error', rules: [rule.id], path, message, witness: { conditions } }]
  }
  const findings: Finding[] = []
  if (findWitness(choices, has(program, 'already-met')) === null) {
    const message = `"${rule.id}" can never be met: its gap is there for everyone it concerns`
    findings.push({ code: 'never-met', severity: 'warning', rules: [rule.id], path, message, witness: null })
  }
  for (const { part, without } of removals(rule.when)) {
    const changed = ruleProgram({ ...rule, when: without }, context)
    if (sameEverywhere(program, changed, choices)) {
      const message = `"${rule.id}" comes to the same without “${conditionInWords(part)}”`
      findings.push({
        code: 'dead-condition',
        severity: 'warning',
        rules: [rule.id],
        path,
        message,
        witness: { conditions: [conditionInWords(part)] },
      })
    }
  }
  return findings
}

/** The smallest set of the conditions that must all hold, of which no combination of values lets all hold. */
function smallestContradiction(program: RuleProgram, choices: readonly Choice[], context: ConditionContext): readonly string[] {
  const parts = program.conditions.flatMap((condition) => ('all' in condition ? condition.all : [condition]))
  const programs = parts.map((part) => conditionProgram(part, context))
  for (let size = 1; size <= parts.length; size++) {
    for (const chosen of combinations(parts.length, size)) {
      const holds = (facts: Facts): Kleene => Math.min(2, ...chosen.map((index) => programs[index]?.evaluate(facts) ?? 2)) as Kleene
      if (findWitness(choices, holds) === null) return chosen.map((index) => conditionInWords(parts[index] as Condition))
    }
  }
  return parts.map(conditionInWords)
}

function* combinations(length: number, size: number, from = 0): Generator<readonly number[]> {
  if (size === 0) yield []
  else for (let i = from; i + size <= length; i++) for (const rest of combinations(length, size - 1, i + 1)) yield [i, ...rest]
}

/** Every condition that comes of taking one part out of a joined condition. */
function removals(condition: Condition): readonly { readonly part: Condition; readonly without: Condition }[] {
  if ('not' in condition) return removals(condition.not).map(({ part, without }) => ({ part, without: { not: without } }))
  if (!('all' in condition) && !('any' in condition)) return []
  const isAll = 'all' in condition
  const parts = isAll ? condition.all : condition.any
  const join = (some: readonly Condition[]): Condition => (isAll ? { all: some } : { any: some })
  const found: { part: Condition; without: Condition }[] = []
  for (const [index, part] of parts.entries()) {
    if (parts.length > 1) found.push({ part, without: join(parts.filter((_, other) => other !== index)) })
    for (const deeper of removals(part))
      found.push({ part: deeper.part, without: join(parts.map((one, other) => (other === index ? deeper.without : one))) })
  }
  return found
}

/** Whether two rules come to the same for whoever is known completely. */
function sameEverywhere(first: RuleProgram, second: RuleProgram, choices: readonly Choice[]): boolean {
  return findWitness(choices, differ(first, second)) === null
}

/** Where two rules differ: unknown until both are decided. */
export function differ(first: RuleProgram, second: RuleProgram): (facts: Facts) => Kleene {
  return (facts) => {
    const [one, other] = [first.status(facts), second.status(facts)]
    return one === 'unknown' || other === 'unknown' ? 1 : one === other ? 0 : 2
  }
}

function lintPair(first: RuleProgram, second: RuleProgram, model: Model, context: ConditionContext): readonly Finding[] {
  const choices = choicesFor([first, second], model, context)
  const rules = [first.rule.id, second.rule.id]
  const { name } = first.rule.practice
  const path = `rules/${second.rule.id}/when`
  const contradiction = (facts: Facts, message: string): Finding => ({
    code: 'contradictory-rules',
    severity: 'error',
    rules,
    path,
    message,
    witness: valuesOf(facts),
  })

  if (first.rule.practice.stance !== second.rule.practice.stance) {
    const witness = findWitness(choices, both(has(first, 'applies'), has(second, 'applies')))
    return witness ? [contradiction(witness, `"${rules[0]}" and "${rules[1]}" can tell one subject to do and not to do “${name}”`)] : []
  }
  for (const [one, other] of [
    [first, second],
    [second, first],
  ] as const) {
    const witness = findWitness(choices, both(has(one, 'applies'), has(other, 'already-met')))
    if (witness) return [contradiction(witness, `"${one.rule.id}" can find a gap in “${name}” where "${other.rule.id}" finds none`)]
  }
  for (const [one, other] of [
    [second, first],
    [first, second],
  ] as const) {
    const outside = (facts: Facts): Kleene => not(has(other, 'applies')(facts))
    if (findWitness(choices, both(has(one, 'applies'), outside)) !== null) continue
    const witness = findWitness(choices, both(has(one, 'applies'), has(other, 'applies')))
    const message = `"${one.rule.id}" applies only where "${other.rule.id}" does, for the same practice “${name}”`
    return [
      {
        code: 'dead-rule',
        severity: 'warning',
        rules: [one.rule.id, other.rule.id],
        path: `rules/${one.rule.id}/when`,
        message,
        witness: witness && valuesOf(witness),
      },
    ]
  }
  return []
}
