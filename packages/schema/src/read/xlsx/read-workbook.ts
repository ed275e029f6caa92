import { clipped, columnLetters as letters } from '../issue.ts'
import { type IssueLog } from '../issue-log.ts'
import { builtInFormat, dateOfSerial, type FormatKind, formatKind, timeOfSerial } from './number-format.ts'
import { type Archive, openArchive } from './unzip.ts'
import { WorkbookError } from './workbook-error.ts'
import { readXml } from './xml-events.ts'

/** What a sheet of a workbook was, once its rows were handed on. */
export interface ReadSheet {
  /** Name of the sheet. */
  readonly sheet: string
  /** Names of the other sheets that are not hidden. */
  readonly others: readonly string[]
}

/** Which sheet is read, and how much of it. */
export interface WorkbookOptions {
  /** Name of the sheet; the first that is not hidden where absent. */
  readonly sheet?: string
  /** Greatest number of columns. */
  readonly maxColumns: number
  /** Sign before the decimals of numbers. */
  readonly decimalMark: '.' | ','
  /** Takes each row that has cells; `false` where no more is wanted. */
  readonly onRow: (cells: readonly string[], row: number) => boolean
  /** Greatest size when unpacked, in bytes. */
  readonly maxUnpackedSize: number
}

interface Sheet {
  readonly name: string
  readonly path: string
  readonly hidden: boolean
}

/** Blank cells that are filled in between others in a whole sheet: a hundred in each of a million rows. */
const mostBlanks = 100_000_000
/** A gap wider than this is in no table that people fill in, and counts five times. */
const widestGap = 256

/**
 * The rows of a sheet of an XLSX workbook, as the text that a reader of CSV would have met: days as `YYYY-MM-DD`, numbers in full,
 * `TRUE` and `FALSE`, percentages with their sign. Hidden rows and columns are read and told of; of merged cells the first has the value,
 * and they are told of.
 *
 * @throws A `WorkbookError` where the file is no workbook or is not safe to read
 *
 * @see ECMA-376, part 1, SpreadsheetML
 */
export function readWorkbook(bytes: Uint8Array, options: WorkbookOptions, log: IssueLog): ReadSheet {
  if (bytes[0] === 0xd0 && bytes[1] === 0xcf) {
    throw new WorkbookError(
      'this is a workbook of the older form XLS, or one with a password',
      'Save it as XLSX without a password, or as CSV.',
    )
  }
  const archive = openArchive(bytes, options.maxUnpackedSize)
  const workbookPath = relationships(archive, '').find(({ type }) => type.endsWith('/officeDocument'))?.target ?? 'xl/workbook.xml'
  if (!archive.names.includes(workbookPath)) {
    const kind = archive.names.includes('content.xml') ? 'an OpenDocument file' : 'an archive'
    throw new WorkbookError(`this is ${kind} and no XLSX workbook`, 'Save it as XLSX, or as CSV.')
  }

  const { sheets, from1904 } = sheetsOf(archive, workbookPath)
  const sheet = chosen(sheets, options.sheet, log)
  const related = relationships(archive, workbookPath)
  const pathOf = (kind: string): string | undefined => related.find(({ type }) => type.endsWith(`/${kind}`))?.target
  const strings = sharedStrings(archive, pathOf('sharedStrings'))
  const formats = formatsOf(archive, pathOf('styles'))
  readRows(archive, sheet, { strings, formats, from1904, decimalMark: options.decimalMark }, options, log)
  return { sheet: sheet.name, others: sheets.flatMap(({ name, hidden }) => (hidden || name === sheet.name ? [] : [name])) }
}

