import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import {
  type Alternative,
  arcsinePower,
  arcsineSampleSize,
  binomialProbability,
  binomialTest,
  chiSquaredPower,
  chiSquaredSampleSize,
  cohensH,
  cohensW,
  equivalencePower,
  equivalenceSampleSize,
  exactTwoProportionPower,
  exactTwoProportionSampleSize,
  fisherPValue,
  mcnemarPower,
  mcnemarSampleSize,
  nonInferiorityPower,
  nonInferioritySampleSize,
  powerCurve,
  precisionSampleSize,
  proportionTest,
  trendPower,
  trendSampleSize,
  twoProportionPower,
  twoProportionSampleSize,
  wilsonInterval,
} from '../src/index.ts'
import { expectClose } from './relative-error.ts'
import reference from './proportions.reference.json' with { type: 'json' }

describe('reference values', () => {
  test.each(reference.power)('power.prop.test($n, $p, $level, "$alternative", strict = $strict)', (row) => {
    const [p1, p2] = row.p as [number, number]
    const { power } = twoProportionPower(p1, p2, row.n, {
      significanceLevel: row.level,
      alternative: row.alternative as 'one-sided',
      rejection: row.strict ? 'both-sides' : 'expected-side',
    })
    expectClose(power, row.power, 1e-11)
  })
  test.each(reference.fisherPower)('fisher.test on every table, $p, $n, "$alternative"', (row) => {
    const [p1, p2] = row.p as [number, number]
    const { power } = exactTwoProportionPower(p1, p2, row.n as [number, number], { alternative: row.alternative as Alternative })
    expectClose(power, row.power, 1e-12)
  })
  test('effect sizes of Cohen 1988: table 6.2.2 and example 7.4', () => {
    expect(cohensH(0.65, 0.45)).toBeCloseTo(0.4, 2)
    expect(cohensW([[0.375, 0.375, 0.25]], [[1 / 3, 1 / 3, 1 / 3]])).toBeCloseTo(0.177, 3)
  })
  test('samples for a margin of 5 points: 385 without end, 143 of 226 trusts', () => {
    // n = 1.96² / (4 · 0.05²) = 384.1; with N = 226, 384.1 / (1 + 383.1 / 225) = 142.1: Cochran 1977, section 4.4.
    expect(precisionSampleSize(0.05, { method: 'wald' }).sampleSize).toBe(385)
    expect(precisionSampleSize(0.05, { method: 'wald', population: 226 }).sampleSize).toBe(143)
  })
  test('non-inferiority by hand: 0.85 against 0.85, margin 0.1, Wald', () => {
    // (1.959964 + 0.841621)² · 2 · 0.85 · 0.15 / 0.1² = 200.15.
    const { sampleSize, wholeSampleSize } = nonInferioritySampleSize(0.85, 0.85, -0.1, {
      significanceLevel: 0.025,
      nullVariance: 'unrestricted',
    })
    expect(sampleSize).toBeCloseTo(200.15, 1)
    expect(wholeSampleSize).toBe(201)
  })
})

