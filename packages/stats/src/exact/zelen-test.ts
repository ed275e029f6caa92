import { StatsError } from '../errors.ts'
import { type TwoByTwo } from '../effects/two-by-two.ts'
import { type NotTestable, notTestable } from '../not-testable.ts'
import { isInformative, twoByTwoStrata } from '../stratified/two-by-two-strata.ts'
import { type StratifiedInput } from '../tables/stratified-table.ts'
import { TIE } from '../conditional/two-by-two-weights.ts'

/** Result of {@link zelenTest}. */
export interface ZelenTest {
  /** Tells this result apart from those of other tests. */
  readonly method: 'zelen-exact'
  /** Natural logarithm of the probability of the observed strata, given all margins and the sum of the first cells. */
  readonly statistic: number
  /** None: the distribution is exact. */
  readonly degreesOfFreedom: null
  /** P value, unrounded. */
  readonly pValue: number
  /** Strata with all margins above zero; the others say nothing. */
  readonly informativeStrata: number
}

/** Distinct products held at a time beyond which the work is refused. */
const LARGEST = 4_000_000

/** Products of probabilities with the same logarithm to this resolution are one value. */
const RESOLUTION = 1e12

/** What the strata still to come can add, by the sum left for them. */
interface Completion {
  /** The smallest sum they can have. */
  readonly lowest: number
  /** Sum, largest and smallest of their products of weights, as logarithms. */
  readonly total: Float64Array
  readonly largest: Float64Array
  readonly smallest: Float64Array
}

/**
 * Zelen's exact test that the odds ratio is the same in all strata.
 *
 * Given all margins and the sum of the first cells the distribution of the strata does not depend on a common odds ratio.
 * P adds up the probabilities of all combinations of strata with that sum that are no more probable than the observed one,
 * with R's relative 1e-7 for ties. Unlike {@link breslowDayTest} it holds for sparse strata.
 *
 * @remarks
 * R and SciPy: none; StatXact has it.
 *
 * @param strata - K 2 × 2 tables: rows are the groups, the first column is the event
 * @returns the test, or {@link NotTestable} with reason `no-informative-strata` if fewer than two strata have all margins above zero
 * @throws A {@link StatsError} with code `mismatch` if a stratum is not 2 × 2, `too-large` if more than four million
 * different products arise, or as {@link strataOf} does
 * @see M. Zelen, *The analysis of several 2 × 2 contingency tables*, Biometrika 58, 1971
 *
 * @example
 * ```ts @import.meta.vitest
 * const result = zelenTest([[[3, 0], [0, 3]], [[0, 3], [3, 0]]]) as ZelenTest
 *
 * // Sums of 3: (0, 3) and (3, 0) have the weight 1, (1, 2) and (2, 1) the weight 81.
 * expect(result.pValue).toBeCloseTo(2 / 164, 14)
 * ```
 */
export function zelenTest(strata: StratifiedInput): ZelenTest | NotTestable {
  const informative = twoByTwoStrata(strata).filter(isInformative)
  if (informative.length < 2) {
    return notTestable('zelen-exact', 'no-informative-strata', 'fewer than two strata have all margins above zero')
  }
  // The first stratum in the loop branches most; the last is free, so the largest goes there.
  const logWeights = informative.map(logWeightsOf).sort((p, q) => p.weights.length - q.weights.length)
  const sum = informative.reduce((total, { a }) => total + a, 0)
  // Weights are relative to the observed strata, whose own product is 1.
  const limit = Math.log(TIE)
  const completions = completionsOf(logWeights)
  const all = completions[0] as Completion
  const logTotal = all.total[sum - all.lowest] as number

  // By sum so far, then by product so far (its logarithm, rounded): how many combinations.
  let nodes = new Map<number, Map<number, number>>()
  nodes.set(0, new Map([[0, 1]]))
  let extreme = 0
  for (const [k, { lowest, weights }] of logWeights.entries()) {
    const rest = completions[k + 1] as Completion
    const next = new Map<number, Map<number, number>>()
    let held = 0
    for (const [before, values] of nodes) {
      for (let i = 0; i < weights.length; i++) {
        const now = before + lowest + i
        const left = sum - now - rest.lowest
        if (left < 0 || left >= rest.total.length) continue
        const most = rest.largest[left] as number
        const least = rest.smallest[left] as number
        const total = rest.total[left] as number
        for (const [key, count] of values) {
          const value = key / RESOLUTION + (weights[i] as number)
          if (value + most <= limit) extreme += count * Math.exp(value + total - logTotal)
          else if (value + least <= limit) {
            let node = next.get(now)
            if (node === undefined) next.set(now, (node = new Map<number, number>()))
            const rounded = Math.round(value * RESOLUTION)
            const already = node.get(rounded)
            if (already === undefined && ++held > LARGEST) throw new StatsError('too-large', 'the strata are too large for Zelen’s test')
            node.set(rounded, (already ?? 0) + count)
          }
        }
      }
    }
    nodes = next
  }
  return {
    method: 'zelen-exact',
    // Adding 0 turns a −0 into 0, which JSON would do anyway.
    statistic: Math.min(0, -logTotal) + 0,
    degreesOfFreedom: null,
    pValue: Math.min(1, extreme),
    informativeStrata: informative.length,
  }
}

/** log of the weights 1 / (a! b! c! d!) of a stratum over its support, relative to the observed table. */
function logWeightsOf({ a, b, c, d }: TwoByTwo): { readonly lowest: number; readonly weights: Float64Array } {
  const lowest = a - Math.min(a, d)
  const weights = new Float64Array(Math.min(a, d) + Math.min(b, c) + 1)
  const own = a - lowest
  for (let k = 1; own + k < weights.length; k++) {
    weights[own + k] = (weights[own + k - 1] as number) + Math.log(((b - k + 1) / (a + k)) * ((c - k + 1) / (d + k)))
  }
  for (let k = 1; own - k >= 0; k++) {
    weights[own - k] = (weights[own - k + 1] as number) + Math.log(((a - k + 1) / (b + k)) * ((d - k + 1) / (c + k)))
  }
  return { lowest, weights }
}

/** For every k what the strata k, k + 1 … can add. */
function completionsOf(strata: readonly { readonly lowest: number; readonly weights: Float64Array }[]): Completion[] {
  let last: Completion = { lowest: 0, total: new Float64Array(1), largest: new Float64Array(1), smallest: new Float64Array(1) }
  const completions = [last]
  for (const { lowest, weights } of strata.slice().reverse()) {
    const length = last.total.length + weights.length - 1
    const [total, largest, smallest] = [
      new Float64Array(length),
      new Float64Array(length).fill(-Infinity),
      new Float64Array(length).fill(Infinity),
    ]
    for (const [i, weight] of weights.entries()) {
      for (let j = 0; j < last.total.length; j++) {
        largest[i + j] = Math.max(largest[i + j] as number, weight + (last.largest[j] as number))
        smallest[i + j] = Math.min(smallest[i + j] as number, weight + (last.smallest[j] as number))
      }
    }
    for (const [i, weight] of weights.entries()) {
      for (let j = 0; j < last.total.length; j++) {
        total[i + j] = (total[i + j] as number) + Math.exp(weight + (last.total[j] as number) - (largest[i + j] as number))
      }
    }
    for (let s = 0; s < length; s++) total[s] = Math.log(total[s] as number) + (largest[s] as number)
    last = { lowest: last.lowest + lowest, total, largest, smallest }
    completions.unshift(last)
  }
  return completions
}
