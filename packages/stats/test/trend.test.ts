import { describe, expect, test } from 'vitest'
import { cochranArmitageTest, linearByLinearTest } from '../src/index.ts'
import { expectClose } from './relative-error.ts'

// From the formulas in arithmetic with 50 digits (mpmath): z, slope, X² − z² with its P, and the logarithms of the three P values.
const cases = [
  {
    counts: [
      [900, 30],
      [400, 500],
      [20, 950],
    ],
    z: -41.31610750241004,
    slope: -0.4732250300842359,
    departure: { statistic: 6.061705690970259, degreesOfFreedom: 1, pValue: 0.013814419515404117 },
    logPValues: { 'two-sided': -857.4579983245756, greater: 0, less: -858.1511455051354 },
  },
  {
    counts: [
      [30, 900],
      [500, 400],
      [950, 20],
    ],
    z: 41.31610750241004,
    slope: 0.4732250300842359,
    departure: { statistic: 6.061705690970259, degreesOfFreedom: 1, pValue: 0.013814419515404117 },
    logPValues: { 'two-sided': -857.4579983245756, greater: -858.1511455051354, less: 0 },
  },
  {
    counts: [
      [83, 3],
      [90, 3],
      [129, 7],
      [70, 12],
    ],
    z: -2.8679125309530757,
    slope: -0.033415626412601276,
    departure: { statistic: 4.375489011929956, degreesOfFreedom: 2, pValue: 0.11216946106482896 },
    logPValues: { 'two-sided': -5.489018539832765, greater: -0.002068085754734007, less: -6.18216572039271 },
  },
  {
    counts: [
      [5, 3],
      [2, 6],
      [1, 9],
    ],
    z: -2.3671603823699967,
    slope: -0.25862068965517243,
    departure: { statistic: 0.327801724137931, degreesOfFreedom: 1, pValue: 0.5669563886098459 },
    logPValues: { 'two-sided': -4.021549794391684, greater: -0.009002987082568333, less: -4.71469697495163 },
  },
] as const

describe.each(cases)('$counts', ({ counts, z, slope, departure, logPValues }) => {
  test.each(['two-sided', 'greater', 'less'] as const)('Cochran–Armitage, %s', (alternative) => {
    const result = cochranArmitageTest(counts, { alternative })
    if (result.method === 'not-testable') return expect.fail()
    expect(result).toMatchObject({ method: 'cochran-armitage', degreesOfFreedom: 1, alternative })
    expectClose(result.z, z, 1e-13)
    expectClose(result.statistic, z ** 2, 1e-13)
    expectClose(result.slope, slope, 1e-13)
    expectClose(result.logPValue, logPValues[alternative], 1e-11)
    expectClose(result.pValue, Math.exp(logPValues[alternative]), 1e-11)
    expect(result.departure?.degreesOfFreedom).toBe(departure.degreesOfFreedom)
    expectClose(result.departure?.statistic, departure.statistic, 1e-11)
    expectClose(result.departure?.pValue, departure.pValue, 1e-11)
  })
  test('linear-by-linear is the same with n − 1 for n', () => {
    const total = counts.flat().reduce<number>((sum, count) => sum + count, 0)
    const result = linearByLinearTest(counts)
    if (result.method === 'not-testable') return expect.fail()
    expect(result.method).toBe('linear-by-linear')
    expectClose(result.statistic, (z ** 2 * (total - 1)) / total, 1e-12)
  })
})

test('two groups have nothing beside their trend, nor have two and an empty one', () => {
  const two = [
    [5, 3],
    [2, 6],
  ]
  expect(cochranArmitageTest(two)).toMatchObject({ departure: null })
  expect(cochranArmitageTest([...two, [0, 0]])).toMatchObject({ departure: null })
})

describe('without an answer', () => {
  test.each([
    [
      [
        [0, 0],
        [0, 0],
      ],
      'no-observations',
      'no observations',
      'no observations',
    ],
    [
      [
        [3, 5],
        [0, 0],
      ],
      'no-variation',
      'the same score',
      'the same score',
    ],
    [
      [
        [3, 0],
        [5, 0],
      ],
      'no-variation',
      'the same outcome',
      'the same score',
    ],
    [
      [
        [0, 3],
        [0, 5],
      ],
      'no-variation',
      'the same outcome',
      'the same score',
    ],
  ])('%j', (counts, reason, armitage, linear) => {
    expect(cochranArmitageTest(counts)).toMatchObject({
      method: 'not-testable',
      test: 'cochran-armitage',
      reason,
      message: expect.stringContaining(armitage) as string,
    })
    expect(linearByLinearTest(counts)).toMatchObject({
      method: 'not-testable',
      test: 'linear-by-linear',
      reason,
      message: expect.stringContaining(linear) as string,
    })
  })
})

describe('refusals', () => {
  const pair = [
    [1, 2],
    [3, 4],
  ]
  test.each([
    [
      () =>
        cochranArmitageTest([
          [1, 2, 3],
          [3, 4, 5],
        ]),
      'mismatch',
      '2 × 3',
    ],
    [() => cochranArmitageTest([[1, 2]]), 'too-small', 'cochran-armitage'],
    [() => cochranArmitageTest(pair, { scores: [1] }), 'mismatch', 'scores'],
    [
      () => cochranArmitageTest(pair, { alternative: 'two.sided' as 'less' }),
      'out-of-range',
      'alternative is two.sided, expected two-sided or less or greater',
    ],
    [() => linearByLinearTest([[1, 2]]), 'too-small', 'linear-by-linear'],
    [() => linearByLinearTest(pair, { rowScores: [1] }), 'mismatch', 'rowScores'],
    [() => linearByLinearTest(pair, { columnScores: [1, 2, 3] }), 'mismatch', 'columnScores'],
    [() => linearByLinearTest(pair, { alternative: 'two.sided' as 'less' }), 'out-of-range', 'alternative is two.sided'],
  ])('%s', (refused, code, message) => {
    expect(refused).toThrow(
      expect.objectContaining({ name: 'StatsError', code, message: expect.stringContaining(message) as string }) as Error,
    )
  })
})
