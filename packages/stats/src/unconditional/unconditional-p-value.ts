import type { Alternative } from '../confidence-interval.ts'
import { betaQuantile, betaUpperQuantile } from '../distributions/beta.ts'
import { StatsError } from '../errors.ts'
import { supremumOverNuisance } from './nuisance-supremum.ts'
import type { TwoSamples } from './two-samples.ts'

/** Options that all unconditional tests share. */
export interface UnconditionalOptions {
  /**
   * Which differences count: `greater` means a larger proportion in the first row.
   *
   * @defaultValue 'two-sided'
   */
  readonly alternative?: Alternative
  /**
   * Berger and Boos's refinement: the common proportion is confined to its Clopper–Pearson interval of this error γ, and γ
   * is added to P. Often 0.001; 0 is the whole range from 0 to 1.
   *
   * @defaultValue 0
   */
  readonly nuisanceError?: number
}

/** What the results of all unconditional tests share. */
export interface UnconditionalResult {
  /** None: the distribution is exact. */
  readonly degreesOfFreedom: null
  /** P value: the largest found over the nuisance parameter (plus `nuisanceError`), unrounded. */
  readonly pValue: number
  /** Natural logarithm of the P value, which never underflows. */
  readonly logPValue: number
  /** Proven: the P value is no larger than this, rounding included. */
  readonly upperBound: number
  /** The common proportion at which the P value was found, between 0 and 1. */
  readonly nuisance: number
  /** The error γ of the interval to which the common proportion was confined; 0 for the whole range. */
  readonly nuisanceError: number
  /** Which differences counted. */
  readonly alternative: Alternative
}

/** The P value of a rejection region given by its shares. */
export function maximizeShares(
  shares: Float64Array,
  logScale: number,
  samples: TwoSamples,
  options: UnconditionalOptions,
): Pick<UnconditionalResult, 'pValue' | 'logPValue' | 'upperBound' | 'nuisance' | 'nuisanceError'> {
  const { nuisanceError = 0 } = options
  if (!(nuisanceError >= 0 && nuisanceError < 1)) {
    throw new StatsError('out-of-range', `nuisanceError is ${nuisanceError}, expected a number from 0 to below 1`)
  }
  const total = samples.n1 + samples.n2
  const events = samples.x1 + samples.x2
  const from = nuisanceError > 0 && events > 0 ? betaQuantile(nuisanceError / 2, events, total - events + 1) : 0
  const to = nuisanceError > 0 && events < total ? betaUpperQuantile(nuisanceError / 2, events + 1, total - events) : 1
  const { value, upperBound, nuisance } = supremumOverNuisance(shares, from, to)
  const scale = Math.exp(logScale)
  const pValue = Math.min(1, value * scale + nuisanceError)
  return {
    pValue,
    logPValue: Math.min(0, nuisanceError > 0 ? Math.log(pValue) : Math.log(value) + logScale),
    upperBound: Math.min(1, upperBound * scale + nuisanceError),
    nuisance,
    nuisanceError,
  }
}
