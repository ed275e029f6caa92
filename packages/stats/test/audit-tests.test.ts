import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { fisherFreemanHaltonTest } from '../src/exact/index.ts'
import { chiSquaredTest } from '../src/independence/chi-squared-test.ts'
import { auditTest, auditTests, type PrintedTest, testAlternatives } from '../src/printed-figures/index.ts'

// Table 2 of Muehlensiepen and others, J Med Internet Res 2021;23(3):e23742 (CC BY), the rows with two columns.
const rheumatologists: PrintedTest[] = [
  {
    table: [
      [16, 31],
      [106, 327],
    ],
    pValue: '.15',
  },
  {
    table: [
      [16, 15],
      [166, 95],
    ],
    pValue: '.19',
  },
  {
    table: [
      [21, 10],
      [160, 101],
    ],
    pValue: '.49',
  },
  {
    table: [
      [21, 10],
      [135, 126],
    ],
    pValue: '.09',
  },
  {
    table: [
      [15, 16],
      [120, 141],
    ],
    pValue: '.80',
  },
  {
    table: [
      [8, 23],
      [89, 172],
    ],
    pValue: '.35',
  },
  {
    table: [
      [12, 19],
      [84, 177],
    ],
    pValue: '.47',
  },
  {
    table: [
      [5, 26],
      [52, 209],
    ],
    pValue: '.61',
  },
]
// Table 6 of Tariq and others, Front Public Health 2023;10:1036800 (CC BY).
const telemedicine: PrintedTest[] = [
  {
    table: [
      [8, 30],
      [66, 441],
      [3, 41],
      [1, 12],
    ],
    statistic: '3.610',
    pValue: '0.262',
  },
  {
    table: [
      [32, 291],
      [46, 233],
    ],
    statistic: '5.747',
    pValue: '0.017',
  },
  {
    table: [
      [67, 424],
      [11, 100],
    ],
    statistic: '1.120',
    pValue: '0.290',
  },
  {
    table: [
      [13, 118],
      [65, 406],
    ],
    statistic: '1.366',
    pValue: '0.243',
  },
  {
    table: [
      [1, 9],
      [1, 5],
      [4, 13],
      [12, 90],
      [52, 331],
      [8, 76],
    ],
    statistic: '3.322',
    pValue: '0.614',
  },
  {
    table: [
      [18, 80],
      [29, 136],
      [8, 107],
      [10, 78],
      [13, 123],
    ],
    statistic: '10.927',
    pValue: '0.027',
  },
]

describe('worked examples', () => {
  test('all but one follow by one test, and that one would have to be rounded twice', () => {
    const { common, tests } = auditTests(rheumatologists)
    expect(common).toEqual({ test: 'pearson', gives: 7, of: 8 })
    expect(tests.filter(({ verdict }) => verdict === 'consistent')).toHaveLength(7)
    expect(tests[6]).toMatchObject({ verdict: 'inconsistent', departures: ['rounded-twice'], by: { test: 'pearson' } })
  })
  test('two statistics do not follow by the test that gives the others', () => {
    const { common, tests } = auditTests(telemedicine, { exactTest: fisherFreemanHaltonTest })
    expect(common).toEqual({ test: 'pearson', gives: 4, of: 6 })
    expect(tests.map(({ verdict }) => verdict)).toEqual([
      'inconsistent',
      'consistent',
      'consistent',
      'consistent',
      'inconsistent',
      'consistent',
    ])
    expect(tests[0]?.departures).toEqual(['statistic-differs'])
    expect(tests[4]?.departures).toEqual(['other-test'])
  })
  // −2 log(γ P) with lgamma in Python 3.11: 3.609708489572469 and 3.3224991025055317.
  test('both are the statistic that SPSS prints beside the exact test', () => {
    const statistics = [telemedicine[0], telemedicine[4]].map(
      (printed) =>
        auditTest(printed as PrintedTest, { exactTest: fisherFreemanHaltonTest }).tried.find(({ test: name }) => name === 'fisher')
          ?.statistic,
    )
    expect(statistics[0]).toBeCloseTo(3.609708489572469, 11)
    expect(statistics[1]).toBeCloseTo(3.3224991025055317, 11)
  })
  test('a P on the other side of the threshold', () => {
    const { tests } = auditTests([
      {
        table: [
          [32, 291],
          [46, 233],
        ],
        pValue: '.17',
      },
      { statistic: '5.747', degreesOfFreedom: 1, pValue: '.17' },
      { statistic: '3.84', degreesOfFreedom: 1, pValue: '.5' },
      { statistic: '5.747', degreesOfFreedom: 1, pValue: '>.05' },
      { statistic: '1.2', degreesOfFreedom: 1, pValue: '<.05' },
    ])
    expect(tests.map(({ verdict }) => verdict)).toEqual([
      'decision-inconsistent',
      'decision-inconsistent',
      // The statistics that are printed as 3.84 have P on both sides of .05.
      'inconsistent',
      'decision-inconsistent',
      'decision-inconsistent',
    ])
    expect(tests[1]?.departures).toEqual(['p-value-not-of-statistic', 'decision-differs'])
  })
  test('Yates’ correction where the table has four cells, Pearson’s test elsewhere: what R does by default', () => {
    const small = [
      [3, 9],
      [8, 4],
    ]
    const large = [
      [10, 12, 9],
      [4, 15, 11],
    ]
    const yates = chiSquaredTest(small, { continuityCorrection: 'yates' })
    const pearson = chiSquaredTest(large)
    const print = (table: number[][], { statistic, pValue }: { statistic: number | null; pValue: number | null }): PrintedTest => ({
      table,
      statistic: (statistic as number).toFixed(3),
      pValue: (pValue as number).toFixed(3),
    })
    const { common, tests } = auditTests([print(small, yates), print(small, yates), print(large, pearson)])
    expect(common).toEqual({ test: 'yates', gives: 2, of: 3 })
    expect(tests.map(({ verdict }) => verdict)).toEqual(['consistent', 'consistent', 'consistent'])
  })
  test('degrees of freedom of another table', () => {
    const { tests } = auditTests([
      {
        table: [
          [32, 291],
          [46, 233],
        ],
        statistic: '5.747',
        degreesOfFreedom: 2,
        pValue: '.017',
      },
    ])
    expect(tests[0]?.departures).toContain('degrees-of-freedom-differ')
  })
  test('missing degrees of freedom cannot be checked', () => {
    expect(auditTests([{ statistic: '5.747', pValue: '.017' }]).tests[0]).toMatchObject({
      verdict: 'cannot-be-checked',
      audit: { reason: 'no-table-and-no-degrees-of-freedom' },
    })
  })
})

