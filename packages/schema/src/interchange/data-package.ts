import { SchemaError } from '../errors.ts'
import { type Question } from '../questionnaire/question.ts'
import { type Questionnaire, type QuestionnaireDefinition } from '../questionnaire/questionnaire.ts'
import { createCellEscape } from '../read/cell-escape.ts'
import { missingMarker } from '../read/missing-marker.ts'
import { foiaSections } from '../responses/foia-sections.ts'
import { responseStatuses } from '../responses/foi-response.ts'
import { missingReasons } from '../responses/missing-reason.ts'

/** A field of a Table Schema. */
export interface TableField {
  /** Name of the column. */
  readonly name: string
  /** Title for people. */
  readonly title: string
  /** What it holds. */
  readonly description?: string
  /** Type of its values. */
  readonly type: 'string' | 'number' | 'integer' | 'date'
  /** What its values keep to. */
  readonly constraints?: {
    /** Whether each row has a value. */
    readonly required?: true
    /** Whether no value comes twice. */
    readonly unique?: true
    /** The values that are in order. */
    readonly enum?: readonly string[]
    /** Least value that is in order. */
    readonly minimum?: number | string
    /** Greatest value that is in order. */
    readonly maximum?: number | string
    /** Pattern of the text. */
    readonly pattern?: string
  }
}

/** Descriptor of a Tabular Data Package, as far as it is made here. */
export interface DataPackage {
  /** Profile that the descriptor keeps to. */
  readonly profile: 'tabular-data-package'
  /** Name: small letters, digits and hyphens. */
  readonly name: string
  /** Title for people. */
  readonly title: string
  /** What it is. */
  readonly description?: string
  /** Terms of use. */
  readonly licenses?: readonly DataLicence[]
  /** The tables. */
  readonly resources: readonly [
    {
      /** Profile that the resource keeps to. */
      readonly profile: 'tabular-data-resource'
      /** Name of the table. */
      readonly name: string
      /** Where the file is, from the descriptor. */
      readonly path: string
      /** Form of the file. */
      readonly format: 'csv'
      /** Media type of the file. */
      readonly mediatype: 'text/csv'
      /** Encoding of the file. */
      readonly encoding: 'utf-8'
      /** Dialect of the file. */
      readonly dialect: {
        /** Sign between cells. */
        readonly delimiter: string
        /** Line break. */
        readonly lineTerminator: string
        /** Sign around cells. */
        readonly quoteChar: '"'
        /** Whether a quote within a cell is doubled. */
        readonly doubleQuote: true
        /** Whether there are headers. */
        readonly header: true
      }
      /** The columns. */
      readonly schema: {
        /** The columns, in their order. */
        readonly fields: readonly TableField[]
        /** The column that identifies a row. */
        readonly primaryKey: 'organisation'
        /** What stands for a missing value. */
        readonly missingValues: readonly string[]
      }
    },
  ]
}

/** Terms of use of a data package. */
export interface DataLicence {
  /** Open Definition licence identifier, such as `OGL-UK-3.0`. */
  readonly name: string
  /** Title for people. */
  readonly title?: string
  /** Where the terms are. */
  readonly path?: string
}

/** What is said of the file besides the questionnaire. */
export interface DataPackageOptions {
  /** Name of the package: small letters, digits, hyphens, points and low lines. @defaultValue the id of the questionnaire, in small letters */
  readonly name?: string
  /** Where the file is, from the descriptor. @defaultValue `'responses.csv'` */
  readonly path?: string
  /** Sign between cells. @defaultValue `','` */
  readonly delimiter?: ',' | ';' | '\t' | '|'
  /** Line break. @defaultValue `'\r\n'` */
  readonly lineBreak?: '\r\n' | '\n'
  /** Terms of use. @defaultValue none */
  readonly licences?: readonly DataLicence[]
}

/**
 * The Frictionless Data Package descriptor of a file that `writeResponsesCsv` wrote, generated from the questionnaire.
 *
 * The markers of missing answers are its missing values. A marker with words after it is not among them, so a strict reader of Table
 * Schema takes a cell such as `[unreadable] perhaps` for an error, which is what it is.
 *
 * @param questionnaire - the questionnaire
 * @param options - name, path and dialect of the file
 * @returns the content of `datapackage.json`
 * @throws A {@link SchemaError} with code `invalid-option` where the name or the path is not in order
 *
 * @see https://specs.frictionlessdata.io/tabular-data-package/
 *
 * @example
 * ```ts @import.meta.vitest
 * const { studyQuestionnaire } = await import('../questionnaire/study-questionnaire.ts')
 *
 * const { resources } = dataPackage(studyQuestionnaire)
 *
 * expect(resources[0].schema.fields.at(-1)).toMatchObject({ name: 'openSource', constraints: { enum: ['always', 'sometimes', 'never'] } })
 * ```
 */
