/** Numbers of the columns of both halves of a table, each half from its largest column to its smallest. */
export interface ColumnSplit {
  /** Columns of the left half. */
  readonly left: readonly number[]
  /** Columns of the right half. */
  readonly right: readonly number[]
}

/** Deals the columns, largest first, so that both halves have like numbers and like totals: halves of one size meet in the middle. */
export function splitColumns(columns: readonly number[]): ColumnSplit {
  const descending = columns.map((_, j) => j).sort((a, b) => (columns[b] as number) - (columns[a] as number))
  const left: number[] = []
  const right: number[] = []
  // 0, 3, 4, 7, 8 … to the left and 1, 2, 5, 6 … to the right.
  descending.forEach((column, rank) => (rank % 4 === 0 || rank % 4 === 3 ? left : right).push(column))
  return { left, right }
}
