import { readCsvRows } from '@open-digital-capability/schema/read'
import { exitCode, UserError } from '../exit-code.ts'
import { type JsonObject } from './field-reader.ts'
import { figuresOfEntry } from './figures-of-entry.ts'
import { type AuditFile, type AuditFileIssue, type PrintedItem, type PrintedPaper } from './printed-figure-item.ts'

/** Columns of a CSV file of printed figures, one figure a row; only what is printed need be filled. */
const auditColumns = [
  'study',
  'citation',
  'id',
  'label',
  'counts',
  'statistic',
  'df',
  'p',
  'test',
  'percentage',
  'count',
  'base',
  'parts',
  'total',
  'lower',
  'upper',
  'level',
  'weighted',
  'note',
] as const

type Column = (typeof auditColumns)[number]
type Cells = Partial<Record<Column, string>>

/** The papers of a CSV file. */
export function readAuditCsv(bytes: Uint8Array, file: string): AuditFile {
  const { rows, issues: faults } = readCsvRows(bytes)
  const fault = faults.find(({ severity }) => severity === 'error')
  if (fault !== undefined) throw new UserError(exitCode.unreadable, `${file} is not valid CSV: ${fault.message}`)
  const [header, ...body] = rows
  const names = (header?.cells ?? []).map((cell) => cell.trim().toLowerCase())
  const isKnown = (name: string): name is Column => (auditColumns as readonly string[]).includes(name)
  if (!names.some((name) => ['counts', 'percentage', 'parts', 'p', 'lower'].includes(name))) {
    throw new UserError(
      exitCode.unreadable,
      `${file}: row 1 names none of the columns counts, p, percentage, parts, lower; expected a header such as "study,id,label,count,base,percentage" (docs/audit-a-paper.md)`,
    )
  }
  const issues: AuditFileIssue[] = names
    .filter((name) => name !== '' && !isKnown(name))
    .map((name) => ({
      path: `column ${name}`,
      code: 'unknown-key',
      message: `this column is not known and was left out; known: ${auditColumns.join(', ')}`,
    }))
  const papers = new Map<string, PrintedPaper & { items: PrintedItem[] }>()
  for (const { cells, row } of body) {
    const given: Cells = Object.fromEntries(
      names.flatMap((name, j) => (isKnown(name) && cells[j]?.trim() ? [[name, cells[j].trim()]] : [])),
    )
    const id = given.study ?? 'study'
    const paper = papers.get(id) ?? { id, citation: given.citation ?? null, bases: [], items: [] }
    papers.set(id, paper)
    const kind = kindOf(given)
    if (kind === null) {
      issues.push({ path: `row ${row}`, code: 'nothing-printed', message: 'no percentage, test, sum or interval stands in this row' })
      continue
    }
    paper.items.push(
      ...figuresOfEntry(entryOf(given, kind), { kind, id: given.id ?? `row ${row}`, path: `row ${row}`, obstacle: null }, issues),
    )
  }
  if ([...papers.values()].every(({ items }) => items.length === 0))
    throw new UserError(exitCode.unreadable, `${file} holds no printed figure below its header`)
  return { papers: [...papers.values()], issues }
}

function kindOf({ parts, total, lower, upper, percentage, counts, statistic, p }: Cells): PrintedItem['kind'] | null {
  if (parts !== undefined || (total !== undefined && counts === undefined)) return 'sum'
  if (lower !== undefined || upper !== undefined) return 'interval'
  if (counts !== undefined || statistic !== undefined || p !== undefined) return 'test'
  return percentage === undefined ? null : 'percentage'
}

/** A row as the JSON form would have it. */
function entryOf({ counts, parts, weighted, study: _study, citation: _citation, ...cells }: Cells, kind: PrintedItem['kind']): JsonObject {
  return {
    ...cells,
    ...(counts === undefined ? {} : { counts: counts.split(/[;/\n]/).map((row) => row.trim().split(/[\s,|]+/)) }),
    ...(parts === undefined ? {} : { parts: parts.split(/\s*[+;]\s*|\s+/).filter((part) => part !== '') }),
    ...(weighted === undefined ? {} : { weighted: /^(yes|y|true|1)$/i.test(weighted) }),
    ...(kind === 'interval' && cells.p !== undefined && cells.percentage === undefined ? { estimate: cells.p } : {}),
  }
}
