import { requireOneOf } from '../argument-checks.ts'
import { binomialCdf, binomialProbability, binomialUpperTail } from '../distributions/binomial.ts'
import { firstWhere } from '../distributions/discrete-quantile.ts'
import { StatsError } from '../errors.ts'
import { type NotTestable, notTestable } from '../not-testable.ts'
import { deviancePart } from '../numerics/deviance-part.ts'
import { logFactorial } from '../numerics/gamma-function.ts'
import { type CategoryProbabilities, oneVariable } from './null-distribution.ts'

/** How {@link exactMultinomialTest} ranks outcomes from likely to extreme. */
export type MultinomialOrdering =
  /** By their probability, as R's exact tests do. */
  | 'probability'
  /** By Pearson's X². */
  | 'pearson'
  /** By G. */
  | 'log-likelihood'

/** Options of {@link exactMultinomialTest}. */
export interface ExactMultinomialTestOptions extends CategoryProbabilities {
  /**
   * Which outcomes are at least as extreme as the observed one.
   *
   * @defaultValue 'probability'
   */
  readonly ordering?: MultinomialOrdering
  /**
   * How many partial outcomes may be looked at before giving up with `too-large`; a million take about a second.
   *
   * @defaultValue 2_000_000
   */
  readonly maximumWork?: number
}

/** Result of {@link exactMultinomialTest}. */
export interface ExactMultinomialTest {
  /** Names the test. */
  readonly method: 'exact-multinomial'
  /** The ordering that was used. */
  readonly ordering: MultinomialOrdering
  /** What outcomes were ranked by, of the observed one: its probability, X² or G. */
  readonly statistic: number
  /** Probability of an outcome at least as extreme as the observed. */
  readonly pValue: number
  /** Expected count of each category. */
  readonly expected: readonly number[]
}

/**
 * Exact test whether the counts of one variable fit given probabilities: the multinomial probability of all outcomes at
 * least as extreme.
 *
 * Outcomes are not listed one by one. Categories are filled in turn; as soon as the best and the worst completion of a
 * partial outcome agree on which side of the observed one they lie, the whole branch is settled, and the last two
 * categories are settled by two binomial tails.
 *
 * @remarks
 * R: `EMT::multinomial.test(observed, prob)` (ordering `probability`; `useChisq = TRUE` for `pearson`),
 * `XNomial::xmulti`. Outcomes count as tied within a relative 1e-7 of the probability (R's rule), or 1e-10 of X² or G.
 * SciPy has none.
 *
 * @param observed - k counts, k ≥ 2
 * @param options - probabilities or ratios, ordering, limit of work
 * @throws A {@link StatsError} with code `too-large` if the limit is exceeded (use {@link goodnessOfFitTest}), or as
 * {@link goodnessOfFitTest} does
 *
 * @example
 * ```ts @import.meta.vitest
 * const { pValue } = exactMultinomialTest([0, 0, 3])
 *
 * expect(pValue).toBeCloseTo(3 / 27, 15)
 * ```
 */
export function exactMultinomialTest(
  observed: readonly number[],
  options: ExactMultinomialTestOptions = {},
): ExactMultinomialTest | NotTestable {
  const { ordering = 'probability', maximumWork = 2e6 } = options
  requireOneOf('ordering', ordering, 'probability', 'pearson', 'log-likelihood')
  const { total, weights, whole } = oneVariable(observed, options)
  if (total === 0) return notTestable('exact-multinomial', 'no-observations', 'there are no observations')
  const categories = observed.length
  if (categories * (total + 1) > maximumWork) throw tooLarge(maximumWork)
  const expected = weights.map((weight) => (total * weight) / whole)

  // The likeliest categories last: the last two, which have the most outcomes, cost nothing.
  const order = expected.map((_, i) => i).sort((i, j) => (expected[i] as number) - (expected[j] as number) || i - j)
  const costs = order.map((i) => costsOf(ordering, total, expected[i] as number))
  const { least, most } = extremes(costs, total)
  const observedCost = order.reduce((sum, i, j) => sum + at(costs, j, observed[i] as number), 0)
  const threshold = ordering === 'probability' ? observedCost - 1e-7 : observedCost * (1 - 1e-10)

  // Probability of category j among those from j on.
  const shares = order.map((i, j) => (weights[i] as number) / order.slice(j).reduce((sum, l) => sum + (weights[l] as number), 0))
  let work = 0

  const extremeMass = (j: number, left: number, cost: number): number => {
    if (++work > maximumWork) throw tooLarge(maximumWork)
    if (cost + at(least, j, left) >= threshold) return 1
    if (cost + at(most, j, left) < threshold) return 0
    const share = shares[j] as number
    if (j === categories - 2) return twoTails(costs[j] as Float64Array, costs[j + 1] as Float64Array, left, share, threshold - cost)
    let mass = 0
    for (let x = 0; x <= left; x++) {
      const rest = extremeMass(j + 1, left - x, cost + at(costs, j, x))
      if (rest > 0) mass += rest * binomialProbability(x, left, share)
    }
    return mass
  }

  const pValue = Math.min(1, extremeMass(0, total, 0))
  const statistic =
    ordering === 'probability'
      ? probabilityOf(
          order.map((i) => observed[i] as number),
          shares,
        )
      : observedCost
  return { method: 'exact-multinomial', ordering, statistic, pValue, expected }
}

