import { hypergeometricProbability } from '../distributions/hypergeometric.ts'
import { logFactorial } from '../numerics/gamma-function.ts'
import type { Random } from '../numerics/random.ts'
import type { Counts } from '../tables/contingency-table.ts'

/** Below this total logarithms of factorials are looked up. */
const tabulated = 1_000_000

/**
 * A source of random R × C tables with the margins given, each with its probability under independence.
 *
 * Cells are filled in turn from their conditional hypergeometric distribution, searched outward from its mode.
 *
 * @param rows - row totals
 * @param columns - column totals, with the same sum
 * @param random - a seeded generator
 * @returns a function that overwrites an array of R · C cells, row after row, with the next table
 * @see W. M. Patefield, *Algorithm AS 159: an efficient method of generating random R × C tables with given row and column
 * totals*, Applied Statistics 30, 1981, p. 91
 */
export function createTableSampler(rows: readonly number[], columns: readonly number[], random: Random): (cells: Float64Array) => void {
  const height = rows.length
  const width = columns.length
  const total = rows.reduce((sum, row) => sum + row, 0)
  const table = total <= tabulated ? logFactorials(total) : undefined
  const remaining = new Float64Array(width)

  return (cells) => {
    for (let j = 0; j < width; j++) remaining[j] = columns[j] as number
    let below = total
    for (let i = 0; i < height - 1; i++) {
      let drawn = rows[i] as number
      let right = below
      below -= drawn
      for (let j = 0; j < width - 1; j++) {
        const white = remaining[j] as number
        const x = drawn === 0 ? 0 : hypergeometricVariate(white, right, drawn, table, random)
        cells[i * width + j] = x
        remaining[j] = white - x
        drawn -= x
        right -= white
      }
      cells[i * width + width - 1] = drawn
      remaining[width - 1] = (remaining[width - 1] as number) - drawn
    }
    for (let j = 0; j < width; j++) cells[(height - 1) * width + j] = remaining[j] as number
  }
}

/** Probability of a table given its margins: the product of the conditional probabilities that the sampler draws from. */
export function tableProbability(counts: Counts, rows: readonly number[], columns: readonly number[]): number {
  const remaining = [...columns]
  let below = rows.reduce((sum, row) => sum + row, 0)
  let probability = 1
  for (let i = 0; i < rows.length - 1; i++) {
    let drawn = rows[i] as number
    let right = below
    below -= drawn
    for (let j = 0; j < columns.length; j++) {
      const white = remaining[j] as number
      const x = (counts[i] as readonly number[])[j] as number
      probability *= hypergeometricProbability(x, white, right - white, drawn)
      remaining[j] = white - x
      drawn -= x
      right -= white
    }
  }
  return probability
}

/** ln x! for x from 0 to n. */
export function logFactorials(n: number): Float64Array {
  const table = new Float64Array(n + 1)
  for (let x = 2; x <= n; x++) table[x] = logFactorial(x)
  return table
}

/** How many of `drawn` balls, out of `all` of which `white` are white, are white. */
function hypergeometricVariate(white: number, all: number, drawn: number, table: Float64Array | undefined, random: Random): number {
  const black = all - white
  const lowest = drawn > black ? drawn - black : 0
  const highest = drawn < white ? drawn : white
  if (lowest === highest) return lowest
  const spare = black - drawn
  const mode = Math.floor(((drawn + 1) * (white + 1)) / (all + 2))
  let logMode: number
  if (table === undefined) {
    logMode =
      logFactorial(white) -
      logFactorial(mode) -
      logFactorial(white - mode) +
      (logFactorial(black) - logFactorial(drawn - mode) - logFactorial(spare + mode)) -
      (logFactorial(all) - logFactorial(drawn) - logFactorial(all - drawn))
  } else {
    logMode =
      (table[white] as number) -
      (table[mode] as number) -
      (table[white - mode] as number) +
      ((table[black] as number) - (table[drawn - mode] as number) - (table[spare + mode] as number)) -
      ((table[all] as number) - (table[drawn] as number) - (table[all - drawn] as number))
  }
  const atMode = Math.exp(logMode)
  for (;;) {
    let rest = random.uniform() - atMode
    if (rest < 0) return mode
    let up = mode
    let down = mode
    let above = atMode
    let under = atMode
    while (up < highest || down > lowest) {
      if (up < highest) {
        above *= ((white - up) * (drawn - up)) / ((up + 1) * (spare + up + 1))
        up++
        rest -= above
        if (rest < 0) return up
      }
      if (down > lowest) {
        under *= (down * (spare + down)) / ((white - down + 1) * (drawn - down + 1))
        down--
        rest -= under
        if (rest < 0) return down
      }
    }
    // Rounding left the probabilities a trifle short of 1, and the number fell into the gap: draw again.
  }
}
