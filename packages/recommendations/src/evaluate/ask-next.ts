import { type Facts, type Fact } from '../facts/fact.ts'
import { type Model } from '../model/model.ts'
import { type ConditionContext } from '../logic/condition-program.ts'
import { type RuleProgram, type Status } from '../logic/rule-program.ts'
import { indicatorTraces } from '../logic/trace.ts'
import { valuesToTry } from '../logic/values-to-try.ts'
import { type Choice } from '../logic/find-witness.ts'

/** What is needed of an indicator: its answer, a person’s choice of its base, more answers than there were, or all its cells. */
export type Need = 'answer' | 'choice-of-base' | 'narrower-interval' | 'complete-cells'

/** One thing to ask. */
export interface Question {
  /** Id of the indicator. */
  readonly indicator: string
  /** What is needed of it. */
  readonly need: Need
  /** Id of the question that asks it, where there is one. */
  readonly question: string | null
}

/** The answers that would decide a recommendation. */
export interface AskNext {
  /** The smallest set of answers that decides it whatever they are. */
  readonly decisive: readonly Question[]
  /** The smallest set of answers that may decide it, with answers that do. As large as `decisive` at most. */
  readonly quickest: {
    /** What to ask. */
    readonly questions: readonly Question[]
    /** Answers that decide it: values of answers, numbers, or shares from 0 to 1. */
    readonly ifAnswered: Readonly<Record<string, string | number>>
    /** The status they lead to. */
    readonly status: Exclude<Status, 'unknown'>
  }
}

/**
 * The smallest sets of answers that decide a rule for a subject, exactly: sets are tried from the smallest up, and of sets of one
 * size the one whose indicators come first in the model wins, so that the result is the same every time.
 *
 * @returns what to ask, or `null` where the status is decided already
 */
export function askNext(program: RuleProgram, facts: Facts, model: Model, context: ConditionContext): AskNext | null {
  if (program.status(facts) !== 'unknown') return null
  const open: Choice[] = []
  const known: Record<string, Fact> = {}
  for (const indicator of model.indicators) {
    if (!program.indicators.includes(indicator.id)) continue
    const fact = facts[indicator.id]
    if (fact !== undefined && isSettled(fact, program, facts)) known[indicator.id] = fact
    else open.push({ indicator: indicator.id, values: valuesToTry(indicator, program.conditions, context.thresholds) })
  }

  const asked = (set: readonly Choice[]): readonly Question[] => set.map((choice) => questionFor(choice, facts, context))
  const decisive = smallestDecisive(open, (set) => decidesAlways(program, set, known))
  for (let size = 1; size <= decisive.length; size++) {
    for (const set of subsets(open, size)) {
      const found = decidesOnce(program, set, known)
      if (found) return { decisive: asked(decisive), quickest: { questions: asked(set), ...found } }
    }
  }
  return null
}

/**
 * The first of the smallest sets that decide. An indicator without which all the others do not suffice is in every such set, so the
 * search starts from those, and as a rule ends there.
 */
function smallestDecisive(open: readonly Choice[], decides: (set: readonly Choice[]) => boolean): readonly Choice[] {
  const needed = open.filter((choice) => !decides(open.filter((other) => other !== choice)))
  const others = open.filter((choice) => !needed.includes(choice))
  for (let size = 0; size < others.length; size++) {
    for (const more of subsets(others, size)) {
      const set = open.filter((choice) => needed.includes(choice) || more.includes(choice))
      if (decides(set)) return set
    }
  }
  return open
}

/** The subsets of one size, the earliest members first. */
function* subsets(choices: readonly Choice[], size: number, from = 0): Generator<readonly Choice[]> {
  if (size === 0) yield []
  else {
    for (let i = from; i + size <= choices.length; i++) {
      for (const rest of subsets(choices, size - 1, i + 1)) yield [choices[i] as Choice, ...rest]
    }
  }
}

/** Whether nothing that could be learnt of an indicator would change what conditions make of it. */
function isSettled(fact: Fact, program: RuleProgram, facts: Facts): boolean {
  if (fact.kind === 'missing' || fact.kind === 'blocked') return false
  if (fact.kind === 'number') return true
  // A share or a comparison is open where a condition cannot yet tell on which side of its limit it lies.
  const parts = [program.scope, program.when].flatMap((part) => (part ? indicatorTraces(part.trace(facts, true)) : []))
  return !parts.some((part) => part.fact === fact && part.result === 'unknown')
}

function decidesAlways(program: RuleProgram, set: readonly Choice[], known: Facts): boolean {
  const facts: Record<string, Fact> = { ...known }
  const search = (depth: number): boolean => {
    // Once decided, further answers change nothing: the logic is monotone in knowledge.
    if (program.status(facts) !== 'unknown') return true
    const choice = set[depth]
    if (!choice) return false
    const all = choice.values.every((value) => {
      facts[choice.indicator] = value
      return search(depth + 1)
    })

    delete facts[choice.indicator]
    return all
  }
  return search(0)
}

function decidesOnce(
  program: RuleProgram,
  set: readonly Choice[],
  known: Facts,
): { readonly ifAnswered: Readonly<Record<string, string | number>>; readonly status: Exclude<Status, 'unknown'> } | null {
  const facts: Record<string, Fact> = { ...known }
  const search = (depth: number): Exclude<Status, 'unknown'> | null => {
    const choice = set[depth]
    if (!choice) {
      const status = program.status(facts)
      return status === 'unknown' ? null : status
    }
    for (const value of choice.values) {
      facts[choice.indicator] = value
      const status = search(depth + 1)
      if (status) return status
    }

    delete facts[choice.indicator]
    return null
  }
  const status = search(0)
  if (status === null) return null
  return { ifAnswered: Object.fromEntries(set.map(({ indicator }) => [indicator, valueOf(facts[indicator] as Fact)])), status }
}

/** A supposed fact as a bare value. */
export function valueOf(fact: Fact): string | number {
  switch (fact.kind) {
    case 'answer':
    case 'number':
      return fact.value
    case 'share':
      return fact.estimate ?? 0
    case 'comparison':
      return fact.family.some(({ difference }) => (difference ?? 0) > 0) ? 'difference' : 'no-evidence'
    case 'blocked':
    case 'missing':
      return 'unknown'
  }
}

function questionFor({ indicator }: Choice, facts: Facts, context: ConditionContext): Question {
  const fact = facts[indicator]
  const definition = context.indicators.get(indicator)
  const need: Need =
    fact?.kind === 'blocked'
      ? 'choice-of-base'
      : fact?.kind === 'share'
        ? 'narrower-interval'
        : fact?.kind === 'comparison'
          ? 'complete-cells'
          : 'answer'
  return { indicator, need, question: definition && 'question' in definition ? (definition.question ?? null) : null }
}
