import { auditSum, sumAlternatives } from '@open-digital-capability/stats'
import { type AuditedFigure, headOf, notChecked } from './audited-figure.ts'
import { numberText } from './number-text.ts'
import { type PrintedSumItem } from './printed-figure-item.ts'

/** Audits parts that should add up. */
export function auditPrintedSum(item: PrintedSumItem): AuditedFigure {
  const { parts, total, unit } = item
  const printed = parts.length === 0 ? '' : `${parts.length > 6 ? `${parts.slice(0, 5).join(' + ')} + …` : parts.join(' + ')} = ${total}`
  if (item.obstacle !== null) return notChecked(item, printed, item.obstacle)
  const { sum, difference, verdict } = auditSum(parts, total, { kind: unit })
  const tried = [
    {
      assumption: unit === 'counts' ? 'exact sum' : 'sum of rounded percentages',
      of: 'sum',
      value: sum,
      fit: verdict === 'differs' ? 'none' : 'rounded',
    } as const,
  ]
  if (verdict !== 'differs') {
    const finding =
      verdict === 'exact'
        ? `the parts add up to ${numberText(sum)}`
        : `the parts add up to ${numberText(sum)}, within what their rounding allows`
    return { ...headOf(item), printed, verdict: 'consistent', finding, tried, suggestions: [] }
  }
  const suggestions = sumAlternatives(parts, total, { kind: unit }).map((alternative) => {
    switch (alternative.kind) {
      case 'total':
        return { kind: 'total', text: `a total of ${numberText(alternative.total)}` }
      case 'part':
        return { kind: 'part', text: `${numberText(alternative.part)} in place of ${parts[alternative.index]}` }
      case 'slip': {
        const text = `${alternative.slip === 'decimal-point' ? 'a slipped decimal point' : 'two digits swapped'}: ${alternative.printed} in place of ${alternative.index === null ? total : parts[alternative.index]}`
        return { kind: alternative.slip, text }
      }
    }
  })
  const finding = `the parts add up to ${numberText(sum)}, ${numberText(Math.abs(difference))} ${difference < 0 ? 'less' : 'more'} than the total of ${total}`
  return { ...headOf(item), printed, verdict: 'inconsistent', finding, tried, suggestions }
}
