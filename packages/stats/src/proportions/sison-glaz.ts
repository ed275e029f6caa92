import { firstWhere } from '../distributions/discrete-quantile.ts'
import { gammaTail, poissonTerm } from '../distributions/incomplete-gamma.ts'
import { normalDensity } from '../distributions/normal.ts'
import { stirlingError } from '../numerics/gamma-function.ts'

/** How the probability that all counts fall within reach is found. */
export type SisonGlazCoverage =
  /** Edgeworth approximation of the sum of truncated Poisson variables, as published. */
  | 'edgeworth'
  /** Convolution of truncated Poisson variables: no approximation. */
  | 'exact'

/**
 * The largest c for which all counts stay within c of the observed ones with at most the probability `level`, and how far
 * towards c + 1 the level lies.
 *
 * @param counts - one a category
 * @param total - their sum, above 0
 * @param level - probability asked for
 * @param coverage - how it is found
 */
export function sisonGlazReach(
  counts: readonly number[],
  total: number,
  level: number,
  coverage: SisonGlazCoverage,
): { readonly reach: number; readonly fraction: number } {
  const probability = coverage === 'edgeworth' ? edgeworthProbability : exactProbability
  // The probability of no difference at all counts as 0, so that every interval has some length.
  const spread = Math.sqrt(Math.max(...counts.map((count) => count * (1 - count / total))))
  const next = firstWhere(1, total, 2.2 * spread, (c) => probability(counts, total, c) > level)
  const reach = next - 1
  const below = reach === 0 ? 0 : probability(counts, total, reach)
  return { reach, fraction: Math.min(1, (level - below) / (probability(counts, total, next) - below)) }
}

// Multinomial counts are Poisson counts given their sum: divide by P(sum = total) = e^(−n) nⁿ / n!.
function poissonOfTotal(total: number): number {
  return Math.exp(-stirlingError(total)) / Math.sqrt(6.283185307179586 * total)
}

function edgeworthProbability(counts: readonly number[], total: number, reach: number): number {
  let product = 1
  let mean = 0
  let variance = 0
  let third = 0
  let fourth = 0
  for (const count of counts) {
    // A Poisson variable of mean 0 is always 0: probability 1, no moments.
    if (count === 0) continue
    const low = Math.max(count - reach, 0)
    // As published, even where it lies above the total, which no count can reach: R and statsmodels do the same.
    const high = count + reach
    const within = 1 - (low === 0 ? 0 : gammaTail(low, count, true, false)) - gammaTail(high + 1, count, false, false)
    product *= within
    // Factorial moments of the truncated variable differ from powers of the mean by the terms next to the cuts.
    let beyondLow = 0
    let withinHigh = 0
    let power = 1
    const f: [number, number, number, number] = [0, 0, 0, 0]
    for (let r = 1; r <= 4; r++) {
      beyondLow += poisson(low - r, count)
      withinHigh += poisson(high - r + 1, count)
      power *= count
      f[r - 1] = power * (1 + (beyondLow - withinHigh) / within)
    }
    const [f1, f2, f3, f4] = f
    const centralSecond = f2 + f1 - f1 * f1
    mean += f1 - count
    variance += centralSecond
    third += f3 + f2 * (3 - 3 * f1) + f1 * (1 - f1 * (3 - 2 * f1))
    fourth += f4 + f3 * (6 - 4 * f1) + f2 * (7 + f1 * (6 * f1 - 12)) + f1 * (1 - f1 * (4 - f1 * (6 - 3 * f1))) - 3 * centralSecond ** 2
  }
  if (!(variance > 0)) return 1
  const sd = Math.sqrt(variance)
  const skewness = third / (variance * sd)
  const kurtosis = fourth / (variance * variance)
  const z = -mean / sd
  const square = z * z
  const correction =
    1 +
    (skewness * z * (square - 3)) / 6 +
    (kurtosis * (square * (square - 6) + 3)) / 24 +
    (skewness * skewness * (square * (square * (square - 15) + 45) - 15)) / 72
  return (product * correction * normalDensity(z)) / sd / poissonOfTotal(total)
}

function poisson(k: number, mean: number): number {
  if (k < 0) return 0
  return k === 0 ? Math.exp(-mean) : poissonTerm(k, mean)
}

function exactProbability(counts: readonly number[], total: number, reach: number): number {
  let sums = new Float64Array([1])
  let lowest = 0
  for (const count of counts) {
    const low = Math.max(count - reach, 0)
    const width = Math.min(count + reach, total) - low + 1
    const next = new Float64Array(sums.length + (count === 0 ? 0 : width - 1))
    lowest += low
    let weight = count === 0 ? 1 : poisson(low, count)
    for (let k = 0; k < (count === 0 ? 1 : width); k++) {
      for (let i = 0; i < sums.length; i++) next[i + k] = (next[i + k] as number) + weight * (sums[i] as number)
      weight *= count / (low + k + 1)
    }
    sums = next
  }
  return (sums[total - lowest] ?? 0) / poissonOfTotal(total)
}
