import { readCsvRows } from '@open-digital-capability/schema/read'
import { exitCode, UserError } from '../exit-code.ts'

/** A text with where it stands. */
export interface GivenText {
  /** `row 12`, `line 3`; `null` for a text that was typed. */
  readonly where: string | null
  readonly text: string
}

/** Columns and keys in which texts are looked for where none is named. */
const usual = ['technologies', 'text', 'answer', 'response']

/** The texts of a file: a column of a CSV file, a key of JSON lines, or the lines of any other text. */
export function readTexts(bytes: Uint8Array, file: string, column: string | undefined): GivenText[] {
  const plain = new TextDecoder().decode(bytes).replace(/^\ufeff/, '')
  if (plain.trim() === '') throw new UserError(exitCode.unreadable, `${file} is empty`)
  if (plain.startsWith('PK')) throw new UserError(exitCode.unreadable, `${file} is a workbook; save the sheet as CSV`)
  if (/\.(csv|tsv)$/i.test(file)) return ofCsv(bytes, file, column)
  if (/\.(jsonl|ndjson)$/i.test(file)) return ofJsonLines(plain, file, column)
  if (column !== undefined)
    throw new UserError(exitCode.usage, `--column goes with a CSV, JSONL or NDJSON file; ${file} is read line by line`)
  return plain.split(/\r?\n/).flatMap((line, i) => (line.trim() === '' ? [] : [{ where: `line ${i + 1}`, text: line.trim() }]))
}

function ofCsv(bytes: Uint8Array, file: string, column: string | undefined): GivenText[] {
  const { rows, issues } = readCsvRows(bytes)
  const fault = issues.find(({ severity }) => severity === 'error')
  if (fault !== undefined) throw new UserError(exitCode.unreadable, `${file} is not valid CSV: ${fault.message}`)
  const [header, ...body] = rows
  const names = (header?.cells ?? []).map((cell) => cell.trim())
  const position = names.indexOf(chosen(names, file, column))
  return body.flatMap(({ cells, row }) => (cells[position]?.trim() ? [{ where: `row ${row}`, text: cells[position].trim() }] : []))
}

function ofJsonLines(plain: string, file: string, column: string | undefined): GivenText[] {
  let key: string | undefined
  return plain.split('\n').flatMap((line, i): GivenText[] => {
    if (line.trim() === '') return []
    const where = `line ${i + 1}`
    const value = parsed(line, file, where)
    if (typeof value === 'string') return value.trim() === '' ? [] : [{ where, text: value }]
    if (typeof value !== 'object' || value === null)
      throw new UserError(exitCode.unreadable, `${file}, ${where}: expected an object or a text in quotes`)
    key ??= chosen(Object.keys(value), file, column)
    const text: unknown = (value as Record<string, unknown>)[key]
    return typeof text === 'string' && text.trim() !== '' ? [{ where, text }] : []
  })
}

function parsed(line: string, file: string, where: string): unknown {
  try {
    return JSON.parse(line)
  } catch (error) {
    throw new UserError(exitCode.unreadable, `${file}, ${where} is not valid JSON: ${(error as Error).message}`)
  }
}

/** The column that is named, the only one, or the one that usually holds texts. */
function chosen(names: readonly string[], file: string, column: string | undefined): string {
  const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase()
  const found =
    column !== undefined
      ? names.find((name) => same(name, column))
      : names.length === 1
        ? names[0]
        : usual.flatMap((candidate) => names.filter((name) => same(name, candidate)))[0]
  if (found !== undefined) return found
  const list = names.slice(0, 12).join(', ')
  throw new UserError(
    exitCode.usage,
    column === undefined
      ? `which column of ${file} holds the texts? Name it with --column: ${list}`
      : `${file} has no column "${column}"; it has ${list}`,
  )
}
