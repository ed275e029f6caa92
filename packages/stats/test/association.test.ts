import { fc, test as property } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import {
  chiSquaredTest,
  cochranArmitageTest,
  cramersV,
  createRandom,
  generalizedCochranMantelHaenszelTest,
  goodmanKruskalLambda,
  goodmanKruskalTau,
  likelihoodRatioTest,
  linearByLinearTest,
  nominalAssociation,
  noncentralChiSquaredCdf,
  noncentralChiSquaredUpperTail,
  ordinalAssociation,
  transpose,
  uncertaintyCoefficient,
} from '../src/index.ts'
import { createTableSampler } from '../src/independence/random-table.ts'
import reference from './association.reference.json' with { type: 'json' }
import { expectClose } from './relative-error.ts'

/** Estimate and standard error; the reference's derivatives carry about 25 digits, the errors of ours some 13. */
function expectMeasure(
  actual: { estimate: number | null; standardError: number | null },
  [estimate, error]: readonly (number | null)[],
  tolerance = 1e-11,
): void {
  expectClose(actual.estimate, estimate as number, tolerance)
  if (error !== null && error !== undefined) {
    if (error < 1e-20) expect(actual.standardError).toBeLessThan(1e-15)
    else expectClose(actual.standardError, error, tolerance)
  }
}

describe('reference values', () => {
  describe.each(reference.cases)('$counts', ({ counts, ...expected }) => {
    test('ordinal', () => {
      const actual = ordinalAssociation(counts)
      expectClose(actual.concordant, expected.concordant, 1e-14)
      expectClose(actual.discordant, expected.discordant, 1e-14)
      expectMeasure(actual.gamma, expected.gamma)
      expectMeasure(actual.kendallsTauB, expected.kendallsTauB)
      expectMeasure(actual.stuartsTauC, expected.stuartsTauC)
      for (const direction of ['columnGivenRow', 'rowGivenColumn', 'symmetric'] as const)
        expectMeasure(actual.somersD[direction], expected[direction])
      expectClose(actual.gamma.nullStandardError, expected.nullErrors.gamma, 1e-12)
      expectClose(actual.kendallsTauB.nullStandardError, expected.nullErrors.kendallsTauB, 1e-12)
      expectClose(actual.somersD.columnGivenRow.nullStandardError, expected.nullErrors.columnGivenRow, 1e-12)
      expectClose(actual.somersD.rowGivenColumn.nullStandardError, expected.nullErrors.rowGivenColumn, 1e-12)
      expectClose(actual.gamma.pValue, expected.pValue, 1e-11)
    })
    test('tau, lambda, uncertainty coefficient', () => {
      const tau = goodmanKruskalTau(counts)
      const lambda = goodmanKruskalLambda(counts)
      const uncertainty = uncertaintyCoefficient(counts)
      for (const [k, direction] of (['columnGivenRow', 'rowGivenColumn'] as const).entries()) {
        expectMeasure(tau[direction], expected.tau[k] ?? [])
        expectClose(tau[direction].statistic, expected.tauTest[k] ?? Number.NaN, 1e-12)
        expect(tau[direction].degreesOfFreedom).toBe(expected.tauTest[2])
      }
      for (const [k, direction] of (['columnGivenRow', 'rowGivenColumn', 'symmetric'] as const).entries()) {
        expectMeasure(lambda[direction], expected.lambda[k] ?? [])
        expectMeasure(uncertainty[direction], expected.uncertainty[k] ?? [])
        expectClose(uncertainty[direction].nullStandardError, expected.uncertaintyNullErrors[k] ?? Number.NaN, 1e-11)
        const nullError = expected.lambdaNullErrors?.[k]
        if (nullError !== undefined) expectClose(lambda[direction].nullStandardError, nullError, 1e-11)
      }
      expectClose(uncertainty.mutualInformation, expected.information, 1e-12)
    })
    test('nominal', () => {
      const actual = nominalAssociation(counts)
      if (expected.nominal === undefined) {
        expect(actual.phi).toBeNull()
        expect(actual.cramersV.confidenceInterval).toBeNull()
      } else {
        expectClose(actual.phi, expected.nominal.phi, 1e-13)
        expectClose(actual.contingencyCoefficient, expected.nominal.contingencyCoefficient, 1e-13)
        expectClose(actual.tschuprowsT, expected.nominal.tschuprowsT, 1e-13)
        expectClose(actual.cramersV.estimate, expected.nominal.cramersV, 1e-13)
        expectClose(actual.cramersV.biasCorrected, expected.nominal.biasCorrected, 1e-11)
      }
    })
    test('trend', () => {
      const linear = linearByLinearTest(counts)
      if (linear.method === 'not-testable') expect.fail('there is a trend to test')
      expectClose(linear.correlation, expected.linearByLinear[0] ?? Number.NaN, 1e-12)
      expectClose(linear.statistic, expected.linearByLinear[1] ?? Number.NaN, 1e-12)
      if (expected.cochranArmitage === undefined) return
      const armitage = cochranArmitageTest(counts, { scores: counts.map((_, i) => i * i) })
      if (armitage.method === 'not-testable') expect.fail('there is a trend to test')
      expectClose(armitage.z, expected.cochranArmitage.z, 1e-12)
      expectClose(armitage.slope, expected.cochranArmitage.slope, 1e-12)
      if (counts.length > 2) expectClose(armitage.departure?.statistic, expected.cochranArmitage.departure, 1e-10)
      else expect(armitage.departure).toBeNull()
    })
  })
})

