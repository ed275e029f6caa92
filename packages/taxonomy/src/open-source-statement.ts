/** How often a text says that open source is used. */
export type OpenSourceFrequency = 'always' | 'sometimes' | 'never' | 'unstated'

/** What a text says about the use of open-source software, in its own words. */
export interface OpenSourceStatement {
  /** How often; use without a frequency is `sometimes`, no statement is `unstated`. */
  readonly statement: OpenSourceFrequency
  /** The words that say it, or `null` where nothing is said. */
  readonly words: string | null
  /** Offset of the words, or `null`. */
  readonly start: number | null
  /** Offset after the words, or `null`. */
  readonly end: number | null
}

const mention = /\b(?:open[\s-]?sourced?|foss|floss|f\/oss|libre software)\b/gi
/** Open source in the sense of counter-fraud and human resources. */
const otherSense =
  /^\s*(?:intelligence|information|intel|search(?:es)?|checks?|investigations?|material|news|internet|evidence|social media|safe\b|enquir)/i
/** Sentences of prose, bullets and cells. */
const sentencePattern = /[^.?!\n]+(?:\.(?!\s|$)[^.?!\n]*)*[.?!]*|\n/g

const negatedBefore =
  /\b(?:no|not|never|none|neither|nor|without|avoids?|avoiding|prohibits?|bans?|cannot|can't|don't|doesn't|didn't|isn't|aren't|won't|against|rather than|instead of|nothing|non|rarely if ever|hardly ever|refuses?|away from|opposed to|excludes?|excluding|zero|nil|lack of|unable to)\b/i
const notNegated =
  /\b(?:not (?:only|just|always|exclusively|all|everything|entirely|solely|necessarily|opposed|averse|against|aware|restricted to|limited to|routinely|usually|often|generally)|no (?:objection|problem|issue|bar|barrier|preference|restriction|policy against|reason not)s?|(?:not|no) (?:\w+ )?record|not known|no information|not applicable|never say)\b/i
const negatedAfter =
  /^(?:\W+\w+){0,6}?\W+(?:(?:is|are|was|were|has|have|had)\s+(?:currently\s+|generally\s+)?(?:never|not(?! (?:answered|known|recorded|asked|held|clear|discussed))|been ruled out|prohibited|banned|avoided|excluded|blocked|forbidden|discouraged|disallowed)|isn't|aren't|not (?:used|permitted|allowed|in use|supported|approved|considered|held)|never (?:been )?(?:used|considered)|prohibited|n\/a)\b/i
const cellNo =
  /^(?:\W*(?:software|technolog(?:y|ies)|tools?|products?|used?|usage|in use|solutions?|code|components?)){0,3}\s*\??\s*[:=|\t–—-]+\s*(?:no|never|none|nil|not used|0)\b/i
const cellAlways =
  /^(?:\W*(?:software|technolog(?:y|ies)|tools?|products?|used?|usage|in use|solutions?|code|components?)){0,3}\s*\??\s*[:=|\t–—-]+\s*(?:always|all|100)\b/i
const always =
  /\b(?:always|all|every|everything|entire|entirely|exclusively|only|solely|100 per ?cent|by default|default|open[\s-]source[\s-](?:first|only|by default)|fully|wholly|completely|without exception|invariably|at all times|in all cases|each|mandat(?:e|es|ed|ory)|nothing but|purely|whenever|must be)\b|\b100\s?%/i
const sometimes =
  /\b(?:sometimes|some|occasional(?:ly)?|partly|partially|partial|mix(?:ture|ed)?|both|case[\s-]by[\s-]case|where (?:appropriate|suitable|relevant|needed|necessary|it (?:fits|is|makes)|there is|they|this|applicable|no|the)|when(?: it| they)? (?:appropriate|suitable|needed|fits?|suits?)|depend(?:s|ing|ent)|in some|certain|several|a few|few|many|most(?:ly)?|limited|mainly|majority|minority|combination|alongside|as well as|from time to time|not always|not all|not exclusively|not everything|not every|now and (?:then|again)|at times|selectively|half|largely|predominantly|primarily|often|usually|generally|typically|rarely|seldom|frequently|regularly|increasingly|small number|one or two|consider(?:s|ed)?|ad hoc|elements?|parts? of)\b/i
const hedgedAll =
  /\b(?:not all|not always|not every\w*|not exclusively|not only|not entirely|not solely|not just|almost never|all but|at all(?! times)|above all|after all|all the same|if at all|not fully)\b/gi
const proprietaryOnly =
  /\b(?:(?:only|exclusively|solely|entirely|all)\s+(?:\w+\s+){0,4}?(?:proprietary|commercial off[\s-]the[\s-]shelf|closed[\s-]source|licensed commercial)|(?:proprietary|closed[\s-]source|commercial) (?:software|products|systems|tools) only)\b/i
/** Words for doing, not talking. */
const practice =
  /\b(?:we|uses?|used|using|utili[sz]\w*|adopt\w*|buil(?:d|ds|t)|develop\w*|run(?:s|ning)?|rely|relies|employ\w*|deploy\w*|based on|stack|prefer\w*|choose|chosen|favour\w*|have|has|includ\w*|incorporat\w*|embrac\w*|yes)\b/i
/** A wish or a plan is no use yet. */
const notYet =
  /\b(?:will consider|would consider|considering|(?:publish|release)\w* (?:\w+ ){0,4}(?:as|under)|(?:plan|plans|planning|intend|intends|hope|hopes|aim|aims|aspire|aspires|want|wants|looking) to (?:use|adopt|consider|explore|move|make|increase)|would like to|exploring|may use|might use|could use|in (?:the )?future)\b/i
/** The writer speaks of somebody's request, of a wish, or of the law, and not of practice. */
const notPractice =
  /\b(?:please (?:provide|list|state|confirm|indicate|tell|specify|advise)|(?:you|requester|applicant) (?:have )?asked|asked (?:whether|about|if)|what (?:proportion|percentage|share)|how (?:often|much|many)|would like to know|licen[cs]ed? under|do(?:es)? not (?:hold|record)|not held|no (?:record|information)|not recorded|unable to (?:say|confirm|provide)|neither confirm|cannot (?:say|confirm|comment)|exempt|withheld)\b/i

/**
 * What a text says about its writer's use of open source: always, sometimes, never, or nothing.
 *
 * Only words count, not the licences of the technologies that the text names: those are in `technologies` of {@link describeText}.
 * A question says nothing, but a one-word answer to one does.
 *
 * @example
 * ```ts @import.meta.vitest
 * expect(openSourceStatement('We always use open-source where possible.').statement).toBe('always')
 * expect(openSourceStatement('Some open source tools alongside Microsoft products.').statement).toBe('sometimes')
 * expect(openSourceStatement('No open source software is used.').statement).toBe('never')
 * expect(openSourceStatement('Java and PostgreSQL.').statement).toBe('unstated')
 * ```
 */
export function openSourceStatement(text: string): OpenSourceStatement {
  const found: OpenSourceStatement[] = []
  if (text.search(mention) < 0) {
    const proprietary = proprietaryOnly.exec(text)
    return proprietary ? spoken('never', text, proprietary.index, proprietary.index + proprietary[0].length) : nothing
  }
  const sentences = [...text.matchAll(sentencePattern)].filter(([sentence]) => /\w/.test(sentence))
  for (const [number, match] of sentences.entries()) {
    const sentence = match[0]
    for (const { index, 0: words } of sentence.matchAll(mention)) {
      if (otherSense.test(sentence.slice(index + words.length))) continue
      const next = sentences[number + 1]
      const statement = sentence.trimEnd().endsWith('?')
        ? answerTo(next)
        : readMention(text, sentence, match.index, index, index + words.length)
      if (statement !== null) found.push(statement)
    }
  }
  const kinds = new Set(found.map(({ statement }) => statement))
  // `No open source before 2015, some since` is sometimes.
  const first = found[0]
  if (first === undefined) return nothing
  if (kinds.size === 1) return first
  const explicit = found.find(({ statement }) => statement === 'sometimes') ?? first
  if (kinds.has('never')) return { ...explicit, statement: 'sometimes' }
  return found.find(({ statement }) => statement === 'always') ?? first
}

const nothing: OpenSourceStatement = { statement: 'unstated', words: null, start: null, end: null }

function spoken(statement: OpenSourceFrequency, text: string, start: number, end: number): OpenSourceStatement {
  return { statement, words: text.slice(start, end), start, end }
}

/** `Do you use open source? Sometimes.` */
function answerTo(next: RegExpExecArray | RegExpMatchArray | undefined): OpenSourceStatement | null {
  if (next === undefined) return null
  const answer =
    /^\W*(?:(?:a|answer|response|reply)\s?\d*\s?[.:)–-]*\s*)?(?:yes\W+)?(always|never|sometimes|occasionally|often|mostly|usually|rarely|no\b|none\b|yes\b|some\b|partly|partially|in part|all\b|where (?:possible|appropriate)|both|a mix\w*|it (?:depends|varies))/i.exec(
      next[0],
    )
  const word = answer?.[1]?.toLowerCase()
  if (answer === null || word === undefined) return null
  // The choices of a form are no answer.
  if (new Set([...next[0].matchAll(/\b(always|sometimes|never)\b/gi)].map(([choice]) => choice.toLowerCase())).size > 1) return null
  const statement =
    word === 'always' || word === 'all' ? 'always' : word === 'never' || word === 'no' || word === 'none' ? 'never' : 'sometimes'
  const start = (next.index ?? 0) + answer.index + answer[0].length - word.length
  return {
    statement,
    words: next[0].slice(start - (next.index ?? 0), start - (next.index ?? 0) + word.length),
    start,
    end: start + word.length,
  }
}

