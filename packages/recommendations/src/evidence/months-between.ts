import { RecommendationsError } from '../errors.ts'

const day = /^(\d{4})-(\d{2})-(\d{2})$/

/**
 * Whole months from one day to another, by the calendar: from 31 January to 28 February is none yet, to 1 March is one.
 *
 * @param from - the earlier day, `YYYY-MM-DD`
 * @param to - the later day, `YYYY-MM-DD`
 * @returns the months; negative where `to` is earlier
 * @throws A {@link RecommendationsError} with code `invalid-date`
 */
export function monthsBetween(from: string, to: string): number {
  const [fromYear, fromMonth, fromDay] = dayParts(from)
  const [toYear, toMonth, toDay] = dayParts(to)
  return (toYear - fromYear) * 12 + (toMonth - fromMonth) - (toDay < fromDay ? 1 : 0)
}

/** Checks a day written `YYYY-MM-DD`. */
export function dayParts(text: string): readonly [number, number, number] {
  const match = day.exec(text)
  const [year, month, date] = match ? [Number(match[1]), Number(match[2]), Number(match[3])] : [0, 0, 0]
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0
  if (date < 1 || date > days) throw new RecommendationsError('invalid-date', `"${text}" is not a day written YYYY-MM-DD`)
  return [year, month, date]
}
