import { RecommendationsError } from '../errors.ts'

const day = /^(\d{4})-(\d{2})-(\d{2})$/

/**
 * Months from one day to another, by the calendar: from 31 January to 28 February is not a whole one yet, to 1 March it is. Each further
 * day is a 31st part of a month, so that 24 months and a day are more than 24 months.
 *
 * @param from - the earlier day, `YYYY-MM-DD`
 * @param to - the later day, `YYYY-MM-DD`
 * @returns the months; negative where `to` is earlier
 * @throws A {@link RecommendationsError} with code `invalid-date`
 */
export function monthsBetween(from: string, to: string): number {
  const [fromYear, fromMonth, fromDay] = dayParts(from)
  const [toYear, toMonth, toDay] = dayParts(to)
  const months = (toYear - fromYear) * 12 + (toMonth - fromMonth)
  if (toDay >= fromDay) return months + (toDay - fromDay) / 31
  // The month before lends its days; where it has no such day, its month is whole on the first of the next.
  const lent = toMonth === 1 ? 31 : daysOf(toYear, toMonth - 1)
  return months - 1 + (toDay + Math.max(lent - fromDay, -1)) / 31
}

/** Checks a day written `YYYY-MM-DD`. */
export function dayParts(text: string): readonly [number, number, number] {
  const match = day.exec(text)
  const [year, month, date] = match ? [Number(match[1]), Number(match[2]), Number(match[3])] : [0, 0, 0]
  if (date < 1 || date > daysOf(year, month)) throw new RecommendationsError('invalid-date', `"${text}" is not a day written YYYY-MM-DD`)
  return [year, month, date]
}

/** Days of a month; none where there is no such month. */
function daysOf(year: number, month: number): number {
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  return [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0
}
