import { characterTable, DIGIT, IGNORED, LETTER, OPENER, SEPARATOR, SPACE, STOP, SYMBOL_MASK, SYMBOLS, WORD } from './character-table.ts'

/** Names are walked at most this far, so that no text can make a walk long. */
const LONGEST_WALK = 160
/** A line this long was wrapped, and a name may go on in the next one. */
const WRAPPED_LINE = 45

/** Bits of a payload that change where its names may end. */
export const TAIL_DIGITS = 1 << 28
/** Bit of a payload whose names may take a plural `s`. */
export const TAIL_PLURAL = 1 << 29
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
  /** Nodes of the automaton. */
  readonly size: number
}

/** Bit of a label whose node ends a name; the other bits are the symbol that leads to the node. */
const NAMED = 64
/** Bits of the filter of first words. */
const FILTER_BITS = 1 << 17
const FIRST_HASH = 17
const S = 20
const E = 6

const nextHash = (hash: number, symbol: number): number => (Math.imul(hash, 31) + symbol) | 0
/** The bit of the filter for a hash: the high bits of a product, which all symbols have a part in. */
const filterBit = (hash: number): number => Math.imul(hash, 0x9e3779b1) >>> 15

function enter(filter: Int32Array, hash: number): void {
  const bit = filterBit(hash)
  filter[bit >> 5]! |= 1 << (bit & 31)
}

/**
 * The nodes of an automaton as they are read.
 *
 * The children of a node stand side by side. A node that only one name goes through holds the rest of that name as its tail.
 */
interface PackedNodes {
  readonly label: Uint8Array
  readonly children: Int32Array
  readonly childCount: Uint8Array
  readonly payload: Int32Array
  readonly tailStart: Int32Array
  readonly tailLength: Uint8Array
  readonly tails: Uint8Array
  readonly filter: Int32Array
  readonly nameFilter: Int32Array
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

/** Collects names before they are compiled. */
export class AutomatonBuilder {
  #first = new Int32Array(1 << 15)
  #next = new Int32Array(1 << 15)
  #symbol = new Uint8Array(1 << 15)
  #payload = new Int32Array(1 << 15).fill(-1)
  #tailStart = new Int32Array(1 << 15)
  #tailLength = new Uint8Array(1 << 15)
  #tails = new Uint8Array(1 << 17)
  #tailEnd = 0
  #nodes = 1
  // The first two levels are wide: their children are looked up, not searched.
  readonly #singles = new Int32Array(SYMBOLS)
  readonly #pairs = new Int32Array(SYMBOLS * SYMBOLS)
  readonly #filter = new Int32Array(FILTER_BITS / 32)
  readonly #nameFilter = new Int32Array(FILTER_BITS / 32)
  readonly #symbols = new Uint8Array(LONGEST_WALK)
  #count = 0

  /** Symbols of the name that was read last. */
  get symbols(): number {
    return this.#count
  }

  /** Last symbol of the name that was read last. */
  get lastSymbol(): number {
    return this.#symbols[this.#count - 1] ?? 0
  }

