import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import { expect, test } from 'vitest'
import { parse } from 'yaml'

const day = { type: 'string', pattern: '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$' }
const text = { type: 'string', minLength: 1 }
const doi = { type: 'string', pattern: '^10\\.\\d{4,9}(\\.\\d+)?/[A-Za-z0-9:/_;\\-\\.\\(\\)\\[\\]\\\\]+$' }
const orcid = { type: 'string', pattern: '^https://orcid\\.org/\\d{4}-\\d{4}-\\d{4}-\\d{3}[\\dX]$' }
const authors = {
  type: 'array',
  minItems: 1,
  uniqueItems: true,
  items: {
    anyOf: [
      { type: 'object', additionalProperties: false, required: ['name'], properties: { name: text, website: text } },
      {
        type: 'object',
        additionalProperties: false,
        minProperties: 1,
        properties: { 'family-names': text, 'given-names': text, affiliation: text, orcid },
      },
    ],
  },
}

/** The parts of the schema of the Citation File Format 1.2.0 that our file uses; what is not listed is refused. */
const citationFile = {
  type: 'object',
  additionalProperties: false,
  required: ['authors', 'cff-version', 'message', 'title'],
  properties: {
    'cff-version': { const: '1.2.0' },
    message: text,
    title: text,
    abstract: text,
    type: { enum: ['dataset', 'software'] },
    authors,
    version: text,
    'date-released': day,
    license: text,
    keywords: { type: 'array', minItems: 1, uniqueItems: true, items: text },
    'repository-code': text,
    references: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['authors', 'title', 'type'],
        properties: {
          type: { enum: ['article', 'book', 'dataset', 'report', 'software', 'website'] },
          title: text,
          authors,
          journal: text,
          year: { type: 'integer' },
          volume: { type: ['integer', 'string'] },
          start: { type: ['integer', 'string'] },
          doi,
        },
      },
    },
  },
}

test('the citation file is in the Citation File Format', () => {
  const validate = new Ajv({ allowUnionTypes: true }).compile(citationFile)
  const citation: unknown = parse(readFileSync('CITATION.cff', 'utf8'))
  validate(citation)
  expect(validate.errors ?? []).toEqual([])
  expect(validate({ ...(citation as object), authors: [] })).toBe(false)
})
