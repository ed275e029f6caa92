import type { Candidate } from './candidate.ts'
import { characterTable, DIGIT, SPACE, WORD } from './character-table.ts'
import {
  AMBIGUOUS,
  BUNDLE,
  type CompiledTaxonomy,
  COUNTER,
  fieldBit,
  NAME,
  type Payload,
  type Policy,
  roleBit,
} from './compiled-taxonomy.ts'
import { JOINED_BY_SIGNS, NO_LIST } from './list-gap.ts'
import type { MatchRule } from './match.ts'
import type { LetterForm } from './technology.ts'

/** A text being read: what the scan found in it, and where its sentences are. */
export interface Reading {
  /** The text. */
  readonly text: string
  /** Hits of the scan, four numbers each. */
  readonly hits: Int32Array
  /** Payloads of the hits. */
  readonly payloads: readonly Payload[]
  /** Hits of a sentence: the first, by number of sentence. */
  readonly firstHit: (sentence: number) => number
  /** Where a sentence begins. */
  readonly sentenceStart: (sentence: number) => number
  /** Where a sentence ends. */
  readonly sentenceEnd: (sentence: number) => number
  /** Whether a sentence ends with a question mark. */
  readonly asks: (sentence: number) => boolean
}

/** Evidence within this many characters is near. */
const NEAR = 48
/** Evidence is beside the name where at most this stands between them. */
const BESIDE = 14

/** Hits around a name among which the word for its kind is looked for. */
const NEIGHBOURS = 4
/** Names settle each other in at most so many rounds. */
const ROUNDS = 3
/** A sentence of hardly anything but a name has at most so many characters on each side of it. */
const BARE = 24
/** Hits of a question that are looked at. */
const LONGEST_QUESTION = 40
const answerOpening = /^[\s\W]*(?:(?:a|q|answer|response|reply|yes|it is|we use|we have)\s?\d*[\s.:)–-]*)*$/i

const request = roleBit('request')
const changes = roleBit('former-previous') | roleBit('being-replaced')
const migrations = roleBit('moving-from') | roleBit('moved-from') | roleBit('transition') | roleBit('to-replace') | roleBit('replaced')
const systems = fieldBit('clinical') | fieldBit('exchange')
const uses = roleBit('uses') | roleBit('used-next')
const terminology = fieldBit('terminology')

/** Words that make a name before them a place. */
const places = new Set(
  'ward wards unit suite house street road lane court clinic lodge wing surgery hospital school close building hub avenue park centre center gardens nursery drive farm room rooms theatre theatres café cafe lounge'.split(
    ' ',
  ),
)
/** Words that may follow a name which stands for itself. */
const followers = new Set(
  'anymore any anywhere yet internally daily heavily extensively widely mostly mainly primarily currently and or for to as in with on is was are at from by which but across since via within has will through plus alongside because when where while so that instead rather only until then too today now also trust trustwide were have had does do did can could should would may might must being system systems not except although however our the we it'.split(
    ' ',
  ),
)
/** Words before a name in small letters that show it to be a noun. */
const determiners = new Set('a an our in using with of new on old legacy uses use is small simple custom another'.split(' '))
/** Words that may stand beside a name in a sentence of hardly anything else: `No CDA.` */
const bareWords = new Set(
  'no not yes and or also some only never gone none either neither nor yet too now plus old a any of our we have there is'.split(' '),
)
/** Words before a letter that is a language: `but R is not`. */
const openings = new Set(['', 'but', 'and', 'while', 'whilst', 'whereas', 'although', 'though', 'since', 'because', 'that', 'only'])
/** Work on code, somewhere before `in Rust`. */
const codeWork =
  /\b(?:(?:re-?)?(?:writ(?:e|es|ing|ten)|wrote|build(?:s|ing)?|built)|cod(?:e|es|ed|ing)|program(?:s|med|ming)?|develop(?:s|ed|ing)?)\b[^.;:]{0,50} (?:in|using) $/i
/** Changes that happen to systems and not to people. */
const systemChange =
  /\b(?:migrat|replac|transition|upgrad|decommission|retir|phased out|switched off|turned off|supersed|discontinu|re-?writ|rebuil|used|in use|until|ended in|stopped in|ceased)/i
