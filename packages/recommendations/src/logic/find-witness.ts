import { type Fact, type Facts } from '../facts/fact.ts'
import { type Kleene } from './kleene.ts'

/** An indicator with the values it can have. */
export interface Choice {
  /** Id of the indicator. */
  readonly indicator: string
  /** Facts that stand for its values. */
  readonly values: readonly Fact[]
}

/**
 * Values for which a condition holds, or `null` where there are none: exact, by trying all values, and fast, because Kleene’s logic
 * tells of a beginning whether any continuation can succeed.
 *
 * @param choices - the indicators that are free, with the values they can have
 * @param holds - the condition; it must be monotone in knowledge, as every {@link ConditionProgram} is
 * @param known - what is known already
 */
export function findWitness(choices: readonly Choice[], holds: (facts: Facts) => Kleene, known: Facts = {}): Facts | null {
  const facts: Record<string, Fact> = { ...known }
  const search = (depth: number): boolean => {
    const outcome = holds(facts)
    if (outcome === 2) return true
    if (outcome === 0) return false
    const choice = choices[depth]
    if (!choice) return false
    for (const value of choice.values) {
      facts[choice.indicator] = value
      if (search(depth + 1)) return true
    }
    // Back to what was known, which is nothing for an indicator that is free.

    delete facts[choice.indicator]
    return false
  }
  return search(0) ? facts : null
}