describe('power by enumeration is the sum over every table that the test rejects', () => {
  const total = (n1: number, n2: number, p1: number, p2: number, rejects: (x1: number, x2: number) => boolean) => {
    let sum = 0
    for (let a = 0; a <= n1; a++) {
      for (let b = 0; b <= n2; b++) if (rejects(a, b)) sum += binomialProbability(a, n1, p1) * binomialProbability(b, n2, p2)
    }
    return sum
  }
  test.each(['probability', 'doubling', 'blaker'] as const)('Fisher, %s', (twoSided) => {
    const expected = total(11, 14, 0.3, 0.8, (a, b) => fisherPValue(a, 11 - a, b, 14 - b, 'two-sided', twoSided) <= 0.05)
    expectClose(exactTwoProportionPower(0.3, 0.8, [11, 14], { twoSided }).power, expected, 1e-12)
  })
  test.each(['less', 'greater', 'two-sided'] as const)('Fisher with mid-P, %s', (alternative) => {
    const expected = total(13, 9, 0.6, 0.2, (a, b) => fisherPValue(a, 13 - a, b, 9 - b, alternative, 'probability', 'half-observed') <= 0.1)
    const { power } = exactTwoProportionPower(0.6, 0.2, [13, 9], { alternative, test: 'fisher-mid-p', significanceLevel: 0.1 })
    expectClose(power, expected, 1e-12)
  })
  test.each([
    ['chi-squared', 'none'],
    ['chi-squared-yates', 'yates'],
  ] as const)('%s', (kind, continuityCorrection) => {
    for (const alternative of ['two-sided', 'less', 'greater'] as const) {
      const expected = total(12, 17, 0.3, 0.7, (a, b) => {
        const result = proportionTest([a, b], [12, 17], { alternative, continuityCorrection })
        return result.method !== 'not-testable' && result.pValue <= 0.05
      })
      expectClose(exactTwoProportionPower(0.3, 0.7, [12, 17], { test: kind, alternative }).power, expected, 1e-12)
    }
  })
  test.each(['one-sided', 'two-sided'] as const)('McNemar, %s', (alternative) => {
    const [p12, p21, pairs] = [0.3, 0.1, 25]
    let expected = 0
    for (let m = 0; m <= pairs; m++) {
      for (let k = 0; k <= m; k++) {
        const { pValue } = binomialTest(k, m, { alternative: alternative === 'one-sided' ? 'greater' : 'two-sided', twoSided: 'doubling' })
        if (pValue <= 0.05) expected += binomialProbability(m, pairs, 0.4) * binomialProbability(k, m, 0.75)
      }
    }
    expectClose(mcnemarPower(p12, p21, pairs, { test: 'exact', alternative }).power, expected, 1e-12)
  })
})

const shares = fc
  .tuple(fc.double({ min: 0.02, max: 0.98, noNaN: true }), fc.double({ min: 0.02, max: 0.98, noNaN: true }))
  .filter(([p, q]) => Math.abs(p - q) > 0.02)
const level = fc.constantFrom(0.001, 0.01, 0.05, 0.1)
const target = fc.constantFrom(0.5, 0.8, 0.9, 0.999)

describe('properties: the solved size has the power asked for', () => {
  test.prop([fc.double({ min: 0.01, max: 2, noNaN: true }), fc.integer({ min: 1, max: 30 }), level, target])(
    'chi-squared',
    (w, degreesOfFreedom, significanceLevel, power) => {
      const { sampleSize } = chiSquaredSampleSize(w, { degreesOfFreedom, significanceLevel, power })
      expectClose(chiSquaredPower(w, sampleSize, { degreesOfFreedom, significanceLevel }).power, power, 1e-11)
    },
  )
  test.prop([
    shares,
    level,
    target,
    fc.constantFrom('expected-side', 'both-sides'),
    fc.constantFrom('one-sided', 'two-sided'),
    fc.constantFrom(0.5, 1, 3),
  ])('two proportions', ([p1, p2], significanceLevel, power, rejection, alternative, allocation) => {
    const plan = { significanceLevel, rejection: rejection as 'both-sides', alternative: alternative as 'one-sided' }
    const { sampleSize } = twoProportionSampleSize(p1, p2, { ...plan, power, allocation })
    expectClose(twoProportionPower(p1, p2, [sampleSize, allocation * sampleSize], plan).power, power, 1e-11)
  })
  test.prop([fc.double({ min: 0.01, max: 3, noNaN: true }), level, target, fc.constantFrom('two-sided', 'greater')])(
    'arcsine',
    (h, significanceLevel, power, alternative) => {
      const plan = { significanceLevel, alternative: alternative as Alternative }
      const { sampleSize } = arcsineSampleSize(h, { ...plan, power })
      expectClose(arcsinePower(h, sampleSize, plan).power, power, 1e-11)
    },
  )
  test.prop([fc.double({ min: 0.01, max: 0.45, noNaN: true }), fc.double({ min: 0.5, max: 0.54, noNaN: true }), target])(
    'McNemar',
    (p12, p21, power) => {
      const { sampleSize } = mcnemarSampleSize(p12, p21, { power })
      expectClose(mcnemarPower(p12, p21, sampleSize).power, power, 1e-11)
    },
  )
  test.prop([fc.array(fc.double({ min: 0.02, max: 0.98, noNaN: true }), { minLength: 2, maxLength: 6 }), target])(
    'trend',
    (rising, power) => {
      const proportions = [...rising].sort((a, b) => a - b)
      if ((proportions.at(-1) ?? 0) - (proportions[0] ?? 0) < 0.02) return
      const { sampleSize } = trendSampleSize(proportions, { power })
      expectClose(trendPower(proportions, sampleSize).power, power, 1e-11)
    },
  )
  test.prop([fc.double({ min: 0.2, max: 0.8, noNaN: true }), fc.double({ min: -0.05, max: 0.05, noNaN: true }), target])(
    'non-inferiority and equivalence',
    (p2, difference, power) => {
      const p1 = p2 + difference
      const one = nonInferioritySampleSize(p1, p2, -0.1, { power })
      expectClose(nonInferiorityPower(p1, p2, -0.1, one.sampleSize).power, power, 1e-10)
      const both = equivalenceSampleSize(p1, p2, [-0.1, 0.12], { power, allocation: 2 })
      expectClose(equivalencePower(p1, p2, [-0.1, 0.12], [both.sampleSize, 2 * both.sampleSize]).power, power, 1e-10)
    },
  )
  test.prop([shares])('exact size: enough, and one less is not', ([p1, p2]) => {
    if (Math.abs(p1 - p2) < 0.35) return
    const { sampleSize, attainedPower } = exactTwoProportionSampleSize(p1, p2)
    expect(attainedPower).toBeGreaterThanOrEqual(0.8)
    if (sampleSize > 1) expect(exactTwoProportionPower(p1, p2, sampleSize - 1).power).toBeLessThan(0.8)
  })
  test.prop([
    fc.double({ min: 0.01, max: 0.3, noNaN: true }),
    fc.constantFrom('wald', 'wilson', 'clopper-pearson'),
    fc.constantFrom(0.1, 0.5, 0.9),
  ])('precision: short enough, and one less is not', (halfWidth, method, expected) => {
    const plan = { method: method as 'wald', expected }
    const answer = precisionSampleSize(halfWidth, plan)
    expect(answer.halfWidth).toBeLessThanOrEqual(halfWidth * (1 + 1e-9))
    // A little more precision costs at least as many.
    expect(precisionSampleSize(halfWidth * 0.97, plan).sampleSize).toBeGreaterThanOrEqual(answer.sampleSize)
  })
  test('the half-width is that of the interval itself', () => {
    const { sampleSize, halfWidth } = precisionSampleSize(0.06, { expected: 0.5 })
    const even = sampleSize + (sampleSize % 2)
    const { lower, upper } = wilsonInterval(even / 2, even)
    expect(Math.abs((upper - lower) / 2 - halfWidth)).toBeLessThan(2e-4)
  })
})

