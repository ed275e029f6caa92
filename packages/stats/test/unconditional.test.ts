import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import type { Alternative } from '../src/confidence-interval.ts'
import { barnardTest, boschlooTest, type BarnardTest, type BoschlooTest } from '../src/exact/index.ts'
import { createRandom, fisherPValue } from '../src/index.ts'
import { fisherLogP, solveFisher } from '../src/conditional/fisher-p-value.ts'
import { boschlooShares } from '../src/unconditional/boschloo-shares.ts'
import { boundWithin, clearlyExceeds, maximumOverNuisance, supremumOverNuisance } from '../src/unconditional/nuisance-supremum.ts'
import { type RejectionShares, sharesOfMembers, sharesOfTails } from '../src/unconditional/rejection-shares.ts'
import { maximizeShares } from '../src/unconditional/unconditional-p-value.ts'
import oracle from './oracle.json' with { type: 'json' }

interface OracleCase {
  id: string
  fn: string
  inputs: { x1: number; n1: number; x2: number; n2: number; alternative?: Alternative; pooled?: boolean }
  expected: { p: number; statistic?: number }
}
const cases = oracle.cases.filter((c) => ['boschloo', 'barnard', 'boschloo_minlike'].includes(c.fn)) as unknown as OracleCase[]

function runOracle({ fn, inputs: { x1, n1, x2, n2, alternative = 'two-sided', pooled = true } }: OracleCase) {
  const table = [
    [x1, n1 - x1],
    [x2, n2 - x2],
  ]
  if (fn === 'barnard') return barnardTest(table, { alternative, ordering: pooled ? 'pooled' : 'unpooled' })
  return boschlooTest(table, { alternative, twoSided: fn === 'boschloo' ? 'doubling' : 'probability' })
}

describe('reference values', () => {
  test.each(cases)('$id', (oracleCase) => {
    const result = runOracle(oracleCase) as BarnardTest | BoschlooTest
    const { p, statistic } = oracleCase.expected
    expect(Math.abs(result.pValue / p - 1)).toBeLessThan(1e-13)
    if (statistic !== undefined) expect(Math.abs((result.statistic as number) / statistic - 1)).toBeLessThan(1e-10)
    expect(result.upperBound / result.pValue - 1).toBeLessThan(1e-12)
    expect(result.upperBound).toBeGreaterThanOrEqual(Math.min(1, p))
  })

  test('all against none: the P value has a closed form far below what doubles can hold', () => {
    // Only the table itself and its opposite are as extreme: P = 2 · max π¹⁰⁰⁰ (1 − π)¹⁰⁰⁰ = 2 · 4⁻¹⁰⁰⁰.
    const table = [
      [1000, 0],
      [0, 1000],
    ]
    const expected = Math.log(2) - 1000 * Math.log(4)
    for (const result of [
      boschlooTest(table),
      boschlooTest(table, { twoSided: 'probability' }),
      barnardTest(table),
      barnardTest(table, { ordering: 'unpooled' }),
    ] as (BarnardTest | BoschlooTest)[]) {
      expect(Math.abs(result.logPValue - expected)).toBeLessThan(1e-9)
      expect(result.pValue).toBe(0)
    }
    // P = 2 · max π³ (1 − π)³ = 1 / 32, Barnard's own first example.
    expect(
      (
        barnardTest(
          [
            [3, 0],
            [0, 3],
          ],
          { ordering: 'csm' },
        ) as BarnardTest
      ).pValue,
    ).toBeCloseTo(1 / 32, 14)
  })
})

// Brute force: the region table by table, in whole numbers, and the maximum from a fine grid and golden sections.
function binomial(n: number, k: number): bigint {
  let value = 1n
  for (let i = 1n; i <= BigInt(k); i++) value = (value * (BigInt(n) - i + 1n)) / i
  return value
}
function maximum(n1: number, n2: number, isMember: (i: number, j: number) => boolean, from = 0, to = 1): number {
  const n = n1 + n2
  const counts = new Float64Array(n + 1)
  for (let i = 0; i <= n1; i++)
    for (let j = 0; j <= n2; j++) if (isMember(i, j)) counts[i + j]! += Number(binomial(n1, i) * binomial(n2, j))
  const at = (p: number) => counts.reduce((sum, count, s) => sum + count * p ** s * (1 - p) ** (n - s), 0)
  let best = from
  for (let k = 0; k <= 500; k++) {
    const p = from + ((to - from) * k) / 500
    if (at(p) > at(best)) best = p
  }
  let [low, high] = [Math.max(from, best - 1 / 500), Math.min(to, best + 1 / 500)]
  for (let k = 0; k < 80; k++) {
    const [a, b] = [low + 0.382 * (high - low), low + 0.618 * (high - low)]
    if (at(a) > at(b)) high = b
    else low = a
  }
  return Math.max(at(best), at((low + high) / 2))
}
function fisherFraction(i: number, n1: number, j: number, n2: number, side: Alternative): [bigint, bigint] {
  const s = i + j
  const xs = Array.from({ length: n1 + 1 }, (_, x) => x).filter((x) => s - x >= 0 && s - x <= n2)
  const weight = (x: number) => binomial(n1, x) * binomial(n2, s - x)
  const extreme = (x: number) => (side === 'less' ? x <= i : side === 'greater' ? x >= i : weight(x) * 10000000n <= weight(i) * 10000001n)
  const sum = (of: number[]) => of.reduce((total, x) => total + weight(x), 0n)
  return [sum(xs.filter(extreme)), sum(xs)]
}
/** z² up to a constant as a fraction, and its sign; 0 / 1 where nothing varies or nothing differs. */
function zSquared(i: number, n1: number, j: number, n2: number, pooled: boolean): [bigint, bigint, number] {
  const d = BigInt(i * n2 - j * n1)
  const s = i + j
  const v = pooled ? BigInt(s * (n1 + n2 - s)) : BigInt(i * (n1 - i)) * BigInt(n2) ** 3n + BigInt(j * (n2 - j)) * BigInt(n1) ** 3n
  return d === 0n ? [0n, 1n, 0] : [d * d, v, d > 0n ? 1 : -1]
}
function compareZ(a: [bigint, bigint, number], b: [bigint, bigint, number]): number {
  if (a[2] !== b[2]) return a[2] - b[2]
  // An infinite z has a variance of 0: both infinite are equal, which is what the cross products say.
  const difference = a[0] * b[1] - b[0] * a[1]
  return a[2] * (difference > 0n ? 1 : difference < 0n ? -1 : 0)
}
const absolute = ([d, v, sign]: [bigint, bigint, number]): [bigint, bigint, number] => [d, v, Math.abs(sign)]

