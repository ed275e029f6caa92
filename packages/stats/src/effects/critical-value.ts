import { normalUpperQuantile } from '../distributions/normal.ts'
import { StatsError } from '../errors.ts'

/** Normal deviate that leaves (1 − level) / 2 in either tail, after checking the level. */
export function criticalValue(level: number): number {
  if (!(level > 0 && level < 1)) throw new StatsError('out-of-range', `confidenceLevel is ${level}, expected a number between 0 and 1`)
  return normalUpperQuantile((1 - level) / 2)
}
