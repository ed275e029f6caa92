import { countsThatFit, percentageFits } from './printed-percentage.ts'
import { type Rounding } from './printed-number.ts'

/** A base that a paper names somewhere, so that a percentage may be of it. */
export interface NamedBase {
  /** Name to recognise it by. */
  readonly id: string
  /** The base. */
  readonly base: number
}

/** A percentage with what is printed around it. */
export interface PercentageToAudit {
  /** As printed: `'93.2'`. */
  readonly percentage: string
  /** The count that it belongs to, where one is printed. */
  readonly count?: number
  /** The base that the text states or implies. */
  readonly statedBase?: NamedBase
  /** Whether the stated base stands in print beside the percentage, or only follows from the text. */
  readonly baseIs?: 'printed' | 'implied'
}

/** A base of which the percentage can be, with the counts that give it. */
export interface FittingBase extends NamedBase {
  /** Counts of the base that are printed as the percentage; just the printed count where there is one. */
  readonly counts: readonly number[]
}

/** What an audit of a percentage found; a neutral description of the print, not of anybody's intent. */
export type PercentageVerdict =
  /** The count of the stated base gives the percentage, rounded. */
  | 'consistent'
  /** It gives the percentage only if decimals were cut off and not rounded. */
  | 'cut-off'
  /** The base in print does not give it, another named base does. */
  | 'base-misprinted'
  /** The implied base does not give it, another named base does. */
  | 'other-base'
  /** No named base gives it. */
  | 'inconsistent'
  /** No count is printed, and just one count of one named base gives it. */
  | 'numerator-found'
  /** No count is printed, and several would do. */
  | 'numerator-not-determined'

/** Result of {@link auditPercentage}. */
export interface PercentageAudit {
  /** What was found. */
  readonly verdict: PercentageVerdict
  /** The share that the count is of the stated base, 0 to 1; `null` where either is missing. */
  readonly recomputed: number | null
  /** Every named base that the percentage fits, in the order given. */
  readonly fittingBases: readonly FittingBase[]
  /** Under which rounding the stated base was tried and fits; empty where it does not or is missing. */
  readonly roundings: readonly Rounding[]
}

/**
 * Whether a printed percentage follows from its count and base, and if not, from which base that the paper names it would.
 *
 * @remarks
 * No counterpart in R or SciPy.
 *
 * @param printed - the percentage with its count and stated base
 * @param namedBases - the bases that the paper names
 * @throws A {@link StatsError} as {@link percentageFits} does
 *
 * @example
 * ```ts @import.meta.vitest
 * const bases = [{ id: 'responded', base: 191 }, { id: 'has a team', base: 161 }]
 * const audit = auditPercentage({ percentage: '93.2', count: 150, statedBase: { id: 'responded', base: 191 }, baseIs: 'printed' }, bases)
 *
 * expect(audit.verdict).toBe('base-misprinted')
 * expect(audit.fittingBases.map(({ base }) => base)).toEqual([161])
 * ```
 */
export function auditPercentage(printed: PercentageToAudit, namedBases: readonly NamedBase[]): PercentageAudit {
  const { percentage, count, statedBase } = printed
  const fittingBases = namedBases.flatMap((named): FittingBase[] => {
    const counts =
      count === undefined ? countsThatFit(percentage, named.base) : percentageFits(count, named.base, percentage) ? [count] : []
    return counts.length === 0 ? [] : [{ ...named, counts }]
  })
  if (count === undefined) {
    const found = fittingBases.length === 1 && fittingBases[0]?.counts.length === 1
    const verdict = found ? 'numerator-found' : fittingBases.length === 0 ? 'inconsistent' : 'numerator-not-determined'
    return { verdict, recomputed: null, fittingBases, roundings: [] }
  }
  const tried = ['half-up', 'half-even', 'truncation'] as const
  const roundings =
    statedBase === undefined ? [] : tried.filter((rounding) => percentageFits(count, statedBase.base, percentage, { rounding }))
  const recomputed = statedBase === undefined || statedBase.base === 0 ? null : count / statedBase.base
  return { verdict: verdictOf(printed, fittingBases, roundings), recomputed, fittingBases, roundings }
}

function verdictOf(printed: PercentageToAudit, fittingBases: readonly FittingBase[], roundings: readonly Rounding[]): PercentageVerdict {
  if (roundings.includes('half-up') || roundings.includes('half-even')) return 'consistent'
  if (fittingBases.length > 0) return printed.statedBase !== undefined && printed.baseIs === 'printed' ? 'base-misprinted' : 'other-base'
  return roundings.includes('truncation') ? 'cut-off' : 'inconsistent'
}
