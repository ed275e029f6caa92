import { describe, expect, test } from 'vitest'
import {
  type Alternative,
  arcsinePower,
  arcsineSampleSize,
  binomialProbability,
  chiSquaredPower,
  chiSquaredSampleSize,
  chiSquaredUpperTail,
  cohensH,
  cohensW,
  equivalencePower,
  equivalenceSampleSize,
  type ExactPowerTest,
  exactTwoProportionPower,
  exactTwoProportionSampleSize,
  fisherPValue,
  mcnemarPower,
  mcnemarSampleSize,
  nonInferiorityPower,
  nonInferioritySampleSize,
  normalUpperQuantile,
  type PowerAlternative,
  powerCurve,
  precisionSampleSize,
  type ProportionEffect,
  type StatsErrorCode,
  trendPower,
  trendSampleSize,
  twoProportionPower,
  twoProportionSampleSize,
} from '../src/index.ts'
import reference from './power.reference.json' with { type: 'json' }
import { expectClose } from './relative-error.ts'

type Pair = [number, number]

/** What the documentation says an option is where it is left out. */
const defaults: Readonly<Record<string, unknown>> = {
  significanceLevel: 0.05,
  power: 0.8,
  allocation: 1,
  degreesOfFreedom: 1,
  alternative: 'two-sided',
  rejection: 'expected-side',
  effect: 'difference',
  nullVariance: 'restricted',
  twoSided: 'probability',
  confidenceLevel: 0.95,
  expected: 0.5,
  population: null,
}

/** The options as they are, and again without those that are the default. */
function ways<Options extends object>(options: Options, also: Readonly<Record<string, unknown>> = {}): readonly Partial<Options>[] {
  const standard = { ...defaults, ...also }
  const fewer = Object.fromEntries(Object.entries(options).filter(([name, value]) => standard[name] !== value)) as Partial<Options>
  return [options, fewer]
}

interface Planned {
  readonly method: string
  readonly power: number
  readonly significanceLevel: number
}

function expectPower(actual: Planned, method: string, level: number, power: number): void {
  expect(actual).toMatchObject({ method, significanceLevel: level })
  expectClose(actual.power, power, 1e-11)
}

function expectSize(
  actual: Planned & { readonly sampleSize: number; readonly wholeSampleSize: number },
  method: string,
  level: number,
  target: number,
  size: number,
): void {
  expect(actual).toMatchObject({ method, significanceLevel: level, power: target, wholeSampleSize: Math.ceil(size) })
  expectClose(actual.sampleSize, size, 1e-10)
}

