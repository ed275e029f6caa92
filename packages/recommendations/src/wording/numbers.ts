import { type ConfidenceInterval } from '@open-digital-capability/stats'
import { type ShareFact } from '../facts/fact.ts'

/** A proportion as a percentage with one decimal: `15.5%`. Words are the one place where numbers are rounded. */
export function percent(proportion: number): string {
  return `${(100 * proportion).toFixed(1)}%`
}

/** A difference of proportions in points: `10.0`. */
export function points(difference: number): string {
  return (100 * difference).toFixed(1)
}

/** A limit without needless decimals: `50%`, `12.5%`; in points `10`, as a number `3`. */
export function limitInWords(limit: number, unit: 'share' | 'points' | 'number'): string {
  if (unit === 'number') return String(limit)
  return `${Number((100 * limit).toFixed(2))}${unit === 'share' ? '%' : ''}`
}

/** An interval of a proportion: `95% interval 10.7% to 21.9%`. */
export function intervalInWords({ lower, upper, level }: ConfidenceInterval): string {
  return `${levelInWords(level)} interval ${percent(lower)} to ${percent(upper ?? 1)}`
}

/** An interval of a difference: `95% interval -2.0 to 12.0`, in points. */
export function pointsIntervalInWords({ lower, upper, level }: ConfidenceInterval): string {
  return `${levelInWords(level)} interval ${points(lower)} to ${points(upper ?? 1)}`
}

function levelInWords(level: number): string {
  return `${Number((100 * level).toFixed(2))}%`
}

/** A count of a base: `25 of 161`, or `81 or 82 of 138` where a printed percentage allows both. */
export function countInWords({ count, countAtMost, base, unanswered }: ShareFact): string {
  // Those without an answer are told apart beside the percentage.
  if (countAtMost === count || unanswered > 0) return `${count} of ${base}`
  return `${countAtMost === count + 1 ? `${count} or ${countAtMost}` : `${count} to ${countAtMost}`} of ${base}`
}

/** A share with its interval: `15.5%, 95% interval 10.7% to 21.9%`. */
export function shareInWords({ count, countAtMost, base, unanswered, interval }: ShareFact): string {
  const low = percent(count / base)
  const high = percent(countAtMost / base)
  const range = low === high ? low : `${low} to ${high}`
  return `${range}${unanswered > 0 && countAtMost > count ? `, as ${unanswered} gave no answer` : ''}, ${intervalInWords(interval)}`
}

/** P to two digits, or as a bound: `0.032`, `below 0.001`. */
export function pValueInWords(pValue: number): string {
  return pValue < 0.001 ? 'below 0.001' : String(Number(pValue.toPrecision(2)))
}
