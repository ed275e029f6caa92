import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import {
  type Alternative,
  agrestiCoullInterval,
  arcsineInterval,
  betaCdf,
  betaUpperTail,
  binomialCdf,
  binomialProbability,
  binomialTest,
  binomialUpperTail,
  blakerInterval,
  clopperPearsonInterval,
  goodmanIntervals,
  jeffreysInterval,
  likelihoodInterval,
  midPInterval,
  multinomialIntervals,
  normalUpperQuantile,
  proportionInterval,
  type ProportionIntervalMethod,
  proportionTest,
  quesenberryHurstIntervals,
  sisonGlazIntervals,
  waldInterval,
  wilsonInterval,
} from '../src/index.ts'
import equivalence from './equivalence.reference.json' with { type: 'json' }
import { expectClose } from './relative-error.ts'
import reference from './proportions.reference.json' with { type: 'json' }

const methods: readonly ProportionIntervalMethod[] = [
  'wald',
  'wald-corrected',
  'wilson',
  'wilson-corrected',
  'agresti-coull',
  'jeffreys',
  'clopper-pearson',
  'mid-p',
  'blaker',
  'likelihood-ratio',
  'arcsine',
]

describe('reference values', () => {
  test.each(reference.binomial)('binom.test($x, $n, $p, "$alternative", $level)', (row) => {
    const result = binomialTest(row.x, row.n, {
      probability: row.p,
      alternative: row.alternative as Alternative,
      confidenceLevel: row.level,
    })
    // R's own quantiles are right to about 1e-14; its P loses digits where the tail is 1 − something.
    expectClose(result.pValue, row.pValue, 1e-11)
    expectClose(result.confidenceInterval.lower, row.interval[0] as number, 1e-12)
    expectClose(result.confidenceInterval.upper, row.interval[1] as number, 1e-12)
  })

  test.each(reference.proportion)('prop.test($x, $n, $p, "$alternative", $level, $correction)', (row) => {
    const result = proportionTest(row.x, row.n, {
      probability: row.p,
      alternative: row.alternative as Alternative,
      confidenceLevel: row.level,
      continuityCorrection: row.correction as 'yates' | 'none',
    })
    if (result.method === 'not-testable') return expect.fail(result.message)
    // Where O is all but E the difference is rounding error in R, and 0 here.
    if (row.statistic < 1e-25) expect(result.statistic).toBeLessThan(1e-25)
    else expectClose(result.statistic, row.statistic, 1e-10)
    expect(result.degreesOfFreedom).toBe(row.df)
    expectClose(result.pValue, row.pValue, 1e-10)
    if (row.interval === null) return expect(result.confidenceInterval).toBeNull()
    for (const [ours, theirs] of [
      [result.confidenceInterval?.lower, row.interval[0] as number],
      [result.confidenceInterval?.upper, row.interval[1] as number],
    ] as const) {
      // R subtracts: a limit next to 0 keeps only its absolute accuracy there.
      expect(Math.abs((ours ?? Number.NaN) - theirs)).toBeLessThan(1e-14 + 1e-11 * Math.abs(theirs))
    }
  })

  test.each(equivalence.blaker as [number, number, number, string][])('Blaker, %d of %d at %d', (x, n, level, lower) => {
    expectClose(blakerInterval(x, n, { confidenceLevel: level }).lower, Number(lower), 1e-12)
    // The upper limit is the lower one of the failures.
    expectClose(1 - blakerInterval(n - x, n, { confidenceLevel: level }).upper, Number(lower), 1e-12)
  })

  test('multinomial intervals: exact coverage of Sison and Glaz by enumeration', () => {
    // The probability that every count stays within c of (3, 2, 1), from all outcomes of six draws.
    const counts = [3, 2, 1]
    const coverage = (c: number) => {
      let sum = 0
      for (let a = Math.max(0, 3 - c); a <= Math.min(6, 3 + c); a++) {
        for (let b = Math.max(0, 2 - c); b <= Math.min(6 - a, 2 + c); b++) {
          if (Math.abs(6 - a - b - 1) <= c) sum += binomialProbability(a, 6, 1 / 2) * binomialProbability(b, 6 - a, 2 / 3)
        }
      }
      return sum
    }
    const level = 0.9
    let c = 0
    while (coverage(c + 1) <= level) c++
    const fraction = (level - (c === 0 ? 0 : coverage(c))) / (coverage(c + 1) - (c === 0 ? 0 : coverage(c)))
    const [first] = sisonGlazIntervals(counts, { confidenceLevel: level, coverage: 'exact' })
    expectClose(first?.upper, Math.min(1, (3 + c + 2 * fraction) / 6), 1e-12)
    expectClose(first?.lower, (3 - c) / 6, 1e-12)
  })

  test('the NHS survey: 161 of 191', () => {
    expectClose(wilsonInterval(161, 191).lower, 0.7846158770428127, 1e-3)
    const exact = clopperPearsonInterval(161, 191)
    const midP = midPInterval(161, 191)
    expect(midP.lower).toBeGreaterThan(exact.lower)
    expect(midP.upper).toBeLessThan(exact.upper)
  })
})

