import { type Fact } from '../facts/fact.ts'
import { type Source } from '../facts/source.ts'
import { type Condition, comparisonOf, indicatorConditions } from '../model/condition.ts'
import { comparisonValues, type Indicator } from '../model/indicator.ts'
import { type ResolvedThresholds } from './resolved-thresholds.ts'

const supposed: Source = { provenance: 'stated', label: 'supposed' }

/**
 * Facts that stand for every value an indicator can have, as far as conditions can tell values apart: each value of an answer; of a
 * number or share the limits it is compared with, a number between each two neighbours, and one beyond either end. Trying them all
 * is trying everything.
 *
 * @param indicator - the indicator
 * @param conditions - the conditions whose limits cut its range
 * @param thresholds - the thresholds in force
 */
export function valuesToTry(indicator: Indicator, conditions: readonly Condition[], thresholds: ResolvedThresholds): readonly Fact[] {
  switch (indicator.kind) {
    case 'answer':
      return indicator.values.map((value) => ({ kind: 'answer', value, source: supposed }))
    case 'comparison':
      return comparisonValues.map((value) => supposedComparison(indicator.over[0] ?? '', value === 'difference', thresholds))
    case 'number':
      return numbersToTry(limitsOf(indicator.id, conditions, thresholds), indicator).map((value) => ({
        kind: 'number',
        value,
        source: supposed,
      }))
    case 'share':
      return numbersToTry(limitsOf(indicator.id, conditions, thresholds), { minimum: 0, maximum: 1 }).map(supposedShare)
  }
}

/** The limits with which conditions compare an indicator, rising, each once. */
export function limitsOf(indicator: string, conditions: readonly Condition[], thresholds: ResolvedThresholds): readonly number[] {
  const limits = conditions
    .flatMap(indicatorConditions)
    .filter((condition) => condition.indicator === indicator)
    .flatMap((condition) => {
      const limit = comparisonOf(condition)?.limit
      return limit === undefined ? [] : [typeof limit === 'number' ? limit : thresholds.valueOf(limit.threshold)]
    })
  return [...new Set(limits)].sort((a, b) => a - b)
}

/** Numbers on, between and beyond limits, within a range: every position that a number can take. */
export function numbersToTry(
  limits: readonly number[],
  range: { readonly minimum?: number; readonly maximum?: number; readonly integer?: boolean },
): readonly number[] {
  const minimum = range.minimum ?? -Infinity
  const maximum = range.maximum ?? Infinity
  const inside = limits.filter((limit) => limit >= minimum && limit <= maximum)
  const ends = [
    Number.isFinite(minimum) ? minimum : (inside[0] ?? 0) - 1,
    ...inside,
    Number.isFinite(maximum) ? maximum : (inside[inside.length - 1] ?? 0) + 1,
  ]
  const numbers: number[] = []
  for (const [index, end] of ends.entries()) {
    numbers.push(end)
    const next = ends[index + 1]
    if (next !== undefined && next > end) numbers.push(end + (next - end) / 2)
  }
  const allowed = range.integer === true ? numbers.flatMap((number) => [Math.floor(number), Math.ceil(number)]) : numbers
  return [...new Set(allowed)].filter((number) => number >= minimum && number <= maximum).sort((a, b) => a - b)
}

/** A share known exactly: its interval is a point. */
export function supposedShare(estimate: number): Fact {
  return {
    kind: 'share',
    count: estimate,
    countAtMost: estimate,
    base: 1,
    estimate,
    interval: { lower: estimate, upper: estimate, level: 1 },
    method: 'wilson',
    baseCheck: { verdict: 'passed' },
    strength: 'assertion',
    unanswered: 0,
    corroboratedBy: [],
    source: supposed,
  }
}

function supposedComparison(indicator: string, differs: boolean, thresholds: ResolvedThresholds): Fact {
  const difference = differs ? Math.max(thresholds.comparison.minimumDifference, Number.EPSILON) : 0
  return {
    kind: 'comparison',
    cohort: 'supposed',
    groups: ['first', 'second'],
    test: 'fisher-exact',
    adjustment: 'none',
    family: [
      {
        indicator,
        counts: [
          [1, 0],
          [0, 1],
        ],
        unanswered: [0, 0],
        difference,
        interval: null,
        pValue: differs ? 0 : 1,
        adjustedPValue: differs ? 0 : 1,
      },
    ],
    corroboratedBy: [],
    source: supposed,
  }
}
