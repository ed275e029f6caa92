import { logFactorial } from '../../numerics/index.ts'

/** What the probabilities of whole columns are made of. */
export interface BinomialTable {
  /** ln 0!, ln 1! … ln n!. */
  readonly logFactorials: Float64Array
  /** C(u, x) at u (u + 1) / 2 + x, or `null` where products of them would overflow and logarithms serve instead. */
  readonly binomials: Float64Array | null
}

/** Products of binomial coefficients whose upper numbers add up to n stay below 2ⁿ. */
const largestPower = 1000

/**
 * Logarithms of factorials up to the total, and binomial coefficients up to the largest row.
 *
 * @param total - sum of all counts
 * @param largest - largest upper number needed
 */
export function binomialTable(total: number, largest: number): BinomialTable {
  const logFactorials = new Float64Array(total + 1)
  for (let i = 2; i <= total; i++) logFactorials[i] = logFactorial(i)
  if (total > largestPower) return { logFactorials, binomials: null }
  const binomials = new Float64Array(((largest + 1) * (largest + 2)) / 2)
  binomials[0] = 1
  for (let u = 1; u <= largest; u++) {
    const row = (u * (u + 1)) / 2
    const above = row - u
    binomials[row] = 1
    binomials[row + u] = 1
    for (let x = 1; x < u; x++) binomials[row + x] = (binomials[above + x - 1] as number) + (binomials[above + x] as number)
  }
  return { logFactorials, binomials }
}

/** C(n, k) as a double; n ≤ 1,000. */
export function binomialCoefficient(n: number, k: number): number {
  const small = Math.min(k, n - k)
  let product = 1
  for (let i = 1; i <= small; i++) product *= (n - small + i) / i
  return product
}
