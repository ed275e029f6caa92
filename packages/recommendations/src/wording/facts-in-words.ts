import { type ComparisonFact, type ComparisonThresholds, type GroupComparison, judgeComparison, judgeFamily } from '../facts/comparison.ts'
import { type BlockedFact, type Fact, type MissingFact, type ShareFact, type Subject } from '../facts/fact.ts'
import { type Source } from '../facts/source.ts'
import { type IndicatorTrace } from '../logic/trace.ts'
import { type Indicator } from '../model/indicator.ts'
import {
  countInWords,
  intervalInWords,
  limitInWords,
  percent,
  points,
  pointsIntervalInWords,
  pValueInWords,
  shareInWords,
} from './numbers.ts'

/** How a subject is spoken of. */
function subjectInWords(kind: Subject['kind']): string {
  return kind === 'trust' ? 'this trust' : kind === 'group' ? 'this group' : 'the round'
}

/** What facts are put in words with. */
export interface WordingContext {
  /** The indicators of the model, by id. */
  readonly indicators: ReadonlyMap<string, Indicator>
  /** Kind of the subject that is spoken of. */
  readonly kind: Subject['kind']
  /** The thresholds by which comparisons are judged. */
  readonly thresholds: ComparisonThresholds
}

/**
 * The fact of an indicator as a clause without a full stop, or `null` where there is nothing to say:
 * `25 of 161 trusts with a team (…) always use open source`.
 */
export function factInWords(id: string, fact: Fact, context: WordingContext): string | null {
  const indicator = context.indicators.get(id)
  if (indicator === undefined) return null
  const subject = subjectInWords(context.kind)
  switch (fact.kind) {
    case 'answer': {
      const says =
        indicator.kind === 'answer' && Object.hasOwn(indicator.says, fact.value) ? indicator.says[fact.value] : `answered “${fact.value}”`
      return `${subject} ${says}`
    }
    case 'number':
      return `${subject} has ${fact.value} ${indicator.kind === 'number' ? indicator.unit : indicator.name}`
    case 'share':
      return shareClause(indicator, fact)
    case 'comparison':
      return comparisonClause(indicator, fact, context)
    case 'blocked':
      return blockedClause(indicator, fact)
    case 'missing':
      return missingClause(indicator, fact)
  }
}

function shareClause(indicator: Indicator, fact: ShareFact): string {
  const [members, does] = indicator.kind === 'share' ? [indicator.members, indicator.do] : ['', indicator.name]
  return `${countInWords(fact)} ${members} (${shareInWords(fact)}) ${does}`
}

function comparisonClause(indicator: Indicator, fact: ComparisonFact, context: WordingContext): string {
  const [first, second] = fact.groups
  const verdict = judgeFamily(fact, context.thresholds)
  if (verdict === 'unknown') return `not all counts of both groups are known (“${indicator.name}”)`
  if (verdict === 'no-evidence') {
    const least = limitInWords(context.thresholds.minimumDifference, 'points')
    return `there is no evidence of a difference of at least ${least} points between ${first} and ${second}`
  }
  const gaps = fact.family
    .filter((comparison) => judgeComparison(comparison, context.thresholds) === 'difference')
    .map((comparison) => groupComparisonInWords(comparison, context))
  return `${first} and ${second} differ on ${gaps.join(', ')}`
}

/** One share compared between two groups: `“Build for others” by 30.0 points (adjusted P 0.001, 95% interval 17.0 to 42.0)`. */
export function groupComparisonInWords(
  { indicator, difference, interval, adjustedPValue }: GroupComparison,
  { indicators }: WordingContext,
): string {
  const limits = interval === null ? '' : `, ${pointsIntervalInWords(interval)}`
  const name = indicators.get(indicator)?.name ?? indicator
  return `“${name}” by ${points(difference ?? 0)} points (adjusted P ${pValueInWords(adjustedPValue ?? 1)}${limits})`
}

function blockedClause(indicator: Indicator, { percentage, printedBase, candidates }: BlockedFact): string {
  const fitting = candidates.map(({ base }) => base).sort((a, b) => a - b)
  const all = fitting.length > 1 ? `${fitting.slice(0, -1).join(', ')} or ${fitting[fitting.length - 1] as number}` : String(fitting[0])
  const fits = fitting.length === 0 ? 'no base that is known' : `a base of ${all}`
  const base = printedBase === null ? 'has no base' : `does not fit its base of ${printedBase}`
  return `the printed ${percentage}% (“${indicator.name}”) ${base}, and fits ${fits}`
}

function missingClause(indicator: Indicator, { reason }: MissingFact): string {
  const why = {
    'not-asked': 'was not asked',
    'not-answered': 'was not answered',
    refused: 'was refused',
    'not-held': 'is not held',
    exempt: 'was withheld under a section of the law',
    unreadable: 'came back in a form that cannot be read',
    'not-supplied': 'is not known',
  }[reason]
  return `“${indicator.name}” ${why}`
}

/** Why a condition on one indicator is not decided, as a clause. */
export function openQuestionInWords({ indicator: id, fact, test }: IndicatorTrace, context: WordingContext): string | null {
  const indicator = context.indicators.get(id)
  if (indicator !== undefined && fact.kind === 'share' && test.kind !== 'is-one-of') {
    return `${percent(fact.estimate ?? 0)} (“${indicator.name}”) may lie on either side of ${limitInWords(test.limit, 'share')}: ${intervalInWords(fact.interval)}`
  }
  if (indicator !== undefined && fact.kind === 'answer')
    return `the answer “${fact.value}” to “${indicator.name}” is not one that the model knows`
  return factInWords(id, fact, context)
}

/** A source for people: `published abstract, 12 Aug 2025 (V2)`. */
export function sourceInWords({ label, version, location, provenance }: Source): string {
  const made = provenance === 'synthetic' ? 'SYNTHETIC, made up: ' : ''
  return `${made}${label}${version === undefined ? '' : ` (${version})`}${location === undefined ? '' : `, ${location}`}`
}
