import { Inflate } from 'fflate'
import { WorkbookError } from './workbook-error.ts'

/** A part of a ZIP archive, still packed. */
interface PackedPart {
  readonly method: number
  readonly flags: number
  readonly packedSize: number
  readonly offset: number
}

/** A ZIP archive whose parts are unpacked one by one, within a common bound. */
export interface Archive {
  /** Names of the parts. */
  readonly names: readonly string[]
  /** The bytes of a part; `undefined` where the archive has no part of that name. */
  readonly part: (name: string) => Uint8Array | undefined
}

const endSignature = 0x06054b50
const centralSignature = 0x02014b50
const localSignature = 0x04034b50
const mostParts = 10_000
const step = 16_384

/**
 * Opens a ZIP archive. What a part says of its own size is not believed: the bytes are counted as they are unpacked, and unpacking
 * ends where the bound is passed, so that a small file cannot fill the memory.
 *
 * @see PKWARE, APPNOTE.TXT, sections 4.3.7, 4.3.12 and 4.3.16
 */
export function openArchive(bytes: Uint8Array, maxUnpackedSize: number): Archive {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const parts = directory(bytes, view)
  let left = maxUnpackedSize

  const part = (name: string): Uint8Array | undefined => {
    const packed = parts.get(name)
    if (packed === undefined) return undefined
    const { method, flags, packedSize, offset } = packed
    if ((flags & 1) !== 0) throw new WorkbookError('the workbook is protected with a password', 'Save it without a password.')
    if (offset + 30 > bytes.length || view.getUint32(offset, true) !== localSignature) throw new WorkbookError('the archive is damaged')
    const start = offset + 30 + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true)
    if (start + packedSize > bytes.length) throw new WorkbookError('the archive is cut off')
    const data = bytes.subarray(start, start + packedSize)
    if (method === 0) {
      left -= data.length
      if (left < 0) throw tooLarge(maxUnpackedSize)
      return data
    }
    if (method !== 8) throw new WorkbookError(`the archive is packed by a method that is not known, ${method}`)
    const unpacked = inflate(data, left, maxUnpackedSize)
    left -= unpacked.length
    return unpacked
  }
  return { names: [...parts.keys()], part }
}

function directory(bytes: Uint8Array, view: DataView): ReadonlyMap<string, PackedPart> {
  let end = bytes.length - 22
  const first = Math.max(0, end - 65_535)
  while (end >= first && view.getUint32(end, true) !== endSignature) end -= 1
  if (end < first || end < 0) throw new WorkbookError('the file is not a ZIP archive, or is cut off')
  const count = view.getUint16(end + 10, true)
  if (count > mostParts) throw new WorkbookError(`the archive has ${count} parts`)

  const parts = new Map<string, PackedPart>()
  let at = view.getUint32(end + 16, true)
  for (let i = 0; i < count; i += 1) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== centralSignature) throw new WorkbookError('the archive is damaged')
    const nameLength = view.getUint16(at + 28, true)
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength))
    parts.set(name.replaceAll('\\', '/').replace(/^\//, ''), {
      flags: view.getUint16(at + 8, true),
      method: view.getUint16(at + 10, true),
      packedSize: view.getUint32(at + 20, true),
      offset: view.getUint32(at + 42, true),
    })
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
  return parts
}

function inflate(data: Uint8Array, left: number, maxUnpackedSize: number): Uint8Array {
  const chunks: Uint8Array[] = []
  let size = 0
  let finished = false
  const stream = new Inflate((chunk, final) => {
    size += chunk.length
    if (size > left) throw tooLarge(maxUnpackedSize)
    chunks.push(chunk)
    finished ||= final
  })
  try {
    // In small steps, because one push may unpack a thousand times as much.
    for (let at = 0; at < data.length; at += step) stream.push(data.subarray(at, at + step), at + step >= data.length)
  } catch (error) {
    if (error instanceof WorkbookError) throw error
    throw new WorkbookError('the archive is damaged')
  }
  if (!finished && data.length > 0) throw new WorkbookError('the archive is damaged')
  const all = new Uint8Array(size)
  let at = 0
  for (const chunk of chunks) {
    all.set(chunk, at)
    at += chunk.length
  }
  return all
}

function tooLarge(maxUnpackedSize: number): WorkbookError {
  return new WorkbookError(
    `the workbook unpacks to more than ${maxUnpackedSize} bytes`,
    'Save the sheet as CSV, or raise the option maxUnpackedSize.',
  )
}
