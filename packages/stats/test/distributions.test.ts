import { fc, test } from '@fast-check/vitest'
import { readFileSync } from 'node:fs'
import { describe, expect } from 'vitest'
import { firstWhere } from '../src/distributions/discrete-quantile.ts'
import * as stats from '../src/distributions/index.ts'
import reference from './distributions.reference.json' with { type: 'json' }
import { distributionComparisons } from './reference/distribution-errors.ts'
import { expectClose } from './relative-error.ts'

// Largest relative error over the grid of 50-digit values, function by function.
describe('reference values', () => {
  const accuracy = readFileSync(new URL('../ACCURACY.md', import.meta.url), 'utf8')
  test.each(distributionComparisons())('$name: as exact as ACCURACY.md says', ({ name, errors }) => {
    const { worst, points } = errors()
    expect(points).toBeGreaterThan(10)
    expect(worst.error, JSON.stringify(worst)).toBeLessThan(1e-12)
    const [, pointsStated, stated] = new RegExp(`^\\| ${name} \\| (\\d+) \\| (\\S+) \\|`, 'm').exec(accuracy) ?? []
    expect(Number(pointsStated)).toBe(points)
    // Some of the last digits are the engine's, of which one may be worse than another.
    expect(worst.error, JSON.stringify(worst)).toBeLessThan(1.5 * Number(stated) + 2e-15)
  })
})

test('on fewer than 20 degrees of freedom, the commonest, chi-squared tails are right to 15 digits', () => {
  for (const [x, df, lower, upper] of reference.chiSquared) {
    if (Number(df) >= 20) continue
    if (Number(lower) > 1e-300) expectClose(stats.chiSquaredCdf(Number(x), Number(df)), Number(lower), 5e-15)
    if (Number(upper) > 1e-300) expectClose(stats.chiSquaredUpperTail(Number(x), Number(df)), Number(upper), 5e-15)
  }
})

// mpmath 1.3.0, 40 digits: integrals of the weight as a function of a real number with the first term of Euler and Maclaurin's, after
// which nothing is left of the difference from the sum. Such counts are summed in strides; what rounding takes from the fitted table of
// counts near 2^52 shows in the tails.
test.each([
  [2 ** 52, 2 ** 51, 2 ** 51 + 12_345, 0.3, 1090471780724636, 'upper', 9.86588004348819e-10, 1090471670962914, 334656544858083.4],
  [2 ** 52, 2 ** 51, 2 ** 51 + 12_345, 0.3, 1090471561201192, 'lower', 9.86587613275712e-10, 1090471670962914, 334656544858083.4],
  [2 ** 50 + 777, 2 ** 52 - 99, 2 ** 49 + 1, 7.5, 328476760229049, 'upper', 1.1285868975223208e-19, 328476664275169.56, 113668480561918.45],
  [2 ** 50 + 777, 2 ** 52 - 99, 2 ** 49 + 1, 7.5, 328476632290543, 'lower', 0.0013498982354320501, 328476664275169.56, 113668480561918.45],
  [4e6, 7e6, 3e6, 2.5, 1570170, 'upper', 2.8680245781529803e-7, 1566567.5075402302, 519062.49108832964],
  [9e12, 1e12, 4e12, 0.013, 3025032567037, 'lower', 1.773545014294793e-33, 3025034430502.9463, 24114629021.951622],
] as const)(
  'noncentral hypergeometric of %d white and %d black, %d drawn at %d',
  (white, black, drawn, ratio, x, side, tail, mean, variance) => {
    const compute = side === 'upper' ? stats.noncentralHypergeometricUpperTail : stats.noncentralHypergeometricCdf
    expectClose(compute(x, white, black, drawn, ratio), tail, 1e-11)
    expectClose(stats.noncentralHypergeometricMean(white, black, drawn, ratio), mean, 1e-15)
    expectClose(stats.noncentralHypergeometricVariance(white, black, drawn, ratio), variance, 1e-12)
  },
)

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

