import { studyModel } from '@open-digital-capability/recommendations'

/** The value of a threshold in the shipped model: thresholds have one home, and it is not here. */
export function defaultThreshold(id: string): number {
  const threshold = studyModel.thresholds.find((candidate) => candidate.id === id)
  if (threshold === undefined) throw new Error(`the model has no threshold "${id}"`)
  return threshold.value
}
