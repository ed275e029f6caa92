import { fisherPValue } from '../conditional/fisher-p-value.ts'
import { logTableProbability, NEGLIGIBLE, TIE } from '../conditional/two-by-two-weights.ts'
import type { RejectionShares } from './rejection-shares.ts'
import type { TwoSamples } from './two-samples.ts'

/** P values of Fisher's test closer than this are compared in whole numbers. */
const CLOSE = 1e-11

/** One conditional distribution, reused; what lies outside [firstKept, lastKept] is negligible. */
let weights = new Float64Array(256)
let firstKept = 0
let lastKept = 0
/** The observed P value in the units of the weights. */
let limit = 1
/** What the weights have to be divided by. */
let unit = 1

/**
 * Shares of Boschloo's region: the tables whose P value in Fisher's test is no larger than the observed one.
 *
 * @param samples - the observed samples
 * @param logP - natural logarithm of the observed P value of Fisher's test
 * @param twoSided - order by the two-sided P value (by probability); otherwise by P(X₁ ≤ x₁), the alternative `less`
 */
export function boschlooShares(samples: TwoSamples, logP: number, twoSided: boolean): RejectionShares {
  const { x1, n1, x2, n2 } = samples
  const n = n1 + n2
  const shares = new Float64Array(n + 1)
  const tiny = logP < -500
  const p = tiny ? 0 : Math.exp(logP)
  if (weights.length <= n1) weights = new Float64Array(n1 + 1)
  const comparison = new ExactComparison(samples, twoSided)
  // Near 1 it is the complement that tells P values apart.
  const complement = !twoSided && p > 0.5 && x1 < n1 && x2 > 0 ? fisherPValue(x1 + 1, n1 - x1 - 1, x2 - 1, n2 - x2 + 1, 'greater') : 0
  if (p === 1 && complement === 0) return { shares: shares.fill(1), logScale: 0 }
  for (let s = 0; s <= n; s++) {
    if (tiny) fillTails(n1, n2, s, logP)
    else fillFromPeak(n1, n2, s, complement > 0 ? complement : p, p)
    const part = twoSided
      ? shareByProbability(s, comparison)
      : complement > 0
        ? shareByComplement(s, complement, comparison)
        : shareOfLowerTail(s, comparison)
    shares[s] = part / unit
  }
  return { shares, logScale: tiny ? logP : 0 }
}

/** All weights that matter to a P value, relative to the largest. */
function fillFromPeak(n1: number, n2: number, s: number, smallest: number, p: number): void {
  const first = Math.max(0, s - n2)
  const last = Math.min(s, n1)
  const mode = Math.min(last, Math.max(first, Math.floor(((n1 + 1) * (s + 1)) / (n1 + n2 + 2))))
  const rest = n2 - s
  const floor = NEGLIGIBLE * 0.01 * smallest
  let weight = 1
  let total = 0
  let x = mode
  for (; ; x++) {
    weights[x] = weight
    total += weight
    if (x === last || weight < floor) break
    weight *= ((n1 - x) * (s - x)) / ((x + 1) * (rest + x + 1))
  }
  lastKept = x
  weight = 1
  for (x = mode; x > first && weight >= floor;) {
    weight *= (x * (rest + x)) / ((n1 - x + 1) * (s - x + 1))
    x--
    weights[x] = weight
    total += weight
  }
  firstKept = x
  unit = total
  limit = p * total
}

/** For P values that would underflow: the tails only, in units of the P value; a weight above 1 ends each. */
function fillTails(n1: number, n2: number, s: number, logP: number): void {
  const first = Math.max(0, s - n2)
  const last = Math.min(s, n1)
  const rest = n2 - s
  const height = (x: number): number => logTableProbability(x, n1 - x, s - x, rest + x) - logP
  unit = 1
  limit = 1
  firstKept = first
  lastKept = last
  if (first === last) {
    weights[first] = 2
    return
  }
  const mode = Math.min(last, Math.max(first, Math.floor(((n1 + 1) * (s + 1)) / (n1 + n2 + 2))))
  firstKept = outermost(height, first, mode)
  let weight = Math.exp(height(firstKept))
  for (let x = firstKept; ; x++) {
    weights[x] = weight
    if (weight > 2 || x === last) break
    weight *= ((n1 - x) * (s - x)) / ((x + 1) * (rest + x + 1))
  }
  lastKept = outermost(height, last, mode)
  weight = Math.exp(height(lastKept))
  for (let x = lastKept; ; x--) {
    weights[x] = weight
    if (weight > 2 || x === first) break
    weight *= (x * (rest + x)) / ((n1 - x + 1) * (s - x + 1))
  }
}

