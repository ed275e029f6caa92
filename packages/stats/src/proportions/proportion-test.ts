import { requireBetween, requireOneOf } from '../argument-checks.ts'
import { type Alternative, type ConfidenceInterval, tailOfLevel } from '../confidence-interval.ts'
import { chiSquaredUpperTail } from '../distributions/chi-squared.ts'
import { normalCdf, normalUpperQuantile } from '../distributions/normal.ts'
import { StatsError } from '../errors.ts'
import { type NotTestable, notTestable } from '../not-testable.ts'
import { determinant, productError } from '../numerics/exact-arithmetic.ts'
import { scoreLimit } from './wilson-interval.ts'
import { requireSuccesses } from './success-counts.ts'

/** Options of {@link proportionTest}. */
export interface ProportionTestOptions {
  /**
   * Probabilities under the null hypothesis, one a group or one for all, each between 0 and 1; `null` where the groups are only
   * said to be equal. One group alone is tested against ½ unless another is given.
   *
   * @defaultValue null
   */
  readonly probability?: number | readonly number[] | null
  /**
   * Which departures count; for two groups, of the first proportion from the second. Three or more groups, or two with given
   * probabilities, have only 'two-sided'.
   *
   * @defaultValue 'two-sided'
   */
  readonly alternative?: Alternative
  /**
   * Whether ½, or the observed difference where that is smaller, is taken off each |O − E|; for one and two groups only.
   *
   * @defaultValue 'yates'
   */
  readonly continuityCorrection?: 'none' | 'yates'
  /**
   * Confidence level of the interval, between 0 and 1.
   *
   * @defaultValue 0.95
   */
  readonly confidenceLevel?: number
}

/** Result of {@link proportionTest}. */
export interface ProportionTest {
  /** Tells this test apart from others. */
  readonly method: 'proportion-test'
  /** X², at least 0. */
  readonly statistic: number
  /** Groups, less one where their common probability was estimated. */
  readonly degreesOfFreedom: number
  /** P value; unrounded. */
  readonly pValue: number
  /** Share of successes, one a group. */
  readonly estimates: readonly number[]
  /** Probabilities under the null hypothesis, one a group; `null` where they were only said to be equal. */
  readonly nullProbabilities: readonly number[] | null
  /** Which departures counted. */
  readonly alternative: Alternative
  /** The correction that was made. */
  readonly continuityCorrection: 'none' | 'yates'
  /** Of the proportion of one group (0 to 1), or of the difference of two (−1 to 1); `null` for more, or where both are given. */
  readonly confidenceInterval: ConfidenceInterval | null
  /** Whether every expected count is at least 5. */
  readonly approximation: 'adequate' | 'small-expected-counts'
}

/**
 * Tests one proportion against a given one, two proportions against each other, or k for being equal.
 *
 * X² = Σ (|O − E| − c)² / E over successes and failures, on the chi-squared distribution; for a one-sided alternative the signed
 * root of X² on the normal. The interval of one proportion is Wilson's, that of a difference Wald's, both with the correction.
 *
 * @remarks
 * R: `prop.test(x, n, p, alternative, conf.level, correct)`; defaults agree. SciPy: statsmodels `proportions_chisquare(x, n)` for
 * the k-sample test without correction.
 *
 * @param successes - one count a group
 * @param trials - one count a group, each at least 1 and at least its successes
 * @param options - null hypothesis, side, correction, level
 * @returns the test, or {@link NotTestable} with reason `no-observations` where a group is empty, `no-variation` where all or none succeeded
 * @throws A {@link StatsError} with code `not-a-count`, `mismatch`, `too-small` without groups, or `out-of-range`
 * @see E. B. Wilson, *Probable inference, the law of succession, and statistical inference*, JASA 22, 1927;
 * R. G. Newcombe, Statistics in Medicine 17, 1998
 *
 * @example
 * ```ts @import.meta.vitest
 * const test = proportionTest([40, 22], [95, 96])
 *
 * expect(test.statistic).toBeCloseTo(7.167879109991314, 12)
 * expect(test.pValue).toBeCloseTo(0.007422047208654714, 14)
 * ```
 */
