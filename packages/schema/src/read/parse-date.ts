import { dayExists } from '../iso-date.ts'
import { plainText } from './plain-text.ts'

/** Which of `01/02/2020` is the day; `unknown` refuses to guess. */
export type DateOrder = 'day-first' | 'month-first' | 'unknown'

/** A date as text: the day it stands for, or why it stands for none. */
export type ParsedDate =
  | { readonly kind: 'date'; readonly date: string }
  | { readonly kind: 'ambiguous'; readonly dayFirst: string; readonly monthFirst: string }
  | { readonly kind: 'impossible' }
  | { readonly kind: 'unreadable' }

const timeOfDay = String.raw`(?:(?:t|,? )\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[ap]m)?(?: ?(?:z|utc|gmt|[+-]\d{2}:?\d{2}))?)?`
const yearFirst = new RegExp(String.raw`^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})${timeOfDay}$`)
const compact = /^(\d{4})()(\d{2})(\d{2})$/
const yearLast = new RegExp(String.raw`^(\d{1,2})([-/.])(\d{1,2})\2(\d{4})${timeOfDay}$`)
const named = /^(\d{1,2})(?:st|nd|rd|th)?(?: of)?[ -]([a-z]+)\.?,?[ -](\d{4})$/
const namedMonthFirst = /^([a-z]+)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})$/
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const monthNames = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
]

/**
 * The day that a text stands for: `2020-02-01`, `20200201`, `1 Feb 2020`, `1st February 2020`, `February 1, 2020`, `13/02/2020`.
 *
 * A time of day after the digits of a day is left out, and the day is the one that is written, whatever the time zone. `01/02/2020` is
 * ambiguous unless the order is declared, `31/02/2020` is impossible, and a year of two digits is unreadable.
 */
export function parseDate(text: string, order: DateOrder = 'unknown'): ParsedDate {
  const plain = plainText(text).toLowerCase()
  const fromYear = yearFirst.exec(plain) ?? compact.exec(plain)
  if (fromYear) return dateOf(Number(fromYear[1]), Number(fromYear[3]), Number(fromYear[4]))

  const toYear = yearLast.exec(plain)
  if (toYear) {
    const [first, second, year] = [Number(toYear[1]), Number(toYear[3]), Number(toYear[4])]
    const dayFirst = dateOf(year, second, first)
    const monthFirst = dateOf(year, first, second)
    if (order === 'day-first') return dayFirst
    if (order === 'month-first') return monthFirst
    if (dayFirst.kind !== 'date') return monthFirst
    if (monthFirst.kind !== 'date' || monthFirst.date === dayFirst.date) return dayFirst
    return { kind: 'ambiguous', dayFirst: dayFirst.date, monthFirst: monthFirst.date }
  }

  const dayThenName = named.exec(plain)
  if (dayThenName) return dateOf(Number(dayThenName[3]), monthOf(dayThenName[2]), Number(dayThenName[1]))
  const nameThenDay = namedMonthFirst.exec(plain)
  if (nameThenDay) return dateOf(Number(nameThenDay[3]), monthOf(nameThenDay[1]), Number(nameThenDay[2]))
  return { kind: 'unreadable' }
}

function monthOf(name = ''): number {
  return (name === 'sept' ? 8 : Math.max(months.indexOf(name), monthNames.indexOf(name))) + 1
}

function dateOf(year: number, month: number, day: number): Extract<ParsedDate, { kind: 'date' }> | { readonly kind: 'impossible' } {
  if (!dayExists(year, month, day)) return { kind: 'impossible' }
  const pad = (part: number, digits: number): string => String(part).padStart(digits, '0')
  return { kind: 'date', date: `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}` }
}
