import { productError } from './exact-arithmetic.ts'

/**
 * x to a power from 0 to some tens.
 *
 * Whole and half powers, which are those of every chi-squared and Poisson distribution, are multiplied out with the rounding errors
 * carried along: as accurate as `Math.pow`, of which engines give different last digits (V8 of Node 22 and of Node 24 do), and the
 * same everywhere. Other powers are left to `Math.pow`.
 *
 * @param x - at least 0
 * @param exponent - at least 0
 */
export function power(x: number, exponent: number): number {
  const whole = Math.floor(exponent)
  const rest = exponent - whole
  // eslint-disable-next-line no-restricted-syntax -- no other way is as exact
  if (rest !== 0 && rest !== 0.5) return Math.pow(x, exponent)
  let product = 1
  let error = 0
  for (let i = 0; i < whole; i++) {
    const next = product * x
    error = error * x + productError(product, x, next)
    product = next
  }
  if (rest === 0) return product + error
  const root = Math.sqrt(x)
  // What the root lacks: x = root² + (x − root²), so √x ≈ root + (x − root²) / (2 root).
  const lack = root === 0 ? 0 : (x - root * root - productError(root, root, root * root)) / (2 * root)
  const next = product * root
  return next + (error * root + product * lack + productError(product, root, next))
}

/** x multiplied by itself, for the loops in which a last digit costs less than time. */
export function wholePower(x: number, exponent: number): number {
  let product = 1
  for (let i = 0; i < exponent; i++) product *= x
  return product
}

/** A whole power of ten, correctly rounded, which `10 ** -5` is not in every engine. */
export function powerOfTen(exponent: number): number {
  return Number(`1e${exponent}`)
}
