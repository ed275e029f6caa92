import { betaQuantile, betaUpperQuantile } from '../distributions/beta.ts'

/** How far the limits of one proportion lie from x / n. */
export interface Distances {
  /** x / n − lower limit, ≥ 0. */
  readonly below: number
  /** Upper limit − x / n, ≥ 0. */
  readonly above: number
}

/** Interval for one proportion on which an interval for two is built. */
export type ComponentInterval = 'wilson' | 'wilson-corrected' | 'jeffreys'

/** Distances of the limits of x / n, n > 0, free of cancellation for rare events. */
export function distances(x: number, n: number, z: number, level: number, interval: ComponentInterval): Distances {
  const y = n - x
  switch (interval) {
    case 'wilson':
      return { below: wilsonDistance(x / n, y / n, n, z), above: wilsonDistance(y / n, x / n, n, z) }
    case 'wilson-corrected':
      return { below: correctedDistance(x / n, y / n, n, z), above: correctedDistance(y / n, x / n, n, z) }
    case 'jeffreys': {
      const tail = (1 - level) / 2
      return { below: jeffreysDistance(x, y, tail), above: jeffreysDistance(y, x, tail) }
    }
  }
}

// Brown, Cai and DasGupta's rule at the edges, and at low levels: the interval must hold the estimate. Taken from the
// rarer of event and non-event, whose share has the digits.
function jeffreysDistance(x: number, y: number, tail: number): number {
  if (x === 0) return 0
  const n = x + y
  return Math.max(0, x <= y ? x / n - betaQuantile(tail, x + 0.5, y + 0.5) : betaUpperQuantile(tail, y + 0.5, x + 0.5) - y / n)
}

// p − lower Wilson limit = [z·√(z² + 4npq) − z²(1 − 2p)] / (2(n + z²)), freed of its difference where 1 − 2p > 0.
function wilsonDistance(p: number, q: number, n: number, z: number): number {
  const root = Math.sqrt(z * z + 4 * n * p * q)
  return p < q ? (2 * z * p * q) / (root + z * (q - p)) : (z * (root + z * (p - q))) / (2 * (n + z * z))
}

function correctedDistance(p: number, q: number, n: number, z: number): number {
  // Newcombe's limits reach the edge where the estimate does; his formula has no root there at low levels.
  if (p === 0) return 0
  const square = z * z
  const root = Math.sqrt(square - 2 - 1 / n + 4 * p * (n * q + 1))
  return Math.min(p, (square * (p - q) + 1 + z * root) / (2 * (n + square)))
}
