import { describe, expect, test } from 'vitest'
import * as exact from '../src/exact/index.ts'
import * as stats from '../src/index.ts'

// What TypeScript refuses, JavaScript and options read from a file can still pass, such as R's spelling of an alternative.
const functions = { ...stats, ...exact } as unknown as Readonly<Record<string, (...given: readonly unknown[]) => unknown>>
const table = [
  [3, 9],
  [11, 4],
]
const groups = [
  [3, 9],
  [11, 4],
  [6, 6],
]
const ofProportion = [3, 12]
const ofTwo = [
  [3, 5],
  [12, 15],
]
const model = [
  { events: 3, trials: 9, predictors: [0] },
  { events: 5, trials: 9, predictors: [1] },
]

const calls: readonly [name: string, given: readonly unknown[], options: readonly string[]][] = [
  ['fisherExactTest', [table], ['alternative', 'twoSided', 'midP', 'interval']],
  ['fisherPValues', [table.flat()], ['alternative', 'twoSided', 'midP']],
  ['conditionalOddsRatio', [table], ['alternative', 'interval']],
  ['medianUnbiasedOddsRatio', [table], ['alternative']],
  ['oddsRatio', [table], ['estimator', 'interval']],
  ['riskRatio', [table], ['interval']],
  ['riskDifference', [table], ['interval']],
  ['numberNeeded', [table], ['interval']],
  ['chiSquaredTest', [table], ['continuityCorrection', 'variance']],
  ['likelihoodRatioTest', [table], ['correction']],
  ['monteCarloTest', [table], ['statistic']],
  ['exactMultinomialTest', [[3, 4]], ['ordering']],
  ['proportionInterval', ofProportion, ['method', 'alternative']],
  ['wilsonInterval', ofProportion, ['alternative']],
  ['clopperPearsonInterval', ofProportion, ['alternative']],
  ['multinomialIntervals', [[3, 9, 4]], ['method']],
  ['binomialTest', ofProportion, ['alternative', 'twoSided']],
  ['proportionTest', ofTwo, ['alternative', 'continuityCorrection']],
  ['nonInferiorityTest', [...ofTwo, 0.1], ['effect', 'better']],
  ['equivalenceTest', [...ofTwo, [0.5, 0.9]], ['effect']],
  ['mcnemarTest', [table], ['variant']],
  ['pairedDifference', [table], ['interval']],
  ['cochranArmitageTest', [groups], ['alternative']],
  ['linearByLinearTest', [groups], ['alternative']],
  ['cochranMantelHaenszelTest', [[table, table]], ['alternative', 'continuityCorrection']],
  ['mantelHaenszel', [[table, table]], ['measure', 'variance']],
  ['generalizedCochranMantelHaenszelTest', [[table, table]], ['association']],
  ['cohenKappa', [table], ['weights']],
  ['twoProportionPower', [0.1, 0.3, 40], ['alternative']],
  ['trendPower', [[0.1, 0.3], 40], ['alternative']],
  ['mcnemarPower', [0.1, 0.3, 40], ['test', 'alternative']],
  ['arcsinePower', [0.3, 40], ['alternative']],
  ['exactTwoProportionPower', [0.1, 0.3, 40], ['test', 'alternative']],
  ['nonInferiorityPower', [0.1, 0.1, 0.5, 40], ['effect', 'nullVariance']],
  ['precisionSampleSize', [0.1], ['method']],
  ['finitePopulationInterval', [3, 12, 40], ['method', 'alternative']],
  ['finitePopulationTest', [table, [30, 40]], ['alternative', 'variance']],
  ['fragilityIndex', [table], ['test']],
  ['logisticRegression', [model], ['penalty', 'interval']],
  ['crosstab', [[{ a: 1, b: 2 }], 'a', 'b'], ['missing', 'unlisted']],
  ['barnardTest', [table], ['ordering', 'alternative']],
  ['boschlooTest', [table], ['twoSided', 'alternative']],
  ['unconditionalDifferenceInterval', [table], ['interval', 'alternative']],
  ['exactMantelHaenszelTest', [[table, table]], ['alternative', 'twoSided', 'midP', 'interval']],
  ['exactCochranArmitageTest', [groups], ['alternative', 'midP']],
  ['exactLinearByLinearTest', [groups], ['alternative']],
  ['exactJonckheereTerpstraTest', [groups], ['alternative']],
]

describe('an option that names no way is refused, with the names that there are', () => {
  test.each(calls.flatMap(([name, given, options]) => options.map((option) => [name, option, given] as const)))(
    '%s: %s',
    (name, option, given) => {
      const run = (value: string): unknown => functions[name]?.(...given, { [option]: value })
      expect(() => run('two.sided')).toThrow(
        expect.objectContaining({
          name: 'StatsError',
          code: 'out-of-range',
          message: expect.stringMatching(`^${option} is two\\.sided, expected `),
        }),
      )
      const names = /expected (.*)$/.exec(messageOf(() => run('two.sided')))?.[1]?.split(' or ') ?? []
      expect(names.length).toBeGreaterThan(1)
      // Each of the names is taken; the one that needs more than this option says so by another code.
      for (const each of names)
        expect(
          codeOf(() => run(each)),
          each,
        ).not.toBe('out-of-range')
    },
  )
})

function messageOf(run: () => unknown): string {
  try {
    run()
  } catch (error) {
    return (error as Error).message
  }
  return ''
}

function codeOf(run: () => unknown): string | null {
  try {
    run()
  } catch (error) {
    return (error as stats.StatsError).code
  }
  return null
}

test('a level is refused where no interval is asked for as well', () => {
  expect(() => stats.fisherExactTest(table, { interval: 'none', confidenceLevel: 95 })).toThrow('confidenceLevel is 95')
})