describe('40 digits from the definitions (test/reference/power.py)', () => {
  test.each(reference.arcsine)('arcsine: h $effect, n $n, × $allocation, $level, $alternative', (row) => {
    const plan = { significanceLevel: row.level, alternative: row.alternative as Alternative }
    for (const options of ways(plan)) {
      expectPower(arcsinePower(row.effect, [row.n, row.n * row.allocation], options), 'arcsine-power', row.level, row.power)
      if (row.allocation === 1) expectPower(arcsinePower(row.effect, row.n, options), 'arcsine-power', row.level, row.power)
    }
    if (row.target === null) return
    for (const options of ways({ ...plan, power: row.target, allocation: row.allocation }))
      expectSize(arcsineSampleSize(row.effect, options), 'arcsine-power', row.level, row.target, row.size)
  })
  test.each(reference.chiSquared)('chi-squared: w $effect, n $n, df $df, $level', (row) => {
    const plan = { significanceLevel: row.level, degreesOfFreedom: row.df }
    for (const options of ways(plan)) expectPower(chiSquaredPower(row.effect, row.n, options), 'chi-squared-power', row.level, row.power)
    if (row.target === null) return
    for (const options of ways({ ...plan, power: row.target }))
      expectSize(chiSquaredSampleSize(row.effect, options), 'chi-squared-power', row.level, row.target, row.size)
  })
  test.each(reference.twoProportions)('two proportions: $p, n $n, × $allocation, $level, $alternative, $rejection', (row) => {
    const [p1, p2] = row.p as Pair
    const plan = {
      significanceLevel: row.level,
      alternative: row.alternative as PowerAlternative,
      rejection: row.rejection as 'both-sides',
    }
    for (const options of ways(plan)) {
      expectPower(twoProportionPower(p1, p2, [row.n, row.n * row.allocation], options), 'two-proportion-power', row.level, row.power)
      if (row.allocation === 1) expectPower(twoProportionPower(p1, p2, row.n, options), 'two-proportion-power', row.level, row.power)
    }
    for (const options of ways({ ...plan, power: row.target, allocation: row.allocation }))
      expectSize(twoProportionSampleSize(p1, p2, options), 'two-proportion-power', row.level, row.target, row.size)
  })
  test.each(reference.trend)('trend: $p, n $n, scores $scores, weights $weights, $level, $alternative', (row) => {
    const plan = {
      significanceLevel: row.level,
      alternative: row.alternative as PowerAlternative,
      scores: row.scores,
      weights: row.weights,
    }
    // Scores 1, 2, 3 and equal weights are the defaults.
    const left = {
      ...(row.scores.every((score, i) => score === i + 1) ? { scores: row.scores } : {}),
      ...(row.weights.every((weight) => weight === row.weights[0]) ? { weights: row.weights } : {}),
    }
    for (const options of ways(plan, left)) expectPower(trendPower(row.p, row.n, options), 'trend-power', row.level, row.power)
    for (const options of ways({ ...plan, power: row.target }, left))
      expectSize(trendSampleSize(row.p, options), 'trend-power', row.level, row.target, row.size)
  })
  test.each(reference.mcnemar)('McNemar: $p, n $n, $level, $alternative', (row) => {
    const plan = { significanceLevel: row.level, alternative: row.alternative as PowerAlternative }
    for (const [p12, p21] of [row.p, [...row.p].reverse()] as Pair[]) {
      for (const options of ways({ ...plan, test: 'asymptotic' as const }, { test: 'asymptotic' }))
        expectPower(mcnemarPower(p12, p21, row.n, options), 'mcnemar-power', row.level, row.power)
      for (const options of ways({ ...plan, power: row.target }))
        expectSize(mcnemarSampleSize(p12, p21, options), 'mcnemar-power', row.level, row.target, row.size)
    }
  })
  test.each(reference.mcnemarEnumerated)('McNemar by enumeration: $p, n $n, $level, $alternative, $test', (row) => {
    const [p12, p21] = row.p as Pair
    const plan = { significanceLevel: row.level, alternative: row.alternative as PowerAlternative, test: row.test as 'exact' }
    for (const options of ways(plan)) expectPower(mcnemarPower(p12, p21, row.n, options), 'mcnemar-power', row.level, row.power)
  })
  test.each(reference.nonInferiority)('non-inferiority: $p, $effect $nullValue, n $n, × $allocation, $level, $nullVariance', (row) => {
    const [p1, p2] = row.p as Pair
    const plan = {
      significanceLevel: row.level,
      effect: row.effect as ProportionEffect,
      nullVariance: row.nullVariance as 'restricted',
    }
    const method = 'non-inferiority-power'
    for (const options of ways(plan)) {
      expectPower(nonInferiorityPower(p1, p2, row.nullValue, [row.n, row.n * row.allocation], options), method, row.level, row.power)
      if (row.allocation === 1) expectPower(nonInferiorityPower(p1, p2, row.nullValue, row.n, options), method, row.level, row.power)
    }
    if (row.target === null) return
    for (const options of ways({ ...plan, power: row.target, allocation: row.allocation }))
      expectSize(nonInferioritySampleSize(p1, p2, row.nullValue, options), method, row.level, row.target, row.size)
  })
  test.each(reference.equivalence)('equivalence: $p, $effect $margins, n $n, × $allocation, $level, $nullVariance', (row) => {
    const [p1, p2] = row.p as Pair
    const margins = row.margins as Pair
    const plan = {
      significanceLevel: row.level,
      effect: row.effect as ProportionEffect,
      nullVariance: row.nullVariance as 'restricted',
    }
    const method = 'equivalence-power'
    for (const options of ways(plan)) {
      expectPower(equivalencePower(p1, p2, margins, [row.n, row.n * row.allocation], options), method, row.level, row.power)
      if (row.allocation === 1) expectPower(equivalencePower(p1, p2, margins, row.n, options), method, row.level, row.power)
    }
    if (row.target === null) return
    for (const options of ways({ ...plan, power: row.target, allocation: row.allocation }))
      expectSize(equivalenceSampleSize(p1, p2, margins, options), method, row.level, row.target, row.size)
  })
  test.each(reference.exact)('every table: $p, $n, $level, $alternative, $test, $twoSided', (row) => {
    const plan = {
      significanceLevel: row.level,
      alternative: row.alternative as Alternative,
      test: row.test as ExactPowerTest,
      twoSided: row.twoSided as 'probability',
    }
    const [[p1, p2], sizes] = [row.p as Pair, row.n as Pair]
    for (const options of ways(plan, { test: 'fisher' })) {
      const power = exactTwoProportionPower(p1, p2, sizes, options)
      expectPower(power, 'exact-two-proportion-power', row.level, row.power)
      expect(power.test).toBe(row.test)
      if (sizes[0] === sizes[1]) expect(exactTwoProportionPower(p1, p2, sizes[0], options)).toStrictEqual(power)
    }
  })
  test.each(reference.exactSize)('first size that is enough: $p, $level, $target, $alternative, $test, $twoSided', (row) => {
    const plan = {
      significanceLevel: row.level,
      power: row.target,
      alternative: row.alternative as Alternative,
      test: row.test as ExactPowerTest,
      twoSided: row.twoSided as 'probability',
    }
    const [p1, p2] = row.p as Pair
    for (const options of ways(plan, { test: 'fisher' })) {
      const size = exactTwoProportionSampleSize(p1, p2, options)
      expectSize(size, 'exact-two-proportion-power', row.level, row.target, row.size)
      expect(size.test).toBe(row.test)
      expectClose(size.attainedPower, row.power, 1e-11)
    }
    expect(exactTwoProportionSampleSize(p1, p2, { ...plan, largest: row.size }).sampleSize).toBe(row.size)
    expect(() => exactTwoProportionSampleSize(p1, p2, { ...plan, largest: row.size - 1 })).toThrow(
      `no size of up to ${row.size - 1} a group reaches a power of ${row.target}`,
    )
  })
  test.each(reference.precision)('precision: ± $halfWidth of $expected, $level, $population, $method', (row) => {
    const plan = {
      expected: row.expected,
      confidenceLevel: row.level,
      population: row.population,
      method: row.method as 'wilson',
    }
    for (const options of ways(plan, { method: 'wilson' })) {
      const answer = precisionSampleSize(row.halfWidth, options)
      expect(answer).toMatchObject({ method: 'precision', interval: row.method, sampleSize: row.size })
      expectClose(answer.halfWidth, row.reached, 1e-11)
    }
  })
})

