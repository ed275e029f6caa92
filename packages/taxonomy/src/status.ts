import type { Candidate } from './candidate.ts'
import { characterTable, SPACE, WORD } from './character-table.ts'
import { NAME, type Payload, roleBit } from './compiled-taxonomy.ts'
import type { Reading } from './evidence.ts'
import { NO_LIST } from './list-gap.ts'
import type { MatchStatus } from './match.ts'
import type { Sentences } from './sentences.ts'

const negatesNext = roleBit('negates-next')
const negatesPrevious = roleBit('negates-previous')
const formerNext = roleBit('former-next')
const formerPrevious = roleBit('former-previous')
const replaced = roleBit('replaced')
const movedFrom = roleBit('moved-from')
const transition = roleBit('transition')
const plannedNext = roleBit('planned-next')
const plannedPrevious = roleBit('planned-previous')
const toReplace = roleBit('to-replace')
const movingFrom = roleBit('moving-from')
const beingReplaced = roleBit('being-replaced')
const exampleNext = roleBit('example-next')
const withheldNext = roleBit('withheld-next')
const usedNext = roleBit('used-next')
const usedPrevious = roleBit('used-previous')
const endsScope = roleBit('ends-scope')
const towards = roleBit('towards')
const withRole = roleBit('with')
const subject = roleBit('subject')
const request = roleBit('request')
const answer = roleBit('answer')
const hypothetical = roleBit('hypothetical')
const ongoing = roleBit('ongoing')
const interrogative = roleBit('interrogative')
const until = roleBit('until')
const notNegation = roleBit('not-a-negation')

/** What a phrase opened, until something closes it. */
interface Scope {
  /** Status of what stands inside. */
  readonly status: MatchStatus
  /** Which preposition turns to the other party of a change, if any. */
  readonly turn: 'none' | 'towards' | 'with' | 'either'
  /** Status after the turn. */
  readonly turned: MatchStatus
  /** Whether a new clause closes it. */
  readonly clause: boolean
}

const open: Scope = { status: 'used', turn: 'none', turned: 'used', clause: false }
const negation: Scope = { status: 'negated', turn: 'none', turned: 'used', clause: true }
const past: Scope = { status: 'former', turn: 'none', turned: 'used', clause: true }
const replacement: Scope = { status: 'former', turn: 'with', turned: 'used', clause: true }
const departure: Scope = { status: 'former', turn: 'towards', turned: 'used', clause: true }
const change: Scope = { status: 'former', turn: 'either', turned: 'used', clause: true }
const plan: Scope = { status: 'planned', turn: 'none', turned: 'planned', clause: false }
const replacementAhead: Scope = { status: 'used', turn: 'with', turned: 'planned', clause: false }
const departureAhead: Scope = { status: 'used', turn: 'towards', turned: 'planned', clause: false }
const changeAhead: Scope = { status: 'used', turn: 'either', turned: 'planned', clause: false }
const withheld: Scope = { status: 'question', turn: 'none', turned: 'question', clause: true }

/** A phrase about what stands before it reaches this far back. */
const REACH = 60
const SEMICOLON = 59
const OPENING = 40
const CLOSING = 41

/** What follows `until` where the end has come. */
const pastEvent = /^[^,;.]{0,30}?\b(?:19\d\d|20[01]\d|202[0-4]|last year|recently|\w+ed\b|was|were|went|left|came|then)\b/i
/** A sentence that goes on about what the one before named. */
const pronoun = /^[\s\W]*(?:it|they|both|these|this|that|all of these|all of them|this system|these systems|the system|the systems)\b/i

const affirmative = /^[\s\W]*(?:(?:a|answer|response|reply)\s?\d*\s?[.:)–-]*\s*)?(?:yes|correct|we do\b|it does\b)/i

