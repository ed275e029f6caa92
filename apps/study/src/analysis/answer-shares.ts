import { type FoiResponse } from '@open-digital-capability/schema'
import { type ConfidenceInterval, type ProportionRange, proportionWithMissing, wilsonInterval } from '@open-digital-capability/stats'
import { type Variable } from './variable.ts'

/** How many of those asked gave one answer. */
export interface AnswerShare {
  readonly id: string
  readonly label: string
  readonly level: string
  readonly count: number
  /** Those who were asked and gave a usable answer: what `proportion` is a share of. */
  readonly base: number
  /** Those who were asked and gave none. */
  readonly missing: number
  readonly proportion: number | null
  /** As a sample from a large population. */
  readonly interval: ConfidenceInterval | null
  /** What those who were asked without an answer could change. */
  readonly range: ProportionRange | null
}

/** Shares of every level of every variable, each of its own base. */
export function answerShares(records: readonly FoiResponse[], variables: readonly Variable[], confidenceLevel: number): AnswerShare[] {
  return variables.flatMap((variable) => {
    const counts = new Map(variable.levels.map((level) => [level, 0]))
    let missing = 0
    for (const record of records) {
      const found = variable.levelOf(record)
      if (found.kind === 'not-asked') continue
      const sofar = found.kind === 'level' ? counts.get(found.level) : undefined
      if (found.kind === 'missing' || sofar === undefined) missing += 1
      else counts.set(found.level, sofar + 1)
    }
    const base = [...counts.values()].reduce((sum, count) => sum + count, 0)
    // Of yes and no, one says it all.
    const shown = variable.levels.join() === 'yes,no' ? ['yes'] : variable.levels
    return shown.map((level): AnswerShare => {
      const count = counts.get(level) ?? 0
      return {
        id: variable.id,
        label: variable.label,
        level,
        count,
        base,
        missing,
        proportion: base === 0 ? null : count / base,
        interval: base === 0 ? null : wilsonInterval(count, base, { confidenceLevel }),
        range: base + missing === 0 ? null : proportionWithMissing({ successes: count, answered: base, missing }, { confidenceLevel }),
      }
    })
  })
}
