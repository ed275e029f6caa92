import { requireCount } from '../argument-checks.ts'
import { StatsError } from '../errors.ts'

/** Throws unless each group has as many successes as can be among its trials. */
export function requireSuccesses(successes: readonly number[], trials: readonly number[]): void {
  successes.forEach((x, i) => {
    requireCount(`successes[${i}]`, x)
    requireCount(`trials[${i}]`, trials[i] as number)
    if (x > (trials[i] as number)) throw new StatsError('mismatch', `${x} successes in ${trials[i]} trials`)
  })
}
