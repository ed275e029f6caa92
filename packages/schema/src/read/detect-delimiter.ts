import { headerKey } from '../questionnaire/questionnaire.ts'
import { createCsvParser } from './csv-parser.ts'

/** Signs that may stand between cells. */
const delimiters = [',', ';', '\t', '|'] as const

/** How many signs at the start of a text are looked at. */
const sampleLength = 65_536

/** How many rows may stand above the headers: a title, a date, a note. */
export const mostRowsAboveHeaders = 20

/** Which fields headers name, by {@link headerKey}. */
export type FieldOfHeader = ReadonlyMap<string, string>

/** How many cells of a row are known headers; `0` where none of them says which organisation a row is of. */
export function headersKnown(cells: readonly string[], fieldOf: FieldOfHeader): number {
  let known = 0
  let hasOrganisation = false
  for (const cell of cells) {
    const field = fieldOf.get(headerKey(cell))
    if (field !== undefined) known += 1
    hasOrganisation ||= field === 'organisation'
  }
  return hasOrganisation ? known : 0
}

/**
 * The sign between the cells of a table: the one under which a row of headers comes first, and of those that tie, the one under
 * which most of its cells are known headers, then the one that cuts the first row into most cells.
 *
 * @param start - the start of the text
 * @param fieldOf - the headers that are known; empty where any may stand
 * @param isWhole - whether nothing follows
 * @returns `undefined` where more of the text is needed to tell
 */
export function detectDelimiter(start: string, fieldOf: FieldOfHeader, isWhole: boolean): string | undefined {
  const sample = start.slice(0, sampleLength)
  const isEnough = isWhole || start.length >= sampleLength
  const candidates = delimiters.map((delimiter) => {
    const rows = firstRows(sample, delimiter, isEnough)
    const at = rows.findIndex((cells) => headersKnown(cells, fieldOf) > 0)
    const first = rows[Math.max(at, 0)] ?? []
    const known = first.filter((cell) => fieldOf.has(headerKey(cell))).length
    return { delimiter, rows: rows.length, headersAt: at === -1 ? Infinity : at, known, cells: first.length }
  })
  const headersAt = Math.min(...candidates.map((candidate) => candidate.headersAt))
  const wanted = fieldOf.size === 0 ? 1 : Math.min(headersAt + 1, mostRowsAboveHeaders)
  if (!isEnough && candidates.some(({ rows }) => rows < wanted)) return undefined
  const best = candidates.reduce((best, next) => {
    const order = best.headersAt - next.headersAt || next.known - best.known || next.cells - best.cells
    // Infinity less Infinity is no number, and `||` takes it for equal.
    return order > 0 ? next : best
  })
  return best.delimiter
}

/** The first rows that are not blank, as far as they are complete. */
function firstRows(sample: string, delimiter: string, isEnough: boolean): readonly (readonly string[])[] {
  const rows: string[][] = []
  const parser = createCsvParser({
    delimiter,
    maxRowLength: Infinity,
    maxColumns: Infinity,
    onRow: (cells) => {
      if (rows.length < mostRowsAboveHeaders && cells.some((cell) => cell.trim() !== '')) rows.push(cells)
    },
    onFault: () => undefined,
  })
  parser.write(sample)
  if (isEnough) parser.end()
  return rows
}

/** The sign that a first line such as `sep=;` declares, as spreadsheets write and hide it, and the text without that line. */
export function declaredDelimiter(start: string): { readonly delimiter: string; readonly rest: string } | undefined {
  const declared = /^sep=([^"\r\n])(?:\r\n?|\n|$)/i.exec(start)
  return declared?.[1] === undefined ? undefined : { delimiter: declared[1], rest: start.slice(declared[0].length) }
}
