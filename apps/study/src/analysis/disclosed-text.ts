import { type FoiResponse, type Questionnaire } from '@open-digital-capability/schema'
import { describeText, type TextDescription } from '@open-digital-capability/taxonomy'

/** What an organisation's texts about its technologies disclose; `null` where it gave none. */
export function classifiedText(questionnaire: Questionnaire): (record: FoiResponse) => TextDescription | null {
  const ids = questionnaire.questions.filter(({ kind }) => kind === 'technologies').map(({ id }) => id)
  return ({ answers }) => {
    const texts = ids.flatMap((id) => {
      const answer = answers[id]
      return answer?.kind === 'answered' ? [String(answer.value)] : []
    })
    return texts.length === 0 ? null : describeText(texts.join('\n'))
  }
}
