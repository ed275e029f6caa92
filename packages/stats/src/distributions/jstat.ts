/*
 * The only module that touches jStat: replace the engine here and nowhere else.
 *
 * jStat is right to about eight digits in the middle of a distribution and to none in its tails, so nothing that is reported rests on
 * it alone: it draws variates, and gives first guesses that our own tails then polish. It reaches users through the subpath `./variates`
 * only, because it cannot be tree-shaken and weighs more than all the rest of the package.
 */
// @ts-expect-error -- untyped CommonJS module (TS7016)
import untyped from 'jstat'
import { type Random } from '../numerics/random.ts'

interface JStat {
  readonly randn: () => number
  readonly randg: (shape: number) => number
  readonly setRandom: (uniform: () => number) => void
  readonly gamma: { readonly inv: (p: number, shape: number, scale: number) => number }
}

// A named import type-checks and passes in bundlers but throws in Node ESM: jStat is a UMD bundle with a default export only.
const { jStat } = untyped as { readonly jStat: JStat }

/** First guess of a gamma quantile with unit scale, about eight digits for probabilities within 0.001 to 0.999. */
export function roughGammaQuantile(probability: number, shape: number): number {
  return jStat.gamma.inv(probability, shape, 1)
}

/** Standard normal variate. */
export function drawNormal(random: Random): number {
  return drawFrom(random, jStat.randn)
}

/** Gamma variate with unit scale. */
export function drawGamma(shape: number, random: Random): number {
  return drawFrom(random, () => jStat.randg(shape))
}

// jStat's source of randomness is global, so it is lent for one draw and given back.
function drawFrom(random: Random, draw: () => number): number {
  // Its normal variates divide by and take the logarithm of a uniform number, which must not be 0.
  jStat.setRandom(() => random.uniform() || 2 ** -54)
  try {
    return draw()
  } finally {
    jStat.setRandom(Math.random)
  }
}