describe('every table, whatever the level', () => {
  // Where P values peak matters only to tests that reject nearly everything.
  test.each(['probability', 'doubling', 'blaker'] as const)('Fisher, %s', (twoSided) => {
    for (const alternative of ['two-sided', 'less', 'greater'] as const) {
      for (const [kind, observed] of [
        ['fisher', 'none'],
        ['fisher-mid-p', 'half-observed'],
      ] as const) {
        for (const [n1, n2] of [
          [1, 1],
          [2, 5],
          [5, 4],
          [7, 7],
          [9, 3],
          [6, 11],
          [3, 13],
        ] as const) {
          const tables = Array.from({ length: (n1 + 1) * (n2 + 1) }, (_, k) => [k % (n1 + 1), Math.floor(k / (n1 + 1))] as const)
          const pValues = tables.map(([a, b]) => fisherPValue(a, n1 - a, b, n2 - b, alternative, twoSided, observed))
          // Every level at which one more table is rejected, and some between.
          for (const significanceLevel of [0.3, 0.6, 0.9, 0.99, ...new Set(pValues.filter((p) => p > 0.4 && p < 1))]) {
            const expected = tables.reduce((sum, [a, b], k) => {
              if ((pValues[k] as number) > significanceLevel * (1 + 1e-12)) return sum
              return sum + binomialProbability(a, n1, 0.3) * binomialProbability(b, n2, 0.6)
            }, 0)
            const { power } = exactTwoProportionPower(0.3, 0.6, [n1, n2], { alternative, twoSided, significanceLevel, test: kind })
            expectClose(power, expected, 1e-12)
          }
        }
      }
    }
  })
  test('P equal to the level is a rejection: 2 / C(6, 3) = 0.1, and X² = 2 against the quantile at P(X² ≥ 2)', () => {
    expect(exactTwoProportionPower(1, 0, 3, { significanceLevel: 0.1 }).power).toBe(1)
    expect(exactTwoProportionPower(1, 0, 3, { significanceLevel: 0.1 - 1e-9 }).power).toBe(0)
    const significanceLevel = chiSquaredUpperTail(2, 1)
    expect(exactTwoProportionPower(1, 0, 1, { significanceLevel, test: 'chi-squared' }).power).toBe(1)
    expect(exactTwoProportionPower(1, 0, 1, { significanceLevel: significanceLevel - 1e-9, test: 'chi-squared' }).power).toBe(0)
  })
  test('the first size that is enough is found though the approximation is far above it', () => {
    // n = 1: X² is 2 where the two differ, above 1.64; 0.6² + 0.4² = 0.52.
    const lucky = exactTwoProportionSampleSize(0.6, 0.4, { test: 'chi-squared', significanceLevel: 0.2, power: 0.45 })
    expect(lucky.sampleSize).toBe(1)
    expectClose(lucky.attainedPower, 0.52, 1e-14)
    // Beyond the first hundred sizes too, where a test to one side needs a fraction of what one to both needs.
    const plan = { test: 'chi-squared', alternative: 'less', significanceLevel: 0.4 } as const
    const { sampleSize } = exactTwoProportionSampleSize(0.5, 0.54, { ...plan, power: 0.7 })
    expect(sampleSize).toBeGreaterThan(100)
    for (let n = 1; n < sampleSize; n++) expect(exactTwoProportionPower(0.5, 0.54, n, plan).power).toBeLessThan(0.7)
  })
})

