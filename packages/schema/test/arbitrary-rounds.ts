import { fc } from '@fast-check/vitest'
import {
  type Answer,
  type AskedIf,
  defineQuestionnaire,
  foiaSections,
  isAsked,
  missingReasons,
  type Question,
  type Questionnaire,
  questionnaireSchema,
  type ResponseOf,
  responseStatuses,
} from '../src/index.ts'
import { valuesOf } from '../src/questionnaire/questionnaire.ts'
import { withoutControlCharacters, withoutLoneSurrogates } from '../src/responses/text-value.ts'

/** Words that try the escape: formulas, apostrophes, markers, spellings, quotes, line breaks, blanks at the edges. */
const trouble = fc.constantFrom(
  ...[
    '=1+1',
    "'=1+1",
    "''",
    "'",
    '-5',
    '-5.0e',
    '@x',
    '\tx',
    ' x ',
    'refused',
    "'refused",
    'N/A',
    '[refused]',
    '[refused] x',
    "'[not asked]",
  ],
  ...[
    'a,b;c|d',
    '"',
    '""',
    'a"b',
    'x\r\ny',
    'x\ry',
    '\n',
    'sep=;',
    's.43',
    'exempt',
    '＝1',
    'é',
    '😀',
    '-',
    '\u00a0',
    '\ufeff',
    'organisation',
    'Total',
    '#REF!',
    '“refused”',
    '16\u201324',
    '1,234',
    '01/02/2020',
    'tbc',
    'x\u200b',
  ],
)
const words: fc.Arbitrary<string> = fc
  .oneof(
    trouble,
    fc.string({ unit: 'grapheme', maxLength: 20 }),
    fc.string({ unit: 'binary', maxLength: 20 }),
    fc.array(trouble, { maxLength: 4 }).map((parts) => parts.join('')),
  )
  .map((text) => withoutControlCharacters(withoutLoneSurrogates(text)))
  .filter((text) => /\S/.test(text))
