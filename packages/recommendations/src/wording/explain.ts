import { RecommendationsError } from '../errors.ts'
import { type Evaluation, type Recommendation } from '../evaluate/recommendation.ts'
import { type Fact } from '../facts/fact.ts'
import { judgeComparison } from '../facts/comparison.ts'
import { corroborating } from '../evidence/grade.ts'
import { resolveThresholds } from '../logic/resolved-thresholds.ts'
import { indicatorTraces, type IndicatorTrace, type TraceNode } from '../logic/trace.ts'
import { type Model } from '../model/model.ts'
import { type Rule } from '../model/rule.ts'
import { type Sentence } from '../model/sentence.ts'
import { factInWords, groupComparisonInWords, openQuestionInWords, sourceInWords, type WordingContext } from './facts-in-words.ts'
import { limitInWords } from './numbers.ts'

/** A recommendation in plain words. */
export interface Explanation {
  /** Id of the rule. */
  readonly rule: string
  /** Name of the rule. */
  readonly title: string
  /** The recommendation with its numbers, in one sentence. */
  readonly sentence: Sentence
  /** The recommendation in full, sentence by sentence, each with whose words it is. */
  readonly paragraph: readonly Sentence[]
  /** The conditions that decided it, a line each: the value, the outcome and the source. */
  readonly trace: readonly string[]
  /** Where the numbers come from, each source once. */
  readonly sources: readonly string[]
}

/**
 * A recommendation in plain words: one sentence with its numbers, a paragraph, and the trace.
 *
 * @param model - the model it was made with
 * @param evaluation - the evaluation it stands in
 * @param recommendation - the recommendation
 * @throws A {@link RecommendationsError} with code `unknown-rule` if the model has no such rule
 *
 * @example
 * ```ts @import.meta.vitest
 * const { evaluate } = await import('../evaluate/evaluate.ts')
 * const { studyModel } = await import('../model/study-model.ts')
 * const source = { provenance: 'records', label: 'a round' } as const
 * const evaluation = evaluate(studyModel, { id: 'R0A', kind: 'trust', facts: { hasTeam: { kind: 'answer', value: 'no', source } } })
 * const partner = evaluation.recommendations.find(({ rule }) => rule === 'trust-find-partner')
 *
 * expect(explain(studyModel, evaluation, partner!).sentence.text).toBe(
 *   'Look for a partner among trusts that build for others before you hire or buy: this trust has no team.',
 * )
 * ```
 */
export function explain(model: Model, evaluation: Evaluation, recommendation: Recommendation): Explanation {
  const rule = model.rules.find(({ id }) => id === recommendation.rule)
  if (!rule) throw new RecommendationsError('unknown-rule', `the model ${model.id} has no rule "${recommendation.rule}"`)
  const context: Context = {
    model,
    rule,
    kind: evaluation.kind,
    indicators: new Map(model.indicators.map((indicator) => [indicator.id, indicator])),
    thresholds: resolveThresholds(model, evaluation.changedThresholds).comparison,
  }
  const deciding = [recommendation.scope, recommendation.when]
    .filter((trace): trace is TraceNode => trace?.decisive === true)
    .flatMap(indicatorTraces)
    .filter(({ decisive }) => decisive)
  const shown = [...deciding.map(({ fact }) => fact), ...recommendation.evidence.map(({ fact }) => fact)]
  return {
    rule: rule.id,
    title: rule.title,
    sentence: ours(headline(recommendation, deciding, context)),
    paragraph: paragraph(recommendation, deciding, shown, context),
    trace: [recommendation.scope, recommendation.when]
      .flatMap((trace) => (trace === null ? [] : indicatorTraces(trace)))
      .map((part) => traceLine(part, context)),
    sources: [...new Set(shown.flatMap((fact) => (fact.kind === 'missing' ? [] : [sourceInWords(fact.source)])))],
  }
}

interface Context extends WordingContext {
  readonly model: Model
  readonly rule: Rule
}

