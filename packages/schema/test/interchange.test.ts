import { readFileSync } from 'node:fs'
import path from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import draft04 from 'ajv-draft-04'
import { describe, expect, test } from 'vitest'
import {
  defineQuestionnaire,
  foiRequestSchema,
  odsCodeSchema,
  questionnaireSchema,
  readResponsesCsv,
  responseSchema,
  studyQuestionnaire,
} from '../src/index.ts'
import { csvTemplate, dataPackage, xlsxTemplate } from '../src/interchange/index.ts'
import { jsonSchema, jsonSchemaNames, responseJsonSchema } from '../src/json-schema/index.ts'
import { readResponsesXlsx } from '../src/read/index.ts'
import { writeResponsesCsv } from '../src/write/index.ts'

// The package is CommonJS: its default export is the class itself.
const AjvDraft04 = draft04 as unknown as typeof draft04.default

const everyKind = defineQuestionnaire({
  id: 'everyKind',
  title: 'One of each kind',
  groups: [
    { id: 'size', label: 'Size', values: ['=big', 'small'] },
    { id: 'place', label: 'Place' },
  ],
  questions: [
    { id: 'a', kind: 'yes-no', wording: 'a, with a comma?', help: 'Help.' },
    { id: 'b', kind: 'frequency', levels: ['often', 'never'], wording: '=b?', askedIf: { any: [{ question: 'a', is: 'yes' }] } },
    { id: 'c', kind: 'single-choice', options: ['x, y', '"z"'], wording: 'c "quoted"?' },
    { id: 'd', kind: 'multiple-choice', options: ['x', 'y'], wording: 'd?' },
    { id: 'e', kind: 'free-text', wording: 'e <b>&?' },
    { id: 'f', kind: 'technologies', wording: 'f?' },
    { id: 'g', kind: 'number', minimum: 0, maximum: 9, integer: true, unit: 'people', wording: 'g?' },
    { id: 'h', kind: 'date', earliest: '2020-01-01', wording: 'h?' },
  ],
})
const records = readResponsesCsv(
  [
    'organisation,size,a,b,c,d,e,f,g,h',
    'A,=big,yes,often,"x, y",x; y,words,C#,3,2020-02-01',
    'B,small,no,,"""z""",,refused,s.43,,',
    "C,,refused,,,y,,,'-1,[unreadable] soon",
  ].join('\n'),
  everyKind,
).records

describe('JSON Schema', () => {
  const ajv = () => new Ajv2020({ strict: false, validateFormats: false, allErrors: true })

  test.each(jsonSchemaNames)('%s is a valid schema of 2020-12', (name) => {
    const schema = jsonSchema(name)
    expect(schema['$schema']).toBe('https://json-schema.org/draft/2020-12/schema')
    expect(ajv().validateSchema(schema)).toBe(true)
    expect(JSON.parse(JSON.stringify(schema))).toStrictEqual(schema)
  })

  test('takes what zod takes, and refuses what JSON Schema can tell', () => {
    const check = (schema: object, value: unknown): boolean => ajv().validate(schema, value)
    expect(check(jsonSchema('questionnaire'), studyQuestionnaire)).toBe(true)
    expect(check(jsonSchema('questionnaire'), { ...studyQuestionnaire, questions: [{ id: 'a', kind: 'colour', wording: 'a?' }] })).toBe(
      false,
    )
    expect(check(jsonSchema('foi-request'), { id: '1', organisation: 'A', events: [{ kind: 'sent', date: '2020-07-01' }] })).toBe(true)
    expect(check(jsonSchema('foi-request'), { id: '1', organisation: 'A', events: [{ kind: 'lost', date: '2020-07-01' }] })).toBe(false)
    expect(check(jsonSchema('trust'), { odsCode: 'r0a', name: 'A', opened: '2020-01-01', successors: [] })).toBe(false)
    for (const schema of [jsonSchema('foi-response'), responseJsonSchema(everyKind)]) {
      expect(records.map((record) => check(schema, record))).toEqual([true, true, true])
    }
    expect(
      check(responseJsonSchema(everyKind), {
        ...records[0],
        answers: { ...records[0]?.answers, b: { kind: 'answered', value: 'seldom' } },
      }),
    ).toBe(false)
  })
})

describe('Standard Schema', () => {
  test.each([
    ['a code', odsCodeSchema, 'R0A', 'no code'],
    ['a questionnaire', questionnaireSchema, studyQuestionnaire, {}],
    ['a record', responseSchema(everyKind), records[0], {}],
    ['a request', foiRequestSchema, { id: '1', organisation: 'A', events: [{ kind: 'sent', date: '2020-07-01' }] }, { events: [] }],
  ])('%s is checked through the common interface', async (_, schema, good, bad) => {
    const standard = schema['~standard']
    expect(standard.version).toBe(1)
    expect(await standard.validate(good)).toEqual({ value: good })
    expect((await standard.validate(bad)).issues?.length).toBeGreaterThan(0)
  })
})

