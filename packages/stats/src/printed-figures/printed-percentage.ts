import { firstWhere } from '../distributions/discrete-quantile.ts'
import { requireCount } from '../argument-checks.ts'
import { isPrintedAs, parsePrintedNumber, type PrintedNumber, type Rounding } from './printed-number.ts'

/** Options of the functions on printed percentages. */
export interface PrintedPercentageOptions {
  /**
   * How the percentage was shortened.
   *
   * @defaultValue 'half-up'
   */
  readonly rounding?: Rounding
}

/** Options of {@link basesThatFit}. */
export interface BasesThatFitOptions extends PrintedPercentageOptions {
  /**
   * Smallest base looked at.
   *
   * @defaultValue the count, and at least 1
   */
  readonly minimum?: number
  /** Largest base looked at. */
  readonly maximum: number
}

/** Whole numbers from `first` to `last`, both included; empty where `last < first`. */
export interface CountRange {
  /** Smallest. */
  readonly first: number
  /** Largest. */
  readonly last: number
}

/**
 * Whether a count of a base is printed as a percentage: round(100 · count / base) to the printed decimals, in exact integers.
 *
 * @remarks
 * R: `scrutiny::grim(x, n, percent = TRUE)` asks it of some count of the base. No SciPy counterpart.
 *
 * @param count - 0 to base
 * @param base - a positive integer
 * @param percentage - as printed, `'69.6'` or `'69.6%'`
 * @param options - how it was rounded
 * @throws A {@link StatsError} with code `not-a-count` for a count or base that is not one, `out-of-range` for an unreadable percentage
 *
 * @see Brown and Heathers, The GRIM test, Social Psychological and Personality Science 2017;8(4)
 *
 * @example
 * ```ts @import.meta.vitest
 * expect(percentageFits(150, 161, '93.2')).toBe(true)
 * expect(percentageFits(150, 191, '93.2')).toBe(false)
 * ```
 */
export function percentageFits(count: number, base: number, percentage: string, options: PrintedPercentageOptions = {}): boolean {
  requireCount('count', count)
  requireCount('base', base)
  if (base === 0) return false
  return isPrintedAs(100n * BigInt(count), BigInt(base), parsePrintedNumber(percentage), options.rounding ?? 'half-up')
}

/**
 * The counts of a base that are printed as a percentage; none means that the percentage is impossible for the base (GRIM).
 *
 * @remarks
 * No counterpart in R or SciPy; R package scrutiny has `grim()` for a yes or no.
 *
 * @param percentage - as printed
 * @param base - a positive integer
 * @param options - how it was rounded
 * @throws A {@link StatsError} as {@link percentageFits} does
 *
 * @example
 * ```ts @import.meta.vitest
 * expect(countsThatFit('59', 138)).toEqual([81, 82])
 * expect(countsThatFit('5.1', 191)).toEqual([])
 * ```
 */
export function countsThatFit(percentage: string, base: number, options: PrintedPercentageOptions = {}): readonly number[] {
  requireCount('base', base)
  const printed = parsePrintedNumber(percentage)
  const rounding = options.rounding ?? 'half-up'
  const counts: number[] = []
  if (base === 0) return counts
  // The percentage plus and minus one unit brackets every count that could be printed so, whatever the rounding.
  const unit = 100n * 10n ** BigInt(printed.decimals)
  const from = ((printed.digits - 1n) * BigInt(base)) / unit
  const to = ((printed.digits + 1n) * BigInt(base)) / unit + 1n
  for (let count = from < 0n ? 0n : from; count <= to && count <= BigInt(base); count++) {
    if (isPrintedAs(100n * count, BigInt(base), printed, rounding)) counts.push(Number(count))
  }
  return counts
}

/**
 * The bases of which a count is printed as a percentage.
 *
 * @remarks
 * No counterpart in R or SciPy. The bases that fit form an unbroken run, so it is given as first and last.
 *
 * @param count - a count
 * @param percentage - as printed
 * @param options - how it was rounded, and how far to look
 * @returns the run of bases, or `null` if none fits
 * @throws A {@link StatsError} as {@link percentageFits} does
 *
 * @example
 * ```ts @import.meta.vitest
 * expect(basesThatFit(150, '93.2', { maximum: 226 })).toEqual({ first: 161, last: 161 })
 * expect(basesThatFit(24, '17', { maximum: 226 })).toEqual({ first: 138, last: 145 })
 * ```
 */
export function basesThatFit(count: number, percentage: string, options: BasesThatFitOptions): CountRange | null {
  requireCount('count', count)
  requireCount('maximum', options.maximum)
  const printed = parsePrintedNumber(percentage)
  const rounding = options.rounding ?? 'half-up'
  const minimum = Math.max(options.minimum ?? 0, count, 1)
  const fits = (base: number): boolean => isPrintedAs(100n * BigInt(count), BigInt(base), printed, rounding)
  // count / base falls as base grows, so "printed as at least this" holds up to some base and fails from there on.
  const end = options.maximum + 1
  const first = firstWhere(minimum, end, minimum, (base) => !isPrintedAbove(count, base, printed, rounding))
  if (first >= end || !fits(first)) return null
  return { first, last: firstWhere(first, end, first, (base) => !fits(base)) - 1 }
}

function isPrintedAbove(count: number, base: number, printed: PrintedNumber, rounding: Rounding): boolean {
  const numerator = 100n * BigInt(count) * 10n ** BigInt(printed.decimals)
  return numerator > printed.digits * BigInt(base) && !isPrintedAs(100n * BigInt(count), BigInt(base), printed, rounding)
}
