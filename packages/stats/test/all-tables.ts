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

/** P by probability, X² and G, from one pass over all tables: the sums grow cell by cell, so that millions of tables take a second. */
export function bruteForcePs(table: readonly (readonly number[])[]): Record<BruteOrdering, number> {
  const rows = table.map((row) => row.reduce((a, b) => a + b, 0))
  const columns = (table[0] as readonly number[]).map((_, j) => table.reduce((sum, row) => sum + (row[j] as number), 0))
  const n = rows.reduce((a, b) => a + b, 0)
  const logs = logFactorials(n)
  const width = columns.length
  const last = rows.length - 1
  const constant = [...rows, ...columns].reduce((sum, x) => sum + (logs[x] as number), 0) - (logs[n] as number)
  const expected = rows.map((row) => columns.map((column) => (row * column) / n))
  const squared = (i: number, j: number, x: number): number => {
    const e = (expected[i] as number[])[j] as number
    return ((x - e) * (x - e)) / e
  }
  const information = (i: number, j: number, x: number): number =>
    x === 0 ? 0 : 2 * x * Math.log(x / ((expected[i] as number[])[j] as number))
  let observedLog = 0
  let observedX2 = 0
  let observedG = 0
  table.forEach((row, i) =>
    row.forEach((x, j) => {
      observedLog += logs[x] as number
      observedX2 += squared(i, j, x)
      observedG += information(i, j, x)
    }),
  )
  const least = [observedLog - 1e-7, observedX2 - Math.max(1e-9, 1e-7 * observedX2), observedG - Math.max(2e-9, 1e-7 * observedG)] as const
  const p = { probability: 0, pearson: 0, 'likelihood-ratio': 0 }
  const rest = [...columns]
  const fill = (i: number, j: number, left: number, log: number, x2: number, g: number): void => {
    if (i === last) {
      for (let k = 0; k < width; k++) {
        const x = rest[k] as number
        log += logs[x] as number
        x2 += squared(i, k, x)
        g += information(i, k, x)
      }
      const probability = Math.exp(constant - log)
      if (log >= least[0]) p.probability += probability
      if (x2 >= least[1]) p.pearson += probability
      if (g >= least[2]) p['likelihood-ratio'] += probability
      return
    }
    const available = rest[j] as number
    const lastColumn = j === width - 1
    if (lastColumn && left > available) return
    for (let x = lastColumn ? left : 0; x <= Math.min(left, available); x++) {
      rest[j] = available - x
      const next = [log + (logs[x] as number), x2 + squared(i, j, x), g + information(i, j, x)] as const
      if (lastColumn) fill(i + 1, 0, rows[i + 1] as number, ...next)
      else fill(i, j + 1, left - x, ...next)
    }
    rest[j] = available
  }
  fill(0, 0, rows[0] as number, 0, 0, 0)
  return p
}

/**
 * P by a second method for larger tables: column by column, by all row totals that are left and all values so far, in plain maps.
 *
 * No sorting of rows, no bounds, no halves; values that agree to 1e-9 share an entry.
 */
export function columnByColumnP(table: readonly (readonly number[])[], ordering: BruteOrdering): number {
  const rows = table.map((row) => row.reduce((a, b) => a + b, 0))
  const columns = (table[0] as readonly number[]).map((_, j) => table.reduce((sum, row) => sum + (row[j] as number), 0))
  const n = rows.reduce((a, b) => a + b, 0)
  const logs = logFactorials(n)
  const value = (i: number, j: number, x: number): number => {
    const e = ((rows[i] as number) * (columns[j] as number)) / n
    if (ordering === 'probability') return logs[x] as number
    if (ordering === 'pearson') return ((x - e) * (x - e)) / e
    return x === 0 ? 0 : 2 * x * Math.log(x / e)
  }
  let states = new Map<string, Map<number, [number, number]>>([[rows.join(), new Map([[0, [0, 1]]])]])
  let left = n
  columns.forEach((column, j) => {
    const next: typeof states = new Map()
    for (const [key, values] of states) {
      const totals = key.split(',').map(Number)
      const cells = totals.map(() => 0)
      const logAll = (logs[left] as number) - (logs[column] as number) - (logs[left - column] as number)
      const visit = (i: number, rest: number, added: number, log: number): void => {
        if (i === totals.length) {
          if (rest > 0) return
          const target = totals.map((total, k) => total - (cells[k] as number)).join()
          const list = next.get(target) ?? new Map<number, [number, number]>()
          next.set(target, list)
          for (const [sum, mass] of values.values()) {
            const entry = list.get(Math.round((sum + added) * 1e9))
            const share = mass * Math.exp(log - logAll)
            if (entry === undefined) list.set(Math.round((sum + added) * 1e9), [sum + added, share])
            else entry[1] += share
          }
          return
        }
        const total = totals[i] as number
        for (let x = 0; x <= Math.min(rest, total); x++) {
          cells[i] = x
          visit(i + 1, rest - x, added + value(i, j, x), log + (logs[total] as number) - (logs[x] as number) - (logs[total - x] as number))
        }
      }
      visit(0, column, 0, 0)
    }
    left -= column
    states = next
  })
  const observed = table.reduce((sum, row, i) => sum + row.reduce((all, x, j) => all + value(i, j, x), 0), 0)
  const least = ordering === 'probability' ? observed - 1e-7 : observed - Math.max(2e-9, 1e-7 * observed)
  let p = 0
  for (const values of states.values()) for (const [sum, mass] of values.values()) if (sum >= least) p += mass
  return p
}
