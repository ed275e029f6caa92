import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { auditInterval, parsePrintedNumber, percentageAlternatives, sumAlternatives } from '../src/printed-figures/index.ts'
import { wilsonInterval } from '../src/proportions/wilson-interval.ts'

const both = ({ lowerFit, upperFit }: { lowerFit: string; upperFit: string }): boolean => lowerFit === 'rounded' && upperFit === 'rounded'

describe('worked examples', () => {
  // R 4.2.2: prop.test(191, 226, correct = FALSE)$conf.int is 0.7922390 0.8864897; binom.test(191, 226)$conf.int 0.7912813 0.8896503.
  test('which method gives the limits', () => {
    const wilson = auditInterval({ lower: '79.2', upper: '88.6', count: 191, base: 226 }, { unit: 'percentage' })
    expect(wilson.verdict).toBe('consistent')
    expect(wilson.tried.filter(both).map(({ method }) => method)).toContain('wilson')
    const exact = auditInterval({ lower: '0.7913', upper: '0.8897', count: 191, base: 226 })
    expect(exact.tried.filter(both).map(({ method }) => method)).toEqual(['clopper-pearson'])
  })
  test('a proportion or limits that do not follow', () => {
    expect(auditInterval({ estimate: '0.80', lower: '0.792', upper: '0.886', count: 191, base: 226 }).verdict).toBe('estimate-differs')
    expect(auditInterval({ estimate: '0.85', lower: '0.70', upper: '0.90', count: 191, base: 226 }).verdict).toBe('limits-differ')
    expect(auditInterval({ estimate: '0.09', lower: '0.02', upper: '0.2', base: 48 }).verdict).toBe('estimate-differs')
    expect(auditInterval({ lower: '0.2', upper: '0.5' }).verdict).toBe('cannot-be-checked')
  })
  test('rounded limits leave the base open', () => {
    const { verdict, tried } = auditInterval({ estimate: '84.5', lower: '79.2', upper: '88.6' }, { unit: 'percentage' })
    expect(verdict).toBe('base-not-determined')
    expect(tried.some(({ count, base, method }) => count === 191 && base === 226 && method === 'wilson')).toBe(true)
  })
  test('limits too narrow for any base', () => {
    expect(auditInterval({ estimate: '0.5', lower: '0.1', upper: '0.52' }).verdict).toBe('no-base-found')
  })
})

describe('what would make other figures follow', () => {
  test('percentages', () => {
    expect(percentageAlternatives({ percentage: '37', base: 48 }, { maximumBase: 100 })[0]).toEqual({ kind: 'truncation', counts: [18] })
    // 4/47 is 8.5 %, 4/46 8.7 %, 4/45 8.9 %, 4/44 9.1 %, 4/43 9.3 %; 4/48 is 8.3 % and 5/48 10.4 %.
    expect(percentageAlternatives({ percentage: '9', base: 48 }, { maximumBase: 100 })).toEqual([
      { kind: 'smaller-base', bases: [47, 46, 45, 44, 43].map((base) => ({ base, counts: [4] })) },
    ])
    expect(percentageAlternatives({ percentage: '7.0', count: 70, base: 100 }, { maximumBase: 2000 })).toContainEqual({
      kind: 'slip',
      of: 'percentage',
      slip: 'decimal-point',
      printed: '70',
    })
    expect(percentageAlternatives({ percentage: '30', count: 70, base: 100 }, { maximumBase: 300 })).toContainEqual({ kind: 'complement' })
    expect(percentageAlternatives({ percentage: '60', count: 12, base: 35 }, { maximumBase: 300 })).toContainEqual({
      kind: 'slip',
      of: 'count',
      slip: 'digits-swapped',
      printed: '21',
    })
  })
  test('sums', () => {
    expect(sumAlternatives(['3', '33', '15'], '52')).toEqual([
      { kind: 'total', total: 51 },
      { kind: 'part', index: 0, part: 4 },
      { kind: 'part', index: 1, part: 34 },
      { kind: 'part', index: 2, part: 16 },
    ])
    expect(sumAlternatives(['12', '30'], '51')).toContainEqual({ kind: 'slip', index: 0, slip: 'digits-swapped', printed: '21' })
    expect(sumAlternatives(['12.1', '30.2'], '42.4', { kind: 'percentages' })[1]).toEqual({ kind: 'part', index: 0, part: 12.2 })
  })
})

describe('numbers as printed', () => {
  test.each([
    ['0,034', 0.034, 3],
    ['<0,001', 0.001, 3],
    ['73,3', 73.3, 1],
    ['1,234', 1234, 0],
    ['12,345.6', 12345.6, 1],
    ['2.1e-5', 0.000021, 6],
    ['2.1 × 10^−5', 0.000021, 6],
    ['1.2e3', 1200, 0],
  ])('%s', (text, value, decimals) => {
    expect(parsePrintedNumber(text)).toMatchObject({ value, decimals })
  })
})

describe('properties', () => {
  test.prop([fc.integer({ min: 5, max: 400 }).chain((base) => fc.tuple(fc.integer({ min: 1, max: base - 1 }), fc.constant(base)))])(
    'Wilson’s limits at full precision give back count and base',
    ([count, base]) => {
      const { lower, upper } = wilsonInterval(count, base)
      const { tried } = auditInterval({ estimate: String(count / base), lower: String(lower), upper: String(upper) })
      expect(tried.map((found) => [found.count, found.base])).toContainEqual([count, base])
    },
  )
})

test('refusals', () => {
  expect(() => auditInterval({ lower: '.1', upper: '.2' }, { level: 95 })).toThrow(expect.objectContaining({ code: 'out-of-range' }))
  expect(() => auditInterval({ lower: 'low', upper: '.2' })).toThrow(expect.objectContaining({ code: 'out-of-range' }))
})