describe('properties', () => {
  test.prop([shares, fc.integer({ min: 2, max: 200 })])('power rises with the sample', ([p1, p2], n) => {
    expect(twoProportionPower(p1, p2, n + 1).power).toBeGreaterThanOrEqual(twoProportionPower(p1, p2, n).power)
  })
  test.prop([shares, fc.integer({ min: 1, max: 25 }), fc.integer({ min: 1, max: 25 })])(
    'relabelling success and failure changes nothing',
    ([p1, p2], n1, n2) => {
      expectClose(exactTwoProportionPower(1 - p1, 1 - p2, [n1, n2]).power, exactTwoProportionPower(p1, p2, [n1, n2]).power, 1e-9)
    },
  )
  test('without an effect exact power is at most the level', () => {
    for (const p of [0.1, 0.5, 0.83]) expect(exactTwoProportionPower(p, p, 30).power).toBeLessThanOrEqual(0.05)
  })
  test('a curve is the power at each value', () => {
    const curve = powerCurve([10, 20, 40], (n) => twoProportionPower(0.2, 0.5, n))
    expect(curve.map(({ at }) => at)).toEqual([10, 20, 40])
    expect(curve[2]?.power).toBe(twoProportionPower(0.2, 0.5, 40).power)
    expect(JSON.parse(JSON.stringify(curve))).toStrictEqual(curve)
  })
})

