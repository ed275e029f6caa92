import { characterTable, DIGIT, IGNORED, LETTER, OPENER, SEPARATOR, SPACE, STOP, SYMBOL_MASK, symbolsOf, WORD } from './character-table.ts'

/** Names are walked at most this far, so that no text can make a walk long. */
const LONGEST_WALK = 160
/** A line this long was wrapped, and a name may go on in the next one. */
const WRAPPED_LINE = 45

/** Bits of a payload that change where its names may end. */
const TAIL_DIGITS = 1 << 28
/** Bit of a payload whose names may take a plural `s`. */
const TAIL_PLURAL = 1 << 29
/** Bits of a payload that hold its index. */
export const PAYLOAD_INDEX = (1 << 28) - 1

/** What a scan found: four numbers a hit, and the places where a sentence may end. */
export interface ScanResult {
  /** start, end of the name, end with glued digits, payload; four numbers a hit. */
  hits: Int32Array
  /** Numbers used in `hits`. */
  hitLength: number
  /** Offsets of `.`, `?`, `!`, `;` and line ends outside names. */
  stops: Int32Array
  /** Numbers used in `stops`. */
  stopLength: number
  /** start, end of each word of six letters or more that begins no name; two numbers a word. */
  words: Int32Array
  /** Numbers used in `words`. */
  wordLength: number
  /** Symbols read, counted only where asked for: the measure of work that tests hold to a line. */
  steps: number
}

/** An automaton over folded code units that finds names at word starts, the longest first. */
export interface NameAutomaton {
  /**
   * Walks the text once; the result is reused by the next call. With `namesOnly` only words that begin a name are looked at, which is faster: cues and
   * phrases are then found by accident alone.
   */
  readonly scan: (text: string, collectWords: boolean, namesOnly: boolean) => ScanResult
  /** The same automaton with a result of its own. */
  readonly fork: () => NameAutomaton
}

/** Bit of a label whose node ends a name; the other bits are the symbol that leads to the node. */
const NAMED = 64
/** Bits of the filter of first words. */
const FILTER_BITS = 1 << 17
/** Hash of no letters: names that begin with a digit or a sign share it. */
const FIRST_HASH = 17
const MULTIPLIER = 31
/** Undoes the multiplication, modulo 2³². */
const INVERSE = 0xbdef7bdf
const S = 20
const E = 6

const nextHash = (hash: number, symbol: number): number => (Math.imul(hash, MULTIPLIER) + symbol) | 0
/** The hash before a last symbol. */
const hashBefore = (hash: number, symbol: number): number => Math.imul(hash - symbol, INVERSE)
/** The high bits of a product, which all symbols have a part in. */
const filterBit = (hash: number): number => Math.imul(hash, 0x9e3779b1) >>> 15

function enter(filter: Int32Array, hash: number): void {
  const bit = filterBit(hash)
  filter[bit >> 5]! |= 1 << (bit & 31)
}

function grown(array: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(array.length * 2)
  larger.set(array)
  return larger
}

function grownBytes(array: Uint8Array): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(array.length * 2)
  larger.set(array)
  return larger
}

/** Gives each name among some entries its payload, under the key of {@link nameKey}. Asked once for each first word. */
type NameReader = (entries: readonly number[], payloads: Map<string, number>) => void

const separators = new RegExp(String.fromCharCode(SEPARATOR), 'g')

/** What a name is known by: its symbols, without separators where its words are to be joined. `null` for one that no text can hold. */
export function nameKey(name: string, joined: boolean): string | null {
  const key = symbolsOf(name)
  if (key === null || key === '' || key.length + 2 > LONGEST_WALK) return null
  return joined ? key.replace(separators, '') : key
}

/** A payload as the automaton holds it: its index, and which tails its name may have. */
export function withTails(index: number, key: string): number {
  const last = key.charCodeAt(key.length - 1)
  if (last < 2 || last >= 28) return index
  return index | (key.length >= 3 ? TAIL_DIGITS : 0) | (key.length >= 5 ? TAIL_PLURAL : 0)
}

