import * as z from 'zod'
import { modelSchema } from './model.ts'

/**
 * JSON Schema (draft 2020-12) of what {@link parseModel} takes, for editors that check and complete while a model is written.
 *
 * @example
 * ```ts @import.meta.vitest
 * expect(modelJsonSchema()).toMatchObject({ $schema: 'https://json-schema.org/draft/2020-12/schema', type: 'object' })
 * ```
 */
export function modelJsonSchema(): Readonly<Record<string, unknown>> {
  return z.toJSONSchema(modelSchema, { io: 'input', target: 'draft-2020-12' })
}
