import { auditSum } from './audit-sum.ts'
import { parsePrintedNumber } from './printed-number.ts'
import { type Slip, unslipped } from './printed-slips.ts'

/** One change after which printed parts would add up; a possibility, not a finding. */
export type SumAlternative =
  /** The total is the sum of the parts. */
  | {
      /** Names the change. */
      readonly kind: 'total'
      /** The sum. */
      readonly total: number
    }
  /** One part is larger or smaller by the whole difference. */
  | {
      /** Names the change. */ readonly kind: 'part'
      /** Which, from 0. */ readonly index: number
      /** What it would be. */ readonly part: number
    }
  /** One printed number is a slip of another. */
  | {
      /** Names the change. */
      readonly kind: 'slip'
      /** Which part, from 0; `null` for the total. */
      readonly index: number | null
      /** How it may have slipped. */
      readonly slip: Slip
      /** What would have been printed. */
      readonly printed: string
    }

/**
 * What would make printed parts add up to a printed total: another total, one other part, a slip of one number.
 *
 * @remarks
 * No counterpart in R or SciPy.
 *
 * @param parts - as printed
 * @param total - as printed
 * @param options - as of {@link auditSum}
 * @throws A {@link StatsError} as {@link auditSum} does
 *
 * @example
 * ```ts @import.meta.vitest
 * expect(sumAlternatives(['3', '33', '15'], '52')[0]).toEqual({ kind: 'total', total: 51 })
 * ```
 */
export function sumAlternatives(
  parts: readonly string[],
  total: string,
  options: { readonly kind?: 'counts' | 'percentages' } = {},
): readonly SumAlternative[] {
  const { sum, difference } = auditSum(parts, total, options)
  const decimals = Math.max(...[...parts, total].map((number) => parsePrintedNumber(number).decimals))
  // Digits beyond those of any number are noise of the subtraction.
  const adjusted = parts.map((part) => Number((parsePrintedNumber(part).value - difference).toFixed(decimals)))
  const slips = [...parts, total].flatMap((printed, i) =>
    unslipped(printed).flatMap(({ slip, printed: corrected }) => {
      const index = i < parts.length ? i : null
      const changed = parts.map((part, j) => (j === index ? corrected : part))
      const { verdict } = auditSum(changed, index === null ? corrected : total, options)
      return verdict === 'differs' ? [] : [{ kind: 'slip', index, slip, printed: corrected } as const]
    }),
  )
  return [
    { kind: 'total', total: sum },
    ...adjusted.flatMap((part, index) => (part < 0 ? [] : [{ kind: 'part', index, part } as const])),
    ...slips,
  ]
}
