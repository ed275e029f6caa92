import { type AskNext } from '../evaluate/ask-next.ts'
import { priorityOrder } from '../evaluate/priority.ts'
import { type Evaluation, type Recommendation } from '../evaluate/recommendation.ts'
import { type Model } from '../model/model.ts'
import { type Rule } from '../model/rule.ts'
import { explain, type Explanation } from '../wording/explain.ts'

/** A recommendation with its words and the rule behind it, ready to be shown. */
export interface ReportedRecommendation extends Recommendation {
  /** The recommendation in plain words. */
  readonly explanation: Explanation
  /** The rule: action, references, effort and impact with their reasons. */
  readonly details: Rule
}

/** The advice for one subject. */
export interface ReportedEvaluation extends Omit<Evaluation, 'recommendations'> {
  /** The recommendations by priority. */
  readonly recommendations: readonly ReportedRecommendation[]
  /** What to ask next: indicators by how many recommendations they would help to decide, most first. */
  readonly askNext: readonly AskNextLine[]
}

/** One thing to ask, and what for. */
export interface AskNextLine {
  /** Id of the indicator. */
  readonly indicator: string
  /** What is needed of it. */
  readonly need: AskNext['decisive'][number]['need']
  /** Ids of the question that asks it, or `null`. */
  readonly question: string | null
  /** The rules that it would help to decide. */
  readonly rules: readonly string[]
}

/** Advice for many subjects, with what is needed to read it. */
export interface Report {
  /** Tells the kinds of document apart. */
  readonly kind: 'recommendations'
  /** Id of the model. */
  readonly model: string
  /** Version of the model. */
  readonly modelVersion: string
  /** What the model is and what it is not. */
  readonly about: string
  /** By what recommendations are put in order. */
  readonly order: string
  /** Whether any value comes from made-up records. */
  readonly synthetic: boolean
  /** The advice, one entry a subject. */
  readonly evaluations: readonly ReportedEvaluation[]
}

/**
 * Evaluations with their words, as one document that survives JSON.
 *
 * @param model - the model they were made with
 * @param evaluations - the evaluations
 * @throws A {@link RecommendationsError} with code `unknown-rule` if they were made with another model
 *
 * @example
 * ```ts @import.meta.vitest
 * const { evaluate } = await import('../evaluate/evaluate.ts')
 * const { studyModel } = await import('../model/study-model.ts')
 * const document = report(studyModel, [evaluate(studyModel, { id: 'R0A', kind: 'trust', facts: {} })])
 *
 * expect(JSON.parse(JSON.stringify(document))).toEqual(document)
 * expect(document.evaluations[0]?.askNext[0]).toMatchObject({ indicator: 'hasTeam', need: 'answer' })
 * ```
 */
export function report(model: Model, evaluations: Iterable<Evaluation>): Report {
  const reported = [...evaluations].map((evaluation): ReportedEvaluation => {
    const recommendations = evaluation.recommendations.map((recommendation) => ({
      ...recommendation,
      explanation: explain(model, evaluation, recommendation),
      details: model.rules.find(({ id }) => id === recommendation.rule) as Rule,
    }))
    return { ...evaluation, recommendations, askNext: askNextLines(evaluation, model) }
  })
  return {
    kind: 'recommendations',
    model: model.id,
    modelVersion: model.version,
    about: model.about.text,
    order: priorityOrder,
    synthetic: JSON.stringify(reported).includes('"provenance":"synthetic"'),
    evaluations: reported,
  }
}

function askNextLines({ recommendations }: Evaluation, model: Model): readonly AskNextLine[] {
  const order = new Map(model.indicators.map(({ id }, index) => [id, index]))
  const lines = new Map<string, { indicator: string; need: AskNextLine['need']; question: string | null; rules: string[] }>()
  for (const { rule, askNext } of recommendations) {
    for (const { indicator, need, question } of askNext?.decisive ?? []) {
      const line = lines.get(indicator)
      if (line) line.rules.push(rule)
      else lines.set(indicator, { indicator, need, question, rules: [rule] })
    }
  }
  return [...lines.values()].sort(
    (a, b) => b.rules.length - a.rules.length || (order.get(a.indicator) ?? 0) - (order.get(b.indicator) ?? 0),
  )
}
