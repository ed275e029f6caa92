import { type Answer, type FoiResponse, studyQuestionnaire } from '@open-digital-capability/schema'
import { createRandom } from '@open-digital-capability/stats'
import { allocate, shuffled } from './allocate.ts'
import { disclosures } from './disclosures.ts'
import { type SyntheticMargins } from './margins.ts'

/** Choices of a synthetic round. */
export interface SyntheticOptions {
  readonly seed: number
  /** How many of the organisations are exemplars. */
  readonly exemplars: number
  /** Odds ratio of yes for exemplars, on every yes-no question. */
  readonly oddsRatio: number
}

const trustTypes = ['acute', 'acute', 'acute', 'mental health', 'community', 'ambulance']
const regions = ['East', 'London', 'Midlands', 'North East', 'North West', 'South East', 'South West']

/**
 * A made-up round of answers with given margins: invented organisations with invented codes, the same bytes for the same
 * options. Trust types, regions and who is an exemplar are invented as well.
 */
export function syntheticRound(margins: SyntheticMargins, options: SyntheticOptions): FoiResponse[] {
  const random = createRandom(options.seed)
  const everybody = Array.from({ length: margins.approached }, (_, i) => i)
  const exemplars = new Set(shuffled(margins.approached, random).slice(0, options.exemplars))
  const isExemplar = (i: number): boolean => exemplars.has(i)
  const draw = (members: Iterable<number>, yes: number): Set<number> => allocate([...members], isExemplar, yes, options.oddsRatio, random)

  const responded = allocate(everybody, isExemplar, margins.responded, 1, random)
  const teams = draw(responded, margins.hasTeam)
  const yes = Object.fromEntries(Object.entries(margins.yesNo).map(([question, count]) => [question, draw(teams, count)]))
  const disclosed = draw(teams, margins.disclosed)
  const always = draw(teams, margins.openSourceAlways)
  const rest = [...teams].filter((i) => !always.has(i))
  const sometimes = allocate(rest, isExemplar, margins.openSourceSometimes, 1, random)
  const texts = disclosures(margins, random)
  const textOf = new Map([...disclosed].map((organisation, i) => [organisation, texts[i] as string]))

  return everybody.map((i): FoiResponse => {
    const id = String(i + 1).padStart(3, '0')
    const status = responded.has(i) ? 'answered' : random.uniform() < 0.2 ? 'refused' : 'no-reply'
    const answerTo = (question: string): Answer => {
      if (!responded.has(i)) return { kind: 'missing', reason: status === 'refused' ? 'refused' : 'not-answered' }
      if (question === 'hasTeam') return { kind: 'answered', value: teams.has(i) ? 'yes' : 'no' }
      if (!teams.has(i)) return { kind: 'missing', reason: 'not-asked' }
      if (question === 'disclosedTechnologies') return { kind: 'answered', value: disclosed.has(i) ? 'yes' : 'no' }
      if (question === 'technologies') {
        const text = textOf.get(i)
        return text === undefined ? { kind: 'missing', reason: 'not-asked' } : { kind: 'answered', value: text }
      }
      if (question === 'openSource') {
        if (always.has(i)) return { kind: 'answered', value: 'always' }
        if (sometimes.has(i)) return { kind: 'answered', value: 'sometimes' }
        // How the others divide into "never" and no answer is not printed: a coin decides.
        return random.uniform() < 0.5 ? { kind: 'answered', value: 'never' } : { kind: 'missing', reason: 'not-answered' }
      }
      return { kind: 'answered', value: yes[question]?.has(i) ? 'yes' : 'no' }
    }
    return {
      organisation: `SYN${id}`,
      name: `Synthetic organisation ${id}`,
      status,
      groups: {
        trustType: trustTypes[i % trustTypes.length] as string,
        region: regions[Math.floor(random.uniform() * regions.length)] as string,
        fundingGroup: isExemplar(i) ? 'funded' : 'other',
      },
      answers: Object.fromEntries(studyQuestionnaire.questions.map(({ id: question }) => [question, answerTo(question)])),
    }
  })
}
