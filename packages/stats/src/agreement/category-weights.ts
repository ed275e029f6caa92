import { requireOneOf } from '../argument-checks.ts'
import { StatsError } from '../errors.ts'

/**
 * How far two different categories count as agreement: `'unweighted'` not at all, `'linear'` 1 − |i − j| / (k − 1), `'quadratic'`
 * 1 − (i − j)² / (k − 1)², or a k × k matrix with ones on the diagonal and nothing outside 0 … 1.
 */
export type CategoryWeights = 'unweighted' | 'linear' | 'quadratic' | readonly (readonly number[])[]

/** The weights of *dis*agreement, 1 less those of agreement, so that near-perfect agreement keeps its digits. */
export function disagreementWeights(weights: CategoryWeights, size: number): readonly (readonly number[])[] {
  if (typeof weights === 'string') {
    requireOneOf('weights', weights, 'unweighted', 'linear', 'quadratic')
    const span = size - 1
    return Array.from({ length: size }, (_, i) =>
      Array.from({ length: size }, (_, j) => {
        if (weights === 'unweighted') return i === j ? 0 : 1
        const distance = Math.abs(i - j) / span
        return weights === 'linear' ? distance : distance * distance
      }),
    )
  }
  if (weights.length !== size || weights.some((row) => row.length !== size)) {
    throw new StatsError('mismatch', `weights are not ${size} × ${size}, as the categories are`)
  }
  return weights.map((row, i) =>
    row.map((weight, j) => {
      if (!(weight >= 0 && weight <= 1) || (i === j && weight !== 1)) {
        throw new StatsError('out-of-range', `weights[${i}][${j}] is ${weight}, expected ${i === j ? '1' : 'a number from 0 to 1'}`)
      }
      return 1 - weight
    }),
  )
}
