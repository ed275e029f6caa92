import { fc, test as property } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import {
  type Dimension,
  likelihoodRatioTest,
  logisticRegression,
  type LogisticRegression,
  logLinearModel,
  type LogLinearModel,
  margins,
  oddsRatio,
} from '../src/index.ts'
import logLinear from './log-linear.reference.json' with { type: 'json' }
import logistic from './logistic-regression.reference.json' with { type: 'json' }
import { expectClose, relativeError } from './relative-error.ts'

describe('log-linear models: R', () => {
  test.each(logLinear.cases)('$terms of $strata.length', ({ strata, terms, deviance, pearson, degreesOfFreedom, akaike, fitted }) => {
    const model = logLinearModel(strata.length === 1 ? (strata[0] as number[][]) : strata, {
      terms: terms as Dimension[][],
    }) as LogLinearModel
    expect(model.degreesOfFreedom).toBe(degreesOfFreedom)
    expect(model.converged).toBe(true)
    // R sums O ln(O / E), which leaves rounding where the deviance is small.
    expect(Math.abs(model.deviance.statistic - deviance)).toBeLessThan(1e-9 * (1 + deviance))
    // R divides 0 by 0 where a saturated model fits 0.
    expect(Math.abs(model.pearson.statistic - (pearson ?? 0))).toBeLessThan(1e-9 * (1 + (pearson ?? 0)))
    expectClose(model.akaike, akaike, 1e-10)
    for (const [k, value] of model.fitted.flat(2).entries()) expect(Math.abs(value - (fitted.flat(2)[k] as number))).toBeLessThan(1e-8)
  })
})

const threeWay = fc.array(
  fc.array(fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 3, maxLength: 3 }), { minLength: 2, maxLength: 2 }),
  {
    minLength: 2,
    maxLength: 3,
  },
)

