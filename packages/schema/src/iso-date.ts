import * as z from 'zod'

const isoDate = /^(\d{4})-(\d{2})-(\d{2})$/

/**
 * Whether a text is a day that exists, as `YYYY-MM-DD`.
 *
 * @param text - any text
 *
 * @example
 * ```ts @import.meta.vitest
 * expect(isIsoDate('2020-02-29')).toBe(true)
 * expect(isIsoDate('2019-02-29')).toBe(false)
 * ```
 */
export function isIsoDate(text: string): boolean {
  const match = isoDate.exec(text)
  return match !== null && dayExists(Number(match[1]), Number(match[2]), Number(match[3]))
}

/** Whether the Gregorian calendar has this day. */
export function dayExists(year: number, month: number, day: number): boolean {
  if (month < 1 || month > 12 || day < 1) return false
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
  return day <= (days[month - 1] ?? 0)
}

/** A calendar day that exists, as `YYYY-MM-DD`; there is no time and no time zone. */
export const isoDateSchema: z.ZodType<string, string> = z.iso.date().refine(isIsoDate, 'not a day that exists')
