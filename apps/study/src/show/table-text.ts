import { type EffectLine, type TableInspection } from '../table/inspect-table.ts'
import { pText } from '../audit/number-text.ts'
import { decimal as signed, levelText, percent, percentRange } from './numbers.ts'
import { tableLines, wrap } from './terminal-table.ts'

const decimal = (value: number | null, decimals: number): string => signed(value, decimals).replace('-', '−')

const right = { align: 'right' } as const
/** Everything that applies to a table, as a person reads it in a terminal. */
export function tableText(result: TableInspection, width: number): string {
  const { chosen, options } = result
  const level = levelText(options.confidenceLevel)
  const because =
    chosen === null ? '' : chosen.pValue === null ? `No test: ${chosen.because}` : `${chosen.because} P ${pText(chosen.pValue)}.`
  return `${[
    ...countLines(result, width),
    ...(because === '' ? [] : ['', ...wrap(because, width - 2).map((line) => `  ${line}`)]),
    ...(result.tests.length === 0 ? [] : ['', ...testLines(result, width)]),
    ...(result.effects.length === 0 ? [] : ['', ...effectLines(result, level, width)]),
    ...(result.shares.length === 0 ? [] : ['', ...shareLines(result, level, width)]),
    ...(result.standardizedResiduals === null ? [] : ['', ...residualLines(result, width)]),
  ].join('\n')}\n`
}

const short = (label: string, most: number): string => (label.length > most ? `${label.slice(0, most - 1).trimEnd()}…` : label)

const rowLabelWidth = 20
const columnLabelWidth = 14

/** The labels of as many columns as a terminal shows without breaking its lines. */
function fittingColumns({ columnLabels, counts, rowLabels, total }: TableInspection, width: number): readonly string[] {
  const labels = columnLabels.map((label) => short(label, columnLabelWidth))
  const digits = Math.max(6, ...counts.flat().map((count) => String(count).length))
  let room = width - 4 - Math.min(rowLabelWidth, Math.max(5, ...rowLabels.map(({ length }) => length))) - Math.max(5, String(total).length)
  const fitting = labels.findIndex((label) => (room -= Math.max(label.length, digits) + 2) < 0)
  return fitting === -1 ? labels : labels.slice(0, fitting)
}

function countLines(result: TableInspection, width: number): string[] {
  const { counts, rowLabels, columnLabels, rowTotals, columnTotals, total } = result
  const columns = fittingColumns(result, width)
  const cut = columns.length < columnLabels.length
  const rows = counts.map((row, i) => [
    short(rowLabels[i] ?? '', rowLabelWidth),
    ...row.slice(0, columns.length).map(String),
    String(rowTotals[i]),
  ])
  return [
    ...tableLines(
      [{ head: '' }, ...columns.map((head) => ({ head, ...right })), { head: 'total', ...right }],
      [...rows, ['total', ...columnTotals.slice(0, columns.length).map(String), String(total)]],
      width,
    ),
    ...(cut ? ['', `  ${columnLabels.length - columns.length} more of the columns counted and not shown (--json has all)`] : []),
  ]
}

function testLines({ tests }: TableInspection, width: number): string[] {
  const hasNote = tests.some(({ note }) => note !== '')
  const columns = [
    { head: 'test' },
    { head: 'statistic', ...right },
    { head: 'df', ...right },
    { head: 'P', ...right },
    ...(hasNote ? [{ head: 'note' }] : []),
  ]
  const rows = tests.map(({ test, statistic, degreesOfFreedom, pValue, note }) => [
    test,
    statistic === null ? '' : decimal(statistic, 4),
    degreesOfFreedom === null ? '' : String(degreesOfFreedom),
    pValue === null ? '–' : pText(pValue),
    ...(hasNote ? [note] : []),
  ])
  return tableLines(columns, rows, width)
}

function effectLines({ effects }: TableInspection, level: string, width: number): string[] {
  const columns = [{ head: 'effect' }, { head: 'estimate', ...right }, { head: `${level} interval` }, { head: 'method and note' }]
  const rows = effects.map(({ effect, estimate, interval, note }) => [
    effect,
    decimal(estimate, 4),
    intervalText(interval),
    [interval?.method ?? '', note].filter((text) => text !== '').join('; '),
  ])
  return tableLines(columns, rows, width)
}

const intervalText = (interval: EffectLine['interval']): string =>
  interval === null ? '' : `${decimal(interval.lower, 4)} to ${interval.upper === null ? '∞' : decimal(interval.upper, 4)}`

function shareLines({ shares, columnLabels }: TableInspection, level: string, width: number): string[] {
  const rows = shares.map(({ row, count, of, proportion, lower, upper }) => [
    short(row, 30),
    String(count),
    String(of),
    proportion === null ? '–' : percent(proportion),
    lower === null || upper === null ? '' : percentRange(lower, upper),
  ])
  return tableLines(
    [
      { head: `${short(columnLabels[0] ?? '', 20)} in` },
      { head: 'n', ...right },
      { head: 'of', ...right },
      { head: '%', ...right },
      { head: `${level} (Wilson)` },
    ],
    rows,
    width,
  )
}

function residualLines(result: TableInspection, width: number): string[] {
  const columns = fittingColumns(result, width)
  const rows = (result.standardizedResiduals ?? []).map((row, i) => [
    short(result.rowLabels[i] ?? '', rowLabelWidth),
    ...row.slice(0, columns.length).map((value) => decimal(value, 2)),
  ])
  return [
    '  Adjusted residuals: beyond ±2 a cell departs from independence more than chance often makes one',
    '',
    ...tableLines([{ head: '' }, ...columns.map((head) => ({ head, ...right }))], rows, width),
  ].flatMap((text) => (text.length > width ? wrap(text.trim(), width - 2).map((part) => `  ${part}`) : [text]))
}
