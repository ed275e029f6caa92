import { ratingsByTechnology, type WebsiteSearchRecord } from '@open-digital-capability/schema'
import {
  cohenKappa,
  type ConfidenceInterval,
  contingencyTable,
  type ContingencyTable,
  krippendorffAlpha,
} from '@open-digital-capability/stats'

/** How far people who looked the same technologies up gave them the same class. */
export interface SearchAgreement {
  /** Name of the file of searches, without its folder. */
  readonly file: string
  readonly sha256: string
  readonly searches: number
  readonly technologies: number
  readonly people: readonly string[]
  readonly classes: readonly string[]
  /** Each two people, on the technologies that both classified. */
  readonly pairs: readonly {
    readonly people: readonly [string, string]
    readonly both: number
    readonly table: ContingencyTable
    readonly observedAgreement: number | null
    readonly kappa: number | null
    readonly interval: ConfidenceInterval | null
    /** Kappa where chance and margins are even; far from kappa, it tells of the kappa paradoxes. */
    readonly prevalenceAndBiasAdjusted: number | null
    readonly paradox: 'none' | 'prevalence' | 'bias'
    readonly notTestable: string | null
  }[]
  /** Krippendorff's alpha of everybody, with the technologies that some did not classify; `null` where it is not defined. */
  readonly alpha: number | null
}

/** A file of website searches, as it was read. */
export interface WebsiteSearchFile {
  readonly file: string
  readonly sha256: string
  readonly records: readonly WebsiteSearchRecord[]
}

/** Agreement between the people of a file of website searches. */
export function searchAgreement({ file, sha256, records }: WebsiteSearchFile, confidenceLevel: number): SearchAgreement {
  const { technologies, people, ratings } = ratingsByTechnology(records)
  const classes = [...new Set(ratings.flat().filter((rating) => rating !== null))].sort()
  const pairs = people.flatMap((first, i) =>
    people.slice(i + 1).map((second, k): SearchAgreement['pairs'][number] => {
      const counts = classes.map(() => classes.map(() => 0))
      for (const row of ratings) {
        const cells = counts[classes.indexOf(row[i] ?? '')]
        const column = classes.indexOf(row[i + 1 + k] ?? '')
        if (cells !== undefined && column >= 0) cells[column] = (cells[column] as number) + 1
      }
      const table = contingencyTable(counts, { rowLabels: classes, columnLabels: classes })
      const both = counts.flat().reduce((sum, count) => sum + count, 0)
      const people = [first, second] as const
      const none = { observedAgreement: null, kappa: null, interval: null, prevalenceAndBiasAdjusted: null, paradox: 'none' } as const
      if (classes.length < 2) return { people, both, table, ...none, notTestable: 'only one class was given' }
      const kappa = cohenKappa(table, { confidenceLevel })
      if (kappa.method === 'not-testable') return { people, both, table, ...none, notTestable: kappa.message }
      return {
        people,
        both,
        table,
        observedAgreement: kappa.observedAgreement,
        kappa: kappa.estimate,
        interval: kappa.confidenceInterval,
        prevalenceAndBiasAdjusted: kappa.prevalenceAndBiasAdjusted,
        paradox: kappa.paradox,
        notTestable: null,
      }
    }),
  )
  const alpha = people.length < 2 || classes.length < 2 ? null : krippendorffAlpha(ratings)
  return {
    file,
    sha256,
    searches: records.length,
    technologies: technologies.length,
    people,
    classes,
    pairs,
    alpha: alpha === null || alpha.method === 'not-testable' ? null : alpha.estimate,
  }
}
