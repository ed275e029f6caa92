import { judgeFamily } from '../facts/comparison.ts'
import { type Fact, type Facts, notSupplied, type ShareFact } from '../facts/fact.ts'
import { acceptedValues, type Comparison, comparisonOf, type Condition, type IndicatorCondition, indicatorsOf } from '../model/condition.ts'
import { type Kleene, not, truthValue } from './kleene.ts'
import { type Indicator } from '../model/indicator.ts'
import { type ResolvedThresholds } from './resolved-thresholds.ts'
import { type TraceNode, type TraceTest } from './trace.ts'

/** A condition made ready to run: pure, synchronous, and free of look-ups in the model. */
export interface ConditionProgram {
  /** Ids of the indicators it reads, each once, from left to right. */
  readonly indicators: readonly string[]
  /** The outcome. */
  readonly evaluate: (facts: Facts) => Kleene
  /** The outcome with all its parts; `decisive` says whether what is being decided rests on it. */
  readonly trace: (facts: Facts, decisive: boolean) => TraceNode
}

interface Node {
  readonly evaluate: (facts: Facts) => Kleene
  readonly trace: (facts: Facts, decisive: boolean) => TraceNode
}

/** What conditions are prepared with. */
export interface ConditionContext {
  /** The indicators of the model, by id. */
  readonly indicators: ReadonlyMap<string, Indicator>
  /** The thresholds in force. */
  readonly thresholds: ResolvedThresholds
}

/** Prepares a condition with the thresholds in force. */
export function conditionProgram(condition: Condition, context: ConditionContext): ConditionProgram {
  const node = compile(condition, context)
  return { indicators: indicatorsOf(condition), ...node }
}

function compile(condition: Condition, context: ConditionContext): Node {
  if ('all' in condition) return joined('all', 0, condition.all, context)
  if ('any' in condition) return joined('any', 2, condition.any, context)
  if ('not' in condition) {
    const part = compile(condition.not, context)
    return {
      evaluate: (facts) => not(part.evaluate(facts)),
      trace: (facts, decisive) => ({
        kind: 'not',
        parts: [part.trace(facts, decisive)],
        result: truthValue(not(part.evaluate(facts))),
        decisive,
      }),
    }
  }
  return single(condition, context)
}

/** `all` ends at the first false (0), `any` at the first true (2); else the outcome is unknown if a part is. */
function joined(kind: 'all' | 'any', ends: 0 | 2, conditions: readonly Condition[], context: ConditionContext): Node {
  const parts = conditions.map((part) => compile(part, context))
  const evaluate = (facts: Facts): Kleene => {
    let result: Kleene = not(ends)
    for (const part of parts) {
      const value = part.evaluate(facts)
      if (value === ends) return ends
      if (value === 1) result = 1
    }
    return result
  }
  return {
    evaluate,
    trace: (facts, decisive) => {
      const result = evaluate(facts)
      // The outcome rests on the parts that share it: on every part of a true `all`, on the false parts of a false one.
      return {
        kind,
        parts: parts.map((part) => part.trace(facts, decisive && part.evaluate(facts) === result)),
        result: truthValue(result),
        decisive,
      }
    },
  }
}

function single(condition: IndicatorCondition, context: ConditionContext): Node {
  const { indicator } = condition
  const { thresholds } = context
  const compared = comparisonOf(condition)
  let test: TraceTest
  let outcome: (fact: Fact) => Kleene
  if (compared) {
    const { comparison, limit } = compared
    const value = typeof limit === 'number' ? limit : thresholds.valueOf(limit.threshold)
    const using = 'using' in condition ? (condition.using ?? 'interval') : 'interval'
    test = { kind: comparison, limit: value, threshold: typeof limit === 'number' ? null : limit.threshold, using }
    outcome = (fact) => {
      if (fact.kind === 'number') return compare(comparison, value, fact.value, fact.value)
      if (fact.kind !== 'share') return 1
      const [lower, upper] = using === 'interval' ? [fact.interval.lower, fact.interval.upper ?? 1] : estimates(fact)
      return compare(comparison, value, lower, upper)
    }
  } else {
    const values = acceptedValues(condition as { readonly indicator: string; readonly is: string })
    const accepted = new Set(values)
    const definition = context.indicators.get(indicator)
    const declared = new Set(definition?.kind === 'answer' ? definition.values : values)
    test = { kind: 'is-one-of', values }
    outcome = (fact) => {
      // A value that the model does not declare was not understood: that is no ground for “does not hold”.
      if (fact.kind === 'answer') return accepted.has(fact.value) ? 2 : declared.has(fact.value) ? 0 : 1
      if (fact.kind !== 'comparison') return 1
      const verdict = judgeFamily(fact, thresholds.comparison)
      return verdict === 'unknown' ? 1 : accepted.has(verdict) ? 2 : 0
    }
  }
  const evaluate = (facts: Facts): Kleene => outcome(facts[indicator] ?? notSupplied)
  return {
    evaluate,
    trace: (facts, decisive) => ({
      kind: 'indicator',
      indicator,
      test,
      fact: facts[indicator] ?? notSupplied,
      result: truthValue(evaluate(facts)),
      decisive,
    }),
  }
}

/** The least and greatest point estimate that a share allows; the whole range where its base is empty. */
function estimates({ count, countAtMost, base }: ShareFact): readonly [number, number] {
  return base === 0 ? [0, 1] : [count / base, countAtMost / base]
}

/** Compares a number known to lie between two limits, both included: decided only where all of it lies on one side. */
function compare(comparison: Comparison, limit: number, lower: number, upper: number): Kleene {
  switch (comparison) {
    case 'below':
      return upper < limit ? 2 : lower >= limit ? 0 : 1
    case 'atMost':
      return upper <= limit ? 2 : lower > limit ? 0 : 1
    case 'atLeast':
      return lower >= limit ? 2 : upper < limit ? 0 : 1
    case 'above':
      return lower > limit ? 2 : upper <= limit ? 0 : 1
  }
}
