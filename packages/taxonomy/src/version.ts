/** A version that follows a name. */
export interface VersionTail {
  /** The version as written (`2016 R2`, `STU3`). */
  readonly version: string
  /** Offset after it. */
  readonly end: number
  /** Whether the form can be nothing but a version: a dot, a `v`, a release name. */
  readonly certain: boolean
}

const release = /^[\s-]{0,2}\(?(DSTU\s?2|STU\s?3|R[3-6]B?|Release [3-6])(?![\w])/i
const number =
  /^(\s{0,2}[-(]?\s?|)((?:v|ver|vers|version|versions|release|rel)\.?\s?)?(\d{1,4}(?:\.\d{1,5}){0,4}(?:\.x)?|\d{1,2}[cgi]|x)(?:(\s?R2)(?!\w))?(?:\s?(SP\s?\d)(?!\w))?(\+)?(?![\w%]|\.\d|,\d{3})/i

/**
 * The version that stands directly after a name.
 *
 * @param text - the text
 * @param from - offset after the name
 * @param fhir - whether releases of FHIR (`STU3`, `R4`) are versions of the name
 */
export function versionAfter(text: string, from: number, fhir: boolean): VersionTail | null {
  // Nearly every name is followed by a word or a sign that begins no version.
  let at = from
  while (
    at < from + 3 &&
    at < text.length &&
    (text.charCodeAt(at) === 32 || text.charCodeAt(at) === 0xa0 || text.charCodeAt(at) === 40 || text.charCodeAt(at) === 45)
  )
    at++
  if (at >= text.length) return null
  const first = text.charCodeAt(at)
  const letter = first | 32
  if (!((first >= 48 && first <= 57) || letter === 118 || letter === 114 || (fhir && (letter === 115 || letter === 100)))) return null
  const rest = text.slice(from, from + 32)
  if (fhir) {
    const match = release.exec(rest)
    if (match)
      return {
        version: match[1] ?? '',
        end: from + match[0].length + (match[0].includes('(') && rest[match[0].length] === ')' ? 1 : 0),
        certain: true,
      }
  }
  const match = number.exec(rest)
  if (match === null) return null
  const [whole, gap = '', prefix = '', digits = '', r2 = '', servicePack = '', plus = ''] = match
  if (digits.toLowerCase() === 'x') return null
  const dotted = digits.includes('.')
  const value = Number.parseInt(digits, 10)
  const year = /^(?:19|20)\d\d$/.test(digits)
  // A bare number after a name is as often a count, a page or the next item of a list.
  if (prefix === '' && !dotted && !/[cgi]$/i.test(digits)) {
    if (gap.includes('-') || (!year && value > 30) || (year && (value < 1995 || value > 2030))) return null
    if (
      /^\s*(?:\.\s|\)|years?\b|months?\b|days?\b|developers?\b|users?\b|staff\b|people\b|wte\b|fte\b|of\b|licen[cs]es?\b|posts?\b|applications?\b|systems?\b|servers?\b|databases?\b|[/:]\s?\d)/i.test(
        rest.slice(whole.length),
      ) &&
      !year &&
      !gap.includes('(')
    )
      return null
    if (gap === '' && year) return null
  }
  return {
    version: `${digits}${r2 ? ' R2' : ''}${servicePack ? ` ${servicePack}` : ''}${plus}`,
    // `SQL Server (2016)`: the brackets are the version's.
    end: from + whole.length + (gap.includes('(') && rest[whole.length] === ')' ? 1 : 0),
    certain: dotted || prefix !== '' || r2 !== '' || /[cgi]$/i.test(digits),
  }
}