const tables = (smallest: number, height = fc.integer({ min: 2, max: 4 })): fc.Arbitrary<number[][]> =>
  fc
    .tuple(height, fc.integer({ min: 2, max: 4 }))
    .chain(([r, c]) =>
      fc.array(fc.array(fc.integer({ min: smallest, max: 40 }), { minLength: c, maxLength: c }), { minLength: r, maxLength: r }),
    )

describe('properties', () => {
  property.prop([tables(0)])('survive JSON and stay on their scales', (counts) => {
    const ordinal = ordinalAssociation(counts)
    const results = [
      ordinal,
      goodmanKruskalLambda(counts),
      goodmanKruskalTau(counts),
      uncertaintyCoefficient(counts),
      nominalAssociation(counts),
    ]
    for (const result of results) expect(JSON.parse(JSON.stringify(result))).toStrictEqual(result)
    for (const result of [linearByLinearTest(counts), cochranArmitageTest(counts.map((row) => row.slice(0, 2)))]) {
      expect(JSON.parse(JSON.stringify(result))).toStrictEqual(result)
    }
    for (const { estimate } of [ordinal.gamma, ordinal.kendallsTauB, ordinal.stuartsTauC, ordinal.somersD.symmetric]) {
      expect(Math.abs(estimate ?? 0)).toBeLessThanOrEqual(1)
    }
  })
  property.prop([tables(1)])('transposing exchanges directions', (counts) => {
    const turned = transpose(counts)
    expectClose(goodmanKruskalTau(turned).rowGivenColumn.estimate, goodmanKruskalTau(counts).columnGivenRow.estimate as number, 1e-12)
    expectClose(
      uncertaintyCoefficient(turned).rowGivenColumn.estimate,
      uncertaintyCoefficient(counts).columnGivenRow.estimate as number,
      1e-12,
    )
    expect(goodmanKruskalLambda(turned).rowGivenColumn.estimate).toBe(goodmanKruskalLambda(counts).columnGivenRow.estimate)
    expect(ordinalAssociation(turned).kendallsTauB.estimate).toBeCloseTo(ordinalAssociation(counts).kendallsTauB.estimate as number, 13)
    expect(cramersV(turned).confidenceInterval?.lower).toBeCloseTo(cramersV(counts).confidenceInterval?.lower as number, 9)
  })
  property.prop([tables(1)])('turning one variable round changes the sign of ordinal measures, and nothing of nominal ones', (counts) => {
    const turned = [...counts].reverse()
    expect(ordinalAssociation(turned).gamma.estimate).toBeCloseTo(-(ordinalAssociation(counts).gamma.estimate as number), 13)
    expect(ordinalAssociation(turned).concordant).toBe(ordinalAssociation(counts).discordant)
    expectClose(cramersV(turned).estimate, cramersV(counts).estimate as number, 1e-7)
  })
  property.prop([tables(1)])('mutual information is G / 2n', (counts) => {
    const n = counts.flat().reduce((a, b) => a + b, 0)
    expect(2 * n * (uncertaintyCoefficient(counts).mutualInformation as number)).toBeCloseTo(
      likelihoodRatioTest(counts).statistic as number,
      9,
    )
  })
  property.prop([tables(1), fc.double({ min: 0.5, max: 0.99, noNaN: true })])(
    'limits of V are the noncentralities that put X² at the tails',
    (counts, level) => {
      const test = chiSquaredTest(counts)
      const interval = cramersV(counts, { confidenceLevel: level }).confidenceInterval
      if (test.method === 'not-testable' || interval === null) return
      const n = counts.flat().reduce((a, b) => a + b, 0)
      const noncentrality = (v: number): number => v * v * n * (Math.min(counts.length, counts[0]?.length ?? 0) - 1)
      const tail = (1 - level) / 2
      if (interval.lower > 0)
        expectClose(noncentralChiSquaredUpperTail(test.statistic, test.degreesOfFreedom, noncentrality(interval.lower)), tail, 1e-9)
      else expect(test.pValue).toBeGreaterThanOrEqual(tail)
      if (interval.upper !== null && interval.upper > 0 && interval.upper < 1) {
        expectClose(noncentralChiSquaredCdf(test.statistic, test.degreesOfFreedom, noncentrality(interval.upper)), tail, 1e-9)
      }
    },
  )
  property.prop([tables(1)])('intervals grow with the level', (counts) => {
    const width = (level: number): number => {
      const { confidenceInterval } = ordinalAssociation(counts, { confidenceLevel: level }).gamma
      return confidenceInterval === null ? 0 : (confidenceInterval.upper as number) - confidenceInterval.lower
    }
    expect(width(0.99)).toBeGreaterThanOrEqual(width(0.9))
  })
  property.prop([tables(1)])('linear-by-linear is the correlation statistic of CMH with one stratum', (counts) => {
    const general = generalizedCochranMantelHaenszelTest([counts], { association: 'correlation' })
    expect(linearByLinearTest(counts).statistic).toBeCloseTo(general.statistic as number, 9)
  })
  property.prop([tables(1)])('Cochran–Armitage with the variance of fixed margins is linear-by-linear', (counts) => {
    const two = counts.map((row) => row.slice(0, 2))
    const armitage = cochranArmitageTest(two, { variance: 'n-1' })
    const linear = linearByLinearTest(two)
    if (armitage.method === 'not-testable' || linear.method === 'not-testable') return
    // The event is the first column, so proportions rise where column scores fall.
    expect(armitage.z).toBeCloseTo(-linear.z, 9)
    for (const alternative of ['less', 'greater'] as const) {
      const opposite = alternative === 'less' ? 'greater' : 'less'
      expectClose(
        cochranArmitageTest(two, { variance: 'n-1', alternative }).pValue,
        linearByLinearTest(two, { alternative: opposite }).pValue as number,
        1e-9,
      )
    }
  })
})

