import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import {
  addWorkingDays,
  bankHolidays,
  type FoiEvent,
  foiProgress,
  type FoiRequest,
  foiRequestSchema,
  workingDaysBetween,
} from '../src/index.ts'

const request = (...events: FoiEvent[]): FoiRequest => ({ id: '1', organisation: 'R0A', events })
const sent = (date: string): FoiEvent => ({ kind: 'sent', date })

describe('reference values', () => {
  // NumPy 2.4.6: numpy.busday_offset(date, 20, roll='backward', holidays=[England's of gov.uk]).
  test.each([
    ['2020-07-01', '2020-07-29'],
    ['2020-07-04', '2020-07-31'], // a Saturday
    ['2020-08-03', '2020-09-01'], // 31 August
    ['2020-12-01', '2020-12-31'], // 25 and 28 December
    ['2020-12-10', '2021-01-12'], // and 1 January
    ['2020-04-09', '2020-05-12'], // Good Friday, Easter Monday, 8 May in place of 4 May
    ['2022-05-20', '2022-06-21'], // 2 and 3 June
    ['2023-04-14', '2023-05-16'], // 1 and 8 May
  ])('a request of %s is due on %s', (date, due) => {
    expect(foiProgress(request(sent(date)), date).dueOn).toBe(due)
  })

  test('the bank holidays of Scotland and Northern Ireland make it later', () => {
    expect(addWorkingDays('2020-07-01', 20, { bankHolidays: 'united-kingdom' })).toBe('2020-07-30')
    expect(addWorkingDays('2020-07-01', 20, { bankHolidays: { from: '2020-01-01', to: '2020-12-31', dates: [] } })).toBe('2020-07-29')
  })

  // Counted from the list as published: eight a year, ten in 2022, nine in 2023.
  test('each year has its bank holidays, none on a weekend, none twice', () => {
    const { dates } = bankHolidays['england-and-wales']
    const years = [2019, 2020, 2021, 2022, 2023, 2024, 2025, 2026, 2027]
    expect(years.map((year) => dates.filter((date) => date.startsWith(String(year))).length)).toEqual([8, 8, 8, 10, 9, 8, 8, 8, 8])
    for (const { dates } of Object.values(bankHolidays)) {
      expect(dates.filter((date) => [0, 6].includes(new Date(`${date}T00:00Z`).getUTCDay()))).toEqual([])
      expect([...new Set(dates)].sort()).toEqual(dates)
    }
  })
})

describe('the life of a request', () => {
  test('no reply becomes overdue on the day after it was due', () => {
    expect(foiProgress(request(sent('2020-07-01')), '2020-07-29')).toMatchObject({ state: 'no-reply', overdue: false, workingDays: 20 })
    expect(foiProgress(request(sent('2020-07-01')), '2020-07-30')).toMatchObject({ state: 'no-reply', overdue: true, status: 'no-reply' })
  })

  test('a question back stops the clock, and the clarification starts it anew', () => {
    const asked = request(sent('2020-07-01'), { kind: 'clarification-asked', date: '2020-07-10' })
    expect(foiProgress(asked, '2020-12-01')).toMatchObject({ clock: 'stopped', dueOn: null, overdue: false, workingDays: null })
    const given = request(...asked.events, { kind: 'clarification-given', date: '2020-08-03' })
    expect(foiProgress(given, '2020-08-04')).toMatchObject({ clock: 'running', runsFrom: '2020-08-03', dueOn: '2020-09-01' })
  })

  test('an extension lasts until its day, or until the 40th working day', () => {
    const until = request(sent('2020-07-01'), { kind: 'extended', date: '2020-07-20', until: '2020-08-20' })
    expect(foiProgress(until, '2020-08-10')).toMatchObject({ dueOn: '2020-08-20', overdue: false })
    const open = request(sent('2020-07-01'), { kind: 'extended', date: '2020-07-20' })
    expect(foiProgress(open, '2020-08-10').dueOn).toBe('2020-08-26')
  })

  test('a late refusal, and an answer after internal review', () => {
    const refused = request(sent('2020-07-01'), { kind: 'refused', date: '2020-08-05', sections: ['12'] })
    expect(foiProgress(refused, '2020-09-01')).toMatchObject({ status: 'refused', answeredLate: true, workingDays: 25, clock: 'ended' })
    const review = request(...refused.events, { kind: 'review-asked', date: '2020-09-01' })
    expect(foiProgress(review, '2020-09-02')).toMatchObject({ state: 'review-asked', reviewDueOn: '2020-09-29' })
    const answered = request(
      ...review.events,
      { kind: 'review-answered', date: '2020-09-20' },
      { kind: 'answered-in-part', date: '2020-09-21', sections: ['40'] },
    )
    expect(foiProgress(answered, '2020-10-01')).toMatchObject({ status: 'answered-in-part', answeredOn: '2020-08-05', reviewDueOn: null })
  })

  test('events after the day do not count', () => {
    const answered = request(sent('2020-07-01'), { kind: 'answered', date: '2020-07-28' })
    expect(foiProgress(answered, '2020-07-15')).toMatchObject({ state: 'no-reply', answeredOn: null, overdue: false })
  })
})

const day = fc
  .integer({ min: 0, max: 365 * 7 })
  .map((offset) => new Date(Date.UTC(2019, 0, 1) + offset * 86_400_000).toISOString().slice(0, 10))

describe('properties', () => {
  test.prop([day, fc.integer({ min: 1, max: 60 })])('counting back gives the number counted forward', (from, count) => {
    expect(workingDaysBetween(from, addWorkingDays(from, count))).toBe(count)
  })
  test.prop([day, fc.integer({ min: 1, max: 60 })])('more bank holidays never make it earlier', (from, count) => {
    expect(addWorkingDays(from, count, { bankHolidays: 'united-kingdom' }) >= addWorkingDays(from, count)).toBe(true)
  })
})

describe('refusals', () => {
  test.each([
    ['2018-12-31', 20, 'outside-bank-holidays'],
    ['2027-12-20', 20, 'outside-bank-holidays'],
    ['2020-02-30', 20, 'invalid-date'],
    ['2020-02-01', 0, 'invalid-option'],
  ])('%s and %i days: %s', (date, count, code) => {
    expect(() => addWorkingDays(date, count)).toThrow(expect.objectContaining({ code }))
  })

  test('events out of order are no request', () => {
    const bad: FoiEvent[][] = [
      [{ kind: 'answered', date: '2020-07-01' }],
      [sent('2020-07-02'), { kind: 'answered', date: '2020-07-01' }],
      [sent('2020-07-01'), { kind: 'withdrawn', date: '2020-07-02' }, { kind: 'answered', date: '2020-07-03' }],
      [sent('2020-07-01'), { kind: 'answered', date: '2020-07-02', until: '2020-08-01' }],
      [sent('2020-07-01'), { kind: 'acknowledged', date: '2020-07-02', sections: ['43'] }],
    ]
    for (const events of bad) expect(foiRequestSchema.safeParse(request(...events)).success).toBe(false)
    expect(() => foiProgress(request(...(bad[0] ?? [])), '2020-08-01')).toThrow(expect.objectContaining({ code: 'invalid-record' }))
    expect(() => foiProgress(request(sent('2020-07-02')), '2020-07-01')).toThrow(expect.objectContaining({ code: 'invalid-record' }))
  })
})
