import { fc, test as property } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import {
  chiSquaredTest,
  chiSquaredTests,
  type ContingencyTable,
  type Counts,
  cressieReadTest,
  goodnessOfFitTest,
  likelihoodRatioTest,
  type PowerDivergence,
  transpose,
} from '../src/index.ts'
import { residuals } from '../src/post-hoc/residuals.ts'
import reference from './independence.reference.json' with { type: 'json' }
import { expectClose } from './relative-error.ts'

interface WithP {
  readonly statistic: number
  readonly pValue: number
  readonly logPValue: number
}

/** The P value's error is that of the statistic, magnified by its size. */
function expectTest(actual: { statistic: number | null; pValue: number | null; logPValue?: number }, expected: WithP): void {
  expectClose(actual.statistic, expected.statistic, 1e-13)
  if (expected.pValue > 1e-300) expectClose(actual.pValue, expected.pValue, 1e-11)
  // A logarithm near 0 is 1 − P to a few digits, so its error is absolute.
  expect(Math.abs((actual.logPValue as number) - expected.logPValue)).toBeLessThan(1e-11 * Math.max(1, -expected.logPValue))
}

const names = new Set(['pearson', 'cressie-read', 'log-likelihood', 'freeman-tukey', 'mod-log-likelihood', 'neyman'])
const lambdaNamed = (name: string): PowerDivergence | number => (names.has(name) ? (name as PowerDivergence) : Number(name))

describe('reference values', () => {
  describe.each(reference.tables)('$counts', ({ counts, degreesOfFreedom, divergences, yates, williams, ...rest }) => {
    test('Pearson', () => {
      const result = chiSquaredTest(counts)
      expect(result.degreesOfFreedom).toBe(degreesOfFreedom)
      expectTest(result, divergences.pearson)
      expectTest(chiSquaredTest(counts, { variance: 'n-1' }), rest['n-1'])
      const corrected = chiSquaredTest(counts, { continuityCorrection: 'yates' })
      expectTest(corrected, yates ?? divergences.pearson)
      expect(corrected).toMatchObject({ continuityCorrection: yates === undefined ? 'none' : 'yates' })
    })
    test('likelihood ratio', () => {
      expectTest(likelihoodRatioTest(counts), divergences['log-likelihood'])
      expectTest(likelihoodRatioTest(counts, { correction: 'williams' }), williams)
    })
    test.each(Object.entries(divergences))('power divergence %s', (name, expected) => {
      const result = cressieReadTest(counts, { lambda: lambdaNamed(name) })
      if (expected === null) expect(result).toMatchObject({ method: 'not-testable', reason: 'unbounded-statistic' })
      else expectTest(result, expected)
    })
    test('residuals', () => {
      const actual = residuals(counts)
      const flat = [actual.pearson.flat(), actual.standardized.flat(), actual.deviance.flat()]
      for (const [k, cell] of rest.residuals.entries()) {
        for (const [kind, expected] of cell.entries()) expectClose(flat[kind]?.[k], expected, 1e-13)
      }
    })
  })

  test.each(reference.fits)('goodness of fit $observed', ({ observed, ratios, ...expected }) => {
    for (const name of ['pearson', 'log-likelihood', 'neyman'] as const) {
      const result = goodnessOfFitTest(observed, { ratios, lambda: name })
      const reference = expected[name]
      if (reference === null) expect(result.method).toBe('not-testable')
      else expectTest(result, reference)
    }
  })

  test('a batch gives what single tests give', () => {
    const tables = reference.tables.filter(({ degreesOfFreedom }) => degreesOfFreedom === 1)
    const counts = Float64Array.from(tables.flatMap((table) => table.counts.flat()))
    const plain = chiSquaredTests(counts)
    const corrected = chiSquaredTests(counts, { continuityCorrection: 'yates' })
    for (const [k, table] of tables.entries()) {
      expectClose(plain.statistics[k], table.divergences.pearson.statistic, 1e-13)
      if (table.divergences.pearson.pValue > 1e-300) expectClose(plain.pValues[k], table.divergences.pearson.pValue, 1e-11)
      expectClose(corrected.statistics[k], table.yates?.statistic ?? Number.NaN, 1e-13)
    }
  })
})

