/** What the brute force orders tables by: smaller is more extreme. */
export type BruteOrdering = 'probability' | 'pearson' | 'likelihood-ratio'

function logFactorials(n: number): number[] {
  const table = [0]
  for (let i = 1; i <= n; i++) table.push((table[i - 1] as number) + Math.log(i))
  return table
}

/** P by listing every table with the margins, row by row: slow, plain, and sharing nothing with the engine. */
export function bruteForceP(table: readonly (readonly number[])[], ordering: BruteOrdering): number {
  const rows = table.map((row) => row.reduce((a, b) => a + b, 0))
  const columns = (table[0] as readonly number[]).map((_, j) => table.reduce((sum, row) => sum + (row[j] as number), 0))
  const n = rows.reduce((a, b) => a + b, 0)
  const logs = logFactorials(n)
  const value = (cells: readonly number[][]) => {
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
  const constant = [...rows, ...columns].reduce((sum, x) => sum + (logs[x] as number), 0) - (logs[n] as number)
  const observed = value(table.map((row) => [...row]))
  const least = ordering === 'probability' ? observed - 1e-7 : observed - Math.max(1e-9, 1e-7 * observed)
  const cells = rows.map(() => columns.map(() => 0))
  const rest = [...columns]
  let p = 0
  const fill = (i: number, j: number, left: number): void => {
    if (i === rows.length) {
      if (value(cells) < least) return
      p += Math.exp(constant - cells.flat().reduce((sum, x) => sum + (logs[x] as number), 0))
      return
    }
    const row = cells[i] as number[]
    const lastColumn = j === columns.length - 1
    const high = Math.min(left, rest[j] as number)
    for (let x = lastColumn ? left : 0; x <= high; x++) {
      if (i === rows.length - 1 && x !== rest[j]) continue
      row[j] = x
      rest[j] = (rest[j] as number) - x
      if (lastColumn) fill(i + 1, 0, rows[i + 1] ?? 0)
      else fill(i, j + 1, left - x)
      rest[j] = (rest[j]) + x
    }
    row[j] = 0
  }
  fill(0, 0, rows[0] as number)
  return p
}
