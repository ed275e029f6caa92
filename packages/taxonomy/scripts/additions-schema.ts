import { defaultTaxonomy } from '../src/default-taxonomy.ts'

const { categories, fieldWords, statusPhrases } = defaultTaxonomy()

const strings = (description: string) => ({ type: 'array', items: { type: 'string', minLength: 1, maxLength: 120 }, description })
const id = { type: 'string', pattern: '^[a-z0-9]+(?:-[a-z0-9]+)*$' }
const fields = Object.keys(fieldWords)

const ambiguous = {
  type: 'object',
  required: ['alias'],
  additionalProperties: false,
  description: 'A name that is also something else, and what it needs before it counts.',
  properties: {
    alias: { type: 'string', minLength: 1, maxLength: 120 },
    form: { enum: ['exact', 'capitalised', 'any'], default: 'capitalised', description: 'How the name must be written.' },
    evidence: {
      enum: ['form', 'noun', 'sentence', 'near', 'beside'],
      default: 'near',
      description: 'What must speak for it: its form alone, or words of its field, from anywhere in the sentence to directly beside it.',
    },
    cues: strings('Words that speak for the name.'),
    ownCuesOnly: {
      type: 'boolean',
      default: false,
      description: 'Whether only its own cues speak for it, and not all words of its field.',
    },
    counter: strings('Phrases that hold the name and mean something else.'),
  },
}

const technology = {
  type: 'object',
  required: ['id'],
  additionalProperties: false,
  description: 'A technology of your own, or more names for one that is there. A new one needs a label and a category.',
  properties: {
    id: { ...id, description: 'Identifier in kebab case; that of a built-in technology adds names to it.' },
    label: { type: 'string', minLength: 1, maxLength: 120 },
    category: {
      ...id,
      description: `Identifier of a category: ${categories.map((category) => category.id).join(', ')}, or one of your own.`,
    },
    subcategory: { type: 'string', default: 'general' },
    aliases: strings('Other names.'),
    misspellings: strings('Wrong spellings.'),
    ambiguous: { type: 'array', items: ambiguous },
    versions: strings('Versions.'),
    vendor: { type: ['string', 'null'], default: null },
    interoperability: { enum: ['standard', 'engine', 'national-service', null], default: null },
    openSource: { type: 'boolean', default: false },
  },
}

/** The JSON Schema of what `extendTaxonomy` takes, for editors that check and complete files of own terms. */
export function additionsSchema(): object {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Additions to the taxonomy',
    description: 'What extendTaxonomy takes: own technologies, names and rules.',
    type: 'object',
    additionalProperties: false,
    properties: {
      $schema: { type: 'string' },
      technologies: { type: 'array', items: technology },
      categories: {
        type: 'array',
        items: {
          type: 'object',
          required: ['id', 'label', 'studyCategory', 'studyCount', 'field'],
          additionalProperties: false,
          properties: {
            id,
            label: { type: 'string', minLength: 1 },
            studyCategory: { type: 'boolean' },
            studyCount: { type: ['integer', 'null'], minimum: 0 },
            field: { enum: fields },
          },
        },
      },
      bundles: {
        type: 'array',
        items: {
          type: 'object',
          required: ['alias', 'form', 'technologies'],
          additionalProperties: false,
          description: 'One name for several technologies.',
          properties: {
            alias: { ...strings('The names.'), minItems: 1 },
            form: { enum: ['exact', 'any'] },
            technologies: { type: 'array', items: id, minItems: 1 },
          },
        },
      },
      counterPhrases: strings('Phrases that hold a name and mean something else, whatever the technology.'),
      fieldWords: {
        type: 'object',
        additionalProperties: false,
        properties: Object.fromEntries(fields.map((field) => [field, strings(`Words that speak for names of the field ${field}.`)])),
      },
      statusPhrases: {
        type: 'object',
        additionalProperties: false,
        properties: Object.fromEntries(Object.keys(statusPhrases).map((role) => [role, strings(`Phrases in the role ${role}.`)])),
      },
      englishWords: strings('Words that are no misspellings.'),
      without: { type: 'array', items: id, description: 'Identifiers to leave out.' },
    },
  }
}
