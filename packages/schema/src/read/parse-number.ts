import { plainText } from './plain-text.ts'

/** Sign before the decimals of a number; `unknown` refuses to guess whether `1,234` is a thousand or one. */
export type DecimalMark = '.' | ',' | 'unknown'

/** A number as text: what it stands for, or why it stands for none. */
export type ParsedNumber =
  | { readonly kind: 'number'; readonly number: number }
  | { readonly kind: 'ambiguous'; readonly grouped: number; readonly decimal: number }
  | { readonly kind: 'decimal-comma' }
  | { readonly kind: 'percentage' }
  | { readonly kind: 'too-many-digits' }
  | { readonly kind: 'unreadable' }

const plain = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/
const grouped = /^[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/
const spaced = /^[+-]?\d{1,3}(?: \d{3})+(?:\.\d+)?$/
const oneComma = /^[+-]?\d*,\d+$/

/**
 * The number that a text stands for: digits with a decimal point, an exponent, and commas or blanks between thousands.
 *
 * @param text - the text
 * @param mark - sign before the decimals
 * @param inPercent - whether a percent sign at the end says nothing new
 */
export function parseNumber(text: string, mark: DecimalMark, inPercent: boolean): ParsedNumber {
  // Other programs write an apostrophe before a sign, so that no formula starts with it.
  let written = plainText(text).replace(/^'/, '')
  if (written.endsWith('%')) {
    if (!inPercent) return { kind: 'percentage' }
    written = written.slice(0, -1).trimEnd()
  }
  if (mark === ',') written = written.replace(/[.,]/g, (sign) => (sign === '.' ? ',' : '.'))
  if (plain.test(written)) return numberOf(written)
  if (spaced.test(written)) return numberOf(written.replaceAll(' ', ''))
  if (!grouped.test(written)) return { kind: mark !== ',' && oneComma.test(written) ? 'decimal-comma' : 'unreadable' }
  if (mark === 'unknown' && oneComma.test(written)) {
    return { kind: 'ambiguous', grouped: Number(written.replace(',', '')), decimal: Number(written.replace(',', '.')) }
  }
  return numberOf(written.replaceAll(',', ''))
}

function numberOf(digits: string): ParsedNumber {
  const number = Number(digits)
  if (!Number.isFinite(number)) return { kind: 'unreadable' }
  // A number that was written from here says its shortest digits; another of that length would be changed.
  if (
    Number.isInteger(number) &&
    !Number.isSafeInteger(number) &&
    /^[+-]?\d+$/.test(digits) &&
    String(number) !== digits.replace(/^\+/, '')
  ) {
    return { kind: 'too-many-digits' }
  }
  // JSON has no negative zero.
  return { kind: 'number', number: number === 0 ? 0 : number }
}
