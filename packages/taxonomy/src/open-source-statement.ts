/** How often a text says that open source is used. */
export type OpenSourceFrequency = 'always' | 'sometimes' | 'never' | 'unstated'

/** What a text says about open source, in its own words: how often its writer uses it, or makes code open. */
export interface OpenSourceStatement {
  /** How often; use without a frequency is `sometimes`, code made open without one is no statement, and no statement is `unstated`. */
  readonly statement: OpenSourceFrequency
  /** The words that say it, or `null` where nothing is said. */
  readonly words: string | null
  /** Offset of the words, or `null`. */
  readonly start: number | null
  /** Offset after the words, or `null`. */
  readonly end: number | null
}

/** Options of {@link openSourceStatement}. */
export interface OpenSourceOptions {
  /**
   * Whether the whole text answers the question how often open source is used, so that `Sometimes.` says so.
   *
   * @defaultValue `false`
   */
  readonly isAnswer?: boolean
}

const mention = /\b(?:open[\s-]?sourced?|foss|floss|f\/oss|libre software)\b/gi
/** Open source in the sense of counter-fraud and human resources. */
const otherSense =
  /^\s*(?:intelligence|information|intel|search(?:es)?|checks?|investigations?|material|news|internet|evidence|social media|safe\b|enquir|of (?:infection|income|the)|licen[cs]e\b|conference|event|meetup|movement|policy|strategy|principles?|training)/i
/** Sentences of prose, bullets and cells. */
/** `A.`, `Question 6.`: what marks a question or its answer. */
const labelAlone = /^\W*(?:a(?:nswer)?|response|reply|q(?:uestion)?)?\s?\d*\W*$/i
const sentencePattern = /[^.?!\n]+(?:\.(?!\s|$)[^.?!\n]*)*[.?!]*|\n/g

