/**
 * What rounding took from a product: a · b = product + productError(a, b, product), exactly (Dekker 1971).
 *
 * @param a - a factor, |a| below 2⁹⁹⁶
 * @param b - the other factor
 * @param product - `a * b` as rounded
 */
export function productError(a: number, b: number, product: number): number {
  const aShift = 134217729 * a
  const aHigh = aShift - (aShift - a)
  const aLow = a - aHigh
  const bShift = 134217729 * b
  const bHigh = bShift - (bShift - b)
  const bLow = b - bHigh
  return aLow * bLow - (product - aHigh * bHigh - aLow * bHigh - aHigh * bLow)
}

/**
 * What rounding took from a sum: a + b = sum + sumError(a, b, sum), exactly (Knuth's two-sum).
 *
 * @param a - a summand
 * @param b - the other summand
 * @param sum - `a + b` as rounded
 */
export function sumError(a: number, b: number, sum: number): number {
  const bRounded = sum - a
  return a - (sum - bRounded) + (b - bRounded)
}

/**
 * The determinant a·d − b·c without cancellation: right to the last bit or two even where both products agree in fifteen digits.
 *
 * @param a - first row, first column
 * @param b - first row, second column
 * @param c - second row, first column
 * @param d - second row, second column
 */
export function determinant(a: number, b: number, c: number, d: number): number {
  const main = a * d
  const cross = b * c
  return main - cross + (productError(a, d, main) - productError(b, c, cross))
}
