import { didYouMean } from '../wording/did-you-mean.ts'
import { identifierSchema } from './sentence.ts'

/** What is wrong with a part of a model, and where. */
export interface Fault {
  /** Names and positions from the outside in. */
  readonly path: readonly (string | number)[]
  /** What is wrong and what to write, for people. */
  readonly message: string
}

const joins = ['all', 'any', 'not']
const answers = ['is', 'in']
const comparisons = ['below', 'atMost', 'atLeast', 'above']
const operators = [...answers, ...comparisons, ...joins]

/** What people write who know other languages of rules. */
const otherwise: Readonly<Record<string, string>> = {
  ...{ and: 'all', or: 'any', none: 'not', equals: 'is', equal: 'is', value: 'is', oneOf: 'in', lessThan: 'below', under: 'below' },
  ...{ greaterThan: 'above', over: 'above', minimum: 'atLeast', min: 'atLeast', maximum: 'atMost', max: 'atMost' },
}

/**
 * What is wrong with a value that should be a {@link Condition}, as {@link conditionSchema} checks it: that can only say that none of
 * its nine forms fits, and this says which one was meant.
 */
export function conditionFaults(value: unknown, path: readonly (string | number)[]): readonly Fault[] {
  if (!isMap(value))
    return [{ path, message: `a condition is a map such as { indicator: hasTeam, is: yes }, and this is ${kindOf(value)}` }]
  const keys = Object.keys(value)
  const found = keys.filter((key) => operators.includes(key))
  const [operator] = found
  if (operator === undefined) {
    const others = keys.filter((key) => key !== 'indicator' && key !== 'using')
    const meant = Object.hasOwn(otherwise, others[0] ?? '') ? `; did you mean "${otherwise[others[0] as string] as string}"?` : undefined
    const has = others.length === 0 ? '' : `, and not "${others.join('", "')}"${meant ?? didYouMean(others[0] as string, operators)}`
    return [{ path, message: `a condition says one of ${operators.join(', ')}${has}` }]
  }
  if (found.length > 1) {
    return [{ path, message: `a condition says one thing, and not "${found.join('" and "')}": join two conditions by all or any` }]
  }
  const allowed = [operator, ...(joins.includes(operator) ? [] : ['indicator']), ...(comparisons.includes(operator) ? ['using'] : [])]
  const faults: Fault[] = keys
    .filter((key) => !allowed.includes(key))
    .map((key) => ({ path: [...path, key], message: `"${key}" has no place beside "${operator}"${didYouMean(key, allowed)}` }))
  const content = value[operator]
  const place = [...path, operator]
  if (operator === 'not') faults.push(...conditionFaults(content, place))
  else if (joins.includes(operator)) {
    if (!Array.isArray(content) || content.length === 0) {
      faults.push({ path: place, message: `"${operator}" takes a list of at least one condition, and this is ${kindOf(content)}` })
    } else faults.push(...content.flatMap((part: unknown, index) => conditionFaults(part, [...place, index])))
  } else {
    if (!('indicator' in value)) faults.push({ path, message: '"indicator" is missing: of what does this condition speak?' })
    else faults.push(...identifierFaults(value['indicator'], [...path, 'indicator']))
    if (operator === 'is') faults.push(...valueFaults(content, place))
    else if (operator === 'in') {
      if (!Array.isArray(content) || content.length === 0) {
        faults.push({ path: place, message: `"in" takes a list of at least one value, and this is ${kindOf(content)}` })
      } else faults.push(...content.flatMap((one: unknown, index) => valueFaults(one, [...place, index])))
    } else faults.push(...limitFaults(content, place))
    if (comparisons.includes(operator) && 'using' in value && value['using'] !== 'interval' && value['using'] !== 'estimate') {
      faults.push({ path: [...path, 'using'], message: '"using" is interval or estimate' })
    }
  }
  return faults
}

function valueFaults(value: unknown, path: readonly (string | number)[]): readonly Fault[] {
  if (typeof value === 'string' && value !== '') return []
  const hint = typeof value === 'boolean' || typeof value === 'number' ? `: if the answer is the word, write "${value}" in quotes` : ''
  return [{ path, message: `an answer is text, and this is ${kindOf(value)}${hint}` }]
}

function limitFaults(value: unknown, path: readonly (string | number)[]): readonly Fault[] {
  if (typeof value === 'number' && Number.isFinite(value)) return []
  if (isMap(value)) {
    const others = Object.keys(value).filter((key) => key !== 'threshold')
    if (others.length > 0)
      return [
        {
          path,
          message: `a limit has the field threshold and no "${others[0] as string}"${didYouMean(others[0] as string, ['threshold'])}`,
        },
      ]
    return identifierFaults(value['threshold'], [...path, 'threshold'])
  }
  const named = typeof value === 'string' ? value : 'majority'
  return [{ path, message: `a limit is a number or the name of a threshold, { threshold: ${named} }, and this is ${kindOf(value)}` }]
}

function identifierFaults(value: unknown, path: readonly (string | number)[]): readonly Fault[] {
  const result = identifierSchema.safeParse(value)
  if (result.success) return []
  const message = typeof value === 'string' ? (result.error.issues[0]?.message ?? '') : `a name is text, and this is ${kindOf(value)}`
  return [{ path, message }]
}

/** Whether a value is an object with fields. */
export function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** What kind of thing a value is, for people: `a list`, `the number 3`. */
export function kindOf(value: unknown): string {
  if (value === undefined) return 'missing'
  if (value === null || value === '') return 'empty'
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list'
  if (typeof value === 'string') return 'text'
  if (typeof value === 'number') return `the number ${value}`
  if (typeof value === 'boolean') return `the truth value ${value}`
  return 'a map'
}
