import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import type { Alternative } from '../src/confidence-interval.ts'
import { barnardTest, boschlooTest, type BarnardTest, type BoschlooTest } from '../src/exact/index.ts'
import { fisherPValue } from '../src/index.ts'
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
function maximum(n1: number, n2: number, isMember: (i: number, j: number) => boolean): number {
  const n = n1 + n2
  const counts = new Float64Array(n + 1)
  for (let i = 0; i <= n1; i++)
    for (let j = 0; j <= n2; j++) if (isMember(i, j)) counts[i + j]! += Number(binomial(n1, i) * binomial(n2, j))
  const at = (p: number) => counts.reduce((sum, count, s) => sum + count * p ** s * (1 - p) ** (n - s), 0)
  let best = 0
  for (let k = 0; k <= 500; k++) if (at(k / 500) > at(best)) best = k / 500
  let [low, high] = [Math.max(0, best - 1 / 500), Math.min(1, best + 1 / 500)]
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
