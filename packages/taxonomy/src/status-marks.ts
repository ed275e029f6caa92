/** `Java: No`, `PHP - N`, `| Ruby | none |`, `React ✗`: an answer that fills its cell. */
const noAfter =
  /^[\s\])"'*]*(?:(?:[|:=\t–—?]|\s-|->)[\s|]*(?:no?|none|nil|never|n\/a|not applicable)(?!\. of)\s*(?:$|[|,;.)\n\r\t\]–—(]|-\s)|[|:=–—-]?\s*[✗✘❌✖])/i
/** `❌ PHP`. */
const crossBefore = /[✗✘❌✖]\s*$/
const emptyBoxBefore = /(?:☐|\[\s?\])\s*$/
const emptyBoxAfter = /^\s*[|:=–—-]?\s*(?:☐|\[\s?\])/
const box = /[☐☑☒]|\[[\sx]?\]/i
const tick = /[☑☒✓✔✅]|\[x\]/i
const verdict = /\b(?:yes|no|none|nil|never|y|n)\b|[✓✔✗✘❌✖✅☑☒☐]|\[[\sx]?\]/i
/** Longest answer with the signs around it. */
const REACH = 24

/** Whether an answer stands between two names, so that what is said of one is not said of the other. */
export function holdsVerdict(text: string, from: number, to: number): boolean {
  return to - from > 2 && verdict.test(text.slice(from, to))
}

/** Whether boxes are ticked anywhere in a text: then an empty one means no. */
export function holdsTick(text: string): boolean {
  return tick.test(text)
}

/**
 * Whether the cell, box or cross of a name says that it is not used.
 *
 * @param text - the text
 * @param start - where the name's sentence begins, or the name before it ends
 * @param nameStart - offset of the name
 * @param nameEnd - offset after the name and its version
 * @param ticked - whether any box of the text is ticked
 */
export function isMarkedNo(text: string, start: number, nameStart: number, nameEnd: number, ticked: boolean): boolean {
  // Most names stand between words and commas, which are no marks.
  let sign = nameEnd
  while (sign < nameEnd + REACH && text.charCodeAt(sign) === 32) sign++
  const mayFollow = isSign(text, sign)
  const mayPrecede = nameStart > start && (isMark(text.charCodeAt(nameStart - 1)) || isMark(text.charCodeAt(nameStart - 2)))
  if (!mayFollow && !mayPrecede) return false
  const before = text.slice(Math.max(start, nameStart - 6), nameStart)
  const after = text.slice(nameEnd, nameEnd + REACH)
  if (crossBefore.test(before)) return true
  if (ticked) {
    if (emptyBoxBefore.test(before)) return true
    if (!box.test(before) && emptyBoxAfter.test(after)) return true
  }
  return noAfter.test(after)
}

/** Neither a word nor a space, a comma or a full stop. */
function isSign(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  return (
    code === 9 ||
    (code > 32 && code < 48 && code !== 44 && code !== 46) ||
    (code > 57 && code < 65) ||
    (code > 90 && code < 97) ||
    code > 122
  )
}

/** A bracket, a space or a symbol that may be the box or cross before a name. */
function isMark(code: number): boolean {
  return code === 93 || code > 0x2500
}
