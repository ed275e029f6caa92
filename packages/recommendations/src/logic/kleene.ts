/** A truth value of Kleene's strong three-valued logic. */
export type TruthValue = 'true' | 'false' | 'unknown'

/**
 * A truth value as a number, for speed: 0 false, 1 unknown, 2 true. Conjunction is the minimum, disjunction the maximum and
 * negation 2 − x, which is the whole of Kleene's strong logic.
 */
export type Kleene = 0 | 1 | 2

const names = ['false', 'unknown', 'true'] as const

/** The name of a truth value. */
export function truthValue(value: Kleene): TruthValue {
  return names[value]
}

/** Negation: unknown stays unknown. */
export function not(value: Kleene): Kleene {
  return (2 - value) as Kleene
}
