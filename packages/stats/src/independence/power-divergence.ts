/**
 * What one cell adds to the power-divergence statistic of Cressie and Read, at least 0:
 *
 * 2 / (λ (λ + 1)) · [O ((O / E)^λ − 1) − λ (O − E)].
 *
 * Summed over cells the last term vanishes; within a cell it takes away what would cancel. Near O = E the remaining
 * difference is a binomial series in (O − E) / E, exact as long as the difference handed in is.
 *
 * @param observed - O, at least 0
 * @param expected - E, at least 0
 * @param difference - O − E, better than a subtraction gives it
 * @param lambda - λ: 1 Pearson, 2/3 Cressie–Read, 0 likelihood ratio, −1/2 Freeman–Tukey, −1 modified likelihood ratio, −2 Neyman
 * @returns the contribution; `Infinity` for an empty cell where λ ≤ −1
 * @see N. Cressie and T. R. C. Read, *Multinomial goodness-of-fit tests*, J. R. Statist. Soc. B 46, 1984
 */
export function powerDivergencePart(observed: number, expected: number, difference: number, lambda: number): number {
  // An empty cell comes first: its mirror image, a count where none is expected, has no answer of its own.
  if (observed === 0 && expected > 0) return lambda > -1 ? (2 * expected) / (lambda + 1) : Infinity
  // The family is its own mirror image: exchanging O and E turns λ into −1 − λ.
  if (lambda < -0.5) return powerDivergencePart(expected, observed, -difference, -1 - lambda)
  if (expected === 0) return Infinity
  const delta = difference / expected
  if (Math.abs(delta) > 0.3) {
    const log = Math.log(observed / expected)
    // Below 1e-18 the power is its limit to the last bit, while a denormal λ would lose the digits of the product.
    const growth = Math.abs(lambda) < 1e-18 ? log : Math.expm1(lambda * log) / lambda
    return (2 / (lambda + 1)) * (observed * growth - difference)
  }
  let term = difference * delta
  let sum = term
  for (let k = 3; ; k++) {
    term *= ((lambda + 2 - k) / k) * delta
    const next = sum + term
    if (next === sum) return sum
    sum = next
  }
}
