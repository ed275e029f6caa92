import { StatsError } from '../errors.ts'
import { twoByTwo } from '../effects/two-by-two.ts'
import type { TableInput } from '../tables/contingency-table.ts'

/** Two independent binomial samples: x₁ events of n₁, x₂ of n₂. */
export interface TwoSamples {
  readonly x1: number
  readonly n1: number
  readonly x2: number
  readonly n2: number
}

/** The largest n₁ · n₂ accepted: beyond it exact comparison of statistics would not fit. */
const LARGEST = 9e7

/** Reads a 2 × 2 table whose rows are groups and whose first column is the event. */
export function twoSamples(table: TableInput): TwoSamples {
  const { a, b, c, d } = twoByTwo(table)
  const n1 = a + b
  const n2 = c + d
  if (n1 * n2 > LARGEST) throw new StatsError('too-large', `groups of ${n1} and ${n2} are too large for an unconditional test`)
  return { x1: a, n1, x2: c, n2 }
}