  /** Payload of a name, or -1. */
  payload(name: string): number {
    if (!this.#read(name, false)) return -1
    const symbols = this.#symbols
    let node = 0
    let at = 0
    for (;;) {
      for (let tail = this.#tailStart[node]!, end = tail + this.#tailLength[node]!; tail < end; tail++)
        if (this.#tails[tail] !== symbols[at++]) return -1
      if (at >= this.#count) return at === this.#count ? this.#payload[node]! : -1
      node = this.#child(node, at)
      if (node === 0) return -1
      at++
    }
  }

  /** Sets the payload of a name that has none, unless the name holds a character that no name may hold. Returns the payload that it has then, or -1. */
  add(name: string, joined: boolean, payload: () => number): number {
    if (!this.#read(name, joined)) return -1
    const node = this.#node()
    if (this.#payload[node]! < 0) {
      this.#payload[node] = payload()
      this.#remember(this.#filter)
    }
    return this.#payload[node]!
  }

  /** Marks what was added as a name, for readings that look for names alone. */
  markName(name: string, joined: boolean): void {
    if (this.#read(name, joined)) this.#remember(this.#nameFilter)
  }

  /** Reads a name into `#symbols`: one separator for any run of them, none where the words are to be joined. */
  #read(name: string, joined: boolean): boolean {
    const table = characterTable()
    const symbols = this.#symbols
    let count = 0
    let separated = false
    for (let index = 0; index < name.length; index++) {
      const entry = table[name.charCodeAt(index)]!
      if (entry & IGNORED) continue
      const symbol = entry & SYMBOL_MASK
      if (symbol === 0 || count + 2 > LONGEST_WALK) return false
      if (symbol === SEPARATOR) {
        separated = count > 0
        continue
      }
      if (separated && !joined) symbols[count++] = SEPARATOR
      separated = false
      symbols[count++] = symbol
    }
    this.#count = count
    return count > 0
  }

  #child(node: number, at: number): number {
    const symbols = this.#symbols
    const symbol = symbols[at]!
    if (at === 0) return this.#singles[symbol]!
    if (at === 1) return this.#pairs[symbols[0]! * SYMBOLS + symbol]!
    for (let child = this.#first[node]!; child !== 0; child = this.#next[child]!) if (this.#symbol[child] === symbol) return child
    return 0
  }

  /** The node at which the name that was read ends, made where it is missing. */
  #node(): number {
    const symbols = this.#symbols
    const count = this.#count
    let node = 0
    let at = 0
    for (;;) {
      const length = this.#tailLength[node]!
      if (length > 0) {
        const tail = this.#tailStart[node]!
        let same = 0
        while (same < length && at + same < count && this.#tails[tail + same] === symbols[at + same]) same++
        if (same === length) at += same
        else this.#unfold(node, at)
      }
      if (at >= count) return node
      let child = this.#child(node, at)
      if (child === 0) {
        child = this.#add(node, at, symbols[at]!)
        // The first two levels are looked up by symbol and carry no tail.
        if (at >= 2 && count > at + 1) {
          this.#setTail(child, symbols, at + 1, count)
          return child
        }
      }
      node = child
      at++
    }
  }

  /** Turns the first symbol of a tail into a node of its own. */
  #unfold(node: number, at: number): void {
    const tail = this.#tailStart[node]!
    // What came after the tail comes after the shorter tail of the new node.
    const below = this.#first[node]!
    this.#first[node] = 0
    const child = this.#add(node, at, this.#tails[tail]!)
    this.#first[child] = below
    this.#payload[child] = this.#payload[node]!
    this.#payload[node] = -1
    this.#tailStart[child] = tail + 1
    this.#tailLength[child] = this.#tailLength[node]! - 1
    this.#tailLength[node] = 0
  }

  #setTail(node: number, symbols: Uint8Array, from: number, to: number): void {
    while (this.#tailEnd + to - from > this.#tails.length) this.#tails = grownBytes(this.#tails)
    this.#tails.set(symbols.subarray(from, to), this.#tailEnd)
    this.#tailStart[node] = this.#tailEnd
    this.#tailLength[node] = to - from
    this.#tailEnd += to - from
  }

  #add(parent: number, at: number, symbol: number): number {
    if (this.#nodes === this.#first.length) {
      this.#first = grown(this.#first)
      this.#next = grown(this.#next)
      this.#symbol = grownBytes(this.#symbol)
      this.#tailStart = grown(this.#tailStart)
      this.#tailLength = grownBytes(this.#tailLength)
      const payloads = new Int32Array(this.#payload.length * 2).fill(-1)
      payloads.set(this.#payload)
      this.#payload = payloads
    }
    const node = this.#nodes++
    this.#symbol[node] = symbol
    this.#next[node] = this.#first[parent]!
    this.#first[parent] = node
    if (at === 0) this.#singles[symbol] = node
    else if (at === 1) this.#pairs[this.#symbols[0]! * SYMBOLS + symbol] = node
    return node
  }

  /** Enters the first run of letters of a name in a filter, with its plurals where they may stand for the whole name. */
  #remember(filter: Int32Array): void {
    const symbols = this.#symbols
    let hash = FIRST_HASH
    let at = 0
    while (at < this.#count && symbols[at]! >= 2 && symbols[at]! < 28) hash = nextHash(hash, symbols[at++]!)
    enter(filter, hash)
    if (at < this.#count) return
    enter(filter, nextHash(hash, S))
    enter(filter, nextHash(nextHash(hash, E), S))
  }

  /** Compiles what was collected. */
  build(): NameAutomaton {
    const count = this.#nodes
    const packed: PackedNodes = {
      label: new Uint8Array(count),
      children: new Int32Array(count),
      childCount: new Uint8Array(count),
      payload: new Int32Array(count).fill(-1),
      tailStart: new Int32Array(count),
      tailLength: new Uint8Array(count),
      tails: this.#tails.slice(0, this.#tailEnd),
      filter: this.#filter,
      nameFilter: this.#nameFilter,
    }
    const first = this.#first
    const next = this.#next
    // Pairs of an old node and its new place.
    const stack = new Int32Array(count * 2)
    let top = 2
    let free = 1
    while (top > 0) {
      const place = stack[--top]!
      const node = stack[--top]!
      const begin = free
      for (let child = first[node]!; child !== 0; child = next[child]!) {
        const payload = this.#payload[child]!
        packed.payload[free] = payload
        packed.label[free] = this.#symbol[child]! | (payload >= 0 ? NAMED : 0)
        packed.tailStart[free] = this.#tailStart[child]!
        packed.tailLength[free] = this.#tailLength[child]!
        stack[top++] = child
        stack[top++] = free++
      }
      packed.children[place] = begin
      packed.childCount[place] = free - begin
    }
    return automatonOf(packed)
  }
}

function automatonOf(nodes: PackedNodes): NameAutomaton {
  const { label, children, childCount, payload, tailStart, tailLength, tails, filter, nameFilter } = nodes
  const table = characterTable()
  // The first two symbols are looked up directly.
  const pairs = new Int32Array(SYMBOLS * SYMBOLS)
  const singles = new Int32Array(SYMBOLS)
  for (let node = children[0]!, end = node + childCount[0]!; node < end; node++) {
    const outer = label[node]! & SYMBOL_MASK
    singles[outer] = node
    for (let child = children[node]!, last = child + childCount[node]!; child < last; child++)
      pairs[outer * SYMBOLS + (label[child]! & SYMBOL_MASK)] = child
  }
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

  // One long function with the arrays in locals: the engine keeps those in registers, and reads what a closure holds anew each time.
  function scan(text: string, collectWords: boolean, namesOnly: boolean): ScanResult {
    const length = text.length
    const characters = table
    const labels = label
    const begins = children
    const counts = childCount
    const tailStarts = tailStart
    const tailLengths = tailLength
    const tailSymbols = tails
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
      if (entry & LETTER) {
        // The first run of letters is looked up in the filter: most words begin no name.
        let hash = nextHash(FIRST_HASH, entry & SYMBOL_MASK)
        let unit = 0
        while (end < length && (unit = characters[text.charCodeAt(end)]!) & LETTER) {
          hash = nextHash(hash, unit & SYMBOL_MASK)
          end++
        }
        const bit = filterBit(hash)
        mayBegin = (firstWords[bit >> 5]! & (1 << (bit & 31))) !== 0 || (end < length && (unit & IGNORED) !== 0)
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
        const firstSymbol = entry & SYMBOL_MASK
        const limit = length < start + LONGEST_WALK ? length : start + LONGEST_WALK
        let node = singles[firstSymbol]!
        let cursor = start + 1
        let depth = 1
        let lastIsWord = (entry & WORD) !== 0
        let tail = 0
        let tailLeft = 0
        while (node !== 0) {
          steps++
          if (tailLeft === 0 && labels[node]! & NAMED) {
            const found = payload[node]!
            if (edge(text, length, cursor, found, lastIsWord)) {
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
            if (tailSymbols[tail] !== wanted) break
            tail++
            tailLeft--
          } else {
            let child = 0
            if (depth === 1) child = pairs[firstSymbol * SYMBOLS + wanted]!
            else {
              const begin = begins[node]!
              for (let at = begin + counts[node]! - 1; at >= begin; at--) {
                if ((labels[at]! & SYMBOL_MASK) !== wanted) continue
                child = at
                break
              }
            }
            if (child === 0) break
            node = child
            depth++
            tailLeft = tailLengths[node]!
            tail = tailStarts[node]!
          }
          cursor = after
          lastIsWord = (unit & WORD) !== 0
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

  return { scan, fork: () => automatonOf(nodes), size: label.length }
}
