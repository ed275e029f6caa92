import { answerSpellings, spellingKey } from './answer-spellings.ts'
import { readsAsMissing } from './missing-marker.ts'

/**
 * Escape of cells, the same for reading and writing. A cell that a spreadsheet would run as a formula, or that would be read back as
 * something else, is written with an apostrophe before it; a cell that starts with an apostrophe is taken word for word if, and only
 * if, what follows would have been escaped. So nothing is lost either way, and `'tis` from elsewhere keeps its apostrophe.
 *
 * @see OWASP, CSV Injection, https://owasp.org/www-community/attacks/CSV_Injection
 */
function needsEscape(text: string): boolean {
  return isMisread(text) || (text.startsWith("'") && isMisread(text.replace(/^'+/, '')))
}

function isMisread(text: string): boolean {
  if (startsFormula(text) || text !== text.trim()) return true
  return readsAsMissing(text) || (text.length <= longestSpelling && missingSpellings.has(spellingKey(text)))
}

/** A text as it is written to a cell. */
export function escapeCell(text: string): string {
  return needsEscape(text) ? `'${text}` : text
}

/** The text that an escaped cell stands for, word for word; `undefined` where the cell is not escaped. */
export function unescapeCell(cell: string): string | undefined {
  if (cell.charCodeAt(0) !== 39) return undefined
  const text = cell.slice(1)
  return needsEscape(text) ? text : undefined
}

const missingSpellings: ReadonlySet<string> = new Set<string>(
  Object.entries(answerSpellings).flatMap(([meaning, spellings]) => (meaning === 'yes' || meaning === 'no' ? [] : spellings)),
)

const longestSpelling = 60

// Full-width forms are taken for the plain ones by spreadsheets set to Japanese and Chinese.
const formulaStart = /^[=+\-@\t\r\n＝＋－＠]/
const plainNumber = /^[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/

/** Whether a spreadsheet may run the text as a formula. A number with a sign is only a number. */
function startsFormula(text: string): boolean {
  return formulaStart.test(text) && !plainNumber.test(text)
}
