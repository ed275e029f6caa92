import { RecommendationsError } from '../errors.ts'
import { isOld } from '../evidence/certainty.ts'
import { type Evaluation } from '../evaluate/recommendation.ts'
import { resolveThresholds } from '../logic/resolved-thresholds.ts'
import { indicatorTraces } from '../logic/trace.ts'
import { type Model } from '../model/model.ts'

/** Options of {@link leagueTable}. */
export interface LeagueTableOptions {
  /**
   * Whether named trusts may be ranked on answers that are old, or not known to be recent.
   *
   * @defaultValue `'refuse'`
   */
  readonly oldAnswers?: 'refuse' | 'rank-all-the-same'
}

/** A place in a league table. */
export interface LeaguePlace {
  /** Place from 1; subjects with equal shares share it. */
  readonly place: number
  /** Id of the subject. */
  readonly subject: string
  /** Recommendations that it meets. */
  readonly met: number
  /** Recommendations that concern it and are decided. */
  readonly decided: number
  /** Recommendations that are unknown; they count neither way. */
  readonly unknown: number
}

/**
 * Trusts ranked by the part of the decided recommendations that they meet. This package advises against it: answers differ in how many
 * are missing, rules are not equally important, and a place says nothing of why. On old answers it is refused unless asked for outright.
 *
 * @param model - the model
 * @param evaluations - evaluations of trusts
 * @param options - whether old answers may be ranked
 * @throws A {@link RecommendationsError} with code `league-table-refused` where answers are old and the option does not allow it
 *
 * @example
 * ```ts @import.meta.vitest
 * const { evaluate } = await import('../evaluate/evaluate.ts')
 * const { studyModel } = await import('../model/study-model.ts')
 * const source = { provenance: 'records', label: 'a round', collectedUntil: '2020-12-31' } as const
 * const old = evaluate(studyModel, { id: 'R0A', kind: 'trust', facts: { hasTeam: { kind: 'answer', value: 'no', source } } }, { asOf: '2026-01-01' })
 *
 * expect(() => leagueTable(studyModel, [old])).toThrow('old')
 * ```
 */
export function leagueTable(model: Model, evaluations: readonly Evaluation[], options: LeagueTableOptions = {}): readonly LeaguePlace[] {
  if ((options.oldAnswers ?? 'refuse') === 'refuse') {
    const old = evaluations.find((evaluation) => restsOnOldAnswers(model, evaluation))
    if (old) {
      throw new RecommendationsError(
        'league-table-refused',
        `the answers of ${old.subject} are old or of unknown age, so trusts are not ranked on them unless the option oldAnswers is 'rank-all-the-same'`,
      )
    }
  }
  const rows = evaluations.map(({ subject, recommendations }) => {
    const count = (wanted: string): number => recommendations.filter(({ status }) => status === wanted).length
    return { subject, met: count('already-met'), decided: count('already-met') + count('applies'), unknown: count('unknown') }
  })
  // Compared as fractions, met₁ · decided₂ against met₂ · decided₁; without decided recommendations a subject comes last.
  rows.sort((a, b) => compareShares(a, b) || (a.subject < b.subject ? -1 : 1))
  let place = 0
  return rows.map((row, index) => {
    const before = rows[index - 1]
    if (!before || compareShares(before, row) !== 0) place = index + 1
    return { place, ...row }
  })
}

type Row = Omit<LeaguePlace, 'place'>

function compareShares(a: Row, b: Row): number {
  if (a.decided === 0 || b.decided === 0) return Math.sign(b.decided) - Math.sign(a.decided)
  return b.met * a.decided - a.met * b.decided
}

function restsOnOldAnswers(model: Model, { recommendations, asOf, changedThresholds }: Evaluation): boolean {
  const thresholds = resolveThresholds(model, changedThresholds)
  return recommendations
    .flatMap(({ scope, when }) => [scope, when].flatMap((trace) => (trace ? indicatorTraces(trace) : [])))
    .some(({ fact }) => fact.kind !== 'missing' && isOld(fact.source, asOf, thresholds))
}
