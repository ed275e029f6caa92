/** The largest value of a rejection probability over the nuisance parameter. */
export interface NuisanceSupremum {
  /** The largest value found; the probability takes it at `nuisance`. */
  readonly value: number
  /** No value of the nuisance parameter gives more than this, rounding included. */
  readonly upperBound: number
  /** Where the largest value was found, within [0, 1]. */
  readonly nuisance: number
}

/** Relative rounding error of an evaluation, generously; part of the certified bound. */
const ROUNDING = 1e-13

/** Weights below this share of the largest are left out. */
const LEFT_OUT = 1e-20

/** A polynomial in Bernstein form and what the search for its maximum keeps. */
interface Search {
  readonly shares: Float64Array
  /** Second differences of the shares, N − 1 of them. */
  readonly bends: Float64Array
  /** (N − s) / (s + 1): how binomial weights grow with s, but for the odds; then the inverse, and both for N − 2. */
  readonly up: Float64Array
  readonly down: Float64Array
  readonly bendUp: Float64Array
  readonly bendDown: Float64Array
  best: number
  nuisance: number
  /** What the weights left out may amount to: of account only where all shares that matter lie far from the range of π. */
  readonly leftOut: number
  /** The largest bound of an interval that could not be settled. */
  unsettled: number
}

/** What the last evaluation left behind. */
let height = 0
let slope = 0

/**
 * The supremum over π of P(π) = Σₛ Binomial(s; N, π) · shareₛ, certified.
 *
 * P is a polynomial in Bernstein form. Each interval of π gets the bound P(m) + max of P′(m) δ + ½ B δ², |δ| ≤ r, where
 * B bounds P″ all over the interval: P″ is the binomial mean of the shares' second differences, and over a short interval
 * every binomial weight stays between known multiples of its value at the middle. Intervals whose bound exceeds the
 * largest value found are halved until none is left.
 *
 * @param shares - N + 1 probabilities of rejection given the total s, N ≥ 2
 * @param from - lower end of the range of π
 * @param to - upper end
 */
export function supremumOverNuisance(shares: Float64Array, from = 0, to = 1): NuisanceSupremum {
  if (isZero(shares)) return { value: 0, upperBound: 0, nuisance: from }
  // A region that does not change with the naming of outcomes has P(π) = P(1 − π): half the range will do.
  const half = from === 0 && to === 1 ? symmetrized(shares) : null
  if (half !== null) return supremumOverNuisance(half, 0, 0.5)
  const search = newSearch(shares)
  const { edges, heights, slopes } = locate(search, from, to)
  const pieces = heights.length

  // Around the maximum itself one interval with the maximum in its middle settles the matter, if P is concave there.
  const peak = search.nuisance
  consider(search, peak)
  const peakSlope = slope
  let safeFrom = peak
  let safeTo = peak
  for (let radius = 1 / (16 * Math.sqrt(shares.length)), i = 0; i < 12; i++, radius /= 2) {
    const low = Math.max(from, peak - radius)
    const high = Math.min(to, peak + radius)
    if (isSettled(search, bound(search, low, peak, high, search.best, peakSlope))) {
      safeFrom = low
      safeTo = high
      break
    }
  }
  for (let i = 0; i < pieces; i++) {
    const low = edges[2 * i] as number
    const middle = edges[2 * i + 1] as number
    const high = edges[2 * i + 2] as number
    if (high <= safeFrom || low >= safeTo) {
      if (isSettled(search, bound(search, low, middle, high, heights[i] as number, slopes[i] as number))) continue
      settle(search, low, middle, 40)
      settle(search, middle, high, 40)
    } else {
      if (low < safeFrom) settle(search, low, safeFrom, 40)
      if (high > safeTo) settle(search, safeTo, high, 40)
    }
  }
  const { best, leftOut, nuisance, unsettled } = search
  return { value: best, upperBound: Math.max(best, unsettled) * (1 + 2 * ROUNDING) + 2 * leftOut, nuisance }
}

/** The largest value over [0, 1] as found on a grid and polished; not certified. */
export function maximumOverNuisance(shares: Float64Array): number {
  if (isZero(shares)) return 0
  const search = newSearch(shares)
  locate(search, 0, 1)
  return search.best
}

/** Whether P exceeds a value at one of a few points of a range; `false` decides nothing. */
export function clearlyExceeds(shares: Float64Array, value: number, from: number, to: number): boolean {
  const search = newSearch(shares)
  for (let i = 0; i <= 8; i++) {
    consider(search, from + ((to - from) * i) / 8)
    if (search.best > value) return true
  }
  return false
}

/** What P is proven not to exceed in an interval with 0 < low < high < 1, by one look at its middle: what the certificate consists of. */
export function boundWithin(shares: Float64Array, low: number, high: number): number {
  const search = newSearch(shares)
  const middle = low + (high - low) / 2
  consider(search, middle)
  return bound(search, low, middle, high, height, slope)
}

function isZero(shares: Float64Array): boolean {
  for (const share of shares) if (share > 0) return false
  return true
}

