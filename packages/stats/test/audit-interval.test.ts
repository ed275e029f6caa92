import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import {
  auditInterval,
  auditSum,
  parsePrintedNumber,
  percentageAlternatives,
  percentageFits,
  sumAlternatives,
} from '../src/printed-figures/index.ts'
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
  test('without a count only those are tried that give the proportion', () => {
    const { tried } = auditInterval({ estimate: '0.50', lower: '0.2', upper: '0.8', base: 10 })
    expect(new Set(tried.map(({ count }) => count))).toEqual(new Set([5]))
    expect(tried).toHaveLength(11)
    const [wilson] = tried
    expect(wilson).toMatchObject({ method: 'wilson', count: 5, base: 10, lowerFit: 'rounded', upperFit: 'rounded' })
    expect(wilson).toMatchObject({ lower: wilsonInterval(5, 10).lower, upper: wilsonInterval(5, 10).upper })
    expect(new Set(auditInterval({ estimate: '0.5', lower: '0.2', upper: '0.8', base: 40 }).tried.map(({ count }) => count))).toEqual(
      new Set([18, 19, 20, 21, 22]),
    )
    expect(auditInterval({ estimate: '1.0', lower: '0.7', upper: '1', base: 10 }).tried.every(({ count }) => count === 10)).toBe(true)
    expect(auditInterval({ estimate: '0.0', lower: '0', upper: '0.3', base: 10 }).tried.every(({ count }) => count === 0)).toBe(true)
  })
  test('nothing to check against', () => {
    expect(auditInterval({ estimate: '0.5', lower: '0.1', upper: '0.9', base: 0 })).toEqual({ verdict: 'cannot-be-checked', tried: [] })
    expect(auditInterval({ lower: '0.1', upper: '0.9', base: 9 })).toEqual({ verdict: 'cannot-be-checked', tried: [] })
    expect(auditInterval({ lower: '0.1', upper: '0.9' })).toEqual({ verdict: 'cannot-be-checked', tried: [] })
  })
  test('a level other than the usual', () => {
    const { lower, upper } = wilsonInterval(62, 191, { confidenceLevel: 0.9 })
    const printed = { lower: lower.toFixed(4), upper: upper.toFixed(4), count: 62, base: 191 }
    expect(auditInterval(printed, { level: 0.9 }).verdict).toBe('consistent')
    expect(auditInterval(printed).verdict).toBe('limits-differ')
    expect(auditInterval({ ...printed, lower: upper.toFixed(4) }, { level: 0.9 }).verdict).toBe('limits-differ')
    // Four digits of everything leave one base.
    const { verdict, tried } = auditInterval(
      { estimate: (62 / 191).toFixed(4), lower: printed.lower, upper: printed.upper },
      { level: 0.9 },
    )
    expect([verdict, tried.map(({ count, base, method }) => [count, base, method])]).toEqual(['consistent', [[62, 191, 'wilson']]])
    expect(
      auditInterval({ estimate: '0.3246', lower: printed.lower, upper: printed.upper }, { level: 0.9, maximumBase: 190 }).verdict,
    ).toBe('no-base-found')
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
  test('percentages without a base, or without a count that gives them', () => {
    expect(percentageAlternatives({ percentage: '84.5', count: 191 }, { maximumBase: 300 })).toEqual([
      { kind: 'base', bases: { first: 226, last: 226 } },
    ])
    expect(percentageAlternatives({ percentage: '200', count: 191 }, { maximumBase: 300 })).toEqual([])
    expect(percentageAlternatives({ percentage: '84.5', count: 190, base: 226 }, { maximumBase: 225 })).toEqual([
      { kind: 'count', counts: [191] },
    ])
    // A count that fits leaves no reason to think of a smaller base.
    expect(percentageAlternatives({ percentage: '50', base: 48 }, { maximumBase: 300 })).toEqual([
      { kind: 'count', counts: [24] },
      { kind: 'truncation', counts: [24] },
    ])
    // 25 of 161 is 15.53 %; 24 of 161 is 14.9 %.
    const truncation = { kind: 'truncation', counts: [25] }
    expect(percentageAlternatives({ percentage: '15', count: 25, base: 161 }, { maximumBase: 300 })).toContainEqual(truncation)
    expect(percentageAlternatives({ percentage: '15', count: 26, base: 161 }, { maximumBase: 300 }).map(({ kind }) => kind)).not.toContain(
      'truncation',
    )
  })
  test('slips of the base; a count is a whole number and no larger than its base', () => {
    expect(percentageAlternatives({ percentage: '50', count: 6, base: 21 }, { maximumBase: 300 })).toContainEqual({
      kind: 'slip',
      of: 'base',
      slip: 'digits-swapped',
      printed: '12',
    })
    // 21.0 is how 210 reads with another point, but nobody prints a count so.
    const slips = (of: string, count: number, base: number, percentage: string) =>
      percentageAlternatives({ percentage, count, base }, { maximumBase: 5000 }).filter((found) => found.kind === 'slip' && found.of === of)
    expect(slips('count', 210, 420, '5')).toEqual([])
    expect(slips('base', 21, 42, '5')).toEqual([{ kind: 'slip', of: 'base', slip: 'decimal-point', printed: '420' }])
    expect(slips('count', 12, 20, '105')).toEqual([])
    expect(slips('base', 21, 60, '350')).toEqual([])
  })
  test.prop([fc.integer({ min: 1, max: 99 }), fc.integer({ min: 4, max: 90 })])(
    'a percentage that no count gives: the nearest smaller bases that have one, five at most and no less than three quarters',
    (percentage, base) => {
      const text = String(percentage)
      const fits = (of: number): number[] =>
        Array.from({ length: of + 1 }, (_, count) => count).filter((count) => percentageFits(count, of, text))
      const found = percentageAlternatives({ percentage: text, base }, { maximumBase: 100 })
      const smaller = found.flatMap((one) => (one.kind === 'smaller-base' ? one.bases : []))
      const expected = Array.from({ length: base - 1 }, (_, k) => base - 1 - k)
        .filter((other) => other >= 0.75 * base && fits(other).length > 0)
        .slice(0, 5)
        .map((other) => ({ base: other, counts: fits(other) }))
      expect(smaller).toEqual(fits(base).length > 0 ? [] : expected)
      expect(found.some(({ kind }) => kind === 'smaller-base')).toBe(smaller.length > 0)
    },
  )
  test('sums', () => {
    expect(sumAlternatives(['3', '33', '15'], '52')).toEqual([
      { kind: 'total', total: 51 },
      { kind: 'part', index: 0, part: 4 },
      { kind: 'part', index: 1, part: 34 },
      { kind: 'part', index: 2, part: 16 },
    ])
    expect(sumAlternatives(['12', '30'], '51')).toContainEqual({ kind: 'slip', index: 0, slip: 'digits-swapped', printed: '21' })
    expect(sumAlternatives(['12.1', '30.2'], '42.4', { kind: 'percentages' })[1]).toEqual({ kind: 'part', index: 0, part: 12.2 })
    expect(sumAlternatives(['12', '30'], '24')).toContainEqual({ kind: 'slip', index: null, slip: 'digits-swapped', printed: '42' })
    // No part can be less than nothing.
    expect(sumAlternatives(['2', '30'], '25')).toEqual([
      { kind: 'total', total: 32 },
      { kind: 'part', index: 1, part: 23 },
    ])
    // As many decimals as any of the numbers has: the first part was given as 0.1 here.
    expect(sumAlternatives(['0.1', '0.25'], '0.3')[1]).toEqual({ kind: 'part', index: 0, part: 0.05 })
  })
  test('sums of rounded parts may be off by half a last digit for each number', () => {
    const verdict = (parts: string[], total: string, kind?: 'percentages' | 'counts') =>
      auditSum(parts, total, kind === undefined ? {} : { kind }).verdict
    expect(verdict(['33.3', '33.3', '33.3'], '100', 'percentages')).toBe('rounding')
    expect(verdict(['33.3', '33.3', '33.3'], '100.0', 'percentages')).toBe('rounding')
    expect(verdict(['33.3', '33.3', '33.2'], '100.0', 'percentages')).toBe('rounding')
    expect(verdict(['33.3', '33.3', '33.1'], '100.0', 'percentages')).toBe('differs')
    expect(verdict(['33.3', '33.3', '33.3'], '100.0')).toBe('differs')
    expect(verdict(['33', '33', '33'], '100', 'counts')).toBe('differs')
    expect(auditSum(['1.25', '2'], '3.2')).toEqual({ sum: 3.25, difference: 0.05, verdict: 'differs' })
    expect(auditSum([], '0')).toEqual({ sum: 0, difference: 0, verdict: 'exact' })
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
