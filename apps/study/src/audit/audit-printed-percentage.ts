import {
  auditPercentage,
  basesThatFit,
  countsThatFit,
  type NamedBase,
  percentageAlternatives,
  type PercentageAlternative,
  percentageFits,
  type Rounding,
} from '@open-digital-capability/stats'
import { type AuditedFigure, headOf, notChecked, type Suggestion, type TriedAssumption } from './audited-figure.ts'
import { anyOf, numberText, runText } from './number-text.ts'
import { type PrintedPercentageItem } from './printed-figure-item.ts'

const roundings = ['half-up', 'half-even', 'truncation'] as const satisfies readonly Rounding[]

/** How a rounding is called in a report. */
const roundingNames: Readonly<Record<(typeof roundings)[number], string>> = {
  'half-up': 'rounded, half up',
  'half-even': 'rounded, half to even',
  truncation: 'cut off',
}

/** How all percentages of a paper were shortened, as far as they tell. */
export type PaperRounding = 'rounded' | 'truncation'

/**
 * How a paper shortens its percentages: cut off where that gives at least three and all that can be checked, and rounding does
 * not; rounded otherwise.
 */
export function roundingOfPaper(items: readonly PrintedPercentageItem[]): PaperRounding {
  const checkable = items.flatMap(({ obstacle, percentage, count, base }) =>
    obstacle !== null || count === null || base === null || count > base ? [] : [{ percentage, count, base }],
  )
  const given = (rounding: Rounding): number =>
    checkable.filter(({ percentage, count, base }) => percentageFits(count, base, percentage, { rounding })).length
  return checkable.length >= 3 && given('truncation') === checkable.length && given('half-either') < checkable.length
    ? 'truncation'
    : 'rounded'
}

/** Audits one printed percentage. */
export function auditPrintedPercentage(
  item: PrintedPercentageItem,
  context: { readonly bases: readonly NamedBase[]; readonly rounding: PaperRounding; readonly maximumBase: number },
): AuditedFigure {
  const { count, base, percentage } = item
  const sign = percentage.endsWith('%') ? percentage : `${percentage}%`
  const printed =
    item.obstacle !== null && percentage === ''
      ? ''
      : `${count === null ? '' : `${count}${base === null ? ' = ' : ` of ${base} = `}`}${sign}${count === null && base !== null ? ` of ${base}` : ''}`
  const answer = (
    verdict: AuditedFigure['verdict'],
    finding: string,
    tried: readonly TriedAssumption[],
    suggestions: readonly Suggestion[] = [],
  ): AuditedFigure => ({
    ...headOf(item),
    printed,
    verdict,
    finding,
    tried,
    suggestions,
  })
  if (item.obstacle !== null) return notChecked(item, printed, item.obstacle)
  const wanted = context.rounding === 'truncation' ? (['truncation'] as const) : (['half-up', 'half-even'] as const)
  const suggest = (): Suggestion[] =>
    percentageAlternatives({ percentage, ...(count === null ? {} : { count }), ...(base === null ? {} : { base }) }, context).map(
      (alternative) => suggestionOf(alternative, item),
    )

  if (base === 0) return notChecked(item, printed, 'the base is 0')
  if (count !== null && base !== null) {
    if (count > base) return answer('inconsistent', `the count ${count} is larger than its base ${base}`, [], suggest())
    const share = (100 * count) / base
    const tried = roundings.map((rounding): TriedAssumption => ({
      assumption: roundingNames[rounding],
      of: 'percentage',
      value: share,
      fit: percentageFits(count, base, percentage, { rounding }) ? (rounding === 'truncation' ? 'cut-off' : 'rounded') : 'none',
    }))
    const fits = wanted.some((rounding) => percentageFits(count, base, percentage, { rounding }))
    const recomputed = `${count} of ${base} is ${numberText(share, 3)}%`
    return fits
      ? answer('consistent', `${recomputed}${context.rounding === 'truncation' ? ', cut off as all percentages here are' : ''}`, tried)
      : answer('inconsistent', `${recomputed}, which is not printed as ${sign}`, tried, suggest())
  }
  if (base !== null) {
    const counts = [...new Set(wanted.flatMap((rounding) => countsThatFit(percentage, base, { rounding })))].sort((a, b) => a - b)
    const tried = roundings.flatMap((rounding): TriedAssumption[] =>
      countsThatFit(percentage, base, { rounding }).map((fitting) => ({
        assumption: `${roundingNames[rounding]}: ${fitting} of ${base}`,
        of: 'percentage',
        value: (100 * fitting) / base,
        fit: rounding === 'truncation' ? 'cut-off' : 'rounded',
      })),
    )
    return counts.length > 0
      ? answer(
          'consistent',
          `${anyOf(counts.length > 4 ? [`${counts[0]} to ${counts.at(-1)}`] : counts)} of ${base} ${counts.length === 1 ? 'is' : 'are'} printed so`,
          tried,
        )
      : answer('inconsistent', `no count of ${base} is printed as ${sign} (${nearestCounts(percentage, base)})`, tried, suggest())
  }
  if (context.bases.length > 0) {
    const { verdict, fittingBases } = auditPercentage({ percentage, ...(count === null ? {} : { count }) }, context.bases)
    const fits = fittingBases.map(({ id, base: named, counts }) => `${count === null ? `${anyOf(counts)} of ` : ''}${named} (${id})`)
    if (verdict === 'inconsistent')
      return answer(
        'inconsistent',
        `fits none of the bases that the paper names (${context.bases.map((named) => named.base).join(', ')})`,
        [],
        suggest(),
      )
    return answer(fittingBases.length === 1 ? 'consistent' : 'base-not-determined', `no base is printed with it; fits ${anyOf(fits)}`, [])
  }
  if (count === null) return notChecked(item, printed, 'neither count nor base is printed')
  const bases = basesThatFit(count, percentage, { maximum: context.maximumBase })
  if (bases === null) return answer('inconsistent', `${count} is not ${sign} of any base up to ${context.maximumBase}`, [])
  return answer(
    bases.first === bases.last ? 'consistent' : 'base-not-determined',
    `the base is not printed; ${runText(bases)} would give it`,
    [{ assumption: roundingNames['half-up'], of: 'base', value: bases.first, to: bases.last, fit: 'rounded' }],
  )
}

