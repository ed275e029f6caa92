import { auditInterval, parsePrintedNumber, type TriedInterval } from '@open-digital-capability/stats'
import { type AuditedFigure, headOf, notChecked, type TriedAssumption } from './audited-figure.ts'
import { anyOf, numberText } from './number-text.ts'
import { type PrintedIntervalItem } from './printed-figure-item.ts'

/** Audits a proportion with the limits of its interval. */
export function auditPrintedInterval(item: PrintedIntervalItem, { maximumBase }: { readonly maximumBase: number }): AuditedFigure {
  const { estimate, lower, upper, count, base, level, unit } = item
  const short = (text: string): string => (text.length > 8 ? `${text.slice(0, 7)}…` : text)
  const printed = lower === '' ? '' : `${estimate === null ? '' : `${short(estimate)} `}(${short(lower)} to ${short(upper)})`
  if (item.obstacle !== null) return notChecked(item, printed, item.obstacle)
  const scale = unit === 'percentage' ? 100 : 1
  if (parsePrintedNumber(lower).value > parsePrintedNumber(upper).value)
    return {
      ...headOf(item),
      printed,
      verdict: 'inconsistent',
      finding: 'the lower limit is above the upper one',
      tried: [],
      suggestions: [],
    }
  const { verdict, tried } = auditInterval(
    { lower, upper, ...(estimate === null ? {} : { estimate }), ...(count === null ? {} : { count }), ...(base === null ? {} : { base }) },
    { unit, level, maximumBase },
  )
  const fits = tried.filter(({ lowerFit, upperFit }) => lowerFit === 'rounded' && upperFit === 'rounded')
  const assumptions = tried.flatMap(({ method, count: x, base: n, lower: from, upper: to, lowerFit, upperFit }): TriedAssumption[] => [
    { assumption: `${method}, ${x} of ${n}`, of: 'lower limit', value: scale * from, fit: lowerFit },
    { assumption: `${method}, ${x} of ${n}`, of: 'upper limit', value: scale * to, fit: upperFit },
  ])
  const answer = (found: AuditedFigure['verdict'], finding: string): AuditedFigure => ({
    ...headOf(item),
    printed,
    verdict: found,
    finding,
    tried: assumptions,
    suggestions: [],
  })
  const methods = (found: readonly TriedInterval[]): string => anyOf([...new Set(found.map(({ method }) => method))])
  switch (verdict) {
    case 'consistent':
      return answer(
        'consistent',
        `${base === null ? `${fits[0]?.count} of ${fits[0]?.base}, found from the limits, by ` : 'by '}${methods(fits)}`,
      )
    case 'base-not-determined': {
      const bases = fits.map((found) => found.base)
      return answer(
        'base-not-determined',
        fits.length === 0
          ? 'too many bases would do to try them all'
          : `the base is not printed; ${Math.min(...bases)} to ${Math.max(...bases)} hold those that would do, by ${methods(fits)}`,
      )
    }
    case 'limits-differ': {
      const [wilson] = tried
      return answer(
        'inconsistent',
        `no method gives both limits; Wilson's are ${numberText(scale * (wilson?.lower ?? 0), 3)} to ${numberText(scale * (wilson?.upper ?? 0), 3)}`,
      )
    }
    case 'estimate-differs':
      return answer(
        'inconsistent',
        count === null
          ? `no count of ${base} is printed as ${estimate}`
          : `${count} of ${base} is ${numberText((scale * count) / (base ?? 1), 4)}, not ${estimate}`,
      )
    case 'no-base-found':
      return answer('inconsistent', `no base gives these limits by Wilson's, Wald's or Agresti and Coull's method`)
    case 'cannot-be-checked':
      return notChecked(item, printed, 'neither the base nor the proportion is printed')
  }
}
