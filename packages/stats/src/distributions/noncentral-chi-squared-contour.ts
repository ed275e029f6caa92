import { deviancePart } from '../numerics/deviance-part.ts'

/**
 * Logarithm of one tail of the noncentral chi-squared distribution where the noncentrality is so large that its mixture has too
 * many terms: the work here does not grow with the noncentrality.
 *
 * P(X ≥ x) = (1 / 2πi) ∫ exp(K(t) − t·x) dt / t along t = c + iu, c > 0, with the cumulant function
 * K(t) = ncp·t / (1 − 2t) − (df / 2) ln(1 − 2t); the lower tail is its negative with c < 0. Through the saddle point the integrand is
 * close to a normal curve, for which the trapezoidal rule gains digits faster than any power of the step. The exponent is
 * rearranged so that ncp, df and x, which nearly cancel, meet only in their difference.
 *
 * @param x - above 0
 * @param degreesOfFreedom - above 0
 * @param noncentrality - ncp, with √(ncp · x) above 200, so that the integrand dies away before it turns into a power
 * @param upper - whether the tail above x is meant; it should be the smaller one
 * @see H. E. Daniels, *Tail probability approximations*, International Statistical Review 55, 1987; A. Gil, J. Segura and N. M. Temme,
 * *Computation of the Marcum Q-function*, ACM Transactions on Mathematical Software 40, 2014
 */
export function logContourTail(x: number, degreesOfFreedom: number, noncentrality: number, upper: boolean): number {
  const meanAbove = noncentrality - x + degreesOfFreedom
  // K′(t) = x, a quadratic equation in s = 1 − 2t.
  const root = Math.sqrt(degreesOfFreedom * degreesOfFreedom + 4 * x * noncentrality)
  const s = (degreesOfFreedom + root) / (2 * x)
  const saddle = -meanAbove / (2 * x + (root - degreesOfFreedom))
  const width = s / Math.sqrt((4 * noncentrality) / s + 2 * degreesOfFreedom)
  // The pole at t = 0 stays a standard deviation away.
  const c = upper ? Math.max(saddle, width) : Math.min(saddle, -width)
  const real = 1 - 2 * c
  const peak = c * meanAbove + (2 * c * c * noncentrality) / real + 0.5 * degreesOfFreedom * deviancePart(1, real, 2 * c)
  const step = 0.15 * width
  let sum = 0.5 / c
  for (let k = 1; ; k++) {
    const u = k * step
    const ratio = (2 * u) / real
    const growth = ratio * ratio
    const square = real * real * (1 + growth)
    const size = Math.exp((-0.5 * noncentrality * growth) / (real * (1 + growth)) - 0.25 * degreesOfFreedom * Math.log1p(growth))
    const slope = meanAbove + (4 * (c - c * c - u * u) * noncentrality) / square + (2 * c * degreesOfFreedom) / real
    const angle = u * slope + 0.5 * degreesOfFreedom * (Math.atan(ratio) - ratio)
    sum += (size * (c * Math.cos(angle) + u * Math.sin(angle))) / (c * c + u * u)
    if (size < 1e-18) break
  }
  return peak + Math.log((Math.abs(sum) * step) / Math.PI)
}
