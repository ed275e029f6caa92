import { basesThatFit, type CountRange, countsThatFit, percentageFits } from './printed-percentage.ts'
import { type Slip, unslipped } from './printed-slips.ts'

/** One change after which a printed percentage would follow from its count and base; a possibility, not a finding. */
export type PercentageAlternative =
  /** The count is of another base. */
  | {
      /** Names the change. */
      readonly kind: 'base'
      /** Every base that gives the percentage. */
      readonly bases: CountRange
    }
  /** No count is printed, and a somewhat smaller base has one: fewer may have answered this question. */
  | {
      /** Names the change. */
      readonly kind: 'smaller-base'
      /** The bases nearest to the printed one, with the counts that give the percentage. */
      readonly bases: readonly {
        /** The base. */
        readonly base: number
        /** Its counts. */
        readonly counts: readonly number[]
      }[]
    }
  /** Another count is of this base. */
  | {
      /** Names the change. */
      readonly kind: 'count'
      /** Every count that gives the percentage. */
      readonly counts: readonly number[]
    }
  /** The percentage, count or base is a slip of another number. */
  | {
      /** Names the change. */
      readonly kind: 'slip'
      /** Which number. */
      readonly of: 'percentage' | 'count' | 'base'
      /** How it may have slipped. */
      readonly slip: Slip
      /** What would have been printed. */
      readonly printed: string
    }
  /** The percentage is of all the others: base minus count. */
  | {
      /** Names the change. */
      readonly kind: 'complement'
    }
  /** Digits were cut off and not rounded. */
  | {
      /** Names the change. */
      readonly kind: 'truncation'
      /** The counts that give the percentage so. */
      readonly counts: readonly number[]
    }

/** A printed percentage that was found not to follow. */
export interface DepartingPercentage {
  /** As printed. */
  readonly percentage: string
  /** The count that it belongs to, where one is printed. */
  readonly count?: number
  /** Its base, where one is printed. */
  readonly base?: number
}

/** Item non-response beyond a quarter would have been said. */
const smallestShareOfBase = 0.75
const mostBases = 5

/**
 * What would make a printed percentage follow from its count and base: another base or count, a slipped decimal point, digits in
 * each other's place, the percentage of the others, digits cut off.
 *
 * @remarks
 * No counterpart in R or SciPy.
 *
 * @param printed - the percentage with its count and base, of which one may be missing
 * @param options - `maximumBase`, the largest base looked at
 * @throws A {@link StatsError} as {@link percentageFits} does
 *
 * @example
 * ```ts @import.meta.vitest
 * const alternatives = percentageAlternatives({ percentage: '93.2', count: 150, base: 191 }, { maximumBase: 226 })
 *
 * expect(alternatives).toContainEqual({ kind: 'base', bases: { first: 161, last: 161 } })
 * expect(alternatives).toContainEqual({ kind: 'count', counts: [178] })
 * ```
 */
export function percentageAlternatives(
  printed: DepartingPercentage,
  options: { readonly maximumBase: number },
): readonly PercentageAlternative[] {
  const { percentage, count, base } = printed
  const alternatives: PercentageAlternative[] = []
  if (count !== undefined) {
    const bases = basesThatFit(count, percentage, { maximum: options.maximumBase })
    if (bases !== null) alternatives.push({ kind: 'base', bases })
  }
  if (base === undefined) return alternatives

  const counts = countsThatFit(percentage, base)
  if (counts.length > 0) alternatives.push({ kind: 'count', counts })
  const cut = countsThatFit(percentage, base, { rounding: 'truncation' }).filter((fitting) => count === undefined || fitting === count)
  if (cut.length > 0) alternatives.push({ kind: 'truncation', counts: cut })
  if (count === undefined) {
    const smaller: { base: number; counts: readonly number[] }[] = []
    for (let other = base - 1; other >= Math.ceil(base * smallestShareOfBase) && smaller.length < mostBases; other--) {
      const fitting = countsThatFit(percentage, other)
      if (fitting.length > 0) smaller.push({ base: other, counts: fitting })
    }
    return smaller.length === 0 || counts.length > 0 ? alternatives : [...alternatives, { kind: 'smaller-base', bases: smaller }]
  }

  if (count <= base && percentageFits(base - count, base, percentage)) alternatives.push({ kind: 'complement' })
  const slips = [
    { of: 'percentage', text: percentage, fits: (text: string) => percentageFits(count, base, text) },
    {
      of: 'count',
      text: String(count),
      fits: (text: string) => isCount(text) && Number(text) <= base && percentageFits(Number(text), base, percentage),
    },
    {
      of: 'base',
      text: String(base),
      fits: (text: string) => isCount(text) && count <= Number(text) && percentageFits(count, Number(text), percentage),
    },
  ] as const
  for (const { of, text, fits } of slips) {
    for (const { slip, printed: corrected } of unslipped(text))
      if (fits(corrected)) alternatives.push({ kind: 'slip', of, slip, printed: corrected })
  }
  return alternatives
}

const isCount = (text: string): boolean => /^\d+$/.test(text) && Number.isSafeInteger(Number(text))
