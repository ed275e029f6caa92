import { type IssueLog } from './issue-log.ts'
import { decodeWindows1252 } from './windows-1252.ts'

/** Encodings that are told apart. */
export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252'

/** How much is decoded at once, so that no text of any length has to be held. */
const step = 1_048_576

/** Greatest length of bytes that are decoded to one text: what every engine can hold as a string. */
const longestText = 500_000_000

/** The encoding that the first bytes tell: by a byte order mark, else UTF-16 where every other byte is 0. */
export function encodingOfStart(bytes: Uint8Array): { readonly encoding: TextEncoding; readonly markLength: number } | undefined {
  const [a, b, c, d] = bytes
  if (a === 0xef && b === 0xbb && c === 0xbf) return { encoding: 'utf-8', markLength: 3 }
  if (a === 0xff && b === 0xfe) return { encoding: 'utf-16le', markLength: 2 }
  if (a === 0xfe && b === 0xff) return { encoding: 'utf-16be', markLength: 2 }
  // A table starts with two signs of ASCII.
  if (a !== 0 && b === 0 && c !== undefined && c !== 0 && d === 0) return { encoding: 'utf-16le', markLength: 0 }
  if (a === 0 && b !== undefined && b !== 0 && c === 0 && d !== undefined && d !== 0) return { encoding: 'utf-16be', markLength: 0 }
  return undefined
}

/** Tells whether bytes that come in pieces are UTF-8, and holds none of them. */
export function createUtf8Check(): { readonly write: (bytes: Uint8Array) => void; readonly end: () => boolean } {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let isValid = true
  const decode = (bytes: Uint8Array, isLast: boolean): void => {
    try {
      if (isValid) decoder.decode(bytes, { stream: !isLast })
    } catch {
      isValid = false
    }
  }
  return {
    write: (bytes) => {
      for (let at = 0; at < bytes.length; at += step) decode(bytes.subarray(at, at + step), false)
    },
    end: () => {
      decode(new Uint8Array(0), true)
      return isValid
    },
  }
}

/** Tells of an encoding that had to be guessed, or does not hold. */
export function complainOfEncoding(log: IssueLog, encoding: TextEncoding, isValid: boolean): void {
  if (encoding === 'windows-1252') {
    log.addOfFile(
      'warning',
      'windows-1252',
      'the file is not UTF-8; it was read as Windows-1252, as older spreadsheets write it',
      'Look at names with accents, and save the file as "CSV UTF-8".',
    )
  } else if (!isValid) {
    log.addOfFile(
      'error',
      'invalid-utf-8',
      'the file says or starts as UTF-8 and does not go on so; what could not be decoded became U+FFFD',
      'Look for the sign U+FFFD, and save the file again as UTF-8 from where it was written.',
    )
  }
}

/** A decoder of pieces in an encoding that is known. */
export function createPieceDecoder(encoding: TextEncoding): (bytes: Uint8Array, isLast: boolean) => string {
  if (encoding === 'windows-1252') return decodeWindows1252
  const decoder = new TextDecoder(encoding)
  return (bytes, isLast) => decoder.decode(bytes, { stream: !isLast })
}

/**
 * Decodes bytes piece by piece, so that bytes of any length take bounded memory: by their mark, else as UTF-8 where they are valid
 * UTF-8, else as Windows-1252. Whether they are is looked for only once a piece is more than ASCII.
 *
 * @param onText - takes each piece; `false` where no more is wanted
 */
export function decodeInPieces(bytes: Uint8Array, log: IssueLog, onText: (text: string) => boolean): TextEncoding {
  const start = encodingOfStart(bytes)
  let encoding: TextEncoding = start?.encoding ?? 'utf-8'
  let decode = encoding === 'utf-8' ? undefined : createPieceDecoder(encoding)
  for (let at = start?.markLength ?? 0; at < bytes.length; at += step) {
    const piece = bytes.subarray(at, at + step)
    let text = decode ? undefined : asciiText(piece)
    if (text === undefined) {
      if (decode === undefined) {
        const check = createUtf8Check()
        check.write(bytes.subarray(at))
        const isValid = check.end()
        encoding = isValid || start ? 'utf-8' : 'windows-1252'
        complainOfEncoding(log, encoding, isValid)
        decode = createPieceDecoder(encoding)
      }
      text = decode(piece, at + step >= bytes.length)
    }
    if (!onText(text)) break
  }
  return encoding
}

/** The text of bytes that are all ASCII, which most encodings share; `undefined` where they are not. */
function asciiText(bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    return text.length === bytes.length ? text : undefined
  } catch {
    return undefined
  }
}

/** The whole text that bytes stand for; `undefined` where they are more than a text can hold, which is told of. */
export function decodeText(bytes: Uint8Array, log: IssueLog): { readonly text: string | undefined; readonly encoding: TextEncoding } {
  if (bytes.length > longestText) {
    log.addOfFile(
      'error',
      'file-too-large',
      `the file has ${bytes.length} bytes, more than the ${longestText} that can be held as one text`,
      'Write it as NDJSON or CSV, which are read line by line.',
    )
    return { text: undefined, encoding: 'utf-8' }
  }
  const pieces: string[] = []
  const encoding = decodeInPieces(bytes, log, (text) => pieces.push(text) > 0)
  return { text: pieces.join(''), encoding }
}

/** Two runs of bytes as one. */
export function concatenated(first: Uint8Array, second: Uint8Array): Uint8Array {
  const all = new Uint8Array(first.length + second.length)
  all.set(first)
  all.set(second, first.length)
  return all
}
