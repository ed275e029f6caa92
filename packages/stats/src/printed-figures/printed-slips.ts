/** How a number may have been mistyped. */
export type Slip =
  /** The decimal point one or two places off: `.262` for `2.62`. */
  | 'decimal-point'
  /** Two neighbouring digits in the other order: `12` for `21`. */
  | 'digits-swapped'

/** A number as it would read without a slip. */
export interface UnslippedNumber {
  /** Which slip. */
  readonly slip: Slip
  /** The number as it would have been printed. */
  readonly printed: string
}

/**
 * Every number that a printed one may be a slip of: its decimal point moved by one or two places, or two neighbouring digits swapped.
 *
 * @param printed - as printed; a bound such as `<.001` and a negative number have no slips
 */
export function unslipped(printed: string): UnslippedNumber[] {
  const match = /^(=?\s*)(\d*)(?:\.(\d+))?(\s*%?)$/.exec(printed.trim())
  if (match === null) return []
  const [, before = '', whole = '', fraction = '', after = ''] = match
  const digits = whole + fraction
  const found = new Map<string, Slip>()
  for (const places of [1, -1, 2, -2]) {
    const point = whole.length + places
    const padded = point < 0 ? '0'.repeat(-point) + digits : digits.padEnd(point, '0')
    const at = Math.max(0, point)
    const moved = `${padded.slice(0, at).replace(/^0+(?=\d)/, '')}${padded.length > at ? `.${padded.slice(at)}` : ''}`
    if (Number(moved) !== Number(`${whole}.${fraction}`)) found.set(before + moved + after, 'decimal-point')
  }
  for (let i = 0; i + 1 < digits.length; i++) {
    if (digits[i] === digits[i + 1]) continue
    const swapped = digits.slice(0, i) + (digits[i + 1] as string) + (digits[i] as string) + digits.slice(i + 2)
    const text = `${swapped.slice(0, whole.length)}${fraction === '' ? '' : `.${swapped.slice(whole.length)}`}`
    if (!/^0\d/.test(text) && !found.has(before + text + after)) found.set(before + text + after, 'digits-swapped')
  }
  return [...found].map(([number, slip]) => ({ slip, printed: number }))
}
