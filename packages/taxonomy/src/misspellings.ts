/** Shortest word that may be a misspelling: shorter ones are a letter away from too much. */
export const SHORTEST_MISSPELLING = 6
const LONGEST_MISSPELLING = 24

/** Finds the name that a word misspells. */
export interface MisspellingIndex {
  /** Number of the name that the word is one edit away from, or -1. */
  readonly find: (text: string, start: number, end: number) => number
}

/** A name that may be misspelt. */
export interface SpellingName {
  /** Letters in lower case. */
  readonly name: string
  /** What to return for it. */
  readonly number: number
}

const MULTIPLIER = 0x01000193

function hashOf(word: string, skipped: number): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < word.length; index++) if (index !== skipped) hash = Math.imul(hash ^ word.charCodeAt(index), MULTIPLIER)
  return hash === 0 ? 1 : hash
}

/**
 * Indexes names by their deletions (the SymSpell scheme), so that a word is compared with the few names that share one.
 *
 * @param names - names of letters only, each of six letters or more
 * @param words - words that are no misspellings
 */
export function indexMisspellings(names: readonly SpellingName[], words: readonly string[]): MisspellingIndex {
  const guarded = new Set(words)
  let capacity = 1024
  for (const { name } of names) capacity += 2 * (name.length + 1)
  let size = 1024
  while (size < capacity * 2) size *= 2
  const keys = new Int32Array(size)
  const values = new Int32Array(size)
  const mask = size - 1
  const insert = (hash: number, value: number): void => {
    let slot = (hash ^ (hash >>> 15)) & mask
    while (keys[slot] !== 0) slot = (slot + 1) & mask
    keys[slot] = hash
    values[slot] = value
  }
  names.forEach(({ name }, index) => {
    insert(hashOf(name, -1), index)
    for (let skipped = 1; skipped < name.length; skipped++) insert(hashOf(name, skipped), index)
  })
  const forward = new Int32Array(LONGEST_MISSPELLING + 1)

  function find(text: string, start: number, end: number): number {
    const length = end - start
    if (length < SHORTEST_MISSPELLING || length > LONGEST_MISSPELLING) return -1
    let lower = ''
    forward[0] = 0x811c9dc5
    for (let index = 0; index < length; index++) {
      const code = text.charCodeAt(start + index) | 32
      if (code < 97 || code > 122) return -1
      forward[index + 1] = Math.imul(forward[index]! ^ code, MULTIPLIER)
    }
    for (let skipped = length; skipped >= 1; skipped--) {
      let hash = forward[skipped]!
      for (let index = skipped + 1; index < length; index++) hash = Math.imul(hash ^ (text.charCodeAt(start + index) | 32), MULTIPLIER)
      if (hash === 0) hash = 1
      for (let slot = (hash ^ (hash >>> 15)) & mask; keys[slot] !== 0; slot = (slot + 1) & mask) {
        if (keys[slot] !== hash) continue
        const candidate = names[values[slot]!]!
        if (lower === '') lower = text.slice(start, end).toLowerCase()
        if (isOneEditApart(lower, candidate.name) && !guarded.has(lower)) return candidate.number
      }
    }
    return -1
  }
  return { find }
}

/** Whether one insertion, deletion, substitution or exchange of neighbours turns one word into the other. The first letters must agree. */
export function isOneEditApart(left: string, right: string): boolean {
  if (left === right || left[0] !== right[0] || Math.abs(left.length - right.length) > 1) return false
  const [short, long] = left.length <= right.length ? [left, right] : [right, left]
  let at = 0
  while (at < short.length && short[at] === long[at]) at++
  if (short.length < long.length) return short.slice(at) === long.slice(at + 1)
  if (short.slice(at + 1) === long.slice(at + 1)) return true
  return short[at] === long[at + 1] && short[at + 1] === long[at] && short.slice(at + 2) === long.slice(at + 2)
}