/** The shares averaged with their mirror image, if they differ from it by rounding only. */
function symmetrized(shares: Float64Array): Float64Array | null {
  const n = shares.length - 1
  for (let s = 0; 2 * s < n; s++) {
    const [one, other] = [shares[s] as number, shares[n - s] as number]
    if (Math.abs(one - other) > 1e-13 * (one + other)) return null
  }
  return shares.map((share, s) => (share + (shares[n - s] as number)) / 2)
}

function newSearch(shares: Float64Array): Search {
  const n = shares.length - 1
  const bends = new Float64Array(n - 1)
  for (let s = 0; s < bends.length; s++) {
    bends[s] = (shares[s + 2] as number) - 2 * (shares[s + 1] as number) + (shares[s] as number)
  }
  const [up, down, bendUp, bendDown] = [new Float64Array(n), new Float64Array(n), new Float64Array(n - 2), new Float64Array(n - 2)]
  for (let s = 0; s < n; s++) {
    up[s] = (n - s) / (s + 1)
    down[s] = (s + 1) / (n - s)
  }
  for (let s = 0; s < n - 2; s++) {
    bendUp[s] = (n - 2 - s) / (s + 1)
    bendDown[s] = (s + 1) / (n - 2 - s)
  }
  const leftOut = LEFT_OUT * shares.reduce((sum, share) => sum + share, 0)
  return { shares, bends, up, down, bendUp, bendDown, best: -1, nuisance: 0, leftOut, unsettled: 0 }
}

/** Looks for the maximum on a grid, and climbs every promising peak; returns the pieces it cut the range into. */
function locate(search: Search, from: number, to: number) {
  // In the arcsine scale the binomial has the same spread everywhere: steps of a quarter of it.
  const lowest = Math.asin(Math.sqrt(from))
  const highest = Math.asin(Math.sqrt(to))
  const pieces = Math.max(1, Math.ceil((highest - lowest) * 8 * Math.sqrt(search.shares.length)))
  const edges = new Float64Array(2 * pieces + 1)
  const heights = new Float64Array(pieces)
  const slopes = new Float64Array(pieces)
  consider(search, from)
  consider(search, to)
  for (let i = 0; i <= 2 * pieces; i++) {
    const p = Math.sin(lowest + ((highest - lowest) * i) / (2 * pieces)) ** 2
    edges[i] = i === 0 ? from : i === 2 * pieces ? to : p
  }
  for (let i = 0; i < pieces; i++) {
    consider(search, edges[2 * i + 1] as number)
    heights[i] = height
    slopes[i] = slope
  }
  const promising = search.best * 0.98
  for (let i = 0; i < pieces; i++) {
    const h = heights[i] as number
    if (h < promising || h < (heights[i - 1] ?? 0) || h < (heights[i + 1] ?? 0)) continue
    climb(search, edges[Math.max(0, 2 * i - 1)] as number, edges[Math.min(2 * pieces, 2 * i + 3)] as number)
  }
  return { edges, heights, slopes }
}

/** Keeps the larger of the best value and that at p; leaves the latter in {@link height}. */
function consider(search: Search, p: number): void {
  evaluate(search.shares, search.up, search.down, p)
  if (height > search.best) {
    search.best = height
    search.nuisance = p
  }
}

function isSettled(search: Search, limit: number): boolean {
  return limit <= search.best * (1 + ROUNDING) + search.leftOut
}

/** Halves an interval until P is proven not to exceed the best value in any part. */
function settle(search: Search, low: number, high: number, depth: number): void {
  const middle = low + (high - low) / 2
  consider(search, middle)
  const limit = bound(search, low, middle, high, height, slope)
  if (isSettled(search, limit)) return
  if (depth === 0 || !(middle > low && middle < high)) {
    search.unsettled = Math.max(search.unsettled, limit)
    return
  }
  settle(search, low, middle, depth - 1)
  settle(search, middle, high, depth - 1)
}

/** Newton-like steps to the root of P′ in a bracket around a local maximum. */
function climb(search: Search, low: number, high: number): void {
  let a = low
  let b = high
  consider(search, a)
  let fa = slope
  consider(search, b)
  let fb = slope
  if (!(fa > 0 && fb < 0)) return
  // Regula falsi with the weights of Anderson and Björck: superlinear, and never leaves the bracket.
  for (let i = 0; i < 60; i++) {
    const p = a + ((b - a) * fa) / (fa - fb)
    if (!(p > a && p < b)) return
    consider(search, p)
    const f = slope
    // At a distance δ the value falls by half of P″ δ², P″ about the change of the slope over the bracket.
    if ((f * f * (b - a)) / (fa - fb) < 1e-16 * search.best) return
    if (f > 0) {
      const m = 1 - f / fa
      fb *= m > 0 ? m : 0.5
      a = p
      fa = f
    } else {
      const m = 1 - f / fb
      fa *= m > 0 ? m : 0.5
      b = p
      fb = f
    }
  }
}

