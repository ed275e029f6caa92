import { firstWhere } from '../distributions/discrete-quantile.ts'
import { requirePValue } from '../argument-checks.ts'
import { StatsError } from '../errors.ts'
import { stepDown, stepUp } from './step-wise.ts'

/** Ways to adjust the P values of exact tests that make use of which P values were possible at all. */
export type DiscreteAdjustment =
  /** Tarone 1990 in the form of Hommel and Krummenauer 1998: Bonferroni over those tests only that could have rejected. Family-wise error. */
  | 'tarone'
  /** The sum over tests of the chance of a P value as small as this one: Bonferroni without its slack. Family-wise error. */
  | 'discrete-bonferroni'
  /** Heyse's discrete Benjamini–Hochberg, step-up: never weaker than `BH`. False discovery rate, not proven in every case. */
  | 'DBH'
  /** Step-down discrete Benjamini–Hochberg of Döhler, Durand and Roquain: proven under independence. False discovery rate. */
  | 'DBH-sd'

/**
 * Adjusts the P values of exact tests for their number, using that each test can give only certain P values.
 *
 * With 21 trusts in one group and 170 in the other, many questions cannot give a P value below 0.05 whatever the answers;
 * counting them as full tests wastes power. A `null` stays `null` and does not count.
 *
 * @remarks
 * R: `DiscreteFDR::DBH(direction = 'sd')`, and `ret.crit.consts = FALSE`; `MHTdiscrete::Tarone.p.adjust(p, p.set, alpha)`
 * gives values that hold at one `alpha` only, while those here hold at every level. No SciPy counterpart.
 *
 * @param pValues - P values from 0 to 1, `null` where there is none
 * @param attainable - for each test all P values that it could have given, in ascending order; for `tarone` the smallest
 * is enough. `null` where the P value is `null`
 * @param method - the adjustment
 * @throws A {@link StatsError} with code `mismatch` if the lists differ in length, `out-of-range` if a number is not
 * between 0 and 1, a list is empty or not ascending, or the method is unknown
 *
 * @see R. E. Tarone, Biometrics 46, 1990, p. 515; G. Hommel and F. Krummenauer, Biometrical Journal 40, 1998, p. 673; J. F. Heyse,
 * *A false discovery rate procedure for categorical data*, 2011; S. Döhler, G. Durand and E. Roquain, Electronic Journal of
 * Statistics 12, 2018
 *
 * @example
 * ```ts @import.meta.vitest
 * // The second test could not have given less than 0.2, so it costs the first nothing.
 * expect(adjustDiscretePValues([0.03, 0.5], [[0.01, 0.03, 1], [0.2, 0.5, 1]], 'tarone')).toEqual([0.03, 1])
 * ```
 */
export function adjustDiscretePValues(
  pValues: readonly (number | null)[],
  attainable: readonly (readonly number[] | null)[],
  method: DiscreteAdjustment,
): (number | null)[] {
  if (pValues.length !== attainable.length) {
    throw new StatsError('mismatch', `there are ${pValues.length} P values but ${attainable.length} lists of attainable ones`)
  }
  const tested = pValues.flatMap((p, k) => (p === null ? [] : [k]))
  const p = Float64Array.from(tested, (k) => requirePValue(k, pValues[k] as number))
  const supports = tested.map((k) => requireSupport(attainable[k] ?? null, k))
  const adjusted = adjust(p, supports, method)
  const result = new Array<number | null>(pValues.length).fill(null)
  for (const [position, k] of tested.entries()) result[k] = adjusted[position] as number
  return result
}

function adjust(p: Float64Array, supports: readonly (readonly number[])[], method: DiscreteAdjustment): Float64Array {
  const sumOver = (value: number, term: (chance: number) => number): number => {
    let sum = 0
    for (const support of supports) sum += term(chanceAtMost(support, value))
    return sum
  }
  switch (method) {
    case 'tarone':
      return tarone(
        p,
        supports.map((support) => support[0] as number),
      )
    case 'discrete-bonferroni':
      return p.map((value) =>
        Math.min(
          1,
          sumOver(value, (chance) => chance),
        ),
      )
    case 'DBH':
      return stepUp(p, (value, rank) => sumOver(value, (chance) => chance) / (rank + 1))
    case 'DBH-sd':
      return stepDown(p, (value, rank) => sumOver(value, (chance) => chance / (1 - chance)) / (rank + 1))
    default:
      throw new StatsError('out-of-range', `${String(method)} is not a way to adjust P values of discrete tests`)
  }
}

/** P(P ≤ value) under the null hypothesis: the largest attainable P value up to it, give or take rounding. */
function chanceAtMost(support: readonly number[], value: number): number {
  const limit = value * (1 + 1e-9)
  const length = support.length
  return support[firstWhere(0, length, length / 2, (i) => (support[i] as number) > limit) - 1] ?? 0
}

/**
 * Tarone at level α takes the least k for which at most k tests could give α / k or less, and rejects at α / k. As that is not
 * monotone in α, Hommel and Krummenauer reject what is rejected at any level up to α.
 *
 * With the smallest attainable values ascending, k serves for α from the largest of j · smallest(j + 1), j < k, up to
 * k · smallest(k + 1). So p is rejected from max(k p, that bound) on, for the first k that serves and has smallest(k + 1) > p.
 */
function tarone(p: Float64Array, minima: readonly number[]): Float64Array {
  const ascending = [...minima].sort((a, b) => a - b)
  const count = ascending.length
  const serving: { k: number; from: number; next: number }[] = []
  let bound = 0
  for (let k = 1; k <= count; k++) {
    const next = k < count ? (ascending[k] as number) : Infinity
    if (k * next > bound) {
      serving.push({ k, from: bound, next })
      bound = k * next
    }
  }
  return p.map((value) => {
    // The last one serves whatever is above the others.
    const { k, from } = serving.find(({ next }) => next > value) as (typeof serving)[number]
    return Math.min(1, Math.max(k * value, from))
  })
}

function requireSupport(support: readonly number[] | null, position: number): readonly number[] {
  if (support === null || support.length === 0) {
    throw new StatsError('out-of-range', `test ${position} has a P value, but no attainable ones are given`)
  }
  for (let i = 0; i < support.length; i++) {
    requirePValue(position, support[i] as number)
    if (i > 0 && (support[i] as number) < (support[i - 1] as number)) {
      throw new StatsError('out-of-range', `the attainable P values of test ${position} do not ascend`)
    }
  }
  return support
}
