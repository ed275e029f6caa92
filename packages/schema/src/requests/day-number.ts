import { SchemaError } from '../errors.ts'
import { isIsoDate } from '../iso-date.ts'

const millisecondsOfDay = 86_400_000

/** The number of a day, counted from 1 January 1970. Days have no time and no time zone. */
export function dayNumber(date: string): number {
  if (!isIsoDate(date)) throw new SchemaError('invalid-date', `"${date}" is not a day as YYYY-MM-DD`)
  return Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)) - 1, Number(date.slice(8, 10))) / millisecondsOfDay
}

/** The day of a number. */
export function dayOfNumber(number: number): string {
  return new Date(number * millisecondsOfDay).toISOString().slice(0, 10)
}

/** Whether the day of a number is a Saturday or a Sunday; 1 January 1970 was a Thursday. */
export function isWeekend(number: number): boolean {
  const weekday = (((number + 4) % 7) + 7) % 7
  return weekday === 0 || weekday === 6
}
