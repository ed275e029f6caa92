/** A source of pseudo-random numbers; the same seed gives the same numbers everywhere. */
export interface Random {
  /** The next number, uniform over the 2⁵³ equidistant points of [0, 1). */
  readonly uniform: () => number
}

/**
 * A seeded generator (xoshiro128**, period 2¹²⁸ − 1, 53 random bits a number).
 *
 * @remarks
 * R: `set.seed(seed); runif(1)`, which is another generator: the numbers differ.
 * NumPy: `np.random.default_rng(seed).random()`, another one again.
 *
 * @param seed - any whole number; its lower 53 bits count
 * @see D. Blackman and S. Vigna, *Scrambled linear pseudorandom number generators*, ACM TOMS 47, 2021
 *
 * @example
 * ```ts @import.meta.vitest
 * expect(createRandom(7).uniform()).toBe(createRandom(7).uniform())
 * ```
 */
export function createRandom(seed: number): Random {
  // SplitMix32 spreads the seed over the state, so that neighbouring seeds give unrelated streams.
  let mix = seed ^ (seed / 4294967296)
  const next = () => {
    mix = (mix + 0x9e3779b9) | 0
    let z = mix ^ (mix >>> 16)
    z = Math.imul(z, 0x21f0aaad)
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97)
    return z ^ (z >>> 15)
  }
  let a = next()
  let b = next()
  let c = next()
  let d = next() | 1
  const bits = () => {
    const scrambled = Math.imul(b, 5)
    const result = Math.imul((scrambled << 7) | (scrambled >>> 25), 9)
    const shifted = b << 9
    c ^= a
    d ^= b
    b ^= c
    a ^= d
    c ^= shifted
    d = (d << 11) | (d >>> 21)
    return result
  }
  return { uniform: () => ((bits() >>> 5) * 67108864 + (bits() >>> 6)) / 9007199254740992 }
}
