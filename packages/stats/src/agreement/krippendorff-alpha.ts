import { requireOneOf } from '../argument-checks.ts'
import { StatsError } from '../errors.ts'
import { type NotTestable, notTestable } from '../not-testable.ts'

/** Options of {@link krippendorffAlpha}. */
export interface KrippendorffAlphaOptions {
  /**
   * What differences between values mean: `'nominal'` all count alike; `'ordinal'` by how many values lie between; `'interval'` squared; `'ratio'`
   * squared relative to their sum.
   * @defaultValue `'nominal'`
   */
  readonly scale?: 'nominal' | 'ordinal' | 'interval' | 'ratio'
  /**
   * The order of the values, lowest first, for `'ordinal'` labels.
   * @defaultValue numbers ascending
   */
  readonly order?: readonly (string | number)[]
}

/** Result of {@link krippendorffAlpha}. */
export interface KrippendorffAlpha {
  /** Which coefficient. */
  readonly method: 'krippendorff-alpha'
  /** Alpha, at most 1; 0 for agreement as by chance. */
  readonly estimate: number
  /** Observed disagreement, the mean difference of two values given to the same unit. */
  readonly observedDisagreement: number
  /** Disagreement by chance, the mean difference of any two values. */
  readonly expectedDisagreement: number
  /** Units with two values or more. */
  readonly units: number
  /** Values of those units; the others say nothing. */
  readonly pairableValues: number
}

/**
 * Krippendorff's alpha: agreement beyond chance of any number of raters, on any scale, with missing values.
 *
 * α = 1 − Dₒ / Dₑ.
 *
 * @remarks
 * R: `irr::kripp.alpha(ratings, method = 'nominal')`, with raters in rows. Python: `krippendorff.alpha(...)`. No SciPy counterpart.
 *
 * @param values - one row a unit, one column a rater; `null` where a value is missing
 * @param options - scale and order
 * @throws A {@link StatsError} with code `too-small` without units, `ragged` if rows differ in length, `mismatch` if a value does not suit the scale or is not in `order`,
 * `out-of-range` for numbers that are not finite, or negative on a ratio scale
 *
 * @see Krippendorff K, *Content Analysis*, 4th ed., chapter 12
 *
 * @example
 * ```ts @import.meta.vitest
 * // Krippendorff's own example: four observers, twelve units.
 * const values = [
 *   [1, 1, null, 1], [2, 2, 3, 2], [3, 3, 3, 3], [3, 3, 3, 3], [2, 2, 2, 2], [1, 2, 3, 4],
 *   [4, 4, 4, 4], [1, 1, 2, 1], [2, 2, 2, 2], [null, 5, 5, 5], [null, null, 1, 1], [null, null, 3, null],
 * ]
 *
 * expect(krippendorffAlpha(values).estimate).toBeCloseTo(0.743, 3)
 * expect(krippendorffAlpha(values, { scale: 'interval' }).estimate).toBeCloseTo(0.849, 3)
 * ```
 */
export function krippendorffAlpha(
  values: readonly (readonly (string | number | null)[])[],
  options: KrippendorffAlphaOptions = {},
): KrippendorffAlpha | NotTestable {
  const { scale = 'nominal', order } = options
  requireOneOf('scale', scale, 'nominal', 'ordinal', 'interval', 'ratio')
  const width = values[0]?.length
  if (width === undefined) throw new StatsError('too-small', 'there is no unit')
  for (const [i, row] of values.entries()) {
    if (row.length !== width) throw new StatsError('ragged', `unit ${i} has ${row.length} values, expected ${width}`)
  }
  const pairable = values.map((row) => row.filter((value) => value !== null)).filter((row) => row.length > 1)
  if (pairable.length === 0) return notTestable('krippendorff-alpha', 'no-observations', 'no unit has two values')

  const levels = order ?? [...new Set(pairable.flat())].sort(ascending)
  checkLevels(levels, scale, order !== undefined)
  const positions = new Map(levels.map((level, position) => [level, position]))
  const totals = new Array<number>(levels.length).fill(0)
  const coded = pairable.map((row) =>
    row.map((value) => {
      const position = positions.get(value)
      if (position === undefined) throw new StatsError('mismatch', `the value ${JSON.stringify(value)} is not in the order given`)
      totals[position] = (totals[position] as number) + 1
      return position
    }),
  )
  const difference = differences(scale, levels, totals)

  let number = 0
  let observed = 0
  for (const row of coded) {
    let sum = 0
    for (const [r, position] of row.entries()) for (let s = 0; s < r; s++) sum += 2 * difference(position, row[s] as number)
    number += row.length
    observed += sum / (row.length - 1)
  }
  let expected = 0
  for (const [c, count] of totals.entries()) for (let k = 0; k < c; k++) expected += 2 * count * (totals[k] as number) * difference(c, k)
  if (expected === 0) return notTestable('krippendorff-alpha', 'no-variation', 'all values are alike, so chance agrees completely')
  const observedDisagreement = observed / number
  const expectedDisagreement = expected / number / (number - 1)
  return {
    method: 'krippendorff-alpha',
    estimate: (expectedDisagreement - observedDisagreement) / expectedDisagreement,
    observedDisagreement,
    expectedDisagreement,
    units: pairable.length,
    pairableValues: number,
  }
}

/** Numbers by size; labels, where the order is without meaning, as they come. */
function ascending(a: string | number, b: string | number): number {
  return typeof a === 'number' && typeof b === 'number' ? a - b : 0
}

function checkLevels(levels: readonly (string | number)[], scale: string, ordered: boolean): void {
  if (scale === 'nominal' || (scale === 'ordinal' && ordered)) return
  for (const level of levels) {
    if (typeof level !== 'number') {
      const remedy = scale === 'ordinal' ? 'numbers or an order' : 'numbers'
      throw new StatsError('mismatch', `the value ${JSON.stringify(level)} is on a scale that needs ${remedy}`)
    }
    if (!Number.isFinite(level) || (scale === 'ratio' && level < 0))
      throw new StatsError('out-of-range', `the value ${level} is not on the scale`)
  }
}

/** Squared difference of two values, given by their positions. */
function differences(
  scale: NonNullable<KrippendorffAlphaOptions['scale']>,
  levels: readonly (string | number)[],
  totals: readonly number[],
): (c: number, k: number) => number {
  switch (scale) {
    case 'nominal':
      return (c, k) => (c === k ? 0 : 1)
    case 'ordinal': {
      // Half of a value's own frequency added to all below: the difference of two of these is the sum between them, half of either end.
      let below = 0
      const ranks = totals.map((total) => {
        const rank = below + total / 2
        below += total
        return rank
      })
      return (c, k) => ((ranks[c] as number) - (ranks[k] as number)) ** 2
    }
    case 'interval':
      return (c, k) => ((levels[c] as number) - (levels[k] as number)) ** 2
    case 'ratio':
      return (c, k) => {
        const sum = (levels[c] as number) + (levels[k] as number)
        return sum === 0 ? 0 : (((levels[c] as number) - (levels[k] as number)) / sum) ** 2
      }
  }
}
