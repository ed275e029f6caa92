import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { fisherFreemanHaltonTest } from '../src/exact/index.ts'
import { chiSquaredTest } from '../src/independence/chi-squared-test.ts'
import { auditTest, auditTests, testAlternatives } from '../src/printed-figures/index.ts'

describe('worked examples', () => {
  // Table 6 of Tariq and others, Front Public Health 2023;10:1036800 (CC BY).
  test('P follows from the counts and the statistic does not', () => {
    const audit = auditTest({
      table: [
        [8, 30],
        [66, 441],
        [3, 41],
        [1, 12],
      ],
      statistic: '3.610',
      pValue: '0.262',
    })
    expect(audit.verdict).toBe('statistic-differs')
    expect(audit.tried.find(({ test: name }) => name === 'pearson')).toMatchObject({ pValueFit: 'rounded', statisticFit: 'none' })
    expect(audit.fromStatistic?.fits).toBe(false)
  })
  test('statistic and P are those that SPSS prints for the exact test', () => {
    const table = [
      [1, 9],
      [1, 5],
      [4, 13],
      [12, 90],
      [52, 331],
      [8, 76],
    ]
    const printed = { table, statistic: '3.322', pValue: '0.614' }
    const audit = auditTest(printed, { exactTest: fisherFreemanHaltonTest })
    expect(audit).toMatchObject({ verdict: 'consistent', untried: [] })
    expect(audit.tried.filter(({ pValueFit }) => pValueFit !== 'none').map(({ test: name }) => name)).toEqual(['fisher'])
  })
  test('an exact test that is not handed over, or does not end, is named as untried', () => {
    const table = [
      [3, 5, 2],
      [7, 1, 6],
    ]
    // R 4.5: fisher.test(matrix(c(3, 7, 5, 1, 2, 6), 2))$p.value is 0.1011117.
    const printed = { table, pValue: '.101' }
    expect(auditTest(printed)).toMatchObject({ verdict: 'inconsistent', untried: ['fisher'] })
    expect(auditTest(printed, { exactTest: () => ({ status: 'budget-exhausted', statistic: -7, pValue: 0.101 }) })).toMatchObject({
      verdict: 'inconsistent',
      untried: ['fisher'],
    })
    expect(auditTest(printed, { exactTest: fisherFreemanHaltonTest })).toMatchObject({ verdict: 'consistent', untried: [] })
    expect(auditTests([printed], { exactTest: fisherFreemanHaltonTest }).tests[0]).toMatchObject({ verdict: 'consistent' })
    const slipped = testAlternatives({ table, pValue: '.0101' }, { test: 'fisher', exactTest: fisherFreemanHaltonTest })
    expect(slipped.alternatives).toContainEqual({ kind: 'slip', of: 'p-value', slip: 'decimal-point', printed: '0.101', test: 'fisher' })
  })
  test('two by two cells leave nothing untried, and so does a table that cannot be tested', () => {
    expect(
      auditTest({
        table: [
          [1, 9],
          [8, 2],
        ],
        pValue: '.005',
      }).untried,
    ).toEqual([])
    expect(
      auditTest({
        table: [
          [0, 0, 0],
          [8, 2, 1],
        ],
        pValue: '.005',
      }).untried,
    ).toEqual([])
    expect(auditTest({ statistic: '3.84', degreesOfFreedom: 1, pValue: '.05' }).untried).toEqual([])
  })
  test('a P that was rounded twice', () => {
    const audit = auditTest({
      table: [
        [12, 19],
        [84, 177],
      ],
      pValue: '.47',
    })
    expect(audit.tried.find(({ test: name }) => name === 'pearson')?.pValueFit).toBe('rounded-twice')
  })
  test('from the statistic alone', () => {
    expect(auditTest({ statistic: '3.84', degreesOfFreedom: 1, pValue: '.05' })).toMatchObject({ verdict: 'consistent', tried: [] })
    expect(auditTest({ statistic: '3.84', degreesOfFreedom: 1, pValue: '.01' }).verdict).toBe('p-value-differs')
    expect(auditTest({ statistic: '45.2', degreesOfFreedom: 2, pValue: '<.001' }).verdict).toBe('consistent')
  })
  test('what cannot be checked says why', () => {
    expect(auditTest({ statistic: '3.84', pValue: '.05' })).toMatchObject({
      verdict: 'cannot-be-checked',
      reason: 'no-table-and-no-degrees-of-freedom',
    })
    expect(
      auditTest({
        table: [
          [1, 2],
          [3, 4],
        ],
      }),
    ).toMatchObject({ verdict: 'cannot-be-checked', reason: 'nothing-printed' })
    expect(
      auditTest({
        table: [
          [0, 0],
          [3, 4],
        ],
        pValue: '.5',
      }),
    ).toMatchObject({ verdict: 'cannot-be-checked', reason: 'zero-margin' })
    expect(auditTest({ statistic: '3.84', degreesOfFreedom: '1' })).toMatchObject({
      verdict: 'cannot-be-checked',
      reason: 'no-table-and-no-p-value',
    })
  })
  test('degrees of freedom that are not the table’s', () => {
    expect(
      auditTest({
        table: [
          [5, 6, 7],
          [8, 9, 10],
        ],
        statistic: '0.01',
        degreesOfFreedom: '1',
        pValue: '.9',
      }).degreesOfFreedomFit,
    ).toBe(false)
  })
})

const others = path.resolve(import.meta.dirname, '../../../../shared/study/other-studies.json')

test.skipIf(!existsSync(others))(
  'ten of eleven printed P values of one paper follow by Pearson’s test (skipped where the collection of other studies is absent)',
  () => {
    const { studies } = JSON.parse(readFileSync(others, 'utf8')) as {
      studies: { id: string; tables?: { counts: number[][]; reported: { p: string } }[] }[]
    }
    const tables = studies.find(({ id }) => id === 'H1')?.tables ?? []
    const fits = tables.map(
      ({ counts, reported }) =>
        auditTest({ table: counts, pValue: reported.p }).tried.find(({ test: name }) => name === 'pearson')?.pValueFit,
    )
    expect(fits.filter((fit) => fit === 'rounded')).toHaveLength(10)
    expect(fits.filter((fit) => fit === 'rounded-twice')).toHaveLength(1)
  },
)

const cell = fc.integer({ min: 1, max: 200 })

describe('properties', () => {
  test.prop([cell, cell, cell, cell, fc.integer({ min: 2, max: 4 })])(
    'what is printed from Pearson’s test is consistent',
    (a, b, c, d, decimals) => {
      const table = [
        [a, b],
        [c, d],
      ]
      const { statistic, pValue } = chiSquaredTest(table)
      const audit = auditTest({
        table,
        statistic: (statistic as number).toFixed(decimals),
        pValue: (pValue as number).toFixed(decimals),
        degreesOfFreedom: 1,
      })
      expect(audit.verdict).toBe('consistent')
      expect(audit.fromStatistic?.fits).toBe(true)
    },
  )
})

test('refusals', () => {
  expect(() => auditTest({ pValue: 'small' })).toThrow(expect.objectContaining({ code: 'out-of-range' }))
  expect(() => auditTest({ statistic: '1', degreesOfFreedom: 0, pValue: '.1' })).toThrow(expect.objectContaining({ code: 'out-of-range' }))
})
