import { type FunnelStep, type LeftOut } from './funnel.ts'
import { type SmallNumberGuard } from './small-numbers.ts'
import { type StudyConfig } from '../config.ts'
import { type CodedRound } from './coded-round.ts'

/** Nested counts of a round: approached, responded, and who was asked and answered the questions that others hang on. */
export function responseFunnel(
  round: CodedRound,
  { questions: { questions }, approached }: StudyConfig,
  guard: SmallNumberGuard,
): Pick<FunnelStep, 'id' | 'label' | 'count' | 'leftOut'>[] {
  const { size, responded, refused, variables } = round
  const asked = approached ?? size
  const answered = sum(responded)
  const refusals = sum(refused)
  const gates = questions.flatMap(({ id, kind }) =>
    kind === 'yes-no' && questions.some(({ askedIf }) => JSON.stringify(askedIf ?? null).includes(`"${id}"`))
      ? variables.filter((variable) => variable.id === id)
      : [],
  )
  const silent = [
    { reason: 'no reply', count: size - answered - refusals },
    { reason: 'refused', count: refusals },
    { reason: 'not in the file', count: Math.max(0, asked - size) },
  ]
  const steps: RoundStep[] = [
    { id: 'approached', label: 'Approached', count: asked, leftOut: [] },
    { id: 'responded', label: 'Responded', count: answered, leftOut: silent.filter(({ count }) => count > 0) },
  ]
  let left = responded
  for (const { id, label, levels, codes } of gates) {
    const those = (level: number): Int32Array => left.map((isIn, i) => (isIn === 1 && codes[i] === level ? 1 : 0))
    const before = sum(left)
    const no = sum(those(levels.indexOf('no')))
    left = those(levels.indexOf('yes'))
    const gone = [
      { reason: 'no', count: no },
      { reason: 'no usable answer', count: before - no - sum(left) },
    ]
    steps.push({ id, label: `Yes: ${label}`, count: sum(left), leftOut: gone.filter(({ count }) => count > 0) })
  }
  // Beside hidden counts those left out would give them away.
  return steps.map((step) => ({ ...step, count: guard.count(step.count), leftOut: guard.isOn ? null : step.leftOut }))
}

const sum = (ones: Int32Array): number => ones.reduce((all, one) => all + one, 0)

interface RoundStep {
  readonly id: string
  readonly label: string
  readonly count: number
  readonly leftOut: readonly LeftOut[]
}
