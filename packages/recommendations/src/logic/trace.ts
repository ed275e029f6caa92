import { type Comparison, type Using } from '../model/condition.ts'
import { type Fact } from '../facts/fact.ts'
import { type TruthValue } from './kleene.ts'

/** What a condition on one indicator asks. */
export type TraceTest =
  | {
      /** Tells the kinds of test apart. */
      readonly kind: 'is-one-of'
      /** The answers for which it holds. */
      readonly values: readonly string[]
    }
  | {
      /** How the number is compared with the limit. */
      readonly kind: Comparison
      /** The limit. */
      readonly limit: number
      /** Id of the threshold that gave the limit; `null` where the rule states the number itself. */
      readonly threshold: string | null
      /** Whether the whole interval of a share is compared, or its estimate. */
      readonly using: Using
    }

/** A condition on one indicator, and what became of it. */
export interface IndicatorTrace {
  /** Tells the kinds of node apart. */
  readonly kind: 'indicator'
  /** Id of the indicator. */
  readonly indicator: string
  /** What was asked. */
  readonly test: TraceTest
  /** The value that answered, with its source. */
  readonly fact: Fact
  /** The outcome. */
  readonly result: TruthValue
  /** Whether the outcome of the whole rests on this part. */
  readonly decisive: boolean
}

/** Several conditions joined, and what became of them. */
export interface JoinedTrace {
  /** Tells the kinds of node apart. */
  readonly kind: 'all' | 'any' | 'not'
  /** The parts; one for `not`. */
  readonly parts: readonly TraceNode[]
  /** The outcome. */
  readonly result: TruthValue
  /** Whether the outcome of the whole rests on this part. */
  readonly decisive: boolean
}

/** A condition evaluated: every part with its value, source and outcome. */
export type TraceNode = IndicatorTrace | JoinedTrace

/** The conditions on single indicators within a trace, from left to right. */
export function indicatorTraces(node: TraceNode): readonly IndicatorTrace[] {
  return node.kind === 'indicator' ? [node] : node.parts.flatMap(indicatorTraces)
}
