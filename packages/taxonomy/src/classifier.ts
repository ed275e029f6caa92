import type { Candidate } from './candidate.ts'
import { characterTable, SPACE, UPPER, WORD } from './character-table.ts'
import {
  AMBIGUOUS,
  BUNDLE,
  type CompiledTaxonomy,
  compileTaxonomy,
  COUNTER,
  CUE,
  fieldBit,
  NAME,
  type Payload,
} from './compiled-taxonomy.ts'
import { defaultTaxonomy } from './default-taxonomy.ts'
import { hasForm, type Reading, weighEvidence } from './evidence.ts'
import type { TechnologyId } from './generated/technology-id.ts'
import { listGap, NO_LIST } from './list-gap.ts'
import { maskedTokens } from './masked-tokens.ts'
import type { FoundName, Match } from './match.ts'
import { indexMisspellings, SHORTEST_MISSPELLING, type SpellingName } from './misspellings.ts'
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

const confidenceOf = { label: 0.99, alias: 0.98, misspelling: 0.9, bundle: 0.97, none: 0 } as const
const ruleOf = { label: 'label', alias: 'alias', misspelling: 'known-misspelling', bundle: 'bundle', none: 'alias' } as const
const titles = new Set(['dr', 'mr', 'mrs', 'ms', 'miss', 'prof', 'professor', 'sir', 'nurse', 'sister', 'dame', 'lady', 'lord', 'cllr'])

