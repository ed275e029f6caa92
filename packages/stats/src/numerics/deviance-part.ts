/**
 * Loader's deviance part, x ln(x / mean) − (x − mean): the exponent of every binomial, Poisson and hypergeometric probability.
 *
 * Near x = mean the terms cancel, so a series in (x − mean) / (x + mean) takes over. The rounding of `mean` hardly matters
 * as long as the difference is right, which is why it can be handed in.
 *
 * @param x - an observed value, at least 0
 * @param mean - its expectation, above 0
 * @param difference - x − mean, where the caller knows it better than a subtraction would
 * @see C. Loader, *Fast and Accurate Computation of Binomial Probabilities*, 2000
 */
export function deviancePart(x: number, mean: number, difference: number = x - mean): number {
  if (x === 0) return mean
  const ratio = difference / (x + mean)
  if (ratio < 0.35 && ratio > -0.35) {
    const square = ratio * ratio
    let power = 2 * x * ratio
    let sum = difference * ratio
    for (let k = 3; ; k += 2) {
      power *= square
      const next = sum + power / k
      if (next === sum) return next
      sum = next
    }
  }
  const quotient = x / mean
  return x * (quotient < Infinity ? Math.log(quotient) : Math.log(x) - Math.log(mean)) - difference
}
