import { determinant } from '../numerics/exact-arithmetic.ts'
import { ratioLimits } from './ratio-limits.ts'
import { ratioBound, scoreRoot } from './score-root.ts'

/*
 * Lower score limits of two independent binomials. Every score interval inverts λ² · Var = K, where λ is the Lagrange
 * multiplier of the hypothesis and the variance is taken at the restricted maximum likelihood estimate. The usual way
 * fixes the effect and finds that estimate from a cubic (Farrington and Manning 1990), which cancels for rare events
 * and large counts. Here λ itself is the unknown: given λ the estimate is in closed form, the statistic is proven
 * increasing in λ, and the limit follows from sums of positive terms. Upper limits come by symmetry: exchange groups.
 */

/** By how much the restricted estimate falls below x / n when the multiplier is λ: the root of n·u = λ(p − u)(q + u). */
function fall(n: number, p: number, q: number, lambda: number): number {
  const linear = n - lambda * (p - q)
  if (p === 0 || q === 0) return linear < 0 ? -linear / lambda : 0
  const root = Math.sqrt(linear * linear + 4 * lambda * lambda * p * q)
  return linear >= 0 ? (2 * lambda * p * q) / (linear + root) : (root - linear) / (2 * lambda)
}

/** Slope of λ·{@link fall}, u + λ·u′, where u′ = (p − u)(q + u) over a square root that is written out here. */
function slopeOf(n: number, p: number, q: number, lambda: number, u: number): number {
  return u > 0 ? u + u / (1 - (lambda / n) * (p - q - 2 * u)) : 0
}

/**
 * By how much both estimates move if one stands at the edge of its range (0 % or 100 % of `edge`) and the other is p of n.
 * The former stays where it is until λ reaches `edge`; from there λ = edge·(1 + v), and it has moved by v / (1 + v).
 */
function fallFromEdge(edge: number, n: number, p: number, q: number, target: number): number {
  const rest = edge * fall(n, p, q, edge)
  if (rest >= target) {
    // Only the other moves: Wilson's limit.
    const linear = target * (p - q)
    const root = Math.sqrt(linear * linear + 4 * (n + target) * target * p * q)
    return linear < 0 ? (2 * target * p * q) / (root - linear) : (root + linear) / (2 * (n + target))
  }
  let v = (target - rest) / edge
  for (let i = 0; i < 50; i++) {
    const lambda = edge * (1 + v)
    const u = fall(n, p, q, lambda)
    const step = (edge * v + lambda * u - target) / (edge * (1 + slopeOf(n, p, q, lambda, u)))
    v -= step
    if (Math.abs(step) <= 2e-16 * v) break
  }
  return v / (1 + v) + fall(n, p, q, edge * (1 + v))
}

/** Lower score limit of p1 − p2 for x1 of n1 and x2 of n2; `target` is z², times n / (n − 1) if so wished. */
export function riskDifferenceScoreLimit(x1: number, n1: number, x2: number, n2: number, target: number): number {
  const p1 = x1 / n1
  const q1 = (n1 - x1) / n1
  const p2 = x2 / n2
  const q2 = (n2 - x2) / n2
  // λ·(fall of p1 + rise of p2) lies between λ·(p1 + q2) − x1 − (n2 − x2) and λ·(p1 + q2).
  const slope = p1 + q2
  if (slope === 0 || target === Infinity) return -1
  const difference = determinant(x1, x2, n1, n2) / (n1 * n2)
  if (q1 === 0) return Math.max(-1, difference - fallFromEdge(n1, n2, q2, p2, target))
  if (p2 === 0) return Math.max(-1, difference - fallFromEdge(n2, n1, p1, q1, target))
  const step = (x: number): number => {
    const u1 = fall(n1, p1, q1, x)
    const u2 = fall(n2, q2, p2, x)
    return (Math.log((x * (u1 + u2)) / target) * (u1 + u2)) / (slopeOf(n1, p1, q1, x, u1) + slopeOf(n2, q2, p2, x, u2))
  }
  const guess = Math.sqrt(target / ((p1 * q1) / n1 + (p2 * q2) / n2))
  const lambda = scoreRoot(step, target / slope, (target + x1 + (n2 - x2)) / slope, guess)
  return Math.max(-1, difference - fall(n1, p1, q1, lambda) - fall(n2, q2, p2, lambda))
}

