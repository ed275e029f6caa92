import { requireOneOf } from '../argument-checks.ts'
import type { Alternative } from '../confidence-interval.ts'
import { StatsError } from '../errors.ts'
import { type NotTestable } from '../not-testable.ts'
import { type CategoryScores } from '../stratified/scores.ts'
import { countsOf, margins, type TableInput } from '../tables/contingency-table.ts'
import { cochranArmitageTest } from '../trend/cochran-armitage-test.ts'

/** Options of {@link exactCochranArmitageTest}. */
export interface ExactCochranArmitageTestOptions {
  /**
   * Scores of the groups, or a rule for them.
   *
   * @defaultValue 'integer', that is 1, 2, 3 …
   */
  readonly scores?: CategoryScores
  /**
   * `greater` looks for proportions that rise with the scores, `less` for ones that fall.
   *
   * @defaultValue 'two-sided'
   */
  readonly alternative?: Alternative
  /**
   * `half-observed` leaves out half of the probability of the observed score (mid-P).
   *
   * @defaultValue 'none'
   */
  readonly midP?: 'none' | 'half-observed'
}

/** Result of {@link exactCochranArmitageTest}. */
export interface ExactCochranArmitageTest {
  /** Tells this result apart from those of other tests. */
  readonly method: 'cochran-armitage-exact'
  /** Sum of the scores of all events. */
  readonly statistic: number
  /** None: the distribution is exact. */
  readonly degreesOfFreedom: null
  /** Mean of the statistic without a trend, given the margins. */
  readonly expected: number
  /** P value, unrounded. */
  readonly pValue: number
  /** Which trend was looked for. */
  readonly alternative: Alternative
  /** Whether half of the observed probability was left out. */
  readonly midP: 'none' | 'half-observed'
  /** Scores of the groups, as numbers. */
  readonly scores: readonly number[]
}

/** Products beyond which the work is refused. */
const LARGEST = 2e9

/** States beyond which a rectangle of them is not laid out. */
const LARGEST_RECTANGLE = 3e7

/** Scores that are not multiples of a common unit are rounded to this share of their range. */
const RESOLUTION = 2 ** 40

/**
 * Exact test for a trend of proportions over ordered groups.
 *
 * Given both margins the events are spread over the groups by the multivariate hypergeometric; the statistic is the sum of
 * the events' scores. Two-sided, scores at least as far from their mean count.
 *
 * @remarks
 * R: `coin::independence_test(y ~ scores, distribution = 'exact')` with groups scored. SciPy: none. It is the exact
 * linear-by-linear test of a k × 2 table.
 *
 * @param table - k × 2 counts: a row for each group in order, the event in the first column
 * @param options - {@link ExactCochranArmitageTestOptions}
 * @returns the test, or {@link NotTestable} as {@link cochranArmitageTest} does
 * @throws A {@link StatsError} with code `too-large` if the distribution needs more than some 10⁹ products, or as
 * {@link cochranArmitageTest} does
 * @see A. Agresti, *Categorical Data Analysis*, 3rd ed., section 5.3.5
 *
 * @example
 * ```ts @import.meta.vitest
 * const { pValue } = exactCochranArmitageTest([[0, 4], [1, 3], [3, 1]], { alternative: 'greater' }) as ExactCochranArmitageTest
 *
 * // Of the 495 ways to place 4 events among 12, one scores 12 and 4 · 4 score 11.
 * expect(pValue).toBeCloseTo(17 / 495, 14)
 * ```
 */
export function exactCochranArmitageTest(
  table: TableInput,
  options: ExactCochranArmitageTestOptions = {},
): ExactCochranArmitageTest | NotTestable {
  const { scores: rule = 'integer', alternative = 'two-sided', midP = 'none' } = options
  requireOneOf('midP', midP, 'none', 'half-observed')
  const asymptotic = cochranArmitageTest(table, { scores: rule, alternative })
  if (asymptotic.method === 'not-testable') return { ...asymptotic, test: 'cochran-armitage-exact' }
  const { scores } = asymptotic
  const { rows, columns, total } = margins(table)
  const events = columns[0] as number
  const counts = countsOf(table).map((row) => row[0] as number)

  const lowest = Math.min(...scores)
  const { unit, isWhole } = unitOf(scores.map((score) => score - lowest))
  const steps = scores.map((score) => Math.round((score - lowest) / unit))
  const observed = steps.reduce((sum, step, i) => sum + step * (counts[i] as number), 0)
  const distribution = distributionFor(rows, steps, events)
  const probabilities = distribution(rows, steps, events)

  // n times the distance from the mean is whole.
  const mean = steps.reduce((sum, step, i) => sum + step * (rows[i] as number), 0) * events
  // Scores without a common unit are rounded, by half a step each.
  const fuzz = isWhole ? 0 : events * total
  const distance = (value: number): number => value * total - mean
  const own = distance(observed)
  let pValue = 0
  for (const [value, probability] of probabilities) {
    const d = distance(value)
    const counted =
      alternative === 'greater' ? d >= own - fuzz : alternative === 'less' ? d <= own + fuzz : Math.abs(d) >= Math.abs(own) - fuzz
    if (counted) pValue += midP === 'half-observed' && Math.abs(d - own) <= fuzz ? probability / 2 : probability
  }
  return {
    method: 'cochran-armitage-exact',
    statistic: scores.reduce((sum, score, i) => sum + score * (counts[i] as number), 0),
    degreesOfFreedom: null,
    expected: (scores.reduce((sum, score, i) => sum + score * (rows[i] as number), 0) * events) / total,
    pValue: Math.min(1, pValue),
    alternative,
    midP,
    scores,
  }
}