/** The point farthest from the mode whose log weight is above −60. */
function outermost(height: (x: number) => number, end: number, mode: number): number {
  let [outside, inside] = [end, mode]
  if (height(end) > -60) return end
  while (Math.abs(inside - outside) > 1) {
    const middle = Math.floor((inside + outside) / 2)
    if (height(middle) > -60) inside = middle
    else outside = middle
  }
  return inside
}

function shareOfLowerTail(s: number, comparison: ExactComparison): number {
  let sum = 0
  for (let x = firstKept; x <= lastKept; x++) {
    const next = sum + (weights[x] as number)
    if (next > limit * (1 - CLOSE) && (next > limit * (1 + CLOSE) || !comparison.noLarger(x, s))) break
    sum = next
  }
  return sum
}

/** The same where the observed P value is large: by its complement P(X₁ > x₁), which keeps digits near 1. */
function shareByComplement(s: number, complement: number, comparison: ExactComparison): number {
  const least = complement * unit
  let above = 0
  for (let x = lastKept; x >= firstKept; x--) {
    // x is in the region if P(X₁ > x) is at least the observed complement.
    if (above > least * (1 - CLOSE) && (above > least * (1 + CLOSE) || comparison.noLarger(x, s))) break
    above += weights[x] as number
  }
  return Math.max(0, unit - above)
}

function shareByProbability(s: number, comparison: ExactComparison): number {
  let sum = 0
  let i = firstKept
  let j = lastKept
  while (i <= j) {
    const left = weights[i] as number
    const right = weights[j] as number
    const fromLeft = left <= right
    const weight = fromLeft ? left : right
    // The P value of this table: everything before it, itself, and what is tied with it.
    let p = sum
    const tied = weight * TIE
    let k = i
    for (; k <= j && (weights[k] as number) <= tied; k++) p += weights[k] as number
    for (let l = j; l >= k && (weights[l] as number) <= tied; l--) p += weights[l] as number
    if (p > limit * (1 - CLOSE) && (p > limit * (1 + CLOSE) || !comparison.noLarger(fromLeft ? i : j, s))) break
    sum += weight
    if (fromLeft) i++
    else j--
  }
  return sum
}

/** Compares P values of Fisher's test as fractions of whole numbers. */
class ExactComparison {
  readonly #samples: TwoSamples
  readonly #twoSided: boolean
  #observed: readonly [bigint, bigint] | undefined

  constructor(samples: TwoSamples, twoSided: boolean) {
    this.#samples = samples
    this.#twoSided = twoSided
  }

  /** Whether the P value of (x, s − x) is at most the observed one. */
  noLarger(x: number, s: number): boolean {
    const { x1, n1, x2, n2 } = this.#samples
    const s0 = x1 + x2
    // Tables that are the observed one with groups or outcomes exchanged need no arithmetic.
    const opposite = s === n1 + n2 - s0
    if (s === s0 && (x === x1 || (this.#twoSided && n1 === n2 && x === x2))) return true
    if (this.#twoSided ? opposite && (x === n1 - x1 || (n1 === n2 && x === n1 - x2)) : opposite && n1 === n2 && x === n1 - x2) return true
    this.#observed ??= this.#fraction(x1, s0)
    const [part, total] = this.#fraction(x, s)
    return part * this.#observed[1] <= this.#observed[0] * total
  }

  #fraction(x: number, s: number): readonly [bigint, bigint] {
    const { n1, n2 } = this.#samples
    const first = Math.max(0, s - n2)
    const last = Math.min(s, n1)
    const all: bigint[] = []
    let weight = binomialCoefficient(n1, first) * binomialCoefficient(n2, s - first)
    let total = 0n
    for (let i = first; i <= last; i++) {
      all.push(weight)
      total += weight
      weight = (weight * BigInt((n1 - i) * (s - i))) / BigInt((i + 1) * (n2 - s + i + 1))
    }
    let part = 0n
    if (this.#twoSided) {
      const highest = (all[x - first] as bigint) * 10000001n
      for (const w of all) if (w * 10000000n <= highest) part += w
    } else for (let i = first; i <= x; i++) part += all[i - first] as bigint
    return [part, total]
  }
}

function binomialCoefficient(n: number, k: number): bigint {
  let value = 1n
  for (let i = 1; i <= Math.min(k, n - k); i++) value = (value * BigInt(n - i + 1)) / BigInt(i)
  return value
}