const samples = fc
  .tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 }))
  .chain(([n1, n2]) => fc.tuple(fc.nat(n1), fc.constant(n1), fc.nat(n2), fc.constant(n2)))

function expectMaximum(result: unknown, expected: number): void {
  const { pValue, upperBound } = result as BarnardTest
  expect(Math.abs(pValue / Math.min(1, expected) - 1)).toBeLessThan(1e-10)
  expect(upperBound).toBeGreaterThanOrEqual(Math.min(1, expected) * (1 - 1e-13))
  expect(upperBound / pValue - 1).toBeLessThan(1e-11)
}

describe('properties', () => {
  test.prop([samples], { numRuns: 20 })('Boschloo agrees with brute force', ([x1, n1, x2, n2]) => {
    const table = [
      [x1, n1 - x1],
      [x2, n2 - x2],
    ]
    for (const side of ['less', 'greater', 'two-sided'] as const) {
      const [part, total] = fisherFraction(x1, n1, x2, n2, side)
      const expected = maximum(n1, n2, (i, j) => {
        const [p, t] = fisherFraction(i, n1, j, n2, side)
        return p * total <= part * t
      })
      expectMaximum(boschlooTest(table, { alternative: side, twoSided: 'probability' }), expected)
    }
  })
  test.prop([samples, fc.boolean()], { numRuns: 25 })('Barnard agrees with brute force', ([x1, n1, x2, n2], pooled) => {
    const table = [
      [x1, n1 - x1],
      [x2, n2 - x2],
    ]
    const ordering = pooled ? 'pooled' : 'unpooled'
    const z0 = zSquared(x1, n1, x2, n2, pooled)
    const expected = (includes: (z: [bigint, bigint, number]) => boolean) =>
      maximum(n1, n2, (i, j) => includes(zSquared(i, n1, j, n2, pooled)))
    expectMaximum(
      barnardTest(table, { ordering }),
      expected((z) => compareZ(absolute(z), absolute(z0)) >= 0),
    )
    expectMaximum(
      barnardTest(table, { ordering, alternative: 'greater' }),
      expected((z) => compareZ(z, z0) >= 0),
    )
    expectMaximum(
      barnardTest(table, { ordering, alternative: 'less' }),
      expected((z) => compareZ(z, z0) <= 0),
    )
  })
  test.prop(
    [
      fc
        .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 }))
        .chain(([n1, n2]) => fc.tuple(fc.nat(n1), fc.constant(n1), fc.nat(n2), fc.constant(n2))),
    ],
    { numRuns: 12 },
  )('CSM agrees with its construction done naively', ([x1, n1, x2, n2]) => {
    if (x1 * n2 === x2 * n1) return
    const [a, b] = x1 * n2 > x2 * n1 ? [x1, x2] : [n1 - x1, n2 - x2]
    const region = new Set<string>()
    const key = (i: number, j: number) => `${i},${j}`
    const isIn = (i: number, j: number) => i > n1 || j < 0 || region.has(key(i, j))
    let p = 0
    while (!region.has(key(a, b))) {
      const candidates: { i: number; j: number; peak: number }[] = []
      for (let i = 0; i <= n1; i++) {
        for (let j = 0; j <= n2; j++) {
          if (i * n2 <= j * n1 || region.has(key(i, j)) || !isIn(i + 1, j) || !isIn(i, j - 1)) continue
          const peak = maximum(n1, n2, (k, l) => [key(k, l), key(n1 - k, n2 - l)].some((t) => t === key(i, j) || region.has(t)))
          candidates.push({ i, j, peak })
        }
      }
      const smallest = Math.min(...candidates.map(({ peak }) => peak))
      for (const { i, j, peak } of candidates) if (peak < smallest * (1 + 1e-8)) region.add(key(i, j))
      p = maximum(n1, n2, (k, l) => region.has(key(k, l)) || region.has(key(n1 - k, n2 - l)))
    }
    expectMaximum(
      barnardTest(
        [
          [x1, n1 - x1],
          [x2, n2 - x2],
        ],
        { ordering: 'csm' },
      ),
      p,
    )
  })
  test.prop([samples, fc.constantFrom('pooled', 'unpooled', 'csm')], { numRuns: 20 })(
    'renaming outcomes or groups changes nothing',
    ([x1, n1, x2, n2], ordering) => {
      const p = (table: number[][], alternative: Alternative) =>
        [
          barnardTest(table, { ordering, alternative }),
          boschlooTest(table, { alternative }),
          boschlooTest(table, { alternative, twoSided: 'probability' }),
        ].map((result) => result.pValue as number)
      const table = [
        [x1, n1 - x1],
        [x2, n2 - x2],
      ]
      const renamed = table.map(([a, b]) => [b as number, a as number])
      const exchanged = [...table].reverse()
      const close = (a: number[], b: number[]) =>
        a.forEach((value, k) => expect(Math.abs(value / (b[k] as number) - 1)).toBeLessThan(1e-12))
      close(p(renamed, 'two-sided'), p(table, 'two-sided'))
      close(p(exchanged, 'two-sided'), p(table, 'two-sided'))
      close(p(renamed, 'less'), p(table, 'greater'))
      close(p(exchanged, 'less'), p(table, 'greater'))
    },
  )
  test.prop(
    [
      fc.integer({ min: 20, max: 120 }),
      fc.integer({ min: 20, max: 120 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
    ],
    { numRuns: 30 },
  )('Boschloo is never above Fisher, and its bound is tight', (n1, n2, u, v) => {
    const [x1, x2] = [Math.round(u * n1), Math.round(v * n2)]
    const table = [
      [x1, n1 - x1],
      [x2, n2 - x2],
    ]
    for (const alternative of ['less', 'greater', 'two-sided'] as const) {
      const result = boschlooTest(table, { alternative, twoSided: 'probability' }) as BoschlooTest
      expect(result.pValue).toBeLessThanOrEqual(fisherPValue(x1, n1 - x1, x2, n2 - x2, alternative) * (1 + 1e-12))
      expect(result.upperBound / result.pValue - 1).toBeLessThan(1e-11)
    }
  })
  test.prop([samples, fc.constantFrom(0.001, 0.1, 0.6)], { numRuns: 25 })(
    'Berger and Boos: the maximum over the interval of Clopper and Pearson',
    ([x1, n1, x2, n2], nuisanceError) => {
      const table = [
        [x1, n1 - x1],
        [x2, n2 - x2],
      ]
      const [n, events] = [n1 + n2, x1 + x2]
      const atMost = (k: number, p: number) =>
        Array.from({ length: k + 1 }, (_, i) => Number(binomial(n, i)) * p ** i * (1 - p) ** (n - i)).reduce((sum, mass) => sum + mass, 0)
      const rootOf = (rises: (p: number) => boolean) => {
        let [low, high] = [0, 1]
        for (let i = 0; i < 60; i++) {
          const middle = (low + high) / 2
          if (rises(middle)) high = middle
          else low = middle
        }
        return (low + high) / 2
      }
      const from = events === 0 ? 0 : rootOf((p) => 1 - atMost(events - 1, p) > nuisanceError / 2)
      const to = events === n ? 1 : rootOf((p) => atMost(events, p) < nuisanceError / 2)
      for (const alternative of ['less', 'greater', 'two-sided'] as const) {
        const options = { alternative, nuisanceError }
        const sign = alternative === 'less' ? -1 : 1
        const [result] = ([true, false] as const).map((pooled) => {
          const z0 = zSquared(x1, n1, x2, n2, pooled)
          const isMember = (i: number, j: number) => {
            const z = zSquared(i, n1, j, n2, pooled)
            return alternative === 'two-sided' ? compareZ(absolute(z), absolute(z0)) >= 0 : sign * compareZ(z, z0) >= 0
          }
          const found = barnardTest(table, { ...options, ordering: pooled ? 'pooled' : 'unpooled' }) as BarnardTest
          expectMaximum(found, maximum(n1, n2, isMember, from, to) + nuisanceError)
          return found
        }) as [BarnardTest, BarnardTest]
        expect(result.nuisance).toBeGreaterThanOrEqual(from - 1e-12)
        expect(result.nuisance).toBeLessThanOrEqual(to + 1e-12)
        expect(result.logPValue).toBeCloseTo(Math.log(result.pValue), 12)
        const [part, total] = fisherFraction(x1, n1, x2, n2, alternative)
        const isMember = (i: number, j: number) => {
          const [p, t] = fisherFraction(i, n1, j, n2, alternative)
          return p * total <= part * t
        }
        expectMaximum(boschlooTest(table, { ...options, twoSided: 'probability' }), maximum(n1, n2, isMember, from, to) + nuisanceError)
      }
      const sides = (['less', 'greater'] as const).map(
        (alternative) => boschlooTest(table, { alternative, nuisanceError }).pValue as number,
      )
      const doubled = boschlooTest(table, { nuisanceError }).pValue as number
      expect(Math.abs(doubled / Math.min(1, 2 * Math.min(...sides)) - 1)).toBeLessThan(1e-12)
    },
  )
  test('Barnard agrees with brute force on every table of small groups, and tells z', () => {
    for (const [n1, n2] of [[1, 1], [1, 4], [2, 3], [3, 3], [5, 2]] as const) {
      for (let x1 = 0; x1 <= n1; x1++) {
        for (let x2 = 0; x2 <= n2; x2++) {
          const table = [[x1, n1 - x1], [x2, n2 - x2]]
          for (const pooled of [true, false]) {
            const ordering = pooled ? 'pooled' : 'unpooled'
            const z0 = zSquared(x1, n1, x2, n2, pooled)
            for (const alternative of ['two-sided', 'greater', 'less'] as const) {
              const sign = alternative === 'less' ? -1 : 1
              const isMember = (i: number, j: number) => {
                const z = zSquared(i, n1, j, n2, pooled)
                return alternative === 'two-sided' ? compareZ(absolute(z), absolute(z0)) >= 0 : sign * compareZ(z, z0) >= 0
              }
              const result = barnardTest(table, { ordering, alternative }) as BarnardTest
              expectMaximum(result, maximum(n1, n2, isMember))
              expect(result).toMatchObject({ alternative, ordering, nuisanceError: 0, degreesOfFreedom: null, method: 'barnard-exact' })
            }
            const [p1, p2, p] = [x1 / n1, x2 / n2, (x1 + x2) / (n1 + n2)]
            const variance = pooled ? p * (1 - p) * (1 / n1 + 1 / n2) : (p1 * (1 - p1)) / n1 + (p2 * (1 - p2)) / n2
            const { statistic } = barnardTest(table, { ordering }) as BarnardTest
            if (x1 * n2 === x2 * n1) expect(statistic).toBe(0)
            else if (variance === 0) expect(statistic).toBeNull()
            else expect(statistic).toBeCloseTo((p1 - p2) / Math.sqrt(variance), 12)
          }
        }
      }
    }
  }) // prettier-ignore
  test('CSM of every table of small groups: opposite tables share P, to one side it is the other with groups exchanged', () => {
    for (const [n1, n2] of [[1, 1], [2, 3], [4, 4], [5, 3]] as const) {
      for (let x1 = 0; x1 <= n1; x1++) {
        for (let x2 = 0; x2 <= n2; x2++) {
          const p = (rows: number[][], alternative: Alternative) => (barnardTest(rows, { ordering: 'csm', alternative }) as BarnardTest).pValue
          const [one, other] = [[x1, n1 - x1], [x2, n2 - x2]]
          expect(p([one, other], 'less')).toBeCloseTo(p([other, one], 'greater'), 12)
          expect(p([[n1 - x1, x1], [n2 - x2, x2]], 'two-sided')).toBeCloseTo(p([one, other], 'two-sided'), 12)
          if (x1 * n2 === x2 * n1) expect(p([one, other], 'two-sided')).toBe(1)
          // The region holds the table itself, with its own largest probability, and the corner.
          const own = maximum(n1, n2, (i, j) => (i === x1 && j === x2) || (i === n1 && j === 0))
          expect(p([one, other], 'greater')).toBeGreaterThanOrEqual(own * (1 - 1e-12))
          if (x1 === n1 && x2 === 0) expect(p([one, other], 'greater')).toBeCloseTo(own, 12)
          if (x1 === 0 && x2 === n2) expect(p([one, other], 'greater')).toBe(1)
          expect(barnardTest([one, other], { ordering: 'csm' })).toMatchObject({ statistic: null, ordering: 'csm' })
        }
      }
    }
  }) // prettier-ignore
  test('P values that need a scale of their own, and still are doubles: all against none', () => {
    for (const n of [420, 500]) {
      // 2 · 4⁻ⁿ to two sides.
      const expected = Math.LN2 - n * Math.log(4)
      for (const result of [barnardTest([[n, 0], [0, n]]), boschlooTest([[n, 0], [0, n]]), boschlooTest([[0, n], [n, 0]], { twoSided: 'probability' })] as BarnardTest[]) {
        expect(Math.abs(result.logPValue - expected)).toBeLessThan(1e-10)
        expect(Math.abs(Math.log(result.pValue) - expected)).toBeLessThan(1e-10)
        expect(result.upperBound).toBeGreaterThanOrEqual(result.pValue)
        expect(result.upperBound / result.pValue - 1).toBeLessThan(1e-11)
        expect(result.nuisance).toBeCloseTo(0.5, 6)
      }
    }
  }) // prettier-ignore
  test('Boschloo’s doubling is twice the smaller side, whichever Fisher’s test says it is', () => {
    for (const [n1, n2] of [
      [2, 7],
      [5, 5],
      [6, 3],
      [4, 11],
    ] as const) {
      for (let x1 = 0; x1 <= n1; x1++) {
        for (let x2 = 0; x2 <= n2; x2++) {
          const table = [[x1, n1 - x1], [x2, n2 - x2]] // prettier-ignore
          const sides = (['less', 'greater'] as const).map((alternative) => boschlooTest(table, { alternative }) as BoschlooTest)
          const smaller = Math.min(...sides.map(({ pValue }) => pValue))
          const both = boschlooTest(table) as BoschlooTest
          expect(Math.abs(both.pValue / Math.min(1, 2 * smaller) - 1)).toBeLessThan(1e-12)
          expect(Math.abs(both.logPValue - Math.log(both.pValue))).toBeLessThan(1e-12)
          expect(sides.map(({ statistic }) => statistic)).toContain(both.statistic)
        }
      }
    }
  })
  test.prop([samples], { numRuns: 30 })('Berger and Boos: confining π adds γ and never more', ([x1, n1, x2, n2]) => {
    const table = [
      [x1, n1 - x1],
      [x2, n2 - x2],
    ]
    const whole = barnardTest(table) as BarnardTest
    const confined = barnardTest(table, { nuisanceError: 1e-3 }) as BarnardTest
    expect(confined.pValue).toBeLessThanOrEqual(Math.min(1, whole.pValue + 1e-3) + 1e-15)
    expect(confined.nuisanceError).toBe(1e-3)
  })
  test.prop([samples])('survives JSON', ([x1, n1, x2, n2]) => {
    const result = boschlooTest([
      [x1, n1 - x1],
      [x2, n2 - x2],
    ])
    expect(JSON.parse(JSON.stringify(result))).toStrictEqual(result)
  })
})

