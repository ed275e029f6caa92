import { describe, expect, test } from 'vitest'
import { chiSquaredTest, chiSquaredTests, createRandom } from '../src/index.ts'
import { expectClose } from './relative-error.ts'

/** What {@link chiSquaredTest} gives for the k-th table, or null where it cannot be tested. */
function single(counts: ArrayLike<number>, k: number, options: Parameters<typeof chiSquaredTest>[1]) {
  const [a = 0, b = 0, c = 0, d = 0] = Array.from({ length: 4 }, (_, j) => counts[4 * k + j] as number)
  const result = chiSquaredTest(
    [
      [a, b],
      [c, d],
    ],
    options,
  )
  return result.method === 'not-testable' ? null : result
}

describe('a batch gives what single tests give', () => {
  test.each([
    ['plain', {}],
    ['corrected', { continuityCorrection: 'yates' }],
    ['n − 1', { variance: 'n-1' }],
    ['both', { continuityCorrection: 'yates', variance: 'n-1' }],
  ] as const)('%s, through more tables than one block holds', (_, options) => {
    const random = createRandom(7)
    // From small counts to thousands, and many tables whose rows are all but proportional.
    const counts = Float64Array.from({ length: 4 * 2500 }, (_, i) => Math.floor(random.uniform() * 10 ** (1 + ((i >> 2) % 4))))
    const { statistics, pValues } = chiSquaredTests(counts, options)
    for (let k = 0; k < 2500; k++) {
      const expected = single(counts, k, options)
      if (expected === null) {
        expect(pValues[k]).toBeNaN()
        continue
      }
      expect(Math.abs((statistics[k] as number) - expected.statistic)).toBeLessThan(1e-12 * (1 + expected.statistic))
      if (expected.pValue > 1e-290) expectClose(pValues[k], expected.pValue, 1e-13 * (10 + expected.statistic))
    }
  })
  test('Yates takes off no more than there is', () => {
    // ad − bc is 1, 2 and 4 of totals 6, 4 and 6: half the total is more, just as much, and less.
    const tables = Uint8Array.of(1, 2, 1, 3, 2, 0, 1, 1, 2, 1, 0, 2)
    const { statistics, pValues } = chiSquaredTests(tables, { continuityCorrection: 'yates' })
    expect(Array.from(statistics.slice(0, 2))).toEqual([0, 0])
    for (const p of pValues.slice(0, 2)) expectClose(p, 1, 1e-15)
    expectClose(statistics[2], single(tables, 2, { continuityCorrection: 'yates' })?.statistic as number, 1e-14)
  })
  test('counts whose products are beyond 2^53 keep their digits', () => {
    const most = 94906265
    // a d − b c = 1 in both; the products of the second have 17 digits.
    const tables = Float64Array.of(4, 3, 5, 4, most, most + 1, most - 1, most, most, most + 2, most - 2, most)
    const { statistics } = chiSquaredTests(tables)
    for (let k = 0; k < 3; k++) expectClose(statistics[k], single(tables, k, {})?.statistic as number, 1e-13)
  })
  test('P down to the smallest doubles', () => {
    const tables = Float64Array.from([680, 700, 702, 704, 706, 710, 720, 740, 800].flatMap((n) => [n, 0, 0, n]))
    const { statistics, pValues } = chiSquaredTests(tables)
    for (let k = 0; k < pValues.length; k++) {
      const expected = single(tables, k, {})
      expectClose(statistics[k], expected?.statistic as number, 1e-14)
      const p = expected?.pValue as number
      if (p > 1e-300) expectClose(pValues[k], p, 1e-12)
      // Denormal doubles have few digits.
      else expect(Math.abs((pValues[k] as number) - p)).toBeLessThanOrEqual(1e-10 * p + 1e-323)
    }
  })
  test('into room that is there already', () => {
    const into = { statistics: new Float64Array(1), pValues: new Float64Array(1) }
    expect(chiSquaredTests(Uint8Array.of(3, 1, 1, 3), {}, into)).toBe(into)
    expect(into.statistics[0]).toBe(2)
    expect(chiSquaredTests(new Uint8Array(0))).toEqual({ statistics: new Float64Array(0), pValues: new Float64Array(0) })
  })
})

describe('refusals', () => {
  test.each([
    [[-1, 2, 3, 4]],
    [[1, -2, 3, 4]],
    [[1, 2, -3, 4]],
    [[1, 2, 3, -4]],
    [[0.5, 2, 3, 4]],
    [[1, 2.5, 3, 4]],
    [[1, 2, 3.5, 4]],
    [[1, 2, 3, 4.5]],
    [[Number.NaN, 2, 3, 4]],
    [[1, 2, 3, Infinity]],
    [[2 ** 53 - 1, 1, 0, 0]],
  ])('a table of %j is named with its place', (cells) => {
    expect(() => chiSquaredTests(Float64Array.from([1, 2, 3, 4, ...cells]))).toThrow(
      expect.objectContaining({
        code: 'not-a-count',
        message: `table 1 is [${cells.join(', ')}], expected non-negative integers that add up to at most 2^53 - 1`,
      }) as Error,
    )
  })
  test('the total may be 2^53 − 1', () => {
    expect(chiSquaredTests(Float64Array.of(2 ** 53 - 4, 1, 1, 1)).statistics[0]).toBeGreaterThan(0)
  })
  test('cells that are not whole tables, and room of another size', () => {
    expect(() => chiSquaredTests(Uint8Array.of(1, 2, 3))).toThrow('3 counts are not four for each table')
    const room = (statistics: number, pValues: number) => () =>
      chiSquaredTests(Uint8Array.of(1, 2, 3, 4), {}, { statistics: new Float64Array(statistics), pValues: new Float64Array(pValues) })
    expect(room(2, 1)).toThrow('there are 1 tables, but room for 2 statistics and 1 P values')
    expect(room(1, 0)).toThrow('there are 1 tables, but room for 1 statistics and 0 P values')
  })
})
