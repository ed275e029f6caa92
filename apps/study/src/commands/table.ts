import { readFile } from 'node:fs/promises'
import {
  chiSquaredTest,
  cramersV,
  fisherExactTest,
  fisherFreemanHaltonTest,
  likelihoodRatioTest,
  margins,
  oddsRatio,
  riskDifference,
  riskRatio,
  StatsError,
} from '@open-digital-capability/stats'
import { type AddCommand } from '../cli.ts'
import { exitCode, UserError } from '../exit-code.ts'
import { decimal, pValueText } from '../show/numbers.ts'
import { tableLines } from '../show/terminal-table.ts'
import { writeResult } from './write-result.ts'

/** `study table`: every test and interval that applies to one table. */
export const tableCommand: AddCommand = (program, streams, ended) => {
  program
    .command('table')
    .argument('[counts...]', 'rows of counts, as in "12 14; 13 122"; read from standard input where none are given')
    .description('every test and interval that applies to a contingency table')
    .option('--confidence-level <share>', 'level of the intervals', Number, 0.95)
    .option('--json', 'print the result as JSON')
    .option('--out <file>', 'write to a file instead of the terminal')
    .action(async (words: string[], options: { confidenceLevel: number; json?: boolean; out?: string }) => {
      const typed = words.length > 0 ? words.join(' ') : await readFile('/dev/stdin', 'utf8').catch(() => '')
      const result = inspect(parseCounts(typed), options.confidenceLevel)
      await writeResult(
        options.json ? `${JSON.stringify(result, null, 2)}\n` : inspectionText(result, Math.min(streams.columns, 120)),
        options.out,
        streams,
      )
      ended(exitCode.ok)
    })
}

/** Counts from text: rows by line or semicolon, cells by blanks, commas or tabs. */
function parseCounts(text: string): number[][] {
  const rows = text
    .split(/[;\n]/)
    .map((row) => row.trim())
    .filter((row) => row !== '')
  const counts = rows.map((row) =>
    row.split(/[\s,|]+/).map((cell) => {
      if (!/^\d+$/.test(cell)) throw new UserError(exitCode.usage, `"${cell}" is not a count; write rows as in "12 14; 13 122"`)
      return Number(cell)
    }),
  )
  if (counts.length === 0) throw new UserError(exitCode.usage, 'no counts given; write rows as in "12 14; 13 122", or pipe them in')
  return counts
}

function inspect(counts: number[][], confidenceLevel: number) {
  try {
    const isTwoByTwo = counts.length === 2 && counts[0]?.length === 2
    return {
      counts,
      margins: margins(counts),
      pearson: chiSquaredTest(counts),
      yates: isTwoByTwo ? chiSquaredTest(counts, { continuityCorrection: 'yates' }) : null,
      likelihoodRatio: likelihoodRatioTest(counts),
      exact: isTwoByTwo ? fisherExactTest(counts, { confidenceLevel }) : fisherFreemanHaltonTest(counts),
      oddsRatio: isTwoByTwo ? oddsRatio(counts, { confidenceLevel }) : null,
      riskRatio: isTwoByTwo ? riskRatio(counts, { confidenceLevel }) : null,
      riskDifference: isTwoByTwo ? riskDifference(counts, { confidenceLevel }) : null,
      cramersV: cramersV(counts, { confidenceLevel }),
    }
  } catch (error) {
    if (error instanceof StatsError) throw new UserError(exitCode.usage, error.message)
    throw error
  }
}

function inspectionText(result: ReturnType<typeof inspect>, width: number): string {
  const { counts, margins: totals } = result
  const table = tableLines(
    [{ head: '' }, ...totals.columns.map((_, j) => ({ head: `c${j + 1}`, align: 'right' as const })), { head: 'total', align: 'right' }],
    [
      ...counts.map((row, i) => [`r${i + 1}`, ...row.map(String), String(totals.rows[i])]),
      ['total', ...totals.columns.map(String), String(totals.total)],
    ],
    width,
  )
  const tests = [result.pearson, result.yates, result.likelihoodRatio, result.exact].flatMap((test) =>
    test === null
      ? []
      : [
          test.method === 'not-testable'
            ? [test.test, '', '', '', test.message]
            : [
                'continuityCorrection' in test && test.continuityCorrection === 'yates' ? `${test.method}, Yates` : test.method,
                test.degreesOfFreedom === null ? '' : decimal(test.statistic, 4),
                test.degreesOfFreedom === null ? '' : String(test.degreesOfFreedom),
                pValueText(test.pValue),
                'approximation' in test ? test.approximation : 'status' in test ? test.status : 'exact',
              ],
        ],
  )
  const effects = [result.oddsRatio, result.riskRatio, result.riskDifference, result.cramersV].flatMap((effect) =>
    effect === null
      ? []
      : [
          [
            effect.measure,
            decimal(effect.estimate, 4),
            effect.confidenceInterval === null
              ? '–'
              : `${decimal(effect.confidenceInterval.lower, 4)} to ${effect.confidenceInterval.upper === null ? '∞' : decimal(effect.confidenceInterval.upper, 4)}`,
            'interval' in effect ? effect.interval : 'noncentral chi-squared',
          ],
        ],
  )
  return `${[
    ...table,
    '',
    ...tableLines(
      [
        { head: 'test' },
        { head: 'statistic', align: 'right' },
        { head: 'df', align: 'right' },
        { head: 'P', align: 'right' },
        { head: 'approximation' },
      ],
      tests,
      width,
    ),
    '',
    ...tableLines([{ head: 'effect' }, { head: 'estimate', align: 'right' }, { head: 'interval' }, { head: 'method' }], effects, width),
  ].join('\n')}\n`
}
