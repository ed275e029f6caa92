/** The columns of a table in two halves, each descending. */
export interface ColumnSplit {
  readonly left: Int32Array
  readonly right: Int32Array
}

/** Deals the columns, largest first, to the half with the smaller work so far: halves of like size meet in the middle. */
export function splitColumns(columns: readonly number[]): ColumnSplit {
  const descending = [...columns].sort((a, b) => b - a)
  const left: number[] = []
  const right: number[] = []
  // 0, 3, 4, 7, 8 … to the left and 1, 2, 5, 6 … to the right, which balances both numbers and sums.
  descending.forEach((column, j) => (j % 4 === 0 || j % 4 === 3 ? left : right).push(column))
  return { left: Int32Array.from(left), right: Int32Array.from(right) }
}