describe('log-linear models', () => {
  property.prop([threeWay])('two variables without interaction are the test of independence', ([counts]) => {
    const table = counts as number[][]
    const model = logLinearModel(table) as LogLinearModel
    const test = likelihoodRatioTest(table)
    expect(Math.abs(model.deviance.statistic - (test.statistic as number))).toBeLessThan(1e-9)
    expect(model.degreesOfFreedom).toBe(test.degreesOfFreedom)
    expect(relativeError(model.deviance.pValue as number, test.pValue as number)).toBeLessThan(1e-7)
  })
  property.prop([threeWay])('fitted margins are the observed, and more terms fit better', (strata) => {
    const three = logLinearModel(strata, {
      terms: [
        ['row', 'column'],
        ['row', 'stratum'],
        ['column', 'stratum'],
      ],
    }) as LogLinearModel
    expect(three.converged).toBe(true)
    const sums = (tables: LogLinearModel['fitted']): number[] =>
      tables.flatMap((table) => table.map((row) => row.reduce((a, b) => a + b, 0)))
    for (const [k, sum] of sums(three.fitted).entries()) expectClose(sum, sums(strata)[k] as number, 1e-11)
    const two = logLinearModel(strata, {
      terms: [
        ['row', 'column'],
        ['row', 'stratum'],
      ],
    }) as LogLinearModel
    const one = logLinearModel(strata) as LogLinearModel
    expect(three.deviance.statistic).toBeLessThanOrEqual(two.deviance.statistic + 1e-9)
    expect(two.deviance.statistic).toBeLessThanOrEqual(one.deviance.statistic + 1e-9)
    const saturated = logLinearModel(strata, { terms: [['row', 'column', 'stratum']] }) as LogLinearModel
    expect(saturated.deviance.statistic).toBeLessThan(1e-12)
    expect(saturated.deviance.pValue).toBeNull()
    expect(JSON.parse(JSON.stringify(three))).toStrictEqual(three)
  })
  test('rounds that are too few are said', () => {
    const strata = [
      [
        [3, 14],
        [6, 1],
      ],
      [
        [1, 2],
        [30, 4],
      ],
    ]
    const noThreeWay = [
      ['row', 'column'],
      ['row', 'stratum'],
      ['column', 'stratum'],
    ] as const
    const short = logLinearModel(strata, { terms: noThreeWay, maximumIterations: 3 }) as LogLinearModel
    expect([short.converged, short.iterations]).toEqual([false, 3])
    const whole = logLinearModel(strata, { terms: noThreeWay }) as LogLinearModel
    expect(whole.converged).toBe(true)
    expect(whole.iterations).toBeGreaterThan(3)
    // A looser tolerance takes fewer rounds; margins that fit at once take one to fit and one to see it.
    expect((logLinearModel(strata, { terms: noThreeWay, tolerance: 1e-3 }) as LogLinearModel).iterations).toBeLessThan(whole.iterations)
    expect(logLinearModel(strata)).toMatchObject({ converged: true, iterations: 2, method: 'log-linear', emptyFittedCells: 0 })
    expect((logLinearModel(strata) as LogLinearModel).terms).toEqual([['row'], ['column'], ['stratum']])
    expect((logLinearModel(strata[0] as number[][]) as LogLinearModel).terms).toEqual([['row'], ['column']])
  })
  test('parameters are those of all terms that the given ones bring', () => {
    const strata = Array.from({ length: 4 }, () => [
      [1, 2, 3],
      [3, 2, 1],
    ])
    const parameters = (...terms: Dimension[][]): number[] => {
      const model = logLinearModel(strata, { terms }) as LogLinearModel
      return [model.parameters, model.degreesOfFreedom]
    }
    // 2 rows, 3 columns, 4 strata.
    expect(parameters(['row'])).toEqual([2, 22])
    expect(parameters(['column'])).toEqual([3, 21])
    expect(parameters(['row'], ['column'], ['stratum'])).toEqual([7, 17])
    expect(parameters(['row', 'column'])).toEqual([6, 18])
    expect(parameters(['row', 'column'], ['stratum'])).toEqual([9, 15])
    expect(parameters(['row', 'stratum'], ['column', 'stratum'])).toEqual([16, 8])
    expect(parameters(['column', 'row'], ['stratum', 'row'], ['stratum', 'column'])).toEqual([18, 6])
    expect(parameters(['stratum', 'column', 'row'])).toEqual([24, 0])
  })
  test('zero margins are reported', () => {
    const model = logLinearModel([
      [0, 0],
      [3, 5],
    ]) as LogLinearModel
    expect(model.emptyFittedCells).toBe(2)
    expect(model.deviance.statistic).toBeLessThan(1e-12)
    expect(
      logLinearModel([
        [0, 0],
        [0, 0],
      ]),
    ).toMatchObject({ method: 'not-testable', reason: 'no-observations' })
  })
  test('labelled tables', () => {
    const labels = { rowLabels: ['a', 'b'], columnLabels: ['x', 'y'] }
    const plain = logLinearModel([
      [3, 4],
      [6, 1],
    ])
    expect(
      logLinearModel({
        ...labels,
        counts: [
          [3, 4],
          [6, 1],
        ],
      }),
    ).toEqual(plain)
    const strata = [
      [
        [3, 4],
        [6, 1],
      ],
      [
        [1, 2],
        [3, 4],
      ],
    ]
    expect(logLinearModel({ ...labels, stratumLabels: ['1', '2'], strata })).toEqual(logLinearModel(strata))
    expect(logLinearModel(strata.map((counts) => ({ ...labels, counts })))).toEqual(logLinearModel(strata))
  })
  test('refusals name the term, or the rounds', () => {
    const table = [
      [1, 2],
      [3, 4],
    ]
    const refused = (act: () => unknown, code: string, message: string) =>
      expect(act).toThrow(expect.objectContaining({ name: 'StatsError', code, message }) as Error)
    const term = (terms: Dimension[][]) => () => logLinearModel(table, { terms })
    refused(term([['row'], ['row', 'stratum']]), 'mismatch', 'the term [row, stratum] should name some of row, column, each once')
    refused(term([['column', 'column']]), 'mismatch', 'the term [column, column] should name some of row, column, each once')
    refused(term([[]]), 'mismatch', 'the term [] should name some of row, column, each once')
    refused(
      () => logLinearModel([table, table], { terms: [['layer' as 'row']] }),
      'mismatch',
      'the term [layer] should name some of row, column, stratum, each once',
    )
    refused(() => logLinearModel(table, { maximumIterations: 0 }), 'out-of-range', '0 rounds to a tolerance of 1e-13 cannot fit a model')
    refused(() => logLinearModel(table, { tolerance: 0 }), 'out-of-range', '10000 rounds to a tolerance of 0 cannot fit a model')
  })
  test.each([
    [
      'mismatch',
      () =>
        logLinearModel(
          [
            [1, 2],
            [3, 4],
          ],
          { terms: [['stratum']] },
        ),
    ],
    [
      'mismatch',
      () =>
        logLinearModel(
          [
            [1, 2],
            [3, 4],
          ],
          { terms: [['row', 'row']] },
        ),
    ],
    [
      'mismatch',
      () =>
        logLinearModel(
          [
            [1, 2],
            [3, 4],
          ],
          { terms: [[]] },
        ),
    ],
    [
      'out-of-range',
      () =>
        logLinearModel(
          [
            [1, 2],
            [3, 4],
          ],
          { tolerance: 0 },
        ),
    ],
  ])('%s', (code, act) => {
    expect(act).toThrow(expect.objectContaining({ name: 'StatsError', code }))
  })
})

