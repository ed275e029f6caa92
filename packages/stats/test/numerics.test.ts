import { fc, test } from '@fast-check/vitest'
import { describe, expect, vi } from 'vitest'
import { deviancePart } from '../src/numerics/deviance-part.ts'
import { determinant, productError, sumError } from '../src/numerics/exact-arithmetic.ts'
import { findRoot } from '../src/numerics/find-root.ts'
import { logBinomialCoefficient, logFactorial, logGamma, stirlingError } from '../src/numerics/gamma-function.ts'
import { logComplement } from '../src/numerics/log-complement.ts'
import { power, powerOfTen, wholePower } from '../src/numerics/power.ts'
import { createRandom } from '../src/numerics/random.ts'
import { semidefiniteForm } from '../src/numerics/semidefinite-form.ts'
import { expectClose } from './relative-error.ts'

const whole = fc.integer({ min: 0, max: 2 ** 53 - 1 })

describe('exact arithmetic', () => {
  test.prop([whole, whole])('product and error make up the product', (a, b) => {
    const product = a * b
    expect(BigInt(product) + BigInt(productError(a, b, product))).toBe(BigInt(a) * BigInt(b))
  })
  test.prop([whole, whole])('sum and error make up the sum', (a, b) => {
    const sum = a + b
    expect(BigInt(sum) + BigInt(sumError(a, b, sum))).toBe(BigInt(a) + BigInt(b))
  })
  test.prop([whole, whole, whole, whole])('determinants keep their digits', (a, b, c, d) => {
    const exact = BigInt(a) * BigInt(d) - BigInt(b) * BigInt(c)
    expectClose(determinant(a, b, c, d), Number(exact), 1e-15)
  })
  test('a determinant that cancels to 1', () => {
    expect(determinant(94906265, 94906266, 94906264, 94906265)).toBe(1)
  })
})

describe('find-root', () => {
  test.prop([fc.double({ min: 1e-12, max: 1e12, noNaN: true })])('is right to the last bits', (square) => {
    const root = findRoot((x) => x * x - square, 0, Math.max(1, square))
    expectClose(root, Math.sqrt(square), 5e-16)
  })
  test('bears infinite ends and flat stretches', () => {
    expectClose(
      findRoot((x) => (x <= 0 ? -Infinity : Math.log(x)), 0, 10),
      1,
      5e-16,
    )
    expectClose(
      findRoot((x) => (x - 3) ** 9, -10, 20),
      3,
      1e-12,
    )
    expectClose(
      findRoot((x) => Math.tanh(1e6 * (x - 0.123)), 0, 1),
      0.123,
      1e-15,
    )
  })
  test('refuses two ends of the same sign', () => {
    expect(() => findRoot((x) => x * x + 1, -1, 1)).toThrow(
      expect.objectContaining({ code: 'mismatch', message: 'no change of sign between -1 and 1' }) as Error,
    )
    expect(() => findRoot(() => Number.NaN, 2, 3)).toThrow(expect.objectContaining({ code: 'mismatch' }) as Error)
  })
})

describe('gamma function', () => {
  test('factorials', () => {
    let logarithm = 0
    for (let n = 1; n <= 170; n++) {
      logarithm += Math.log(n)
      expectClose(logFactorial(n), logarithm, 1e-14)
      expectClose(logGamma(n + 1), logarithm, 1e-14)
    }
    for (const n of [171, 200, 1000, 1e6, 2 ** 50]) expectClose(logFactorial(n), logGamma(n + 1), 1e-15)
    // mpmath 1.3.0: loggamma(201), loggamma(1000001).
    expectClose(logFactorial(200), 863.2319871924054, 1e-15)
    expectClose(logFactorial(1e6), 12815518.384658169, 1e-15)
    expect(logFactorial(0)).toBe(0)
    expect(logGamma(1)).toBe(0)
    expect(logGamma(2)).toBe(0)
  })
  test.prop([fc.double({ min: 0.01, max: 1e6, noNaN: true })])('Γ(x + 1) = x Γ(x)', (x) => {
    expect(Math.abs(logGamma(x + 1) - logGamma(x) - Math.log(x))).toBeLessThan(4e-16 * (1 + Math.abs(logGamma(x + 1))) * 2)
  })
  test('ends of the range', () => {
    expect(logGamma(0)).toBe(Infinity)
    expectClose(logGamma(2e305), 2e305 * (Math.log(2e305) - 1), 1e-15)
    expect(logGamma(1e306)).toBe(Infinity)
    expect(() => logGamma(-1)).toThrow(expect.objectContaining({ code: 'out-of-range' }) as Error)
  })
  test('the table and the formula of the error of Stirling agree', () => {
    for (let n = 1; n <= 15; n++) {
      const formula = logGamma(n + 1) - (n + 0.5) * Math.log(n) + n - 0.5 * Math.log(2 * Math.PI)
      expect(Math.abs(stirlingError(n) - formula)).toBeLessThan(1e-14)
    }
  })
})

