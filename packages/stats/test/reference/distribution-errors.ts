import * as stats from '../../src/distributions/index.ts'
import { logBinomialCoefficient, logGamma } from '../../src/numerics/index.ts'
import reference from '../distributions.reference.json' with { type: 'json' }

/** Worst relative error of one function over its points of the grid. */
export interface FunctionErrors {
  /** Number of points. */
  readonly points: number
  /** The point of the largest error. */
  readonly worst: { readonly arguments: readonly number[]; readonly error: number; readonly got: number; readonly expected: string }
}

/** A function with what compares it to its points of the grid. */
export interface FunctionComparison {
  /** Name of the function. */
  readonly name: string
  /** Compares. Within a test and not before it, so that what goes wrong there is the test's. */
  readonly errors: () => FunctionErrors
}

type Row = readonly (number | string | null)[]
type Numeric = (...values: number[]) => number

/** Every distribution and the committed grid of 50-digit values. */
export function distributionComparisons(): readonly FunctionComparison[] {
  const found: FunctionComparison[] = []
  const compare = (name: string, compute: Numeric, rows: readonly Row[], argumentCount: number, column: number, log = false) => {
    found.push({ name, errors: () => worstOf(compute, rows, argumentCount, column, log) })
  }
  const worstOf = (compute: Numeric, rows: readonly Row[], argumentCount: number, column: number, log: boolean): FunctionErrors => {
    let points = 0
    let worst: FunctionErrors['worst'] = { arguments: [], error: 0, got: 0, expected: '0' }
    for (const row of rows) {
      const expected = row[column]
      if (expected === null || expected === undefined) continue
      const parameters = row.slice(0, argumentCount) as number[]
      const got = compute(...parameters)
      const exact = Number(expected)
      // A logarithm next to 0 is the other tail; below that a probability of 1 − 1e-17 is 1.
      if (!log && (exact < 1e-300 || !(Math.abs(exact) < Infinity))) continue
      const error = exact === 0 ? Math.abs(got) : Math.abs(got / exact - 1)
      points++
      // What is not a number is the worst, and stays it.
      if (worst.error >= 0 && !(error <= worst.error)) worst = { arguments: parameters, error, got, expected: String(expected) }
    }
    return { points, worst }
  }
  const tails = (stem: string, functions: readonly [Numeric, Numeric, Numeric, Numeric], rows: readonly Row[], count: number) => {
    const [lower, upper, logLower, logUpper] = functions
    compare(`${stem}Cdf`, lower, rows, count, count)
    compare(`${stem}UpperTail`, upper, rows, count, count + 1)
    compare(`log ${stem}Cdf`, logLower, rows, count, count + 2, true)
    compare(`log ${stem}UpperTail`, logUpper, rows, count, count + 3, true)
  }
  const discrete = (stem: string, functions: readonly [Numeric, Numeric, Numeric], rows: readonly Row[], count: number) => {
    const [probability, lower, upper] = functions
    compare(`${stem}Probability`, probability, rows, count, count)
    compare(`${stem}Cdf`, lower, rows, count, count + 1)
    compare(`${stem}UpperTail`, upper, rows, count, count + 2)
  }
  const quantiles = (stem: string, lower: Numeric, upper: Numeric, rows: readonly Row[], count: number) => {
    compare(
      `${stem}Quantile`,
      lower,
      rows.filter((row) => row[count] === 'lower'),
      count,
      count + 1,
    )
    compare(
      `${stem}UpperQuantile`,
      upper,
      rows.filter((row) => row[count] === 'upper'),
      count,
      count + 1,
    )
  }

  compare('logGamma', logGamma, reference.logGamma, 1, 1, true)
  compare('logBinomialCoefficient', logBinomialCoefficient, reference.logBinomialCoefficient, 2, 2, true)
  tails('normal', [stats.normalCdf, stats.normalUpperTail, stats.logNormalCdf, stats.logNormalUpperTail], reference.normal, 1)
  compare('normalQuantile', stats.normalQuantile, reference.normalQuantile, 1, 1, true)
  compare('normalUpperQuantile', (q) => -stats.normalUpperQuantile(q), reference.normalQuantile, 1, 1, true)
  tails(
    'chiSquared',
    [stats.chiSquaredCdf, stats.chiSquaredUpperTail, stats.logChiSquaredCdf, stats.logChiSquaredUpperTail],
    reference.chiSquared,
    2,
  )
  quantiles('chiSquared', stats.chiSquaredQuantile, stats.chiSquaredUpperQuantile, reference.chiSquaredQuantile, 2)
  tails(
    'noncentralChiSquared',
    [
      stats.noncentralChiSquaredCdf,
      stats.noncentralChiSquaredUpperTail,
      stats.logNoncentralChiSquaredCdf,
      stats.logNoncentralChiSquaredUpperTail,
    ],
    reference.noncentralChiSquared,
    3,
  )
  quantiles(
    'noncentralChiSquared',
    stats.noncentralChiSquaredQuantile,
    stats.noncentralChiSquaredUpperQuantile,
    reference.noncentralChiSquaredQuantile,
    3,
  )
  tails('beta', [stats.betaCdf, stats.betaUpperTail, stats.logBetaCdf, stats.logBetaUpperTail], reference.beta, 3)
  quantiles('beta', stats.betaQuantile, stats.betaUpperQuantile, reference.betaQuantile, 3)
  discrete('binomial', [stats.binomialProbability, stats.binomialCdf, stats.binomialUpperTail], reference.binomial, 3)
  discrete('poisson', [stats.poissonProbability, stats.poissonCdf, stats.poissonUpperTail], reference.poisson, 2)
  discrete(
    'hypergeometric',
    [stats.hypergeometricProbability, stats.hypergeometricCdf, stats.hypergeometricUpperTail],
    reference.hypergeometric,
    4,
  )
  discrete(
    'noncentralHypergeometric',
    [stats.noncentralHypergeometricProbability, stats.noncentralHypergeometricCdf, stats.noncentralHypergeometricUpperTail],
    reference.noncentralHypergeometric,
    5,
  )
  compare('noncentralHypergeometricMean', (_x, ...urn) => mean(urn), reference.noncentralHypergeometric, 5, 8)
  compare('noncentralHypergeometricVariance', (_x, ...urn) => variance(urn), reference.noncentralHypergeometric, 5, 9)
  return found
}

function mean([white = 0, black = 0, drawn = 0, ratio = 1]: readonly number[]): number {
  return stats.noncentralHypergeometricMean(white, black, drawn, ratio)
}

function variance([white = 0, black = 0, drawn = 0, ratio = 1]: readonly number[]): number {
  return stats.noncentralHypergeometricVariance(white, black, drawn, ratio)
}