describe('the supremum over the nuisance parameter', () => {
  // P(π) = Σ C(N, s) πˢ (1 − π)ᴺ⁻ˢ · shareₛ, and its derivatives, straight from the definition.
  const at = (shares: readonly number[], p: number): number => {
    const n = shares.length - 1
    return shares.reduce((sum, share, s) => sum + share * Number(binomial(n, s)) * p ** s * (1 - p) ** (n - s), 0)
  }
  const differences = (shares: readonly number[]) =>
    shares.slice(1).map((share, s) => (shares.length - 1) * (share - (shares[s] as number)))
  const slopeAt = (shares: readonly number[], p: number) => at(differences(shares), p)
  const bendAt = (shares: readonly number[], p: number) => at(differences(differences(shares)), p)
  const share = fc.oneof(
    fc.constant(0),
    fc.constant(1),
    fc.double({ min: 1e-9, max: 1, noNaN: true }),
    fc.double({ min: 1e-100, max: 1e-3, noNaN: true }),
  )
  const shareList = fc.array(share, { minLength: 3, maxLength: 45 }).filter((list) => list.some((x) => x > 0))
  const range = fc
    .tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }))
    .map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const)

  test.prop([shareList, range, fc.boolean()], { numRuns: 150 })(
    'is taken, is not exceeded, and is certified closely',
    (list, [low, high], whole) => {
      const [from, to] = whole ? [0, 1] : [low, high]
      const { nuisance, upperBound, value } = supremumOverNuisance(Float64Array.from(list), from, to)
      expect(nuisance).toBeGreaterThanOrEqual(from)
      expect(nuisance).toBeLessThanOrEqual(to)
      // Of totals so far from the range that their weight is below 1e-20 the shares do not count.
      const leftOut = 1e-20 * list.reduce((sum, x) => sum + x, 0)
      expect(Math.abs(value - at(list, nuisance))).toBeLessThanOrEqual(1e-12 * value + leftOut)
      let most = 0
      for (let k = 0; k <= 400; k++) most = Math.max(most, at(list, from + ((to - from) * k) / 400))
      expect(value).toBeGreaterThanOrEqual(most * (1 - 1e-12) - leftOut)
      expect(upperBound).toBeGreaterThanOrEqual(most * (1 - 1e-12))
      expect(upperBound).toBeGreaterThanOrEqual(value)
      expect(upperBound).toBeLessThanOrEqual(value * (1 + 1e-11) + 3 * leftOut)
      if (whole) expect(Math.abs(maximumOverNuisance(Float64Array.from(list)) / value - 1)).toBeLessThan(1e-12)
    },
  )

  test('single totals, straight lines and constants have their maxima where calculus puts them', () => {
    for (const n of [2, 3, 10, 41, 300]) {
      for (const s of new Set([0, 1, Math.floor(n / 3), n - 1, n])) {
        const shares = new Float64Array(n + 1)
        shares[s] = 1
        const p = s / n
        const expected = Number(binomial(n, s)) * p ** s * (1 - p) ** (n - s)
        const found = supremumOverNuisance(shares)
        expect(Math.abs(found.value / expected - 1)).toBeLessThan(1e-12)
        // Steep peaks are told by their height, which is flat there.
        expect(Math.abs(found.nuisance - p)).toBeLessThan(1e-6)
      }
      const line = Float64Array.from({ length: n + 1 }, (_, s) => s / n)
      expect(supremumOverNuisance(line)).toMatchObject({ value: 1, nuisance: 1 })
      expect(supremumOverNuisance(line.slice().reverse())).toMatchObject({ value: 1, nuisance: 0 })
      expect(supremumOverNuisance(line, 0.2, 0.7).value).toBeCloseTo(0.7, 13)
      expect(supremumOverNuisance(new Float64Array(n + 1).fill(0.3)).value).toBeCloseTo(0.3, 14)
      expect(supremumOverNuisance(new Float64Array(n + 1), 0.1, 0.2)).toEqual({ value: 0, upperBound: 0, nuisance: 0.1 })
    }
    expect(maximumOverNuisance(new Float64Array(5))).toBe(0)
  })

  test('a range in which no table of the region has a chance worth mentioning is settled', () => {
    // The search went on for hours: nothing is certain to a relative 1e-13 where the weights that count are left out.
    const shares = Float64Array.of(0, 0, 0, 7.2e-53, 1.7e-5, 1.1e-2, 7e-3, 0, 2.3e-6)
    const { upperBound, value } = supremumOverNuisance(shares, 1.4e-41, 1.2e-8)
    expect(value).toBeLessThan(1e-30)
    expect(upperBound).toBeGreaterThanOrEqual(at([...shares], 1.2e-8))
    expect(upperBound).toBeLessThan(1e-21)
  })

  test('of two peaks alike but for 1e-9 the higher is found', () => {
    for (const higher of [8, 32]) {
      const shares = new Float64Array(41)
      shares[8] = 0.5
      shares[32] = 0.5
      shares[higher] = 0.5 * (1 + 1e-9)
      const { nuisance, value } = supremumOverNuisance(shares)
      expect(Math.abs(nuisance - higher / 40)).toBeLessThan(0.01)
      expect(Math.abs(value / at([...shares], nuisance) - 1)).toBeLessThan(1e-13)
    }
  })

  test.prop([shareList, range], { numRuns: 150 })('the bound over an interval holds, and over a short one is Taylor’s', (list, [a, b]) => {
    const shares = Float64Array.from(list)
    const [low, high] = [Math.max(1e-6, a), Math.min(1 - 1e-6, Math.max(b, a + 1e-6))]
    if (!(low < high)) return
    const limit = boundWithin(shares, low, high)
    for (let k = 0; k <= 60; k++) expect(limit).toBeGreaterThanOrEqual(at(list, low + ((high - low) * k) / 60) * (1 - 1e-12))
    const middle = (low + high) / 2
    const radius = 1e-4 * Math.min(middle, 1 - middle)
    const [height, slope, bend] = [at(list, middle), Math.abs(slopeAt(list, middle)), bendAt(list, middle)]
    const short = boundWithin(shares, middle - radius, middle + radius)
    const scale = list.length ** 2 / Math.min(middle, 1 - middle) ** 2
    if (bend < 0 && slope < -bend * radius) expect(short).toBeLessThanOrEqual(height + slope * radius + 1e-12)
    else
      expect(Math.abs(short - height - slope * radius - (bend * radius * radius) / 2)).toBeLessThanOrEqual(
        0.02 * scale * radius * radius + 1e-13,
      )
  })

  test('the bound is Taylor’s with the largest P″ that each weight’s own extremes over the interval allow', () => {
    const random = createRandom(5)
    const weightAt = (s: number, m: number, p: number) => Number(binomial(m, s)) * p ** s * (1 - p) ** (m - s)
    for (let round = 0; round < 400; round++) {
      const n = 2 + Math.floor(12 * random.uniform())
      const list = Array.from({ length: n + 1 }, () => (random.uniform() < 0.3 ? Math.round(random.uniform()) : random.uniform()))
      const [a, b] = [0.01 + 0.98 * random.uniform(), 0.01 + 0.98 * random.uniform()]
      const [low, high] = round % 3 === 0 ? [Math.min(a, b), Math.max(a, b)] : [a, Math.min(0.995, a + 0.2 * b)]
      let most = 0
      differences(differences(list)).forEach((bend, s) => {
        const ends = [weightAt(s, n - 2, low), weightAt(s, n - 2, high)]
        const peak = n === 2 ? low : s / (n - 2)
        if (bend > 0 && peak > low && peak < high) ends.push(weightAt(s, n - 2, peak))
        most += bend * (bend > 0 ? Math.max(...ends) : Math.min(...ends))
      })
      const middle = low + (high - low) / 2
      const radius = high - middle
      const steep = Math.abs(slopeAt(list, middle))
      const expected =
        most < 0 && steep < -most * radius
          ? at(list, middle) - steep ** 2 / (2 * most)
          : at(list, middle) + steep * radius + (most * radius ** 2) / 2
      expect(Math.abs(boundWithin(Float64Array.from(list), low, high) / expected - 1)).toBeLessThan(1e-11)
    }
  })

  test('ranges that begin at 0 or end at 1, or are a point, of every list of zeros and ones', () => {
    for (const n of [2, 3, 4, 5]) {
      for (let bits = 1; bits < 2 ** (n + 1); bits++) {
        const list = Array.from({ length: n + 1 }, (_, s) => (bits >> s) & 1)
        for (const [from, to] of [[0, 1], [0, 0.3], [0.6, 1], [0.2, 0.7], [0.4, 0.4], [0, 0], [1, 1]] as const) {
          const { nuisance, upperBound, value } = supremumOverNuisance(Float64Array.from(list), from, to)
          let most = 0
          for (let k = 0; k <= 60; k++) most = Math.max(most, at(list, from + ((to - from) * k) / 60))
          expect(value).toBeGreaterThanOrEqual(most * (1 - 1e-13))
          expect(Math.abs(value - at(list, nuisance))).toBeLessThan(1e-13)
          expect(nuisance).toBeGreaterThanOrEqual(from)
          expect(nuisance).toBeLessThanOrEqual(to)
          expect(upperBound).toBeGreaterThanOrEqual(value)
          expect(upperBound).toBeLessThanOrEqual(value * (1 + 1e-12) + 1e-18)
        }
        expect(maximumOverNuisance(Float64Array.from(list))).toBeCloseTo(supremumOverNuisance(Float64Array.from(list)).value, 13)
      }
    }
  }) // prettier-ignore

  test('whether a value is exceeded is said only where it is', () => {
    const shares = Float64Array.from({ length: 21 }, (_, s) => s / 40)
    expect(clearlyExceeds(shares, 0.44, 0.1, 0.9)).toBe(true)
    expect(clearlyExceeds(shares, 0.46, 0.1, 0.9)).toBe(false)
    expect(clearlyExceeds(shares, 0.06, 0.1, 0.1)).toBe(false)
    // It looks at both ends and seven points between, P(π) = π / 2 here.
    expect(clearlyExceeds(shares, 0.449999, 0.1, 0.9)).toBe(true)
    expect(clearlyExceeds(shares, 0.450001, 0.1, 0.9)).toBe(false)
    for (let k = 0; k <= 8; k++) {
      const [from, to] = [0.2, 0.8]
      const p = from + (k * (to - from)) / 8
      // One total of 2,000 has a peak so narrow that no neighbouring point sees it.
      const one = new Float64Array(2001)
      one[Math.round(2000 * p)] = 1
      const { value } = supremumOverNuisance(one)
      expect(clearlyExceeds(one, 0.9 * value, from, to)).toBe(true)
      expect(clearlyExceeds(one, 1.01 * value, from, to)).toBe(false)
      const between = new Float64Array(2001)
      between[Math.round(2000 * (p + 0.03))] = 1
      expect(clearlyExceeds(between, 0.9 * value, from, to)).toBe(false)
    }
  })
})