describe('R 4.2.2 and statsmodels 0.13', () => {
  // power.prop.test(p1 =, p2 =, sig.level =, power =, alternative =, strict =, tol = .Machine$double.eps^0.8)$n
  test.each([
    [0.5, 0.75, 0.05, 0.9, 'two-sided', 'both-sides', 76.706916115817378],
    [0.5, 0.75, 0.05, 0.9, 'two-sided', 'expected-side', 76.706928451777443],
    [0.5, 0.75, 0.05, 0.9, 'one-sided', 'both-sides', 62.335508037096396],
    [0.1, 0.2, 0.01, 0.8, 'two-sided', 'both-sides', 296.37022234675408],
    [0.1, 0.2, 0.01, 0.8, 'one-sided', 'expected-side', 254.58075935390934],
  ] as const)('power.prop.test(p1 = %d, p2 = %d, %d, %d, %s, %s)$n', (p1, p2, significanceLevel, power, alternative, rejection, n) => {
    expectClose(twoProportionSampleSize(p1, p2, { significanceLevel, power, alternative, rejection }).sampleSize, n, 1e-11)
  })
  test('pchisq(qchisq(level, df, lower = FALSE), df, ncp = n * w^2, lower = FALSE)', () => {
    expectClose(chiSquaredPower(0.2, 150, { degreesOfFreedom: 5, significanceLevel: 0.01 }).power, 0.21648363919776373, 1e-11)
    expectClose(chiSquaredPower(0.35, 80, { degreesOfFreedom: 9, significanceLevel: 0.1 }).power, 0.67685314156693677, 1e-11)
  })
  test('NormalIndPower().solve_power(±0.4, alpha = 0.05, power = 0.9, ratio = 2), two-sided and "smaller"', () => {
    expectClose(arcsineSampleSize(0.4, { power: 0.9, allocation: 2 }).sampleSize, 98.50705696627769, 1e-9)
    expectClose(arcsineSampleSize(-0.4, { power: 0.9, allocation: 2, alternative: 'less' }).sampleSize, 80.28606886251727, 1e-9)
  })
  test('McNemar by enumeration where most numbers of discordant pairs cannot occur', () => {
    // For every m: dbinom(m, 2000, 0.025) * (pbinom(cut - 1, m, 0.8, lower = FALSE) + pbinom(cut - 1, m, 0.2, lower = FALSE)), cut the
    // smallest k with 2 * pbinom(k - 1, m, 0.5, lower = FALSE) <= 0.01, summed.
    expectClose(mcnemarPower(0.02, 0.005, 2000, { test: 'exact', significanceLevel: 0.01 }).power, 0.95979527865107084, 1e-11)
  })
})

