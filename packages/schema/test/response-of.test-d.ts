import { expectTypeOf, test } from 'vitest'
import {
  type Answer,
  type Answered,
  defineQuestionnaire,
  type FoiResponse,
  type Missing,
  readResponsesCsv,
  type ResponseOf,
  type studyQuestionnaire,
  type ValueOf,
} from '../src/index.ts'
import { writeResponsesCsv } from '../src/write/index.ts'

const questionnaire = defineQuestionnaire({
  id: 'types',
  title: 'Types',
  questions: [
    { id: 'team', kind: 'yes-no', wording: '?' },
    { id: 'often', kind: 'frequency', levels: ['always', 'never'], wording: '??' },
    { id: 'one', kind: 'single-choice', options: ['a', 'b'], wording: '???' },
    { id: 'many', kind: 'multiple-choice', options: ['c', 'd'], wording: '????' },
    { id: 'words', kind: 'free-text', wording: '?????' },
    { id: 'tech', kind: 'technologies', wording: '??????' },
    { id: 'people', kind: 'number', wording: '???????' },
    { id: 'since', kind: 'date', wording: '????????' },
  ],
})
type Answers = ResponseOf<typeof questionnaire>['answers']

test('each question has the type of its values', () => {
  expectTypeOf<Answers['team']>().toEqualTypeOf<Answer<'yes' | 'no'>>()
  expectTypeOf<Answers['often']>().toEqualTypeOf<Answer<'always' | 'never'>>()
  expectTypeOf<Answers['one']>().toEqualTypeOf<Answer<'a' | 'b'>>()
  expectTypeOf<Answers['many']>().toEqualTypeOf<Answer<readonly ('c' | 'd')[]>>()
  expectTypeOf<Answers['words']>().toEqualTypeOf<Answer<string>>()
  expectTypeOf<Answers['tech']>().toEqualTypeOf<Answer<string>>()
  expectTypeOf<Answers['people']>().toEqualTypeOf<Answer<number>>()
  expectTypeOf<Answers['since']>().toEqualTypeOf<Answer<string>>()
})

test('there are the questions of the questionnaire and no others', () => {
  expectTypeOf<keyof Answers>().toEqualTypeOf<'team' | 'often' | 'one' | 'many' | 'words' | 'tech' | 'people' | 'since'>()
  expectTypeOf<ResponseOf<typeof studyQuestionnaire>['answers']['openSource']>().toEqualTypeOf<Answer<'always' | 'sometimes' | 'never'>>()
  // @ts-expect-error -- there is no such question
  expectTypeOf<Answers['colour']>().toBeString()
})

test('a missing answer has no value, and an answer no reason', () => {
  expectTypeOf<Extract<Answers['team'], { kind: 'missing' }>>().toEqualTypeOf<Missing>()
  expectTypeOf<Extract<Answers['team'], { kind: 'answered' }>>().toEqualTypeOf<Answered<'yes' | 'no'>>()
})

test('records are read and written in their type, and go where any record goes', () => {
  const { records } = readResponsesCsv('', questionnaire)
  expectTypeOf(records).toEqualTypeOf<readonly ResponseOf<typeof questionnaire>[]>()
  expectTypeOf(records).toExtend<readonly FoiResponse[]>()
  expectTypeOf(writeResponsesCsv(records, questionnaire)).toBeString()
  const other = { team: { kind: 'answered', value: 'maybe' } } as const
  // @ts-expect-error -- records of another questionnaire
  writeResponsesCsv([{ organisation: 'A', status: 'answered', groups: {}, answers: other }], questionnaire)
})

test('the definition keeps its literals', () => {
  expectTypeOf<ValueOf<(typeof questionnaire)['questions'][1]>>().toEqualTypeOf<'always' | 'never'>()
  expectTypeOf(questionnaire.schemaVersion).toEqualTypeOf<1>()
})
