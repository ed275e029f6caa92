/**
 * ln (1 − e^x) for x ≤ 0: the logarithm of one tail from that of the other, exact next to both ends.
 *
 * @param x - logarithm of a probability
 * @see M. Mächler, *Accurately computing log(1 − exp(−|a|))*, R package Rmpfr, 2012
 */
export function logComplement(x: number): number {
  return x > -0.6931471805599453 ? Math.log(-Math.expm1(x)) : Math.log1p(-Math.exp(x))
}
