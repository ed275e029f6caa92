/** Limits estimate · exp(∓ half); no upper one where it is beyond the largest number. */
export function logLimits(estimate: number, half: number): readonly [lower: number, upper: number | null] {
  const upper = estimate * Math.exp(half)
  return [estimate * Math.exp(-half), upper < Infinity ? upper : null]
}

/** Limits of a ratio from its lower limit and that of its inverse; no upper one where the inverse may be 0. */
export function ratioLimits(lower: number, inverse: number): readonly [lower: number, upper: number | null] {
  return [lower, inverse > 0 ? 1 / inverse : null]
}
