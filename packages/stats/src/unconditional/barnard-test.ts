import { requireOneOf } from '../argument-checks.ts'
import { type Alternative, requireAlternative } from '../confidence-interval.ts'
import { StatsError } from '../errors.ts'
import { determinant } from '../numerics/exact-arithmetic.ts'
import { type NotTestable, notTestable } from '../not-testable.ts'
import type { TableInput } from '../tables/contingency-table.ts'
import { csmShares } from './csm-region.ts'
import { type RejectionShares, sharesOfMembers, sharesOfTails } from './rejection-shares.ts'
import { maximizeShares, type UnconditionalOptions, type UnconditionalResult } from './unconditional-p-value.ts'
import { type TwoSamples, twoSamples } from './two-samples.ts'

/**
 * How {@link barnardTest} orders tables: by the z statistic with the pooled (`pooled`, the score statistic) or the separate
 * variances (`unpooled`, Wald's), or by Barnard's own construction (`csm`: convexity, symmetry, maximum).
 */
export type BarnardOrdering = 'pooled' | 'unpooled' | 'csm'

/** Options of {@link barnardTest}. */
export interface BarnardTestOptions extends UnconditionalOptions {
  /**
   * How tables are ordered.
   *
   * @defaultValue 'pooled'
   */
  readonly ordering?: BarnardOrdering
}

/** Result of {@link barnardTest}. */
export interface BarnardTest extends UnconditionalResult {
  /** Tells this result apart from those of other tests. */
  readonly method: 'barnard-exact'
  /**
   * z, positive if the first row has the larger proportion, 0 if nothing varies; `null` where it is infinite (`unpooled`,
   * all against none) and for the ordering `csm`, which has no statistic.
   */
  readonly statistic: number | null
  /** How tables were ordered. */
  readonly ordering: BarnardOrdering
}

/**
 * Barnard's exact unconditional test of two independent proportions.
 *
 * Tables are ordered by z = (p₁ − p₂) / standard error (two-sided: by |z|); P is the largest probability, over the common
 * proportion π, of a table that is no less extreme. Statistics are compared in whole numbers, so that renaming outcomes or
 * groups changes nothing, and the maximum is certified: `upperBound` is proven, not read off a grid.
 *
 * @remarks
 * SciPy: `scipy.stats.barnard_exact([[x1, x2], [n1 - x1, n2 - x2]], alternative, pooled)`, whose columns are the groups; it
 * compares statistics in floating point, so that up to 1.17 exchanging the outcomes can change P (0.0339 for 0.0385 on
 * [[13, 7], [6, 14]]). R: `Exact::exact.test(x, method = 'z-pooled')`, `'z-unpooled'` and `'csm'`.
 *
 * @param table - 2 × 2 counts, rows are groups, the first column is the event
 * @param options - {@link BarnardTestOptions}
 * @returns the test, or {@link NotTestable} with reason `zero-margin` if a group is empty
 * @throws A {@link StatsError} with code `mismatch` if the table is not 2 × 2, `too-large` if n₁ · n₂ exceeds 90 million
 * (10,000 for `csm`; about 1,600 a group for `unpooled`), `out-of-range` for `nuisanceError`, and those of {@link margins}
 * @see G. A. Barnard, *Significance tests for 2 × 2 tables*, Biometrika 34, 1947
 *
 * @example
 * ```ts @import.meta.vitest
 * const result = barnardTest([[13, 7], [6, 14]])
 *
 * expect(result.pValue).toBeCloseTo(0.0384831460178249, 12)
 * ```
 */
export function barnardTest(table: TableInput, options: BarnardTestOptions = {}): BarnardTest | NotTestable {
  const { alternative = 'two-sided', ordering = 'pooled' } = options
  requireOneOf('ordering', ordering, 'pooled', 'unpooled', 'csm')
  requireAlternative(alternative)
  const samples = twoSamples(table)
  if (samples.n1 === 0 || samples.n2 === 0) return notTestable('barnard-exact', 'zero-margin', 'a group has no observations')
  const { logScale, shares } = sharesOf(samples, alternative, ordering)
  return {
    method: 'barnard-exact',
    statistic: statisticOf(samples, ordering),
    degreesOfFreedom: null,
    ...maximizeShares(shares, logScale, samples, options),
    alternative,
    ordering,
  }
}

