/** What the brute force orders tables by: smaller is more extreme. */
export type BruteOrdering = 'probability' | 'pearson' | 'likelihood-ratio'

function logFactorials(n: number): number[] {
  const table = [0]
  for (let i = 1; i <= n; i++) table.push((table[i - 1] as number) + Math.log(i))
  return table
}

/** Visits every table with the margins, row by row, with its probability: slow, plain, and sharing nothing with the engine. */
export function tablesWithMargins(
  rows: readonly number[],
  columns: readonly number[],
  visit: (cells: readonly (readonly number[])[], probability: number) => void,
): void {
  const n = rows.reduce((a, b) => a + b, 0)
  const logs = logFactorials(n)
  const constant = [...rows, ...columns].reduce((sum, x) => sum + (logs[x] as number), 0) - (logs[n] as number)
  const cells = rows.map(() => columns.map(() => 0))
  const rest = [...columns]
  const fill = (i: number, j: number, left: number): void => {
    const row = cells[i]
    if (row === undefined) {
      visit(cells, Math.exp(constant - cells.flat().reduce((sum, x) => sum + (logs[x] as number), 0)))
      return
    }
    const lastColumn = j === columns.length - 1
    const high = Math.min(left, rest[j] as number)
    for (let x = lastColumn ? left : 0; x <= high; x++) {
      if (i === rows.length - 1 && x !== rest[j]) continue
      row[j] = x
      rest[j] = (rest[j] as number) - x
      if (lastColumn) fill(i + 1, 0, rows[i + 1] ?? 0)
      else fill(i, j + 1, left - x)
      rest[j] = rest[j] + x
    }
    row[j] = 0
  }
  fill(0, 0, rows[0] as number)
}

/** P by listing every table. */
export function bruteForceP(table: readonly (readonly number[])[], ordering: BruteOrdering): number {
  const rows = table.map((row) => row.reduce((a, b) => a + b, 0))
  const columns = (table[0] as readonly number[]).map((_, j) => table.reduce((sum, row) => sum + (row[j] as number), 0))
  const n = rows.reduce((a, b) => a + b, 0)
  const logs = logFactorials(n)
  const value = (cells: readonly (readonly number[])[]) => {
    let sum = 0
    cells.forEach((row, i) =>
      row.forEach((x, j) => {
        const expected = ((rows[i] as number) * (columns[j] as number)) / n
        if (ordering === 'probability') sum += logs[x] as number
        else if (ordering === 'pearson') sum += (x - expected) ** 2 / expected
        else if (x > 0) sum += 2 * x * Math.log(x / expected)
      }),
    )
    return sum
  }
  const observed = value(table)
  const least = ordering === 'probability' ? observed - 1e-7 : observed - Math.max(1e-9, 1e-7 * observed)
  let p = 0
  tablesWithMargins(rows, columns, (cells, probability) => {
    if (value(cells) >= least) p += probability
  })
  return p
}
