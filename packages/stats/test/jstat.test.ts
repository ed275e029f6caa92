// @ts-expect-error -- untyped CommonJS module (TS7016)
import untyped from 'jstat'
import { describe, expect, test } from 'vitest'
import * as stats from '../src/index.ts'
import { betaVariate, chiSquaredVariate, createRandom, gammaQuantile, gammaVariate, normalVariate } from '../src/variates.ts'

interface JStat {
  readonly chisquare: { cdf(x: number, df: number): number; inv(p: number, df: number): number }
  readonly normal: { cdf(z: number, mean: number, sd: number): number }
  readonly beta: { inv(p: number, a: number, b: number): number }
  readonly hypgeom: { pdf(x: number, total: number, white: number, drawn: number): number }
}

const { jStat } = untyped as { readonly jStat: JStat }
const near = (ours: number, theirs: number) => expect(Math.abs(ours / theirs - 1)).toBeLessThan(1e-8)

// An engine written by others, where its eight digits hold: the middle of each distribution.
describe('independent check against jStat', () => {
  test.each([1, 2, 5, 30, 100, 1000])('chi-squared on %d degrees of freedom', (df) => {
    for (const z of [-2, -1, 0, 1, 3]) {
      const x = df + z * Math.sqrt(2 * df)
      if (x > 0) near(stats.chiSquaredCdf(x, df), jStat.chisquare.cdf(x, df))
    }
    for (const p of [0.001, 0.05, 0.5, 0.95, 0.999]) near(stats.chiSquaredQuantile(p, df), jStat.chisquare.inv(p, df))
  })
  test('normal', () => {
    for (let z = -3; z <= 8; z += 0.25) near(stats.normalCdf(z), jStat.normal.cdf(z, 0, 1))
  })
  test('beta quantiles', () => {
    for (const [a, b] of [
      [1, 3],
      [2, 5],
      [20, 30],
      [63, 129],
    ] as const) {
      for (const p of [0.025, 0.5, 0.975]) near(stats.betaQuantile(p, a, b), jStat.beta.inv(p, a, b))
    }
  })
  test('hypergeometric', () => {
    for (let x = 10; x < 50; x += 3) near(stats.hypergeometricProbability(x, 62, 129, 95), jStat.hypgeom.pdf(x, 191, 62, 95))
  })
})

describe('variates', () => {
  const moments = (draw: () => number, n: number) => {
    let sum = 0
    let squares = 0
    for (let i = 0; i < n; i++) {
      const x = draw()
      sum += x
      squares += x * x
    }
    return { mean: sum / n, variance: squares / n - (sum / n) ** 2 }
  }
  // Seeded, so the deviation is always the same; the bar is about four standard errors.
  test('have the moments of their distributions', () => {
    const random = createRandom(2024)
    const normal = moments(() => normalVariate(random), 20000)
    expect(Math.abs(normal.mean)).toBeLessThan(0.03)
    expect(Math.abs(normal.variance - 1)).toBeLessThan(0.04)
    const gamma = moments(() => gammaVariate(0.7, random), 20000)
    expect(Math.abs(gamma.mean - 0.7)).toBeLessThan(0.025)
    const chiSquared = moments(() => chiSquaredVariate(4, random), 20000)
    expect(Math.abs(chiSquared.mean - 4)).toBeLessThan(0.08)
    const beta = moments(() => betaVariate(2, 6, random), 20000)
    expect(Math.abs(beta.mean - 0.25)).toBeLessThan(0.005)
  })
  test('are the same for the same seed, and leave the global generator alone', () => {
    const a = Array.from(
      { length: 5 },
      (
        (random) => () =>
          gammaVariate(3, random)
      )(createRandom(9)),
    )
    const b = Array.from(
      { length: 5 },
      (
        (random) => () =>
          gammaVariate(3, random)
      )(createRandom(9)),
    )
    expect(a).toEqual(b)
  })
})

test('a source of random numbers that gives 0 gives a variate all the same', () => {
  // jStat divides by a uniform number and takes its logarithm.
  const half = [0, 0.5, 0, 0.5, 0.25, 0.75]
  let k = 0
  const random = { uniform: () => half[k++ % half.length] as number }
  for (let i = 0; i < 50; i++) {
    expect(normalVariate(random)).toBeTypeOf('number')
    expect(Number.isFinite(normalVariate(random))).toBe(true)
    expect(gammaVariate(2.5, random)).toBeGreaterThan(0)
  }
})

test('a quantile that starts at jStat ends at full precision', () => {
  for (const shape of [0.5, 1, 3.3, 40]) {
    for (const p of [1e-100, 0.01, 0.3, 0.9, 0.9999]) {
      const x = gammaQuantile(p, shape)
      expect(Math.abs(stats.chiSquaredQuantile(p, 2 * shape) / 2 / x - 1)).toBeLessThan(1e-13)
    }
  }
})

describe('refusals', () => {
  test('shapes that are not above 0', () => {
    const random = createRandom(1)
    for (const refused of [() => gammaVariate(0, random), () => betaVariate(1, -1, random), () => chiSquaredVariate(Number.NaN, random)]) {
      expect(refused).toThrow(expect.objectContaining({ code: 'out-of-range' }) as Error)
    }
  })
})
