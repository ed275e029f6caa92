import { type Missing } from '../responses/answer.ts'
import { type FoiaSectionNumber, foiaSections } from '../responses/foia-sections.ts'
import { type MissingReason } from '../responses/missing-reason.ts'
import { plainText } from './plain-text.ts'

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
const reliedOn = String.raw`(?:(?:this |the )?(?:information |answer |question )?(?:is |are |was )?(?:fully |partly |being )?(?:exempt(?:ed|ion)?s?|withheld|refused|declined)\b[\s:,(-]*)?(?:under |by |per |as per |in accordance with |pursuant to )?(?:the )?(?:foi ?a?(?: act)?(?: 2000)?[\s,:-]*)?`
const sectionWord = String.raw`(?:sections?|sect\.?|sec\.?|ss?\.?)`
const sectionNumber = String.raw`(\d{1,2}a?)\s*(?:\(\w+\)\s*)*`
const ofTheAct = String.raw`(?:of the (?:foi ?a?|freedom of information) ?(?:act)?(?: 2000)?)?`
const titleOfSection = String.raw`(?:[-:,(]? ?\(?(?:the )?(?:commercial interests?|prejudice to commercial interests?|trade secrets|personal (?:data|information)|law enforcement|(?:appropriate |excess |excessive )?costs?(?: limit| exceeded| of compliance)?|vexatious(?: requests?)?|(?:information )?(?:provided |given )?in confidence|(?:information )?reasonably accessible(?: by other means)?|future publication|national security|exemption|applies|applied|engaged)\)?)?`
const exemption = new RegExp(`^${reliedOn}${sectionWord} ?${sectionNumber}${ofTheAct}${titleOfSection}\\s*\\)?\\.?$`)
/** Several sections of one answer: the reason is plain, the one section is not. */
const exemptions = new RegExp(
  `^${reliedOn}${sectionWord} ?${sectionNumber}(?:(?:,|;|&|and|/| )+(?:${sectionWord} ?)?${sectionNumber})+${ofTheAct}\\s*\\)?\\.?$`,
)
const longestExemption = 120
/** Sorts out what cannot be one at little cost: most cells. */
const mayBeExemption = /^\s*[([]?[abesfiupdwrt＀-￯]/i

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

/**
 * The exemption that people write as `s.43`, `Exempt (section 40(2))`, `Section 43 - commercial interests` or `exempt`; `undefined`
 * where the text is none. Where several sections are named, the answer is exempt and its words are kept.
 */
export function parseExemption(text: string): Missing | undefined {
  if (text.length > longestExemption || !mayBeExemption.test(text)) return undefined
  const plain = plainText(text).toLowerCase()
  if (/^(?:exempt|exemption applied|exemption applies)\.?$/.test(plain)) return { kind: 'missing', reason: 'exempt' }
  const section = sections.get(exemption.exec(plain)?.[1]?.toUpperCase() ?? '')
  if (section !== undefined) return { kind: 'missing', reason: 'exempt', section }
  const several = exemptions.test(plain) ? [...plain.matchAll(/\b\d{1,2}a?\b(?!\))/g)].map(([number]) => number.toUpperCase()) : []
  const known = several.filter((number) => number !== '2000' && sections.has(number))
  return known.length > 0 && known.length === several.length ? { kind: 'missing', reason: 'exempt', text: text.trim() } : undefined
}

/** Whether a text would be read as a marker or an exemption. */
export function readsAsMissing(text: string): boolean {
  return parseMissingMarker(text) !== undefined || parseExemption(text) !== undefined
}
