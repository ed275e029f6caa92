import { AutomatonBuilder, type NameAutomaton, PAYLOAD_INDEX, TAIL_DIGITS, TAIL_PLURAL } from './name-automaton.ts'
import type { Field, StatusRole, Taxonomy } from './taxonomy.ts'
import type { AmbiguousAlias, ClassifiableTechnology } from './technology.ts'

/** Kinds of payload: what a name that was found stands for. */
export const CUE = 0
/** A name that means one technology. */
export const NAME = 1
/** A name that needs evidence. */
export const AMBIGUOUS = 2
/** A name of several technologies. */
export const BUNDLE = 3
/** A phrase that contains a name and means something else. */
export const COUNTER = 4

const fieldOrder: readonly Field[] = ['code', 'data', 'clinical', 'exchange', 'terminology', 'infrastructure', 'web', 'office']
/** A field as a bit. */
export const fieldBit = (field: Field): number => 1 << fieldOrder.indexOf(field)

/** Which fields a technology of a field speaks for. Terminologies stand in clinical prose, so they vouch for each other only. */
const vouching: Readonly<Record<Field, readonly Field[]>> = {
  code: ['code', 'data', 'infrastructure', 'web'],
  data: ['data', 'code', 'infrastructure'],
  clinical: ['clinical', 'exchange'],
  exchange: ['exchange', 'clinical'],
  terminology: ['terminology'],
  infrastructure: ['infrastructure', 'code', 'data'],
  web: ['web', 'code'],
  office: ['office'],
}

const roleOrder: readonly StatusRole[] = [
  'negates-next',
  'negates-previous',
  'former-next',
  'former-previous',
  'replaced',
  'moved-from',
  'transition',
  'planned-next',
  'planned-previous',
  'to-replace',
  'moving-from',
  'being-replaced',
  'example-next',
  'not-a-negation',
  'withheld-next',
  'used-next',
  'used-previous',
  'ends-scope',
  'towards',
  'with',
  'subject',
  'request',
  'answer',
  'hypothetical',
  'ongoing',
  'uses',
  'interrogative',
  'until',
  'weighed-up',
]
/** A role as a bit. */
export const roleBit = (role: StatusRole): number => 1 << roleOrder.indexOf(role)

/** What a name found by the automaton stands for. */
export interface Payload {
  /** CUE, NAME, AMBIGUOUS, BUNDLE or COUNTER. */
  kind: number
  /** The name as its owner writes it. */
  readonly alias: string
  /** Technologies meant, by index; one but for a bundle. */
  technologies: readonly number[]
  /** How the name got here. */
  origin: 'label' | 'alias' | 'joined' | 'misspelling' | 'bundle' | 'none'
  /** What the name needs before it counts, where it is ambiguous. */
  policies: readonly Policy[]
  /** Fields whose words include this one, as bits. */
  fields: number
  /** Ambiguous names that this word speaks for: numbers of policies. */
  cueFor: readonly number[]
  /** Status roles, as bits. */
  roles: number
  /** Whether the letter case must be that of the alias. */
  exact: boolean
  /** The ambiguous name in this counter-phrase (`leaflet for`), by index, or -1: with its capital, inside a sentence, it may still be the name. */
  inner: number
  /** Where that name begins in the phrase. */
  innerStart: number
  /** The version that is part of the alias (`SQL 2016`), or `null`. */
  version: string | null
}

/** An {@link AmbiguousAlias} made ready. */
export interface Policy {
  /** Number of the policy, as in {@link Payload.cueFor}. */
  readonly number: number
  /** The rule. */
  readonly rule: AmbiguousAlias
  /** Words of these fields speak for the name; 0 where only its own cues do. */
  readonly fields: number
  /** The technology meant, by index: two may share a name (`Apex`). */
  readonly technology: number
}

/** A technology made ready. */
interface CompiledTechnology<Id extends string> {
  /** The entry. */
  readonly technology: ClassifiableTechnology<Id>
  /** Its field, as a bit. */
  readonly field: number
  /** Fields that it speaks for, as bits. */
  readonly vouches: number
}

/** A taxonomy made ready for scanning. */
export interface CompiledTaxonomy<Id extends string> {
  /** The automaton over all names, cues and phrases. */
  readonly automaton: NameAutomaton
  /** Payloads by index. */
  readonly payloads: readonly Payload[]
  /** Technologies by index. */
  readonly technologies: readonly CompiledTechnology<Id>[]
}

