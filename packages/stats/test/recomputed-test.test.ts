import { describe, expect, test } from 'vitest'
import { chiSquaredTest, fisherExactTest, likelihoodRatioTest } from '../src/index.ts'
import { auditTest, auditTests, type PrintedTest } from '../src/printed-figures/index.ts'

// X² 6.060 (P .014), Yates 4.544 (.033), N − 1 5.896 (.015), G 6.234 (.013), Fisher P .022.
const table = [
  [12, 5],
  [6, 14],
]
// X² 2.824 (P .093), half of which is .046; every two-sided P is above .05.
const weak = [
  [14, 16],
  [9, 25],
]

describe('a table of two rows and two columns', () => {
  test('is tried with every test that a paper may have used', () => {
    const { tried, reason, degreesOfFreedomFit } = auditTest({ table, pValue: '.5' })
    const pearson = chiSquaredTest(table)
    const exact = (alternative: 'less' | 'greater' | 'two-sided') => fisherExactTest(table, { alternative }).pValue
    const none = { statistic: null, degreesOfFreedom: null }
    const expected = {
      pearson,
      yates: chiSquaredTest(table, { continuityCorrection: 'yates' }),
      'n-1': chiSquaredTest(table, { variance: 'n-1' }),
      'likelihood-ratio': likelihoodRatioTest(table),
      fisher: { ...none, pValue: exact('two-sided') },
      'fisher-one-sided': { ...none, pValue: Math.min(exact('less'), exact('greater')) },
      'pearson-one-sided': { ...pearson, pValue: (pearson.pValue as number) / 2 },
    }
    expect(tried.map(({ test: name }) => name).sort()).toEqual(Object.keys(expected).sort())
    for (const { test: name, statistic, degreesOfFreedom, pValue } of tried) {
      const wanted = expected[name]
      expect({ name, statistic, degreesOfFreedom, pValue }).toEqual({
        name,
        statistic: wanted.statistic,
        degreesOfFreedom: wanted.degreesOfFreedom,
        pValue: wanted.pValue,
      })
    }
    expect([reason, degreesOfFreedomFit]).toEqual([null, null])
    // The other direction is the same one-sided test.
    const turned = auditTest({ table: [...table].reverse(), pValue: '.5' }).tried.find(({ test: name }) => name === 'fisher-one-sided')
    expect(turned?.pValue).toBeCloseTo(expected['fisher-one-sided'].pValue, 14)
  })
  test('a larger one is not tried with what it has not got', () => {
    const names = auditTest({ table: [...table, [3, 8]], pValue: '.5' }).tried.map(({ test: name }) => name)
    for (const name of ['pearson', 'n-1', 'likelihood-ratio'] as const) expect(names).toContain(name)
    for (const name of ['yates', 'pearson-one-sided', 'fisher-one-sided'] as const) expect(names).not.toContain(name)
  })
  test.each([
    [{ statistic: '6.06', pValue: '.014' }, 'consistent'],
    [{ statistic: '6.06' }, 'consistent'],
    [{ pValue: '.014' }, 'consistent'],
    [{ pValue: '.022' }, 'consistent'],
    [{ statistic: '6.06', pValue: '.2' }, 'p-value-differs'],
    [{ statistic: '7.06', pValue: '.014' }, 'statistic-differs'],
    // Fisher's P has no statistic that could vouch for the printed one.
    [{ statistic: '6.06', pValue: '.022' }, 'statistic-differs'],
    // The statistic of one test with the P of another.
    [{ statistic: '6.06', pValue: '.033' }, 'statistic-differs'],
    [{ statistic: '9.99', pValue: '.2' }, 'inconsistent'],
    [{ pValue: '.2' }, 'inconsistent'],
    [{ statistic: '9.99' }, 'inconsistent'],
  ] as const)('%j: %s', (printed, verdict) => {
    expect(auditTest({ table, ...printed }).verdict).toBe(verdict)
  })
})

describe('from the statistic as printed', () => {
  // P is .0499 to .0502 for what is printed as 3.84 on one degree of freedom.
  test.each([
    ['.05', true],
    ['.050', true],
    ['.0498', false],
    ['.06', false],
    ['<.05', true],
    ['<.0498', false],
    ['>.05', true],
    ['>.051', false],
  ])('3.84 with P %s', (pValue, fits) => {
    const { fromStatistic, verdict } = auditTest({ statistic: '3.84', degreesOfFreedom: 1, pValue })
    expect(fromStatistic).toMatchObject({ fits, degreesOfFreedom: 1, degreesOfFreedomAre: 'printed' })
    expect(fromStatistic?.pValue.lower).toBeCloseTo(0.04989, 4)
    expect(fromStatistic?.pValue.upper).toBeCloseTo(0.05019, 4)
    expect(verdict).toBe(fits ? 'consistent' : 'p-value-differs')
  })
  test('degrees of freedom are those of the table unless others are printed', () => {
    expect(auditTest({ table, statistic: '6.06' }).fromStatistic).toMatchObject({
      degreesOfFreedom: 1,
      degreesOfFreedomAre: 'of the table',
      fits: null,
    })
    const printed = auditTest({ table: [...table, [3, 8]], statistic: '6.06', degreesOfFreedom: '2' })
    expect(printed.fromStatistic).toMatchObject({ degreesOfFreedom: 2, degreesOfFreedomAre: 'printed' })
    expect(printed.degreesOfFreedomFit).toBe(true)
    expect(auditTest({ table, pValue: '.5' }).fromStatistic).toBeNull()
    // What is printed as 0 may be anything up to half a digit, and nothing is below 0.
    expect(auditTest({ statistic: '0.0', degreesOfFreedom: 1, pValue: '1.0' }).fromStatistic).toMatchObject({
      pValue: { upper: 1 },
      fits: true,
    })
  })
})