function statisticOf({ x1, n1, x2, n2 }: TwoSamples, ordering: BarnardOrdering): number | null {
  if (ordering === 'csm') return null
  const difference = (x1 * n2 - x2 * n1) / (n1 * n2)
  if (difference === 0) return 0
  const pooled = (x1 + x2) / (n1 + n2)
  const variance =
    ordering === 'pooled' ? pooled * (1 - pooled) * (1 / n1 + 1 / n2) : ((x1 / n1) * (1 - x1 / n1)) / n1 + ((x2 / n2) * (1 - x2 / n2)) / n2
  return variance > 0 ? difference / Math.sqrt(variance) : null
}

function sharesOf(samples: TwoSamples, alternative: Alternative, ordering: BarnardOrdering): RejectionShares {
  if (ordering === 'csm') return csmShares(samples, alternative)
  // `less` is `greater` with the groups exchanged; the total, on which the shares depend, stays.
  const { x1, n1, x2, n2 } = alternative === 'less' ? { x1: samples.x2, n1: samples.n2, x2: samples.x1, n2: samples.n1 } : samples
  if (ordering === 'unpooled') return unpooledShares(x1, n1, x2, n2, alternative === 'two-sided')

  const n = n1 + n2
  const s0 = x1 + x2
  const low = new Float64Array(n + 1).fill(-1)
  const high = new Float64Array(n + 1)
  const difference = alternative === 'two-sided' ? Math.abs(x1 * n - s0 * n1) : x1 * n - s0 * n1
  for (let s = 0; s <= n; s++) {
    high[s] = firstAtLeast(s, n1, n, difference, s0)
    // In the other direction the first group has s n₁ / n less instead of more.
    if (alternative === 'two-sided') low[s] = s - firstAtLeast(s, n2, n, difference, s0)
  }
  return sharesOfTails(n1, n2, low, high)
}

/**
 * The smallest x (within 0 … `size` + 1, `size` the group's) with z ≥ z₀ given the total s; z = D / √(s (n − s)) up to a
 * constant, with D = x n − s · size a whole number, so that the squares compare without rounding.
 */
function firstAtLeast(s: number, size: number, n: number, difference: number, s0: number): number {
  const spread = s * (n - s)
  const spread0 = s0 * (n - s0)
  const atLeast = (x: number): boolean => {
    // Nothing varies: z is 0 by convention.
    if (spread === 0) return difference <= 0
    const d = x * n - s * size
    if (d >= 0 !== difference >= 0) return d >= 0
    const order = determinant(d * d, difference * difference, spread, spread0)
    return d >= 0 ? order >= 0 : order <= 0
  }
  const guess = spread0 === 0 ? (s * size) / n : (s * size + difference * Math.sqrt(spread / spread0)) / n
  let x = Math.min(size + 1, Math.max(0, Math.round(guess)))
  while (x > 0 && atLeast(x - 1)) x--
  while (x <= size && !atLeast(x)) x++
  return x
}

/** The region of tables with z at least as large, or |z|, by separate variances: not made of tails, so table by table. */
function unpooledShares(x1: number, n1: number, x2: number, n2: number, twoSided: boolean): RejectionShares {
  // z² = n₁ n₂ D² / V with whole numbers D = x₁ n₂ − x₂ n₁ and V = x₁ (n₁ − x₁) n₂³ + x₂ (n₂ − x₂) n₁³.
  if ((n1 * n2) ** 2 * (n1 + n2) > 4 * Number.MAX_SAFE_INTEGER) {
    throw new StatsError('too-large', `groups of ${n1} and ${n2} are too large for unpooled statistics to be compared exactly`)
  }
  const cube1 = n1 * n1 * n1
  const cube2 = n2 * n2 * n2
  const variance0 = x1 * (n1 - x1) * cube2 + x2 * (n2 - x2) * cube1
  const difference0 = x1 * n2 - x2 * n1
  return sharesOfMembers(n1, n2, (y1, y2) => {
    const d = y1 * n2 - y2 * n1
    if (!twoSided && d >= 0 !== difference0 >= 0) return d >= 0
    // D = 0 is z = 0 even where the variance vanishes.
    if (difference0 === 0) return true
    if (d === 0) return false
    const order = determinant(d * d, difference0 * difference0, y1 * (n1 - y1) * cube2 + y2 * (n2 - y2) * cube1, variance0)
    return twoSided || d >= 0 ? order >= 0 : order <= 0
  })
}
