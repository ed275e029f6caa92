import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { chiSquaredTest } from '../src/independence/chi-squared-test.ts'
import { comparisonWithMissing, fragilityIndex, proportionWithMissing } from '../src/nonresponse/index.ts'

describe('worked examples', () => {
  test('a perfectly split table breaks only after several answers', () => {
    // Checked by hand with R: fisher.test(matrix(c(8, 2, 2, 8), 2)) is .0230, and .0698 with one of the eight moved.
    expect(
      fragilityIndex([
        [8, 2],
        [2, 8],
      ]),
    ).toMatchObject({ index: 1, status: 'found' })
  })
  test('a table that no change can bring to a threshold', () => {
    expect(
      fragilityIndex([
        [1, 1],
        [1, 1],
      ]),
    ).toMatchObject({ index: null, status: 'impossible' })
  })
  test('the limit ends the search and says so', () => {
    expect(
      fragilityIndex(
        [
          [500, 500],
          [500, 500],
        ],
        { maximumTables: 50 },
      ).status,
    ).toBe('stopped')
  })
  test('r × c: the example of three columns', () => {
    const before = [
      [10, 10, 20],
      [20, 20, 20],
    ]
    const result = fragilityIndex(before)
    expect(result.status).toBe('found')
    expect(chiSquaredTest(result.counts ?? before).pValue).toBeLessThan(0.05)
  })
})

const small = fc.integer({ min: 0, max: 8 })

describe('properties', () => {
  test.prop([small, small, small])('bounds hold every allocation', (successes, failures, missing) => {
    fc.pre(successes + failures + missing > 0)
    const everybody = successes + failures + missing
    const { range, confidenceInterval } = proportionWithMissing({ successes, answered: successes + failures, missing })
    for (let yes = 0; yes <= missing; yes++) {
      const share = (successes + yes) / everybody
      expect(share).toBeGreaterThanOrEqual(range.lower)
      expect(share).toBeLessThanOrEqual(range.upper)
      expect(share).toBeGreaterThanOrEqual(confidenceInterval.lower - 1e-15)
      expect(share).toBeLessThanOrEqual((confidenceInterval.upper ?? 1) + 1e-15)
    }
  })
  test.prop([small, small, small, fc.double({ min: 0, max: 1, noNaN: true })])(
    'a tipping point is the first that reaches its target',
    (successes, failures, missing, target) => {
      fc.pre(successes + failures + missing > 0)
      const everybody = successes + failures + missing
      const [point] = proportionWithMissing({ successes, answered: successes + failures, missing }, { targets: [target] }).tippingPoints
      const reaching = Array.from({ length: missing + 1 }, (_, yes) => yes).filter((yes) => (successes + yes) / everybody >= target)
      expect(point?.missingSuccesses).toBe(reaching[0] ?? null)
    },
  )
  test.prop([small, small, small, small, fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 4 })])(
    'the range of P and of the difference contains those of every completion',
    (a, b, c, d, first, second) => {
      fc.pre(a + b + first > 0 && c + d + second > 0)
      const range = comparisonWithMissing(
        [
          [a, b],
          [c, d],
        ],
        [first, second],
        { thresholds: [0.2], test: 'pearson' },
      )
      expect(range.allocations).toBe((first + 1) * (second + 1))
      const crossing = range.crossings[0]
      if (range.smallestP !== null) {
        expect(crossing?.verdict === 'never').toBe((range.smallestP.pValue as number) >= 0.2)
        expect(crossing?.verdict === 'always').toBe((range.largestP?.pValue as number) < 0.2)
      }
      expect(range.smallestDifference.riskDifference).toBeLessThanOrEqual(range.largestDifference.riskDifference)
      expect(range.smallestDifference.missingEvents).toEqual([0, second])
      expect(range.largestDifference.missingEvents).toEqual([first, 0])
    },
  )
  test.prop([fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 4, maxLength: 4 })])(
    'no table nearer than the index crosses',
    ([a = 0, b = 0, c = 0, d = 0]) => {
      const result = fragilityIndex(
        [
          [a, b],
          [c, d],
        ],
        { threshold: 0.2, test: 'pearson' },
      )
      if (result.index === null || result.pValue === null) return
      const isBelow = result.pValue < 0.2
      for (let i = -a; i <= b; i++) {
        for (let j = -c; j <= d; j++) {
          if (Math.abs(i) + Math.abs(j) >= result.index) continue
          const { pValue } = chiSquaredTest([
            [a + i, b - i],
            [c + j, d - j],
          ])
          if (pValue !== null) expect(pValue < 0.2).toBe(isBelow)
        }
      }
    },
  )
})

test('refusals', () => {
  expect(() => proportionWithMissing({ successes: 3, answered: 2, missing: 0 })).toThrow(expect.objectContaining({ code: 'not-a-count' }))
  expect(() => proportionWithMissing({ successes: 0, answered: 0, missing: 0 })).toThrow(expect.objectContaining({ code: 'too-small' }))
  expect(() =>
    comparisonWithMissing(
      [
        [1, 2, 3],
        [1, 2, 3],
      ],
      [1, 1],
    ),
  ).toThrow(expect.objectContaining({ code: 'mismatch' }))
  expect(() =>
    comparisonWithMissing(
      [
        [1, 2],
        [3, 4],
      ],
      [5000, 5000],
    ),
  ).toThrow(expect.objectContaining({ code: 'too-large' }))
  expect(() =>
    fragilityIndex(
      [
        [1, 2, 3],
        [1, 2, 3],
      ],
      { test: 'fisher' },
    ),
  ).toThrow(expect.objectContaining({ code: 'mismatch' }))
  expect(() =>
    fragilityIndex(
      [
        [1, 2],
        [3, 4],
      ],
      { threshold: 1 },
    ),
  ).toThrow(expect.objectContaining({ code: 'out-of-range' }))
})
