import { RecommendationsError } from '../errors.ts'
import { type ComparisonThresholds } from '../facts/comparison.ts'
import { type Model } from '../model/model.ts'
import { allowsThreshold, requiredThresholds } from '../model/threshold.ts'

/** Values for thresholds other than the model’s own, by id. */
export type ThresholdOverrides = Readonly<Record<string, number>>

/** The thresholds in force: the model’s, with a caller’s values in their place. */
export interface ResolvedThresholds {
  /** All values, by id, in the model’s order. */
  readonly values: Readonly<Record<string, number>>
  /** The value of one; it must exist. */
  readonly valueOf: (id: string) => number
  /** Those by which comparisons are judged. */
  readonly comparison: ComparisonThresholds
}

/**
 * The thresholds in force.
 *
 * @param model - the model
 * @param overrides - values to use instead of the model’s, by id
 * @throws A {@link RecommendationsError} with code `invalid-threshold` for an id the model does not have, or a value its unit does
 * not allow; `invalid-model` if the model lacks a threshold
 */
export function resolveThresholds(model: Model, overrides: ThresholdOverrides = {}): ResolvedThresholds {
  const known = new Map(model.thresholds.map((threshold) => [threshold.id, threshold]))
  for (const [id, value] of Object.entries(overrides)) {
    const threshold = known.get(id)
    if (!threshold)
      throw new RecommendationsError(
        'invalid-threshold',
        `the model ${model.id} has no threshold "${id}"; it has ${[...known.keys()].join(', ')}`,
      )
    if (!allowsThreshold(threshold.unit, value)) {
      throw new RecommendationsError('invalid-threshold', `the threshold "${id}" cannot be ${value}: it is a ${threshold.unit}`)
    }
  }
  const values = Object.fromEntries(
    model.thresholds.map(({ id, value }) => [id, Object.hasOwn(overrides, id) ? (overrides[id] as number) : value]),
  )
  const valueOf = (id: string): number => {
    const value = Object.hasOwn(values, id) ? values[id] : undefined
    if (value === undefined) throw new RecommendationsError('invalid-model', `the model ${model.id} has no threshold "${id}"`)
    return value
  }
  for (const id of requiredThresholds) valueOf(id)
  return {
    values,
    valueOf,
    comparison: {
      adjustedP: valueOf('adjustedP'),
      minimumDifference: valueOf('minimumDifference'),
      maximumMissing: valueOf('maximumMissing'),
    },
  }
}