function chosen(sheets: readonly Sheet[], name: string | undefined, log: IssueLog): Sheet {
  const names = sheets.map((sheet) => `"${clipped(sheet.name)}"`).join(', ')
  if (name === undefined) {
    const sheet = sheets.find(({ hidden }) => !hidden) ?? sheets[0]
    if (sheet === undefined) throw new WorkbookError('the workbook has no sheets')
    return sheet
  }
  const sheet = sheets.find((candidate) => candidate.name === name)
  if (sheet === undefined) {
    throw new WorkbookError(`the workbook has no sheet "${clipped(name)}"`, `Sheets: ${names}.`, 'unknown-sheet')
  }
  if (sheet.hidden) {
    log.addOfFile(
      'warning',
      'hidden-sheet',
      `the sheet "${clipped(name)}" is hidden in the workbook`,
      'Look whether it is the one that is meant.',
    )
  }
  return sheet
}

interface Relationship {
  readonly id: string
  readonly type: string
  readonly target: string
}

/** What a part of the archive refers to, by the file of relationships beside it. */
function relationships(archive: Archive, path: string): readonly Relationship[] {
  const slash = path.lastIndexOf('/')
  const folder = path.slice(0, slash + 1)
  const xml = xmlOf(archive, `${folder}_rels/${path.slice(slash + 1)}.rels`)
  const found: Relationship[] = []
  if (xml === undefined) return found
  readXml(xml, {
    open: (name, attributes) => {
      const target = attributes.get('Target')
      // What lies outside the archive is never looked at.
      if (name !== 'Relationship' || target === undefined || attributes.get('TargetMode') === 'External') return
      found.push({ id: attributes.get('Id') ?? '', type: attributes.get('Type') ?? '', target: resolved(folder, target) })
    },
  })
  return found
}

function resolved(folder: string, target: string): string {
  if (target.startsWith('/')) return target.slice(1)
  const parts: string[] = []
  for (const part of `${folder}${target}`.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '.' && part !== '') parts.push(part)
  }
  return parts.join('/')
}

function sheetsOf(archive: Archive, path: string): { readonly sheets: readonly Sheet[]; readonly from1904: boolean } {
  // A sheet that is a chart has no cells.
  const targets = new Map(
    relationships(archive, path).flatMap(({ id, type, target }) => (type.endsWith('/worksheet') ? [[id, target]] : [])),
  )
  const sheets: Sheet[] = []
  let from1904 = false
  readXml(xmlOf(archive, path) ?? '', {
    open: (name, attributes) => {
      if (name === 'workbookPr') from1904 = /^(?:1|true)$/.test(attributes.get('date1904') ?? '')
      if (name !== 'sheet') return
      const id = [...attributes].find(([key]) => key.endsWith(':id'))?.[1] ?? ''
      const target = targets.get(id)
      if (target === undefined) return
      sheets.push({ name: attributes.get('name') ?? '', path: target, hidden: /hidden/i.test(attributes.get('state') ?? '') })
    },
  })
  return { sheets, from1904 }
}

function sharedStrings(archive: Archive, path: string | undefined): readonly string[] {
  const strings: string[] = []
  const xml = path === undefined ? undefined : xmlOf(archive, path)
  if (xml === undefined) return strings
  const collect = textCollector((text) => strings.push(text))
  readXml(xml, collect)
  return strings
}

/** Joins the runs of each string item; readings of East Asian words (`rPh`) are no part of it. */
function textCollector(onItem: (text: string) => void): Required<Parameters<typeof readXml>[1]> {
  let text = ''
  let inText = false
  let inReading = false
  return {
    open: (name) => {
      if (name === 'si') text = ''
      if (name === 'rPh') inReading = true
      if (name === 't') inText = !inReading
    },
    text: (piece) => {
      if (inText) text += piece
    },
    close: (name) => {
      if (name === 't') inText = false
      if (name === 'rPh') inReading = false
      if (name === 'si') onItem(unescaped(text))
    },
  }
}

