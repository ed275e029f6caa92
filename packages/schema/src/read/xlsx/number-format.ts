/** What a number format shows of a number. */
export type FormatKind = 'number' | 'percentage' | 'date' | 'time'

/** Kind of the formats that every workbook has, by number. */
export function builtInFormat(id: number): FormatKind {
  if (id === 9 || id === 10) return 'percentage'
  if ((id >= 14 && id <= 17) || id === 22 || (id >= 27 && id <= 31) || id === 36 || (id >= 50 && id <= 58)) return 'date'
  if ((id >= 18 && id <= 21) || (id >= 32 && id <= 35) || (id >= 45 && id <= 47)) return 'time'
  return 'number'
}

/** Kind of a format by its code, such as `dd/mm/yyyy`. */
export function formatKind(code: string): FormatKind {
  // Only the first section counts; what stands in quotes, brackets or after a backslash is shown as it is.
  const signs = (code.replace(/"[^"]*"|\\.|_.|\*./g, '').split(';')[0] ?? '').replace(/\[(?![hms]+\])[^\]]*\]/gi, '')
  if (/general/i.test(signs)) return 'number'
  if (signs.includes('%')) return 'percentage'
  if (/[yd]|e(?![+-])/i.test(signs)) return 'date'
  if (/[hs]/i.test(signs)) return 'time'
  return /m/i.test(signs) ? 'date' : 'number'
}

const dayOf1900 = -25_569
const dayOf1904 = -24_107
const secondsOfDay = 86_400

/**
 * The day, or the day and time, of a serial number; `undefined` where there is none.
 *
 * Spreadsheets count days from 1900 as if that year had a 29 February, or from 1904.
 */
export function dateOfSerial(serial: number, from1904: boolean): string | undefined {
  if (!Number.isFinite(serial) || serial < 0 || serial > 2_958_466) return undefined
  const seconds = Math.round(serial * secondsOfDay)
  const day = Math.floor(seconds / secondsOfDay)
  if (!from1904 && (day === 60 || day === 0)) return undefined
  const unixDay = day + (from1904 ? dayOf1904 : day < 60 ? dayOf1900 + 1 : dayOf1900)
  const instant = new Date((unixDay * secondsOfDay + (seconds - day * secondsOfDay)) * 1000).toISOString()
  return seconds === day * secondsOfDay ? instant.slice(0, 10) : instant.slice(0, 19)
}

/** The time of day of a serial number. */
export function timeOfSerial(serial: number): string {
  const seconds = Math.round((serial - Math.floor(serial)) * secondsOfDay) % secondsOfDay
  return new Date(seconds * 1000).toISOString().slice(11, 19)
}
