import { requireBetween } from '../argument-checks.ts'
import { normalUpperQuantile } from '../distributions/normal.ts'
import { proportionInterval, type ProportionIntervalMethod } from '../proportions/proportion-interval.ts'
import { type PrintedFit, printedFit, roundingInterval } from './printed-fit.ts'
import { parsePrintedNumber, type PrintedNumber } from './printed-number.ts'

/** What is printed of a proportion and its interval. */
export interface PrintedInterval {
  /** The proportion as printed. */
  readonly estimate?: string
  /** Lower limit as printed. */
  readonly lower: string
  /** Upper limit as printed. */
  readonly upper: string
  /** The count, where it is printed. */
  readonly count?: number
  /** Its base, where it is printed. */
  readonly base?: number
}

/** Options of {@link auditInterval}. */
export interface AuditIntervalOptions {
  /**
   * Whether the numbers are proportions from 0 to 1 or percentages.
   *
   * @defaultValue 'proportion'
   */
  readonly unit?: 'proportion' | 'percentage'
  /**
   * Confidence level.
   *
   * @defaultValue 0.95
   */
  readonly level?: number
  /**
   * Largest base looked for where none is printed.
   *
   * @defaultValue 100_000
   */
  readonly maximumBase?: number
}

/** One interval recomputed from count and base. */
export interface TriedInterval {
  /** Which method. */
  readonly method: ProportionIntervalMethod
  /** The count that it is of. */
  readonly count: number
  /** The base that it is of. */
  readonly base: number
  /** Lower limit, as a proportion. */
  readonly lower: number
  /** Upper limit, as a proportion. */
  readonly upper: number
  /** How the lower limit relates to the printed one. */
  readonly lowerFit: PrintedFit
  /** How the upper limit relates to the printed one. */
  readonly upperFit: PrintedFit
}

/** Result of {@link auditInterval}. */
export interface IntervalAudit {
  /**
   * `consistent` if a method gives both limits, `limits-differ` if none does, `estimate-differs` if the proportion is not that of
   * count and base, `base-not-determined` if several bases would do, `no-base-found` if none would,
   * `cannot-be-checked` where neither base nor proportion is printed.
   */
  readonly verdict: 'consistent' | 'limits-differ' | 'estimate-differs' | 'base-not-determined' | 'no-base-found' | 'cannot-be-checked'
  /** Every method tried on the printed count and base; without a printed base, every count, base and method that gives both limits. */
  readonly tried: readonly TriedInterval[]
}

const methods: readonly ProportionIntervalMethod[] = [
  'wilson',
  'wald',
  'clopper-pearson',
  'agresti-coull',
  'wilson-corrected',
  'wald-corrected',
  'jeffreys',
  'mid-p',
  'blaker',
  'likelihood-ratio',
  'arcsine',
]
/** Closed forms, quick enough to try on thousands of bases. */
const searched: readonly ProportionIntervalMethod[] = ['wilson', 'wald', 'agresti-coull']
/** Counts and bases tried at most in a search. */
const searchLimit = 200_000

/**
 * Whether the printed limits of a proportion follow from its count and base, by any of eleven methods; where the base is not
 * printed, of which bases they would follow by Wilson's, Wald's or Agresti and Coull's method.
 *
 * The bases looked at are those from a third to three times the base at which Wald's interval is as wide as the printed one.
 *
 * @remarks
 * No counterpart in R or SciPy. R: `DescTools::BinomCI(x, n, method = …)` gives the limits.
 *
 * @param printed - limits, with proportion, count and base where they are printed
 * @param options - unit, level, largest base
 * @throws A {@link StatsError} with code `out-of-range` for unreadable numbers or level, `not-a-count` or `mismatch` for count and base
 *
 * @example
 * ```ts @import.meta.vitest
 * const { verdict, tried } = auditInterval({ lower: '0.792', upper: '0.886', count: 191, base: 226 })
 *
 * expect(verdict).toBe('consistent')
 * expect(tried.find(({ lowerFit, upperFit }) => lowerFit === 'rounded' && upperFit === 'rounded')?.method).toBe('wilson')
 * ```
 */
export function auditInterval(printed: PrintedInterval, options: AuditIntervalOptions = {}): IntervalAudit {
  const { unit = 'proportion', level = 0.95, maximumBase = 100_000 } = options
  requireBetween('level', level)
  const scale = unit === 'percentage' ? 100 : 1
  const lower = parsePrintedNumber(printed.lower)
  const upper = parsePrintedNumber(printed.upper)
  const estimate = printed.estimate === undefined ? null : parsePrintedNumber(printed.estimate)
  const attempt = (count: number, base: number, method: ProportionIntervalMethod): TriedInterval => {
    const interval = proportionInterval(count, base, { method, confidenceLevel: level })
    const limits = { lower: interval.lower, upper: interval.upper ?? 1 }
    return {
      method,
      count,
      base,
      ...limits,
      lowerFit: printedFit(scale * limits.lower, lower),
      upperFit: printedFit(scale * limits.upper, upper),
    }
  }
  const fits = ({ lowerFit, upperFit }: TriedInterval): boolean => lowerFit === 'rounded' && upperFit === 'rounded'

  if (printed.base !== undefined) {
    const { base } = printed
    if (base === 0) return { verdict: 'cannot-be-checked', tried: [] }
    const counts = printed.count !== undefined ? [printed.count] : estimate === null ? null : countsNear(estimate, scale, base)
    if (counts === null) return { verdict: 'cannot-be-checked', tried: [] }
    if (counts.length === 0) return { verdict: 'estimate-differs', tried: [] }
    const tried = counts.flatMap((count) => methods.map((method) => attempt(count, base, method)))
    const estimateFits = estimate === null || counts.some((count) => printedFit((scale * count) / base, estimate) === 'rounded')
    return { verdict: !estimateFits ? 'estimate-differs' : tried.some(fits) ? 'consistent' : 'limits-differ', tried }
  }
  if (estimate === null) return { verdict: 'cannot-be-checked', tried: [] }

  const width = (upper.value - lower.value) / scale
  const proportion = estimate.value / scale
  const z = normalUpperQuantile((1 - level) / 2)
  const middle = width > 0 ? (4 * z * z * Math.max(proportion * (1 - proportion), 0.01)) / (width * width) : 0
  const tried: TriedInterval[] = []
  let attempts = 0
  for (let base = Math.max(1, Math.floor(middle / 3)); base <= Math.min(maximumBase, Math.ceil(middle * 3) + 10); base++) {
    for (const count of countsNear(estimate, scale, base)) {
      attempts += 1
      if (attempts > searchLimit) return { verdict: 'base-not-determined', tried }
      for (const method of searched) {
        const found = attempt(count, base, method)
        if (fits(found)) tried.push(found)
      }
    }
  }
  const pairs = new Set(tried.map(({ count, base }) => `${count}/${base}`))
  return { verdict: pairs.size === 0 ? 'no-base-found' : pairs.size === 1 ? 'consistent' : 'base-not-determined', tried }
}

/** The counts of a base whose share is printed as the estimate. */
function countsNear(estimate: PrintedNumber, scale: number, base: number): number[] {
  const { lower, upper } = roundingInterval(estimate)
  const counts: number[] = []
  // One more at either end, as the bounds carry the noise of a double.
  for (
    let count = Math.max(0, Math.ceil((lower / scale) * base) - 1);
    count <= Math.min(base, Math.floor((upper / scale) * base) + 1);
    count++
  ) {
    if (printedFit((scale * count) / base, estimate) === 'rounded') counts.push(count)
  }
  return counts
}
