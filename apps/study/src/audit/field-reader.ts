import { type AuditFileIssue } from './printed-figure-item.ts'

/** An object of a JSON file that is not trusted. */
export type JsonObject = Readonly<Record<string, unknown>>

/** Whether a value is an object with keys. */
export const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value)

/** What people write for each field; the first is the one that the guide names. */
const spellings = {
  counts: ['counts', 'cells', 'observed'],
  reported: ['reported', 'printed'],
  statistic: ['statistic', 'stat', 'chi2', 'chisq', 'chi_squared', 'chiSquared', 'x2', 'X2', 'value'],
  degreesOfFreedom: ['df', 'dof', 'degreesOfFreedom', 'degrees_of_freedom'],
  pValue: ['p', 'pValue', 'p_value', 'P', 'pval'],
  test: ['test', 'method', 'test_name'],
  count: ['count', 'x', 'numerator', 'k'],
  base: ['base', 'n', 'denominator', 'N', 'of'],
  percentage: ['percentage', 'pct', 'percent'],
  parts: ['parts', 'addends'],
  total: ['total', 'sum'],
  proportion: ['proportion'],
  estimate: ['estimate', 'proportion', 'p'],
  lower: ['lower', 'low', 'lcl'],
  upper: ['upper', 'high', 'ucl'],
  level: ['level', 'confidence', 'confidence_level'],
  unit: ['unit'],
  weighted: ['weighted'],
  rowTotals: ['rowTotals', 'row_totals'],
  columnTotals: ['columnTotals', 'column_totals', 'col_totals'],
} as const

/** A field of a printed figure. */
export type Field = keyof typeof spellings

/** Keys that describe and are not looked at. */
const descriptive = new Set([
  'id', 'label', 'name', 'title', 'where', 'unknown', 'series', 'year', 'question', 'note', 'notes', 'comment', 'kind', 'rows', 'cols', 'columns',
  'citation', 'authors', 'doi', 'url', 'source', 'licence', 'license', 'visible', 'page', 'table', 'location', 'version', 'date', 'agreement', 'our_reading',
  'r_recomputed', 'recomputed', 'recomputed_with', 'built', '$schema',
]) // prettier-ignore

/** The fields of an object under their own names; every key that is neither a field asked for nor descriptive becomes an issue. */
export function fieldsOf<F extends Field>(
  object: JsonObject,
  path: string,
  wanted: readonly F[],
  issues: AuditFileIssue[],
): Readonly<Partial<Record<F, unknown>>> {
  const fields: Partial<Record<F, unknown>> = {}
  const taken = new Set<string>()
  for (const field of wanted) {
    const key = spellings[field].find((spelling) => spelling in object && !taken.has(spelling))
    if (key === undefined) continue
    taken.add(key)
    if (object[key] !== null && object[key] !== undefined && object[key] !== '') fields[field] = object[key]
  }
  for (const key of Object.keys(object)) {
    if (taken.has(key) || descriptive.has(key)) continue
    const expected = wanted.map((field) => spellings[field][0]).join(', ')
    issues.push({ path: `${path}.${key}`, code: 'unknown-key', message: `this key is not known and was left out; known here: ${expected}` })
  }
  return fields
}

/** A printed number as text; `null` where none is given, a reason where it is something else. */
export function printedText(value: unknown): string | null {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value)
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null
}

/** Thrown while one figure is read; it then cannot be checked, and the others can. */
export class UnreadableFigure extends Error {
  override readonly name = 'UnreadableFigure'
}

/** A count, given as a number or as text such as `1,234` or `1 234`; `null` where none is given. */
export function countOf(value: unknown, name: string): number | null {
  if (value === undefined || value === null) return null
  const number = typeof value === 'string' ? Number(value.trim().replace(/(\d)[,\s](?=\d{3}(?!\d))/g, '$1')) : value
  if (typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 && value !== '') return number
  const hint =
    typeof number === 'number' && number > 0
      ? '; weighted or estimated counts cannot be checked'
      : typeof value === 'string' && /^\s*\d+\s*\(.*\)/.test(value)
        ? '; write the count alone, and what stands in brackets as a figure of its own under "percents"'
        : ''
  throw new UnreadableFigure(`${name} is ${JSON.stringify(value)}, expected a count${hint}`)
}

/** A printed number, checked to be one. */
export function numberText(value: unknown, name: string): string | null {
  if (value === undefined || value === null) return null
  const text = printedText(value)
  if (text === null) throw new UnreadableFigure(`${name} is ${JSON.stringify(value)}, expected a number as printed, such as "69.6"`)
  return text
}

/** `P = .03*`, `p<0.001`, `n.s.`: P as the tests read it. */
export function pValueOf(value: unknown): string | null {
  const text = numberText(value, 'p')
  if (text === null) return null
  const plain = text.replace(/^p\s*(?:-?\s*value)?\s*[:=]?\s*(?=[<>=≤≥.\d])/i, '').replace(/[*†‡§\s]+$/, '')
  return /^n\.?\s?s\.?$/i.test(plain) ? '>.05' : plain
}
