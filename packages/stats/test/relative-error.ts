import { expect } from 'vitest'

/** Relative error of a number; absolute where the reference is 0. */
export const relativeError = (actual: number, reference: number): number =>
  reference === 0 ? Math.abs(actual) : Math.abs(actual / reference - 1)

/** Fails unless a number is within a relative tolerance of its reference. */
export function expectClose(actual: number | null | undefined, reference: number, tolerance = 1e-10): void {
  expect(actual).toBeTypeOf('number')
  const error = relativeError(actual as number, reference)
  if (!(error <= tolerance)) expect.fail(`${String(actual)} differs from ${reference} by a relative ${error}, allowed ${tolerance}`)
}
