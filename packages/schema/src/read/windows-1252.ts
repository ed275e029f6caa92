/** What the bytes 0x80 to 0x9F stand for; five of them stand for nothing and stay control characters. */
const upperControls =
  '\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178'

const table = Uint16Array.from({ length: 256 }, (_, byte) => (byte >= 0x80 && byte <= 0x9f ? upperControls.charCodeAt(byte - 0x80) : byte))

const step = 8_192

/**
 * The text of bytes in Windows-1252.
 *
 * The decoder of Node 20 takes this encoding for ISO 8859-1 and makes control characters of dashes and typographic quotes, so it is
 * not used.
 *
 * @see WHATWG Encoding Standard, index windows-1252, https://encoding.spec.whatwg.org/index-windows-1252.txt
 */
export function decodeWindows1252(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += step) {
    const units = Array.from(bytes.subarray(at, at + step), (byte) => table[byte] ?? byte)
    text += String.fromCharCode(...units)
  }
  return text
}
