import { chiSquaredUpperTail } from '../distributions/chi-squared.ts'
import { type Counts, countsOf } from '../tables/contingency-table.ts'
import { auditTest, type AuditTestOptions, type PrintedTest } from './audit-test.ts'
import { printedFit } from './printed-fit.ts'
import { parsePrintedNumber } from './printed-number.ts'
import { type Slip, unslipped } from './printed-slips.ts'
import { type AuditedTestMethod, recomputedTest } from './recomputed-test.ts'

/** One change after which a printed test would be consistent; a possibility, not a finding. */
export type TestAlternative =
  /** The statistic or P is a slip of another number, which the test gives. */
  | {
      /** Names the change. */
      readonly kind: 'slip'
      /** Which number. */
      readonly of: 'statistic' | 'p-value'
      /** How it may have slipped. */
      readonly slip: Slip
      /** What would have been printed. */
      readonly printed: string
      /** The test that gives it. */
      readonly test: AuditedTestMethod
    }
  /** Two cells of the table stand in each other's place. */
  | {
      /** Names the change. */
      readonly kind: 'cells-swapped'
      /** Row and column of both, from 0. */
      readonly cells: readonly [readonly [number, number], readonly [number, number]]
      /** The table with the two swapped. */
      readonly counts: Counts
      /** The test that then gives all that is printed. */
      readonly test: AuditedTestMethod
    }
  /** One cell is a slip of another count. */
  | {
      /** Names the change. */
      readonly kind: 'cell-slip'
      /** Row and column, from 0. */
      readonly cell: readonly [number, number]
      /** The count that would be there. */
      readonly count: number
      /** How it may have slipped. */
      readonly slip: Slip
      /** The test that then gives all that is printed. */
      readonly test: AuditedTestMethod
    }
  /** P is that of the printed statistic with other degrees of freedom. */
  | {
      /** Names the change. */
      readonly kind: 'degrees-of-freedom'
      /** Which. */
      readonly degreesOfFreedom: number
    }
  /** P is half of that of the printed statistic: a one-sided test. */
  | {
      /** Names the change. */
      readonly kind: 'one-sided'
    }

/** Result of {@link testAlternatives}. */
export interface TestAlternatives {
  /** What would make the printed test consistent; slips of printed numbers first, then changes of the table. */
  readonly alternatives: readonly TestAlternative[]
  /** How many changed tables were tried: the more there were and the fewer digits are printed, the likelier one fits by chance. */
  readonly tablesTried: number
}

/** Options of {@link testAlternatives}. */
export interface TestAlternativesOptions extends AuditTestOptions {
  /**
   * The test that the paper is taken to have used; changed tables are tried with `fisher` only if they are 2 × 2.
   *
   * @defaultValue Pearson's, and Yates' for 2 × 2 tables
   */
  readonly test?: AuditedTestMethod
}

const largestDegreesOfFreedom = 50

/**
 * What would make a printed test consistent with its counts: a slipped decimal point, digits or cells in each other's place, other
 * degrees of freedom, a one-sided test.
 *
 * Each is one change to what is printed after which everything printed follows by plain rounding. None says that it happened: a P
 * printed with two digits fits one changed table in fifty or so by chance.
 *
 * @remarks
 * No counterpart in R or SciPy.
 *
 * @param printed - what is printed of the test
 * @param options - which test, and the exact test for more than 2 × 2 cells
 * @throws A {@link StatsError} as {@link auditTest} does
 *
 * @example The printed P of a table whose first row was printed the other way round
 * ```ts @import.meta.vitest
 * const { alternatives } = testAlternatives({ table: [[291, 32], [46, 233]], statistic: '5.747', pValue: '0.017' })
 *
 * expect(alternatives).toContainEqual({
 *   kind: 'cells-swapped',
 *   cells: [[0, 0], [0, 1]],
 *   counts: [[32, 291], [46, 233]],
 *   test: 'pearson',
 * })
 * ```
 */
