import { requireOneOf } from '../argument-checks.ts'
import { type Alternative, requireAlternative } from '../confidence-interval.ts'
import { firstWhere } from '../distributions/discrete-quantile.ts'
import { StatsError } from '../errors.ts'
import {
  logTableProbability,
  logWeightUnderIndependence,
  MANY_TERMS,
  NEGLIGIBLE,
  shiftUnderIndependence,
  TIE,
  upwardSum,
} from './two-by-two-weights.ts'

/**
 * Which tables count as at least as extreme in a two-sided exact test: those no more probable than the observed one
 * (`probability`, the rule of R and SciPy), twice the smaller tail (`doubling`, also called central), or those whose
 * smaller tail is no larger than that of the observed table (`blaker`).
 */
export type TwoSidedRule = 'probability' | 'doubling' | 'blaker'

/**
 * Mid-P: half the probability of the observed table is left out (`half-observed`), or half that of all tables exactly as
 * probable as it (`half-ties`; different only for the two-sided rule `probability`, where the other tail has a tie).
 */
export type MidP = 'none' | 'half-observed' | 'half-ties'

/** Throws unless a two-sided rule is one of the three. */
export function requireTwoSidedRule(rule: TwoSidedRule): void {
  requireOneOf('twoSided', rule, 'probability', 'doubling', 'blaker')
}

/** Throws unless Fisher's P is asked for in a way that there is. */
export function requireFisherOptions(alternative: Alternative, twoSided: TwoSidedRule, midP: MidP): void {
  requireAlternative(alternative)
  requireTwoSidedRule(twoSided)
  requireOneOf('midP', midP, 'none', 'half-observed', 'half-ties')
}

/*
 * The distribution around an observed table. Filled anew by every test and never handed out, so that a million tests
 * allocate nothing. The near tail is the one to which the table departs.
 */
let logObserved = 0
let observed = 1
/** Near tail with the observed table, in units of its probability. */
let near = 1
/** Far tail with the observed table, as a probability. */
let far = 1
/** All other tables no more probable than the observed one, in its units. */
let opposite = 0
/** The observed table and those exactly as probable, in its units. */
let tied = 1
let nearIsUpper = true

/** Finds both tails; `opposite` and `tied` too if the two-sided rule by probability needs them. */
function findTails(a: number, b: number, c: number, d: number, byProbability: boolean): void {
  const row = a + b
  const column = a + c
  const n = row + c + d
  const mode = Math.floor(((row + 1) * (column + 1)) / (n + 2))
  nearIsUpper = a >= mode
  const variance = ((((row / n) * (c + d)) / n) * column * (b + d)) / n
  const distance = Math.abs(a - mode)
  const direct = distance + 20 * Math.sqrt(variance) < MANY_TERMS
  // Exchanging the columns turns the order of the tables round, so both functions need to know only an upper near tail.
  if (nearIsUpper) {
    if (!direct || !sumFromPeak(a, b, c, d, distance)) sumFromTable(a, b, c, d, byProbability)
  } else if (!direct || !sumFromPeak(b, a, d, c, distance)) sumFromTable(b, a, d, c, byProbability)
}

/** Sums by ratios from the peak outward; false if the table is so far out that weights underflow. */
function sumFromPeak(a: number, b: number, c: number, d: number, distance: number): boolean {
  let p = a - distance
  let q = b + distance
  let r = c + distance
  let s = d - distance
  // With huge and lopsided margins rounding may move the peak over the edge.
  if (p < 0 || s < 0) return false
  let weight = 1
  let between = 0
  for (let i = 0; i < distance; i++) {
    between += weight
    weight *= (q-- * r--) / (++p * ++s)
  }
  if (weight < 1e-280) return false
  const own = weight
  const limit = own * TIE

  let upper = own
  let equal = own
  // Beyond the edge weights are 0.
  do {
    weight *= (q-- * r--) / (++p * ++s)
    upper += weight
    if (weight * TIE >= own) equal += weight
  } while (weight >= NEGLIGIBLE * upper)

  let others = 0
  p = a
  q = b
  r = c
  s = d
  weight = own
  // Back to the peak: tables there are more probable, unless they are tied.
  for (let i = 0; i < distance; i++) {
    weight *= (p-- * s--) / (++q * ++r)
    if (weight > limit) break
    others += weight
    equal += weight
  }

  p = a - distance
  q = b + distance
  r = c + distance
  s = d - distance
  weight = 1
  let below = 0
  do {
    weight *= (p-- * s--) / (++q * ++r)
    below += weight
    if (weight <= limit) {
      others += weight
      if (weight * TIE >= own) equal += weight
    }
  } while (weight >= NEGLIGIBLE * upper)

  const total = between + upper + below
  observed = own / total
  logObserved = Math.log(observed)
  near = upper / own
  far = (between + own + below) / total
  opposite = others / own
  tied = equal / own
  return true
}

