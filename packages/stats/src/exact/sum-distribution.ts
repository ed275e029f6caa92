import { StatsError } from '../errors.ts'
import { type TwoByTwo } from '../effects/two-by-two.ts'
import { logTableProbability, peakUnder } from '../conditional/two-by-two-weights.ts'

/**
 * The distribution of the sum of the first cells of several 2 × 2 tables, all margins fixed, under a common odds ratio: the
 * convolution of hypergeometrics, up to a constant factor.
 */
export interface SumDistribution {
  /** Weights by sum, the largest about 1; consecutive sums. */
  readonly weights: Float64Array
  /** Index of the observed sum, which may lie outside where weights were negligible. */
  readonly observed: number
  /** Natural logarithm of the factor to the scale on which the observed tables have the weight 1. */
  readonly logScale: number
}

/** Weights below this share of the largest of their stratum are left out. */
const FLOOR = 1e-45

/** Products beyond which the work is refused, some ten seconds for a test with its limits. */
const MOST_PRODUCTS = 3e9

/** Weights of all strata beyond which it is refused: they grow with the standard deviation, so that this is a stratum of 10¹² or so. */
const MOST_WEIGHTS = 8e6

/**
 * Convolves the strata.
 *
 * @param strata - tables without empty margins, at least one
 * @param logOddsRatio - the common log odds ratio
 * @throws A {@link StatsError} with code `too-large` if the counts need more than some 10⁹ products
 */
export function sumDistribution(strata: readonly TwoByTwo[], logOddsRatio: number): SumDistribution {
  let length = 1
  let cost = 0
  for (const stratum of strata) {
    const more = expectedLength(stratum, logOddsRatio)
    cost += length * more
    length += more
  }
  if (cost > MOST_PRODUCTS || length > MOST_WEIGHTS) {
    const [needed, limit, what] = cost > MOST_PRODUCTS ? [cost, MOST_PRODUCTS, 'products'] : [length, MOST_WEIGHTS, 'weights']
    throw new StatsError(
      'too-large',
      `the exact distribution of the strata's sum needs about ${needed.toPrecision(2)} ${what}, more than the ${limit.toPrecision(1)} allowed; use cochranMantelHaenszelTest`,
    )
  }
  const parts = strata.map((stratum) => stratumWeights(stratum, logOddsRatio))
  return convolve(parts.sort((p, q) => p.weights.length - q.weights.length))
}

/** About how many weights of a stratum lie above the floor: it falls like a normal density. */
function expectedLength({ a, b, c, d }: TwoByTwo, logOddsRatio: number): number {
  const peak = peakUnder(a, b, c, d, Math.exp(logOddsRatio))
  const variance = 1 / (1 / (a + peak + 1) + 1 / (b - peak + 1) + 1 / (c - peak + 1) + 1 / (d + peak + 1))
  return Math.min(Math.min(a, d) + Math.min(b, c) + 1, 50 + 2 * Math.sqrt(-2 * Math.log(FLOOR) * variance))
}

function stratumWeights({ a, b, c, d }: TwoByTwo, logOddsRatio: number): SumDistribution {
  const oddsRatio = Math.exp(logOddsRatio)
  const peak = peakUnder(a, b, c, d, oddsRatio)
  const [p, q, r, s] = [a + peak, b - peak, c - peak, d + peak]
  const above: number[] = [1]
  for (let w = 1, k = 0; q - k > 0 && r - k > 0 && w > FLOOR;) {
    w *= (oddsRatio * ((q - k) * (r - k))) / ((p + k + 1) * (s + k + 1))
    k++
    above.push(w)
  }
  const below: number[] = []
  for (let w = 1, k = 0; p - k > 0 && s - k > 0 && w > FLOOR;) {
    w *= ((p - k) * (s - k)) / (oddsRatio * ((q + k + 1) * (r + k + 1)))
    k++
    below.push(w)
  }
  const weights = Float64Array.from([...below.reverse(), ...above])
  const logScale = peak === 0 ? 0 : logTableProbability(p, q, r, s) - logTableProbability(a, b, c, d) + logOddsRatio * peak
  return { weights, observed: below.length - peak, logScale }
}

function convolve(parts: readonly SumDistribution[]): SumDistribution {
  let { weights, observed, logScale } = parts[0] as SumDistribution
  for (const part of parts.slice(1)) {
    const sums = new Float64Array(weights.length + part.weights.length - 1)
    for (let j = 0; j < part.weights.length; j++) {
      const w = part.weights[j] as number
      for (let i = 0; i < weights.length; i++) sums[i + j] = (sums[i + j] as number) + w * (weights[i] as number)
    }
    let largest = 0
    for (const sum of sums) if (sum > largest) largest = sum
    for (let i = 0; i < sums.length; i++) sums[i] = (sums[i] as number) / largest
    weights = sums
    observed += part.observed
    logScale += part.logScale + Math.log(largest)
  }
  return { weights, observed, logScale }
}