describe('what would make a test consistent', () => {
  test('a decimal point', () => {
    const { alternatives } = testAlternatives({
      table: [
        [32, 291],
        [46, 233],
      ],
      pValue: '.17',
    })
    expect(alternatives).toContainEqual({ kind: 'slip', of: 'p-value', slip: 'decimal-point', printed: '.017', test: 'pearson' })
  })
  test('other degrees of freedom, and a one-sided test', () => {
    // R: pchisq(5.99, 2, lower.tail = FALSE) is 0.05003663; pchisq(3.84, 1, lower.tail = FALSE) / 2 is 0.02502176.
    expect(testAlternatives({ statistic: '5.99', degreesOfFreedom: 1, pValue: '.050' }).alternatives).toEqual([
      { kind: 'degrees-of-freedom', degreesOfFreedom: 2 },
    ])
    expect(testAlternatives({ statistic: '3.84', degreesOfFreedom: 1, pValue: '.025' }).alternatives).toContainEqual({ kind: 'one-sided' })
  })
  test('a count with its digits in the other order', () => {
    const { alternatives, tablesTried } = testAlternatives({
      table: [
        [23, 291],
        [46, 233],
      ],
      statistic: '5.747',
      pValue: '.017',
    })
    expect(alternatives).toEqual([{ kind: 'cell-slip', cell: [0, 0], count: 32, slip: 'digits-swapped', test: 'pearson' }])
    expect(tablesTried).toBeGreaterThan(6)
  })
})

const cell = fc.integer({ min: 1, max: 60 })

describe('properties', () => {
  test.prop([fc.array(fc.tuple(cell, cell, cell, cell), { minLength: 2, maxLength: 5 })])(
    'Pearson’s tests printed to four digits are all consistent',
    (tables) => {
      const printed = tables.map(([a, b, c, d]) => {
        const table = [
          [a, b],
          [c, d],
        ]
        const { statistic, pValue } = chiSquaredTest(table)
        return { table, statistic: (statistic as number).toFixed(4), pValue: (pValue as number).toFixed(4) }
      })
      const { common, tests } = auditTests(printed)
      expect(common?.gives).toBe(tables.length)
      expect(tests.every(({ verdict, departures }) => verdict === 'consistent' && departures.length === 0)).toBe(true)
    },
  )
  test.prop([cell, cell, cell, cell])('two cells that were swapped are found', (a, b, c, d) => {
    fc.pre(a !== b)
    const { statistic, pValue } = chiSquaredTest([
      [a, b],
      [c, d],
    ])
    const { alternatives } = testAlternatives({
      table: [
        [b, a],
        [c, d],
      ],
      statistic: (statistic as number).toFixed(6),
      pValue: (pValue as number).toFixed(6),
    })
    expect(alternatives).toContainEqual({
      kind: 'cells-swapped',
      cells: [
        [0, 0],
        [0, 1],
      ],
      counts: [
        [a, b],
        [c, d],
      ],
      test: 'pearson',
    })
  })
})

test('refusals', () => {
  expect(() => auditTests([], { threshold: 1 })).toThrow(expect.objectContaining({ code: 'out-of-range' }))
  expect(() => auditTests([{ pValue: 'small' }])).toThrow(expect.objectContaining({ code: 'out-of-range' }))
})
