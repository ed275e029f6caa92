/**
 * Solves ln tail(x) = goal for x > 0, by Halley's method in ln x.
 *
 * Where the density of ln X is log-concave, as for gamma and beta variables, so is either tail, and from any start the iteration
 * comes back to the root. Steps are multiplicative, so a root of 1e-300 is as exact as one of 1.
 *
 * @param goal - logarithm of the smaller tail
 * @param start - first guess, above 0
 * @param upper - whether the tail falls with x
 * @param logTail - logarithm of the tail at x
 * @param logDensity - logarithm of the density of ln X at x, that is of x f(x)
 * @param slope - derivative of `logDensity` by ln x
 */
export function tailQuantile(
  goal: number,
  start: number,
  upper: boolean,
  logTail: (x: number) => number,
  logDensity: (x: number) => number,
  slope: (x: number) => number,
): number {
  let x = start
  let previous = Infinity
  for (let i = 0; i < 200; i++) {
    const tail = logTail(x)
    const hazard = Math.exp(logDensity(x) - tail)
    const newton = (upper ? 1 : -1) * ((tail - goal) / hazard)
    // Halley's correction, held within a factor of two of Newton's step.
    const bend = 0.5 * newton * (upper ? slope(x) + hazard : slope(x) - hazard)
    let step = newton / Math.min(2, Math.max(0.5, 1 + bend))
    if (!(Math.abs(step) < 3)) step = step < 0 ? -3 : 3
    x *= Math.exp(step)
    const size = Math.abs(step)
    // Third-order convergence: once a step is below 1e-6 the next would be below rounding.
    if (size < 1e-6 || (size < 1e-3 && size >= previous)) break
    previous = size
  }
  return x
}