const tables = (smallest: number): fc.Arbitrary<number[][]> =>
  fc
    .tuple(fc.integer({ min: 2, max: 4 }), fc.integer({ min: 2, max: 4 }))
    .chain(([r, c]) =>
      fc.array(fc.array(fc.integer({ min: smallest, max: 60 }), { minLength: c, maxLength: c }), { minLength: r, maxLength: r }),
    )

const tests: readonly [string, (table: Counts | ContingencyTable) => ReturnType<typeof cressieReadTest>][] = [
  ['pearson', (table) => chiSquaredTest(table) as ReturnType<typeof cressieReadTest>],
  ['likelihood ratio', (table) => likelihoodRatioTest(table) as ReturnType<typeof cressieReadTest>],
  ['neyman', (table) => cressieReadTest(table, { lambda: 'neyman' })],
]

describe.each(tests)('properties of %s', (_, run) => {
  property.prop([tables(1)])('transposing and turning rows round change nothing', (counts) => {
    const { statistic, pValue } = run(counts)
    for (const other of [run(transpose(counts)), run([...counts].reverse())]) {
      expectClose(other.pValue, pValue as number, 1e-9)
      expect(Math.abs((other.statistic as number) - (statistic as number))).toBeLessThan(1e-11 * (1 + (statistic as number)))
    }
  })
  property.prop([tables(0)])('survives JSON and keeps P between 0 and 1', (counts) => {
    const result = run(counts)
    expect(JSON.parse(JSON.stringify(result))).toStrictEqual(result)
    if (result.method !== 'not-testable') {
      expect(result.statistic).toBeGreaterThanOrEqual(0)
      // P itself may underflow; its logarithm does not.
      expect(result.pValue).toBeGreaterThanOrEqual(0)
      expect(result.logPValue).toBeGreaterThan(-Infinity)
      expect(result.pValue).toBeLessThanOrEqual(1)
    }
  })
  property.prop([fc.integer({ min: 1, max: 90 }), fc.integer({ min: 1, max: 90 }), fc.integer({ min: 2, max: 9 })])(
    'proportional rows have statistic 0',
    (a, b, factor) => {
      expect(
        run([
          [a, b],
          [a * factor, b * factor],
        ]).statistic,
      ).toBe(0)
    },
  )
})

