/** How numbers read on a page. Percent exists only here: everywhere else a proportion runs from 0 to 1. */

/** `0.84524` → `84.5`: a percentage without its sign. */
export function percent(proportion: number, decimals = 1): string {
  return (100 * proportion).toFixed(decimals)
}

/** `79.2 to 88.7 %`: limits of a proportion. */
export function percentRange(lower: number, upper: number, decimals = 1): string {
  return `${percent(lower, decimals)} to ${percent(upper, decimals)}\u00a0%`
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
