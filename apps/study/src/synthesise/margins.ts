import { figureOf, type PublishedStudy } from '../published-study.ts'

/** The margins that a synthetic round equals, all of them printed; the two of the posts with the counts that fit. */
export interface SyntheticMargins {
  readonly approached: number
  readonly responded: number
  readonly hasTeam: number
  readonly yesNo: Readonly<Record<'frontFacing' | 'clinicalStaff' | 'developsForOthers' | 'innovationGrant', number>>
  readonly disclosed: number
  readonly openSourceAlways: number
  readonly openSourceSometimes: number
  readonly interoperability: number
  /** Distinct technologies by the label of their category. */
  readonly technologies: Readonly<Record<string, number>>
  /** Users of single technologies, by id. */
  readonly users: Readonly<Record<string, number>>
}

/** The printed margins. C# is 59% of 138, which 81 or 82 give; the larger is taken. Python is 5.1%, which 7 gives. */
export function printedMargins(study: PublishedStudy): SyntheticMargins {
  const count = (id: string): number => figureOf(study, id).count
  return {
    approached: count('approached'),
    responded: count('responded'),
    hasTeam: count('hasTeam'),
    yesNo: {
      frontFacing: count('frontFacing'),
      clinicalStaff: count('clinicalStaff'),
      developsForOthers: count('developsForOthers'),
      innovationGrant: count('innovationGrant'),
    },
    disclosed: count('disclosedTechnologies'),
    openSourceAlways: count('openSourceAlways'),
    openSourceSometimes: count('openSourceSometimes'),
    interoperability: count('interoperabilityStandards'),
    technologies: figureOf(study, 'technologies').parts ?? {},
    users: { 'c-sharp': 82, python: 7 },
  }
}
