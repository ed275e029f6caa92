import {
  type ConfidenceInterval,
  finitePopulationInterval,
  type ProportionRange,
  proportionWithMissing,
  type TippingPoint,
  wilsonInterval,
} from '@open-digital-capability/stats'
import { type CodedRound, type CodedVariable, missingCode, notAskedCode } from './coded-round.ts'
import { type SmallNumberGuard } from './small-numbers.ts'

/** How many of those asked gave one answer. */
export interface AnswerShare {
  readonly id: string
  readonly label: string
  readonly level: string
  /** `null` where it is hidden as a small number; so is everything that follows from it. */
  readonly count: number | null
  /** Those who were asked and gave a usable answer: what `proportion` is a share of. */
  readonly base: number | null
  /** Those who were asked and gave none. */
  readonly missing: number | null
  readonly proportion: number | null
  /** As a sample from a large population. */
  readonly interval: ConfidenceInterval | null
  /** What those who were asked without an answer could change. */
  readonly range: ProportionRange | null
  /** As a count of everybody approached; `null` for what is worked out of texts, since silence there is not a no. */
  readonly ofFrame: FrameShare | null
}

/** A count seen as one of a finite population, of whom some are not known. */
export interface FrameShare {
  /** Everybody approached. */
  readonly population: number
  /** Those of whom it is known: who responded, without those who were asked and gave no usable answer. */
  readonly known: number
  /** Limits of the count in the population, exact (hypergeometric), if those known are like a random sample of it. */
  readonly counts: { readonly lower: number; readonly upper: number }
  /** The same as shares, 0 to 1. */
  readonly interval: { readonly lower: number; readonly upper: number; readonly level: number }
  /** Share of the population if all who are not known were a no, and if all were a yes: no assumption. */
  readonly range: { readonly lower: number; readonly upper: number }
  /** How many of those not known would have to be a yes for the share to reach a half. */
  readonly tippingPoint: TippingPoint
}

/** Shares of every level of every variable, each of its own base. */
export function answerShares(
  { responded, size }: CodedRound,
  variables: readonly CodedVariable[],
  { confidenceLevel, approached }: { readonly confidenceLevel: number; readonly approached?: number | undefined },
  guard: SmallNumberGuard,
): AnswerShare[] {
  const population = guard.count(approached ?? size)
  const answered = guard.count(responded.reduce((sum, one) => sum + one, 0))
  return variables.flatMap((variable) => {
    const { counts, missing, base } = marginOf(variable, guard)
    // Of yes and no, one says it all.
    const shown = variable.levels.join() === 'yes,no' ? ['yes'] : variable.levels
    return shown.map((level): AnswerShare => {
      const count = counts[variable.levels.indexOf(level)] ?? null
      const isKnown = count !== null && base !== null
      return {
        id: variable.id,
        label: variable.label,
        level,
        count,
        base,
        missing,
        proportion: isKnown && base > 0 ? count / base : null,
        interval: isKnown && base > 0 ? wilsonInterval(count, base, { confidenceLevel }) : null,
        range:
          isKnown && missing !== null && base + missing > 0
            ? proportionWithMissing({ successes: count, answered: base, missing }, { confidenceLevel })
            : null,
        ofFrame:
          variable.isQuestion && isKnown && missing !== null && population !== null && answered !== null
            ? frameShare(count, answered - missing, population, confidenceLevel)
            : null,
      }
    })
  })
}

/** A count of those known, as a share of a finite population. */
export function frameShare(count: number, known: number, population: number, confidenceLevel: number): FrameShare | null {
  if (population === 0 || count > known || known > population) return null
  const { lower, upper, counts, level } = finitePopulationInterval(count, known, population, { confidenceLevel })
  const { range, tippingPoints } = proportionWithMissing(
    { successes: count, answered: known, missing: population - known },
    { confidenceLevel, targets: [0.5] },
  )
  return { population, known, counts, interval: { lower, upper, level }, range, tippingPoint: tippingPoints[0] as TippingPoint }
}

/** How the answers to one variable divide, as they may be shown. */
function marginOf(
  variable: CodedVariable,
  guard: SmallNumberGuard,
): { readonly counts: readonly (number | null)[]; readonly missing: number | null; readonly base: number | null } {
  const tally = new Array<number>(notAskedCode(variable) + 1).fill(0)
  for (const code of variable.codes) tally[code] = (tally[code] as number) + 1
  const asked = tally.slice(0, -1)
  const { counts, rows } = guard.table([asked])
  const row = counts[0] as readonly (number | null)[]
  const missing = row[missingCode(variable)] as number | null
  const levels = asked.slice(0, -1)
  // Base, missing and total: where one of them is hidden, two would give it away.
  const base = missing === null || rows[0] === null ? null : guard.count(levels.reduce((sum, count) => sum + count, 0))
  return { counts: row.slice(0, -1), missing, base }
}
