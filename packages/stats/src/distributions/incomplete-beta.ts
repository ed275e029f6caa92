import { deviancePart } from '../numerics/deviance-part.ts'
import { scaledErfc } from '../numerics/error-function.ts'
import { productError, sumError } from '../numerics/exact-arithmetic.ts'
import { stirlingError } from '../numerics/gamma-function.ts'
import { certainty, fromLogTail } from './two-tails.ts'

/**
 * A tail of the beta distribution: I_x(a, b), or 1 − I_x(a, b) = I_y(b, a) where `upper`, or the logarithm.
 *
 * Takes x and y = 1 − x so that neither is lost near 0; the smaller of the two must be exact. The tail on the far side of the
 * mean is computed directly: by its positive series where that is short, by DiDonato and Morris's continued fraction, or by their
 * asymptotic expansion where a and b are large and x is near the mean.
 *
 * @param x - 0 to 1
 * @param y - 1 − x
 * @param a - above 0
 * @param b - above 0
 * @param upper - whether the upper tail is wanted
 * @param log - whether the natural logarithm is wanted
 * @see A. R. DiDonato and A. H. Morris, *Algorithm 708: significant digit computation of the incomplete beta function ratios*,
 * ACM TOMS 18, 1992
 */
export function betaTail(x: number, y: number, a: number, b: number, upper: boolean, log: boolean): number {
  if (x <= 0 || y <= 0) return certainty(x <= 0 === upper, log)
  const distance = distanceFromMean(x, y, a, b)
  // Above the mean, look at the mirror image, in which the tail to compute is the lower one again.
  if (distance < 0) return lowerTail(y, x, b, a, -distance, !upper, log)
  return lowerTail(x, y, a, b, distance, upper, log)
}

/**
 * ln [x^a y^b / B(a, b)], the logarithm of the density of the logit of a beta variable.
 *
 * @param x - 0 to 1
 * @param y - 1 − x
 * @param a - above 0
 * @param b - above 0
 */
export function logBetaTerm(x: number, y: number, a: number, b: number): number {
  return logScale(a, b) - betaDeviance(x, y, a, b, distanceFromMean(x, y, a, b))
}

// a − (a + b) x = (a + b) y − b, exact but for the last rounding: the tail of a large sample hangs on its last digits.
function distanceFromMean(x: number, y: number, a: number, b: number): number {
  const n = a + b
  const lostOfSum = sumError(a, b, n)
  if (x <= y) {
    const mean = n * x
    return a - mean - productError(n, x, mean) - lostOfSum * x
  }
  const mean = n * y
  return mean - b + productError(n, y, mean) + lostOfSum * y
}

function betaDeviance(x: number, y: number, a: number, b: number, distance: number): number {
  const n = a + b
  return deviancePart(a, n * x, distance) + deviancePart(b, n * y, -distance)
}

function stirlingCorrection(a: number, b: number): number {
  return stirlingError(a + b) - stirlingError(a) - stirlingError(b)
}

function logScale(a: number, b: number): number {
  return 0.5 * Math.log((a / (a + b)) * b * 0.15915494309189535) + stirlingCorrection(a, b)
}

// `distance` ≥ 0: x is at or below the mean.
function lowerTail(x: number, y: number, a: number, b: number, distance: number, upper: boolean, log: boolean): number {
  const deviance = betaDeviance(x, y, a, b, distance)
  const smaller = Math.min(a, b)
  let logTail: number
  if (smaller > 100 && distance <= 0.03 * smaller) {
    const factor = asymptotic(a, b, deviance)
    if (!log && !upper) return factor * Math.exp(stirlingCorrection(a, b) - deviance)
    logTail = Math.log(factor) + stirlingCorrection(a, b) - deviance
  } else {
    const factor = (a + b) * x < 0.6 * (a + 1) ? series(x, a, b) : continuedFraction(x, y, a, b, distance)
    if (!log && !upper) {
      return factor * Math.sqrt((a / (a + b)) * b * 0.15915494309189535) * Math.exp(stirlingCorrection(a, b) - deviance)
    }
    logTail = Math.log(factor) + logScale(a, b) - deviance
  }
  return fromLogTail(logTail, !upper, log)
}

