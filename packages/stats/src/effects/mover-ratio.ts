/**
 * Lower limit of first / second from the lower limit of the one and the upper limit of the other by the method of
 * variance estimates recovery (Donner and Zou 2012, equation 9), freed of its difference:
 * l(2·first − l) / [first·second + √((first·second)² − l(2·first − l)·u(2·second − u))].
 *
 * `first` and `upper` may be infinite (odds).
 */
export function moverRatioLimit(first: number, lower: number, second: number, upper: number): number {
  if (!(lower > 0) || upper === Infinity) return 0
  // As first grows without bound the limit tends to lower / second; over zero there is no limit left, so the two outer limits stand in.
  if (first === Infinity) return lower / (second > 0 ? second : upper)
  const product = first * second
  const numerator = lower * (2 * first - lower)
  const discriminant = product * product - numerator * upper * (2 * second - upper)
  return numerator / (product + Math.sqrt(Math.max(0, discriminant)))
}