/**
 * Names by their first word, and the automaton over them as far as it is needed.
 *
 * Most words of a taxonomy stand in no text that a process reads. A name is read as far as its first word; the rest of it, and what it stands for, when
 * a text holds that word. So thousands of names are ready in milliseconds, also in a process that has just begun.
 */
export class NameIndex {
  readonly #read: NameReader
  /** Words that may begin something, and words that may begin a name, as filters of bits. */
  readonly filter = new Int32Array(FILTER_BITS / 32)
  readonly nameFilter = new Int32Array(FILTER_BITS / 32)
  /** By slot: the number of a bucket plus one. A bucket holds the entries of one first word, or of the few that share a hash. */
  #slots = new Int32Array(1 << 13)
  #hashes = new Int32Array(1 << 11)
  #buckets = 0
  /** By bucket: its last entry plus one. */
  #last = new Int32Array(1 << 11)
  /** By entry: the one before it in its bucket plus one. */
  #before = new Int32Array(1 << 13)
  #entries = 0
  /** The first word of the entry before, with its space, and its bucket. */
  #word = ' '
  #wordIsName = false
  #wordBucket = 0
  readonly #names = new Map<number, ReadonlyMap<string, number>>()
  /** By bucket: its node, or 0 until it is needed. */
  roots = new Int32Array(1 << 11)
  /** By node. The children of a node stand side by side. What all names below it go on with is its tail. */
  label = new Uint8Array(1 << 11)
  children = new Int32Array(1 << 11)
  childCount = new Uint8Array(1 << 11)
  payload = new Int32Array(1 << 11)
  tailStart = new Int32Array(1 << 11)
  tailLength = new Uint8Array(1 << 11)
  tails = new Uint8Array(1 << 12)
  #nodes = 1
  #tailEnd = 0

  /** @param read - asked for the payloads of entries when their first word is needed */
  constructor(read: NameReader) {
    this.#read = read
  }

  /** Adds an entry under the first word of a name. Entries are numbered in the order in which they come. */
  add(name: string, joined: boolean, isName: boolean): void {
    const entry = this.#entries++
    // Names that begin alike mostly come one after the other: `go live`, `go to`.
    const again = isName === this.#wordIsName && !joined && name.startsWith(this.#word)
    const bucket = again ? this.#wordBucket : this.#bucketFor(this.#hashOf(name, joined, isName))
    if (!again && !joined) {
      const space = name.indexOf(' ')
      this.#word = space > 0 ? name.slice(0, space + 1) : `${name} `
      this.#wordIsName = isName
      this.#wordBucket = bucket
    }
    if (entry === this.#before.length) this.#before = grown(this.#before)
    this.#before[entry] = this.#last[bucket]!
    this.#last[bucket] = entry + 1
  }

  /** The payload of a name, or -1. */
  find(name: string): number {
    const key = nameKey(name, false)
    if (key === null) return -1
    let hash = FIRST_HASH
    for (let at = 0; at < key.length && key.charCodeAt(at) >= 2 && key.charCodeAt(at) < 28; at++) hash = nextHash(hash, key.charCodeAt(at))
    const bucket = this.bucket(hash)
    return bucket < 0 ? -1 : (this.#namesOf(bucket).get(key) ?? -1)
  }

  /** The bucket of a hash, or -1. */
  bucket(hash: number): number {
    const slots = this.#slots
    const mask = slots.length - 1
    for (let slot = filterBit(hash) & mask; slots[slot] !== 0; slot = (slot + 1) & mask) {
      const bucket = slots[slot]! - 1
      if (this.#hashes[bucket] === hash) return bucket
    }
    return -1
  }

  /** Makes the nodes of a bucket. */
  grow(bucket: number): number {
    const names = this.#namesOf(bucket)
    const keys = [...names.keys()].sort()
    const root = this.#reserve(1)
    this.roots[bucket] = root
    if (keys.length > 0) this.#place(root, 0, keys, names)
    return root
  }

  /** The hash of the first run of letters of a name, entered in the filters with its plurals where they may stand for the whole name. */
  #hashOf(name: string, joined: boolean, isName: boolean): number {
    const table = characterTable()
    let hash = FIRST_HASH
    let letters = 0
    let index = 0
    for (; index < name.length; index++) {
      const unit = table[name.charCodeAt(index)]!
      if (unit & LETTER) {
        hash = nextHash(hash, unit & SYMBOL_MASK)
        letters++
      } else if (!(unit & IGNORED) && ((unit & SYMBOL_MASK) !== SEPARATOR || (letters > 0 && !joined))) break
    }
    this.#mark(hash, isName)
    if (index === name.length) {
      this.#mark(nextHash(hash, S), isName)
      this.#mark(nextHash(nextHash(hash, E), S), isName)
    }
    return hash
  }

  #mark(hash: number, isName: boolean): void {
    enter(this.filter, hash)
    if (isName) enter(this.nameFilter, hash)
  }

  #bucketFor(hash: number): number {
    const found = this.bucket(hash)
    if (found >= 0) return found
    const bucket = this.#buckets++
    if (bucket === this.#hashes.length) {
      this.#hashes = grown(this.#hashes)
      this.#last = grown(this.#last)
      this.roots = grown(this.roots)
      this.#slots = new Int32Array(this.#slots.length * 2)
      for (let known = 0; known < bucket; known++) this.#enterSlot(known)
    }
    this.#hashes[bucket] = hash
    this.#enterSlot(bucket)
    return bucket
  }