describe('searching for the first whole number that will do', () => {
  test.prop([
    fc.integer({ min: -50, max: 1000 }),
    fc.integer({ min: 0, max: 400 }),
    fc.integer({ min: -200, max: 1200 }),
    fc.integer({ min: -60, max: 1500 }),
  ])('finds it wherever it starts, the sooner the nearer', (lower, length, start, answer) => {
    const upper = lower + length
    let looks = 0
    const found = firstWhere(lower, upper, start, (k) => {
      expect(k).toBeGreaterThanOrEqual(lower)
      expect(k).toBeLessThan(upper)
      looks++
      return k >= answer
    })
    expect(found).toBe(Math.min(upper, Math.max(lower, answer)))
    const way = Math.abs(found - Math.min(upper, Math.max(lower, start)))
    expect(looks).toBeLessThanOrEqual(2 * Math.log2(way + 1) + 3)
  })
})

const byName: Readonly<Record<string, (...values: readonly number[]) => number>> = stats

type Discrete = 'binomial' | 'poisson' | 'hypergeometric' | 'noncentralHypergeometric'

/** The eight functions of a discrete distribution, with its parameters. */
function discreteFunctions(name: Discrete, parameters: readonly number[]) {
  const bound = (called: string) => (x: number) => byName[called]?.(x, ...parameters) as number
  const Name = name.charAt(0).toUpperCase() + name.slice(1)
  return {
    probability: bound(`${name}Probability`),
    cdf: bound(`${name}Cdf`),
    upperTail: bound(`${name}UpperTail`),
    logProbability: bound(`log${Name}Probability`),
    logCdf: bound(`log${Name}Cdf`),
    logUpperTail: bound(`log${Name}UpperTail`),
    quantile: bound(`${name}Quantile`),
    upperQuantile: bound(`${name}UpperQuantile`),
  }
}

// The last two numbers are the smallest value that can occur and the largest, or one beyond which nothing is left.
describe.each([
  ['binomial', [17, 0.3], 0, 17],
  ['binomial', [1, 0.5], 0, 1],
  ['binomial', [30, 0.97], 0, 30],
  ['binomial', [400, 0.02], 0, 60],
  ['poisson', [0.3], 0, 20],
  ['poisson', [7], 0, 50],
  ['poisson', [90], 0, 200],
  ['hypergeometric', [20, 30, 12], 0, 12],
  ['hypergeometric', [3, 5, 7], 2, 3],
  ['hypergeometric', [500, 80, 120], 40, 120],
  ['noncentralHypergeometric', [20, 30, 12, 0.2], 0, 12],
  ['noncentralHypergeometric', [20, 30, 12, 9], 0, 12],
  ['noncentralHypergeometric', [3, 5, 7, 2], 2, 3],
  ['noncentralHypergeometric', [50, 8, 20, 0.7], 12, 20],
] as const)('%s %j', (name, parameters, smallest, largest) => {
  const { probability, cdf, upperTail, logProbability, logCdf, logUpperTail, quantile, upperQuantile } = discreteFunctions(name, parameters)
  const from = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, k) => first + k)
  const values = from(smallest, largest)
  const end = name === 'poisson' ? Infinity : name === 'binomial' ? parameters[0] : largest
  const sum = (first: number, last: number) => from(first, last).reduce((total, x) => total + probability(x), 0)

  test('tails add up, and logarithms are those of the probabilities', () => {
    for (const x of values) {
      expectClose(cdf(x), sum(smallest, x), 1e-12)
      expectClose(upperTail(x), sum(x, Math.min(end, largest + 100)), 1e-12)
      expectClose(logProbability(x), Math.log(probability(x)), 1e-12)
      // Of a probability next to 1 the logarithm is that of the other tail.
      const [below, above] = [cdf(x), upperTail(x + 1)]
      expectClose(logCdf(x), below < 0.5 ? Math.log(below) : Math.log1p(-above), 1e-12)
      if (above > 0) expectClose(logUpperTail(x + 1), above < 0.5 ? Math.log(above) : Math.log1p(-below), 1e-12)
    }
  })
  test('between whole numbers and beyond them', () => {
    for (const x of values) {
      expect([probability(x + 0.5), logProbability(x + 0.5)]).toEqual([0, -Infinity])
      expect([cdf(x + 0.5), logCdf(x + 0.5)]).toEqual([cdf(x), logCdf(x)])
      expect([upperTail(x - 0.5), logUpperTail(x - 0.5)]).toEqual([upperTail(x), logUpperTail(x)])
    }
    for (const x of [smallest - 1, -3, -Infinity]) {
      expect([probability(x), cdf(x), upperTail(x)]).toEqual([0, 0, 1])
      expect([logProbability(x), logCdf(x), logUpperTail(x)]).toEqual([-Infinity, -Infinity, 0])
    }
    expect([upperTail(smallest), logUpperTail(smallest)]).toEqual([1, 0])
    for (const x of [...(end < Infinity ? [end + 1] : []), Infinity]) {
      expect([probability(x), cdf(x), upperTail(x)]).toEqual([0, 1, 0])
      expect([logProbability(x), logCdf(x), logUpperTail(x)]).toEqual([-Infinity, 0, -Infinity])
    }
  })
  test('quantiles are the first value that reaches the probability, from either tail', () => {
    for (const x of values) {
      // A probability that rounding has put a little off still counts as reached; one that is off by more does not.
      const [below, above] = [cdf(x), upperTail(x + 1)]
      for (const [p, q, found] of [
        [below * (1 + 5e-15), above * (1 - 5e-15), x],
        [below * (1 + 1e-12), above * (1 - 1e-12), x + 1],
      ] as const) {
        if (p > 1e-300 && p <= 0.5) expect(quantile(p)).toBe(found)
        if (q > 1e-300 && q <= 0.5) expect(upperQuantile(q)).toBe(found)
      }
      const middle = below - 0.5 * probability(x)
      if (probability(x) > 1e-9) expect([quantile(middle), upperQuantile(1 - middle)]).toEqual([x, x])
    }
    expect([quantile(0), upperQuantile(1)]).toEqual([smallest, smallest])
    expect([quantile(1), upperQuantile(0)]).toEqual([end, end])
  })
})

