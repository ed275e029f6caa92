import type { Candidate } from './candidate.ts'
import { characterTable, DIGIT, SPACE, STOP, UPPER, WORD } from './character-table.ts'
import { AMBIGUOUS, BUNDLE, compileTaxonomy, COUNTER, CUE, NAME, type Payload } from './compiled-taxonomy.ts'
import { defaultTaxonomy } from './default-taxonomy.ts'
import { hasForm, type Reading, weighEvidence } from './evidence.ts'
import type { TechnologyId } from './generated/technology-id.ts'
import { listGap, NO_LIST } from './list-gap.ts'
import { maskedTokens } from './masked-tokens.ts'
import type { FoundName, Match } from './match.ts'
import { indexMisspellings, type MisspellingIndex, SHORTEST_MISSPELLING, type SpellingName } from './misspellings.ts'
import { PAYLOAD_INDEX, type ScanResult } from './name-automaton.ts'
import { type Sentences, splitSentences } from './sentences.ts'
import { assignStatus } from './status.ts'
import type { Taxonomy } from './taxonomy.ts'
import { versionAfter } from './version.ts'

/** Options of {@link classifyText}. */
export interface ClassifyOptions {
  /**
   * Whether words one edit away from a name count.
   *
   * @defaultValue `true`
   */
  readonly misspellings?: boolean
  /**
   * Matches below this confidence are left out, 0 to 1.
   *
   * @defaultValue `0`
   */
  readonly minimumConfidence?: number
}

/** A taxonomy compiled for reading texts. */
export interface Classifier<Id extends string = TechnologyId> {
  /** The technologies that a text names, in the order of the text, without overlap but for bundles. */
  readonly classify: (text: string, options?: ClassifyOptions) => readonly Match<Id>[]
  /** Every name in a text, by the automaton alone: no context, no status. */
  readonly find: (text: string) => readonly FoundName<Id>[]
  /** Number of steps that the automaton takes for a text: at most a fixed number a character. */
  readonly countSteps: (text: string) => number
}

const confidenceOf = { label: 0.99, alias: 0.98, joined: 0.97, misspelling: 0.9, bundle: 0.97, none: 0 } as const
const ruleOf = {
  label: 'label',
  alias: 'alias',
  joined: 'alias',
  misspelling: 'known-misspelling',
  bundle: 'bundle',
  none: 'alias',
} as const
/** A title with nothing or one name after it. */
const fullName = /\b(?:Dr|Mrs?|Ms|Miss|Prof|Professor|Sir|Dame)\.?\s$/
const nothing: ReadonlySet<number> = new Set()
/** How far around a misspelt word a longer name is looked for. */
const REPAIR_REACH = 48
const titles = new Set(['dr', 'mr', 'mrs', 'ms', 'miss', 'prof', 'professor', 'sir', 'nurse', 'sister', 'dame', 'lady', 'lord', 'cllr'])

/**
 * Compiles the built-in taxonomy, once, into a classifier.
 *
 * @example
 * ```ts @import.meta.vitest
 * const { classify } = createClassifier()
 *
 * expect(classify('Java, not JavaScript').map(({ technologyId, status }) => [technologyId, status])).toEqual([
 *   ['java', 'used'],
 *   ['javascript', 'negated'],
 * ])
 * ```
 */
export function createClassifier(): Classifier
/**
 * Compiles a taxonomy, once, into a classifier.
 *
 * @param taxonomy - one that {@link extendTaxonomy} made
 */
export function createClassifier<Id extends string>(taxonomy: Taxonomy<Id>): Classifier<Id>
export function createClassifier<Id extends string>(taxonomy?: Taxonomy<Id>): Classifier<Id> {
  return classifierOf(taxonomy ?? (defaultTaxonomy() as unknown as Taxonomy<Id>))
}