describe('properties of the family', () => {
  property.prop([tables(1)])('λ = 1 and λ = 0 are Pearson and G', (counts) => {
    const scale = 1 + (chiSquaredTest(counts).statistic as number)
    expect(
      Math.abs((cressieReadTest(counts, { lambda: 1 }).statistic as number) - (chiSquaredTest(counts).statistic as number)) / scale,
    ).toBeLessThan(1e-12)
    expect(
      Math.abs((cressieReadTest(counts, { lambda: 0 }).statistic as number) - (likelihoodRatioTest(counts).statistic as number)) / scale,
    ).toBeLessThan(1e-12)
  })
  property.prop([tables(1), fc.double({ min: -3, max: 3, noNaN: true })])('is continuous in λ', (counts, lambda) => {
    const at = (value: number): number => cressieReadTest(counts, { lambda: value }).statistic as number
    expect(Math.abs(at(lambda + 1e-9) - at(lambda))).toBeLessThanOrEqual(1e-5 * (1 + at(lambda)))
  })
  property.prop([tables(1)])('squared residuals add up to X² and G', (counts) => {
    const { pearson, deviance } = residuals(counts)
    const square = (values: readonly (readonly (number | null)[])[]): number =>
      values.flat().reduce<number>((sum, x) => sum + (x ?? 0) ** 2, 0)
    expect(square(pearson)).toBeCloseTo(chiSquaredTest(counts).statistic as number, 9)
    expect(square(deviance)).toBeCloseTo(likelihoodRatioTest(counts).statistic as number, 9)
  })
  property.prop([tables(1)])('a standardized residual squared is X² of the cell against the rest', (counts) => {
    const rest = (list: readonly number[], k: number): [number, number] => [list[k] ?? 0, list.reduce((a, b) => a + b, 0) - (list[k] ?? 0)]
    const collapsed = counts.map((row) => rest(row, 1))
    const [first, second] = [
      rest(
        collapsed.map(([a]) => a),
        0,
      ),
      rest(
        collapsed.map(([, b]) => b),
        0,
      ),
    ]
    const statistic = chiSquaredTest([
      [first[0], second[0]],
      [first[1], second[1]],
    ]).statistic as number
    expect((residuals(counts).standardized[0]?.[1] ?? 0) ** 2).toBeCloseTo(statistic, 8)
  })
  property.prop([fc.array(fc.nat(80), { minLength: 4, maxLength: 80 })])(
    'a batch agrees with single tests, also on empty margins',
    (cells) => {
      const counts = cells.slice(0, cells.length - (cells.length % 4))
      const { statistics, pValues } = chiSquaredTests(Uint8Array.from(counts), { variance: 'n-1' })
      for (let k = 0; k < counts.length / 4; k++) {
        const [a, b, c, d] = counts.slice(4 * k) as [number, number, number, number]
        const single = chiSquaredTest(
          [
            [a, b],
            [c, d],
          ],
          { variance: 'n-1' },
        )
        if (single.method === 'not-testable') expect(pValues[k]).toBeNaN()
        else {
          expect(Math.abs((statistics[k] ?? 0) - single.statistic)).toBeLessThan(1e-11 * (1 + single.statistic))
          expectClose(pValues[k], single.pValue, 1e-12 * (1 + single.statistic))
        }
      }
    },
  )
})

