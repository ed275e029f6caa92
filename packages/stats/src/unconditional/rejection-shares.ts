import { logTableProbability, upwardSum, shiftUnderIndependence, NEGLIGIBLE } from '../conditional/two-by-two-weights.ts'

/*
 * For every total s = x₁ + x₂ the probability, given s, that x₁ falls in the rejection region: the coefficients of the
 * rejection probability in Bernstein form. Given s, x₁ is hypergeometric whatever the nuisance parameter.
 */

/** Shares of rejection given each total, all divided by e^`logScale` so that the smallest P values do not underflow. */
export interface RejectionShares {
  /** N + 1 shares. */
  readonly shares: Float64Array
  /** Natural logarithm of their common factor. */
  readonly logScale: number
}

/**
 * Shares of a region that for every total s holds the tables with x₁ ≤ low(s) and those with x₁ ≥ high(s).
 *
 * @param low - −1 or less for none
 * @param high - n₁ + 1 or more for none
 */
export function sharesOfTails(n1: number, n2: number, low: ArrayLike<number>, high: ArrayLike<number>): RejectionShares {
  const n = n1 + n2
  const shares = new Float64Array(n + 1)
  let largest = 0
  for (let s = 0; s <= n; s++) {
    const share = tailShare(n1, n2, s, low[s] as number, high[s] as number)
    shares[s] = share
    if (share > largest) largest = share
  }
  if (largest > 1e-250) return { shares, logScale: 0 }
  let logScale = -Infinity
  for (let s = 0; s <= n; s++) {
    const share = logTailShare(n1, n2, s, low[s] as number, high[s] as number)
    shares[s] = share
    if (share > logScale) logScale = share
  }
  for (let s = 0; s <= n; s++) shares[s] = logScale === -Infinity ? 0 : Math.exp((shares[s] as number) - logScale)
  return { shares, logScale: logScale === -Infinity ? 0 : logScale }
}

function tailShare(n1: number, n2: number, s: number, low: number, high: number): number {
  const first = Math.max(0, s - n2)
  const last = Math.min(s, n1)
  if (low >= last || high <= first || low >= high - 1) return 1
  const mode = Math.min(last, Math.max(first, Math.floor(((n1 + 1) * (s + 1)) / (n1 + n2 + 2))))
  const rest = n2 - s
  let total = 0
  let lower = 0
  let upper = 0
  let weight = 1
  for (let x = mode; ; x++) {
    total += weight
    if (x >= high) upper += weight
    if (x <= low) lower += weight
    if (x === last || weight === 0 || (weight < NEGLIGIBLE * total && (high > last || weight < NEGLIGIBLE * upper))) break
    weight *= ((n1 - x) * (s - x)) / ((x + 1) * (rest + x + 1))
  }
  weight = 1
  for (let x = mode; x > first;) {
    weight *= (x * (rest + x)) / ((n1 - x + 1) * (s - x + 1))
    x--
    total += weight
    if (x >= high) upper += weight
    if (x <= low) lower += weight
    if (weight === 0 || (weight < NEGLIGIBLE * total && (low < first || weight < NEGLIGIBLE * lower))) break
  }
  return (lower + upper) / total
}

function logTailShare(n1: number, n2: number, s: number, low: number, high: number): number {
  const first = Math.max(0, s - n2)
  const last = Math.min(s, n1)
  if (low >= last || high <= first || low >= high - 1) return 0
  // The upper tail from x₁ = high, and the lower one as the upper tail of the other group.
  const upper = high <= last ? logUpperTail(high, n1 - high, s - high, n2 - s + high) : -Infinity
  const lower = low >= first ? logUpperTail(s - low, n2 - s + low, low, n1 - low) : -Infinity
  const larger = Math.max(upper, lower)
  return larger === -Infinity ? larger : larger + Math.log1p(Math.exp(Math.min(upper, lower) - larger))
}

/** log P(first cell ≥ a) given the margins. */
function logUpperTail(a: number, b: number, c: number, d: number): number {
  if (b === 0 && d === 0) return 0
  const shift = shiftUnderIndependence(a, b, c, d)
  // At or below the mode the tail is too large for this to be called: see the caller's threshold.
  return shift > 0 ? logTableProbability(a, b, c, d, shift) + Math.log(upwardSum(a, b, c, d, shift)) : 0
}

/** Shares of any region, asked table by table. */
export function sharesOfMembers(n1: number, n2: number, isMember: (x1: number, x2: number) => boolean): RejectionShares {
  const n = n1 + n2
  const shares = new Float64Array(n + 1)
  let largest = 0
  for (let s = 0; s <= n; s++) {
    const first = Math.max(0, s - n2)
    const last = Math.min(s, n1)
    const mode = Math.min(last, Math.max(first, Math.floor(((n1 + 1) * (s + 1)) / (n + 2))))
    const rest = n2 - s
    let total = 0
    let inside = 0
    let weight = 1
    for (let x = mode; ; x++) {
      total += weight
      if (isMember(x, s - x)) inside += weight
      if (x === last || weight === 0) break
      weight *= ((n1 - x) * (s - x)) / ((x + 1) * (rest + x + 1))
    }
    weight = 1
    for (let x = mode; x > first && weight > 0;) {
      weight *= (x * (rest + x)) / ((n1 - x + 1) * (s - x + 1))
      x--
      total += weight
      if (isMember(x, s - x)) inside += weight
    }
    const share = inside / total
    shares[s] = share
    if (share > largest) largest = share
  }
  if (largest > 1e-250) return { shares, logScale: 0 }
  const logs = new Float64Array(n1 + 1)
  let logScale = -Infinity
  for (let s = 0; s <= n; s++) {
    let most = -Infinity
    for (let x = Math.max(0, s - n2); x <= Math.min(s, n1); x++) {
      logs[x] = isMember(x, s - x) ? logTableProbability(x, n1 - x, s - x, n2 - s + x) : -Infinity
      if ((logs[x] as number) > most) most = logs[x] as number
    }
    let sum = 0
    for (let x = Math.max(0, s - n2); x <= Math.min(s, n1); x++) sum += most > -Infinity ? Math.exp((logs[x] as number) - most) : 0
    shares[s] = most + Math.log(sum)
    if (most > -Infinity && (shares[s] as number) > logScale) logScale = shares[s] as number
  }
  for (let s = 0; s <= n; s++) shares[s] = Number.isFinite(shares[s]) ? Math.exp((shares[s] as number) - logScale) : 0
  return { shares, logScale: logScale === -Infinity ? 0 : logScale }
}
