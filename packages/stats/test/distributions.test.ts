import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import * as stats from '../src/distributions/index.ts'
import { distributionErrors } from './reference/distribution-errors.ts'
import { expectClose } from './relative-error.ts'

// Largest relative error over the grid of 50-digit values, function by function; the same numbers stand in ACCURACY.md.
describe('reference values', () => {
  test.each(distributionErrors())('$name: $points points', ({ worst, points, bar }) => {
    expect(points).toBeGreaterThan(10)
    expect(worst.error, JSON.stringify(worst)).toBeLessThan(bar)
  })
})

// Poisson mixtures summed with 30 digits (mpmath): from here on the Bessel function's asymptotic series takes over.
test.each([
  ['lower', 29_000, 3, 30_000, 0.0017668539376309966, 1e-13],
  ['upper', 32_500, 9, 30_000, 8.955671259381274e-13, 1e-13],
  ['upper', 41_500, 20, 40_000, 0.00012202533934275905, 1e-13],
  ['lower', 38_000, 20, 40_000, 1.5919311312162139e-7, 1e-13],
  ['lower', 15_514.072151639393, 2, 25_000, 3.014453961082119e-247, 1e-12],
] as const)('noncentral chi-squared, %s tail at %f, large noncentrality', (side, x, df, noncentrality, wanted, tolerance) => {
  const tail = side === 'lower' ? stats.noncentralChiSquaredCdf : stats.noncentralChiSquaredUpperTail
  expectClose(tail(x, df, noncentrality), wanted, tolerance)
})
test('noncentral chi-squared: with one degree of freedom the square of a shifted normal, also at 9e15', () => {
  for (const [root, shift] of [
    [94_868_330, 94_868_329],
    [94_868_325, 94_868_329],
    [200, 197],
  ] as const) {
    const [x, noncentrality] = [root * root, shift * shift]
    const difference = (x - noncentrality) / (Math.sqrt(x) + Math.sqrt(noncentrality))
    expectClose(stats.noncentralChiSquaredUpperTail(x, 1, noncentrality), stats.normalUpperTail(difference), 1e-12)
    expectClose(stats.noncentralChiSquaredCdf(x, 1, noncentrality), stats.normalCdf(difference), 1e-12)
  }
})

const probability = fc.double({ min: 1e-15, max: 0.5, noNaN: true })
const shape = fc.double({ min: 0.3, max: 5000, noNaN: true })

