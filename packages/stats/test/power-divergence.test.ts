import { fc, test as property } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { powerDivergencePart } from '../src/independence/power-divergence.ts'
import { cressieReadTest, goodnessOfFitTest } from '../src/index.ts'
import { expectClose } from './relative-error.ts'

// mpmath 1.3.0, 60 digits: 2 (O ((O / E)^λ − 1) / λ − (O − E)) / (λ + 1), and its limits at 0 and −1.
test.each([
  [7, 5, 1, 0.8],
  [7, 5, 2 / 3, 0.7684583591034534],
  [7, 5, 0, 0.710611312696981],
  [7, 5, -0.5, 0.6713617352030717],
  [7, 5, -1, 0.6352776337878707],
  [7, 5, -2, 0.5714285714285714],
  [1000001, 1000000, 2 / 3, 9.99999888888926e-7],
  [1000001, 1000000, -2, 9.99999000001e-7],
  [1000001, 1000000, 3.5, 0.0000010000008333336458],
  [3, 40, 5, 12.133333807942709],
  [40, 3, -4, 18.0002109375],
  [40, 3, 1e-20, 133.22137323566614],
  [40, 3, 1e-310, 133.22137323566614],
  [40, 3, -1e-310, 133.22137323566614],
  [6, 5, 0.25, 0.19078935265685334],
  [0, 4, 2 / 3, 4.8],
  [0, 4, -0.75, 32],
  [2, 9, -0.999999, 13.073385855129658],
])('%d observed, %d expected, lambda %d', (observed, expected, lambda, part) => {
  expectClose(powerDivergencePart(observed, expected, observed - expected, lambda), part, 1e-14)
})

describe('properties', () => {
  property.prop([
    fc.integer({ min: 1, max: 500 }),
    fc.double({ min: 0.1, max: 500, noNaN: true }),
    fc.double({ min: -4, max: 4, noNaN: true }),
  ])('exchanging observed and expected turns λ into −1 − λ, and no part is below 0', (observed, expected, lambda) => {
    const part = powerDivergencePart(observed, expected, observed - expected, lambda)
    expect(part).toBeGreaterThanOrEqual(0)
    expectClose(powerDivergencePart(expected, observed, expected - observed, -1 - lambda), part, 1e-12)
  })
  property.prop([
    fc.integer({ min: 1, max: 500 }),
    fc.double({ min: 1e-3, max: 0.5, noNaN: true }),
    fc.double({ min: -4, max: 4, noNaN: true }),
  ])('the series next to O = E and the formula beyond it meet', (expected, delta, lambda) => {
    // The integral form, 2 ∫ (1 + t)^(λ − 1) (δ − t) dt from 0 to δ times E, by Gauss and Legendre's rule of three points on 40 strips.
    let integral = 0
    const strips = 40
    for (let k = 0; k < strips; k++)
      for (const [node, weight] of [
        [-Math.sqrt(0.6), 5 / 18],
        [0, 8 / 18],
        [Math.sqrt(0.6), 5 / 18],
      ] as const) {
        const t = ((k + (1 + node) / 2) / strips) * delta
        integral += (weight / strips) * delta * (delta - t) * Math.exp((lambda - 1) * Math.log1p(t))
      }
    expectClose(powerDivergencePart(expected * (1 + delta), expected, expected * delta, lambda), 2 * expected * integral, 1e-9)
  })
})

test('where a cell is empty, or nothing is expected', () => {
  expect(powerDivergencePart(0, 4, -4, -1)).toBe(Infinity)
  expect(powerDivergencePart(0, 4, -4, -2)).toBe(Infinity)
  expect(powerDivergencePart(3, 0, 3, 1)).toBe(Infinity)
  const table = [
    [0, 4],
    [3, 5],
  ]
  for (const lambda of ['mod-log-likelihood', 'neyman', -1.5] as const) {
    const value = lambda === 'neyman' ? -2 : lambda === 'mod-log-likelihood' ? -1 : lambda
    const message = `with lambda = ${value} the statistic is infinite: a cell is empty, or the power overflows`
    const unbounded = { method: 'not-testable', reason: 'unbounded-statistic', message }
    expect(cressieReadTest(table, { lambda })).toMatchObject({ ...unbounded, test: 'cressie-read' })
    expect(goodnessOfFitTest([0, 3], { lambda })).toMatchObject({ ...unbounded, test: 'goodness-of-fit' })
  }
  expect(cressieReadTest(table, { lambda: 'freeman-tukey' })).toMatchObject({ method: 'cressie-read', lambda: -0.5 })
  expect(cressieReadTest(table)).toMatchObject({ method: 'cressie-read', lambda: 2 / 3 })
  expect(goodnessOfFitTest([3, 4])).toMatchObject({ method: 'goodness-of-fit', lambda: 1, expected: [3.5, 3.5] })
})