const counts = fc.integer({ min: 1, max: 400 }).chain((n) => fc.tuple(fc.integer({ min: 0, max: n }), fc.constant(n)))
const method = fc.constantFrom(...methods)
const levels = fc.tuple(fc.double({ min: 0.5, max: 0.99, noNaN: true }), fc.double({ min: 0.001, max: 0.009, noNaN: true }))

describe('properties', () => {
  test.prop([counts, method, levels])('intervals widen with the level', ([x, n], kind, [level, more]) => {
    const narrow = proportionInterval(x, n, { method: kind, confidenceLevel: level })
    const wide = proportionInterval(x, n, { method: kind, confidenceLevel: level + more })
    expect(wide.lower).toBeLessThanOrEqual(narrow.lower + 1e-14)
    expect(wide.upper).toBeGreaterThanOrEqual(narrow.upper - 1e-14)
  })

  test.prop([counts, method])('exchanging successes and failures mirrors the interval', ([x, n], kind) => {
    const interval = proportionInterval(x, n, { method: kind })
    const mirrored = proportionInterval(n - x, n, { method: kind })
    expect(interval.lower).toBeCloseTo(1 - mirrored.upper, 12)
    expect(interval.upper).toBeCloseTo(1 - mirrored.lower, 12)
  })

  test.prop([counts, method])('intervals stay within 0 to 1, in order, and survive JSON', ([x, n], kind) => {
    const interval = proportionInterval(x, n, { method: kind })
    expect(interval.lower).toBeGreaterThanOrEqual(0)
    expect(interval.upper).toBeLessThanOrEqual(1)
    expect(interval.lower).toBeLessThanOrEqual(interval.upper)
    expect(JSON.parse(JSON.stringify(interval))).toStrictEqual(interval)
  })

  test.prop([counts, fc.constantFrom('doubling', 'blaker'), fc.constantFrom(0.8, 0.9, 0.95, 0.99), fc.boolean()])(
    'a limit is where the dual test turns from rejecting to not rejecting',
    ([x, n], twoSided, confidenceLevel, upper) => {
      const interval = binomialTest(x, n, { twoSided, confidenceLevel }).confidenceInterval
      const limit = upper ? interval.upper : interval.lower
      if (limit <= 0 || limit >= 1) return
      const alpha = 1 - confidenceLevel
      const outward = upper ? 1 : -1
      const pValueAt = (probability: number) => binomialTest(x, n, { probability, twoSided }).pValue
      const step = 1e-9 * Math.min(limit, 1 - limit)
      expect(pValueAt(limit + outward * step)).toBeLessThan(alpha * (1 + 1e-6))
      expect(pValueAt(limit - outward * step)).toBeGreaterThan(alpha * (1 - 1e-6))
    },
  )

  const inner = fc.integer({ min: 2, max: 400 }).chain((n) => fc.tuple(fc.integer({ min: 1, max: n - 1 }), fc.constant(n)))
  const alternatives = fc.constantFrom('two-sided', 'less', 'greater')
  test.prop([inner, fc.double({ min: 0.55, max: 0.999, noNaN: true }), alternatives])(
    'each limit is where what defines it is met',
    ([x, n], confidenceLevel, alternative) => {
      const options = { confidenceLevel, alternative: alternative }
      const tail = (1 - confidenceLevel) / (alternative === 'two-sided' ? 2 : 1)
      const z = normalUpperQuantile(tail)
      /** For the methods named, the value at the lower limit and at the upper one of what should be `goal` there. */
      const meets = (kind: ProportionIntervalMethod, goal: number, below: (p: number) => number, above: (p: number) => number) => {
        const { lower, upper } = proportionInterval(x, n, { ...options, method: kind })
        if (alternative !== 'less' && lower > 0) expectClose(below(lower), goal, 1e-9)
        if (alternative !== 'greater' && upper < 1) expectClose(above(upper), goal, 1e-9)
      }
      const score = (p: number, correction: number) => (Math.abs(x - n * p) - correction) / Math.sqrt(n * p * (1 - p))
      for (const [kind, correction] of [
        ['wilson', 0],
        ['wilson-corrected', 0.5],
      ] as const) {
        // Close to the estimate the correction is larger than the distance, and the limit is the estimate's less the correction.
        meets(
          kind,
          z,
          (p) => score(p, correction),
          (p) => score(p, correction),
        )
      }
      const width = z * Math.sqrt(((x / n) * (1 - x / n)) / n)
      meets(
        'wald',
        x / n,
        (p) => p + width,
        (p) => p - width,
      )
      meets(
        'wald-corrected',
        x / n,
        (p) => p + width + 0.5 / n,
        (p) => p - width - 0.5 / n,
      )
      meets(
        'clopper-pearson',
        tail,
        (p) => binomialUpperTail(x, n, p),
        (p) => binomialCdf(x, n, p),
      )
      const half = (p: number) => binomialProbability(x, n, p) / 2
      meets(
        'mid-p',
        tail,
        (p) => binomialUpperTail(x + 1, n, p) + half(p),
        (p) => binomialCdf(x - 1, n, p) + half(p),
      )
      meets(
        'jeffreys',
        tail,
        (p) => betaCdf(p, x + 0.5, n - x + 0.5),
        (p) => betaUpperTail(p, x + 0.5, n - x + 0.5),
      )
      const deviance = (p: number) => 2 * (x * Math.log(x / n / p) + (n - x) * Math.log((n - x) / n / (1 - p)))
      meets('likelihood-ratio', z * z, deviance, deviance)
      const angle = (p: number) => Math.asin(Math.sqrt(p)) * 2 * Math.sqrt(n)
      const centre = angle((x + 0.375) / (n + 0.75))
      meets(
        'arcsine',
        z,
        (p) => centre - angle(p),
        (p) => angle(p) - centre,
      )
      // Wald's around x + z² / 2 of n + z².
      const [share, total] = [(x + (z * z) / 2) / (n + z * z), n + z * z]
      const reach = z * Math.sqrt((share * (1 - share)) / total)
      meets(
        'agresti-coull',
        share,
        (p) => p + reach,
        (p) => p - reach,
      )
    },
  )
  test.prop([counts, fc.double({ min: 0.01, max: 0.99, noNaN: true })])(
    'to one side, the upper limit at a level is the lower one at the level that is left',
    ([x, n], level) => {
      for (const kind of ['wald', 'wilson', 'agresti-coull', 'jeffreys', 'likelihood-ratio', 'arcsine'] as const) {
        const { upper } = proportionInterval(x, n, { method: kind, alternative: 'less', confidenceLevel: level })
        const { lower } = proportionInterval(x, n, { method: kind, alternative: 'greater', confidenceLevel: 1 - level })
        // Where nothing or all succeeded some methods have one limit only.
        if (x > 0 && x < n) expect(Math.abs(upper - lower), kind).toBeLessThan(1e-9)
      }
    },
  )

  test.prop([counts, fc.double({ min: 0.01, max: 0.99, noNaN: true })])('Wilson and the score test agree', ([x, n], probability) => {
    const interval = wilsonInterval(x, n)
    const result = proportionTest([x], [n], { probability, continuityCorrection: 'none' })
    if (result.method === 'not-testable' || Math.abs(result.pValue - 0.05) < 1e-9) return
    expect(result.pValue > 0.05).toBe(probability > interval.lower && probability < interval.upper)
  })

  test.prop([counts, fc.double({ min: 0, max: 1, noNaN: true })])(
    'the two-sided P adds every outcome that is no more probable',
    ([x, n], p) => {
      const observed = binomialProbability(x, n, p)
      let sum = 0
      for (let k = 0; k <= n; k++) {
        const probability = binomialProbability(k, n, p)
        if (probability <= observed * (1 + 1e-7)) sum += probability
      }
      expectClose(binomialTest(x, n, { probability: p }).pValue, Math.min(1, sum), 1e-9)
    },
  )

  test.prop([counts, counts])('swapping the groups turns the sign of the difference and nothing else', ([x1, n1], [x2, n2]) => {
    const there = proportionTest([x1, x2], [n1, n2])
    const back = proportionTest([x2, x1], [n2, n1])
    expect(there.method).toBe(back.method)
    if (there.method === 'not-testable' || back.method === 'not-testable') return
    expectClose(there.statistic, back.statistic, 1e-12)
    expect(there.confidenceInterval?.lower).toBeCloseTo(-(back.confidenceInterval?.upper ?? Number.NaN), 14)
  })

  test.prop([
    fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 2, maxLength: 8 }),
    fc.constantFrom('goodman', 'quesenberry-hurst', 'sison-glaz'),
  ])('multinomial intervals hold the shares and follow their categories', (cells, kind) => {
    const intervals = multinomialIntervals(cells, { method: kind as 'goodman' })
    const reversed = multinomialIntervals([...cells].reverse(), { method: kind as 'goodman' })
    for (const [i, interval] of intervals.entries()) {
      expect(interval.lower).toBeLessThanOrEqual((interval.estimate ?? 0) + 1e-15)
      expect(interval.upper).toBeGreaterThanOrEqual((interval.estimate ?? 1) - 1e-15)
      expect(reversed[cells.length - 1 - i]?.upper).toBeCloseTo(interval.upper, 12)
    }
  })

  test('Goodman for two categories is Wilson at half the error; fewer degrees of freedom make the other shorter', () => {
    const [first] = goodmanIntervals([7, 13], { confidenceLevel: 0.9 })
    expectClose(first?.lower, wilsonInterval(7, 20, { confidenceLevel: 0.95 }).lower, 1e-13)
    expectClose(quesenberryHurstIntervals([7, 13])[0]?.upper, wilsonInterval(7, 20).upper, 1e-13)
  })
})