/** The percentages of the two counts on either side of the printed one. */
function nearestCounts(percentage: string, base: number): string {
  const count = Math.floor((Number.parseFloat(percentage.replace(/[^\d.]/g, '')) / 100) * base)
  const near = [count, count + 1].filter((candidate) => candidate >= 0 && candidate <= base)
  return near.map((candidate) => `${candidate} is ${numberText((100 * candidate) / base, 2)}%`).join(', ')
}

function suggestionOf(alternative: PercentageAlternative, { count, base, percentage }: PrintedPercentageItem): Suggestion {
  const { kind } = alternative
  switch (alternative.kind) {
    case 'base':
      return { kind, text: `${count} of another base: ${runText(alternative.bases)}` }
    case 'smaller-base':
      return {
        kind,
        text: `a smaller base, if fewer answered: ${alternative.bases.map(({ base: other, counts }) => `${anyOf(counts)} of ${other}`).join(', ')}`,
      }
    case 'count':
      return {
        kind,
        text: `another count of ${base}: ${alternative.counts.length > 4 ? `${alternative.counts[0]} to ${alternative.counts.at(-1)}` : anyOf(alternative.counts)}`,
      }
    case 'complement':
      return { kind, text: `${percentage}% of the others: ${(base ?? 0) - (count ?? 0)} of ${base}` }
    case 'truncation':
      return {
        kind,
        text: `digits cut off and not rounded: ${anyOf(alternative.counts)} of ${base} is ${numberText((100 * (alternative.counts[0] ?? 0)) / (base ?? 1), 3)}%`,
      }
    case 'slip':
      return {
        kind: alternative.slip,
        text: `${alternative.slip === 'decimal-point' ? 'a slipped decimal point' : 'two digits swapped'}: the ${alternative.of} would be ${alternative.printed}`,
      }
  }
}