/**
 * Compiles a taxonomy, once, into a classifier.
 *
 * @param taxonomy - the built-in one, or one that {@link extendTaxonomy} made
 * @defaultValue the built-in taxonomy
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
export function createClassifier<Id extends string>(taxonomy: Taxonomy<Id>): Classifier<Id>
export function createClassifier<Id extends string>(taxonomy?: Taxonomy<Id>): Classifier<Id> {
  return classifierOf(taxonomy ?? (defaultTaxonomy() as unknown as Taxonomy<Id>))
}

function classifierOf<Id extends string>(taxonomy: Taxonomy<Id>): Classifier<Id> {
  const compiled = compileTaxonomy(taxonomy)
  const { automaton, payloads, technologies } = compiled
  const table = characterTable()
  const kinds = Uint8Array.from(payloads, ({ kind }) => kind)
  const spelling = indexMisspellings(namesToMisspell(compiled), taxonomy.englishWords)
  const fhirFields = fieldBit('exchange')

  const isFhir = (payload: Payload): boolean => {
    const entry = technologies[payload.technologies[0] ?? 0]
    return entry !== undefined && (entry.field & fhirFields) !== 0 && entry.technology.id.includes('fhir')
  }

  function find(text: string): readonly FoundName<Id>[] {
    const { hits, hitLength } = automaton.scan(text, false)
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
    const scanned = automaton.scan(text, misspellings)
    const misspelt = misspellings ? findMisspelt(text, scanned) : []
    let named = misspelt.length
    for (let at = 3; at < scanned.hitLength && named === 0; at += 4) {
      const kind = kinds[scanned.hits[at]! & PAYLOAD_INDEX]!
      if (kind !== CUE && kind !== COUNTER) named++
    }
    if (named === 0) return []

    const { hits, count } = mergeHits(scanned, misspelt)
    const read: Payload[] = []
    for (let hit = 0; hit < count; hit++) read.push(payloads[hits[hit * 4 + 3]! & PAYLOAD_INDEX]!)
    const candidates = collect(text, hits, read, new Set(misspelt.map(({ start }) => start)))
    if (candidates.length === 0) return []
    const sentences = splitSentences(text, scanned.stops, scanned.stopLength)
    const reading = readingOf(text, hits, read, sentences)
    let sentence = 0
    for (const candidate of candidates) {
      while (sentence < sentences.length - 1 && sentences.ends[sentence]! <= candidate.start) sentence++
      candidate.sentence = sentence
    }
    weighEvidence(reading, candidates, compiled)
    const accepted = candidates.filter((candidate) => candidate.accepted)
    if (accepted.length === 0) return []
    // Lists are lists of what counts: a rejected word between two names is prose.
    for (let index = 1; index < accepted.length; index++)
      accepted[index]!.link = listGap(text, accepted[index - 1]!.end, accepted[index]!.start)
    assignStatus(reading, sentences, accepted)
    const matches: Match<Id>[] = []
    for (const candidate of accepted) {
      if (candidate.confidence < minimumConfidence) continue
      for (const index of candidate.payload.technologies) {
        matches.push({
          technologyId: technologies[index]!.technology.id,
          start: candidate.start,
          end: candidate.end,
          text: text.slice(candidate.start, candidate.end),
          alias: candidate.payload.alias,
          ...(candidate.version === null ? {} : { version: candidate.version }),
          confidence: candidate.confidence,
          status: candidate.status,
          because: { rule: candidate.rule, words: candidate.words },
          statusWords: candidate.statusWords,
        })
      }
    }
    return matches
  }

  interface Misspelt {
    readonly start: number
    readonly end: number
    readonly payload: number
  }

  function findMisspelt(text: string, { words, wordLength }: ScanResult): readonly Misspelt[] {
    const found: Misspelt[] = []
    for (let at = 0; at < wordLength; at += 2) {
      const payload = spelling.find(text, words[at]!, words[at + 1]!)
      if (payload >= 0) found.push({ start: words[at]!, end: words[at + 1]!, payload })
    }
    return found
  }

  /** The hits of the scan with the misspelt names in their places. */
  function mergeHits(scanned: ScanResult, misspelt: readonly Misspelt[]): { readonly hits: Int32Array; readonly count: number } {
    if (misspelt.length === 0) return { hits: scanned.hits.subarray(0, scanned.hitLength), count: scanned.hitLength / 4 }
    const hits = new Int32Array(scanned.hitLength + misspelt.length * 4)
    let to = 0
    let from = 0
    for (const { start, end, payload } of misspelt) {
      while (from < scanned.hitLength && scanned.hits[from]! < start) {
        hits.set(scanned.hits.subarray(from, from + 4), to)
        from += 4
        to += 4
      }
      hits.set([start, end, end, payload], to)
      to += 4
    }
    hits.set(scanned.hits.subarray(from, scanned.hitLength), to)
    return { hits, count: hits.length / 4 }
  }

  function collect(text: string, hits: Int32Array, read: readonly Payload[], misspelt: ReadonlySet<number>): Candidate[] {
    const mask = maskedTokens(text)
    const candidates: Candidate[] = []
    for (let hit = 0; hit < read.length; hit++) {
      const payload = read[hit]!
      if (payload.kind === CUE || payload.kind === COUNTER) continue
      const start = hits[hit * 4]!
      const nameEnd = hits[hit * 4 + 1]!
      const tailEnd = hits[hit * 4 + 2]!
      if (mask.covers(start) || isIdentifier(text, start, tailEnd) || isPerson(text, start)) continue
      if (payload.kind === BUNDLE && payload.exact && !hasForm(text.slice(start, nameEnd), payload.alias, 'exact')) continue
      const glued = tailEnd > nameEnd ? text.slice(nameEnd, tailEnd) : null
      const tail = glued === null && payload.kind !== BUNDLE ? versionAfter(text, nameEnd, isFhir(payload)) : null
      const edited = misspelt.has(start)
      const before = candidates.at(-1)
      candidates.push({
        start,
        nameEnd,
        end: tail?.end ?? tailEnd,
        payload,
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
      if (next & WORD && !(next & UPPER)) return true
    }
    if (before === 64 || before === 92 || before === 36) return true
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
    // `MS` is Microsoft.
    return word !== 'MS' && titles.has(word.toLowerCase())
  }

  return { classify, find, countSteps: (text) => automaton.scan(text, false).steps }
}

/** Unambiguous names of one word of letters, long enough to be told apart. */
function namesToMisspell<Id extends string>({ payloads }: CompiledTaxonomy<Id>): readonly SpellingName[] {
  return payloads.flatMap(({ kind, alias, origin }, number) => {
    const name = alias.toLowerCase()
    return kind === NAME && origin !== 'misspelling' && name.length >= SHORTEST_MISSPELLING && /^[a-z]+$/.test(name)
      ? [{ name, number }]
      : []
  })
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