/** What systems do on a date, directly after the name. */
const wentLive = /^ (?:(?:is|are) (?:due )?to go|will go|has gone|went|goes|going) live\b/i
/** Those who move to a ward and not to a system. */
const movers = /\b(?:(?:in|out)?patients?|residents?|clinics|wards|beds|babies|mothers|he|she) (?:have |has |were |was |are |will be )?$/i
/** A question about technology of no particular kind. */
const anyKind = /\b(?:systems?|software|technolog(?:y|ies)|tools?|platforms?|products?|applications?|packages?)\b/i
/** Words for kinds of technology, among the words of a field. */
const kinds =
  /(?:engine|framework|librar(?:y|ies)|language|database|server|system|tool|platform|software|package|warehouse|pipeline|stack|back[ -]?end|front[ -]?end|broker|bus|queue|control|prescribing|messaging|monitoring|reporting|statistics|scripting|\b(?:epr|ehr|pas|ris|pacs|lims|cms|tie|ide|rdbms|ci|vcs|mobile app))s?$|^ci\/cd$/i
/** Between the word for a kind and the name of one. */
const isKind = /^(?:\)?\s*[:=–-]\s*|\s(?:is|was|are)\s(?:now |currently |called |named )?)$/i
const isLabel = /^\s*[:=]\s*$/
/** Between a name and the word for its kind. */
const isOurKind = /^\s(?:is|was)\s(?:our|the|a|an)\s(?:[\w-]+\s){0,2}$/i
const endsCell = /^\s?(?:$|[.,;\n|)])/
const workPrepositions = new Set(['in', 'using'])
const codeFields = fieldBit('code')
/** What makes a line an item of a list. */
const itemOpening = /(?:^|\n)[ \t]*(?:[-–•*·▪●o]|\(?(?:\d{1,2}|[a-z])[.)])[ \t]+$/
/** An item of a list is no longer than this. */
const LONGEST_ITEM = 160
const copulas = new Set(['is', 'was', 'are', 'were', 'would', 'will', 'can'])
/** Verbs of systems: `Rhapsody handles messages`. */
const definingVerbs = new Set('has provides runs handles sends acts isn wasn'.split(' '))
/** Words after `is` or `was` that say something of a technology. */
const complements = new Set(
  'our the a an used being in also still currently installed deployed running hosted supported live on not considered evaluated rejected chosen selected replaced retired introduced bought procured dropped removed once never only no now planned due available required be'.split(
    ' ',
  ),
)
/** Words before a name in small letters that count it. */
const quantifiers = new Set(
  'two three four five six several many some few various multiple other these those all both numerous local departmental'.split(' '),
)
const joining = new Set(['and', 'or', 'plus'])
const prepositions = new Set(['in', 'using', 'with'])
const articles = new Set(['a', 'an', 'the', 'our', 'their', 'its'])

/** Whether a name is written in the letter form that its rule asks for. */
export function hasForm(surface: string, alias: string, form: LetterForm): boolean {
  if (form === 'any') return true
  if (surface === alias) return true
  const found = surface.replace(/[\s\-_\u00a0\u2010\u2011™®©]+/g, ' ')
  const wanted = alias.replace(/[\s\-_]+/g, ' ')
  if (form === 'exact') return found === wanted
  if (found.length !== wanted.length) return isUpper(found, 0)
  for (let at = 0; at < wanted.length; at++)
    if ((at === 0 || wanted[at - 1] === ' ') && isUpper(wanted, at) && !isUpper(found, at)) return false
  return true
}

function isUpper(text: string, at: number): boolean {
  const letter = text[at] ?? ''
  return letter !== letter.toLowerCase()
}

