import { type ComparisonFact, judgeFamily } from '../facts/comparison.ts'
import { type Fact, type ShareFact } from '../facts/fact.ts'
import { type Source } from '../facts/source.ts'
import { type ResolvedThresholds } from '../logic/resolved-thresholds.ts'
import { type TraceNode } from '../logic/trace.ts'
import { type Grade, grades, type Model } from '../model/model.ts'

/**
 * The grade of one fact: how strong it is as evidence, whatever its size.
 *
 * - E0: nothing is known, or the claim is blocked
 * - E1: somebody states it, and it cannot be recomputed
 * - E2: a count over a base that was checked
 * - E3: a declared comparison on complete cells, adjusted over its family
 * - E4: E3 with an independent source that agrees
 *
 * A single survey never passes the grade of the model’s cap, here E3, so E4 asks for a source in
 * `corroboratedBy` that is not the survey itself.
 */
export function gradeOfFact(fact: Fact, model: Model, thresholds: ResolvedThresholds): Grade {
  const cap = model.caps.find(({ kind }) => kind === 'single-survey')
  const single = cap?.kind === 'single-survey' ? cap.grade : 'E4'
  switch (fact.kind) {
    case 'missing':
      return 'E0'
    case 'blocked': {
      const failed = model.caps.find(({ kind }) => kind === 'failed-base')
      return failed?.kind === 'failed-base' ? failed.grade : 'E0'
    }
    case 'answer':
    case 'number':
      return fact.source.provenance === 'stated' ? 'E1' : lowest('E2', single)
    case 'share':
      return fact.strength === 'assertion' ? 'E1' : lowest('E2', single)
    case 'comparison':
      if (judgeFamily(fact, thresholds.comparison) === 'unknown') return 'E0'
      return corroborating(fact).length > 0 ? 'E4' : lowest('E3', single)
  }
}

/** The sources that agree with a share or comparison and are not its own: nothing bears itself out. */
export function corroborating({ corroboratedBy, source }: ShareFact | ComparisonFact): readonly Source[] {
  const isOwn = ({ label, url, version, collectedUntil }: Source): boolean =>
    label === source.label && url === source.url && version === source.version && collectedUntil === source.collectedUntil
  return corroboratedBy.filter((other) => !isOwn(other))
}

/**
 * The grade of an outcome: that of its weakest necessary part. Where one of several parts suffices the strongest of those counts.
 *
 * @param trace - a condition evaluated
 * @param gradeOf - the grade of a fact
 */
export function gradeOfTrace(trace: TraceNode, gradeOf: (fact: Fact) => Grade): Grade {
  if (trace.result === 'unknown') return 'E0'
  if (trace.kind === 'indicator') return gradeOf(trace.fact)
  const parts = trace.parts
    .filter((part) => trace.kind === 'not' || part.result === trace.result)
    .map((part) => gradeOfTrace(part, gradeOf))
  const suffices = (trace.kind === 'any') === (trace.result === 'true')
  return parts.reduce(trace.kind !== 'not' && suffices ? highest : lowest)
}

/** The weaker of two grades. */
export function lowest(a: Grade, b: Grade): Grade {
  return grades.indexOf(a) <= grades.indexOf(b) ? a : b
}

/** The stronger of two grades. */
function highest(a: Grade, b: Grade): Grade {
  return grades.indexOf(a) >= grades.indexOf(b) ? a : b
}