const trimmed = words.map((text) => text.trim()).filter((text) => text !== '')
const day = fc
  .date({ min: new Date('1999-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))

function anyValueOf(question: Question): fc.Arbitrary<string | number | readonly string[]> {
  switch (question.kind) {
    case 'yes-no':
      return fc.constantFrom('yes', 'no')
    case 'frequency':
      return fc.constantFrom(...question.levels)
    case 'single-choice':
      return fc.constantFrom(...question.options)
    case 'multiple-choice':
      return fc.subarray([...question.options], { minLength: 1 })
    case 'free-text':
    case 'technologies':
      return words
    case 'number':
      // JSON has no negative zero.
      return question.integer
        ? fc.integer({ min: question.minimum ?? -1e9, max: question.maximum ?? 1e9 })
        : fc
            .double({ noNaN: true, noDefaultInfinity: true, min: question.minimum ?? -1e300, max: question.maximum ?? 1e300 })
            .map((number) => number + 0 || 0)
    case 'date':
      return day
  }
}

const missing = fc
  .record({
    reason: fc.constantFrom(...missingReasons.filter((reason) => reason !== 'not-asked')),
    section: fc.option(fc.constantFrom(...foiaSections.map(({ section }) => section)), { nil: undefined }),
    text: fc.option(words, { nil: undefined }),
  })
  .map(({ reason, section, text }): Answer => ({
    kind: 'missing',
    reason,
    ...(section !== undefined && reason === 'exempt' ? { section } : {}),
    ...(text === undefined ? {} : { text }),
  }))

/** Any valid record: answers are drawn for each question, and then skip logic decides which of them stand. */
function recordOf({ groups = [], questions, respondents }: Questionnaire): fc.Arbitrary<object> {
  return fc
    .record({
      organisation:
        respondents?.identifiedBy === 'ods-code'
          ? fc.stringMatching(/^[0-9A-Z]{3,12}$/).filter((code) => /^[0-9A-Z]+$/.test(code))
          : trimmed,
      name: fc.option(trimmed, { nil: undefined }),
      status: fc.constantFrom(...responseStatuses),
      answeredOn: fc.option(day, { nil: undefined }),
      groups: fc.tuple(
        ...groups.map(({ values }) => fc.option(values === undefined ? trimmed : fc.constantFrom(...values), { nil: undefined })),
      ),
      answers: fc.tuple(
        ...questions.map((question) =>
          fc.oneof(
            anyValueOf(question).map((value): Answer => ({ kind: 'answered', value })),
            missing,
          ),
        ),
      ),
      wordsOfNotAsked: fc.option(words, { nil: undefined }),
    })
    .map(({ organisation, name, status, answeredOn, groups: drawnGroups, answers: drawn, wordsOfNotAsked }) => {
      const answers: Record<string, Answer> = {}
      for (const [index, { id, askedIf }] of questions.entries()) {
        const notAsked = {
          kind: 'missing',
          reason: 'not-asked',
          ...(wordsOfNotAsked === undefined ? {} : { text: wordsOfNotAsked }),
        } as const
        const asked = isAsked(askedIf, answers)
        const answer = drawn[index]
        answers[id] = asked === 'no' || answer === undefined ? notAsked : answer
      }
      return {
        organisation,
        ...(name === undefined ? {} : { name }),
        status,
        ...(answeredOn === undefined ? {} : { answeredOn }),
        groups: Object.fromEntries(groups.flatMap(({ id }, index) => (drawnGroups[index] === undefined ? [] : [[id, drawnGroups[index]]]))),
        answers,
      }
    })
}

/** Any valid round of a questionnaire. */
export function roundOf<const Q extends Questionnaire>(questionnaire: Q): fc.Arbitrary<readonly NoInfer<ResponseOf<Q>>[]> {
  const records = fc.uniqueArray<ResponseOf<Q>, string>(recordOf(questionnaire) as fc.Arbitrary<ResponseOf<Q>>, {
    selector: ({ organisation }) => organisation,
    maxLength: 6,
  })
  return records
}

const option = trimmed.filter((text) => /^[^\s;|](?:[^;|\r\n]*[^\s;|])?$/.test(text))
const options = fc.uniqueArray(option, { minLength: 1, maxLength: 4 })

const question = fc
  .record({
    kind: fc.constantFrom<Question['kind'][]>(
      'yes-no',
      'frequency',
      'single-choice',
      'multiple-choice',
      'free-text',
      'technologies',
      'number',
      'date',
    ),
    options,
    integer: fc.boolean(),
    allowedMissing: fc.option(fc.uniqueArray(fc.constantFrom(...missingReasons)), { nil: undefined }),
    gate: fc.option(fc.tuple(fc.nat(), fc.nat(), fc.constantFrom('is', 'in', 'all', 'any')), { nil: undefined }),
    aliases: fc.uniqueArray(trimmed, { maxLength: 2 }),
  })
  .map(({ kind, options, integer, allowedMissing, gate, aliases }) => ({
    gate,
    base: { aliases, ...(allowedMissing === undefined ? {} : { allowedMissing }) },
    kind:
      kind === 'frequency'
        ? { kind, levels: options }
        : kind === 'single-choice' || kind === 'multiple-choice'
          ? { kind, options }
          : kind === 'number'
            ? { kind, integer, ...(integer ? { minimum: -5, maximum: 2000 } : {}) }
            : { kind },
  }))

/** Any questionnaire that is valid: every kind of question, skip logic within skip logic, groups, and spellings of its own. */
export const anyQuestionnaire: fc.Arbitrary<Questionnaire> = fc
  .record({
    drawn: fc.array(question, { minLength: 1, maxLength: 7 }),
    isOdsCode: fc.boolean(),
    values: fc.option(options, { nil: undefined }),
    spelled: fc.uniqueArray(trimmed, { maxLength: 3 }),
    reason: fc.constantFrom('not-answered', 'refused', 'not-held', 'not-applicable'),
  })
  .map(({ drawn, isOdsCode, values, spelled, reason }) => {
    const questions: Question[] = []
    for (const [index, { kind, base, gate }] of drawn.entries()) {
      const gates = questions.filter((earlier) => valuesOf(earlier) !== undefined)
      const askedIf = gate === undefined ? undefined : conditionOn(gates, ...gate)
      questions.push({
        id: `q${index}`,
        wording: `Question ${index}?`,
        ...base,
        ...kind,
        ...(askedIf === undefined ? {} : { askedIf }),
      })
    }
    return {
      id: 'any',
      title: 'Any',
      respondents: { identifiedBy: isOdsCode ? 'ods-code' : 'text' },
      groups: [{ id: 'size', label: 'Size', ...(values === undefined ? {} : { values }) }],
      spellings: { [reason]: spelled },
      questions,
    } as const
  })
  .filter((definition) => questionnaireSchema.safeParse({ kind: 'questionnaire', schemaVersion: 1, ...definition }).success)
  .map((definition) => defineQuestionnaire<Questionnaire>({ kind: 'questionnaire', schemaVersion: 1, ...definition }))

/** Skip logic that hangs on one question that came before, or on two. */
function conditionOn(gates: readonly Question[], first: number, second: number, form: 'is' | 'in' | 'all' | 'any'): AskedIf | undefined {
  const gate = gates[first % Math.max(gates.length, 1)]
  const other = gates[second % Math.max(gates.length, 1)]
  const [values, others] = [valuesOf(gate), valuesOf(other)]
  const [value, otherValue] = [values?.[second % values.length], others?.[first % others.length]]
  if (gate === undefined || other === undefined || value === undefined || otherValue === undefined) return undefined
  const leaf = { question: gate.id, is: value }
  switch (form) {
    case 'is':
      return leaf
    case 'in':
      return { question: gate.id, in: [value] }
    case 'all':
      return { all: [leaf, { any: [leaf, { question: other.id, is: otherValue }] }] }
    case 'any':
      return { any: [leaf, { all: [leaf, { question: other.id, in: [otherValue] }] }] }
  }
}