describe('degenerate data', () => {
  test('one-sided limits at low levels stay within 0 and 1', () => {
    for (const method of ['wald', 'wald-corrected', 'agresti-coull'] as const) {
      for (const alternative of ['less', 'greater'] as const) {
        for (const successes of [0, 1, 2]) {
          const { lower, upper } = proportionInterval(successes, 2, { method, alternative, confidenceLevel: 0.001 })
          expect(lower).toBeGreaterThanOrEqual(0)
          expect(lower).toBeLessThanOrEqual(upper)
          expect(upper).toBeLessThanOrEqual(1)
        }
      }
    }
  })
  test('limits a rounding error apart: counts near 2^53 were refused for want of a change of sign', () => {
    const most = 2 ** 53 - 1
    for (const confidenceLevel of [0.5, 0.95, 0.999999]) {
      for (const method of ['mid-p', 'blaker'] as const) {
        const { lower, upper } = proportionInterval(most - 1, most, { method, confidenceLevel })
        expect(lower).toBeGreaterThan(1 - 1e-14)
        expect(upper).toBeLessThanOrEqual(1)
      }
    }
    const { confidenceInterval } = binomialTest(2 ** 52, most, { twoSided: 'blaker' })
    const reach = confidenceInterval.upper - 0.5
    // 1.96 / 2√n
    expectClose(reach, 0.979981992270027 / Math.sqrt(most), 1e-4)
  })
  test('no successes, and nothing but successes: known in closed form', () => {
    for (const kind of methods) {
      const { lower, upper } = proportionInterval(0, 9, { method: kind })
      const turned = proportionInterval(9, 9, { method: kind })
      if (kind !== 'jeffreys') expect([lower, turned.upper], kind).toEqual([0, 1])
      expectClose(turned.lower, 1 - upper, 1e-13)
    }
    const z = normalUpperQuantile(0.025)
    expectClose(clopperPearsonInterval(0, 9).upper, 1 - 0.025 ** (1 / 9), 1e-14)
    expectClose(midPInterval(0, 9).upper, 1 - 0.05 ** (1 / 9), 1e-14)
    expectClose(likelihoodInterval(0, 9).upper, 1 - Math.exp((-z * z) / 18), 1e-14)
    expectClose(wilsonInterval(0, 9).upper, (z * z) / (9 + z * z), 1e-14)
    expectClose(waldInterval(0, 9, { continuityCorrection: 'half' }).upper, 1 / 18, 1e-14)
    expectClose(arcsineInterval(0, 9).upper, Math.sin(Math.asin(Math.sqrt(0.375 / 9.75)) + z / 6) ** 2, 1e-13)
  })
  test('a null hypothesis of never, or of always', () => {
    const pValue = (successes: number, probability: number, twoSided: 'probability' | 'blaker' | 'doubling') =>
      binomialTest(successes, 5, { probability, twoSided }).pValue
    for (const rule of ['probability', 'blaker', 'doubling'] as const) {
      expect([0, 2, 5].map((successes) => pValue(successes, 0, rule))).toEqual([1, 0, 0])
      expect([0, 2, 5].map((successes) => pValue(successes, 1, rule))).toEqual([0, 0, 1])
    }
  })
  test('no trials: every interval is 0 to 1, without estimate', () => {
    for (const kind of methods) {
      expect(proportionInterval(0, 0, { method: kind })).toMatchObject({ estimate: null, lower: 0, upper: 1 })
    }
    expect(binomialTest(0, 0).pValue).toBe(1)
    for (const kind of ['goodman', 'quesenberry-hurst', 'sison-glaz'] as const)
      expect(multinomialIntervals([0, 0, 0], { method: kind })[1]).toEqual({ estimate: null, lower: 0, upper: 1, level: 0.95 })
  })
  test('no or only successes: nothing varies', () => {
    expect(proportionTest([0, 0], [5, 9])).toMatchObject({ method: 'not-testable', reason: 'no-variation', pValue: null })
    expect(proportionTest([5, 9], [5, 9])).toMatchObject({ reason: 'no-variation' })
    expect(proportionTest([0, 3], [0, 9])).toMatchObject({ reason: 'no-observations' })
  })
  test('counts near 2^53 keep their digits', () => {
    const n = 2 ** 50
    const { lower, upper } = clopperPearsonInterval(2 ** 49, n)
    // 1.96 standard errors of 2^-26.
    expect((upper - lower) / 2).toBeCloseTo(1.959963984540054 / 2 ** 26, 12)
    const half = 2 ** 51
    const result = proportionTest([half / 2 + 30000000, half / 2], [half, half], { continuityCorrection: 'none' })
    // X² = n (ad − bc)² / margins with ad − bc = 3e7 · 2^51, margins from exact integers.
    const pooled = 0.5 + 15000000 / half
    expectClose(result.statistic, 30000000 ** 2 / (2 * half * pooled * (1 - pooled)), 1e-12)
  })
})