export function testAlternatives(printed: PrintedTest, options: TestAlternativesOptions = {}): TestAlternatives {
  const counts = printed.table === undefined ? null : countsOf(printed.table)
  const tests = options.test === undefined ? (['pearson', 'yates'] as const) : [options.test]
  const alternatives: TestAlternative[] = []
  let tablesTried = 0

  const first = auditTest(printed, options)
  for (const of of ['statistic', 'p-value'] as const) {
    const key = of === 'statistic' ? 'statistic' : 'pValue'
    for (const { slip, printed: corrected } of unslipped(printed[key] ?? '')) {
      const { tried, fromStatistic } = auditTest({ ...printed, [key]: corrected }, options)
      if (counts === null) {
        if (fromStatistic?.fits) alternatives.push({ kind: 'slip', of, slip, printed: corrected, test: 'pearson' })
        continue
      }
      const test = tests.find((name) =>
        tried.some(
          ({ test: method, statisticFit, pValueFit }) =>
            method === name &&
            [statisticFit, pValueFit].every((fit) => fit === null || fit === 'rounded') &&
            [statisticFit, pValueFit].some((fit) => fit !== null),
        ),
      )
      if (test !== undefined) alternatives.push({ kind: 'slip', of, slip, printed: corrected, test })
    }
  }

  if (printed.statistic !== undefined && printed.pValue !== undefined && first.fromStatistic?.fits !== true) {
    const p = parsePrintedNumber(printed.pValue)
    const statistic = parsePrintedNumber(printed.statistic).value
    for (
      let degreesOfFreedom = 1;
      statistic >= 0 && p.relation === '=' && degreesOfFreedom <= largestDegreesOfFreedom;
      degreesOfFreedom++
    ) {
      if (degreesOfFreedom === first.fromStatistic?.degreesOfFreedom) continue
      const fits = auditTest({ statistic: printed.statistic, pValue: printed.pValue, degreesOfFreedom }).fromStatistic?.fits
      if (fits) alternatives.push({ kind: 'degrees-of-freedom', degreesOfFreedom })
    }
    const used = first.fromStatistic?.degreesOfFreedom
    if (used === 1 && counts === null && statistic >= 0 && printedFit(chiSquaredUpperTail(statistic, used) / 2, p) === 'rounded') {
      alternatives.push({ kind: 'one-sided' })
    }
  }

  if (counts !== null && first.reason === null) {
    for (const changed of changedTables(counts)) {
      tablesTried += 1
      const test = tests.find((name) => gives(name, changed.counts, printed))
      if (test === undefined) continue
      alternatives.push(
        changed.kind === 'cells-swapped'
          ? { ...changed, test }
          : { kind: 'cell-slip', cell: changed.cell, count: changed.count, slip: changed.slip, test },
      )
    }
  }
  return { alternatives, tablesTried }
}

type ChangedTable =
  | {
      readonly kind: 'cells-swapped'
      readonly cells: readonly [readonly [number, number], readonly [number, number]]
      readonly counts: Counts
    }
  | {
      readonly kind: 'cell-slip'
      readonly cell: readonly [number, number]
      readonly count: number
      readonly slip: Slip
      readonly counts: Counts
    }

function* changedTables(counts: Counts): Generator<ChangedTable, void, undefined> {
  const width = counts[0]?.length ?? 0
  const size = counts.length * width
  const at = (k: number): [number, number] => [Math.floor(k / width), k % width]
  const withCells = (changes: readonly (readonly [number, number, number])[]): number[][] =>
    counts.map((row, i) => row.map((count, j) => changes.find(([r, c]) => r === i && c === j)?.[2] ?? count))
  const valueAt = (k: number): number => counts[Math.floor(k / width)]?.[k % width] as number
  for (let a = 0; a < size; a++) {
    for (let b = a + 1; b < size; b++) {
      if (valueAt(a) === valueAt(b)) continue
      yield {
        kind: 'cells-swapped',
        cells: [at(a), at(b)],
        counts: withCells([
          [...at(a), valueAt(b)],
          [...at(b), valueAt(a)],
        ]),
      }
    }
  }
  for (let k = 0; k < size; k++) {
    for (const { slip, printed } of unslipped(String(valueAt(k)))) {
      const count = Number(printed)
      if (Number.isSafeInteger(count)) yield { kind: 'cell-slip', cell: at(k), count, slip, counts: withCells([[...at(k), count]]) }
    }
  }
}

/** Whether a test of the counts gives the statistic and P that are printed. */
function gives(test: AuditedTestMethod, counts: Counts, { statistic, pValue }: PrintedTest): boolean {
  // Hundreds of tables are tried, too many for exact tests beyond 2 × 2 cells.
  const recomputed = recomputedTest(test, counts)
  if (recomputed === null) return false
  const fits = (value: number | null, text: string | undefined): boolean =>
    text === undefined || (value !== null && printedFit(value, parsePrintedNumber(text)) === 'rounded')
  return fits(recomputed.statistic, statistic) && fits(recomputed.pValue, pValue)
}
