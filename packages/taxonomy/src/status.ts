import type { Candidate } from './candidate.ts'
import { characterTable, SPACE, WORD } from './character-table.ts'
import { NAME, type Payload, roleBit } from './compiled-taxonomy.ts'
import type { Reading } from './evidence.ts'
import { NO_LIST } from './list-gap.ts'
import type { MatchStatus } from './match.ts'
import type { Sentences } from './sentences.ts'
import { chosenOf, pointedAt } from './references.ts'
import { holdsTick, holdsVerdict, isMarkedNo } from './status-marks.ts'

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
const uses = roleBit('uses')
const notNegation = roleBit('not-a-negation')
const weighedUp = roleBit('weighed-up')
/** What a heading may say about the items under it. */
const headingFormer = formerNext | formerPrevious | movedFrom
const headingNegated = negatesNext | negatesPrevious
const headingPlanned = plannedNext | plannedPrevious
const headingUsed = usedNext | usedPrevious | endsScope | notNegation | toReplace | movingFrom | beingReplaced

/** What a phrase opened, until something closes it. */
interface Scope {
  /** Status of what stands inside. */
  readonly status: MatchStatus
  /** Which preposition turns to the other party of a change, if any: `in` stands directly before a name (`rewritten our VB6 code in C#`). */
  readonly turn: 'none' | 'towards' | 'with' | 'either' | 'favour' | 'in'
  /** Status after the turn. */
  readonly turned: MatchStatus
  /** Whether a new clause closes it. */
  readonly clause: boolean
}

const open: Scope = { status: 'used', turn: 'none', turned: 'used', clause: false }
const negation: Scope = { status: 'negated', turn: 'none', turned: 'used', clause: true }
const past: Scope = { status: 'former', turn: 'favour', turned: 'used', clause: true }
const rewriting: Scope = { status: 'former', turn: 'in', turned: 'used', clause: true }
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
/** Words that bear on an example stand no further from it. */
const WINDOW = 160
/** A comparison is looked for in so much of a sentence. */
const LONGEST_CLAUSE = 1000
/** Words that point at one of the names before them; looked for before the slower expression. */
const pointers = ['latter', 'former', 'the first', 'the second', 'the last']
/** `, chose the last`. */
const SHORTEST_CHOICE = 15
/** A heading is no longer than this. */
const LONGEST_HEADING = 100
const SEMICOLON = 59
const COLON = 58
const FULL_STOP = 46
const OPENING = 40
const CLOSING = 41
const HYPHEN = 45
const GREATER = 62
const FIRST_ARROW = 0x2190

/** The end of a clause, or a date: what may follow `VB6 retired`. */
const clauseEnd =
  /^\s*(?:$|[.,;)|\n\r\]]|(?:in|on|by|from|since|last|during|at|as|because|after|when|due)\b|(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\s\d|(?:19|20)\d\d)/i
