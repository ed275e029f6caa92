import { type WebsiteSearchRecord } from './website-search-record.ts'

/** What each person classified each technology as, one row a technology and one column a person. */
export interface RatingsByTechnology {
  /** Technologies, in the order in which they first come; capitals and blanks at the edges do not tell two apart. */
  readonly technologies: readonly string[]
  /** People, in the order in which they first come. */
  readonly people: readonly string[]
  /** Class by technology and person; `null` where the person could not say or did not search. */
  readonly ratings: readonly (readonly (string | null)[])[]
}

/**
 * The classes that people gave, laid out as `@open-digital-capability/stats` takes them to measure agreement. Where a person searched
 * for a technology more than once, the search of the latest day counts, and of one day the last.
 *
 * @param records - the searches
 *
 * @example
 * ```ts @import.meta.vitest
 * const search = { technology: 'Xamarin', lookedAt: 'https://example.org', query: 'xamarin', date: '2020-08-01' }
 * const records = [
 *   { ...search, searchedBy: 'A', classification: 'framework' },
 *   { ...search, searchedBy: 'B', classification: null },
 * ]
 *
 * expect(ratingsByTechnology(records)).toEqual({ technologies: ['Xamarin'], people: ['A', 'B'], ratings: [['framework', null]] })
 * ```
 */
export function ratingsByTechnology(records: readonly WebsiteSearchRecord[]): RatingsByTechnology {
  const technologies = new Map<string, string>()
  const people = new Set<string>()
  const latest = new Map<string, WebsiteSearchRecord>()
  for (const record of records) {
    const key = keyOf(record.technology)
    if (!technologies.has(key)) technologies.set(key, record.technology.trim())
    people.add(record.searchedBy)
    const place = placeOf(key, record.searchedBy)
    if (record.date >= (latest.get(place)?.date ?? '')) latest.set(place, record)
  }
  return {
    technologies: [...technologies.values()],
    people: [...people],
    ratings: [...technologies.keys()].map((key) => [...people].map((person) => latest.get(placeOf(key, person))?.classification ?? null)),
  }
}

function keyOf(technology: string): string {
  return technology.trim().toLowerCase()
}

/** A pair as one text; JSON keeps `a|b` and `c` apart from `a` and `b|c`. */
function placeOf(technology: string, person: string): string {
  return JSON.stringify([technology, person])
}