/** Leaves P in {@link height} and P′ in {@link slope}. */
function evaluate(shares: Float64Array, up: Float64Array, down: Float64Array, p: number): void {
  const n = up.length
  const q = 1 - p
  if (p <= 0 || q <= 0) {
    const end = p <= 0 ? 0 : n
    height = shares[end] as number
    slope = n * ((shares[Math.abs(end - 1)] as number) - height) * (p <= 0 ? 1 : -1)
    return
  }
  const odds = p / q
  const inverse = q / p
  const mean = n * p
  const mode = Math.min(n, Math.floor((n + 1) * p))
  let weight = 1
  let total = 1
  let sum = shares[mode] as number
  let moment = sum * (mode - mean)
  for (let s = mode; s < n && weight > LEFT_OUT;) {
    weight *= odds * (up[s++] as number)
    const part = weight * (shares[s] as number)
    total += weight
    sum += part
    moment += part * (s - mean)
  }
  weight = 1
  for (let s = mode; s > 0 && weight > LEFT_OUT;) {
    weight *= inverse * (down[--s] as number)
    const part = weight * (shares[s] as number)
    total += weight
    sum += part
    moment += part * (s - mean)
  }
  height = sum / total
  slope = moment / total / (p * q)
}

/** What P cannot exceed in [low, high], given its value and slope at an inner point p. */
function bound(search: Search, low: number, p: number, high: number, atP: number, slopeAtP: number): number {
  const bend = largestBend(search, low, p, high)
  const radius = Math.max(high - p, p - low)
  const steep = Math.abs(slopeAtP)
  if (bend < 0 && steep < -bend * radius) return atP - (steep * steep) / (2 * bend)
  return atP + steep * radius + (bend * radius * radius) / 2
}

/**
 * An upper bound of P″ over [low, high]: the second differences weighted binomially at p, their positive parts times the
 * most, their negative parts times the least that the weight takes in the interval. Over a total s outside
 * [low, high] · (N − 2) the weight is monotone in π, and its extremes are at the ends.
 */
function largestBend(search: Search, low: number, p: number, high: number): number {
  const { bends, bendUp, bendDown } = search
  const m = bendUp.length
  const q = 1 - p
  const odds = p / q
  const inverse = q / p
  const mode = Math.min(m, Math.floor((m + 1) * p))
  // The weight at either end over that at p is (end / p)ˢ ((1 − end) / q)ᴹ⁻ˢ.
  const oddsLow = low / (1 - low)
  const oddsHigh = high < 1 ? high / (1 - high) : 0
  const startLow = low > 0 ? Math.exp(logFactor(low, p, mode, m)) : 0
  const startHigh = high < 1 ? Math.exp(logFactor(high, p, mode, m)) : 0

  let total = 0
  let sum = 0
  let weight = 1
  let atLow = startLow
  let atHigh = startHigh
  let s = mode
  // Totals whose weight peaks inside the interval.
  for (; s <= m && s <= m * high; s++) {
    total += weight
    sum += peakedPart(bends[s] as number, s, m, p, low, high, weight, atLow, atHigh)
    const r = bendUp[s] as number
    weight *= odds * r
    atLow *= oddsLow * r
    atHigh *= oddsHigh * r
  }
  for (; s <= m && weight > LEFT_OUT; s++) {
    const bend = bends[s] as number
    total += weight
    sum += bend * (bend > 0 ? atHigh : atLow)
    const r = bendUp[s] as number
    weight *= odds * r
    atLow *= oddsLow * r
    atHigh *= oddsHigh * r
  }
  // Below the mode; 0 and 1 as ends need no weights there but those that the peak formula gives.
  const inverseLow = low > 0 ? (1 - low) / low : 0
  const inverseHigh = (1 - high) / high
  weight = 1
  atLow = startLow
  atHigh = startHigh
  s = mode - 1
  for (; s >= 0 && s >= m * low; s--) {
    const r = bendDown[s] as number
    weight *= inverse * r
    atLow *= inverseLow * r
    atHigh *= inverseHigh * r
    total += weight
    sum += peakedPart(bends[s] as number, s, m, p, low, high, weight, atLow, atHigh)
  }
  for (; s >= 0 && weight > LEFT_OUT; s--) {
    const r = bendDown[s] as number
    weight *= inverse * r
    atLow *= inverseLow * r
    atHigh *= inverseHigh * r
    const bend = bends[s] as number
    total += weight
    sum += bend * (bend > 0 ? atLow : atHigh)
  }
  return ((m + 2) * (m + 1) * sum) / total
}

function peakedPart(
  bend: number,
  s: number,
  m: number,
  p: number,
  low: number,
  high: number,
  weight: number,
  atLow: number,
  atHigh: number,
): number {
  if (bend <= 0) return bend * Math.min(atLow, atHigh)
  const peak = m === 0 ? p : s / m
  if (peak >= low && peak <= high) return bend * weight * Math.exp(logFactor(peak, p, s, m))
  return bend * Math.max(atLow, atHigh)
}

/** The log of the binomial weight of s at `at` over that at `p`. */
function logFactor(at: number, p: number, s: number, m: number): number {
  return (s > 0 ? s * Math.log(at / p) : 0) + (s < m ? (m - s) * Math.log((1 - at) / (1 - p)) : 0)
}