function classifierOf<Id extends string>(taxonomy: Taxonomy<Id>): Classifier<Id> {
  const compiled = compileTaxonomy(taxonomy)
  const { automaton, payloads, payloadOf, technologies } = compiled
  // The misspelt are read in pieces while the result of the first reading is still in use.
  const repairs = automaton.fork()
  const table = characterTable()
  let spelling: MisspellingIndex | undefined

  // Releases of FHIR (`STU3`) are versions of its profiles and implementations too.
  const fhir = technologies.map(({ technology }) => technology.id.includes('fhir'))

  function find(text: string): readonly FoundName<Id>[] {
    const { hits, hitLength } = automaton.scan(text, false, true)
    const found: FoundName<Id>[] = []
    for (let at = 0; at < hitLength; at += 4) {
      const payload = payloads[hits[at + 3]! & PAYLOAD_INDEX]!
      if (payload.kind === CUE || payload.kind === COUNTER) continue
      found.push({
        technologyIds: payload.technologies.map((index) => technologies[index]!.technology.id),
        start: hits[at]!,
        end: hits[at + 1]!,
        ambiguous: payload.kind === AMBIGUOUS,
      })
    }
    return found
  }

  function classify(text: string, options: ClassifyOptions = {}): readonly Match<Id>[] {
    const { misspellings = true, minimumConfidence = 0 } = options
    const scanned = automaton.scan(text, misspellings, false)
    const misspelt = misspellings ? findMisspelt(text, scanned) : nothingMisspelt
    if (misspelt.length === 0 && !holdsName(scanned)) return []

    const { hits, count } = mergeHits(scanned, misspelt)
    const read: Payload[] = []
    for (let hit = 0; hit < count; hit++) read.push(payloads[hits[hit * 4 + 3]! & PAYLOAD_INDEX]!)
    const candidates = collect(text, hits, read, misspelt.length === 0 ? nothing : new Set(misspelt.map(({ start }) => start)))
    if (candidates.length === 0) return []
    const sentences = splitSentences(text, scanned.stops, scanned.stopLength)
    const reading = readingOf(text, hits, read, sentences)
    let sentence = 0
    for (const candidate of candidates) {
      while (sentence < sentences.length - 1 && sentences.ends[sentence]! <= candidate.start) sentence++
      candidate.sentence = sentence
    }
    if (candidates.some(({ accepted }) => !accepted)) weighEvidence(reading, candidates, compiled)
    const accepted = candidates.filter((candidate) => candidate.accepted)
    if (accepted.length === 0) return []
    // Lists are lists of what counts: a rejected word between two names is prose.
    for (let index = 1; index < accepted.length; index++)
      accepted[index]!.link = listGap(text, accepted[index - 1]!.end, accepted[index]!.start)
    assignStatus(reading, sentences, accepted)
    const matches: Match<Id>[] = []
    for (const candidate of accepted) {
      if (candidate.confidence < minimumConfidence) continue
      for (const index of candidate.meant) {
        const technologyId = technologies[index]!.technology.id
        const { start, end, version, confidence, status, statusWords, payload, rule, words } = candidate
        const because = { rule, words }
        const span = text.slice(start, end)
        matches.push(
          version === null
            ? { technologyId, start, end, text: span, alias: payload.alias, confidence, status, because, statusWords }
            : { technologyId, start, end, text: span, alias: payload.alias, version, confidence, status, because, statusWords },
        )
      }
    }
    return matches
  }

  const nothingMisspelt: readonly Misspelt[] = []

  function holdsName({ hits, hitLength }: ScanResult): boolean {
    for (let at = 3; at < hitLength; at += 4) {
      const { kind, inner } = payloads[hits[at]! & PAYLOAD_INDEX]!
      if ((kind !== CUE && kind !== COUNTER) || inner >= 0) return true
    }
    return false
  }

  interface Misspelt {
    readonly start: number
    readonly end: number
    readonly tailEnd: number
    readonly payload: number
  }

  function findMisspelt(text: string, { words, wordLength }: ScanResult): readonly Misspelt[] {
    if (wordLength === 0) return []
    spelling ??= indexMisspellings(misspellableNames(taxonomy), () => [...taxonomy.englishWords, ...cueWords(taxonomy)])
    let found: readonly Misspelt[] = nothingMisspelt
    for (let at = 0; at < wordLength; at += 2) {
      const start = words[at]!
      const end = words[at + 1]!
      const name = spelling.find(text, start, end)
      if (name === null) continue
      const read = name.whole
        ? [{ start, end, tailEnd: end, payload: payloadOf(name.name) }]
        : repaired(text, { start, end, word: name.name })
      if (read.length > 0) found = [...found, ...read]
    }
    // A repaired name may begin before its misspelt word.
    return found.length < 2 ? found : [...found].sort((left, right) => left.start - right.start)
  }

  /** A longer name of which one word is misspelt: the words around it are read again with that word put right. */
  function repaired(text: string, part: { readonly start: number; readonly end: number; readonly word: string }): readonly Misspelt[] {
    let from = part.start
    for (let words = 0; words < 2 && from > 0 && part.start - from < REPAIR_REACH; words++) {
      let at = from - 1
      if (!(table[text.charCodeAt(at)]! & SPACE) || table[text.charCodeAt(at)]! & STOP) break
      while (at > 0 && table[text.charCodeAt(at - 1)]! & WORD) at--
      from = at
    }
    const shift = part.end - part.start - part.word.length
    const fragment = text.slice(from, part.start) + part.word + text.slice(part.end, part.end + REPAIR_REACH)
    const { hits, hitLength } = repairs.scan(fragment, false, true)
    for (let at = 0; at < hitLength; at += 4) {
      const start = from + hits[at]!
      const nameEnd = from + hits[at + 1]! + shift
      const payload = hits[at + 3]! & PAYLOAD_INDEX
      if (start <= part.start && nameEnd >= part.end && payloads[payload]!.kind === NAME)
        return [{ start, end: nameEnd, tailEnd: from + hits[at + 2]! + shift, payload }]
    }
    return []
  }

  /** The hits of the scan with the misspelt names in their places, and without those that they cover. */
  function mergeHits(scanned: ScanResult, misspelt: readonly Misspelt[]): { readonly hits: Int32Array; readonly count: number } {
    if (misspelt.length === 0) return { hits: scanned.hits.subarray(0, scanned.hitLength), count: scanned.hitLength / 4 }
    const hits = new Int32Array(scanned.hitLength + misspelt.length * 4)
    let to = 0
    let from = 0
    let covered = 0
    for (const { start, end, tailEnd, payload } of misspelt) {
      if (start < covered) continue
      while (from < scanned.hitLength && scanned.hits[from]! < start) {
        if (scanned.hits[from]! >= covered) {
          hits.set(scanned.hits.subarray(from, from + 4), to)
          to += 4
        }
        from += 4
      }
      hits.set([start, end, tailEnd, payload], to)
      to += 4
      covered = tailEnd
    }
    for (; from < scanned.hitLength; from += 4) {
      if (scanned.hits[from]! < covered) continue
      hits.set(scanned.hits.subarray(from, from + 4), to)
      to += 4
    }
    return { hits: hits.subarray(0, to), count: to / 4 }
  }

  function collect(text: string, hits: Int32Array, read: readonly Payload[], misspelt: ReadonlySet<number>): Candidate[] {
    const mask = maskedTokens(text)
    const candidates: Candidate[] = []
    for (let hit = 0; hit < read.length; hit++) {
      const found = read[hit]!
      const { inner, innerStart } = found
      const isInner = inner >= 0 && isCapitalInside(text, hits[hit * 4]! + innerStart)
      if ((found.kind === CUE || found.kind === COUNTER) && !isInner) continue
      const payload = isInner ? payloads[inner]! : found
      const start = hits[hit * 4]! + (isInner ? innerStart : 0)
      const nameEnd = isInner ? start + payload.alias.length : hits[hit * 4 + 1]!
      if (isInner && text.slice(start, nameEnd).toLowerCase() !== payload.alias.toLowerCase()) continue
      const tailEnd = isInner ? nameEnd : hits[hit * 4 + 2]!
      if (
        mask.covers(start, tailEnd) ||
        isIdentifier(text, start, tailEnd) ||
        isPerson(text, start) ||
        isSurname(text, tailEnd) ||
        isMs(text, start, tailEnd) ||
        isStreet(text, tailEnd)
      )
        continue
      if (payload.kind === BUNDLE && payload.exact && !hasForm(text.slice(start, nameEnd), payload.alias, 'exact')) continue
      const glued = tailEnd > nameEnd ? text.slice(nameEnd, tailEnd) : null
      const tail =
        glued === null && payload.kind !== BUNDLE ? versionAfter(text, nameEnd, fhir[found.technologies[0] ?? -1] ?? false) : null
      const edited = misspelt.has(start)
      const before = candidates.at(-1)
      candidates.push({
        start,
        nameEnd,
        end: tail?.end ?? tailEnd,
        payload,
        meant: payload.technologies,
        edited,
        hit,
        sentence: 0,
        version: glued ?? versionOf(payload, tail?.version),
        certainVersion: glued !== null || payload.version !== null || (tail?.certain ?? false),
        accepted: payload.kind === NAME || payload.kind === BUNDLE,
        rule: edited ? 'one-edit' : ruleOf[payload.origin],
        words: null,
        confidence: edited ? 0.6 : confidenceOf[payload.origin],
        status: 'used',
        statusWords: null,
        link: before === undefined ? NO_LIST : listGap(text, before.end, start),
      })
    }
    return candidates
  }

  /** `and Leaflet for maps`: a capital that no sentence asks for. */
  function isCapitalInside(text: string, start: number): boolean {
    if (!(table[text.charCodeAt(start)]! & UPPER)) return false
    let at = start - 1
    while (at >= 0 && start - at < 8 && table[text.charCodeAt(at)]! & SPACE && !(table[text.charCodeAt(at)]! & STOP)) at--
    return at >= 0 && !!(table[text.charCodeAt(at)]! & WORD || ',/&('.includes(text[at] ?? ' '))
  }

  function versionOf(payload: Payload, tail: string | undefined): string | null {
    if (payload.version === null) return tail ?? null
    return tail === undefined ? payload.version : `${payload.version} ${tail}`
  }

  /** A part of an identifier of code: `Newtonsoft.Json`, `python.org`, `my-react-app`. */
  function isIdentifier(text: string, start: number, end: number): boolean {
    const before = start > 0 ? text.charCodeAt(start - 1) : 32
    const after = end < text.length ? text.charCodeAt(end) : 32
    if (after === 46 && end + 1 < text.length) {
      const next = table[text.charCodeAt(end + 1)]!
      if (next & WORD && !(next & (UPPER | DIGIT))) return true
    }
    if (before === 64 || before === 92 || before === 36) return true
    // `GPConnect-OperationOutcome-1`: a profile or resource.
    if (after === 45 && /^-[A-Z][a-z]+[A-Z]\w*-\d/.test(text.slice(end, end + 48))) return true
    // `289-TS-0091`: a reference.
    if (before === 45 && start > 1 && table[text.charCodeAt(start - 2)]! & DIGIT && after === 45) return true
    if (before === 46 && start > 1 && table[text.charCodeAt(start - 2)]! & WORD) {
      // `developers.Java`: a sentence ended without a space. `Newtonsoft.Json`: a name of code.
      if (!(table[text.charCodeAt(start)]! & UPPER)) return true
      let at = start - 2
      while (at > 0 && start - at < 32 && table[text.charCodeAt(at - 1)]! & WORD) at--
      if (table[text.charCodeAt(at)]! & UPPER) return true
    }
    return (
      before === 45 &&
      after === 45 &&
      start > 1 &&
      !!(table[text.charCodeAt(start - 2)]! & WORD) &&
      !(table[text.charCodeAt(start)]! & UPPER)
    )
  }

  /** `Dr Foster`, `Mr Haskell`: somebody, whatever the name. */
  function isPerson(text: string, start: number): boolean {
    let end = start
    while (end > 0 && start - end < 3 && (table[text.charCodeAt(end - 1)]! & SPACE || text.charCodeAt(end - 1) === 46)) end--
    if (end === start) return false
    let from = end
    while (from > 0 && end - from < 10 && table[text.charCodeAt(from - 1)]! & WORD) from--
    if (!(table[text.charCodeAt(from)]! & UPPER)) return false
    const word = text.slice(from, end)
    // `Dr L. Perl`.
    if (word.length === 1 && text.charCodeAt(end) === 46)
      return /\b(?:dr|mrs?|ms|miss|prof|professor|sir|dame|by|author)\.?\s(?:[a-z]\.?\s?){0,2}$/i.test(
        text.slice(Math.max(0, from - 24), from),
      )
    // `Dr Ruby Prolog`.
    if (fullName.test(text.slice(Math.max(0, from - 24), from))) return true
    // `MS` is Microsoft.
    return word !== 'MS' && titles.has(word.toLowerCase())
  }

  /** `Kafka, T.`: a list of people. */
  function isSurname(text: string, end: number): boolean {
    return (
      text.charCodeAt(end) === 44 &&
      /^,\s[A-Z]\.(?:\s?[A-Z]\.)*(?![\w.])/.test(text.slice(end, end + 12)) &&
      // `Python, R. Frameworks: ...` is a list; `Dart, R. (2019)` is none.
      !/^,\s[CR]\.\s(?!\(\d)/.test(text.slice(end, end + 8))
    )
  }

  /** `Ms Access-Jones`. */
  function isMs(text: string, start: number, end: number): boolean {
    return text.startsWith('Ms ', start) && text.charCodeAt(end) === 45 && !!(table[text.charCodeAt(end + 1)]! & UPPER)
  }

  /** `Azure Road`: an address. */
  function isStreet(text: string, end: number): boolean {
    return (
      text.charCodeAt(end) === 32 &&
      !!(table[text.charCodeAt(end + 1)]! & UPPER) &&
      /^(?:Road|Street|Lane|Avenue|House|Court|Ward|Drive|Gardens)\b/.test(text.slice(end + 1, end + 9))
    )
  }

  return { classify, find, countSteps: (text) => automaton.scan(text, false, false).steps }
}

/** Names of one word of letters, long enough to be told apart, and the long words of longer names. */
export function misspellableNames({ technologies }: Taxonomy<string>): readonly SpellingName[] {
  const names = new Map<string, boolean>()
  const ambiguous = new Set<string>()
  const enter = (name: string, parts: boolean): void => {
    const words = name.toLowerCase().split(/[\s\-_]+/)
    for (const word of words) {
      if (word.length < SHORTEST_MISSPELLING || !/^[a-z]+$/.test(word)) continue
      if (words.length === 1) names.set(word, true)
      else if (parts && !names.has(word)) names.set(word, false)
    }
  }
  for (const { deprecated, ambiguous: rules } of technologies) {
    if (deprecated) continue
    for (const { alias, evidence } of rules) {
      ambiguous.add(alias.toLowerCase())
      if (evidence !== 'beside') enter(alias, false)
    }
  }
  for (const { deprecated, label, aliases } of technologies)
    if (!deprecated) for (const name of [label, ...aliases]) if (!ambiguous.has(name.toLowerCase())) enter(name, true)
  return [...names].map(([name, whole]) => ({ name, whole }))
}

/** Words that stand for themselves in the taxonomy, so they misspell nothing. */
function cueWords({ technologies, fieldWords, statusPhrases }: Taxonomy<string>): readonly string[] {
  const phrases = [
    ...technologies.flatMap(({ ambiguous }) => ambiguous.flatMap(({ cues }) => cues)),
    ...Object.values(fieldWords).flat(),
    ...Object.values(statusPhrases).flat(),
  ]
  return phrases.filter((word) => word.length >= SHORTEST_MISSPELLING && !word.includes(' ')).map((word) => word.toLowerCase())
}

function readingOf(text: string, hits: Int32Array, payloads: readonly Payload[], sentences: Sentences): Reading {
  // The first hit of each sentence, found on the way as sentences are asked for.
  const first = new Int32Array(sentences.length + 1)
  let hit = 0
  for (let sentence = 0; sentence < sentences.length; sentence++) {
    first[sentence] = hit
    const end = sentences.ends[sentence]!
    while (hit < payloads.length && hits[hit * 4]! < end) hit++
  }
  first[sentences.length] = payloads.length
  return {
    text,
    hits,
    payloads,
    firstHit: (sentence) => first[sentence] ?? payloads.length,
    sentenceStart: (sentence) => (sentence === 0 ? 0 : sentences.ends[sentence - 1]!),
    sentenceEnd: (sentence) => sentences.ends[sentence] ?? text.length,
    asks: (sentence) => sentences.asks[sentence] === 1,
  }
}

let shared: Classifier | undefined

/**
 * The technologies that a text names, each with its place, its status and the rule that admitted it, by the built-in taxonomy.
 *
 * The classifier is compiled at the first call. To add names of your own, see {@link createClassifier}.
 *
 * @param text - free text: a sentence, an answer, a document of megabytes
 * @param options - see {@link ClassifyOptions}
 *
 * @example
 * ```ts @import.meta.vitest
 * const matches = classifyText('C#.net, asp.net MVC 5; we previously used VB6. Staff can access records, go live is in spring.')
 *
 * expect(matches.map(({ technologyId, text, status }) => `${technologyId} "${text}" ${status}`)).toEqual([
 *   'c-sharp "C#.net" used',
 *   'asp-net-mvc "asp.net MVC 5" used',
 *   'vb6 "VB6" former',
 * ])
 * ```
 */
export function classifyText(text: string, options: ClassifyOptions = {}): readonly Match[] {
  shared ??= createClassifier()
  return shared.classify(text, options)
}
