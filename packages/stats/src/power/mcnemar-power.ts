import { binomialProbability, binomialUpperTail } from '../distributions/binomial.ts'
import { normalCdf, normalUpperQuantile } from '../distributions/normal.ts'
import { requireCount, requireOneOf, requireProbability } from '../argument-checks.ts'
import { StatsError } from '../errors.ts'
import {
  levelOf,
  levelPerSide,
  type Power,
  type PowerAlternative,
  powerOf,
  type PowerOptions,
  type SampleSize,
  type SampleSizeOptions,
  sampleSizeOf,
  sizeOf,
  targetOf,
} from './power-analysis.ts'

/** Options of {@link mcnemarPower}. */
export interface McnemarPowerOptions extends PowerOptions {
  /**
   * Sides of the test; one-sided looks for `p12` above `p21` or the reverse, whichever is the larger.
   *
   * @defaultValue 'two-sided'
   */
  readonly alternative?: PowerAlternative
  /**
   * The normal approximation, or the enumeration of every number of discordant pairs for the exact or the mid-P test.
   *
   * @defaultValue 'asymptotic'
   */
  readonly test?: 'asymptotic' | 'exact' | 'mid-p'
}

/** Options of {@link mcnemarSampleSize}. */
export interface McnemarSampleSizeOptions extends SampleSizeOptions {
  /**
   * Sides of the test.
   *
   * @defaultValue 'two-sided'
   */
  readonly alternative?: PowerAlternative
}

/**
 * Power of McNemar's test for paired proportions.
 *
 * Asymptotic: Φ((|p₁₂ − p₂₁| √n − z √(p₁₂ + p₂₁)) / √(p₁₂ + p₂₁ − (p₁₂ − p₂₁)²)). Exact and mid-P: the sum over every number of
 * discordant pairs and every way they can split.
 *
 * @remarks
 * R: `MESS::power_mcnemar_test(n, paid = p12, psi = p21 / p12)$power` for the asymptotic one. No SciPy counterpart.
 *
 * @param p12 - probability of a pair with success first and failure second, 0 to 1
 * @param p21 - probability of the reverse, 0 to 1
 * @param pairs - number of pairs; a whole number for the enumerations
 * @param options - level, sides, test
 * @throws A {@link StatsError} with code `out-of-range` if a number is outside its range, `mismatch` if p12 + p21 exceeds 1
 * @see R. J. Connor, *Sample size for testing differences in proportions for the paired-sample design*, Biometrics 43, 1987
 *
 * @example
 * ```ts @import.meta.vitest
 * expect(mcnemarPower(0.2, 0.1, 200).power).toBeCloseTo(0.7365217, 7)
 * ```
 */
export function mcnemarPower(p12: number, p21: number, pairs: number, options: McnemarPowerOptions = {}): Power<'mcnemar-power'> {
  const { discordant, distance } = discordantOf(p12, p21)
  const level = levelOf(options)
  const test = options.test ?? 'asymptotic'
  requireOneOf('test', test, 'asymptotic', 'exact', 'mid-p')
  const oneSided = options.alternative === 'one-sided'
  const tail = levelPerSide(level, options.alternative)
  if (test !== 'asymptotic') {
    requireCount('pairs', pairs)
    return powerOf('mcnemar-power', enumerated(Math.max(p12, p21), discordant, pairs, tail, oneSided, test), level)
  }
  sizeOf('pairs', pairs)
  const z = normalUpperQuantile(tail)
  const sd = Math.sqrt(discordant - distance * distance)
  const excess = distance * Math.sqrt(pairs) - z * Math.sqrt(discordant)
  return powerOf('mcnemar-power', sd === 0 ? (excess > 0 ? 1 : 0) : normalCdf(excess / sd), level)
}

/**
 * Number of pairs with which McNemar's test reaches a power, by the normal approximation.
 *
 * @remarks
 * R: `MESS::power_mcnemar_test(paid = p12, psi = p21 / p12, power = )$n`. No SciPy counterpart.
 *
 * @param p12 - probability of a pair with success first and failure second, 0 to 1
 * @param p21 - probability of the reverse, 0 to 1, not equal to `p12`
 * @param options - level, power, sides
 * @throws A {@link StatsError} with code `out-of-range` if a number is outside its range or the two are equal, `mismatch` if they exceed 1
 * @see R. J. Connor, Biometrics 43, 1987
 *
 * @example
 * ```ts @import.meta.vitest
 * const { wholeSampleSize } = mcnemarSampleSize(0.2, 0.1, { power: 0.8 })
 *
 * expect(mcnemarPower(0.2, 0.1, wholeSampleSize).power).toBeGreaterThan(0.8)
 * ```
 */
export function mcnemarSampleSize(p12: number, p21: number, options: McnemarSampleSizeOptions = {}): SampleSize<'mcnemar-power'> {
  const { discordant, distance } = discordantOf(p12, p21)
  const level = levelOf(options)
  const z = normalUpperQuantile(levelPerSide(level, options.alternative))
  const spread = z * Math.sqrt(discordant) + normalUpperQuantile(1 - targetOf(options)) * Math.sqrt(discordant - distance * distance)
  return sampleSizeOf('mcnemar-power', distance === 0 ? Infinity : (spread / distance) ** 2, options)
}

function discordantOf(p12: number, p21: number): { readonly discordant: number; readonly distance: number } {
  requireProbability('p12', p12)
  requireProbability('p21', p21)
  if (p12 + p21 > 1) throw new StatsError('mismatch', `p12 and p21 add up to ${p12 + p21}, above 1`)
  return { discordant: p12 + p21, distance: Math.abs(p12 - p21) }
}

// Given m discordant pairs the favoured kind is binomial; the test rejects from the first count on whose tail is small enough.
function enumerated(favoured: number, discordant: number, pairs: number, tail: number, oneSided: boolean, test: 'exact' | 'mid-p'): number {
  if (discordant === 0) return 0
  const share = favoured / discordant
  let power = 0
  let cut = 0
  for (let m = 1; m <= pairs; m++) {
    const weight = binomialProbability(m, pairs, discordant)
    if (weight < 1e-18) {
      if (m > pairs * discordant) break
      continue
    }
    // The cut never moves down as m grows.
    while (cut <= m && tailAt(cut, m, test) > tail * (1 + 1e-10)) cut++
    const rejected = cut > m ? 0 : binomialUpperTail(cut, m, share) + (oneSided ? 0 : binomialUpperTail(cut, m, 1 - share))
    power += weight * Math.min(1, rejected)
  }
  return power
}

function tailAt(cut: number, m: number, test: 'exact' | 'mid-p'): number {
  return binomialUpperTail(cut, m, 0.5) - (test === 'mid-p' ? 0.5 * binomialProbability(cut, m, 0.5) : 0)
}
