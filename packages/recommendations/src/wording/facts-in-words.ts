import { type ComparisonFact, type ComparisonThresholds, judgeComparison } from '../facts/comparison.ts'
import { type BlockedFact, type Fact, type MissingFact, type ShareFact, type Subject } from '../facts/fact.ts'
import { type Source } from '../facts/source.ts'
import { type IndicatorTrace } from '../logic/trace.ts'
import { type Indicator } from '../model/indicator.ts'
import { countInWords, intervalInWords, limitInWords, percent, points, pValueInWords, shareInWords } from './numbers.ts'

/** How a subject is spoken of. */
function subjectInWords(kind: Subject['kind']): string {
  return kind === 'trust' ? 'this trust' : kind === 'group' ? 'this group' : 'the round'
}

/** A fact as a clause without a full stop, or `null` where there is nothing to say: `25 of 161 trusts with a team (…) always use open source`. */
export function factInWords(
  indicator: Indicator | undefined,
  fact: Fact,
  kind: Subject['kind'],
  thresholds: ComparisonThresholds,
): string | null {
  if (indicator === undefined) return null
  switch (fact.kind) {
    case 'answer': {
      const says =
        indicator.kind === 'answer' && Object.hasOwn(indicator.says, fact.value) ? indicator.says[fact.value] : `answered “${fact.value}”`
      return `${subjectInWords(kind)} ${says}`
    }
    case 'number':
      return `${subjectInWords(kind)} has ${fact.value} ${indicator.kind === 'number' ? indicator.unit : indicator.name}`
    case 'share':
      return shareClause(indicator, fact)
    case 'comparison':
      return comparisonClause(indicator, fact, thresholds)
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

function comparisonClause(indicator: Indicator, fact: ComparisonFact, thresholds: ComparisonThresholds): string {
  const [first, second] = fact.groups
  const differing = fact.family.filter((comparison) => judgeComparison(comparison, thresholds) === 'difference')
  const least = limitInWords(thresholds.minimumDifference, 'share').replace('%', '')
  if (differing.length === 0) {
    return fact.family.some((comparison) => judgeComparison(comparison, thresholds) === 'unknown')
      ? `not all counts of both groups are known (“${indicator.name}”)`
      : `there is no evidence of a gap of at least ${least} points between ${first} and ${second}`
  }
  const gaps = differing.map(({ indicator: id, difference, interval, adjustedPValue }) => {
    const limits =
      interval === null
        ? ''
        : `, ${intervalInWords(interval)
            .replaceAll('%', '')
            .replace(/^(\S+)/, '$1%')}`
    return `${id} by ${points(difference ?? 0)} points (adjusted P ${pValueInWords(adjustedPValue ?? 1)}${limits})`
  })
  return `${first} and ${second} differ on ${gaps.join(', ')}`
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
export function openQuestionInWords(
  indicator: Indicator | undefined,
  { fact, test }: IndicatorTrace,
  kind: Subject['kind'],
  thresholds: ComparisonThresholds,
): string | null {
  if (indicator !== undefined && fact.kind === 'share' && test.kind !== 'is-one-of') {
    return `${percent(fact.estimate ?? 0)} (“${indicator.name}”) may lie on either side of ${limitInWords(test.limit, 'share')}: ${intervalInWords(fact.interval)}`
  }
  if (indicator !== undefined && fact.kind === 'answer')
    return `the answer “${fact.value}” to “${indicator.name}” is not one that the model knows`
  return factInWords(indicator, fact, kind, thresholds)
}

/** A source for people: `published abstract, 12 Aug 2025 (V2)`. */
export function sourceInWords({ label, version, location, provenance }: Source): string {
  const made = provenance === 'synthetic' ? 'SYNTHETIC, made up: ' : ''
  return `${made}${label}${version === undefined ? '' : ` (${version})`}${location === undefined ? '' : `, ${location}`}`
}
