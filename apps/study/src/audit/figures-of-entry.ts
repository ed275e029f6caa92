import { parsePrintedNumber, StatsError } from '@open-digital-capability/stats'
import {
  countOf,
  type Field,
  fieldsOf,
  isObject,
  type JsonObject,
  numberText,
  printedText,
  pValueOf,
  UnreadableFigure,
} from './field-reader.ts'
import { type AuditFileIssue, type PrintedItem } from './printed-figure-item.ts'
import { testSentence } from './test-sentence.ts'

/** Why a weighted figure is left alone. */
export const weightedReason = 'the figures are weighted, and the weights are not printed'

/** Where an entry stands and what it holds. */
export interface Place {
  readonly kind: PrintedItem['kind']
  readonly id: string
  readonly path: string
  readonly obstacle: string | null
}

/** The figures of one entry: itself, and the sums that its printed totals ask for. */
export function figuresOfEntry(entry: unknown, place: Place, issues: AuditFileIssue[]): PrintedItem[] {
  if (!isObject(entry)) {
    issues.push({ path: place.path, code: 'not-readable', message: `expected an object, { … }` })
    return []
  }
  const { kind, path } = place
  const head = {
    id: printedText(entry['id']) ?? place.id,
    path,
    label:
      printedText(entry['label']) ??
      printedText(entry['name']) ??
      printedText(entry['where']) ??
      printedText(entry['unknown']) ??
      seriesOf(entry),
  }
  const read = (): PrintedItem[] => {
    switch (kind) {
      case 'test':
        return testItems(entry, { ...head, obstacle: place.obstacle }, issues)
      case 'percentage':
        return [percentageItem(entry, { ...head, obstacle: place.obstacle }, issues)]
      case 'sum':
        return [sumItem(entry, { ...head, obstacle: place.obstacle }, issues)]
      case 'interval':
        return [intervalItem(entry, { ...head, obstacle: place.obstacle }, issues)]
    }
  }
  try {
    return read()
  } catch (error) {
    if (!(error instanceof UnreadableFigure || error instanceof StatsError)) throw error
    return [unreadableItem(kind, { ...head, obstacle: error.message })]
  }
}

const seriesOf = (entry: JsonObject): string | null => [entry['series'], entry['year']].map(printedText).filter(Boolean).join(' ') || null

type Head = Pick<PrintedItem, 'id' | 'path' | 'label' | 'obstacle'>

/** A figure of which only the obstacle is known. */
function unreadableItem(kind: PrintedItem['kind'], head: Head): PrintedItem {
  switch (kind) {
    case 'test':
      return { ...head, kind, counts: null, statistic: null, degreesOfFreedom: null, pValue: null, named: null }
    case 'percentage':
      return { ...head, kind, percentage: '', count: null, base: null }
    case 'sum':
      return { ...head, kind, parts: [], total: '', unit: 'counts' }
    case 'interval':
      return { ...head, kind, estimate: null, lower: '', upper: '', count: null, base: null, level: 0.95, unit: 'proportion' }
  }
}

const testFields = ['statistic', 'degreesOfFreedom', 'pValue', 'test'] as const satisfies readonly Field[]

function testItems(entry: JsonObject, head: Head, issues: AuditFileIssue[]): PrintedItem[] {
  const nested = entry['reported'] ?? entry['printed']
  const own = fieldsOf(
    entry,
    head.path,
    ['counts', 'reported', 'weighted', 'rowTotals', 'columnTotals', 'total', 'base', ...testFields],
    issues,
  )
  const reported = isObject(nested) ? fieldsOf(nested, `${head.path}.reported`, ['weighted', 'base', ...testFields], issues) : {}
  const printed = reported.statistic ?? own.statistic ?? (isObject(nested) ? undefined : nested)
  const sentence = typeof printed === 'string' ? testSentence(printed) : null
  const counts = tableOf(own.counts ?? (Array.isArray(entry['table']) ? entry['table'] : undefined))
  const named = printedText(reported.test ?? own.test)
  const statistic = numberOrThrow(sentence?.statistic ?? printed, 'statistic')
  const item: PrintedItem = {
    ...head,
    kind: 'test',
    obstacle:
      head.obstacle ??
      (own.weighted === true || reported.weighted === true ? weightedReason : (unsupported(named, counts !== null) ?? negative(statistic))),
    counts,
    statistic,
    degreesOfFreedom: numberOrThrow(reported.degreesOfFreedom ?? own.degreesOfFreedom ?? sentence?.degreesOfFreedom, 'df'),
    pValue: checkedNumber(pValueOf(reported.pValue ?? own.pValue ?? sentence?.pValue), 'p'),
    named,
  }
  const sums = counts === null ? [] : totalsOf(counts, { base: sentence?.base, ...own }, head)
  return [item, ...sums]
}