/** Kinds of the formats of the cells, by the number of their style. */
function formatsOf(archive: Archive, path: string | undefined): readonly FormatKind[] {
  const kinds: FormatKind[] = []
  const xml = path === undefined ? undefined : xmlOf(archive, path)
  if (xml === undefined) return kinds
  const own = new Map<number, FormatKind>()
  let inCellFormats = false
  readXml(xml, {
    open: (name, attributes) => {
      if (name === 'numFmt') own.set(Number(attributes.get('numFmtId')), formatKind(attributes.get('formatCode') ?? ''))
      if (name === 'cellXfs') inCellFormats = true
      if (name !== 'xf' || !inCellFormats) return
      const id = Number(attributes.get('numFmtId') ?? 0)
      kinds.push(own.get(id) ?? builtInFormat(id))
    },
    close: (name) => {
      if (name === 'cellXfs') inCellFormats = false
    },
  })
  return kinds
}

interface CellContext {
  readonly strings: readonly string[]
  readonly formats: readonly FormatKind[]
  readonly from1904: boolean
  readonly decimalMark: '.' | ','
}

function readRows(archive: Archive, sheet: Sheet, context: CellContext, options: WorkbookOptions, log: IssueLog): void {
  const xml = xmlOf(archive, sheet.path)
  if (xml === undefined) throw new WorkbookError(`the workbook has no data for the sheet "${clipped(sheet.name)}"`)
  const hiddenRows: number[] = []
  const hiddenColumns: string[] = []
  const merged: string[] = []
  let formulas = 0
  let withoutValue = 0
  let blanks = 0
  let isWanted = true

  let cells: string[] = []
  let rowNumber = 0
  let column = -1
  let type = ''
  let style = 0
  let value = ''
  let hasValue = false
  let hasFormula = false
  let collecting = false
  let inReading = false

  const finishCell = (): void => {
    if (!isWanted) return
    if (hasFormula) formulas += 1
    if (hasFormula && !hasValue) withoutValue += 1
    const text = hasValue ? cellText(value, type, style, context) : ''
    const gap = column - cells.length
    if (gap > 0) blanks += gap > widestGap ? 5 * gap : gap
    if (blanks > mostBlanks)
      throw new WorkbookError('the sheet has its cells too far apart', 'Delete what stands far to the right of the table.')
    while (cells.length < column) cells.push('')
    cells[column] = text
  }

  readXml(xml, {
    open: (name, attributes) => {
      switch (name) {
        case 'row': {
          rowNumber = Number(attributes.get('r') ?? rowNumber + 1)
          if (!Number.isSafeInteger(rowNumber) || rowNumber < 1) throw new WorkbookError('a row of the sheet has no number')
          cells = []
          column = -1
          if (isTrue(attributes.get('hidden'))) hiddenRows.push(rowNumber)
          break
        }
        case 'c': {
          column = attributes.has('r') ? columnOf(attributes.get('r') ?? '') : column + 1
          if (column >= options.maxColumns) {
            throw new WorkbookError(
              `the sheet has more than ${options.maxColumns} columns`,
              'Raise the option maxColumns.',
              'too-many-columns',
            )
          }
          type = attributes.get('t') ?? 'n'
          style = Number(attributes.get('s') ?? 0)
          value = ''
          hasValue = false
          hasFormula = false
          break
        }
        case 'v':
          hasValue = true
          collecting = true
          break
        case 't':
          hasValue ||= type === 'inlineStr'
          collecting = type === 'inlineStr' && !inReading
          break
        case 'rPh':
          inReading = true
          break
        case 'f':
          hasFormula = true
          break
        case 'col':
          if (isTrue(attributes.get('hidden'))) hiddenColumns.push(columnRange(attributes))
          break
        case 'mergeCell':
          merged.push(attributes.get('ref') ?? '')
          break
        default:
      }
    },
    text: (piece) => {
      if (collecting) value += piece
    },
    close: (name) => {
      switch (name) {
        case 'v':
        case 't':
          collecting = false
          break
        case 'rPh':
          inReading = false
          break
        case 'c':
          finishCell()
          break
        case 'row':
          if (isWanted) isWanted = options.onRow(cells, rowNumber)
          break
        default:
      }
    },
  })

  const hidden = [
    ...(hiddenRows.length === 0 ? [] : [`rows ${listed(hiddenRows)}`]),
    ...(hiddenColumns.length === 0 ? [] : [`columns ${listed(hiddenColumns)}`]),
  ]
  if (hidden.length > 0) {
    log.addOfFile(
      'warning',
      'hidden-cells',
      `the sheet has hidden ${hidden.join(' and ')}; they were read like the others`,
      'Look whether they belong to the answers.',
    )
  }
  for (const reference of merged) {
    const [first = ''] = reference.split(':')
    log.add({
      severity: 'warning',
      row: Number(/\d+$/.exec(first)?.[0] ?? NaN) || null,
      column: null,
      cell: first,
      value: null,
      code: 'merged-cells',
      message: `the cells ${clipped(reference)} are merged; only the first of them has the value, the others are blank`,
      hint: 'Split them, and fill in what is meant for each row.',
    })
  }
  if (formulas > 0) {
    log.addOfFile(
      withoutValue > 0 ? 'error' : 'warning',
      'formula',
      `${formulas} cells are formulas; their last values were read${withoutValue === 0 ? '' : `, and ${withoutValue} have none and are blank`}`,
      'Open the workbook, let it compute, and save it.',
    )
  }
}