describe('what a result says', () => {
  const small = [
    [3, 9],
    [8, 4],
  ]
  const large = [
    [10, 12, 9],
    [4, 15, 11],
  ]
  test('which correction was made, and none where there are more than four cells', () => {
    expect(chiSquaredTest(small)).toMatchObject({ method: 'pearson-chi-squared', continuityCorrection: 'none', variance: 'n' })
    expect(chiSquaredTest(small, { continuityCorrection: 'yates', variance: 'n-1' })).toMatchObject({
      continuityCorrection: 'yates',
      variance: 'n-1',
    })
    expect(chiSquaredTest(large, { continuityCorrection: 'yates' })).toEqual(chiSquaredTest(large))
    expect(
      chiSquaredTest(
        [
          [3, 4, 5],
          [6, 1, 2],
        ],
        { continuityCorrection: 'yates' },
      ),
    ).toMatchObject({ continuityCorrection: 'none' })
    expect(likelihoodRatioTest(large)).toMatchObject({ method: 'likelihood-ratio', correction: 'none' })
    expect(likelihoodRatioTest(large, { correction: 'williams' })).toMatchObject({ correction: 'williams' })
    expect(cressieReadTest(large)).toMatchObject({ method: 'cressie-read', lambda: 2 / 3 })
    expect(goodnessOfFitTest([3, 4, 9])).toMatchObject({ method: 'goodness-of-fit', lambda: 1, degreesOfFreedom: 2 })
    expect(goodnessOfFitTest([3, 4, 9], { estimatedParameters: 1 })).toMatchObject({ degreesOfFreedom: 1 })
  })
  test('N − 1 multiplies by (n − 1) / n, and Yates takes a half off each difference', () => {
    const { statistic } = chiSquaredTest(small) as { statistic: number }
    expectClose(chiSquaredTest(small, { variance: 'n-1' }).statistic, (statistic * 23) / 24, 1e-14)
    // All four differences are 2.5.
    expectClose(chiSquaredTest(small, { continuityCorrection: 'yates' }).statistic, (statistic * 2 ** 2) / 2.5 ** 2, 1e-14)
    expect(
      chiSquaredTest(
        [
          [5, 5],
          [5, 6],
        ],
        { continuityCorrection: 'yates' },
      ).statistic,
    ).toBe(0)
  })
  test('Williams divides by 1 + (n Σ 1 / row − 1)(n Σ 1 / column − 1) / (6 n df)', () => {
    const [n, rows, columns] = [61, [31, 30], [14, 27, 20]]
    const spread = (margins: number[]): number => margins.reduce((sum, margin) => sum + n / margin, -1)
    const { statistic } = likelihoodRatioTest(large) as { statistic: number }
    expectClose(
      likelihoodRatioTest(large, { correction: 'williams' }).statistic,
      statistic / (1 + (spread(rows) * spread(columns)) / (6 * n * 2)),
      1e-14,
    )
  })
  test('expected counts, and the logarithm of P where P is 0', () => {
    for (const run of [chiSquaredTest, likelihoodRatioTest, cressieReadTest]) {
      const result = run(large)
      if (result.method === 'not-testable') return expect.fail(result.message)
      for (const [i, row] of [31, 30].entries())
        for (const [j, column] of [14, 27, 20].entries()) expectClose(result.expected[i]?.[j], (row * column) / 61, 1e-14)
      expectClose(result.logPValue, Math.log(result.pValue), 1e-14)
      const far = run([
        [5000, 0],
        [0, 5000],
      ])
      if (far.method === 'not-testable') return expect.fail(far.message)
      expect(far.pValue).toBe(0)
      // ln P is −X² / 2 and some.
      if (run === chiSquaredTest) expectClose(far.logPValue, -5000 - Math.log(Math.sqrt(Math.PI * 5000)), 1e-6)
      expect(far.logPValue).toBeLessThan(-2000)
    }
  })
  test('counts near 2^53 keep their digits', () => {
    const most = 2 ** 50
    const table = [
      [most + 3, most],
      [most, most + 1],
    ]
    // (a d − b c)² n / (product of margins) in whole numbers.
    const [a, b, c, d] = table.flat().map((count) => BigInt(count)) as [bigint, bigint, bigint, bigint]
    const exact = Number(((a * d - b * c) ** 2n * (a + b + c + d) * 10n ** 40n) / ((a + b) * (c + d) * (a + c) * (b + d))) / 1e40
    expectClose(chiSquaredTest(table).statistic, exact, 1e-13)
    expectClose(cressieReadTest(table, { lambda: 1 }).statistic, exact, 1e-13)
    expectClose(likelihoodRatioTest(table).statistic, exact, 1e-12)
  })
})

describe('where no answer exists', () => {
  test.each([
    [
      'zero-margin',
      [
        [0, 0],
        [3, 5],
      ],
    ],
    [
      'zero-margin',
      [
        [1, 0, 2],
        [3, 0, 5],
      ],
    ],
    [
      'no-observations',
      [
        [0, 0],
        [0, 0],
      ],
    ],
  ])('%s: %j', (reason, counts) => {
    for (const run of [chiSquaredTest, likelihoodRatioTest, cressieReadTest]) {
      expect(run(counts)).toMatchObject({ method: 'not-testable', reason, statistic: null, pValue: null })
    }
  })
  test('nothing observed cannot fit or not fit', () => {
    expect(goodnessOfFitTest([0, 0])).toMatchObject({ method: 'not-testable', reason: 'no-observations' })
  })
  test('residuals of an empty row are null', () => {
    expect(
      residuals([
        [0, 0],
        [3, 5],
      ]).pearson,
    ).toEqual([
      [null, null],
      [0, 0],
    ])
    expect(
      residuals([
        [0, 0],
        [3, 5],
      ]).standardized,
    ).toEqual([
      [null, null],
      [null, null],
    ])
  })
})

