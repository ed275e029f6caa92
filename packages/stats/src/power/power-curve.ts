/** One point of a {@link powerCurve}. */
export interface PowerPoint {
  /** What was varied: a sample size, an effect, a level. */
  readonly at: number
  /** Power there, 0 to 1. */
  readonly power: number
}

/**
 * A power curve as data: the power at each of the values given, ready to plot or to tabulate.
 *
 * @remarks
 * No counterpart in R or SciPy but a loop over the values, as R's `sapply` is; statsmodels' `plot_power` draws what this returns.
 *
 * @param values - sample sizes, effects, or whatever is varied
 * @param power - any power function of this package, closed over what is kept fixed
 *
 * @example
 * ```ts @import.meta.vitest
 * const { chiSquaredPower } = await import('./chi-squared-power.ts')
 * const curve = powerCurve([50, 100, 200], (n) => chiSquaredPower(0.3, n))
 *
 * expect(curve[1]?.power).toBeCloseTo(0.8508, 4)
 * ```
 */
export function powerCurve(values: readonly number[], power: (value: number) => { readonly power: number }): readonly PowerPoint[] {
  return values.map((at) => ({ at, power: power(at).power }))
}