describe('one function for all methods', () => {
  const calls = {
    wald: waldInterval,
    wilson: wilsonInterval,
    'agresti-coull': agrestiCoullInterval,
    jeffreys: jeffreysInterval,
    'clopper-pearson': clopperPearsonInterval,
    'mid-p': midPInterval,
    blaker: blakerInterval,
    'likelihood-ratio': likelihoodInterval,
    arcsine: arcsineInterval,
  } as const
  test.each(Object.entries(calls))('%s', (method, call) => {
    for (const alternative of ['two-sided', 'less', 'greater'] as const)
      for (const [successes, trials] of [
        [3, 11],
        [0, 7],
        [7, 7],
        [0, 0],
      ] as const) {
        const result = proportionInterval(successes, trials, { method: method as 'wald', alternative, confidenceLevel: 0.9 })
        expect(result).toEqual(call(successes, trials, { alternative, confidenceLevel: 0.9 }))
        expect(result).toMatchObject({ method, estimate: trials === 0 ? null : successes / trials, level: 0.9 })
        if (alternative !== 'two-sided') expect(result[alternative === 'less' ? 'lower' : 'upper']).toBe(alternative === 'less' ? 0 : 1)
      }
  })
  test.each(['wald', 'wilson'] as const)('%s with the continuity correction', (method) => {
    const call = calls[method]
    expect(proportionInterval(3, 11, { method: `${method}-corrected` })).toEqual({
      ...call(3, 11, { continuityCorrection: 'half' }),
      method: `${method}-corrected`,
    })
    expect(proportionInterval(3, 11, { method: `${method}-corrected` }).upper).toBeGreaterThan(call(3, 11).upper)
  })
  test('to one side Blaker’s interval is Clopper and Pearson’s', () => {
    for (const alternative of ['less', 'greater'] as const) {
      const { lower, upper } = clopperPearsonInterval(3, 11, { alternative })
      expect(blakerInterval(3, 11, { alternative })).toMatchObject({ lower, upper })
    }
  })
  test('mid-P to one side at a level of less than a half excludes the estimate', () => {
    expect(midPInterval(4, 4, { alternative: 'greater', confidenceLevel: 0.4 }).lower).toBe(1)
    expect(midPInterval(0, 4, { alternative: 'less', confidenceLevel: 0.4 }).upper).toBe(0)
  })
  test('without trials there is no estimate, and without variation no test', () => {
    expect(binomialTest(0, 0).estimate).toBeNull()
    expect(binomialTest(3, 10)).toMatchObject({
      method: 'exact-binomial',
      estimate: 0.3,
      statistic: 3,
      trials: 10,
      degreesOfFreedom: null,
      nullProbability: 0.5,
      alternative: 'two-sided',
      twoSided: 'probability',
      confidenceInterval: { method: 'clopper-pearson', level: 0.95 },
    })
    expect(binomialTest(3, 10, { twoSided: 'blaker' }).confidenceInterval.method).toBe('blaker')
    expect(proportionTest([3], [10])).toEqual(proportionTest([3], [10], { probability: 0.5 }))
    expect(proportionTest([3], [10])).toMatchObject({ method: 'proportion-test', nullProbabilities: [0.5], approximation: 'adequate' })
    expect(proportionTest([3], [9])).toMatchObject({ approximation: 'small-expected-counts' })
    const untestable = { method: 'not-testable', test: 'proportion-test' }
    expect(proportionTest([0, 0], [3, 4])).toMatchObject({ ...untestable, reason: 'no-variation', message: 'no trial was a success' })
    expect(proportionTest([3, 4], [3, 4])).toMatchObject({ ...untestable, reason: 'no-variation', message: 'every trial was a success' })
    expect(proportionTest([0, 4], [0, 4])).toMatchObject({ ...untestable, reason: 'no-observations', message: 'a group has no trials' })
    expect(proportionTest([1, 4], [5, 6])).toMatchObject({ continuityCorrection: 'yates' })
    expect(proportionTest([1, 4, 2], [5, 6, 7])).toMatchObject({ continuityCorrection: 'none' })
  })
})

