import type { Alternative } from '../confidence-interval.ts'
import { StatsError } from '../errors.ts'
import { hypergeometricProbability } from '../distributions/hypergeometric.ts'
import { maximumOverNuisance } from './nuisance-supremum.ts'
import type { RejectionShares } from './rejection-shares.ts'
import type { TwoSamples } from './two-samples.ts'

/** Tables up to which the construction stays quick. */
const LARGEST = 10_000

/** Maxima closer than this (relatively) are a tie, and all tied tables join. */
const TIED = 1e-9

/**
 * Barnard's region: starting from the most extreme table, the table joins that keeps the largest rejection probability
 * over π smallest (minimum), among those whose neighbours towards the corner are in already (convexity); two-sided, each
 * joins with its opposite (n₁ − x₁, n₂ − x₂) (symmetry). It ends when the observed table has joined.
 */
export function csmShares(samples: TwoSamples, alternative: Alternative): RejectionShares {
  const swap = alternative === 'less'
  const n1 = swap ? samples.n2 : samples.n1
  const n2 = swap ? samples.n1 : samples.n2
  let x1 = swap ? samples.x2 : samples.x1
  let x2 = swap ? samples.x1 : samples.x2
  if (n1 * n2 > LARGEST) throw new StatsError('too-large', `groups of ${n1} and ${n2} are too large for the ordering csm`)
  const twoSided = alternative === 'two-sided'
  const n = n1 + n2
  if (twoSided && x1 * n2 < x2 * n1) [x1, x2] = [n1 - x1, n2 - x2]

  const shares = new Float64Array(n + 1)
  // Two-sided, equal proportions are the least extreme tables of all.
  if (twoSided && x1 * n2 === x2 * n1) return { shares: shares.fill(1), logScale: 0 }

  const joined = new Uint8Array((n1 + 1) * (n2 + 1))
  const isJoined = (i: number, j: number): boolean => i > n1 || j < 0 || joined[i * (n2 + 1) + j] === 1
  const grid = binomialGrid(n)
  const points = grid.length / (n + 1)
  const heights = new Float64Array(points)

  const add = (target: Float64Array, i: number, j: number): void => {
    const share = hypergeometricProbability(i, n1, n2, i + j)
    target[i + j] = (target[i + j] as number) + share
    if (twoSided) target[n - i - j] = (target[n - i - j] as number) + share
  }
  const join = (i: number, j: number): void => {
    joined[i * (n2 + 1) + j] = 1
    add(shares, i, j)
    const share = hypergeometricProbability(i, n1, n2, i + j)
    for (let g = 0; g < points; g++) {
      const row = g * (n + 1)
      const both = (grid[row + i + j] as number) + (twoSided ? (grid[row + n - i - j] as number) : 0)
      heights[g] = (heights[g] as number) + share * both
    }
  }
  const highest = (i: number, j: number): number => {
    const share = hypergeometricProbability(i, n1, n2, i + j)
    let most = 0
    for (let g = 0; g < points; g++) {
      const row = g * (n + 1)
      const both = (grid[row + i + j] as number) + (twoSided ? (grid[row + n - i - j] as number) : 0)
      most = Math.max(most, (heights[g] as number) + share * both)
    }
    return most
  }
  const trial = new Float64Array(n + 1)
  const refined = (i: number, j: number): number => {
    trial.set(shares)
    add(trial, i, j)
    return maximumOverNuisance(trial)
  }

  while (!isJoined(x1, x2)) {
    const candidates: { i: number; j: number; peak: number }[] = []
    let lowest = Infinity
    for (let i = n1; i >= 0; i--) {
      // The first table of the row that is not in yet.
      let j = 0
      while (j <= n2 && isJoined(i, j)) j++
      if (j > n2 || !isJoined(i + 1, j) || (twoSided && i * n2 <= j * n1)) continue
      const peak = highest(i, j)
      candidates.push({ i, j, peak })
      if (peak < lowest) lowest = peak
    }
    // The grid misses a maximum by less than this; what could still be smallest is looked at closely.
    const close = candidates.filter(({ peak }) => peak <= lowest * 1.005)
    if (close.length > 1) for (const candidate of close) candidate.peak = refined(candidate.i, candidate.j)
    const smallest = Math.min(...close.map(({ peak }) => peak))
    for (const { i, j, peak } of close) if (peak <= smallest * (1 + TIED)) join(i, j)
  }
  for (let s = 0; s <= n; s++) shares[s] = Math.min(1, shares[s] as number)
  return { shares, logScale: 0 }
}

/** Binomial probabilities of 0 … n on a grid of π with equal steps in the arcsine scale, a fifth of a standard deviation each. */
function binomialGrid(n: number): Float64Array {
  const points = Math.ceil(16 * Math.sqrt(n)) + 1
  const grid = new Float64Array(points * (n + 1))
  for (let g = 0; g < points; g++) {
    const p = Math.sin((Math.PI / 2) * (g / (points - 1))) ** 2
    const row = g * (n + 1)
    if (g === 0 || g === points - 1) {
      grid[row + (g === 0 ? 0 : n)] = 1
      continue
    }
    const mode = Math.floor((n + 1) * p)
    grid[row + mode] = 1
    let total = 1
    for (let s = mode; s < n; s++) {
      const next = ((grid[row + s] as number) * p * (n - s)) / ((1 - p) * (s + 1))
      grid[row + s + 1] = next
      total += next
    }
    for (let s = mode; s > 0; s--) {
      const next = ((grid[row + s] as number) * (1 - p) * s) / (p * (n - s + 1))
      grid[row + s - 1] = next
      total += next
    }
    for (let s = 0; s <= n; s++) grid[row + s] = (grid[row + s] as number) / total
  }
  return grid
}
