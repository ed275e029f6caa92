import { characterTable, DIGIT, IGNORED, OPENER, SEPARATOR, SPACE, STOP, symbolsOf, SYMBOL_MASK, SYMBOLS, WORD } from './character-table.ts'

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
  /** Walks the text once; the result is reused by the next call. */
  readonly scan: (text: string, collectWords: boolean) => ScanResult
  /** The same automaton with a result of its own. */
  readonly fork: () => NameAutomaton
  /** The payload of a whole name, or -1. */
  readonly lookup: (name: string) => number
  /** Nodes of the automaton. */
  readonly size: number
}

function grown(array: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(array.length * 2)
  larger.set(array)
  return larger
}

/** Collects names before they are compiled. */
export class AutomatonBuilder {
  #first = new Int32Array(1 << 17)
  #next = new Int32Array(1 << 17)
  #symbol = new Uint8Array(1 << 17)
  #payload = new Int32Array(1 << 17).fill(-1)
  #nodes = 1
  // The first two levels are wide: their children are looked up, not searched.
  readonly #singles = new Int32Array(SYMBOLS)
  readonly #pairs = new Int32Array(SYMBOLS * SYMBOLS)

  /** Symbols of the name that {@link node} was last called with. */
  symbols = 0
  /** Its last symbol. */
  lastSymbol = 0
  /** Whether it holds a separator. */
  separated = false

  /** The node of a name, made where it is missing; 0 where the name holds a character that no name may hold. */
  node(name: string, joined = false): number {
    const table = characterTable()
    let node = 0
    let last = SEPARATOR
    let count = 0
    let first = 0
    let separated = false
    for (let index = 0; index < name.length; index++) {
      const entry = table[name.charCodeAt(index)]!
      if (entry & IGNORED) continue
      const symbol = entry & SYMBOL_MASK
      if (symbol === 0) return 0
      if (symbol === SEPARATOR) {
        last = symbol
        continue
      }
      // A separator counts once another symbol follows it.
      if (last === SEPARATOR && count > 0) {
        separated = true
        if (!joined) {
          node = this.#step(node, SEPARATOR, count, first)
          count++
        }
      }
      node = this.#step(node, symbol, count, first)
      if (count === 0) first = symbol
      count++
      last = symbol
    }
    this.symbols = count
    this.lastSymbol = last
    this.separated = separated
    return node
  }

  /** Payload at a node, or -1. */
  payload(node: number): number {
    return this.#payload[node] ?? -1
  }

  /** Sets the payload at a node. */
  setPayload(node: number, payload: number): void {
    this.#payload[node] = payload
  }

