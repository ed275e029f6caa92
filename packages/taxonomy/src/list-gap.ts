import { characterTable, DIGIT, SPACE, WORD } from './character-table.ts'

/** Prose stands between two names: they are no list. */
export const NO_LIST = 0
/** Only joining words stand between two names: `and`, `or`, `with`. */
const JOINED_BY_WORDS = 1
/** A comma, slash, bullet or line end stands between two names. */
export const JOINED_BY_SIGNS = 2

const joiners = new Set(
  'and or plus with on in using via also then nor v ver version versions r2 x stu3 dstu2 r4 as well both either some e g eg etc c the like yes no not y n'.split(
    ' ',
  ),
)
/** The number of a question or of an answer (`Q2`). */
const questionNumber = /^[qa]\d{1,2}[a-z]?$/i
/** A gap longer than this holds prose. */
const LONGEST_GAP = 36

/** How two neighbouring names are joined: only separators, joining words and versions may stand between the items of a list. */
export function listGap(text: string, from: number, to: number): number {
  if (to - from > LONGEST_GAP) return NO_LIST
  // `Pascal-Travis` is one name.
  if (to - from === 1 && (text.charCodeAt(from) === 45 || text.charCodeAt(from) === 0x2010)) return NO_LIST
  const table = characterTable()
  let signs = false
  let at = from
  while (at < to) {
    const code = text.charCodeAt(at)
    const entry = table[code]!
    if (entry & DIGIT) {
      at++
      while (at < to && (table[text.charCodeAt(at)]! & DIGIT || text.charCodeAt(at) === 46)) at++
      continue
    }
    if (entry & WORD) {
      const start = at
      while (at < to && table[text.charCodeAt(at)]! & WORD) at++
      const word = text.slice(start, at).toLowerCase()
      // `b) SSMS\nc) Postman`: the letter of an item.
      if (!joiners.has(word) && !(signs && (questionNumber.test(word) || (word.length === 1 && text.charCodeAt(at) === 41)))) return NO_LIST
      continue
    }
    if (entry & SPACE) {
      if (code === 10) signs = true
    } else if (code === 46) {
      // A full stop belongs to a list only inside `e.g.` or after the number of an item.
      const before = text.charCodeAt(at - 1) | 32
      if (!(before === 101 || before === 103) && !(table[text.charCodeAt(at - 1)]! & DIGIT)) return NO_LIST
    } else if (',/&+|;•·–-*()[]:"\'>=\t\u25aa\u25cf\u2014'.includes(text[at] ?? '')) {
      if (code !== 34 && code !== 39) signs = true
    } else if (code >= 0x2010 && code <= 0x2bff) signs = true
    else return NO_LIST
    at++
  }
  return signs ? JOINED_BY_SIGNS : JOINED_BY_WORDS
}
