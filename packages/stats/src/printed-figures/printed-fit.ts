import { powerOfTen } from '../numerics/power.ts'
import { type PrintedNumber } from './printed-number.ts'

/** How a computed number relates to what is printed. */
export type PrintedFit =
  /** Rounds to it, or is within the printed bound. */
  | 'rounded'
  /** Is it with digits cut off. */
  | 'cut-off'
  /** Becomes it when rounded to more digits first and then again: .4646 → .465 → .47. */
  | 'rounded-twice'
  /** Does not give it. */
  | 'none'

/** Last-digit noise of a recomputation in doubles, far below any digit that is printed. */
const fuzz = 1e-9

/**
 * How a number relates to its printed form.
 *
 * @param value - the number, unrounded
 * @param printed - as printed, see {@link parsePrintedNumber}
 */
export function printedFit(value: number, printed: PrintedNumber): PrintedFit {
  if (printed.relation === '<') return value < printed.value * (1 + fuzz) ? 'rounded' : 'none'
  if (printed.relation === '>') return value > printed.value * (1 - fuzz) ? 'rounded' : 'none'
  const unit = powerOfTen(-printed.decimals)
  const room = Math.abs(value) * fuzz
  if (Math.abs(value - printed.value) <= unit / 2 + room) return 'rounded'
  const towardsZero = Math.abs(value) - Math.abs(printed.value)
  if (Math.sign(value) === Math.sign(printed.value || value) && towardsZero >= -room && towardsZero < unit) return 'cut-off'
  for (let more = 1; more <= 3; more++) {
    const first = roundHalfUp(value, printed.decimals + more)
    if (Math.abs(roundHalfUp(first, printed.decimals) - printed.value) < unit / 2) return 'rounded-twice'
  }
  return 'none'
}

/** The numbers that are printed as the given one when rounded: used where a test is recomputed from its printed statistic. */
export function roundingInterval(printed: PrintedNumber): { readonly lower: number; readonly upper: number } {
  const half = powerOfTen(-printed.decimals) / 2
  return { lower: printed.value - half, upper: printed.value + half }
}

function roundHalfUp(value: number, decimals: number): number {
  const scale = powerOfTen(decimals)
  return (Math.sign(value) * Math.floor(Math.abs(value) * scale * (1 + 1e-14) + 0.5)) / scale
}
