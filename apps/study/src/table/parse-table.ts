import { readCsvRows } from '@open-digital-capability/schema/read'
import { exitCode, UserError } from '../exit-code.ts'

/** A table as typed, piped in or read from a CSV file. */
export interface TypedTable {
  readonly counts: readonly (readonly number[])[]
  readonly rowLabels: readonly string[]
  readonly columnLabels: readonly string[]
}

const example = 'write rows as in "12 14; 13 122"'
const isTotal = (label: string): boolean => /^(totals?|all|sum|n)$/i.test(label.trim())

/** A table from text: rows by line or semicolon, cells by blanks, commas, tabs or bars; or CSV with labels in its first row and column. */
export function parseTable(text: string): TypedTable {
  const plain = text.replace(/^\ufeff/, '').trim()
  if (plain === '') throw new UserError(exitCode.usage, `no counts given; ${example}, or pipe them in`)
  const table = /[^\d\s;,|]/.test(plain.replace(/^[\s|]+|[\s|]+$/gm, '')) ? labelled(plain) : bare(plain)
  const [first] = table.counts
  for (const [i, row] of table.counts.entries()) {
    if (row.length !== first?.length) {
      throw new UserError(exitCode.usage, `row ${i + 1} has ${row.length} counts, row 1 has ${first?.length}; every row needs as many`)
    }
  }
  if (table.counts.length < 2 || (first?.length ?? 0) < 2) {
    throw new UserError(
      exitCode.usage,
      `this table has ${table.counts.length} ${table.counts.length === 1 ? 'row' : 'rows'} of ${first?.length ?? 0}; a test needs at least two rows and two columns, ${example}`,
    )
  }
  return table
}

function bare(text: string): TypedTable {
  const counts = text
    .split(/[;\n]/)
    .map((row) => row.replace(/^[\s|]+|[\s|]+$/g, ''))
    .filter((row) => row !== '')
    .map((row) => row.split(/[\s,|]+/).map(countOf))
  return { counts, rowLabels: counts.map((_, i) => `r${i + 1}`), columnLabels: (counts[0] ?? []).map((_, j) => `c${j + 1}`) }
}

function labelled(text: string): TypedTable {
  const [header, ...rows] = /[\r\n]/.test(text) ? readCsvRows(text).rows.map(({ cells }) => cells.map((cell) => cell.trim())) : []
  const misread = text.match(/[^\s;,|]*[^\d\s;,|][^\s;,|]*/)?.[0] ?? text
  if (header === undefined || header.length < 3)
    throw new UserError(exitCode.usage, `"${misread}" is not a count; ${example}, or pipe in CSV with labels in its first row and column`)
  const columns = header.flatMap((label, j) => (j === 0 || isTotal(label) ? [] : [{ label, j }]))
  const kept = rows.filter(([label]) => !isTotal(label ?? ''))
  return {
    counts: kept.map((row) => columns.map(({ j }) => countOf(row[j] ?? ''))),
    rowLabels: kept.map(([label], i) => (label === undefined || label === '' ? `r${i + 1}` : label)),
    columnLabels: columns.map(({ label, j }) => label || `c${j}`),
  }
}

function countOf(cell: string): number {
  const count = Number(cell)
  if (!/^\d+$/.test(cell) || !Number.isSafeInteger(count)) {
    throw new UserError(
      exitCode.usage,
      cell === ''
        ? `a cell is empty; write 0 where there is nobody`
        : `"${cell}" is not a count; counts are whole numbers from 0, ${example}`,
    )
  }
  return count
}
