import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { basesThatFit, countsThatFit, percentageFits } from '../src/printed-figures/index.ts'

describe('worked examples from the study (abstracts of JMIR Hum Factors 2025;12:e66398)', () => {
  test.each([
    [191, '84.5', 226, 226],
    [161, '84', 191, 192],
    [112, '70', 159, 161],
    [112, '69.6', 161, 161],
    [25, '15.5', 161, 161],
    [9, '6', 139, 163],
    [24, '15', 155, 165],
  ])('%i printed as %s %% fits bases %i to %i', (count, percentage, first, last) => {
    expect(basesThatFit(count, percentage, { maximum: 226 })).toEqual({ first, last })
  })
  test('25 of 161 is 15.53 %, which is 16 when rounded and 15 only when cut off', () => {
    expect(percentageFits(25, 161, '15')).toBe(false)
    expect(percentageFits(25, 161, '15', { rounding: 'truncation' })).toBe(true)
  })
})

describe('halves', () => {
  test('1 of 8 is 12.5 %: 13 half up, 12 half even, 12 cut', () => {
    expect(percentageFits(1, 8, '13')).toBe(true)
    expect(percentageFits(1, 8, '12')).toBe(false)
    expect(percentageFits(1, 8, '12', { rounding: 'half-even' })).toBe(true)
    expect(percentageFits(1, 8, '13', { rounding: 'half-even' })).toBe(false)
    expect(percentageFits(1, 8, '12', { rounding: 'truncation' })).toBe(true)
    expect(percentageFits(1, 8, '12', { rounding: 'half-either' })).toBe(true)
    expect(percentageFits(1, 8, '13', { rounding: 'half-either' })).toBe(true)
  })
})

const rounding = fc.constantFrom('half-up' as const, 'half-even' as const, 'truncation' as const, 'half-either' as const)
const percentage = fc
  .tuple(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 0, max: 99 }), fc.integer({ min: 0, max: 2 }))
  .map(([whole, fraction, decimals]) => (decimals === 0 ? `${whole}` : `${whole}.${`${fraction}`.padStart(2, '0').slice(0, decimals)}`))

describe('properties', () => {
  test.prop([percentage, fc.integer({ min: 1, max: 300 }), rounding])('countsThatFit is every count that fits', (printed, base, rule) => {
    const all = Array.from({ length: base + 1 }, (_, count) => count).filter((count) =>
      percentageFits(count, base, printed, { rounding: rule }),
    )
    expect(countsThatFit(printed, base, { rounding: rule })).toEqual(all)
  })
  test.prop([percentage, fc.integer({ min: 0, max: 300 }), rounding])('basesThatFit is every base that fits', (printed, count, rule) => {
    const all = Array.from({ length: 400 }, (_, i) => i + 1).filter(
      (base) => base >= count && percentageFits(count, base, printed, { rounding: rule }),
    )
    const run = basesThatFit(count, printed, { maximum: 400, rounding: rule })
    expect(run).toEqual(all.length === 0 ? null : { first: all[0], last: all.at(-1) })
    if (run) expect(run.last - run.first + 1).toBe(all.length)
  })
})

test('refusals', () => {
  expect(() => percentageFits(-1, 5, '10')).toThrow(expect.objectContaining({ code: 'not-a-count' }))
  expect(() => countsThatFit('about a third', 191)).toThrow(expect.objectContaining({ code: 'out-of-range' }))
})
