import { type Fact, type Facts, type Source, studyModel, type Subject, subjectsFromRecords } from '@open-digital-capability/recommendations'
import { type FoiResponse, type Questionnaire } from '@open-digital-capability/schema'
import { type TextDescription } from '@open-digital-capability/taxonomy'
import { type StudyConfig } from '../config.ts'
import { growingCodes } from './growing-codes.ts'

/** What the rules read of every organisation: the different patterns of facts, and which of them each organisation has. */
export interface FactPatterns {
  readonly patterns: readonly Facts[]
  readonly codes: Int32Array
}

/** Whether the shipped model has anything to say on a questionnaire: it reads at least one of its questions. */
export function advises({ questions }: Questionnaire): boolean {
  const read = new Set(studyModel.indicators.flatMap((indicator) => ('question' in indicator ? [indicator.question] : [])))
  return questions.some(({ id }) => read.has(id))
}

/** Where the facts of a round come from. */
export function sourceOf({ source }: StudyConfig): Source {
  return {
    provenance: source.provenance === 'synthetic' ? 'synthetic' : 'records',
    label: source.label,
    ...(source.collectedUntil === undefined ? {} : { collectedUntil: source.collectedUntil }),
  }
}

/** Every organisation as a subject, by its position in the file, made when it is asked for. */
export function* subjectsOf({ patterns, codes }: FactPatterns): Generator<Subject> {
  for (const [i, code] of codes.entries()) yield { id: String(i), kind: 'trust', facts: patterns[code] as Facts }
}

/** Takes records one by one; organisations that answered alike share one pattern. */
export function factPatterns(config: StudyConfig): {
  readonly add: (record: FoiResponse, text: TextDescription | null) => void
  readonly done: () => FactPatterns
} {
  const patterns: Facts[] = []
  const codes = growingCodes()
  if (!advises(config.questions)) return { add: () => undefined, done: () => ({ patterns, codes: codes.done() }) }
  const positionOf = new Map<string, number>()
  let record: FoiResponse
  let text: TextDescription | null
  // The generator pulls a record for each subject it gives, so feeding it the present one turns it into a function.
  function* present(): Generator<FoiResponse> {
    for (;;) yield record
  }
  const subjects = subjectsFromRecords(studyModel, present(), {
    source: sourceOf(config),
    derive: {
      interoperabilityStandards: () => (text === null ? null : text.interoperability.strict ? 'yes' : 'no'),
      technologyCount: () => text?.disclosed.length ?? null,
    },
  })
  return {
    add: (next, itsText) => {
      record = next
      text = itsText
      const { value } = subjects.next()
      if (value === undefined) return
      const key = Object.entries(value.facts)
        .map(([id, fact]) => `${id} ${keyOf(fact)}`)
        .join('\n')
      const position = positionOf.get(key) ?? patterns.length
      if (position === patterns.length) {
        positionOf.set(key, position)
        patterns.push(value.facts)
      }
      codes.push(position)
    },
    done: () => ({ patterns, codes: codes.done() }),
  }
}

/** The same for equal facts; whatever a rule could read of a fact is in it. */
function keyOf(fact: Fact): string {
  if (fact.kind === 'answer' || fact.kind === 'number') return `${fact.value} ${fact.source.collectedUntil ?? ''}`
  return JSON.stringify(fact)
}