function ours(text: string): Sentence {
  return { text, whose: 'ours' }
}

/** The recommendation in one sentence. */
function headline(recommendation: Recommendation, deciding: readonly IndicatorTrace[], context: Context): string {
  const { rule } = context
  const clause = (id: string, fact: Fact): string | null => factInWords(id, fact, context)
  switch (recommendation.status) {
    case 'applies':
    case 'already-met': {
      // What the gap rests on tells more than whom the rule concerns, and the shares more than a trust’s own answer.
      const own = [...indicatorTraces(recommendation.when)]
        .filter(({ decisive }) => decisive)
        .map(({ indicator, fact }) => clause(indicator, fact))
      const share =
        context.kind === 'trust'
          ? recommendation.evidence.slice(0, 1).flatMap(({ indicator, fact }) => (fact.kind === 'share' ? [clause(indicator, fact)] : []))
          : []
      const said = [...new Set([...own, ...share])].filter((text) => text !== null)
      return `${withoutStop(recommendation.status === 'applies' ? rule.action.text : rule.met.text)}: ${said.join('; ')}.`
    }
    case 'not-applicable':
      return `“${rule.title}” does not apply: ${joined(deciding.map(({ indicator, fact }) => clause(indicator, fact)))}.`
    case 'unknown': {
      const open = deciding.map((part) => openQuestionInWords(part, context))
      return `“${rule.title}” ${recommendation.blocked ? 'must wait' : 'cannot be decided'}: ${joined(open)}.`
    }
  }
}

function paragraph(
  recommendation: Recommendation,
  deciding: readonly IndicatorTrace[],
  shown: readonly Fact[],
  context: Context,
): readonly Sentence[] {
  const { model, rule } = context
  const sentences: Sentence[] = [ours(headline(recommendation, deciding, context))]
  if (recommendation.status === 'applies') sentences.push(...rule.rationale)

  const first = sentences[0] as Sentence
  for (const { indicator, fact } of recommendation.evidence) {
    const clause = factInWords(indicator, fact, context)
    if (clause !== null && (fact.kind === 'share' || fact.kind === 'blocked') && !first.text.includes(clause))
      sentences.push(ours(`${capital(clause)}.`))
  }
  for (const fact of new Set(shown)) {
    if (fact.kind === 'share' && fact.baseCheck.verdict === 'resolved') {
      const { chosenBy, chosenOn, reason, base } = fact.baseCheck.choice
      sentences.push(ours(`The base of ${base} was picked by ${chosenBy} on ${chosenOn}: ${withoutStop(reason)}.`))
    }
    if (fact.kind === 'share' && fact.unanswered > 0 && fact.countAtMost === fact.count) {
      sentences.push(ours(`${fact.unanswered} more were asked and gave no answer.`))
    }
    if (fact.kind === 'share' || fact.kind === 'comparison')
      for (const source of corroborating(fact))
        sentences.push(ours(`A source that does not depend on it agrees: ${sourceInWords(source)}.`))
  }
  sentences.push(...limits(deciding, context))

  const grade = model.grades.find(({ id }) => id === recommendation.grade)
  if (recommendation.status !== 'unknown') {
    sentences.push(
      ours(`The evidence is ${recommendation.grade} (${grade?.name ?? ''}), and certainty is ${recommendation.certainty.level}.`),
    )
    sentences.push(...recommendation.certainty.reasons.map(ours))
  }
  if (recommendation.status === 'applies') {
    sentences.push(ours(`Effort is ${rule.effort.band}.`), rule.effort.reason, ours(`Impact is ${rule.impact.band}.`), rule.impact.reason)
    sentences.push(...rule.cautions, ours('This advice would change with:'), ...rule.wouldChange)
  }
  if (recommendation.askNext) sentences.push(ours(askNextInWords(recommendation, context)))
  const theme = model.themes.find(({ id }) => id === rule.theme)
  sentences.push(
    ours(
      theme?.whose === 'authors'
        ? 'The theme is named by the authors; rule, limit and action are ours.'
        : 'Theme, rule, limit and action are ours.',
    ),
  )
  return sentences
}

