import { StatsError } from '../errors.ts'
import { cochranQTest } from '../matched/cochran-q-test.ts'
import { type NotTestable } from '../not-testable.ts'
import { wholePower } from '../numerics/power.ts'

/** Result of {@link exactCochranQTest}. */
export interface ExactCochranQTest {
  /** Tells this result apart from those of other tests. */
  readonly method: 'cochran-q-exact'
  /** Q, at least 0. */
  readonly statistic: number
  /** None: the distribution is exact. */
  readonly degreesOfFreedom: null
  /** P value, unrounded. */
  readonly pValue: number
  /** Successes in each condition. */
  readonly successes: readonly number[]
  /** Subjects whose answers differ between conditions; the others say nothing. */
  readonly informativeSubjects: number
}

/** Steps beyond which the work is refused. */
const LARGEST = 2e7

/**
 * Cochran's Q with its exact permutation P value: whether k yes/no measurements of the same subjects have the event equally
 * often. For two conditions it is the exact McNemar test.
 *
 * Given how many events each subject has, all ways to spread them over the conditions are equally probable; P is the
 * probability of a Q at least as large. Successes are whole numbers, so ties are exact.
 *
 * @remarks
 * R: `coin::symmetry_test(y ~ x | block, distribution = 'exact', teststat = 'quadratic')` for two conditions;
 * `RVAideMemoire::cochran.qtest` is asymptotic. SciPy: none.
 *
 * @param answers - one row a subject, one column a condition: 1 or `true` for the event, 0 or `false` for none
 * @returns the test, or {@link NotTestable} as {@link cochranQTest} does
 * @throws A {@link StatsError} with code `too-large` if the distribution needs more than some 10⁷ steps (about a hundred
 * subjects with five conditions), or as {@link cochranQTest} does
 * @see K. D. Patil, *Cochran's Q test: exact distribution*, JASA 70, 1975
 *
 * @example
 * ```ts @import.meta.vitest
 * const answers = [[1, 1, 0], [1, 0, 0], [1, 1, 1], [0, 1, 0], [1, 1, 0], [1, 0, 0]]
 *
 * const { statistic, pValue } = exactCochranQTest(answers)
 *
 * expect(statistic).toBe(5.2)
 * // 30 of the 3⁵ ways in which the five informative subjects could have answered.
 * expect(pValue).toBeCloseTo(30 / 243, 14)
 * ```
 */
export function exactCochranQTest(answers: readonly (readonly (number | boolean)[])[]): ExactCochranQTest | NotTestable {
  const asymptotic = cochranQTest(answers)
  if (asymptotic.method === 'not-testable') return { ...asymptotic, test: 'cochran-q-exact' }
  const { statistic, successes, informativeSubjects } = asymptotic
  const conditions = successes.length
  const sizes = answers.map((row) => row.reduce<number>((sum, answer) => sum + Number(answer), 0))
  const constant = sizes.filter((size) => size === conditions).length
  const informative = sizes.filter((size) => size > 0 && size < conditions)
  // Q rises with the sum of squares of the successes, their total being given.
  const observed = successes.reduce((sum, count) => sum + (count - constant) ** 2, 0)

  // States are the successes in descending order, as digits of one number: conditions are exchangeable.
  const base = informativeSubjects + 1
  if (wholePower(base, conditions) > Number.MAX_SAFE_INTEGER)
    throw new StatsError('too-large', 'too many subjects and conditions for the exact distribution')
  let states = new Map<number, number>([[0, 1]])
  let work = 0
  for (const size of informative) {
    const ways = subsets(conditions, size)
    const next = new Map<number, number>()
    work += states.size * ways.length
    if (work > LARGEST) throw new StatsError('too-large', 'too many subjects and conditions for the exact distribution')
    for (const [state, probability] of states) {
      const digits = digitsOf(state, base, conditions)
      for (const way of ways) {
        const counts = digits.map((digit, j) => digit + ((way >> j) & 1)).sort((p, q) => q - p)
        const key = counts.reduce((number, digit) => number * base + digit, 0)
        next.set(key, (next.get(key) ?? 0) + probability / ways.length)
      }
    }
    states = next
  }
  let pValue = 0
  for (const [state, probability] of states) {
    if (digitsOf(state, base, conditions).reduce((sum, count) => sum + count * count, 0) >= observed) pValue += probability
  }
  return { method: 'cochran-q-exact', statistic, degreesOfFreedom: null, pValue: Math.min(1, pValue), successes, informativeSubjects }
}

function digitsOf(state: number, base: number, length: number): number[] {
  const digits = new Array<number>(length)
  let rest = state
  for (let j = length - 1; j >= 0; j--) {
    digits[j] = rest % base
    rest = Math.floor(rest / base)
  }
  return digits
}

/** The subsets of `size` out of `conditions`, as bits. */
function subsets(conditions: number, size: number): number[] {
  const found: number[] = []
  for (let bits = 0; bits < 2 ** conditions; bits++) {
    let ones = 0
    for (let rest = bits; rest > 0; rest &= rest - 1) ones++
    if (ones === size) found.push(bits)
  }
  return found
}
