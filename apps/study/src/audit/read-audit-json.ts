import { type NamedBase } from '@open-digital-capability/stats'
import { exitCode, UserError } from '../exit-code.ts'
import { fieldsOf, isObject, type JsonObject, printedText } from './field-reader.ts'
import { figuresOfEntry, weightedReason } from './figures-of-entry.ts'
import { type AuditFile, type AuditFileIssue, type PrintedItem, type PrintedPaper } from './printed-figure-item.ts'

/** Lists of a paper in which figures stand, and what each holds. */
const lists = {
  tables: 'test',
  tests: 'test',
  percents: 'percentage',
  percentages: 'percentage',
  solve: 'percentage',
  sums: 'sum',
  intervals: 'interval',
} as const satisfies Readonly<Record<string, PrintedItem['kind']>>

const paperKeys = new Set([...Object.keys(lists), 'bases', 'weighted'])

/** The papers of a JSON file: `{ "studies": […] }`, a list of papers, or one paper. */
export function readAuditJson(text: string, file: string): AuditFile {
  const value = parse(text, file)
  const mend = 'expected { "studies": [ … ] }, a list of studies, or one study with "tables", "percents", "sums" or "intervals"'
  const wrap = isObject(value) && 'studies' in value
  const studies = wrap ? value['studies'] : Array.isArray(value) ? value : isObject(value) ? [value] : null
  const root = wrap ? 'studies' : Array.isArray(value) ? '' : null
  if (!Array.isArray(studies))
    throw new UserError(
      exitCode.unreadable,
      `${file}: ${wrap ? 'studies' : 'the file'} is ${kindOf(wrap ? value['studies'] : value)}; ${mend}`,
    )
  const issues: AuditFileIssue[] = []
  if (wrap) fieldsOf(omit(value, 'studies'), 'file', [], issues)
  const papers = studies.map((study: unknown, i) => {
    const path = root === null ? '' : `${root}[${i}]`
    if (!isObject(study))
      throw new UserError(
        exitCode.unreadable,
        `${file}: ${path || 'the file'} is ${kindOf(study)}; expected a study: an object with "tables", "percents", "sums" or "intervals"`,
      )
    return paperOf(study, path, i, issues, file)
  })
  if (papers.every(({ items }) => items.length === 0)) {
    throw new UserError(exitCode.unreadable, `${file} holds no printed figure; ${mend} (docs/audit-a-paper.md)`)
  }
  return { papers, issues }
}

function parse(text: string, file: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new UserError(exitCode.unreadable, `${file} is not valid JSON: ${(error as Error).message.split('\n')[0]}`)
  }
}

const omit = (object: JsonObject, ...keys: string[]): JsonObject =>
  Object.fromEntries(Object.entries(object).filter(([key]) => !keys.includes(key)))

const kindOf = (value: unknown): string =>
  value === null || value === undefined
    ? 'empty'
    : Array.isArray(value)
      ? 'a list'
      : typeof value === 'object'
        ? 'an object'
        : `a ${typeof value}`

function paperOf(study: JsonObject, path: string, index: number, issues: AuditFileIssue[], file: string): PrintedPaper {
  const id = printedText(study['id']) ?? `study ${index + 1}`
  const at = (key: string): string => (path === '' ? key : `${path}.${key}`)
  fieldsOf(omit(study, ...paperKeys), path === '' ? 'study' : path, [], issues)
  const obstacle = study['weighted'] === true ? weightedReason : null
  const items = Object.entries(lists).flatMap(([key, kind]): PrintedItem[] => {
    const list = study[key]
    if (list === undefined || list === null) return []
    if (!Array.isArray(list)) throw new UserError(exitCode.unreadable, `${file}: ${at(key)} is ${kindOf(list)}; expected a list, [ … ]`)
    return list.flatMap((entry: unknown, i) =>
      figuresOfEntry(entry, { kind, id: `${id} ${key}[${i}]`, path: `${at(key)}[${i}]`, obstacle }, issues),
    )
  })
  return {
    id,
    citation: printedText(study['citation']) ?? printedText(study['title']),
    bases: basesOf(study['bases'], at('bases'), issues),
    items,
  }
}

function basesOf(bases: unknown, path: string, issues: AuditFileIssue[]): NamedBase[] {
  if (bases === undefined || bases === null) return []
  const entries = Array.isArray(bases)
    ? bases.map((base: unknown) => (isObject(base) ? [base['id'] ?? base['label'], base['base'] ?? base['n']] : [String(base), base]))
    : isObject(bases)
      ? Object.entries(bases)
      : []
  return entries.flatMap(([id, base]) => {
    if (typeof base === 'number' && Number.isSafeInteger(base) && base > 0) return [{ id: String(id), base }]
    issues.push({ path, code: 'not-readable', message: `${JSON.stringify(base)} is not a base; write { "responded": 191 }` })
    return []
  })
}