function readMention(text: string, sentence: string, offset: number, from: number, to: number): OpenSourceStatement | null {
  const start = offset + sentence.length - sentence.trimStart().length
  const end = offset + sentence.trimEnd().length
  const say = (statement: OpenSourceFrequency): OpenSourceStatement => spoken(statement, text, start, end)
  if (notPractice.test(sentence)) return null
  const after = sentence.slice(to)
  if (cellNo.test(after)) return say('never')
  if (cellAlways.test(after)) return say('always')
  // The clause that the words stand in: a negation before `but` or `;` is another one's.
  const before = sentence.slice(0, from)
  const clauseStart = Math.max(before.search(/(?:;|\bbut\b|\bhowever\b|\balthough\b|\bthough\b)[^;]*$/i), 0)
  const clause = before.slice(clauseStart)
  const positive = clause.replace(notNegated, '').replace(/^\W*no[,.:;–-]/i, '')
  if (negatedBefore.test(positive) && !/\b(?:except|other than|apart from|but)\b[^,;]*$/i.test(positive)) return say('never')
  if (negatedAfter.test(after) && !/\bnot (?:always|only|all|exclusively)\b/i.test(after.slice(0, 40))) return say('never')
  if (notYet.test(sentence) && !practice.test(sentence.replace(notYet, '').replace(/\bwe\b/gi, ''))) return null
  const plain = sentence.replace(hedgedAll, ' some ')
  if (sometimes.test(plain) && !/\balways\b/i.test(plain)) return say('sometimes')
  if (always.test(plain)) return say('always')
  // A word about open source as such (a policy, a meeting) is no statement of use.
  return practice.test(sentence) || sentence.trim().split(/\s+/).length <= 6 ? say('sometimes') : null
}
