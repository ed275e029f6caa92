import { type CellStatistic } from './phase-lattice.ts'
import { type OrderedTables, type TableView } from './ordered-tables.ts'
import { upperBound } from './value-bounds.ts'

/** A P value to be bracketed: P(T ≤ threshold). */
export interface TailOfStatistic {
  /** Margins and T, which is near −χ² / 2. */
  readonly table: CellStatistic
  /** Tables up to this value count. */
  readonly threshold: number
  /** No table has a larger value. */
  readonly highest: number
}

/** The tail that an ordering makes, with the shorter side of the table as columns and values that vary little near the expected counts. */
export function tailOfStatistic(tables: OrderedTables): TailOfStatistic {
  const [view] = tables.views as readonly [TableView, ...TableView[]]
  return view.statistic.shape === 'quadratic' ? pearsonTail(tables, view) : logarithmicTail(tables, view)
}

/** T = −X² / 2, cell by cell. */
function pearsonTail({ threshold }: OrderedTables, { margins }: TableView): TailOfStatistic {
  const { total } = margins
  const rows = Int32Array.from(margins.columns)
  const columns = [...margins.rows]
  const distinct = [...new Set(rows)]
  return {
    table: {
      rows,
      columns,
      total,
      kinds: rows.map((row) => distinct.indexOf(row)),
      values: (i, j) => {
        const row = rows[i] as number
        const column = columns[j] as number
        const expected = (row * column) / total
        return Float64Array.from({ length: Math.min(row, column) + 1 }, (_, x) => (-(x - expected) * (x - expected)) / (2 * expected))
      },
    },
    threshold: (threshold + total) / 2,
    highest: 0,
  }
}

/** T with a linear function of the count added, which adds a constant but keeps the numbers small. */
function logarithmicTail({ threshold }: OrderedTables, { margins, statistic }: TableView): TailOfStatistic {
  const { total } = margins
  const cells = margins.rows.length * margins.columns.length
  const middle = Math.max(1, Math.round(total / cells))
  const slope = (statistic.cell[middle + 1] as number) - (statistic.cell[middle] as number)
  const level = statistic.cell[middle] as number
  const cell = statistic.cell.map((value, x) => value - level - slope * (x - middle))
  const added = cells * (slope * middle - level) - slope * total
  const descending = Int32Array.from(margins.columns).sort().reverse()
  return {
    table: {
      rows: Int32Array.from(margins.columns),
      columns: [...margins.rows],
      total,
      kinds: new Int32Array(margins.columns.length),
      values: () => cell,
    },
    threshold: threshold + added,
    highest: upperBound(statistic, margins.rows, descending, descending.length, total) + added,
  }
}
