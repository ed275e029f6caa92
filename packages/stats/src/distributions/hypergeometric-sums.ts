/**
 * Σ_{j ≥ x} f(j) / f(x) for hypergeometric weights f with the given odds ratio, by the ratio of neighbours.
 *
 * The terms have to fall from x on, or to rise for a few steps only.
 *
 * @param a - x, the cell that grows
 * @param b - first row, second column
 * @param c - second row, first column
 * @param d - second row, second column
 * @param oddsRatio - above 0
 */
export function upwardSum(a: number, b: number, c: number, d: number, oddsRatio: number): number {
  let term = 1
  let sum = 1
  while (b > 0 && c > 0) {
    term *= (b / ++a) * (c / ++d) * oddsRatio
    b--
    c--
    sum += term
    if (term < sum * 1e-17) break
  }
  return sum
}
