import { automatonOf, type NameAutomaton, nameKey, NameIndex, PAYLOAD_INDEX, withTails } from './name-automaton.ts'
import type { Bundle, Field, StatusRole, Taxonomy } from './taxonomy.ts'
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
  /** The ambiguous name in this counter-phrase (`leaflet for`), or `null`: with its capital, inside a sentence, it may still be the name. */
  innerName: string | null
  /** The payload of that name, by index, or -1. */
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
  /** Payloads by index; there are as many as were needed so far. */
  readonly payloads: readonly Payload[]
  /** Index of the payload of a name, or -1. */
  readonly payloadOf: (name: string) => number
  /** Technologies by index. */
  readonly technologies: readonly CompiledTechnology<Id>[]
}

/** What an entry of the index adds to the payload of its name; in this order where a name has several. */
type Entry =
  | { readonly adds: 'policy'; readonly name: string; readonly policy: Policy }
  | { readonly adds: 'label' | 'alias' | 'misspelling' | 'joined'; readonly name: string; readonly technology: number }
  | { readonly adds: 'bundle'; readonly name: string; readonly bundle: Bundle<string> }
  | { readonly adds: 'counter'; readonly name: string; readonly of: string | null }
  | { readonly adds: 'fields'; readonly name: string; readonly bits: number }
  | { readonly adds: 'cue'; readonly name: string; readonly policies: readonly number[] }
  | { readonly adds: 'role'; readonly name: string; readonly bits: number }

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