/** Lower score limit of p1 / p2 for x1 of n1 and x2 of n2. */
function riskRatioScoreLimit(x1: number, n1: number, x2: number, n2: number, target: number): number {
  if (x1 === 0 || n2 === 0 || target === Infinity) return 0
  const y1 = n1 - x1
  const y2 = n2 - x2
  if (y1 === 0) {
    // p1 stays at 1 until λ reaches n1, and gives way there.
    const atEdge = (n1 * n1 * y2) / (n2 * (x2 + n1))
    if (atEdge <= target) return (n1 * (n2 + n1)) / ((n1 + target - atEdge) * (x2 + n1))
    const w = (target * n2) / y2
    const lambda = (w + Math.sqrt(w * w + 4 * w * x2)) / 2
    return (n2 + lambda) / (x2 + lambda)
  }
  // λ = x1·s / (1 + s) and x1 − λ = x1 / (1 + s) both keep their last digits, whichever is small.
  const step = (s: number): number => {
    const rest = x1 / (1 + s)
    const lambda = rest * s
    const first = y1 / (n1 * rest)
    const second = y2 / (n2 * (x2 + lambda))
    const variance = first + second
    // s·dλ/ds = λ / (1 + s), s·d rest/ds = −λ / (1 + s)
    const slope = (2 + (lambda * (first / rest - second / (x2 + lambda))) / variance) / (1 + s)
    return Math.log((lambda * lambda * variance) / target) / slope
  }
  const guess = ratioBound(target / x1 / (y1 / n1 + (y2 / n2) * (x1 / (x1 + x2))))
  const s = scoreRoot(step, target / x1, ratioBound((target / x1) * (n1 / y1)), guess)
  const rest = x1 / (1 + s)
  const lambda = rest * s
  return (rest * (n2 + lambda)) / ((y1 + rest) * (x2 + lambda))
}

/** Lower score limit of the odds ratio a·d / (b·c); `shift` is Cornfield's continuity correction, 0 or ½. */
export function oddsRatioScoreLimit(a: number, b: number, c: number, d: number, target: number, shift: number): number {
  const room = Math.min(a, d)
  if (room === 0 || target === Infinity) return 0
  const span = room - shift
  const step = (s: number): number => {
    const rest = span / (1 + s)
    const excess = rest * s
    const lambda = excess + shift
    const ra = 1 / (a - room + rest)
    const rb = 1 / (b + lambda)
    const rc = 1 / (c + lambda)
    const rd = 1 / (d - room + rest)
    const variance = ra + rb + rc + rd
    const slope = (2 + (excess * (ra * ra - rb * rb - rc * rc + rd * rd)) / variance) / (1 + s)
    return Math.log((excess * excess * variance) / target) / slope
  }
  const guess = ratioBound(target / span / (span * (1 / (a + 0.5) + 1 / (b + 0.5) + 1 / (c + 0.5) + 1 / (d + 0.5))))
  const s = scoreRoot(step, target / (2 * span), ratioBound(target / span), guess)
  const rest = span / (1 + s)
  const lambda = rest * s + shift
  return ((a - room + rest) / (b + lambda)) * ((d - room + rest) / (c + lambda))
}

/** z², or z²·n / (n − 1) as Miettinen and Nurminen have it; infinite for a single observation. */
export function scoreTarget(z: number, n: number, variance: 'n' | 'n-minus-1'): number {
  return variance === 'n' ? z * z : n > 1 ? z * z * (n / (n - 1)) : Infinity
}

/** Both score limits of p₁ − p₂: the upper one is minus the lower one of p₂ − p₁. */
export function riskDifferenceScoreLimits(x1: number, n1: number, x2: number, n2: number, target: number): readonly [number, number] {
  return [riskDifferenceScoreLimit(x1, n1, x2, n2, target), -riskDifferenceScoreLimit(x2, n2, x1, n1, target)]
}

/** Both score limits of p₁ / p₂; no upper one where that is infinite. */
export function riskRatioScoreLimits(x1: number, n1: number, x2: number, n2: number, target: number): readonly [number, number | null] {
  return ratioLimits(riskRatioScoreLimit(x1, n1, x2, n2, target), riskRatioScoreLimit(x2, n2, x1, n1, target))
}