/** The sums that printed totals of a table ask for. */
function totalsOf(
  counts: readonly (readonly number[])[],
  totals: { rowTotals?: unknown; columnTotals?: unknown; total?: unknown; base?: unknown },
  head: Head,
): PrintedItem[] {
  const sum = (what: string, parts: readonly number[], total: unknown): PrintedItem[] =>
    printedText(total) === null
      ? []
      : [
          {
            ...head,
            id: `${head.id} ${what}`,
            kind: 'sum',
            parts: parts.map(String),
            total: checkedNumber(printedText(total), what) as string,
            unit: 'counts',
          },
        ]
  const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])
  return [
    ...list(totals.rowTotals).flatMap((total, i) => (counts[i] === undefined ? [] : sum(`total of row ${i + 1}`, counts[i], total))),
    ...list(totals.columnTotals).flatMap((total, j) =>
      sum(
        `total of column ${j + 1}`,
        counts.map((row) => row[j] ?? 0),
        total,
      ),
    ),
    ...sum('total', counts.flat(), totals.total ?? totals.base),
  ]
}

/** Tests that are recomputed from the counts of a table. */
const ofCounts = /pearson|chi|χ|fisher|freeman|halton|yates|continuity|likelihood|^lr|^g$|g-test|exact|contingency|n\s*[-−]\s*1|campbell/i

/** Tests of something else than the table of counts, whose statistic is referred to chi-squared. */
const ofStatistic = /mcnemar|mantel|haenszel|cochran|trend|kruskal|friedman|log[-\s]?rank|hosmer|breslow|bowker|stuart|bhapkar|bartlett/i

function unsupported(named: string | null, hasCounts: boolean): string | null {
  if (named === null || (ofStatistic.test(named) ? !hasCounts : ofCounts.test(named))) return null
  return ofStatistic.test(named)
    ? `the paper names ${JSON.stringify(named)}, which these counts do not give; without "counts" P is checked against statistic and df`
    : `the paper names ${JSON.stringify(named)}, which cannot be recomputed from counts, statistic and degrees of freedom here`
}

/** Why a statistic is none of chi-squared; `null` where it may be one. */
function negative(statistic: string | null): string | null {
  return statistic !== null && parsePrintedNumber(statistic).value < 0
    ? `the printed statistic ${statistic} is negative, which no chi-squared statistic is; z and t statistics cannot be checked here`
    : null
}

function tableOf(value: unknown): readonly (readonly number[])[] | null {
  if (value === undefined) return null
  if (!Array.isArray(value) || !value.every((row): row is unknown[] => Array.isArray(row))) {
    throw new UnreadableFigure('counts is not a list of rows; expected [[8, 30], [66, 441]]')
  }
  const width = value[0]?.length ?? 0
  if (value.length < 2 || width < 2)
    throw new UnreadableFigure(`counts is ${value.length} × ${width}; a test needs at least two rows and two columns`)
  return value.map((row, i) => {
    if (row.length !== width) throw new UnreadableFigure(`counts[${i}] has ${row.length} cells, counts[0] has ${width}`)
    return row.map((cell, j) => {
      const count = countOf(cell, `counts[${i}][${j}]`)
      if (count === null) throw new UnreadableFigure(`counts[${i}][${j}] is missing`)
      return count
    })
  })
}

/** The text, once it is known to read as a number. */
function checkedNumber(text: string | null, name: string): string | null {
  if (text === null) return null
  try {
    parsePrintedNumber(text)
    return text
  } catch {
    throw new UnreadableFigure(`${name} is ${JSON.stringify(text)}, expected a number as printed, such as "3.61", ".14" or "<.001"`)
  }
}

const numberOrThrow = (value: unknown, name: string): string | null => checkedNumber(numberText(value, name), name)

