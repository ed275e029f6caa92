import { defineQuestionnaire, type Question } from '../src/index.ts'

const yesNo = (id: string): Question => ({ id, kind: 'yes-no', wording: `${id}?`, askedIf: { question: 'hasTeam', is: 'yes' } })

/** A questionnaire whose table has 20 columns: identifier, group, and 18 questions of every kind. */
export const questionnaire = defineQuestionnaire({
  id: 'bench',
  title: 'Benchmark',
  groups: [{ id: 'kind', label: 'Kind', values: ['acute', 'community', 'mental health'] }],
  questions: [
    { id: 'hasTeam', kind: 'yes-no', wording: 'A team?' },
    ...Array.from({ length: 10 }, (_, index) => yesNo(`q${index}`)),
    { id: 'often', kind: 'frequency', levels: ['always', 'sometimes', 'never'], wording: 'How often?' },
    { id: 'one', kind: 'single-choice', options: ['north', 'south', 'east', 'west'], wording: 'Where?' },
    { id: 'many', kind: 'multiple-choice', options: ['web', 'app', 'device'], wording: 'What?' },
    { id: 'people', kind: 'number', minimum: 0, wording: 'How many?' },
    { id: 'since', kind: 'date', wording: 'Since when?' },
    { id: 'tech', kind: 'technologies', wording: 'Which technologies?' },
    { id: 'comment', kind: 'free-text', wording: 'Any comment?' },
  ],
})

export const headers = ['organisation', 'kind', ...questionnaire.questions.map(({ id }) => id)]

const of = <Item>(items: readonly Item[], index: number): Item => items[index % items.length] as Item

/** One row of answers: the spellings, the missing answers and the quoted texts that real rounds have. Every text is different. */
export function row(index: number): string {
  const hasTeam = index % 6 !== 0
  const gated = Array.from({ length: 10 }, (_, question) =>
    hasTeam ? of(['Yes', 'no', 'Y', 'N', 'refused', 'yes', ''], index + question) : '',
  )
  return [
    `T${index}`,
    of(['acute', 'community', 'Mental Health'], index),
    hasTeam ? 'yes' : 'No',
    ...gated,
    of(['Always', 'sometimes', 'never', 'not held'], index),
    of(['north', 'South', 'east', 'west'], index >> 2),
    of(['web', 'web; app', 'app; device'], index),
    String(index % 400),
    `20${String(10 + (index % 11))}-0${String(1 + (index % 9))}-1${String(index % 9)}`,
    `"C#, Python 3.${index}; SQL Server"`,
    index % 10 === 0 ? `"A comment with ""quotes"", number ${index}\nand a second line"` : `Comment number ${index} of this round`,
  ].join(',')
}

/** The table in pieces of some thousand rows, as bytes, without holding it. */
export function* piecesOf(rows: number): Generator<Uint8Array> {
  const encoder = new TextEncoder()
  yield encoder.encode(`${headers.join(',')}\r\n`)
  for (let from = 0; from < rows; from += 500) {
    const lines: string[] = []
    for (let index = from; index < Math.min(rows, from + 500); index += 1) lines.push(row(index))
    yield encoder.encode(`${lines.join('\r\n')}\r\n`)
  }
}
