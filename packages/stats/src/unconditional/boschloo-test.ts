import { requireOneOf } from '../argument-checks.ts'
import { type Alternative, requireAlternative } from '../confidence-interval.ts'
import { fisherLogP, solveFisher } from '../conditional/fisher-p-value.ts'
import { type NotTestable, notTestable } from '../not-testable.ts'
import type { TableInput } from '../tables/contingency-table.ts'
import { boschlooShares } from './boschloo-shares.ts'
import { clearlyExceeds } from './nuisance-supremum.ts'
import type { RejectionShares } from './rejection-shares.ts'
import { maximizeShares, type UnconditionalOptions, type UnconditionalResult } from './unconditional-p-value.ts'
import { type TwoSamples, twoSamples } from './two-samples.ts'

/** Options of {@link boschlooTest}. */
export interface BoschlooTestOptions extends UnconditionalOptions {
  /**
   * The two-sided test: twice the smaller one-sided P value (`doubling`, SciPy's), or tables ordered by the two-sided P
   * value of Fisher's test (`probability`, that of R's `Exact`, also called Fisher–Boschloo by minimum likelihood).
   *
   * @defaultValue 'doubling'
   */
  readonly twoSided?: 'doubling' | 'probability'
}

/** Result of {@link boschlooTest}. */
export interface BoschlooTest extends UnconditionalResult {
  /** Tells this result apart from those of other tests. */
  readonly method: 'boschloo-exact'
  /** The P value of Fisher's test by which the tables are ordered. */
  readonly statistic: number
  /** How the two-sided P value was made; `null` for a one-sided test. */
  readonly twoSided: 'doubling' | 'probability' | null
}

/**
 * Boschloo's exact unconditional test of two independent proportions: uniformly more powerful than Fisher's.
 *
 * Tables are ordered by their P value in Fisher's test; P is the largest probability, over the common proportion π, of a
 * table that is no less extreme. Ties between tables are decided in whole numbers, so that renaming outcomes or groups
 * changes nothing, and the maximum is certified: `upperBound` is proven, not read off a grid.
 *
 * For two samples drawn separately (rows are groups). Where both margins were fixed, use {@link fisherExactTest}.
 *
 * @remarks
 * SciPy: `scipy.stats.boschloo_exact([[x1, x2], [n1 - x1, n2 - x2]], alternative)`, whose columns are the groups. R:
 * `Exact::exact.test(x, method = 'boschloo', alternative)`, two-sided by `probability`.
 *
 * @param table - 2 × 2 counts, rows are groups, the first column is the event
 * @param options - {@link BoschlooTestOptions}
 * @returns the test, or {@link NotTestable} with reason `zero-margin` if a group is empty
 * @throws A {@link StatsError} with code `mismatch` if the table is not 2 × 2, `too-large` if n₁ · n₂ exceeds 90 million,
 * `out-of-range` for `nuisanceError`, and those of {@link margins}
 * @see R. D. Boschloo, *Raised conditional level of significance for the 2 × 2-table when testing the equality of two
 * probabilities*, Statistica Neerlandica 24, 1970
 *
 * @example
 * ```ts @import.meta.vitest
 * const result = boschlooTest([[7, 5], [3, 12]])
 *
 * expect(result.pValue).toBeCloseTo(0.06347563998913612, 12)
 * ```
 */
export function boschlooTest(table: TableInput, options: BoschlooTestOptions = {}): BoschlooTest | NotTestable {
  const { alternative = 'two-sided', twoSided = 'doubling' } = options
  requireOneOf('twoSided', twoSided, 'doubling', 'probability')
  requireAlternative(alternative)
  const samples = twoSamples(table)
  if (samples.n1 === 0 || samples.n2 === 0) return notTestable('boschloo-exact', 'zero-margin', 'a group has no observations')
  const common = { method: 'boschloo-exact', degreesOfFreedom: null, alternative } as const
  if (alternative !== 'two-sided') return { ...common, ...oneSided(samples, alternative, options), twoSided: null }
  if (twoSided === 'probability') {
    const logP = fisherLogPOf(samples, 'two-sided')
    const { logScale, shares } = boschlooShares(samples, logP, true)
    return { ...common, statistic: Math.exp(logP), ...maximizeShares(shares, logScale, samples, options), twoSided }
  }
  // The smaller side decides. The other one is settled at once if it exceeds that anywhere.
  const sides = (['less', 'greater'] as const).map((side) => ({ side, logP: fisherLogPOf(samples, side) }))
  sides.sort((one, other) => one.logP - other.logP)
  const [near, far] = sides as [{ side: Side; logP: number }, { side: Side; logP: number }]
  let smaller = oneSided(samples, near.side, options)
  const other = regionShares(samples, far.side, far.logP)
  if (options.nuisanceError || other.logScale !== 0 || !clearlyExceeds(other.shares, smaller.upperBound, 0.1, 0.9)) {
    const larger = maximizeShares(other.shares, other.logScale, samples, options)
    if (larger.logPValue < smaller.logPValue) smaller = { statistic: Math.exp(far.logP), ...larger }
  }
  return {
    ...common,
    ...smaller,
    pValue: Math.min(1, 2 * smaller.pValue),
    logPValue: Math.min(0, smaller.logPValue + Math.LN2),
    upperBound: Math.min(1, 2 * smaller.upperBound),
    twoSided,
  }
}

type Side = 'less' | 'greater'

function regionShares(samples: TwoSamples, side: Side, logP: number): RejectionShares {
  // `greater` is `less` with the groups exchanged.
  const { x1, n1, x2, n2 } = samples
  return boschlooShares(side === 'less' ? samples : { x1: x2, n1: n2, x2: x1, n2: n1 }, logP, false)
}

function oneSided(samples: TwoSamples, side: Side, options: UnconditionalOptions) {
  const logP = fisherLogPOf(samples, side)
  const { logScale, shares } = regionShares(samples, side, logP)
  return { statistic: Math.exp(logP), ...maximizeShares(shares, logScale, samples, options) }
}

function fisherLogPOf({ x1, n1, x2, n2 }: TwoSamples, alternative: Alternative): number {
  solveFisher(x1, n1 - x1, x2, n2 - x2, alternative, 'probability', 'none')
  return fisherLogP
}
