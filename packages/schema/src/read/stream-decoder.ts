import { complainOfEncoding, concatenated, encodingOfStart, type TextEncoding } from './decode-text.ts'
import { type IssueLog } from './issue-log.ts'
import { decodeWindows1252 } from './windows-1252.ts'

/** Bytes that come in pieces, as text. */
export interface StreamDecoder {
  /** The text of the next piece, as far as its signs are complete. */
  readonly decode: (bytes: Uint8Array) => string
  /** The text of what is left. */
  readonly end: () => string
  /** The encoding, as far as it is known. */
  readonly encoding: () => TextEncoding
}

/**
 * Decodes pieces as {@link decodeText} decodes a whole file, as far as one can without looking ahead: the first sign that is not ASCII
 * tells UTF-8 from Windows-1252, and what is not UTF-8 later on becomes U+FFFD with an error.
 */
export function createStreamDecoder(log: IssueLog): StreamDecoder {
  let encoding: TextEncoding = 'utf-8'
  let decoder: InstanceType<typeof TextDecoder> | undefined
  let started = false
  let isUtf8 = false
  let held: Uint8Array = new Uint8Array(0)

  const switchTo = (next: TextEncoding): InstanceType<typeof TextDecoder> => {
    encoding = next
    decoder = new TextDecoder(next)
    return decoder
  }

  const decodeUtf8 = (bytes: Uint8Array, final: boolean): string => {
    const end = final ? bytes.length : completeLength(bytes)
    held = bytes.slice(end)
    const complete = bytes.subarray(0, end)
    try {
      const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(complete)
      isUtf8 ||= text.length < complete.length
      return text
    } catch {
      held = new Uint8Array(0)
      if (isUtf8) {
        complainOfEncoding(log, 'utf-8', false)
        return switchTo('utf-8').decode(bytes, { stream: !final })
      }
      complainOfEncoding(log, 'windows-1252', true)
      encoding = 'windows-1252'
      return decodeWindows1252(bytes)
    }
  }

  const decode = (bytes: Uint8Array, final = false): string => {
    if (encoding === 'windows-1252') return decodeWindows1252(bytes)
    if (decoder) return decoder.decode(bytes, { stream: !final })
    const joined = held.length === 0 ? bytes : concatenated(held, bytes)
    held = new Uint8Array(0)
    if (!started) {
      if (joined.length < 4 && !final) {
        held = joined.slice()
        return ''
      }
      started = true
      const start = encodingOfStart(joined)
      if (start?.encoding === 'utf-8') {
        isUtf8 = true
        return decodeUtf8(joined.subarray(start.markLength), final)
      }
      if (start) return switchTo(start.encoding).decode(joined, { stream: !final })
    }
    return decodeUtf8(joined, final)
  }

  return { decode: (bytes) => decode(bytes), end: () => decode(new Uint8Array(0), true), encoding: () => encoding }
}

/** Length without a sign that is cut off at the end. */
function completeLength(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0
    if (byte < 0x80) return bytes.length
    if (byte >= 0xc0) {
      const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2
      return back < length ? bytes.length - back : bytes.length
    }
  }
  return bytes.length
}