describe('logistic regression, 40 digits', () => {
  describe.each(logistic.cases)('$name', ({ groups, ...expected }) => {
    test.each(['none', 'firth'] as const)('penalty %s', (penalty) => {
      const reference = expected[penalty]
      const profile = logisticRegression(groups, { penalty })
      if (reference === undefined) {
        expect(profile).toMatchObject({ method: 'not-testable', reason: 'separation' })
        return
      }
      const wald = logisticRegression(groups, { penalty, interval: 'wald' }) as LogisticRegression
      for (const [j, coefficient] of (profile as LogisticRegression).coefficients.entries()) {
        const exact = reference[j] as (typeof reference)[number]
        expectClose(coefficient.estimate, exact.estimate, 1e-10)
        expectClose(coefficient.standardError, exact.standardError, 1e-10)
        // A P value magnifies the error of a small difference between two log-likelihoods.
        expectClose(coefficient.pValue, exact.profileP, 1e-8)
        expectClose(coefficient.confidenceInterval?.lower, exact.lower, 1e-8)
        expectClose(coefficient.confidenceInterval?.upper, exact.upper, 1e-8)
        expectClose(wald.coefficients[j]?.pValue, exact.waldP, 1e-8)
      }
    })
  })
})

const groupedData = fc.array(
  fc
    .tuple(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 20 }))
    .map(([events, others]) => ({ events, trials: events + others })),
  { minLength: 4, maxLength: 4 },
)

