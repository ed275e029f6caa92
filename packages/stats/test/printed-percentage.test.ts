import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { basesThatFit, countsThatFit, parsePrintedNumber, percentageFits } from '../src/printed-figures/index.ts'
import { printedFit } from '../src/printed-figures/printed-fit.ts'
import { isPrintedAs } from '../src/printed-figures/printed-number.ts'
import { unslipped } from '../src/printed-figures/printed-slips.ts'

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
    // Looked for between other bounds it is what lies between them.
    const between = all.filter((base) => base >= 60 && base <= 200)
    expect(basesThatFit(count, printed, { minimum: 60, maximum: 200, rounding: rule })).toEqual(
      between.length === 0 ? null : { first: between[0], last: between.at(-1) },
    )
  })
})

describe('numbers as printed', () => {
  test.each([
    ['.14', 14n, 2, '=', 0.14],
    ['84', 84n, 0, '=', 84],
    [' 69.6 % ', 696n, 1, '=', 69.6],
    ['<.001', 1n, 3, '<', 0.001],
    ['≤ 0.05', 5n, 2, '<', 0.05],
    ['> 3', 3n, 0, '>', 3],
    ['≥0.2', 2n, 1, '>', 0.2],
    ['= 1.50', 150n, 2, '=', 1.5],
    ['-1.5', -15n, 1, '=', -1.5],
    ['−0.05', -5n, 2, '=', -0.05],
    ['+2', 2n, 0, '=', 2],
    ['1·5', 15n, 1, '=', 1.5],
    ['12,345,678', 12345678n, 0, '=', 12345678],
    ['1.23e-5', 123n, 7, '=', 1.23e-5],
    ['1.2 × 10^3', 1200n, 0, '=', 1200],
    ['1.25 x 10 -3', 125n, 5, '=', 0.00125],
    ['1.2345e2', 12345n, 2, '=', 123.45],
  ] as const)('%s', (text, digits, decimals, relation, value) => {
    expect(parsePrintedNumber(text)).toEqual({ digits, decimals, relation, value })
  })
  test.each(['', '-', '.', '<', '%', '1.2.3', 'abc', '1,23,4', '12–14', '1e', '5 of 9'])('"%s" is none', (text) => {
    expect(() => parsePrintedNumber(text)).toThrow(
      expect.objectContaining({ code: 'out-of-range', message: `"${text}" is not a printed number such as 69.6, .14 or <.001` }),
    )
  })
  test('halves below zero are rounded as those above', () => {
    const printed = (text: string, rounding: 'half-up' | 'half-even' | 'truncation' | 'half-either') =>
      isPrintedAs(-25n, 2n, parsePrintedNumber(text), rounding)
    expect(['-13', '-12'].map((text) => printed(text, 'half-up'))).toEqual([true, false])
    expect(['-13', '-12'].map((text) => printed(text, 'half-even'))).toEqual([false, true])
    expect(['-13', '-12'].map((text) => printed(text, 'truncation'))).toEqual([false, true])
    expect(['-13', '-12', '-11'].map((text) => printed(text, 'half-either'))).toEqual([true, true, false])
  })
})

describe('how a computed number relates to a printed one', () => {
  test.each([
    [0.04, '<.05', 'rounded'],
    [0.05, '<.05', 'rounded'],
    [0.0501, '<.05', 'none'],
    [0.06, '>.05', 'rounded'],
    [0.05, '>.05', 'rounded'],
    [0.0499, '>.05', 'none'],
    [0.462, '.46', 'rounded'],
    [0.475, '.47', 'rounded'],
    [0.475, '.48', 'rounded'],
    [0.469, '.46', 'cut-off'],
    [-0.469, '-.46', 'cut-off'],
    [0.451, '.46', 'none'],
    [0.471, '.46', 'none'],
    [-0.469, '.46', 'none'],
    [0.006, '.00', 'cut-off'],
    [-0.006, '.00', 'cut-off'],
    [0.46, '.46', 'rounded'],
    [0.4646, '.47', 'rounded-twice'],
    [-0.4646, '-.47', 'rounded-twice'],
    [0.464_96, '.47', 'rounded-twice'],
    [0.4644, '.47', 'none'],
    [0.4546, '.47', 'none'],
    [12.46, '13', 'rounded-twice'],
    [12.44, '13', 'none'],
    [12.99, '12', 'cut-off'],
  ])('%f and %s: %s', (value, text, fit) => {
    expect(printedFit(value, parsePrintedNumber(text))).toBe(fit)
  })
})

describe('what a number may have slipped from', () => {
  const texts = (printed: string): string[] => unslipped(printed).map(({ slip, printed: text }) => `${slip} ${text}`)
  test('the point, and two neighbouring digits', () => {
    expect(texts('2.62')).toEqual([
      'decimal-point 26.2',
      'decimal-point .262',
      'decimal-point 262',
      'decimal-point .0262',
      'digits-swapped 6.22',
      'digits-swapped 2.26',
    ])
    expect(texts('1203')).toEqual([
      'decimal-point 12030',
      'decimal-point 120.3',
      'decimal-point 120300',
      'decimal-point 12.03',
      'digits-swapped 2103',
      'digits-swapped 1023',
      'digits-swapped 1230',
    ])
    expect(texts('0.05')).toEqual([
      'decimal-point 0.5',
      'decimal-point .005',
      'decimal-point 5',
      'decimal-point .0005',
      'digits-swapped 0.50',
    ])
  })
  test('what stands around it stays', () => {
    expect(texts('= 21 %')).toContain('digits-swapped = 12 %')
    expect(texts('= 21 %')).toContain('decimal-point = 2.1 %')
  })
  test('nothing of what is no plain number', () => {
    for (const text of ['1.2e-5', '12–14', '<.05', 'n.s.', '-3']) expect(unslipped(text)).toEqual([])
    // Digits that are equal cannot be swapped, nor a leading zero be made.
    expect(texts('11').filter((text) => text.startsWith('digits'))).toEqual([])
    expect(texts('10').filter((text) => text.startsWith('digits'))).toEqual([])
  })
})

test('refusals', () => {
  expect(() => percentageFits(-1, 5, '10')).toThrow(expect.objectContaining({ code: 'not-a-count' }))
  expect(() => percentageFits(1, 0.5, '10')).toThrow(expect.objectContaining({ code: 'not-a-count' }))
  expect(() => countsThatFit('10', -5)).toThrow(expect.objectContaining({ code: 'not-a-count' }))
  expect(() => basesThatFit(-1, '10', { maximum: 9 })).toThrow(expect.objectContaining({ code: 'not-a-count' }))
  expect(() => basesThatFit(1, '10', { maximum: 9.5 })).toThrow(expect.objectContaining({ code: 'not-a-count' }))
  expect(() => countsThatFit('about a third', 191)).toThrow(expect.objectContaining({ code: 'out-of-range' }))
  expect(percentageFits(0, 0, '0')).toBe(false)
  expect(countsThatFit('0', 0)).toEqual([])
})
