/**
 * Solves g(x) = target for the functions of score limits: increasing, behaving like a power of x (between x and x²) at
 * both ends, so almost a straight line between logarithms, where Newton's method settles on the last bit in a few steps.
 *
 * @param newtonStep - at x, the logarithmic distance to the root along the tangent: ln(g / target) · g / (x·g′)
 * @param lower - a point not above the root, greater than 0
 * @param upper - a point not below the root
 * @param start - a guess
 */
export function scoreRoot(newtonStep: (x: number) => number, lower: number, upper: number, start: number): number {
  let a = lower
  let b = upper
  let x = start > a && start < b ? start : Math.sqrt(a) * Math.sqrt(b)
  for (let i = 0; i < 200; i++) {
    const step = newtonStep(x)
    const next = x * Math.exp(-step)
    // Convergence is quadratic: what is left after a step this short is below the last bit.
    if (Math.abs(step) < 1e-9) return next
    if (step > 0) b = x
    else a = x
    if (next > a && next < b) x = next
    else {
      const middle = Math.sqrt(a) * Math.sqrt(b)
      // Rounding may put the root on a bound that is exact in theory, or between neighbours.
      if (!(middle > a && middle < b)) return step > 0 ? a : b
      x = middle
    }
  }
  return x
}

/** The positive s with s² / (1 + s) = w. */
export function ratioBound(w: number): number {
  return (w + Math.sqrt(w * w + 4 * w)) / 2
}