describe('properties', () => {
  test.prop([fc.double({ min: 0, max: 3000, noNaN: true }), shape])('chi-squared tails add up to 1', (x, df) => {
    expect(stats.chiSquaredCdf(x, df) + stats.chiSquaredUpperTail(x, df)).toBeCloseTo(1, 12)
  })
  test.prop([probability, shape])('chi-squared quantiles undo the tails', (p, df) => {
    expectClose(stats.chiSquaredCdf(stats.chiSquaredQuantile(p, df), df), p, 1e-11)
    expectClose(stats.chiSquaredUpperTail(stats.chiSquaredUpperQuantile(p, df), df), p, 1e-11)
  })
  test.prop([probability, shape, shape])('beta quantiles undo the tails, and mirror', (p, a, b) => {
    const x = stats.betaQuantile(p, a, b)
    if (x > 1e-3 && x < 0.999) expectClose(stats.betaCdf(x, a, b), p, 1e-9)
    expect(Math.abs(stats.betaUpperQuantile(p, b, a) - (1 - x))).toBeLessThan(1e-14)
  })
  test.prop([probability])('normal quantiles undo the tails', (p) => {
    expectClose(stats.normalCdf(stats.normalQuantile(p)), p, 1e-13)
    expect(stats.normalUpperQuantile(p)).toBe(0 - stats.normalQuantile(p))
  })
  test.prop([fc.integer({ min: 0, max: 300 }), fc.double({ min: 0, max: 1, noNaN: true })])(
    'binomial probabilities add up to the tails',
    (n, p) => {
      let sum = 0
      for (let k = 0; k <= n; k++) {
        sum += stats.binomialProbability(k, n, p)
        expect(Math.abs(stats.binomialCdf(k, n, p) - sum)).toBeLessThan(1e-12)
        expect(Math.abs(stats.binomialUpperTail(k + 1, n, p) - (1 - sum))).toBeLessThan(1e-12)
      }
    },
  )
  test.prop([
    fc.integer({ min: 0, max: 60 }),
    fc.integer({ min: 0, max: 60 }),
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.double({ min: 1e-6, max: 1e6, noNaN: true }),
  ])('hypergeometric probabilities add up, and the central one is the noncentral one at odds ratio 1', (white, black, share, oddsRatio) => {
    const drawn = Math.round(share * (white + black))
    let sum = 0
    let mean = 0
    for (let x = Math.max(0, drawn - black); x <= Math.min(white, drawn); x++) {
      const p = stats.noncentralHypergeometricProbability(x, white, black, drawn, oddsRatio)
      sum += p
      mean += x * p
      expect(Math.abs(stats.noncentralHypergeometricCdf(x, white, black, drawn, oddsRatio) - sum)).toBeLessThan(1e-12)
      expectClose(
        stats.noncentralHypergeometricProbability(x, white, black, drawn, 1),
        stats.hypergeometricProbability(x, white, black, drawn),
        1e-11,
      )
    }
    expect(sum).toBeCloseTo(1, 11)
    expect(stats.noncentralHypergeometricMean(white, black, drawn, oddsRatio)).toBeCloseTo(mean, 9)
  })
  test.prop([
    fc.integer({ min: 1, max: 400 }),
    fc.double({ min: 0.001, max: 0.999, noNaN: true }),
    fc.double({ min: 1e-9, max: 1 - 1e-9, noNaN: true }),
  ])('discrete quantiles are the first value that reaches the probability', (n, p, q) => {
    const k = stats.binomialQuantile(q, n, p)
    expect(stats.binomialCdf(k, n, p)).toBeGreaterThanOrEqual(q * (1 - 1e-12))
    if (k > 0) expect(stats.binomialCdf(k - 1, n, p)).toBeLessThan(q)
    const events = stats.poissonQuantile(q, n * p)
    expect(stats.poissonCdf(events, n * p)).toBeGreaterThanOrEqual(q * (1 - 1e-12))
    if (events > 0) expect(stats.poissonCdf(events - 1, n * p)).toBeLessThan(q)
    const white = stats.hypergeometricQuantile(q, n, n + 3, n)
    expect(stats.hypergeometricCdf(white, n, n + 3, n)).toBeGreaterThanOrEqual(q * (1 - 1e-12))
    if (white > 0) expect(stats.hypergeometricCdf(white - 1, n, n + 3, n)).toBeLessThan(q)
  })
  test.prop([
    fc.double({ min: 0.01, max: 200, noNaN: true }),
    fc.integer({ min: 1, max: 30 }),
    fc.double({ min: 0, max: 100, noNaN: true }),
  ])('noncentral chi-squared: tails add up, more noncentrality moves mass upwards, quantiles undo the tails', (x, df, ncp) => {
    expect(stats.noncentralChiSquaredCdf(x, df, ncp) + stats.noncentralChiSquaredUpperTail(x, df, ncp)).toBeCloseTo(1, 12)
    expect(stats.noncentralChiSquaredUpperTail(x, df, ncp + 1)).toBeGreaterThanOrEqual(stats.noncentralChiSquaredUpperTail(x, df, ncp))
    expectClose(stats.noncentralChiSquaredCdf(stats.noncentralChiSquaredQuantile(0.03, df, ncp), df, ncp), 0.03, 1e-11)
  })
})

// One algorithm for small counts, another for large ones: they meet without a step.
describe('large counts', () => {
  test.each([1e6, 1e9, 1e12, 2 ** 51])('the central and the noncentral engine agree for urns of %d', (white) => {
    const drawn = Math.floor(white / 3)
    const mean = drawn / 2
    const sd = Math.sqrt((mean / 2) * ((2 * white - drawn) / (2 * white - 1)))
    for (const z of [-30, -3, 0.5, 8]) {
      const x = Math.round(mean + z * sd)
      const central = z < 0 ? stats.hypergeometricCdf(x, white, white, drawn) : stats.hypergeometricUpperTail(x, white, white, drawn)
      const noncentral =
        z < 0
          ? stats.noncentralHypergeometricCdf(x, white, white, drawn, 1)
          : stats.noncentralHypergeometricUpperTail(x, white, white, drawn, 1)
      expectClose(noncentral, central, 1e-12)
    }
  })
  test('tails of a million million draws are those of the normal distribution', () => {
    const n = 1e12
    const k = n / 2 + 5 * 500000
    // Edgeworth: with p = ½ the first correction is of order 1 / n.
    expectClose(stats.binomialUpperTail(k, n, 0.5), stats.normalUpperTail(5 - 0.5 / 500000), 1e-9)
  })
})

