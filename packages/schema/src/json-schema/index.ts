export { type JsonSchema, jsonSchema, type JsonSchemaName, jsonSchemaNames, responseJsonSchema } from './json-schemas.ts'
