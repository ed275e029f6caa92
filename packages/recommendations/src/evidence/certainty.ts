import { type Fact, type Subject } from '../facts/fact.ts'
import { type Source } from '../facts/source.ts'
import { type ResolvedThresholds } from '../logic/resolved-thresholds.ts'
import { type Cap, certainties, type Certainty, type Grade, type Model } from '../model/model.ts'
import { monthsBetween } from './months-between.ts'

/** How sure one can be, and why not surer. */
export interface CertaintyWithReasons {
  /** The level. */
  readonly level: Certainty
  /** The caps that apply, in words, in the order of the model. */
  readonly reasons: readonly string[]
}

/**
 * How sure one can be of what facts say. It starts from the level of their grade; caps can only lower it. The size of a share or of
 * a difference never enters: a large gap seen through bad data stays uncertain.
 *
 * @param grade - the grade of the evidence
 * @param facts - the facts it rests on
 * @param subject - kind of subject
 * @param asOf - the day on which the advice is given, `YYYY-MM-DD`; where it is `null` the age of answers is not known
 * @param model - the model, for its caps
 * @param thresholds - the thresholds in force
 */
export function certaintyOf(
  grade: Grade,
  facts: readonly Fact[],
  subject: Subject['kind'],
  asOf: string | null,
  model: Model,
  thresholds: ResolvedThresholds,
): CertaintyWithReasons {
  let level = model.grades.find(({ id }) => id === grade)?.certainty ?? 'none'
  const reasons: string[] = []
  for (const cap of model.caps) {
    const limit = limitOf(cap, facts, subject, asOf, thresholds)
    if (limit === null) continue
    reasons.push(cap.statement.text)
    if (certainties.indexOf(limit) < certainties.indexOf(level)) level = limit
  }
  return { level, reasons }
}

function limitOf(
  cap: Cap,
  facts: readonly Fact[],
  subject: Subject['kind'],
  asOf: string | null,
  thresholds: ResolvedThresholds,
): Certainty | null {
  switch (cap.kind) {
    case 'single-survey':
      return null
    case 'failed-base':
      return facts.some(({ kind }) => kind === 'blocked') ? 'none' : null
    case 'old-data': {
      // Answers whose day is not known cannot be called recent.
      const old = facts.flatMap(sourcesOf).some((source) => isOld(source, asOf, thresholds))
      return old ? (subject === 'trust' ? cap.trust : cap.cohort) : null
    }
    case 'wide-interval': {
      const wide = facts.some(
        (fact) => fact.kind === 'share' && (fact.interval.upper ?? 1) - fact.interval.lower > thresholds.valueOf('intervalWidth'),
      )
      return wide ? cap.certainty : null
    }
  }
}

function sourcesOf(fact: Fact): readonly Source[] {
  return fact.kind === 'missing' ? [] : [fact.source]
}

/** Whether answers are old, or not known to be recent. */
export function isOld(source: Source, asOf: string | null, thresholds: ResolvedThresholds): boolean {
  if (source.collectedUntil === undefined || asOf === null) return true
  return monthsBetween(source.collectedUntil, asOf) > thresholds.valueOf('dataAge')
}