/** Shared by the many payloads that need no list. */
const none: readonly never[] = []
const versionTail = /^(.*?[a-z.+#])[\s-]*(?:v|version )?(\d+(?:\.\d+)*(?:\.x)?(?: r2)?)$/i

/** Where a name begins in a counter-phrase of it and one function word (`leaflet for`, `to react`), or -1. */
function nameWithin(phrase: string, alias: string): number {
  if (alias.includes(' ')) return -1
  const [, before = '', name = '', after = ''] =
    /^(to |an? |the )?(\S+)( (?:for|in|on|at|of|who|across|from|about|are|is|to))?$/.exec(phrase) ?? []
  return name.toLowerCase() === alias.toLowerCase() && (before === '') !== (after === '') ? before.length : -1
}

/** A phrase of status that ends so says that what follows is something that is used. */
const endsInUse = /\b(?:use|uses|using|used|runs?|running)$/

const isSeparated = (name: string): boolean => name.includes(' ') || name.includes('-')

/** Compiles a taxonomy; the cost is some 10,000 names, once. */
export function compileTaxonomy<Id extends string>(taxonomy: Taxonomy<Id>): CompiledTaxonomy<Id> {
  const builder = new AutomatonBuilder()
  const payloads: Payload[] = []
  const fieldOfCategory = new Map(taxonomy.categories.map(({ id, field }) => [id, field]))

  function payloadAt(name: string, joined = false): Payload | null {
    const found = builder.add(name, joined, () => {
      const { symbols, lastSymbol } = builder
      const endsInLetter = lastSymbol >= 2 && lastSymbol < 28
      const tails = (endsInLetter && symbols >= 3 ? TAIL_DIGITS : 0) | (endsInLetter && symbols >= 5 ? TAIL_PLURAL : 0)
      payloads.push({
        kind: CUE,
        alias: name,
        technologies: none,
        origin: 'none',
        policies: none,
        fields: 0,
        cueFor: none,
        roles: 0,
        exact: false,
        inner: -1,
        innerStart: 0,
        version: null,
      })
      return (payloads.length - 1) | tails
    })
    return found < 0 ? null : payloads[found & PAYLOAD_INDEX]!
  }

  const technologies: CompiledTechnology<Id>[] = []
  const indexOfId = new Map<string, number>()
  for (const technology of taxonomy.technologies) {
    if (technology.deprecated) continue
    let field = fieldOfCategory.get(technology.category) ?? 'code'
    if (field === 'exchange' && ['terminology', 'record', 'identification'].includes(technology.subcategory)) field = 'terminology'
    const index = technologies.length
    indexOfId.set(technology.id, index)
    technologies.push({ technology, field: fieldBit(field), vouches: vouching[field].reduce((bits, other) => bits | fieldBit(other), 0) })
  }

  // Ambiguous names first: a label that is ambiguous is no strong name.
  const policies: Policy[] = []
  technologies.forEach(({ technology, field }, index) => {
    for (const rule of technology.ambiguous) {
      const payload = payloadAt(rule.alias)
      if (payload === null) continue
      const policy: Policy = { number: policies.length, rule, fields: rule.ownCuesOnly ? 0 : field, technology: index }
      policies.push(policy)
      payload.kind = AMBIGUOUS
      payload.technologies = [...new Set([...payload.technologies, index])]
      payload.origin = rule.alias.toLowerCase() === technology.label.toLowerCase() ? 'label' : 'alias'
      payload.policies = [...payload.policies, policy]
    }
  })
  const addName = (name: string, index: number, origin: 'label' | 'alias' | 'joined' | 'misspelling'): void => {
    const payload = payloadAt(name, origin === 'joined')
    if (payload === null || payload.kind !== CUE) return
    payload.kind = NAME
    payload.technologies = [index]
    payload.origin = origin
  }
  technologies.forEach(({ technology }, index) => {
    addName(technology.label, index, 'label')
    for (const alias of technology.aliases) addName(alias, index, 'alias')
    for (const misspelling of technology.misspellings) addName(misspelling, index, 'misspelling')
  })
  for (const bundle of taxonomy.bundles) {
    for (const alias of bundle.alias) {
      const payload = payloadAt(alias)
      if (payload === null) continue
      payload.kind = BUNDLE
      payload.origin = 'bundle'
      payload.exact = bundle.form === 'exact'
      payload.technologies = bundle.technologies.flatMap((id) => indexOfId.get(id) ?? [])
    }
  }
  // Names written as one word (`PowerBI`), where that is not another name already.
  technologies.forEach(({ technology }, index) => {
    for (const alias of [technology.label, ...technology.aliases]) {
      if (alias.length < 8 || !isSeparated(alias)) continue
      const found = builder.payload(alias)
      if (found < 0 || builder.symbols < 8) continue
      if (payloads[found & PAYLOAD_INDEX]?.kind === NAME) addName(alias, index, 'joined')
    }
  })
  for (const payload of payloads) {
    if (payload.kind === NAME || payload.kind === AMBIGUOUS)
      payload.version = versionIn(payload, technologies[payload.technologies[0] ?? -1]?.technology.versions ?? none)
  }

  /** The version that is part of a name: one that is on record, or digits after another name. */
  function versionIn({ alias }: Payload, versions: readonly string[]): string | null {
    // Only a name that ends in a digit (`STU3`), in one and a letter (`12c`) or in an x is looked at.
    const final = alias.charCodeAt(alias.length - 1)
    const beforeFinal = alias.charCodeAt(alias.length - 2)
    const endsInDigit = final >= 48 && final <= 57
    if (!endsInDigit && final !== 120 && !(beforeFinal >= 48 && beforeFinal <= 57)) return null
    const last = alias.slice(Math.max(alias.lastIndexOf(' '), alias.lastIndexOf('-')) + 1)
    if (last !== alias && versions.includes(last)) return last
    const [, stem = '', digits = ''] = versionTail.exec(alias) ?? []
    if (digits === '' || ['360', '365'].includes(digits)) return null
    if (versions.includes(digits)) return digits
    const found = builder.payload(stem)
    return found >= 0 && (payloads[found & PAYLOAD_INDEX]?.kind ?? CUE) !== CUE ? digits : null
  }

  const addCounter = (phrase: string): Payload | null => {
    const payload = payloadAt(phrase)
    if (payload !== null && payload.kind === CUE) payload.kind = COUNTER
    return payload
  }
  for (const phrase of taxonomy.counterPhrases) addCounter(phrase)
  for (const { technology } of technologies) {
    for (const { alias, counter } of technology.ambiguous) {
      for (const phrase of counter) {
        const payload = addCounter(phrase)
        if (payload?.kind !== COUNTER) continue
        // The phrase hides its preposition from the automaton.
        if (/^to | to$/.test(phrase)) payload.roles |= roleBit('towards')
        const at = nameWithin(phrase, alias)
        if (at < 0) continue
        payload.inner = builder.payload(alias) & PAYLOAD_INDEX
        payload.innerStart = at
      }
    }
  }

  const addFieldWord = (word: string, bit: number): void => {
    const payload = payloadAt(word)
    if (payload !== null) payload.fields |= bit
  }
  for (const field of fieldOrder) for (const word of taxonomy.fieldWords[field]) addFieldWord(word, fieldBit(field))
  for (const policy of policies) {
    for (const cue of policy.rule.cues) {
      const payload = payloadAt(cue)
      if (payload !== null) payload.cueFor = [...payload.cueFor, policy.number]
    }
  }
  // `integration engine` speaks for whatever `engine` speaks for: the longer phrase hides the shorter one from the automaton.
  const cuesByWord = new Map<string, readonly number[]>()
  for (const payload of payloads)
    if (payload.kind === CUE && payload.cueFor.length > 0 && !isSeparated(payload.alias))
      cuesByWord.set(payload.alias.toLowerCase(), payload.cueFor)
  for (const payload of payloads) {
    if (payload.kind !== CUE || (payload.fields === 0 && payload.cueFor.length === 0) || !isSeparated(payload.alias)) continue
    for (const word of payload.alias.toLowerCase().split(/[\s-]+/)) payload.cueFor = [...payload.cueFor, ...(cuesByWord.get(word) ?? none)]
  }
  for (const role of roleOrder) {
    for (const phrase of taxonomy.statusPhrases[role]) {
      const payload = payloadAt(phrase)
      if (payload !== null) payload.roles |= roleBit(role) | (endsInUse.test(phrase) ? roleBit('uses') : 0)
    }
  }
  for (const payload of payloads)
    if (payload.kind === NAME || payload.kind === AMBIGUOUS || payload.kind === BUNDLE)
      builder.markName(payload.alias, payload.origin === 'joined')
  return { automaton: builder.build(), payloads, technologies }
}
