import { StatsError } from '../errors.ts'
import { margins } from '../tables/contingency-table.ts'

/** What the categories of one variable are compared with. */
export interface CategoryProbabilities {
  /**
   * Probability of each category, each above 0, together 1 (within 1e-8).
   *
   * @defaultValue the same for every category
   */
  readonly probabilities?: readonly number[]
  /**
   * The same up to a factor, such as Mendel's `[9, 3, 3, 1]`; instead of `probabilities`.
   *
   * @defaultValue the same for every category
   */
  readonly ratios?: readonly number[]
}

/** Checked counts of one variable, and weights that make its null distribution: pᵢ = weightᵢ / whole. */
export interface OneVariable {
  readonly total: number
  readonly weights: readonly number[]
  readonly whole: number
}

/** Checks the counts of one variable against the probabilities they are compared with. */
export function oneVariable(observed: readonly number[], options: CategoryProbabilities): OneVariable {
  const { probabilities, ratios } = options
  const { total } = margins([observed])
  if (observed.length < 2) throw new StatsError('too-small', 'there is one category, expected at least two')
  if (probabilities !== undefined && ratios !== undefined) {
    throw new StatsError('mismatch', 'probabilities and ratios say the same thing; give one of them')
  }
  const weights = probabilities ?? ratios ?? observed.map(() => 1)
  if (weights.length !== observed.length) {
    throw new StatsError('mismatch', `there are ${observed.length} counts but ${weights.length} probabilities`)
  }
  let sum = 0
  for (const [i, weight] of weights.entries()) {
    if (!(weight > 0 && weight < Infinity)) {
      throw new StatsError(
        'out-of-range',
        `probability ${i} is ${String(weight)}, expected more than 0; leave out a category that cannot occur`,
      )
    }
    sum += weight
  }
  if (probabilities === undefined) return { total, weights, whole: sum }
  if (Math.abs(sum - 1) > 1e-8)
    throw new StatsError('out-of-range', `the probabilities add up to ${sum}, expected 1; give ratios otherwise`)
  return { total, weights, whole: 1 }
}
