import type * as z from 'zod'
import { didYouMean } from '../wording/did-you-mean.ts'
import { conditionFaults, type Fault, isMap, kindOf } from './condition-faults.ts'
import { modelJsonSchema } from './model-json-schema.ts'

type Path = readonly (string | number)[]

/**
 * What zod found, in words for somebody who writes a model and no TypeScript: what is wrong, what there is, and what to write.
 *
 * @param issues - what zod found
 * @param value - the value that was checked
 */
export function modelFaults(issues: readonly z.core.$ZodIssue[], value: unknown): readonly Fault[] {
  const missing = (path: Path): readonly string[] =>
    issues.flatMap((issue) => {
      const place = pathOf(issue)
      const isBelow = place.length === path.length + 1 && path.every((key, index) => key === place[index])
      return isBelow && valueAt(value, place) === undefined ? [String(place[place.length - 1])] : []
    })
  return issues.flatMap((issue) => faultsOf(issue, value, missing))
}

function faultsOf(issue: z.core.$ZodIssue, value: unknown, missing: (path: Path) => readonly string[]): readonly Fault[] {
  const path = pathOf(issue)
  const input = valueAt(value, path)
  const name = path.length === 0 ? 'the model' : `"${String(path[path.length - 1])}"`
  const one = (message: string): readonly Fault[] => [{ path, message }]
  if (issue.code === 'unrecognized_keys') {
    const fields = fieldsAt(path)
    // A field that is missing beside one that is not known is the one that was meant, as a rule.
    return issue.keys.map((key) => {
      const hint = didYouMean(key, missing(path)) || didYouMean(key, fields) || `: there are ${fields.join(', ')}`
      return { path: [...path, key], message: `there is no field "${key}" here${hint}` }
    })
  }
  if (path.length > 0 && input === undefined) return one(`${name} is missing`)
  if (issue.code === 'invalid_type') {
    const wanted = { string: 'text', array: 'a list', object: 'a map with fields', number: 'a number', int: 'a whole number' }
    return one(`${name} takes ${(wanted as Record<string, string>)[issue.expected] ?? issue.expected}, and this is ${kindOf(input)}`)
  }
  if (issue.code === 'invalid_value') {
    const values = issue.values.map(String)
    return one(
      `${name} takes ${inWords(values)}, and this is ${quoted(input)}${typeof input === 'string' ? didYouMean(input, values) : ''}`,
    )
  }
  if (issue.code === 'too_small') return one(`${name} is ${input === '' || Array.isArray(input) ? 'empty' : `too small: ${issue.message}`}`)
  if (issue.code === 'invalid_union') {
    if (['when', 'appliesTo', 'askedIf'].includes(String(path[path.length - 1]))) return conditionFaults(input, path)
    if (issue.discriminator !== undefined) {
      const kinds = constantsAt(path)
      return one(
        `${name} takes ${inWords(kinds)}, and this is ${quoted(input)}${typeof input === 'string' ? didYouMean(input, kinds) : ''}`,
      )
    }
    // What is left are sentences: bare text, or text with whose it is.
    if (!isMap(input)) return one(`${name} takes text, and this is ${kindOf(input)}`)
    const [, asMap = []] = issue.errors
    return asMap.flatMap((inner) => faultsOf({ ...inner, path: [...issue.path, ...inner.path] }, value, missing))
  }
  return one(`${name}: ${issue.message}`)
}

function pathOf({ path }: z.core.$ZodIssue): Path {
  return path.map((key) => (typeof key === 'symbol' ? String(key) : key))
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (at, key) => (typeof at === 'object' && at !== null ? (at as Record<string | number, unknown>)[key] : undefined),
    value,
  )
}

function quoted(value: unknown): string {
  return typeof value === 'string' && value !== '' ? `"${value}"` : kindOf(value)
}

function inWords(values: readonly string[]): string {
  return values.length < 2 ? values.join('') : `${values.slice(0, -1).join(', ')} or ${values[values.length - 1] as string}`
}

type JsonSchema = Readonly<Record<string, unknown>>

/** The fields that a place of a model may have. */
function fieldsAt(path: Path): readonly string[] {
  return [...new Set(schemasAt(path).flatMap(({ properties }) => Object.keys(properties ?? {})))]
}

/** The constants that a place of a model may have. */
function constantsAt(path: Path): readonly string[] {
  return schemasAt(path).flatMap((schema) => ('const' in schema ? [String(schema['const'])] : []))
}

/** The JSON Schemas of a place of a model, every alternative of each. */
function schemasAt(path: Path): readonly JsonSchema[] {
  const root = modelJsonSchema()
  const alternatives = (schema: JsonSchema): readonly JsonSchema[] => {
    const parts = ['anyOf', 'oneOf', 'allOf'].flatMap((word) => (schema[word] as readonly JsonSchema[] | undefined) ?? [])
    return parts.length === 0 ? [schema] : parts.flatMap(alternatives)
  }
  const step = (schemas: readonly JsonSchema[], key: string | number): readonly JsonSchema[] =>
    schemas
      .flatMap((schema) => (typeof key === 'number' ? schema['items'] : (schema['properties'] as JsonSchema | undefined)?.[key]) ?? [])
      .flatMap((schema) => alternatives(schema as JsonSchema))
  return path.reduce(step, alternatives(root))
}
