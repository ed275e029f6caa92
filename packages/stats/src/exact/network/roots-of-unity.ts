/** Complex numbers. */
export interface ComplexNumbers {
  readonly re: Float64Array
  readonly im: Float64Array
}

/** exp(2πik / count) for k = 0, 1 … */
export function rootsOfUnity(count: number): ComplexNumbers {
  const angles = Float64Array.from({ length: count }, (_, k) => (2 * Math.PI * k) / count)
  return { re: angles.map(Math.cos), im: angles.map(Math.sin) }
}