describe('where nothing is left to chance', () => {
  test('the power is 1 from the size on at which the certain result is significant, and 0 below', () => {
    // z √(p̄ (1 − p̄) 2 / n) = 1.386 with n = 1 and 0.98 with n = 2, against a difference of 1.
    expect([1, 2].map((n) => twoProportionPower(0, 1, n).power)).toEqual([0, 1])
    // √n against z = 1.96.
    expect([3, 4].map((n) => mcnemarPower(0, 1, n).power)).toEqual([0, 1])
    expect([3, 4].map((n) => trendPower([1, 0], n).power)).toEqual([0, 1])
    // 0.1 against 1.645 √(0.9 · 0.1 / n) = 0.11 with n = 20 and 0.07 with n = 50.
    expect([20, 50].map((n) => nonInferiorityPower(1, 1, -0.1, n).power)).toEqual([0, 1])
    expect([20, 50].map((n) => equivalencePower(0, 0, [-0.1, 0.1], n).power)).toEqual([0, 1])
    expect(nonInferiorityPower(1, 1, -0.1, 1, { nullVariance: 'unrestricted' }).power).toBe(1)
  })
  test('a size that is whole but for rounding is not rounded up to the next', () => {
    const z = normalUpperQuantile(0.05) + normalUpperQuantile(0.2)
    for (let n = 1; n <= 200; n++)
      expect(arcsineSampleSize(z / Math.sqrt(n / 2), { alternative: 'greater' })).toMatchObject({ wholeSampleSize: n })
  })
  test('no effect at all is never found', () => {
    expect(mcnemarPower(0, 0, 50).power).toBe(0)
    expect(mcnemarPower(0, 0, 50, { test: 'exact' }).power).toBe(0)
    expect(trendPower([0, 0, 0], 50).power).toBe(0)
    expect(nonInferiorityPower(0, 0, 0.8, 50, { effect: 'ratio' }).power).toBe(0)
    expect(nonInferiorityPower(0, 0, 0.8, 50, { effect: 'ratio', nullVariance: 'unrestricted' }).power).toBe(0)
    expect(exactTwoProportionPower(1, 1, 10).power).toBe(0)
  })
  test('samples of nobody', () => {
    expect(exactTwoProportionPower(0.2, 0.9, [0, 10]).power).toBe(0)
    expect(mcnemarPower(0.2, 0.1, 0, { test: 'mid-p' }).power).toBe(0)
  })
})

describe('effect sizes', () => {
  test('h: 2 asin √p₁ − 2 asin √p₂, from −π to π', () => {
    expect(cohensH(1, 0)).toBe(Math.PI)
    expect(cohensH(0, 1)).toBe(-Math.PI)
    expectClose(cohensH(0.75, 0.25), Math.PI / 3, 1e-14)
    expect(cohensH(0.3, 0.3)).toBe(0)
  })
  test('w: 0 for independence, 1 for the perfect 2 × 2 table; no probability where none is expected adds nothing', () => {
    expect(cohensW([[5, 5], [20, 20]])).toBe(0) // prettier-ignore
    expect(cohensW([[0.5, 0], [0, 0.5]])).toBe(1) // prettier-ignore
    // (0.4 − 0.5)² / 0.5 twice.
    expectClose(cohensW([[4, 6, 0]], [[1, 1, 0]]), 0.2, 1e-14)
    // X² / n = (5 · 4 − 5 · 1)² / (10 · 5 · 6 · 9), the empty column left out.
    expectClose(cohensW([[5, 5, 0], [1, 4, 0]]), Math.sqrt(1 / 12), 1e-14) // prettier-ignore
  })
})

