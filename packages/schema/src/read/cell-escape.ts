import { type Questionnaire } from '../questionnaire/questionnaire.ts'
import { spelledMeanings, spellingKey } from './answer-spellings.ts'
import { readsAsMissing } from './missing-marker.ts'
import { isErrorValue } from './spreadsheet-error.ts'

/**
 * Escape of cells, the same for reading and writing. A cell that a spreadsheet would run as a formula, or that would be read back as
 * something else, is written with an apostrophe before it; a cell that starts with an apostrophe is taken word for word if, and only
 * if, what follows would have been escaped. So nothing is lost either way, and `'tis` from elsewhere keeps its apostrophe.
 *
 * @see OWASP, CSV Injection, https://owasp.org/www-community/attacks/CSV_Injection
 */
export interface CellEscape {
  /** A text as it is written to a cell. */
  readonly escape: (text: string) => string
  /** The text that an escaped cell stands for, word for word; `undefined` where the cell is not escaped. */
  readonly unescape: (cell: string) => string | undefined
}

/** The escape of the cells of a questionnaire, whose own spellings count too. */
export function createCellEscape({ spellings }: Pick<Questionnaire, 'spellings'>): CellEscape {
  const missing = new Set([...spelledMeanings(spellings)].flatMap(([key, meaning]) => (meaning === 'yes' || meaning === 'no' ? [] : [key])))
  // Quotes, blanks and signs that are not seen may lengthen what is spelled; a longer text is a text in any case.
  const longestSpelling = 60 + 2 * Math.max(...[...missing].map((key) => key.length))
  const isMisread = (text: string): boolean => {
    if (startsFormula(text) || text !== text.trim()) return true
    if (readsAsMissing(text) || isErrorValue(text) || isTotalsWord(text)) return true
    return text.length <= longestSpelling && missing.has(spellingKey(text))
  }
  // With each apostrophe taken off, what is left may be misread: all that follow each other are looked at, as far as a spelling is long.
  const needsEscape = (text: string): boolean => {
    if (isMisread(text)) return true
    let apostrophes = 0
    while (text.charCodeAt(apostrophes) === 39) apostrophes += 1
    if (apostrophes === 0) return false
    for (let at = Math.max(1, Math.min(apostrophes, text.length - longestSpelling)); at <= apostrophes; at += 1) {
      if (isMisread(text.slice(at))) return true
    }
    return false
  }
  return {
    escape: (text) => (needsEscape(text) ? `'${text}` : text),
    unescape: (cell) => {
      if (cell.charCodeAt(0) !== 39) return undefined
      const text = cell.slice(1)
      return needsEscape(text) ? text : undefined
    },
  }
}

/** Words by which a row of totals is named. */
const totalsWords = new Set(['total', 'totals', 'grand total', 'subtotal', 'sub-total', 'sum', 'average', 'mean', 'count', 'overall'])

/** Whether the identifier of a row says that it sums up the others. */
export function isTotalsWord(text: string): boolean {
  return text.length <= 40 && totalsWords.has(spellingKey(text).replace(/\s*:$/, ''))
}

// Full-width forms are taken for the plain ones by spreadsheets set to Japanese and Chinese.
const formulaStart = /^[=+\-@\t\r\n＝＋－＠]/
const plainNumber = /^[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/

/** Whether a spreadsheet may run the text as a formula. A number with a sign is only a number. */
function startsFormula(text: string): boolean {
  return formulaStart.test(text) && !plainNumber.test(text)
}