export function dataPackage(questionnaire: Questionnaire, options: DataPackageOptions = {}): DataPackage {
  const { name = questionnaire.id.toLowerCase(), path = 'responses.csv', delimiter = ',', lineBreak = '\r\n', licences } = options
  if (!/^[-a-z0-9._/]+$/.test(name))
    throw new SchemaError('invalid-option', `"${name}" is not a name of a data package: small letters, digits and hyphens`)
  if (path === '' || /^(?:\/|~|\w+:)|(?:^|\/)\.\.(?:\/|$)/.test(path)) {
    throw new SchemaError('invalid-option', `"${path}" is not a path below the descriptor`)
  }
  return {
    profile: 'tabular-data-package',
    name,
    title: questionnaire.title,
    ...(questionnaire.about === undefined ? {} : { description: questionnaire.about }),
    ...(licences === undefined ? {} : { licenses: licences }),
    resources: [
      {
        profile: 'tabular-data-resource',
        name: 'responses',
        path,
        format: 'csv',
        mediatype: 'text/csv',
        encoding: 'utf-8',
        dialect: { delimiter, lineTerminator: lineBreak, quoteChar: '"', doubleQuote: true, header: true },
        schema: { fields: fieldsOf(questionnaire), primaryKey: 'organisation', missingValues },
      },
    ],
  }
}

const missingValues: readonly string[] = [
  '',
  ...missingReasons.map((reason) => missingMarker({ kind: 'missing', reason })),
  ...foiaSections.map(({ section }) => missingMarker({ kind: 'missing', reason: 'exempt', section })),
]

function fieldsOf(questionnaire: QuestionnaireDefinition): readonly TableField[] {
  const { respondents, groups = [], questions } = questionnaire
  const { escape } = createCellEscape(questionnaire)
  const isOdsCode = respondents?.identifiedBy === 'ods-code'
  return [
    {
      name: 'organisation',
      title: isOdsCode ? 'ODS code' : 'Organisation',
      type: 'string',
      constraints: { required: true, unique: true, ...(isOdsCode ? { pattern: '[0-9A-Z]{3,12}' } : {}) },
    },
    { name: 'name', title: 'Name of the organisation', type: 'string' },
    { name: 'status', title: 'What became of the request', type: 'string', constraints: { required: true, enum: responseStatuses } },
    { name: 'answeredOn', title: 'Day of the answer', type: 'date' },
    ...groups.map(({ id, label, values }): TableField => {
      return { name: id, title: label, type: 'string', ...(values === undefined ? {} : { constraints: { enum: values.map(escape) } }) }
    }),
    ...questions.map((question) => fieldOf(question, escape)),
  ]
}

function fieldOf(question: Question, escape: (text: string) => string): TableField {
  const field = { name: question.id, title: question.wording, ...(question.help === undefined ? {} : { description: question.help }) }
  switch (question.kind) {
    case 'yes-no':
      return { ...field, type: 'string', constraints: { enum: ['yes', 'no'] } }
    case 'frequency':
      return { ...field, type: 'string', constraints: { enum: question.levels.map(escape) } }
    case 'single-choice':
      return { ...field, type: 'string', constraints: { enum: question.options.map(escape) } }
    case 'multiple-choice':
    case 'free-text':
    case 'technologies':
      return { ...field, type: 'string' }
    case 'number':
      return { ...field, type: question.integer ? 'integer' : 'number', ...rangeOf(question.minimum, question.maximum) }
    case 'date':
      return { ...field, type: 'date', ...rangeOf(question.earliest, question.latest) }
  }
}

function rangeOf<Bound extends string | number>(
  minimum: Bound | undefined,
  maximum: Bound | undefined,
): { readonly constraints?: { readonly minimum?: Bound; readonly maximum?: Bound } } {
  if (minimum === undefined && maximum === undefined) return {}
  return { constraints: { ...(minimum === undefined ? {} : { minimum }), ...(maximum === undefined ? {} : { maximum }) } }
}
