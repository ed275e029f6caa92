import { WorkbookError } from './workbook-error.ts'

/** Takes the parts of an XML document as they come. Names are without their prefix. */
export interface XmlHandler {
  /** A start tag; the attributes by name, with their prefix. */
  readonly open?: (name: string, attributes: ReadonlyMap<string, string>) => void
  /** Text within an element, perhaps in several pieces. */
  readonly text?: (text: string) => void
  /** An end tag, also of an element that was empty. */
  readonly close?: (name: string) => void
}

const named: ReadonlyMap<string, string> = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
])

const attribute = /([^\s=/>]+)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/gy
const greatestDepth = 200

/**
 * Walks through an XML document of the kind that spreadsheets write. A document type declaration is refused outright, so there are
 * no entities but the five that XML knows, none that is fetched and none that grows.
 */
export function readXml(xml: string, { open, text, close }: XmlHandler): void {
  let at = xml.charCodeAt(0) === 0xfeff ? 1 : 0
  const names: string[] = []
  while (at < xml.length) {
    const start = xml.indexOf('<', at)
    const end = start === -1 ? xml.length : start
    if (end > at && names.length > 0) text?.(withReferences(xml.slice(at, end)))
    if (start === -1) break

    if (xml.startsWith('<!--', start)) {
      at = after(xml, '-->', start + 4)
    } else if (xml.startsWith('<![CDATA[', start)) {
      at = after(xml, ']]>', start + 9)
      text?.(xml.slice(start + 9, at - 3))
    } else if (xml.startsWith('<?', start)) {
      at = after(xml, '?>', start + 2)
    } else if (xml.startsWith('<!', start)) {
      throw new WorkbookError('the workbook has a document type declaration, which no spreadsheet writes', 'Do not trust this file.')
    } else if (xml.startsWith('</', start)) {
      at = after(xml, '>', start)
      const name = local(xml.slice(start + 2, at - 1).trim())
      if (names.pop() !== name) throw malformed()
      close?.(name)
    } else {
      at = endOfTag(xml, start)
      const empty = xml.charCodeAt(at - 2) === 47
      const tag = xml.slice(start + 1, empty ? at - 2 : at - 1)
      const space = tag.search(/\s/)
      const name = local(space === -1 ? tag : tag.slice(0, space))
      if (name === '') throw malformed()
      open?.(name, space === -1 ? none : attributesOf(tag.slice(space)))
      if (empty) close?.(name)
      else {
        names.push(name)
        if (names.length > greatestDepth) throw new WorkbookError('the workbook has elements nested too deep')
      }
    }
  }
  if (names.length > 0) throw malformed()
}

const none: ReadonlyMap<string, string> = new Map()

function attributesOf(source: string): ReadonlyMap<string, string> {
  const attributes = new Map<string, string>()
  let at = 0
  for (;;) {
    while (at < source.length && /\s/.test(source[at] ?? '')) at += 1
    if (at >= source.length) return attributes
    attribute.lastIndex = at
    const match = attribute.exec(source)
    if (match?.[1] === undefined) throw malformed()
    attributes.set(match[1], withReferences(match[2] ?? match[3] ?? ''))
    at = attribute.lastIndex
  }
}

/** A `>` may stand within the value of an attribute. */
function endOfTag(xml: string, start: number): number {
  let quote = 0
  for (let at = start + 1; at < xml.length; at += 1) {
    const code = xml.charCodeAt(at)
    if (quote !== 0) {
      if (code === quote) quote = 0
    } else if (code === 34 || code === 39) quote = code
    else if (code === 62) return at + 1
  }
  throw malformed()
}

function after(xml: string, sign: string, from: number): number {
  const found = xml.indexOf(sign, from)
  if (found === -1) throw malformed()
  return found + sign.length
}

function local(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}

function withReferences(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(/&([^;&]{0,12});?/g, (_, reference: string) => {
    const known = named.get(reference)
    if (known !== undefined) return known
    const numeric = /^#(?:x([0-9a-fA-F]{1,6})|(\d{1,7}))$/.exec(reference)
    const code = numeric ? parseInt(numeric[1] ?? numeric[2] ?? '', numeric[1] === undefined ? 10 : 16) : NaN
    if (!(code <= 0x10ffff)) throw new WorkbookError('the workbook uses an entity that XML does not know', 'Do not trust this file.')
    return String.fromCodePoint(code)
  })
}

function malformed(): WorkbookError {
  return new WorkbookError('the workbook has XML that is not well formed')
}
