import { parseDocument } from 'yaml'
import { type Model, modelSchema } from './model.ts'

/** A fault in the form of a model. */
export interface ModelIssue {
  /** Where: names and positions from the outside in, such as `rules`, 3, `when`. */
  readonly path: readonly (string | number)[]
  /** What is wrong, for people. */
  readonly message: string
  /** Line of the text, from 1; `null` where the model did not come as text or the line is not known. */
  readonly line: number | null
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
      /** Every fault found. */
      readonly issues: readonly ModelIssue[]
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
 * const result = parseModel('kind: recommendation-model\nrules: []\n')
 *
 * expect(result.success).toBe(false)
 * ```
 */
export function parseModel(input: unknown): ParsedModel {
  let value = input
  let lineOf = (_path: readonly (string | number)[]): number | null => null
  if (typeof input === 'string') {
    // JSON is YAML, so one reader serves both and knows the lines of both.
    const document = parseDocument(input, { prettyErrors: false })
    const faults = [...document.errors]
    const lineAt = (offset: number): number => input.slice(0, offset).split('\n').length
    if (faults.length > 0) {
      return { success: false, issues: faults.map(({ message, pos }) => ({ path: [], message, line: lineAt(pos[0]) })) }
    }
    try {
      // An alias of nothing, or one that would unfold without end, is found only here.
      value = document.toJS({ maxAliasCount: 100 })
    } catch (error) {
      return { success: false, issues: [{ path: [], message: error instanceof Error ? error.message : String(error), line: null }] }
    }
    lineOf = (path) => {
      for (let length = path.length; length > 0; length--) {
        const node = document.getIn(path.slice(0, length), true) as { readonly range?: readonly [number, number, number] } | undefined
        if (node?.range) return lineAt(node.range[0])
      }
      return null
    }
  }
  const result = modelSchema.safeParse(value)
  if (result.success) return { success: true, model: result.data }
  const issues = result.error.issues.map(({ path, message }) => {
    const place = path.map((key) => (typeof key === 'symbol' ? String(key) : key))
    return { path: place, message, line: lineOf(place) }
  })
  return { success: false, issues }
}
