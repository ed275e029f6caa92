import { requireBetween, requireOneOf } from '../argument-checks.ts'
import { StatsError } from '../errors.ts'

/** Sides of a planned test. */
export type PowerAlternative = 'two-sided' | 'one-sided'

/** Options that every power calculation takes. */
export interface PowerOptions {
  /**
   * Probability of a false alarm that is accepted, between 0 and 1 (R: `sig.level`).
   *
   * @defaultValue 0.05
   */
  readonly significanceLevel?: number
}

/** Options that every sample size calculation takes. */
export interface SampleSizeOptions extends PowerOptions {
  /**
   * Power asked for, above the significance level and below 1.
   *
   * @defaultValue 0.8
   */
  readonly power?: number
}

/** Power of a planned test. */
export interface Power<Method extends string = string> {
  /** The test and the approximation. */
  readonly method: Method
  /** Probability that the test rejects, 0 to 1. */
  readonly power: number
  /** Significance level of the test. */
  readonly significanceLevel: number
}

/** Sample size that reaches a power. */
export interface SampleSize<Method extends string = string> {
  /** The test and the approximation. */
  readonly method: Method
  /** Solution for a sample of any size, not necessarily whole; of what it counts, see the function. */
  readonly sampleSize: number
  /** The same, rounded up to a whole number. */
  readonly wholeSampleSize: number
  /** Power asked for. */
  readonly power: number
  /** Significance level of the test. */
  readonly significanceLevel: number
}

/** The significance level, checked. */
export function levelOf(options: PowerOptions): number {
  return requireBetween('significanceLevel', options.significanceLevel ?? 0.05, 0, 1)
}

/** The level that is left for each side. */
export function levelPerSide(level: number, alternative: PowerAlternative = 'two-sided'): number {
  requireOneOf('alternative', alternative, 'two-sided', 'one-sided')
  return alternative === 'one-sided' ? level : level / 2
}

/** The power asked for, checked. */
export function targetOf(options: SampleSizeOptions): number {
  return requireBetween('power', options.power ?? 0.8, levelOf(options), 1)
}

/** A sample size, above 0 and not necessarily whole. */
export function sizeOf(name: string, value: number): number {
  return requireBetween(name, value, 0, Infinity)
}

/** The finished answer: power is a probability, however its parts were rounded. */
export function powerOf<Method extends string>(method: Method, power: number, significanceLevel: number): Power<Method> {
  return { method, power: Math.min(1, Math.max(0, power)), significanceLevel }
}

/** The finished answer, rounded up; a solution within rounding of a whole number is that number. */
export function sampleSizeOf<Method extends string>(method: Method, sampleSize: number, options: SampleSizeOptions): SampleSize<Method> {
  if (!(sampleSize < Infinity)) throw new StatsError('out-of-range', 'no sample is large enough: there is no effect to detect')
  return {
    method,
    sampleSize,
    wholeSampleSize: Math.ceil(sampleSize * (1 - 1e-12)),
    power: targetOf(options),
    significanceLevel: levelOf(options),
  }
}
