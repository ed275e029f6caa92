import { type FoiResponse, type Questionnaire } from '@open-digital-capability/schema'
import { adjustPValues, type ConfidenceInterval, fisherPValue, wilsonInterval } from '@open-digital-capability/stats'
import { categories, describeText, findTechnology, type TextDescription } from '@open-digital-capability/taxonomy'

/** What one organisation's free text about its technologies discloses. */
export interface DisclosedText {
  readonly organisation: string
  readonly technologies: readonly string[]
  readonly interoperability: { readonly strict: boolean; readonly wide: boolean }
  readonly hasOpenSourceTechnology: boolean
  /** What the text says of open source in words. */
  readonly openSourceStatement: TextDescription['openSource']['statement']
}

/** A technology, by how many of those that disclosed use it. */
export interface TechnologyCount {
  readonly id: string
  readonly label: string
  readonly category: string
  readonly count: number
  readonly proportion: number
  readonly interval: ConfidenceInterval
}

/** Two technologies that are disclosed together more or less often than apart. */
export interface Pair {
  readonly technologies: readonly [string, string]
  readonly together: number
  readonly pValue: number
  readonly adjustedPValue: number
}

/** What all texts of a round disclose. */
export interface DisclosedTechnologies {
  /** Organisations whose texts were classified. */
  readonly base: number
  readonly categories: readonly {
    readonly id: string
    readonly label: string
    readonly distinct: number
    readonly isStudyCategory: boolean
  }[]
  readonly technologies: readonly TechnologyCount[]
  readonly pairs: readonly Pair[]
  /** How many pairs were tested, all of which count in the adjustment. */
  readonly pairsTested: number
}

/** Classifies every answer to a question about technologies. */
export function classifyTexts(questionnaire: Questionnaire, records: readonly FoiResponse[]): DisclosedText[] {
  const ids = questionnaire.questions.filter(({ kind }) => kind === 'technologies').map(({ id }) => id)
  return records.flatMap(({ organisation, answers }): DisclosedText[] => {
    const texts = ids.flatMap((id) => {
      const answer = answers[id]
      return answer?.kind === 'answered' ? [String(answer.value)] : []
    })
    if (texts.length === 0) return []
    const description = describeText(texts.join('\n'))
    return [
      {
        organisation,
        technologies: description.disclosed,
        interoperability: description.interoperability,
        hasOpenSourceTechnology: description.openSourceTechnologies.length > 0,
        openSourceStatement: description.openSource.statement,
      },
    ]
  })
}

/** Counts technologies over texts: distinct ones by category, each with its share, and which go together. */
export function disclosedTechnologies(texts: readonly DisclosedText[], confidenceLevel: number): DisclosedTechnologies {
  const users = new Map<string, Set<string>>()
  for (const { organisation, technologies } of texts) {
    for (const id of technologies) users.set(id, (users.get(id) ?? new Set()).add(organisation))
  }
  const technologies = [...users].map(([id, { size }]): TechnologyCount => {
    const { label, category } = findTechnology(id) ?? { label: id, category: 'unknown' }
    return {
      id,
      label,
      category,
      count: size,
      proportion: size / texts.length,
      interval: wilsonInterval(size, texts.length, { confidenceLevel }),
    }
  })
  technologies.sort((a, b) => b.count - a.count || (a.id < b.id ? -1 : 1))
  return {
    base: texts.length,
    categories: categories().map(({ id, label, studyCategory }) => ({
      id,
      label,
      distinct: technologies.filter(({ category }) => category === id).length,
      isStudyCategory: studyCategory,
    })),
    technologies,
    ...pairsOf(technologies, users, texts.length),
  }
}

function pairsOf(
  technologies: readonly TechnologyCount[],
  users: ReadonlyMap<string, ReadonlySet<string>>,
  base: number,
): { pairs: Pair[]; pairsTested: number } {
  const tested: { technologies: readonly [string, string]; together: number; pValue: number }[] = []
  for (const [i, first] of technologies.entries()) {
    const ofFirst = users.get(first.id) as ReadonlySet<string>
    for (const second of technologies.slice(i + 1)) {
      let together = 0
      for (const organisation of users.get(second.id) as ReadonlySet<string>) if (ofFirst.has(organisation)) together += 1
      const onlyFirst = first.count - together
      const onlySecond = second.count - together
      tested.push({
        technologies: [first.id, second.id],
        together,
        pValue: fisherPValue(together, onlyFirst, onlySecond, base - together - onlyFirst - onlySecond),
      })
    }
  }
  const adjusted = adjustPValues(
    tested.map(({ pValue }) => pValue),
    'BH',
  )
  const pairs = tested.map((pair, i) => ({ ...pair, adjustedPValue: adjusted[i] as number }))
  pairs.sort((a, b) => a.pValue - b.pValue || b.together - a.together || (a.technologies.join() < b.technologies.join() ? -1 : 1))
  return { pairs: pairs.slice(0, 30), pairsTested: tested.length }
}