describe('shares of rejection given the total', () => {
  /** log of the share of tables in the region among those with a total, in whole numbers. */
  const logShare = (n1: number, n2: number, s: number, isMember: (x: number) => boolean): number => {
    let [part, total] = [0n, 0n]
    for (let x = Math.max(0, s - n2); x <= Math.min(s, n1); x++) {
      const weight = binomial(n1, x) * binomial(n2, s - x)
      total += weight
      if (isMember(x)) part += weight
    }
    if (part === 0n) return -Infinity
    const excess = total.toString().length - part.toString().length
    return Math.log(Number((part * 10n ** BigInt(excess + 20)) / total)) - (excess + 20) * Math.LN10
  }
  const expectShares = ({ logScale, shares }: RejectionShares, expected: (s: number) => number) => {
    shares.forEach((found, s) => {
      const log = expected(s)
      if (log - logScale < -600) expect(found).toBeLessThan(1e-250)
      else expect(Math.abs(Math.log(found) + logScale - log)).toBeLessThan(1e-11)
    })
  }
  test.prop([fc.integer({ min: 1, max: 14 }), fc.integer({ min: 1, max: 14 }), fc.infiniteStream(fc.integer({ min: -2, max: 16 }))], {
    numRuns: 40,
  })('of tails, and of any tables', (n1, n2, stream) => {
    const limits = [...stream.take(2 * (n1 + n2 + 1))]
    const low = limits.slice(0, n1 + n2 + 1)
    const high = limits.slice(n1 + n2 + 1)
    const isMember = (x: number, s: number) => x <= (low[s] as number) || x >= (high[s] as number)
    expectShares(sharesOfTails(n1, n2, low, high), (s) => logShare(n1, n2, s, (x) => isMember(x, s)))
    expectShares(
      sharesOfMembers(n1, n2, (x, y) => isMember(x, x + y)),
      (s) => logShare(n1, n2, s, (x) => isMember(x, s)),
    )
  })
  test.each([[500, 500, 5], [300, 700, 0], [700, 640, 20]] as const)('too small for doubles: groups of %i and %i, within %i of all against none', (n1, n2, near) => {
    // x₁ ≥ n₁ − near with x₂ ≤ near, or x₁ ≤ near with x₂ ≥ n₂ − near.
    const low = Array.from({ length: n1 + n2 + 1 }, (_, s) => Math.max(-1, Math.min(near, s - n2 + near)))
    const high = Array.from({ length: n1 + n2 + 1 }, (_, s) => Math.max(n1 - near, s - near))
    const isMember = (x: number, s: number) => x <= (low[s] as number) || x >= (high[s] as number)
    const expected = (s: number) => logShare(n1, n2, s, (x) => isMember(x, s))
    const tails = sharesOfTails(n1, n2, low, high)
    const members = sharesOfMembers(n1, n2, (x, y) => isMember(x, x + y))
    expect(tails.logScale).toBeLessThan(-250 * Math.LN10)
    for (const { logScale, shares } of [tails, members]) {
      expect(Math.max(...shares)).toBeCloseTo(1, 10)
      for (const s of [n1 - near, n1, n2, n1 - 2, n2 - near, n1 + 1, n2 + near, n1 + near]) {
        const log = expected(s)
        if (log - logScale < -600) expect(shares[s]).toBeLessThan(1e-250)
        else expect(Math.abs(Math.log(shares[s] as number) + logScale - log)).toBeLessThan(1e-9)
      }
    }
  }) // prettier-ignore
  test('shares that are doubles have no scale, whichever total they belong to', () => {
    // One table each: C(3, x) C(4, y) / C(7, x + y).
    for (let x = 0; x <= 3; x++) {
      for (let y = 0; y <= 4; y++) {
        const expected = Number(binomial(3, x) * binomial(4, y)) / Number(binomial(7, x + y))
        const limit = (value: number) => Array.from({ length: 8 }, (_, s) => (s === x + y ? value : -1))
        const members = sharesOfMembers(3, 4, (i, j) => i === x && j === y)
        // Of tails the same is the difference of two.
        const none = new Array<number>(8).fill(9)
        const [upTo, below] = [sharesOfTails(3, 4, limit(x), none), sharesOfTails(3, 4, limit(x - 1), none)]
        for (const { logScale } of [members, upTo, below]) expect(logScale).toBe(0)
        members.shares.forEach((share, s) => expect(share).toBeCloseTo(s === x + y ? expected : 0, 14))
        upTo.shares.forEach((share, s) => expect(share - (below.shares[s] as number)).toBeCloseTo(s === x + y ? expected : 0, 14))
      }
    }
  })
  test('large groups: table by table and by tails, all totals, weights from the most probable table on', () => {
    const [n1, n2] = [900, 700]
    const low = Array.from({ length: n1 + n2 + 1 }, (_, s) => Math.floor((s * n1) / (n1 + n2)) - 20)
    const high = low.map((x, s) => x + 30 + (s % 17))
    const tails = sharesOfTails(n1, n2, low, high)
    const members = sharesOfMembers(n1, n2, (x, y) => x <= (low[x + y] as number) || x >= (high[x + y] as number))
    expect([tails.logScale, members.logScale]).toEqual([0, 0])
    tails.shares.forEach((share, s) => {
      expect(share).toBeGreaterThanOrEqual(0)
      expect(Math.abs(share - (members.shares[s] as number))).toBeLessThanOrEqual(1e-11 * share)
    })
  })
  test('no table at all', () => {
    const none = new Array<number>(8).fill(-1)
    expect(sharesOfTails(3, 4, none, new Array<number>(8).fill(9))).toEqual({ shares: new Float64Array(8), logScale: 0 })
    expect(sharesOfMembers(3, 4, () => false)).toEqual({ shares: new Float64Array(8), logScale: 0 })
  })
})