/** Gives each accepted candidate its status, sentence by sentence. */
export function assignStatus(reading: Reading, sentences: Sentences, accepted: readonly Candidate[]): void {
  const { text, hits, payloads } = reading
  const table = characterTable()
  let requestList = false
  let read = -1
  let before: readonly Candidate[] = []
  for (let from = 0; from < accepted.length;) {
    const sentence = accepted[from]!.sentence
    let to = from + 1
    while (to < accepted.length && accepted[to]!.sentence === sentence) to++
    const list = accepted.slice(from, to)
    // Sentences without a technology matter only for a list that somebody asked for.
    for (let skipped = read + 1; skipped < sentence; skipped++) requestList = continuesRequest(skipped)
    if (before.length > 0) lookBack(read + 1, before)
    readSentence(sentence, list)
    read = sentence
    before = list
    from = to
  }

  if (before.length > 0) lookBack(read + 1, before)

  /** `It was decommissioned in 2019.`: the sentence after the one that named it. */
  function lookBack(sentence: number, named: readonly Candidate[]): void {
    if (sentence >= sentences.length || sentences.asks[sentence] === 1) return
    const start = reading.sentenceStart(sentence)
    const opening = pronoun.exec(text.slice(start, start + 32))
    if (opening === null) return
    for (let hit = reading.firstHit(sentence), last = reading.firstHit(sentence + 1); hit < last; hit++) {
      const at = hits[hit * 4]!
      if (at - start > REACH) return
      const { roles, kind } = payloads[hit]!
      if (kind === NAME) return
      const status: MatchStatus | null = roles & formerPrevious ? 'former' : roles & negatesPrevious ? 'negated' : null
      if (status === null) continue
      // `It` is the last one named, `both` and `these` are all of them.
      const meant =
        /\b(?:it|this|that|the system)\b/i.test(opening[0]) && !/\b(?:they|both|these|all)\b/i.test(opening[0]) ? named.slice(-1) : named
      for (const candidate of meant) {
        if (candidate.status !== 'used') continue
        candidate.status = status
        candidate.statusWords = text.slice(at, hits[hit * 4 + 1])
      }
      return
    }
  }

  /** `Please list: ...` and the items under it, until an answer begins. */
  function continuesRequest(sentence: number): boolean {
    const first = reading.firstHit(sentence)
    const last = reading.firstHit(sentence + 1)
    let roles = 0
    for (let hit = first; hit < last; hit++) roles |= payloads[hit]!.roles
    if (roles & (answer | usedNext)) return false
    const end = reading.sentenceEnd(sentence)
    if (roles & (request | interrogative)) return lastVisible(end) === 58
    return requestList && isItem(sentence)
  }

  function lastVisible(end: number): number {
    let at = end - 1
    while (at >= 0 && table[text.charCodeAt(at)]! & SPACE) at--
    return at < 0 ? 0 : text.charCodeAt(at)
  }

  /** Whether a sentence opens with a bullet or a number. */
  function isItem(sentence: number): boolean {
    return /^\s*(?:[-–•*·▪●o]\s|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]\s|$)/.test(
      text.slice(reading.sentenceStart(sentence), reading.sentenceStart(sentence) + 12),
    )
  }

  function readSentence(sentence: number, list: readonly Candidate[]): void {
    const first = reading.firstHit(sentence)
    const last = reading.firstHit(sentence + 1)
    const start = reading.sentenceStart(sentence)
    const end = reading.sentenceEnd(sentence)
    let seen = 0
    for (let hit = first; hit < last; hit++) seen |= payloads[hit]!.roles
    // A parenthesis after a question belongs to it.
    const asks =
      sentences.asks[sentence] === 1 || (sentence > 0 && sentences.asks[sentence - 1] === 1 && /^\s*\(/.test(text.slice(start, start + 8)))
    const inList = requestList && !(seen & (answer | usedNext)) && isItem(sentence)
    requestList = continuesRequest(sentence)
    if (asks) {
      const confirmed = confirms(sentence, list, seen)
      for (const candidate of list) {
        candidate.status = confirmed ? 'used' : 'question'
        candidate.statusWords = confirmed ? null : '?'
      }
      return
    }
    if (inList) {
      for (const candidate of list) candidate.status = 'question'
      return
    }

    let scope = open
    let words: string | null = null
    let inParenthesis = false
    let depth = 0
    let asked = false
    let example = false
    let exampleWords: string | null = null
    let turned = false
    let next = 0
    let chain = 0
    let cursor = start
    let semicolon = -1

    const enter = (opened: Scope, hit: number): void => {
      scope = opened
      turned = false
      words = text.slice(hits[hit * 4], hits[hit * 4 + 1])
      inParenthesis = depth > 0
    }
    const leave = (): void => {
      scope = open
      turned = false
      words = null
    }
    const previous = (offset: number, apply: (candidate: Candidate) => void): void => {
      if (next === 0 || offset - list[next - 1]!.end > REACH) return
      // `C# in house; these are not used by suppliers`: another clause, unless the phrase opens it (`Java; not used`).
      if (semicolon > list[next - 1]!.end && /\w/.test(text.slice(semicolon, offset))) return
      for (let index = chain; index < next; index++) apply(list[index]!)
    }

    for (let hit = first; hit < last || next < list.length; hit++) {
      const at = hit < last ? hits[hit * 4]! : end
      // Punctuation between this hit and the one before.
      for (; cursor < at; cursor++) {
        const code = text.charCodeAt(cursor)
        if (code === SEMICOLON) {
          leave()
          semicolon = cursor
        } else if (code === OPENING) depth++
        else if (code === CLOSING) {
          depth--
          if (inParenthesis && depth <= 0) leave()
        }
      }
      while (next < list.length && list[next]!.start <= at) {
        const candidate = list[next]!
        if (next === 0 || candidate.link === NO_LIST) chain = next
        let status: MatchStatus = turned ? scope.turned : scope.status
        candidate.statusWords = status === 'used' ? null : words
        if (asked) status = 'question'
        if (example && status === 'used' && seen & hypothetical) {
          status = 'example'
          candidate.statusWords = exampleWords
        }
        candidate.status = status
        cursor = Math.max(cursor, candidate.end)
        next++
      }
      if (hit >= last) break
      const payload: Payload = payloads[hit]!
      const roles = payload.roles
      cursor = Math.max(cursor, hits[hit * 4 + 2]!)
      if (roles === 0) continue
      const phraseEnd = hits[hit * 4 + 1]!
      const phrase = text.slice(at, phraseEnd)

      if (roles & request || (roles & interrogative && opensAt(start, at))) {
        asked = true
        words = phrase
      }
      if (roles & answer) asked = false
      if (roles & notNegation) continue
      if (roles & exampleNext) {
        example = true
        exampleWords = phrase
      }
      if (roles & negatesPrevious)
        previous(at, (candidate) => {
          if (candidate.status === 'used' || candidate.status === 'planned') {
            candidate.status = 'negated'
            candidate.statusWords = phrase
          }
        })
      if (roles & formerPrevious) {
        previous(at, (candidate) => {
          if (candidate.status === 'used' || candidate.status === 'planned') {
            candidate.status = 'former'
            candidate.statusWords = phrase
          }
        })
        if (!(roles & formerNext)) leave()
      }
      if (roles & until) {
        if (opensAt(start, at)) enter(past, hit)
        else if (
          pastEvent.test(text.slice(phraseEnd, Math.min(end, phraseEnd + 40))) &&
          !(seen & (plannedNext | usedNext)) &&
          !/\b(?:is|are|use|uses)\b/i.test(text.slice(Math.max(start, at - 40), at))
        )
          previous(at, (candidate) => {
            if (candidate.status === 'used') {
              candidate.status = 'former'
              candidate.statusWords = phrase
            }
          })
      }
      if (roles & plannedPrevious)
        previous(at, (candidate) => {
          if (candidate.status === 'used') {
            candidate.status = 'planned'
            candidate.statusWords = phrase
          }
        })
      if (roles & usedPrevious) {
        previous(at, (candidate) => {
          if (candidate.status === 'former' || candidate.status === 'negated') {
            candidate.status = 'used'
            candidate.statusWords = null
          }
        })
        leave()
      }
      if (roles & beingReplaced) enter({ ...plan, status: 'planned' }, hit)
      else if (roles & negatesNext) {
        if (isAnswerNo(phrase, at, phraseEnd)) {
          if (/[:=|(\t–-]\s*$/.test(text.slice(Math.max(start, at - 4), at)))
            previous(at, (candidate) => {
              candidate.status = 'negated'
              candidate.statusWords = phrase
            })
        } else enter(negation, hit)
      } else if (roles & withheldNext) enter(withheld, hit)
      else if (roles & movedFrom) enter(departure, hit)
      else if (roles & replaced) enter(replacement, hit)
      else if (roles & transition)
        enter(seen & (plannedNext | plannedPrevious | ongoing | movingFrom) || opensAt(start, at) ? changeAhead : change, hit)
      else if (roles & movingFrom) enter(departureAhead, hit)
      else if (roles & toReplace) enter(replacementAhead, hit)
      else if (roles & formerNext) enter(past, hit)
      else if (roles & plannedNext) {
        if (scope.status === 'used' || scope.status === 'former') enter(plan, hit)
      } else if (roles & usedNext) leave()
      else if (roles & endsScope) leave()
      else if (roles & towards && (scope.turn === 'towards' || scope.turn === 'either')) turned = true
      else if (roles & withRole && (scope.turn === 'with' || scope.turn === 'either')) turned = true
      else if (roles & subject && scope.clause && followsComma(at)) leave()
    }
  }

  /** `No, ...`, `Java: No`: an answer, not the `no` of `no Java`. */
  function isAnswerNo(phrase: string, at: number, end: number): boolean {
    if (!/^(?:no|none of|nil|not)$/i.test(phrase)) return false
    return (
      end >= text.length ||
      /^\s*(?:[.,:;!)|\n–—]|-\s|$)/.test(text.slice(end, end + 3)) ||
      (/^no$/i.test(phrase) && /\|\s*$/.test(text.slice(Math.max(0, at - 3), at)))
    )
  }

  function opensAt(start: number, at: number): boolean {
    return !/[a-z]/i.test(text.slice(start, Math.min(at, start + 40))) && at - start < 40
  }

  function followsComma(at: number): boolean {
    let before = at - 1
    while (before >= 0 && table[text.charCodeAt(before)]! & SPACE) before--
    return before >= 0 && !(table[text.charCodeAt(before)]! & WORD) && ',–—:-'.includes(text[before] ?? '')
  }

  /** Whether the answer to a question about technologies is yes: then what was asked about is used. */
  function confirms(sentence: number, list: readonly Candidate[], seen: number): boolean {
    if (seen & exampleNext || sentence + 1 >= sentences.length) return false
    const start = reading.sentenceEnd(sentence)
    if (!affirmative.test(text.slice(start, start + 40))) return false
    const named = text.slice(list[0]!.start, list.at(-1)!.end)
    return !/\bor\b/i.test(named) && !text.slice(reading.sentenceStart(sentence), list[0]!.start).includes('(')
  }
}
