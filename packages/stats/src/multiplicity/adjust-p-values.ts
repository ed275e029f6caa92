import { requirePValue } from '../argument-checks.ts'
import { StatsError } from '../errors.ts'
import { hommel } from './hommel.ts'
import { stepDown, stepUp } from './step-wise.ts'
import { twoStage } from './two-stage.ts'

/** Ways to adjust P values, under R's own strings where R has them. */
export type PValueAdjustment =
  /** Step-down Bonferroni: family-wise error, any dependence. */
  | 'holm'
  /** Step-up: family-wise error, independence or positive dependence. */
  | 'hochberg'
  /** Closed testing of Simes's test: family-wise error, independence or positive dependence; never weaker than Hochberg. */
  | 'hommel'
  /** Each P times their number: family-wise error, any dependence. */
  | 'bonferroni'
  /** Benjamini and Hochberg 1995: false discovery rate, independence or positive dependence. */
  | 'BH'
  /** Benjamini and Yekutieli 2001: false discovery rate, any dependence. */
  | 'BY'
  /** The same as `BH`. */
  | 'fdr'
  /** No adjustment. */
  | 'none'
  /** 1 − (1 − P)^m: family-wise error, independence. */
  | 'sidak'
  /** Step-down Šidák: family-wise error, independence. */
  | 'holm-sidak'
  /** Benjamini, Krieger and Yekutieli 2006, two stages: false discovery rate, independence; gains where many hypotheses are false. */
  | 'BKY'

/** Options of {@link adjustPValues}. */
export interface AdjustPValuesOptions {
  /**
   * How many tests there were, where not all P values are at hand (R: `n`); those not given are taken to be larger.
   *
   * @defaultValue the number of P values that are not `null`
   */
  readonly tests?: number
}

/**
 * Adjusts P values for their number.
 *
 * An adjusted P value is the smallest level of the whole procedure at which its hypothesis is rejected. A `null` (a question
 * that could not be tested) stays `null` and does not count. Adjusted values are at most 1, never below the P value they adjust
 * (except under `BKY`), and rank as the P values do.
 *
 * `hommel` takes O(m log m) steps where R takes O(m²); `BKY` needs no level, because its adjusted P value is solved for.
 *
 * @remarks
 * R: `p.adjust(p, method)`, whose default is `holm` as here. SciPy: `false_discovery_control(p, method='bh')`. statsmodels:
 * `multipletests(p, method='fdr_tsbky', alpha)` rejects what `BKY` puts at or below `alpha`, but its "corrected" values
 * depend on `alpha`.
 *
 * @param pValues - P values from 0 to 1; `null`, or `NaN` in a `Float64Array`, where there is none
 * @param method - the adjustment, by default `holm`
 * @param options - the number of tests
 * @returns adjusted P values in the order given, in the kind of array given
 * @throws A {@link StatsError} with code `out-of-range` if a P value is not between 0 and 1 or the method is unknown,
 * `mismatch` if `tests` is less than the number of P values
 *
 * @see Y. Benjamini and Y. Hochberg, J. R. Statist. Soc. B 57, 1995; Y. Benjamini, A. M. Krieger and D. Yekutieli, Biometrika 93,
 * 2006; R. Meijer, T. Krebs and J. Goeman, *Hommel's procedure in linear time*, Biometrical Journal 61, 2019
 *
 * @example
 * ```ts @import.meta.vitest
 * expect(adjustPValues([0.01, 0.04, null, 0.03], 'holm')).toEqual([0.03, 0.06, null, 0.06])
 * ```
 */
export function adjustPValues(pValues: Float64Array, method?: PValueAdjustment, options?: AdjustPValuesOptions): Float64Array
export function adjustPValues(pValues: readonly number[], method?: PValueAdjustment, options?: AdjustPValuesOptions): number[]
export function adjustPValues(
  pValues: readonly (number | null)[],
  method?: PValueAdjustment,
  options?: AdjustPValuesOptions,
): (number | null)[]
export function adjustPValues(
  pValues: Float64Array | readonly (number | null)[],
  method: PValueAdjustment = 'holm',
  options: AdjustPValuesOptions = {},
): Float64Array | (number | null)[] {
  const inTypedArray = pValues instanceof Float64Array
  const length = pValues.length
  let count = 0
  for (let k = 0; k < length; k++) {
    const p = pValues[k] as number | null
    if (p === null || (inTypedArray && p !== p)) continue
    requirePValue(k, p)
    count++
  }
  const tests = options.tests ?? count
  if (!Number.isSafeInteger(tests) || tests < count) {
    throw new StatsError('mismatch', `${String(tests)} tests cannot have given ${count} P values`)
  }
  if (inTypedArray && count === length) return adjust(pValues, method, tests)
  const given = new Float64Array(count)
  for (let k = 0, next = 0; k < length; k++) {
    const p = pValues[k] as number | null
    if (p !== null && p === p) given[next++] = p
  }
  const adjusted = adjust(given, method, tests)
  const out: Float64Array | (number | null)[] = inTypedArray
    ? new Float64Array(length).fill(NaN)
    : new Array<number | null>(length).fill(null)
  for (let k = 0, next = 0; k < length; k++) {
    const p = pValues[k] as number | null
    if (p !== null && p === p) out[k] = adjusted[next++] as number
  }
  return out
}

function adjust(p: Float64Array, method: PValueAdjustment, tests: number): Float64Array {
  switch (method) {
    case 'none':
      return p.slice()
    case 'bonferroni':
      return p.map((value) => Math.min(1, tests * value))
    case 'sidak':
      return p.map((value) => sidak(value, tests))
    case 'holm':
      return stepDown(p, (value, rank) => (tests - rank) * value)
    case 'holm-sidak':
      return stepDown(p, (value, rank) => sidak(value, tests - rank))
    case 'hochberg':
      return stepUp(p, (value, rank) => (tests - rank) * value)
    case 'BH':
    case 'fdr':
      return stepUp(p, (value, rank) => (tests / (rank + 1)) * value)
    case 'BY': {
      let harmonic = 0
      for (let i = tests; i >= 1; i--) harmonic += 1 / i
      return stepUp(p, (value, rank) => ((harmonic * tests) / (rank + 1)) * value)
    }
    case 'hommel':
      return hommel(p, tests)
    case 'BKY':
      return twoStage(p, tests)
    default:
      throw new StatsError('out-of-range', `${String(method)} is not a way to adjust P values`)
  }
}

/** 1 − (1 − p)^m without cancellation. */
const sidak = (p: number, tests: number): number => -Math.expm1(tests * Math.log1p(-p))