  #step(node: number, symbol: number, depth: number, first: number): number {
    if (depth === 0) return (this.#singles[symbol] ||= this.#add(0, symbol))
    if (depth === 1) return (this.#pairs[first * SYMBOLS + symbol] ||= this.#add(node, symbol))
    const symbols = this.#symbol
    const next = this.#next
    for (let child = this.#first[node]!; child !== 0; child = next[child]!) if (symbols[child] === symbol) return child
    return this.#add(node, symbol)
  }

  #add(parent: number, symbol: number): number {
    if (this.#nodes === this.#first.length) {
      this.#first = grown(this.#first)
      this.#next = grown(this.#next)
      const symbols = new Uint8Array(this.#symbol.length * 2)
      symbols.set(this.#symbol)
      this.#symbol = symbols
      const payloads = new Int32Array(this.#payload.length * 2).fill(-1)
      payloads.set(this.#payload)
      this.#payload = payloads
    }
    const node = this.#nodes++
    this.#symbol[node] = symbol
    this.#next[node] = this.#first[parent] ?? 0
    this.#first[parent] = node
    return node
  }

  /** Compiles what was collected. */
  build(): NameAutomaton {
    return compile(
      this.#first.slice(0, this.#nodes),
      this.#next.slice(0, this.#nodes),
      this.#symbol.slice(0, this.#nodes),
      this.#payload.slice(0, this.#nodes),
    )
  }
}

function compile(first: Int32Array, next: Int32Array, symbol: Uint8Array, payload: Int32Array): NameAutomaton {
  const table = characterTable()
  // The first two symbols are looked up directly: most words of a text leave the automaton there.
  const pairs = new Int32Array(SYMBOLS * SYMBOLS)
  const singles = new Int32Array(SYMBOLS)
  for (let node = first[0] ?? 0; node !== 0; node = next[node] ?? 0) {
    const outer = symbol[node] ?? 0
    singles[outer] = node
    for (let child = first[node] ?? 0; child !== 0; child = next[child] ?? 0) pairs[outer * SYMBOLS + (symbol[child] ?? 0)] = child
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

  function scan(text: string, collectWords: boolean): ScanResult {
    const length = text.length
    let { hits, stops, words } = result
    let hitLength = 0
    let stopLength = 0
    let wordLength = 0
    let steps = 0
    let lineStart = 0
    let position = 0
    while (position < length) {
      const entry = table[text.charCodeAt(position)]!
      if (!(entry & (WORD | OPENER))) {
        if (entry & STOP) {
          if (stopLength === stops.length) stops = result.stops = grown(stops)
          stops[stopLength++] = position
          if (entry & SPACE) lineStart = position + 1
        }
        position++
        continue
      }
      const start = position
      // `.NET` begins a name, the dot of `nhs.net` does not.
      const opens = entry & WORD || text.charCodeAt(start) !== 46 || start === 0 || !(table[text.charCodeAt(start - 1)]! & WORD)
      let node = !opens ? 0 : singles[entry & SYMBOL_MASK]!
      let bestEnd = 0
      let bestTail = 0
      let bestPayload = -1
      let cursor = position + 1
      if (node !== 0) {
        const limit = Math.min(length, start + LONGEST_WALK)
        let depth = 1
        let lastIsWord = !!(entry & WORD)
        for (;;) {
          steps++
          const found = payload[node]!
          if (found >= 0 && edge(text, length, cursor, found, lastIsWord)) {
            bestEnd = cursor
            bestTail = tailEnd
            bestPayload = found
          }
          if (cursor >= limit) break
          let unit = table[text.charCodeAt(cursor)]!
          while (unit & IGNORED && cursor + 1 < limit) unit = table[text.charCodeAt(++cursor)]!
          const wanted = unit & SYMBOL_MASK
          if (wanted === 0) break
          let after = cursor + 1
          if (wanted === SEPARATOR && unit & SPACE) {
            let blocked = false
            for (let at = cursor; ; at++) {
              const space = at < limit ? table[text.charCodeAt(at)]! : 0
              if (space & IGNORED) continue
              if (!(space & SPACE)) {
                // A hyphen between spaces is a dash.
                blocked = blocked || (space & SYMBOL_MASK) === SEPARATOR
                after = at
                break
              }
              if (space & STOP && at - lineStart < WRAPPED_LINE) blocked = true
            }
            if (blocked) break
          } else if (wanted === SEPARATOR && cursor + 1 < limit && table[text.charCodeAt(cursor + 1)]! & SPACE) break
          let child: number
          if (depth === 1) child = pairs[(entry & SYMBOL_MASK) * SYMBOLS + wanted]!
          else {
            child = first[node]!
            while (child !== 0 && symbol[child] !== wanted) child = next[child]!
          }
          if (child === 0) break
          node = child
          cursor = after
          depth++
          lastIsWord = !!(unit & WORD)
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
        while (position < length && table[text.charCodeAt(position)]! & WORD) position++
        continue
      }
      if (!(entry & WORD)) {
        if (entry & STOP) {
          if (stopLength === stops.length) stops = result.stops = grown(stops)
          stops[stopLength++] = position
        }
        position++
        continue
      }
      position++
      while (position < length && table[text.charCodeAt(position)]! & WORD) position++
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

  function lookup(name: string): number {
    const symbols = symbolsOf(name)
    if (symbols === null) return -1
    let node = 0
    for (const wanted of symbols) {
      let child = first[node] ?? 0
      while (child !== 0 && symbol[child] !== wanted) child = next[child] ?? 0
      if (child === 0) return -1
      node = child
    }
    return payload[node] ?? -1
  }

  return { scan, lookup, fork: () => compile(first, next, symbol, payload), size: first.length }
}