describe('logistic regression', () => {
  property.prop([groupedData], { numRuns: 30 })('a single yes/no predictor gives the odds ratio', ([first, second]) => {
    const [a, b] = [first as { events: number; trials: number }, second as { events: number; trials: number }]
    const fit = logisticRegression(
      [
        { ...a, predictors: [1] },
        { ...b, predictors: [0] },
      ],
      { interval: 'wald' },
    ) as LogisticRegression
    const table = [
      [a.events, a.trials - a.events],
      [b.events, b.trials - b.events],
    ]
    const woolf = oddsRatio(table, { interval: 'woolf' })
    expectClose(fit.coefficients[1]?.oddsRatio, woolf.estimate as number, 1e-9)
    expectClose(fit.coefficients[1]?.oddsRatioInterval?.upper, woolf.confidenceInterval.upper as number, 1e-8)
    expect(fit.deviance).toBeLessThan(1e-9)
    // Less Pearson's part: the deviance of the model without the predictor is G.
    const empty = logisticRegression([
      { ...a, predictors: [] },
      { ...b, predictors: [] },
    ]) as LogisticRegression
    expect(empty.deviance).toBeCloseTo(likelihoodRatioTest(table).statistic as number, 8)
  })
  property.prop([groupedData], { numRuns: 20 })('limits exclude 0 exactly where P is below 1 − level', (groups) => {
    const data = groups.map((group, k) => ({ ...group, predictors: [k, k === 2 ? 1 : 0] }))
    for (const penalty of ['none', 'firth'] as const) {
      for (const interval of ['wald', 'profile'] as const) {
        for (const { confidenceInterval, pValue } of (logisticRegression(data, { penalty, interval }) as LogisticRegression).coefficients) {
          if (confidenceInterval === null || Math.abs(pValue - 0.05) < 1e-6) continue
          expect(confidenceInterval.lower > 0 || (confidenceInterval.upper as number) < 0).toBe(pValue < 0.05)
        }
      }
    }
  })
  property.prop([groupedData], { numRuns: 20 })(
    'fitted events add up to the observed, and the order of groups does not matter',
    (groups) => {
      const data = groups.map((group, k) => ({ ...group, predictors: [k] }))
      const fit = logisticRegression(data, { interval: 'wald' }) as LogisticRegression
      const events = fit.fitted.reduce((sum, share, k) => sum + share * (groups[k]?.trials ?? 0), 0)
      expectClose(
        events,
        groups.reduce((sum, group) => sum + group.events, 0),
        1e-10,
      )
      const turned = logisticRegression([...data].reverse(), { interval: 'wald' }) as LogisticRegression
      expect(turned.coefficients[1]?.estimate).toBeCloseTo(fit.coefficients[1]?.estimate as number, 9)
      expect(JSON.parse(JSON.stringify(fit))).toStrictEqual(fit)
    },
  )
  test('names, Akaike, degrees of freedom; R 4.2.2: glm(cbind(y, n - y) ~ x, binomial)', () => {
    const beetles = logistic.cases[0]?.groups ?? []
    const fit = logisticRegression(beetles, { names: ['dose'] }) as LogisticRegression
    expect(fit.coefficients.map(({ name }) => name)).toEqual(['(intercept)', 'dose'])
    expect(fit.degreesOfFreedom).toBe(6)
    expectClose(fit.deviance, 11.2322310974193, 1e-9)
    expectClose(fit.akaike, 41.4302693145118, 1e-9)
  })
  property.prop(
    [
      fc.array(fc.tuple(fc.integer({ min: -5, max: 5 }), fc.constantFrom(0, 1, 2), fc.integer({ min: 1, max: 1000 })), {
        minLength: 3,
        maxLength: 6,
      }),
    ],
    { numRuns: 150 },
  )('one predictor: no estimate exactly where a threshold parts events from the rest; Firth has one all the same', (drawn) => {
    const groups = drawn.map(([x, kind, trials]) => ({
      events: kind === 0 ? 0 : kind === 1 ? trials : Math.floor(trials / 3),
      trials,
      predictors: [x],
    }))
    const values = groups.map(({ predictors: [x = 0] }) => x)
    if (new Set(values).size < 2) return
    const withEvents = groups.filter(({ events }) => events > 0).map(({ predictors: [x = 0] }) => x)
    const without = groups.filter(({ events, trials }) => events < trials).map(({ predictors: [x = 0] }) => x)
    const parted = Math.max(...withEvents) <= Math.min(...without) || Math.max(...without) <= Math.min(...withEvents)
    const fit = logisticRegression(groups, { interval: 'wald' })
    if (parted || withEvents.length === 0 || without.length === 0)
      expect(fit).toMatchObject({ method: 'not-testable', reason: 'separation' })
    else expect(fit).toMatchObject({ method: 'logistic-regression', converged: true })
    expect(logisticRegression(groups, { interval: 'wald', penalty: 'firth' })).toMatchObject({
      method: 'logistic-regression',
      penalty: 'firth',
      converged: true,
    })
  })
  test('a predictor on another scale has its coefficient on that scale', () => {
    const beetles = logistic.cases[0]?.groups ?? []
    for (const penalty of ['none', 'firth'] as const) {
      const fit = logisticRegression(beetles, { penalty }) as LogisticRegression
      for (const scale of [1e-6, -1, 1e6]) {
        const scaled = beetles.map((group) => ({ ...group, predictors: group.predictors.map((x) => x * scale) }))
        const other = logisticRegression(scaled, { penalty }) as LogisticRegression
        const [slope, turned] = [fit.coefficients[1], other.coefficients[1]]
        expectClose((turned?.estimate as number) * scale, slope?.estimate as number, 1e-9)
        expectClose((turned?.standardError as number) * Math.abs(scale), slope?.standardError as number, 1e-9)
        expectClose(turned?.pValue, slope?.pValue as number, 1e-7)
        const limits = [(turned?.confidenceInterval?.lower as number) * scale, (turned?.confidenceInterval?.upper as number) * scale].sort(
          (a, b) => a - b,
        )
        expectClose(limits[0], slope?.confidenceInterval?.lower as number, 1e-7)
        expectClose(limits[1], slope?.confidenceInterval?.upper as number, 1e-7)
        expectClose(other.logLikelihood, fit.logLikelihood, 1e-10)
      }
    }
  })
  test('proportions next to 0 and to 1', () => {
    const most = 2 ** 50
    const fit = logisticRegression(
      [
        { events: 1, trials: most, predictors: [0] },
        { events: most - 1, trials: most, predictors: [1] },
      ],
      { interval: 'wald' },
    ) as LogisticRegression
    expectClose(fit.coefficients[0]?.estimate, -50 * Math.LN2, 1e-9)
    expectClose(fit.coefficients[1]?.estimate, 100 * Math.LN2, 1e-9)
    expectClose(fit.fitted[0], 1 / most, 1e-6)
  })
  test('two predictors of which one repeats the other', () => {
    const twice = [1, 2, 3, 4].map((x) => ({ events: x, trials: 9, predictors: [x, 3 - 2 * x] }))
    expect(() => logisticRegression(twice)).toThrow(
      expect.objectContaining({
        code: 'mismatch',
        message: 'a predictor is a combination of the others, so its coefficient is not defined',
      }) as Error,
    )
  })
  test('groups without observations say nothing', () => {
    const data = [
      { events: 3, trials: 9, predictors: [0] },
      { events: 6, trials: 8, predictors: [1] },
    ]
    const more = logisticRegression([...data, { events: 0, trials: 0, predictors: [50] }]) as LogisticRegression
    const less = logisticRegression(data) as LogisticRegression
    expectClose(more.coefficients[1]?.estimate, less.coefficients[1]?.estimate as number, 1e-10)
    expect([more.degreesOfFreedom, more.fitted.length, more.converged]).toEqual([0, 3, true])
    expectClose(more.logLikelihood, less.logLikelihood, 1e-10)
    expectClose(more.akaike, less.akaike, 1e-10)
    // A saturated model's probability is that of the counts at their own shares: 84 (1/3)³ (2/3)⁶ · 28 (3/4)⁶ (1/4)².
    expectClose(less.logLikelihood, Math.log(84 * (1 / 3) ** 3 * (2 / 3) ** 6 * 28 * 0.75 ** 6 * 0.25 ** 2), 1e-12)
    expect(more.coefficients.map(({ name }) => name)).toEqual(['(intercept)', 'x1'])
    expect(logisticRegression([{ events: 0, trials: 0, predictors: [] }])).toMatchObject({
      method: 'not-testable',
      test: 'logistic-regression',
      reason: 'no-observations',
      message: 'no group has observations',
    })
    expect(logisticRegression([{ events: 0, trials: 5, predictors: [] }])).toMatchObject({
      reason: 'separation',
      message: expect.stringContaining('use the penalty firth') as string,
    })
  })
  test.each([
    [[{ events: 1, trials: 2, predictors: [1] }], {}, '1 groups cannot determine 2 coefficients'],
    [[{ events: 1, trials: 2, predictors: [] }], { names: ['a'] }, 'there are 0 predictors but 1 names'],
    [[{ events: 3, trials: 2, predictors: [] }], {}, 'group 0 has 3 events among 2 trials'],
    [[{ events: 0.5, trials: 2, predictors: [] }], {}, 'events of group 0 is 0.5'],
    [[{ events: 0, trials: -2, predictors: [] }], {}, 'trials of group 0 is -2'],
    [
      [
        { events: 1, trials: 2, predictors: [1] },
        { events: 1, trials: 2, predictors: [] },
      ],
      {},
      'group 1 has 0 predictors, the first 1',
    ],
    [
      [
        { events: 1, trials: 2, predictors: [1] },
        { events: 1, trials: 2, predictors: [Infinity] },
      ],
      {},
      'predictor 0 of group 1 is Infinity',
    ],
  ])('%j %j: %s', (groups, options, message) => {
    expect(() => logisticRegression(groups, options)).toThrow(message)
  })
  test.each([
    ['too-small', () => logisticRegression([{ events: 1, trials: 2, predictors: [1] }])],
    ['not-a-count', () => logisticRegression([{ events: 0.5, trials: 2, predictors: [] }])],
    ['out-of-range', () => logisticRegression([{ events: 3, trials: 2, predictors: [] }])],
    [
      'out-of-range',
      () =>
        logisticRegression([
          { events: 1, trials: 2, predictors: [Number.NaN] },
          { events: 1, trials: 2, predictors: [1] },
        ]),
    ],
    [
      'ragged',
      () =>
        logisticRegression([
          { events: 1, trials: 2, predictors: [1] },
          { events: 1, trials: 2, predictors: [] },
        ]),
    ],
    [
      'mismatch',
      () =>
        logisticRegression([
          { events: 1, trials: 2, predictors: [1] },
          { events: 1, trials: 2, predictors: [1] },
        ]),
    ],
    ['mismatch', () => logisticRegression([{ events: 1, trials: 2, predictors: [] }], { names: ['a'] })],
    ['out-of-range', () => logisticRegression([{ events: 1, trials: 2, predictors: [] }], { confidenceLevel: 1 })],
  ])('%s', (code, act) => {
    expect(act).toThrow(expect.objectContaining({ name: 'StatsError', code }))
  })
})

test('margins of a fitted table need not be whole', () => {
  const [fitted] = (
    logLinearModel([
      [1, 2],
      [2, 5],
    ]) as LogLinearModel
  ).fitted
  expect(() => margins(fitted ?? [])).toThrow(expect.objectContaining({ code: 'not-a-count' }))
})
