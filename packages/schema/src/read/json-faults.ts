/** What `JSON.parse` changes without a word. */
export interface JsonFault {
  /** `duplicate-key` where a key comes twice in one object, `digits` where a number has more of them than can be kept. */
  readonly kind: 'duplicate-key' | 'digits'
  /** Keys and numbers of array items that lead to the value. */
  readonly path: readonly (string | number)[]
  /** The key, or the digits. */
  readonly text: string
}

interface Frame {
  /** Keys of an object so far; `undefined` for an array. */
  readonly keys: Set<string> | undefined
  /** Key or number of the item that is being read. */
  at: string | number
  expectsKey: boolean
}

const digits = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y
/** No number of fewer digits is changed. */
const safeDigits = 15

/**
 * What `JSON.parse` changes without a word in a text that it takes: of two equal keys in one object it keeps the last, and of a long
 * number the first 15 to 17 digits.
 *
 * @param json - a text that is JSON
 * @param onFault - takes each fault
 */
export function findJsonFaults(json: string, onFault: (fault: JsonFault) => void): void {
  const frames: Frame[] = []
  let frame: Frame | undefined
  const told = (kind: JsonFault['kind'], text: string): void => onFault({ kind, path: frames.map(({ at }) => at), text })
  for (let at = 0; at < json.length; at += 1) {
    switch (json.charCodeAt(at)) {
      case 123: // {
        frame = { keys: new Set(), at: '', expectsKey: true }
        frames.push(frame)
        break
      case 91: // [
        frame = { keys: undefined, at: 0, expectsKey: false }
        frames.push(frame)
        break
      case 125: // }
      case 93: // ]
        frames.pop()
        frame = frames.at(-1)
        break
      case 44: // ,
        if (frame?.keys) frame.expectsKey = true
        else if (frame) frame.at = Number(frame.at) + 1
        break
      case 34: {
        // "
        const end = endOfString(json, at)
        if (frame?.keys && frame.expectsKey) {
          const raw = json.slice(at, end + 1)
          const key = raw.includes('\\') ? (JSON.parse(raw) as string) : raw.slice(1, -1)
          frame.expectsKey = false
          frame.at = key
          if (frame.keys.has(key)) told('duplicate-key', key)
          frame.keys.add(key)
        }
        at = end
        break
      }
      default: {
        const code = json.charCodeAt(at)
        if (code !== 45 && (code < 48 || code > 57)) break
        digits.lastIndex = at
        const number = digits.exec(json)?.[0] ?? ''
        if (
          number.length > safeDigits &&
          /^-?\d+$/.test(number) &&
          !Number.isSafeInteger(Number(number)) &&
          String(Number(number)) !== number
        )
          told('digits', number)
        at += number.length - 1
      }
    }
  }
}

/** Place of the quote that closes the string which opens at a place. */
function endOfString(json: string, start: number): number {
  for (let quote = json.indexOf('"', start + 1); quote !== -1; quote = json.indexOf('"', quote + 1)) {
    let slashes = 0
    while (json.charCodeAt(quote - 1 - slashes) === 92) slashes += 1
    if (slashes % 2 === 0) return quote
  }
  return json.length
}