// mpmath 1.3.0, 60 digits: logarithms of sums of exact terms, where the probabilities themselves are 0 in doubles.
test.each([
  ['logBinomialProbability', [9000, 10_000, 0.1], -17582.116838863876],
  ['logBinomialUpperTail', [9000, 10_000, 0.1], -17582.104417906157],
  ['logBinomialCdf', [900, 10_000, 0.9], -18027.23260489014],
  ['logPoissonProbability', [2000, 10], -8611.354164525716],
  ['logPoissonUpperTail', [2000, 10], -8611.349154507796],
  ['logPoissonCdf', [10, 2000], -1939.09037795847],
  ['logHypergeometricProbability', [950, 1000, 9000, 2000], -1566.0126794848093],
  ['logHypergeometricUpperTail', [950, 1000, 9000, 2000], -1566.0057131904016],
  ['logHypergeometricCdf', [1, 1000, 9000, 2000], -230.9960151356168],
  ['logNoncentralHypergeometricProbability', [950, 1000, 9000, 2000, 0.125], -3339.5389797504313],
  ['logNoncentralHypergeometricUpperTail', [950, 1000, 9000, 2000, 0.125], -3339.5381114955367],
  ['logNoncentralHypergeometricCdf', [20, 1000, 9000, 2000, 40], -2086.162642393876],
] as const)('%s of %j', (name, parameters, expected) => {
  expectClose(byName[name]?.(...parameters), expected, 1e-13)
})

