import * as z from 'zod'
import { spellingKey, type SpelledMeaning } from '../read/answer-spellings.ts'
import { type schemaVersion, schemaVersionSchema } from '../schema-version.ts'
import { questionsOf } from './asked-if.ts'
import { identifierSchema, type Question, questionSchema } from './question.ts'

/** How the organisations that answer are identified. */
export interface Respondents {
  /** `ods-code` takes only codes of the NHS Organisation Data Service; `text` takes any text without blanks at its edges. */
  readonly identifiedBy: 'ods-code' | 'text'
  /** Other headers of the column of identifiers, besides `organisation`. */
  readonly aliases?: readonly string[]
}

/** What organisations are compared by, such as the kind of trust. It is known of them, not asked. */
export interface GroupField {
  /** Name in data: a small letter, then letters and digits, such as `trustType`. */
  readonly id: string
  /** Name for people. */
  readonly label: string
  /** The values that are in order; any where absent. */
  readonly values?: readonly string[]
  /** Other headers under which columns of it come. */
  readonly aliases?: readonly string[]
}

/** What a caller of {@link defineQuestionnaire} writes. */
export interface QuestionnaireDefinition {
  /** Name in data: a small letter, then letters and digits. */
  readonly id: string
  /** Title for people. */
  readonly title: string
  /** What it is, where it is from, and whose words the questions are. */
  readonly about?: string
  /** How organisations are identified; by any text where absent. */
  readonly respondents?: Respondents
  /** What organisations are compared by. */
  readonly groups?: readonly GroupField[]
  /** Spellings of answers that are in order besides {@link answerSpellings}, by what they stand for. */
  readonly spellings?: Readonly<Partial<Record<SpelledMeaning, readonly string[]>>>
  /** The questions, in the order in which they are put. */
  readonly questions: readonly Question[]
}

/** What every questionnaire document carries besides its definition. */
export interface QuestionnaireHeader {
  /** Tells the kinds of document apart. */
  readonly kind: 'questionnaire'
  /** Version of the document, see {@link schemaVersion}. */
  readonly schemaVersion: typeof schemaVersion
}

/** A questionnaire as data; made by {@link defineQuestionnaire} or read with {@link questionnaireSchema}. */
export type Questionnaire = QuestionnaireHeader & QuestionnaireDefinition

/** Columns of every table of responses, besides groups and questions. */
const recordFields = ['organisation', 'name', 'status', 'answeredOn'] as const

const groupFieldSchema: z.ZodType<GroupField, GroupField> = z.strictObject({
  id: identifierSchema,
  label: z.string().trim().min(1),
  values: z
    .array(z.string().regex(/^\S(?:.*\S)?$/, 'a value has no blank at its edges'))
    .min(1)
    .refine((values) => new Set(values.map(spellingKey)).size === values.length, 'two values that are spelled alike')
    .exactOptional(),
  aliases: z.array(z.string().trim().min(1)).exactOptional(),
})

const spellings = z.array(z.string().trim().min(1)).exactOptional()
const spellingsSchema: z.ZodType<
  NonNullable<QuestionnaireDefinition['spellings']>,
  NonNullable<QuestionnaireDefinition['spellings']>
> = z.strictObject({
  yes: spellings,
  no: spellings,
  'not-answered': spellings,
  refused: spellings,
  'not-held': spellings,
  'not-applicable': spellings,
})

/** Checks a {@link Questionnaire}: ids once only, skip logic that looks back at values which can be answered, headers that name one thing. */
export const questionnaireSchema: z.ZodType<Questionnaire, Questionnaire> = z
  .strictObject({
    kind: z.literal('questionnaire'),
    schemaVersion: schemaVersionSchema,
    id: identifierSchema,
    title: z.string().trim().min(1),
    about: z.string().min(1).exactOptional(),
    respondents: z
      .strictObject({ identifiedBy: z.enum(['ods-code', 'text']), aliases: z.array(z.string().trim().min(1)).exactOptional() })
      .exactOptional(),
    groups: z.array(groupFieldSchema).exactOptional(),
    spellings: spellingsSchema.exactOptional(),
    questions: z.array(questionSchema).min(1),
  })
  .superRefine((questionnaire, context) => {
    const complain = (path: (string | number)[], message: string): void => context.addIssue({ code: 'custom', path, message })
    const headers = new Map<string, string>()
    const claim = (header: string, id: string, path: (string | number)[]): void => {
      const owner = headers.get(headerKey(header))
      if (owner !== undefined && owner !== id) complain(path, `the header "${header}" names both ${owner} and ${id}`)
      headers.set(headerKey(header), id)
    }
    const ids = new Set<string>(recordFields)
    for (const field of recordFields) claim(field, field, [])
    for (const alias of questionnaire.respondents?.aliases ?? []) claim(alias, 'organisation', ['respondents', 'aliases'])

    for (const [index, group] of (questionnaire.groups ?? []).entries()) {
      if (ids.has(group.id)) complain(['groups', index, 'id'], `the id "${group.id}" is taken`)
      ids.add(group.id)
      for (const header of [group.id, group.label, ...(group.aliases ?? [])]) claim(header, group.id, ['groups', index])
    }

    const earlier = new Map<string, Question>()
    for (const [index, question] of questionnaire.questions.entries()) {
      if (ids.has(question.id)) complain(['questions', index, 'id'], `the id "${question.id}" is taken`)
      ids.add(question.id)
      for (const header of [question.id, question.wording, ...(question.aliases ?? [])]) claim(header, question.id, ['questions', index])
      if (question.askedIf) {
        for (const gate of questionsOf(question.askedIf)) {
          if (!earlier.has(gate)) complain(['questions', index, 'askedIf'], `"${gate}" is not an earlier question`)
        }
        for (const { question: gate, value } of comparisonsOf(question.askedIf)) {
          const values = valuesOf(earlier.get(gate))
          if (values && !values.includes(value)) complain(['questions', index, 'askedIf'], `"${gate}" is never answered "${value}"`)
        }
      }
      earlier.set(question.id, question)
    }
  })

/** A header with its blanks, capitals and punctuation evened out, so that `Has team?` and `has_team` meet. */
export function headerKey(header: string): string {
  return header
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '')
}

/** The values that a question can be answered with, or `undefined` where they cannot be listed. */
export function valuesOf(question: Question | undefined): readonly string[] | undefined {
  switch (question?.kind) {
    case 'yes-no':
      return ['yes', 'no']
    case 'frequency':
      return question.levels
    case 'single-choice':
    case 'multiple-choice':
      return question.options
    case 'free-text':
    case 'technologies':
    case 'number':
    case 'date':
    case undefined:
      return undefined
  }
}

function comparisonsOf(condition: NonNullable<Question['askedIf']>): { question: string; value: string }[] {
  if ('all' in condition) return condition.all.flatMap(comparisonsOf)
  if ('any' in condition) return condition.any.flatMap(comparisonsOf)
  if ('in' in condition) return condition.in.map((value) => ({ question: condition.question, value }))
  return [{ question: condition.question, value: condition.is }]
}