describe('measures that rest on X², from their formulas', () => {
  test.each([
    [
      [
        [10, 2],
        [3, 9],
      ],
      1,
    ],
    [
      [
        [2, 10],
        [9, 3],
      ],
      -1,
    ],
    [
      [
        [2, 4],
        [3, 6],
      ],
      1,
    ],
    [
      [
        [10, 2, 4],
        [3, 9, 5],
      ],
      null,
    ],
    [
      [
        [10, 2],
        [3, 9],
        [4, 4],
      ],
      null,
    ],
    [
      [
        [10, 2, 4, 1],
        [3, 9, 5, 7],
        [6, 0, 2, 8],
      ],
      null,
    ],
  ])('%j', (counts, sign) => {
    const statistic = chiSquaredTest(counts).statistic as number
    const total = counts.flat().reduce((sum, count) => sum + count, 0)
    const smaller = Math.min(counts.length, (counts[0] ?? []).length)
    const result = nominalAssociation(counts)
    const phi = Math.sqrt(statistic / total)
    const contingency = Math.sqrt(statistic / (statistic + total))
    expectClose(result.phi, phi, 1e-13)
    expectClose(result.contingencyCoefficient, contingency, 1e-13)
    expectClose(result.adjustedContingencyCoefficient, contingency / Math.sqrt((smaller - 1) / smaller), 1e-13)
    if (sign === null) expect(result.signedPhi).toBeNull()
    else expectClose(result.signedPhi, sign * phi, 1e-13)
    expect(result.cramersV).toEqual(cramersV(counts))
  })
  test('a perfect table: the adjusted coefficient is 1 and not above it', () => {
    const { adjustedContingencyCoefficient } = nominalAssociation([
      [5, 0, 0],
      [0, 7, 0],
      [0, 0, 3],
    ])
    expect(adjustedContingencyCoefficient).toBeLessThanOrEqual(1)
    expectClose(adjustedContingencyCoefficient, 1, 1e-15)
  })
  test('intervals of measures end where the measure does', () => {
    const { confidenceInterval } = ordinalAssociation([
      [9, 1],
      [1, 9],
    ]).gamma
    expect(confidenceInterval?.upper).toBe(1)
    const mirrored = ordinalAssociation([
      [1, 9],
      [9, 1],
    ]).gamma.confidenceInterval
    expect(mirrored?.lower).toBe(-1)
    expectClose(mirrored?.upper, -(confidenceInterval?.lower as number), 1e-14)
    const {
      estimate,
      standardError,
      confidenceInterval: tau,
    } = goodmanKruskalTau([
      [2, 4],
      [3, 5],
    ]).columnGivenRow
    expect(tau?.lower).toBe(0)
    expectClose(tau?.upper, (estimate as number) + 1.959963984540054 * (standardError as number), 1e-12)
  })
})