describe('Frictionless Data Package', () => {
  // specs.frictionlessdata.io/schemas/tabular-data-package.json, as in npm datapackage 1.1.10 (MIT).
  const profile = JSON.parse(readFileSync(path.join(import.meta.dirname, 'fixtures/tabular-data-package.json'), 'utf8')) as object
  const validate = new AjvDraft04({ strict: false, validateFormats: false, allErrors: true }).compile(profile)
  const faults = (descriptor: unknown): string[] =>
    validate(descriptor) ? [] : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`)

  test('the descriptor is valid against the published profile', () => {
    expect(faults(dataPackage(studyQuestionnaire))).toEqual([])
    const licences = [
      {
        name: 'OGL-UK-3.0',
        title: 'Open Government Licence',
        path: 'https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/',
      },
    ]
    expect(faults(dataPackage(everyKind, { name: 'round-1', path: 'data/round.csv', delimiter: ';', lineBreak: '\n', licences }))).toEqual(
      [],
    )
  })

  test('the profile refuses what is not one', () => {
    const { name: _, resources, ...rest } = dataPackage(everyKind)
    expect(faults({ ...rest, resources: [{ ...resources[0], schema: { fields: [{ name: 'a', type: 'colour' }] } }] })).not.toEqual([])
    expect(faults({ ...rest, resources: [] })).not.toEqual([])
  })

  test('a file as written keeps to its fields', () => {
    const { schema } = dataPackage(everyKind).resources[0]
    const [header = [], ...rows] = cellsOf(writeResponsesCsv(records, everyKind, { byteOrderMark: false }))
    expect(header).toEqual(schema.fields.map(({ name }) => name))
    const wrong = rows.flatMap((cells) =>
      schema.fields.flatMap(({ name, type, constraints = {} }, index) => {
        const cell = cells[index] ?? ''
        if (schema.missingValues.includes(cell)) return constraints.required ? [`${name} is blank`] : []
        const listed = constraints.enum === undefined || constraints.enum.includes(cell)
        const typed = type === 'string' || (type === 'date' ? /^\d{4}-\d\d-\d\d$/.test(cell) : Number.isFinite(Number(cell)))
        return listed && typed ? [] : [`${name}: ${cell}`]
      }),
    )
    expect(wrong).toEqual(["g: [unreadable] '-1", 'h: [unreadable] soon'])
  })

  test.each([{ name: 'Not A Name' }, { path: '/etc/passwd' }, { path: '../up.csv' }, { path: 'a/../../b.csv' }, { path: '' }])(
    '%j is refused',
    (options) => {
      expect(() => dataPackage(everyKind, options)).toThrow(expect.objectContaining({ code: 'invalid-option' }))
    },
  )
})

describe('blank templates', () => {
  test.each([
    ['the study', studyQuestionnaire],
    ['every kind', everyKind],
  ])('of %s can be read as soon as a row is filled in', (_, questionnaire) => {
    const { responses, notes } = csvTemplate(questionnaire)
    const result = readResponsesCsv(`${responses}R0A\r\n`, questionnaire)
    expect(result.issues.map(({ code }) => code)).toEqual(['short-row'])
    expect(result.summary.columns.every(({ field }) => field !== null)).toBe(true)
    expect(cellsOf(notes.slice(1)).map(([header]) => header)).toEqual(
      expect.arrayContaining(questionnaire.questions.map(({ wording }) => wording.replace(/^=/, "'="))),
    )

    const workbook = readResponsesXlsx(xlsxTemplate(questionnaire), questionnaire)
    expect(workbook).toMatchObject({ issues: [], records: [], summary: { complete: true, sheet: 'Responses' } })
    expect(readResponsesXlsx(xlsxTemplate(questionnaire), questionnaire, { sheet: 'Notes' }).summary.sheet).toBe('Notes')
  })

  test('the same questionnaire gives the same bytes', () => {
    expect(xlsxTemplate(everyKind)).toEqual(xlsxTemplate(structuredClone(everyKind)))
  })
})

function cellsOf(csv: string): string[][] {
  return csv
    .trimEnd()
    .split('\r\n')
    .map((line) =>
      [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
        ([, inQuotes, plain]) => inQuotes?.replaceAll('""', '"') ?? plain ?? '',
      ),
    )
}