describe('where nothing is left to chance, and to one side', () => {
  test('certainties differ with power 1 and agree with power 0', () => {
    expect(twoProportionPower(0, 1, 5).power).toBe(1)
    expect(twoProportionPower(1, 1, 5).power).toBe(0)
    expect(twoProportionPower(0, 0, 5).power).toBe(0)
  })
  test('a test to one side at half the level has the power of one to both', () => {
    const shares = [0.2, 0.3, 0.45]
    expectClose(trendPower(shares, 40, { alternative: 'one-sided', significanceLevel: 0.025 }).power, trendPower(shares, 40).power, 1e-12)
    expectClose(
      mcnemarPower(0.2, 0.1, 150, { alternative: 'one-sided', significanceLevel: 0.025 }).power,
      mcnemarPower(0.2, 0.1, 150).power,
      1e-12,
    )
    expect(trendPower(shares, 40, { alternative: 'one-sided' }).power).toBeGreaterThan(trendPower(shares, 40).power)
  })
  test('effect size of counts: against independence and against given probabilities', () => {
    const counts = [
      [20, 10, 5],
      [8, 12, 15],
    ]
    const total = 70
    const [rows, columns] = [
      [35, 35],
      [28, 22, 20],
    ]
    const against = (expected: (i: number, j: number) => number): number =>
      Math.sqrt(
        counts.flatMap((row, i) => row.map((count, j) => (count / total - expected(i, j)) ** 2 / expected(i, j))).reduce((a, b) => a + b),
      )
    expectClose(
      cohensW(counts),
      against((i, j) => ((rows[i] as number) / total) * ((columns[j] as number) / total)),
      1e-13,
    )
    const given = [
      [0.2, 0.2, 0.1],
      [0.1, 0.2, 0.2],
    ]
    expectClose(
      cohensW(counts, given),
      against((i, j) => given[i]?.[j] as number),
      1e-13,
    )
  })
})

describe('refusals', () => {
  test.each([
    [() => chiSquaredPower(0.3, 0), 'out-of-range', ''],
    [() => chiSquaredSampleSize(0), 'out-of-range', ''],
    [() => chiSquaredSampleSize(0.3, { power: 0.01 }), 'out-of-range', 'power'],
    [() => twoProportionSampleSize(0.4, 0.4), 'out-of-range', ''],
    [() => twoProportionPower(0.4, 1.4, 10), 'out-of-range', 'p2 is 1.4'],
    [() => arcsineSampleSize(-0.4, { alternative: 'greater' }), 'out-of-range', ''],
    [() => mcnemarPower(0.7, 0.6, 10), 'mismatch', 'p12 and p21 add up to 1.2'],
    [() => mcnemarSampleSize(0.2, 0.2), 'out-of-range', ''],
    [() => trendPower([0.3], 10), 'too-small', ''],
    [() => trendPower([0.3, 0.4], 10, { scores: [1, 2, 3] }), 'mismatch', ''],
    [() => trendPower([0.3, 0.4], 10, { scores: [1, 1] }), 'out-of-range', 'the scores are all the same'],
    [() => trendPower([0.3, 0.4], 10, { scores: [0, 1e200] }), 'out-of-range', 'or too large to be squared'],
    [() => exactTwoProportionPower(0.3, 0.4, 2.5), 'not-a-count', '2.5'],
    [() => exactTwoProportionPower(0.3, 0.4, 100000), 'too-large', ''],
    [() => exactTwoProportionSampleSize(0.3, 0.31, { largest: 50 }), 'too-large', ''],
    [() => exactTwoProportionSampleSize(0.3, 0.6, { alternative: 'greater' }), 'out-of-range', 'greater looks the other way'],
    [() => exactTwoProportionSampleSize(0.6, 0.3, { alternative: 'less' }), 'out-of-range', 'less looks the other way'],
    [() => equivalenceSampleSize(0.3, 0.5, [-0.1, 0.1]), 'out-of-range', ''],
    [() => nonInferiorityPower(0.3, 0.3, 0, 50), 'out-of-range', ''],
    [() => precisionSampleSize(0.6), 'out-of-range', ''],
    [() => precisionSampleSize(0.1, { method: 'clopper-pearson', population: 100 }), 'mismatch', ''],
    [() => cohensW([[0.5, 0.5]], [[1, 0]]), 'out-of-range', ''],
    [() => cohensW([[0.5, 0.5], [1]]), 'ragged', ''],
    [() => twoProportionPower(1.4, 0.4, 10), 'out-of-range', 'p1 is 1.4'],
    [() => arcsineSampleSize(0.4, { allocation: 0 }), 'out-of-range', 'allocation'],
    [() => chiSquaredPower(Number.NaN, 10), 'out-of-range', 'effectSize'],
    [() => mcnemarPower(0.2, 0.1, Number.NaN), 'out-of-range', 'pairs'],
  ])('%s', (refused, code, message) => {
    expect(refused).toThrow(expect.objectContaining({ code, message: expect.stringContaining(message) as string }) as Error)
    // Every refusal says something.
    expect(refused).toThrow(/\w+ \w+/)
  })
})
