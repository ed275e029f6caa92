import { characterTable, DIGIT, SPACE, UPPER, WORD } from './character-table.ts'

/** The sentences of a text: where each ends, and whether it asks. */
export interface Sentences {
  /** Offsets where sentences end, ascending; the last is the length of the text. */
  readonly ends: Int32Array
  /** Number of sentences. */
  readonly length: number
  /** 1 where the sentence ends with a question mark. */
  readonly asks: Uint8Array
}

const abbreviations = new Set(
  'eg e.g ie i.e vs v ver vers approx no nos dr mr mrs ms prof st inc ltd co cf al incl dept fig rel s ss para ref esp tel ext max min'.split(
    ' ',
  ),
)
/** A line this long goes on in the next one unless that one opens something new. */
const WRAPPED_LINE = 45

let ends = new Int32Array(64)
let asks = new Uint8Array(64)

/**
 * Splits a text at the stops that the scan found.
 *
 * A full stop ends a sentence before a capital, a digit, a bullet or the end, unless an abbreviation or a number of a list stands before it.
 * A line end does so unless the line was wrapped.
 *
 * @param text - the text
 * @param stops - offsets of `.`, `?`, `!`, `;` and line ends outside names, ascending
 * @param count - how many of `stops` count
 */
export function splitSentences(text: string, stops: Int32Array, count: number): Sentences {
  const table = characterTable()
  let length = 0
  let lineStart = 0
  let previousEnd = 0
  // Where the next character that is no space stands; runs of spaces are skipped once, so that many stops in them stay cheap.
  let runStart = -1
  let runEnd = -1
  const nextVisible = (from: number): number => {
    if (from >= runStart && from <= runEnd) return runEnd
    runStart = from
    runEnd = from
    while (runEnd < text.length && table[text.charCodeAt(runEnd)]! & SPACE) runEnd++
    return runEnd
  }
  for (let index = 0; index < count; index++) {
    const at = stops[index]!
    const code = text.charCodeAt(at)
    let boundary = false
    if (code === 63 || code === 33) boundary = at + 1 >= text.length || !(table[text.charCodeAt(at + 1)]! & WORD)
    else if (code === 46) boundary = endsSentence(at)
    else if (code !== 59) {
      const next = nextVisible(at + 1)
      const character = text.charCodeAt(next)
      const opensNew = next >= text.length || !!(table[character]! & (UPPER | DIGIT)) || !(table[character]! & WORD)
      boundary = at - lineStart < WRAPPED_LINE || opensNew
      lineStart = at + 1
    }
    if (!boundary) continue
    if (length > 0 && nextVisible(previousEnd) >= at) {
      // Nothing stands between two stops: they end one sentence.
      ends[length - 1] = at + 1
      previousEnd = at + 1
      continue
    }
    if (length === ends.length) {
      const larger = new Int32Array(length * 2)
      larger.set(ends)
      ends = larger
      const flags = new Uint8Array(length * 2)
      flags.set(asks)
      asks = flags
    }
    ends[length] = at + 1
    asks[length++] = code === 63 ? 1 : 0
    previousEnd = at + 1
  }
  if (length === 0 || ends[length - 1]! < text.length) {
    if (length === ends.length) {
      const larger = new Int32Array(length * 2)
      larger.set(ends)
      ends = larger
      const flags = new Uint8Array(length * 2)
      flags.set(asks)
      asks = flags
    }
    ends[length] = text.length
    asks[length++] = 0
  }
  return { ends, asks, length }

  function endsSentence(at: number): boolean {
    if (at + 1 >= text.length) return true
    const after = table[text.charCodeAt(at + 1)]!
    if (after & WORD) {
      // `C#.Our`: the space after the full stop is missing.
      return (
        !!(after & UPPER) &&
        at > 0 &&
        !(table[text.charCodeAt(at - 1)]! & UPPER) &&
        at + 2 < text.length &&
        !(table[text.charCodeAt(at + 2)]! & (UPPER | DIGIT)) &&
        !!(table[text.charCodeAt(at + 2)]! & WORD)
      )
    }
    const next = nextVisible(at + 1)
    if (next < text.length && table[text.charCodeAt(next)]! & WORD && !(table[text.charCodeAt(next)]! & (UPPER | DIGIT))) return false
    let wordStart = at
    while (wordStart > previousEnd && at - wordStart < 8) {
      const before = text.charCodeAt(wordStart - 1)
      if (!(table[before]! & WORD) && before !== 46) break
      wordStart--
    }
    const word = text.slice(wordStart, at).toLowerCase()
    if (abbreviations.has(word)) return false
    // The number of a list item belongs to the item: `1. Java`.
    if (/^(?:[a-z]?\d{1,2}|[ivx]{1,4}|[a-z])$/.test(word) && onlySpaceBefore(wordStart)) return false
    return true
  }

  function onlySpaceBefore(at: number): boolean {
    let before = at - 1
    while (before >= previousEnd && before > at - 8 && (table[text.charCodeAt(before)]! & SPACE || text.charCodeAt(before) === 40)) before--
    return before < previousEnd
  }
}
