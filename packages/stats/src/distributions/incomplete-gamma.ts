import { deviancePart } from '../numerics/deviance-part.ts'
import { scaledErfc } from '../numerics/error-function.ts'
import { logGamma, stirlingError } from '../numerics/gamma-function.ts'
import { power } from '../numerics/power.ts'
import { certainty } from './two-tails.ts'

/**
 * A tail of the gamma distribution with shape a and unit scale: P(a, x), or Q(a, x) = 1 − P(a, x) where `upper`, or the logarithm.
 *
 * Below x = a + 1 by the positive series of P, above it by the continued fraction of Q, and where both would be slow (large a,
 * x near a) by Temme's uniform expansion. Whichever tail is the smaller is computed directly.
 *
 * @param a - shape, above 0
 * @param x - at least 0
 * @param upper - whether Q is wanted
 * @param log - whether the natural logarithm is wanted
 * @see N. M. Temme, *The asymptotic expansion of the incomplete gamma functions*, SIAM J. Math. Anal. 10, 1979;
 * A. Gil, J. Segura and N. M. Temme, SIAM J. Sci. Comput. 34, 2012
 */
export function gammaTail(a: number, x: number, upper: boolean, log: boolean): number {
  if (x <= 0) return certainty(upper, log)
  if (x === Infinity) return certainty(!upper, log)
  if (a >= 40 && x > 0.4 * a && x < 2.3 * a) return byTemme(a, x, upper, log)
  const fromSeries = x < a + 1
  const factor = fromSeries ? lowerSeries(a, x) : upperFraction(a, x)
  if (fromSeries !== upper) return log ? logPoissonTerm(a, x) + Math.log(factor) : poissonTerm(a, x) * factor
  const other = poissonTerm(a, x) * factor
  if (other > 0.7 && upper && x < 1) {
    const complement = upperOfSmallShape(a, x)
    return log ? Math.log(complement) : complement
  }
  return log ? Math.log1p(-other) : 1 - other
}

/** x^a e^(−x) / Γ(a + 1): the Poisson probability of a at mean x, for any real a > 0. */
export function poissonTerm(a: number, x: number): number {
  if (a < 10 && x < 1400) {
    // Two exponentials, because one would underflow before the power has made up for it.
    const half = Math.exp(-0.5 * x)
    return Math.exp(-logGamma(a + 1)) * half * (half * power(x, a))
  }
  return Math.exp(-deviancePart(a, x, a - x) - stirlingError(a)) / Math.sqrt(6.283185307179586 * a)
}

/** Logarithm of {@link poissonTerm}. */
export function logPoissonTerm(a: number, x: number): number {
  if (a < 10) return a * Math.log(x) - x - logGamma(a + 1)
  return -deviancePart(a, x, a - x) - stirlingError(a) - 0.5 * Math.log(6.283185307179586 * a)
}

// P(a, x) / term = 1 + x / (a + 1) + x² / ((a + 1)(a + 2)) + …
function lowerSeries(a: number, x: number): number {
  let term = 1
  let sum = 1
  for (let n = a + 1; term > sum * 1.1e-16; n++) {
    term *= x / n
    sum += term
  }
  return sum
}

// Q(a, x) / term = a / (x + 1 − a − 1(1 − a) / (x + 3 − a − 2(2 − a) / (x + 5 − a − …))), by Lentz's method.
function upperFraction(a: number, x: number): number {
  let b = x + 1 - a
  let c = Infinity
  let d = 1 / b
  let fraction = d
  for (let n = 1; n < 100000; n++) {
    const numerator = -n * (n - a)
    b += 2
    d = 1 / (b + numerator * d)
    c = b + numerator / c
    const change = c * d
    fraction *= change
    if (Math.abs(change - 1) < 2.3e-16) break
  }
  return a * fraction
}

// 1 − P where P is close to 1 because a is small: both parts of 1 − x^a / Γ(a + 1) · Σ are small and positive.
function upperOfSmallShape(a: number, x: number): number {
  const exponent = a * Math.log(x) - logGamma(a + 1)
  let sum = 0
  let power = 1
  for (let n = 1; n < 60; n++) {
    power *= -x / n
    sum += power / (a + n)
  }
  return -Math.expm1(exponent) - Math.exp(exponent) * a * sum
}

const temme = /* @__PURE__ */ temmeCoefficients(27)

// Coefficients of η / (λ − 1) in powers of η, where η² / 2 = λ − 1 − ln λ. In doubles they keep all but their last digit or two.
function temmeCoefficients(length: number): number[] {
  // λ − 1 = η + η² / 3 + …, from λ′ (λ − 1) = η λ, power by power.
  const lambda = [0, 1]
  for (let k = 2; k <= length; k++) {
    let sum = 0
    for (let j = 2; j < k; j++) sum += j * (lambda[j] as number) * (lambda[k - j + 1] as number)
    lambda[k] = ((lambda[k - 1] as number) - sum) / (k + 1)
  }
  const coefficients = [1]
  for (let k = 1; k < length; k++) {
    coefficients[k] = 0
    for (let j = 1; j <= k; j++) coefficients[k] = (coefficients[k] as number) - (lambda[j + 1] as number) * (coefficients[k - j] as number)
  }
  return coefficients
}

// Q = ½ erfc(η √(a / 2)) + R and P = ½ erfc(−η √(a / 2)) − R, with R by backward recursion of its Taylor coefficients.
function byTemme(a: number, x: number, upper: boolean, log: boolean): number {
  const deviance = deviancePart(a, x, a - x)
  const above = x > a
  const root = Math.sqrt(deviance)
  const eta = (above ? root : -root) * Math.sqrt(2 / a)
  let next = 0
  let afterNext = 0
  let sum = 0
  for (let m = 26; m >= 1; m--) {
    const coefficient = (temme[m] as number) + ((m + 1) * afterNext) / a
    sum = sum * eta + coefficient
    afterNext = next
    next = coefficient
  }
  const remainder = sum / ((1 + afterNext / a) * Math.sqrt(6.283185307179586 * a))
  // The tail on the far side of x from a, divided by exp(−deviance).
  const scaled = 0.5 * scaledErfc(root) + (above ? remainder : -remainder)
  if (above === upper) return log ? Math.log(scaled) - deviance : scaled * Math.exp(-deviance)
  const other = scaled * Math.exp(-deviance)
  return log ? Math.log1p(-other) : 1 - other
}
