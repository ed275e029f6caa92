import { RecommendationsError } from '../errors.ts'
import { conditionProgram } from '../logic/condition-program.ts'
import { resolveThresholds } from '../logic/resolved-thresholds.ts'
import { type ShareIndicator } from '../model/indicator.ts'
import { type Model } from '../model/model.ts'
import { type Fact, type Facts, type MissingFact, type Subject } from './fact.ts'
import { type IntervalOptions, shareFact } from './share.ts'
import { type Source } from './source.ts'

/**
 * What becomes of members of a base who were asked and gave no answer.
 *
 * - `either-way`: they stay in the base and may belong to either side, so the share is a range; no answer is never read as “no”
 * - `left-out`: they leave the base, which supposes that they are like those who answered
 */
export type Unanswered = 'either-way' | 'left-out'

/** Options of {@link cohortFromSubjects}. */
export interface CohortOptions extends IntervalOptions {
  /** Where the subjects come from. Say `synthetic` of made-up ones. */
  readonly source: Source
  /**
   * Identifier of the cohort.
   *
   * @defaultValue `'cohort'`
   */
  readonly id?: string
  /**
   * Name for people.
   *
   * @defaultValue none
   */
  readonly name?: string
  /**
   * Whether it is all that were asked, or a group of them.
   *
   * @defaultValue `'cohort'`
   */
  readonly kind?: 'cohort' | 'group'
  /**
   * What becomes of those without an answer.
   *
   * @defaultValue `'either-way'`
   */
  readonly unanswered?: Unanswered
  /**
   * Facts beside the shares, such as a comparison by {@link compareGroups} or whether the list of trusts matches a register.
   *
   * @defaultValue none
   */
  readonly other?: Facts
  /**
   * Sources independent of this one that agree with a share, by its id, such as a second wave.
   *
   * @defaultValue none
   */
  readonly corroboratedBy?: Readonly<Record<string, readonly Source[]>>
}

/** How the members of a base divide. */
interface ShareCounts {
  /** Of those who answered, the ones that are counted. */
  readonly counted: number
  /** Those who answered. */
  readonly answered: number
  /** Those who were asked and gave no answer. */
  readonly unanswered: number
}

/**
 * A group of trusts as one subject, with the shares of the model counted over it.
 *
 * The base of a share is everyone who responded and was asked: skip logic takes out those who were not. Of the members of the base some
 * may have given no answer; unless an option says otherwise the share is then a range from none to all of them.
 *
 * @param model - the model whose shares are counted
 * @param trusts - the members, as {@link subjectsFromRecords} makes them
 * @param options - source, and how shares are counted
 * @throws A {@link RecommendationsError} with code `invalid-model` if a share counts an indicator that is not an answer
 *
 * @example
 * ```ts @import.meta.vitest
 * const { studyModel } = await import('../model/study-model.ts')
 * const source = { provenance: 'records', label: 'our round' } as const
 * const trusts = ['yes', 'yes', 'no'].map((value, index) => ({
 *   id: `R0${index}`,
 *   kind: 'trust',
 *   facts: { responded: { kind: 'answer', value: 'yes', source }, hasTeam: { kind: 'answer', value, source } },
 * }) as const)
 *
 * expect(cohortFromSubjects(studyModel, trusts, { source }).facts.hasTeamShare).toMatchObject({ count: 2, base: 3 })
 * ```
 */
export function cohortFromSubjects(model: Model, trusts: Iterable<Subject>, options: CohortOptions): Subject {
  const shares = model.indicators.filter((indicator) => indicator.kind === 'share').filter(({ of }) => of !== undefined)
  const counters = shares.map((share) => shareCounter(model, share))
  for (const { facts } of trusts) for (const counter of counters) counter.add(facts)

  const facts: Record<string, Fact> = {}
  for (const [index, share] of shares.entries()) {
    const { counted, answered, unanswered } = (counters[index] as ShareCounter).counts()
    const isRange = (options.unanswered ?? 'either-way') === 'either-way'
    const base = isRange ? answered + unanswered : answered
    facts[share.id] =
      base === 0
        ? ({ kind: 'missing', reason: 'not-supplied', note: 'nobody was asked' } satisfies MissingFact)
        : shareFact(counted, base, {
            source: options.source,
            baseCheck: { verdict: 'counted' },
            countAtMost: isRange ? counted + unanswered : counted,
            unanswered,
            corroboratedBy: options.corroboratedBy?.[share.id] ?? [],
            ...(options.confidenceLevel === undefined ? {} : { confidenceLevel: options.confidenceLevel }),
            ...(options.method === undefined ? {} : { method: options.method }),
          })
  }
  return {
    id: options.id ?? 'cohort',
    ...(options.name === undefined ? {} : { name: options.name }),
    kind: options.kind ?? 'cohort',
    facts: { ...facts, ...options.other },
  }
}

/** Counts one share over trusts as they come. */
export interface ShareCounter {
  /** Takes in one trust. */
  readonly add: (facts: Facts) => void
  /** The counts so far. */
  readonly counts: () => ShareCounts
}

/** Prepares the counting of a share. */
export function shareCounter(model: Model, share: ShareIndicator): ShareCounter {
  const indicator = model.indicators.find(({ id }) => id === share.of?.indicator)
  if (!share.of || indicator?.kind !== 'answer') {
    throw new RecommendationsError('invalid-model', `the share "${share.id}" counts no indicator of kind "answer"`)
  }
  const { id } = indicator
  const wanted = new Set(share.of.in)
  const context = { indicators: new Map(model.indicators.map((one) => [one.id, one])), thresholds: resolveThresholds(model) }
  const asked = indicator.askedIf ? conditionProgram(indicator.askedIf, context) : null
  let counted = 0
  let answered = 0
  let unanswered = 0
  return {
    add: (facts) => {
      const fact = facts[id]
      // Whoever did not respond is in the base of the response alone.
      const responded = facts['responded']
      if (id !== 'responded' && responded?.kind === 'answer' && responded.value !== 'yes') return
      if (asked?.evaluate(facts) === 0 || (fact?.kind === 'missing' && fact.reason === 'not-asked')) return
      if (fact?.kind === 'answer') {
        answered += 1
        if (wanted.has(fact.value)) counted += 1
      } else unanswered += 1
    },
    counts: () => ({ counted, answered, unanswered }),
  }
}
