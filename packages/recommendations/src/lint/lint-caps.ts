import { type Cap, certainties, type Certainty, grades, type Model } from '../model/model.ts'
import { type Finding } from './finding.ts'

const kinds = ['single-survey', 'old-data', 'failed-base', 'wide-interval'] as const satisfies readonly Cap['kind'][]

/** Faults of caps: one of each kind is there, and each can lower something. */
export function lintCaps(model: Model): readonly Finding[] {
  const findings: Finding[] = []
  const report = (code: 'missing-cap' | 'unreachable-cap', path: string, message: string): void => {
    findings.push({ code, severity: 'warning', rules: [], path, message, witness: null })
  }
  for (const kind of kinds) {
    const [cap, ...others] = model.caps.filter((one) => one.kind === kind)
    const path = `caps/${kind}`
    if (!cap) report('missing-cap', 'caps', `there is no cap "${kind}", so ${withoutIt[kind]}`)
    else {
      if (others.length > 0) report('unreachable-cap', path, `two caps are "${kind}"; only the first counts`)
      const why = lowersNothing(cap, model)
      if (why !== null) report('unreachable-cap', path, `the cap "${kind}" can never lower anything: ${why}`)
    }
  }
  return findings
}

const withoutIt: Readonly<Record<Cap['kind'], string>> = {
  'single-survey': 'the highest grade of one survey stands nowhere in the model',
  'old-data': 'old answers count as much as new ones',
  'failed-base': 'nothing says what a claim is worth whose base failed its check',
  'wide-interval': 'a wide interval counts as much as a narrow one',
}

function lowersNothing(cap: Cap, { grades: definitions }: Model): string | null {
  const certaintyOf = (grade: string): Certainty => definitions.find(({ id }) => id === grade)?.certainty ?? 'none'
  const isBelow = (limit: Certainty, grade: string): boolean => certainties.indexOf(limit) < certainties.indexOf(certaintyOf(grade))
  switch (cap.kind) {
    case 'single-survey':
      // A comparison from one survey is E3, so a limit of E3 or more is kept without the cap; it still says so on the record.
      return cap.grade === 'E4' ? 'E4 takes a second source anyway' : null
    case 'failed-base':
      return cap.grade === 'E0' ? null : `a blocked claim has no grade, so ${cap.grade} would raise it`
    case 'old-data':
      // A single trust has answers, which are E2 at most; a group can have any grade.
      if (isBelow(cap.trust, 'E2') || grades.some((grade) => isBelow(cap.cohort, grade))) return null
      return 'no grade that answers can have is surer'
    case 'wide-interval':
      // Only shares have intervals here, and they are E2 at most.
      return isBelow(cap.certainty, 'E2') ? null : `shares are E2 at most, and that is ${certaintyOf('E2')}`
  }
}