const negatedBefore =
  /\b(?:no|not|ne?ve?r|none|neither|nor|without|avoids?|avoiding|prohibits?|bans?|cannot|(?:can|(?:do|does|did|is|are|has|have|wo)n)['’]?t|against|rather than|instead of|nothing|non|rarely if ever|hardly ever|refuses?|away from|opposed to|excludes?|excluding|zero|nil|lack of|unable to)\b/i
const notNegated =
  /\b(?:neither always nor never|not (?:only|just|always|exclusively|all|everything|entirely|solely|necessarily|opposed|averse|against|aware|restricted to|limited to|routinely|usually|often|generally)|no (?:objection|problem|issue|bar|barrier|preference|restriction|policy against|reason not)s?|(?:not|no) (?:\w+ )?record|not known|no information|not applicable|never say|without (?:exception|fail|hesitation))\b/i
const negatedAfter =
  /^(?:\W+\w+){0,6}?\W+(?:(?:is|are|was|were|has|have|had)\s+(?:currently\s+|generally\s+)?(?:ne?ve?r|not(?! (?:answered|known|recorded|asked|held|clear|discussed))|been ruled out|prohibited|banned|avoided|excluded|blocked|forbidden|discouraged|disallowed)|(?:is|are)n['’]?t|not (?:used|permitted|allowed|in use|supported|approved|considered|held)|never (?:been )?(?:used|considered)|prohibited|n\/a)\b/i
/** `is something we have stayed away from`, `there is none`, `said "zero"`. */
const keptAway =
  /\b(?:(?:stay|steer|keep|kept|shy|shie|walk)\w* (?:\w+ )?(?:away from|clear of)|away from|against (?:\w+ )?policy|turned down|off the table|ruled out|yet to (?:use|adopt)|(?:there (?:is|are)|we have|it ha[sd]|has|have) none|(?:said|answer(?:ed)?|replied|reply)\W+(?:zero|none|nil|no|never))\b/i
/** Where a cell begins after `open source`: `software used:`. */
const cellStart =
  /^(?:\W*(?:software|technolog(?:y|ies)|tools?|products?|used?|usage|in use|solutions?|code|components?)){0,3}\s*\??\s*[:=|\t–—-]+\s*/i
const cellNo = /^(?:no?|never|none|nil|not used|0)\b/i
/** `Open source: not known`. */
const cellUnknown =
  /^(?:not (?:known|recorded|stated|answered|applicable|held|given|specified|provided|collected)|no (?:answer|response|reply|information|data|record)|(?:n\/?a|unknown|blank)\W*$)/i
/** `used by our developers - none whatsoever`, `the answer on open source is "never"`. */
const noneOfThat = /^(?:[^\S\n]+[\w'’]+){0,6}[^\S\n]+(?:[–—-]\s*(?:none|never|nil)\b|is ["'‘“](?:none|never|no)\b)/i
const cellAlways = /^(?:always|all|100)\b/i
const always =
  /\b(?:all?ways|all|every|everything|entire|entirely|exclusively|only|solely|100 per ?cent|by default|default|open[\s-]source[\s-](?:first|only|by default)|fully|wholly|completely|without exception|throughout|wherever|top to (?:toe|bottom)|through and through|invariably|at all times|in all cases|each|mandat(?:e|es|ed|ory)|nothing but|purely|whenever|must be)\b|\b100\s?%/i
const sometimes =
  /\b(?:sometimes|some|occasional(?:ly)?|partly|partially|partial|mix(?:ture|ed)?|both|case[\s-]by[\s-]case|where (?:appropriate|suitable|practicable|practical|relevant|needed|necessary|it (?:fits|is|makes|can)|it['’]s|there is|they|this|applicable|no|the)|(?:when|where)ever (?:(?:it|they|this) (?:is|are) )?(?:appropriate|suitable|practicable|practical|affordable)|when(?: it| they)? (?:appropriate|suitable|practicable|needed|fits?|suits?)|depend(?:s|ing|ent)|in some|certain|several|a few|few|many|most(?:ly)?|limited|mainly|majority|minority|combination|alongside|as well as|from time to time|not always|not all|not exclusively|not everything|not every|per ?cent of|on occasion|here and there|mixed economy|now and (?:then|again)|at times|selectively|half|largely|predominantly|primarily|often|usually|generally|typically|rarely|seldom|frequently|regularly|increasingly|small number|one or two|select(?:ed)?|consider(?:s|ed)?|ad hoc|elements?|parts? of)\b/i
const hedgedAll =
  /\b(?:neither always nor never|not all|not always|not every\w*|not exclusively|not only|not entirely|not solely|not just|almost never|all but|at all(?! times)|above all|after all|all the same|if at all|not fully)\b/gi
const proprietaryOnly =
  /\b(?:(?:only|exclusively|solely|entirely|all)\s+(?:\w+\s+){0,4}?(?:proprietary|closed[\s-]source|licensed commercial|commercial(?:ly)?,? (?:licensed|supported))|(?:proprietary|closed[\s-]source|commercial)(?: (?:software|products|systems|tools))? only|(?:our|the|all) (?:source )?code (?:is|stays|remains) (?:kept )?(?:\w+ )?(?:private|closed|proprietary))\b/i
/** Words for doing, not talking. */
const practice =
  /\b(?:we|uses?|used|using|utili[sz]\w*|adopt\w*|buil(?:d|ds|t)|develop\w*|run(?:s|ning)?|rely|relies|employ\w*|deploy\w*|based on|stack|prefer\w*|choose|chosen|favour\w*|have|has|includ\w*|incorporat\w*|embrac\w*|yes)\b/i
/** A wish or a plan is no use yet. */
const notYet =
  /\b(?:will consider|would consider|considering|(?:plan|plans|planning|intend|intends|hope|hopes|aim|aims|aspire|aspires|want|wants|looking) to (?:use|adopt|consider|explore|move|make|increase)|would like to|exploring|may use|might use|could use|in (?:the )?future)\b/i
/** Code made open: how often, other words have to say. */
const madeOpen = /\b(?:publish|releas)\w* (?:\w+ ){0,4}(?:as|under)\b/i
/** `only` that limits where or when, and not what. */
const limited = /\bonly\b(?! ever).*\b(?:if|when|where|unless|as a last resort)\b|\b(?:for|in|by|within|on) (?:\w+ ){1,4}only\b/i
/** Shares of less than all. */
const share =
  /\b(?:[1-9]\d?\s?(?:%|per ?cent)|(?<!every )(?:one|two|three|four|five|six|\d+) (?:out )?of (?:our|the|its|their) (?!whole|entire))/i
/** The writer speaks of somebody's request, of a wish, or of the law, and not of practice. */
const notPractice =
  /\b(?:please (?:provide|list|state|confirm|indicate|tell|specify|advise)|(?:you|requester|applicant) (?:have )?asked|asked (?:whether|about|if)|what (?:proportion|percentage|share)|how (?:often|much|many)|would like to know|licen[cs]ed? under|do(?:es)? not (?:hold|record)|not held|no (?:record|information)|not recorded|unable to (?:say|confirm|provide|answer)|(?:keep|kept|hold) an? (?:\w+ )?(?:record|list|log|register)|guidance on|(?:lead|champion|officer|contact|budget|training) for|neither confirm|(?:can|could)(?:not|n't| not) (?:say|tell|confirm|comment)|(?:no|not have an?|without a|wrote? a|a) (?:\w+ )?(?:policy|position|view|stance|list|paper|figures?) (?:on|of(?! (?:not )?\w+ing\b)|for|about)|no (?:\w+ )?(?:policy|position|view|stance|preference)|not known (?:whether|if)|question (?:of|about|on)|equal terms|on (?:its|their) merits?|code of practice|tbc|tbd|to be confirmed|exempt|withheld|(?:do|does)(?:n['’]?t| not) know|await(?:s|ing)|considering (?:whether|if)|under review|being reviewed|no decision|not (?:yet )?(?:been )?decided|not (?:yet )?(?:reached|made|taken) a decision|(?:guidance|guidelines|legislation|government|standards?) (?:\w+ ){0,2}(?:encourag|recommend|requir|suggest|advis|ask|expect|say|state)\w*)\b/i
/** Open source as what somebody wrote about. */
const topic = /\b(?:request|enquir(?:y|ie)|letter|e-?mail)s? (?:about|concerning|regarding|relating to|on) (?:[\w'’]+ ){0,4}$/i
/** Its own code made open, in other words than `open source`. */
const release =
  /\b(?:(?:MIT|A?GPL\w*|BSD|Apache(?: 2(?:\.0)?)?|OSI[\s-]approved|open|free) licen[cs]e|under (?:the )?(?:A?GPL|MIT|BSD)\b|(?:publish|releas|shar)\w* (?:\w+ ){0,3}(?:source )?code(?! of (?:practice|conduct|ethics))|code\b(?! of (?:practice|conduct|ethics))(?: [\w'’]+){0,10} (?:open|public|published|released|shared)\b|public (?:there|on Git(?:Hub|Lab))|goes up on Git(?:Hub|Lab)|open by default)/i
const releaseAlways = /\b(?:as a matter of course|as a rule|our rule|from the first|from day one|every\w*)\b/i
const releaseNever = /\b(?:no|not|never|none|nothing|(?:is|are|has|have|wo|does|do)n['’]?t)\b/i
/** What a clause excepts is not what the sentence denies: `everything that isn't about patients is public`. */
const excepted = /\b(?:that|which|who) (?:(?:is|are|has|have|does|do)n['’]?t|(?:is|are|has|have|does|do) not)\b/gi
const closedRest = /\b(?:others?|older|rest|remainder|and some)\b[^.]*\b(?:closed|private|can't|cannot|not)\b/i
/** Words by which somebody answers what somebody asked. */
const replied = /\b(?:said|answered|told)\b/i

/**
 * What a text says about its writer's use of open source, or failing that about making code open: always, sometimes, never, or nothing.
 *
 * Only words count, not the licences of the technologies that the text names: those are in `technologies` of {@link describeText}.
 * A question says nothing, but a one-word answer to one does.
 *
 * @example
 * ```ts @import.meta.vitest
 * expect(openSourceStatement('We always use open-source where possible.').statement).toBe('always')
 * expect(openSourceStatement('Some open source tools alongside Microsoft products.').statement).toBe('sometimes')
 * expect(openSourceStatement('No open source software is used.').statement).toBe('never')
 * expect(openSourceStatement('All our code is published on GitHub.').statement).toBe('always')
 * expect(openSourceStatement('Java and PostgreSQL.').statement).toBe('unstated')
 * expect(openSourceStatement('Rarely.', { isAnswer: true }).statement).toBe('sometimes')
 * ```
 */
export function openSourceStatement(text: string, options: OpenSourceOptions = {}): OpenSourceStatement {
  const found: OpenSourceStatement[] = []
  if (options.isAnswer === true) {
    const answered = answerTo(text, 0)
    if (answered !== null) return answered
  }
  const isNamed = text.search(mention) >= 0
  if (!isNamed) {
    const proprietary = proprietaryOnly.exec(text)
    if (proprietary) return spoken('never', text, proprietary.index, proprietary.index + proprietary[0].length)
    if (text.search(release) < 0) return nothing
  }
  const chosen = chosenOption(text)
  if (chosen !== undefined) return chosen
  const sentences = [...text.matchAll(sentencePattern)].filter(([sentence]) => /\w/.test(sentence) && !labelAlone.test(sentence))
  for (const [number, match] of sentences.entries()) {
    const sentence = match[0]
    for (const { index, 0: words } of sentence.matchAll(mention)) {
      const after = sentence.slice(index + words.length)
      const isLicence = /^\s*licen[cs]e/i.test(after) && /\bunder (?:an?|the) $/i.test(sentence.slice(0, index))
      if (otherSense.test(after) && !isLicence) continue
      const next = sentences[number + 1]
      const statement = sentence.trimEnd().endsWith('?')
        ? next === undefined
          ? null
          : answerTo(next[0], next.index)
        : readMention(text, sentence, match.index, index, index + words.length)
      if (statement !== null) found.push(statement)
    }
  }
  const kinds = new Set(found.map(({ statement }) => statement))
  // `No open source before 2015, some since` is sometimes.
  const first = found[0]
  if (first === undefined) return releaseStatement(text, sentences)
  if (kinds.size === 1) return first
  const explicit = found.find(({ statement }) => statement === 'sometimes') ?? first
  if (kinds.has('never')) return { ...explicit, statement: 'sometimes' }
  return found.find(({ statement }) => statement === 'always') ?? first
}

const nothing: OpenSourceStatement = { statement: 'unstated', words: null, start: null, end: null }

function spoken(statement: OpenSourceFrequency, text: string, start: number, end: number): OpenSourceStatement {
  return { statement, words: text.slice(start, end), start, end }
}

const boxes = /\[\s?x?\s?\]|[☐☑☒]/i
const ticked = /\b(always|sometimes|never)\b\W{0,3}(?:\[\s?x\s?\]|[☑☒✓✔])|(?:\[\s?x\s?\]|[☑☒✓✔])\W{0,3}\b(always|sometimes|never)\b/i
const optionList =
  /\b(?:always|sometimes|never)\W{1,4}(?:sometimes|usually|often)\W{1,4}(?:or\W{1,2})?(?:rarely\W{1,4}(?:or\W{1,2})?)?(?:always|never)\b/i
const options = /\b([a-z\d])\s?[.)]\s?(always|sometimes|never)\b/gi

/** The choice that a form shows as taken; nothing where it offers boxes and none is ticked; `undefined` where it offers none. */
function chosenOption(text: string): OpenSourceStatement | undefined {
  const offered = [...text.matchAll(/\b(?:always|sometimes|never)\b/gi)]
  if (new Set(offered.map(([choice]) => choice.toLowerCase())).size < 3) return undefined
  if (boxes.test(text)) {
    const tick = ticked.exec(text)
    const choice = tick?.[1] ?? tick?.[2]
    return tick === null || choice === undefined
      ? nothing
      : spoken(choice.toLowerCase() as OpenSourceFrequency, text, tick.index, tick.index + tick[0].length)
  }
  // `(always / sometimes / never): sometimes`
  const list = optionList.exec(text)
  if (list !== null) {
    const rest = list.index + list[0].length
    const answer = /^\W*(?:(?:answer|response|reply|a)\W+)?(?:we (?:would )?(?:say|answer)\W+)?(always|sometimes|never)\b/i.exec(
      text.slice(rest),
    )
    const choice = answer?.[1]
    if (answer !== null && choice !== undefined)
      return spoken(choice.toLowerCase() as OpenSourceFrequency, text, rest + answer[0].length - choice.length, rest + answer[0].length)
    if (!/\w/.test(text.slice(rest))) return nothing
  }
  // `a) always b) sometimes c) never? c)`
  const lettered = [...text.matchAll(options)]
  const last = lettered.at(-1)
  if (lettered.length < 3 || last === undefined) return undefined
  const from = last.index + last[0].length
  const letter = /[?:\n][\s\W]*(?:(?:answer|response|reply)\W*)?\(?([a-z\d])\b[.)]?/i.exec(text.slice(from))
  const meant = lettered.find(([, option]) => option?.toLowerCase() === letter?.[1]?.toLowerCase())?.[2]
  if (letter === null || meant === undefined) return undefined
  return spoken(meant.toLowerCase() as OpenSourceFrequency, text, from + letter.index + 1, from + letter.index + letter[0].length)
}

/** `Do you use open source? Sometimes.` */
function answerTo(next: string, offset: number): OpenSourceStatement | null {
  const answer =
    /^\W*(?:(?:a|answer|response|reply)\s?\d*\s?[.:)–-]*\s*)?(?:yes\W+)?(?:(?:we|it|they) (?:do )?)?(always|(?:in|for|on) (?:all|every|each) \w+|every\w*|without exception|never|at no point|sometimes|occasionally|often|mostly|usually|rarely|no\b(?! (?:response|answer|reply|information|data|record|comment))|none\b|yes\b|some\b|partly|partially|in (?:part|some|most|certain)|all\b|where (?:possible|appropriate)|both|a mix\w*|it (?:depends|varies))/i.exec(
      next,
    )
  const word = answer?.[1]?.toLowerCase()
  if (answer === null || word === undefined) return null
  // The choices of a form are no answer.
  if (new Set([...next.matchAll(/\b(always|sometimes|never)\b/gi)].map(([choice]) => choice.toLowerCase())).size > 1) return null
  const statement = /^(?:always|all|every|without|(?:in|for|on) (?:all|every|each))/.test(word)
    ? 'always'
    : /^(?:never|no|at no)/.test(word)
      ? 'never'
      : 'sometimes'
  const start = offset + answer.index + answer[0].length - word.length
  return {
    statement,
    words: next.slice(start - offset, start - offset + word.length),
    start,
    end: start + word.length,
  }
}

/** What a text says about making its own code open, where it does not speak of open source: only with a word of frequency. */
function releaseStatement(text: string, sentences: readonly RegExpMatchArray[]): OpenSourceStatement {
  for (const [number, { 0: sentence, index = 0 }] of sentences.entries()) {
    if (!release.test(sentence) || notPractice.test(sentence)) continue
    if (sentence.trimEnd().endsWith('?')) {
      const next = sentences[number + 1]
      const answered = next === undefined ? null : answerTo(next[0], next.index ?? 0)
      if (answered !== null) return answered
      continue
    }
    const plain = sentence
      .replace(excepted, ' ')
      .replace(hedgedAll, ' some ')
      .replace(/\b(?:with )?no exceptions?\b/i, ' always ')
    const statement = closedRest.test(text)
      ? 'sometimes'
      : releaseNever.test(plain)
        ? 'never'
        : sometimes.test(plain) && !/\balways\b/i.test(plain)
          ? 'sometimes'
          : always.test(plain) || releaseAlways.test(plain)
            ? 'always'
            : null
    if (statement !== null)
      return spoken(statement, text, index + sentence.length - sentence.trimStart().length, index + sentence.trimEnd().length)
  }
  return nothing
}

function readMention(text: string, sentence: string, offset: number, from: number, to: number): OpenSourceStatement | null {
  const start = offset + sentence.length - sentence.trimStart().length
  const end = offset + sentence.trimEnd().length
  const say = (statement: OpenSourceFrequency): OpenSourceStatement => spoken(statement, text, start, end)
  if (notPractice.test(sentence) && !replied.test(sentence)) return null
  const after = sentence.slice(to)
  // `Your letter about open source has been passed on.`
  if (topic.test(sentence.slice(0, from)) && !/[,:;–-]\s*(?:we|the|our|i|it|no|yes|none|never|always|sometimes)\b/i.test(after)) return null
  // `All software, open source or otherwise, needs approval.`
  if (/^\W+or (?:otherwise|not)\b/i.test(after)) return null
  const cell = cellStart.exec(after)
  if (cell !== null) {
    const held = after.slice(cell[0].length)
    if (cellUnknown.test(held)) return null
    if (cellNo.test(held)) return say('never')
    if (cellAlways.test(held)) return say('always')
  }
  if (noneOfThat.test(after)) return say('never')
  // `Most of our code is not open source`, `it is not, but a handful of projects are`.
  if (
    /^\W*(?:the )?(?:majority|most|many(?! thanks)|some|half)\b/i.test(sentence) ||
    /\bbut (?:a (?:few|handful)|some|one|two|several)\b/i.test(after)
  )
    return say('sometimes')
  // `Usually, but some projects cannot be open source.`
  if (/^\W*(?:sometimes|occasionally|usually|mostly|often|generally|partly|partially|rarely)\b/i.test(sentence)) return say('sometimes')
  // The clause that the words stand in: a negation before `but` or `;` is another one's.
  const before = sentence.slice(0, from)
  const clauseStart = Math.max(before.search(/(?:;|\bbut\b|\bhowever\b|\balthough\b|\bthough\b)[^;]*$/i), 0)
  const clause = before.slice(clauseStart)
  const positive = clause.replace(notNegated, '').replace(/^\W*no[,.:;–-]/i, '')
  if (negatedBefore.test(positive) && !/\b(?:except|other than|apart from|but)\b[^,;]*$/i.test(positive)) return say('never')
  // `sometimes used, but never published`.
  const said = after.replace(/\b(?:but|though|although|however)\b.*$/is, '')
  // `Some are published as open source; the others are not.`
  if (closedRest.test(after)) return say('sometimes')
  if (negatedAfter.test(said) && !/\bnot (?:always|only|all|exclusively)\b/i.test(after.slice(0, 40))) return say('never')
  if (keptAway.test(sentence)) return say('never')
  // `We release everything we write as open source.`
  if (/\b(?:publish|releas)\w* (?:all|everything)\b/i.test(before)) return say('always')
  if (notYet.test(sentence) && !practice.test(sentence.replace(notYet, '').replace(/\bwe\b/gi, ''))) return null
  const plain = sentence.replace(hedgedAll, ' some ')
  if (limited.test(plain) || (share.test(plain) && !/\b100\s?%/.test(plain))) return say('sometimes')
  if (sometimes.test(plain) && !/\balways\b/i.test(plain)) return say('sometimes')
  if (always.test(plain)) return say('always')
  if (madeOpen.test(sentence) && !practice.test(sentence.replace(madeOpen, '').replace(/\bwe\b/gi, ''))) return null
  // A word about open source as such (a policy, a meeting) is no statement of use.
  return practice.test(sentence) || sentence.trim().split(/\s+/).length <= 6 ? say('sometimes') : null
}
