/** Limits estimate · exp(∓ half); no upper one where it is beyond the largest number. */
export function logLimits(estimate: number, half: number): readonly [lower: number, upper: number | null] {
  const upper = estimate * Math.exp(half)
  return [estimate * Math.exp(-half), upper < Infinity ? upper : null]
}
