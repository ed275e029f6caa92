/** How numbers read on a page. Percent exists only here: everywhere else a proportion runs from 0 to 1. */

/** `0.84524` → `84.5`: a percentage without its sign. */
export function percent(proportion: number, decimals = 1): string {
  return (100 * proportion).toFixed(decimals)
}

/** `95%`, `99.9%`: a confidence level, without needless decimals. */
export function levelText(level: number): string {
  return `${Number((100 * level).toFixed(6))}%`
}

/** `79.2 to 88.7%`: limits of a proportion. */
export function percentRange(lower: number, upper: number, decimals = 1): string {
  return `${percent(lower, decimals)} to ${percent(upper, decimals)}%`
}

/** `.014`, `<.001`: a P value in the style of the journal. */
export function pValueText(pValue: number | null): string {
  if (pValue === null) return '–'
  if (pValue < 0.001) return '<.001'
  if (pValue > 0.999) return '>.99'
  return pValue.toFixed(3).replace(/^0/, '')
}

/** A number with a fixed count of decimals; a dash where there is none. */
export function decimal(value: number | null, decimals = 2): string {
  return value === null ? '–' : value.toFixed(decimals)
}

/** What stands where a small number is hidden: the sign of the Government Analysis Function for confidential. */
const hidden = '[c]'

/** A count, or the sign of a hidden one. */
export function countText(count: number | null): string {
  return count === null ? hidden : String(count)
}

/** `2.43 (1.25 to 4.80)`: a ratio with its interval; a dash where it has no value. */
export function ratioText(estimate: number | null, { lower, upper }: { readonly lower: number; readonly upper: number | null }): string {
  return estimate === null
    ? `– (${decimal(lower)} to ${upper === null ? 'no bound' : decimal(upper)})`
    : `${decimal(estimate)} (${decimal(lower)} to ${upper === null ? 'no bound' : decimal(upper)})`
}

/** `12.1 (−3.0 to 27.4)`: a difference of proportions in percentage points with its interval. */
export function pointsText(estimate: number | null, { lower, upper }: { readonly lower: number; readonly upper: number | null }): string {
  return estimate === null ? '–' : `${signed(estimate)} (${signed(lower)} to ${signed(upper ?? 1)})`
}

const signed = (proportion: number): string => percent(proportion).replace('-', '−')

/** A label within a sentence: its first letter small, unless it begins with an abbreviation. */
export function inSentence(label: string): string {
  return /^[A-Z][a-z]/.test(label) ? label.charAt(0).toLowerCase() + label.slice(1) : label
}

/** A question with the answer that is counted, which goes without saying where it is yes. */
export function answerLabel(label: string, level: string): string {
  if (level === 'yes') return label
  return label.endsWith('?') ? `${label} ${level}` : `${label}: ${level}`
}