/** Multinomial probability, as a product of binomial ones. */
function probabilityOf(observed: readonly number[], shares: readonly number[]): number {
  let left = observed.reduce((sum, x) => sum + x, 0)
  let probability = 1
  for (let j = 0; j < observed.length - 1; j++) {
    const x = observed[j] as number
    probability *= binomialProbability(x, left, shares[j] as number)
    left -= x
  }
  return probability
}

const at = (rows: readonly Float64Array[], j: number, x: number): number => (rows[j] as Float64Array)[x] as number

const tooLarge = (limit: number): StatsError =>
  new StatsError('too-large', `the outcomes need more than ${limit} steps; use goodnessOfFitTest, or raise maximumWork`)

/** What a count x of a category adds to the extremeness of an outcome, for x from 0 to n: convex in every ordering. */
function costsOf(ordering: MultinomialOrdering, total: number, expected: number): Float64Array {
  const costs = new Float64Array(total + 1)
  const log = Math.log(expected)
  for (let x = 0; x <= total; x++) {
    switch (ordering) {
      case 'probability':
        costs[x] = logFactorial(x) - x * log
        break
      case 'pearson':
        costs[x] = (x - expected) ** 2 / expected
        break
      case 'log-likelihood':
        costs[x] = 2 * deviancePart(x, expected)
        break
    }
  }
  return costs
}

/** The least and the greatest cost of distributing m observations over the categories from j on. */
function extremes(costs: readonly Float64Array[], total: number): { least: Float64Array[]; most: Float64Array[] } {
  const last = costs.length - 1
  const least = costs.slice()
  const most = costs.slice()
  let emptyAfter = 0
  for (let j = last - 1; j >= 0; j--) {
    emptyAfter += at(costs, j + 1, 0)
    const own = costs[j] as Float64Array
    const after = least[j + 1] as Float64Array
    const cheapest = new Float64Array(total + 1)
    const dearest = new Float64Array(total + 1)
    // Convex costs: giving each observation to whoever charges less for it is best, giving all to one is worst.
    for (let m = 0, mine = 0; m <= total; m++) {
      if (m > 0) {
        const others = m - 1 - mine
        const ownStep = (own[mine + 1] as number) - (own[mine] as number)
        const otherStep = (after[others + 1] as number) - (after[others] as number)
        if (ownStep <= otherStep) mine++
      }
      cheapest[m] = (own[mine] as number) + (after[m - mine] as number)
      dearest[m] = Math.max((own[m] as number) + emptyAfter, (own[0] as number) + at(most, j + 1, m))
    }
    least[j] = cheapest
    most[j] = dearest
  }
  return { least, most }
}

/** Binomial probability of the splits of `left` between the last two categories that cost at least `threshold`. */
function twoTails(first: Float64Array, second: Float64Array, left: number, share: number, threshold: number): number {
  const cost = (x: number): number => (first[x] as number) + (second[left - x] as number)
  const cheapest = firstWhere(0, left, left * share, (x) => cost(x + 1) >= cost(x))
  // The splits that cost less than the threshold run from `from` to `to` − 1.
  const from = firstWhere(0, cheapest, cheapest, (x) => cost(x) < threshold)
  const to = firstWhere(cheapest, left + 1, cheapest, (x) => cost(x) >= threshold)
  return (from > 0 ? binomialCdf(from - 1, left, share) : 0) + (to <= left ? binomialUpperTail(to, left, share) : 0)
}
