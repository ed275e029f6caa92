import { StatsError } from '../errors.ts'

/** Rows tried beyond which the work is refused. */
const LARGEST = 3e7

/**
 * The exact distribution of a sum over rows, given both margins: rows are filled one after the other, and tables that leave
 * the same column totals with the same sum so far are one. The last row is what the others leave.
 *
 * @param rows - row totals, at least two
 * @param columns - column totals
 * @param part - what a row adds: its cells, what is left of the column totals after it, and its index; a whole number
 * @returns probability by sum
 * @throws A {@link StatsError} with code `too-large` beyond some 10⁷ rows tried
 */
export function distributionByRows(
  rows: readonly number[],
  columns: readonly number[],
  part: (cells: readonly number[], left: readonly number[], row: number) => number,
): Map<number, number> {
  // What is left of the columns, as digits of one number.
  const states = columns.reduce((size, column) => size * (column + 1), 1)
  if (states > Number.MAX_SAFE_INTEGER || leastWork(rows, columns, states) > 4 * LARGEST) throw tooLarge()
  const last = rows.length - 1
  const result = new Map<number, number>()
  const nothing = columns.map(() => 0)
  let nodes = new Map<number, Node>()
  nodes.set(0, { left: columns, sums: new Map([[0, 1]]) })
  let remaining = columns.reduce((sum, column) => sum + column, 0)
  let work = 0
  for (let i = 0; i < last; i++) {
    const next = new Map<number, Node>()
    const cells = new Array<number>(columns.length).fill(0)
    for (const { left, sums } of nodes.values()) {
      const after = left.slice()
      const reach = (probability: number): void => {
        work += 1 + sums.size / 4
        if (work > LARGEST) throw tooLarge()
        let added = part(cells, after, i)
        let target = result
        if (i === last - 1) added += part(after, nothing, last)
        else target = nodeOf(next, columns, after).sums
        for (const [sum, p] of sums) target.set(sum + added, (target.get(sum + added) ?? 0) + p * probability)
      }
      // All ways to take a row from what is left, each with its multivariate hypergeometric probability.
      const fill = (j: number, open: number, behind: number, probability: number): void => {
        const available = left[j] as number
        if (j === columns.length - 1) {
          cells[j] = open
          after[j] = available - open
          reach(probability)
          return
        }
        const others = behind - available
        const most = Math.min(open, available)
        const first = Math.max(0, open - others)
        let p = hypergeometric(first, available, others, open)
        for (let x = first; x <= most; x++) {
          cells[j] = x
          after[j] = available - x
          fill(j + 1, open - x, others, probability * p)
          p *= ((available - x) * (open - x)) / ((x + 1) * (others - open + x + 1))
        }
      }
      fill(0, rows[i] as number, remaining, 1)
    }
    nodes = next
    remaining -= rows[i] as number
  }
  return result
}

/** Column totals left, and the probabilities of the sums so far. */
interface Node {
  readonly left: readonly number[]
  readonly sums: Map<number, number>
}

function nodeOf(nodes: Map<number, Node>, columns: readonly number[], left: readonly number[]): Node {
  let key = 0
  for (const [j, count] of left.entries()) key = key * ((columns[j] as number) + 1) + count
  let node = nodes.get(key)
  if (node === undefined) nodes.set(key, (node = { left: left.slice(), sums: new Map<number, number>() }))
  return node
}

/** Rows that have to be tried at least about: those of each row by itself, times the states it may start from. */
function leastWork(rows: readonly number[], columns: readonly number[], states: number): number {
  let work = 0
  let starts = 1
  for (const size of rows.slice(0, -1)) {
    // Ways to spread the row over the columns: a product of truncated geometric series.
    let ways = new Float64Array(size + 1)
    ways[0] = 1
    for (const column of columns) {
      const next = new Float64Array(size + 1)
      let window = 0
      for (let x = 0; x <= size; x++) {
        window += ways[x] as number
        if (x > column) window -= ways[x - column - 1] as number
        next[x] = window
      }
      ways = next
    }
    work += starts * (ways[size] as number)
    starts = Math.min(states, starts * (ways[size] as number))
  }
  return work
}

function tooLarge(): StatsError {
  return new StatsError('too-large', 'the table is too large for the exact distribution')
}

/** Probability of the smallest possible x: the start of a recurrence. */
function hypergeometric(x: number, white: number, black: number, drawn: number): number {
  // At the smallest x either x = 0 or all black balls are drawn: a single falling product.
  let p = 1
  if (x === 0) for (let k = 0; k < drawn; k++) p *= (black - k) / (white + black - k)
  else for (let k = 0; k < black; k++) p *= (drawn - k) / (white + black - k)
  return p
}