describe('P from shares', () => {
  const samplesOf = (x1: number, n1: number, x2: number, n2: number) => ({ x1, n1, x2, n2 })
  test('the largest value over the range, in units of the scale, plus the error of the range', () => {
    // P(π) = π of ten observations: the upper end of the range.
    const line = Float64Array.from({ length: 11 }, (_, s) => s / 10)
    expect(maximizeShares(line, 0, samplesOf(1, 5, 2, 5), {})).toMatchObject({ pValue: 1, logPValue: 0, nuisance: 1, nuisanceError: 0 })
    for (const logScale of [0, -3, -40, -600]) {
      const found = maximizeShares(line, logScale, samplesOf(1, 5, 2, 5), {})
      expect(found.logPValue).toBeCloseTo(logScale, 12)
      expect(found.pValue).toBeCloseTo(Math.exp(logScale), 15)
      expect(found.upperBound / Math.exp(logScale) - 1).toBeLessThan(1e-12)
      expect(found.upperBound).toBeGreaterThanOrEqual(found.pValue)
    }
    for (const nuisanceError of [0.001, 0.05, 0.5]) {
      // No events: P(X = 0) = (1 − π)¹⁰ is γ / 2 at the upper end; all events: π¹⁰ at the lower one.
      const tail = (nuisanceError / 2) ** 0.1
      const none = maximizeShares(line, 0, samplesOf(0, 5, 0, 5), { nuisanceError })
      expect(none.nuisance).toBeCloseTo(1 - tail, 12)
      expect(none.pValue).toBeCloseTo(Math.min(1, 1 - tail + nuisanceError), 12)
      expect(none.logPValue).toBeCloseTo(Math.log(none.pValue), 14)
      expect(none.upperBound).toBeCloseTo(none.pValue, 11)
      const all = maximizeShares(line.slice().reverse(), 0, samplesOf(5, 5, 5, 5), { nuisanceError })
      expect(all.nuisance).toBeCloseTo(tail, 12)
      expect(all.pValue).toBeCloseTo(Math.min(1, 1 - tail + nuisanceError), 12)
      // What is below the error counts for nothing beside it.
      expect(maximizeShares(line, -600, samplesOf(1, 5, 2, 5), { nuisanceError })).toMatchObject({ pValue: nuisanceError, nuisanceError })
    }
    for (const nuisanceError of [-1e-9, 1, NaN, Infinity])
      expect(() => maximizeShares(line, 0, samplesOf(1, 5, 2, 5), { nuisanceError })).toThrow(`nuisanceError is ${nuisanceError}, expected`)
  })
})

