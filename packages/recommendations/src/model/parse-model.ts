import { type Document, LineCounter, parseDocument } from 'yaml'
import { type Model, modelSchema } from './model.ts'
import { modelFaults } from './model-faults.ts'

/** A fault in the form of a model. */
export interface ModelIssue {
  /** Where: names and positions from the outside in, such as `rules`, 3, `when`. */
  readonly path: readonly (string | number)[]
  /** What is wrong and what to write, for people. */
  readonly message: string
  /** Line of the text, from 1; `null` where the model did not come as text. */
  readonly line: number | null
  /** Column of the text, from 1; `null` where the model did not come as text. */
  readonly column: number | null
}

/** A model, or what is wrong with it. */
export type ParsedModel =
  | {
      /** The form is right. */
      readonly success: true
      /** The model, with every default filled in. */
      readonly model: Model
    }
  | {
      /** The form is wrong. */
      readonly success: false
      /** Every fault found; of text that is no YAML the first, as those after it mostly follow from it. */
      readonly issues: readonly ModelIssue[]
    }

/** A place in a text. */
export interface TextPosition {
  /** Line, from 1. */
  readonly line: number
  /** Column, from 1. */
  readonly column: number
}

/**
 * A model from JSON or YAML text, or from a value. Bare text stands for sentences of ours, and lists that would be empty may be left out.
 *
 * This checks the form only; {@link lintModel} checks whether the parts fit each other.
 *
 * @remarks
 * YAML is read by version 1.2, in which `yes` and `no` are words and not truth values.
 *
 * @param input - the text of a file, or a value that was read already
 *
 * @example
 * ```ts @import.meta.vitest
 * const result = parseModel('kind: recommendation-modle\nrules: []\n')
 *
 * expect(result).toMatchObject({ success: false })
 * expect(result.success ? [] : result.issues[0]).toMatchObject({ path: ['kind'], line: 1, column: 7 })
 * ```
 */
export function parseModel(input: unknown): ParsedModel {
  if (typeof input !== 'string') return checked(input, () => null)
  const lines = new LineCounter()
  // JSON is YAML, so one reader serves both and knows the lines of both.
  const document = parseDocument(input, { prettyErrors: false, lineCounter: lines })
  const [fault] = document.errors
  if (fault) {
    const { line, col } = lines.linePos(fault.pos[0])
    const hint = hints[fault.code]
    return {
      success: false,
      issues: [{ path: [], message: hint === undefined ? fault.message : `${fault.message}: ${hint}`, line, column: col }],
    }
  }
  try {
    // An alias of nothing, or one that would unfold without end, is found only here.
    return checked(document.toJS({ maxAliasCount: 100 }), (path) => positionOf(document, lines, path))
  } catch (error) {
    return { success: false, issues: [{ path: [], message: error instanceof Error ? error.message : String(error), line: 1, column: 1 }] }
  }
}

/**
 * Where in the text of a model a part stands that a {@link Finding} names by its path, such as `rules/trust-open-by-default/when`.
 *
 * @param text - the text that the model was parsed from
 * @param path - the path: names of fields, and of entries their ids
 * @returns the position of the part, or of the nearest one around it that the text has
 *
 * @example
 * ```ts @import.meta.vitest
 * expect(modelPosition('rules:\n  - id: trust-ask\n    when: { indicator: a, is: x }\n', 'rules/trust-ask/when')).toEqual({ line: 3, column: 11 })
 * ```
 */
export function modelPosition(text: string, path: string): TextPosition {
  const lines = new LineCounter()
  const document = parseDocument(text, { prettyErrors: false, lineCounter: lines })
  let value: unknown = document.errors.length > 0 ? undefined : document.toJS({ maxAliasCount: 100 })
  const place: (string | number)[] = []
  for (const name of path.split('/')) {
    // Caps are told apart by their kind, sentences by their number. Of entries that share an id the last is the one too many.
    const index = Array.isArray(value)
      ? value.map((entry: unknown) => named(entry, 'id') === name || named(entry, 'kind') === name).lastIndexOf(true)
      : -1
    const key = !Array.isArray(value) ? name : index >= 0 ? index : Number(name)
    value = (value as Readonly<Record<string | number, unknown>> | null | undefined)?.[key]
    if (value === undefined) break
    place.push(key)
  }
  return positionOf(document, lines, place)
}

function named(entry: unknown, field: 'id' | 'kind'): unknown {
  return typeof entry === 'object' && entry !== null ? (entry as Readonly<Record<string, unknown>>)[field] : undefined
}

function checked(value: unknown, positionAt: (path: readonly (string | number)[]) => TextPosition | null): ParsedModel {
  const result = modelSchema.safeParse(value)
  if (result.success) return { success: true, model: result.data }
  const issues = modelFaults(result.error.issues, value).map(({ path, message }) => {
    const position = positionAt(path)
    return { path, message, line: position?.line ?? null, column: position?.column ?? null }
  })
  return { success: false, issues }
}

/** Where a part stands, or the nearest one around it that is there. */
function positionOf(document: Document, lines: LineCounter, path: readonly (string | number)[]): TextPosition {
  for (let length = path.length; length >= 0; length--) {
    const node = document.getIn(path.slice(0, length), true) as { readonly range?: readonly [number, number, number] } | undefined
    if (!node?.range) continue
    const { line, col } = lines.linePos(node.range[0])
    return { line, column: col }
  }
  return { line: 1, column: 1 }
}

/** What to do about the mistakes that people make most, by the reader’s name for what it found. */
const hints: Readonly<Record<string, string | undefined>> = {
  BLOCK_AS_IMPLICIT_KEY: 'a text with a colon needs quotes around it',
  DUPLICATE_KEY: 'a field stands twice in one entry',
  TAB_AS_INDENT: 'indent with blanks',
  BAD_INDENT: 'each field of an entry begins below the first one, and a bracket that is opened is closed',
}