// (1 / a) Σ (a + b)…(a + b + n − 1) / ((a + 1)…(a + n)) xⁿ: all terms positive.
function series(x: number, a: number, b: number): number {
  let term = 1
  let sum = 1
  for (let n = 1; term > sum * 1.1e-16; n++) {
    term *= ((a + b + (n - 1)) / (a + n)) * x
    sum += term
  }
  return sum / a
}

// DiDonato and Morris's BFRAC, in which the distance from the mean stands instead of the difference that would cancel.
function continuedFraction(x: number, y: number, a: number, b: number, distance: number): number {
  const c = 1 + distance
  const c0 = b / a
  const c1 = 1 + 1 / a
  let p = 1
  let s = a + 1
  let numeratorBefore = 0
  let denominatorBefore = 1
  let denominator = c / c1
  let numerator = 1
  let ratio = c1 / c
  for (let n = 1; n < 100000; n++) {
    const t = n / a
    const w = n * (b - n) * x
    let e = a / s
    const alpha = p * (p + c0) * e * e * (w * x)
    e = (t + 1) / (c1 + t + t)
    const beta = n + w / s + e * (c + n * (y + 1))
    p = t + 1
    s += 2
    const nextNumerator = alpha * numeratorBefore + beta * numerator
    const nextDenominator = alpha * denominatorBefore + beta * denominator
    numeratorBefore = numerator / nextDenominator
    denominatorBefore = denominator / nextDenominator
    numerator = nextNumerator / nextDenominator
    denominator = 1
    const change = Math.abs(numerator - ratio)
    ratio = numerator
    if (change <= 1.5e-16 * ratio) break
  }
  return ratio
}

// DiDonato and Morris's BASYM without its exponential factors: an expansion in 1 / √(smaller parameter).
function asymptotic(a: number, b: number, deviance: number): number {
  const root = Math.sqrt(deviance)
  const twice = 2 * deviance
  const h = a < b ? a / b : b / a
  const r0 = 1 / (1 + h)
  const r1 = (b - a) / Math.max(a, b)
  const w0 = 1 / Math.sqrt(Math.min(a, b) * (1 + h))
  const a0 = [(2 / 3) * r1]
  const c = [-0.5 * (a0[0] as number)]
  const d = [0.5 * (a0[0] as number)]
  let j0 = 0.44311346272637897 * scaledErfc(root)
  let j1 = 0.3535533905932738
  let sum = j0 + (d[0] as number) * w0 * j1
  let s = 1
  const h2 = h * h
  let hn = 1
  let w = w0
  let zn1 = root * 1.4142135623730951
  let zn = twice
  for (let n = 2; n <= 20; n += 2) {
    hn *= h2
    a0[n - 1] = (2 * r0 * (1 + h * hn)) / (n + 2)
    s += hn
    a0[n] = (2 * r1 * s) / (n + 3)
    for (let i = n; i <= n + 1; i++) {
      const r = -0.5 * (i + 1)
      const b0 = [r * (a0[0] as number)]
      for (let m = 2; m <= i; m++) {
        let inner = 0
        for (let j = 1; j < m; j++) inner += (j * r - (m - j)) * (a0[j - 1] as number) * (b0[m - j - 1] as number)
        b0[m - 1] = r * (a0[m - 1] as number) + inner / m
      }
      c[i - 1] = (b0[i - 1] as number) / (i + 1)
      let outer = 0
      for (let j = 1; j < i; j++) outer += (d[i - j - 1] as number) * (c[j - 1] as number)
      d[i - 1] = -(outer + (c[i - 1] as number))
    }
    j0 = 0.3535533905932738 * zn1 + (n - 1) * j0
    j1 = 0.3535533905932738 * zn + n * j1
    zn1 *= twice
    zn *= twice
    w *= w0
    const even = (d[n - 1] as number) * w * j0
    w *= w0
    const odd = (d[n] as number) * w * j1
    sum += even + odd
    if (Math.abs(even) + Math.abs(odd) <= 1e-17 * sum) break
  }
  return 1.1283791670955126 * sum
}
