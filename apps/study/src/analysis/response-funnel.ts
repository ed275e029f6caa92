import { type FoiResponse } from '@open-digital-capability/schema'
import { type StudyConfig } from '../config.ts'

/** Nested counts of a round: approached, responded, and who was asked and answered the questions that others hang on. */
export function responseFunnel(records: readonly FoiResponse[], config: StudyConfig): { id: string; label: string; count: number }[] {
  const responded = records.filter(({ status }) => status === 'answered' || status === 'answered-in-part')
  const gates = config.questions.questions.flatMap(({ id, kind, wording }) =>
    kind === 'yes-no' && config.questions.questions.some(({ askedIf }) => JSON.stringify(askedIf ?? null).includes(`"${id}"`))
      ? [{ id, wording }]
      : [],
  )
  const steps = [
    { id: 'approached', label: 'Approached', count: config.approached ?? records.length },
    { id: 'responded', label: 'Responded', count: responded.length },
  ]
  let left = responded
  for (const { id, wording } of gates) {
    left = left.filter(({ answers }) => {
      const answer = answers[id]
      return answer?.kind === 'answered' && answer.value === 'yes'
    })
    steps.push({ id, label: `Yes: ${wording}`, count: left.length })
  }
  return steps
}
