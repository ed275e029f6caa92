import {
  cohortFromSubjects,
  compareGroups,
  type Fact,
  type Facts,
  shareFact,
  studyModel,
  type Subject,
} from '@open-digital-capability/recommendations'
import { type StudyConfig } from '../config.ts'
import { type CodedRound } from './coded-round.ts'
import { frameFact } from './cohort-recommendations.ts'
import { sourceOf, subjectsOf } from './fact-patterns.ts'
import { type FrameCheck } from './frame-check.ts'
import { type Grouping } from './grouping.ts'
import { type SmallNumberGuard } from './small-numbers.ts'

/**
 * What is known of everybody together: shares, the gap between the groups that were declared, and whether those asked were those
 * there were. Advice for the system is made of it, and advice for one organisation stands beside it.
 */
export function roundCohort(
  round: CodedRound,
  config: StudyConfig,
  { grouping, frame }: { readonly grouping: Grouping | null; readonly frame: FrameCheck | null },
  guard: SmallNumberGuard,
): Subject {
  const source = sourceOf(config)
  const { confidenceLevel } = config
  const groupGap =
    // The comparison is made of counts as they are, so it cannot be shown where small numbers are hidden.
    grouping === null || config.comparison === undefined || guard.isOn
      ? {}
      : {
          groupGap: compareGroups(studyModel, 'groupGap', subjectsOf(round.facts), {
            source,
            cohort: config.comparison.definition,
            groups: config.comparison.labels,
            groupOf: ({ id }: Subject) => grouping.labels[grouping.codes[Number(id)] as number] ?? null,
            adjustment: config.adjustment,
            confidenceLevel,
          }),
        }
  const counted = cohortFromSubjects(studyModel, subjectsOf(round.facts), {
    source,
    confidenceLevel,
    other: { ...groupGap, ...frameFact(frame, source.provenance) },
  })
  return guard.isOn ? { ...counted, facts: guarded(counted.facts, guard, confidenceLevel) } : counted
}

/** Shares of the counts as they may be shown; whatever rests on a hidden count is not known. */
function guarded(facts: Facts, guard: SmallNumberGuard, confidenceLevel: number): Facts {
  const hidden: Fact = { kind: 'missing', reason: 'not-supplied', note: 'small numbers are hidden' }
  return Object.fromEntries(
    Object.entries(facts).map(([id, fact]): [string, Fact] => {
      if (fact.kind !== 'share') return [id, fact.kind === 'missing' || id === 'frameCheck' ? fact : hidden]
      const unanswered = fact.unanswered ?? 0
      const parts = guard.table([[fact.count, fact.base - fact.count - unanswered, unanswered]])
      const [count, , left] = parts.counts[0] ?? []
      const base = parts.rows[0]
      if (count == null || left == null || base == null) return [id, hidden]
      return [
        id,
        shareFact(count, base, {
          source: fact.source,
          baseCheck: { verdict: 'counted' },
          countAtMost: Math.min(base, count + left),
          unanswered: left,
          corroboratedBy: [],
          confidenceLevel,
        }),
      ]
    }),
  )
}