describe('quantiles of continuous distributions', () => {
  test.prop([fc.double({ min: 0.5, max: 1, minExcluded: true, maxExcluded: true, noNaN: true }), shape, shape])(
    'above a half they are those of the other tail',
    (p, a, b) => {
      expect(stats.normalQuantile(p)).toBe(stats.normalUpperQuantile(1 - p))
      expect(stats.chiSquaredQuantile(p, a)).toBe(stats.chiSquaredUpperQuantile(1 - p, a))
      expect(stats.chiSquaredUpperQuantile(p, a)).toBe(stats.chiSquaredQuantile(1 - p, a))
      expect(stats.betaQuantile(p, a, b)).toBe(stats.betaUpperQuantile(1 - p, a, b))
      expect(stats.betaUpperQuantile(p, a, b)).toBe(stats.betaQuantile(1 - p, a, b))
      const [df, noncentrality] = [a / 100, b / 100]
      expect(stats.noncentralChiSquaredQuantile(p, df, noncentrality)).toBe(
        stats.noncentralChiSquaredUpperQuantile(1 - p, df, noncentrality),
      )
      expect(stats.noncentralChiSquaredUpperQuantile(p, df, noncentrality)).toBe(
        stats.noncentralChiSquaredQuantile(1 - p, df, noncentrality),
      )
    },
  )
  // Degrees of freedom next to 0, where a lower quantile leaves the range of doubles: that used to have no end.
  test.each([0.003, 0.01, 0.05, 0.1, 0.3, 1, 2, 3])('undo the tails on %d degrees of freedom', (df) => {
    for (const p of [0.5, 0.4, 0.16, 0.01, 1e-10, 1e-200]) {
      expectClose(stats.chiSquaredUpperTail(stats.chiSquaredUpperQuantile(p, df), df), p, 1e-12)
      const x = stats.chiSquaredQuantile(p, df)
      if (x > 0) expectClose(stats.chiSquaredCdf(x, df), p, 1e-12)
      else expect(stats.chiSquaredCdf(1e-307, df)).toBeGreaterThan(p)
    }
    expect([stats.noncentralChiSquaredQuantile(0, df, 3), stats.noncentralChiSquaredUpperQuantile(0, df, 3)]).toEqual([0, Infinity])
    expect([stats.noncentralChiSquaredQuantile(1, df, 3), stats.noncentralChiSquaredUpperQuantile(1, df, 3)]).toEqual([Infinity, 0])
  })
  test.each([0.003, 0.02, 0.1, 0.4, 1])('undo the tails of beta distributions with a shape of %d', (a) => {
    for (const b of [0.003, 0.1, 1, 30, 1e6]) {
      for (const p of [0.5, 0.3, 0.01, 1e-10, 1e-200]) {
        const x = stats.betaQuantile(p, a, b)
        if (x > 1e-300 && x < 0.99) expectClose(stats.betaCdf(x, a, b), p, 1e-11)
        const y = stats.betaUpperQuantile(p, a, b)
        if (y > 1e-300 && y < 0.99) expectClose(stats.betaUpperTail(y, a, b), p, 1e-11)
      }
    }
  })
  test.each([0.003, 0.01, 0.05, 0.1, 0.3, 1, 2, 3])('undo the tails of the noncentral chi-squared on %d degrees of freedom', (df) => {
    for (const p of [0.5, 0.4, 0.16, 0.01, 1e-10, 1e-200]) {
      for (const noncentrality of [0, 1e-3, 1, 30]) {
        const upper = stats.noncentralChiSquaredUpperQuantile(p, df, noncentrality)
        expectClose(stats.noncentralChiSquaredUpperTail(upper, df, noncentrality), p, 1e-12)
        const lower = stats.noncentralChiSquaredQuantile(p, df, noncentrality)
        if (lower > 0) expectClose(stats.noncentralChiSquaredCdf(lower, df, noncentrality), p, 1e-12)
        else expect(stats.noncentralChiSquaredCdf(1e-307, df, noncentrality)).toBeGreaterThan(p)
      }
    }
  })
  test('next to 0 the noncentral chi-squared is the central one times the first weight', () => {
    for (const x of [1e-323, 1e-310, 1e-305, 1e-250])
      expectClose(stats.logNoncentralChiSquaredCdf(x, 0.5, 3), stats.logChiSquaredCdf(x, 0.5) - 1.5, 1e-14)
  })
  test('an upper quantile below the smallest double is 0', () => {
    // 0.6^2000 = 1e-444.
    expect(stats.chiSquaredUpperQuantile(0.4, 0.001)).toBe(0)
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
  test('the mirror image of a beta distribution with shapes whose sum is rounded', () => {
    for (const [a, b] of [
      [2 ** 53 - 1, 2 ** 52 + 1],
      [3 * 2 ** 51 + 1, 2 ** 52 + 3],
    ] as const) {
      for (const z of [-5, -1, 0.5, 4]) {
        // A multiple of 2^-40, of which the complement is exact.
        const mean = a / (a + b)
        const x = Math.round((mean + z * Math.sqrt((mean * (1 - mean)) / (a + b))) * 2 ** 40) / 2 ** 40
        expectClose(stats.logBetaCdf(x, a, b), stats.logBetaUpperTail(1 - x, b, a), 1e-12)
      }
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
    expect([50, -50, Infinity, -Infinity].map((z) => stats.normalDensity(z))).toEqual([0, 0, 0, 0])
    expectClose(stats.normalDensity(-38), stats.normalDensity(38), 1e-15)
  })
  test('quantiles of 0 and 1', () => {
    expect([stats.chiSquaredQuantile(0, 3), stats.chiSquaredQuantile(1, 3)]).toEqual([0, Infinity])
    expect([stats.normalQuantile(0), stats.normalQuantile(1)]).toEqual([-Infinity, Infinity])
    expect([stats.betaQuantile(0, 2, 3), stats.betaQuantile(1, 2, 3)]).toEqual([0, 1])
    expect([stats.betaUpperQuantile(0, 2, 3), stats.betaUpperQuantile(1, 2, 3)]).toEqual([1, 0])
    expect([stats.binomialQuantile(0, 9, 0.5), stats.binomialQuantile(1, 9, 0.5)]).toEqual([0, 9])
    expect(stats.poissonQuantile(1, 3)).toBe(Infinity)
    // Far tails are 0 in doubles; R 4.2.2 gives the largest value too.
    expect([stats.binomialQuantile(1, 5000, 0.02), stats.hypergeometricQuantile(1, 500, 80_000, 600)]).toEqual([5000, 500])
    expect(stats.noncentralHypergeometricUpperQuantile(0, 500, 80_000, 600, 1)).toBe(500)
    // An urn without the one or the other, or nothing drawn.
    expect([stats.hypergeometricQuantile(0, 0, 5, 3), stats.hypergeometricQuantile(1, 5, 0, 3)]).toEqual([0, 3])
    expect([stats.hypergeometricQuantile(0.3, 0, 0, 0), stats.hypergeometricUpperQuantile(0, 1, 0, 0)]).toEqual([0, 0])
    expect([stats.binomialQuantile(1, 7, 0), stats.binomialQuantile(0.2, 7, 1), stats.binomialUpperQuantile(0, 0, 0.4)]).toEqual([0, 7, 0])
    expect([stats.noncentralHypergeometricQuantile(0.3, 3, 0, 2, 7), stats.noncentralHypergeometricVariance(3, 0, 2, 7)]).toEqual([2, 0])
  })
})

describe('refusals', () => {
  // Quantiles did not look at all of their parameters before they searched.
  test.each([
    [() => stats.binomialQuantile(0.3, -1, 0.5), 'not-a-count', 'trials is -1, expected a whole number of at least 0'],
    [() => stats.binomialQuantile(0.3, 10, 2), 'out-of-range', 'probability is 2'],
    [() => stats.noncentralChiSquaredQuantile(0.3, 2, -1), 'out-of-range', 'noncentrality is -1, expected a number of at least 0'],
    [() => stats.noncentralChiSquaredUpperQuantile(0.3, 2, Infinity), 'out-of-range', 'noncentrality is Infinity'],
    [() => stats.noncentralChiSquaredQuantile(0, 2, -1), 'out-of-range', 'noncentrality is -1'],
    [() => stats.binomialUpperQuantile(0.3, 2.5, 0.5), 'not-a-count', 'trials is 2.5, expected a whole number of at least 0'],
    [() => stats.binomialQuantile(Number.NaN, 10, 0.2), 'out-of-range', 'cumulative is NaN'],
    [() => stats.binomialUpperQuantile(2, 10, 0.2), 'out-of-range', 'exceedance is 2'],
    [() => stats.binomialProbability(Number.NaN, 10, 0.2), 'out-of-range', 'k is NaN'],
    [() => stats.poissonQuantile(-1, 2), 'out-of-range', 'cumulative is -1'],
    [() => stats.poissonQuantile(0.3, -1), 'out-of-range', 'mean is -1'],
    [() => stats.poissonUpperQuantile(1.5, 2), 'out-of-range', 'exceedance is 1.5'],
    [() => stats.poissonUpperQuantile(0, 0), 'out-of-range', 'mean is 0'],
    [() => stats.poissonProbability(Number.NaN, 2), 'out-of-range', 'k is NaN'],
    [() => stats.hypergeometricQuantile(-0.5, 3, 4, 2), 'out-of-range', 'cumulative is -0.5'],
    [() => stats.hypergeometricQuantile(0.2, 3, 4, 8), 'mismatch', '8 drawn from 7'],
    [() => stats.hypergeometricUpperQuantile(7, 3, 4, 2), 'out-of-range', 'exceedance is 7'],
    [() => stats.hypergeometricProbability(1, 3.5, 2, 2), 'not-a-count', 'white is 3.5'],
    [() => stats.hypergeometricProbability(1, 3, 0.5, 2), 'not-a-count', 'black is 0.5'],
    [() => stats.hypergeometricProbability(1, 3, 5, -2), 'not-a-count', 'drawn is -2'],
    [() => stats.hypergeometricCdf(Number.NaN, 3, 5, 2), 'out-of-range', 'x is NaN'],
    [() => stats.hypergeometricCdf(1, 2 ** 53 - 1, 4, 1), 'not-a-count', 'white + black is 9007199254740996, above 2^53 - 1'],
    [() => stats.noncentralHypergeometricQuantile(-1, 3, 4, 2, 1), 'out-of-range', 'cumulative is -1'],
    [() => stats.noncentralHypergeometricUpperQuantile(0.2, 3, 4, 8, 1), 'mismatch', '8 drawn from 7'],
    [() => stats.noncentralHypergeometricUpperQuantile(-1, 3, 4, 2, 1), 'out-of-range', 'exceedance is -1'],
    [() => stats.noncentralHypergeometricQuantile(0.2, 3, 4, 2, -1), 'out-of-range', 'oddsRatio is -1'],
    [() => stats.noncentralHypergeometricCdf(1, 2 ** 53 - 1, 4, 1, 2), 'not-a-count', 'white + black is 9007199254740996, above 2^53 - 1'],
    [() => stats.noncentralHypergeometricMean(-3, 4, 1, 2), 'not-a-count', 'white is -3'],
    [() => stats.noncentralHypergeometricMean(3, 4.5, 1, 2), 'not-a-count', 'black is 4.5'],
    [() => stats.noncentralHypergeometricVariance(3, 4, -1, 2), 'not-a-count', 'drawn is -1'],
    [() => stats.noncentralHypergeometricProbability(Number.NaN, 3, 4, 1, 2), 'out-of-range', 'x is NaN'],
    [() => stats.noncentralChiSquaredQuantile(0, 0, 1), 'out-of-range', 'degreesOfFreedom is 0'],
    [() => stats.noncentralChiSquaredQuantile(1.2, 1, 1), 'out-of-range', 'probability is 1.2'],
    [() => stats.noncentralChiSquaredUpperQuantile(-0.2, 1, 1), 'out-of-range', 'probability is -0.2'],
    [() => stats.noncentralChiSquaredCdf(1, 3, -1), 'out-of-range', 'noncentrality is -1'],
    [() => stats.noncentralChiSquaredCdf(Number.NaN, 1, 1), 'out-of-range', 'x is NaN'],
    [() => stats.noncentralChiSquaredUpperTail(1, Number.NaN, 1), 'out-of-range', 'degreesOfFreedom is NaN'],
    [() => stats.chiSquaredQuantile(0, -2), 'out-of-range', 'degreesOfFreedom is -2'],
    [() => stats.chiSquaredUpperQuantile(-1, 2), 'out-of-range', 'probability is -1'],
    [() => stats.chiSquaredUpperTail(Number.NaN, 1), 'out-of-range', 'x is NaN'],
    [() => stats.normalCdf(Number.NaN), 'out-of-range', 'z is NaN'],
    [() => stats.logNormalCdf(Number.NaN), 'out-of-range', 'z is NaN'],
    [() => stats.normalDensity(Number.NaN), 'out-of-range', 'z is NaN'],
    [() => stats.normalUpperQuantile(1.5), 'out-of-range', 'probability is 1.5'],
    [() => stats.betaCdf(Number.NaN, 1, 2), 'out-of-range', 'x is NaN'],
    [() => stats.betaCdf(0.5, 1, 0), 'out-of-range', 'b is 0'],
    [() => stats.betaQuantile(0, -2, 1), 'out-of-range', 'a is -2'],
    [() => stats.betaUpperQuantile(1.5, 2, 1), 'out-of-range', 'probability is 1.5'],
    [() => stats.betaQuantile(-1, 2, 1), 'out-of-range', 'probability is -1'],
    [() => stats.betaQuantile(0.5, 1, 0), 'out-of-range', 'b is 0'],
  ])('%s: %s, %s', (refused, code, message) => {
    expect(refused).toThrow(expect.objectContaining({ code, message: expect.stringContaining(message) as string }) as Error)
  })
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