describe('binomial coefficients', () => {
  test('whole numbers by Pascal’s triangle', () => {
    let row = [1n]
    for (let n = 0; n <= 60; n++) {
      for (const [k, exact] of row.entries()) {
        const error = Math.abs(logBinomialCoefficient(n, k) - Math.log(Number(exact)))
        expect(error, `${n} over ${k}`).toBeLessThan(4e-15 * (1 + Math.log(Number(exact))))
      }
      row = [1n, ...row.slice(1).map((value, k) => value + (row[k] as bigint)), 1n]
    }
  })
  test('a few out of very many keep their digits', () => {
    // ln (2^52 (2^52 − 1) (2^52 − 2) / 6).
    expectClose(logBinomialCoefficient(2 ** 52, 3), 156 * Math.LN2 - Math.log(6) - 3 / 2 ** 52, 1e-15)
    expectClose(logBinomialCoefficient(2 ** 52, 2 ** 52 - 3), 156 * Math.LN2 - Math.log(6), 1e-15)
  })
  test('nothing to choose from', () => {
    expect([logBinomialCoefficient(5, -1), logBinomialCoefficient(5, 6), logBinomialCoefficient(0, 1)]).toEqual([
      -Infinity,
      -Infinity,
      -Infinity,
    ])
    expect([logBinomialCoefficient(5, 0), logBinomialCoefficient(5, 5), logBinomialCoefficient(0, 0)]).toEqual([0, 0, 0])
  })
})

describe('deviance part', () => {
  test.prop([fc.double({ min: 0.1, max: 1e3, noNaN: true }), fc.double({ min: 0.1, max: 1e3, noNaN: true })])(
    'is x ln (x / m) − x + m',
    (x, mean) => {
      expect(Math.abs(deviancePart(x, mean) - (x * Math.log(x / mean) - x + mean))).toBeLessThan(1e-12 * (1 + x + mean))
      expect(deviancePart(x, mean)).toBeGreaterThanOrEqual(0)
    },
  )
  test('next to the mean it is the square of the difference', () => {
    expectClose(deviancePart(1e8 + 1, 1e8), 1 / 2e8 - 1 / 6e16, 1e-15)
    expect(deviancePart(0, 5)).toBe(5)
  })
})

test('the logarithm of the complement', () => {
  expectClose(logComplement(-1e-20), Math.log(1e-20), 1e-15)
  expectClose(logComplement(-50), -Math.exp(-50), 1e-15)
  expectClose(logComplement(Math.log(0.5)), Math.log(0.5), 1e-15)
})

describe('random numbers', () => {
  // A transcription of SplitMix32 and xoshiro128** in Python 3.11: the numbers are part of every seeded result.
  test.each([
    [0, 0.41675133265905573, 0.5870575151842543, 0.6379754572548769],
    [1, 0.09156953175513294, 0.8881928137485323, 0.43427017709149285],
    [42, 0.15377165265745885, 0.018085883667157576, 0.913322514664976],
    [2 ** 40, 0.10066608896103335, 0.6631595074001221, 0.6053124369577172],
    [-5, 0.8999789234508786, 0.27211860641880214, 0.05850117037583358],
  ])('from seed %d', (seed, ...expected) => {
    const random = createRandom(seed)
    expect(expected.map(() => random.uniform())).toEqual(expected)
  })
  test('spread evenly, and differ from seed to seed', () => {
    const random = createRandom(42)
    const bins = new Array<number>(20).fill(0)
    const n = 20000
    for (let i = 0; i < n; i++) {
      const u = random.uniform()
      expect(u >= 0 && u < 1).toBe(true)
      const bin = Math.floor(u * 20)
      bins[bin] = (bins[bin] as number) + 1
    }
    const statistic = bins.reduce((sum, count) => sum + (count - n / 20) ** 2 / (n / 20), 0)
    // Chi-squared on 19 degrees of freedom: between the 0.0005 quantiles.
    expect(statistic).toBeGreaterThan(4.9)
    expect(statistic).toBeLessThan(45)
    const first = new Set(Array.from({ length: 1000 }, (_, seed) => createRandom(seed).uniform()))
    expect(first.size).toBe(1000)
    expect(createRandom(2 ** 40).uniform()).not.toBe(createRandom(0).uniform())
  })
})