describe('Goodman and Kruskal’s τ under independence', () => {
  test('its standard error is that of tables drawn with the same margins', () => {
    const rows = [60, 90, 150]
    const columns = [80, 100, 70, 50]
    const draw = createTableSampler(rows, columns, createRandom(7))
    const cells = new Float64Array(12)
    const draws = 4000
    const taus = Array.from({ length: draws }, () => {
      draw(cells)
      const counts = rows.map((_, i) => [...cells.subarray(4 * i, 4 * i + 4)])
      return goodmanKruskalTau(counts).columnGivenRow
    })
    const mean = taus.reduce((sum, { estimate }) => sum + (estimate as number), 0) / draws
    const variance = taus.reduce((sum, { estimate }) => sum + ((estimate as number) - mean) ** 2, 0) / (draws - 1)
    // (R − 1) / (n − 1), exactly; four standard errors of the mean of so many.
    expect(Math.abs(mean - 2 / 299)).toBeLessThan((4 * Math.sqrt(variance)) / Math.sqrt(draws))
    const { nullStandardError } = taus[0] as (typeof taus)[0]
    expectClose(nullStandardError, Math.sqrt((2 * 2) / 3) / 299, 1e-14)
    // The limit's standard error, to what a sample of the size and a table of 300 allow.
    expectClose(Math.sqrt(variance), nullStandardError as number, 0.05)
  })
  test('rows and columns without observations make no difference', () => {
    const { columnGivenRow } = goodmanKruskalTau([
      [3, 0, 5],
      [0, 0, 0],
      [6, 0, 2],
    ])
    expect(columnGivenRow).toEqual(
      goodmanKruskalTau([
        [3, 5],
        [6, 2],
      ]).columnGivenRow,
    )
    expectClose(columnGivenRow.nullStandardError, Math.SQRT2 / 15, 1e-14)
  })
  test.each([
    [
      [
        [0, 0],
        [0, 0],
      ],
      null,
    ],
    [
      [
        [3, 0],
        [5, 0],
      ],
      null,
    ],
    [
      [
        [3, 5],
        [0, 0],
      ],
      0,
    ],
  ])('without two levels of both there is no test: %j', (counts, estimate) => {
    expect(goodmanKruskalTau(counts).columnGivenRow).toMatchObject({
      estimate,
      statistic: null,
      nullStandardError: null,
      degreesOfFreedom: 0,
      pValue: null,
    })
  })
})

