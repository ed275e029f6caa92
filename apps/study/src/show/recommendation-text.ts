import { type CohortRecommendations, type ExplainedRecommendation } from '../analysis/cohort-recommendations.ts'
import { wrap } from './terminal-table.ts'

/** The recommendations: those that apply in full, the others by name and reason. */
export function recommendationLines({ model, asOf, recommendations }: CohortRecommendations, width: number): string[] {
  const withStatus = (status: string): ExplainedRecommendation[] =>
    recommendations.filter(({ recommendation }) => recommendation.status === status)
  const note =
    `Ours, by the rules of the model ${model.id} ${model.version}${asOf === null ? '' : ` as of ${asOf}`}; not the five recommendations of the article, ` +
    'whose text was not available. Themes and barriers are named by the authors, conditions and actions by us.'
  return [
    ...paragraph(note, width),
    ...withStatus('applies').flatMap((explained) => ['', ...inFull(explained, width)]),
    ...inShort('Not decided by the printed figures', withStatus('unknown'), width),
    ...inShort('Already met', withStatus('already-met'), width),
  ]
}

function inFull({ recommendation, explanation }: ExplainedRecommendation, width: number): string[] {
  const { grade, certainty } = recommendation
  return [
    ...paragraph(`■ ${explanation.sentence.text}`, width),
    ...paragraph(
      `evidence ${grade}, certainty ${certainty.level}${certainty.reasons.length === 0 ? '' : `: ${certainty.reasons.join('; ')}`}`,
      width,
      4,
    ),
    ...explanation.trace.flatMap((line) => paragraph(`· ${line}`, width, 4)),
  ]
}

function inShort(title: string, explained: readonly ExplainedRecommendation[], width: number): string[] {
  if (explained.length === 0) return []
  return ['', `  ${title}`, '', ...explained.flatMap(({ explanation }) => paragraph(`□ ${explanation.sentence.text}`, width))]
}

function paragraph(text: string, width: number, indent = 2): string[] {
  return wrap(text, width - indent - 2).map((line, index) => `${' '.repeat(indent + (index === 0 || !/^[■□·]/.test(text) ? 0 : 2))}${line}`)
}