/** The same from the closed form of the table's probability: for large counts and far tails. */
function sumFromTable(a: number, b: number, c: number, d: number, byProbability: boolean): void {
  const shift = shiftUnderIndependence(a, b, c, d)
  logObserved = logTableProbability(a, b, c, d, shift)
  observed = Math.exp(logObserved)
  near = upwardSum(a, b, c, d, shift)
  // The far tail holds the peak, so nothing cancels here.
  far = 1 - (near - 1) * observed
  opposite = 0
  tied = 1
  if (!byProbability) return

  const own = logWeightUnderIndependence(0, a, b, c, d, shift)
  const excess = (j: number): number => logWeightUnderIndependence(-j, a, b, c, d, shift) - own
  const limit = Math.log(TIE)
  const end = Math.min(a, d)
  // The most probable table lies within one of the mean; steps are counted downward from the observed table.
  let peak = 0
  for (let j = Math.max(0, Math.floor(shift) - 1), most = -Infinity; j <= Math.min(end, shift + 2); j++) {
    const height = excess(j)
    if (height > most) {
      most = height
      peak = j
    }
  }
  // Tables on the near side tied with the observed one, inward and outward: neighbours of huge tables.
  let inner = firstWhere(1, peak + 1, 1, (j) => excess(j) > limit) - 1
  for (let j = -1; -j <= Math.min(b, c) && excess(j) >= -limit; j--) tied += Math.exp(excess(j))
  while (inner > 0) {
    const weight = Math.exp(excess(inner--))
    opposite += weight
    tied += weight
  }
  let outer = firstWhere(peak + 1, end + 1, peak + 1, (j) => excess(j) <= limit)
  if (outer > end) return
  opposite += Math.exp(excess(outer)) * upwardSum(b + outer, a - outer, d - outer, c + outer, outer - shift)
  for (; outer <= end && excess(outer) >= -limit; outer++) tied += Math.exp(excess(outer))
}

/** The tail opposite to the smaller one under Blaker's rule, in units of the observed probability. */
function blakerOpposite(a: number, b: number, c: number, d: number): number {
  const nearIsSmaller = near * observed <= far
  if (nearIsUpper !== nearIsSmaller) [a, b, c, d] = [b, a, d, c]
  const shift = shiftUnderIndependence(a, b, c, d)
  const own = logWeightUnderIndependence(0, a, b, c, d, shift)
  const limit = (nearIsSmaller ? near : far / observed) * TIE
  const lowerTail = (j: number): number => {
    const weight = Math.exp(logWeightUnderIndependence(-j, a, b, c, d, shift) - own)
    // A table that alone exceeds the limit may lie on this side of the peak, where its tail has as many terms as there are counts.
    return weight > limit ? weight : weight * upwardSum(b + j, a - j, d - j, c + j, j - shift)
  }
  const end = Math.min(a, d)
  // The opposite tail lies beyond the mean. Looked for from the table itself, millions of deviations away, its sums would not end.
  const deviation = Math.sqrt(1 / (1 / (a - shift) + 1 / (b + shift) + 1 / (c + shift) + 1 / (d - shift)))
  const start = Math.max(0, Math.floor(shift - 6 * deviation) - 2)
  const cut = firstWhere(start + 1, end + 1, start + 1, (j) => lowerTail(j) <= limit)
  return cut > end ? 0 : lowerTail(cut)
}

/** The P value of the last {@link solveFisher}. */
export let fisherP = 1
/** Its natural logarithm. */
export let fisherLogP = 0

/** Computes {@link fisherP} and {@link fisherLogP} of checked counts. */
export function solveFisher(a: number, b: number, c: number, d: number, alternative: Alternative, rule: TwoSidedRule, midP: MidP): void {
  fisherP = 1
  fisherLogP = 0
  if (a + b === 0 || c + d === 0 || a + c === 0 || b + d === 0) return
  const byProbability = alternative === 'two-sided' && rule === 'probability'
  findTails(a, b, c, d, byProbability)
  const half = midP === 'none' ? 0 : 0.5

  if (byProbability) setInUnits(near + opposite - (midP === 'half-ties' ? half * tied : half))
  else if (alternative !== 'two-sided') setTail((alternative === 'greater') === nearIsUpper, half)
  else if (rule === 'doubling') {
    setTail(near * observed <= far, half)
    fisherP *= 2
    fisherLogP += Math.LN2
  } else setInUnits((near * observed <= far ? near : far / observed) + blakerOpposite(a, b, c, d) - half)

  if (fisherP >= 1) {
    fisherP = 1
    fisherLogP = 0
  }
}

