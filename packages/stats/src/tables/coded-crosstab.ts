import { StatsError } from '../errors.ts'
import type { Crosstab, Missing } from './crosstab.ts'

/** Category codes, one an observation: 0 is the first level, and so on. */
export type Codes = Uint8Array | Int8Array | Uint16Array | Int16Array | Uint32Array | Int32Array | readonly number[]

/** Options of {@link codedCrosstab}. */
export interface CodedCrosstabOptions {
  /** Labels of the row variable's levels; code 0 is the first. */
  readonly rowLabels: readonly string[]
  /** Labels of the column variable's levels; code 0 is the first. */
  readonly columnLabels: readonly string[]
  /**
   * The code that means "missing", in both variables: -1 in signed arrays by custom, 255 in `Uint8Array`.
   *
   * @defaultValue -1
   */
  readonly missingCode?: number
}

/**
 * Counts coded observations by two variables: {@link crosstab} for data that is already coded, at some nanoseconds a row.
 *
 * @remarks
 * R: `table(factor(x), factor(y))` on factors; NumPy: `bincount(x * C + y, minlength=R * C)`.
 * SciPy: `scipy.stats.contingency.crosstab(x, y).count`.
 *
 * @param rowCodes - codes of the row variable, 0 … R − 1 or `missingCode`
 * @param columnCodes - codes of the column variable, 0 … C − 1 or `missingCode`, as many
 * @param options - the labels, which also say how many levels there are, and the code for missing
 * @throws A {@link StatsError} with code `mismatch` if the arrays differ in length, `out-of-range` if a code is neither that of
 * a level nor `missingCode`, `too-small` if a variable has no level
 *
 * @example
 * ```ts @import.meta.vitest
 * const table = codedCrosstab(Uint8Array.of(0, 0, 1, 1), Int8Array.of(1, 0, 1, -1), { rowLabels: ['GDE', 'other'], columnLabels: ['yes', 'no'] })
 *
 * expect(table.counts).toEqual([[1, 1], [0, 1]])
 * expect(table.missing).toEqual({ row: 0, column: 1, both: 0 })
 * ```
 */
export function codedCrosstab(rowCodes: Codes, columnCodes: Codes, options: CodedCrosstabOptions): Crosstab {
  const { rowLabels, columnLabels, missingCode = -1 } = options
  const height = rowLabels.length
  const width = columnLabels.length
  if (rowCodes.length !== columnCodes.length) {
    throw new StatsError('mismatch', `there are ${rowCodes.length} row codes but ${columnCodes.length} column codes`)
  }
  if (height === 0 || width === 0) throw new StatsError('too-small', 'a variable has no level')
  const cells = new Float64Array(height * width)
  const missing = countCodes(cells, typed('row', rowCodes), typed('column', columnCodes), height, width, missingCode)
  const counts = rowLabels.map((_, i) => Array.from(cells.subarray(i * width, (i + 1) * width)))
  const included = rowCodes.length - missing.row - missing.column - missing.both
  return { rowLabels, columnLabels, counts, rowScale: 'nominal', columnScale: 'nominal', included, missing }
}

type TypedCodes = Exclude<Codes, readonly number[]>

/** Codes in a typed array, so that the loop below meets nothing but integers. */
function typed(name: string, codes: Codes): TypedCodes {
  if (!Array.isArray(codes)) return codes as TypedCodes
  const integers = Int32Array.from(codes as readonly number[])
  const bad = (codes as readonly number[]).findIndex((code, k) => code !== integers[k])
  if (bad >= 0) throw new StatsError('out-of-range', `the ${name} code at ${bad} is ${String(codes[bad])}, expected an integer`)
  return integers
}

/** The loop over observations, apart so that the engine compiles it for the array types at hand. */
function countCodes(
  cells: Float64Array,
  rowCodes: TypedCodes,
  columnCodes: TypedCodes,
  height: number,
  width: number,
  missingCode: number,
): Missing {
  const missing = { row: 0, column: 0, both: 0 }
  const length = rowCodes.length
  for (let k = 0; k < length; k++) {
    const i = rowCodes[k] as number
    const j = columnCodes[k] as number
    // Reads -1 as 2³² − 1, so one comparison settles both bounds.
    if (i >>> 0 < height && j >>> 0 < width && i !== missingCode && j !== missingCode) {
      const cell = i * width + j
      cells[cell] = (cells[cell] as number) + 1
    } else {
      const rowMissing = isMissingCode('row', i, height, missingCode, k)
      const columnMissing = isMissingCode('column', j, width, missingCode, k)
      missing[rowMissing ? (columnMissing ? 'both' : 'row') : 'column']++
    }
  }
  return missing
}

function isMissingCode(name: string, code: number, levels: number, missingCode: number, position: number): boolean {
  if (code === missingCode) return true
  if (code >= 0 && code < levels) return false
  throw new StatsError('out-of-range', `the ${name} code at ${position} is ${code}, expected 0 to ${levels - 1} or ${missingCode}`)
}