function cellText(value: string, type: string, style: number, { strings, formats, from1904, decimalMark }: CellContext): string {
  switch (type) {
    case 's': {
      const text = strings[Number(value)]
      if (text === undefined) throw new WorkbookError('the workbook refers to a text that it does not have')
      return text
    }
    case 'b':
      return isTrue(value.trim()) ? 'TRUE' : 'FALSE'
    case 'str':
    case 'inlineStr':
      return unescaped(value)
    case 'e':
      return value
    case 'd':
      return value.replace(/T00:00:00(?:\.0+)?Z?$/, '')
    default: {
      const number = Number(value)
      if (value.trim() === '' || !Number.isFinite(number)) return value
      switch (formats[style] ?? 'number') {
        case 'date':
          return dateOfSerial(number, from1904) ?? String(number)
        case 'time':
          return number < 1 ? timeOfSerial(number) : (dateOfSerial(number, from1904) ?? String(number))
        case 'percentage':
          // Fifteen digits are what a spreadsheet keeps; the product has more.
          return `${String(Number((number * 100).toPrecision(15))).replace('.', decimalMark)}%`
        case 'number':
          return String(number).replace('.', decimalMark)
      }
    }
  }
}

/** Characters that XML cannot hold stand as `_x000D_`. */
function unescaped(text: string): string {
  return text.includes('_x') ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))) : text
}

function xmlOf(archive: Archive, path: string): string | undefined {
  const bytes = archive.part(path)
  if (bytes === undefined) return undefined
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8'
  return new TextDecoder(encoding).decode(bytes)
}

function columnOf(reference: string): number {
  let column = 0
  for (let i = 0; i < reference.length; i += 1) {
    const code = reference.charCodeAt(i) - 64
    if (code < 1 || code > 26) break
    column = column * 26 + code
    if (column > 100_000) break
  }
  if (column === 0) throw new WorkbookError(`a cell has the reference "${clipped(reference)}"`)
  return column - 1
}

function columnRange(attributes: ReadonlyMap<string, string>): string {
  const first = letters(Number(attributes.get('min') ?? 1) - 1)
  const last = letters(Number(attributes.get('max') ?? 1) - 1)
  return first === last ? first : `${first} to ${last}`
}

function listed(items: readonly (string | number)[]): string {
  return items.length <= 10 ? items.join(', ') : `${items.slice(0, 10).join(', ')} and ${items.length - 10} more`
}

function isTrue(text: string | undefined): boolean {
  return text === '1' || text === 'true'
}
