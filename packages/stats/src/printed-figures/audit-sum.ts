import { powerOfTen } from '../numerics/power.ts'
import { roundingInterval } from './printed-fit.ts'
import { parsePrintedNumber } from './printed-number.ts'

/** Result of {@link auditSum}. */
export interface SumAudit {
  /** Sum of the parts as printed. */
  readonly sum: number
  /** Sum minus total. */
  readonly difference: number
  /** `exact` if they agree, `rounding` if parts and total can be rounded from numbers that agree, `differs` otherwise. */
  readonly verdict: 'exact' | 'rounding' | 'differs'
}

/**
 * Whether printed parts add up to a printed total, allowing for the rounding of each where decimals are printed.
 *
 * Whole numbers printed without a percent sign are counts and must add up exactly.
 *
 * @remarks
 * No counterpart in R or SciPy.
 *
 * @param parts - as printed
 * @param total - as printed
 * @param options - `kind`: `counts` add up exactly, `percentages` may be off by their rounding (default: `counts`)
 * @throws A {@link StatsError} with code `out-of-range` for an unreadable number
 *
 * @example
 * ```ts @import.meta.vitest
 * expect(auditSum(['3', '33', '15'], '52')).toEqual({ sum: 51, difference: -1, verdict: 'differs' })
 * expect(auditSum(['33.3', '33.3', '33.3'], '100', { kind: 'percentages' }).verdict).toBe('rounding')
 * ```
 */
export function auditSum(parts: readonly string[], total: string, options: { readonly kind?: 'counts' | 'percentages' } = {}): SumAudit {
  const numbers = parts.map(parsePrintedNumber)
  const printedTotal = parsePrintedNumber(total)
  const decimals = Math.max(printedTotal.decimals, ...numbers.map((number) => number.decimals))
  // Added as integers of the last decimal, so that .1 + .2 is .3.
  const inUnits = ({ digits, decimals: own }: { digits: bigint; decimals: number }): bigint => digits * 10n ** BigInt(decimals - own)
  const units = numbers.reduce((all, number) => all + inUnits(number), 0n)
  const scale = powerOfTen(decimals)
  const difference = Number(units - inUnits(printedTotal)) / scale
  const sum = Number(units) / scale
  if (difference === 0) return { sum, difference, verdict: 'exact' }
  if (options.kind !== 'percentages') return { sum, difference, verdict: 'differs' }
  const room = [...numbers, printedTotal].reduce((all, number) => all + (roundingInterval(number).upper - number.value), 0)
  return { sum, difference, verdict: Math.abs(difference) <= room * (1 + 1e-12) ? 'rounding' : 'differs' }
}
