import { createRandom } from '@open-digital-capability/stats'
import { type FoiResponse, type MissingReason } from '@open-digital-capability/schema'

/**
 * A made-up round whose margins equal the printed ones: 226 asked, 191 answered, 161 with a team, 138 that named their tools, and
 * 112, 150, 55, 35, 25, 9 of the 161. Who gave which answer is drawn at random.
 */
export function syntheticRound(seed: number): readonly FoiResponse[] {
  const { uniform } = createRandom(seed)
  const drawn = (size: number, count: number): ReadonlySet<number> => {
    const order = Array.from({ length: size }, (_, index) => ({ index, key: uniform() })).sort((a, b) => a.key - b.key)
    return new Set(order.slice(0, count).map(({ index }) => index))
  }
  const teams = 161
  const yes = {
    frontFacing: drawn(teams, 112),
    clinicalStaff: drawn(teams, 150),
    developsForOthers: drawn(teams, 55),
    innovationGrant: drawn(teams, 35),
    disclosedTechnologies: drawn(teams, 138),
  }
  const always = drawn(teams, 25)
  const rest = Array.from({ length: teams }, (_, index) => index).filter((index) => !always.has(index))
  const sometimes = new Set([...drawn(rest.length, 9)].map((index) => rest[index]))
  const disclosed = [...yes.disclosedTechnologies].sort((a, b) => a - b)
  const standards = new Set([...drawn(disclosed.length, 24)].map((index) => disclosed[index]))
  const missing = (reason: MissingReason) => ({ kind: 'missing', reason }) as const
  const answered = (value: string) => ({ kind: 'answered', value }) as const

  return Array.from({ length: 226 }, (_, index): FoiResponse => {
    const hasAnswered = index < 191
    const hasTeam = index < teams
    const ofTeam = (value: string) => (hasTeam ? answered(value) : missing(hasAnswered ? 'not-asked' : 'not-answered'))
    const names = hasTeam && yes.disclosedTechnologies.has(index)
    return {
      organisation: `S${String(index).padStart(3, '0')}`,
      status: hasAnswered ? 'answered' : 'no-reply',
      groups: {
        trustType: ['acute', 'mental-health', 'community'][index % 3] as string,
        region: ['North', 'South'][index % 2] as string,
        funding: index % 7 === 0 ? 'exemplar' : 'other',
      },
      answers: {
        hasTeam: hasAnswered ? answered(hasTeam ? 'yes' : 'no') : missing('not-answered'),
        ...Object.fromEntries(Object.entries(yes).map(([id, set]) => [id, ofTeam(set.has(index) ? 'yes' : 'no')])),
        openSource: ofTeam(always.has(index) ? 'always' : sometimes.has(index) ? 'sometimes' : 'never'),
        technologies: names ? answered(standards.has(index) ? 'C#; HL7 FHIR' : 'C#') : missing(hasAnswered ? 'not-asked' : 'not-answered'),
      },
    }
  })
}

/** Stands in for the taxonomy: whether the text names a standard. */
export const derive = {
  interoperabilityStandards: ({ answers }: FoiResponse): string | null => {
    const answer = answers['technologies']
    if (answer?.kind !== 'answered' || typeof answer.value !== 'string') return null
    return answer.value.includes('FHIR') ? 'yes' : 'no'
  },
  technologyCount: ({ answers }: FoiResponse): number | null => {
    const answer = answers['technologies']
    return answer?.kind === 'answered' && typeof answer.value === 'string' ? answer.value.split(';').length : null
  },
}