function percentageItem(entry: JsonObject, head: Head, issues: AuditFileIssue[]): PrintedItem {
  const fields = fieldsOf(entry, head.path, ['percentage', 'proportion', 'count', 'base', 'unit', 'weighted'], issues)
  const printed = numberOrThrow(fields.percentage ?? fields.proportion, 'percentage')
  if (printed === null) throw new UnreadableFigure('no percentage is given ("pct")')
  const isProportion = fields.percentage === undefined || /^proportion/i.test(printedText(fields.unit) ?? '')
  const [count, base] = /^\s*([\d,\s]+?)\s*(?:\/|\bof\b)\s*([\d,\s]+)$/.exec(printedText(fields.count) ?? '')?.slice(1) ?? [
    fields.count,
    fields.base,
  ]
  return {
    ...head,
    obstacle: head.obstacle ?? (fields.weighted === true ? weightedReason : null),
    kind: 'percentage',
    percentage: isProportion ? asPercentage(printed) : printed,
    count: countOf(count, 'count'),
    base: countOf(base, 'base'),
  }
}

/** `0.305` as `30.5`: a printed proportion as a percentage, with every printed digit and no other. */
function asPercentage(printed: string): string {
  const { digits, decimals, relation } = parsePrintedNumber(printed)
  const text = String(digits)
    .padStart(decimals + 1, '0')
    .concat('0'.repeat(Math.max(0, 2 - decimals)))
  const kept = Math.max(0, decimals - 2)
  const whole = text.slice(0, text.length - kept).replace(/^0+(?=\d)/, '')
  return `${relation === '=' ? '' : relation}${whole}${kept === 0 ? '' : `.${text.slice(-kept)}`}`
}

function sumItem(entry: JsonObject, head: Head, issues: AuditFileIssue[]): PrintedItem {
  const fields = fieldsOf(entry, head.path, ['parts', 'total', 'unit', 'weighted'], issues)
  if (!Array.isArray(fields.parts) || fields.parts.length === 0) throw new UnreadableFigure('no parts are given ("parts": [3, 33, 15])')
  const parts = fields.parts.map((part: unknown, i) => {
    const text = numberOrThrow(part, `parts[${i}]`)
    if (text === null) throw new UnreadableFigure(`parts[${i}] is missing`)
    return text
  })
  const total = numberOrThrow(fields.total, 'total')
  if (total === null) throw new UnreadableFigure('no total is given')
  const isPercentage = /percent|%/.test(printedText(fields.unit) ?? '') || [...parts, total].some((text) => /[.%]/.test(text))
  return { ...head, kind: 'sum', parts, total, unit: isPercentage ? 'percentages' : 'counts' }
}

function intervalItem(entry: JsonObject, head: Head, issues: AuditFileIssue[]): PrintedItem {
  const fields = fieldsOf(
    entry,
    head.path,
    ['estimate', 'percentage', 'lower', 'upper', 'count', 'base', 'level', 'unit', 'weighted'],
    issues,
  )
  const lower = numberOrThrow(fields.lower, 'lower')
  const upper = numberOrThrow(fields.upper, 'upper')
  if (lower === null || upper === null) throw new UnreadableFigure(`the ${lower === null ? 'lower' : 'upper'} limit is missing`)
  const estimate = numberOrThrow(fields.percentage ?? fields.estimate, 'estimate')
  const level = Number(printedText(fields.level)?.replace('%', '') ?? 0.95)
  const isPercentage =
    fields.percentage !== undefined ||
    /percent|%/.test(printedText(fields.unit) ?? '') ||
    [estimate ?? '', lower, upper].some((text) => text.includes('%') || Number(text) > 1)
  if (!(level > 0 && level < 100)) throw new UnreadableFigure(`level is ${JSON.stringify(fields.level)}, expected 95 or 0.95`)
  return {
    ...head,
    obstacle: head.obstacle ?? (fields.weighted === true ? weightedReason : null),
    kind: 'interval',
    estimate,
    lower,
    upper,
    count: countOf(fields.count, 'count'),
    base: countOf(fields.base, 'base'),
    level: level >= 1 ? level / 100 : level,
    unit: isPercentage ? 'percentage' : 'proportion',
  }
}