describe('shares of Boschloo’s region', () => {
  /** By the definition, given a total: all tables whose P value in Fisher's test is no larger than the observed one, in whole numbers. */
  const shareOf = (samples: Samples, s: number, twoSided: boolean): number => {
    const [x1, n1, x2, n2] = samples
    const valuesAt = (total: number) => {
      const weights = new Map<number, bigint>()
      for (let x = Math.max(0, total - n2); x <= Math.min(total, n1); x++) weights.set(x, binomial(n1, x) * binomial(n2, total - x))
      const all = [...weights.values()].reduce((sum, weight) => sum + weight, 0n)
      const p = (x: number) => {
        let part = 0n
        for (const [y, weight] of weights)
          if (twoSided ? weight * 10000000n <= (weights.get(x) as bigint) * 10000001n : y <= x) part += weight
        return part
      }
      return { weights, all, p }
    }
    const observed = valuesAt(x1 + x2)
    const p0 = observed.p(x1)
    const { all, p, weights } = valuesAt(s)
    let share = 0n
    for (const [x, weight] of weights) if (p(x) * observed.all <= p0 * all) share += weight
    // In units of the observed P value, which no share exceeds.
    return Number((share * 10n ** 40n * observed.all) / (all * p0)) / 1e40
  }
  type Samples = readonly [number, number, number, number]
  const smallSamples = fc
    .tuple(fc.integer({ min: 1, max: 14 }), fc.integer({ min: 1, max: 14 }))
    .chain(([n1, n2]) => fc.tuple(fc.nat(n1), fc.constant(n1), fc.nat(n2), fc.constant(n2)))
  const compare = (samples: Samples, twoSided: boolean, totals: readonly number[]) => {
    const [x1, n1, x2, n2] = samples
    solveFisher(x1, n1 - x1, x2, n2 - x2, twoSided ? 'two-sided' : 'less', 'probability', 'none')
    const logP = fisherLogP
    const { logScale, shares } = boschlooShares({ x1, n1, x2, n2 }, logP, twoSided)
    for (const s of totals) {
      const expected = shareOf(samples, s, twoSided)
      const found = (shares[s] as number) * Math.exp(logScale - logP)
      if (expected === 0) expect(found).toBe(0)
      else expect(Math.abs(found / expected - 1), `${String(samples)} at ${String(s)}`).toBeLessThan(1e-9)
    }
  }
  test.prop([smallSamples, fc.boolean()], { numRuns: 60 })('of small samples, at every total', (samples, twoSided) => {
    compare(
      samples,
      twoSided,
      Array.from({ length: samples[1] + samples[3] + 1 }, (_, s) => s),
    )
  })
  test.each([
    [
      [3, 60, 20, 45],
      [0, 3, 20, 23, 24, 45, 60, 82, 100, 105],
    ],
    [
      [40, 60, 20, 45],
      [0, 10, 40, 60, 61, 90, 105],
    ],
    // P below e⁻⁵⁰⁰, in logarithms.
    [
      [4, 400, 395, 400],
      [0, 5, 300, 395, 399, 400, 401, 405, 700, 800],
    ],
    [
      [2, 330, 468, 470],
      [140, 330, 468, 470, 472, 660],
    ],
  ] as const)('of samples %j', (samples, totals) => {
    for (const twoSided of [false, true]) compare(samples, twoSided, totals)
  })
})