/** Nothing but signs: between a name and what is said of it in its cell or brackets. */
const onlySigns = /^[\s"')\]|:=,(–—-]*$/
/** `was costed and` before `turned down`. */
const passive = /^\s(?:was|were|is|are|has been|have been|been)(?:\s\w+ and)?\s$/i
const participle = /(?:ed|off|out|down|gone|withdrawn)$/i
/** Words that say something of what stands before them and of nothing else. */
const predicateOnly = /^(?:gone|deleted|withdrawn)$/i
/** A verb that says something of one name, unless `or` joins more. */
const singular = /^(?:is|was|has|isn't|wasn't|hasn't)\b/i
/** A name and its verb: a new clause. */
const beginsSentence = /^\s(?:is|are|was|were|has|have|runs?|handles?|does|serves?|remains?)\b/i
/** After `considered`, something else was taken. */
const contrast = /\b(?:but|however|although|though|while|whilst|instead|chose|chosen|selected|opted|went with|preferred|settled|decided)\b/i
const ownUse = /\b(?:uses?|used|using)\b/i
/** The choices of a form, under its question. */
const choices = /(?:[/,|;]|\bor)\s*(?:none|other|neither|n\/a|don'?t know)\b/i
const preference = /\b(?:chose|chosen|selected|prefer\w*|picked|favou?r\w*|opted for)\b/i
const departed = /\b(?:moved|migrated|switched|upgraded|transitioned|changed|ported)\b/i
/** What may follow `before` at the start of a sentence about the past. */
const pastTime =
  /^\s+(?:that|this|then|(?:19|20)\d\d|(?:\w+ ){1,2}(?:19|20)\d\d|(?:the|our) (?:merger|move|change|migration|switch|new|current))\b/i

/** What follows `until` where the end has come. */
const pastEvent = /^[^,;.]{0,30}?\b(?:19\d\d|20[01]\d|202[0-4]|last year|recently|\w+ed\b|was|were|went|left|came|then)\b/i
/** A sentence that goes on about what the one before named. */
const pronoun =
  /^[\s\W]*(?:it|they|both|these|this|that|all of these|all of them|this system|these systems|the systems?|the latter|the former)\b/i

const affirmative = /^[\s\W]*(?:(?:a|answer|response|reply)\s?\d*\s?[.:)–-]*\s*)?(?:yes|correct|we do\b|it does\b)/i

/** Those who are not the writer. */
const otherOwners = /neighbo|other |artner|earby|urrounding|(?:ome|any) (?:nhs )?trust/i
/** Somebody else uses what follows. */
const others =
  /(?<!\b(?:and|with|like|as|for|to|from) (?:the )?)\b(?:(?:neighbou?ring|neighbou?r|other|another|partner|nearby|surrounding) (?:nhs )?(?:trusts?|hospitals?|organisations?|providers?)|(?:some|many) (?:nhs )?trusts)(?: (?!we\b|our\b|us\b|and\b|that\b|which\b)[\w'’]+){0,4} $/i
/** `but moved to` directly before a name, in a sentence that said how it began: what stood there at first is former. */
const laterMove =
  /\b(?:but|then|later|since|and)(?: (?:we|have|has|since|now|then|later|soon))* (?:moved|migrated|switched|changed|ported)(?: over| across)? to (?:the |our )?$/i
const atFirst = /\b(?:start(?:ed|ing)?|began|initially|at first|at the (?:start|beginning|outset))\b/i
/** One of two names before it. */
const side = /\bthe (former|latter)\b[^,;]{0,12}$/i
/** An arrow between two names, perhaps after a year. */
const arrow = /^\s*(?:\([^()]*\)\s*)?(?:-{1,2}>|=>|→|➔|➜)\s*$/
/** What dates a change from one system to the next. */
const dated = /\((?:current|now|live|(?:since |from |in )?(?:19|20)\d\d)\)/i

/** Gives each accepted candidate its status, sentence by sentence. */
export function assignStatus(reading: Reading, sentences: Sentences, accepted: readonly Candidate[]): void {
  const { text, hits, payloads } = reading
  const table = characterTable()
  const ticked = holdsTick(text)
  let requestList = false
  /** What the heading over the present items says of them. */
  let heading: { readonly status: MatchStatus; readonly words: string } | null = null
  let read = -1
  let before: readonly Candidate[] = []
  for (let from = 0; from < accepted.length;) {
    const sentence = accepted[from]!.sentence
    let to = from + 1
    while (to < accepted.length && accepted[to]!.sentence === sentence) to++
    const list = accepted.slice(from, to)
    // Sentences without a technology matter only for a list that somebody asked for.
    for (let skipped = read + 1; skipped < sentence; skipped++) {
      requestList = continuesRequest(skipped)
      if (heading === null || !isItem(skipped)) heading = headingIn(skipped)
    }
    if (before.length > 0) lookBack(read + 1, before)
    readSentence(sentence, list)
    read = sentence
    before = list
    from = to
  }

  if (before.length > 0) lookBack(read + 1, before)

  /** `No longer used:`, `Technologies not in use` over bullets: what it says of the items under it, or `null`. */
  function headingIn(sentence: number): typeof heading {
    const start = reading.sentenceStart(sentence)
    const end = reading.sentenceEnd(sentence)
    if (end - start > LONGEST_HEADING || sentences.asks[sentence] === 1) return null
    const last = lastVisible(end)
    if (last !== COLON && (last === 46 || isItem(sentence) || sentence + 1 >= sentences.length || !isItem(sentence + 1))) return null
    let said: typeof heading = null
    for (let hit = reading.firstHit(sentence), after = reading.firstHit(sentence + 1); hit < after; hit++) {
      const { roles } = payloads[hit]!
      const status: MatchStatus | null =
        roles & headingUsed
          ? 'used'
          : roles & headingNegated
            ? 'negated'
            : roles & headingFormer
              ? 'former'
              : roles & headingPlanned
                ? 'planned'
                : null
      if (status !== null) said = status === 'used' ? null : { status, words: text.slice(hits[hit * 4], hits[hit * 4 + 1]) }
    }
    return said
  }

  /** `It was decommissioned in 2019.`: the sentence after the one that named it. */
  function lookBack(sentence: number, named: readonly Candidate[]): void {
    if (sentence >= sentences.length || sentences.asks[sentence] === 1) return
    const start = reading.sentenceStart(sentence)
    if (named[0]!.status === 'question' || named.length > 1) pointBack(sentence, named)
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
      const meant = /\bformer\b/i.test(opening[0])
        ? named.slice(-2, -1)
        : /\b(?:it|this|that|the system|the latter)\b/i.test(opening[0]) && !/\b(?:they|both|these|all)\b/i.test(opening[0])
          ? named.slice(-1)
          : named
      for (const candidate of meant) {
        if (candidate.status !== 'used') continue
        candidate.status = status
        candidate.statusWords = text.slice(at, hits[hit * 4 + 1])
      }
      return
    }
  }

  /** `The latter.` after a question; `We chose the latter.` after a comparison. */
  function pointBack(sentence: number, named: readonly Candidate[]): void {
    const start = reading.sentenceStart(sentence)
    if (named[0]!.status !== 'question') return choose(start, reading.sentenceEnd(sentence), named)
    const words = text.slice(start, Math.min(reading.sentenceEnd(sentence), start + WINDOW))
    let seen = 0
    for (let hit = reading.firstHit(sentence), last = reading.firstHit(sentence + 1); hit < last; hit++) seen |= payloads[hit]!.roles
    if (seen & (negatesNext | negatesPrevious | formerNext | formerPrevious)) return
    for (const index of pointedAt(words, named.length)) {
      named[index]!.status = 'used'
      named[index]!.statusWords = null
    }
  }

  /** What was taken and what was not, where words after some names say so. */
  function choose(from: number, to: number, named: readonly Candidate[]): void {
    // Most names end their sentence.
    if (to - from < SHORTEST_CHOICE) return
    const words = text.slice(from, Math.min(to, from + WINDOW))
    if (!pointers.some((word) => words.includes(word))) return
    const chosen = chosenOf(words, named.length)
    if (chosen < 0) return
    named.forEach((candidate, index) => {
      candidate.status = index === chosen ? 'used' : 'negated'
      candidate.statusWords = index === chosen ? null : words.replace(/^\W+|\W+$/g, '')
    })
  }

  /** `Please list: ...` and the items under it, until an answer begins. */
  function continuesRequest(sentence: number): boolean {
    const first = reading.firstHit(sentence)
    const last = reading.firstHit(sentence + 1)
    let roles = 0
    for (let hit = first; hit < last; hit++) roles |= payloads[hit]!.roles
    if (roles & (answer | usedNext)) return false
    const end = reading.sentenceEnd(sentence)
    if (roles & (request | interrogative)) return lastVisible(end) === COLON
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
      sentences.asks[sentence] === 1 ||
      (sentence > 0 &&
        sentences.asks[sentence - 1] === 1 &&
        (/^\s*\(/.test(text.slice(start, start + 8)) || (end - start < 120 && choices.test(text.slice(start, end)))))
    const inList = requestList && !(seen & (answer | usedNext)) && isItem(sentence)
    requestList = continuesRequest(sentence)
    const underHeading = heading !== null && (isItem(sentence) || !/\w/.test(text.slice(start, list[0]!.start))) ? heading : null
    if (underHeading === null) heading = null
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
    /** First name within the present brackets. */
    let opened = 0
    let asked = false
    let askedByWord = false
    let example = false
    let exampleWords: string | null = null
    let turned = false
    let next = 0
    let chain = 0
    let cursor = start
    let semicolon = -1
    let orJoined = false
    /** After `Before Rhapsody`, `we used` is about the past. */
    let sequel = false

    let othersNamed: boolean | undefined
    let contrasted: boolean | undefined
    const contrasts = (): boolean => (contrasted ??= contrast.test(text.slice(start, Math.min(end, start + LONGEST_CLAUSE))))
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
    const previous = (offset: number, phrase: string, apply: (candidate: Candidate) => void): void => {
      if (next === 0 || offset - list[next - 1]!.end > REACH) return
      // `Rhapsody and Ensemble; the latter is being retired.`
      const one = next > 1 && offset - list[next - 1]!.end > 8 ? side.exec(text.slice(list[next - 1]!.end, offset))?.[1] : undefined
      if (one !== undefined) return apply(list[next - (one.toLowerCase() === 'former' ? 2 : 1)]!)
      // `C# in house; these are not used by suppliers`: another clause, unless the phrase opens it (`Java; not used`).
      if (semicolon > list[next - 1]!.end && /\w/.test(text.slice(semicolon, offset))) return
      const isSingular = singular.test(phrase)
      for (let index = next - 1; index >= chain && (depth === 0 || opened === next || index >= opened); index--) {
        apply(list[index]!)
        if (index === chain) break
        const gap = text.slice(list[index - 1]!.end, list[index]!.start)
        if (gap.includes(';') || (isSingular && !/[/]|\bn?or\b/i.test(gap))) break
      }
    }

    for (let hit = first; hit < last || next < list.length; hit++) {
      const at = hit < last ? hits[hit * 4]! : end
      // Punctuation between this hit and the one before.
      for (; cursor < at; cursor++) {
        const code = text.charCodeAt(cursor)
        if (code === SEMICOLON) {
          leave()
          semicolon = cursor
        } else if (code === COLON) {
          // `What we ask of the supplier: ...`, `No Java, no PHP: a plain C# service`.
          if (askedByWord) asked = askedByWord = false
          if (scope === negation && list[next - 1]?.status === 'negated') leave()
        } else if (code === FULL_STOP) {
          // `not open source. bought from Civica`: a sentence in small letters.
          if (
            scope === negation &&
            text.charCodeAt(cursor + 1) === 32 &&
            /[a-z]{4}$/i.test(text.slice(Math.max(start, cursor - 4), cursor))
          )
            leave()
        } else if (code === OPENING) {
          depth++
          opened = next
        } else if ((code === HYPHEN || code === 0x2013 || code === 0x2014) && text.charCodeAt(cursor + 1) === 32) {
          // `Not Java - JavaScript`.
          if (scope === negation && /^not$/i.test(words ?? '') && list[next - 1]?.status === 'negated') leave()
        } else if (code === CLOSING) {
          depth--
          if (inParenthesis && depth <= 0) leave()
        }
      }
      while (next < list.length && list[next]!.start <= at) {
        const candidate = list[next]!
        const before = list[next - 1]
        if (before === undefined || candidate.link === NO_LIST || beginsClause(before.end, candidate.start)) chain = next
        const lead = text.slice(Math.max(start, candidate.start - REACH), candidate.start)
        if (scope.turn === 'in' && /\b(?:in|into|to|using|with|as|on)\s(?:the\s|our\s)?$/i.test(lead)) turned = true
        // `not Java, Python not Ruby`: the second `not` begins its own clause.
        const following = list[next + 1]
        if (
          scope === negation &&
          before !== undefined &&
          following !== undefined &&
          /^[,;–—-]/.test(text.slice(before.end, candidate.start).trim()) &&
          /^\s*not\s+$/i.test(text.slice(candidate.end, following.start))
        )
          leave()
        // `no tests to speak of, PHPUnit is installed`.
        if (scope === negation && /,\s(?:and |but |so )?$/.test(lead) && beginsSentence.test(text.slice(candidate.end, candidate.end + 12)))
          leave()
        let status: MatchStatus = turned ? scope.turned : scope.status
        candidate.statusWords = status === 'used' ? null : words
        if (status === 'used') status = comparedWith(candidate, lead, seen)
        if (asked) status = 'question'
        if (example && status === 'used' && (orJoined || seen & hypothetical)) {
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
        askedByWord = !(roles & request)
        words = phrase
      }
      if (roles & answer) asked = false
      if (roles & notNegation) continue
      if (roles & exampleNext && isAfterthought(list[next - 1], at, phraseEnd, start)) {
        previous(at, phrase, (candidate) => {
          if (candidate.status !== 'used') return
          candidate.status = 'example'
          candidate.statusWords = phrase
        })
        example = true
        exampleWords = phrase
        orJoined = /^\W*or\b/i.test(text.slice(phraseEnd, phraseEnd + 8))
        continue
      }
      if (roles & exampleNext && !/^say$/i.test(phrase)) {
        example = true
        exampleWords = phrase
        // `databases such as Oracle or MySQL` commits nobody, unless somebody uses them.
        orJoined =
          !ownUse.test(text.slice(Math.max(start, at - WINDOW), at)) &&
          / or /i.test(text.slice(phraseEnd, Math.min(end, phraseEnd + WINDOW)))
      }
      if (
        roles & uses &&
        scope === open &&
        (othersNamed ??= otherOwners.test(text.slice(start, Math.min(end, start + LONGEST_CLAUSE)))) &&
        others.test(text.slice(Math.max(start, at - REACH), phraseEnd).replace(/[a-z]+$/i, ''))
      ) {
        enter(negation, hit)
        continue
      }
      // `Ensemble used to be our engine`, `our engine used to be Ensemble`.
      if (roles & formerPrevious && roles & formerNext) {
        if (next > 0 && at - list[next - 1]!.end <= 1)
          previous(at, 'is', (candidate) => {
            candidate.status = 'former'
            candidate.statusWords = phrase
          })
        else enter(past, hit)
        continue
      }
      if (roles & uses && sequel && next > 0 && /^(?:used|ran|had used|ran on)$/i.test(phrase)) enter(past, hit)
      if (roles & negatesNext && isEllipsis(list[next - 1], at, phraseEnd, phrase)) {
        previous(at, 'is', (candidate) => {
          candidate.status = 'negated'
          candidate.statusWords = phrase
        })
        continue
      }
      if (roles & (formerNext | negatesNext | replaced | plannedNext) && isPredicate(list, next, at, phraseEnd, phrase)) {
        const status: MatchStatus = roles & negatesNext ? 'negated' : roles & plannedNext ? 'planned' : 'former'
        previous(at, phrase, (candidate) => {
          if (candidate.status !== 'used' && candidate.status !== 'planned') return
          candidate.status = status
          candidate.statusWords = phrase
        })
        continue
      }
      if (roles & weighedUp && contrasts()) {
        if (/^w(?:as|ere)\b/i.test(phrase))
          previous(at, phrase, (candidate) => {
            candidate.status = 'negated'
            candidate.statusWords = phrase
          })
        else enter(negation, hit)
        continue
      }
      if (predicateOnly.test(phrase)) continue
      // `Excel for anything that won't, and SQL`: nothing follows that could be denied.
      if (roles & negatesNext && /n['’]t$|^do(?:es)? not$/i.test(phrase) && /^\s*[,.;:)]/.test(text.slice(phraseEnd, phraseEnd + 2)))
        continue
      // `Chef we never had`, `We never had Chef`.
      const hasName =
        next > 0 &&
        at - list[next - 1]!.end <= REACH &&
        (!(roles & negatesNext && roles & negatesPrevious) || clauseEnd.test(text.slice(phraseEnd, phraseEnd + 16)))
      // `Not used: PHP`; `We have never used PHP`.
      if (
        roles & (negatesPrevious | formerPrevious) &&
        !hasName &&
        (roles & negatesNext || /^\s*:/.test(text.slice(phraseEnd, phraseEnd + 3)))
      ) {
        enter(roles & formerPrevious ? past : negation, hit)
        continue
      }
      if (roles & negatesPrevious && hasName)
        previous(at, phrase, (candidate) => {
          if (candidate.status === 'used' || candidate.status === 'planned') {
            candidate.status = 'negated'
            candidate.statusWords = phrase
          }
        })
      if (roles & formerPrevious) {
        previous(at, phrase, (candidate) => {
          if (candidate.status === 'used' || candidate.status === 'planned') {
            candidate.status = 'former'
            candidate.statusWords = phrase
          }
        })
        if (!(roles & formerNext)) leave()
      }
      if (roles & until) {
        const isBefore = /^(?:before|prior)/i.test(phrase)
        if (opensAt(start, at)) {
          if (!isBefore || pastTime.test(text.slice(phraseEnd, phraseEnd + 30))) enter(past, hit)
          else sequel = true
        } else if (
          (!isBefore || /\b(?:was|were|used)\b/i.test(text.slice(Math.max(start, at - 40), at))) &&
          pastEvent.test(text.slice(phraseEnd, Math.min(end, phraseEnd + 40))) &&
          !(seen & (plannedNext | usedNext)) &&
          !/\b(?:is|are|use|uses)\b/i.test(text.slice(Math.max(start, at - 40), at))
        )
          previous(at, phrase, (candidate) => {
            if (candidate.status === 'used') {
              candidate.status = 'former'
              candidate.statusWords = phrase
            }
          })
      }
      if (roles & plannedPrevious)
        previous(at, phrase, (candidate) => {
          if (candidate.status === 'used') {
            candidate.status = 'planned'
            candidate.statusWords = phrase
          }
        })
      if (roles & usedPrevious) {
        previous(at, phrase, (candidate) => {
          if (candidate.status === 'former' || candidate.status === 'negated') {
            candidate.status = 'used'
            candidate.statusWords = null
          }
        })
        leave()
      }
      if (roles & beingReplaced) enter({ ...plan, status: 'planned' }, hit)
      else if (roles & negatesNext && !(roles & negatesPrevious)) {
        if (isAnswerNo(phrase, at, phraseEnd)) {
          if (/[:=|(\t–-]\s*$/.test(text.slice(Math.max(start, at - 4), at)))
            previous(at, phrase, (candidate) => {
              candidate.status = 'negated'
              candidate.statusWords = phrase
            })
        } else enter(negation, hit)
      } else if (roles & withheldNext) enter(withheld, hit)
      else if (roles & movedFrom) enter(departure, hit)
      else if (roles & replaced) enter(/^(?:have |has |had )?re-?wr/i.test(phrase) ? rewriting : replacement, hit)
      else if (roles & transition)
        enter(seen & (plannedNext | plannedPrevious | ongoing | movingFrom) || opensAt(start, at) ? changeAhead : change, hit)
      else if (roles & movingFrom) enter(departureAhead, hit)
      else if (roles & toReplace) enter(replacementAhead, hit)
      else if (roles & formerNext) enter(past, hit)
      else if (roles & plannedNext) {
        if (scope.status === 'used' || scope.status === 'former') enter(plan, hit)
      } else if (roles & usedNext) leave()
      else if (roles & endsScope) {
        // `nothing worked and the new director bought RiO`; but `retired Java and the PHP site`.
        if (scope.status === 'negated' || !/^and the$/i.test(phrase)) leave()
      } else if (roles & towards && (scope.turn === 'towards' || scope.turn === 'either')) turned = true
      else if (roles & withRole && (scope.turn === 'with' || scope.turn === 'either')) turned = true
      else if (roles & withRole && scope.turn === 'favour' && /^in favou?r/i.test(phrase)) turned = true
      else if (roles & subject && scope.clause && followsComma(at)) leave()
    }
    readMarks(start, list)
    if (list.length > 1) {
      choose(list.at(-1)!.end, end, list)
      readBeginnings(start, list)
      readArrows(start, end, list)
    }
    if (underHeading !== null) {
      for (const candidate of list) {
        if (candidate.status !== 'used') continue
        candidate.status = underHeading.status
        candidate.statusWords = underHeading.words
      }
    }
  }

  /** `We started out with MySQL but moved to MongoDB.` */
  function readBeginnings(start: number, list: readonly Candidate[]): void {
    for (let index = 1; index < list.length; index++) {
      const { start: at } = list[index]!
      if (!text.startsWith('to ', at - 3) && !text.startsWith('to the ', at - 7) && !text.startsWith('to our ', at - 7)) continue
      const lead = text.slice(Math.max(list[index - 1]!.end, at - REACH), at)
      if (!laterMove.test(lead) || !atFirst.test(text.slice(start, Math.min(list[index - 1]!.end, start + WINDOW)))) continue
      for (const candidate of list.slice(0, index)) {
        if (candidate.status !== 'used') continue
        candidate.status = 'former'
        candidate.statusWords = lead.trim()
      }
    }
  }

  /** `Carenotes -> RiO (2018)`: systems of one kind in the order in which they came. Without a date an arrow shows where data goes. */
  function readArrows(start: number, end: number, list: readonly Candidate[]): void {
    for (let index = 1; index < list.length; index++) {
      const before = list[index - 1]!
      const at = list[index]!.start
      // An arrow ends in `>` or is a sign of its own; most gaps end in neither.
      const sign = text.charCodeAt(at - 1) === 32 ? text.charCodeAt(at - 2) : text.charCodeAt(at - 1)
      if ((sign !== GREATER && sign < FIRST_ARROW) || before.status !== 'used') continue
      const gap = text.slice(before.end, at)
      if (!arrow.test(gap) || !dated.test(text.slice(start, Math.min(end, start + LONGEST_CLAUSE)))) continue
      before.status = 'former'
      before.statusWords = gap.trim()
    }
  }

  /** Answers in cells, boxes and crosses: of the name beside them, and of those listed with it. */
  function readMarks(start: number, list: readonly Candidate[]): void {
    for (let index = 0, from = start; index < list.length; from = list[index++]!.end) {
      const { start: nameStart, end } = list[index]!
      if (!isMarkedNo(text, from, nameStart, end, ticked)) continue
      for (let listed = index; listed >= 0; listed--) {
        const candidate = list[listed]!
        if (candidate.status === 'used' || candidate.status === 'planned') {
          candidate.status = 'negated'
          candidate.statusWords = null
        }
        if (candidate.link === NO_LIST || (listed > 0 && holdsVerdict(text, list[listed - 1]!.end, candidate.start))) break
      }
    }
  }

  /** What a comparison or a move in the words before a name says of it: `chose PostgreSQL over Oracle`, `upgraded last year from eGate`. */
  function comparedWith(candidate: Candidate, lead: string, seen: number): MatchStatus {
    const near = lead.slice(-20)
    if (near.endsWith('(was ')) {
      candidate.statusWords = 'was'
      return 'former'
    }
    if (!near.includes('rom ') && !near.includes('ver ')) return 'used'
    const said: MatchStatus | null =
      /\bfrom (?:(?:the|our|its|an?|old|legacy) )*$/i.test(near) &&
      departed.test(lead) &&
      !(seen & (plannedNext | plannedPrevious | ongoing | movingFrom | beingReplaced))
        ? 'former'
        : /\bover (?:the |our )?$/i.test(near) && preference.test(lead)
          ? 'negated'
          : null
    if (said === null) return 'used'
    candidate.statusWords = said === 'former' ? 'from' : 'over'
    return said
  }

  /** Whether what stands between two names of a list keeps apart what is said of them: an answer, or `and the`. */
  function beginsClause(from: number, to: number): boolean {
    return holdsVerdict(text, from, to) || /\b(?:(?:and|or) (?:the|our)|not)\b/i.test(text.slice(from, to))
  }

  /** Whether a participle says how the name before it stands: `VB6 (retired)`, `Airflow ruled out`, `Subversion: an old estate, switched off in 2019`. */
  function isPredicate(list: readonly Candidate[], next: number, at: number, end: number, phrase: string): boolean {
    const before = list[next - 1]
    // `SSRS yes, Cognos no`, `GraphQL never`.
    if (before !== undefined && /^(?:no|never|nowhere|none)$/i.test(phrase) && at === before.end + 1)
      return text.charCodeAt(before.end) === 32 && clauseEnd.test(text.slice(end, end + 1))
    if (before === undefined || at - before.end > REACH || !(participle.test(phrase) || /^replaced$/i.test(phrase))) return false
    if (!clauseEnd.test(text.slice(end, end + 16))) return false
    const gap = text.slice(before.end, at)
    return onlySigns.test(gap) || passive.test(gap) || (next === list.length && /[,–—(-]\s*$/.test(gap))
  }

  /** `but R is not.` */
  function isEllipsis(before: Candidate | undefined, at: number, end: number, phrase: string): boolean {
    if (before === undefined || !clauseEnd.test(text.slice(end, end + 16))) return false
    const gap = text.slice(before.end, at)
    return /^not$/i.test(phrase) ? /^\s(?:is|are|was|were)\s$/i.test(gap) : /^(?:is|are|was|were)n['’]t$/i.test(phrase) && gap === ' '
  }

  /** Whether `for instance` or `say` stands after the name that is the example, in a sentence that uses nothing: `ActiveMQ, say, would have done`. */
  function isAfterthought(before: Candidate | undefined, at: number, end: number, start: number): boolean {
    if (before === undefined || !/^,?\s$/.test(text.slice(before.end, at)) || !/^[,).]|^\sor\b|^$/.test(text.slice(end, end + 4)))
      return false
    return !ownUse.test(text.slice(Math.max(start, at - WINDOW), at))
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
