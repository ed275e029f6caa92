import * as z from 'zod'
import { foiRequestsSchema, printedFiguresSchema, registerSchema, websiteSearchesSchema } from '../documents/document.ts'
import { organisationSchema, trustSchema } from '../organisations/organisation.ts'
import { odsCodeSchema } from '../organisations/ods-code.ts'
import { printedFigureSchema } from '../printed-figures/printed-figure.ts'
import { type Questionnaire, questionnaireSchema } from '../questionnaire/questionnaire.ts'
import { foiRequestSchema } from '../requests/foi-request.ts'
import { responseSchema } from '../responses/response-schema.ts'
import { foiResponseSchema, roundHeaderSchema, roundSchema } from '../responses/round.ts'
import { websiteSearchRecordSchema } from '../website-searches/website-search-record.ts'

/** A JSON Schema, 2020-12. */
export type JsonSchema = Readonly<Record<string, unknown>>

/** Name of a type that has a JSON Schema. */
export type JsonSchemaName =
  | 'foi-request'
  | 'foi-requests'
  | 'foi-response'
  | 'ods-code'
  | 'organisation'
  | 'printed-figure'
  | 'printed-figures'
  | 'questionnaire'
  | 'register'
  | 'round'
  | 'round-header'
  | 'trust'
  | 'website-search-record'
  | 'website-searches'

const schemas: Readonly<Record<JsonSchemaName, z.ZodType>> = {
  'foi-request': foiRequestSchema,
  'foi-requests': foiRequestsSchema,
  'foi-response': foiResponseSchema,
  'ods-code': odsCodeSchema,
  organisation: organisationSchema,
  'printed-figure': printedFigureSchema,
  'printed-figures': printedFiguresSchema,
  questionnaire: questionnaireSchema,
  register: registerSchema,
  round: roundSchema,
  'round-header': roundHeaderSchema,
  trust: trustSchema,
  'website-search-record': websiteSearchRecordSchema,
  'website-searches': websiteSearchesSchema,
}

/** Names of the types that have a JSON Schema, in the order of the alphabet; each is a file `NAME.schema.json` of the package too. */
export const jsonSchemaNames: readonly JsonSchemaName[] = Object.keys(schemas) as JsonSchemaName[]

/**
 * The JSON Schema (2020-12) of a type.
 *
 * It has every rule that JSON Schema can say. Rules between fields (skip logic, a count within its base, days in order) it cannot;
 * those are in the zod schema only.
 *
 * @param name - name of the type
 *
 * @example
 * ```ts @import.meta.vitest
 * expect(jsonSchema('trust')).toMatchObject({ $schema: 'https://json-schema.org/draft/2020-12/schema', type: 'object' })
 * ```
 */
export function jsonSchema(name: JsonSchemaName): JsonSchema {
  return { $id: `urn:open-digital-capability:schema:${name}`, title: name, ...z.toJSONSchema(schemas[name], { target: 'draft-2020-12' }) }
}

/**
 * The JSON Schema (2020-12) of the records of one questionnaire.
 *
 * @param questionnaire - the questionnaire
 *
 * @example
 * ```ts @import.meta.vitest
 * const { studyQuestionnaire } = await import('../questionnaire/study-questionnaire.ts')
 *
 * expect(JSON.stringify(responseJsonSchema(studyQuestionnaire))).toContain('always')
 * ```
 */
export function responseJsonSchema(questionnaire: Questionnaire): JsonSchema {
  return {
    $id: `urn:open-digital-capability:schema:response:${questionnaire.id}`,
    title: questionnaire.title,
    ...z.toJSONSchema(responseSchema(questionnaire), { target: 'draft-2020-12' }),
  }
}
