import { NEGLIGIBLE, peakUnder, smoothFirstMoment, smoothSecondMoment, smoothUpwardSums } from './two-by-two-weights.ts'

/*
 * The distribution of the first cell X given the margins, under a trial odds ratio; filled by every evaluation and never
 * handed out. `tail` is P(X > a) + share · P(X = a).
 */
export let tail = 0
/** Derivative of log `tail` in log ψ: the mean within the tail less the mean. */
export let tailSlope = 0
/** Mean of X − a. */
export let gap = 0
/** Variance of X. */
export let variance = 0
/** What the sum by ratio set out from: steps from a to a table next to the most probable one. */
export let peak = 0
/** Sum by ratio of the weights of all tables, that of the one at {@link peak} counted as 1. */
export let total = 1

/**
 * Evaluates the distribution at the odds ratio e^t times that of the sample (`smooth`) or e^t (otherwise: the sample's
 * may be 0 or infinite).
 */
export function evaluate(a: number, b: number, c: number, d: number, t: number, share: number, smooth: boolean): void {
  if (smooth) evaluateSmooth(a, b, c, d, t, share)
  else evaluateByRatio(a, b, c, d, Math.exp(t), share)
}

/** Sums outward from the peak by the ratio of neighbours, for tables of any cells whose spread is small. */
export function evaluateByRatio(a: number, b: number, c: number, d: number, oddsRatio: number, share: number): void {
  peak = peakUnder(a, b, c, d, oddsRatio)
  let p = a + peak
  let q = b - peak
  let r = c - peak
  let s = d + peak
  let weight = 1
  let k = peak
  let sum = 0
  let first = 0
  let second = 0
  let tailSum = 0
  let tailFirst = 0
  for (;;) {
    sum += weight
    first += k * weight
    second += k * k * weight
    if (k >= 0) {
      const part = k === 0 ? share * weight : weight
      tailSum += part
      tailFirst += k * part
      if (k > 0 && weight < NEGLIGIBLE * tailSum) break
    }
    // Beyond the edge too.
    if (weight === 0) break
    weight *= (oddsRatio * (q-- * r--)) / (++p * ++s)
    k++
  }
  p = a + peak
  q = b - peak
  r = c - peak
  s = d + peak
  weight = 1
  k = peak
  do {
    weight *= (p-- * s--) / (oddsRatio * (++q * ++r))
    k--
    sum += weight
    first += k * weight
    second += k * k * weight
    if (k >= 0) {
      const part = k === 0 ? share * weight : weight
      tailSum += part
      tailFirst += k * part
    }
  } while (weight >= NEGLIGIBLE * sum)
  total = sum
  gap = first / sum
  variance = second / sum - gap * gap
  tail = tailSum / sum
  tailSlope = tailFirst / tailSum - gap
}

function evaluateSmooth(a: number, b: number, c: number, d: number, t: number, share: number): void {
  // The shift δ with (a − δ)(d − δ) / ((b + δ)(c + δ)) = e^t ad / bc, by the root of the quadratic that loses no digits.
  const ratio = Math.exp(t) * (a / b) * (d / c)
  const linear = a + d + ratio * (b + c)
  const constant = a * d * Math.expm1(t)
  const shift = (-2 * constant) / (linear + Math.sqrt(linear * linear + 4 * (1 - ratio) * constant))
  const above = smoothUpwardSums(a, b, c, d, shift, 1)
  let first = smoothFirstMoment
  let second = smoothSecondMoment
  const below = smoothUpwardSums(b, a, d, c, -shift, 1)
  first -= smoothFirstMoment
  second += smoothSecondMoment
  const sum = below + 1 + above
  gap = first / sum
  variance = second / sum - gap * gap
  tail = (above + share) / sum
  tailSlope = (first + smoothFirstMoment) / (above + share) - gap
}