/** Decides which of the ambiguous candidates count, and why. */
export function weighEvidence<Id extends string>(reading: Reading, candidates: readonly Candidate[], taxonomy: CompiledTaxonomy<Id>): void {
  const table = characterTable()
  const { text, hits } = reading
  const technologies = taxonomy.technologies
  const technologyOf = (candidate: Candidate) => technologies[candidate.meant[0] ?? 0]!

  // Where the first and the last word of the text stand, looked for once.
  let firstWord = -1
  let lastWord = -1
  // What speaks for names anywhere in a sentence is gathered once a sentence.
  let gathered = -1
  let sentenceFields = 0
  function gather(sentence: number): void {
    if (gathered === sentence) return
    gathered = sentence
    sentenceFields = 0
    for (let hit = reading.firstHit(sentence), last = reading.firstHit(sentence + 1); hit < last; hit++)
      sentenceFields |= reading.payloads[hit]!.fields
  }
  /** The first name of each sentence that speaks for each field, so that asking for one costs the same in any text. */
  const vouchers = new Map<number, (Candidate | undefined)[]>()
  for (const candidate of candidates) {
    if (!candidate.accepted || candidate.payload.kind !== NAME) continue
    let byField = vouchers.get(candidate.sentence)
    if (byField === undefined) vouchers.set(candidate.sentence, (byField = []))
    const { vouches } = technologyOf(candidate)
    for (let bit = 0; vouches >> bit !== 0; bit++) if (vouches & (1 << bit)) byField[bit] ??= candidate
  }
  const voucherIn = (sentence: number, field: number): Candidate | undefined => vouchers.get(sentence)?.[31 - Math.clz32(field)]
  const textOf = (candidate: Candidate): string => text.slice(candidate.start, candidate.end)

  const ambiguous = candidates.filter(({ payload, accepted }) => payload.kind === AMBIGUOUS && !accepted)
  if (ambiguous.length === 0) return
  for (const candidate of ambiguous) if (isPlace(candidate)) candidate.confidence = -1
  /** Hits of ambiguous names that count. */
  const settled = new Set<number>()
  // A list with a name that counts is the best evidence; what is settled alone may settle its list and its neighbours in turn.
  weighLists()
  for (let round = 0, before = -1; round < ROUNDS && settled.size > before; round++) {
    before = settled.size
    for (const candidate of ambiguous) if (!candidate.accepted && candidate.confidence >= 0) weighAlone(candidate)
    weighLists()
  }
  repeatSenses()

  /** One sense in one text: an ambiguous name of a technology that counted elsewhere counts where it has its letter form. */
  function repeatSenses(): void {
    const senses = new Map<number, Candidate>()
    for (const candidate of candidates) {
      if (candidate.accepted && candidate.payload.kind !== BUNDLE)
        for (const technology of candidate.meant) if (!senses.has(technology)) senses.set(technology, candidate)
    }
    if (senses.size === 0) return
    for (const candidate of ambiguous) {
      if (candidate.accepted || candidate.confidence < 0) continue
      const policy = candidate.payload.policies.find((each) => senses.has(each.technology) && isProper(candidate, each))
      const known = senses.get(policy?.technology ?? -1)
      if (policy === undefined || known === undefined || (candidate.nameEnd - candidate.start === 1 && isInitial(candidate))) continue
      if (opensSentence(candidate) && !isDefined(candidate) && policy.rule.form === 'capitalised') continue
      accept(candidate, 'same-text', text.slice(known.start, known.end), 0.7, policy)
    }
  }

  function accept(candidate: Candidate, rule: MatchRule, words: string | null, confidence: number, policy?: Policy): void {
    candidate.accepted = true
    settled.add(candidate.hit)
    candidate.rule = rule
    candidate.words = words
    candidate.confidence = candidate.edited ? Math.min(confidence, 0.6) : confidence
    if (policy !== undefined) candidate.meant = [policy.technology]
  }

  /** Whether the name has the letter form of a rule; a misspelt one has it by its capital. */
  function isProper(candidate: Candidate, policy: Policy): boolean {
    const { alias, form } = policy.rule
    if (candidate.edited) return form === 'any' || isUpper(text, candidate.start)
    return hasForm(text.slice(candidate.start, candidate.nameEnd), alias, form)
  }

  function wordAfter(offset: number): { readonly word: string; readonly start: number } {
    let start = offset
    while (start < text.length && start - offset < 4 && table[text.charCodeAt(start)]! & SPACE) start++
    let end = start
    while (end < text.length && end - start < 24 && table[text.charCodeAt(end)]! & WORD) end++
    return { word: text.slice(start, end), start }
  }

  function wordBefore(offset: number): string {
    let end = offset
    while (end > 0 && offset - end < 4 && table[text.charCodeAt(end - 1)]! & SPACE) end--
    let start = end
    while (start > 0 && end - start < 24 && table[text.charCodeAt(start - 1)]! & WORD) start--
    return text.slice(start, end).toLowerCase()
  }

  function isPlace(candidate: Candidate): boolean {
    const next = wordAfter(candidate.nameEnd)
    return next.start > candidate.nameEnd && places.has(next.word.toLowerCase())
  }

  /** Whether a capitalised word follows that is no word of computing: the name is the first half of a proper name. */
  function beginsProperName(candidate: Candidate): boolean {
    if (candidate.end !== candidate.nameEnd) return false
    const next = wordAfter(candidate.end)
    if (next.start !== candidate.end + 1 || next.word.length < 2 || !isUpper(next.word, 0) || next.word === next.word.toUpperCase())
      return false
    const hit = candidate.hit + 1
    return !(hit * 4 < hits.length && hits[hit * 4] === next.start && reading.payloads[hit]?.kind !== COUNTER)
  }

  function opensSentence(candidate: Candidate): boolean {
    let at = candidate.start - 1
    const start = reading.sentenceStart(candidate.sentence)
    while (at >= start && candidate.start - at < 12) {
      const entry = table[text.charCodeAt(at)]!
      if (entry & WORD && !(entry & DIGIT)) return false
      at--
    }
    return at < start
  }

  function isWholeText(candidate: Candidate): boolean {
    if (firstWord < 0) {
      firstWord = 0
      lastWord = text.length
      while (firstWord < text.length && !(table[text.charCodeAt(firstWord)]! & WORD)) firstWord++
      while (lastWord > 0 && !(table[text.charCodeAt(lastWord - 1)]! & WORD)) lastWord--
    }
    return firstWord === candidate.start && lastWord <= candidate.end
  }

  /** Whether a name ends its noun phrase: punctuation, a function word or a word of computing follows. */
  function standsForItself(candidate: Candidate): boolean {
    const next = wordAfter(candidate.end)
    if (next.word === '') return true
    if (followers.has(next.word.toLowerCase())) return true
    const hit = candidate.hit + 1
    return hit * 4 < hits.length && hits[hit * 4] === next.start && (reading.payloads[hit]?.fields ?? 0) !== 0
  }

  function speaksFor(payload: Payload, hit: number, policy: Policy, gap = Infinity): boolean {
    if (!(payload.fields & policy.fields) && !payload.cueFor.includes(policy.number)) return false
    // Two ambiguous names do not speak for each other unless one of them counts: `SCR 145, ESR 22`.
    // `Ruby/Rails`: each is a word of the other's, and they touch.
    return (
      payload.kind !== AMBIGUOUS ||
      settled.has(hit) ||
      (gap <= (payload.alias.length === 2 ? 3 : 5) &&
        payload.cueFor.includes(policy.number) &&
        hasForm(text.slice(hits[hit * 4], hits[hit * 4 + 1]), payload.alias, 'capitalised'))
    )
  }

  /** Whether little enough stands between a cue and a name for them to belong together. */
  function besideGap(from: number, to: number): boolean {
    if (to - from > BESIDE) return false
    let words = 0
    let inWord = false
    for (let at = from; at < to; at++) {
      const code = text.charCodeAt(at)
      const word = !!(table[code]! & WORD)
      if (word && !inWord) words++
      inWord = word
      if (code === 46 || code === 59 || code === 44 || code === 33 || code === 63) return false
    }
    return words <= 2
  }

  function weighAlone(candidate: Candidate): void {
    const answered = answeredSentence(candidate)
    for (const policy of candidate.payload.policies) {
      const { rule } = policy
      const meant = technologies[policy.technology]!
      const proper = isProper(candidate, policy)
      if (rule.evidence === 'form') {
        if (proper) return accept(candidate, 'letter-form', null, 0.95, policy)
        continue
      }
      if (rule.evidence === 'noun') {
        const before = wordBefore(candidate.start)
        if (proper || determiners.has(before) || quantifiers.has(before) || /\d/.test(before))
          return accept(candidate, 'letter-form', null, 0.9, policy)
        continue
      }
      const singleLetter = rule.alias.length === 1
      const kind = singleLetter ? null : kindOf(candidate, meant.field, proper)
      if (kind !== null) return accept(candidate, 'cue', kind, 0.85, policy)
      const label = singleLetter || !isUpper(text, candidate.start) ? null : labelOf(candidate, policy)
      if (label !== null) return accept(candidate, 'cue', label, 0.85, policy)
      if (!proper && (rule.form === 'exact' || singleLetter)) continue

      let besideAfter = -1
      let besideBefore = -1
      let near = -1
      const last = reading.firstHit(candidate.sentence + 1)
      for (let hit = candidate.hit + 1; hit < last && hits[hit * 4]! - candidate.end <= NEAR; hit++) {
        if (!speaksFor(reading.payloads[hit]!, hit, policy, hits[hit * 4]! - candidate.end)) continue
        if (near < 0) near = hit
        if (besideAfter < 0 && besideGap(candidate.end, hits[hit * 4]!)) besideAfter = hit
      }
      const first = reading.firstHit(candidate.sentence)
      for (let hit = candidate.hit - 1; hit >= first && candidate.start - hits[hit * 4 + 2]! <= NEAR; hit--) {
        if (!speaksFor(reading.payloads[hit]!, hit, policy, candidate.start - hits[hit * 4 + 2]!)) continue
        if (near < 0) near = hit
        if (besideBefore < 0 && besideGap(hits[hit * 4 + 2]!, candidate.start)) besideBefore = hit
      }
      const wordsOf = (hit: number): string => text.slice(hits[hit * 4], hits[hit * 4 + 1])

      if (!proper) {
        const production = useVerbBefore(candidate)
        if (
          production !== null &&
          /^(?:built|written|developed|coded|programmed) (?:in|with|using)$/i.test(production) &&
          rule.evidence !== 'beside' &&
          standsForItself(candidate)
        )
          return accept(candidate, 'use-verb', production, 0.7, policy)
        const isNoun = determiners.has(wordBefore(candidate.start))
        if (besideAfter >= 0 && isNoun) return accept(candidate, 'cue', wordsOf(besideAfter), 0.8, policy)
        // `a bit of old delphi and a foxpro thing`.
        const kin = isNoun && !singleLetter && rule.evidence !== 'beside' ? voucherIn(candidate.sentence, meant.field) : undefined
        if (kin !== undefined && technologyOf(kin).technology.category === meant.technology.category)
          return accept(candidate, 'sentence', textOf(kin), 0.7, policy)
        continue
      }
      const initial = (singleLetter && isInitial(candidate)) || (rule.evidence !== 'sentence' && beginsProperName(candidate))
      if (!initial || besideAfter >= 0) {
        const beside = besideBefore >= 0 ? besideBefore : besideAfter
        if (beside >= 0) return accept(candidate, 'cue', wordsOf(beside), 0.9, policy)
      }
      if (candidate.certainVersion && (!singleLetter || /\d\.\d/.test(candidate.version ?? '')))
        return accept(candidate, 'version', candidate.version, 0.9, policy)
      if (candidate.version !== null && !singleLetter && meant.technology.versions.includes(candidate.version))
        return accept(candidate, 'version', candidate.version, 0.85, policy)
      if (!singleLetter && rule.evidence !== 'beside' && isWholeText(candidate)) return accept(candidate, 'whole-text', null, 0.7, policy)
      if (initial) continue
      const isYear = /^(?:19|20)\d\d$/.test(candidate.version ?? '')
      if (
        meant.field & codeFields &&
        !isYear &&
        workPrepositions.has(wordBefore(candidate.start)) &&
        standsForItself(candidate) &&
        codeWork.test(text.slice(Math.max(0, candidate.start - 72), candidate.start))
      )
        return accept(candidate, 'use-verb', wordBefore(candidate.start), 0.75, policy)
      const migration = meant.field & systems && standsForItself(candidate) ? migrationBefore(candidate) : null
      if (migration !== null) return accept(candidate, 'use-verb', migration, 0.7, policy)
      const verb = useVerbBefore(candidate)
      if (verb !== null && standsForItself(candidate)) return accept(candidate, 'use-verb', verb, 0.75, policy)
      const voucher = voucherIn(candidate.sentence, meant.field)
      const vouched = voucher !== undefined
      if (answered >= 0 && !singleLetter && speaksInSentence(answered, candidate, policy))
        return accept(candidate, 'answer', null, 0.8, policy)
      const live = meant.field & systems ? wentLive.exec(text.slice(candidate.end, candidate.end + 24)) : null
      if (live !== null) return accept(candidate, 'use-verb', live[0].trim(), 0.75, policy)
      const change = changeAfter(candidate)
      if (change !== null && rule.evidence !== 'beside' && (!opensSentence(candidate) || meant.field & systems))
        return accept(candidate, 'use-verb', change, 0.7, policy)
      if (rule.evidence === 'beside') {
        // `services are in Go, packaged with Docker`: capital inside the sentence, preposition, related technology.
        // `Python is used but R is not`.
        const kin = voucher ?? (opensSentence(candidate) ? voucherIn(candidate.sentence - 1, meant.field) : undefined)
        const isSaid = singleLetter
          ? isDefined(candidate)
          : /^ (?:is|was) (?:also |still |not |being |only )?used\b/.test(text.slice(candidate.end, candidate.end + 24))
        if (kin !== undefined && isSaid && openings.has(wordBefore(candidate.start)))
          return accept(candidate, 'sentence', textOf(kin), 0.7, policy)
        if (
          voucher !== undefined &&
          !opensSentence(candidate) &&
          prepositions.has(wordBefore(candidate.start)) &&
          standsForItself(candidate)
        )
          return accept(candidate, 'sentence', textOf(voucher), 0.7, policy)
        continue
      }
      // `Excel is used by everyone.`, after a sentence about reporting tools.
      const nearby = voucherIn(candidate.sentence - 1, meant.field) ?? voucherIn(candidate.sentence + 1, meant.field)
      if (nearby !== undefined && (isDefined(candidate) || isBare(candidate)))
        return accept(candidate, 'sentence', textOf(nearby), 0.7, policy)
      if (rule.evidence === 'sentence') {
        gather(candidate.sentence)
        if (near >= 0 || vouched || sentenceFields & meant.field)
          return accept(candidate, 'sentence', near >= 0 ? wordsOf(near) : voucher === undefined ? null : textOf(voucher), 0.8, policy)
        continue
      }
      if (near < 0 && !vouched) continue
      // At the start of a sentence every word has a capital, so the capital says nothing.
      if (rule.form === 'capitalised' && opensSentence(candidate) && !vouched && !isDefined(candidate)) continue
      return accept(candidate, 'sentence', near >= 0 ? wordsOf(near) : voucher === undefined ? null : textOf(voucher), 0.75, policy)
    }
  }

  /** `Rhapsody is our integration engine`. */
  function isDefined(candidate: Candidate): boolean {
    const verb = wordAfter(candidate.end)
    if (verb.word === '' || verb.start > candidate.end + 1) return /^\s?[:=–-]/.test(text.slice(candidate.end, candidate.end + 2))
    if (definingVerbs.has(verb.word)) return true
    return copulas.has(verb.word) && complements.has(wordAfter(verb.start + verb.word.length).word)
  }

  /** The word that says what kind of thing the name is: `The build server is Octopus`, `Framework: Express`, `Octopus is our build server`; or `null`. */
  function kindOf(candidate: Candidate, field: number, proper: boolean): string | null {
    const first = Math.max(reading.firstHit(candidate.sentence), candidate.hit - NEIGHBOURS)
    for (let hit = candidate.hit - 1; hit >= first; hit--) {
      if (!(reading.payloads[hit]!.fields & field)) continue
      const words = text.slice(hits[hit * 4], hits[hit * 4 + 1])
      const gap = text.slice(hits[hit * 4 + 2], candidate.start)
      const fits = proper
        ? isKind.test(gap) && standsForItself(candidate)
        : isLabel.test(gap) && endsCell.test(text.slice(candidate.end, candidate.end + 2))
      if (fits && kinds.test(words)) return words
      break
    }
    if (!proper) return null
    const last = Math.min(reading.firstHit(candidate.sentence + 1), candidate.hit + 1 + NEIGHBOURS)
    for (let hit = candidate.hit + 1; hit < last; hit++) {
      if (!(reading.payloads[hit]!.fields & field)) continue
      const words = text.slice(hits[hit * 4], hits[hit * 4 + 1])
      return kinds.test(words) && isOurKind.test(text.slice(candidate.end, hits[hit * 4])) ? words : null
    }
    return null
  }

  /** A cue of the name and a colon before it: `Radiotherapy: Aria`. */
  function labelOf(candidate: Candidate, policy: Policy): string | null {
    const hit = candidate.hit - 1
    const sign = text.charCodeAt(candidate.start - 1) === 32 ? text.charCodeAt(candidate.start - 2) : text.charCodeAt(candidate.start - 1)
    if (sign !== 58 && sign !== 61) return null
    if (hit < reading.firstHit(candidate.sentence) || !isLabel.test(text.slice(hits[hit * 4 + 2], candidate.start))) return null
    const { cueFor } = reading.payloads[hit]!
    return cueFor.includes(policy.number) && standsForItself(candidate) ? text.slice(hits[hit * 4], hits[hit * 4 + 1]) : null
  }

  /** `No CDA.`: hardly anything but the name in its sentence. */
  function isBare(candidate: Candidate): boolean {
    const start = reading.sentenceStart(candidate.sentence)
    const end = reading.sentenceEnd(candidate.sentence)
    if (candidate.start - start > BARE || end - candidate.end > BARE) return false
    const words = `${text.slice(start, candidate.start)} ${text.slice(candidate.end, end)}`.toLowerCase().match(/[\p{L}']+/gu) ?? []
    return words.length <= 3 && words.every((word) => bareWords.has(word))
  }

  /** `migrating from Ensemble`, `is replacing Lorenzo`: what happens to systems, directly before the name. */
  function migrationBefore(candidate: Candidate): string | null {
    const hit = candidate.hit - 1
    if (hit < 0 || !(reading.payloads[hit]!.roles & migrations)) return null
    const gap = text
      .slice(hits[hit * 4 + 2], candidate.start)
      .trim()
      .toLowerCase()
    if (gap.length > 5 || (gap !== '' && !articles.has(gap))) return null
    const words = text.slice(hits[hit * 4], hits[hit * 4 + 1])
    return systemChange.test(words) ? words : null
  }

  /** `J. R. Smith`, `C. Jones`: an initial, not a language. */
  function isInitial(candidate: Candidate): boolean {
    if (text.charCodeAt(candidate.nameEnd) !== 46) return false
    const next = wordAfter(candidate.nameEnd + 1)
    return (
      isUpper(next.word, 0) &&
      next.word.length > 1 &&
      !/^(?:We|The|It|Our|All|This|They|There|No|Some|In|A|Also|For|Most|These|Data|Reports)$/.test(next.word)
    )
  }

  function useVerbBefore(candidate: Candidate): string | null {
    const hit = candidate.hit - 1
    if (hit < 0 || !(reading.payloads[hit]!.roles & uses)) return null
    const gap = text
      .slice(hits[hit * 4 + 2], candidate.start)
      .trim()
      .toLowerCase()
    if (gap.length > 5 || (gap !== '' && !articles.has(gap))) return null
    const words = text.slice(hits[hit * 4], hits[hit * 4 + 1])
    // `Patients moved to Sunrise in May.`
    if (/^mov/i.test(words) && movers.test(text.slice(Math.max(0, hits[hit * 4]! - 24), hits[hit * 4]))) return null
    return words
  }

  /** `Lorenzo will be decommissioned`: what only happens to systems, directly after the name. */
  function changeAfter(candidate: Candidate): string | null {
    const hit = candidate.hit + 1
    if (hit * 4 >= hits.length || hits[hit * 4]! !== candidate.end + 1 || !(reading.payloads[hit]!.roles & changes)) return null
    const words = text.slice(hits[hit * 4], hits[hit * 4 + 1])
    return systemChange.test(words) ? words : null
  }

  function properForm(candidate: Candidate): boolean {
    return candidate.payload.policies.some((policy) => isProper(candidate, policy))
  }

  /** The sentence that a bare name answers: the question or request before it, or -1. */
  function answeredSentence(candidate: Candidate): number {
    const previous = candidate.sentence - 1
    if (previous < 0) return -1
    const start = reading.sentenceStart(candidate.sentence)
    if (candidate.start - start > 24) return -1
    if (!answerOpening.test(text.slice(start, candidate.start))) return -1
    if (wordAfter(candidate.end).word !== '' && wordAfter(candidate.end).start < reading.sentenceEnd(candidate.sentence)) return -1
    if (reading.asks(previous)) return previous
    for (let hit = reading.firstHit(previous), last = reading.firstHit(candidate.sentence); hit < last; hit++)
      if (reading.payloads[hit]!.roles & request) return previous
    return -1
  }

  function speaksInSentence(sentence: number, candidate: Candidate, policy: Policy): boolean {
    if (voucherIn(sentence, technologies[policy.technology]!.field) !== undefined) return true
    const last = reading.firstHit(sentence + 1)
    // A question is short; in a longer text only its end is the question.
    for (let hit = Math.max(reading.firstHit(sentence), last - LONGEST_QUESTION); hit < last; hit++)
      if (speaksFor(reading.payloads[hit]!, hit, policy)) return true
    // `Which systems do you use?`: whatever is named then.
    const end = reading.sentenceEnd(sentence)
    return policy.rule.evidence !== 'beside' && anyKind.test(text.slice(Math.max(reading.sentenceStart(sentence), end - NEAR * 2), end))
  }

  /** Whether a name that counts lends its standing to its neighbour in a list. */
  function lends(neighbour: Candidate, candidate: Candidate): boolean {
    if (!neighbour.accepted || candidate.confidence < 0) return false
    return technologyOf(neighbour).field !== terminology || technologyOf(candidate).field === fieldBit('exchange')
  }

  /** Whether a name may count as an item of a list: in small letters it must be bounded by the signs of the list. */
  function mayBeItem(index: number, link: number): boolean {
    const candidate = candidates[index]!
    const single = candidate.nameEnd - candidate.start === 1
    // `A – Sitecore; C – TYPO3`: the letter of a site.
    if (single && /^\s[–—-]\s/.test(text.slice(candidate.end, candidate.end + 3))) return false
    // `Python, R. Frameworks:` ends a list, `and R. Smith` names somebody.
    if (properForm(candidate)) return link === JOINED_BY_SIGNS || !(single && isInitial(candidate))
    if (text.charCodeAt(candidate.end) === 58) return false
    const linkedAfter = (candidates[index + 1]?.link ?? NO_LIST) === JOINED_BY_SIGNS
    const after = wordAfter(candidate.end)
    const bounded =
      after.word === '' ||
      after.start > candidate.end + 2 ||
      (linkedAfter && after.start > candidate.end + 1) ||
      joining.has(after.word.toLowerCase())
    // The `c)` of an enumeration is no language.
    if (single)
      return (
        link === JOINED_BY_SIGNS &&
        candidates[index + 1] !== undefined &&
        candidates[index + 1]!.link !== NO_LIST &&
        text.charCodeAt(candidate.end) !== 41
      )
    // `Perl and bash.`: after a joining word the name must end its sentence or clause.
    return link === JOINED_BY_SIGNS
      ? bounded
      : candidates[index - 1]?.accepted === true && (after.word === '' || after.start > candidate.end + 2)
  }

  function weighLists(): void {
    const listed = (candidate: Candidate, neighbour: Candidate): void => {
      const { policies } = candidate.payload
      const akin = policies.find(
        (policy) => isProper(candidate, policy) && technologyOf(neighbour).vouches & technologies[policy.technology]!.field,
      )
      accept(candidate, 'list-neighbour', text.slice(neighbour.start, neighbour.end), 0.9, akin ?? policies[0])
    }
    for (let index = 1; index < candidates.length; index++) {
      const candidate = candidates[index]!
      const before = candidates[index - 1]!
      if (!candidate.accepted && candidate.link !== NO_LIST && lends(before, candidate) && mayBeItem(index, candidate.link))
        listed(candidate, before)
    }
    for (let index = candidates.length - 2; index >= 0; index--) {
      const candidate = candidates[index]!
      const after = candidates[index + 1]!
      if (!candidate.accepted && after.link !== NO_LIST && lends(after, candidate) && mayBeItem(index, after.link)) listed(candidate, after)
    }
    weighItems()
    // A list of ambiguous names alone: three of one field, or two joined by signs, speak for each other.
    for (let from = 0; from < candidates.length;) {
      let to = from + 1
      while (to < candidates.length && candidates[to]!.link !== NO_LIST) to++
      if (to - from >= 2) weighAmbiguousList(from, to)
      from = to
    }
  }

  /** Names that open neighbouring items of a list, whatever follows them in the items. */
  function weighItems(): void {
    let above: Candidate | undefined
    for (const candidate of candidates) {
      const before = text.charCodeAt(candidate.start - 1)
      if ((before !== 32 && before !== 9) || !itemOpening.test(text.slice(Math.max(0, candidate.start - 12), candidate.start))) continue
      if (above !== undefined && candidate.start - above.end < LONGEST_ITEM && isNextLine(above.end, candidate.start)) {
        for (const [item, neighbour] of [
          [candidate, above],
          [above, candidate],
        ] as const) {
          if (item.accepted || item.nameEnd - item.start === 1 || !lends(neighbour, item) || !properForm(item)) continue
          const akin = item.payload.policies.find(
            (policy) => isProper(item, policy) && technologyOf(neighbour).vouches & technologies[policy.technology]!.field,
          )
          if (akin !== undefined) accept(item, 'list-neighbour', textOf(neighbour), 0.8, akin)
        }
      }
      above = candidate
    }
  }

  function isNextLine(from: number, to: number): boolean {
    const between = text.slice(from, to)
    return between.indexOf('\n') >= 0 && between.indexOf('\n') === between.lastIndexOf('\n')
  }

  /** Whether a list is all that its sentence holds. */
  function coversSentence(list: readonly Candidate[]): boolean {
    const first = list[0]!
    const last = list.at(-1)!
    const start = reading.sentenceStart(first.sentence)
    const end = reading.sentenceEnd(last.sentence)
    return first.start - start < BARE && end - last.end < BARE && !/\w/.test(text.slice(start, first.start) + text.slice(last.end, end))
  }

  function weighAmbiguousList(from: number, to: number): void {
    const list = candidates.slice(from, to)
    if (list.some(({ accepted, confidence }) => accepted || confidence < 0)) return
    if (!list.every(properForm)) return
    const field = technologyOf(list[0]!).vouches
    if (!list.every((candidate) => technologyOf(candidate).field & field)) return
    const different = new Set(list.map(({ payload }) => payload.technologies[0])).size
    const common = list.filter(({ payload }) => payload.policies.every(({ rule }) => rule.evidence === 'beside')).length
    const signs = list.slice(1).every(({ link }) => link === JOINED_BY_SIGNS)
    // Initials of people.
    if (list.every(({ payload }) => payload.alias.length <= 2)) return
    const whole =
      different >= 2 &&
      list.slice(1).every(({ start }, index) => /\S/.test(text.slice(list[index]!.end, start))) &&
      coversSentence(list) &&
      new Set(list.map((candidate) => technologyOf(candidate).technology.category)).size === 1
    if (!whole && different - common < 2 && !(different >= 4 && different > common)) return
    if (!whole && different < 3 && (!signs || new Set(list.map((candidate) => technologyOf(candidate).field)).size > 1)) return
    for (const candidate of list) accept(candidate, 'ambiguous-list', text.slice(list[0]!.start, list.at(-1)!.end), 0.7)
  }
}
