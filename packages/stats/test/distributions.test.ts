import { describe, expect, test } from 'vitest'
import { distributionErrors } from './reference/distribution-errors.ts'

// Largest relative error over the grid of 50-digit values, function by function; the same numbers stand in ACCURACY.md.
describe('reference values', () => {
  test.each(distributionErrors())('$name: $points points', ({ worst, points, bar }) => {
    expect(points).toBeGreaterThan(10)
    expect(worst.error, JSON.stringify(worst)).toBeLessThan(bar)
  })
})