describe('powers', () => {
  // mpmath 1.2.1 at 60 digits: float(mpf(x) ** mpf(a)), the double nearest to the power of the double.
  test.each([
    [0.1, 9.5, 3.162277660168381e-10],
    [1399.7, 9.5, 7.714932749874456e29],
    [3.3, 0.5, 1.816590212458495],
    [2.7182818, 7, 1096.6330780600738],
    [1e-20, 6.5, 9.999999999999997e-131],
    [0.9999, 9, 0.9991003599160126],
    [17.25, 8.5, 32561720563.945507],
    [0, 0.5, 0],
    [5, 0, 1],
  ])('%d to the %d', (x, exponent, expected) => {
    expect(power(x, exponent)).toBe(expected)
  })
  test('whole and half powers do not ask the engine, whose last digit differs from the next', () => {
    const engine = vi.spyOn(Math, 'pow')
    for (let exponent = 0; exponent < 10; exponent += 0.5) power(3.7, exponent)
    expect(engine).not.toHaveBeenCalled()
    expect(power(3.7, 2.25)).toBe(3.7 ** 2.25)
    engine.mockRestore()
  })
  test('powers of ten are those that are written', () => {
    expect([-5, -4, 0, 3].map(powerOfTen)).toEqual([1e-5, 1e-4, 1, 1000])
    expect(wholePower(3, 5)).toBe(243)
  })
})

test('a power by products is the power', () => {
  expect([0, 1, 2, 5].map((exponent) => wholePower(3, exponent))).toEqual([1, 3, 9, 243])
})

describe('root finding', () => {
  // Bisection alone takes some 52.
  test.each([
    [(x: number) => x * x - 2, 0, 2, Math.SQRT2, 12],
    [(x: number) => 2 - x * x, 0, 2, Math.SQRT2, 12],
    [(x: number) => Math.exp(x) - 10, 0, 5, Math.LN10, 14],
    [(x: number) => Math.cos(x) - x, 0, 1, 0.7390851332151607, 10],
  ])('%s: few evaluations, from either end', (f, lower, upper, root, most) => {
    for (const [a, b] of [
      [lower, upper],
      [upper, lower],
    ] as const) {
      let evaluations = 0
      const found = findRoot(
        (x) => {
          evaluations++
          return f(x)
        },
        a,
        b,
      )
      expectClose(found, root, 1e-15)
      expect(evaluations).toBeLessThanOrEqual(most)
    }
  })
  test('a root at an end is found there', () => {
    expect(findRoot((x) => x - 2, 2, 5)).toBe(2)
    expect(findRoot((x) => x - 5, 2, 5)).toBe(5)
  })
})

describe('quadratic forms of covariances', () => {
  /** V = A Aᵀ and d = V u, for which dᵀ V⁻ d = uᵀ V u whatever the rank. */
  const formOf = (factor: readonly (readonly number[])[], u: readonly number[]) => {
    const v = factor.map((row) => factor.map((other) => row.reduce((sum, x, k) => sum + x * (other[k] as number), 0)))
    const d = v.map((row) => row.reduce((sum, x, k) => sum + x * (u[k] as number), 0))
    const expected = d.reduce((sum, x, k) => sum + x * (u[k] as number), 0)
    const lower = v.map((row, i) => Float64Array.from(row, (x, j) => (j <= i ? x : Number.NaN)))
    return { ...semidefiniteForm(lower, Float64Array.from(d)), expected }
  }
  test.each([
    [
      'of full rank',
      [
        [2, 0, 0],
        [1, 3, 0],
        [-1, 2, 0.5],
      ],
      [1, -2, 3],
      3,
    ],
    [
      'of rank two',
      [
        [2, 0],
        [1, 3],
        [-1, 2],
        [4, 1],
      ],
      [1, -2, 3, 0.5],
      2,
    ],
    [
      'of scales far apart',
      [
        [1e-4, 0, 0],
        [1, 3, 0],
        [100, 2e4, 500],
      ],
      [2, 1, -1e-3],
      3,
    ],
    [
      'with a variance of 0',
      [
        [0, 0],
        [1, 3],
        [2, -1],
      ],
      [7, 1, 2],
      2,
    ],
    ['of nothing', [[0], [0]], [1, 1], 0],
    [
      'with a variable that repeats another, before one that does not',
      [
        [1, 0],
        [1, 0],
        [0, 1],
      ],
      [1, 2, 3],
      2,
    ],
    [
      'with a variable that is all but another',
      [
        [1, 0, 0],
        [1, 1e-9, 0],
        [0.3, 0, 2],
        [0.5, 0, 1],
      ],
      [1, -1, 2, 0.5],
      2,
    ],
  ])('%s', (_, factor, u, rank) => {
    const result = formOf(factor, u)
    expect(result.rank).toBe(rank)
    expectClose(result.form, result.expected, 1e-10)
  })
})