/** Compiles a taxonomy: its names are sorted by first word, and made ready when a text holds that word. */
export function compileTaxonomy<Id extends string>(taxonomy: Taxonomy<Id>): CompiledTaxonomy<Id> {
  const payloads: Payload[] = []
  const entries: Entry[] = []
  const index = new NameIndex(readEntries)
  const fieldOfCategory = new Map(taxonomy.categories.map(({ id, field }) => [id, field]))

  const add = (entry: Entry, isName: boolean, joined = false): void => {
    index.add(entry.name, joined, isName)
    entries.push(entry)
  }

  const technologies: CompiledTechnology<Id>[] = []
  const indexOfId = new Map<string, number>()
  for (const technology of taxonomy.technologies) {
    if (technology.deprecated) continue
    let field = fieldOfCategory.get(technology.category) ?? 'code'
    if (field === 'exchange' && ['terminology', 'record', 'identification'].includes(technology.subcategory)) field = 'terminology'
    indexOfId.set(technology.id, technologies.length)
    technologies.push({ technology, field: fieldBit(field), vouches: vouching[field].reduce((bits, other) => bits | fieldBit(other), 0) })
  }

  // Ambiguous names first: a label that is ambiguous is no strong name.
  const policiesOfCue = new Map<string, number[]>()
  let policyCount = 0
  technologies.forEach(({ technology, field }, number) => {
    for (const rule of technology.ambiguous) {
      const policy: Policy = { number: policyCount++, rule, fields: rule.ownCuesOnly ? 0 : field, technology: number }
      add({ adds: 'policy', name: rule.alias, policy }, true)
      for (const cue of rule.cues) {
        const known = policiesOfCue.get(cue)
        if (known === undefined) policiesOfCue.set(cue, [policy.number])
        else known.push(policy.number)
      }
    }
  })
  technologies.forEach(({ technology }, number) => {
    add({ adds: 'label', name: technology.label, technology: number }, true)
    for (const name of technology.aliases) add({ adds: 'alias', name, technology: number }, true)
    for (const name of technology.misspellings) add({ adds: 'misspelling', name, technology: number }, true)
  })
  for (const bundle of taxonomy.bundles) for (const name of bundle.alias) add({ adds: 'bundle', name, bundle }, true)
  // Names written as one word (`PowerBI`), where that is not another name already.
  technologies.forEach(({ technology }, number) => {
    for (const name of [technology.label, ...technology.aliases])
      if (name.length >= 8 && isSeparated(name)) add({ adds: 'joined', name, technology: number }, true, true)
  })
  for (const name of taxonomy.counterPhrases) add({ adds: 'counter', name, of: null }, false)
  for (const { technology } of technologies)
    for (const { alias, counter } of technology.ambiguous) for (const name of counter) add({ adds: 'counter', name, of: alias }, false)
  for (const field of fieldOrder) for (const name of taxonomy.fieldWords[field]) add({ adds: 'fields', name, bits: fieldBit(field) }, false)
  for (const [name, policies] of policiesOfCue) add({ adds: 'cue', name, policies }, false)
  for (const role of roleOrder) {
    const bits = roleBit(role)
    for (const name of taxonomy.statusPhrases[role]) add({ adds: 'role', name, bits }, false)
  }

  let policiesOfWord: ReadonlyMap<string, readonly number[]> | undefined
  /** Single words that speak for ambiguous names, in lower case. */
  function wordCues(): ReadonlyMap<string, readonly number[]> {
    if (policiesOfWord === undefined) {
      const found = new Map<string, readonly number[]>()
      for (const [cue, policies] of policiesOfCue) {
        const word = cue.toLowerCase()
        if (!isSeparated(cue)) found.set(word, [...(found.get(word) ?? none), ...policies])
      }
      policiesOfWord = found
    }
    return policiesOfWord
  }

  const payloadAt = (name: string): Payload | null => {
    const found = index.find(name)
    return found < 0 ? null : payloads[found & PAYLOAD_INDEX]!
  }

  /** Fills in the payloads of the names that share a first word. */
  function readEntries(numbers: readonly number[], found: Map<string, number>): void {
    const owners: Payload[] = []
    for (const number of numbers) {
      const { name, adds } = entries[number]!
      const key = nameKey(name, adds === 'joined')
      const known = key === null ? undefined : found.get(key)
      if (key === null || (adds === 'joined' && (known !== undefined || payloadAt(name)?.kind !== NAME))) continue
      if (known === undefined) {
        found.set(key, withTails(payloads.length, key))
        payloads.push(newPayload(name))
      }
      const payload = payloads[known === undefined ? payloads.length - 1 : known & PAYLOAD_INDEX]!
      owners.push(payload)
      apply(payload, entries[number]!)
    }
    // What rests on other names comes when those of this word are there.
    for (const payload of new Set(owners)) {
      if (payload.kind === NAME || payload.kind === AMBIGUOUS)
        payload.version = versionIn(payload, technologies[payload.technologies[0] ?? -1]?.technology.versions ?? none)
      if (payload.kind === CUE && (payload.fields !== 0 || payload.cueFor.length > 0) && isSeparated(payload.alias))
        payload.cueFor = cuesWithin(payload)
      if (payload.innerName === null) continue
      payload.inner = index.find(payload.innerName) & PAYLOAD_INDEX
    }
  }

  function apply(payload: Payload, entry: Entry): void {
    switch (entry.adds) {
      case 'policy': {
        const { policy } = entry
        const { label } = technologies[policy.technology]!.technology
        payload.kind = AMBIGUOUS
        payload.technologies = [...new Set([...payload.technologies, policy.technology])]
        payload.origin = policy.rule.alias.toLowerCase() === label.toLowerCase() ? 'label' : 'alias'
        payload.policies = [...payload.policies, policy]
        return
      }
      case 'label':
      case 'alias':
      case 'misspelling':
      case 'joined':
        if (payload.kind !== CUE) return
        payload.kind = NAME
        payload.technologies = [entry.technology]
        payload.origin = entry.adds
        return
      case 'bundle':
        payload.kind = BUNDLE
        payload.origin = 'bundle'
        payload.exact = entry.bundle.form === 'exact'
        payload.technologies = entry.bundle.technologies.flatMap((id) => indexOfId.get(id) ?? [])
        return
      case 'counter': {
        if (payload.kind === CUE) payload.kind = COUNTER
        if (entry.of === null || payload.kind !== COUNTER) return
        // The phrase hides its preposition from the automaton.
        if (/^to | to$/.test(entry.name)) payload.roles |= roleBit('towards')
        const at = nameWithin(entry.name, entry.of)
        if (at < 0) return
        payload.innerName = entry.of
        payload.innerStart = at
        return
      }
      case 'fields':
        payload.fields |= entry.bits
        return
      case 'cue':
        payload.cueFor = [...payload.cueFor, ...entry.policies]
        return
      case 'role':
        payload.roles |= entry.bits | (endsInUse.test(entry.name) ? roleBit('uses') : 0)
    }
  }

  /** `integration engine` speaks for whatever `engine` speaks for: the longer phrase hides the shorter one from the automaton. */
  function cuesWithin({ alias, cueFor }: Payload): readonly number[] {
    const all = [...cueFor]
    for (const word of alias.toLowerCase().split(/[\s-]+/)) {
      const more = wordCues().get(word)
      if (more !== undefined && payloadAt(word)?.kind === CUE) all.push(...more)
    }
    return all
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
    const kind = payloadAt(stem)?.kind ?? CUE
    return kind !== CUE && kind !== COUNTER ? digits : null
  }

  return {
    automaton: automatonOf(index),
    payloads,
    payloadOf: (name) => {
      const found = index.find(name)
      return found < 0 ? -1 : found & PAYLOAD_INDEX
    },
    technologies,
  }
}

/** A payload of which nothing is known but its name. */
function newPayload(alias: string): Payload {
  return {
    kind: CUE,
    alias,
    technologies: none,
    origin: 'none',
    policies: none,
    fields: 0,
    cueFor: none,
    roles: 0,
    exact: false,
    innerName: null,
    inner: -1,
    innerStart: 0,
    version: null,
  }
}
