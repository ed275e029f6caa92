import { SchemaError } from '../errors.ts'
import { type BankHolidayRegion, bankHolidays, type BankHolidays } from './bank-holidays.ts'
import { dayNumber, dayOfNumber, isWeekend } from './day-number.ts'

/** Which days are not worked. */
export interface WorkingDayOptions {
  /**
   * Bank holidays, by the name of a list of {@link bankHolidays} or as a list.
   *
   * The Act (section 10(6)) leaves out bank holidays "in any part of the United Kingdom", which is `'united-kingdom'` and now and then
   * gives a day more than England's own, for instance on 12 July.
   *
   * @defaultValue `'england-and-wales'`
   */
  readonly bankHolidays?: BankHolidayRegion | BankHolidays
}

/**
 * The day that is so many working days after a day: not Saturdays, Sundays or bank holidays. The day itself is not counted.
 *
 * @param date - the day from which it is counted, `YYYY-MM-DD`; it need not be a working day
 * @param count - number of working days, a whole number from 1
 * @param options - which bank holidays count
 * @throws A {@link SchemaError} with code `invalid-date`, `invalid-option` or, where the list of bank holidays does not reach,
 * `outside-bank-holidays`
 *
 * @remarks
 * R: `bizdays::offset(date, count, calendar)`. NumPy: `busday_offset(date, count, roll='backward', holidays=...)`, which is the same.
 *
 * @example
 * ```ts @import.meta.vitest
 * expect(addWorkingDays('2020-12-23', 2)).toBe('2020-12-29') // 25 and 28 December are bank holidays
 * ```
 */
export function addWorkingDays(date: string, count: number, options: WorkingDayOptions = {}): string {
  if (!Number.isSafeInteger(count) || count < 1) throw new SchemaError('invalid-option', `${count} is not a number of working days from 1`)
  const calendar = calendarOf(options)
  let day = dayNumber(date)
  checkCovered(day, calendar)
  for (let left = count; left > 0;) {
    day += 1
    checkCovered(day, calendar)
    if (!isWeekend(day) && !calendar.holidays.has(day)) left -= 1
  }
  return dayOfNumber(day)
}

/**
 * The number of working days after one day, up to and with another.
 *
 * @param from - the day after which is counted, `YYYY-MM-DD`
 * @param to - the last day counted, not before `from`
 * @param options - which bank holidays count
 * @throws A {@link SchemaError} with code `invalid-date` or `outside-bank-holidays`
 *
 * @example
 * ```ts @import.meta.vitest
 * expect(workingDaysBetween('2020-12-23', '2020-12-29')).toBe(2)
 * ```
 */
export function workingDaysBetween(from: string, to: string, options: WorkingDayOptions = {}): number {
  const calendar = calendarOf(options)
  const first = dayNumber(from)
  const last = dayNumber(to)
  if (last < first) throw new SchemaError('invalid-date', `${to} is before ${from}`)
  checkCovered(first, calendar)
  checkCovered(last, calendar)
  let count = 0
  for (let day = first + 1; day <= last; day += 1) {
    if (!isWeekend(day) && !calendar.holidays.has(day)) count += 1
  }
  return count
}

interface Calendar {
  readonly from: number
  readonly to: number
  readonly holidays: ReadonlySet<number>
}

function calendarOf(options: WorkingDayOptions): Calendar {
  const given = options.bankHolidays ?? 'england-and-wales'
  const list: BankHolidays | undefined = typeof given === 'string' ? bankHolidays[given] : given
  if (list === undefined) throw new SchemaError('invalid-option', `there is no list of bank holidays "${given as string}"`)
  return { from: dayNumber(list.from), to: dayNumber(list.to), holidays: new Set(list.dates.map(dayNumber)) }
}

function checkCovered(day: number, { from, to }: Calendar): void {
  if (day >= from && day <= to) return
  throw new SchemaError(
    'outside-bank-holidays',
    `${dayOfNumber(day)} is outside the list of bank holidays, ${dayOfNumber(from)} to ${dayOfNumber(to)}; pass a longer one`,
  )
}