/** The largest unit of which all scores are multiples, or a small share of their range. */
function unitOf(scores: readonly number[]): { readonly unit: number; readonly isWhole: boolean } {
  for (const parts of [1, 2, 3, 4, 5, 6, 8, 10, 12, 20, 60, 100, 1000]) {
    const multiples = scores.map((score) => Math.round(score * parts))
    // Decimal fractions are not exact in binary: 0.3 · 10 is 3 but for the last bits.
    if (multiples.every((multiple, i) => Math.abs(multiple - (scores[i] as number) * parts) <= 1e-12 * Math.max(1, multiple))) {
      return { unit: multiples.reduce(greatestDivisor, 0) / parts, isWhole: true }
    }
  }
  return { unit: Math.max(...scores) / RESOLUTION, isWhole: false }
}

function greatestDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestDivisor(b, a % b)
}

/** Weights of 0 … min(size, events) events in a group, C(size, x), relative to the largest. */
function choices(size: number, events: number): Float64Array {
  const weights = new Float64Array(Math.min(size, events) + 1)
  const peak = Math.min(weights.length - 1, Math.floor(size / 2))
  weights[peak] = 1
  for (let x = peak; x + 1 < weights.length; x++) weights[x + 1] = ((weights[x] as number) * (size - x)) / (x + 1)
  for (let x = peak; x > 0; x--) weights[x - 1] = ((weights[x] as number) * x) / (size - x + 1)
  return weights
}

/**
 * The distribution of the score, as pairs of value and probability: rows are filled one after the other, by events and
 * score so far. The last row takes what events are left.
 */
type Distribution = (rows: readonly number[], steps: readonly number[], events: number) => Iterable<readonly [number, number]>

/** The quicker of both ways, by the number of states that each has to go through. */
function distributionFor(rows: readonly number[], steps: readonly number[], events: number): Distribution {
  const rectangle = (events + 1) * (events * Math.max(...steps) + 1)
  const paths = rows.slice(0, -1).reduce((product, size) => product * (Math.min(size, events) + 1), 1)
  if (rectangle <= LARGEST_RECTANGLE && rectangle < 5 * paths) return dense
  if (paths > LARGEST / 20) throw tooLarge()
  return sparse
}

/** On a rectangle of events by score: for scores with few multiples of their unit. */
const dense: Distribution = (rows, steps, events) => {
  const most = Math.max(...steps)
  const width = events * most + 1
  let table = new Float64Array((events + 1) * width)
  table[0] = 1
  let placed = 0
  let open = rows.reduce((sum, size) => sum + size, 0)
  let work = 0
  for (const [i, size] of rows.entries()) {
    const weights = choices(size, events)
    const step = steps[i] as number
    open -= size
    const next = new Float64Array(table.length)
    for (let e = 0; e <= placed; e++) {
      const first = Math.max(0, events - open - e)
      const last = Math.min(weights.length - 1, events - e)
      const end = e * width + e * most
      for (let v = e * width; v <= end; v++) {
        const weight = table[v] as number
        if (weight === 0) continue
        work += last - first + 1
        for (let x = first; x <= last; x++) {
          const to = v + x * (width + step)
          next[to] = (next[to] as number) + weight * (weights[x] as number)
        }
      }
      if (work > LARGEST) throw tooLarge()
    }
    rescale(next)
    table = next
    placed = Math.min(events, placed + size)
  }
  const final = table.subarray(events * width)
  const sum = final.reduce((s, w) => s + w, 0)
  return Array.from(final, (w, v) => [v, w / sum] as const).filter(([, w]) => w > 0)
}

/** For any scores, holding only those that occur. */
const sparse: Distribution = (rows, steps, events) => {
  let states = new Map<number, Map<number, number>>()
  states.set(0, new Map([[0, 1]]))
  let open = rows.reduce((sum, size) => sum + size, 0)
  for (const [i, size] of rows.entries()) {
    const weights = choices(size, events)
    const step = steps[i] as number
    open -= size
    const next = new Map<number, Map<number, number>>()
    let largest = 0
    for (const [e, values] of states) {
      const last = Math.min(weights.length - 1, events - e)
      for (let x = Math.max(0, events - open - e); x <= last; x++) {
        let node = next.get(e + x)
        if (node === undefined) next.set(e + x, (node = new Map<number, number>()))
        for (const [value, weight] of values) {
          const w = (node.get(value + x * step) ?? 0) + weight * (weights[x] as number)
          node.set(value + x * step, w)
          if (w > largest) largest = w
        }
      }
    }
    for (const values of next.values()) for (const [value, weight] of values) values.set(value, weight / largest)
    states = next
  }
  const final = states.get(events) as Map<number, number>
  let sum = 0
  for (const weight of final.values()) sum += weight
  return Array.from(final, ([value, weight]) => [value, weight / sum] as const)
}

function tooLarge(): StatsError {
  return new StatsError('too-large', 'the table is too large for the exact distribution')
}

function rescale(weights: Float64Array): void {
  let largest = 0
  for (const weight of weights) if (weight > largest) largest = weight
  for (let i = 0; i < weights.length; i++) weights[i] = (weights[i] as number) / largest
}