describe('regressions elsewhere', () => {
  test('SciPy’s barnard_exact gives 0.0339 for one naming of the outcomes and 0.0385 for the other (scipy #18798)', () => {
    const one = barnardTest([
      [13, 7],
      [6, 14],
    ]) as BarnardTest
    const other = barnardTest([
      [7, 13],
      [14, 6],
    ]) as BarnardTest
    expect(one.pValue).toBeCloseTo(0.0385, 4)
    expect(other.pValue).toBe(one.pValue)
  })
})

describe('refusals', () => {
  test('say what is too large for what', () => {
    const [large, wide] = [[[10_000, 0], [0, 10_000]], [[3000, 0], [0, 3000]]]
    expect(() => boschlooTest(large)).toThrow('groups of 10000 and 10000 are too large for an unconditional test')
    expect(() => barnardTest(wide, { ordering: 'unpooled' })).toThrow('groups of 3000 and 3000 are too large for unpooled statistics to be compared exactly')
    expect(() => barnardTest([[200, 0], [0, 201]], { ordering: 'csm' })).toThrow('groups of 200 and 201 are too large for the ordering csm')
    expect(() => barnardTest([[1, 2], [3, 4]], { nuisanceError: 1 })).toThrow('nuisanceError is 1, expected a number from 0 to below 1')
    expect(() => boschlooTest([[1, 2], [3, 4]], { nuisanceError: -0.1 })).toThrow('nuisanceError is -0.1, expected a number from 0 to below 1')
    expect(barnardTest([[0, 0], [3, 4]])).toMatchObject({ test: 'barnard-exact', message: 'a group has no observations' })
    expect(boschlooTest([[3, 4], [0, 0]])).toMatchObject({ test: 'boschloo-exact', message: 'a group has no observations' })
  }) // prettier-ignore

  test('an empty group is not testable', () => {
    expect(
      boschlooTest([
        [0, 0],
        [3, 4],
      ]),
    ).toMatchObject({ method: 'not-testable', reason: 'zero-margin', pValue: null })
    expect(
      barnardTest([
        [1, 2],
        [0, 0],
      ]),
    ).toMatchObject({ method: 'not-testable', reason: 'zero-margin' })
  })
  test('no events at all: nothing varies, P = 1', () => {
    expect(
      boschlooTest([
        [0, 5],
        [0, 6],
      ]),
    ).toMatchObject({ pValue: 1 })
    expect(
      barnardTest([
        [0, 5],
        [0, 6],
      ]),
    ).toMatchObject({ pValue: 1, statistic: 0 })
  })
  test.each([
    [
      'mismatch',
      () =>
        boschlooTest([
          [1, 2, 3],
          [4, 5, 6],
        ]),
    ],
    [
      'too-large',
      () =>
        boschlooTest([
          [10_000, 0],
          [0, 10_000],
        ]),
    ],
    [
      'too-large',
      () =>
        barnardTest(
          [
            [200, 0],
            [0, 200],
          ],
          { ordering: 'csm' },
        ),
    ],
    [
      'too-large',
      () =>
        barnardTest(
          [
            [3000, 0],
            [0, 3000],
          ],
          { ordering: 'unpooled' },
        ),
    ],
    [
      'out-of-range',
      () =>
        barnardTest(
          [
            [1, 2],
            [3, 4],
          ],
          { nuisanceError: 1 },
        ),
    ],
    [
      'out-of-range',
      () =>
        boschlooTest(
          [
            [1, 2],
            [3, 4],
          ],
          { nuisanceError: -0.1 },
        ),
    ],
  ])('%s', (code, call) => {
    expect(call).toThrow(expect.objectContaining({ name: 'StatsError', code }))
  })
})
