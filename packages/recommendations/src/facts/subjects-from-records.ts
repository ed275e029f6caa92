import { type Answer, type FoiResponse } from '@open-digital-capability/schema'
import { type AnswerIndicator, type NumberIndicator } from '../model/indicator.ts'
import { type Model } from '../model/model.ts'
import { type Fact, type MissingFact, type Subject } from './fact.ts'
import { type Source } from './source.ts'

/**
 * What a caller works out of a record for an indicator that no question gives as it stands, such as whether a list of technologies names
 * a standard; `null` where the record does not tell.
 */
export type Derivation = (record: FoiResponse) => string | number | null

/** Options of {@link subjectsFromRecords}. */
export interface RecordsOptions {
  /** Where the records come from. Say `synthetic` of made-up ones. */
  readonly source: Source
  /**
   * Indicators that are worked out, by id.
   *
   * @defaultValue none
   */
  readonly derive?: Readonly<Record<string, Derivation>>
}

/**
 * Trusts as subjects, one a record and one after the other, so that a round of any size needs the memory of one record.
 *
 * An indicator takes the answer to its question. A missing answer stays missing, with its reason. The indicator `responded` is `yes`
 * where the organisation answered in full or in part. An answer that the indicator does not declare is not understood, and counts as
 * unreadable. Where a record tells on which day it was answered, that day is the age of its answers.
 *
 * @param model - the model whose indicators are filled
 * @param records - the records of a round
 * @param options - source, and what is worked out
 *
 * @example
 * ```ts @import.meta.vitest
 * const { studyModel } = await import('../model/study-model.ts')
 * const record = {
 *   organisation: 'R0A',
 *   status: 'answered',
 *   groups: { region: 'North West' },
 *   answers: { hasTeam: { kind: 'answered', value: 'yes' }, openSource: { kind: 'missing', reason: 'refused' } },
 * } as const
 * const [trust] = subjectsFromRecords(studyModel, [record], { source: { provenance: 'records', label: 'our round' } })
 *
 * expect(trust?.facts.hasTeam).toMatchObject({ kind: 'answer', value: 'yes' })
 * expect(trust?.facts.openSource).toEqual({ kind: 'missing', reason: 'refused' })
 * ```
 */
export function* subjectsFromRecords(
  model: Model,
  records: Iterable<FoiResponse>,
  options: RecordsOptions,
): Generator<Subject, void, undefined> {
  const indicators = model.indicators.filter((indicator) => indicator.kind === 'answer' || indicator.kind === 'number')
  const made = sharedFacts()
  for (const record of records) {
    const source = made.source(options.source, record.answeredOn)
    const facts: Record<string, Fact> = {}
    for (const indicator of indicators) {
      const fact = factOf(indicator, record, options, source, made)
      if (fact) facts[indicator.id] = fact
    }
    yield {
      id: record.organisation,
      ...(record.name === undefined ? {} : { name: record.name }),
      kind: 'trust',
      groups: record.groups,
      facts,
    }
  }
}

function factOf(
  indicator: AnswerIndicator | NumberIndicator,
  record: FoiResponse,
  { derive = {} }: RecordsOptions,
  source: Source,
  made: ReturnType<typeof sharedFacts>,
): Fact | null {
  const answer =
    indicator.question !== undefined && Object.hasOwn(record.answers, indicator.question) ? record.answers[indicator.question] : undefined
  if (Object.hasOwn(derive, indicator.id)) {
    const value = (derive[indicator.id] as Derivation)(record)
    return value === null
      ? made.missing(answer?.kind === 'missing' ? answer : { reason: 'not-answered' })
      : valueFact(indicator, value, source, made)
  }
  if (indicator.id === 'responded') {
    return made.answer(record.status === 'answered' || record.status === 'answered-in-part' ? 'yes' : 'no', source)
  }
  if (answer === undefined) return null
  if (answer.kind === 'missing') return made.missing(answer)
  return valueFact(indicator, answer.value, source, made)
}

function valueFact(
  indicator: AnswerIndicator | NumberIndicator,
  value: Answer extends infer A ? (A extends { readonly value: infer V } ? V : never) : never,
  source: Source,
  made: ReturnType<typeof sharedFacts>,
): Fact {
  if (indicator.kind === 'number') return typeof value === 'number' ? made.number(value, source) : made.missing({ reason: 'unreadable' })
  return typeof value === 'string' && indicator.values.includes(value) ? made.answer(value, source) : made.missing({ reason: 'unreadable' })
}

/** Facts made once and used wherever they are equal: a million trusts give a few dozen different answers. */
function sharedFacts(): {
  readonly source: (source: Source, answeredOn: string | undefined) => Source
  readonly answer: (value: string, source: Source) => Fact
  readonly number: (value: number, source: Source) => Fact
  readonly missing: (missing: { readonly reason: MissingFact['reason']; readonly text?: string }) => Fact
} {
  const sources = new Map<string, Source>()
  const values = new Map<Source, Map<string | number, Fact>>()
  const missing = new Map<string, Fact>()
  const shared = (value: string | number, source: Source, make: () => Fact): Fact => {
    let bySource = values.get(source)
    if (!bySource) values.set(source, (bySource = new Map<string | number, Fact>()))
    let fact = bySource.get(value)
    if (!fact) bySource.set(value, (fact = make()))
    return fact
  }
  return {
    source: (source, answeredOn) => {
      if (answeredOn === undefined) return source
      let dated = sources.get(answeredOn)
      if (!dated) sources.set(answeredOn, (dated = { ...source, collectedUntil: answeredOn }))
      return dated
    },
    answer: (value, source) => shared(value, source, () => ({ kind: 'answer', value, source })),
    // Numbers can be of any number, so they are not kept.
    number: (value, source) => ({ kind: 'number', value, source }),
    missing: ({ reason, text }) => {
      if (text !== undefined) return { kind: 'missing', reason, note: text }
      let fact = missing.get(reason)
      if (!fact) missing.set(reason, (fact = { kind: 'missing', reason }))
      return fact
    },
  }
}