describe('several tests of one paper', () => {
  const inContext = (printed: PrintedTest, threshold = 0.05) => {
    const [only] = auditTests([printed], { threshold }).tests
    return { ...only, by: only?.by?.test ?? null }
  }
  test.each([
    ['<.05', 0.05, 'below'],
    ['<.01', 0.05, 'below'],
    ['<.1', 0.05, null],
    ['>.05', 0.05, 'not-below'],
    ['>.1', 0.05, 'not-below'],
    ['>.01', 0.05, null],
    ['.05', 0.05, null],
    ['.04', 0.05, 'below'],
    ['.06', 0.05, 'not-below'],
    ['.04', 0.01, 'not-below'],
    ['.004', 0.01, 'below'],
  ] as const)('P %s is, of a threshold of %d, %s', (pValue, threshold, side) => {
    expect(inContext({ table, pValue }, threshold).decision?.printed).toBe(side)
  })
  test('on which side P is by every two-sided test', () => {
    expect(inContext({ table, pValue: '.04' }).decision?.recomputed).toBe('below')
    expect(inContext({ table: weak, pValue: '.04' }).decision?.recomputed).toBe('not-below')
    // Between Pearson's .014 and Yates' .033.
    expect(inContext({ table, pValue: '.04' }, 0.02).decision?.recomputed).toBeNull()
    expect(inContext({ statistic: '3.84', degreesOfFreedom: 1, pValue: '.05' }).decision?.recomputed).toBeNull()
    expect(inContext({ statistic: '3.85', degreesOfFreedom: 1, pValue: '.05' }).decision?.recomputed).toBe('below')
    expect(inContext({ statistic: '3.83', degreesOfFreedom: 1, pValue: '.05' }).decision?.recomputed).toBe('not-below')
    expect(inContext({ pValue: '.05' }).decision).toEqual({ printed: null, recomputed: null })
  })
  test('a single test is taken to be the one that gives what is printed, or else comes nearest', () => {
    expect(inContext({ table, pValue: '.022' })).toMatchObject({ verdict: 'consistent', by: 'fisher', departures: [] })
    expect(inContext({ table, pValue: '.014' })).toMatchObject({ verdict: 'consistent', by: 'pearson' })
    // P of Yates' test beside another statistic; then its statistic beside another P.
    expect(inContext({ table, statistic: '9.99', pValue: '.033' })).toMatchObject({
      verdict: 'inconsistent',
      by: 'yates',
      departures: ['statistic-differs'],
    })
    expect(inContext({ table, statistic: '4.544', pValue: '.041' })).toMatchObject({
      by: 'yates',
      departures: ['p-value-differs', 'p-value-not-of-statistic'],
    })
    // 4.5439 is 4.54 and not 4.55, 6.2342 with digits cut off 6.23 as rounded; P .0125308 is .013 and cut off .012.
    expect(inContext({ table, pValue: '.012' })).toMatchObject({ by: 'likelihood-ratio', departures: ['cut-off'], verdict: 'inconsistent' })
    expect(inContext({ table, pValue: '.4', statistic: '99' })).toMatchObject({ by: 'pearson' })
  })
  test('without a printed P there is no decision to contradict', () => {
    expect(inContext({ table, statistic: '9.99' })).toMatchObject({
      verdict: 'inconsistent',
      departures: ['statistic-differs'],
      decision: { printed: null, recomputed: 'below' },
    })
    expect(inContext({ table: weak, pValue: '.03' })).toMatchObject({
      verdict: 'decision-inconsistent',
      departures: ['p-value-differs', 'decision-differs'],
    })
  })
  test('only tests with counts tell which test a paper used', () => {
    const { giving, common, tests } = auditTests([
      { table, statistic: '4.544', pValue: '.033' },
      { table: weak, statistic: '2.014', pValue: '.156' },
      { statistic: '3.84', degreesOfFreedom: 1, pValue: '.05' },
      {
        table: [
          [0, 0],
          [3, 4],
        ],
        pValue: '.5',
      },
      { table },
    ])
    expect(giving).toEqual([{ test: 'yates', gives: 2, of: 2 }])
    expect(common).toEqual({ test: 'yates', gives: 2, of: 2 })
    expect(tests.map(({ verdict }) => verdict)).toEqual([
      'consistent',
      'consistent',
      'consistent',
      'cannot-be-checked',
      'cannot-be-checked',
    ])
    expect(tests[3]).toMatchObject({ by: null, departures: [], audit: { reason: 'zero-margin' } })
  })
  test('one test is no majority, nor is half of them', () => {
    expect(auditTests([{ table, pValue: '.033' }]).common).toBeNull()
    const half = auditTests([
      { table, statistic: '6.060', pValue: '.014' },
      { table: weak, statistic: '2.824', pValue: '.093' },
      { table, statistic: '4.544', pValue: '.033' },
      { table: weak, statistic: '2.014', pValue: '.156' },
    ])
    expect(half.common).toBeNull()
    // No test is presumed, so each is as good as the one that gives it.
    expect(half.tests.map(({ verdict, by }) => [verdict, by?.test])).toEqual([
      ['consistent', 'pearson'],
      ['consistent', 'pearson'],
      ['consistent', 'yates'],
      ['consistent', 'yates'],
    ])
  })
  test('the test that gives one P but none of the others is another test', () => {
    const { tests } = auditTests([
      { table, statistic: '6.060', pValue: '.014' },
      { table: weak, statistic: '2.824', pValue: '.093' },
      { table: weak, statistic: '2.779', pValue: '.095' },
    ])
    expect(tests[2]).toMatchObject({ verdict: 'inconsistent', by: { test: 'pearson' }, departures: ['other-test'] })
  })
})