describe('adequacy', () => {
  test('Cochran: a fifth of the expected counts may be below 5, none below 1', () => {
    expect(
      chiSquaredTest([
        [3, 1],
        [1, 3],
      ]),
    ).toMatchObject({ approximation: 'small-expected-counts', minimumExpected: 2, shareOfSmallExpected: 1 })
    expect(
      chiSquaredTest([
        [40, 55],
        [22, 74],
      ]),
    ).toMatchObject({ approximation: 'adequate', shareOfSmallExpected: 0 })
    expect(goodnessOfFitTest([30, 30, 30, 30, 3], { ratios: [30, 30, 30, 30, 3] }).method === 'goodness-of-fit').toBe(true)
    expect(goodnessOfFitTest([30, 30, 30, 30, 3], { ratios: [30, 30, 30, 30, 3] })).toMatchObject({
      approximation: 'adequate',
      shareOfSmallExpected: 0.2,
    })
  })
})

test('refusals say what was wrong', () => {
  const refused = (act: () => unknown, message: string) => expect(act).toThrow(message)
  const table = [
    [1, 2],
    [3, 4],
  ]
  const named = 'expected a finite number or the name of a power divergence'
  refused(() => cressieReadTest(table, { lambda: Infinity }), `lambda is Infinity, ${named}`)
  refused(() => cressieReadTest(table, { lambda: 'perason' as 'pearson' }), `lambda is perason, ${named}`)
  refused(() => goodnessOfFitTest([3, 4], { estimatedParameters: 1 }), '2 categories leave no degree of freedom after 1 estimates')
  refused(() => goodnessOfFitTest([3, 4, 5], { estimatedParameters: 0.5 }), 'estimatedParameters is 0.5')
  expect(goodnessOfFitTest([0, 0])).toMatchObject({ test: 'goodness-of-fit', message: 'there are no observations' })
})

describe('refusals', () => {
  test('a single row is not read as goodness of fit, and the message says what to call', () => {
    for (const run of [chiSquaredTest, likelihoodRatioTest, cressieReadTest]) {
      expect(() => run([[3, 4, 5]])).toThrow(
        expect.objectContaining({ code: 'too-small', message: expect.stringContaining('goodnessOfFitTest') }),
      )
      expect(() => run([[3], [4]])).toThrow(expect.objectContaining({ code: 'too-small' }))
    }
  })
  test.each([
    [
      'out-of-range',
      () =>
        cressieReadTest(
          [
            [1, 2],
            [3, 4],
          ],
          { lambda: Number.NaN },
        ),
    ],
    [
      'out-of-range',
      () =>
        cressieReadTest(
          [
            [1, 2],
            [3, 4],
          ],
          { lambda: 'perason' as 'pearson' },
        ),
    ],
    ['too-small', () => goodnessOfFitTest([3])],
    ['too-small', () => goodnessOfFitTest([3, 4], { estimatedParameters: 1 })],
    ['not-a-count', () => goodnessOfFitTest([3, 4, 5], { estimatedParameters: -1 })],
    ['mismatch', () => goodnessOfFitTest([3, 4], { ratios: [1] })],
    ['mismatch', () => goodnessOfFitTest([3, 4], { ratios: [1, 1], probabilities: [0.5, 0.5] })],
    ['out-of-range', () => goodnessOfFitTest([3, 4], { ratios: [0, 1] })],
    ['out-of-range', () => goodnessOfFitTest([3, 4], { probabilities: [0.5, 0.6] })],
    ['not-a-count', () => goodnessOfFitTest([3, 4.5])],
    ['ragged', () => chiSquaredTests(Uint8Array.of(1, 2, 3))],
    ['mismatch', () => chiSquaredTests(Uint8Array.of(1, 2, 3, 4), {}, { statistics: new Float64Array(2), pValues: new Float64Array(1) })],
    ['not-a-count', () => chiSquaredTests(Float64Array.of(1, 2, 3, 0.5))],
    ['not-a-count', () => chiSquaredTests(Int32Array.of(1, 2, 3, -1))],
    ['not-a-count', () => chiSquaredTests(Float64Array.of(1, 2, 3, Number.NaN))],
  ])('%s', (code, act) => {
    expect(act).toThrow(expect.objectContaining({ name: 'StatsError', code }))
  })
})
