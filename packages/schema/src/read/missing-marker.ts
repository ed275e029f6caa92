import { type Missing } from '../responses/answer.ts'
import { type FoiaSectionNumber, foiaSections } from '../responses/foia-sections.ts'
import { type MissingReason } from '../responses/missing-reason.ts'

const names = {
  'not-asked': 'not asked',
  'not-answered': 'not answered',
  refused: 'refused',
  'not-held': 'not held',
  exempt: 'exempt',
  unreadable: 'unreadable',
} as const satisfies Readonly<Record<MissingReason, string>>

const reasons = new Map<string, MissingReason>(Object.entries(names).map(([reason, name]) => [name, reason as MissingReason]))
const sections = new Map<string, FoiaSectionNumber>(foiaSections.map(({ section }) => [section, section]))

const marker = /^\[(not asked|not answered|refused|not held|exempt|unreadable)(?: section (\d{1,2}A?))?\](?: ([\s\S]+))?$/
const exemption =
  /^(?:(?:is |fully |partly )?(?:exempt(?:ed|ion)?|withheld|refused|declined)\b[\s:,(–-]*)?(?:under |by |per )?(?:the )?(?:foi ?a?(?: act)?(?: 2000)?[\s,:-]*)?(?:section|sect\.?|sec\.?|s\.?) ?(\d{1,2}a?)\s*(?:\(\w+\)\s*)*(?:of the (?:foi ?a?|freedom of information) ?(?:act)?(?: 2000)?)?\)?\.?$/
const longestExemption = 120
/** Sorts out what cannot be one at little cost: most cells. */
const mayBeExemption = /^\s*[([]?[besfiupdwrt＀-￯]/i

/**
 * How a missing answer is written to a cell, so that nobody takes it for an answer: `[refused]`, `[exempt section 43]`, with the words
 * that came back after it where there are any.
 */
export function missingMarker({ reason, section, text }: Missing): string {
  return `[${names[reason]}${section === undefined ? '' : ` section ${section}`}]${text === undefined ? '' : ` ${text}`}`
}

/** The missing answer that a marker stands for; `undefined` where the cell is not a marker. */
export function parseMissingMarker(cell: string): Missing | undefined {
  if (cell.charCodeAt(0) !== 91) return undefined
  const match = marker.exec(cell)
  const reason = match && reasons.get(match[1] ?? '')
  if (!match || !reason) return undefined
  const section = match[2] === undefined ? undefined : sections.get(match[2])
  if (match[2] !== undefined && (section === undefined || reason !== 'exempt')) return undefined
  return {
    kind: 'missing',
    reason,
    ...(section === undefined ? {} : { section }),
    ...(match[3] === undefined || match[3].trim() === '' ? {} : { text: match[3] }),
  }
}

/** The exemption that people write as `s.43`, `Exempt (section 40(2))` or `exempt`; `undefined` where the text is none. */
export function parseExemption(text: string): Missing | undefined {
  if (text.length > longestExemption || !mayBeExemption.test(text)) return undefined
  const plain = text.normalize('NFKC').trim().toLowerCase().replace(/\s+/g, ' ')
  if (/^(?:exempt|exemption applied|exemption applies)\.?$/.test(plain)) return { kind: 'missing', reason: 'exempt' }
  const section = sections.get(exemption.exec(plain)?.[1]?.toUpperCase() ?? '')
  return section === undefined ? undefined : { kind: 'missing', reason: 'exempt', section }
}

/** Whether a text would be read as a marker or an exemption. */
export function readsAsMissing(text: string): boolean {
  return parseMissingMarker(text) !== undefined || parseExemption(text) !== undefined
}
