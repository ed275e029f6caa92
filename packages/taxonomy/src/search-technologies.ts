import { foldedKey } from './character-table.ts'
import { technologies } from './technologies.ts'
import type { Technology } from './technology.ts'

/** A technology that fits what was typed so far. */
export interface TechnologySuggestion {
  /** The technology. */
  readonly technology: Technology
  /** The name that fits: its label or another one. */
  readonly name: string
  /** How it fits: the whole name, its beginning, the beginning of one of its words, or a part inside. */
  readonly fit: 'whole' | 'start' | 'word' | 'inside'
}

/** Options of {@link searchTechnologies}. */
export interface SearchOptions {
  /**
   * Most suggestions to give.
   *
   * @defaultValue `10`
   */
  readonly limit?: number
}

interface SearchName {
  readonly technology: Technology
  readonly name: string
  readonly key: string
  readonly isLabel: boolean
}

const fits = ['whole', 'start', 'word', 'inside'] as const
let names: readonly SearchName[] | undefined

function searchNames(): readonly SearchName[] {
  names ??= technologies().flatMap((technology) => {
    const seen = new Set<string>()
    return [technology.label, ...technology.aliases, ...technology.ambiguous.map(({ alias }) => alias)].flatMap((name, index) => {
      const key = foldedKey(name)
      if (seen.has(key)) return []
      seen.add(key)
      return [{ technology, name, key, isLabel: index === 0 }]
    })
  })
  return names
}

/**
 * Search as you type: the technologies whose names fit what was typed so far, the best first.
 *
 * Case, accents, hyphens and spaces do not matter. A whole name comes before a beginning, that before the beginning of a later word, that before
 * a part inside; labels come before other names, short names before long ones. Each technology stands once.
 *
 * @param typed - what was typed so far; nothing gives nothing
 * @param options - see {@link SearchOptions}
 *
 * @example
 * ```ts @import.meta.vitest
 * expect(searchTechnologies('postg').map(({ technology }) => technology.id)).toEqual(['postgresql'])
 * expect(searchTechnologies('java')[0]?.technology.id).toBe('java')
 * ```
 */
export function searchTechnologies(typed: string, options: SearchOptions = {}): readonly TechnologySuggestion[] {
  const { limit = 10 } = options
  const key = foldedKey(typed)
  if (key === '') return []
  const best = new Map<string, { readonly found: SearchName; readonly rank: number }>()
  const separator = foldedKey('a b')[1] ?? ''
  for (const found of searchNames()) {
    const at = found.key.indexOf(key)
    if (at < 0) continue
    const fit = found.key === key ? 0 : at === 0 ? 1 : found.key.includes(separator + key) ? 2 : 3
    const rank = fit * 2000 + (found.isLabel ? 0 : 1000) + Math.min(found.key.length, 999)
    const known = best.get(found.technology.id)
    if (known === undefined || rank < known.rank) best.set(found.technology.id, { found, rank })
  }
  return [...best.values()]
    .sort((left, right) => left.rank - right.rank || (left.found.technology.id < right.found.technology.id ? -1 : 1))
    .slice(0, limit)
    .map(({ found, rank }) => ({ technology: found.technology, name: found.name, fit: fits[Math.floor(rank / 2000)] ?? 'inside' }))
}
