const sqrtPi = 1.772453850905516

/**
 * e^(x²) erfc(x) for x ≥ 0, which neither underflows nor loses digits far out.
 *
 * @param x - at least 0
 * @see W. J. Cody, *Rational Chebyshev approximations for the error function*, Math. Comp. 23, 1969
 */
export function scaledErfc(x: number): number {
  if (x < 0.46875) return Math.exp(x * x) * (1 - erfNearZero(x))
  if (x <= 4) {
    return (
      ((((((((2.1531153547440383e-8 * x + 0.56418849698867) * x + 8.883149794388375) * x + 66.11919063714163) * x + 298.6351381974001) * x +
        881.952221241769) *
        x +
        1712.0476126340707) *
        x +
        2051.0783778260716) *
        x +
        1230.3393547979972) /
      ((((((((x + 15.744926110709835) * x + 117.6939508913125) * x + 537.1811018620099) * x + 1621.3895745666903) * x +
        3290.7992357334597) *
        x +
        4362.619090143247) *
        x +
        3439.3676741437216) *
        x +
        1230.3393548037495)
    )
  }
  // Laplace's continued fraction, whose terms beyond the 24th change nothing from 4 on.
  let denominator = x
  for (let k = 12; k > 0; k -= 0.5) denominator = x + k / denominator
  return 1 / (sqrtPi * denominator)
}

/**
 * erf(x) for |x| < 0.46875, with full relative accuracy down to 0.
 *
 * @param x - |x| < 0.46875
 */
export function erfNearZero(x: number): number {
  // e^(−x²) Σ 2ⁿ x²ⁿ⁺¹ / (1 · 3 · 5 ⋯ (2n + 1)), whose terms have one sign.
  let term = x
  let sum = x
  for (let k = 3; k < 31; k += 2) {
    term *= (2 * x * x) / k
    sum += term
  }
  return (2 / sqrtPi) * Math.exp(-x * x) * sum
}