function setInUnits(units: number): void {
  fisherP = units * observed
  fisherLogP = Math.log(units) + logObserved
}

function setTail(isNear: boolean, half: number): void {
  if (isNear) return setInUnits(near - half)
  fisherP = far - half * observed
  fisherLogP = Math.log(fisherP)
}

/** Options of {@link fisherPValues}, and those of {@link fisherExactTest} that make its P value. */
export interface FisherPValueOptions {
  /**
   * Which departures from independence count: `greater` means an odds ratio above 1.
   *
   * @defaultValue 'two-sided'
   */
  readonly alternative?: Alternative
  /**
   * What counts as at least as extreme, if two-sided.
   *
   * @defaultValue 'probability'
   */
  readonly twoSided?: TwoSidedRule
  /**
   * Whether half of the observed probability is left out.
   *
   * @defaultValue 'none'
   */
  readonly midP?: MidP
}

/**
 * P value of Fisher's exact test from four counts and nothing else: the fast path for loops over many tables.
 *
 * An empty margin gives 1: given such margins no other table is possible.
 *
 * @remarks
 * R: `fisher.test(matrix(c(a, c, b, d), 2))$p.value`. SciPy: `scipy.stats.fisher_exact([[a, b], [c, d]]).pvalue`.
 *
 * @param a - first row, first column
 * @param b - first row, second column
 * @param c - second row, first column
 * @param d - second row, second column
 * @param alternative - `greater` means an odds ratio above 1
 * @param twoSided - what counts as at least as extreme, if two-sided
 * @param midP - whether half of the observed probability is left out
 * @throws A {@link StatsError} with code `not-a-count` if a count is not a non-negative safe integer, or their sum is not safe
 *
 * @example
 * ```ts @import.meta.vitest
 * expect(fisherPValue(3, 1, 1, 3)).toBeCloseTo(34 / 70, 14)
 * ```
 */
export function fisherPValue(
  a: number,
  b: number,
  c: number,
  d: number,
  alternative: Alternative = 'two-sided',
  twoSided: TwoSidedRule = 'probability',
  midP: MidP = 'none',
): number {
  requireFisherOptions(alternative, twoSided, midP)
  return pValueOfCounts(a, b, c, d, alternative, twoSided, midP)
}

/** {@link fisherPValue} with its options checked, which many tables have in common. */
function pValueOfCounts(a: number, b: number, c: number, d: number, alternative: Alternative, twoSided: TwoSidedRule, midP: MidP): number {
  if (!(isCount(a) && isCount(b) && isCount(c) && isCount(d) && Number.isSafeInteger(a + b + c + d))) {
    throw new StatsError('not-a-count', `[[${a}, ${b}], [${c}, ${d}]] is not a table of non-negative integers with a total below 2^53`)
  }
  solveFisher(a, b, c, d, alternative, twoSided, midP)
  return fisherP
}

function isCount(x: number): boolean {
  return Number.isSafeInteger(x) && x >= 0
}

/**
 * P values of Fisher's exact test for many tables at once, for example all pairs of technologies.
 *
 * @remarks
 * R and SciPy test one table at a time, by the calls that {@link fisherPValue} names.
 *
 * @param counts - four numbers a table, a, b, c, d, one table after the other; any typed array
 * @param options - {@link FisherPValueOptions}
 * @returns one P value a table
 * @throws A {@link StatsError} with code `ragged` if the length is not a multiple of four, or `not-a-count` as in {@link fisherPValue}
 *
 * @example
 * ```ts @import.meta.vitest
 * const pValues = fisherPValues(Int32Array.of(3, 1, 1, 3, 12, 14, 13, 122))
 *
 * expect(pValues[0]).toBeCloseTo(34 / 70, 14)
 * expect(pValues).toHaveLength(2)
 * ```
 */
export function fisherPValues(counts: ArrayLike<number>, options: FisherPValueOptions = {}): Float64Array {
  const { alternative = 'two-sided', twoSided = 'probability', midP = 'none' } = options
  requireFisherOptions(alternative, twoSided, midP)
  if (counts.length % 4 !== 0) throw new StatsError('ragged', `${counts.length} numbers are not four a table`)
  const pValues = new Float64Array(counts.length / 4)
  for (let i = 0, at = 0; i < pValues.length; i++, at += 4) {
    pValues[i] = pValueOfCounts(
      counts[at] as number,
      counts[at + 1] as number,
      counts[at + 2] as number,
      counts[at + 3] as number,
      alternative,
      twoSided,
      midP,
    )
  }
  return pValues
}
