import { StatsError } from '../errors.ts'

/** How a number was shortened for print. */
export type Rounding =
  /** To the nearest, a half away from zero: what people and Excel do. */
  | 'half-up'
  /** To the nearest, a half to the even digit: R's and Python's `round`. */
  | 'half-even'
  /** Digits cut off. */
  | 'truncation'
  /** To the nearest, a half to either side: what can be said when the rule is not known. */
  | 'half-either'

/** A number as printed, with its digits kept exactly. */
export interface PrintedNumber {
  /** The number as an integer of its last decimal: `69.6` is 696. */
  readonly digits: bigint
  /** How many decimals were printed: `69.6` has 1, `84` has 0. */
  readonly decimals: number
  /** `<` or `>` where the print gives a bound (`<.001`), `=` otherwise. */
  readonly relation: '=' | '<' | '>'
  /** The nearest double. */
  readonly value: number
}

const pattern = /^([<>=≤≥]?)\s*([-−+]?)\s*(\d*)(?:[.·](\d+))?(?:(?:e|\s*[×x*]\s*10\s*\^?)\s*([-−+]?\d{1,3}))?\s*%?$/i
const thousands = /(?<![\d.,])([1-9]\d{0,2}(?:,\d{3})+)(?![\d,])/g
const decimalComma = /^([^,]*\d|[^,\d]*),(\d+)(?=\D*$|[ex×*])/i

/**
 * Reads a number as papers print it: `69.6`, `.14`, `0.140`, `<.001`, `84%`, `1,234`, `0,034`, `2.1e-5`, `2.1 × 10^-5`, with a
 * middle dot or a true minus sign.
 *
 * The count of decimals carries the precision, so it must be given as a string: the number 0.140 has forgotten its zero. A comma
 * before three digits separates thousands unless the number starts with a zero; any other comma is a decimal comma.
 *
 * @remarks
 * No counterpart in R or SciPy: R's `readr::parse_number` forgets the decimals that were printed.
 *
 * @param text - the number as printed
 * @throws A {@link StatsError} with code `out-of-range` if the text is not a number
 *
 * @example
 * ```ts @import.meta.vitest
 * expect(parsePrintedNumber('69.6')).toEqual({ digits: 696n, decimals: 1, relation: '=', value: 69.6 })
 * expect(parsePrintedNumber('<.001')).toEqual({ digits: 1n, decimals: 3, relation: '<', value: 0.001 })
 * ```
 */
export function parsePrintedNumber(text: string): PrintedNumber {
  const plain = text
    .trim()
    .replace(thousands, (number) => number.replaceAll(',', ''))
    .replace(decimalComma, '$1.$2')
  const match = pattern.exec(plain)
  const whole = match?.[3] ?? ''
  const fraction = match?.[4] ?? ''
  if (!match || whole + fraction === '') {
    throw new StatsError('out-of-range', `"${text}" is not a printed number such as 69.6, .14 or <.001`)
  }
  const negative = match[2] === '-' || match[2] === '−'
  const exponent = Number((match[5] ?? '0').replace('−', '-'))
  const decimals = Math.max(0, fraction.length - exponent)
  const magnitude = BigInt(whole + fraction) * 10n ** BigInt(Math.max(0, exponent - fraction.length))
  const sign = match[1] === '' || match[1] === '=' ? '=' : match[1] === '<' || match[1] === '≤' ? '<' : '>'
  const value = Number(`${whole}.${fraction}e${exponent}`)
  return { digits: negative ? -magnitude : magnitude, decimals, relation: sign, value: negative ? -value : value }
}

/**
 * Whether the fraction numerator / denominator is printed as the given number; exact, in integers.
 *
 * @param numerator - any integer
 * @param denominator - a positive integer
 * @param printed - the number as printed; its relation is not looked at
 * @param rounding - how the number was shortened
 */
export function isPrintedAs(numerator: bigint, denominator: bigint, printed: PrintedNumber, rounding: Rounding): boolean {
  const scaled = numerator * 10n ** BigInt(printed.decimals)
  if (rounding === 'truncation') {
    // bigint division cuts towards zero, as print does.
    return scaled / denominator === printed.digits
  }
  const twice = 2n * scaled
  const low = (2n * printed.digits - 1n) * denominator
  const high = (2n * printed.digits + 1n) * denominator
  if (twice > low && twice < high) return true
  if (twice !== low && twice !== high) return false
  if (rounding === 'half-either') return true
  if (rounding === 'half-even') return printed.digits % 2n === 0n
  return numerator < 0n ? twice === high : twice === low
}