test('far tails of the noncentral chi-squared end, and end right', () => {
  // Weight and tail left the range of doubles on the way to their product, and the sum never stopped.
  const lower = stats.logNoncentralChiSquaredUpperTail(128298.56068442455, 346.69736939967555, 498.5144962396594)
  // Sankaran's bound: (√x − √ncp)² / 2 is the leading term of the exponent.
  expect(lower).toBeLessThan(-50000)
  expect(lower).toBeGreaterThan(-((Math.sqrt(128298.56) - Math.sqrt(498.51)) ** 2) / 2)
  expect(stats.noncentralChiSquaredUpperTail(128298.56068442455, 346.69736939967555, 498.5144962396594)).toBe(0)
})

describe('ends of the range', () => {
  test('beyond the support a tail is 0 or 1, and its logarithm −Infinity or 0', () => {
    expect(stats.chiSquaredCdf(-1, 3)).toBe(0)
    expect(stats.chiSquaredUpperTail(0, 1)).toBe(1)
    expect(stats.chiSquaredUpperTail(Infinity, 1)).toBe(0)
    expect(stats.logChiSquaredCdf(0, 3)).toBe(-Infinity)
    expect(stats.betaCdf(1, 2, 3)).toBe(1)
    expect(stats.betaUpperTail(-0.5, 2, 3)).toBe(1)
    expect(stats.binomialCdf(-1, 5, 0.5)).toBe(0)
    expect(stats.binomialUpperTail(6, 5, 0.5)).toBe(0)
    expect(stats.binomialProbability(2.5, 5, 0.5)).toBe(0)
    expect(stats.binomialProbability(5, 5, 1)).toBe(1)
    expect(stats.poissonCdf(-1, 5)).toBe(0)
    expect(stats.hypergeometricProbability(4, 3, 5, 4)).toBe(0)
    expect(stats.hypergeometricCdf(3, 3, 5, 4)).toBe(1)
    expect(stats.hypergeometricProbability(0, 0, 0, 0)).toBe(1)
    expect(stats.noncentralHypergeometricMean(3, 0, 2, 7)).toBe(2)
    expect(stats.normalCdf(-Infinity)).toBe(0)
    expect(stats.normalDensity(50)).toBe(0)
  })
  test('quantiles of 0 and 1', () => {
    expect([stats.chiSquaredQuantile(0, 3), stats.chiSquaredQuantile(1, 3)]).toEqual([0, Infinity])
    expect([stats.normalQuantile(0), stats.normalQuantile(1)]).toEqual([-Infinity, Infinity])
    expect([stats.betaQuantile(0, 2, 3), stats.betaQuantile(1, 2, 3)]).toEqual([0, 1])
    expect([stats.betaUpperQuantile(0, 2, 3), stats.betaUpperQuantile(1, 2, 3)]).toEqual([1, 0])
    expect([stats.binomialQuantile(0, 9, 0.5), stats.binomialQuantile(1, 9, 0.5)]).toEqual([0, 9])
    expect(stats.poissonQuantile(1, 3)).toBe(Infinity)
  })
})

describe('refusals', () => {
  test.each([
    [() => stats.chiSquaredCdf(1, 0), 'out-of-range'],
    [() => stats.chiSquaredUpperTail(Number.NaN, 1), 'out-of-range'],
    [() => stats.chiSquaredQuantile(1.1, 1), 'out-of-range'],
    [() => stats.normalQuantile(-0.1), 'out-of-range'],
    [() => stats.betaCdf(0.5, -1, 2), 'out-of-range'],
    [() => stats.binomialCdf(1, 2.5, 0.5), 'not-a-count'],
    [() => stats.binomialCdf(1, 2, 1.5), 'out-of-range'],
    [() => stats.poissonCdf(1, 0), 'out-of-range'],
    [() => stats.hypergeometricCdf(1, 3, 4, 8), 'mismatch'],
    [() => stats.hypergeometricCdf(1, -3, 4, 1), 'not-a-count'],
    [() => stats.hypergeometricCdf(1, 2 ** 53 - 1, 4, 1), 'not-a-count'],
    [() => stats.noncentralHypergeometricCdf(1, 3, 4, 2, 0), 'out-of-range'],
    [() => stats.noncentralChiSquaredCdf(1, 3, -1), 'out-of-range'],
  ])('%s', (refused, code) => {
    expect(refused).toThrow(expect.objectContaining({ code }) as Error)
  })
})