describe('a curve', () => {
  test('keeps the order of its values, whatever is varied, and may be empty', () => {
    const curve = powerCurve([0.5, 0.1, 0.3], (w) => chiSquaredPower(w, 100))
    expect(curve).toStrictEqual([0.5, 0.1, 0.3].map((at) => ({ at, power: chiSquaredPower(at, 100).power })))
    expect(powerCurve([], () => ({ power: 1 }))).toStrictEqual([])
  })
  test.each([
    ['arcsine', (n: number) => arcsinePower(0.3, n)],
    ['chi-squared', (n: number) => chiSquaredPower(0.3, n)],
    ['two proportions', (n: number) => twoProportionPower(0.3, 0.5, n)],
    ['trend', (n: number) => trendPower([0.2, 0.3, 0.5], n)],
    ['McNemar', (n: number) => mcnemarPower(0.2, 0.1, n)],
    ['non-inferiority', (n: number) => nonInferiorityPower(0.5, 0.5, -0.15, n)],
    ['equivalence', (n: number) => equivalencePower(0.5, 0.52, [-0.3, 0.3], n)],
  ] as const)('of %s rises from the level to 1', (_, power) => {
    const powers = powerCurve([80, 160, 320, 640, 1280, 100_000], power).map((point) => point.power)
    expect(powers).toStrictEqual([...powers].sort((a, b) => a - b))
    expect(powers[0]).toBeLessThan(powers[3] as number)
    expectClose(powers.at(-1), 1, 1e-12)
  })
})

