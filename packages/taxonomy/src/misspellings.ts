/** Shortest word that may be a misspelling: shorter ones are a letter away from too much. */
export const SHORTEST_MISSPELLING = 6
const LONGEST_MISSPELLING = 24

/** Finds the name that a word misspells. */
export interface MisspellingIndex {
  /** The name that the word is one edit away from, or `null`. */
  readonly find: (text: string, start: number, end: number) => SpellingName | null
}

/** A name that may be misspelt. */
export interface SpellingName {
  /** Letters in lower case. */
  readonly name: string
  /** Whether it is a name, or a word of longer names only (`Microsoft`). */
  readonly whole: boolean
}

const FILTER_BITS = 1 << 18
const MULTIPLIER = 0x01000193

/** MULTIPLIER to the power of an index, modulo 2³². */
function powers(): Int32Array {
  const table = new Int32Array(LONGEST_MISSPELLING + 2)
  table[0] = 1
  for (let index = 1; index < table.length; index++) table[index] = Math.imul(table[index - 1]!, MULTIPLIER)
  return table
}

/**
 * Indexes names by their deletions (the SymSpell scheme), so that a word is compared with the few names that share one.
 *
 * @param names - names of letters only, each of six letters or more
 * @param words - words that are no misspellings, asked for when the first may be one
 */
export function indexMisspellings(names: readonly SpellingName[], words: () => readonly string[]): MisspellingIndex {
  let guarded: ReadonlySet<string> | undefined
  const isGuarded = (word: string): boolean => (guarded ??= new Set(words())).has(word)
  let capacity = 1024
  for (const { name } of names) capacity += 2 * (name.length + 1)
  let size = 1024
  while (size < capacity * 2) size *= 2
  const keys = new Int32Array(size)
  const values = new Int32Array(size)
  const mask = size - 1
  // A few kilobytes that stay in the cache turn most words away.
  const filter = new Int32Array(FILTER_BITS / 32)
  const power = powers()
  const prefix = new Int32Array(LONGEST_MISSPELLING + 2)
  const suffix = new Int32Array(LONGEST_MISSPELLING + 2)

  /** Reads a word into the sums from which the hash of it and of each of its deletions follows at once; false where it is no word of letters. */
  function read(word: string, start: number, length: number): boolean {
    let hash = 7
    for (let index = 0; index < length; index++) {
      const code = word.charCodeAt(start + index) | 32
      if (code < 97 || code > 122) return false
      prefix[index] = hash
      hash = (Math.imul(hash, MULTIPLIER) + code) | 0
    }
    prefix[length] = hash
    suffix[length] = 0
    for (let index = length - 1; index > 0; index--)
      suffix[index] = (suffix[index + 1]! + Math.imul(word.charCodeAt(start + index) | 32, power[length - 1 - index]!)) | 0
    return true
  }

  /** Hash of the word that was read without the letter at an index; without any where the index is its length. */
  function hashWithout(index: number, length: number): number {
    if (index === length) return prefix[length]! === 0 ? 1 : prefix[length]!
    const hash = (Math.imul(prefix[index]!, power[length - 1 - index]!) + suffix[index + 1]!) | 0
    return hash === 0 ? 1 : hash
  }

  names.forEach(({ name }, index) => {
    if (name.length > LONGEST_MISSPELLING || !read(name, 0, name.length)) return
    for (let skipped = 1; skipped <= name.length; skipped++) {
      const hash = hashWithout(skipped, name.length)
      let slot = (hash ^ (hash >>> 15)) & mask
      while (keys[slot] !== 0) slot = (slot + 1) & mask
      keys[slot] = hash
      values[slot] = index
      const bit = (hash >>> 7) & (FILTER_BITS - 1)
      filter[bit >> 5]! |= 1 << (bit & 31)
    }
  })

  function find(text: string, start: number, end: number): SpellingName | null {
    const length = end - start
    if (length < SHORTEST_MISSPELLING || length > LONGEST_MISSPELLING || !read(text, start, length)) return null
    for (let skipped = length; skipped >= 1; skipped--) {
      const hash = hashWithout(skipped, length)
      const bit = (hash >>> 7) & (FILTER_BITS - 1)
      if (!(filter[bit >> 5]! & (1 << (bit & 31)))) continue
      for (let slot = (hash ^ (hash >>> 15)) & mask; keys[slot] !== 0; slot = (slot + 1) & mask) {
        if (keys[slot] !== hash) continue
        const candidate = names[values[slot]!]!
        const lower = text.slice(start, end).toLowerCase()
        if (!isOneEditApart(lower, candidate.name)) continue
        // `services` is no misspelling of a word of a name, it is another form of it.
        if (candidate.whole ? !isGuarded(lower) : !isOtherNumber(lower, candidate.name)) return candidate
      }
    }
    return null
  }
  return { find }
}

/** Whether one word is the other with a plural `s`. */
function isOtherNumber(left: string, right: string): boolean {
  return left === `${right}s` || right === `${left}s`
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