describe('refusals', () => {
  test.each([
    [() => proportionInterval(5, 4), 'mismatch', '5 successes in 4 trials'],
    [() => proportionInterval(-1, 4), 'not-a-count', 'successes is -1'],
    [() => proportionInterval(1.5, 4), 'not-a-count', 'successes is 1.5'],
    [() => proportionInterval(1, 4.5), 'not-a-count', 'trials is 4.5'],
    [() => proportionInterval(1, 4, { confidenceLevel: 1 }), 'out-of-range', 'confidenceLevel'],
    [() => binomialTest(1, 4, { probability: 1.1 }), 'out-of-range', 'probability is 1.1'],
    [() => proportionTest([], []), 'too-small', 'no group to test'],
    [() => proportionTest([1], [2, 3]), 'mismatch', '1 numbers of successes for 2 numbers of trials'],
    [() => proportionTest([1, 5], [2, 3]), 'mismatch', '5 successes in 3 trials'],
    [() => proportionTest([1, 0.5], [2, 3]), 'not-a-count', 'successes[1] is 0.5'],
    [() => proportionTest([1, 2], [2, -3]), 'not-a-count', 'trials[1] is -3'],
    [() => proportionTest([1, 1], [2 ** 53 - 1, 2]), 'not-a-count', 'the trials add up to 9007199254740992, above 2^53 - 1'],
    [() => proportionTest([1, 2], [3, 4], { probability: [0.5] }), 'mismatch', '1 probabilities for 2 groups'],
    [() => proportionTest([1], [3], { probability: 0 }), 'out-of-range', 'probability is 0, expected a number between 0 and 1'],
    [() => proportionTest([1, 2], [3, 4], { probability: [0.5, 1] }), 'out-of-range', 'probability is 1'],
    [() => proportionTest([1, 2], [3, 4], { confidenceLevel: 2 }), 'out-of-range', 'confidenceLevel is 2'],
    [() => multinomialIntervals([4]), 'too-small', '1 categories, expected at least two'],
    [() => multinomialIntervals([2 ** 53 - 1, 1]), 'not-a-count', 'the counts add up to 9007199254740992, above 2^53 - 1'],
    [() => multinomialIntervals([4, 1], { confidenceLevel: 0 }), 'out-of-range', 'confidenceLevel is 0'],
    [() => multinomialIntervals([4, -1]), 'not-a-count', 'counts[1] is -1'],
  ])('%s', (refused, code, message) => {
    expect(refused).toThrow(expect.objectContaining({ code, message: expect.stringContaining(message) as string }) as Error)
  })
})