/** The limits that what decided was held against, each with its reason, and what a comparison found beside its headline. */
function limits(deciding: readonly IndicatorTrace[], context: Context): readonly Sentence[] {
  const sentences: Sentence[] = []
  for (const { test, fact } of deciding) {
    if (test.kind !== 'is-one-of') {
      const threshold = context.model.thresholds.find(({ id }) => id === test.threshold)
      const unit = fact.kind === 'share' ? 'share' : 'number'
      const isOwn = threshold === undefined || threshold.value === test.limit
      const instead = isOwn ? '' : `, where the model has ${limitInWords(threshold.value, unit)}`
      sentences.push(ours(`The limit is ${limitInWords(test.limit, unit)}${instead}.`))
      // The reason given is one for the model’s own value.
      if (threshold !== undefined && isOwn) sentences.push(threshold.reason)
    } else if (fact.kind === 'comparison') {
      const { minimumDifference, adjustedP } = context.thresholds
      const least = limitInWords(minimumDifference, 'points')
      sentences.push(
        ours(`Named in advance: ${withoutStop(fact.cohort)}.`),
        ours(`P is by ${tests[fact.test]}, adjusted over ${fact.family.length} (${fact.adjustment}).`),
        ours(`A difference counts from ${least} points, where adjusted P is below ${adjustedP}.`),
      )
      const verdicts = fact.family.map((comparison) => judgeComparison(comparison, context.thresholds))
      const others = fact.family.filter(({ difference }, index) => verdicts[index] === 'no-evidence' && difference !== null)
      if (others.length > 0) {
        const seen = others.map((comparison) => groupComparisonInWords(comparison, context)).join('; ')
        sentences.push(ours(`Seen, but not counted: ${seen}.`), ours('This does not rule a difference out.'))
      }
    }
  }
  return sentences.filter(({ text }, index) => sentences.findIndex((other) => other.text === text) === index)
}

const tests = { 'fisher-exact': 'Fisher’s exact test', 'pearson-chi-squared': 'the chi-square test' } as const

function askNextInWords({ askNext }: Recommendation, { indicators }: Context): string {
  const asks = (askNext?.decisive ?? []).map(({ indicator, need }) => {
    const name = `“${indicators.get(indicator)?.name ?? indicator}”`
    switch (need) {
      case 'answer':
        return `the answer to ${name}`
      case 'choice-of-base':
        return `a choice of the base for ${name}`
      case 'narrower-interval':
        return `more answers to ${name}`
      case 'complete-cells':
        return `all counts for ${name}`
    }
  })
  return `To decide it, get ${joined(asks)}.`
}

/** One condition on one line: `openSource is sometimes or never: sometimes → true (records of the round)`. */
function traceLine({ indicator, test, fact, result, decisive }: IndicatorTrace, context: Context): string {
  const asked =
    test.kind === 'is-one-of'
      ? `is ${test.values.join(' or ')}`
      : `is ${{ below: 'below', atMost: 'at most', atLeast: 'at least', above: 'above' }[test.kind]} ${test.limit}${test.threshold === null ? '' : ` (${test.threshold})`}${test.using === 'estimate' ? ', by its estimate' : ''}`
  const value = factInWords(indicator, fact, context) ?? 'not known'
  const source = fact.kind === 'missing' ? '' : ` [${sourceInWords(fact.source)}]`
  return `${indicator} ${asked}: ${result}${decisive ? '' : ' (not decisive)'}; ${value}${source}`
}

function joined(parts: readonly (string | null)[]): string {
  const words = [...new Set(parts)].filter((part) => part !== null)
  if (words.length < 2) return words.join('')
  return `${words.slice(0, -1).join(', ')} and ${words[words.length - 1] as string}`
}

function withoutStop(text: string): string {
  return text.replace(/\.$/, '')
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