describe('refusals say what is wrong', () => {
  const between = (low: number, high: number) => `expected a number between ${low} and ${high}`
  const noEffect = 'no sample is large enough: there is no effect to detect'
  test.each<readonly [() => unknown, StatsErrorCode, string]>([
    [() => cohensH(-0.1, 0.5), 'out-of-range', 'p1 is -0.1, expected a probability'],
    [() => cohensH(0.5, 1.1), 'out-of-range', 'p2 is 1.1, expected a probability'],
    [() => arcsinePower(Number.NaN, 10), 'out-of-range', 'effectSize is NaN, expected a number'],
    [() => arcsinePower(0.3, 0), 'out-of-range', `sampleSize is 0, ${between(0, Infinity)}`],
    [() => arcsinePower(0.3, [10, -1]), 'out-of-range', `sampleSize is -1, ${between(0, Infinity)}`],
    [() => arcsinePower(0.3, 10, { significanceLevel: 1 }), 'out-of-range', `significanceLevel is 1, ${between(0, 1)}`],
    [() => arcsineSampleSize(Number.NaN), 'out-of-range', 'effectSize is NaN, expected a number'],
    [() => arcsineSampleSize(0), 'out-of-range', noEffect],
    [() => arcsineSampleSize(0.3, { alternative: 'less' }), 'out-of-range', noEffect],
    [() => arcsineSampleSize(0.3, { allocation: -2 }), 'out-of-range', `allocation is -2, ${between(0, Infinity)}`],
    [() => arcsineSampleSize(0.3, { power: 0.05 }), 'out-of-range', `power is 0.05, ${between(0.05, 1)}`],
    [() => arcsineSampleSize(0.3, { power: 1 }), 'out-of-range', `power is 1, ${between(0.05, 1)}`],
    [() => chiSquaredPower(-0.1, 10), 'out-of-range', 'effectSize is -0.1, expected a number of at least 0'],
    [() => chiSquaredPower(Infinity, 10), 'out-of-range', 'effectSize is Infinity, expected a number of at least 0'],
    [() => chiSquaredPower(0.1, -3), 'out-of-range', `sampleSize is -3, ${between(0, Infinity)}`],
    [() => chiSquaredSampleSize(-0.2), 'out-of-range', `effectSize is -0.2, ${between(0, Infinity)}`],
    [() => cohensW([[0, 0]]), 'out-of-range', 'the probabilities add up to 0'],
    [() => cohensW([]), 'out-of-range', 'the probabilities add up to 0'],
    [() => cohensW([[0.5, -0.5]]), 'out-of-range', 'probability is -0.5, expected a number of at least 0'],
    [() => cohensW([[0.5, Infinity]]), 'out-of-range', 'probability is Infinity, expected a number of at least 0'],
    [() => cohensW([[1, 2], [3]]), 'ragged', 'row 1 has 1 cells, expected 2'],
    [() => cohensW([[1, 2]], [[1, 2], [3, 4]]), 'mismatch', 'the two tables of probabilities differ in shape'], // prettier-ignore
    [() => cohensW([[1, 2]], [[1, 2, 3]]), 'mismatch', 'the two tables of probabilities differ in shape'],
    [() => cohensW([[1, 0], [1, 2]], [[1, 1], [1, 0]]), 'out-of-range', 'probability [1][1] is above 0 where the null hypothesis says 0'], // prettier-ignore
    [() => twoProportionPower(0.3, 0.4, [10, 0]), 'out-of-range', `sampleSize is 0, ${between(0, Infinity)}`],
    [() => twoProportionPower(0.3, 0.4, [0, 10]), 'out-of-range', `sampleSize is 0, ${between(0, Infinity)}`],
    [() => twoProportionSampleSize(-1, 0.4), 'out-of-range', 'p1 is -1, expected a probability'],
    [() => twoProportionSampleSize(0.4, 2), 'out-of-range', 'p2 is 2, expected a probability'],
    [() => twoProportionSampleSize(0.4, 0.4), 'out-of-range', noEffect],
    [() => twoProportionSampleSize(0.4, 0.4, { rejection: 'both-sides' }), 'out-of-range', noEffect],
    [() => twoProportionSampleSize(0.4, 0.5, { allocation: 0 }), 'out-of-range', `allocation is 0, ${between(0, Infinity)}`],
    [() => trendPower([], 10), 'too-small', '0 groups, expected at least two'],
    [() => trendPower([0.3], 10), 'too-small', '1 groups, expected at least two'],
    [() => trendPower([0.3, 1.3], 10), 'out-of-range', 'proportion is 1.3, expected a probability'],
    [() => trendPower([0.3, 0.4], 10, { weights: [1, 0] }), 'out-of-range', `weight is 0, ${between(0, Infinity)}`],
    [() => trendPower([0.3, 0.4], 10, { weights: [1] }), 'mismatch', '2 proportions, 2 scores and 1 weights'],
    [() => trendPower([0.3, 0.4], 10, { scores: [1] }), 'mismatch', '2 proportions, 1 scores and 2 weights'],
    [() => trendPower([0.3, 0.4], 10, { scores: [-1e200, 1e200] }), 'out-of-range', 'scores'],
    [() => trendPower([0.3, 0.4], 0), 'out-of-range', `sampleSize is 0, ${between(0, Infinity)}`],
    [() => trendSampleSize([0.3, 0.3]), 'out-of-range', noEffect],
    [() => mcnemarPower(1.2, 0, 10), 'out-of-range', 'p12 is 1.2, expected a probability'],
    [() => mcnemarPower(0, -0.2, 10), 'out-of-range', 'p21 is -0.2, expected a probability'],
    [() => mcnemarPower(0.2, 0.1, 0), 'out-of-range', `pairs is 0, ${between(0, Infinity)}`],
    [() => mcnemarPower(0.2, 0.1, 10.5, { test: 'exact' }), 'not-a-count', 'pairs is 10.5'],
    [() => mcnemarSampleSize(0.2, 0.2), 'out-of-range', noEffect],
    [() => nonInferiorityPower(1.5, 0.5, -0.1, 10), 'out-of-range', 'p1 is 1.5, expected a probability'],
    [() => nonInferiorityPower(0.5, 1.5, -0.1, 10), 'out-of-range', 'p2 is 1.5, expected a probability'],
    [() => nonInferiorityPower(0.5, 0.5, -1, 10), 'out-of-range', 'nullValue is -1'],
    [() => nonInferiorityPower(0.5, 0.5, 1, 10), 'out-of-range', 'nullValue is 1'],
    [() => nonInferiorityPower(0.5, 0.5, 0, 10), 'out-of-range', 'nullValue is 0'],
    [() => nonInferiorityPower(0.5, 0.5, 1, 10, { effect: 'ratio' }), 'out-of-range', 'nullValue is 1'],
    [() => nonInferiorityPower(0.5, 0.5, -0.1, 10, { effect: 'ratio' }), 'out-of-range', 'nullValue is -0.1'],
    [() => nonInferiorityPower(0.5, 0.5, Infinity, 10, { effect: 'ratio' }), 'out-of-range', 'nullValue is Infinity'],
    [() => nonInferiorityPower(0.5, 0.5, -0.1, [10, 0]), 'out-of-range', `sampleSize is 0, ${between(0, Infinity)}`],
    [() => nonInferioritySampleSize(0.5, 0.5, 0), 'out-of-range', 'nullValue is 0'],
    [() => nonInferioritySampleSize(0.5, 0.6, -0.1, { allocation: 0 }), 'out-of-range', `allocation is 0, ${between(0, Infinity)}`],
    [() => equivalencePower(0.5, 0.5, [-1, 0.1], 10), 'out-of-range', 'margins are -1 and 0.1'],
    [() => equivalencePower(0.5, 0.5, [-0.1, 1], 10), 'out-of-range', 'margins are -0.1 and 1'],
    [() => equivalencePower(0.5, 0.5, [0.1, -0.1], 10), 'out-of-range', 'margins are 0.1 and -0.1'],
    [() => equivalencePower(0.5, 0.5, [0.1, 0.1], 10), 'out-of-range', 'margins are 0.1 and 0.1'],
    [() => equivalencePower(0.5, 0.5, [0, 1.2], 10, { effect: 'ratio' }), 'out-of-range', 'margins are 0 and 1.2'],
    [() => equivalencePower(0.5, 0.5, [0.8, Infinity], 10, { effect: 'ratio' }), 'out-of-range', 'margins are 0.8 and Infinity'],
    [() => equivalenceSampleSize(0.5, 0.5, [-0.1, 1.1]), 'out-of-range', 'margins are -0.1 and 1.1'],
    [() => equivalenceSampleSize(0.5, 0.7, [-0.1, 0.1]), 'out-of-range', 'the true contrast does not lie between the margins'],
    [() => equivalenceSampleSize(0.7, 0.5, [-0.1, 0.1]), 'out-of-range', 'the true contrast does not lie between the margins'],
    [() => equivalenceSampleSize(0.5, 0.5, [-0.1, 0.1], { allocation: 0 }), 'out-of-range', `allocation is 0, ${between(0, Infinity)}`],
    [() => exactTwoProportionPower(1.2, 0.5, 10), 'out-of-range', 'p1 is 1.2, expected a probability'],
    [() => exactTwoProportionPower(0.5, -0.2, 10), 'out-of-range', 'p2 is -0.2, expected a probability'],
    [() => exactTwoProportionPower(0.5, 0.2, [10, 1.5]), 'not-a-count', 'sampleSize is 1.5'],
    [() => exactTwoProportionPower(0.5, 0.2, [1.5, 10]), 'not-a-count', 'sampleSize is 1.5'],
    [() => exactTwoProportionPower(0.5, 0.2, [20_000, 5001]), 'too-large', '20000 × 5001 outcomes, at most 10^8'],
    [
      () => exactTwoProportionPower(0.5, 0.2, 5, { test: 'chi-squared', alternative: 'less', significanceLevel: 0.5 }),
      'out-of-range',
      'significanceLevel is 0.5, expected below a half for a one-sided chi-squared test',
    ],
    [() => exactTwoProportionSampleSize(0.5, 0.5), 'out-of-range', noEffect],
    [() => precisionSampleSize(0), 'out-of-range', `halfWidth is 0, ${between(0, 0.5)}`],
    [() => precisionSampleSize(0.5), 'out-of-range', `halfWidth is 0.5, ${between(0, 0.5)}`],
    [() => precisionSampleSize(0.1, { expected: -0.1 }), 'out-of-range', 'expected is -0.1, expected a probability'],
    [() => precisionSampleSize(0.1, { expected: 1.1 }), 'out-of-range', 'expected is 1.1, expected a probability'],
    [() => precisionSampleSize(0.1, { population: 2.5 }), 'out-of-range', 'population is 2.5, expected a positive integer'],
    [() => precisionSampleSize(0.1, { population: 0 }), 'out-of-range', 'population is 0, expected a positive integer'],
    [() => precisionSampleSize(0.1, { confidenceLevel: 95 }), 'out-of-range', 'confidenceLevel is 95'],
    [
      () => precisionSampleSize(0.1, { method: 'clopper-pearson', population: 50 }),
      'mismatch',
      'the Clopper-Pearson interval is for a population without end',
    ],
  ])('%s', (refused, code, message) => {
    expect(refused).toThrow(expect.objectContaining({ code, message: expect.stringContaining(message) as string }) as Error)
  })
  test('the chi-squared test to both sides has a power at any level', () => {
    expect(exactTwoProportionPower(0.5, 0.2, 5, { test: 'chi-squared', significanceLevel: 0.6 }).power).toBeGreaterThan(0)
  })
})