  #enterSlot(bucket: number): void {
    const mask = this.#slots.length - 1
    let slot = filterBit(this.#hashes[bucket]!) & mask
    while (this.#slots[slot] !== 0) slot = (slot + 1) & mask
    this.#slots[slot] = bucket + 1
  }

  #namesOf(bucket: number): ReadonlyMap<string, number> {
    let names = this.#names.get(bucket)
    if (names === undefined) {
      const entries: number[] = []
      for (let entry = this.#last[bucket]! - 1; entry >= 0; entry = this.#before[entry]! - 1) entries.push(entry)
      const read = new Map<string, number>()
      // There before it is filled: what is read may ask for names of the same word.
      this.#names.set(bucket, read)
      this.#read(entries.reverse(), read)
      names = read
    }
    return names
  }

  /** Numbers of nodes that stand side by side. */
  #reserve(count: number): number {
    const first = this.#nodes
    this.#nodes += count
    while (this.#nodes > this.label.length) {
      this.label = grownBytes(this.label)
      this.children = grown(this.children)
      this.childCount = grownBytes(this.childCount)
      this.payload = grown(this.payload)
      this.tailStart = grown(this.tailStart)
      this.tailLength = grownBytes(this.tailLength)
    }
    return first
  }

  /** Fills a node with sorted keys that agree in so many symbols. */
  #place(node: number, depth: number, keys: readonly string[], names: ReadonlyMap<string, number>): void {
    const first = keys[0]!
    const last = keys.at(-1)!
    let end = depth
    while (end < first.length && first.charCodeAt(end) === last.charCodeAt(end)) end++
    while (this.#tailEnd + end - depth > this.tails.length) this.tails = grownBytes(this.tails)
    this.tailStart[node] = this.#tailEnd
    this.tailLength[node] = end - depth
    for (let at = depth; at < end; at++) this.tails[this.#tailEnd++] = first.charCodeAt(at)
    let from = 0
    if (first.length === end) {
      this.payload[node] = names.get(first)!
      this.label[node]! |= NAMED
      from = 1
    }
    const groups: string[][] = []
    for (let at = from; at < keys.length; at++) {
      const key = keys[at]!
      const group = groups.at(-1)
      if (group?.[0]!.charCodeAt(end) === key.charCodeAt(end)) group.push(key)
      else groups.push([key])
    }
    const begin = this.#reserve(groups.length)
    this.children[node] = begin
    this.childCount[node] = groups.length
    groups.forEach((group, index) => {
      this.label[begin + index] = group[0]!.charCodeAt(end)
      this.#place(begin + index, end + 1, group, names)
    })
  }
}

/** The automaton over the names of an index. */
export function automatonOf(names: NameIndex): NameAutomaton {
  const { filter, nameFilter } = names
  const table = characterTable()
  const result: ScanResult = {
    hits: new Int32Array(256),
    hitLength: 0,
    stops: new Int32Array(128),
    stopLength: 0,
    words: new Int32Array(128),
    wordLength: 0,
    steps: 0,
  }
  let tailEnd = 0

  /** Where a name that ends before `position` really ends: -1 in the middle of a word; `tailEnd` is set past glued digits. */
  function edge(text: string, length: number, position: number, found: number, lastIsWord: boolean): boolean {
    tailEnd = position
    if (position >= length) return true
    const entry = table[text.charCodeAt(position)]!
    if (!(entry & WORD)) return true
    if (!lastIsWord) return !!(entry & DIGIT)
    if (entry & DIGIT && found & TAIL_DIGITS) {
      let end = position + 1
      while (end < length) {
        const tail = table[text.charCodeAt(end)]!
        if (tail & DIGIT) end++
        else if (text.charCodeAt(end) === 46 && end + 1 < length && table[text.charCodeAt(end + 1)]! & DIGIT) end += 2
        else break
      }
      if (end >= length || !(table[text.charCodeAt(end)]! & WORD)) {
        tailEnd = end
        return true
      }
      return false
    }
    if (!(found & TAIL_PLURAL)) return false
    // WordPresses: a plural in -es after an s.
    if ((text.charCodeAt(position) | 32) === 101 && (text.charCodeAt(position - 1) | 32) === 115) position++
    if ((text.charCodeAt(position) | 32) === 115) return position + 1 >= length || !(table[text.charCodeAt(position + 1)]! & WORD)
    return false
  }

  /** Where the spaces inside a name end; -1 where they are no part of one: a dash between spaces, a line end in short lines. */
  function afterSpaces(text: string, from: number, limit: number, lineStart: number): number {
    for (let at = from; ; at++) {
      const unit = at < limit ? table[text.charCodeAt(at)]! : 0
      if (unit & IGNORED) continue
      if (!(unit & SPACE)) return (unit & SYMBOL_MASK) === SEPARATOR ? -1 : at
      if (unit & STOP && at - lineStart < WRAPPED_LINE) return -1
    }
  }

  /** Hash of the first run of letters of a word with signs in it that do not count. */
  function hashThroughIgnored(text: string, start: number): number {
    let hash = FIRST_HASH
    for (let at = start; at < text.length && at < start + LONGEST_WALK; at++) {
      const unit = table[text.charCodeAt(at)]!
      if (unit & LETTER) hash = nextHash(hash, unit & SYMBOL_MASK)
      else if (!(unit & IGNORED)) break
    }
    return hash
  }

  // One long function with the arrays in locals: the engine keeps those in registers, and reads what a closure holds anew each time.
  function scan(text: string, collectWords: boolean, namesOnly: boolean): ScanResult {
    const length = text.length
    const characters = table
    let { roots, label, children, childCount, payload, tailStart, tailLength, tails } = names
    const firstWords = namesOnly ? nameFilter : filter
    let steps = 0
    let { hits, stops, words } = result
    let hitLength = 0
    let stopLength = 0
    let wordLength = 0
    let lineStart = 0
    let position = 0
    while (position < length) {
      const entry = characters[text.charCodeAt(position)]!
      const start = position
      let mayBegin: boolean
      let end = position + 1
      let hash = FIRST_HASH
      let unit = 0
      if (entry & LETTER) {
        // The first run of letters is looked up in the filter: most words begin no name.
        hash = nextHash(FIRST_HASH, entry & SYMBOL_MASK)
        while (end < length && (unit = characters[text.charCodeAt(end)]!) & LETTER) {
          hash = nextHash(hash, unit & SYMBOL_MASK)
          end++
        }
        if (end < length && unit & IGNORED) hash = hashThroughIgnored(text, start)
        const bit = filterBit(hash)
        mayBegin = (firstWords[bit >> 5]! & (1 << (bit & 31))) !== 0
      } else if (entry & WORD) mayBegin = true
      else {
        // `.NET` begins a name, the dot of `nhs.net` does not.
        mayBegin =
          (entry & OPENER) !== 0 && (text.charCodeAt(start) !== 46 || start === 0 || !(characters[text.charCodeAt(start - 1)]! & WORD))
        if (!mayBegin) {
          if (entry & STOP) {
            if (stopLength === stops.length) stops = result.stops = grown(stops)
            stops[stopLength++] = position
            if (entry & SPACE) lineStart = position + 1
          }
          position++
          continue
        }
      }
      if (mayBegin) {
        let bestEnd = 0
        let bestTail = 0
        let bestPayload = -1
        const limit = length < start + LONGEST_WALK ? length : start + LONGEST_WALK
        // A word in -s is looked up as it stands, then as the plural of one without the s, then of one without -es.
        const forms = (text.charCodeAt(end - 1) | 32) !== 115 || end - start < 4 ? 1 : (text.charCodeAt(end - 2) | 32) === 101 ? 3 : 2
        for (let form = 0; form < forms; form++) {
          if (form > 0) hash = hashBefore(hash, form === 1 ? S : E)
          const bucket = names.bucket(hash)
          if (bucket < 0) continue
          let node = roots[bucket]!
          if (node === 0) {
            node = names.grow(bucket)
            ;({ roots, label, children, childCount, payload, tailStart, tailLength, tails } = names)
          }
          let cursor = start
          let lastIsWord = false
          let tail = tailStart[node]!
          let tailLeft = tailLength[node]!
          for (;;) {
            steps++
            if (tailLeft === 0 && label[node]! & NAMED) {
              const found = payload[node]!
              if (cursor > bestEnd && edge(text, length, cursor, found, lastIsWord)) {
                bestEnd = cursor
                bestTail = tailEnd
                bestPayload = found
              }
            }
            if (cursor >= limit) break
            let unit = characters[text.charCodeAt(cursor)]!
            while (unit & IGNORED && cursor + 1 < limit) unit = characters[text.charCodeAt(++cursor)]!
            const wanted = unit & SYMBOL_MASK
            if (wanted === 0) break
            let after = cursor + 1
            if (wanted === SEPARATOR) {
              if (unit & SPACE) {
                after = afterSpaces(text, cursor, limit, lineStart)
                if (after < 0) break
              } else if (after < limit && characters[text.charCodeAt(after)]! & SPACE) break
            }
            if (tailLeft > 0) {
              if (tails[tail] !== wanted) break
              tail++
              tailLeft--
            } else {
              let child = 0
              const begin = children[node]!
              for (let at = begin + childCount[node]! - 1; at >= begin; at--) {
                if ((label[at]! & SYMBOL_MASK) !== wanted) continue
                child = at
                break
              }
              if (child === 0) break
              node = child
              tailLeft = tailLength[node]!
              tail = tailStart[node]!
            }
            cursor = after
            lastIsWord = (unit & WORD) !== 0
          }
        }
        if (bestPayload >= 0) {
          if (hitLength + 4 > hits.length) hits = result.hits = grown(hits)
          hits[hitLength++] = start
          hits[hitLength++] = bestEnd
          hits[hitLength++] = bestTail
          hits[hitLength++] = bestPayload
          position = bestTail
          // What is left of the word is its plural s.
          while (position < length && characters[text.charCodeAt(position)]! & WORD) position++
          continue
        }
      }
      if (!(entry & WORD)) {
        if (entry & STOP) {
          if (stopLength === stops.length) stops = result.stops = grown(stops)
          stops[stopLength++] = position
        }
        position++
        continue
      }
      position = end
      while (position < length && characters[text.charCodeAt(position)]! & WORD) position++
      if (collectWords && position - start >= 6) {
        if (wordLength + 2 > words.length) words = result.words = grown(words)
        words[wordLength++] = start
        words[wordLength++] = position
      }
    }
    result.hitLength = hitLength
    result.stopLength = stopLength
    result.wordLength = wordLength
    result.steps = steps
    return result
  }

  return { scan, fork: () => automatonOf(names) }
}