export function proportionTest(
  successes: readonly number[],
  trials: readonly number[],
  options: ProportionTestOptions = {},
): ProportionTest | NotTestable {
  const groups = successes.length
  checkGroups(successes, trials)
  const { confidenceLevel: level = 0.95 } = options
  const given = givenProbabilities(groups, options.probability ?? null)
  const free = groups === 1 || (groups === 2 && given === null)
  const alternative = free ? (options.alternative ?? 'two-sided') : 'two-sided'
  const tail = tailOfLevel(level, alternative)
  const asked = options.continuityCorrection ?? 'yates'
  requireOneOf('continuityCorrection', asked, 'yates', 'none')
  if (trials.includes(0)) return notTestable('proportion-test', 'no-observations', 'a group has no trials')

  const total = trials.reduce((sum, n) => sum + n, 0)
  const allSuccesses = successes.reduce((sum, x) => sum + x, 0)
  const pooled = allSuccesses / total
  if (given === null && (allSuccesses === 0 || allSuccesses === total)) {
    return notTestable('proportion-test', 'no-variation', `${allSuccesses === 0 ? 'no' : 'every'} trial was a success`)
  }
  // Differences O − E, from exact products: two large counts may agree in fifteen digits.
  const differences = successes.map((x, i) => {
    const n = trials[i] as number
    if (given === null) return determinant(x, n - x, allSuccesses - x, total - allSuccesses - (n - x)) / total
    const expected = n * (given[i] as number)
    return x - expected - productError(n, given[i] as number, expected)
  })
  const half = asked === 'yates' && groups <= 2 ? 0.5 : 0
  const correction = free ? Math.min(half, Math.abs(differences[0] as number)) : half
  let statistic = 0
  let smallest = Infinity
  for (let i = 0; i < groups; i++) {
    const n = trials[i] as number
    const p = given === null ? pooled : (given[i] as number)
    const q = given === null ? (total - allSuccesses) / total : 1 - p
    const square = (Math.abs(differences[i] as number) - correction) ** 2
    statistic += square / n / p + square / n / q
    smallest = Math.min(smallest, n * p, n * q)
  }
  const degreesOfFreedom = given === null ? groups - 1 : groups
  const root = Math.sign(differences[0] as number) * Math.sqrt(statistic)
  return {
    method: 'proportion-test',
    statistic,
    degreesOfFreedom,
    pValue:
      alternative === 'two-sided' ? chiSquaredUpperTail(statistic, degreesOfFreedom) : normalCdf(alternative === 'less' ? root : -root),
    estimates: successes.map((x, i) => x / (trials[i] as number)),
    nullProbabilities: given,
    alternative,
    continuityCorrection: half > 0 ? 'yates' : 'none',
    confidenceInterval: free ? intervalOf(successes, trials, correction, normalUpperQuantile(tail), alternative, level) : null,
    approximation: smallest >= 5 ? 'adequate' : 'small-expected-counts',
  }
}

function checkGroups(successes: readonly number[], trials: readonly number[]): void {
  if (successes.length === 0) throw new StatsError('too-small', 'no group to test')
  if (successes.length !== trials.length) {
    throw new StatsError('mismatch', `${successes.length} numbers of successes for ${trials.length} numbers of trials`)
  }
  requireSuccesses(successes, trials)
  const total = trials.reduce((sum, n) => sum + n, 0)
  if (!Number.isSafeInteger(total)) throw new StatsError('not-a-count', `the trials add up to ${total}, above 2^53 - 1`)
}

function givenProbabilities(groups: number, probability: number | readonly number[] | null): readonly number[] | null {
  if (probability === null) return groups === 1 ? [0.5] : null
  const given = typeof probability === 'number' ? new Array<number>(groups).fill(probability) : probability
  if (given.length !== groups) throw new StatsError('mismatch', `${given.length} probabilities for ${groups} groups`)
  for (const p of given) requireBetween('probability', p)
  return given
}

function intervalOf(
  successes: readonly number[],
  trials: readonly number[],
  correction: number,
  z: number,
  alternative: Alternative,
  level: number,
): ConfidenceInterval {
  const [x1 = 0, x2 = 0] = successes
  const [n1 = 0, n2] = trials
  let lower: number
  let upper: number
  let least = 0
  if (n2 === undefined) {
    lower = x1 - correction <= 0 ? 0 : scoreLimit(x1 - correction, n1, z, 'lower')
    upper = x1 + correction >= n1 ? 1 : scoreLimit(x1 + correction, n1, z, 'upper')
  } else {
    const difference = determinant(x1, n1 - x1, x2, n2 - x2) / n1 / n2
    const variance = ((x1 / n1) * ((n1 - x1) / n1)) / n1 + ((x2 / n2) * ((n2 - x2) / n2)) / n2
    const width = z * Math.sqrt(variance) + correction * (1 / n1 + 1 / n2)
    lower = Math.max(-1, difference - width)
    upper = Math.min(1, difference + width)
    least = -1
  }
  return { lower: alternative === 'less' ? least : lower, upper: alternative === 'greater' ? 1 : upper, level }
}