describe('where no answer exists', () => {
  test('one variable does not vary', () => {
    const counts = [
      [3, 0],
      [5, 0],
    ]
    expect(goodmanKruskalLambda(counts).columnGivenRow.estimate).toBeNull()
    expect(uncertaintyCoefficient(counts).columnGivenRow).toEqual({
      estimate: null,
      standardError: null,
      nullStandardError: null,
      confidenceInterval: null,
    })
    expect(goodmanKruskalTau(counts).columnGivenRow).toMatchObject({ estimate: null, pValue: null })
    expect(ordinalAssociation(counts).gamma).toEqual({
      estimate: null,
      standardError: null,
      confidenceInterval: null,
      nullStandardError: null,
      pValue: null,
    })
    expect(linearByLinearTest(counts)).toMatchObject({ method: 'not-testable', reason: 'no-variation' })
    expect(cochranArmitageTest(counts)).toMatchObject({ method: 'not-testable', reason: 'no-variation' })
    expect(
      cochranArmitageTest([
        [3, 5],
        [0, 0],
      ]),
    ).toMatchObject({ reason: 'no-variation' })
  })
  test('no observations', () => {
    const counts = [
      [0, 0],
      [0, 0],
    ]
    expect(uncertaintyCoefficient(counts).mutualInformation).toBeNull()
    expect(ordinalAssociation(counts).kendallsTauB.estimate).toBeNull()
    expect(linearByLinearTest(counts)).toMatchObject({ reason: 'no-observations' })
    expect(cochranArmitageTest(counts)).toMatchObject({ reason: 'no-observations' })
  })
  test('perfect association has an estimate but no interval', () => {
    expect(
      ordinalAssociation([
        [4, 0],
        [0, 5],
      ]).gamma,
    ).toMatchObject({ estimate: 1, confidenceInterval: null })
    expect(
      cramersV([
        [4, 0],
        [0, 5],
      ]).confidenceInterval?.upper,
    ).toBe(1)
    // Sums of thirds come out above 1, with a standard error of rounding.
    expect(
      goodmanKruskalTau([
        [5, 0, 0],
        [0, 5, 0],
        [0, 0, 5],
      ]).columnGivenRow,
    ).toMatchObject({ estimate: 1, confidenceInterval: null })
  })
})

describe('refusals', () => {
  test.each([
    ['too-small', () => cramersV([[1, 2]])],
    ['too-small', () => goodmanKruskalLambda([[1], [2]])],
    ['too-small', () => ordinalAssociation([[1, 2]])],
    [
      'out-of-range',
      () =>
        ordinalAssociation(
          [
            [1, 2],
            [3, 4],
          ],
          { confidenceLevel: 1 },
        ),
    ],
    [
      'out-of-range',
      () =>
        cramersV(
          [
            [1, 2],
            [3, 4],
          ],
          { confidenceLevel: 0 },
        ),
    ],
    [
      'mismatch',
      () =>
        cochranArmitageTest([
          [1, 2, 3],
          [3, 4, 5],
        ]),
    ],
    [
      'mismatch',
      () =>
        cochranArmitageTest(
          [
            [1, 2],
            [3, 4],
          ],
          { scores: [1] },
        ),
    ],
    [
      'mismatch',
      () =>
        linearByLinearTest(
          [
            [1, 2],
            [3, 4],
          ],
          { rowScores: [1] },
        ),
    ],
    [
      'out-of-range',
      () =>
        linearByLinearTest(
          [
            [1, 2],
            [3, 4],
          ],
          { alternative: 'two.sided' as 'less' },
        ),
    ],
  ])('%s', (code, act) => {
    expect(act).toThrow(expect.objectContaining({ name: 'StatsError', code }))
  })
})
