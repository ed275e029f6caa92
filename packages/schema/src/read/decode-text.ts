import { type IssueLog } from './issue-log.ts'
import { decodeWindows1252 } from './windows-1252.ts'

/** Encodings that are told apart. */
export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252'

/** A text and the encoding in which it came. */
export interface DecodedText {
  /** The text, without a byte order mark. */
  readonly text: string
  /** Encoding of the bytes. */
  readonly encoding: TextEncoding
}

/**
 * The text that bytes stand for: by their byte order mark, else UTF-8 where they are valid UTF-8, else Windows-1252 with a warning.
 */
export function decodeText(bytes: Uint8Array, log: IssueLog): DecodedText {
  const marked = encodingOfMark(bytes)
  if (marked !== undefined && marked !== 'utf-8') return { text: new TextDecoder(marked).decode(bytes), encoding: marked }
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'utf-8' }
  } catch {
    if (marked === 'utf-8') {
      log.addOfFile('error', 'invalid-utf-8', 'the file says that it is UTF-8 and is not; what could not be decoded became U+FFFD')
      return { text: new TextDecoder('utf-8').decode(bytes), encoding: 'utf-8' }
    }
    log.addOfFile(
      'warning',
      'windows-1252',
      'the file is not UTF-8; it was read as Windows-1252, as older spreadsheets write it',
      'Look at names with accents, and save the file as "CSV UTF-8".',
    )
    return { text: decodeWindows1252(bytes), encoding: 'windows-1252' }
  }
}

/** The encoding that a byte order mark names. */
export function encodingOfMark(bytes: Uint8Array): TextEncoding | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8'
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  return undefined
}
