import { type StudyConfig } from '../config.ts'
import { type CodedRound } from './coded-round.ts'

/** Nested counts of a round: approached, responded, and who was asked and answered the questions that others hang on. */
export function responseFunnel(round: CodedRound, { questions: { questions }, approached }: StudyConfig): RoundStep[] {
  const { size, responded, variables } = round
  const gates = questions.flatMap(({ id, kind }) =>
    kind === 'yes-no' && questions.some(({ askedIf }) => JSON.stringify(askedIf ?? null).includes(`"${id}"`))
      ? variables.filter((variable) => variable.id === id)
      : [],
  )
  const steps = [
    { id: 'approached', label: 'Approached', count: approached ?? size },
    { id: 'responded', label: 'Responded', count: responded.reduce((sum, one) => sum + one, 0) },
  ]
  let left = responded
  for (const { id, label, levels, codes } of gates) {
    const yes = levels.indexOf('yes')
    left = left.map((isIn, i) => (isIn === 1 && codes[i] === yes ? 1 : 0))
    steps.push({ id, label: `Yes: ${label}`, count: left.reduce((sum, one) => sum + one, 0) })
  }
  return steps
}

interface RoundStep {
  readonly id: string
  readonly label: string
  readonly count: number
}
